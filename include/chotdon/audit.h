/* The audit chain (DOMAIN 10): one row for every write, in the same transaction, each with the hash of the row before
 * it. */
#ifndef CHOTDON_AUDIT_H
#define CHOTDON_AUDIT_H

#include "chotdon/shop.h"

#define AUDIT_HEX_SIZE 65 /* 64 hex digits of BLAKE2b-256 */

/* Inside shop_transact. `action` is noun.verb ("order.add"), `entity` names the record ("order DH261121-0001"), before
 * and after are short JSON objects or "" (what was there, what is there now). What looks like a payment card's number
 * is written as its last four digits. While an import runs (audit_mute) nothing is written: the import is one row. */
enum err_code audit_add(struct shop *shop, const char *action, const char *entity, const char *before,
                        const char *after, struct err *e);

void audit_mute(struct shop *shop, bool muted);

struct audit_row {
    int64_t id;
    const char *time; /* "YYYY-MM-DD HH:MM:SS" */
    const char *staff;
    const char *action;
    const char *entity;
    const char *detail; /* before → after; "" when erased */
    const char *hash;
    const char *before, *after; /* as given to audit_add */
    bool erased;
};

struct audit_filter {
    const char *from;   /* dates, inclusive; NULL for all */
    const char *to;     /* so are the others: NULL for all */
    const char *staff;  /* a code; "" the owner */
    const char *entity; /* part of it */
    const char *action; /* "order.add", or its noun: "order" */
    const char *text;   /* part of entity, action, before or after */
    int64_t older_than; /* an id: only rows before it; 0 for all */
    int64_t limit;      /* newest ones; 0 for all */
    bool newest_first;
};

/* Oldest first unless asked; row fields are borrowed during the call; a callback that returns non-zero stops and its
 * code is returned. Days are found by an index, the rest is read from the newest row backwards. */
enum err_code audit_list(struct shop *shop, const struct audit_filter *filter,
                         enum err_code (*row)(void *ctx, const struct audit_row *r, struct err *e), void *ctx,
                         struct err *e);

/* Where the chain ends: the last row's id (0: none yet) and hash. */
struct audit_end {
    int64_t id;
    char hash[AUDIT_HEX_SIZE];
};
enum err_code audit_end(struct shop *shop, struct audit_end *out, struct err *e);

/* A row of the chain as it stands on paper, "1234:1a2b3c4d5e6f": its id, and the first digits of its hash. On the
 * report of a closed shift: who keeps the papers can prove that nothing up to there was cut off or written anew. */
#define AUDIT_HEAD_SIZE 36
void audit_head_text(const struct audit_end *end, char out[AUDIT_HEAD_SIZE]);

/* Whether the chain contains it: ERR_OK with the row's id, and its time in at; ERR_REFUSED saying how it differs;
 * ERR_INVALID for a text that is none. The id may be left out (eight or more digits of the hash), blanks do not count.
 * Whether the chain itself holds, audit_verify says. */
enum err_code audit_find_head(struct shop *shop, const char *head, int64_t *id, char at[DATETIME_SIZE], struct err *e);

/* Rows done, of how many; false stops: ERR_REFUSED. */
typedef bool audit_tick(void *ctx, int64_t done, int64_t total);

/* Walks the whole chain. *rows counts; *bad_id is 0 when all fits, else the first row that does not (or the one that is
 * missing), with `why` for people (the caller owns it; NULL when all fits). */
enum err_code audit_verify(struct shop *shop, int64_t *rows, int64_t *bad_id, char **why, struct err *e);
enum err_code audit_verify_watched(struct shop *shop, audit_tick *tick, void *ctx, int64_t *rows, int64_t *bad_id,
                                   char **why, struct err *e);

/* Anchors stand outside the database: beside it (shop.db.anchors) and in the state folder of the machine's user, a line
 * for each day with where the chain ended. Written when nobody waits (shop_tidy), never by a sale; what cannot be
 * written is left. */
void audit_anchor(struct shop *shop);

/* Compares the chain with its anchors: a tail that was cut together with what stands in audit_head, or rows written
 * anew, show here. Where the shop was put back from a backup, or taken as it is (check_accept), which is a row of its
 * own, the anchors from before it that do not fit are counted in `replaced`. */
struct audit_anchors {
    int64_t anchors, replaced;
    int64_t furthest; /* the longest that the chain ever was by them; 0: no anchor */
    int64_t bad_id;   /* 0: all fit */
    char *why;        /* for people; NULL when all fit */
};
enum err_code audit_compare(struct shop *shop, struct audit_anchors *out, struct err *e);
void audit_anchors_clear(struct audit_anchors *a);

/* A digest for other uses (the hash of an import's file): 64 hex digits. */
struct audit_digest;
struct audit_digest *audit_digest_new(void);
void audit_digest_add(struct audit_digest *d, const void *bytes, size_t n);
void audit_digest_end(struct audit_digest *d, char hex[AUDIT_HEX_SIZE]); /* frees it */

#endif
