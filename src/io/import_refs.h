/* What rows name: staff, products, customers, channels by code or name, looked up once each and remembered while a file
 * is read. */
#ifndef IO_IMPORT_REFS_H
#define IO_IMPORT_REFS_H

#include "chotdon/shop.h"

struct import_refs;

enum import_ref {
    IMPORT_REF_STAFF,
    IMPORT_REF_CUSTOMER,
    IMPORT_REF_PHONE,
    IMPORT_REF_CHANNEL,
    IMPORT_REF_PRODUCT,
    IMPORT_REF_KINDS
};

struct import_refs *import_refs_new(struct shop *shop);
void import_refs_free(struct import_refs *refs);    /* accepts NULL */
void import_refs_forget(struct import_refs *refs);  /* everything: what was made was taken back */
void import_refs_relieve(struct import_refs *refs); /* the same when there are very many: they are looked up again */

/* Nobody has a phone that was not put here, until import_refs_forget: it need not be looked up. */
void import_refs_know_phones(struct import_refs *refs, bool known);

/* *id 0: there is none. ERR_CONFLICT when several bear the name. *unit (may be NULL; borrowed) is a barcode's unit, ""
 * the base unit. Channels are found, too, not made. */
enum err_code import_ref_find(struct import_refs *refs, enum import_ref kind, const char *text, int64_t *id,
                              const char **unit, struct err *e);

/* Remembers one that was made. After import_refs_mark, import_refs_back forgets what was put since. */
void import_ref_put(struct import_refs *refs, enum import_ref kind, const char *text, int64_t id);
void import_refs_mark(struct import_refs *refs);
void import_refs_back(struct import_refs *refs);

#endif
