/* What stands around every screen: title line, status line, the keys that work now. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "tui/app_state.h"
#include "tui/figure.h"

enum { FOOTER_MAX = 24, ERROR_LINES = 5 };

struct footer_item {
    const char *label;
    struct key key;
};

/* Who, when, where: what is least needed goes first when the screen's name would be cut. */
static void add_right(struct buf *right, const struct app_title *t, const char *when, int room) {
    for (int drop = 0; drop < 3; drop++) {
        bool timed = drop < 2 || *t->who == '\0';
        buf_reset(right);
        buf_addf(right, "%s%s%s", t->who, timed && *t->who != '\0' ? " · " : "", timed ? when : "");
        buf_addf(right, "%s%s ", drop < 1 && *t->database != '\0' ? " · " : "", drop < 1 ? t->database : "");
        if (text_width(buf_str(right)) <= room) {
            return;
        }
    }
}

static void paint_title(const struct app *app, struct canvas *c) {
    struct app_title t = {"", "", ""};
    char when[FIGURE_MAX];
    struct buf left = BUF_INIT;
    struct buf right = BUF_INIT;
    const struct app_screen *s = app_current(app);
    if (app->o.title != NULL) {
        app->o.title(app->o.ctx, &t);
    }
    t.who = app_is_locked(app) ? "" : t.who;
    buf_addf(&left, " %s%s%s", t.shop, *t.shop == '\0' ? "" : " │ ", s == NULL ? "" : _(s->ops->title));
    if (s != NULL && s->ops->title_more != NULL) {
        buf_add(&left, "  ");
        s->ops->title_more(s->state, &left);
    }
    add_right(&right, &t, figure_date_time(app->now, when), c->width - text_width(buf_str(&left)) - 2);
    canvas_fill(c, 0, 0, c->width, 1, STYLE_TITLE);
    int used = canvas_text_right(c, 0, 0, c->width, STYLE_TITLE_DIM, buf_str(&right));
    canvas_text(c, 0, 0, c->width - used - 1, STYLE_TITLE, buf_str(&left));
    buf_clear(&left);
    buf_clear(&right);
}

/* What to do stands at a message's end: an error is told in full, over the screen's last lines if it must be. */
static void paint_error(const struct app *app, struct canvas *c) {
    int width = c->width - 4;
    int lines = canvas_wrapped_height(width, app->status);
    lines = lines < 1 ? 1 : lines > ERROR_LINES ? ERROR_LINES : lines;
    int y = c->height - 1 - lines;
    canvas_fill(c, 0, y, c->width, lines, STYLE_ERROR);
    canvas_text(c, 1, y, 1, STYLE_ERROR, "!");
    canvas_text_wrapped(c, 3, y, width, lines, STYLE_ERROR, app->status);
}

static void paint_status(const struct app *app, struct canvas *c) {
    if (app->status_is_error) {
        paint_error(app, c);
        return;
    }
    canvas_fill(c, 0, c->height - 2, c->width, 1, STYLE_STATUS);
    canvas_textf(c, 0, c->height - 2, c->width, STYLE_STATUS, " %s", app->status);
}

/* F1 F2 … by number, then the others as they stand in the table. */
static int rank(const struct footer_item *item) {
    return item->key.kind == K_F ? (int)item->key.code : 100;
}

static size_t collect(const struct app *app, struct footer_item *items) {
    enum action_context chain[APP_CHAIN_MAX];
    int links = app_chain(app, chain);
    bool text = app_text_focus(app);
    size_t n = 0;
    for (int link = 0; link < links; link++) {
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT && n < FOOTER_MAX; i++) {
            const struct action_info *info = action_info((enum action)i);
            const struct key *key;
            bool here = info->context == chain[link] && info->footer != NULL;
            bool about = chain[link] == CONTEXT_GLOBAL || chain[link] == CONTEXT_LIST;
            bool alone = app->desk->popup_count == 0 && !app_is_locked(app);
            bool reachable = alone || !about || i == ACTION_HELP;
            if (!here || !reachable || !action_is_offered(app, (enum action)i) ||
                (key = keymap_first(app->o.keys, (enum action)i, text)) == NULL) {
                continue;
            }
            struct footer_item item = {_(info->footer), *key};
            size_t at = n++;
            for (; at > 0 && rank(&items[at - 1]) > rank(&item); at--) {
                items[at] = items[at - 1];
            }
            items[at] = item;
        }
    }
    return n;
}

static void paint_footer(const struct app *app, struct canvas *c) {
    struct footer_item items[FOOTER_MAX];
    size_t n = collect(app, items);
    int y = c->height - 1;
    int x = 0;
    canvas_fill(c, 0, y, c->width, 1, STYLE_FOOTER);
    for (size_t i = 0; i < n; i++) {
        char name[KEY_NAME_MAX];
        struct canvas probe = canvas_view(c, x, y, c->width - x, 1);
        int used = canvas_text(&probe, 0, 0, probe.width, STYLE_KEY, key_label(&items[i].key, name));
        used += canvas_textf(&probe, used, 0, probe.width - used, STYLE_FOOTER, " %s", items[i].label);
        const struct cell *last = canvas_cell(&probe, probe.width - 1, 0);
        if (last == NULL || (used >= probe.width && strcmp(last->text, "…") == 0)) { /* half a word helps nobody */
            canvas_fill(&probe, 0, 0, probe.width, 1, STYLE_FOOTER);
            break;
        }
        x += used + 1;
    }
}

static void paint_small(const struct app *app, struct canvas *c) {
    struct buf text = BUF_INIT;
    buf_addf(&text, _("The window is too small: %d×%d. At least %d×%d is needed; nothing is lost."), app->canvas.width,
             app->canvas.height, APP_MIN_WIDTH, APP_MIN_HEIGHT);
    canvas_text_wrapped(c, 0, 0, c->width, c->height, STYLE_NORMAL, buf_str(&text));
    buf_clear(&text);
}

void frame_paint(struct app *app) {
    struct canvas *c = &app->canvas;
    canvas_erase(c);
    if (app_too_small(app)) {
        paint_small(app, c);
        return;
    }
    struct canvas body = canvas_view(c, 0, 1, c->width, c->height - 3);
    const struct app_screen *s = app_current(app);
    paint_title(app, c);
    if (s != NULL) {
        s->ops->paint(app, s->state, &body);
    }
    for (size_t i = 0; i < app->desk->popup_count; i++) {
        app->desk->popups[i].ops->paint(app, app->desk->popups[i].state, &body);
    }
    if (app->work.what != NULL) {
        work_paint(app, &body);
    }
    paint_status(app, c);
    paint_footer(app, c);
}
