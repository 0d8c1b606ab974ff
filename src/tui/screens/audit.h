/* Who did what: the audit log, newest first, narrowed by text, person, days and kind of record (a page of Settings). */
#ifndef TUI_SCREENS_AUDIT_H
#define TUI_SCREENS_AUDIT_H

#include "chotdon/audit.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_audit;

struct audit_item { /* owns its texts */
    int64_t id;
    char *time, *staff, *action, *entity, *before, *after;
    bool erased;
};

struct audit_person {
    char *code, *name;
};

struct audit_page {
    struct list list;
    bool moved;               /* only the cursor, or more rows are wanted: what was read still holds */
    struct audit_item *items; /* from the newest on, as far as somebody looked */
    size_t count, cap;
    bool more; /* older ones are there */
    struct audit_person *people;
    size_t person_count, person_cap;
    struct currency currency;
    char now[DATETIME_SIZE];
    struct card card; /* of the one under the cursor, on wide screens */
    /* what it is narrowed to */
    char *text;  /* NULL or "": all; what is typed counts from Enter on */
    char *staff; /* NULL: everybody; "" the file's owner */
    char *noun;  /* NULL: every kind of record */
    char from[DATE_SIZE], to[DATE_SIZE];
    struct export_job export;
};

struct audit_filter audit_page_filter(const struct audit_page *s); /* borrows; from the newest, without a limit */
const char *audit_page_who(const struct audit_page *s, const char *code); /* the name; borrowed */
void audit_page_anew(struct audit_page *s);                               /* from the newest row on */

/* audit_actions.c: SCREEN_IGNORED for what is not its. */
unsigned audit_act(struct app *app, void *state, enum action action);

/* audit_record.c: to the screen of the record that the row is about, with it in sight. */
unsigned audit_go_to_record(struct app *app, const struct audit_item *item);

/* audit_words.c. What was done and to what, in the user's words; what has none stays as it is. `out` is added to. */
void audit_words_action(const char *action, struct buf *out);
void audit_words_entity(const char *entity, struct buf *out);
const char *audit_words_noun(const char *noun); /* translated; the noun itself when it has no word */
const char *audit_words_nth_noun(size_t i);     /* NULL at the end */
void audit_words_change(const struct audit_item *item, const struct currency *currency, struct buf *out); /* short */
void audit_words_card(const struct audit_item *item, const char *who, const struct currency *currency,
                      struct card *card);

/* audit_fields.c: before and after, member by member of their JSON objects. */
struct audit_field {
    char *key;
    char *before, *after; /* NULL: not there */
    bool number;          /* neither is a text */
};
struct audit_fields {
    struct audit_field *items;
    size_t count, cap;
};
/* false: one of them is no JSON object, or has too many members; `out` is empty then. */
bool audit_fields_read(const char *before, const char *after, struct audit_fields *out);
void audit_fields_clear(struct audit_fields *f);

#endif
