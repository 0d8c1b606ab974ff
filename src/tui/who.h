/* Who, and their PIN: what the sign-in screen and an approval ask for. A code or part of a name and Enter, a PIN and
 * Enter; a scanned badge is a code. The PIN is shown as dots, kept nowhere else, and wiped. */
#ifndef TUI_WHO_H
#define TUI_WHO_H

#include "chotdon/permission.h"
#include "tui/app.h"
#include "tui/field.h"

#define WHO_ROWS 8

struct who_person {
    char *code, *name, *role; /* the role's word in the program */
};

/* Plain data to embed; zeroed is empty, who_begin makes it ready. */
struct who {
    enum permission needs; /* only who may do that; PERMIT_NONE: anybody who works here */
    struct field name, pin;
    bool at_pin;
    struct who_person found[WHO_ROWS]; /* for what stands in the name */
    int count, chosen;
    struct who_person person; /* whose PIN is asked for; code NULL: not known yet */
    char message[sizeof((struct err *)0)->message];
    unsigned long free_at; /* app_ticks when the next attempt is heard; 0: now */
};

enum who_result {
    WHO_IGNORED,
    WHO_STAY,
    WHO_LEAVE, /* Esc, with no PIN begun */
    WHO_GIVEN  /* person.code and pin are there to be tried: then who_refused, or who_clear */
};

void who_begin(struct app *app, struct who *w, enum permission needs, const char *code); /* code: NULL or "" unknown */
void who_clear(struct who *w);

/* CONTEXT_SIGN_IN with text in focus. */
enum who_result who_handle(struct app *app, struct who *w, enum action action, const struct key *key);
void who_refused(struct app *app, struct who *w, const struct err *e);

int who_height(const struct who *w); /* rows that who_paint uses */
void who_paint(const struct app *app, const struct who *w, struct canvas *c);

#endif
