/* Computing, locking and paying a month; its files. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/export.h"
#include "io/statement.h"
#include "tui/popup.h"
#include "tui/screens/commission.h"

static unsigned run(struct app *app, struct commission_state *s) {
    struct err e = ERR_INIT;
    char text[MONEY_TEXT_MAX];
    struct commission_month info;
    app_work_begin_database(app, _("Computing the month"));
    enum err_code rc = commission_run(app_shop(app), s->month, &e);
    app_work_end_database(app);
    if (rc == ERR_OK) {
        rc = commission_month_get(app_shop(app), s->month, &info, &e);
    }
    if (rc != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    app_status(app, _("Computed: %lld people, %s"), (long long)info.people,
               money_format(info.total, &s->currency, true, text));
    commission_month_clear(&info);
    return SCREEN_RELOAD;
}

/* --- lock */

static void lock(struct app *app, void *ctx) {
    struct commission_state *s = ctx;
    struct err e = ERR_INIT;
    int64_t before = 0;
    if (commission_lock(app_shop(app), s->month, &before, &e) == ERR_OK) {
        app_status(app, _("%s is locked; F9 exports it"), s->month);
    } else {
        app_error(app, &e);
    }
    app_reload(app);
}

static unsigned ask_lock(struct app *app, struct commission_state *s) {
    struct err e = ERR_INIT;
    struct commission_rights rights;
    struct buf text = BUF_INIT;
    char money[MONEY_TEXT_MAX];
    char *open = NULL;
    enum err_code rc = commission_rights(app_shop(app), &rights, &e);
    if (rc == ERR_OK && !rights.manage) {
        rc = err_set(&e, ERR_REFUSED, _("only a manager may run, lock, pay or answer commission"));
    } else if (rc == ERR_OK && s->info.status != COMMISSION_COMPUTED) {
        rc = err_set(&e, ERR_REFUSED,
                     s->info.status == COMMISSION_OPEN ? _("%s is open: F5 computes it first")
                                                       : _("%s is final already"),
                     s->month);
    }
    if (rc == ERR_OK) {
        rc = commission_open_before(app_shop(app), s->month, &open, &e);
    }
    if (rc != ERR_OK) {
        return app_error(app, &e);
    }
    buf_addf(&text, _("Lock %s? %lld people and %s become final; what comes up later is carried into the next month."),
             s->month, (long long)s->info.people, money_format(s->info.total, &s->currency, true, money));
    if (open[0] != '\0') {
        buf_addf(&text, _(" Not locked yet: %s."), open);
    }
    if (s->disputes > 0) {
        buf_addf(&text, _(" %lld disputes are open."), (long long)s->disputes);
    }
    popup_ask(app, buf_str(&text), _("Lock"), lock, s);
    buf_clear(&text);
    free(open);
    return SCREEN_REDRAW;
}

/* --- pay */

static void pay(struct app *app, void *ctx) {
    struct commission_state *s = ctx;
    struct err e = ERR_INIT;
    if (commission_pay(app_shop(app), s->month, &e) == ERR_OK) {
        app_status(app, _("%s is paid"), s->month);
    } else {
        app_error(app, &e);
    }
    app_reload(app);
}

static unsigned ask_pay(struct app *app, struct commission_state *s) {
    char money[MONEY_TEXT_MAX];
    struct err e = ERR_INIT;
    if (s->info.status != COMMISSION_LOCKED) {
        err_set(&e, ERR_REFUSED, _("%s is %s; only a locked month can be paid"), s->month,
                commission_status_label(s->info.status));
        return app_error(app, &e);
    }
    char *text = mem_printf(_("Mark %s as paid? %s for %lld people."), s->month,
                            money_format(s->info.total, &s->currency, true, money), (long long)s->info.people);
    popup_ask(app, text, _("Paid"), pay, s);
    free(text);
    return SCREEN_REDRAW;
}

/* --- files */

static const struct table_column export_columns[] = {
    {"month", TABLE_TEXT, N_("Month")},
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

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct commission_state *s = ctx;
    (void)app;
    (void)e;
    for (size_t i = 0; i < s->count; i++) {
        export_commission_row(t, s->month, &s->rows[i]);
        table_end_row(t);
    }
    return ERR_OK;
}

static const struct export_shown export_what = {N_("commission"), export_columns,
                                                sizeof export_columns / sizeof *export_columns, export_rows};

static enum err_code statement_named(struct app *app, void *ctx, const char *text, struct err *e) {
    struct commission_state *s = ctx;
    size_t n = strlen(text);
    bool xlsx = n > 5 && strcmp(text + n - 5, ".xlsx") == 0;
    if (n == 0 || strcmp(text, "-") == 0) {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    enum err_code rc = xlsx ? statement_xlsx(app_shop(app), s->month, s->person, text, e)
                            : statement_text(app_shop(app), s->month, s->person, text, e);
    if (rc == ERR_OK) {
        app_status(app, _("Written to %s"), text);
    }
    return rc;
}

static unsigned ask_statement(struct app *app, struct commission_state *s) {
    const struct commission_row *r = commission_current(s);
    if (r == NULL) {
        return SCREEN_REDRAW;
    }
    char *name = mem_printf("%s-%s.txt", r->rep, s->month);
    char *title = mem_printf(_("Statement of %s"), r->name);
    s->person = r->staff_id;
    popup_prompt(app, title, _("File (.txt, .xlsx)"), FORM_TEXT, name, statement_named, s);
    free(name);
    free(title);
    return SCREEN_REDRAW;
}

unsigned commission_act(struct app *app, void *state, enum action action) {
    struct commission_state *s = state;
    switch (action) {
    case ACTION_OPEN:
        return commission_show_lines(app, s);
    case ACTION_COMMISSION_RUN:
        return run(app, s);
    case ACTION_COMMISSION_SIMULATE:
        plan_try_ask(app, &s->trying, s->month);
        return SCREEN_REDRAW;
    case ACTION_COMMISSION_LATER:
        return commission_show_discrepancies(app, s);
    case ACTION_COMMISSION_LOCK:
        return ask_lock(app, s);
    case ACTION_COMMISSION_PAY:
        return ask_pay(app, s);
    case ACTION_COMMISSION_EXPORT:
        export_ask(app, &s->export, &export_what, s);
        return SCREEN_REDRAW;
    case ACTION_COMMISSION_STATEMENT:
        return ask_statement(app, s);
    case ACTION_COMMISSION_PLAN:
        return commission_show_plan(app, s);
    case ACTION_COMMISSION_PLANS:
        app_go(app, "plans", s->info.plan[0] == '\0' ? NULL : s->info.plan);
        return SCREEN_REDRAW;
    case ACTION_COMMISSION_IMPORT:
        plan_import_ask(app, &s->importing);
        return SCREEN_REDRAW;
    case ACTION_COMMISSION_DISPUTE:
        return commission_dispute_row(app, s);
    case ACTION_COMMISSION_ANSWER:
        return commission_show_disputes(app, s);
    default:
        return SCREEN_IGNORED;
    }
}
