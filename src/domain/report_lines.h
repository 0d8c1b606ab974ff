/* Sales by what was sold: adds up lines, not documents. */
#ifndef DOMAIN_REPORT_LINES_H
#define DOMAIN_REPORT_LINES_H

#include "db/db.h"
#include "domain/report_rows.h"

/* Of lines whose orders are dated from `from` to `to`, one row for each product, or for each group. An order counts
 * once for every row that has a line of it. */
enum err_code report_lines_add(struct db *db, bool by_group, const char *from, const char *to, struct report_rows *rows,
                               struct err *e);

#endif
