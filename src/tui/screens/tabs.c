#include "tui/screens/tabs.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "tui/figure.h"

static void tab_text(struct buf *out, const char *title, bool current, const int64_t *count) {
    char text[FIGURE_MAX];
    buf_reset(out);
    buf_addf(out, current ? "[%s" : " %s", _(title));
    if (count != NULL && *count >= 0) {
        buf_addf(out, " %s", figure_count(*count, text));
    }
    buf_add(out, current ? "]" : " ");
}

void tabs_paint(struct canvas *c, const char *const *titles, int count, int current, const int64_t *counts) {
    struct buf text = BUF_INIT;
    int first = current;
    int used = 1;
    for (int i = current; i >= 0; i--) {
        tab_text(&text, titles[i], i == current, counts == NULL ? NULL : &counts[i]);
        used += text_width(buf_str(&text)) + 1;
        first = used <= c->width ? i : first;
    }
    int x = 1;
    for (int i = first; i < count && x < c->width; i++) {
        tab_text(&text, titles[i], i == current, counts == NULL ? NULL : &counts[i]);
        x += canvas_text(c, x, 0, c->width - x, i == current ? STYLE_CURSOR : STYLE_NORMAL, buf_str(&text)) + 1;
    }
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
    buf_clear(&text);
}

int tabs_step(int current, int step, int count) {
    return (current + step + count) % count;
}
