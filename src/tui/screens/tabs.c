#include "tui/screens/tabs.h"

#include "base/i18n.h"
#include "base/text.h"

static int tab_width(const char *title) {
    return text_width(_(title)) + 3;
}

void tabs_paint(struct canvas *c, const char *const *titles, int count, int current) {
    int first = 0;
    int used = 1;
    for (int i = 0; i <= current; i++) {
        used += tab_width(titles[i]);
        while (used > c->width && first < i) {
            used -= tab_width(titles[first++]);
        }
    }
    int x = 1;
    for (int i = first; i < count && x < c->width; i++) {
        enum style style = i == current ? STYLE_CURSOR : STYLE_NORMAL;
        x += canvas_textf(c, x, 0, c->width - x, style, i == current ? "[%s]" : " %s ", _(titles[i])) + 1;
    }
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
}

int tabs_step(int current, int step, int count) {
    return (current + step + count) % count;
}
