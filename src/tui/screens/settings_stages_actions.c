/* Changing the stages of the pipeline. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "tui/popup.h"
#include "tui/screens/board_deal.h"
#include "tui/screens/settings_stages.h"

static const char *const kinds[] = {N_("open"), N_("won"), N_("lost"), NULL};
static const struct form_field fields[] = {
    {"name", N_("Name"), FORM_TEXT, 30, true, NULL, NULL},
    {"kind", N_("Kind"), FORM_CHOICE, 0, false, kinds, NULL},
    {"probability_pct", N_("Odds %"), FORM_RATE, 8, false, NULL, N_("of a deal that comes here")},
    {"idle_days", N_("Idle days"), FORM_QTY, 8, false, NULL, N_("untouched for longer, it rots; empty: never")},
    {"fold", N_("Folded"), FORM_BOOL, 0, false, NULL, N_("one line at the foot of the board")},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* --- adding and changing */

static enum err_code read_form(const struct form *form, struct stage *out, struct err *e) {
    int64_t days = 0;
    enum err_code rc = form_rate(form, "probability_pct", &out->probability_bps, e);
    if (rc == ERR_OK) {
        rc = form_qty(form, "idle_days", &days, e);
    }
    if (rc == ERR_OK && (days < 0 || days % QTY_ONE != 0 || days > 9999 * QTY_ONE)) {
        rc = err_set_field(e, ERR_INVALID, "idle_days", _("Give a whole number of days"));
    }
    out->name = mem_strdup(form_text(form, "name"));
    out->kind = (enum stage_kind)form_choice(form, "kind");
    out->idle_days = rc == ERR_OK ? (int)(days / QTY_ONE) : 0;
    out->fold = form_bool(form, "fold");
    return rc;
}

static const struct stage *find(const struct settings_stages_state *s, int64_t id) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->stages[i].id == id) {
            return &s->stages[i];
        }
    }
    return NULL;
}

static unsigned changed_fields(const struct stage *a, const struct stage *b) {
    return (strcmp(a->name, b->name) != 0 ? STAGE_NAME : 0u) | (a->kind != b->kind ? STAGE_KIND : 0u) |
           (a->probability_bps != b->probability_bps ? STAGE_PROBABILITY : 0u) |
           (a->idle_days != b->idle_days ? STAGE_IDLE_DAYS : 0u) | (a->fold != b->fold ? STAGE_FOLD : 0u);
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct settings_stages_state *s = ctx;
    const struct stage *before = find(s, s->acting_on);
    struct stage stage = {.pipeline_id = s->pipeline_id};
    int64_t id = s->acting_on;
    enum err_code rc = read_form(form, &stage, e);
    if (rc == ERR_OK && before == NULL) {
        rc = stage_add(app_shop(app), &stage, 0, &id, e);
    } else if (rc == ERR_OK && changed_fields(&stage, before) != 0) {
        rc = stage_edit(app_shop(app), id, &stage, changed_fields(&stage, before), e);
    }
    if (rc == ERR_OK) {
        app_status(app, before == NULL ? _("Added %s") : _("Saved %s"), stage.name);
        s->go_to = id;
        app_reload(app);
    }
    stage_clear(&stage);
    return rc;
}

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct stage stage = {0};
    (void)ctx;
    enum err_code rc = stage_get(app_shop(app), id, &stage, e);
    if (rc == ERR_OK) {
        form_set_text(form, "name", stage.name);
        form_set_choice(form, "kind", (int)stage.kind);
        form_set_rate(form, "probability_pct", stage.probability_bps);
        form_set_bool(form, "fold", stage.fold);
        if (stage.idle_days > 0) {
            form_set_qty(form, "idle_days", stage.idle_days * QTY_ONE);
        }
    }
    stage_clear(&stage);
    return rc;
}

static unsigned ask_stage(struct app *app, struct settings_stages_state *s, const struct stage *stage) {
    struct form *form = form_new(fields, FIELDS, NULL);
    s->acting_on = stage == NULL ? 0 : stage->id;
    if (stage == NULL) {
        popup_form(app, _("New stage"), form, saved, s);
    } else {
        popup_edit(app, stage->name, form, &(struct popup_record){"stages", stage->id, fill_form, saved, false}, s);
    }
    return SCREEN_REDRAW;
}

/* --- what it requires */

static enum err_code needs_given(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct settings_stages_state *s = ctx;
    struct stage stage = {.required = 0};
    for (int i = 0; i < SETTINGS_NEEDS; i++) {
        if (form_bool(form, s->needs[i].name)) {
            stage.required |= 1u << i;
        }
    }
    enum err_code rc = stage_edit(app_shop(app), s->acting_on, &stage, STAGE_REQUIRED, e);
    if (rc == ERR_OK) {
        app_status(app, _("Saved; it holds for moves from now on"));
        app_reload(app);
    }
    return rc;
}

static enum err_code fill_needs(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    const struct settings_stages_state *s = ctx;
    struct stage stage = {0};
    enum err_code rc = stage_get(app_shop(app), id, &stage, e);
    for (int i = 0; i < SETTINGS_NEEDS; i++) {
        form_set_bool(form, s->needs[i].name, (stage.required & 1u << i) != 0);
    }
    stage_clear(&stage);
    return rc;
}

static unsigned ask_needs(struct app *app, struct settings_stages_state *s, const struct stage *stage) {
    for (int i = 0; i < SETTINGS_NEEDS; i++) {
        enum deal_need need = (enum deal_need)(1u << i);
        s->needs[i] =
            (struct form_field){.name = deal_need_code(need), .label = deal_need_label(need), .kind = FORM_BOOL};
    }
    char *title = mem_printf(_("%s requires"), stage->name);
    s->acting_on = stage->id;
    popup_edit(app, title, form_new(s->needs, SETTINGS_NEEDS, NULL),
               &(struct popup_record){"stages", stage->id, fill_needs, needs_given, false}, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- order */

static unsigned reorder(struct app *app, struct settings_stages_state *s, const struct stage *stage, int step) {
    struct err e = ERR_INIT;
    struct stage to = {.position = stage->position + step};
    if (to.position < 1 || to.position > (int)s->count) {
        return SCREEN_REDRAW;
    }
    s->go_to = stage->id;
    if (stage_edit(app_shop(app), stage->id, &to, STAGE_POSITION, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    return SCREEN_RELOAD;
}

/* --- removing */

static void remove_it(struct app *app, struct settings_stages_state *s) {
    struct err e = ERR_INIT;
    if (stage_remove(app_shop(app), s->acting_on, s->to, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    app_status(app, _("The stage is gone; its history stays"));
    app_reload(app);
}

static void target_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct settings_stages_state *s = ctx;
    s->to = row->id;
    remove_it(app, s);
}

static void find_targets(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct settings_stages_state *s = ctx;
    const struct stage *gone = find(s, s->acting_on);
    (void)app;
    for (size_t i = 0; gone != NULL && i < s->count; i++) {
        const struct stage *other = &s->stages[i];
        if (other != gone && other->kind == gone->kind && text_contains_folded(other->name, query)) {
            pick_add(rows, other->name, "", "", other->id);
        }
    }
}

/* Where its deals go is asked even when there are none: it is the question that makes one think. */
static unsigned ask_remove(struct app *app, struct settings_stages_state *s, const struct stage *stage) {
    char *title = mem_printf(_("Remove %s: its deals go to"), stage->name);
    s->acting_on = stage->id;
    popup_pick(app, title, find_targets, target_chosen, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- reasons for a loss */

struct reasons {
    struct pick_rows *rows;
    const char *query;
    bool same;
};

static enum err_code add_reason(void *ctx, int64_t id, const char *name, struct err *e) {
    struct reasons *r = ctx;
    (void)e;
    r->same = r->same || text_equal_folded(name, r->query);
    if (text_contains_folded(name, r->query)) {
        pick_add(r->rows, name, _("Enter removes it"), name, id);
    }
    return ERR_OK;
}

static void find_reasons(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct reasons r = {rows, query, *query == '\0'};
    (void)ctx;
    reason_list(app_shop(app), add_reason, &r, NULL);
    if (!r.same) {
        pick_add(rows, query, _("Enter adds it"), query, 0);
    }
}

static void remove_reason(struct app *app, void *ctx) {
    struct settings_stages_state *s = ctx;
    struct err e = ERR_INIT;
    if (reason_remove(app_shop(app), s->reason_name, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    app_status(app, _("Removed %s; deals that were lost for it keep it"), s->reason_name);
}

static void reason_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct settings_stages_state *s = ctx;
    struct err e = ERR_INIT;
    if (row->id == 0) {
        if (reason_add(app_shop(app), row->ref, NULL, &e) != ERR_OK) {
            app_error(app, &e);
            return;
        }
        app_status(app, _("Added %s"), row->ref);
        return;
    }
    char *question = mem_printf(_("Remove the reason %s? Deals that were lost for it keep it."), row->ref);
    free(s->reason_name);
    s->reason_name = mem_strdup(row->ref);
    popup_ask(app, question, _("Remove"), remove_reason, s);
    free(question);
}

static void board_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct settings_stages_state *s = ctx;
    free(s->board);
    s->pipeline_id = row->id;
    s->board = row->id == PIPELINE_MAIN ? NULL : mem_strdup(row->text);
    app_reload(app);
}

unsigned settings_stages_act(struct app *app, struct settings_stages_state *s, enum action action) {
    const struct stage *stage = settings_stages_current(s);
    switch (action) {
    case ACTION_STAGES_NEW:
        return ask_stage(app, s, NULL);
    case ACTION_STAGES_REASONS:
        popup_pick(app, _("Reasons for a loss: type a new one"), find_reasons, reason_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_STAGES_BOARD:
        popup_pick(app, _("Which board?"), board_find_boards, board_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_OPEN:
    case ACTION_STAGES_EDIT:
        return stage == NULL ? SCREEN_REDRAW : ask_stage(app, s, stage);
    case ACTION_STAGES_REQUIRED:
        return stage == NULL ? SCREEN_REDRAW : ask_needs(app, s, stage);
    case ACTION_STAGES_UP:
        return stage == NULL ? SCREEN_REDRAW : reorder(app, s, stage, -1);
    case ACTION_STAGES_DOWN:
        return stage == NULL ? SCREEN_REDRAW : reorder(app, s, stage, 1);
    case ACTION_STAGES_REMOVE:
        return stage == NULL ? SCREEN_REDRAW : ask_remove(app, s, stage);
    default:
        return SCREEN_IGNORED;
    }
}
