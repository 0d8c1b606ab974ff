#include "tui/screens/sign_in.h"

#include "base/i18n.h"
#include "chotdon/setting.h"
#include "chotdon/sign_in.h"
#include "tui/who.h"

enum { WIDTH = 64, HEAD_ROWS = 4 };

struct sign_in_state {
    struct who who;
    bool expects; /* somebody in particular, whose work is put away */
};

static void sign_in_open(struct app *app, void *state, const char *argument) {
    struct sign_in_state *s = state;
    who_begin(app, &s->who, PERMIT_NONE, argument);
    s->expects = s->who.person.code != NULL;
}

static void try(struct app *app, struct sign_in_state *s) {
    struct err e = ERR_INIT;
    if (shop_sign_in(app_shop(app), s->who.person.code, field_text(&s->who.pin), &e) == ERR_OK) {
        who_clear(&s->who);
        app_signed_in(app);
    } else {
        who_refused(app, &s->who, &e);
        app_ring(app);
    }
}

static unsigned sign_in_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct sign_in_state *s = state;
    if (action == ACTION_HELP || action == ACTION_REDRAW || action == ACTION_SUSPEND || action == ACTION_QUIT) {
        return SCREEN_IGNORED;
    }
    if (who_handle(app, &s->who, action, key) == WHO_GIVEN) {
        try(app, s);
    }
    return SCREEN_REDRAW; /* no other screen before somebody has signed in */
}

static void sign_in_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct sign_in_state *s = state;
    int width = c->width - 4 < WIDTH ? c->width - 4 : WIDTH;
    int x = (c->width - width) / 2;
    int y = c->height > 16 ? c->height / 5 : 1;
    canvas_text(c, x, y, width, STYLE_STRONG, _("Who is working here?"));
    canvas_text(c, x, y + 1, width, STYLE_DIM,
                s->expects && s->who.at_pin ? _("PIN and Enter to go on; Tab: somebody else signs in")
                                            : _("Code or name, Enter, PIN, Enter; a badge can be scanned"));
    struct canvas who = canvas_view(c, x, y + HEAD_ROWS - 1, width, c->height - y - HEAD_ROWS + 1);
    who_paint(app, &s->who, &who);
}

static enum action_context sign_in_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static void sign_in_clear(void *state) {
    who_clear(&((struct sign_in_state *)state)->who);
}

const struct screen_ops screen_sign_in = {
    .name = "sign-in",
    .title = N_("Sign in"),
    .context = CONTEXT_SIGN_IN,
    .state_size = sizeof(struct sign_in_state),
    .open = sign_in_open,
    .handle = sign_in_handle,
    .paint = sign_in_paint,
    .focus = sign_in_focus,
    .clear = sign_in_clear,
};
