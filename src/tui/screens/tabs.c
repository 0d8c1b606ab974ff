#include "tui/screens/tabs.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/figure.h"

struct tabs {
    const char *const *titles;
    int count, current;
    const int64_t *counts;
};

static int tab_text(const struct tabs *t, int i, struct buf *out) {
    char text[FIGURE_MAX];
    buf_reset(out);
    buf_addf(out, i == t->current ? "[%s" : " %s", _(t->titles[i]));
    if (t->counts != NULL && t->counts[i] >= 0) {
        bool more = i != t->current && t->counts[i] > TABS_COUNT_MAX;
        buf_addf(out, " %s%s", figure_count(more ? TABS_COUNT_MAX : t->counts[i], text), more ? "+" : "");
    }
    buf_add(out, i == t->current ? "]" : " ");
    return text_width(buf_str(out));
}

/* One cell more between them, where all of them fit then. */
static int gap_between(const struct tabs *t, int width, struct buf *text) {
    int used = 1;
    for (int i = 0; i < t->count; i++) {
        used += tab_text(t, i, text) + 1;
    }
    return used <= width ? 1 : 0;
}

void tabs_paint(struct canvas *c, const char *const *titles, int count, int current, const int64_t *counts) {
    const struct tabs t = {titles, count, current, counts};
    struct buf text = BUF_INIT;
    int gap = gap_between(&t, c->width, &text);
    int first = current;
    int used = 1;
    for (int i = current; i >= 0; i--) {
        used += tab_text(&t, i, &text) + gap;
        first = used <= c->width ? i : first;
    }
    int x = 1;
    for (int i = first; i < count && x < c->width; i++) {
        tab_text(&t, i, &text);
        x += gap + canvas_text(c, x, 0, c->width - x, i == current ? STYLE_CURSOR : STYLE_NORMAL, buf_str(&text));
    }
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
    buf_clear(&text);
}

int tabs_step(int current, int step, int count) {
    return (current + step + count) % count;
}
