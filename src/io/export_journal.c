/* The sales journal for accounting: vouchers in the 49 columns that Vietnamese programs read, one row per line; or
 * plain, one row per document. Each document counts on its own date. Thành tiền − Tiền chiết khấu is the line's net and
 * adds up to the order's. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/money.h"
#include "chotdon/order_counts.h"
#include "chotdon/setting.h"
#include "db/db.h"
#include "io/export_core.h"

static const struct export_accounts usual = {"1111", "1121", "131", "5111", "33311", "632", "1561", "5213"};

enum {
    J_NO,
    J_DATE,
    J_IS_RETURN,
    J_DUE,
    J_OUT,
    J_CUSTOMER,
    J_NAME,
    J_ADDRESS,
    J_REP,
    J_METHOD,
    J_SKU,
    J_PRODUCT,
    J_UNIT,
    J_QTY,
    J_PRICE,
    J_NET,
    J_VAT_BPS,
    J_VAT,
    J_COST
};

#define JOURNAL_SELECT                                                                                                 \
    "SELECT o.order_no, o.order_date, o.is_return, o.due, o.stock_out, coalesce(c.code, ''), coalesce(c.name, ''), "   \
    "coalesce(c.address, ''), coalesce((SELECT s.code FROM order_reps r JOIN staff s ON s.id = r.staff_id WHERE "      \
    "r.order_id = o.id "                                                                                               \
    "ORDER BY r.share_bps DESC, r.position LIMIT 1), ''), "                                                            \
    "coalesce((SELECT y.method FROM payments y WHERE y.order_id = o.id GROUP BY y.method ORDER BY abs(sum(y.amount)) " \
    "DESC, min(y.id) "                                                                                                 \
    "LIMIT 1), ''), p.sku, p.name, coalesce(l.unit, p.unit), l.qty, l.unit_price, l.net, l.vat_bps, l.vat, l.cost "    \
    "FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id "                    \
    "LEFT JOIN customers c ON c.id = o.customer_id WHERE " ORDER_COUNTS(                                               \
        "o") " AND ($1 IS NULL OR o.order_date >= $1) "                                                                \
             "AND ($2 IS NULL OR o.order_date <= $2) ORDER BY o.order_date, o.order_time, o.id, l.line_no"

static const char *money_account(const struct export_accounts *a, const char *method, bool open) {
    return open || method[0] == '\0' ? a->receivable : strcmp(method, "cash") == 0 ? a->cash : a->bank;
}

/* dd/mm/yyyy as the layout wants it; a workbook gets a date. */
static void journal_date(struct export *x, const char *iso) {
    char out[DATE_SIZE];
    table_text(x->table, x->options->format == TABLE_XLSX ? iso : date_format(iso, out));
}

static int64_t per_unit(int64_t amount, int64_t qty) {
    int64_t out = 0;
    return qty != 0 && money_scale(amount, 1000, qty, &out) ? out : 0;
}

static void voucher_head(struct export *x, struct db_stmt *s) {
    struct table *t = x->table;
    bool back = db_col_int(s, J_IS_RETURN) == 1;
    bool out = db_col_int(s, J_OUT) == 1;
    const char *no = db_col_text(s, J_NO);
    char what[128];
    snprintf(what, sizeof what, back ? "Khách trả hàng %s" : "Bán hàng %s", no);
    table_number(t, 0);
    table_number(t, 0);
    table_number(t, db_col_int(s, J_DUE) == 0);
    table_number(t, out && !back);
    table_number(t, 0);
    table_number(t, 0);
    table_number(t, 0);
    journal_date(x, db_col_text(s, J_DATE));
    journal_date(x, db_col_text(s, J_DATE));
    table_text(t, no);
    table_text(t, out ? no : "");
    table_text(t, !out ? "" : back ? "Nhập lại hàng khách trả" : "Xuất kho bán hàng");
    table_text(t, "");
    table_text(t, "");
    table_text(t, db_col_text(s, J_CUSTOMER));
    table_text(t, db_col_text(s, J_NAME)[0] == '\0' ? "Khách lẻ" : db_col_text(s, J_NAME));
    table_text(t, db_col_text(s, J_ADDRESS));
    table_text(t, "");
    table_text(t, what);
    table_text(t, "");
    table_text(t, db_col_text(s, J_REP));
}

static void voucher_amounts(struct export *x, struct db_stmt *s, const struct export_accounts *a) {
    struct table *t = x->table;
    int64_t qty = db_col_int(s, J_QTY);
    int64_t bps = db_col_int(s, J_VAT_BPS);
    int64_t net = db_col_int(s, J_NET);
    int64_t gross = 0;
    int64_t gross_net = net;
    int64_t vat = 0;
    if (money_times_qty(db_col_int(s, J_PRICE), qty, &gross)) {
        money_vat(gross, bps, setting_vat_included(x->shop), &gross_net, &vat);
    }
    int64_t discount = 0;
    int64_t with_vat = 0;
    money_sub(gross_net, net, &discount); /* no money that is: only a damaged file has sums that do not fit */
    money_add(gross_net, vat, &with_vat);
    table_number(t, qty);
    table_number(t, per_unit(with_vat, qty));
    table_number(t, per_unit(gross_net, qty));
    table_number(t, gross_net);
    table_empty(t);
    table_number(t, discount);
    table_text(t, discount == 0 ? "" : a->revenue);
    table_empty(t);
    table_empty(t);
    table_empty(t);
    table_text(t, "");
    table_number(t, bps);
    table_empty(t);
    table_number(t, db_col_int(s, J_VAT));
    table_text(t, a->vat);
    table_number(t, 0);
    table_text(t, "");
    table_text(t, a->cost);
    table_text(t, a->goods);
    table_number(t, per_unit(db_col_int(s, J_COST), qty));
    table_number(t, db_col_int(s, J_COST));
    table_number(t, 0);
}

enum err_code export_journal(struct export *x, struct err *e) {
    const struct export_accounts *a = x->options->accounts == NULL ? &usual : x->options->accounts;
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop_db(x->shop), JOURNAL_SELECT, DB_BIND(DB_TEXT(x->options->from), DB_TEXT(x->options->to)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        struct table *t = x->table;
        voucher_head(x, s);
        table_text(t, db_col_text(s, J_SKU));
        table_text(t, db_col_text(s, J_PRODUCT));
        table_number(t, 0);
        table_text(t, money_account(a, db_col_text(s, J_METHOD), db_col_int(s, J_DUE) != 0));
        table_text(t, db_col_int(s, J_IS_RETURN) == 1 ? a->returns : a->revenue);
        table_text(t, db_col_text(s, J_UNIT));
        voucher_amounts(x, s, a);
        rc = export_end_row(x, e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

enum err_code export_journal_plain(struct export *x, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop_db(x->shop),
                                "SELECT o.order_date, o.order_no, coalesce(c.code, ''), o.net, o.vat, o.total, o.cost, "
                                "coalesce((SELECT y.method FROM payments y WHERE y.order_id = o.id GROUP BY y.method "
                                "ORDER BY abs(sum(y.amount)) DESC, min(y.id) LIMIT 1), o.promise) "
                                "FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE " ORDER_COUNTS(
                                    "o") " AND ($1 IS NULL OR o.order_date >= $1) AND ($2 IS NULL OR o.order_date <= "
                                         "$2) ORDER BY o.order_date, o.order_time, o.id",
                                DB_BIND(DB_TEXT(x->options->from), DB_TEXT(x->options->to)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        for (int i = 0; i <= 2; i++) {
            table_text(x->table, db_col_text(s, i));
        }
        for (int i = 3; i <= 6; i++) {
            table_number(x->table, db_col_int(s, i));
        }
        table_text(x->table, db_col_text(s, 7));
        rc = export_end_row(x, e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}
