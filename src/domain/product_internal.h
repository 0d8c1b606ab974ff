/* What the files of products share. */
#ifndef DOMAIN_PRODUCT_INTERNAL_H
#define DOMAIN_PRODUCT_INTERNAL_H

#include "chotdon/product.h"
#include "db/db.h"

/* To be followed by joins on p, WHERE and ORDER BY; product_read takes its columns. */
#define PRODUCT_COLUMNS                                                                                                \
    "SELECT p.id, p.sku, p.name, COALESCE(g.path, ''), p.unit, p.price, p.wholesale_price, p.vat_bps, "                \
    "COALESCE(u.code, ''), p.stock_min, p.active, p.description, p.image, COALESCE(s.on_hand, 0), "                    \
    "COALESCE(s.value, 0), COALESCE(s.last_cost, 0)"
#define PRODUCT_JOINS                                                                                                  \
    " LEFT JOIN product_groups g ON g.id = p.group_id LEFT JOIN suppliers u ON u.id = p.supplier_id "                  \
    "LEFT JOIN stock s ON s.product_id = p.id"

/* A row without its barcodes and units, which product_read_parts adds. */
void product_read(struct db_stmt *s, struct product *out);
enum err_code product_load(struct shop *shop, int64_t id, struct product *out, struct err *e); /* costs and all */
enum err_code product_read_parts(struct db *db, struct product *p, struct err *e);

void product_units_free(struct product_unit *units, size_t count);
void product_barcodes_free(struct product_barcode *codes, size_t count);

/* A put at work: what is there, what shall be there, and which parts of it differ. */
struct product_work {
    struct shop *shop;
    const struct product *in; /* as given */
    unsigned fields;
    bool must_be_new;
    struct product old; /* id 0: a new product */
    struct product next;
    char *old_units, *next_units, *old_barcodes, *next_barcodes; /* in the form of files */
    int64_t group_id, supplier_id;
};
enum product_part {
    PRODUCT_ROW = 1 << 0,
    PRODUCT_STOCK = 1 << 1,
    PRODUCT_UNIT_ROWS = 1 << 2,
    PRODUCT_BARCODE_ROWS = 1 << 3
};

/* next.units and next.barcodes from the input or from what is there, checked; texts of `next` and units come first. */
enum err_code product_take_units(struct product_work *w, struct err *e);
enum err_code product_take_barcodes(struct product_work *w, struct err *e);

/* Writes these parts of `next`, with the search entry; sets next.id of a new one. */
enum err_code product_write(struct product_work *w, unsigned what, struct err *e);

#endif
