/* Bytes from a terminal into keys: UTF-8, control characters, the escape sequences of xterm and its many kin, Alt as a
 * leading ESC, bracketed paste, SGR mouse. Knows no curses and no clock; the terminal gives it what it has read. */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/key.h"

#define INPUT_SEQUENCES 48

struct input {
    struct buf bytes; /* read but not yet taken; from `at` on */
    size_t at;
    bool pasting;
    struct buf paste;
    struct { /* sequences of this terminal beyond the common ones, from terminfo */
        char bytes[16];
        struct key key;
    } own[INPUT_SEQUENCES];
    size_t own_count;
};

enum input_result {
    INPUT_EMPTY,   /* nothing there */
    INPUT_PARTIAL, /* the beginning of something: wait INPUT_ESC_MS for more (INPUT_PASTE_MS inside a paste), then say
                      `complete` */
    INPUT_KEY
};

#define INPUT_ESC_MS   25
#define INPUT_PASTE_MS 1000

void input_learn(struct input *in, const char *sequence, enum key_kind kind, unsigned code, unsigned mods);
void input_add(struct input *in, const char *bytes, size_t n);
/* The next key. complete: nothing more will come soon, so a lone ESC is the Esc key. A paste's text is borrowed until
 * the next call. */
enum input_result input_next(struct input *in, bool complete, struct key *out);
bool input_waiting(const struct input *in);
void input_clear(struct input *in);

#endif
