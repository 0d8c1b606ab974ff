/* New and changed products by form. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/products.h"

static const struct form_field fields[] = {
    {"sku", N_("SKU"), FORM_TEXT, 24, true, NULL, N_("the shop's own code")}, /* only of a new one */
    {"name", N_("Name"), FORM_TEXT, 44, true, NULL, NULL},
    {"barcode", N_("Barcodes"), FORM_TEXT, 36, false, NULL, N_("several: 893…+893…=thùng")},
    {"price", N_("Price"), FORM_MONEY, 14, true, NULL, N_("150k is 150.000")},
    {"wholesale_price", N_("Wholesale price"), FORM_MONEY, 14, false, NULL, NULL},
    {"cost", N_("Cost"), FORM_MONEY, 14, false, NULL, N_("only before the first goods come in")},
    {"vat_pct", N_("VAT"), FORM_RATE, 8, false, NULL, N_("%; empty: the shop's")},
    {"unit", N_("Unit"), FORM_TEXT, 14, false, NULL, NULL},
    {"units", N_("Other units"), FORM_TEXT, 36, false, NULL, N_("thùng=24@96000+lốc=6")},
    {"group", N_("Group"), FORM_TEXT, 36, false, NULL, N_("Cha/Con")},
    {"supplier", N_("Supplier"), FORM_TEXT, 24, false, NULL, N_("code or name")},
    {"stock_min", N_("Reorder at"), FORM_QTY, 10, false, NULL, NULL},
    {"active", N_("On sale"), FORM_BOOL, 0, false, NULL, NULL},
    {"description", N_("Description"), FORM_TEXT, 44, false, NULL, NULL},
    {"image", N_("Image"), FORM_TEXT, 44, false, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static void fill(struct form *form, const struct product *p, const struct currency *cur) {
    char *barcodes = product_barcodes_format(p->barcodes, p->barcode_count);
    char *units = product_units_format(p->units, p->unit_count, cur);
    form_set_text(form, "name", p->name);
    form_set_text(form, "barcode", barcodes);
    form_set_money(form, "price", p->price);
    if (p->has_wholesale) {
        form_set_money(form, "wholesale_price", p->wholesale_price);
    }
    if (p->cost > 0) {
        form_set_money(form, "cost", p->cost);
    }
    if (p->has_vat) {
        form_set_rate(form, "vat_pct", p->vat_bps);
    }
    form_set_text(form, "unit", p->unit);
    form_set_text(form, "units", units);
    form_set_text(form, "group", p->group);
    form_set_text(form, "supplier", p->supplier);
    if (p->has_stock_min) {
        form_set_qty(form, "stock_min", p->stock_min);
    }
    form_set_bool(form, "active", p->active);
    form_set_text(form, "description", p->description);
    form_set_text(form, "image", p->image);
    free(barcodes);
    free(units);
}

static enum err_code read_numbers(const struct form *form, struct product *p, struct err *e) {
    p->has_wholesale = !form_is_empty(form, "wholesale_price");
    p->has_vat = !form_is_empty(form, "vat_pct");
    p->has_stock_min = !form_is_empty(form, "stock_min");
    enum err_code rc = form_money(form, "price", &p->price, e);
    if (rc == ERR_OK) {
        rc = form_money(form, "wholesale_price", &p->wholesale_price, e);
    }
    if (rc == ERR_OK) {
        rc = form_money(form, "cost", &p->cost, e);
    }
    if (rc == ERR_OK) {
        rc = form_rate(form, "vat_pct", &p->vat_bps, e);
    }
    return rc == ERR_OK ? form_qty(form, "stock_min", &p->stock_min, e) : rc;
}

static enum err_code read_form(const struct form *form, const struct currency *cur, struct product *p, struct err *e) {
    p->name = mem_strdup(form_text(form, "name"));
    p->unit = mem_strdup(form_text(form, "unit"));
    p->group = mem_strdup(form_text(form, "group"));
    p->supplier = mem_strdup(form_text(form, "supplier"));
    p->description = mem_strdup(form_text(form, "description"));
    p->image = mem_strdup(form_text(form, "image"));
    p->active = form_bool(form, "active");
    enum err_code rc = read_numbers(form, p, e);
    if (rc == ERR_OK) {
        rc = product_barcodes_parse(form_text(form, "barcode"), &p->barcodes, &p->barcode_count, e);
    }
    return rc == ERR_OK ? product_units_parse(form_text(form, "units"), cur, &p->units, &p->unit_count, e) : rc;
}

static unsigned text_bit(const char *now, const char *was, unsigned bit) {
    return strcmp(now, was == NULL ? "" : was) != 0 ? bit : 0;
}

/* Only what the form changed is written, so that what another counter changed meanwhile stays. */
static unsigned changed_fields(const struct form *form, const struct product *was, const struct product *now,
                               const struct currency *cur) {
    char *barcodes = product_barcodes_format(was->barcodes, was->barcode_count);
    char *units = product_units_format(was->units, was->unit_count, cur);
    unsigned changed = text_bit(now->name, was->name, PRODUCT_NAME) | text_bit(now->unit, was->unit, PRODUCT_UNIT) |
                       text_bit(now->group, was->group, PRODUCT_GROUP) |
                       text_bit(now->supplier, was->supplier, PRODUCT_SUPPLIER) |
                       text_bit(now->description, was->description, PRODUCT_DESCRIPTION) |
                       text_bit(now->image, was->image, PRODUCT_IMAGE) |
                       text_bit(form_text(form, "barcode"), barcodes, PRODUCT_BARCODES) |
                       text_bit(form_text(form, "units"), units, PRODUCT_UNITS);
    changed |= now->price != was->price ? PRODUCT_PRICE : 0;
    changed |= now->cost != was->cost ? PRODUCT_COST : 0;
    changed |= now->active != was->active ? PRODUCT_ACTIVE : 0;
    changed |=
        now->has_wholesale != was->has_wholesale || (now->has_wholesale && now->wholesale_price != was->wholesale_price)
            ? PRODUCT_WHOLESALE
            : 0;
    changed |= now->has_vat != was->has_vat || (now->has_vat && now->vat_bps != was->vat_bps) ? PRODUCT_VAT : 0;
    changed |= now->has_stock_min != was->has_stock_min || (now->has_stock_min && now->stock_min != was->stock_min)
                   ? PRODUCT_STOCK_MIN
                   : 0;
    free(barcodes);
    free(units);
    return changed;
}

/* --- taking a change back */

struct change {
    struct product before;
    unsigned fields;
};

static enum err_code undo_change(struct app *app, void *ctx, struct err *e) {
    struct change *ch = ctx;
    return product_put(app_shop(app), &ch->before, ch->fields, NULL, e);
}

static void change_free(void *ctx) {
    struct change *ch = ctx;
    product_clear(&ch->before);
    free(ch);
}

static void remember(struct app *app, struct products_state *s, unsigned changed) {
    struct change *ch = mem_alloc(sizeof *ch);
    char *what = mem_printf(_("the change of %s"), s->before.name);
    *ch = (struct change){s->before, changed};
    s->before = (struct product){0};
    app_set_undo(app, what, undo_change, ch, change_free);
    free(what);
}

static enum err_code add_new(struct app *app, const struct form *form, struct product *p, struct err *e) {
    p->sku = mem_strdup(form_text(form, "sku"));
    enum err_code rc = product_add(app_shop(app), p, PRODUCT_ALL, NULL, e);
    if (rc == ERR_OK) {
        app_status(app, _("Added %s"), p->name);
    }
    return rc;
}

static enum err_code change_old(struct app *app, struct products_state *s, const struct form *form, struct product *p,
                                struct err *e) {
    unsigned changed = changed_fields(form, &s->before, p, &s->b.currency);
    enum put_result result = PUT_UNCHANGED;
    p->sku = mem_strdup(s->before.sku);
    enum err_code rc = changed == 0 ? ERR_OK : product_put(app_shop(app), p, changed, &result, e);
    if (rc == ERR_OK && result == PUT_UNCHANGED) {
        app_status(app, _("Nothing was changed"));
    } else if (rc == ERR_OK) {
        app_status(app, _("Saved %s; u takes it back"), p->name);
        remember(app, s, changed);
    }
    return rc;
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct products_state *s = ctx;
    struct product p = {0};
    enum err_code rc = read_form(form, &s->b.currency, &p, e);
    if (rc == ERR_OK) {
        rc = s->before.id == 0 ? add_new(app, form, &p, e) : change_old(app, s, form, &p, e);
    }
    product_clear(&p);
    return rc;
}

/* What was searched in vain is the new one's barcode or name. */
static void begin_new(struct form *form, const struct products_state *s) {
    const char *typed = list_filter(&s->b.list);
    if (s->b.total == 0 && typed[0] != '\0') {
        form_set_text(form, typed[strspn(typed, "0123456789")] == '\0' ? "barcode" : "name", typed);
    }
    form_set_bool(form, "active", true);
}

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct products_state *s = ctx;
    product_clear(&s->before);
    enum err_code rc = product_get(app_shop(app), id, &s->before, e);
    if (rc == ERR_OK) {
        fill(form, &s->before, &s->b.currency);
    }
    return rc;
}

static void change_one(struct app *app, struct products_state *s, int64_t id) {
    struct err e = ERR_INIT;
    struct product p = {0};
    if (product_get(app_shop(app), id, &p, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    char *title = mem_printf("%s %s", p.sku, p.name);
    char *entity = mem_printf("product %s", p.sku);
    popup_edit(app, title, form_new(fields + 1, FIELDS - 1, &s->b.currency), /* its SKU stays */
               &(struct popup_record){entity, id, fill_form, saved, false}, s);
    product_clear(&p);
    free(title);
    free(entity);
}

unsigned products_form(struct app *app, struct products_state *s, int64_t id) {
    if (id != 0) {
        change_one(app, s, id);
        return SCREEN_REDRAW;
    }
    product_clear(&s->before);
    struct form *form = form_new(fields, FIELDS, &s->b.currency);
    begin_new(form, s);
    popup_form(app, _("New product"), form, saved, s);
    return SCREEN_REDRAW;
}
