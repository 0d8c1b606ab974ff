/* Files out: every kind as CSV, Excel's CSV or a workbook, row by row in constant memory, whole or not at all (CLI,
 * Import and export). */
#ifndef IO_EXPORT_H
#define IO_EXPORT_H

#include "chotdon/shop.h"
#include "io/kind.h"

/* The accounts of the sales journal. */
struct export_accounts {
    const char *cash, *bank, *receivable, *revenue, *vat, *cost, *goods, *returns;
};

struct export_options {
    enum kind_id kind;
    const char *from, *to; /* document dates, inclusive; NULL: all */
    const char *path;      /* NULL or "-": standard output */
    enum table_format format;
    const struct export_accounts *accounts;    /* of the sales journal; NULL: the usual ones */
    bool (*progress)(void *ctx, int64_t rows); /* now and then; false stops; may be NULL */
    void *ctx;
};

enum err_code export_run(struct shop *shop, const struct export_options *options, struct err *e);

/* One record with its header as it is exported, for putting it back later; NULL when there is none. The caller owns it.
 */
enum err_code export_image(struct shop *shop, enum kind_id kind, int64_t id, char **image, struct err *e);

/* The cells of one row of a person, and of an order in a list up to what is due; the caller ends the row. */
struct staff;
struct order_row;
void export_staff_row(struct table *t, const struct staff *s);
void export_order_row(struct table *t, const struct order_row *r);

/* The twelve cells of a leaderboard's row (CLI, KPI and commission); the caller ends the row. */
struct kpi_row;
enum err_code export_board_row(struct table *t, const struct kpi_row *r, struct err *e);

/* The seven cells of a row of the audit log; the caller ends the row. */
struct audit_row;
void export_audit_row(struct table *t, const struct audit_row *r);

/* The sixteen cells of a person's month of commission; the caller ends the row. */
struct commission_row;
void export_commission_row(struct table *t, const char *month, const struct commission_row *r);

#endif
