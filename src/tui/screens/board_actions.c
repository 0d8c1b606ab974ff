/* What can be done with the deal under the cursor, or on its page. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"
#include "tui/screens/board_deal.h"

/* --- the log and what comes next */

struct contact {
    int64_t deal_id;
    const char *kind, *text, *next_text;
    char next_on[DATE_SIZE];
    bool plans;
};

static const char *const log_kinds[] = {"call", "message", "email", "visit", "note"};

static enum err_code log_and_plan(struct shop *shop, void *ctx, struct err *e) {
    const struct contact *c = ctx;
    enum err_code rc = c->text[0] == '\0' ? ERR_OK : deal_log(shop, c->deal_id, c->kind, c->text, e);
    return rc == ERR_OK && c->plans ? deal_plan(shop, c->deal_id, c->next_on, c->next_text, e) : rc;
}

static enum err_code contacted(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    struct contact c = {.deal_id = s->deal_id, .kind = log_kinds[form_choice(form, "kind")]};
    enum err_code rc = form_date(form, "next_on", c.next_on, e);
    char *text = mem_strdup(form_text(form, "text"));
    char *next = mem_strdup(form_text(form, "next_text"));
    c.text = text;
    c.next_text = next;
    c.plans = c.next_on[0] != '\0' || next[0] != '\0';
    if (rc == ERR_OK && c.plans && c.next_on[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "next_on", _("When? A plan needs its day"));
    }
    if (rc == ERR_OK) {
        rc = shop_transact(app_shop(app), log_and_plan, &c, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Noted"));
        app_reload(app);
    }
    free(text);
    free(next);
    return rc;
}

static unsigned log_contact(struct app *app, struct board_state *s) {
    static const char *const choices[] = {N_("call"), N_("message"), N_("email"), N_("visit"), N_("note"), NULL};
    static const struct form_field fields[] = {
        {"kind", N_("Kind"), FORM_CHOICE, 0, false, choices, NULL},
        {"text", N_("What was said"), FORM_TEXT, 44, true, NULL, NULL},
        {"next_on", N_("Next on"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy; may stay empty")},
        {"next_text", N_("Next is to"), FORM_TEXT, 44, false, NULL, NULL},
    };
    char *title = mem_printf(_("Contact about %s"), s->before.title);
    struct form *form = form_new(fields, 4, NULL);
    form_focus(form, "text");
    popup_form(app, title, form, contacted, s);
    free(title);
    return SCREEN_REDRAW;
}

struct plan {
    int64_t deal_id;
    char *on, *text;
};

static enum err_code unplan(struct app *app, void *ctx, struct err *e) {
    const struct plan *p = ctx;
    return deal_plan(app_shop(app), p->deal_id, p->on, p->text, e);
}

static void plan_free(void *ctx) {
    struct plan *p = ctx;
    free(p->on);
    free(p->text);
    free(p);
}

static enum err_code planned(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    char on[DATE_SIZE];
    enum err_code rc = form_date(form, "next_on", on, e);
    if (rc == ERR_OK) {
        rc = deal_plan(app_shop(app), s->deal_id, on, on[0] == '\0' ? "" : form_text(form, "next_text"), e);
    }
    if (rc == ERR_OK) {
        struct plan *p = mem_alloc(sizeof *p);
        *p = (struct plan){s->deal_id, mem_strdup(s->before.next_on), mem_strdup(s->before.next_text)};
        app_set_undo(app, _("the plan"), unplan, p, plan_free);
        app_status(app, on[0] == '\0' ? _("Nothing is planned now") : _("Planned; u takes it back"));
        app_reload(app);
    }
    return rc;
}

static enum err_code fill_plan(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct board_state *s = ctx;
    enum err_code rc = board_read(app, s, id, e);
    if (rc == ERR_OK) {
        form_set_text(form, "next_text", s->before.next_text);
        form_set_date(form, "next_on", s->before.next_on);
    }
    return rc;
}

static unsigned plan(struct app *app, struct board_state *s) {
    static const struct form_field fields[] = {
        {"next_text", N_("Next is to"), FORM_TEXT, 44, false, NULL, N_("call, visit, send the quotation…")},
        {"next_on", N_("On"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy; empty: nothing planned")},
    };
    char *title = mem_printf(_("Next for %s"), s->before.title);
    char *entity = mem_printf("deal %s", s->before.deal_no);
    popup_edit(app, title, form_new(fields, 2, NULL),
               &(struct popup_record){.entity = entity, .id = s->deal_id, .fill = fill_plan, .save = planned}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

/* --- whose it is */

struct assignment {
    int64_t deal_id, staff_id;
};

static enum err_code unassign(struct app *app, void *ctx, struct err *e) {
    const struct assignment *a = ctx;
    return deal_assign(app_shop(app), a->deal_id, a->staff_id, e);
}

static void remember_rep(struct app *app, const struct board_state *s) {
    struct assignment *a = mem_zalloc(sizeof *a);
    char *what = mem_printf(_("the rep of %s"), s->before.title);
    a->deal_id = s->deal_id;
    if (s->before.rep == NULL || s->before.rep[0] == '\0' ||
        staff_find(app_shop(app), s->before.rep, &a->staff_id, NULL) == ERR_OK) {
        app_set_undo(app, what, unassign, a, free);
    } else {
        free(a);
    }
    free(what);
}

static enum err_code assigned(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    struct staff p = {0};
    int64_t id = 0;
    enum err_code rc = form_is_empty(form, "rep") ? ERR_OK : staff_find(app_shop(app), form_text(form, "rep"), &id, e);
    rc = rc == ERR_OK && id != 0 ? staff_get(app_shop(app), id, &p, e) : rc;
    rc = rc == ERR_OK ? deal_assign(app_shop(app), s->deal_id, id, e) : rc;
    if (rc == ERR_OK) {
        remember_rep(app, s);
        app_status(app, _("%s goes to %s; u takes it back"), s->before.title, id == 0 ? _("nobody") : p.name);
        app_reload(app);
    }
    staff_clear(&p);
    return rc;
}

static enum err_code fill_rep(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct board_state *s = ctx;
    enum err_code rc = board_read(app, s, id, e);
    if (rc == ERR_OK) {
        form_set_text(form, "rep", s->before.rep);
    }
    return rc;
}

static char *assign_title(const struct board_state *s) {
    return mem_printf(_("Who gets %s?"), s->before.title);
}

static void rep_picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    char *title = assign_title(s);
    form_set_text(popup_edit_form(s->begun), "rep", row->ref);
    popup_edit_finish(app, title, &s->begun);
    free(title);
}

static unsigned assign(struct app *app, struct board_state *s) {
    static const struct form_field field = {"rep", N_("Rep"), FORM_TEXT, 20, false, NULL, N_("staff code or name")};
    char *title = assign_title(s);
    char *entity = mem_printf("deal %s", s->before.deal_no);
    popup_edit_drop(&s->begun);
    s->begun = popup_edit_begin(
        app, form_new(&field, 1, NULL),
        &(struct popup_record){.entity = entity, .id = s->deal_id, .fill = fill_rep, .save = assigned}, s);
    if (s->begun != NULL) {
        popup_pick(app, title, board_find_reps_or_nobody, rep_picked, s);
    }
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

/* --- keys */

void board_guard_undo(struct app *app, const struct board_state *s) {
    char *entity = mem_printf("deal %s", s->before.deal_no);
    app_guard_undo(app, entity);
    free(entity);
}

int64_t board_deal_id(const struct board_state *s) {
    const struct board_card *card = s->page == BOARD_DEAL ? NULL : board_card(s);
    return s->page == BOARD_DEAL ? s->page_id : card == NULL ? 0 : card->id;
}

static unsigned act_on(struct app *app, struct board_state *s, enum action action) {
    struct err e = ERR_INIT;
    s->deal_id = board_deal_id(s);
    deal_clear(&s->before);
    if (deal_get(app_shop(app), s->deal_id, &s->before, &e) != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    switch (action) {
    case ACTION_BOARD_LEFT:
        return board_move(app, s, -1);
    case ACTION_BOARD_RIGHT:
        return board_move(app, s, 1);
    case ACTION_BOARD_EDIT:
        return board_form(app, s, false);
    case ACTION_BOARD_QUALIFY:
        return board_qualify(app, s);
    case ACTION_BOARD_LOG:
        return log_contact(app, s);
    case ACTION_BOARD_PLAN:
        return plan(app, s);
    case ACTION_BOARD_WON:
        return board_ask_won(app, s);
    case ACTION_BOARD_LOST:
        return board_ask_lost(app, s);
    case ACTION_BOARD_ASSIGN:
        return assign(app, s);
    case ACTION_BOARD_TWINS:
        return board_duplicates(app, s);
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned change_page(struct board_state *s, enum board_page page) {
    s->page = s->page == page ? BOARD_STAGES : page;
    if (s->page == BOARD_STAGES || s->page == BOARD_FORECAST) {
        board_columns_clear(s);
    }
    s->moved = false;
    return SCREEN_RELOAD;
}

static unsigned open_current(struct app *app, struct board_state *s) {
    const struct board_column *column = board_column(s);
    const struct board_card *card = board_card(s);
    if (column != NULL && column->folded) {
        return board_fold(app, s);
    }
    if (card == NULL) {
        return SCREEN_REDRAW;
    }
    board_deal_open(s, card->id);
    return SCREEN_RELOAD;
}

static unsigned act_on_some(struct app *app, struct board_state *s, enum action action) {
    switch (action) {
    case ACTION_BOARD_LEFT:
    case ACTION_BOARD_RIGHT:
    case ACTION_BOARD_EDIT:
    case ACTION_BOARD_QUALIFY:
    case ACTION_BOARD_LOG:
    case ACTION_BOARD_PLAN:
    case ACTION_BOARD_WON:
    case ACTION_BOARD_LOST:
    case ACTION_BOARD_ASSIGN:
    case ACTION_BOARD_TWINS:
        break;
    default:
        return SCREEN_IGNORED;
    }
    if (board_deal_id(s) == 0) {
        app_status(app, _("There is no deal under the cursor; n makes a new one"));
        return SCREEN_REDRAW;
    }
    return act_on(app, s, action);
}

unsigned board_act(struct app *app, struct board_state *s, enum action action) {
    switch (action) {
    case ACTION_OPEN:
        return open_current(app, s);
    case ACTION_BACK:
        return s->page == BOARD_FORECAST ? change_page(s, BOARD_STAGES) : board_clear_search(app, s);
    case ACTION_BOARD_NEW:
        return board_form(app, s, true);
    case ACTION_BOARD_FORECAST:
        return change_page(s, BOARD_FORECAST);
    case ACTION_BOARD_FIGURES:
        return change_page(s, BOARD_FIGURES);
    case ACTION_BOARD_VIEW:
        return board_ask_view(app, s);
    case ACTION_BOARD_MINE:
        return board_toggle_mine(app, s);
    case ACTION_BOARD_ROTTING:
        return board_toggle_rotting(app, s);
    case ACTION_BOARD_EXPORT:
        return board_export(app, s);
    case ACTION_BOARD_ALL_TWINS:
        return board_all_duplicates(app, s);
    default:
        return act_on_some(app, s, action);
    }
}
