#include "base/i18n.h"
#include "base/text.h"
#include "tui/form_state.h"

enum { FORM_DEFAULT_WIDTH = 24, FORM_MESSAGE_ROWS = 2 };

static int label_width(const struct form *f) {
    int width = 0;
    for (int i = 0; i < f->count; i++) {
        int w = text_width(_(f->fields[i].label)) + (f->fields[i].required ? 2 : 0);
        width = w > width ? w : width;
    }
    return width;
}

static int field_width(const struct form *f, int i) {
    int width = f->fields[i].width > 0 ? f->fields[i].width : FORM_DEFAULT_WIDTH;
    int n = f->fields[i].kind == FORM_CHOICE || f->fields[i].kind == FORM_BOOL ? form_label_count(f, i) : 0;
    for (int choice = 0; choice < n; choice++) {
        int w = text_width(form_label(f, i, choice)) + 4;
        width = choice == 0 || w > width ? w : width;
    }
    return width;
}

int form_width(const struct form *f) {
    int widest = 0;
    for (int i = 0; i < f->count; i++) {
        int hint = f->fields[i].hint == NULL ? 0 : text_width(_(f->fields[i].hint)) + 1;
        int w = field_width(f, i) + hint;
        widest = w > widest ? w : widest;
    }
    return label_width(f) + 1 + widest;
}

/* One row each, and room for a message. */
int form_height(const struct form *f) {
    return f->count + FORM_MESSAGE_ROWS;
}

static void paint_choice(const struct form *f, struct canvas *c, int i, int x, int y, int width, enum style style,
                         bool focused) {
    canvas_fill(c, x, y, width, 1, style);
    canvas_text(c, x, y, 1, style, focused ? "◂" : " ");
    canvas_text(c, x + 2, y, width - 4, style, form_label(f, i, f->values[i].choice));
    canvas_text(c, x + width - 1, y, 1, style, focused ? "▸" : " ");
    if (focused) {
        canvas_put_cursor(c, x + 2, y);
    }
}

static void paint_field(const struct form *f, struct canvas *c, int i, int x, int y, bool focused) {
    bool wrong = f->has_error && f->error_at == i;
    enum style style = wrong ? STYLE_FIELD_ERROR : focused ? STYLE_FIELD_FOCUS : STYLE_FIELD;
    int width = field_width(f, i);
    width = x + width > c->width ? c->width - x : width;
    enum form_kind kind = f->fields[i].kind;
    if (kind == FORM_CHOICE || kind == FORM_BOOL) {
        paint_choice(f, c, i, x, y, width, style, focused);
    } else {
        field_paint(&f->values[i].text, c, x, y, width, style, focused);
    }
    if (wrong) {
        canvas_text(c, x + width, y, 1, STYLE_ERROR, "!");
    } else if (f->fields[i].hint != NULL) {
        canvas_text(c, x + width + 1, y, c->width - x - width - 1, STYLE_DIM, _(f->fields[i].hint));
    }
}

void form_paint(const struct form *f, struct canvas *c, bool focused) {
    int labels = label_width(f);
    int message = f->has_error ? FORM_MESSAGE_ROWS : 0;
    int rows = c->height - message;
    int top = f->focus >= rows ? f->focus - rows + 1 : 0;
    int y = 0;
    for (int i = top; i < f->count && y < c->height; i++) {
        int used = canvas_text(c, 0, y, labels, STYLE_LABEL, _(f->fields[i].label));
        if (f->fields[i].required) {
            canvas_text(c, used + 1, y, 1, STYLE_WARN, "*");
        }
        paint_field(f, c, i, labels + 1, y, focused && f->focus == i);
        y++;
        if (f->has_error && f->error_at == i) {
            y += canvas_text_wrapped(c, 2, y, c->width - 2, FORM_MESSAGE_ROWS, STYLE_ERROR, f->error.message);
        }
    }
    if (f->has_error && f->error_at < 0) {
        int lines = canvas_wrapped_height(c->width, f->error.message);
        y = y + lines > c->height ? c->height - lines : y;
        canvas_text_wrapped(c, 0, y, c->width, lines, STYLE_ERROR, f->error.message);
    }
}
