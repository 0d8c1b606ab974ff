#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/staff.h"
#include "cli/commands.h"
#include "cli/deal_cells.h"
#include "cli/order_args.h"

static const struct table_column columns[] = {
    {"deal_no", TABLE_TEXT, N_("Number")},
    {"title", TABLE_TEXT, N_("Title")},
    {"customer", TABLE_TEXT, N_("Customer")},
    {"phone", TABLE_PHONE, N_("Phone")},
    {"email", TABLE_TEXT, N_("E-mail")},
    {"province", TABLE_TEXT, N_("Province")},
    {"rep", TABLE_TEXT, N_("Rep")},
    {"stage", TABLE_TEXT, N_("Stage")},
    {"product", TABLE_TEXT, N_("Product")},
    {"expected_value", TABLE_MONEY, N_("Expected value")},
    {"probability_pct", TABLE_RATE, N_("Chance")},
    {"source", TABLE_TEXT, N_("Source")},
    {"tags", TABLE_TEXT, N_("Tags")},
    {"need", TABLE_TEXT, N_("Need")},
    {"budget", TABLE_TEXT, N_("Budget")},
    {"timing", TABLE_TEXT, N_("Timing")},
    {"decision_maker", TABLE_TEXT, N_("Decides")},
    {"created", TABLE_DATE, N_("Created")},
    {"expected_close", TABLE_DATE, N_("Expected close")},
    {"closed", TABLE_DATE, N_("Closed")},
    {"value", TABLE_MONEY, N_("Value")},
    {"lost_reason", TABLE_TEXT, N_("Lost because")},
    {"customer_name", TABLE_TEXT, N_("Customer's name")},
    {"contact", TABLE_TEXT, N_("Contact")},
    {"note", TABLE_TEXT, N_("Note")},
    {"next_on", TABLE_DATE, N_("Next on")},
    {"next", TABLE_TEXT, N_("Next")},
    {"rotting", TABLE_BOOL, N_("Rotting")},
};
const struct cell_spec deal_spec = {columns, sizeof columns / sizeof *columns,
                                    " deal_no title customer_name rep stage expected_value value next_on next "};

void deal_cells(struct cli *c, const struct deal *d, struct cell *cells, char **products) {
    char today[DATE_SIZE];
    bool closed = d->stage.kind != STAGE_OPEN;
    shop_today(c->shop, today);
    *products = deal_products_format(d->products, d->product_count, shop_currency(c->shop));
    const struct cell all[] = {
        CELL_TEXT(d->deal_no),
        CELL_TEXT(d->title),
        CELL_TEXT(d->customer),
        CELL_TEXT(d->phone),
        CELL_TEXT(d->email),
        CELL_TEXT(d->province),
        CELL_TEXT(d->rep),
        CELL_TEXT(d->stage.name),
        CELL_TEXT(*products),
        CELL_NUMBER(d->expected_value),
        CELL_NUMBER(d->probability_bps),
        CELL_TEXT(d->source),
        CELL_TEXT(d->tags),
        CELL_TEXT(d->need),
        CELL_TEXT(d->budget),
        CELL_TEXT(d->timing),
        CELL_TEXT(d->decision_maker),
        CELL_TEXT(d->created),
        CELL_TEXT(d->expected_close),
        CELL_TEXT(d->closed),
        CELL_OPT(closed, d->value),
        CELL_TEXT(d->lost_reason),
        CELL_TEXT(d->customer_name),
        CELL_TEXT(d->contact),
        CELL_TEXT(d->note),
        CELL_TEXT(d->next_on),
        CELL_TEXT(d->next_text),
        CELL_NUMBER(d->rots_on[0] != '\0' && strcmp(d->rots_on, today) <= 0),
    };
    memcpy(cells, all, sizeof all);
}

enum err_code deal_arg_number(struct cli *c, const struct cli_args *a, int64_t *id, struct err *e) {
    return deal_find(c->shop, cli_word(a, 0), id, e);
}

struct list {
    struct cli *cli;
    struct cell_table table;
};

static enum err_code print_row(void *ctx, const struct deal *d, struct err *e) {
    struct list *l = ctx;
    struct cell cells[CELLS_MAX];
    char *products = NULL;
    (void)e;
    deal_cells(l->cli, d, cells, &products);
    cells_row(&l->table, cells);
    free(products);
    return ERR_OK;
}

static enum err_code read_stage(struct cli *c, const struct cli_args *a, struct deal_filter *f, struct err *e) {
    const char *stage = cli_option(a, "stage"), *kind = cli_option(a, "kind");
    enum stage_kind k = STAGE_OPEN;
    enum err_code rc = ERR_OK;
    if (stage != NULL) {
        struct stage found;
        rc = stage_find(c->shop, 0, stage, &found, e);
        f->stage_id = found.id;
        stage_clear(&found);
    }
    if (rc == ERR_OK && kind != NULL && !stage_kind_find(kind, &k)) {
        rc = err_set_field(e, ERR_INVALID, "kind", _("“%.80s” is no kind of stage: use open, won or lost"), kind);
    }
    f->kind = kind == NULL ? -1 : (int)k;
    return rc;
}

static enum err_code read_names(struct cli *c, const struct cli_args *a, struct deal_filter *f, struct err *e) {
    const char *rep = cli_option(a, "rep"), *team = cli_option(a, "team"), *source = cli_option(a, "source"),
               *customer = cli_option(a, "customer");
    enum err_code rc = ERR_OK;
    if (rep != NULL && rep[0] == '\0') {
        f->staff_id = -1;
    } else if (rep != NULL) {
        rc = staff_find(c->shop, rep, &f->staff_id, e);
    }
    if (rc == ERR_OK && team != NULL) {
        rc = team_find(c->shop, team, &f->team_id, e);
    }
    if (rc == ERR_OK && source != NULL) {
        rc = channel_find(c->shop, source, &f->source_id, e);
    }
    if (rc == ERR_OK && customer != NULL) {
        rc = customer_find(c->shop, customer, &f->customer_id, e);
    }
    return rc;
}

static enum err_code read_filter(struct cli *c, const struct cli_args *a, struct cli_period *period,
                                 struct deal_filter *f, struct err *e) {
    const char *sort = cli_option(a, "sort");
    *f = (struct deal_filter){.tag = cli_option(a, "tag"),
                              .text = cli_option(a, "find"),
                              .rotting = cli_flag(a, "rotting"),
                              .sort = sort == NULL ? "created" : sort,
                              .descending = sort == NULL || cli_flag(a, "desc")};
    enum err_code rc = cli_period(c, a, period, e);
    f->from = cli_or_null(period->from);
    f->to = cli_or_null(period->to);
    if (rc == ERR_OK) {
        rc = read_stage(c, a, f, e);
    }
    if (rc == ERR_OK) {
        rc = read_names(c, a, f, e);
    }
    if (rc == ERR_OK) {
        rc = cli_int("limit", cli_option(a, "limit"), &f->limit, e);
    }
    if (rc == ERR_OK) {
        rc = cli_int("offset", cli_option(a, "offset"), &f->offset, e);
    }
    return rc == ERR_OK && (f->limit < 0 || f->offset < 0)
               ? err_set_field(e, ERR_INVALID, "limit", _("--limit must not be negative"))
               : rc;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct deal_filter f;
    struct cli_period period;
    struct list l = {.cli = c};
    enum err_code rc = read_filter(c, a, &period, &f, e);
    if (rc != ERR_OK) {
        return rc;
    }
    bool none = cli_option(a, "limit") != NULL && f.limit == 0;
    cells_begin(c, &deal_spec, &l.table);
    return cells_end(&l.table, none ? ERR_OK : deal_list(c->shop, &f, print_row, &l, e), e);
}

struct story {
    struct cli *cli;
    struct json *json; /* NULL: lines for people */
};

static enum err_code add_log(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                             struct err *e) {
    struct story *s = ctx;
    (void)e;
    if (s->json == NULL) {
        cli_say(s->cli->out, "%s  %s  %s%s%s", at, kind, text, staff[0] == '\0' ? "" : "  ", staff);
        return ERR_OK;
    }
    json_object(s->json);
    json_key_text(s->json, "date", at);
    json_key_text(s->json, "kind", kind);
    json_key_text(s->json, "text", text);
    json_key_text(s->json, "staff", staff);
    json_end(s->json);
    return ERR_OK;
}

static enum err_code add_stage(void *ctx, const char *from, const char *to, const char *at, const char *staff,
                               struct err *e) {
    struct story *s = ctx;
    (void)e;
    json_object(s->json);
    json_key_text(s->json, "from", from);
    json_key_text(s->json, "to", to);
    json_key_text(s->json, "date", at);
    json_key_text(s->json, "staff", staff);
    json_end(s->json);
    return ERR_OK;
}

static enum err_code add_order(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                               struct err *e) {
    struct story *s = ctx;
    (void)at;
    (void)staff;
    (void)e;
    if (strcmp(kind, "order") == 0) {
        char number[ORDER_NO_SIZE];
        snprintf(number, sizeof number, "%.*s", (int)strcspn(text, " "), text);
        json_text(s->json, number);
    }
    return ERR_OK;
}

enum err_code cmd_deal_json(struct cli *c, struct json *j, const struct deal *d, struct err *e) {
    struct story s = {c, j};
    struct cell cells[CELLS_MAX];
    char *products = NULL;
    deal_cells(c, d, cells, &products);
    cells_json(j, &deal_spec, cells);
    free(products);
    json_key(j, "log");
    json_array(j);
    enum err_code rc = deal_activities(c->shop, d->id, add_log, &s, e);
    json_end(j);
    json_key(j, "stages");
    json_array(j);
    rc = rc == ERR_OK ? deal_stages(c->shop, d->id, add_stage, &s, e) : rc;
    json_end(j);
    json_key(j, "orders");
    json_array(j);
    rc = rc == ERR_OK ? deal_timeline(c->shop, d->id, 0, add_order, &s, e) : rc;
    json_end(j);
    return rc;
}

static enum err_code show_json(struct cli *c, const struct deal *d, struct err *e) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    enum err_code rc = cmd_deal_json(c, &j, d, e);
    json_end(&j);
    return rc;
}

static enum err_code show_cells(struct cli *c, const struct deal *d, struct err *e) {
    struct cell cells[CELLS_MAX];
    char *products = NULL;
    deal_cells(c, d, cells, &products);
    enum err_code rc = cells_show(c, &deal_spec, cells, e);
    free(products);
    return rc;
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    struct deal d = {0};
    int64_t id = 0;
    enum err_code rc = deal_arg_number(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = deal_get(c->shop, id, &d, e);
    }
    if (rc == ERR_OK) {
        rc = cli_wants_json(c) ? show_json(c, &d, e) : show_cells(c, &d, e);
    }
    if (rc == ERR_OK && c->format == TABLE_HUMAN && !cli_wants_json(c)) {
        struct story s = {c, NULL};
        rc = deal_timeline(c->shop, id, 0, add_log, &s, e);
    }
    deal_clear(&d);
    return rc;
}

static enum err_code run_move(struct cli *c, const struct cli_args *a, struct err *e) {
    struct deal d = {0};
    struct stage to = {0};
    int64_t id = 0;
    const char *reason = cli_option(a, "reason");
    enum err_code rc = deal_arg_number(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = deal_get(c->shop, id, &d, e);
    }
    if (rc == ERR_OK) {
        rc = deal_stage_named(c->shop, &d, cli_word(a, 1), &to, e);
    }
    if (rc == ERR_OK && to.kind == STAGE_WON) {
        rc = deal_win(c->shop, id, 0, -1, e);
    } else if (rc == ERR_OK && to.kind == STAGE_LOST && reason != NULL) {
        rc = deal_lose(c->shop, id, reason, e);
    } else if (rc == ERR_OK) {
        rc = deal_move(c->shop, id, to.id, NULL, e);
    }
    stage_clear(&to);
    deal_clear(&d);
    return rc;
}

struct winning {
    int64_t id, order_id, value;
    bool wins, opens;
    int64_t opened;
};

/* Opened and won as one. */
static enum err_code win(struct shop *shop, void *ctx, struct err *e) {
    struct winning *w = ctx;
    enum err_code rc = w->opens ? deal_open_order(shop, w->id, &w->opened, e) : ERR_OK;
    return rc == ERR_OK && w->wins ? deal_win(shop, w->id, w->order_id, w->value, e) : rc;
}

/* The order that is opened is named on stdout. */
static enum err_code run_winning(struct cli *c, struct winning *w, struct err *e) {
    struct order o = {0};
    enum err_code rc = shop_transact(c->shop, win, w, e);
    if (rc == ERR_OK && w->opens) {
        rc = order_get(c->shop, w->opened, &o, e);
    }
    if (rc == ERR_OK && w->opens) {
        cli_say(c->out, "%s", o.order_no);
    }
    order_clear(&o);
    return rc;
}

static enum err_code run_won(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *order = cli_option(a, "order");
    struct winning w = {.value = -1, .wins = true, .opens = cli_flag(a, "open-order")};
    if (order != NULL && w.opens) {
        return cli_usage(c, e, _("give only one of --order and --open-order"));
    }
    enum err_code rc = deal_arg_number(c, a, &w.id, e);
    if (rc == ERR_OK && order != NULL) {
        rc = order_find(c->shop, order, &w.order_id, e);
    }
    if (rc == ERR_OK) {
        rc = cli_money(c, "value", cli_option(a, "value"), &w.value, e);
    }
    if (rc == ERR_OK && cli_option(a, "value") != NULL && w.value < 0) {
        rc = err_set_field(e, ERR_INVALID, "value", _("%s is below 0 or too large"), "value");
    }
    return rc == ERR_OK ? run_winning(c, &w, e) : rc;
}

static enum err_code run_lost(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    if (cli_option(a, "reason") == NULL) {
        return cli_usage(c, e, _("say why with --reason"));
    }
    enum err_code rc = deal_arg_number(c, a, &id, e);
    return rc == ERR_OK ? deal_lose(c->shop, id, cli_option(a, "reason"), e) : rc;
}

static enum err_code run_back(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = deal_arg_number(c, a, &id, e);
    return rc == ERR_OK ? deal_unmove(c->shop, id, e) : rc;
}

static enum err_code run_assign(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *rep = cli_word(a, 1);
    int64_t id = 0, staff_id = 0;
    enum err_code rc = deal_arg_number(c, a, &id, e);
    if (rc == ERR_OK && rep[0] != '\0' && strcmp(rep, "-") != 0) {
        rc = staff_find(c->shop, rep, &staff_id, e);
    }
    return rc == ERR_OK ? deal_assign(c->shop, id, staff_id, e) : rc;
}

static enum err_code run_log(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = deal_arg_number(c, a, &id, e);
    return rc == ERR_OK ? deal_log(c->shop, id, cli_word(a, 1), cli_word(a, 2), e) : rc;
}

static enum err_code run_plan(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    const char *date = cli_word(a, 1), *text = cli_word(a, 2);
    if (text == NULL && strcmp(date, "-") != 0) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "deal plan", "NO DATE TEXT");
    }
    enum err_code rc = deal_arg_number(c, a, &id, e);
    return rc == ERR_OK ? deal_plan(c->shop, id, strcmp(date, "-") == 0 ? "" : date, text, e) : rc;
}

static enum err_code run_order(struct cli *c, const struct cli_args *a, struct err *e) {
    struct winning w = {.opens = true};
    enum err_code rc = deal_arg_number(c, a, &w.id, e);
    return rc == ERR_OK ? run_winning(c, &w, e) : rc;
}

const struct cli_command cmd_deal[] = {
    {"deal add", "[TITLE] [--no NO] " DEAL_SYNOPSIS, N_("a new deal; prints its number"), "no= " DEAL_OPTIONS, 0, 1,
     false, cmd_deal_add},
    {"deal edit", "NO [--title T] " DEAL_SYNOPSIS, N_("changes a deal; an empty value clears it"), DEAL_OPTIONS, 1, 1,
     false, cmd_deal_edit},
    {"deal list",
     "[--stage S] [--kind open|won|lost] [--rep R] [--team T] [--customer C] [--source S] [--tag T] [--rotting] "
     "[--find TEXT] [--month M | --from D --to D] "
     "[--sort next|value|created|deal_no|title|closed|expected_close|stage [--desc]] [--limit N] [--offset N]",
     N_("deals, newest first; a period is of closing, done or expected"),
     CLI_PERIOD_OPTIONS "stage= kind= rep= team= customer= source= tag= rotting find= sort= desc limit= offset=", 0, 0,
     false, run_list},
    {"deal show", "NO", N_("all of one deal, with its log, stages and orders"), NULL, 1, 1, false, run_show},
    {"deal move", "NO STAGE [--reason R]", N_("into another stage, or a closed one open again"), "reason=", 2, 2, false,
     run_move},
    {"deal won", "NO [--order NO | --open-order] [--value N]",
     N_("won, with its order; --open-order makes one from the deal"), "order= open-order value=", 1, 1, false, run_won},
    {"deal lost", "NO --reason R", N_("lost, and why"), "reason=", 1, 1, false, run_lost},
    {"deal back", "NO", N_("takes the last change of stage back"), NULL, 1, 1, false, run_back},
    {"deal assign", "NO REP|-", N_("gives a deal to a rep, or to nobody"), NULL, 2, 2, false, run_assign},
    {"deal log", "NO call|message|email|visit|note TEXT", N_("what was said and done"), NULL, 3, 3, false, run_log},
    {"deal plan", "NO DATE TEXT", N_("the next activity; - as date: none"), NULL, 2, 3, false, run_plan},
    {"deal order", "NO", N_("opens an order from the deal, as a parked basket; prints its number"), NULL, 1, 1, false,
     run_order},
    {0},
};
