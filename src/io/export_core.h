/* What the export_*.c files share. Not for others. */
#ifndef IO_EXPORT_CORE_H
#define IO_EXPORT_CORE_H

#include "io/export.h"

struct export {
    struct shop *shop;
    const struct export_options *options;
    struct table *table;
    int64_t only; /* this record alone; 0: all */
    int64_t rows;
};

enum err_code export_staff(struct export *x, struct err *e);
enum err_code export_products(struct export *x, struct err *e);
enum err_code export_customers(struct export *x, struct err *e);
enum err_code export_suppliers(struct export *x, struct err *e);
enum err_code export_deals(struct export *x, struct err *e);
enum err_code export_orders(struct export *x, struct err *e);
enum err_code export_order_lines(struct export *x, struct err *e);
enum err_code export_payments(struct export *x, struct err *e);
enum err_code export_stock(struct export *x, struct err *e);
enum err_code export_stock_moves(struct export *x, struct err *e);
enum err_code export_receivables(struct export *x, struct err *e);
enum err_code export_audit(struct export *x, struct err *e);
enum err_code export_journal(struct export *x, struct err *e);
enum err_code export_journal_plain(struct export *x, struct err *e);
enum err_code export_targets(struct export *x, struct err *e);
enum err_code export_commission(struct export *x, struct err *e);
enum err_code export_leaderboard(struct export *x, struct err *e);
enum err_code export_nothing(struct export *x, struct err *e); /* the header alone */

/* Ends a row; ERR_REFUSED when progress says stop. */
enum err_code export_end_row(struct export *x, struct err *e);

#endif
