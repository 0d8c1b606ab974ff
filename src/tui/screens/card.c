#include "tui/screens/card.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screen.h"

static struct card_line *add(struct card *c, enum style style, const char *left) {
    c->lines = mem_grow(c->lines, c->count, &c->cap, sizeof *c->lines);
    struct card_line *line = &c->lines[c->count++];
    *line = (struct card_line){.style = style, .left = mem_strdup(left)};
    return line;
}

void card_row(struct card *c, enum style style, const char *left, const char *right) {
    add(c, style, left)->right = mem_strdup(right);
}

void card_amount(struct card *c, enum style style, const char *label, int64_t amount, const struct currency *currency) {
    char text[MONEY_TEXT_MAX];
    card_row(c, style, label, money_format(amount, currency, false, text));
}

void card_fact(struct card *c, const char *label, const char *value) {
    if (value != NULL && value[0] != '\0') {
        char *text = mem_printf("%s  %s", label, value);
        struct card_line *line = add(c, STYLE_NORMAL, text);
        line->wrapped = true;
        line->label = (int)strlen(label);
        free(text);
    }
}

void card_date(struct card *c, const char *label, const char *iso) {
    char text[DATE_SIZE];
    card_fact(c, label, iso == NULL || iso[0] == '\0' ? "" : date_format(iso, text));
}

void card_text(struct card *c, enum style style, const char *text) {
    add(c, style, text)->wrapped = true;
}

void card_rule(struct card *c, const char *heading) {
    add(c, STYLE_HEADER, heading)->rule = true;
}

void card_clear(struct card *c) {
    for (size_t i = 0; i < c->count; i++) {
        free(c->lines[i].left);
        free(c->lines[i].right);
    }
    free(c->lines);
    *c = (struct card){0};
}

void card_reset(struct card *c) {
    card_clear(c);
}

static int line_height(const struct card_line *line, int width) {
    return line->wrapped ? canvas_wrapped_height(width, line->left) : 1;
}

static int card_height(const struct card *c, int width) {
    int height = 0;
    for (size_t i = 0; i < c->count; i++) {
        height += line_height(&c->lines[i], width);
    }
    return height;
}

void card_scroll(struct card *c, int by, int width, int height) {
    int last = card_height(c, width) - height;
    int top = c->top + by;
    top = top > last ? last : top;
    c->top = top < 0 ? 0 : top;
}

/* Plain rows in a popup have the popup's own look. */
static enum style look(enum style style, enum style plain) {
    return style == STYLE_NORMAL ? plain : style;
}

static void paint_line(const struct card_line *line, struct canvas *c, int y, int height, enum style plain) {
    enum style style = look(line->style, plain);
    if (line->rule) {
        canvas_line(c, 0, y, c->width, STYLE_BORDER);
        if (line->left[0] != '\0') {
            canvas_textf(c, 1, y, c->width - 1, STYLE_HEADER, " %s ", line->left);
        }
    } else if (line->wrapped) {
        canvas_text_wrapped(c, 0, y, c->width, height, style, line->left);
        if (line->label > 0) {
            canvas_textf(c, 0, y, c->width, STYLE_DIM, "%.*s", line->label, line->left);
        }
    } else {
        int used = line->right == NULL ? 0 : canvas_text_right(c, 0, y, c->width, style, line->right) + 1;
        canvas_text(c, 0, y, c->width - used, style, line->left);
    }
}

void card_paint(const struct card *c, struct canvas *canvas, enum style plain) {
    int y = -c->top;
    for (size_t i = 0; i < c->count && y < canvas->height; i++) {
        int height = line_height(&c->lines[i], canvas->width);
        if (y + height > 0) {
            paint_line(&c->lines[i], canvas, y, height, plain);
        }
        y += height;
    }
    if (c->top > 0) {
        canvas_text(canvas, canvas->width - 1, 0, 1, STYLE_KEY, "↑");
    }
    if (c->top + canvas->height < card_height(c, canvas->width)) {
        canvas_text(canvas, canvas->width - 1, canvas->height - 1, 1, STYLE_KEY, "↓");
    }
}

/* --- in a popup */

enum { POPUP_WIDTH = 64 };

struct card_box {
    struct popup_ops ops; /* its context is the screen's */
    char *title;
    struct card card;
    card_act_fn *act;
    void *ctx;
    int width, height; /* of the inside */
};

static void measure(struct app *app, struct card_box *box) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    box->width = width < POPUP_WIDTH + 4 ? width - 4 : POPUP_WIDTH;
    int rows = card_height(&box->card, box->width);
    box->height = rows + 2 > height ? height - 2 : rows;
}

static enum popup_result scroll(struct app *app, struct card_box *box, int by) {
    measure(app, box);
    card_scroll(&box->card, by, box->width, box->height);
    return POPUP_STAY;
}

static enum popup_result box_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct card_box *box = state;
    switch (action) {
    case ACTION_LIST_UP:
        return scroll(app, box, -1);
    case ACTION_LIST_DOWN:
        return scroll(app, box, 1);
    case ACTION_LIST_PAGE_UP:
        return scroll(app, box, -box->height);
    case ACTION_LIST_PAGE_DOWN:
        return scroll(app, box, box->height);
    case ACTION_LIST_FIRST:
        return scroll(app, box, -box->card.top);
    case ACTION_LIST_LAST:
        return scroll(app, box, card_height(&box->card, box->width));
    case ACTION_OPEN:
        return key->scan[0] != '\0' ? POPUP_PASS : POPUP_CLOSE;
    case ACTION_BACK:
        return POPUP_CLOSE;
    default:
        break;
    }
    if (key->kind == K_WHEEL) {
        return scroll(app, box, key->code == 0 ? -3 : 3);
    }
    if (action == ACTION_NONE || action_info(action)->context != box->ops.context || box->act == NULL) {
        return POPUP_PASS;
    }
    box->act(app, box->ctx, action);
    return POPUP_CLOSE;
}

static enum action_context box_focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}

static void box_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct card_box *box = state;
    (void)app;
    struct canvas inside = popup_frame(body, POPUP_WIDTH, card_height(&box->card, POPUP_WIDTH), box->title);
    card_paint(&box->card, &inside, STYLE_POPUP);
}

static void box_free(void *state) {
    struct card_box *box = state;
    free(box->title);
    card_clear(&box->card);
    free(box);
}

void card_popup(struct app *app, const char *title, struct card *c, enum action_context context, card_act_fn *act,
                void *ctx) {
    struct card_box *box = mem_zalloc(sizeof *box);
    box->ops = (struct popup_ops){context, box_focus, box_handle, box_paint, box_free};
    box->title = mem_strdup(title);
    box->card = *c;
    box->act = act;
    box->ctx = ctx;
    *c = (struct card){0};
    measure(app, box);
    popup_open(app, &box->ops, box);
}
