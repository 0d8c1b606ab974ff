/* The one home of approvals: what a screen or a popup could not do for want of a permission is offered to somebody who
 * may approve it by their PIN, and done once more as it was. Esc leaves everything as it was typed. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/sign_in.h"
#include "tui/app_state.h"
#include "tui/who.h"

enum { WIDTH = 60 };

void deed_clear(struct deed *deed) {
    pick_row_clear(&deed->row);
    *deed = (struct deed){0};
}

void deed_set(struct app *app, struct deed deed) {
    deed_clear(&app->deed);
    app->deed = deed;
    app->deed.key.text = NULL; /* it is gone by then */
}

static struct deed deed_take(struct deed *from) {
    struct deed d = *from;
    *from = (struct deed){0};
    return d;
}

static void perform_in_popup(struct app *app, const struct deed *d) {
    for (size_t i = 0; i < app->desk->popup_count; i++) {
        if (app->desk->popups[i].state == d->popup) {
            popup_handle(app, i, d->action, &d->key);
            return;
        }
    }
}

static void perform(struct app *app, struct deed *d) {
    struct deed same = *d;
    same.row = d->kind == DEED_ROW ? pick_row_copy(&d->row) : (struct pick_row){0};
    deed_set(app, same);
    switch (d->kind) {
    case DEED_NONE:
        break;
    case DEED_ACTION:
        app_act(app, d->action, &d->key);
        break;
    case DEED_POPUP:
        perform_in_popup(app, d);
        break;
    case DEED_YES:
        d->yes(app, d->ctx);
        break;
    case DEED_CHOICE:
        d->choose(app, d->ctx, d->index);
        break;
    case DEED_ROW:
        d->pick(app, d->ctx, &d->row);
        break;
    }
}

struct approval {
    char *title, *text;
    enum permission permission;
    struct deed deed;
    struct who who;
};

static void approval_free(void *state) {
    struct approval *a = state;
    free(a->title);
    free(a->text);
    deed_clear(&a->deed);
    who_clear(&a->who);
    free(a);
}

static enum popup_result try(struct app *app, struct approval *a) {
    struct err e = ERR_INIT;
    if (shop_approve(app->o.shop, a->who.person.code, field_text(&a->who.pin), a->permission, &e) != ERR_OK) {
        who_refused(app, &a->who, &e);
        app_ring(app);
        return POPUP_STAY;
    }
    free(app->approver);
    app->approver = mem_strdup(a->who.person.code);
    deed_clear(&app->again);
    app->again = deed_take(&a->deed);
    return POPUP_CLOSE;
}

static enum popup_result approval_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct approval *a = state;
    switch (who_handle(app, &a->who, action, key)) {
    case WHO_GIVEN:
        return try(app, a);
    case WHO_LEAVE:
        shop_disapprove(app->o.shop);
        return POPUP_CLOSE;
    case WHO_STAY:
        return POPUP_STAY;
    case WHO_IGNORED:
        break;
    }
    return key->scan[0] != '\0' ? POPUP_STAY : POPUP_PASS; /* a badge is not for the screen */
}

static void approval_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct approval *a = state;
    int width = body->width - 4 < WIDTH ? body->width - 4 : WIDTH;
    int rows = canvas_wrapped_height(width, a->text) + 1;
    struct canvas inside = popup_frame(body, width, rows + who_height(&a->who), a->title);
    canvas_text_wrapped(&inside, 0, 0, inside.width, rows - 1, STYLE_POPUP, a->text);
    struct canvas who = canvas_view(&inside, 0, rows, inside.width, inside.height - rows);
    who_paint(app, &a->who, &who);
}

static enum action_context approval_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static const struct popup_ops approval_ops = {CONTEXT_SIGN_IN, approval_focus, approval_handle, approval_paint,
                                              approval_free};

static void ask(struct app *app, enum permission permission) {
    struct approval *a = mem_zalloc(sizeof *a);
    char *roles = permission_roles(permission);
    a->permission = permission;
    a->deed = deed_take(&app->deed);
    a->title = mem_strdup(_("Somebody must approve this"));
    a->text = mem_printf(_("%s may not %s. Who may: %s. With their PIN it is done now, this once."),
                         shop_actor_name(app->o.shop), _(permission_info(permission)->what), roles);
    free(roles);
    popup_open(app, &approval_ops, a);
    who_begin(app, &a->who, permission, app->approver);
}

void approval_want(struct app *app, const struct err *e) {
    if (app->deed.kind != DEED_NONE && !app_is_locked(app)) {
        app->wanted = permission_refused(e);
    }
}

void approval_settle(struct app *app) {
    if (app->again.kind != DEED_NONE) {
        struct deed d = deed_take(&app->again);
        app->wanted = PERMIT_NONE;
        perform(app, &d);
        deed_clear(&d);
        if (app->wanted == PERMIT_NONE && app->o.shop != NULL) {
            shop_disapprove(app->o.shop); /* it was for this, not for what comes next */
        }
    }
    enum permission wanted = app->wanted;
    app->wanted = PERMIT_NONE;
    if (wanted != PERMIT_NONE && app->deed.kind != DEED_NONE) {
        ask(app, wanted);
    }
    deed_clear(&app->deed);
}
