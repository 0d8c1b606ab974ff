/* The audit chain (DOMAIN 10): one row for every write, in the same transaction, each with the hash of the row before
 * it. */
#ifndef CHOTDON_AUDIT_H
#define CHOTDON_AUDIT_H

#include "chotdon/shop.h"

/* Inside shop_transact. `action` is noun.verb ("order.add"), `entity` names the record ("order DH261121-0001"), before
 * and after are short JSON objects or "" (what was there, what is there now). While an import runs (audit_mute) nothing
 * is written: the import is one row. */
enum err_code audit_add(struct shop *shop, const char *action, const char *entity, const char *before,
                        const char *after, struct err *e);

/* Empties the before and after of every row about exactly this entity (privacy); the chain still fits. */
enum err_code audit_forget(struct shop *shop, const char *entity, struct err *e);
/* The same for every row whose before or after is LIKE a pattern ('!' escapes). */
enum err_code audit_forget_like(struct shop *shop, const char *pattern, struct err *e);
void audit_mute(struct shop *shop, bool muted);

struct audit_row {
    int64_t id;
    const char *time; /* "YYYY-MM-DD HH:MM:SS" */
    const char *staff;
    const char *action;
    const char *entity;
    const char *detail; /* before → after; "" when erased */
    const char *hash;
};

struct audit_filter {
    const char *from; /* dates, inclusive; NULL for all */
    const char *to;
    const char *staff;
    const char *entity; /* part of it */
    int64_t limit;      /* newest ones; 0 for all */
};

/* Oldest first; row fields are borrowed during the call; a callback that returns non-zero stops and its code is
 * returned. */
enum err_code audit_list(struct shop *shop, const struct audit_filter *filter,
                         enum err_code (*row)(void *ctx, const struct audit_row *r, struct err *e), void *ctx,
                         struct err *e);

/* Walks the whole chain. *rows counts; *bad_id is 0 when all fits, else the first row that does not (or the one that is
 * missing), with `why` for people (the caller owns it; NULL when all fits). */
enum err_code audit_verify(struct shop *shop, int64_t *rows, int64_t *bad_id, char **why, struct err *e);

/* A digest for other uses (the hash of an import's file): 64 hex digits of BLAKE2b-256. */
#define AUDIT_HEX_SIZE 65
struct audit_digest;
struct audit_digest *audit_digest_new(void);
void audit_digest_add(struct audit_digest *d, const void *bytes, size_t n);
void audit_digest_end(struct audit_digest *d, char hex[AUDIT_HEX_SIZE]); /* frees it */

#endif
