/* What the puts of records share: taking texts in, keeping the ones that were not given, telling what differs, and
 * writing that down as short JSON for the audit. A noun describes its texts in one const table. */
#ifndef DOMAIN_RECORD_H
#define DOMAIN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct db;

enum { RECORD_NAME_MAX = 1000, RECORD_TEXT_MAX = 20000 }; /* bytes */

struct record_text {
    unsigned bit;    /* in the noun's `fields` */
    const char *key; /* the column's name in files */
    size_t offset;   /* of a `char *` member */
    size_t max;      /* bytes */
};

/* NFC copies of the members that `fields` names, NULL for the others. ERR_INVALID for a text that is too long; what was
 * taken so far is in `out` all the same. */
enum err_code record_take(const struct record_text *table, size_t count, const void *in, unsigned fields, void *out,
                          struct err *e);

/* Members that are still NULL get a copy of the old record's, or "" when there is none (old NULL). */
void record_keep(const struct record_text *table, size_t count, const void *old, void *out);

bool record_same(const struct record_text *table, size_t count, const void *a, const void *b);
void record_clear(const struct record_text *table, size_t count, void *record);

/* The members that differ from `other`; from nothing (NULL): those that are not empty. */
void record_json(const struct record_text *table, size_t count, const void *record, const void *other, struct buf *b);

/* Members of a JSON object one by one; it begins with the first one and ends with record_json_end, which gives "{}" for
 * none. */
void record_json_text(struct buf *b, const char *key, const char *value);
void record_json_int(struct buf *b, const char *key, int64_t value);
const char *record_json_end(struct buf *b); /* borrowed */

/* ERR_INVALID, field "email", for what cannot be an address; "" is fine. */
enum err_code record_check_email(const char *email, struct err *e);

/* The id that a statement gives for a text ($1), 0 for none. *several (may be NULL): it gave more than one. */
enum err_code record_lookup(struct db *db, const char *sql, const char *text, int64_t *id, bool *several,
                            struct err *e);

/* The same for one text that the caller then owns, NULL for none. */
struct db_value;
enum err_code record_lookup_text(struct db *db, const char *sql, const struct db_value *values, char **out,
                                 struct err *e);

/* The code to return after db_next gave DB_FAILED. */
enum err_code record_failed(const struct err *e);

#endif
