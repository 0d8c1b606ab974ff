/* Two people at one record (SCREENS, "Everywhere": nobody loses typing): what it was when it was opened, what the one
 * made of it, and what it is by now. Fields are texts as people see them. */
#ifndef CHOTDON_EDIT_H
#define CHOTDON_EDIT_H

#include "chotdon/shop.h"

struct edit_field {
    const char *name; /* borrowed */
    char *was;        /* when it was read; owned, as are the next two */
    char *mine;       /* what is to be saved */
    char *theirs;     /* now; NULL until edit_save has read it */
};
enum edit_fate {
    EDIT_SAME,   /* nobody changed it, or both to the same */
    EDIT_MINE,   /* only I did */
    EDIT_THEIRS, /* only somebody else did */
    EDIT_BOTH    /* both, to different things: a person has to choose */
};
struct edit {
    char *entity; /* in the audit: "customer #17" */
    struct edit_field *fields;
    size_t count;
    int64_t seen;           /* the audit's last row when it was read */
    char *who;              /* after a conflict: who changed it last, by name; "" when the audit does not say */
    char at[DATETIME_SIZE]; /* and when, "" too */
};

/* Made when the record has been read: field names are borrowed, *entity copied. Then edit_set gives the fields
 * their texts; edit_clear frees all of it. */
void edit_begin(struct shop *shop, struct edit *edit, const char *entity, const char *const *names, size_t count);
void edit_set(char **text, const char *value); /* one of a field's texts */
void edit_clear(struct edit *edit);

enum edit_fate edit_fate(const struct edit_field *f);

/* In one transaction: `read` sets every field's `theirs` to what the record says now; what only somebody else changed
 * is taken over into `mine`; then `save` writes `mine`. ERR_CONFLICT when a field was changed by both: nothing is
 * written, and the message says who changed which fields when. After the person has chosen (`mine` of those fields),
 * edit_rebase makes `theirs` what it was, and it is saved again. Both functions may run more than once. */
typedef enum err_code edit_fn(struct shop *shop, void *ctx, struct edit *edit, struct err *e);
enum err_code edit_save(struct shop *shop, struct edit *edit, edit_fn *read, edit_fn *save, void *ctx, struct err *e);

/* For records that are no fields (a plan with its tables), which compare themselves: sets who and at to the newest
 * change since it was read; edit_begin with no fields. */
enum err_code edit_last_change(struct shop *shop, struct edit *edit, struct err *e);
void edit_rebase(struct shop *shop, struct edit *edit);

#endif
