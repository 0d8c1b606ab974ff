/* Which orders are facts, for every report and check: drafts and cancelled ones are not, nor what was imported as
 * `returned` without ever leaving the shop (DOMAIN 4; CLI "Import and export"). A sale that its return documents took
 * back whole is one: they stand against it with negative figures. `o` is the table's name in the statement. */
#ifndef CHOTDON_ORDER_COUNTS_H
#define CHOTDON_ORDER_COUNTS_H

#define ORDER_COUNTS(o)                                                                                                \
    o ".status NOT IN ('draft', 'cancelled') AND (" o ".status <> 'returned' OR " o ".stock_out = 1)"

/* The day in a column from confirmed_on to completed_on: '=' is kept for the order's own. And of a payment. */
#define ORDER_DAY(o, column) "CASE " o "." column " WHEN '=' THEN " o ".order_date ELSE " o "." column " END"
#define PAYMENT_DAY(o, p)    "CASE " p ".date WHEN '=' THEN " o ".order_date ELSE " p ".date END"

#endif
