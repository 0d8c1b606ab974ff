#include "chotdon/permission.h"
#include "chotdon/stock.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "chotdon/product.h"
#include "chotdon/supplier.h"
#include "cli/cmd_import.h"
#include "cli/commands.h"
#include "cli/order_args.h"

struct stock_table {
    struct table *t;
    bool shows_cost;
};

static enum err_code print_level(void *ctx, const struct product *p, struct err *e) {
    const struct stock_table *s = ctx;
    struct table *t = s->t;
    const struct stock_level level = {.on_hand = p->on_hand, .value = p->value, .last_cost = p->cost};
    (void)e;
    table_text(t, p->sku);
    table_text(t, p->name);
    table_number(t, p->on_hand);
    table_number_if(t, s->shows_cost, stock_level_cost(&level));
    table_number_if(t, s->shows_cost, p->value);
    table_number_if(t, p->has_stock_min, p->stock_min);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"sku", TABLE_TEXT, NULL},   {"name", TABLE_TEXT, NULL},   {"on_hand", TABLE_QTY, NULL},
        {"cost", TABLE_MONEY, NULL}, {"value", TABLE_MONEY, NULL}, {"stock_min", TABLE_QTY, NULL},
    };
    const struct product_filter filter = {.text = cli_option(a, "find"),
                                          .group = cli_option(a, "group"),
                                          .with_inactive = cli_flag(a, "all"),
                                          .low_stock = cli_flag(a, "low"),
                                          .sort = "sku",
                                          .bare = true};
    struct stock_table s = {cli_table(c, columns, sizeof columns / sizeof *columns),
                            shop_may(c->shop, PERMIT_SEE_COST)};
    enum err_code rc = product_list(c->shop, &filter, print_level, &s, e);
    return table_end(&s.t, rc, e);
}

static enum err_code print_move(void *ctx, const struct stock_move *m, struct err *e) {
    const struct stock_table *s = ctx;
    struct table *t = s->t;
    (void)e;
    table_text(t, m->date);
    table_text(t, m->sku);
    table_text(t, stock_kind_code(m->kind));
    table_number(t, m->qty);
    table_number_if(t, s->shows_cost, m->cost);
    table_text(t, m->document);
    table_text(t, m->staff);
    table_text(t, m->note);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_moves(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"date", TABLE_DATE, NULL},  {"sku", TABLE_TEXT, NULL},   {"kind", TABLE_TEXT, NULL},
        {"qty", TABLE_QTY, NULL},    {"cost", TABLE_MONEY, NULL}, {"document", TABLE_TEXT, NULL},
        {"staff", TABLE_TEXT, NULL}, {"note", TABLE_TEXT, NULL},
    };
    struct stock_move_filter filter = {0};
    struct cli_period period;
    enum err_code rc = cli_period(c, a, &period, e);
    filter.from = cli_or_null(period.from);
    filter.to = cli_or_null(period.to);
    if (rc == ERR_OK && cli_word(a, 0) != NULL) {
        rc = product_find(c->shop, cli_word(a, 0), &filter.product_id, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = cli_int("limit", cli_option(a, "limit"), &filter.limit, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct stock_table s = {cli_table(c, columns, sizeof columns / sizeof *columns),
                            shop_may(c->shop, PERMIT_SEE_COST)};
    rc = stock_moves(c->shop, &filter, print_move, &s, e);
    return table_end(&s.t, rc, e);
}

static enum err_code factor_of(struct cli *c, const struct order_arg_line *l, int64_t *factor, struct err *e) {
    struct product p = {0};
    *factor = QTY_ONE;
    if (l->unit == NULL || l->unit[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = product_get(c->shop, l->product_id, &p, e);
    for (size_t i = 0; i < p.unit_count; i++) {
        if (text_equal_folded(p.units[i].name, l->unit)) {
            *factor = p.units[i].factor;
        }
    }
    product_clear(&p);
    return rc;
}

/* A barcode may stand for a box: its quantity becomes that of base units, its cost the whole line's. */
static enum err_code to_base(struct cli *c, const struct order_arg_line *l, struct stock_line_input *out,
                             struct err *e) {
    int64_t factor = 0;
    enum err_code rc = factor_of(c, l, &factor, e);
    *out = (struct stock_line_input){.product_id = l->product_id, .has_total = l->has_price && l->qty > 0};
    if (rc == ERR_OK &&
        (!money_times_qty(factor, l->qty, &out->qty) || !money_times_qty(l->price, l->qty, &out->total_cost))) {
        rc = err_set_field(e, ERR_INVALID, "line", _("--line: the quantity or cost is too large"));
    }
    return rc;
}

static enum err_code run_document(struct cli *c, const struct cli_args *a, enum stock_kind kind, struct err *e) {
    struct order_args args = {0};
    struct stock_line_input *lines = NULL;
    char date[DATE_SIZE] = "";
    const char *supplier = cli_option(a, "supplier");
    struct stock_doc_input in = {.kind = kind, .document = cli_option(a, "doc"), .reason = cli_option(a, "reason")};
    if (cli_option(a, "line") == NULL) {
        return cli_usage(c, e, _("give at least one --line SKU:QTY[@COST]"));
    }
    enum err_code rc = cli_date("date", cli_option(a, "date"), date, e);
    in.date = cli_or_null(date);
    if (rc == ERR_OK && supplier != NULL) {
        rc = supplier_find(c->shop, supplier, &in.supplier_id, e);
    }
    if (rc == ERR_OK) {
        rc = order_args_lines(c, a, LINE_STOCK, &args, e);
    }
    lines = mem_array(args.line_count, sizeof *lines);
    for (size_t i = 0; i < args.line_count && rc == ERR_OK; i++) {
        rc = to_base(c, &args.lines[i], &lines[i], e);
    }
    if (rc == ERR_OK) {
        in.lines = lines;
        in.line_count = args.line_count;
        rc = stock_document(c->shop, &in, NULL, e);
    }
    free(lines);
    order_args_clear(&args);
    return rc;
}

static enum err_code run_receive(struct cli *c, const struct cli_args *a, struct err *e) {
    return run_document(c, a, STOCK_PURCHASE, e);
}

static enum err_code run_adjust(struct cli *c, const struct cli_args *a, struct err *e) {
    return run_document(c, a, cli_flag(a, "damage") ? STOCK_DAMAGE : STOCK_ADJUST, e);
}

/* Counting is what importing stock does: on hand is what the file says, of that day. */
static enum err_code run_count(struct cli *c, const struct cli_args *a, struct err *e) {
    return cmd_import_file(c, a, KIND_STOCK, cli_word(a, 0), e);
}

#define DOCUMENT_OPTIONS "supplier= doc= reason= date= line=* "

const struct cli_command cmd_stock[] = {
    {"stock list", "[--low] [--group G] [--find TEXT] [--all]", N_("what is on hand, its cost and value"),
     "low group= find= all", 0, 0, false, run_list},
    {"stock moves", "[SKU] [--month M | --from D --to D] [--limit N]", N_("the ledger of a product, oldest first"),
     CLI_PERIOD_OPTIONS "limit=", 0, 1, false, run_moves},
    {"stock count", "FILE|- [--dry-run] [--atomic] [--errors FILE]",
     N_("what was counted, a file with sku, on_hand and perhaps cost: the difference is moved"),
     "dry-run atomic errors= null= map=*", 1, 1, false, run_count},
    {"stock receive", "[--supplier S] [--doc NO] [--reason R] [--date D] --line SKU:QTY[@COST]…",
     N_("goods come in, at this cost of one"), DOCUMENT_OPTIONS, 0, 0, false, run_receive},
    {"stock adjust", "[--supplier S] [--doc NO] [--reason R] [--date D] [--damage] --line SKU:QTY[@COST]…",
     N_("adds to what is on hand, or takes off (SKU:-2); --damage: what is broken"), DOCUMENT_OPTIONS "damage", 0, 0,
     false, run_adjust},
    {0},
};
