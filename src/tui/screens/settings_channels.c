#include "tui/screens/settings_channels.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/channel.h"
#include "chotdon/setting.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screens/short_list.h"

struct channel {
    int64_t id;
    char *name;
};

struct channels_page {
    struct list list;
    struct channel *channels;
    size_t count, cap;
    char *counter; /* the channel of sales at the counter */
    char *acting_on;
};

static const struct list_column columns[] = {
    {N_("Channel"), 24, 50, 1, ALIGN_LEFT, false},
    {"", 20, 40, 2, ALIGN_LEFT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct channels_page *s = ctx;
    if (column == 0) {
        buf_add(out, s->channels[row].name);
    } else if (text_equal_folded(s->channels[row].name, s->counter)) {
        buf_add(out, _("sales at the counter"));
        *style = STYLE_DIM;
    }
}

static struct list_source source_of(const struct channels_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No channel yet; n makes the first")};
}

static void forget(struct channels_page *s) {
    for (size_t i = 0; i < s->count; i++) {
        free(s->channels[i].name);
    }
    s->count = 0;
}

static enum err_code keep(void *ctx, int64_t id, const char *name, struct err *e) {
    struct channels_page *s = ctx;
    (void)e;
    s->channels = mem_grow(s->channels, s->count, &s->cap, sizeof *s->channels);
    s->channels[s->count++] = (struct channel){id, mem_strdup(name)};
    return ERR_OK;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct channels_page *s = state;
    const char *counter = "";
    forget(s);
    enum err_code rc = channel_list(app_shop(app), keep, s, e);
    rc = rc == ERR_OK ? setting_get(app_shop(app), "counter_channel", &counter, e) : rc;
    free(s->counter);
    s->counter = mem_strdup(counter);
    short_list_loaded(app, &s->list, s->count, 0);
    return rc;
}

static enum err_code done(struct app *app, enum err_code rc) {
    if (rc == ERR_OK) {
        app_status(app, _("Saved"));
        app_reload(app);
    }
    return rc;
}

static enum err_code made(struct app *app, void *ctx, const char *text, struct err *e) {
    (void)ctx;
    return done(app, channel_add(app_shop(app), text, e));
}

static enum err_code fill_name(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct channels_page *s = ctx;
    const char *name = "";
    enum err_code rc = channel_name(app_shop(app), id, &name, e);
    if (rc == ERR_OK) {
        free(s->acting_on);
        s->acting_on = mem_strdup(name);
        form_set_text(form, "name", name);
    }
    return rc;
}

static enum err_code renamed(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct channels_page *s = ctx;
    return done(app, channel_rename(app_shop(app), s->acting_on, form_text(form, "name"), e));
}

static unsigned rename_channel(struct app *app, struct channels_page *s, int64_t id) {
    static const struct form_field field = {"name", N_("Name"), FORM_TEXT, 36, false, NULL, NULL};
    popup_edit(app, _("Another name"), form_new(&field, 1, NULL),
               &(struct popup_record){"channel", id, fill_name, renamed, true}, s);
    return SCREEN_REDRAW;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct channels_page *s = state;
    struct list_source source = source_of(s);
    if (action == ACTION_CHANNELS_NEW) {
        popup_prompt(app, _("New channel"), _("Name"), FORM_TEXT, "", made, s);
        return SCREEN_REDRAW;
    }
    if ((action == ACTION_CHANNELS_RENAME || action == ACTION_OPEN) && s->list.cursor < s->count) {
        return rename_channel(app, s, s->channels[s->list.cursor].id);
    }
    return short_list_handle(&s->list, &source, action, key);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct channels_page *s = state;
    struct list_source source = source_of(s);
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static void clear(void *state) {
    struct channels_page *s = state;
    forget(s);
    free(s->channels);
    free(s->counter);
    free(s->acting_on);
    list_clear(&s->list);
}

const struct screen_ops screen_settings_channels = {
    .name = "settings-channels",
    .title = N_("Channels"),
    .context = CONTEXT_CHANNELS,
    .state_size = sizeof(struct channels_page),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_SETTINGS,
};
