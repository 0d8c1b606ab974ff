/* Saving the plan that is being typed: also when somebody else has changed the same draft meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/figure.h"
#include "tui/popup.h"
#include "tui/screens/plan_card.h"
#include "tui/screens/plan_page.h"

struct saving {
    struct plan_page *page;
    struct plan *plan;
    const struct plan_saving *how;
    bool changed; /* by somebody else, since it was opened */
};

static enum err_code save_unless_changed(struct shop *shop, void *ctx, struct err *e) {
    struct saving *s = ctx;
    struct plan now = {0};
    enum err_code rc = ERR_OK;
    s->changed = false;
    if (s->page->seen.code != NULL) {
        rc = plan_get(shop, s->page->seen.code, &now, e);
        s->changed = rc == ERR_OK && !plan_same(&now, &s->page->seen);
    }
    if (s->changed) {
        rc = edit_last_change(shop, &s->page->edit, e);
        rc = rc == ERR_OK ? err_set(e, ERR_CONFLICT, _("Somebody else changed this draft meanwhile")) : rc;
    }
    plan_clear(&now);
    return rc == ERR_OK ? plan_save(shop, s->plan, s->how, NULL, e) : rc;
}

static void saved(struct app *app, struct plan_page *s, const struct plan *p, const char *start) {
    char *code = mem_strdup(p->code);
    char shown[MONTH_SIZE + 1];
    bool version = s->version;
    plan_page_clear(s);
    app_go(app, "plans", code);
    if (version) {
        app_status(app, _("Version %d of plan %s holds from %s"), p->version, code, plan_month(start, shown));
    } else {
        app_status(app, _("Draft %s is kept; a puts it in force"), code);
    }
    free(code);
}

static void ask(struct app *app, struct plan_page *s);

/* --- two people at one draft */

static void show_theirs(struct app *app, struct plan_page *s) {
    struct err e = ERR_INIT;
    struct plan now = {0};
    struct card card = {0};
    if (plan_get(app_shop(app), s->seen.code, &now, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        if (plan_card_changes(&card, &s->seen, &now, &s->currency) == 0) {
            card_text(&card, STYLE_DIM, _("The terms are the same."));
        }
        ask(app, s); /* under it */
        card_popup(app, _("What they changed"), &card, CONTEXT_PLAN, NULL, s);
    }
    plan_clear(&now);
}

/* Mine takes the place of what is there now; a third change is noticed again. */
static void keep_mine(struct app *app, struct plan_page *s) {
    struct err e = ERR_INIT;
    struct plan now = {0};
    if (plan_get(app_shop(app), s->seen.code, &now, &e) != ERR_OK) {
        app_error(app, &e);
        plan_clear(&now);
        return;
    }
    plan_clear(&s->seen);
    s->seen = now;
    edit_rebase(app_shop(app), &s->edit);
    plan_page_save(app, s);
}

static void take_theirs(struct app *app, struct plan_page *s) {
    struct err e = ERR_INIT;
    char *what = mem_strdup(s->what);
    if (plan_page_begin(app, s, what, &e) != ERR_OK) {
        app_error(app, &e);
    }
    free(what);
    app_reload(app);
}

static void chosen(struct app *app, void *ctx, int index) {
    void (*const deeds[])(struct app *, struct plan_page *) = {show_theirs, keep_mine, take_theirs};
    deeds[index](app, ctx);
}

static void ask(struct app *app, struct plan_page *s) {
    const char *const labels[] = {_("See what they changed"), _("Keep mine in its place"),
                                  _("Take theirs, throw mine away")};
    char when[FIGURE_MAX];
    char *title =
        mem_printf(_("%s changed this draft at %s"), s->edit.who[0] == '\0' ? _("Somebody else") : s->edit.who,
                   s->edit.at[0] == '\0' ? "?" : figure_date_time(s->edit.at, when));
    popup_choose(app, title, labels, 3, 0, chosen, s);
    free(title);
}

unsigned plan_page_save(struct app *app, struct plan_page *s) {
    struct plan p;
    struct err e = ERR_INIT;
    if (!plan_page_read_all(app, s, &p)) {
        plan_clear(&p);
        return SCREEN_REDRAW;
    }
    char start[MONTH_SIZE];
    memcpy(start, p.start, MONTH_SIZE);
    const struct plan_saving how = {
        .start = s->version ? start : NULL, .reason = p.reason, .was = s->version ? NULL : s->code};
    struct saving saving = {s, &p, &how, false};
    enum err_code rc = shop_transact(app_shop(app), save_unless_changed, &saving, &e);
    if (rc == ERR_OK) {
        saved(app, s, &p, start);
    } else if (saving.changed) {
        ask(app, s);
    } else {
        app_error(app, &e);
    }
    plan_clear(&p);
    return SCREEN_REDRAW;
}
