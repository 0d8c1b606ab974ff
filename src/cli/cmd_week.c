#include "chotdon/week.h"

#include "base/i18n.h"
#include "chotdon/staff.h"
#include "cli/cells.h"
#include "cli/commands.h"

static const struct table_column columns[] = {
    {"week", TABLE_PHONE, N_("week")},          {"rep", TABLE_TEXT, N_("code")},
    {"name", TABLE_TEXT, N_("name")},           {"state", TABLE_TEXT, N_("state")},
    {"calls", TABLE_INT, N_("calls")},          {"meetings", TABLE_INT, N_("meetings")},
    {"quotes", TABLE_INT, N_("quotes")},        {"plans", TABLE_TEXT, N_("plans")},
    {"obstacles", TABLE_TEXT, N_("obstacles")}, {"filed_at", TABLE_DATE, N_("filed")},
};
static const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};

static void fill_cells(const struct week_report *r, struct cell *cells) {
    cells[0] = CELL_TEXT(r->week);
    cells[1] = CELL_TEXT(r->code);
    cells[2] = CELL_TEXT(r->name);
    cells[3] = CELL_TEXT(week_state_code(r->state));
    cells[4] = CELL_NUMBER(r->calls);
    cells[5] = CELL_NUMBER(r->meetings);
    cells[6] = CELL_NUMBER(r->quotes);
    cells[7] = CELL_TEXT(r->plans);
    cells[8] = CELL_TEXT(r->obstacles);
    cells[9] = CELL_TEXT(r->filed_at);
}

static enum err_code read_week(struct cli *c, const struct cli_args *a, char week[WEEK_SIZE], struct err *e) {
    char today[DATE_SIZE];
    const char *typed = cli_option(a, "week");
    if (typed != NULL) {
        return week_parse(typed, week, e);
    }
    shop_today(c->shop, today);
    week_of(today, week);
    return ERR_OK;
}

/* --rep, else who acts. */
static enum err_code read_rep(struct cli *c, const struct cli_args *a, int64_t *id, struct err *e) {
    const char *typed = cli_option(a, "rep");
    *id = shop_actor_id(c->shop);
    if (typed != NULL) {
        return staff_find(c->shop, typed, id, e);
    }
    return *id != 0 ? ERR_OK : cli_usage(c, e, _("whose report? --rep CODE"));
}

static enum err_code run_report(struct cli *c, const struct cli_args *a, struct err *e) {
    struct week_report r = {.plans = cli_option(a, "plans"), .obstacles = cli_option(a, "obstacles")};
    const struct {
        const char *option;
        int64_t *count;
        unsigned field;
    } counts[] = {
        {"calls", &r.calls, WEEK_CALLS}, {"meetings", &r.meetings, WEEK_MEETINGS}, {"quotes", &r.quotes, WEEK_QUOTES}};
    unsigned fields = (r.plans != NULL ? WEEK_PLANS : 0u) | (r.obstacles != NULL ? WEEK_OBSTACLES : 0u);
    enum err_code rc = read_rep(c, a, &r.staff_id, e);
    if (rc == ERR_OK) {
        rc = read_week(c, a, r.week, e);
    }
    for (size_t i = 0; i < sizeof counts / sizeof *counts && rc == ERR_OK; i++) {
        const char *typed = cli_option(a, counts[i].option);
        fields |= typed != NULL ? counts[i].field : 0u;
        rc = cli_int(counts[i].option, typed, counts[i].count, e);
    }
    return rc == ERR_OK ? week_put(c->shop, &r, fields, e) : rc;
}

static enum err_code show_one(void *ctx, const struct week_report *r, struct err *e) {
    struct cell cells[CELLS_MAX];
    fill_cells(r, cells);
    return cells_show(ctx, &spec, cells, e);
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    char week[WEEK_SIZE];
    int64_t id = 0;
    enum err_code rc = read_rep(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = read_week(c, a, week, e);
    }
    return rc == ERR_OK ? week_get(c->shop, id, week, show_one, c, e) : rc;
}

static enum err_code add_row(void *ctx, const struct week_report *r, struct err *e) {
    struct cell cells[CELLS_MAX];
    (void)e;
    fill_cells(r, cells);
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct cell_table t;
    char week[WEEK_SIZE];
    enum err_code rc = read_week(c, a, week, e);
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &spec, &t);
    return cells_end(&t, week_list(c->shop, week, add_row, &t, e), e);
}

const struct cli_command cmd_week[] = {
    {"week report", "[--rep R] [--week 2026-W47] [--calls N] [--meetings N] [--quotes N] [--plans T] [--obstacles T]",
     N_("files a weekly report, or amends it; what is not said is filled in from what is known"),
     "rep= week= calls= meetings= quotes= plans= obstacles=", 0, 0, false, run_report},
    {"week show", "[--rep R] [--week W]", N_("one report, or what is known of the week so far"), "rep= week=", 0, 0,
     false, run_show},
    {"week list", "[--week W]", N_("everyone's reports of a week; who is late, whose are missing"), "week=", 0, 0,
     false, run_list},
    {0},
};
