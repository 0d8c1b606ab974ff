/* Forms and one-line prompts as popups. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/app_state.h"

struct form_popup {
    char *title;
    struct form *form;
    popup_form_fn *fn;
    void *ctx;
    void (*free_ctx)(void *); /* may be NULL */
};

static void form_popup_free(void *state) {
    struct form_popup *p = state;
    if (p->free_ctx != NULL) {
        p->free_ctx(p->ctx);
    }
    free(p->title);
    form_free(p->form);
    free(p);
}

static void throw_away(struct app *app, void *ctx) {
    popup_close(app, ctx);
}

static enum popup_result accept(struct app *app, struct form_popup *p) {
    struct err e = ERR_INIT;
    if (form_check_required(p->form, &e) == ERR_OK && p->fn(app, p->ctx, p->form, &e) == ERR_OK) {
        return POPUP_CLOSE;
    }
    form_set_error(p->form, &e);
    approval_want(app, &e);
    app_ring(app);
    return POPUP_STAY;
}

static enum popup_result form_popup_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct form_popup *p = state;
    switch (form_handle(p->form, action, key)) {
    case FORM_ACCEPT:
        return accept(app, p);
    case FORM_CANCEL:
        if (!form_changed(p->form)) {
            return POPUP_CLOSE;
        }
        popup_ask(app, _("Throw away what was typed?"), _("Throw away"), throw_away, p);
        return POPUP_STAY;
    case FORM_STAY:
        return POPUP_STAY;
    case FORM_IGNORED:
    case FORM_SCANNED:
        break;
    }
    return POPUP_PASS;
}

static void form_popup_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct form_popup *p = state;
    (void)app;
    int width = form_width(p->form);
    struct canvas inside = popup_frame(body, width < 50 ? 50 : width, form_height(p->form), p->title);
    form_paint(p->form, &inside, true);
}

static enum action_context form_focus_context(const void *state) {
    (void)state;
    return CONTEXT_FORM;
}

static const struct popup_ops form_popup_ops = {CONTEXT_FORM, form_focus_context, form_popup_handle, form_popup_paint,
                                                form_popup_free};

void popup_form_owned(struct app *app, const char *title, struct form *form, popup_form_fn *fn, void *ctx,
                      void (*free_ctx)(void *)) {
    struct form_popup *p = mem_zalloc(sizeof *p);
    *p = (struct form_popup){mem_strdup(title), form, fn, ctx, free_ctx};
    popup_open(app, &form_popup_ops, p);
}

void popup_form(struct app *app, const char *title, struct form *form, popup_form_fn *fn, void *ctx) {
    popup_form_owned(app, title, form, fn, ctx, NULL);
}

void popup_form_again(struct app *app) {
    struct app_popup *top = app->desk->popup_count == 0 ? NULL : &app->desk->popups[app->desk->popup_count - 1];
    if (top != NULL && top->ops == &form_popup_ops && accept(app, top->state) == POPUP_CLOSE) {
        popup_close(app, top->state);
    }
}

/* A form of one field, whose description lives with the popup. */
struct prompt {
    char *title, *label;
    struct form_field field;
    struct form *form;
    popup_prompt_fn *fn;
    void *ctx;
};

static void prompt_free(void *state) {
    struct prompt *p = state;
    form_free(p->form);
    free(p->title);
    free(p->label);
    free(p);
}

static void keep(struct app *app, const struct prompt *p) {
    free(app->desk->prompt_kept);
    free(app->desk->prompt_kept_title);
    bool secret = p->field.kind == FORM_PASSWORD;
    app->desk->prompt_kept = secret || !form_changed(p->form) ? NULL : mem_strdup(form_text(p->form, "text"));
    app->desk->prompt_kept_title = mem_strdup(p->title);
    app->desk->prompt_kept_ctx = p->ctx;
}

static enum popup_result prompt_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct prompt *p = state;
    struct err e = ERR_INIT;
    switch (form_handle(p->form, action, key)) {
    case FORM_ACCEPT:
        if (p->fn(app, p->ctx, form_text(p->form, "text"), &e) == ERR_OK) {
            return POPUP_CLOSE;
        }
        approval_want(app, &e);
        e.field[0] = '\0';
        form_set_error(p->form, &e);
        app_ring(app);
        return POPUP_STAY;
    case FORM_CANCEL:
        keep(app, p);
        return POPUP_CLOSE;
    case FORM_STAY:
        return POPUP_STAY;
    case FORM_IGNORED:
    case FORM_SCANNED:
        break;
    }
    return POPUP_PASS;
}

static void prompt_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct prompt *p = state;
    (void)app;
    struct canvas inside = popup_frame(body, form_width(p->form) < 50 ? 50 : form_width(p->form), 3, p->title);
    form_paint(p->form, &inside, true);
}

static const struct popup_ops prompt_ops = {CONTEXT_FORM, form_focus_context, prompt_handle, prompt_paint, prompt_free};

void popup_prompt(struct app *app, const char *title, const char *label, enum form_kind kind, const char *initial,
                  popup_prompt_fn *fn, void *ctx) {
    struct prompt *p = mem_zalloc(sizeof *p);
    p->title = mem_strdup(title);
    p->label = mem_strdup(label);
    p->field = (struct form_field){.name = "text", .label = p->label, .kind = kind, .width = 36};
    p->form = form_new(&p->field, 1, NULL);
    p->fn = fn;
    p->ctx = ctx;
    bool again = app->desk->prompt_kept != NULL && strcmp(app->desk->prompt_kept_title, title) == 0 &&
                 app->desk->prompt_kept_ctx == ctx;
    form_set_text(p->form, "text", again ? app->desk->prompt_kept : initial);
    if (again) {
        free(app->desk->prompt_kept);
        app->desk->prompt_kept = NULL;
    }
    popup_open(app, &prompt_ops, p);
}

void popup_forget_secrets(struct desk *desk) {
    for (size_t i = 0; i < desk->popup_count; i++) {
        if (desk->popups[i].ops == &form_popup_ops) {
            form_forget_secrets(((struct form_popup *)desk->popups[i].state)->form);
        } else if (desk->popups[i].ops == &prompt_ops) {
            form_forget_secrets(((struct prompt *)desk->popups[i].state)->form);
        }
    }
}
