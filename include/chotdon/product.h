/* Products, their groups, units and barcodes, channels and suppliers (DOMAIN 3). */
#ifndef CHOTDON_PRODUCT_H
#define CHOTDON_PRODUCT_H

#include "chotdon/shop.h"

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
    int64_t cost; /* of one base unit, the last known; put sets it only while there is no stock history (it is moving
                     average after that) */
    int64_t vat_bps;
    bool has_vat;   /* else the shop's default */
    char *supplier; /* code; put takes code or name and makes it when it is not there */
    int64_t stock_min;
    bool has_stock_min;
    bool active;
    char *description;
    char *image;
    int64_t on_hand; /* read only, thousandths */
    int64_t value;   /* read only, of what is on hand */
};

enum err_code product_put(struct shop *shop, const struct product *p, unsigned fields, enum put_result *result,
                          struct err *e);

/* By SKU, then barcode (then *unit gets its unit, may be NULL), then name folded. ERR_NOT_FOUND; ERR_CONFLICT when
 * several bear the name. */
enum err_code product_find(struct shop *shop, const char *text, int64_t *id, char **unit, struct err *e);
enum err_code product_get(struct shop *shop, int64_t id, struct product *out, struct err *e);
void product_clear(struct product *p);

/* The price of one `unit` ("" base) for a customer segment: wholesale price for 'wholesale' where there is one. */
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
    const char *text;  /* search as you type; NULL or "" for all */
    const char *group; /* path; with its children */
    bool with_inactive;
    bool low_stock;   /* only those below their reorder level */
    const char *sort; /* "sku" (default), "name", "price", "on_hand", "value", "group" */
    bool descending;
    int64_t limit; /* 0: all */
    int64_t offset;
};
typedef enum err_code
product_row_fn(void *ctx, const struct product *p,
               struct err *e); /* p without barcodes and units in lists that ask for it quickly: see product_list */
enum err_code product_list(struct shop *shop, const struct product_filter *filter, product_row_fn *row, void *ctx,
                           struct err *e);
enum err_code product_count(struct shop *shop, const struct product_filter *filter, int64_t *count, struct err *e);

/* Best matches first, for search as you type; at most `limit` ids. */
enum err_code product_search(struct shop *shop, const char *text, int64_t *ids, int limit, int *count, struct err *e);

/* Named things that rows make on the way: find or make by name (folded); *made may be NULL. */
enum err_code group_make(struct shop *shop, const char *path, int64_t *id, bool *made, struct err *e);
enum err_code channel_make(struct shop *shop, const char *name, int64_t *id, bool *made, struct err *e);
enum err_code channel_find(struct shop *shop, const char *name, int64_t *id, struct err *e);
enum err_code channel_name(struct shop *shop, int64_t id, const char **name,
                           struct err *e); /* borrowed, cached; "" for 0 */

struct supplier {
    int64_t id;
    char *code;
    char *name;
    char *phone;
    char *email;
    char *tax_code;
    char *address;
    char *terms;
    char *note;
};
enum supplier_field {
    SUPPLIER_NAME = 1 << 0,
    SUPPLIER_PHONE = 1 << 1,
    SUPPLIER_EMAIL = 1 << 2,
    SUPPLIER_TAX_CODE = 1 << 3,
    SUPPLIER_ADDRESS = 1 << 4,
    SUPPLIER_TERMS = 1 << 5,
    SUPPLIER_NOTE = 1 << 6,
    SUPPLIER_ALL = (1 << 7) - 1
};
enum err_code supplier_put(struct shop *shop, const struct supplier *s, unsigned fields, enum put_result *result,
                           struct err *e);
enum err_code supplier_find(struct shop *shop, const char *code_or_name, int64_t *id, struct err *e);
enum err_code supplier_make(struct shop *shop, const char *code_or_name, int64_t *id, bool *made, struct err *e);
enum err_code supplier_get(struct shop *shop, int64_t id, struct supplier *out, struct err *e);
void supplier_clear(struct supplier *s);
typedef enum err_code supplier_row_fn(void *ctx, const struct supplier *s, struct err *e);
enum err_code supplier_list(struct shop *shop, supplier_row_fn *row, void *ctx, struct err *e);

#endif
