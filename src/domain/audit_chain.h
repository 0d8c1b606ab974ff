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

/* The text with what looks like the number of a payment card reduced to its last four digits; NULL when there is none
 * (audit_mask.c). The caller owns it. */
char *audit_mask_cards(const char *text);

#endif
