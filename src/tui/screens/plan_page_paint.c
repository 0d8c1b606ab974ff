#include "base/i18n.h"
#include "tui/screens/plan_page.h"

enum { WIDE = CARD_FROM_WIDTH, TIERS = 23, GATE = 20, GAP = 2, MESSAGE_ROWS = 2 };

static void paint_grids(const struct plan_page *s, struct canvas *c) {
    static const char *const titles[PAGE_GRIDS] = {N_("Tiers"), N_("Gate"), N_("Extra for groups")};
    int x = 0;
    for (int i = 0; i < PAGE_GRIDS; i++) {
        int width = i == PAGE_TIERS ? TIERS : i == PAGE_GATE ? GATE : c->width - x;
        width = i == PAGE_GROUPS && width > 50 ? 50 : width;
        struct canvas part = canvas_view(c, x, 0, width, c->height);
        grid_paint(&s->grids[i], &part, _(titles[i]), s->part == i + 1);
        x += width + GAP;
    }
}

/* What is wrong in a table stands under the tables. */
static void paint_fault(const struct plan_page *s, struct canvas *c) {
    if (s->fault.message[0] != '\0') {
        canvas_text_wrapped(c, 0, 0, c->width, c->height, STYLE_ERROR, s->fault.message);
    } else {
        canvas_text(c, 0, c->height - 1, c->width, STYLE_DIM,
                    _("Amounts as one writes them: 50tr, 2,5%. Tab goes on, F9 saves"));
    }
}

void plan_page_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct plan_page *s = state;
    (void)app;
    if (s->form == NULL) {
        canvas_text(c, 1, 0, c->width - 1, STYLE_DIM, _("Nothing is being typed; Esc goes back"));
        return;
    }
    bool wide = c->width >= WIDE && s->examples.count > 0;
    int width = wide ? c->width - CARD_WIDTH - 2 : c->width - 2;
    int form_rows = form_height(s->form);
    form_rows = form_rows > c->height - 6 ? c->height - 6 : form_rows;
    struct canvas form = canvas_view(c, 1, 0, width, form_rows);
    form_paint(s->form, &form, s->part == 0);
    int y = form_rows;
    struct canvas grids = canvas_view(c, 1, y, width, c->height - y - MESSAGE_ROWS);
    paint_grids(s, &grids);
    struct canvas fault = canvas_view(c, 1, c->height - MESSAGE_ROWS, width, MESSAGE_ROWS);
    paint_fault(s, &fault);
    if (wide) {
        struct canvas side = canvas_view(c, width + 3, 0, c->width - width - 4, c->height);
        card_paint(&s->examples, &side, STYLE_NORMAL);
    }
}
