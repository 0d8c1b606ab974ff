#include "chotdon/cash.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "io/cash_lines.h"

static enum err_code run_open(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t opening = 0, id = 0;
    enum err_code rc = cli_money(c, "AMOUNT", cli_word(a, 0), &opening, e);
    if (rc == ERR_OK) {
        rc = cash_open(c->shop, opening, &id, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%lld", (long long)id);
    }
    return rc;
}

static enum err_code move(struct cli *c, const struct cli_args *a, int sign, struct err *e) {
    int64_t amount = 0;
    const char *reason = cli_option(a, "reason");
    if (reason == NULL) {
        return cli_usage(c, e, _("say why with --reason"));
    }
    enum err_code rc = cli_money(c, "AMOUNT", cli_word(a, 0), &amount, e);
    if (rc == ERR_OK && amount <= 0) {
        rc = err_set_field(e, ERR_INVALID, "amount", _("the amount must be above 0"));
    }
    return rc == ERR_OK ? cash_move(c->shop, sign * amount, reason, e) : rc;
}

static enum err_code run_in(struct cli *c, const struct cli_args *a, struct err *e) {
    return move(c, a, 1, e);
}

static enum err_code run_out(struct cli *c, const struct cli_args *a, struct err *e) {
    return move(c, a, -1, e);
}

struct counts {
    struct cash_count *items;
    size_t count, capacity;
};

/* "500k:3", or several joined by `+`. */
static enum err_code parse_counts(struct cli *c, const char *text, struct counts *out, struct err *e) {
    char *copy = mem_strdup(text), *rest = copy;
    enum err_code rc = ERR_OK;
    for (char *part = strtok_r(copy, "+", &rest); part != NULL && rc == ERR_OK; part = strtok_r(NULL, "+", &rest)) {
        struct cash_count item = {0, 0};
        char *pieces = strchr(part, ':');
        if (pieces == NULL) {
            rc = err_set(e, ERR_INVALID, _("--count takes DENOM:PIECES, as 500k:3; not “%s”"), part);
            break;
        }
        *pieces++ = '\0';
        rc = cli_money(c, "count", part, &item.denomination, e);
        if (rc == ERR_OK) {
            rc = cli_int("count", pieces, &item.pieces, e);
        }
        out->items = mem_grow(out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = item;
    }
    free(copy);
    return rc;
}

/* Label left, figure right. */
static void print_line(void *ctx, const char *label, const char *value) {
    struct cli *c = ctx;
    int pad = 40 - text_width(label) - text_width(value);
    cli_say(c->out, "%s%*s%s", label, pad < 1 ? 1 : pad, "", value);
}

static void print_json(struct cli *c, const struct cash_report *r) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    json_key_int(&j, "shift", r->shift_id);
    json_key_text(&j, "opened_at", r->opened_at);
    json_key_text(&j, "opened_by", r->opened_by);
    json_key_text(&j, "closed_at", r->closed_at);
    json_key_text(&j, "closed_by", r->closed_by);
    json_key_int(&j, "opening", r->opening);
    json_key_int(&j, "sales", r->sales);
    json_key_int(&j, "refunds", r->refunds);
    json_key_int(&j, "cash_in", r->cash_in);
    json_key_int(&j, "cash_out", r->cash_out);
    json_key_int(&j, "expected", r->expected);
    if (r->closed) {
        json_key_int(&j, "counted", r->counted);
        json_key_int(&j, "difference", r->difference);
        json_key_text(&j, "audit_head", r->audit_head);
    }
    json_key_int(&j, "transfers", r->transfers);
    json_key_int(&j, "cards", r->cards);
    json_key_int(&j, "ewallets", r->ewallets);
    json_key_int(&j, "orders", r->orders);
    json_key_int(&j, "returns", r->returns);
    json_key_int(&j, "revenue", r->revenue);
    json_key_text(&j, "note", r->note);
    json_key(&j, "counts");
    json_array(&j);
    for (size_t i = 0; i < r->count_count; i++) {
        json_object(&j);
        json_key_int(&j, "denomination", r->counts[i].denomination);
        json_key_int(&j, "pieces", r->counts[i].pieces);
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
}

/* One row of the figures, as `report cash` gives them. */
static enum err_code print_csv(struct cli *c, const struct cash_report *r, struct err *e) {
    static const struct table_column columns[] = {
        {"shift", TABLE_INT, NULL},     {"opened_at", TABLE_DATE, NULL},   {"closed_at", TABLE_DATE, NULL},
        {"opening", TABLE_MONEY, NULL}, {"sales", TABLE_MONEY, NULL},      {"refunds", TABLE_MONEY, NULL},
        {"cash_in", TABLE_MONEY, NULL}, {"cash_out", TABLE_MONEY, NULL},   {"expected", TABLE_MONEY, NULL},
        {"counted", TABLE_MONEY, NULL}, {"difference", TABLE_MONEY, NULL}, {"transfers", TABLE_MONEY, NULL},
        {"cards", TABLE_MONEY, NULL},   {"ewallets", TABLE_MONEY, NULL},   {"orders", TABLE_INT, NULL},
        {"returns", TABLE_INT, NULL},   {"revenue", TABLE_MONEY, NULL},
    };
    const int64_t figures[] = {r->opening,  r->sales,   r->refunds,    r->cash_in,   r->cash_out,
                               r->expected, r->counted, r->difference, r->transfers, r->cards,
                               r->ewallets, r->orders,  r->returns,    r->revenue};
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    table_number(t, r->shift_id);
    table_text(t, r->opened_at);
    table_text(t, r->closed_at);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        table_number(t, figures[i]);
    }
    table_end_row(t);
    return table_close(&t, e);
}

static enum err_code print_report(struct cli *c, const struct cash_report *r, struct err *e) {
    if (c->format_given && c->format != TABLE_HUMAN && c->format != TABLE_JSON) {
        return print_csv(c, r, e);
    }
    if (c->format == TABLE_JSON) {
        print_json(c, r);
    } else {
        cash_lines(r, shop_currency(c->shop), true, print_line, c);
    }
    return ERR_OK;
}

static enum err_code run_close(struct cli *c, const struct cli_args *a, struct err *e) {
    struct counts counts = {0};
    struct cash_report r = {0};
    int64_t counted = 0;
    const char *total = cli_option(a, "counted");
    enum err_code rc = cli_money(c, "counted", total, &counted, e);
    for (int i = 0; i < a->given_count && rc == ERR_OK; i++) {
        if (strcmp(a->given[i].name, "count") == 0) {
            rc = parse_counts(c, a->given[i].value, &counts, e);
        }
    }
    if (rc == ERR_OK && (total != NULL) == (counts.count > 0)) {
        rc = cli_usage(c, e, _("say what was counted: --count DENOM:PIECES for each note, or --counted AMOUNT"));
    }
    if (rc == ERR_OK && total != NULL) {
        rc = cash_close_total(c->shop, counted, cli_option(a, "note"), &r, e);
    } else if (rc == ERR_OK) {
        rc = cash_close(c->shop, counts.items, counts.count, cli_option(a, "note"), &r, e);
    }
    if (rc == ERR_OK) {
        rc = print_report(c, &r, e);
    }
    free(counts.items);
    cash_report_clear(&r);
    return rc;
}

static enum err_code run_report(struct cli *c, const struct cli_args *a, struct err *e) {
    struct cash_report r = {0};
    char date[DATE_SIZE] = "";
    enum err_code rc = cli_date("date", cli_option(a, "date"), date, e);
    if (rc == ERR_OK) {
        rc = cash_report(c->shop, cli_or_null(date), &r, e);
    }
    if (rc == ERR_OK) {
        rc = print_report(c, &r, e);
    }
    cash_report_clear(&r);
    return rc;
}

const struct cli_command cmd_cash[] = {
    {"cash open", "AMOUNT", N_("opens a shift with the cash in the drawer"), NULL, 1, 1, false, run_open},
    {"cash close", "--count DENOM:PIECES… | --counted AMOUNT [--note TEXT]",
     N_("closes the shift with what was counted, and prints its report"), "count=* counted= note=", 0, 0, false,
     run_close},
    {"cash in", "AMOUNT --reason R", N_("cash put into the drawer"), "reason=", 1, 1, false, run_in},
    {"cash out", "AMOUNT --reason R", N_("cash taken out of the drawer"), "reason=", 1, 1, false, run_out},
    {"cash report", "[--date D]", N_("the open shift, or the last one, or a day"), "date=", 0, 0, false, run_report},
    {0},
};
