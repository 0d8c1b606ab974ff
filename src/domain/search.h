/* Search as you type over records that have a name and a code (DOMAIN 8): the exact code first, then names that have
 * the text with its accents, then the index's own order. */
#ifndef DOMAIN_SEARCH_H
#define DOMAIN_SEARCH_H

#include "chotdon/shop.h"
#include "db/db.h"

/* `sql_name` gives name and code of id $1, or no row for one to leave out. At most `limit` ids into `ids`; an empty
 * text finds nothing. */
enum err_code search_find(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                          int64_t *ids, int limit, int *count, struct err *e);

/* Candidates for a list, which reads and filters them itself: at most SEARCH_LIST_MAX, of which only the first are
 * ranked and looked at. */
enum { SEARCH_LIST_MAX = 1000 };
enum err_code search_candidates(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                                int64_t ids[SEARCH_LIST_MAX], int *count, struct err *e);

#endif
