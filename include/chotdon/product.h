/* Products with their units and barcodes (DOMAIN 3). */
#ifndef CHOTDON_PRODUCT_H
#define CHOTDON_PRODUCT_H

#include "chotdon/channel.h"
#include "chotdon/group.h"
#include "chotdon/shop.h"
#include "chotdon/supplier.h"

struct product_unit {
    char *name;
    int64_t factor; /* thousandths of the base unit: thùng of 24 = 24 000 */
    int64_t price;  /* of one such unit */
    bool has_price; /* else factor × price of the base unit */
};
struct product_barcode {
    char *barcode;
    char *unit; /* "" the base unit */
};

enum product_field {
    PRODUCT_NAME = 1 << 0,
    PRODUCT_BARCODES = 1 << 1,
    PRODUCT_GROUP = 1 << 2,
    PRODUCT_UNIT = 1 << 3,
    PRODUCT_UNITS = 1 << 4,
    PRODUCT_PRICE = 1 << 5,
    PRODUCT_WHOLESALE = 1 << 6,
    PRODUCT_COST = 1 << 7,
    PRODUCT_VAT = 1 << 8,
    PRODUCT_SUPPLIER = 1 << 9,
    PRODUCT_STOCK_MIN = 1 << 10,
    PRODUCT_ACTIVE = 1 << 11,
    PRODUCT_DESCRIPTION = 1 << 12,
    PRODUCT_IMAGE = 1 << 13,
    PRODUCT_ALL = (1 << 14) - 1
};
struct product {
    int64_t id;
    char *sku; /* the key of product_put */
    char *name;
    struct product_barcode *barcodes;
    size_t barcode_count;
    char *group; /* path 'Cha/Con', made when it is not there; "" none */
    char *unit;
    struct product_unit *units;
    size_t unit_count;
    int64_t price;
    int64_t wholesale_price;
    bool has_wholesale;
    int64_t cost; /* of one base unit, the last known, 0 unknown (or not for who asks: PERMIT_SEE_COST); put sets it
                     only while the product has no stock moves: after that it is the moving average's, and another cost
                     counts as unchanged */
    int64_t vat_bps;
    bool has_vat;   /* else the shop's default */
    char *supplier; /* code; put takes code or name and makes it when it is not there */
    int64_t stock_min;
    bool has_stock_min;
    bool active;
    char *description;
    char *image;
    int64_t on_hand;   /* read only, thousandths */
    int64_t value;     /* read only, of what is on hand */
    int64_t import_id; /* write only: the import that makes it, 0 none */
};

/* Made, changed to this (the members that `fields` names), or left alone when it says the same. ERR_INVALID names the
 * column at fault; a barcode that belongs to another product is ERR_CONFLICT naming it. A unit that a barcode names
 * must be among the product's units. */
enum err_code product_put(struct shop *shop, const struct product *p, unsigned fields, enum put_result *result,
                          struct err *e);

/* The same for one that may not be there yet: ERR_CONFLICT when the SKU is taken. *id may be NULL. */
enum err_code product_add(struct shop *shop, const struct product *p, unsigned fields, int64_t *id, struct err *e);

/* By SKU, then barcode (then *unit gets its unit, may be NULL), then name folded. ERR_NOT_FOUND; ERR_CONFLICT when
 * several bear the name. */
enum err_code product_find(struct shop *shop, const char *text, int64_t *id, char **unit, struct err *e);
enum err_code product_get(struct shop *shop, int64_t id, struct product *out, struct err *e);
void product_clear(struct product *p);

/* The price of one `unit` ("" base): the unit's own, else factor × the base unit's. For wholesale customers it is
 * factor × the wholesale price where there is one, unless the unit's own is lower. ERR_NOT_FOUND for a unit that the
 * product does not have; ERR_INVALID on overflow. */
enum err_code product_price(struct shop *shop, int64_t id, const char *unit, bool wholesale, int64_t *price,
                            struct err *e);

/* Forms of the file columns: "thùng=24@96000+lốc=6"; "8934…+8935…=thùng". Parse fills owned arrays; format gives an
 * owned string. */
enum err_code product_units_parse(const char *text, const struct currency *cur, struct product_unit **units,
                                  size_t *count, struct err *e);
char *product_units_format(const struct product_unit *units, size_t count, const struct currency *cur);
enum err_code product_barcodes_parse(const char *text, struct product_barcode **codes, size_t *count, struct err *e);
char *product_barcodes_format(const struct product_barcode *codes, size_t count);

struct product_filter {
    const char *text;  /* search as you type, at most 1000 best; NULL or "" for all */
    const char *group; /* path; with its children */
    bool with_inactive;
    bool low_stock;   /* only those below their reorder level */
    const char *sort; /* "sku" (default; with a text the best match), "name", "price", "on_hand", "value", "group" */
    bool descending;
    bool bare;     /* rows without barcodes and units: faster */
    int64_t limit; /* 0: all */
    int64_t offset;
};
/* Borrowed during the call; a non-zero return stops and is returned. */
typedef enum err_code product_row_fn(void *ctx, const struct product *p, struct err *e);
enum err_code product_list(struct shop *shop, const struct product_filter *filter, product_row_fn *row, void *ctx,
                           struct err *e);
/* Only what is on the list, in its order (*ids is the caller's), and the rows; what is gone is left out. */
enum err_code product_ids(struct shop *shop, const struct product_filter *filter, int64_t **ids, size_t *count,
                          struct err *e);
enum err_code product_rows(struct shop *shop, const int64_t *ids, size_t count, bool bare, product_row_fn *row,
                           void *ctx, struct err *e);
enum err_code product_count(struct shop *shop, const struct product_filter *filter, int64_t *count, struct err *e);

/* What the stock of all of them is worth. */
enum err_code product_value(struct shop *shop, const struct product_filter *filter, int64_t *value, struct err *e);

/* Active ones by name without accents, initials, SKU, barcodes and their last digits; the exact code first, then names
 * that have the text with its accents. At most `limit` ids; no text finds nothing. */
enum err_code product_search(struct shop *shop, const char *text, int64_t *ids, int limit, int *count, struct err *e);

#endif
