/* A line of text being edited, by graphemes: what Backspace takes is what the eye sees as one letter. */
#ifndef TUI_FIELD_H
#define TUI_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/action.h"
#include "tui/canvas.h"
#include "tui/key.h"

/* Plain data to embed; zeroed is an empty field. Change it through the functions. */
struct field {
    char *text; /* NULL or NUL-terminated */
    size_t len, cap;
    size_t at;         /* the cursor, in bytes, at a grapheme's beginning */
    char *erased;      /* what Ctrl-U took, to bring it back */
    bool secret;       /* shows • for each letter; its text is wiped, and no copy of it made */
    unsigned scan_min; /* bursts of so many characters are a scanner's and do not stay here; 0: they may */
};

enum field_result {
    FIELD_IGNORED, /* not a field's key */
    FIELD_MOVED,
    FIELD_CHANGED, /* the text is another one now */
    FIELD_SCANNED  /* a scanner typed here where it must not: its text is out again; the key's scan has it */
};

#define FIELD_MAX_BYTES    4096
#define FIELD_SECRET_BYTES 256 /* of a secret: its memory never moves */

const char *field_text(const struct field *f); /* borrowed, never NULL */
bool field_is_empty(const struct field *f);
void field_set(struct field *f, const char *text);    /* the cursor goes to the end; NULL is "" */
void field_insert(struct field *f, const char *text); /* at the cursor; line ends and tabs become blanks */
void field_clear(struct field *f);

enum field_result field_handle(struct field *f, enum action action, const struct key *key);

/* One row; scrolls sideways so that the cursor is seen, and puts the terminal's cursor there when focused. */
void field_paint(const struct field *f, struct canvas *c, int x, int y, int width, enum style style, bool focused);

#endif
