/* How rows of the audit are chained; for the audit's own files and for copies of the shop. */
#ifndef DOMAIN_AUDIT_CHAIN_H
#define DOMAIN_AUDIT_CHAIN_H

#include "chotdon/audit.h"
#include "db/db.h"

#define AUDIT_FIRST_HASH "0000000000000000000000000000000000000000000000000000000000000000"

enum err_code audit_chain_end(struct db *db, struct audit_end *out, struct err *e);
void audit_row_hash(char hex[AUDIT_HEX_SIZE], const char *previous, const struct audit_row *r, const char *digest);
void audit_details_digest(char hex[AUDIT_HEX_SIZE], const char *salt, const char *before, const char *after);

/* Of a fresh copy: the last `rows` of its chain fit, and it ends where `least` stood, or later. *why is NULL then, else
 * for people (the caller owns it). */
enum err_code audit_check_end(struct db *db, int64_t rows, const struct audit_end *least, char **why, struct err *e);

/* Privacy (audit_forget.c): the before and after of every row about exactly this entity are emptied, or of every row
 * whose before or after is LIKE a pattern ('!' escapes); the chain still fits. Rows of erasures stay. What was emptied
 * is added to *emptied, which starts as {0} and is named by the noun.erase row that must follow: audit_verify finds
 * what was emptied and not named. */
struct ids;
enum err_code audit_forget(struct shop *shop, const char *entity, struct ids *emptied, struct err *e);
enum err_code audit_forget_like(struct shop *shop, const char *pattern, struct ids *emptied, struct err *e);
/* Adds the row of an erasure ("customer.erase") that names them, and frees the list. */
enum err_code audit_erased(struct shop *shop, const char *action, const char *entity, struct ids *emptied,
                           struct err *e);
bool audit_is_erasure(const char *action);
/* The rows that an erasure's `after` names, "3-5,9", as pairs of first and last. NULL at the end, or where it says
 * something else; *at starts as `after`. */
const char *audit_next_erased(const char *at, int64_t *first, int64_t *last);

/* A new shop's file was made: anchors that stand beside are of one that was there before it. */
void audit_anchor_anew(struct shop *shop);

/* The text with what looks like the number of a payment card reduced to its last four digits; NULL when there is none
 * (audit_mask.c). The caller owns it. */
char *audit_mask_cards(const char *text);

#endif
