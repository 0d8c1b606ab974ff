#include "tui/screens/settings_plans.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/plan_card.h"
#include "tui/screens/short_list.h"

static const struct list_column columns[] = {
    {N_("Code"), 6, 14, 1, ALIGN_LEFT, false},   {N_("V."), 3, 3, 2, ALIGN_RIGHT, false},
    {N_("State"), 12, 14, 1, ALIGN_LEFT, false}, {N_("Name"), 22, 40, 3, ALIGN_LEFT, false},
    {N_("Holds"), 15, 15, 4, ALIGN_LEFT, false}, {N_("Begins"), 7, 8, 5, ALIGN_LEFT, false},
    {N_("Base"), 7, 15, 8, ALIGN_LEFT, false},   {N_("Reason"), 8, 40, 6, ALIGN_LEFT, false},
};
enum { COLUMN_CODE, COLUMN_VERSION, COLUMN_STATE, COLUMN_NAME, COLUMN_SPAN, COLUMN_START, COLUMN_BASE, COLUMN_REASON };

/* A later version of the same plan that has begun. */
static bool is_replaced(const struct plans_state *s, size_t row) {
    const struct plan *p = &s->plans[row];
    bool same = row + 1 < s->count && strcmp(s->plans[row + 1].code, p->code) == 0;
    return same && (strcmp(s->plans[row + 1].start, s->now) <= 0 || strcmp(s->plans[row + 1].start, p->start) <= 0);
}

const char *plans_state_label(const struct plans_state *s, size_t row) {
    const struct plan *p = &s->plans[row];
    if (!p->active) {
        return _("draft");
    }
    if (is_replaced(s, row)) {
        return _("replaced");
    }
    if (strcmp(p->to, s->now) < 0) {
        return _("ended");
    }
    return strcmp(p->start, s->now) > 0 ? _("to come") : _("in force");
}

static void add_span(const struct plan *p, struct buf *out) {
    char from[MONTH_SIZE + 1], to[MONTH_SIZE + 1];
    buf_addf(out, "%s–%s", plan_month(p->from, from), plan_month(p->to, to));
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct plans_state *s = ctx;
    const struct plan *p = &s->plans[row];
    char month[MONTH_SIZE + 1];
    switch (column) {
    case COLUMN_CODE:
        buf_add(out, p->code);
        *style = STYLE_STRONG;
        break;
    case COLUMN_VERSION:
        buf_addf(out, "%d", p->version);
        break;
    case COLUMN_STATE:
        buf_add(out, plans_state_label(s, row));
        *style = !p->active ? STYLE_WARN : is_replaced(s, row) || strcmp(p->to, s->now) < 0 ? STYLE_DIM : STYLE_GOOD;
        break;
    case COLUMN_NAME:
        buf_add(out, p->name);
        break;
    case COLUMN_SPAN:
        add_span(p, out);
        break;
    case COLUMN_START:
        buf_add(out, plan_month(p->start, month));
        break;
    case COLUMN_BASE:
        buf_add(out, plan_base_label(p->base));
        break;
    default:
        buf_add(out, p->reason);
    }
}

static struct list_source source_of(const struct plans_state *s) {
    return (struct list_source){
        .columns = columns,
        .column_count = sizeof columns / sizeof *columns,
        .ctx = s,
        .cell = cell,
        .empty = _("No commission plan yet: n makes one, i brings one from a file"),
    };
}

const struct plan *plans_current(const struct plans_state *s) {
    return s->list.cursor < s->count ? &s->plans[s->list.cursor] : NULL;
}

/* --- loading */

static void clear_plans(struct plans_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        plan_clear(&s->plans[i]);
    }
    s->count = 0;
}

static enum err_code keep_plan(void *ctx, const struct plan *p, struct err *e) {
    struct plans_state *s = ctx;
    (void)e;
    s->plans = mem_grow(s->plans, s->count, &s->capacity, sizeof *s->plans);
    struct plan *kept = &s->plans[s->count++];
    *kept = *p;
    kept->code = mem_strdup(p->code);
    kept->name = mem_strdup(p->name);
    kept->reason = mem_strdup(p->reason);
    return ERR_OK;
}

static void find_place(struct plans_state *s) {
    for (size_t i = 0; i < s->count && s->go_to != NULL; i++) {
        bool newest = i + 1 == s->count || strcmp(s->plans[i].code, s->plans[i + 1].code) != 0;
        if (newest && strcmp(s->plans[i].code, s->go_to) == 0) {
            list_go(&s->list, i);
        }
    }
    free(s->go_to);
    s->go_to = NULL;
}

static enum err_code use_of(struct app *app, const struct plan *p, struct card *card, struct err *e) {
    enum plan_use use = PLAN_FREE;
    char month[MONTH_SIZE] = "", shown[MONTH_SIZE + 1];
    enum err_code rc = plan_used(app_shop(app), p->code, &use, month, e);
    if (rc == ERR_OK && use == PLAN_FREE) {
        card_text(card, STYLE_WARN, _("A draft: e changes it, a puts it in force."));
    } else if (rc == ERR_OK && month[0] != '\0') {
        char *text =
            mem_printf(_("Read-only: months up to %s were computed with it. v makes a new version of it, from a "
                         "month on and with a reason."),
                       plan_month(month, shown));
        card_text(card, STYLE_DIM, text);
        free(text);
    } else if (rc == ERR_OK) {
        card_text(card, STYLE_DIM,
                  _("Read-only: it is in force. v makes a new version of it, from a month on and with a reason."));
    }
    return rc;
}

enum err_code plans_card(struct app *app, const struct plans_state *s, size_t row, struct card *card, struct err *e) {
    struct plan p;
    char month[MONTH_SIZE + 1];
    enum err_code rc = plan_get_version(app_shop(app), s->plans[row].version_id, &p, e);
    if (rc == ERR_OK) {
        rc = use_of(app, &p, card, e);
    }
    if (rc == ERR_OK) {
        card_fact(card, _("State"), plans_state_label(s, row));
        if (p.version > 1) {
            card_fact(card, _("Begins"), plan_month(p.start, month));
            card_fact(card, _("Reason"), p.reason);
        }
        plan_card_terms(card, &p, &s->currency);
        card_rule(card, _("So much is paid for a month of"));
        plan_card_examples(card, &p, &s->currency);
    }
    plan_clear(&p);
    return rc;
}

static enum err_code load_card(struct app *app, struct plans_state *s, struct err *e) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    card_reset(&s->card);
    return width < CARD_FROM_WIDTH || plans_current(s) == NULL ? ERR_OK
                                                               : plans_card(app, s, s->list.cursor, &s->card, e);
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct plans_state *s = state;
    snprintf(s->now, sizeof s->now, "%.7s", app_now(app));
    s->currency = *shop_currency(app_shop(app));
    clear_plans(s);
    enum err_code rc = plan_list(app_shop(app), keep_plan, s, e);
    short_list_loaded(app, &s->list, s->count, 0);
    find_place(s);
    return rc == ERR_OK ? load_card(app, s, e) : rc;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct plans_state *s = state;
    (void)app;
    if (argument != NULL) {
        free(s->go_to);
        s->go_to = mem_strdup(argument);
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct plans_state *s = state;
    struct list_source source = source_of(s);
    struct err e = ERR_INIT;
    if (short_list_handle(&s->list, &source, action, key) != SCREEN_IGNORED) {
        return load_card(app, s, &e) == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
    }
    return plans_act(app, s, action);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct plans_state *s = state;
    struct list_source source = source_of(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    struct canvas list = canvas_view(c, 0, 0, list_width, c->height);
    (void)app;
    list_paint(&s->list, &source, &list, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, 0, CARD_WIDTH, c->height);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static void clear(void *state) {
    struct plans_state *s = state;
    clear_plans(s);
    free(s->plans);
    free(s->go_to);
    free(s->acting_on);
    card_clear(&s->card);
    plan_try_clear(&s->trying);
    plan_import_clear(&s->importing);
    list_clear(&s->list);
}

const struct screen_ops screen_plans = {
    .name = "plans",
    .title = N_("Commission plans"),
    .context = CONTEXT_PLANS,
    .state_size = sizeof(struct plans_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_PLANS,
};
