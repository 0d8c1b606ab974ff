/* F7: choose the sale, then what of it comes back; what is given back is shown before it is done. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/product.h"
#include "io/config.h"
#include "io/receipt_order.h"
#include "tui/screens/sell_return.h"

static const enum pay_method methods[] = {PAY_CASH, PAY_TRANSFER, PAY_CARD, PAY_EWALLET};
enum { METHODS = sizeof methods / sizeof *methods };

int64_t giveback_left(const struct giveback *g, size_t line) {
    const struct order_line *l = &g->sale.lines[line];
    int64_t sold = 0;
    int64_t left = 0;
    if (!money_scale(l->qty, l->factor, QTY_ONE, &sold) ||
        !money_scale(sold - l->returned, QTY_ONE, l->factor, &left)) {
        return 0;
    }
    return left;
}

/* The caller frees *lines. */
static struct return_input input_of(const struct giveback *g, struct return_line_input **lines) {
    struct return_line_input *in = mem_array(g->sale.line_count, sizeof *in);
    size_t n = 0;
    for (size_t i = 0; i < g->sale.line_count; i++) {
        if (g->qty[i] > 0) {
            in[n++] = (struct return_line_input){
                .product_id = g->sale.lines[i].product_id, .unit = g->sale.lines[i].unit, .qty = g->qty[i]};
        }
    }
    *lines = in;
    return (struct return_input){.sale_id = g->sale.id,
                                 .lines = in,
                                 .line_count = n,
                                 .damaged = g->damaged,
                                 .with_shipping = g->with_fee,
                                 .has_refund = g->method >= 0,
                                 .refund_method = methods[g->method < 0 ? 0 : g->method],
                                 .reason = g->reason};
}

static void figure(struct app *app, struct giveback *g) {
    struct return_line_input *lines = NULL;
    struct err e = ERR_INIT;
    struct return_input in = input_of(g, &lines);
    g->figures = (struct return_outcome){0};
    g->any = in.line_count > 0;
    if (g->any && order_return_preview(app_shop(app), &in, &g->figures, &e) != ERR_OK) {
        app_error(app, &e);
        g->any = false;
    }
    free(lines);
}

static void set_qty(struct app *app, struct giveback *g, size_t line, int64_t qty) {
    int64_t left = giveback_left(g, line);
    char text[QTY_TEXT_MAX];
    app_status(app, "%s", "");
    if (qty > left) {
        app_status(app, _("Only %s of it can come back"), qty_format(left, text));
        qty = left;
    }
    g->qty[line] = qty < 0 ? 0 : qty;
    figure(app, g);
}

static void take_all(struct app *app, struct giveback *g) {
    for (size_t i = 0; i < g->sale.line_count; i++) {
        g->qty[i] = giveback_left(g, i);
    }
    figure(app, g);
}

static void printed(struct app *app, int64_t id) {
    const struct config *c = app_config(app);
    struct err e = ERR_INIT;
    if (c != NULL && config_text(c, "receipt", "printer")[0] != '\0' &&
        receipt_order_print(app_shop(app), c, id, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static void do_return(struct app *app, void *ctx) {
    struct giveback *g = ctx;
    struct return_line_input *lines = NULL;
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    char text[MONEY_TEXT_MAX];
    int64_t refund = 0;
    struct return_input in = input_of(g, &lines);
    enum err_code rc = order_return(app_shop(app), &in, &ref, &refund, &e);
    free(lines);
    if (rc != ERR_OK) {
        app_error(app, &e);
        return;
    }
    app_status(app, _("%s · taken back from %s · give back %s"), ref.order_no, g->sale.order_no,
               money_format(refund, &g->s->currency, true, text));
    printed(app, ref.id);
    popup_shut(app, g);
    app_reload(app);
}

static enum popup_result accept(struct app *app, struct giveback *g) {
    char money[MONEY_TEXT_MAX];
    struct buf question = BUF_INIT;
    if (!g->any) {
        struct err e = ERR_INIT;
        err_set(&e, ERR_REFUSED, _("say first how many come back: type a number, Space for the line, F2 for all"));
        app_error(app, &e);
        return POPUP_STAY;
    }
    buf_addf(&question, _("Give %s back (%s)? A return cannot be undone."),
             money_format(g->figures.refund, &g->s->currency, true, money),
             g->figures.refund > 0 ? pay_method_label(g->figures.method) : _("off the debt"));
    popup_ask(app, buf_str(&question), _("Take it back"), do_return, g);
    buf_clear(&question);
    return POPUP_STAY;
}

static enum err_code set_reason(struct app *app, void *ctx, const char *text, struct err *e) {
    struct giveback *g = ctx;
    (void)app;
    (void)e;
    free(g->reason);
    g->reason = mem_strdup(text);
    return ERR_OK;
}

static void move_to(struct giveback *g, int step) {
    int to = (int)g->line + step;
    int last = (int)g->sale.line_count - 1;
    g->line = (size_t)(to < 0 ? 0 : to > last ? last : to);
    g->typed[0] = '\0';
}

/* Digits type how many of the line come back. */
static bool type_qty(struct app *app, struct giveback *g, const struct key *key) {
    size_t n = strlen(g->typed);
    int64_t qty = 0;
    bool digit =
        key_is_text(key) && (isdigit((int)key->code & 0x7F) || key->code == ',' || key->code == '.') && key->code < 128;
    if (key->kind == K_BACKSPACE && n > 0) {
        g->typed[n - 1] = '\0';
    } else if (digit && n + 1 < sizeof g->typed) {
        if (n == 0) {
            g->before = g->qty[g->line];
        }
        g->typed[n] = (char)key->code;
        g->typed[n + 1] = '\0';
    } else if (!digit) {
        return false;
    }
    if (g->typed[0] == '\0' || qty_parse(g->typed, &qty, NULL) == ERR_OK) {
        set_qty(app, g, g->line, qty);
    }
    return true;
}

/* A scanned product comes back once more; what the burst typed as digits is taken off first. */
static void take_scan(struct app *app, struct giveback *g, const char *code) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    if (g->typed[0] != '\0') {
        g->qty[g->line] = g->before;
        g->typed[0] = '\0';
    }
    if (product_find(app_shop(app), code, &id, NULL, &e) == ERR_OK) {
        for (size_t i = 0; i < g->sale.line_count; i++) {
            if (g->sale.lines[i].product_id == id && g->qty[i] < giveback_left(g, i)) {
                g->line = i;
                set_qty(app, g, i, g->qty[i] + QTY_ONE);
                return;
            }
        }
        err_set(&e, ERR_REFUSED, _("%s is not on this sale, or all of it is counted already"), code);
    }
    figure(app, g);
    app_error(app, &e);
}

static bool change(struct app *app, struct giveback *g, enum action action) {
    size_t line = g->line;
    switch (action) {
    case ACTION_RETURN_MORE:
        set_qty(app, g, line, g->qty[line] + QTY_ONE);
        break;
    case ACTION_RETURN_LESS:
        set_qty(app, g, line, g->qty[line] - QTY_ONE);
        break;
    case ACTION_RETURN_LINE:
        set_qty(app, g, line, g->qty[line] > 0 ? 0 : giveback_left(g, line));
        break;
    case ACTION_RETURN_ALL:
        take_all(app, g);
        break;
    case ACTION_RETURN_DAMAGED:
        g->damaged = !g->damaged;
        break;
    case ACTION_RETURN_METHOD:
        g->method = g->method + 1 < METHODS ? g->method + 1 : -1;
        figure(app, g);
        break;
    case ACTION_RETURN_FEE:
        g->with_fee = !g->with_fee;
        figure(app, g);
        break;
    default:
        return false;
    }
    g->typed[0] = '\0';
    return true;
}

static enum popup_result giveback_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct giveback *g = state;
    if (key->scan[0] != '\0' && strlen(key->scan) > 3) {
        take_scan(app, g, key->scan);
        return POPUP_STAY;
    }
    if (change(app, g, action)) {
        return POPUP_STAY;
    }
    switch (action) {
    case ACTION_RETURN_UP:
        move_to(g, -1);
        return POPUP_STAY;
    case ACTION_RETURN_DOWN:
        move_to(g, 1);
        return POPUP_STAY;
    case ACTION_RETURN_REASON:
        popup_prompt(app, _("Why it comes back"), _("Reason"), FORM_TEXT, g->reason, set_reason, g);
        return POPUP_STAY;
    case ACTION_RETURN_ACCEPT:
        return accept(app, g);
    case ACTION_RETURN_CLOSE:
        return POPUP_CLOSE;
    default:
        return type_qty(app, g, key) ? POPUP_STAY : POPUP_PASS;
    }
}

static void giveback_free(void *state) {
    struct giveback *g = state;
    order_clear(&g->sale);
    free(g->qty);
    free(g->reason);
    free(g);
}

static const struct popup_ops giveback_ops = {CONTEXT_RETURN, NULL, giveback_handle, giveback_paint, giveback_free};

unsigned sell_return_of(struct app *app, struct sell_state *s, int64_t order_id) {
    struct err e = ERR_INIT;
    struct giveback *g = mem_zalloc(sizeof *g);
    g->s = s;
    g->method = -1;
    g->reason = mem_strdup("");
    if (order_get(app_shop(app), order_id, &g->sale, &e) == ERR_OK && g->sale.is_return) {
        err_set(&e, ERR_REFUSED, _("%s is a return itself; choose the sale"), g->sale.order_no);
    }
    if (e.code != ERR_OK) {
        giveback_free(g);
        return app_error(app, &e);
    }
    g->qty = mem_array(g->sale.line_count, sizeof *g->qty);
    if (g->sale.line_count == 1) {
        take_all(app, g);
    }
    popup_open(app, &giveback_ops, g);
    return SCREEN_REDRAW;
}

struct sales_ctx {
    struct pick_rows *rows;
    const struct currency *currency;
};

static enum err_code add_sale(void *ctx, const struct order_row *r, struct err *e) {
    const struct sales_ctx *c = ctx;
    char total[MONEY_TEXT_MAX];
    char day[DATE_SIZE];
    struct buf text = BUF_INIT;
    (void)e;
    if (r->status == ORDER_CANCELLED || r->status == ORDER_RETURNED) {
        return ERR_OK;
    }
    buf_addf(&text, "%s  %s  %s", r->order_no, date_format(r->order_date, day),
             r->customer_name == NULL || r->customer_name[0] == '\0' ? _("walk-in") : r->customer_name);
    pick_add(c->rows, buf_str(&text), money_format(r->total, c->currency, true, total), r->order_no, r->id);
    buf_clear(&text);
    return ERR_OK;
}

/* A few digits are the end of one of today's numbers: "12" is DH261121-0012. */
static const char *full_number(struct app *app, const char *query, char out[32]) {
    const char *now = app_now(app);
    if (*query == '\0' || strlen(query) > 4 || query[strspn(query, "0123456789")] != '\0') {
        return query;
    }
    snprintf(out, 32, "%.2s%.2s%.2s-%04d", now + 2, now + 5, now + 8, atoi(query));
    return out;
}

static void find_sales(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    char number[32];
    struct order_filter f = {.text = *query == '\0' ? NULL : full_number(app, query, number),
                             .kind = ORDERS_SALES,
                             .limit = POPUP_PICK_ROWS,
                             .enough = 10 * POPUP_PICK_ROWS};
    struct err e = ERR_INIT;
    struct sales_ctx c = {rows, &((const struct sell_state *)ctx)->currency};
    if (order_list(app_shop(app), &f, add_sale, &c, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static void sale_picked(struct app *app, void *ctx, const struct pick_row *row) {
    sell_return_of(app, ctx, row->id);
}

unsigned sell_return(struct app *app, struct sell_state *s) {
    popup_pick(app, _("Which sale? Number, name, phone, or scan its receipt"), find_sales, sale_picked, s);
    return SCREEN_REDRAW;
}
