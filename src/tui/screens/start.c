#include "tui/screens/start.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/sample.h"
#include "chotdon/setting.h"
#include "io/outfile.h"
#include "tui/form.h"

enum { LANGUAGE_VI, LANGUAGE_EN };
enum { GOODS_OWN, GOODS_SAMPLE, GOODS_IMPORTED };
enum { WIDTH = 76 };

struct start_state {
    struct form *form;
    int language;
};

static const char *const languages[] = {"Tiếng Việt", "English", NULL};
static const char *const contents[] = {N_("Empty, for my own goods"), N_("A sample shop to try everything with"),
                                       N_("Goods, customers, orders from my files"), NULL};

static const struct form_field fields[] = {
    {"language", N_("Language"), FORM_CHOICE, 40, false, languages, NULL},
    {"shop_name", N_("The shop's name"), FORM_TEXT, 40, true, NULL, NULL},
    {"sample", N_("Begin with"), FORM_CHOICE, 40, false, contents, NULL},
    {"currency", N_("Currency"), FORM_TEXT, 8, true, NULL, N_("fixed for good")},
};

/* Of the catalogue in force: the message stands for its language. */
static int current_language(void) {
    return strcmp(_("Language"), "Language") == 0 ? LANGUAGE_EN : LANGUAGE_VI;
}

static void start_open(struct app *app, void *state, const char *argument) {
    struct start_state *s = state;
    (void)argument;
    if (app_shop(app) != NULL) { /* nothing to begin any more */
        app_go(app, "sell", NULL);
        return;
    }
    if (s->form == NULL) {
        s->form = form_new(fields, sizeof fields / sizeof *fields, NULL);
        s->language = current_language();
        form_set_choice(s->form, "language", s->language);
        form_set_text(s->form, "currency", "VND");
        form_focus(s->form, "shop_name");
    }
}

struct work {
    struct app *app;
    int64_t ticks;
};

static bool tick(void *ctx) {
    struct work *w = ctx;
    return app_progress(w->app, ++w->ticks, 0);
}

/* A believable shop takes a moment; stopped, the shop stays empty. */
static enum err_code fill(struct app *app, struct shop *shop, struct err *e) {
    app_work_begin(app, _("Making the sample shop"));
    struct work work = {app, 0};
    shop_set_progress(shop, tick, &work);
    enum err_code rc = sample_fill(shop, e);
    shop_set_progress(shop, NULL, NULL);
    app_work_end(app);
    return rc;
}

static enum err_code set_up(struct app *app, const struct start_state *s, struct shop *shop, struct err *e) {
    enum err_code rc = ERR_OK;
    if (form_choice(s->form, "sample") == GOODS_SAMPLE) {
        rc = fill(app, shop, e);
    }
    if (rc == ERR_OK) {
        rc = setting_set(shop, "shop_name", form_text(s->form, "shop_name"), e);
    }
    if (rc == ERR_OK) {
        rc = setting_set(shop, "language", s->language == LANGUAGE_VI ? "vi" : "en", e);
    }
    return rc;
}

static bool is_dong(const struct form *form) {
    struct currency c;
    return currency_find(form_text(form, "currency"), &c) && strcmp(c.code, "VND") == 0;
}

static enum err_code make(struct app *app, struct start_state *s, struct err *e) {
    const struct shop_options *options = app_shop_options(app);
    struct shop *shop = NULL;
    enum err_code rc = form_check_required(s->form, e);
    if (rc == ERR_OK && form_choice(s->form, "sample") == GOODS_SAMPLE && !is_dong(s->form)) {
        rc = err_set_field(e, ERR_INVALID, "currency", _("the sample shop sells in VND"));
    }
    if (rc == ERR_OK) {
        rc = outfile_make_folder(options->path, e);
    }
    if (rc == ERR_OK) {
        rc = shop_create(options, form_text(s->form, "currency"), &shop, e);
        if (rc != ERR_OK && e->field[0] == '\0' && rc == ERR_INVALID) {
            strcpy(e->field, "currency");
        }
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct err later = ERR_INIT;
    rc = set_up(app, s, shop, &later);
    app_set_shop(app, shop);
    bool import = form_choice(s->form, "sample") == GOODS_IMPORTED;
    app_go(app, "sell", NULL);
    if (import) { /* from there, Esc goes to Sell */
        app_go(app, "settings-import", NULL);
    }
    if (rc != ERR_OK) { /* the shop is there all the same */
        app_error(app, &later);
    } else if (import) {
        app_status(app, _("The shop is ready. Choose a file; goods first, then customers, then orders"));
    } else if (form_choice(s->form, "sample") == GOODS_SAMPLE) {
        app_status(app, _("The sample shop is ready: type part of a name, Enter, then F8"));
    } else {
        app_status(app, _("The shop is ready. Add goods with Alt-7 and n, or import a file: Alt-0"));
    }
    return ERR_OK;
}

static unsigned start_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct start_state *s = state;
    struct err e = ERR_INIT;
    if (action == ACTION_HELP || action == ACTION_REDRAW || action == ACTION_SUSPEND || action == ACTION_QUIT) {
        return SCREEN_IGNORED;
    }
    if (form_handle(s->form, action, key) == FORM_ACCEPT && make(app, s, &e) != ERR_OK) {
        form_set_error(s->form, &e);
        app_error(app, &e);
    }
    if (form_choice(s->form, "language") != s->language) {
        s->language = form_choice(s->form, "language");
        app_set_language(app, s->language == LANGUAGE_VI ? "vi" : "en");
    }
    return SCREEN_REDRAW; /* no other screen works without a shop */
}

static void start_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct start_state *s = state;
    if (s->form == NULL) {
        return;
    }
    int width = c->width - 4 < WIDTH ? c->width - 4 : WIDTH;
    int x = (c->width - width) / 2;
    int y = c->height > 20 ? 3 : 1;
    canvas_text(c, x, y, width, STYLE_STRONG, _("Welcome to Chốt Đơn"));
    y += 2;
    y += canvas_text_wrapped(c, x, y, width, 3, STYLE_NORMAL,
                             _("There is no shop in this file yet. Say its name and press Enter; the rest can be "
                               "changed later."));
    const struct shop_options *options = app_shop_options(app);
    canvas_text(c, x, y, width, STYLE_DIM, options == NULL ? "" : options->path);
    y += 2;
    struct canvas form = canvas_view(c, x, y, width, c->height - y);
    form_paint(s->form, &form, true);
}

static enum action_context start_focus(const void *state) {
    (void)state;
    return CONTEXT_FORM;
}

static void start_clear(void *state) {
    form_free(((struct start_state *)state)->form);
}

const struct screen_ops screen_start = {
    .name = "start",
    .title = N_("First run"),
    .context = CONTEXT_START,
    .state_size = sizeof(struct start_state),
    .open = start_open,
    .handle = start_handle,
    .paint = start_paint,
    .focus = start_focus,
    .clear = start_clear,
};
