/* Signals, and the terminal's way back on every one of them. The one place with state outside a struct: a handler has
 * nothing else. Ends (SIGHUP, SIGTERM, SIGINT) and stops (SIGTSTP, SIGCONT) only raise a flag and wake the reader; a
 * second request to end, and crashes (SIGSEGV, SIGABRT…), restore the terminal on the spot with async-signal-safe calls
 * and let the signal take its course. */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* What brings the terminal back: its modes from before, and the bytes to send. Copied; at most SIGNALS_RESET_MAX bytes
 * count. */
#define SIGNALS_RESET_MAX 512
void signals_install(int fd, const struct termios *modes, const char *reset, size_t reset_len);
void signals_remove(void);

void signals_restore_terminal(void);   /* at once; async-signal-safe; nothing when it is not ours at the moment */
void signals_terminal_ours(bool ours); /* is there anything to restore? */

int signals_wake_fd(void); /* readable when a flag was raised */
void signals_drain(void);  /* empties it */

bool signals_ended(void);          /* someone asked us to end */
bool signals_take_stop(void);      /* SIGTSTP came since the last call */
bool signals_take_continued(void); /* SIGCONT came since the last call */
void signals_stop_now(void);       /* stops the process; returns when it is continued */

#endif
