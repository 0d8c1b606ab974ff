#include "tui/screens/settings_shop.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/channel.h"
#include "chotdon/setting.h"
#include "tui/figure.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screens/short_list.h"

enum { ABOUT_ROWS = 4, CHOICES_MAX = 9 };

struct settings_shop_state {
    struct list list;
    char **values; /* one for each setting_info */
    int acting_on;
    int go_to;                  /* row that is asked for, from 1 on; 0: none */
    struct form_field field;    /* of the form that changes it */
    char *choices[CHOICES_MAX]; /* words of the setting acted on */
    int choice_count;
    struct popup_editing *begun; /* while one is picked from a list */
};

static const struct list_column columns[] = {
    {N_("Setting"), 30, 64, 1, ALIGN_LEFT, false},
    {N_("Value"), 24, 60, 1, ALIGN_LEFT, false},
    {N_("Key"), 15, 17, 2, ALIGN_LEFT, false},
};
enum { COLUMN_HELP, COLUMN_VALUE, COLUMN_KEY };

/* The words of a choice as a shopkeeper would say them; those that are not here stand as they are. */
static const struct {
    const char *key, *word, *meaning;
} meanings[] = {
    {"language", "vi", "Tiếng Việt"},
    {"language", "en", "English"},
    {"vat_mode", "included", N_("prices include VAT")},
    {"vat_mode", "added", N_("VAT is added to the price")},
    {"stock_policy", "allow", N_("allowed, nothing is said")},
    {"stock_policy", "warn", N_("allowed, the line is marked")},
    {"stock_policy", "block", N_("not allowed")},
    {"recognise", "confirmed", N_("when the order is confirmed")},
    {"recognise", "delivered", N_("when it is delivered")},
    {"recognise", "completed", N_("when it is completed")},
};

static const char *meaning(const char *key, const char *word) {
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (strcmp(meanings[i].key, key) == 0 && strcmp(meanings[i].word, word) == 0) {
            return _(meanings[i].meaning);
        }
    }
    return word;
}

/* "mon,tue" as the user writes it: "T2,T3". */
static void add_days(const char *days, struct buf *out) {
    static const char *const words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (const char *p = days; *p != '\0';) {
        size_t n = strcspn(p, ",");
        char monday[DATE_SIZE] = "2026-11-23";
        size_t day = 0;
        while (day < sizeof words / sizeof *words && (strlen(words[day]) != n || strncmp(words[day], p, n) != 0)) {
            day++;
        }
        if (day == sizeof words / sizeof *words) {
            buf_addf(out, "%.*s", (int)n, p);
        } else {
            date_add_days(monday, (int)day, monday);
            buf_add(out, figure_weekday(monday));
        }
        p += n;
        if (*p == ',') {
            buf_add_char(out, *p++);
        }
    }
}

static void add_value(const char *key, const char *value, struct buf *out) {
    if (strcmp(key, "working_days") == 0) {
        add_days(value, out);
    } else {
        buf_add(out, meaning(key, value));
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct settings_shop_state *s = ctx;
    const struct setting_info *info = setting_info((int)row);
    switch (column) {
    case COLUMN_HELP:
        buf_add(out, _(info->help));
        break;
    case COLUMN_VALUE:
        buf_add(out, s->values[row][0] == '\0' ? "—" : "");
        add_value(info->key, s->values[row], out);
        *style = strcmp(s->values[row], info->default_value) == 0 ? *style : STYLE_STRONG;
        break;
    default:
        buf_add(out, info->key);
        *style = STYLE_DIM;
    }
}

static struct list_source source_of(const struct settings_shop_state *s) {
    return (struct list_source){
        .columns = columns, .column_count = sizeof columns / sizeof *columns, .ctx = s, .cell = cell};
}

static void clear_values(struct settings_shop_state *s) {
    for (int i = 0; s->values != NULL && i < setting_count(); i++) {
        free(s->values[i]);
    }
    free(s->values);
    s->values = NULL;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct settings_shop_state *s = state;
    enum err_code rc = ERR_OK;
    clear_values(s);
    s->values = mem_array((size_t)setting_count(), sizeof *s->values);
    for (int i = 0; i < setting_count(); i++) {
        const char *value = "";
        rc = rc == ERR_OK ? setting_get(app_shop(app), setting_info(i)->key, &value, e) : rc;
        s->values[i] = mem_strdup(value);
    }
    short_list_loaded(app, &s->list, (size_t)setting_count(), ABOUT_ROWS);
    if (s->go_to > 0) {
        list_go(&s->list, (size_t)s->go_to - 1);
        s->go_to = 0;
    }
    return rc;
}

/* A setting by its key. */
static void open_screen(struct app *app, void *state, const char *argument) {
    struct settings_shop_state *s = state;
    (void)app;
    for (int i = 0; i < setting_count() && argument != NULL; i++) {
        s->go_to = strcmp(setting_info(i)->key, argument) == 0 ? i + 1 : s->go_to;
    }
}

/* --- changing one, and taking that back */

struct change {
    const char *key; /* of the table */
    char *before;
};

static enum err_code undo_change(struct app *app, void *ctx, struct err *e) {
    const struct change *ch = ctx;
    return setting_set(app_shop(app), ch->key, ch->before, e);
}

static void change_free(void *ctx) {
    free(((struct change *)ctx)->before);
    free(ctx);
}

static enum err_code set(struct app *app, const struct settings_shop_state *s, const char *value, struct err *e) {
    const char *key = setting_info(s->acting_on)->key;
    enum err_code rc = setting_set(app_shop(app), key, value, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (strcmp(key, "language") == 0 && value[0] != '\0') {
        app_set_language(app, value);
    }
    struct change *ch = mem_alloc(sizeof *ch);
    *ch = (struct change){key, mem_strdup(s->values[s->acting_on])};
    app_set_undo(app, _(setting_info(s->acting_on)->help), undo_change, ch, change_free);
    app_status(app, _("Saved; u takes it back"));
    app_reload(app);
    return ERR_OK;
}

static void say_why_not(struct app *app, const struct settings_shop_state *s) {
    struct err e = ERR_INIT;
    if (set(app, s, s->values[s->acting_on], &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static enum err_code save(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct settings_shop_state *s = ctx;
    bool word = s->field.kind == FORM_CHOICE;
    return set(app, s, word ? s->choices[form_choice(form, "value")] : form_text(form, "value"), e);
}

/* The words of a choice, with the one that holds. */
static void fill_choice(struct form *form, const struct settings_shop_state *s, const char *value) {
    const char *labels[CHOICES_MAX];
    int current = 0;
    for (int i = 0; i < s->choice_count; i++) {
        labels[i] = meaning(setting_info(s->acting_on)->key, s->choices[i]);
        current = strcmp(s->choices[i], value) == 0 ? i : current;
    }
    form_set_choices(form, "value", labels, s->choice_count);
    form_set_choice(form, "value", current);
}

/* Read anew: u goes back to what stood there just before. */
static enum err_code fill(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct settings_shop_state *s = ctx;
    const char *value = "";
    struct buf text = BUF_INIT;
    (void)id;
    enum err_code rc = setting_get(app_shop(app), setting_info(s->acting_on)->key, &value, e);
    if (rc == ERR_OK) {
        free(s->values[s->acting_on]);
        s->values[s->acting_on] = mem_strdup(value);
        if (s->field.kind == FORM_CHOICE) {
            fill_choice(form, s, value);
        } else if (strcmp(s->field.label, "working_days") == 0) {
            add_days(value, &text);
            form_set_text(form, "value", buf_str(&text));
        } else {
            form_set_text(form, "value", value);
        }
    }
    buf_clear(&text);
    return rc;
}

/* NULL: it could not be read. */
static struct popup_editing *begin(struct app *app, struct settings_shop_state *s, enum form_kind kind) {
    const struct setting_info *info = setting_info(s->acting_on);
    char *entity = mem_printf("setting %s", info->key);
    popup_edit_drop(&s->begun);
    s->field = (struct form_field){.name = "value", .label = info->key, .kind = kind, .width = 36};
    s->begun = popup_edit_begin(app, form_new(&s->field, 1, NULL),
                                &(struct popup_record){.entity = entity, .fill = fill, .save = save}, s);
    free(entity);
    return s->begun;
}

static void ask_value(struct app *app, struct settings_shop_state *s, const struct setting_info *info) {
    if (begin(app, s, FORM_TEXT) != NULL) {
        popup_edit_open(app, _(info->help), &s->begun);
    }
}

static void chosen(struct app *app, void *ctx, int index) {
    struct settings_shop_state *s = ctx;
    form_set_choice(popup_edit_form(s->begun), "value", index);
    popup_edit_finish(app, _(setting_info(s->acting_on)->help), &s->begun);
}

static void ask_choice(struct app *app, struct settings_shop_state *s, const struct setting_info *info) {
    const char *labels[CHOICES_MAX];
    if (begin(app, s, FORM_CHOICE) == NULL) {
        return;
    }
    for (int i = 0; i < s->choice_count; i++) {
        labels[i] = meaning(info->key, s->choices[i]);
    }
    popup_choose(app, _(info->help), labels, s->choice_count, form_choice(popup_edit_form(s->begun), "value"), chosen,
                 s);
}

static void clear_choices(struct settings_shop_state *s) {
    for (int i = 0; i < s->choice_count; i++) {
        free(s->choices[i]);
    }
    s->choice_count = 0;
}

/* "allow | warn | block": the words of a setting that has only these; none for any other. */
static void read_choices(struct settings_shop_state *s, const char *values) {
    clear_choices(s);
    if (strstr(values, " | ") == NULL) {
        return;
    }
    for (const char *p = values; s->choice_count < CHOICES_MAX;) {
        const char *bar = strstr(p, " | ");
        s->choices[s->choice_count++] = bar == NULL ? mem_strdup(p) : mem_strndup(p, (size_t)(bar - p));
        if (bar == NULL) {
            break;
        }
        p = bar + 3;
    }
}

struct finding {
    const char *query;
    struct pick_rows *rows;
};

static enum err_code add_channel(void *ctx, int64_t id, const char *name, struct err *e) {
    struct finding *f = ctx;
    (void)e;
    if (f->rows->count < POPUP_PICK_ROWS && text_contains_folded(name, f->query)) {
        pick_add(f->rows, name, "", name, id);
    }
    return ERR_OK;
}

static void find_channels(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct finding f = {query, rows};
    struct err e = ERR_INIT;
    (void)ctx;
    if (query[0] == '\0') {
        pick_add(rows, _("none"), "", "", 0);
    }
    if (channel_list(app_shop(app), add_channel, &f, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static void channel_picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct settings_shop_state *s = ctx;
    form_set_text(popup_edit_form(s->begun), "value", row->ref);
    popup_edit_finish(app, _(setting_info(s->acting_on)->help), &s->begun);
}

static unsigned change(struct app *app, struct settings_shop_state *s) {
    const struct setting_info *info = setting_info((int)s->list.cursor);
    s->acting_on = (int)s->list.cursor;
    read_choices(s, info->values);
    if (strcmp(info->key, "counter_channel") == 0) {
        if (begin(app, s, FORM_TEXT) != NULL) {
            popup_pick(app, _(info->help), find_channels, channel_picked, s);
        }
    } else if (strcmp(info->key, "currency") == 0) {
        say_why_not(app, s);
    } else if (s->choice_count > 0) {
        ask_choice(app, s, info);
    } else {
        ask_value(app, s, info);
    }
    return SCREEN_REDRAW;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct settings_shop_state *s = state;
    struct list_source source = source_of(s);
    if (s->values != NULL && (action == ACTION_OPEN || action == ACTION_SETTINGS_CHANGE)) {
        return change(app, s);
    }
    return short_list_handle(&s->list, &source, action, key);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct settings_shop_state *s = state;
    struct list_source source = source_of(s);
    int y = c->height - ABOUT_ROWS;
    (void)app;
    if (s->values == NULL) {
        return;
    }
    struct canvas body = canvas_view(c, 0, 0, c->width, y);
    list_paint(&s->list, &source, &body, true);
    const struct setting_info *info = setting_info((int)s->list.cursor);
    canvas_line(c, 0, y, c->width, STYLE_BORDER);
    canvas_textf(c, 1, y + 1, c->width - 2, STYLE_STRONG, "%s: %s", info->key, _(info->help));
    canvas_textf(c, 1, y + 2, c->width - 2, STYLE_NORMAL, _("It takes: %s"), _(info->values));
    canvas_textf(c, 1, y + 3, c->width - 2, STYLE_DIM, _("First value: %s"),
                 info->default_value[0] == '\0' ? "—" : info->default_value);
}

static void clear(void *state) {
    struct settings_shop_state *s = state;
    clear_values(s);
    clear_choices(s);
    popup_edit_drop(&s->begun);
    list_clear(&s->list);
}

const struct screen_ops screen_settings_shop = {
    .name = "settings-shop",
    .title = N_("Shop settings"),
    .context = CONTEXT_SETTINGS,
    .state_size = sizeof(struct settings_shop_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_SETTINGS,
};
