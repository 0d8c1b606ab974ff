/* Deals by form: new and changed ones, the qualifying questions, what a stage requires. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "tui/screens/board_deal.h"

#define PRODUCTS_HINT N_("SKU:2@120k+SKU…")

/* In the order of the form. `need` is what a stage may require of it, 0 for what it cannot. */
static const struct {
    struct form_field form;
    unsigned field, need;
    size_t offset; /* of texts; 0 for the others */
} parts[] = {
    {{"title", N_("Title"), FORM_TEXT, 40, false, NULL, NULL}, DEAL_TITLE, 0, offsetof(struct deal, title)},
    {{"contact", N_("Contact"), FORM_TEXT, 30, false, NULL, N_("of a lead")},
     DEAL_CONTACT,
     0,
     offsetof(struct deal, contact)},
    {{"phone", N_("Phone"), FORM_TEXT, 20, false, NULL, NULL},
     DEAL_PHONE,
     DEAL_NEED_PHONE,
     offsetof(struct deal, phone)},
    {{"expected_value", N_("Expected value"), FORM_MONEY, 18, false, NULL, N_("empty: sum of the products")},
     DEAL_EXPECTED_VALUE,
     DEAL_NEED_EXPECTED_VALUE,
     0},
    {{"expected_close", N_("Expected close"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy")},
     DEAL_EXPECTED_CLOSE,
     DEAL_NEED_EXPECTED_CLOSE,
     0},
    {{"product", N_("Products"), FORM_TEXT, 40, false, NULL, PRODUCTS_HINT}, DEAL_PRODUCTS, DEAL_NEED_PRODUCT, 0},
    {{"source", N_("Source"), FORM_TEXT, 24, false, NULL, N_("channel they came from")},
     DEAL_SOURCE,
     DEAL_NEED_SOURCE,
     offsetof(struct deal, source)},
    {{"rep", N_("Rep"), FORM_TEXT, 20, false, NULL, N_("staff code or name")},
     DEAL_REP,
     DEAL_NEED_REP,
     offsetof(struct deal, rep)},
    {{"customer", N_("Customer"), FORM_TEXT, 30, false, NULL, N_("code or name")},
     DEAL_CUSTOMER,
     DEAL_NEED_CUSTOMER,
     offsetof(struct deal, customer)},
    {{"email", N_("Email"), FORM_TEXT, 30, false, NULL, NULL},
     DEAL_EMAIL,
     DEAL_NEED_EMAIL,
     offsetof(struct deal, email)},
    {{"province", N_("Province"), FORM_TEXT, 24, false, NULL, NULL},
     DEAL_PROVINCE,
     DEAL_NEED_PROVINCE,
     offsetof(struct deal, province)},
    {{"probability_pct", N_("Probability %"), FORM_RATE, 8, false, NULL, N_("empty: the stage's")},
     DEAL_PROBABILITY,
     0,
     0},
    {{"tags", N_("Tags"), FORM_TEXT, 30, false, NULL, N_("parted by commas")},
     DEAL_TAGS,
     0,
     offsetof(struct deal, tags)},
    {{"need", N_("Need"), FORM_TEXT, 44, false, NULL, NULL}, DEAL_NEED, DEAL_NEED_NEED, offsetof(struct deal, need)},
    {{"budget", N_("Budget"), FORM_TEXT, 44, false, NULL, NULL},
     DEAL_BUDGET,
     DEAL_NEED_BUDGET,
     offsetof(struct deal, budget)},
    {{"timing", N_("Timing"), FORM_TEXT, 44, false, NULL, NULL},
     DEAL_TIMING,
     DEAL_NEED_TIMING,
     offsetof(struct deal, timing)},
    {{"decision_maker", N_("Decides"), FORM_TEXT, 44, false, NULL, NULL},
     DEAL_DECISION_MAKER,
     DEAL_NEED_DECISION_MAKER,
     offsetof(struct deal, decision_maker)},
    {{"note", N_("Note"), FORM_TEXT, 44, false, NULL, NULL}, DEAL_NOTE, 0, offsetof(struct deal, note)},
};
enum { PARTS = sizeof parts / sizeof *parts };

enum { QUALIFYING = DEAL_NEED_NEED | DEAL_NEED_BUDGET | DEAL_NEED_TIMING | DEAL_NEED_DECISION_MAKER };

static const char *text_of(const struct deal *d, size_t i) {
    const char *text = *(char *const *)((const char *)d + parts[i].offset);
    return text == NULL ? "" : text;
}

bool board_matches(const char *text, const char *query) {
    return *query == '\0' || text_contains_folded(text, query);
}

/* --- into the form */

static void fill_part(struct form *form, size_t i, const struct deal *d, const struct currency *currency) {
    const char *name = parts[i].form.name;
    switch (parts[i].field) {
    case DEAL_EXPECTED_VALUE:
        if (d->expected_value != 0) {
            form_set_money(form, name, d->expected_value);
        }
        break;
    case DEAL_EXPECTED_CLOSE:
        form_set_date(form, name, d->expected_close == NULL ? "" : d->expected_close);
        break;
    case DEAL_PROBABILITY:
        if (d->probability_set) {
            form_set_rate(form, name, d->probability_bps);
        }
        break;
    case DEAL_PRODUCTS: {
        char *text = deal_products_format(d->products, d->product_count, currency);
        form_set_text(form, name, text);
        free(text);
        break;
    }
    default:
        form_set_text(form, name, text_of(d, i));
    }
}

static void fill(struct form *form, const struct board_state *s, unsigned needs) {
    for (size_t i = 0; i < PARTS; i++) {
        if (needs == 0 || (parts[i].need & needs) != 0) {
            fill_part(form, i, &s->before, &s->currency);
        }
    }
}

/* Descriptions of the fields asked for live in the state, as the form borrows them. */
static struct form *form_of(struct board_state *s, unsigned needs, bool required) {
    int count = 0;
    for (size_t i = 0; i < PARTS; i++) {
        if (needs == 0 || (parts[i].need & needs) != 0) {
            s->fields[count] = parts[i].form;
            s->fields[count].required = required;
            count++;
        }
    }
    struct form *form = form_new(s->fields, count, &s->currency);
    fill(form, s, needs);
    return form;
}

/* --- out of the form */

static enum err_code read_part(struct shop *shop, const struct form *form, size_t i, struct board_edit *out,
                               struct err *e) {
    const char *name = parts[i].form.name;
    struct deal *d = &out->deal;
    char date[DATE_SIZE];
    enum err_code rc = ERR_OK;
    switch (parts[i].field) {
    case DEAL_EXPECTED_VALUE:
        rc = form_money(form, name, &d->expected_value, e);
        break;
    case DEAL_EXPECTED_CLOSE:
        rc = form_date(form, name, date, e);
        d->expected_close = mem_strdup(rc == ERR_OK ? date : "");
        break;
    case DEAL_PROBABILITY:
        rc = form_rate(form, name, &d->probability_bps, e);
        d->probability_set = !form_is_empty(form, name);
        break;
    case DEAL_PRODUCTS:
        return deal_products_parse(shop, form_text(form, name), &d->products, &d->product_count, e);
    default:
        *(char **)((char *)d + parts[i].offset) = mem_strdup(form_text(form, name));
    }
    return rc;
}

enum err_code board_read_form(struct shop *shop, const struct form *form, unsigned needs, struct board_edit *out,
                              struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < PARTS && rc == ERR_OK; i++) {
        if (needs == 0 || (parts[i].need & needs) != 0) {
            out->fields |= parts[i].field;
            rc = read_part(shop, form, i, out, e);
        }
    }
    return rc;
}

static bool same_products(const struct deal *a, const struct deal *b) {
    bool same = a->product_count == b->product_count;
    for (size_t i = 0; same && i < a->product_count; i++) {
        const struct deal_product *x = &a->products[i];
        const struct deal_product *y = &b->products[i];
        same = strcmp(x->sku, y->sku) == 0 && x->qty == y->qty && x->price == y->price;
    }
    return same;
}

static bool same_part(size_t i, const struct deal *a, const struct deal *b) {
    switch (parts[i].field) {
    case DEAL_EXPECTED_VALUE:
        return a->expected_value == b->expected_value;
    case DEAL_EXPECTED_CLOSE:
        return strcmp(a->expected_close == NULL ? "" : a->expected_close,
                      b->expected_close == NULL ? "" : b->expected_close) == 0;
    case DEAL_PROBABILITY:
        return a->probability_set == b->probability_set &&
               (!a->probability_set || a->probability_bps == b->probability_bps);
    case DEAL_PRODUCTS:
        return same_products(a, b);
    default:
        return strcmp(text_of(a, i), text_of(b, i)) == 0;
    }
}

/* Only what says something else than before is written: what another counter changed meanwhile stays. */
static void keep_changed(struct board_edit *edit, const struct deal *before) {
    for (size_t i = 0; i < PARTS; i++) {
        if ((edit->fields & parts[i].field) != 0 && same_part(i, &edit->deal, before)) {
            edit->fields &= ~parts[i].field;
        }
    }
}

/* --- saving */

struct change {
    struct deal before;
    unsigned fields;
};

static enum err_code undo_change(struct app *app, void *ctx, struct err *e) {
    struct change *ch = ctx;
    ch->before.version = 0;
    return deal_edit(app_shop(app), ch->before.id, &ch->before, ch->fields, e);
}

static void change_free(void *ctx) {
    struct change *ch = ctx;
    deal_clear(&ch->before);
    free(ch);
}

static void remember(struct app *app, struct board_state *s, unsigned fields) {
    struct change *ch = mem_alloc(sizeof *ch);
    char *what = mem_printf(_("the change of %s"), s->before.title);
    *ch = (struct change){s->before, fields};
    s->before = (struct deal){0};
    app_set_undo(app, what, undo_change, ch, change_free);
    free(what);
}

static enum err_code change(struct app *app, struct board_state *s, struct board_edit *edit, struct err *e) {
    if (edit->fields == 0) {
        app_status(app, _("Nothing was changed"));
        return ERR_OK;
    }
    enum err_code rc = deal_edit(app_shop(app), s->before.id, &edit->deal, edit->fields, e);
    if (rc == ERR_OK) {
        app_status(app, _("Saved %s; u takes it back"), s->before.title);
        remember(app, s, edit->fields);
        app_reload(app);
    }
    return rc;
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    struct board_edit edit = {0};
    enum err_code rc = board_read_form(app_shop(app), form, s->missing, &edit, e);
    keep_changed(&edit, &s->before);
    if (rc == ERR_OK) {
        rc = s->before.id == 0 ? board_add(app, s, &edit, e) : change(app, s, &edit, e);
    }
    deal_clear(&edit.deal);
    return rc;
}

/* What was searched in vain is the new one's phone or title. */
static void begin_new(struct form *form, const struct board_state *s) {
    const char *typed = field_text(&s->search);
    char phone[PHONE_SIZE];
    if (typed[0] != '\0' && board_card(s) == NULL) {
        form_set_text(form, phone_normalise(typed, phone) == PHONE_NONE ? "title" : "phone", typed);
    }
}

enum err_code board_read(struct app *app, struct board_state *s, int64_t id, struct err *e) {
    deal_clear(&s->before);
    return deal_get(app_shop(app), id, &s->before, e);
}

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct board_state *s = ctx;
    enum err_code rc = board_read(app, s, id, e);
    if (rc == ERR_OK) {
        fill(form, s, s->missing);
    }
    return rc;
}

/* The deal that is to be changed is s->before. */
static unsigned change_by(struct app *app, struct board_state *s, const char *title, bool required,
                          popup_form_fn *save) {
    char *entity = mem_printf("deal %s", s->before.deal_no);
    popup_edit(app, title, form_of(s, s->missing, required),
               &(struct popup_record){.entity = entity, .id = s->before.id, .fill = fill_form, .save = save}, s);
    free(entity);
    return SCREEN_REDRAW;
}

static unsigned change_one(struct app *app, struct board_state *s, const char *title) {
    return change_by(app, s, title, false, saved);
}

unsigned board_ask_missing(struct app *app, struct board_state *s, const char *title, popup_form_fn *save) {
    return change_by(app, s, title, true, save);
}

unsigned board_form(struct app *app, struct board_state *s, bool fresh) {
    s->missing = 0;
    if (!fresh) {
        char *title = mem_printf("%s %s", s->before.deal_no, s->before.title);
        change_one(app, s, title);
        free(title);
        return SCREEN_REDRAW;
    }
    deal_clear(&s->before);
    struct form *form = form_of(s, 0, false);
    begin_new(form, s);
    popup_form(app, _("New lead"), form, saved, s);
    return SCREEN_REDRAW;
}

unsigned board_qualify(struct app *app, struct board_state *s) {
    char *title = mem_printf(_("Qualifying %s"), s->before.title);
    s->missing = QUALIFYING;
    change_one(app, s, title);
    free(title);
    return SCREEN_REDRAW;
}
