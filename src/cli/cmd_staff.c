#include "chotdon/staff.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/commands.h"
#include "io/export.h"

#define STAFF_OPTIONS "name= team= role= phone= email= base-salary= start-date= end-date= from="

/* Options into a record and the set of fields that were given. Values stay borrowed from the command line. */
static enum err_code read_options(struct cli *c, const struct cli_args *a, struct staff *s, unsigned *fields,
                                  struct err *e) {
    const struct {
        const char *option;
        char **member;
        unsigned field;
    } texts[] = {
        {"name", &s->name, STAFF_NAME},        {"team", &s->team, STAFF_TEAM},
        {"role", &s->role, STAFF_ROLE},        {"phone", &s->phone, STAFF_PHONE},
        {"email", &s->email, STAFF_EMAIL},     {"start-date", &s->start_date, STAFF_START},
        {"end-date", &s->end_date, STAFF_END}, {"from", &s->team_from, 0},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = cli_option(a, texts[i].option);
        if (value != NULL) {
            *texts[i].member = (char *)value;
            *fields |= texts[i].field;
        }
    }
    const char *salary = cli_option(a, "base-salary");
    if (salary != NULL) {
        *fields |= STAFF_SALARY;
    }
    return cli_money(c, "base-salary", salary, &s->base_salary, e);
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct staff s = {.code = (char *)cli_word(a, 0), .name = (char *)cli_word(a, 1)};
    unsigned fields = STAFF_NAME;
    int64_t id = 0;
    if (s.name == NULL && cli_option(a, "name") == NULL) {
        return cli_usage(c, e, _("something is missing: chotdon staff add CODE NAME"));
    }
    enum err_code rc = staff_find(c->shop, s.code, &id, NULL);
    if (rc == ERR_OK) {
        return err_set_field(e, ERR_CONFLICT, "code", _("there is staff “%s” already; change it with `staff edit`"),
                             s.code);
    }
    rc = read_options(c, a, &s, &fields, e);
    return rc == ERR_OK ? staff_put(c->shop, &s, fields, NULL, e) : rc;
}

static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct staff old = {0};
    struct staff s = {0};
    unsigned fields = 0;
    int64_t id = 0;
    enum err_code rc = staff_find(c->shop, cli_word(a, 0), &id, e);
    if (rc == ERR_OK) {
        rc = staff_get(c->shop, id, &old, e);
    }
    if (rc == ERR_OK) {
        s.code = old.code;
        rc = read_options(c, a, &s, &fields, e);
    }
    if (rc == ERR_OK) {
        rc = staff_put(c->shop, &s, fields, NULL, e);
    }
    staff_clear(&old);
    return rc;
}

static enum err_code print_staff(void *ctx, const struct staff *s, struct err *e) {
    (void)e;
    export_staff_row(ctx, s);
    table_end_row(ctx);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"code", TABLE_TEXT, NULL},         {"name", TABLE_TEXT, NULL},       {"team", TABLE_TEXT, NULL},
        {"role", TABLE_TEXT, NULL},         {"phone", TABLE_PHONE, NULL},     {"email", TABLE_TEXT, NULL},
        {"base_salary", TABLE_MONEY, NULL}, {"start_date", TABLE_DATE, NULL}, {"end_date", TABLE_DATE, NULL},
    };
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    enum err_code rc = staff_list(c->shop, cli_flag(a, "all"), print_staff, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_team_add(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    bool made = false;
    const char *leader = cli_option(a, "leader");
    enum err_code rc = team_make(c->shop, cli_word(a, 0), &id, &made, e);
    if (rc == ERR_OK && !made) {
        return err_set_field(e, ERR_CONFLICT, "name", _("there is a team “%s” already"), cli_word(a, 0));
    }
    return rc == ERR_OK && leader != NULL ? team_set_leader(c->shop, cli_word(a, 0), leader, cli_option(a, "from"), e)
                                          : rc;
}

static enum err_code run_team_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *name = cli_option(a, "name");
    const char *leader = cli_option(a, "leader");
    enum err_code rc = ERR_OK;
    if (name == NULL && leader == NULL) {
        return cli_usage(c, e, _("nothing to change: give --leader or --name"));
    }
    if (leader != NULL) {
        rc = team_set_leader(c->shop, cli_word(a, 0), leader, cli_option(a, "from"), e);
    }
    return rc == ERR_OK && name != NULL ? team_rename(c->shop, cli_word(a, 0), name, e) : rc;
}

static enum err_code print_team(void *ctx, const struct team *team, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, team->name);
    table_text(t, team->leader);
    table_number(t, team->members);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_team_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"name", TABLE_TEXT, NULL}, {"leader", TABLE_TEXT, NULL}, {"members", TABLE_INT, NULL}};
    (void)a;
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    enum err_code rc = team_list(c->shop, print_team, t, e);
    return table_end(&t, rc, e);
}

const struct cli_command cmd_staff[] = {
    {"staff add", "CODE NAME [--team T] [--role R] [--phone P] [--email E] [--base-salary N] [--start-date D]",
     N_("a new person"), STAFF_OPTIONS, 1, 2, false, run_add},
    {"staff edit",
     "CODE [--name N] [--team T [--from D]] [--role R] [--phone P] [--email E] [--base-salary N] [--end-date D] …",
     N_("changes a person; a new team holds from today, or --from"), STAFF_OPTIONS, 1, 1, false, run_edit},
    {"staff list", "[--all]", N_("who there is; --all: also who has left"), "all", 0, 0, false, run_list},
    {"team add", "NAME [--leader STAFF]", N_("a new team"), "leader= from=", 1, 1, false, run_team_add},
    {"team edit", "NAME [--leader STAFF [--from D]] [--name NEW]", N_("changes the leader or the name"),
     "leader= from= name=", 1, 1, false, run_team_edit},
    {"team list", "", N_("the teams, their leaders and sizes"), NULL, 0, 0, false, run_team_list},
    {0},
};
