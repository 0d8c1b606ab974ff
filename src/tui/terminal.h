/* The screen and the keyboard. terminal.c is the only file that knows curses; tests use a fake with the same
 * operations. */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>

#include "base/err.h"
#include "tui/canvas.h"
#include "tui/key.h"
#include "tui/theme.h"

struct terminal;

struct terminal_ops {
    void (*size)(struct terminal *t, int *width, int *height);
    void (*blit)(struct terminal *t,
                 const struct canvas *c); /* brings the screen to what the canvas says; writes only differences */
    /* Waits at most timeout_ms for a key. K_NONE when none came; K_HANGUP again and again once the program is to end.
     */
    void (*read)(struct terminal *t, int timeout_ms, struct key *out);
    bool (*pending)(struct terminal *t, int timeout_ms); /* is a key waiting, or does one come in time? */
    unsigned long (*ticks)(struct terminal *t); /* milliseconds of a stopwatch that was started some time ago */
    void (*ring)(struct terminal *t);
    void (*redraw)(struct terminal *t);  /* forget what is on the screen: the next blit writes all of it */
    void (*suspend)(struct terminal *t); /* give the terminal back, stop, and take it again when continued */
    void (*outside)(struct terminal *t, void (*run)(void *ctx), void *ctx); /* runs with the terminal given back */
    void (*close)(struct terminal *t);                                      /* restores the terminal, frees t */
};

/* First member of every terminal. */
struct terminal {
    const struct terminal_ops *ops;
};

struct terminal_options {
    enum theme_kind theme;
    bool colour; /* false: NO_COLOR or asked for */
    bool mouse;
};

/* Takes over the terminal of standard input and output. ERR_REFUSED with a plain sentence when it is none, is not known
 * or cannot address the cursor; ERR_IO. From here until close it is restored on every way out: normal end, signals,
 * crashes, no memory. One at a time. The locale must be a UTF-8 one (main sees to that). */
enum err_code terminal_open(const struct terminal_options *options, struct terminal **out, struct err *e);

void terminal_close(struct terminal *t); /* NULL is accepted */

#endif
