/* Comparing and trying the plan that is being typed. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/group.h"
#include "tui/popup.h"
#include "tui/screens/plan_card.h"
#include "tui/screens/plan_page.h"

bool plan_page_read_all(struct app *app, struct plan_page *s, struct plan *p) {
    struct err e = ERR_INIT;
    int column = -1;
    *p = (struct plan){0};
    if (!plan_page_check(app, s, true)) {
        err_set(&e, ERR_INVALID, _("Not yet: see what is marked"));
        app_error(app, &e);
        return false;
    }
    if (plan_page_read(app_shop(app), s, true, p, &column, &e) != ERR_OK) {
        app_error(app, &e);
        return false;
    }
    return true;
}

/* --- what differs */

/* What holds before the plan that is typed: the version that a new one follows, the draft as it is kept, the plan
 * before a new plan. */
static enum err_code find_before(struct app *app, const struct plan_page *s, const struct plan *p, struct plan *before,
                                 struct err *e) {
    return s->code != NULL ? plan_get(app_shop(app), s->code, before, e) : plan_before(app_shop(app), p, before, e);
}

static bool changes_card(struct app *app, struct plan_page *s, struct card *card) {
    struct plan p;
    struct plan before = {0};
    struct err none = ERR_INIT;
    bool ok = plan_page_read_all(app, s, &p);
    if (ok && find_before(app, s, &p, &before, &none) == ERR_OK) {
        char *title = mem_printf(s->code != NULL ? _("%s@%d → as typed") : _("Plan %s@%d → as typed"), before.code,
                                 before.version);
        card_rule(card, title);
        free(title);
        if (plan_card_changes(card, &before, &p, &s->currency) == 0) {
            card_text(card, STYLE_DIM, _("The terms are the same."));
        }
    } else if (ok) {
        card_text(card, STYLE_DIM, _("No plan held before it."));
    }
    plan_clear(&before);
    plan_clear(&p);
    return ok;
}

static unsigned confirmed(struct app *app, void *ctx, enum action action) {
    return action == ACTION_PLAN_SAVE ? plan_page_save(app, ctx) : SCREEN_REDRAW;
}

static unsigned show_changes(struct app *app, struct plan_page *s, bool to_save) {
    struct card card = {0};
    if (!changes_card(app, s, &card)) {
        card_clear(&card);
        return SCREEN_REDRAW;
    }
    char *title = to_save ? mem_printf(_("New version of plan %s?"), s->code) : mem_strdup(_("What changes"));
    if (to_save) {
        card_text(&card, STYLE_STRONG,
                  _("It holds at once and cannot be changed any more. F9 keeps it; Esc goes back to typing."));
    }
    card_popup(app, title, &card, CONTEXT_PLAN, confirmed, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- trying */

static unsigned try_it(struct app *app, struct plan_page *s) {
    struct plan p;
    char month[MONTH_SIZE] = "";
    if (plan_page_read_all(app, s, &p)) {
        memcpy(month, app_now(app), MONTH_SIZE - 1);
        month_add(month, -1, month);
        plan_try_ask_for(app, &s->trying, &p, month, month);
    }
    plan_clear(&p);
    return SCREEN_REDRAW;
}

/* --- rows and groups */

struct groups {
    struct pick_rows *rows;
    const char *query;
};

static enum err_code add_group(void *ctx, const struct group_row *r, struct err *e) {
    struct groups *g = ctx;
    (void)e;
    if (text_contains_folded(r->path, g->query)) {
        pick_add(g->rows, r->path, "", r->path, r->id);
    }
    return ERR_OK;
}

static void find_groups(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct groups g = {rows, query};
    (void)ctx;
    group_list(app_shop(app), add_group, &g, NULL);
}

static void group_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct plan_page *s = ctx;
    struct grid *g = &s->grids[PAGE_GROUPS];
    s->part = PAGE_GROUPS + 1;
    grid_type(g, row->ref);
    plan_page_check(app, s, false);
}

static unsigned new_row(struct app *app, struct plan_page *s) {
    struct grid *g = s->part == 0 ? NULL : &s->grids[s->part - 1];
    bool there = g != NULL && g->row == grid_count(g);
    s->part = g == NULL || (there && s->part == PAGE_GRIDS) ? 1 : there ? s->part + 1 : s->part;
    grid_go_end(&s->grids[s->part - 1]);
    plan_page_check(app, s, false);
    return SCREEN_REDRAW;
}

static unsigned drop_row(struct app *app, struct plan_page *s) {
    if (s->part > 0) {
        grid_remove(&s->grids[s->part - 1]);
        plan_page_check(app, s, false);
    }
    return SCREEN_REDRAW;
}

unsigned plan_page_act(struct app *app, struct plan_page *s, enum action action) {
    switch (action) {
    case ACTION_PLAN_SAVE:
        return s->version ? show_changes(app, s, true) : plan_page_save(app, s);
    case ACTION_PLAN_DIFF:
        return show_changes(app, s, false);
    case ACTION_PLAN_TRY:
        return try_it(app, s);
    case ACTION_PLAN_GROUP:
        popup_pick(app, _("Product group"), find_groups, group_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_PLAN_ROW:
        return new_row(app, s);
    case ACTION_PLAN_DROP:
        return drop_row(app, s);
    default:
        return SCREEN_IGNORED;
    }
}
