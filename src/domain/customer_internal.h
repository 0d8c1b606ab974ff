/* What the files of customers share. */
#ifndef DOMAIN_CUSTOMER_INTERNAL_H
#define DOMAIN_CUSTOMER_INTERNAL_H

#include "chotdon/customer.h"
#include "db/db.h"
#include "domain/record.h"

struct ids; /* id_list.h */

/* Columns for customer_read, of `c`; to be followed by whatever comes besides, then CUSTOMER_JOINS. */
#define CUSTOMER_COLUMNS                                                                                               \
    "c.id, c.code, c.name, c.email, c.birth_date, c.gender, c.province, c.address, c.segment, COALESCE(h.name, ''), "  \
    "c.referrer, COALESCE(w.code, ''), c.note, c.readiness, c.tags, c.consent, c.created_on"
#define CUSTOMER_JOINS " LEFT JOIN channels h ON h.id = c.source_id LEFT JOIN staff w ON w.id = c.owner_id"
enum { CUSTOMER_COLUMN_COUNT = 17 };

/* A row without its phones. */
void customer_read(struct db_stmt *s, struct customer *out);

/* In position order, joined by ';'; the caller owns it. */
enum err_code customer_read_phones(struct db *db, int64_t id, char **phones, struct err *e);

/* Every text of a customer, phones among them. */
extern const struct record_text customer_texts[];
enum { CUSTOMER_TEXT_COUNT = 14 };
#define CUSTOMER_TEXTS customer_texts, CUSTOMER_TEXT_COUNT

/* What people type for gender and segment as it is stored; an unknown segment is kept as typed. */
enum err_code customer_gender(const char *typed, char **out, struct err *e);
char *customer_segment(const char *typed);

/* Phones typed in one cell, normalised, each once, masked ones left out; joined by ';', owned. ERR_INVALID, field
 * "phone". */
enum err_code customer_phones(const char *typed, char **out, struct err *e);
/* Takes the next one off *list; false at the end. */
bool customer_next_phone(const char **list, char phone[64]);

/* The ids behind source and owner. */
struct customer_refs {
    int64_t source_id;
    int64_t owner_id;
};

/* Source and owner as they are stored; the source is made when it is not there. ERR_NOT_FOUND, field "owner". */
enum err_code customer_resolve(struct shop *shop, struct customer *c, struct customer_refs *refs, struct err *e);

/* The record as it shall be (c.id 0: a new one, and gets its id) with its phones and search entry. */
enum err_code customer_write(struct shop *shop, struct customer *c, const struct customer_refs *refs,
                             const struct customer *old, struct err *e);
enum err_code customer_next_id(struct shop *shop, int64_t *id, struct err *e); /* of the next one, during a load */
enum err_code customer_write_phones(struct shop *shop, int64_t id, const char *phones, struct err *e);
enum err_code customer_write_search(struct shop *shop, const struct customer *c, struct err *e);

/* Candidates for a list that is searched (search.h). */
enum err_code customer_candidates(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e);

/* "customer #17"; owned. */
char *customer_entity(int64_t id);

enum err_code customer_audit_merge(struct shop *shop, const char *action, int64_t keep, int64_t merged,
                                   int64_t merge_id, struct err *e);

/* One that we gave: KH and digits. */
bool customer_code_is_ours(const char *code);

/* What they can be known by in others' words: phones, email, address, a code of their own, the whole name. */
struct customer_traces {
    char **words;
    size_t count;
    size_t capacity;
};
enum err_code customer_traces_read(struct shop *shop, int64_t id, struct customer_traces *t, struct err *e); /* adds */
void customer_traces_clear(struct customer_traces *t);
/* Takes the words out of every text that people type, and empties the audit's details that hold them. A name that
 * somebody else has too stays. */
enum err_code customer_sweep(struct shop *shop, const struct customer_traces *t, struct ids *emptied, struct err *e);

/* An import's many new ones (shop_internal.h); nothing where there are any already. Rows of a load that is on come
 * later: whoever puts a customer without a code knows that nobody has the phones. */
enum err_code customer_load_begin(struct shop *shop, struct err *e);
enum err_code customer_load_end(struct shop *shop, struct err *e);

/* Who a merged customer lives on in; themselves where they were not merged. */
enum err_code customer_survivor(struct db *db, int64_t *id, struct err *e);

#endif
