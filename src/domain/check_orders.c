#include "base/i18n.h"
#include "chotdon/order_counts.h"
#include "domain/check_run.h"

/* Every statement gives: where, what is kept, what the parts make. Drafts are no books yet. */
#define NO "o.order_no"

/* round(qty × price / 1000), half away from zero; integer division cuts towards zero. */
#define GROSS "((2 * l.qty * l.unit_price + CASE WHEN l.qty < 0 THEN -1000 ELSE 1000 END) / 2000)"

/* In base units: a thùng sold may come back by the lon. */
#define SOLD "(l.qty * l.factor / 1000)"
#define RETURNED                                                                                                       \
    "(SELECT r.return_of AS id, b.sale_line AS line_no, -SUM(b.qty * b.factor / 1000) AS qty FROM orders r"            \
    " JOIN order_lines b ON b.order_id = r.id WHERE r.return_of IS NOT NULL GROUP BY r.return_of, b.sale_line)"

static const struct check_rule lines[] = {
    {"SELECT " NO ", 0, 0 FROM orders o WHERE o.status <> 'draft' AND NOT EXISTS"
     " (SELECT 1 FROM order_lines l WHERE l.order_id = o.id)",
     N_("order %s has no lines (cancel it)"), CHECK_PLAIN},
    {"SELECT " NO ", l.amount, " GROSS " - l.discount - l.order_discount FROM order_lines l"
     " JOIN orders o ON o.id = l.order_id WHERE o.status <> 'draft'"
     " AND l.amount <> " GROSS " - l.discount - l.order_discount",
     N_("order %s: a line's amount is %s, but quantity × price less discounts makes %s (restore a backup, or correct "
        "the order by a return)"),
     CHECK_MONEY},
    {"SELECT " NO ", l.amount, l.net + l.vat FROM order_lines l JOIN orders o ON o.id = l.order_id"
     " WHERE o.status <> 'draft' AND l.amount <> l.net + l.vat AND l.amount <> l.net",
     N_("order %s: a line's amount is %s, but its net and VAT make %s (restore a backup, or correct the order by a "
        "return)"),
     CHECK_MONEY},
    {"SELECT " NO ", l.returned, COALESCE(x.qty, 0) FROM order_lines l JOIN orders o ON o.id = l.order_id"
     " LEFT JOIN " RETURNED " x ON x.id = l.order_id AND x.line_no = l.line_no WHERE l.returned <> COALESCE(x.qty, 0)",
     N_("order %s: a line says %s came back, but its returns took back %s (chotdon check --rebuild adds it up anew)"),
     CHECK_QTY},
    {"SELECT " NO ", l.returned, " SOLD " FROM order_lines l JOIN orders o ON o.id = l.order_id"
     " WHERE o.is_return = 0 AND (l.returned < 0 OR l.returned > " SOLD ")",
     N_("order %s: %s of a line came back, but only %s were sold (look at its returns, and restore a backup)"),
     CHECK_QTY},
};

static const struct check_rule figures[] = {
    {"SELECT " NO ", o.paid, (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id)"
     " FROM orders o WHERE o.paid <> (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id)",
     N_("order %s says %s is paid, but its payments make %s (chotdon check --rebuild adds it up anew)"), CHECK_MONEY},
    {"SELECT " NO ", o.taken_off, x.taken FROM orders o JOIN (SELECT r.return_of AS id, -SUM(r.taken_off) AS taken"
     " FROM orders r WHERE r.return_of IS NOT NULL GROUP BY r.return_of) x ON x.id = o.id"
     " WHERE o.taken_off <> x.taken UNION ALL SELECT " NO ", o.taken_off, 0 FROM orders o WHERE o.is_return = 0"
     " AND o.taken_off <> 0 AND " ORDER_COUNTS("o") " AND NOT EXISTS (SELECT 1 FROM orders r WHERE r.return_of = o.id)",
     N_("order %s: %s was taken off what is due, but its returns make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " NO ", o.due, o.total - o.paid - o.taken_off FROM orders o WHERE o.due <> o.total - o.paid - o.taken_off",
     N_("order %s: %s is due, but total less payments and returns makes %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " NO ", o.total, o.revenue + o.shipping_fee FROM orders o WHERE o.total <> o.revenue + o.shipping_fee",
     N_("order %s: the total is %s, but revenue and shipping make %s (chotdon check --rebuild adds it up anew)"),
     CHECK_MONEY},
    {"SELECT " NO ", 0, 0 FROM orders o WHERE o.status = 'returned' AND o.stock_out = 1 AND EXISTS"
     " (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.returned <> " SOLD ")",
     N_("order %s is in state returned, but not everything came back (take back the rest: chotdon order return NO)"),
     CHECK_PLAIN},
    {"SELECT " NO ", 0, 0 FROM orders o WHERE o.is_return = 0"
     " AND o.id IN (SELECT r.return_of FROM orders r WHERE r.return_of IS NOT NULL)"
     " AND o.status NOT IN ('returned', 'cancelled') AND NOT EXISTS"
     " (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.returned <> " SOLD ")",
     N_("all of order %s came back, but its state is not returned (chotdon order status NO returned)"), CHECK_PLAIN},
    {"SELECT " NO ", SUM(r.share_bps), 10000 FROM order_reps r JOIN orders o ON o.id = r.order_id"
     " WHERE o.status <> 'draft' GROUP BY r.order_id, " NO " HAVING SUM(r.share_bps) <> 10000",
     N_("order %s: its reps' shares make %s of %s basis points (restore a backup)"), CHECK_PLAIN},
    {"SELECT 'id ' || o.id, 0, 0 FROM orders o WHERE o.order_no IS NULL AND o.status <> 'draft'",
     N_("the order with %s has no number (restore a backup)"), CHECK_PLAIN},
};

/* The figures that are kept and the sums of lines they must equal, in one walk: subtotal, discount, net, VAT, cost. */
#define SUM_OF(x)     "COALESCE(SUM(" x "), 0)"
#define DIFFERS(k, x) k " <> " SUM_OF(x)
static const char sums_sql
    [] = "SELECT " NO ", o.subtotal, " SUM_OF("l.amount + l.order_discount") ", o.discount, " SUM_OF("l.order_discount") ", o.net, " SUM_OF("l.net") ", o.vat, " SUM_OF("l.vat") ", o.cost, " SUM_OF(
        "l.cost") " FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id WHERE "
                  "o.status <> 'draft'"
                  " GROUP BY o.id HAVING " DIFFERS(
                      "o.subtotal",
                      "l.amount + "
                      "l.order_discount") " OR " DIFFERS("o.discount",
                                                         "l.order_discount") " OR " DIFFERS("o.net",
                                                                                            "l.net") " OR " DIFFERS("o."
                                                                                                                    "va"
                                                                                                                    "t",
                                                                                                                    "l."
                                                                                                                    "va"
                                                                                                                    "t") " OR " DIFFERS("o.cost",
                                                                                                                                        "l.cost");

static enum err_code check_sums(struct check_run *run, struct err *e) {
    static const char *const names[] = {N_("subtotal"), N_("discount"), N_("net revenue"), N_("VAT"), N_("cost")};
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db, sums_sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        for (int i = 0; i < 5; i++) {
            char kept[MONEY_TEXT_MAX], made[MONEY_TEXT_MAX];
            if (db_col_int(s, 1 + 2 * i) != db_col_int(s, 2 + 2 * i)) {
                money_format(db_col_int(s, 1 + 2 * i), shop_currency(run->shop), true, kept);
                money_format(db_col_int(s, 2 + 2 * i), shop_currency(run->shop), true, made);
                check_found(
                    run, _("order %s: the %s is %s, but its lines make %s (chotdon check --rebuild adds it up anew)"),
                    db_col_text(s, 0), _(names[i]), kept, made);
            }
        }
    }
    db_done(&s);
    check_end(run);
    return got == DB_FAILED ? ERR_DB : rc;
}

enum err_code check_orders(struct check_run *run, struct err *e) {
    enum err_code rc = check_sums(run, e);
    if (rc == ERR_OK) {
        rc = check_rules(run, lines, sizeof lines / sizeof *lines, e);
    }
    return rc == ERR_OK ? check_rules(run, figures, sizeof figures / sizeof *figures, e) : rc;
}
