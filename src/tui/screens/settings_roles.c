/* Who may do what: the table of permissions, to be read. Wide enough, one column per role; else their names. */
#include "tui/screens/settings_roles.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "chotdon/permission.h"
#include "chotdon/staff.h"
#include "tui/list.h"
#include "tui/screens/short_list.h"

enum { HEAD_ROWS = 2, ROWS = PERMIT_COUNT - 1 };

struct roles_page {
    struct list list;
};

static const struct list_column columns[] = {
    {N_("May"), 30, 46, 1, ALIGN_LEFT, false},
    {N_("Who by their role"), 20, 60, 2, ALIGN_LEFT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    enum permission p = (enum permission)((int)row + 1);
    (void)ctx;
    if (column == 0) {
        buf_add(out, _(permission_info(p)->what));
        *style = STYLE_STRONG;
    } else {
        char *roles = permission_roles(p);
        buf_add(out, roles);
        free(roles);
    }
}

static const struct list_source source = {
    .columns = columns, .column_count = sizeof columns / sizeof *columns, .cell = cell};

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct roles_page *s = state;
    (void)e;
    short_list_loaded(app, &s->list, ROWS, HEAD_ROWS);
    return ERR_OK;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct roles_page *s = state;
    struct key k = *key;
    (void)app;
    k.y -= HEAD_ROWS;
    return short_list_handle(&s->list, &source, action, &k);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct roles_page *s = state;
    (void)app;
    canvas_text(c, 1, 0, c->width - 2, STYLE_DIM,
                _("Everybody sells, serves customers, moves deals and sees their own commission."));
    canvas_text(c, 1, 1, c->width - 2, STYLE_DIM,
                _("The rest goes by role; one of that role may approve it once, by their PIN."));
    struct canvas body = canvas_view(c, 0, HEAD_ROWS, c->width, c->height - HEAD_ROWS);
    list_paint(&s->list, &source, &body, true);
}

static void clear(void *state) {
    list_clear(&((struct roles_page *)state)->list);
}

const struct screen_ops screen_settings_roles = {
    .name = "settings-roles",
    .title = N_("Who may do what"),
    .context = CONTEXT_SETTINGS,
    .state_size = sizeof(struct roles_page),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
};
