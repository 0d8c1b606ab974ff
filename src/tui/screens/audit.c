#include "tui/screens/audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"

enum { HEAD_ROWS = 2 };

static const struct list_column columns[] = {
    {N_("Time"), 11, 16, 2, ALIGN_LEFT, false},
    {N_("Who"), 9, 18, 2, ALIGN_LEFT, false},
    {N_("What was done"), 17, 28, 1, ALIGN_LEFT, false},
    {N_("Record"), 19, 26, 1, ALIGN_LEFT, false},
    {N_("Before → after"), 16, 200, 3, ALIGN_LEFT, false},
};
enum { COLUMN_TIME, COLUMN_WHO, COLUMN_WHAT, COLUMN_RECORD, COLUMN_CHANGE };

/* The year stands there when it is another than now. */
static void add_time(const struct audit_page *s, const char *at, struct buf *out) {
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", at);
    bool this_year = strncmp(day, s->now, 4) == 0 && date_is_valid(day);
    date_format(day, day);
    buf_addf(out, "%.*s%.6s", this_year ? 5 : 10, day, strlen(at) > 10 ? at + 10 : "");
}

const char *audit_page_who(const struct audit_page *s, const char *code) {
    for (size_t i = 0; i < s->person_count; i++) {
        if (strcmp(s->people[i].code, code) == 0) {
            return s->people[i].name;
        }
    }
    return code[0] == '\0' ? _("the owner") : code;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct audit_page *s = ctx;
    const struct audit_item *item = &s->items[row];
    switch (column) {
    case COLUMN_TIME:
        add_time(s, item->time, out);
        break;
    case COLUMN_WHO:
        buf_add(out, audit_page_who(s, item->staff));
        break;
    case COLUMN_WHAT:
        audit_words_action(item->action, out);
        break;
    case COLUMN_RECORD:
        audit_words_entity(item->entity, out);
        break;
    default:
        audit_words_change(item, &s->currency, out);
        *style = STYLE_DIM;
    }
}

static struct list_source source_of(const struct audit_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("Nothing was done that fits; c shows everything")};
}

/* --- reading */

static void forget_items(struct audit_page *s) {
    for (size_t i = 0; i < s->count; i++) {
        struct audit_item *item = &s->items[i];
        free(item->time);
        free(item->staff);
        free(item->action);
        free(item->entity);
        free(item->before);
        free(item->after);
    }
    s->count = 0;
}

static void forget_people(struct audit_page *s) {
    for (size_t i = 0; i < s->person_count; i++) {
        free(s->people[i].code);
        free(s->people[i].name);
    }
    s->person_count = 0;
}

static enum err_code keep_person(void *ctx, const struct staff *p, struct err *e) {
    struct audit_page *s = ctx;
    (void)e;
    s->people = mem_grow(s->people, s->person_count, &s->person_cap, sizeof *s->people);
    s->people[s->person_count++] = (struct audit_person){mem_strdup(p->code), mem_strdup(p->name)};
    return ERR_OK;
}

static enum err_code keep_item(void *ctx, const struct audit_row *r, struct err *e) {
    struct audit_page *s = ctx;
    (void)e;
    s->items = mem_grow(s->items, s->count, &s->cap, sizeof *s->items);
    s->items[s->count++] = (struct audit_item){
        .id = r->id,
        .time = mem_strdup(r->time),
        .staff = mem_strdup(r->staff),
        .action = mem_strdup(r->action),
        .entity = mem_strdup(r->entity),
        .before = mem_strdup(r->before),
        .after = mem_strdup(r->after),
        .erased = r->erased,
    };
    return ERR_OK;
}

struct audit_filter audit_page_filter(const struct audit_page *s) {
    return (struct audit_filter){.from = s->from[0] == '\0' ? NULL : s->from,
                                 .to = s->to[0] == '\0' ? NULL : s->to,
                                 .staff = s->staff,
                                 .action = s->noun,
                                 .text = s->text == NULL || s->text[0] == '\0' ? NULL : s->text,
                                 .newest_first = true};
}

/* Older rows than those that are there, until `wanted` are. */
static enum err_code read_on(struct app *app, struct audit_page *s, size_t wanted, struct err *e) {
    struct audit_filter f = audit_page_filter(s);
    if (!s->more || s->count >= wanted) {
        return ERR_OK;
    }
    f.limit = (int64_t)(wanted - s->count);
    f.older_than = s->count == 0 ? 0 : s->items[s->count - 1].id;
    enum err_code rc = audit_list(app_shop(app), &f, keep_item, s, e);
    s->more = s->count >= wanted;
    return rc;
}

static enum err_code read_anew(struct app *app, struct audit_page *s, size_t wanted, struct err *e) {
    forget_items(s);
    forget_people(s);
    s->more = true;
    snprintf(s->now, sizeof s->now, "%s", app_now(app));
    s->currency = *shop_currency(app_shop(app));
    enum err_code rc = staff_list(app_shop(app), true, keep_person, s, e);
    return rc == ERR_OK ? read_on(app, s, wanted, e) : rc;
}

/* What others did meanwhile came on top: the cursor stays with its row. */
static void follow(struct audit_page *s, int64_t id) {
    for (size_t i = s->list.cursor; id != 0 && i < s->count && s->list.top > 0; i++) {
        if (s->items[i].id == id) {
            s->list.top += i - s->list.cursor;
            list_go(&s->list, i);
            return;
        }
    }
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct audit_page *s = state;
    int width = 0, height = 0;
    size_t first = 0, count = 0;
    bool moved = s->moved;
    int64_t id = s->list.cursor < s->count ? s->items[s->list.cursor].id : 0;
    s->moved = false;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - HEAD_ROWS);
    list_wanted(&s->list, &first, &count);
    enum err_code rc = moved ? read_on(app, s, first + count, e) : read_anew(app, s, first + count, e);
    list_loaded(&s->list, 0, s->count, s->count);
    if (!moved) {
        follow(s, id);
    }
    card_reset(&s->card);
    if (rc == ERR_OK && width >= CARD_FROM_WIDTH && s->list.cursor < s->count) {
        const struct audit_item *item = &s->items[s->list.cursor];
        audit_words_card(item, audit_page_who(s, item->staff), &s->currency, &s->card);
    }
    return rc;
}

void audit_page_anew(struct audit_page *s) {
    s->moved = false;
    s->list.cursor = 0;
    s->list.top = 0;
    forget_items(s);
    list_loaded(&s->list, 0, 0, 0);
}

/* --- keys */

static void open_screen(struct app *app, void *state, const char *argument) {
    struct audit_page *s = state;
    (void)app;
    if (argument != NULL) {
        field_set(&s->list.filter, argument);
        free(s->text);
        s->text = mem_strdup(argument);
        audit_page_anew(s);
    }
    s->moved = false;
}

/* The whole log is long: it is searched when the text is there, not at each letter. */
static unsigned type_filter(struct audit_page *s, enum action action, const struct key *key) {
    struct list_source source = source_of(s);
    enum list_result result = list_handle(&s->list, &source, action, key);
    if (s->list.filtering) {
        return result == LIST_IGNORED ? SCREEN_IGNORED : SCREEN_REDRAW;
    }
    free(s->text);
    s->text = mem_strdup(list_filter(&s->list));
    audit_page_anew(s);
    return SCREEN_RELOAD;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct audit_page *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= HEAD_ROWS;
    if (s->list.filtering) {
        return type_filter(s, action, &k);
    }
    if (action == ACTION_LIST_SORT || action == ACTION_LIST_REVERSE || action == ACTION_LIST_MARK) {
        return SCREEN_REDRAW; /* in the order in which it was done */
    }
    if (action == ACTION_LIST_FILTER) {
        app_status(app, _("Type part of a record, a value or an action; Enter searches"));
    }
    if (list_handle(&s->list, &source, action, &k) != LIST_IGNORED) {
        s->moved = true;
        return SCREEN_RELOAD;
    }
    return audit_act(app, s, action);
}

/* --- painting */

static void add_days(const struct audit_page *s, struct buf *out) {
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(s->from, from);
    date_format(s->to, to);
    if (s->from[0] == '\0' && s->to[0] == '\0') {
        buf_add(out, _("all days"));
    } else if (strcmp(from, to) == 0) {
        buf_add(out, from);
    } else {
        buf_addf(out, "%s – %s", from[0] == '\0' ? "…" : from, to[0] == '\0' ? "…" : to);
    }
}

static void paint_head(const struct audit_page *s, struct canvas *c) {
    struct buf text = BUF_INIT;
    bool all = s->staff == NULL && s->noun == NULL && s->from[0] == '\0' && s->to[0] == '\0';
    buf_add(&text, s->staff == NULL ? _("Everybody") : audit_page_who(s, s->staff));
    buf_add(&text, " · ");
    add_days(s, &text);
    buf_addf(&text, " · %s", s->noun == NULL ? _("every kind of record") : audit_words_noun(s->noun));
    canvas_text(c, 1, 0, c->width - 2, all ? STYLE_DIM : STYLE_WARN, buf_str(&text));
    buf_clear(&text);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct audit_page *s = state;
    struct list_source source = source_of(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    paint_head(s, c);
    struct canvas body = canvas_view(c, 0, HEAD_ROWS, list_width, c->height - HEAD_ROWS);
    list_paint(&s->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, HEAD_ROWS, CARD_WIDTH, c->height - HEAD_ROWS);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static enum action_context focus(const void *state) {
    return list_focus(&((const struct audit_page *)state)->list);
}

static void clear(void *state) {
    struct audit_page *s = state;
    forget_items(s);
    forget_people(s);
    free(s->items);
    free(s->people);
    free(s->text);
    free(s->staff);
    free(s->noun);
    card_clear(&s->card);
    list_clear(&s->list);
    export_job_clear(&s->export);
}

const struct screen_ops screen_audit = {
    .name = "audit",
    .title = N_("Who did what"),
    .context = CONTEXT_AUDIT,
    .state_size = sizeof(struct audit_page),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = focus,
    .clear = clear,
    .needs = PERMIT_AUDIT,
};
