/* Discrepancies, disputes and statements. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/commission.h"
#include "cli/cells.h"
#include "cli/cmd_commission.h"
#include "cli/commands.h"
#include "io/statement.h"

static const struct table_column discrepancy_columns[] = {
    {"month", TABLE_TEXT, N_("Month")},    {"rep", TABLE_TEXT, N_("Code")},
    {"name", TABLE_TEXT, N_("Name")},      {"kind", TABLE_TEXT, N_("Kind")},
    {"ref", TABLE_TEXT, N_("Reference")},  {"order_no", TABLE_TEXT, N_("Order")},
    {"plan", TABLE_TEXT, N_("Plan")},      {"base", TABLE_MONEY, N_("Base")},
    {"amount", TABLE_MONEY, N_("Amount")}, {"carried_in", TABLE_TEXT, N_("Carried in")},
};
static const struct cell_spec discrepancy_spec = {discrepancy_columns,
                                                  sizeof discrepancy_columns / sizeof *discrepancy_columns, NULL};

static enum err_code print_discrepancy(void *ctx, const struct commission_discrepancy *d, struct err *e) {
    const struct cell cells[] = {CELL_TEXT(d->month),     CELL_TEXT(d->rep),    CELL_TEXT(d->name),
                                 CELL_TEXT(d->kind),      CELL_TEXT(d->ref),    CELL_TEXT(d->order_no),
                                 CELL_TEXT(d->plan),      CELL_NUMBER(d->base), CELL_NUMBER(d->amount),
                                 CELL_TEXT(d->carried_in)};
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

/* --month where it may be left out. */
static enum err_code optional_month(const struct cli_args *a, char month[MONTH_SIZE], struct err *e) {
    const char *typed = cli_option(a, "month");
    month[0] = '\0';
    return typed == NULL ? ERR_OK : month_parse(typed, month, e);
}

static enum err_code run_discrepancies(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    struct cell_table t;
    enum err_code rc = optional_month(a, month, e);
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &discrepancy_spec, &t);
    return cells_end(&t, commission_discrepancies(c->shop, cli_or_null(month), print_discrepancy, &t, e), e);
}

static enum err_code run_dispute(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *row = cli_option(a, "row");
    const char *reason = cli_option(a, "reason");
    char month[MONTH_SIZE];
    int64_t staff_id = 0, id = 0;
    if (row == NULL || reason == NULL) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "commission dispute",
                         "--month M --rep R --row REF --reason T");
    }
    enum err_code rc = commission_args(c, a, month, &staff_id, e);
    if (rc == ERR_OK) {
        rc = commission_dispute(c->shop, month, staff_id, row, reason, &id, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%lld", (long long)id);
    }
    return rc;
}

static enum err_code run_answer(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = cli_int("ID", cli_word(a, 0), &id, e);
    return rc == ERR_OK ? commission_answer(c->shop, id, cli_word(a, 1), e) : rc;
}

static const struct table_column dispute_columns[] = {
    {"id", TABLE_INT, N_("No.")},     {"month", TABLE_TEXT, N_("Month")},   {"rep", TABLE_TEXT, N_("Code")},
    {"name", TABLE_TEXT, N_("Name")}, {"row", TABLE_TEXT, N_("Row")},       {"reason", TABLE_TEXT, N_("Reason")},
    {"at", TABLE_DATE, N_("Raised")}, {"answer", TABLE_TEXT, N_("Answer")}, {"answered_at", TABLE_DATE, N_("Answered")},
};
static const struct cell_spec dispute_spec = {dispute_columns, sizeof dispute_columns / sizeof *dispute_columns, NULL};

static enum err_code print_dispute(void *ctx, const struct commission_dispute_row *d, struct err *e) {
    const struct cell cells[] = {CELL_NUMBER(d->id), CELL_TEXT(d->month),  CELL_TEXT(d->rep),
                                 CELL_TEXT(d->name), CELL_TEXT(d->ref),    CELL_TEXT(d->reason),
                                 CELL_TEXT(d->at),   CELL_TEXT(d->answer), CELL_TEXT(d->answered_at)};
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_disputes(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    struct cell_table t;
    enum err_code rc = optional_month(a, month, e);
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &dispute_spec, &t);
    return cells_end(&t, commission_disputes(c->shop, cli_or_null(month), cli_flag(a, "open"), print_dispute, &t, e),
                     e);
}

static enum err_code run_statement(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    int64_t staff_id = 0;
    const char *path = cli_option(a, "o");
    bool xlsx = cli_flag(a, "xlsx");
    if (xlsx && (path == NULL || strcmp(path, "-") == 0)) {
        return cli_usage(c, e, _("a workbook needs a file: -o FILE.xlsx"));
    }
    enum err_code rc = commission_args(c, a, month, &staff_id, e);
    if (rc != ERR_OK) {
        return rc;
    }
    return xlsx ? statement_xlsx(c->shop, month, staff_id, path, e) : statement_text(c->shop, month, staff_id, path, e);
}

const struct cli_command cmd_commission_more[] = {
    {"commission discrepancies", "[--month M]", N_("what has come up in locked months, and where it was carried"),
     "month=", 0, 0, false, run_discrepancies},
    {"commission dispute", "--month M --rep R --row REF --reason T", N_("doubts a row; prints the dispute's number"),
     "month= rep= row= reason=", 0, 0, false, run_dispute},
    {"commission answer", "ID TEXT", N_("answers a dispute"), NULL, 2, 2, false, run_answer},
    {"commission disputes", "[--month M] [--open]", N_("the disputes and their answers"), "month= open", 0, 0, false,
     run_disputes},
    {"commission statement", "--month M --rep R [-o FILE] [--xlsx]", N_("a person's statement, to be printed"),
     "month= rep= o= xlsx", 0, 0, false, run_statement},
    {0},
};
