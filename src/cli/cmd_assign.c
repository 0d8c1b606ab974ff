#include "chotdon/assign.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/cells.h"
#include "cli/commands.h"

static enum err_code print_rule(void *ctx, const struct assign_rule *r, struct err *e) {
    const struct cell cells[] = {CELL_NUMBER(r->id),     CELL_NUMBER(r->position),   CELL_TEXT(r->source),
                                 CELL_TEXT(r->province), CELL_TEXT(r->group),        CELL_TEXT(r->team),
                                 CELL_TEXT(r->reps),     CELL_NUMBER(r->daily_limit)};
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"id", TABLE_INT, N_("id")},          {"position", TABLE_INT, N_("order of rules")},
        {"source", TABLE_TEXT, N_("source")}, {"province", TABLE_TEXT, N_("province")},
        {"group", TABLE_TEXT, N_("group")},   {"team", TABLE_TEXT, N_("team")},
        {"reps", TABLE_TEXT, N_("reps")},     {"daily_limit", TABLE_INT, N_("a day")},
    };
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct cell_table t;
    (void)a;
    cells_begin(c, &spec, &t);
    return cells_end(&t, assign_rule_list(c->shop, print_rule, &t, e), e);
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct assign_rule r = {.source = (char *)cli_option(a, "source"),
                            .province = (char *)cli_option(a, "province"),
                            .group = (char *)cli_option(a, "group"),
                            .team = (char *)cli_option(a, "team")};
    struct buf reps = BUF_INIT;
    int64_t id = 0;
    for (int i = 0; i < a->given_count; i++) {
        if (strcmp(a->given[i].name, "rep") == 0) {
            buf_addf(&reps, "%s%s", reps.len == 0 ? "" : ",", a->given[i].value);
        }
    }
    r.reps = (char *)buf_str(&reps);
    enum err_code rc = cli_int("limit", cli_option(a, "limit"), &r.daily_limit, e);
    rc = rc == ERR_OK ? cli_int("position", cli_option(a, "position"), &r.position, e) : rc;
    rc = rc == ERR_OK ? assign_rule_add(c->shop, &r, &id, e) : rc;
    if (rc == ERR_OK) {
        cli_say(c->out, "%lld", (long long)id);
    }
    buf_clear(&reps);
    return rc;
}

static enum err_code run_remove(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = cli_int("ID", cli_word(a, 0), &id, e);
    return rc == ERR_OK ? assign_rule_remove(c->shop, id, e) : rc;
}

struct given_table {
    struct cell_table cells;
    bool human;
};

static enum err_code print_given(void *ctx, const struct assign_row *r, struct err *e) {
    struct given_table *t = ctx;
    const char *why = "";
    if (r->outcome == ASSIGN_NO_RULE) {
        why = t->human ? _("no rule fits") : "no rule";
    } else if (r->outcome == ASSIGN_NO_ROOM) {
        why = t->human ? _("nobody has room today") : "no room";
    }
    const struct cell cells[] = {
        CELL_TEXT(r->deal_no),          CELL_TEXT(r->title), CELL_TEXT(r->rep), CELL_TEXT(r->rep_name),
        CELL_OPT(r->rule > 0, r->rule), CELL_TEXT(why)};
    (void)e;
    cells_row(&t->cells, cells);
    return ERR_OK;
}

static enum err_code run_assign(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"deal_no", TABLE_TEXT, N_("deal")}, {"title", TABLE_TEXT, N_("title")},
        {"rep", TABLE_TEXT, N_("rep")},      {"name", TABLE_TEXT, N_("name")},
        {"rule", TABLE_INT, N_("rule")},     {"why_not", TABLE_TEXT, N_("why nobody")},
    };
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct given_table t = {.human = c->format == TABLE_HUMAN};
    cells_begin(c, &spec, &t.cells);
    return cells_end(&t.cells, assign_run(c->shop, cli_flag(a, "dry-run"), print_given, &t, e), e);
}

const struct cli_command cmd_assign[] = {
    {"assign rule add", "[--source S] [--province P] [--group G] [--team T] [--rep R]… [--limit N] [--position N]",
     N_("who gets new leads of a kind; prints the rule's id"),
     "source= province= group= team= rep=* limit= position=", 0, 0, false, run_add},
    {"assign rule list", "", N_("the rules, the first one that fits counts"), NULL, 0, 0, false, run_list},
    {"assign rule remove", "ID", N_("takes a rule away"), NULL, 1, 1, false, run_remove},
    {"assign run", "[--dry-run]", N_("gives out the leads that nobody has"), "dry-run", 0, 0, false, run_assign},
    {0},
};
