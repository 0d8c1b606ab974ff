#include "tui/who.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/sign_in.h"
#include "chotdon/staff.h"

enum { SECOND_MS = 1000, LABEL_GAP = 2, FIELD_WIDTH = 28 };

static void person_clear(struct who_person *p) {
    free(p->code);
    free(p->name);
    free(p->role);
    *p = (struct who_person){0};
}

static struct who_person person_copy(const char *code, const char *name, const char *role) {
    return (struct who_person){mem_strdup(code), mem_strdup(name), mem_strdup(role)};
}

static void forget_found(struct who *w) {
    for (int i = 0; i < w->count; i++) {
        person_clear(&w->found[i]);
    }
    w->count = 0;
    w->chosen = 0;
}

void who_clear(struct who *w) {
    forget_found(w);
    person_clear(&w->person);
    field_clear(&w->name);
    field_clear(&w->pin);
    *w = (struct who){.needs = w->needs, .pin = {.secret = true}};
}

/* Whose code it is stands first; then those who have it in code or name. */
static enum err_code keep(void *ctx, const struct staff *s, struct err *e) {
    struct who *w = ctx;
    const char *typed = field_text(&w->name);
    bool exact = text_equal_folded(s->code, typed);
    (void)e;
    if (w->needs != PERMIT_NONE && !permission_of_role(s->role, w->needs)) {
        return ERR_OK;
    }
    if (!exact && !text_contains_folded(s->code, typed) && !text_contains_folded(s->name, typed)) {
        return ERR_OK;
    }
    if (exact && w->count == WHO_ROWS) {
        person_clear(&w->found[--w->count]);
    }
    if (w->count < WHO_ROWS) {
        int at = exact ? 0 : w->count;
        memmove(w->found + at + 1, w->found + at, (size_t)(w->count - at) * sizeof *w->found);
        w->found[at] = person_copy(s->code, s->name, s->role);
        w->count++;
    }
    return ERR_OK;
}

static void drop(struct who *w, int at) {
    person_clear(&w->found[at]);
    w->count--;
    memmove(w->found + at, w->found + at + 1, (size_t)(w->count - at) * sizeof *w->found);
}

/* Who has no PIN approves nothing. */
static void drop_without_pin(struct app *app, struct who *w) {
    bool has_pin = false;
    int wait_s = 0;
    for (int i = w->count; i > 0; i--) {
        if (pin_state(app_shop(app), w->found[i - 1].code, &has_pin, &wait_s, NULL) == ERR_OK && !has_pin) {
            drop(w, i - 1);
        }
    }
}

/* Before anything was typed only those are shown who may approve: the few that there are. */
static void find(struct app *app, struct who *w) {
    struct err e = ERR_INIT;
    forget_found(w);
    if ((w->needs != PERMIT_NONE || !field_is_empty(&w->name)) &&
        staff_list(app_shop(app), false, keep, w, &e) != ERR_OK) {
        who_refused(app, w, &e);
    }
    if (w->needs != PERMIT_NONE) {
        drop_without_pin(app, w);
    }
}

/* From how long the domain makes the next attempt wait. */
static void look_at_wait(struct app *app, struct who *w, bool *has_pin) {
    int wait_s = 0;
    w->free_at = 0;
    *has_pin = true;
    if (w->person.code != NULL && pin_state(app_shop(app), w->person.code, has_pin, &wait_s, NULL) == ERR_OK &&
        wait_s > 0) {
        w->free_at = app_ticks(app) + (unsigned long)wait_s * SECOND_MS;
        app_count_down(app, w->free_at);
    }
}

static void ask_name(struct app *app, struct who *w) {
    field_clear(&w->pin);
    person_clear(&w->person);
    field_clear(&w->name);
    w->at_pin = false;
    w->free_at = 0;
    find(app, w);
}

/* The chosen one's PIN comes next. */
static void take_chosen(struct app *app, struct who *w) {
    bool has_pin;
    person_clear(&w->person);
    const struct who_person *p = &w->found[w->chosen];
    w->person = person_copy(p->code, p->name, p->role);
    forget_found(w);
    field_set(&w->name, w->person.code);
    field_clear(&w->pin);
    look_at_wait(app, w, &has_pin);
    w->at_pin = has_pin;
    if (!has_pin) {
        snprintf(w->message, sizeof w->message, _("%s has no PIN yet; a manager sets one: Settings › Staff, p"),
                 w->person.name);
    }
}

static enum who_result name_given(struct app *app, struct who *w) {
    if (w->count == 0) {
        snprintf(w->message, sizeof w->message, "%s",
                 field_is_empty(&w->name)  ? _("Type your code or part of your name, or scan your badge")
                 : w->needs == PERMIT_NONE ? _("Nobody here has that code or name")
                                           : _("Nobody of that code or name may approve this"));
        return WHO_STAY;
    }
    take_chosen(app, w);
    return WHO_STAY;
}

void who_begin(struct app *app, struct who *w, enum permission needs, const char *code) {
    who_clear(w);
    w->needs = needs;
    w->pin.secret = true;
    field_set(&w->name, code);
    find(app, w);
    bool known = w->count > 0 && code != NULL && text_equal_folded(w->found[0].code, code);
    if (known || (needs != PERMIT_NONE && w->count == 1)) {
        take_chosen(app, w);
        w->message[0] = '\0';
    } else {
        field_clear(&w->name);
        find(app, w);
    }
}

/* A badge that is held to the scanner while the PIN of another is asked for. */
static bool is_badge(struct app *app, const char *scan) {
    bool has_pin;
    int wait_s;
    return scan[0] != '\0' && pin_state(app_shop(app), scan, &has_pin, &wait_s, NULL) == ERR_OK;
}

static enum who_result pin_given(struct app *app, struct who *w, const struct key *key) {
    if (is_badge(app, key->scan)) {
        char *code = mem_strdup(key->scan);
        ask_name(app, w);
        field_set(&w->name, code);
        free(code);
        find(app, w);
        return name_given(app, w);
    }
    return field_is_empty(&w->pin) || w->free_at > app_ticks(app) ? WHO_STAY : WHO_GIVEN;
}

static enum who_result back(struct app *app, struct who *w) {
    if (w->at_pin && !field_is_empty(&w->pin)) {
        field_clear(&w->pin);
        return WHO_STAY;
    }
    if (w->needs == PERMIT_NONE && (w->at_pin || !field_is_empty(&w->name))) {
        ask_name(app, w);
        return WHO_STAY;
    }
    return WHO_LEAVE;
}

static enum who_result typed(struct app *app, struct who *w, enum action action, const struct key *key) {
    enum field_result r = field_handle(w->at_pin ? &w->pin : &w->name, action, key);
    if (r == FIELD_CHANGED) {
        w->message[0] = '\0';
        if (!w->at_pin) {
            find(app, w);
        }
    }
    return r == FIELD_IGNORED ? WHO_IGNORED : WHO_STAY;
}

enum who_result who_handle(struct app *app, struct who *w, enum action action, const struct key *key) {
    switch (action) {
    case ACTION_SIGN_IN_ACCEPT:
        return w->at_pin ? pin_given(app, w, key) : name_given(app, w);
    case ACTION_SIGN_IN_OTHER:
        if (w->at_pin) {
            w->message[0] = '\0';
            ask_name(app, w);
            return WHO_STAY;
        }
        return name_given(app, w);
    case ACTION_SIGN_IN_BACK:
        w->message[0] = '\0';
        return back(app, w);
    case ACTION_LIST_UP:
        w->chosen -= w->chosen > 0;
        return WHO_STAY;
    case ACTION_LIST_DOWN:
        w->chosen += w->chosen + 1 < w->count;
        return WHO_STAY;
    default:
        return typed(app, w, action, key);
    }
}

void who_refused(struct app *app, struct who *w, const struct err *e) {
    bool has_pin;
    snprintf(w->message, sizeof w->message, "%s", e->message);
    field_clear(&w->pin);
    look_at_wait(app, w, &has_pin);
}

int who_height(const struct who *w) {
    enum { FIELDS = 2, MESSAGE = 4 };
    return FIELDS + MESSAGE + (w->at_pin ? 1 : w->count);
}

static void paint_found(const struct who *w, struct canvas *c, int x, int y) {
    struct buf text = BUF_INIT;
    for (int i = 0; i < w->count && !w->at_pin; i++) {
        const struct who_person *p = &w->found[i];
        enum style style = i == w->chosen ? STYLE_CURSOR : STYLE_NORMAL;
        buf_reset(&text);
        buf_addf(&text, "%s %s  %s · %s ", i == w->chosen ? "▸" : " ", p->code, p->name, staff_role_label(p->role));
        canvas_text(c, x, y + i, c->width - x, style, buf_str(&text));
    }
    buf_clear(&text);
}

void who_paint(const struct app *app, const struct who *w, struct canvas *c) {
    const char *name_label = _("Code or name");
    const char *pin_label = _("PIN");
    int labels = text_width(name_label) > text_width(pin_label) ? text_width(name_label) : text_width(pin_label);
    int x = labels + LABEL_GAP;
    int width = c->width - x < FIELD_WIDTH ? c->width - x : FIELD_WIDTH;
    canvas_text(c, 0, 0, labels, STYLE_LABEL, name_label);
    field_paint(&w->name, c, x, 0, width, w->at_pin ? STYLE_FIELD : STYLE_FIELD_FOCUS, !w->at_pin);
    if (!w->at_pin) {
        paint_found(w, c, x, 1);
    }
    int y = w->at_pin ? 1 : 1 + w->count;
    if (w->at_pin) {
        canvas_textf(c, x, y++, c->width - x, STYLE_STRONG, "%s · %s", w->person.name,
                     staff_role_label(w->person.role));
    }
    canvas_text(c, 0, y, labels, STYLE_LABEL, pin_label);
    field_paint(&w->pin, c, x, y, width, w->at_pin ? STYLE_FIELD_FOCUS : STYLE_FIELD, w->at_pin);
    y += 2;
    y += canvas_text_wrapped(c, 0, y, c->width, 3, STYLE_ERROR, w->message);
    unsigned long now = app_ticks(app);
    if (w->free_at > now) {
        int seconds = (int)((w->free_at - now + SECOND_MS - 1) / SECOND_MS);
        canvas_textf(c, 0, y, c->width, STYLE_WARN, _("The next try is heard in %d s"), seconds);
    }
}
