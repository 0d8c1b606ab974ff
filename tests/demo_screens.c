#include "demo_screens.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"

static const struct currency dong = {"VND", 0, "₫"};

static const struct list_column columns[] = {
    {"Code", 8, 10, 2, ALIGN_LEFT, true},    {"Name", 14, 60, 1, ALIGN_LEFT, true},
    {"Price", 10, 13, 1, ALIGN_RIGHT, true}, {"Stock", 6, 8, 3, ALIGN_RIGHT, false},
    {"Group", 12, 20, 4, ALIGN_LEFT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    static const char *const names[] = {"Áo thun trơn, trắng M", "Nước suối 1,5 l (thùng 12)", "Gạo ST25 5 kg",
                                        "Bánh đa 日本 cua"};
    char text[MONEY_TEXT_MAX];
    (void)ctx;
    switch (column) {
    case 0:
        buf_addf(out, "SP%05zu", row + 1);
        break;
    case 1:
        buf_add(out, names[row % 4]);
        break;
    case 2:
        buf_add(out, money_format((int64_t)(row + 1) * 1500, &dong, false, text));
        break;
    case 3:
        buf_addf(out, "%zu%s", row % 7, row % 7 == 0 ? " !" : "");
        *style = row % 7 == 0 ? STYLE_WARN : *style;
        break;
    default:
        buf_add(out, "Hàng khô");
    }
}

static int64_t id(const void *ctx, size_t row) {
    (void)ctx;
    return (int64_t)row + 1000;
}

static void total(const void *ctx, int column, struct buf *out) {
    (void)ctx;
    buf_add(out, column == 1 ? "Total" : column == 2 ? "1.087.813.500" : "");
}

static const struct list_source source = {columns, 5, NULL, cell, id, total, NULL};

static void goods_open(struct app *app, void *state, const char *argument) {
    struct demo_goods *s = state;
    (void)app;
    s->list.has_total = true;
    snprintf(s->argument, sizeof s->argument, "%s", argument == NULL ? "" : argument);
}

static enum err_code goods_load(struct app *app, void *state, struct err *e) {
    struct demo_goods *s = state;
    int width;
    int height;
    (void)e;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height);
    s->total = *list_filter(&s->list) == '\0' ? DEMO_ROWS : 3;
    do {
        list_wanted(&s->list, &s->fetched_first, &s->fetched_count);
        s->fetched_first = s->fetched_first > s->total ? s->total : s->fetched_first;
        size_t rest = s->total - s->fetched_first;
        s->fetched_count = s->fetched_count > rest ? rest : s->fetched_count;
        s->loads++;
    } while (!list_loaded(&s->list, s->fetched_first, s->fetched_count, s->total));
    return ERR_OK;
}

static void removed(struct app *app, void *ctx) {
    ((struct demo_goods *)ctx)->removed++;
    app_status(app, "Removed");
}

static void chosen(struct app *app, void *ctx, int index) {
    (void)app;
    ((struct demo_goods *)ctx)->chosen = index + 1;
}

static enum err_code prompted(struct app *app, void *ctx, const char *text, struct err *e) {
    struct demo_goods *s = ctx;
    (void)app;
    if (strcmp(text, "bad") == 0) {
        return err_set(e, ERR_INVALID, "“bad” will not do; type something else");
    }
    snprintf(s->prompted, sizeof s->prompted, "%s", text);
    return ERR_OK;
}

static const char *const units[] = {"piece", "box", "kg", NULL};
static const struct form_field fields[] = {
    {"name", "Name", FORM_TEXT, 30, true, NULL, NULL},
    {"price", "Price", FORM_MONEY, 14, true, NULL, "150k is 150.000"},
    {"qty", "Quantity", FORM_QTY, 8, false, NULL, NULL},
    {"unit", "Unit", FORM_CHOICE, 0, false, units, NULL},
    {"active", "On sale", FORM_BOOL, 0, false, NULL, NULL},
    {"from", "From", FORM_DATE, 12, false, NULL, NULL},
};

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct demo_goods *s = ctx;
    enum err_code code = form_money(form, "price", &s->price, e);
    if (code == ERR_OK) {
        code = form_qty(form, "qty", &s->qty_milli, e);
    }
    if (code == ERR_OK) {
        snprintf(s->name, sizeof s->name, "%s", form_text(form, "name"));
        app_status(app, "Saved %s", s->name);
    }
    return code;
}

static void find(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    static const char *const people[] = {"Nguyễn Văn Đạt", "Trần Thị Hà", "Lê Đức Nam"};
    (void)app;
    (void)ctx;
    for (int i = 0; i < 3; i++) {
        if (text_contains_folded(people[i], query)) {
            pick_add(rows, people[i], "0912 345 678", people[i], i);
        }
    }
}

static void picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct demo_goods *s = ctx;
    (void)app;
    snprintf(s->picked, sizeof s->picked, "%s", row->ref);
}

static enum err_code unremove(struct app *app, void *ctx, struct err *e) {
    (void)app;
    (void)e;
    ((struct demo_goods *)ctx)->removed--;
    return ERR_OK;
}

static unsigned letter(struct app *app, struct demo_goods *s, const struct key *key) {
    static const char *const labels[] = {"Cash", "Transfer", "Card"};
    struct err e = ERR_INIT;
    switch (key->code) {
    case 'd':
        popup_ask(app, "Remove the product for good?", "Remove", removed, s);
        app_set_undo(app, "removal", unremove, s, NULL);
        break;
    case 'c':
        popup_choose(app, "Method", labels, 3, 1, chosen, s);
        break;
    case 'p':
        popup_prompt(app, "Reason", "Why", FORM_TEXT, "", prompted, s);
        break;
    case 'q':
        popup_prompt(app, "Count", "How many", FORM_QTY, "", prompted, s);
        break;
    case 'w':
        popup_pick(app, "Customer", find, picked, s);
        break;
    case 'E':
        err_set_field(&e, ERR_REFUSED, "price", "Selling below cost is refused; ask a manager");
        return app_error(app, &e);
    case 'X':
        raise(SIGSEGV);
        break;
    default:
        return SCREEN_IGNORED;
    }
    return SCREEN_REDRAW;
}

static unsigned goods_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct demo_goods *s = state;
    if (key->scan[0] != '\0') {
        snprintf(s->scanned, sizeof s->scanned, "%.63s", key->scan);
        return SCREEN_REDRAW;
    }
    switch (list_handle(&s->list, &source, action, key)) {
    case LIST_MOVED:
        return SCREEN_REDRAW;
    case LIST_RELOAD:
        return SCREEN_RELOAD;
    case LIST_IGNORED:
        break;
    }
    if (action == ACTION_OPEN) {
        struct form *form = form_new(fields, 6, &dong);
        form_set_text(form, "name", "Gạo ST25");
        form_set_date(form, "from", "2026-11-21");
        popup_form(app, "Product", form, saved, s);
        return SCREEN_REDRAW;
    }
    return action == ACTION_NONE && key_is_text(key) ? letter(app, s, key) : SCREEN_IGNORED;
}

static void goods_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct demo_goods *s = state;
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static enum action_context goods_focus(const void *state) {
    return list_focus(&((const struct demo_goods *)state)->list);
}

static void goods_clear(void *state) {
    list_clear(&((struct demo_goods *)state)->list);
}

const struct screen_ops demo_goods_ops = {
    .name = "goods",
    .title = "Goods",
    .context = CONTEXT_NONE,
    .state_size = sizeof(struct demo_goods),
    .open = goods_open,
    .load = goods_load,
    .handle = goods_handle,
    .paint = goods_paint,
    .focus = goods_focus,
    .clear = goods_clear,
};

static unsigned notes_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct demo_notes *s = state;
    (void)app;
    if (action == ACTION_OPEN) {
        snprintf(s->scanned, sizeof s->scanned, "%.63s", key->scan);
        snprintf(s->entered, sizeof s->entered, "%.63s", field_text(&s->field));
        field_set(&s->field, "");
        return SCREEN_REDRAW;
    }
    return field_handle(&s->field, action, key) == FIELD_IGNORED ? SCREEN_IGNORED : SCREEN_REDRAW;
}

static void notes_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct demo_notes *s = state;
    (void)app;
    canvas_text(c, 1, 0, 20, STYLE_HEADER, "Notes");
    field_paint(&s->field, c, 1, 2, c->width - 2, STYLE_FIELD_FOCUS, true);
    canvas_textf(c, 1, 4, c->width - 2, STYLE_NORMAL, "last: %s", s->entered);
}

static enum action_context notes_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static void notes_clear(void *state) {
    field_clear(&((struct demo_notes *)state)->field);
}

const struct screen_ops demo_notes_ops = {
    .name = "notes",
    .title = "Notes",
    .context = CONTEXT_NONE,
    .state_size = sizeof(struct demo_notes),
    .handle = notes_handle,
    .paint = notes_paint,
    .focus = notes_focus,
    .clear = notes_clear,
};

const struct screen_entry demo_screens[2] = {{&demo_goods_ops, 1}, {&demo_notes_ops, 2}};
