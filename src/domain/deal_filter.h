/* A deal_filter as values for SQL, and the conditions that use them. */
#ifndef DOMAIN_DEAL_FILTER_H
#define DOMAIN_DEAL_FILTER_H

#include "domain/deal_internal.h"

/* $1 stage, $2 kind, $3 rep, $4 team, $5 source, $6 customer, $7 tag, $8 $9 dates, $10 rotting, $11 today. Of deals d.
 * What is not asked for is looked at first, so that rows are read only for what is. */
#define DEAL_FILTER                                                                                                    \
    " AND ($2 = '' OR d.kind = $2) AND ($3 = 0 OR d.staff_id = $3 OR ($3 < 0 AND d.staff_id IS NULL)) "                \
    "AND ($4 = 0 OR d.staff_id IN (SELECT t.staff_id FROM staff_teams t WHERE t.team_id = $4 AND t.from_date = "       \
    "(SELECT MAX(u.from_date) FROM staff_teams u WHERE u.staff_id = t.staff_id AND u.from_date <= $11))) "             \
    "AND ($5 = 0 OR d.source_id = $5) AND ($6 = 0 OR d.customer_id = $6) "                                             \
    "AND ($7 = '' OR ',' || d.tags || ',' LIKE '%,' || $7 || ',%') "                                                   \
    "AND ($8 = '' OR CASE d.kind WHEN 'open' THEN d.expected_close ELSE d.closed_on END >= $8) "                       \
    "AND ($9 = '' OR (CASE d.kind WHEN 'open' THEN d.expected_close ELSE d.closed_on END <= $9 "                       \
    "AND CASE d.kind WHEN 'open' THEN d.expected_close ELSE d.closed_on END <> '')) "                                  \
    "AND ($10 = 0 OR (d.rots_on <> '' AND d.rots_on <= $11))"
/* The deals with tag $7: an index has those with any. */
#define DEAL_TAGGED                                                                                                    \
    "(SELECT g.id FROM deals g WHERE g.tags <> '' AND g.merged_into IS NULL AND ',' || g.tags || ',' LIKE '%,' || "    \
    "$7 || ',%')"
enum { DEAL_FILTER_VALUES = 11, DEAL_VALUES_MAX = 16 };

struct deal_values {
    struct db_value list[DEAL_VALUES_MAX]; /* up to $11; what follows is the statement's own */
    char today[DATE_SIZE];
    char *tag;
};
/* Borrows the filter's dates. kind and stage of the filter; 0 and -1 for any. */
void deal_values_make(struct shop *shop, const struct deal_filter *f, struct deal_values *out);
void deal_values_clear(struct deal_values *v);

/* The ids of the page that the filter asks for; the caller frees them. */
enum err_code deal_page(struct shop *shop, const struct deal_filter *f, int64_t **ids, size_t *count, struct err *e);

#endif
