#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/product_internal.h"
#include "domain/shop_internal.h"

static enum err_code insert_row(struct product_work *w, const char *folded, const char *key, struct err *e) {
    const struct product *p = &w->next;
    enum err_code rc =
        db_run(w->shop->db,
               "INSERT INTO products (sku, name, folded, sort_key, group_id, unit, price, wholesale_price, vat_bps, "
               "supplier_id, "
               "stock_min, active, description, image, import_id) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
               DB_BIND(DB_TEXT(p->sku), DB_TEXT(p->name), DB_TEXT(folded), DB_TEXT(key), DB_ID(w->group_id),
                       DB_TEXT(p->unit), DB_INT(p->price), DB_OPT(p->has_wholesale, p->wholesale_price),
                       DB_OPT(p->has_vat, p->vat_bps), DB_ID(w->supplier_id), DB_OPT(p->has_stock_min, p->stock_min),
                       DB_INT(p->active), DB_TEXT(p->description), DB_TEXT(p->image), DB_ID(p->import_id)),
               e);
    w->next.id = rc == ERR_OK ? db_last_id(w->shop->db) : 0;
    return rc;
}

static enum err_code update_row(struct product_work *w, const char *folded, const char *key, struct err *e) {
    const struct product *p = &w->next;
    return db_run(
        w->shop->db,
        "UPDATE products SET name = $2, folded = $3, sort_key = $4, group_id = $5, unit = $6, price = $7, "
        "wholesale_price = $8, vat_bps = $9, supplier_id = $10, stock_min = $11, active = $12, description = $13, "
        "image = $14 WHERE id = $1",
        DB_BIND(DB_INT(p->id), DB_TEXT(p->name), DB_TEXT(folded), DB_TEXT(key), DB_ID(w->group_id), DB_TEXT(p->unit),
                DB_INT(p->price), DB_OPT(p->has_wholesale, p->wholesale_price), DB_OPT(p->has_vat, p->vat_bps),
                DB_ID(w->supplier_id), DB_OPT(p->has_stock_min, p->stock_min), DB_INT(p->active),
                DB_TEXT(p->description), DB_TEXT(p->image)),
        e);
}

static enum err_code write_row(struct product_work *w, const char *folded, struct err *e) {
    char *key = text_sort_key(w->next.name, false);
    enum err_code rc = w->old.id == 0 ? insert_row(w, folded, key, e) : update_row(w, folded, key, e);
    free(key);
    return rc;
}

static enum err_code write_units(struct product_work *w, struct err *e) {
    struct db *db = w->shop->db;
    const struct product *p = &w->next;
    enum err_code rc = w->old.unit_count == 0
                           ? ERR_OK
                           : db_run(db, "DELETE FROM product_units WHERE product_id = $1", DB_BIND(DB_INT(p->id)), e);
    for (size_t i = 0; i < p->unit_count && rc == ERR_OK; i++) {
        const struct product_unit *u = &p->units[i];
        char *folded = text_fold(u->name);
        rc = db_run(db,
                    "INSERT INTO product_units (product_id, position, name, folded, factor, price) "
                    "VALUES ($1, $2, $3, $4, $5, $6)",
                    DB_BIND(DB_INT(p->id), DB_INT(i + 1), DB_TEXT(u->name), DB_TEXT(folded), DB_INT(u->factor),
                            DB_OPT(u->has_price, u->price)),
                    e);
        free(folded);
    }
    return rc;
}

static enum err_code write_barcodes(struct product_work *w, struct err *e) {
    struct db *db = w->shop->db;
    const struct product *p = &w->next;
    enum err_code rc = w->old.barcode_count == 0 ? ERR_OK
                                                 : db_run(db, "DELETE FROM product_barcodes WHERE product_id = $1",
                                                          DB_BIND(DB_INT(p->id)), e);
    for (size_t i = 0; i < p->barcode_count && rc == ERR_OK; i++) {
        rc = db_run(
            db, "INSERT INTO product_barcodes (barcode, product_id, position, unit) VALUES ($1, $2, $3, $4)",
            DB_BIND(DB_TEXT(p->barcodes[i].barcode), DB_INT(p->id), DB_INT(i + 1), DB_TEXT(p->barcodes[i].unit)), e);
    }
    return rc;
}

static enum err_code write_cost(struct product_work *w, struct err *e) {
    return db_run(w->shop->db,
                  "INSERT INTO stock (product_id, on_hand, value, last_cost) VALUES ($1, 0, 0, $2) "
                  "ON CONFLICT (product_id) DO UPDATE SET last_cost = excluded.last_cost",
                  DB_BIND(DB_INT(w->next.id), DB_INT(w->next.cost)), e);
}

static enum err_code write_search(struct product_work *w, const char *folded, struct err *e) {
    const struct product *p = &w->next;
    const char **numbers = mem_array(p->barcode_count + 2, sizeof *numbers);
    char *sku = text_fold(p->sku);
    numbers[0] = sku;
    for (size_t i = 0; i < p->barcode_count; i++) {
        numbers[i + 1] = p->barcodes[i].barcode;
    }
    struct search_entry entry = {folded, numbers};
    enum err_code rc = (w->old.id == 0 ? db_search_add : db_search_put)(w->shop->db, SEARCH_PRODUCT, p->id, &entry, e);
    free(sku);
    free(numbers);
    return rc;
}

enum err_code product_write(struct product_work *w, unsigned what, struct err *e) {
    char *folded = text_fold(w->next.name);
    bool is_new = w->old.id == 0;
    enum err_code rc = (what & PRODUCT_ROW) != 0 ? write_row(w, folded, e) : ERR_OK;
    if (rc == ERR_OK && (what & PRODUCT_STOCK) != 0) {
        rc = write_cost(w, e);
    }
    if (rc == ERR_OK && (what & PRODUCT_UNIT_ROWS) != 0) {
        rc = write_units(w, e);
    }
    if (rc == ERR_OK && (what & PRODUCT_BARCODE_ROWS) != 0) {
        rc = write_barcodes(w, e);
    }
    bool found_otherwise = is_new || (what & PRODUCT_BARCODE_ROWS) != 0 || strcmp(w->old.name, w->next.name) != 0;
    if (rc == ERR_OK && found_otherwise) {
        rc = write_search(w, folded, e);
    }
    free(folded);
    return rc;
}
