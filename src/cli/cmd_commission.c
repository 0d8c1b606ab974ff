#include "cli/cmd_commission.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "chotdon/commission.h"
#include "chotdon/kpi.h"
#include "chotdon/staff.h"
#include "cli/cells.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "io/plan_file.h"

enum err_code commission_args(struct cli *c, const struct cli_args *a, char month[MONTH_SIZE], int64_t *staff_id,
                              struct err *e) {
    const char *typed = cli_option(a, "month");
    const char *rep = cli_option(a, "rep");
    if (typed == NULL) {
        return cli_usage(c, e, _("say which month: --month 2026-10"));
    }
    if (staff_id != NULL && rep == NULL) {
        return cli_usage(c, e, _("say whose: --rep CODE"));
    }
    enum err_code rc = month_parse(typed, month, e);
    if (rc == ERR_OK && staff_id != NULL) {
        rc = staff_find(c->shop, rep, staff_id, e);
    }
    return rc;
}

/* --- run, lock, pay */

static const struct table_column month_columns[] = {
    {"month", TABLE_TEXT, N_("Month")},    {"status", TABLE_TEXT, N_("State")}, {"plan", TABLE_TEXT, N_("Plan")},
    {"version", TABLE_INT, N_("Version")}, {"base", TABLE_TEXT, N_("Base")},    {"mode", TABLE_TEXT, N_("Mode")},
    {"people", TABLE_INT, N_("People")},   {"total", TABLE_MONEY, N_("Total")},
};
static const struct cell_spec month_spec = {month_columns, sizeof month_columns / sizeof *month_columns, NULL};

/* The month as it is now, for who wants to read it. */
static enum err_code print_month(struct cli *c, const char *month, struct err *e) {
    struct commission_month m;
    enum err_code rc = commission_month_get(c->shop, month, &m, e);
    bool covered = rc == ERR_OK && m.plan[0] != '\0';
    if (covered && !c->format_given && m.status == COMMISSION_OPEN) {
        cli_say(c->out, _("%s: open, as it stands now by plan %s@%d (%s, %s)"), m.month, m.plan, m.version,
                plan_base_label(m.base), plan_mode_label(m.mode));
    } else if (covered && !c->format_given) {
        char total[MONEY_TEXT_MAX];
        cli_say(c->out, _("%s: %s, %lld people, %s, plan %s@%d (%s, %s)"), m.month, commission_status_label(m.status),
                (long long)m.people, money_format(m.total, shop_currency(c->shop), true, total), m.plan, m.version,
                plan_base_label(m.base), plan_mode_label(m.mode));
    } else if (rc == ERR_OK && c->format_given) {
        const struct cell cells[] = {
            CELL_TEXT(m.month),
            CELL_TEXT(commission_status_code(m.status)),
            CELL_TEXT(m.plan),
            CELL_NUMBER(m.version),
            CELL_TEXT(plan_base_code(m.base)),
            CELL_TEXT(plan_mode_code(m.mode)),
            CELL_NUMBER(m.people),
            CELL_NUMBER(m.total),
        };
        rc = cells_show(c, &month_spec, cells, e);
    }
    commission_month_clear(&m);
    return rc;
}

static enum err_code run_run(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    struct cli_progress progress;
    enum err_code rc = commission_args(c, a, month, NULL, e);
    if (rc == ERR_OK) {
        cli_progress_begin_database(&progress, c, _("commission run"));
        rc = commission_run(c->shop, month, e);
        cli_progress_end_database(&progress);
    }
    return rc == ERR_OK ? print_month(c, month, e) : rc;
}

static enum err_code say_dispute(void *ctx, const struct commission_dispute_row *d, struct err *e) {
    const struct cli *c = ctx;
    (void)e;
    cli_say(c->err, _("dispute %lld is open: %s, row %s: %s"), (long long)d->id, d->rep, d->ref, d->reason);
    return ERR_OK;
}

/* What whoever locks should know; it does not stop the lock. */
static enum err_code say_before_lock(struct cli *c, const char *month, struct err *e) {
    char *open = NULL;
    char today[DATE_SIZE], last[DATE_SIZE];
    enum err_code rc = commission_open_before(c->shop, month, &open, e);
    if (rc == ERR_OK && open[0] != '\0') {
        cli_say(c->err, _("earlier months are not locked yet: %s"), open);
    }
    shop_today(c->shop, today);
    month_last_day(month, last);
    if (rc == ERR_OK && strcmp(today, last) <= 0) {
        cli_say(c->err, _("%s is not over: what is still sold in it will be carried as adjustments"), month);
    }
    free(open);
    return rc == ERR_OK ? commission_disputes(c->shop, month, true, say_dispute, c, e) : rc;
}

static enum err_code run_lock(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    int64_t before = 0;
    struct commission_month m;
    enum err_code rc = commission_args(c, a, month, NULL, e);
    if (rc == ERR_OK) {
        rc = commission_lock(c->shop, month, &before, e);
    }
    if (rc == ERR_OK) {
        rc = say_before_lock(c, month, e);
    }
    if (rc == ERR_OK && commission_month_get(c->shop, month, &m, e) == ERR_OK) {
        char was[MONEY_TEXT_MAX], now[MONEY_TEXT_MAX];
        if (m.total != before) {
            cli_say(c->err, _("sales have changed since it was computed: the total was %s and is %s"),
                    money_format(before, shop_currency(c->shop), true, was),
                    money_format(m.total, shop_currency(c->shop), true, now));
        }
        commission_month_clear(&m);
    }
    return rc == ERR_OK ? print_month(c, month, e) : rc;
}

static enum err_code run_pay(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    enum err_code rc = commission_args(c, a, month, NULL, e);
    if (rc == ERR_OK) {
        rc = commission_pay(c->shop, month, e);
    }
    return rc == ERR_OK ? print_month(c, month, e) : rc;
}

/* --- show */

static const struct table_column show_columns[] = {
    {"rep", TABLE_TEXT, N_("Code")},
    {"name", TABLE_TEXT, N_("Name")},
    {"base", TABLE_MONEY, N_("Base")},
    {"target", TABLE_MONEY, N_("Target")},
    {"attainment_pct", TABLE_PCT, N_("Reached")},
    {"tier_commission", TABLE_MONEY, N_("By tiers")},
    {"gate_bps", TABLE_RATE, N_("Gate")},
    {"gated_commission", TABLE_MONEY, N_("After gate")},
    {"override", TABLE_MONEY, N_("Team")},
    {"cap_cut", TABLE_MONEY, N_("Cap")},
    {"bonus_first_order", TABLE_MONEY, N_("First order")},
    {"bonus_top", TABLE_MONEY, N_("Top")},
    {"adjustment", TABLE_MONEY, N_("Adjustment")},
    {"total", TABLE_MONEY, N_("Total")},
    {"status", TABLE_TEXT, N_("State")},
};
static const struct cell_spec show_spec = {
    show_columns, sizeof show_columns / sizeof *show_columns,
    " rep name base target attainment_pct gated_commission override cap_cut bonus_first_order bonus_top adjustment "
    "total "};

static enum err_code print_row(void *ctx, const struct commission_row *r, struct err *e) {
    const struct cell cells[] = {
        CELL_TEXT(r->rep),
        CELL_TEXT(r->name),
        CELL_NUMBER(r->base),
        CELL_OPT(r->has_target, r->target),
        CELL_OPT(r->has_attainment, r->attainment_tenths * 10),
        CELL_NUMBER(r->tier_commission),
        CELL_NUMBER(r->gate_bps),
        CELL_NUMBER(r->gated_commission),
        CELL_NUMBER(r->override),
        CELL_NUMBER(r->cap_cut),
        CELL_NUMBER(r->bonus_first_order),
        CELL_NUMBER(r->bonus_top),
        CELL_NUMBER(r->adjustment),
        CELL_NUMBER(r->total),
        CELL_TEXT(commission_status_code(r->status)),
    };
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    struct cell_table t;
    enum err_code rc = commission_args(c, a, month, NULL, e);
    if (rc == ERR_OK && c->format == TABLE_HUMAN) {
        rc = print_month(c, month, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &show_spec, &t);
    return cells_end(&t, commission_list(c->shop, month, print_row, &t, e), e);
}

/* --- explain */

static const struct table_column explain_columns[] = {
    {"kind", TABLE_TEXT, N_("Kind")},  {"ref", TABLE_TEXT, N_("Reference")}, {"detail", TABLE_TEXT, N_("Detail")},
    {"base", TABLE_MONEY, N_("Base")}, {"rate_bps", TABLE_RATE, N_("Rate")}, {"amount", TABLE_MONEY, N_("Amount")},
};
static const struct cell_spec explain_spec = {explain_columns, sizeof explain_columns / sizeof *explain_columns, NULL};

static enum err_code print_line(void *ctx, const struct commission_line *l, struct err *e) {
    const struct cell cells[] = {CELL_TEXT(l->kind),   CELL_TEXT(l->ref),        CELL_TEXT(l->detail),
                                 CELL_NUMBER(l->base), CELL_NUMBER(l->rate_bps), CELL_NUMBER(l->amount)};
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_explain(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE];
    int64_t staff_id = 0;
    struct cell_table t;
    enum err_code rc = commission_args(c, a, month, &staff_id, e);
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &explain_spec, &t);
    return cells_end(&t, commission_explain(c->shop, month, staff_id, print_line, &t, e), e);
}

/* --- simulate */

static const struct table_column simulate_columns[] = {
    {"rep", TABLE_TEXT, N_("Code")},         {"name", TABLE_TEXT, N_("Name")},      {"current", TABLE_MONEY, N_("Now")},
    {"simulated", TABLE_MONEY, N_("Tried")}, {"change", TABLE_MONEY, N_("Change")},
};
static const struct cell_spec simulate_spec = {simulate_columns, sizeof simulate_columns / sizeof *simulate_columns,
                                               NULL};

struct simulated_table {
    struct cell_table t;
    int64_t current, simulated;
    struct buf findings;
};

static void add_finding(struct buf *out, int rule, const char *name, const char *detail) {
    buf_addf(out, _("finding %d: %s %s"), rule, name, detail);
    buf_add_char(out, '\n');
}

/* Rule 4 comes from what was tried. */
static enum err_code take_finding(void *ctx, const struct kpi_finding *f, struct err *e) {
    struct simulated_table *s = ctx;
    (void)e;
    if (f->rule != 4) {
        add_finding(&s->findings, f->rule, f->rule == 3 ? f->code : f->name, f->detail); /* rule 3 names them itself */
    }
    return ERR_OK;
}

static void simulated_cells(struct simulated_table *s, const struct commission_simulated *r) {
    const struct cell cells[] = {CELL_TEXT(r->rep), CELL_TEXT(r->name), CELL_NUMBER(r->current),
                                 CELL_NUMBER(r->simulated), CELL_NUMBER(r->change)};
    cells_row(&s->t, cells);
}

static enum err_code print_simulated(void *ctx, const struct commission_simulated *r, struct err *e) {
    struct simulated_table *s = ctx;
    (void)e;
    simulated_cells(s, r);
    s->current += r->current;
    s->simulated += r->simulated;
    if (r->finding != NULL) {
        add_finding(&s->findings, 4, r->name, r->finding);
    }
    return ERR_OK;
}

static enum err_code run_simulate(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *file = cli_option(a, "plan");
    const char *typed_from = cli_option(a, "from");
    const char *typed_to = cli_option(a, "to");
    char from[MONTH_SIZE], to[MONTH_SIZE];
    struct plan p = {0};
    struct simulated_table s = {0};
    struct cli_progress progress;
    if (file == NULL || typed_from == NULL || typed_to == NULL) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "commission simulate",
                         "--plan CODE|FILE.ini --from MONTH --to MONTH");
    }
    enum err_code rc = month_parse(typed_from, from, e);
    if (rc == ERR_OK) {
        rc = month_parse(typed_to, to, e);
    }
    if (rc == ERR_OK) {
        rc = plan_file_open(c->shop, file, &p, e);
    }
    if (rc == ERR_OK) {
        cells_begin(c, &simulate_spec, &s.t);
        cli_progress_begin_database(&progress, c, _("commission simulate"));
        rc = commission_simulate(c->shop, &p, from, to, print_simulated, &s, e);
        cli_progress_end_database(&progress);
        if (rc == ERR_OK && c->format == TABLE_HUMAN) {
            const struct commission_simulated total = {.rep = "",
                                                       .name = _("total"),
                                                       .current = s.current,
                                                       .simulated = s.simulated,
                                                       .change = s.simulated - s.current};
            simulated_cells(&s, &total);
        }
        rc = cells_end(&s.t, rc, e);
    }
    if (rc == ERR_OK) {
        rc = kpi_health(c->shop, to, take_finding, &s, e);
    }
    if (rc == ERR_OK && !c->quiet) {
        fflush(c->out);
        cli_say_lines(c->err, buf_str(&s.findings));
    }
    buf_clear(&s.findings);
    plan_clear(&p);
    return rc;
}

const struct cli_command cmd_commission[] = {
    {"commission run", "--month M", N_("computes a month's commission and keeps it; again until it is locked"),
     "month=", 0, 0, false, run_run},
    {"commission lock", "--month M", N_("makes a computed month final"), "month=", 0, 0, false, run_lock},
    {"commission pay", "--month M", N_("marks a locked month as paid"), "month=", 0, 0, false, run_pay},
    {"commission show", "--month M", N_("a month's commission by person; of an open month as it stands now"),
     "month=", 0, 0, false, run_show},
    {"commission explain", "--month M --rep R", N_("one person's month from order line to đồng"), "month= rep=", 0, 0,
     false, run_explain},
    {"commission simulate", "--plan CODE|FILE.ini --from M --to M",
     N_("what another plan would have paid; nothing is changed"), "plan= from= to=", 0, 0, false, run_simulate},
    {0},
};
