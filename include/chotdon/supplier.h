/* Suppliers (DOMAIN 8): who the goods come from. */
#ifndef CHOTDON_SUPPLIER_H
#define CHOTDON_SUPPLIER_H

#include "chotdon/shop.h"

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
struct supplier {
    int64_t id;
    char *code; /* the key of supplier_put; "" when adding: the next NCC number */
    char *name;
    char *phone; /* normalised where it is a Vietnamese number */
    char *email;
    char *tax_code;
    char *address;
    char *terms;
    char *note;
    int64_t import_id; /* write only: the import that makes it, 0 none */
};

/* Made, changed to this (the members that `fields` names), or left alone when it says the same. ERR_INVALID names the
 * column at fault. */
enum err_code supplier_put(struct shop *shop, const struct supplier *s, unsigned fields, enum put_result *result,
                           struct err *e);

/* The same for one that may not be there yet: ERR_CONFLICT when the code is taken. *id may be NULL. */
enum err_code supplier_add(struct shop *shop, const struct supplier *s, unsigned fields, int64_t *id, struct err *e);

/* By code, then by name (accents and case folded). ERR_NOT_FOUND; ERR_CONFLICT when several bear the name. */
enum err_code supplier_find(struct shop *shop, const char *code_or_name, int64_t *id, struct err *e);

/* Finds it or makes it, with the text as its name and, where it can be one, as its code. "" gives id 0. *made may be
 * NULL. */
enum err_code supplier_make(struct shop *shop, const char *code_or_name, int64_t *id, bool *made, struct err *e);

enum err_code supplier_get(struct shop *shop, int64_t id, struct supplier *out, struct err *e);
void supplier_clear(struct supplier *s);

/* By code. Called with borrowed records; a non-zero return stops. */
typedef enum err_code supplier_row_fn(void *ctx, const struct supplier *s, struct err *e);
enum err_code supplier_list(struct shop *shop, supplier_row_fn *row, void *ctx, struct err *e);

#endif
