#include "tui/screens/settings_stages.h"
#include "tui/screens/short_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/money.h"

static const struct list_column columns[] = {
    {N_("Stage"), 16, 30, 1, ALIGN_LEFT, false}, {N_("Kind"), 8, 10, 2, ALIGN_LEFT, false},
    {N_("Odds %"), 6, 8, 2, ALIGN_RIGHT, false}, {N_("Idle days"), 9, 9, 3, ALIGN_RIGHT, false},
    {N_("Folded"), 6, 8, 4, ALIGN_LEFT, false},  {N_("Requires"), 20, 90, 5, ALIGN_LEFT, false},
};
enum { COLUMN_NAME, COLUMN_KIND, COLUMN_PROBABILITY, COLUMN_IDLE, COLUMN_FOLD, COLUMN_REQUIRED };

static void add_needs(unsigned needs, struct buf *out) {
    for (unsigned bit = 1; bit <= DEAL_NEED_ALL; bit <<= 1) {
        if ((needs & bit) != 0) {
            buf_addf(out, "%s%s", out->len == 0 ? "" : ", ", deal_need_label((enum deal_need)bit));
        }
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct settings_stages_state *s = ctx;
    const struct stage *stage = &s->stages[row];
    char text[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_NAME:
        buf_add(out, stage->name);
        *style = STYLE_STRONG;
        break;
    case COLUMN_KIND:
        buf_add(out, stage_kind_label(stage->kind));
        break;
    case COLUMN_PROBABILITY:
        buf_add(out, rate_format(stage->probability_bps, text));
        break;
    case COLUMN_IDLE:
        buf_addf(out, stage->idle_days == 0 ? "—" : "%d", stage->idle_days);
        break;
    case COLUMN_FOLD:
        buf_add(out, stage->fold ? _("yes") : "");
        break;
    default:
        add_needs(stage->required, out);
    }
}

static struct list_source source_of(const struct settings_stages_state *s) {
    return (struct list_source){
        .columns = columns, .column_count = sizeof columns / sizeof *columns, .ctx = s, .cell = cell};
}

const struct stage *settings_stages_current(const struct settings_stages_state *s) {
    return s->list.cursor < s->count ? &s->stages[s->list.cursor] : NULL;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct settings_stages_state *s = state;
    struct stage *stages = NULL;
    size_t count = 0;
    enum err_code rc =
        stage_list(app_shop(app), s->pipeline_id == 0 ? PIPELINE_MAIN : s->pipeline_id, &stages, &count, e);
    if (rc != ERR_OK) {
        return rc;
    }
    stage_list_free(s->stages, s->count);
    s->stages = stages;
    s->count = count;
    short_list_loaded(app, &s->list, count, 0);
    for (size_t i = 0; i < count; i++) {
        if (stages[i].id == s->go_to) {
            list_go(&s->list, i);
        }
    }
    s->go_to = 0;
    return ERR_OK;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct settings_stages_state *s = state;
    struct list_source source = source_of(s);
    unsigned taken = short_list_handle(&s->list, &source, action, key);
    return taken == SCREEN_IGNORED ? settings_stages_act(app, s, action) : taken;
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct settings_stages_state *s = state;
    struct list_source source = source_of(s);
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static void title_more(const void *state, struct buf *out) {
    const struct settings_stages_state *s = state;
    buf_add(out, s->board == NULL ? "" : s->board);
}

static void clear(void *state) {
    struct settings_stages_state *s = state;
    stage_list_free(s->stages, s->count);
    list_clear(&s->list);
    free(s->reason_name);
    free(s->board);
}

const struct screen_ops screen_settings_stages = {
    .name = "stages",
    .title = N_("Stages of the pipeline"),
    .context = CONTEXT_STAGES,
    .state_size = sizeof(struct settings_stages_state),
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_SETTINGS,
};
