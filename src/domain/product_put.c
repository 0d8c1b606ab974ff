#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/code.h"
#include "chotdon/permission.h"
#include "domain/product_internal.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stock_book.h"

static const struct record_text texts[] = {
    {PRODUCT_NAME, "name", offsetof(struct product, name), RECORD_NAME_MAX},
    {PRODUCT_GROUP, "group", offsetof(struct product, group), RECORD_NAME_MAX},
    {PRODUCT_UNIT, "unit", offsetof(struct product, unit), RECORD_NAME_MAX},
    {PRODUCT_SUPPLIER, "supplier", offsetof(struct product, supplier), RECORD_NAME_MAX},
    {PRODUCT_DESCRIPTION, "description", offsetof(struct product, description), RECORD_TEXT_MAX},
    {PRODUCT_IMAGE, "image", offsetof(struct product, image), RECORD_NAME_MAX},
};
#define TEXTS texts, sizeof texts / sizeof *texts

/* The numbers of a product in one shape, to be compared and written down. */
struct figure {
    const char *key;
    bool has;
    int64_t value;
};
enum { FIGURES = 6 };

static void figures(const struct product *p, struct figure f[FIGURES]) {
    f[0] = (struct figure){"price", true, p->price};
    f[1] = (struct figure){"wholesale_price", p->has_wholesale, p->has_wholesale ? p->wholesale_price : 0};
    f[2] = (struct figure){"cost", true, p->cost};
    f[3] = (struct figure){"vat_bps", p->has_vat, p->has_vat ? p->vat_bps : 0};
    f[4] = (struct figure){"stock_min", p->has_stock_min, p->has_stock_min ? p->stock_min : 0};
    f[5] = (struct figure){"active", true, p->active};
}

static void work_clear(struct product_work *w) {
    product_clear(&w->old);
    product_clear(&w->next);
    free(w->old_units);
    free(w->next_units);
    free(w->old_barcodes);
    free(w->next_barcodes);
}

static enum err_code check_not_negative(const char *column, bool given, int64_t value, struct err *e) {
    return given && value < 0 ? err_set_field(e, ERR_INVALID, column, _("%s cannot be below zero"), column) : ERR_OK;
}

static enum err_code check_figures(const struct product *in, unsigned fields, struct err *e) {
    enum err_code rc = check_not_negative("price", (fields & PRODUCT_PRICE) != 0, in->price, e);
    if (rc == ERR_OK) {
        bool given = (fields & PRODUCT_WHOLESALE) != 0 && in->has_wholesale;
        rc = check_not_negative("wholesale_price", given, in->wholesale_price, e);
    }
    if (rc == ERR_OK) {
        rc = check_not_negative("cost", (fields & PRODUCT_COST) != 0, in->cost, e);
    }
    if (rc == ERR_OK) {
        rc = check_not_negative("stock_min", (fields & PRODUCT_STOCK_MIN) != 0 && in->has_stock_min, in->stock_min, e);
    }
    if (rc == ERR_OK && (fields & PRODUCT_VAT) != 0 && in->has_vat && (in->vat_bps < 0 || in->vat_bps > 10000)) {
        rc = err_set_field(e, ERR_INVALID, "vat_pct", _("a VAT rate is 0 to 100 percent"));
    }
    return rc;
}

/* Given figures from the input, the others from what is there. */
static void take_figures(struct product_work *w) {
    const struct product *in = w->in;
    const unsigned fields = w->fields;
    const struct product *price = (fields & PRODUCT_PRICE) != 0 ? in : &w->old;
    const struct product *wholesale = (fields & PRODUCT_WHOLESALE) != 0 ? in : &w->old;
    const struct product *cost = (fields & PRODUCT_COST) != 0 ? in : &w->old;
    const struct product *vat = (fields & PRODUCT_VAT) != 0 ? in : &w->old;
    const struct product *stock_min = (fields & PRODUCT_STOCK_MIN) != 0 ? in : &w->old;
    struct product *next = &w->next;
    next->price = price->price;
    next->has_wholesale = wholesale->has_wholesale;
    next->wholesale_price = wholesale->wholesale_price;
    next->cost = cost->cost;
    next->has_vat = vat->has_vat;
    next->vat_bps = vat->vat_bps;
    next->has_stock_min = stock_min->has_stock_min;
    next->stock_min = stock_min->stock_min;
    if ((fields & PRODUCT_ACTIVE) != 0) {
        next->active = in->active;
    } else {
        next->active = w->old.id == 0 || w->old.active;
    }
}

/* Group and supplier as they are stored, made when they are not there. */
static enum err_code resolve(struct product_work *w, struct err *e) {
    struct db *db = w->shop->db;
    struct product *next = &w->next;
    enum err_code rc = group_make(w->shop, next->group, &w->group_id, NULL, e);
    if (rc == ERR_OK && w->group_id != 0) {
        free(next->group);
        next->group = NULL;
        rc = db_get_text(db, "SELECT path FROM product_groups WHERE id = $1", DB_BIND(DB_INT(w->group_id)),
                         &next->group, e);
    }
    if (rc == ERR_OK) {
        rc = supplier_make(w->shop, next->supplier, &w->supplier_id, NULL, e);
    }
    if (rc == ERR_OK && w->supplier_id != 0) {
        free(next->supplier);
        next->supplier = NULL;
        rc = db_get_text(db, "SELECT code FROM suppliers WHERE id = $1", DB_BIND(DB_INT(w->supplier_id)),
                         &next->supplier, e);
    }
    return rc;
}

/* Once goods have moved, cost is the moving average's. */
static enum err_code keep_average(struct product_work *w, struct err *e) {
    bool moved = false;
    if (w->old.id == 0 || w->next.cost == w->old.cost) {
        return ERR_OK;
    }
    enum err_code rc = db_exists(w->shop->db, "SELECT 1 FROM stock_moves WHERE product_id = $1 LIMIT 1",
                                 DB_BIND(DB_INT(w->old.id)), &moved, e);
    if (moved) {
        w->next.cost = w->old.cost;
    }
    return rc;
}

/* Lest a barcode that is scanned finds this product instead. */
static enum err_code check_sku_free(struct product_work *w, struct err *e) {
    char *owner = NULL;
    enum err_code rc = record_lookup_text(w->shop->db,
                                          "SELECT p.sku FROM product_barcodes b JOIN products p ON p.id = b.product_id "
                                          "WHERE b.barcode = $1",
                                          DB_BIND(DB_TEXT(w->next.sku)), &owner, e);
    if (owner != NULL) {
        rc = err_set_field(e, ERR_CONFLICT, "sku", _("%s is a barcode of product %s"), w->next.sku, owner);
    }
    free(owner);
    return rc;
}

static enum err_code load_old(struct product_work *w, struct err *e) {
    int64_t id = 0;
    enum err_code rc = record_lookup(w->shop->db, "SELECT id FROM products WHERE sku = $1", w->next.sku, &id, NULL, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (id != 0 && w->must_be_new) {
        return err_set_field(e, ERR_CONFLICT, "sku", _("there is a product %s already"), w->next.sku);
    }
    w->next.id = id;
    return id == 0 ? check_sku_free(w, e) : product_load(w->shop, id, &w->old, e);
}

/* What shall be there, whole and checked. */
static enum err_code complete(struct product_work *w, struct err *e) {
    const struct product *in = w->in;
    w->next.sku = text_nfc(in->sku == NULL ? "" : in->sku);
    w->next.import_id = in->import_id;
    enum err_code rc = code_check(w->next.sku, "sku", e);
    if (rc == ERR_OK) {
        rc = record_take(TEXTS, in, w->fields, &w->next, e);
    }
    if (rc == ERR_OK) {
        rc = check_figures(in, w->fields, e);
    }
    if (rc == ERR_OK) {
        rc = load_old(w, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    record_keep(TEXTS, w->old.id == 0 ? NULL : &w->old, &w->next);
    take_figures(w);
    if (w->next.name[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "name", _("a product needs a name"));
    }
    rc = product_take_units(w, e);
    if (rc == ERR_OK) {
        rc = product_take_barcodes(w, e);
    }
    if (rc == ERR_OK) {
        rc = resolve(w, e);
    }
    return rc == ERR_OK ? keep_average(w, e) : rc;
}

/* Which parts differ, so that only those are written. */
static unsigned differences(struct product_work *w) {
    const struct currency *cur = shop_currency(w->shop);
    struct figure before[FIGURES];
    struct figure after[FIGURES];
    unsigned what = record_same(TEXTS, &w->old, &w->next) ? 0 : PRODUCT_ROW;
    figures(&w->old, before);
    figures(&w->next, after);
    for (int i = 0; i < FIGURES; i++) {
        if (before[i].has != after[i].has || before[i].value != after[i].value) {
            what |= strcmp(after[i].key, "cost") == 0 ? PRODUCT_STOCK : PRODUCT_ROW;
        }
    }
    w->old_units = product_units_format(w->old.units, w->old.unit_count, cur);
    w->next_units = product_units_format(w->next.units, w->next.unit_count, cur);
    w->old_barcodes = product_barcodes_format(w->old.barcodes, w->old.barcode_count);
    w->next_barcodes = product_barcodes_format(w->next.barcodes, w->next.barcode_count);
    what |= strcmp(w->old_units, w->next_units) == 0 ? 0 : PRODUCT_UNIT_ROWS;
    what |= strcmp(w->old_barcodes, w->next_barcodes) == 0 ? 0 : PRODUCT_BARCODE_ROWS;
    return w->old.id == 0 ? what | PRODUCT_ROW : what;
}

/* One side of the audit: what `p` says that `other` does not; of a new product what is not empty or zero. */
static void write_json(struct buf *b, const struct product *p, const struct product *other) {
    struct figure mine[FIGURES];
    struct figure theirs[FIGURES];
    record_json(TEXTS, p, other->id == 0 ? NULL : other, b);
    figures(p, mine);
    figures(other, theirs);
    for (int i = 0; i < FIGURES; i++) {
        if (mine[i].has != theirs[i].has || mine[i].value != theirs[i].value) {
            if (mine[i].has) {
                record_json_int(b, mine[i].key, mine[i].value);
            } else {
                record_json_text(b, mine[i].key, "");
            }
        }
    }
}

static enum err_code write_audit(struct product_work *w, unsigned what, struct err *e) {
    if (w->shop->audit_muted) {
        return ERR_OK;
    }
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    bool is_new = w->old.id == 0;
    char *entity = mem_printf("product %s", w->next.sku);
    write_json(&after, &w->next, &w->old);
    if (!is_new) {
        write_json(&before, &w->old, &w->next);
    }
    if ((what & PRODUCT_UNIT_ROWS) != 0) {
        record_json_text(&before, "units", w->old_units);
        record_json_text(&after, "units", w->next_units);
    }
    if ((what & PRODUCT_BARCODE_ROWS) != 0) {
        record_json_text(&before, "barcode", w->old_barcodes);
        record_json_text(&after, "barcode", w->next_barcodes);
    }
    enum err_code rc = audit_add(w->shop, is_new ? "product.add" : "product.edit", entity,
                                 is_new ? "" : record_json_end(&before), record_json_end(&after), e);
    free(entity);
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

struct putting {
    const struct product *in;
    unsigned fields;
    bool must_be_new;
    enum put_result result;
    int64_t id;
};

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct putting *p = ctx;
    struct product_work w = {.shop = shop, .in = p->in, .fields = p->fields, .must_be_new = p->must_be_new};
    enum err_code rc = complete(&w, e);
    if (rc == ERR_OK) {
        unsigned what = differences(&w);
        p->result = w.old.id == 0 ? PUT_CREATED : what == 0 ? PUT_UNCHANGED : PUT_UPDATED;
        if (what != 0) {
            rc = product_write(&w, what, e);
            stock_book_refresh(shop->stock, w.next.id);
        }
        if (rc == ERR_OK && what != 0) {
            rc = write_audit(&w, what, e);
        }
    }
    p->id = w.next.id;
    work_clear(&w);
    return rc;
}

enum err_code product_put(struct shop *shop, const struct product *p, unsigned fields, enum put_result *result,
                          struct err *e) {
    struct putting ctx = {.in = p, .fields = fields};
    enum err_code rc = shop_transact_for(shop, PERMIT_GOODS, put, &ctx, e);
    if (rc == ERR_OK && result != NULL) {
        *result = ctx.result;
    }
    return rc;
}

enum err_code product_add(struct shop *shop, const struct product *p, unsigned fields, int64_t *id, struct err *e) {
    struct putting ctx = {.in = p, .fields = fields, .must_be_new = true};
    enum err_code rc = shop_transact_for(shop, PERMIT_GOODS, put, &ctx, e);
    if (rc == ERR_OK && id != NULL) {
        *id = ctx.id;
    }
    return rc;
}
