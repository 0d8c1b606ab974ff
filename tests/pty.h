/* Programs in a pseudo-terminal, read through libvterm as a person would see them. Nothing sleeps: everything that is
 * expected is polled for until a deadline, and a test fails with the screen printed when it does not come. */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

#define PTY_DEADLINE_MS 10000

struct pty;

struct pty_options {
    int width, height;       /* 0: 80×24 */
    const char *const *argv; /* NULL at the end; NULL: call `child` instead */
    int (*child)(void);      /* runs in the new process; its result is the exit status */
    const char *const *env;  /* "NAME=value" beyond the fixed ones, NULL at the end; may be NULL */
};

/* TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=Asia/Ho_Chi_Minh and PATH are all that the child finds, besides env. */
struct pty *pty_start(const struct pty_options *options);
void pty_free(struct pty *p); /* kills what still runs; NULL is nothing */

void pty_send(struct pty *p, const char *bytes); /* all at once, as a paste or a scanner does */
void pty_type(struct pty *p,
              const char *keys); /* as screen_test_type: text and <F9>, <Alt-1>, <PgDn>…; a person's pace */
void pty_paste(struct pty *p, const char *text); /* bracketed */
void pty_resize(struct pty *p, int width, int height);
void pty_signal(struct pty *p, int signal_number);
void pty_hang_up(struct pty *p); /* closes the terminal */

const char *pty_screen(struct pty *p); /* what is seen now; borrowed until the next call */
/* Wait for a text on the screen, or until it is gone. The test fails at the deadline. */
void pty_expect(struct pty *p, const char *text);
void pty_expect_gone(struct pty *p, const char *text);
void pty_expect_that(struct pty *p, bool (*predicate)(struct pty *p), const char *what);
void pty_settle(struct pty *p); /* until nothing more is written for a moment */
/* The child's end: exit status, or −signal. The test fails when it does not end. */
int pty_expect_exit(struct pty *p);
void pty_expect_stopped(struct pty *p);

/* Has the terminal been given back as it was: modes of the line, main screen, cursor shown, no paste marks, no mouse?
 * Fails with what is wrong. */
void pty_expect_restored(struct pty *p);

pid_t pty_pid(const struct pty *p);
const struct buf *pty_raw(const struct pty *p); /* all bytes that came */

#endif
