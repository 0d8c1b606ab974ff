#include "chotdon/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cells.h"
#include "cli/commands.h"
#include "io/plan_file.h"

static enum err_code run_import(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *typed = cli_option(a, "from");
    const char *reason = cli_option(a, "reason");
    struct plan p = {0};
    enum put_result result = PUT_CREATED;
    char start[MONTH_SIZE] = "";
    if ((typed == NULL) != (reason == NULL)) {
        return cli_usage(c, e, _("--from MONTH and --reason R go together: they make a new version of a plan in use"));
    }
    enum err_code rc = typed == NULL ? ERR_OK : month_parse(typed, start, e);
    if (rc == ERR_OK) {
        rc = plan_file_import(c->shop, cli_word(a, 0), typed == NULL ? NULL : start, reason, &p, &result, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%s@%d", p.code, p.version);
        if (!p.active && !c->quiet) {
            cli_say(c->err, _("plan %s is a draft; `chotdon plan activate %s` puts it in force"), p.code, p.code);
        }
    }
    plan_clear(&p);
    return rc;
}

static const struct table_column list_columns[] = {
    {"code", TABLE_TEXT, N_("Code")},     {"version", TABLE_INT, N_("Version")}, {"name", TABLE_TEXT, N_("Name")},
    {"status", TABLE_TEXT, N_("State")},  {"start", TABLE_TEXT, N_("Start")},    {"from", TABLE_TEXT, N_("From")},
    {"to", TABLE_TEXT, N_("To")},         {"base", TABLE_TEXT, N_("Base")},      {"mode", TABLE_TEXT, N_("Mode")},
    {"reason", TABLE_TEXT, N_("Reason")},
};
static const struct cell_spec list_spec = {list_columns, sizeof list_columns / sizeof *list_columns, NULL};

static enum err_code print_plan(void *ctx, const struct plan *p, struct err *e) {
    const struct cell cells[] = {
        CELL_TEXT(p->code),
        CELL_NUMBER(p->version),
        CELL_TEXT(p->name),
        CELL_TEXT(p->active ? "active" : "draft"),
        CELL_TEXT(p->start),
        CELL_TEXT(p->from),
        CELL_TEXT(p->to),
        CELL_TEXT(plan_base_code(p->base)),
        CELL_TEXT(plan_mode_code(p->mode)),
        CELL_TEXT(p->reason),
    };
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct cell_table t;
    (void)a;
    cells_begin(c, &list_spec, &t);
    return cells_end(&t, plan_list(c->shop, print_plan, &t, e), e);
}

static void show_lists(struct json *j, const struct plan *p) {
    json_key(j, "tiers");
    json_array(j);
    for (size_t i = 0; i < p->tier_count; i++) {
        json_object(j);
        json_key_int(j, "from", p->tiers[i].from);
        json_key_int(j, "rate_bps", p->tiers[i].rate_bps);
        json_end(j);
    }
    json_end(j);
    json_key(j, "gate");
    json_array(j);
    for (size_t i = 0; i < p->gate_count; i++) {
        json_object(j);
        json_key_int(j, "attainment_bps", p->gates[i].at_bps);
        json_key_int(j, "multiplier_bps", p->gates[i].factor_bps);
        json_end(j);
    }
    json_end(j);
    json_key(j, "groups");
    json_array(j);
    for (size_t i = 0; i < p->group_count; i++) {
        json_object(j);
        json_key_text(j, "group", p->groups[i].path);
        json_key_int(j, "rate_bps", p->groups[i].rate_bps);
        json_end(j);
    }
    json_end(j);
}

static void show_json(struct cli *c, const struct plan *p) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    json_key_text(&j, "code", p->code);
    json_key_text(&j, "name", p->name);
    json_key_int(&j, "version", p->version);
    json_key_text(&j, "status", p->active ? "active" : "draft");
    json_key_text(&j, "start", p->start);
    json_key_text(&j, "from", p->from);
    json_key_text(&j, "to", p->to);
    json_key_text(&j, "base", plan_base_code(p->base));
    json_key_text(&j, "mode", plan_mode_code(p->mode));
    json_key_int(&j, "cap", p->cap);
    json_key_int(&j, "team_override_bps", p->override_bps);
    json_key_int(&j, "bonus_first_order", p->bonus_first_order);
    json_key_int(&j, "bonus_top_revenue", p->bonus_top);
    json_key_text(&j, "reason", p->reason == NULL ? "" : p->reason);
    show_lists(&j, p);
    json_end(&j);
}

static void print_term(void *ctx, const char *section, const char *key, const char *value) {
    struct table *t = ctx;
    table_text(t, section);
    table_text(t, key);
    table_text(t, value);
    table_end_row(t);
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"section", TABLE_TEXT, NULL}, {"key", TABLE_TEXT, NULL}, {"value", TABLE_TEXT, NULL}};
    struct plan p;
    enum err_code rc = plan_file_open(c->shop, cli_word(a, 0), &p, e);
    bool file = cli_flag(a, "ini") || (c->format == TABLE_HUMAN && !cli_wants_json(c));
    if (rc == ERR_OK && !file && cli_wants_json(c)) {
        show_json(c, &p);
    } else if (rc == ERR_OK && file) {
        struct buf text = BUF_INIT;
        plan_file_write(&p, shop_currency(c->shop), &text);
        cli_say_lines(c->out, buf_str(&text));
        buf_clear(&text);
    } else if (rc == ERR_OK) {
        struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
        plan_terms(&p, shop_currency(c->shop), print_term, t);
        rc = table_close(&t, e);
    }
    plan_clear(&p);
    return rc;
}

static void print_difference(void *ctx, const char *key, const char *a, const char *b) {
    print_term(ctx, key, a, b);
}

static enum err_code run_diff(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"key", TABLE_TEXT, NULL}, {"a", TABLE_TEXT, NULL}, {"b", TABLE_TEXT, NULL}};
    struct plan first = {0};
    struct plan second = {0};
    enum err_code rc = plan_file_open(c->shop, cli_word(a, 0), &first, e);
    if (rc == ERR_OK) {
        rc = plan_file_open(c->shop, cli_word(a, 1), &second, e);
    }
    if (rc == ERR_OK) {
        struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
        plan_diff(&first, &second, shop_currency(c->shop), print_difference, t);
        rc = table_close(&t, e);
    }
    plan_clear(&first);
    plan_clear(&second);
    return rc;
}

static enum err_code run_activate(struct cli *c, const struct cli_args *a, struct err *e) {
    return plan_activate(c->shop, cli_word(a, 0), e);
}

static enum err_code run_remove(struct cli *c, const struct cli_args *a, struct err *e) {
    return plan_remove(c->shop, cli_word(a, 0), e);
}

const struct cli_command cmd_plan[] = {
    {"plan import", "FILE.ini [--from MONTH --reason R]",
     N_("a commission plan from a file; --from: a new version of a plan in use"), "from= reason=", 1, 1, false,
     run_import},
    {"plan list", "", N_("the commission plans and their versions"), NULL, 0, 0, false, run_list},
    {"plan show", "CODE[@VERSION] [--ini]", N_("the terms of a plan; --ini: as a file, to be changed and imported"),
     "ini", 1, 1, false, run_show},
    {"plan diff", "A B", N_("what differs between two plans, versions or files"), NULL, 2, 2, false, run_diff},
    {"plan remove", "CODE", N_("takes a draft away"), NULL, 1, 1, false, run_remove},
    {"plan activate", "CODE", N_("puts a plan in force"), NULL, 1, 1, false, run_activate},
    {0},
};
