#include "tui/pin_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/sign_in.h"
#include "chotdon/staff.h"
#include "tui/app_state.h"

static const struct form_field current_field = {"current", N_("PIN until now"), FORM_PASSWORD, 24, true, NULL, NULL};
static const struct form_field fields[] = {
    {"current", N_("PIN until now"), FORM_PASSWORD, 24, true, NULL, NULL}, /* only of one's own */
    {"pin", N_("New PIN"), FORM_PASSWORD, 24, true, NULL, N_("4 characters or more")},
    {"again", N_("Once more"), FORM_PASSWORD, 24, true, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

struct target {
    struct staff person;
    bool has_pin, own;
};

static enum err_code find(struct app *app, const char *code, struct target *t, struct err *e) {
    int64_t id = 0;
    int wait_s = 0;
    *t = (struct target){0};
    enum err_code rc = staff_find(app->o.shop, code, &id, e);
    if (rc == ERR_OK) {
        rc = staff_get(app->o.shop, id, &t->person, e);
    }
    if (rc == ERR_OK) {
        rc = pin_state(app->o.shop, t->person.code, &t->has_pin, &wait_s, e);
    }
    t->own = rc == ERR_OK && shop_actor_id(app->o.shop) == id;
    return rc;
}

static void set_target(struct app *app, const char *code) {
    free(app->pin_of);
    app->pin_of = mem_strdup(code);
}

static enum err_code pin_given(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct target t;
    bool was_on = shop_sign_in_is_on(app->o.shop);
    enum err_code rc = find(app, app->pin_of, &t, e);
    (void)ctx;
    if (rc == ERR_OK && strcmp(form_text(form, "pin"), form_text(form, "again")) != 0) {
        rc = err_set_field(e, ERR_INVALID, "again", _("The two are not the same"));
    }
    if (rc == ERR_OK) {
        rc = pin_set(app->o.shop, t.person.code, t.own && t.has_pin ? form_text(form, "current") : NULL,
                     form_text(form, "pin"), e);
    }
    if (rc == ERR_OK && !was_on && shop_sign_in_is_on(app->o.shop)) {
        app_status(app, _("Sign-in is on. You go on as %s; give the others their PINs here"), t.person.name);
    } else if (rc == ERR_OK) {
        app_status(app, _("%s has a new PIN"), t.person.name);
    }
    staff_clear(&t.person);
    return rc;
}

static void open_form(struct app *app, void *ctx) {
    struct target t;
    struct err e = ERR_INIT;
    (void)ctx;
    if (find(app, app->pin_of, &t, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        int hidden = t.own && t.has_pin ? 0 : 1;
        char *title = mem_printf(_("PIN of %s"), t.person.name);
        popup_form(app, title, form_new(fields + hidden, FIELDS - hidden, NULL), pin_given, NULL);
        free(title);
    }
    staff_clear(&t.person);
}

void pin_form_open(struct app *app, const char *staff_code) {
    struct target t;
    struct err e = ERR_INIT;
    set_target(app, staff_code);
    if (find(app, staff_code, &t, &e) != ERR_OK) {
        app_error(app, &e);
    } else if (!shop_sign_in_is_on(app->o.shop) && permission_of_role(t.person.role, PERMIT_PIN)) {
        popup_ask(
            app,
            _("The first PIN of a manager turns sign-in on for all counters: from then on everybody signs in with "
              "a PIN and may do what their role may. Give the others their PINs right after. Who owns the "
              "shop's file can set a manager's PIN anew when it is forgotten: chotdon staff pin --recover"),
            _("Set the PIN"), open_form, NULL);
    } else {
        open_form(app, NULL);
    }
    staff_clear(&t.person);
}

void pin_form_own(struct app *app) {
    struct err e = ERR_INIT;
    const char *code = app->o.shop == NULL ? "" : shop_actor_code(app->o.shop);
    if (app_is_locked(app)) {
        return;
    }
    if (code[0] == '\0') {
        err_set(&e, ERR_REFUSED, _("You act as the shop's owner; PINs are set in Settings › Staff with p"));
        app_error(app, &e);
    } else {
        pin_form_open(app, code);
    }
}

/* --- taking it away */

static enum err_code take_away(struct app *app, const char *current, struct err *e) {
    bool opened = false;
    enum err_code rc = pin_remove(app->o.shop, app->pin_of, current, &opened, e);
    if (rc == ERR_OK && opened) {
        app_status(app, _("No manager has a PIN any more: the shop is open to whoever runs the program"));
    } else if (rc == ERR_OK) {
        app_status(app, _("%s has no PIN any more"), app->pin_of);
    }
    app_reload(app);
    return rc;
}

static enum err_code own_removed(struct app *app, void *ctx, const struct form *form, struct err *e) {
    (void)ctx;
    return take_away(app, form_text(form, "current"), e);
}

static void removed(struct app *app, void *ctx) {
    struct err e = ERR_INIT;
    (void)ctx;
    if (take_away(app, NULL, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

void pin_form_remove(struct app *app, const char *staff_code) {
    struct target t;
    struct err e = ERR_INIT;
    set_target(app, staff_code);
    if (find(app, staff_code, &t, &e) != ERR_OK) {
        app_error(app, &e);
    } else if (!t.has_pin) {
        app_status(app, _("%s has no PIN"), t.person.name);
    } else if (t.own) {
        popup_form(app, _("Take the own PIN away"), form_new(&current_field, 1, NULL), own_removed, NULL);
    } else {
        char *question =
            mem_printf(_("Take away the PIN of %s? They cannot sign in then. Without any manager's PIN the "
                         "shop is open to all."),
                       t.person.name);
        popup_ask(app, question, _("Take away"), removed, NULL);
        free(question);
    }
    staff_clear(&t.person);
}
