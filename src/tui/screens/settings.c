#include "tui/screens/settings.h"

#include "base/i18n.h"
#include "tui/list.h"
#include "tui/screens/audit.h"
#include "tui/screens/settings_assign.h"
#include "tui/screens/settings_backups.h"
#include "tui/screens/settings_channels.h"
#include "tui/screens/settings_import.h"
#include "tui/screens/settings_machine.h"
#include "tui/screens/settings_plans.h"
#include "tui/screens/settings_roles.h"
#include "tui/screens/settings_shop.h"
#include "tui/screens/settings_staff.h"
#include "tui/screens/settings_stages.h"
#include "tui/screens/settings_targets.h"
#include "tui/screens/settings_teams.h"
#include "tui/screens/short_list.h"

struct settings_page {
    const struct screen_ops *ops;
    const char *about; /* for gettext: what is done there, in a few words */
};

// clang-format off
static const struct settings_page pages[] = {
    {&screen_settings_shop, N_("name, VAT, stock, when a sale counts: for all counters")},
    {&screen_settings_stages, N_("columns of the board: order, odds, what each requires; reasons for a loss")},
    {&screen_settings_assign, N_("rules by source, province and goods; giving out what nobody has")},
    {&screen_settings_staff, N_("who works here, in which team, from when to when")},
    {&screen_settings_roles, N_("which role may do and see what")},
    {&screen_settings_teams, N_("their leaders, each from a day on")},
    {&screen_settings_targets, N_("by month and person: set, copy last year's, spread a yearly figure")},
    {&screen_plans, N_("who is paid how much: tiers, gate, bonuses; drafts and versions")},
    {&screen_settings_channels, N_("where orders and customers come from")},
    {&screen_settings_backups, N_("copies of the shop: make one, put one back")},
    {&screen_audit, N_("the audit log by person, day and kind; verify it")},
    {&screen_settings_import, N_("goods, customers, orders… from files of other programs")},
    {&screen_settings_machine, N_("printer, bank account, theme, keys: what this machine's file says")},
};
// clang-format on
enum { PAGES = sizeof pages / sizeof *pages };

struct settings_state {
    struct list list;
    const struct settings_page *shown[PAGES]; /* those that who acts can do something with */
    size_t count;
};

static const struct list_column columns[] = {
    {N_("Page"), 20, 22, 1, ALIGN_LEFT, false},
    {N_("What for"), 30, 100, 2, ALIGN_LEFT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct settings_page *page = ((const struct settings_state *)ctx)->shown[row];
    buf_add(out, _(column == 0 ? page->ops->title : page->about));
    *style = column == 0 ? STYLE_STRONG : *style;
}

static struct list_source source_of(const struct settings_state *s) {
    return (struct list_source){
        .columns = columns, .column_count = sizeof columns / sizeof *columns, .ctx = s, .cell = cell};
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct settings_state *s = state;
    int width = 0;
    int height = 0;
    (void)e;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height);
    s->count = 0;
    for (size_t i = 0; i < PAGES; i++) {
        if (screen_is_offered(app, pages[i].ops)) {
            s->shown[s->count++] = &pages[i];
        }
    }
    list_loaded(&s->list, 0, s->count, s->count);
    return ERR_OK;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct settings_state *s = state;
    struct list_source source = source_of(s);
    if (action == ACTION_OPEN || action == ACTION_SETTINGS_CHANGE || action == ACTION_LIST_RIGHT) {
        app_go(app, s->shown[s->list.cursor]->ops->name, NULL);
        return SCREEN_REDRAW;
    }
    return short_list_handle(&s->list, &source, action, key);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct settings_state *s = state;
    struct list_source source = source_of(s);
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static void clear(void *state) {
    list_clear(&((struct settings_state *)state)->list);
}

const struct screen_ops screen_settings = {
    .name = "settings",
    .title = N_("Settings"),
    .context = CONTEXT_SETTINGS,
    .state_size = sizeof(struct settings_state),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
};
