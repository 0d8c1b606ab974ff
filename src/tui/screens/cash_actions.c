/* Opening and closing a shift, cash in and out, reports on the screen and on paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/cash_lines.h"
#include "tui/popup.h"
#include "tui/screens/cash.h"

static unsigned refuse(struct app *app, const char *why) {
    struct err e = ERR_INIT;
    err_set(&e, ERR_REFUSED, "%s", why);
    return app_error(app, &e);
}

/* --- reports */

static unsigned print(struct app *app, const struct cash_report *r) {
    struct err e = ERR_INIT;
    if (app_config(app) == NULL) {
        return refuse(app, _("No printer is configured"));
    }
    if (cash_print(app_config(app), app_shop(app), r, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    app_status(app, _("Printed"));
    return SCREEN_REDRAW;
}

static unsigned act_from_report(struct app *app, void *ctx, enum action action) {
    struct cash_state *s = ctx;
    return action == ACTION_CASH_PRINT ? print(app, &s->shown) : cash_act(app, s, action);
}

/* Takes the report over. */
static void show_report(struct app *app, struct cash_state *s, struct cash_report *r) {
    struct card card = {0};
    cash_report_clear(&s->shown);
    s->shown = *r;
    *r = (struct cash_report){0};
    cash_report_card(&s->shown, &s->currency, &card);
    card_popup(app, _("Cash report; p prints it"), &card, CONTEXT_CASH, act_from_report, s);
}

static enum err_code day_chosen(struct app *app, void *ctx, const char *text, struct err *e) {
    struct cash_state *s = ctx;
    struct cash_report r = {0};
    char date[DATE_SIZE];
    enum err_code rc = date_parse(text, DATE_DMY, date, NULL, e);
    if (rc == ERR_OK) {
        rc = cash_report(app_shop(app), date, &r, e);
    }
    if (rc == ERR_OK) {
        show_report(app, s, &r);
    }
    return rc;
}

static unsigned ask_day(struct app *app, struct cash_state *s) {
    char today[DATE_SIZE];
    shop_today(app_shop(app), today);
    popup_prompt(app, _("Report of a day"), _("Day"), FORM_DATE, date_format(today, today), day_chosen, s);
    return SCREEN_REDRAW;
}

static unsigned open_report(struct app *app, struct cash_state *s) {
    struct cash_report r = {0};
    if (cash_current(s) == NULL) {
        return SCREEN_IGNORED;
    }
    cash_report_copy(cash_current(s), &r);
    show_report(app, s, &r);
    return SCREEN_REDRAW;
}

/* --- opening */

static enum err_code opened(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct cash_state *s = ctx;
    int64_t amount = 0;
    int64_t id = 0;
    enum err_code rc = form_money(form, "opening", &amount, e);
    if (rc == ERR_OK) {
        rc = cash_open(app_shop(app), amount, &id, e);
    }
    if (rc == ERR_OK) {
        snprintf(s->month, sizeof s->month, "%.7s", app_now(app));
        app_status(app, _("Shift %lld is open"), (long long)id);
    }
    return rc;
}

static unsigned open_shift(struct app *app, struct cash_state *s) {
    static const struct form_field fields[] = {
        {"opening", N_("Cash in the drawer"), FORM_MONEY, 18, true, NULL, N_("150k is 150.000")},
    };
    if (s->is_open) {
        return refuse(app, _("A shift is open already: count the drawer with c to close it first"));
    }
    popup_form(app, _("Open a shift"), form_new(fields, 1, &s->currency), opened, s);
    return SCREEN_REDRAW;
}

/* --- in and out */

static enum err_code moved(struct app *app, const struct form *form, int sign, struct err *e) {
    int64_t amount = 0;
    enum err_code rc = form_money(form, "amount", &amount, e);
    if (rc == ERR_OK && amount <= 0) {
        rc = err_set_field(e, ERR_INVALID, "amount", _("the amount must be above 0"));
    }
    if (rc == ERR_OK) {
        rc = cash_move(app_shop(app), sign * amount, form_text(form, "reason"), e);
    }
    if (rc == ERR_OK) {
        app_status(app, "%s", sign > 0 ? _("Cash put in") : _("Cash taken out"));
    }
    return rc;
}

static enum err_code moved_in(struct app *app, void *ctx, const struct form *form, struct err *e) {
    (void)ctx;
    return moved(app, form, 1, e);
}

static enum err_code moved_out(struct app *app, void *ctx, const struct form *form, struct err *e) {
    (void)ctx;
    return moved(app, form, -1, e);
}

static unsigned move(struct app *app, struct cash_state *s, const char *title, popup_form_fn *fn) {
    static const struct form_field fields[] = {
        {"amount", N_("Amount"), FORM_MONEY, 18, true, NULL, N_("150k is 150.000")},
        {"reason", N_("Reason"), FORM_TEXT, 36, true, NULL, NULL},
    };
    popup_form(app, title, form_new(fields, 2, &s->currency), fn, s);
    return SCREEN_REDRAW;
}

/* --- closing */

static void closed(struct app *app, void *ctx) {
    struct cash_state *s = ctx;
    struct cash_report r = {0};
    struct err e = ERR_INIT;
    struct cash_count *counts = mem_array(s->till.count, sizeof *counts);
    int64_t total = 0;
    const char *note = cash_till_note(&s->till);
    enum err_code rc = cash_till_counts(&s->till, counts, &total, &e);
    if (rc == ERR_OK && s->till.count > 0) {
        rc = cash_close(app_shop(app), counts, s->till.count, note, &r, &e);
    } else if (rc == ERR_OK) {
        rc = cash_close_total(app_shop(app), s->counted, note, &r, &e);
    }
    free(counts);
    if (rc != ERR_OK) {
        app_error(app, &e);
        return;
    }
    cash_till_clear(&s->till);
    app_status(app, _("The shift is closed"));
    show_report(app, s, &r);
    app_reload(app);
}

void cash_ask_close(struct app *app, struct cash_state *s, int64_t counted) {
    struct cash_report r = {0};
    struct err e = ERR_INIT;
    char typed[MONEY_TEXT_MAX];
    char wanted[MONEY_TEXT_MAX];
    char apart[MONEY_TEXT_MAX];
    if (cash_report(app_shop(app), NULL, &r, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    s->counted = counted;
    int64_t difference = counted - r.expected;
    money_format(counted, &s->currency, true, typed);
    money_format(r.expected, &s->currency, true, wanted);
    money_format(difference < 0 ? -difference : difference, &s->currency, true, apart);
    char *question = difference == 0 ? mem_printf(_("Counted %s, just what should be there. Close the shift?"), typed)
                     : difference < 0
                         ? mem_printf(_("Counted %s, expected %s: %s SHORT. Close the shift?"), typed, wanted, apart)
                         : mem_printf(_("Counted %s, expected %s: %s OVER. Close the shift?"), typed, wanted, apart);
    popup_ask(app, question, _("Close the shift"), closed, s);
    free(question);
    cash_report_clear(&r);
}

static enum err_code total_typed(struct app *app, void *ctx, const char *text, struct err *e) {
    struct cash_state *s = ctx;
    int64_t counted = 0;
    enum err_code rc = money_parse(text, &s->currency, &counted, e);
    if (rc == ERR_OK) {
        cash_ask_close(app, s, counted);
    }
    return rc;
}

static unsigned count(struct app *app, struct cash_state *s) {
    size_t notes = 0;
    if (!s->is_open) {
        return refuse(app, _("No shift is open; n opens one"));
    }
    if (cash_denominations(s->currency.code, &notes) != NULL) {
        cash_till_open(app, s);
    } else {
        popup_prompt(app, _("Count the drawer"), _("Counted"), FORM_MONEY, "", total_typed, s);
    }
    return SCREEN_REDRAW;
}

/* --- out as a file */

static const struct table_column export_columns[] = {
    {"shift", TABLE_INT, N_("Cash shift")},
    {"opened_at", TABLE_DATE, N_("Opened")},
    {"opened_by", TABLE_TEXT, N_("By")},
    {"closed_at", TABLE_DATE, N_("Closed")},
    {"opening", TABLE_MONEY, N_("Opening")},
    {"sales", TABLE_MONEY, N_("+ cash sales")},
    {"refunds", TABLE_MONEY, N_("− cash refunds")},
    {"cash_in", TABLE_MONEY, N_("+ cash in")},
    {"cash_out", TABLE_MONEY, N_("− cash out")},
    {"expected", TABLE_MONEY, N_("Expected")},
    {"counted", TABLE_MONEY, N_("Counted")},
    {"difference", TABLE_MONEY, N_("Difference")},
    {"note", TABLE_TEXT, N_("Note")},
};

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct cash_state *s = ctx;
    (void)app;
    (void)e;
    for (size_t i = 0; i < s->shift_count; i++) {
        const struct cash_report *r = &s->shifts[i];
        const int64_t before[] = {r->opening, r->sales, r->refunds, r->cash_in, r->cash_out, r->expected};
        table_number(t, r->shift_id);
        table_text(t, r->opened_at);
        table_text(t, r->opened_by);
        table_text(t, r->closed_at);
        for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
            table_number(t, before[k]);
        }
        if (r->closed) {
            table_number(t, r->counted);
            table_number(t, r->difference);
        } else {
            table_empty(t);
            table_empty(t);
        }
        table_text(t, r->note);
        table_end_row(t);
    }
    return ERR_OK;
}

static const struct export_shown export_what = {N_("cash-shifts"), export_columns,
                                                sizeof export_columns / sizeof *export_columns, export_rows};

unsigned cash_act(struct app *app, void *state, enum action action) {
    struct cash_state *s = state;
    switch (action) {
    case ACTION_CASH_OPEN:
        return open_shift(app, s);
    case ACTION_CASH_IN:
        return move(app, s, _("Cash in"), moved_in);
    case ACTION_CASH_OUT:
        return move(app, s, _("Cash out"), moved_out);
    case ACTION_CASH_COUNT:
        return count(app, s);
    case ACTION_CASH_DAY:
        return ask_day(app, s);
    case ACTION_CASH_PRINT:
        return cash_current(s) == NULL ? SCREEN_IGNORED : print(app, cash_current(s));
    case ACTION_CASH_EXPORT:
        export_ask(app, &s->export, &export_what, s);
        return SCREEN_REDRAW;
    case ACTION_OPEN:
        return open_report(app, s);
    default:
        return SCREEN_IGNORED;
    }
}
