/* What can be done with the customer under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/customers.h"

static unsigned open_profile(struct app *app, struct customers_state *s, const struct customers_item *c) {
    struct card card = {0};
    struct err e = ERR_INIT;
    if (customers_card(app, c->id, &card, &e) != ERR_OK) {
        card_clear(&card);
        return app_error(app, &e);
    }
    card_popup(app, c->name, &card, CONTEXT_CUSTOMERS, customers_act, s);
    return SCREEN_REDRAW;
}

/* --- the log */

static const char *const log_kinds[] = {"call", "message", "email", "visit", "note"};

static enum err_code logged(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct customers_state *s = ctx;
    enum err_code rc =
        customer_log(app_shop(app), s->keep, log_kinds[form_choice(form, "kind")], form_text(form, "text"), e);
    if (rc == ERR_OK) {
        app_status(app, _("Noted"));
        app_reload(app);
    }
    return rc;
}

static unsigned log_contact(struct app *app, struct customers_state *s, const struct customers_item *c) {
    static const char *const choices[] = {N_("call"), N_("message"), N_("email"), N_("visit"), N_("note"), NULL};
    static const struct form_field fields[] = {
        {"kind", N_("Kind"), FORM_CHOICE, 0, false, choices, NULL},
        {"text", N_("What was said"), FORM_TEXT, 48, true, NULL, NULL},
    };
    char *title = mem_printf(_("Contact with %s"), c->name);
    struct form *form = form_new(fields, 2, NULL);
    form_focus(form, "text");
    s->keep = c->id;
    popup_form(app, title, form, logged, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- privacy */

static void erase(struct app *app, void *ctx) {
    struct customers_state *s = ctx;
    struct err e = ERR_INIT;
    if (customer_erase(app_shop(app), s->keep, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    app_set_undo(app, "", NULL, NULL, NULL);
    list_unmark_all(&s->b.list);
    app_status(app, _("Erased; their orders stay without a name. Backups made before still hold it"));
    app_reload(app);
}

static unsigned ask_erase(struct app *app, struct customers_state *s, const struct customers_item *c) {
    char *question = mem_printf(_("Erase %s %s for good? Name, phones, address, notes and log go; the orders stay "
                                  "without a name. Backups made before keep theirs. This cannot be taken back."),
                                c->code, c->name);
    s->keep = c->id;
    popup_ask(app, question, _("Erase"), erase, s);
    free(question);
    return SCREEN_REDRAW;
}

static unsigned sell(struct app *app, const struct customers_item *c) {
    char *first = mem_strndup(c->phones, strcspn(c->phones, ";"));
    if (!app_go(app, "sell", first[0] == '\0' ? c->code : first)) {
        app_status(app, _("There is no screen to sell on"));
    }
    free(first);
    return SCREEN_REDRAW;
}

/* --- out as a file */

static enum err_code export_row(void *ctx, const struct customer *c, const struct customer_figures *f, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, c->code);
    table_text(t, c->name);
    table_text(t, c->phones);
    table_text(t, c->segment);
    table_text(t, c->province);
    table_number(t, f->due);
    table_number(t, f->orders);
    table_number(t, f->revenue);
    table_text(t, f->last_order);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    struct customer_filter f = customers_filter(ctx);
    return customer_list(app_shop(app), &f, export_row, t, e);
}

static const struct table_column export_columns[] = {
    {"code", TABLE_TEXT, N_("Code")},
    {"name", TABLE_TEXT, N_("Name")},
    {"phone", TABLE_PHONE, N_("Phone")},
    {"segment", TABLE_TEXT, N_("Segment")},
    {"province", TABLE_TEXT, N_("Province")},
    {"due", TABLE_MONEY, N_("Debt")},
    {"orders", TABLE_INT, N_("Orders")},
    {"revenue", TABLE_MONEY, N_("Revenue")},
    {"last_order", TABLE_DATE, N_("Last order")},
};
static const struct export_shown export_what = {N_("customers"), export_columns,
                                                sizeof export_columns / sizeof *export_columns, export_rows};

static unsigned act_on(struct app *app, struct customers_state *s, enum action action, const struct customers_item *c) {
    switch (action) {
    case ACTION_OPEN:
        return open_profile(app, s, c);
    case ACTION_CUSTOMERS_EDIT:
        return customers_form(app, s, c->id);
    case ACTION_CUSTOMERS_LOG:
        return log_contact(app, s, c);
    case ACTION_CUSTOMERS_MERGE:
        return customers_merge_marked(app, s);
    case ACTION_CUSTOMERS_SELL:
        return sell(app, c);
    case ACTION_CUSTOMERS_ERASE:
        return ask_erase(app, s, c);
    default:
        return SCREEN_IGNORED;
    }
}

unsigned customers_act(struct app *app, void *state, enum action action) {
    struct customers_state *s = state;
    const struct customers_item *c = customers_current(s);
    switch (action) {
    case ACTION_CUSTOMERS_NEW:
        return customers_form(app, s, 0);
    case ACTION_CUSTOMERS_DUPLICATES:
        return customers_duplicates(app, s);
    case ACTION_CUSTOMERS_EXPORT:
        export_ask(app, &s->export, &export_what, s);
        return SCREEN_REDRAW;
    default:
        return c == NULL ? SCREEN_IGNORED : act_on(app, s, action, c);
    }
}
