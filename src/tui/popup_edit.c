/* A form over a record that others may change meanwhile: what only they changed is taken over, and of what both changed
 * the person chooses. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/edit.h"
#include "tui/app_state.h"
#include "tui/figure.h"
#include "tui/form.h"

struct popup_editing {
    struct popup_record record;
    void *ctx;
    struct form *form;   /* the popup's */
    struct form *theirs; /* the record as it was found on saving; NULL before */
    struct edit edit;
    const char **names;
    char *noun; /* of a named record */
};

static void editing_free(void *ctx) {
    struct popup_editing *ed = ctx;
    form_free(ed->theirs);
    edit_clear(&ed->edit);
    free(ed->names);
    free(ed->noun);
    free(ed);
}

/* --- saving */

struct saving {
    struct app *app;
    struct popup_editing *ed;
    struct buf taken; /* labels of what was taken over */
    bool saved;
    bool can_undo; /* and save said how that is taken back */
};

static void call_by_name(struct popup_editing *ed, const char *name) {
    free(ed->edit.entity);
    ed->edit.entity = mem_printf("%s %s", ed->noun, name);
}

static enum err_code read_theirs(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    struct saving *s = ctx;
    struct popup_editing *ed = s->ed;
    (void)shop;
    form_free(ed->theirs);
    ed->theirs = form_like(ed->form);
    enum err_code rc = ed->record.fill(s->app, ed->ctx, ed->record.id, ed->theirs, e);
    for (size_t i = 0; i < edit->count && rc == ERR_OK; i++) {
        free(edit->fields[i].theirs);
        edit->fields[i].theirs = form_shown(ed->theirs, (int)i);
    }
    if (rc == ERR_OK && ed->noun != NULL) {
        call_by_name(ed, edit->fields[0].theirs);
    }
    return rc;
}

/* The form holds what is to be saved: mine, and what was taken over. */
static enum err_code save_mine(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    struct saving *s = ctx;
    struct popup_editing *ed = s->ed;
    (void)shop;
    buf_reset(&s->taken);
    for (size_t i = 0; i < edit->count; i++) {
        const struct edit_field *f = &edit->fields[i];
        char *shown = form_shown(ed->form, (int)i);
        if (strcmp(f->mine, shown) != 0) {
            form_take(ed->form, ed->theirs, (int)i);
            buf_addf(&s->taken, "%s%s", s->taken.len == 0 ? "" : ", ", f->name);
        }
        free(shown);
    }
    const void *before = s->app->desk->undo.ctx;
    enum err_code rc = ed->record.save(s->app, ed->ctx, ed->form, e);
    s->saved = rc == ERR_OK;
    s->can_undo = s->app->desk->undo.ctx != before;
    return rc;
}

static bool has_clash(const struct edit *edit) {
    for (size_t i = 0; i < edit->count; i++) {
        if (edit_fate(&edit->fields[i]) == EDIT_BOTH) {
            return true;
        }
    }
    return false;
}

static void open_choice(struct app *app, struct popup_editing *ed);

static enum err_code accept(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct popup_editing *ed = ctx;
    struct saving s = {.app = app, .ed = ed, .taken = BUF_INIT};
    for (size_t i = 0; i < ed->edit.count; i++) {
        free(ed->edit.fields[i].mine);
        ed->edit.fields[i].mine = form_shown(form, (int)i);
    }
    enum err_code rc = edit_save(app_shop(app), &ed->edit, read_theirs, save_mine, &s, e);
    if (rc == ERR_CONFLICT && has_clash(&ed->edit)) {
        open_choice(app, ed);
    } else if (rc != ERR_OK && s.saved) {
        app_set_undo(app, "", NULL, NULL, NULL); /* it was not written after all */
    }
    if (rc == ERR_OK && s.can_undo) {
        app_guard_undo(app, ed->edit.entity);
    }
    if (rc == ERR_OK && s.taken.len > 0) {
        char *said = mem_strdup(app->status);
        app_status(app, _("%s · kept from another counter: %s"), said, buf_str(&s.taken));
        free(said);
    }
    buf_clear(&s.taken);
    return rc;
}

struct popup_editing *popup_edit_begin(struct app *app, struct form *form, const struct popup_record *record,
                                       void *ctx) {
    struct err e = ERR_INIT;
    if (record->fill(app, ctx, record->id, form, &e) != ERR_OK) {
        form_free(form);
        app_error(app, &e);
        return NULL;
    }
    struct popup_editing *ed = mem_zalloc(sizeof *ed);
    size_t count = (size_t)form_count(form);
    *ed = (struct popup_editing){.record = *record, .ctx = ctx, .form = form};
    ed->names = mem_array(count, sizeof *ed->names);
    for (size_t i = 0; i < count; i++) {
        ed->names[i] = form_field_label(form, (int)i);
    }
    edit_begin(app_shop(app), &ed->edit, record->entity, ed->names, count);
    for (size_t i = 0; i < count; i++) {
        free(ed->edit.fields[i].was);
        ed->edit.fields[i].was = form_shown(form, (int)i);
    }
    if (record->named) {
        ed->noun = mem_strdup(record->entity);
        call_by_name(ed, ed->edit.fields[0].was);
    }
    ed->record.entity = NULL; /* the caller's */
    return ed;
}

void popup_edit(struct app *app, const char *title, struct form *form, const struct popup_record *record, void *ctx) {
    struct popup_editing *ed = popup_edit_begin(app, form, record, ctx);
    if (ed != NULL) {
        popup_edit_open(app, title, &ed);
    }
}

struct form *popup_edit_form(struct popup_editing *begun) {
    return begun->form;
}

void popup_edit_open(struct app *app, const char *title, struct popup_editing **begun) {
    struct popup_editing *ed = *begun;
    *begun = NULL;
    popup_form_owned(app, title, ed->form, accept, ed, editing_free);
}

void popup_edit_finish(struct app *app, const char *title, struct popup_editing **begun) {
    popup_edit_open(app, title, begun);
    popup_form_again(app);
}

void popup_edit_drop(struct popup_editing **begun) {
    if (*begun != NULL) {
        form_free((*begun)->form);
        editing_free(*begun);
        *begun = NULL;
    }
}

/* --- choosing */

enum { ROWS_EACH = 4, WIDTH = 66, LABEL = 10 };

struct choice {
    struct popup_editing *ed;
    size_t *clashes; /* indexes of fields */
    bool *theirs;    /* chosen; else mine */
    size_t count, at;
};

static void choice_free(void *state) {
    struct choice *c = state;
    free(c->clashes);
    free(c->theirs);
    free(c);
}

/* What was chosen goes into the form, which then begins from what the record says now. */
static void settle(struct app *app, const struct choice *c) {
    struct popup_editing *ed = c->ed;
    for (size_t i = 0; i < ed->edit.count; i++) {
        if (edit_fate(&ed->edit.fields[i]) == EDIT_SAME &&
            strcmp(ed->edit.fields[i].was, ed->edit.fields[i].theirs) != 0) {
            form_take(ed->form, ed->theirs, (int)i); /* only they changed it */
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        if (c->theirs[i]) {
            form_take(ed->form, ed->theirs, (int)c->clashes[i]);
        }
    }
    edit_rebase(app_shop(app), &ed->edit);
}

static enum popup_result choice_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct choice *c = state;
    switch (action) {
    case ACTION_LIST_UP:
        c->at -= c->at > 0 ? 1 : 0;
        return POPUP_STAY;
    case ACTION_LIST_DOWN:
        c->at += c->at + 1 < c->count ? 1 : 0;
        return POPUP_STAY;
    case ACTION_LIST_LEFT:
    case ACTION_LIST_RIGHT:
    case ACTION_LIST_MARK:
    case ACTION_POPUP_SWITCH:
        c->theirs[c->at] = !c->theirs[c->at];
        return POPUP_STAY;
    case ACTION_POPUP_ACCEPT:
    case ACTION_OPEN:
        if (key->scan[0] == '\0') {
            settle(app, c);
            popup_close(app, c);
            popup_form_again(app);
        }
        return POPUP_STAY;
    case ACTION_POPUP_CLOSE:
    case ACTION_BACK:
        return POPUP_CLOSE;
    default:
        return POPUP_STAY;
    }
}

static void paint_version(struct canvas *c, int y, const char *who, const char *text, bool can_be_chosen, bool chosen) {
    enum style style = !can_be_chosen ? STYLE_DIM : chosen ? STYLE_BUTTON_FOCUS : STYLE_POPUP;
    canvas_text(c, 1, y, 1, STYLE_POPUP, chosen ? "●" : can_be_chosen ? "○" : " ");
    canvas_text(c, 3, y, LABEL, STYLE_DIM, who);
    canvas_fill(c, 4 + LABEL, y, c->width - 4 - LABEL, 1, style);
    canvas_text(c, 4 + LABEL, y, c->width - 4 - LABEL, style, text[0] == '\0' ? "—" : text);
}

static void paint_field(const struct choice *c, size_t i, struct canvas *canvas, int y) {
    const struct edit_field *f = &c->ed->edit.fields[c->clashes[i]];
    bool here = i == c->at;
    canvas_text(canvas, 0, y, 2, STYLE_KEY, here ? "▸" : " ");
    canvas_text(canvas, 2, y, canvas->width - 2, here ? STYLE_STRONG : STYLE_POPUP, f->name);
    paint_version(canvas, y + 1, _("it was"), f->was, false, false);
    paint_version(canvas, y + 2, _("mine"), f->mine, true, !c->theirs[i]);
    paint_version(canvas, y + 3, _("theirs"), f->theirs, true, c->theirs[i]);
    if (here) {
        canvas_put_cursor(canvas, 1, y + (c->theirs[i] ? 3 : 2));
    }
}

static void choice_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct choice *c = state;
    const struct edit *edit = &c->ed->edit;
    char when[FIGURE_MAX];
    struct buf text = BUF_INIT;
    (void)app;
    const char *who = edit->who[0] == '\0' ? _("Somebody else") : edit->who;
    if (edit->at[0] == '\0') {
        buf_addf(&text, _("%s changed this while you had it open. Choose what holds:"), who);
    } else {
        buf_addf(&text, _("%s changed this at %s, while you had it open. Choose what holds:"), who,
                 figure_date_time(edit->at, when));
    }
    int width = WIDTH > body->width - 6 ? body->width - 6 : WIDTH;
    int head = canvas_wrapped_height(width, buf_str(&text));
    int fields = (body->height - 4 - head) / ROWS_EACH;
    fields = fields < 1 ? 1 : fields > (int)c->count ? (int)c->count : fields;
    struct canvas inside = popup_frame(body, width, head + fields * ROWS_EACH + 2, _("Changed by two people"));
    canvas_text_wrapped(&inside, 0, 0, inside.width, head, STYLE_POPUP, buf_str(&text));
    size_t first = c->at < (size_t)fields ? 0 : c->at - (size_t)fields + 1;
    for (int i = 0; i < fields && first + (size_t)i < c->count; i++) {
        paint_field(c, first + (size_t)i, &inside, head + i * ROWS_EACH);
    }
    canvas_text(&inside, 0, inside.height - 1, inside.width, STYLE_DIM,
                _("↑↓ field · ←→ mine or theirs · Enter saves · Esc back to the form"));
    buf_clear(&text);
}

static enum action_context choice_focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}

static const struct popup_ops choice_ops = {CONTEXT_POPUP, choice_focus, choice_handle, choice_paint, choice_free};

static void open_choice(struct app *app, struct popup_editing *ed) {
    struct choice *c = mem_zalloc(sizeof *c);
    c->ed = ed;
    c->clashes = mem_array(ed->edit.count, sizeof *c->clashes);
    c->theirs = mem_array(ed->edit.count, sizeof *c->theirs);
    for (size_t i = 0; i < ed->edit.count; i++) {
        if (edit_fate(&ed->edit.fields[i]) == EDIT_BOTH) {
            c->clashes[c->count++] = i;
        }
    }
    popup_open(app, &choice_ops, c);
}
