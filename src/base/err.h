/* Errors: a code to branch on and one sentence for the person who will read it. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

enum err_code {
    ERR_OK = 0,
    ERR_NOT_FOUND, /* what was named does not exist */
    ERR_INVALID,   /* a value is malformed or out of range */
    ERR_CONFLICT,  /* it clashes with something that is there already */
    ERR_REFUSED,   /* well formed, but the rules or permissions forbid it */
    ERR_BUSY,      /* another writer held the database too long */
    ERR_IO,        /* a file, terminal or device failed */
    ERR_DB         /* the database reported something we did not expect */
};

/* Owned by the caller, passed as the last parameter; NULL is accepted everywhere and means "only the code matters". */
struct err {
    enum err_code code;
    long line;         /* physical line in a file, 0 when there is none */
    char field[64];    /* the field or option at fault, in its CLI spelling; "" when none */
    char message[512]; /* what, which value, what to do; translated; no trailing newline or full stop */
};

#define ERR_INIT                                                                                                       \
    { .code = ERR_OK }

/* Fills *e and returns code, so that a function can `return err_set(e, ERR_INVALID, …)`. The line is kept. Truncates at
 * a character, shows what hides (text_visible), so the message is always one line; an argument may be *e's own message.
 */
enum err_code err_set(struct err *e, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same, naming the field at fault. */
enum err_code err_set_field(struct err *e, enum err_code code, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void err_clear(struct err *e);

/* A value as it can stand inside a message, so that a hostile one does not push the advice out: at most 40 bytes of it,
 * cut at a character, with … where something is missing. NULL counts as "". Returns `out`. */
#define ERR_CLIP_SIZE 48
const char *err_clip(const char *value, char out[ERR_CLIP_SIZE]);

/* "not found", "invalid"…: a stable English word for logs and tests, not for people. */
const char *err_code_name(enum err_code code);

#endif
