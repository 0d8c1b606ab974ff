#include "chotdon/product.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/permission.h"
#include "domain/product_internal.h"
#include "domain/record.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

void product_read(struct db_stmt *s, struct product *out) {
    *out = (struct product){.id = db_col_int(s, 0),
                            .sku = db_col_dup(s, 1),
                            .name = db_col_dup(s, 2),
                            .group = db_col_dup(s, 3),
                            .unit = db_col_dup(s, 4),
                            .price = db_col_int(s, 5),
                            .wholesale_price = db_col_int(s, 6),
                            .has_wholesale = !db_col_null(s, 6),
                            .vat_bps = db_col_int(s, 7),
                            .has_vat = !db_col_null(s, 7),
                            .supplier = db_col_dup(s, 8),
                            .stock_min = db_col_int(s, 9),
                            .has_stock_min = !db_col_null(s, 9),
                            .active = db_col_int(s, 10) != 0,
                            .description = db_col_dup(s, 11),
                            .image = db_col_dup(s, 12),
                            .on_hand = db_col_int(s, 13),
                            .value = db_col_int(s, 14),
                            .cost = db_col_int(s, 15)};
}

static enum err_code read_barcodes(struct db *db, struct product *p, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc =
        db_query(db, "SELECT barcode, unit FROM product_barcodes WHERE product_id = $1 ORDER BY position",
                 DB_BIND(DB_INT(p->id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row;
    while ((row = db_next(s, e)) == DB_ROW) {
        p->barcodes = mem_grow(p->barcodes, p->barcode_count, &capacity, sizeof *p->barcodes);
        p->barcodes[p->barcode_count++] = (struct product_barcode){db_col_dup(s, 0), db_col_dup(s, 1)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

static enum err_code read_units(struct db *db, struct product *p, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc =
        db_query(db, "SELECT name, factor, price FROM product_units WHERE product_id = $1 ORDER BY position",
                 DB_BIND(DB_INT(p->id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row;
    while ((row = db_next(s, e)) == DB_ROW) {
        p->units = mem_grow(p->units, p->unit_count, &capacity, sizeof *p->units);
        p->units[p->unit_count++] =
            (struct product_unit){db_col_dup(s, 0), db_col_int(s, 1), db_col_int(s, 2), !db_col_null(s, 2)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

enum err_code product_read_parts(struct db *db, struct product *p, struct err *e) {
    enum err_code rc = read_barcodes(db, p, e);
    return rc == ERR_OK ? read_units(db, p, e) : rc;
}

enum err_code product_load(struct shop *shop, int64_t id, struct product *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct product){0};
    enum err_code rc = db_query(shop->db, PRODUCT_COLUMNS " FROM products p" PRODUCT_JOINS " WHERE p.id = $1",
                                DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        product_read(s, out);
    } else {
        rc = row == DB_FAILED ? record_failed(e) : err_set(e, ERR_NOT_FOUND, _("that product is not there any more"));
    }
    db_done(&s);
    if (rc == ERR_OK) {
        rc = product_read_parts(shop->db, out, e);
    }
    if (rc != ERR_OK) {
        product_clear(out);
    }
    return rc;
}

void product_clear(struct product *p) {
    free(p->sku);
    free(p->name);
    free(p->group);
    free(p->unit);
    free(p->supplier);
    free(p->description);
    free(p->image);
    product_barcodes_free(p->barcodes, p->barcode_count);
    product_units_free(p->units, p->unit_count);
    *p = (struct product){0};
}

static enum err_code find_barcode(struct shop *shop, const char *barcode, int64_t *id, char **unit, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, "SELECT product_id, unit FROM product_barcodes WHERE barcode = $1",
                                DB_BIND(DB_TEXT(barcode)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *id = db_col_int(s, 0);
        if (unit != NULL) {
            *unit = db_col_dup(s, 1);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

static enum err_code find_name(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    bool several = false;
    char *folded = text_fold(name);
    enum err_code rc =
        record_lookup(shop->db, "SELECT id FROM products WHERE folded = $1 LIMIT 2", folded, id, &several, e);
    free(folded);
    if (rc == ERR_OK && several) {
        *id = 0;
        rc = err_set_field(e, ERR_CONFLICT, "product", _("several products are called “%s”: use the SKU"), name);
    } else if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "product", _("there is no product “%s”"), name);
    }
    return rc;
}

enum err_code product_find(struct shop *shop, const char *text, int64_t *id, char **unit, struct err *e) {
    char *nfc = text_nfc(text);
    if (unit != NULL) {
        *unit = NULL;
    }
    enum err_code rc = record_lookup(shop->db, "SELECT id FROM products WHERE sku = $1", nfc, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        rc = find_barcode(shop, nfc, id, unit, e);
    }
    if (rc == ERR_OK && *id == 0) {
        rc = find_name(shop, nfc, id, e);
    }
    if (rc == ERR_OK && unit != NULL && *unit == NULL) {
        *unit = mem_strdup("");
    }
    free(nfc);
    return rc;
}

enum err_code product_search(struct shop *shop, const char *text, int64_t *ids, int limit, int *count, struct err *e) {
    return search_find(shop, SEARCH_PRODUCT, "SELECT name, sku FROM products WHERE id = $1 AND active = 1", text, ids,
                       limit, count, e);
}

struct prices {
    int64_t price, wholesale, factor, unit_price;
    bool has_wholesale, has_unit, has_unit_price;
};

static enum err_code read_prices(struct shop *shop, int64_t id, const char *unit, struct prices *out, struct err *e) {
    struct db_stmt *s = NULL;
    char *folded = text_fold(unit);
    *out = (struct prices){0};
    enum err_code rc = db_query(shop->db,
                                "SELECT p.price, p.wholesale_price, p.unit, u.factor, u.price FROM products p "
                                "LEFT JOIN product_units u ON u.product_id = p.id AND u.folded = $2 WHERE p.id = $1",
                                DB_BIND(DB_INT(id), DB_TEXT(folded)), &s, e);
    if (rc == ERR_OK) {
        enum db_row row = db_next(s, e);
        if (row == DB_ROW) {
            *out = (struct prices){.price = db_col_int(s, 0),
                                   .wholesale = db_col_int(s, 1),
                                   .factor = db_col_int(s, 3),
                                   .unit_price = db_col_int(s, 4),
                                   .has_wholesale = !db_col_null(s, 1),
                                   .has_unit = !db_col_null(s, 3),
                                   .has_unit_price = !db_col_null(s, 4)};
        }
        bool base = folded[0] == '\0' || (row == DB_ROW && text_equal_folded(unit, db_col_text(s, 2)));
        if (row != DB_ROW) {
            rc = row == DB_FAILED ? record_failed(e)
                                  : err_set(e, ERR_NOT_FOUND, _("that product is not there any more"));
        } else if (!out->has_unit && !base) {
            rc = err_set_field(e, ERR_NOT_FOUND, "unit", _("the product has no unit “%s”"), unit);
        }
    }
    db_done(&s);
    free(folded);
    return rc;
}

enum err_code product_price(struct shop *shop, int64_t id, const char *unit, bool wholesale, int64_t *price,
                            struct err *e) {
    struct prices p;
    enum err_code rc = read_prices(shop, id, unit == NULL ? "" : unit, &p, e);
    if (rc != ERR_OK) {
        return rc;
    }
    bool low = wholesale && p.has_wholesale;
    int64_t each = low ? p.wholesale : p.price;
    int64_t whole = each;
    if (p.has_unit && !money_times_qty(each, p.factor, &whole)) {
        return err_set_field(e, ERR_INVALID, "unit_price", _("the price of one %s is too large"), unit);
    }
    /* A thùng's own price may be lower than its cans' wholesale price. */
    bool own = p.has_unit_price && (!low || p.unit_price < whole);
    *price = own ? p.unit_price : whole;
    return ERR_OK;
}

enum err_code product_get(struct shop *shop, int64_t id, struct product *out, struct err *e) {
    enum err_code rc = product_load(shop, id, out, e);
    if (rc == ERR_OK && !shop_may(shop, PERMIT_SEE_COST)) {
        out->cost = out->value = 0;
    }
    return rc;
}
