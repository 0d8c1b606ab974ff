#include "chotdon/order.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/draft.h"
#include "chotdon/order_edit.h"
#include "chotdon/setting.h"
#include "cli/cmd_order_show.h"
#include "cli/commands.h"
#include "cli/order_args.h"

struct adding {
    struct cli *cli;
    struct order_input in;
    const char *channel;
    struct order_ref ref;
};

/* A channel that is named is made where it is not there; both or nothing. */
static enum err_code add_in_transaction(struct shop *shop, void *ctx, struct err *e) {
    struct adding *a = ctx;
    enum err_code rc = ERR_OK;
    a->in.channel_id = 0;
    if (a->channel != NULL && a->channel[0] != '\0') {
        rc = channel_make(shop, a->channel, &a->in.channel_id, NULL, e);
    }
    return rc == ERR_OK ? order_add(shop, &a->in, &a->ref, e) : rc;
}

static enum err_code read_when(const struct cli_args *a, char date[DATE_SIZE], char time[9], struct order_input *in,
                               struct err *e) {
    const char *text = cli_option(a, "date");
    if (text == NULL) {
        return ERR_OK;
    }
    in->date = date;
    in->time = time;
    return date_parse(text, DATE_DMY, date, time, e);
}

static enum err_code read_status(struct cli *c, const struct cli_args *a, enum order_status *status, struct err *e) {
    const char *text = cli_option(a, "status");
    *status = cli_flag(a, "draft") ? ORDER_DRAFT : ORDER_COMPLETED;
    if (text != NULL && cli_flag(a, "draft")) {
        return cli_usage(c, e, _("give --status or --draft, not both"));
    }
    return text == NULL ? ERR_OK : order_arg_status(text, status, e);
}

static enum err_code read_header(struct cli *c, const struct cli_args *a, struct adding *add, struct err *e) {
    struct order_input *in = &add->in;
    const char *customer = cli_option(a, "customer");
    in->order_no = cli_option(a, "no");
    in->note = cli_option(a, "note");
    in->province = cli_option(a, "province");
    in->carrier = cli_option(a, "carrier");
    in->tracking_no = cli_option(a, "tracking-no");
    add->channel = cli_option(a, "channel");
    enum err_code rc = read_status(c, a, &in->status, e);
    if (rc == ERR_OK && add->channel == NULL && cli_option(a, "status") == NULL) {
        rc = setting_get(c->shop, "counter_channel", &add->channel, e);
    }
    if (rc == ERR_OK && customer != NULL) {
        rc = customer_find(c->shop, customer, &in->customer_id, e);
    }
    if (rc == ERR_OK) {
        rc = order_arg_discount(c, cli_option(a, "discount"), &in->discount, e);
    }
    return rc == ERR_OK ? cli_money(c, "shipping", cli_option(a, "shipping"), &in->shipping_fee, e) : rc;
}

static struct order_line_input *line_inputs(const struct order_args *args) {
    struct order_line_input *lines = mem_array(args->line_count, sizeof *lines);
    for (size_t i = 0; i < args->line_count; i++) {
        const struct order_arg_line *l = &args->lines[i];
        lines[i] = (struct order_line_input){.product_id = l->product_id,
                                             .unit = l->unit,
                                             .qty = l->qty,
                                             .has_price = l->has_price,
                                             .unit_price = l->price,
                                             .discount = l->discount};
    }
    return lines;
}

static void take_args(const struct order_args *args, const struct order_line_input *lines, struct order_input *in) {
    in->lines = lines;
    in->line_count = args->line_count;
    in->reps = args->reps;
    in->rep_count = args->rep_count;
    in->payments = args->payments;
    in->payment_count = args->payment_count;
    in->pay_rest = args->pay_rest;
    in->rest_method = args->rest_method;
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct adding add = {.cli = c};
    struct order_args args = {0};
    struct order_line_input *lines = NULL;
    char date[DATE_SIZE];
    char time[9];
    char promised[DATE_SIZE] = "";
    if (cli_option(a, "line") == NULL && !cli_flag(a, "draft")) {
        return cli_usage(c, e, _("an order needs at least one --line SKU:QTY"));
    }
    enum err_code rc = read_header(c, a, &add, e);
    if (rc == ERR_OK) {
        rc = read_when(a, date, time, &add.in, e);
    }
    if (rc == ERR_OK) {
        rc = cli_date("promised", cli_option(a, "promised"), promised, e);
        add.in.promised_on = promised;
    }
    if (rc == ERR_OK) {
        rc = order_args_lines(c, a, LINE_SALE, &args, e);
    }
    if (rc == ERR_OK) {
        rc = order_args_reps(c, cli_option(a, "rep"), &args, e);
    }
    if (rc == ERR_OK) {
        rc = order_args_payments(c, a, &args, e);
    }
    if (rc == ERR_OK) {
        lines = line_inputs(&args);
        take_args(&args, lines, &add.in);
        rc = shop_transact(c->shop, add_in_transaction, &add, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%s", add.ref.order_no);
    }
    free(lines);
    order_args_clear(&args);
    return rc;
}

static enum err_code run_status(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum order_status to = ORDER_DRAFT;
    enum err_code rc = order_arg_number(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = order_arg_status(cli_word(a, 1), &to, e);
    }
    if (rc == ERR_OK && to == ORDER_CANCELLED && cli_option(a, "reason") == NULL) {
        return cli_usage(c, e, _("say why with --reason"));
    }
    return rc == ERR_OK ? order_set_status(c->shop, id, to, cli_option(a, "reason"), e) : rc;
}

static enum err_code run_pay(struct cli *c, const struct cli_args *a, struct err *e) {
    struct order_payment_input p = {.note = cli_option(a, "note")};
    char date[DATE_SIZE] = "";
    bool has_amount = false;
    int64_t id = 0;
    enum err_code rc = order_arg_number(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = order_arg_payment(c, "pay", cli_word(a, 1), &p.method, &has_amount, &p.amount, e);
    }
    if (rc == ERR_OK && !has_amount && p.method != PAY_COD && p.method != PAY_DEBT) {
        return cli_usage(c, e, _("say how much: %s:AMOUNT"), pay_method_code(p.method));
    }
    if (rc == ERR_OK) {
        rc = cli_date("date", cli_option(a, "date"), date, e);
        p.date = cli_or_null(date);
    }
    return rc == ERR_OK ? order_pay(c->shop, id, &p, NULL, e) : rc;
}

/* An option that is given empty clears. */
static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct order_terms t = {0};
    const struct {
        const char *option;
        char **text;
        unsigned field;
    } texts[] = {
        {"customer", &t.customer, ORDER_CUSTOMER},
        {"channel", &t.channel, ORDER_CHANNEL},
        {"rep", &t.reps, ORDER_REPS},
        {"province", &t.province, ORDER_PROVINCE},
        {"carrier", &t.carrier, ORDER_CARRIER},
        {"tracking-no", &t.tracking_no, ORDER_TRACKING},
        {"promised", &t.promised_on, ORDER_PROMISED},
        {"note", &t.note, ORDER_NOTE},
    };
    unsigned fields = 0;
    int64_t id = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i].text = (char *)cli_option(a, texts[i].option);
        fields |= *texts[i].text != NULL ? texts[i].field : 0;
    }
    if (fields == 0) {
        return cli_usage(c, e, _("say what to change, for example --note TEXT"));
    }
    enum err_code rc = order_arg_number(c, a, &id, e);
    return rc == ERR_OK ? order_edit(c->shop, id, &t, fields, NULL, e) : rc;
}

static enum err_code run_cancel(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    if (cli_option(a, "reason") == NULL) {
        return cli_usage(c, e, _("say why with --reason"));
    }
    enum err_code rc = order_arg_number(c, a, &id, e);
    return rc == ERR_OK ? order_cancel(c->shop, id, cli_option(a, "reason"), e) : rc;
}

static enum err_code read_refund(struct cli *c, const struct cli_args *a, struct return_input *in, struct err *e) {
    const char *refund = cli_option(a, "refund");
    bool has_amount = false;
    if (refund == NULL) {
        return ERR_OK;
    }
    in->has_refund = true;
    return order_arg_payment(c, "refund", refund, &in->refund_method, &has_amount, &in->refund_amount, e);
}

static enum err_code run_return(struct cli *c, const struct cli_args *a, struct err *e) {
    struct order_args args = {0};
    struct order_ref ref;
    struct return_line_input *lines = NULL;
    char date[DATE_SIZE] = "";
    struct return_input in = {.damaged = cli_flag(a, "damaged"),
                              .with_shipping = cli_flag(a, "shipping"),
                              .reason = cli_option(a, "reason"),
                              .order_no = cli_option(a, "no")};
    enum err_code rc = order_arg_number(c, a, &in.sale_id, e);
    if (rc == ERR_OK) {
        rc = cli_date("date", cli_option(a, "date"), date, e);
        in.date = cli_or_null(date);
    }
    if (rc == ERR_OK) {
        rc = read_refund(c, a, &in, e);
    }
    if (rc == ERR_OK) {
        rc = order_args_lines(c, a, LINE_RETURN, &args, e);
    }
    if (rc == ERR_OK) {
        lines = mem_array(args.line_count, sizeof *lines);
        for (size_t i = 0; i < args.line_count; i++) {
            const struct order_arg_line *l = &args.lines[i];
            lines[i] = (struct return_line_input){l->product_id, cli_or_null(l->unit), l->qty};
        }
        in.lines = lines;
        in.line_count = args.line_count;
        rc = order_return(c->shop, &in, &ref, NULL, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%s", ref.order_no);
    }
    free(lines);
    order_args_clear(&args);
    return rc;
}

static enum err_code run_hold(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = order_arg_number(c, a, &id, e);
    return rc == ERR_OK ? draft_hold(c->shop, id, cli_option(a, "label"), e) : rc;
}

static enum err_code run_drop(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = order_arg_number(c, a, &id, e);
    return rc == ERR_OK ? draft_drop(c->shop, id, e) : rc;
}

static enum err_code print_draft(void *ctx, const struct draft_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, r->temporary_no);
    table_text(t, r->label);
    table_text(t, r->at);
    table_text(t, r->customer_name);
    table_number(t, r->lines);
    table_number(t, r->total);
    table_text(t, r->station);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_drafts(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"order_no", TABLE_TEXT, NULL},      {"label", TABLE_TEXT, NULL}, {"at", TABLE_DATE, NULL},
        {"customer_name", TABLE_TEXT, NULL}, {"lines", TABLE_INT, NULL},  {"total", TABLE_MONEY, NULL},
        {"station", TABLE_TEXT, NULL},
    };
    (void)a;
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    enum err_code rc = draft_list(c->shop, print_draft, t, e);
    return table_end(&t, rc, e);
}

const struct cli_command cmd_order[] = {
    {"order add",
     "[--no NO] [--date D] [--customer PHONE|CODE] [--rep CODE[:PCT][+CODE:PCT]] [--channel C] --line "
     "SKU:QTY[@PRICE][-DISCOUNT|-PCT%]… [--discount N|PCT%] [--shipping N] [--pay METHOD[:AMOUNT]]… [--status S] "
     "[--draft] "
     "[--province P] [--carrier C] [--tracking-no T] [--promised D] [--note T]",
     N_("a new order, a counter sale unless --status says otherwise; prints its number"),
     "no= date= customer= rep= channel= line=* discount= shipping= pay=* status= draft note= province= carrier= "
     "tracking-no= promised=",
     0, 0, false, run_add},
    {"order list",
     "[--status S] [--rep R] [--customer C] [--channel C] [--month M | --from D --to D] [--due] [--find TEXT] [--limit "
     "N]",
     N_("orders, newest first; drafts only with --status draft"),
     "status= rep= customer= channel= due find= limit= " CLI_PERIOD_OPTIONS, 0, 0, false, cmd_order_list},
    {"order show", "NO", N_("one order with its lines, reps and payments"), NULL, 1, 1, false, cmd_order_show},
    {"order edit",
     "NO [--customer PHONE|CODE] [--rep CODE[:PCT][+CODE:PCT]] [--channel C] [--province P] [--carrier C] "
     "[--tracking-no "
     "T] [--promised D] [--note T]",
     N_("changes what may still be changed of an order that is made; an empty value clears"),
     "customer= rep= channel= province= carrier= tracking-no= promised= note=", 1, 1, false, run_edit},
    {"order status", "NO STATE [--reason R]", N_("moves an order to a state; cancelled needs a reason"), "reason=", 2,
     2, false, run_status},
    {"order pay", "NO METHOD:AMOUNT [--date D] [--note T]", N_("a payment for an order"), "date= note=", 2, 2, false,
     run_pay},
    {"order cancel", "NO --reason R", N_("cancels an order whose goods have not left"), "reason=", 1, 1, false,
     run_cancel},
    {"order return",
     "NO [--line SKU:QTY]… [--refund METHOD[:AMOUNT]] [--damaged] [--shipping] [--reason R] [--date D] [--no NO]",
     N_("takes goods back, without --line all that is left; prints the return's number"),
     "line=* refund= damaged shipping reason= date= no=", 1, 1, false, run_return},
    {"order hold", "NO [--label L]", N_("parks a basket under a name"), "label=", 1, 1, false, run_hold},
    {"order drafts", "", N_("the baskets that are typed or parked"), NULL, 0, 0, false, run_drafts},
    {"order drop", "NO", N_("throws a basket away"), NULL, 1, 1, false, run_drop},
    {0},
};
