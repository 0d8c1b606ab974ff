#include "tui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static const int end_signals[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT};
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

enum { STACK_SIZE = 65536 };

static struct {
    int fd;
    struct termios modes;
    char reset[SIGNALS_RESET_MAX];
    size_t reset_len;
    volatile sig_atomic_t ours, ended, stop, continued;
    int wake[2];
    void *stack;
} g = {.wake = {-1, -1}};

void signals_restore_terminal(void) {
    if (!g.ours) {
        return;
    }
    g.ours = 0;
    for (size_t at = 0; at < g.reset_len;) {
        ssize_t n = write(g.fd, g.reset + at, g.reset_len - at);
        if (n <= 0) {
            break;
        }
        at += (size_t)n;
    }
    tcsetattr(g.fd, TCSANOW, &g.modes);
}

static void wake(void) {
    int saved = errno;
    if (write(g.wake[1], "", 1) < 0) {
        errno = 0; /* full: the reader is awake anyway */
    }
    errno = saved;
}

static void on_end(int signal_number) {
    if (g.ended) {
        signals_restore_terminal();
        _exit(128 + signal_number);
    }
    g.ended = 1;
    wake();
}

static void on_stop(int signal_number) {
    if (signal_number == SIGTSTP) {
        g.stop = 1;
    } else {
        g.continued = 1;
    }
    wake();
}

/* SA_RESETHAND: the signal that is raised again here ends the program as it would have without us, core file and all.
 */
static void on_crash(int signal_number) {
    static const char text[] = "\nchotdon stopped because of a fault in the program; what was confirmed is saved\n";
    signals_restore_terminal();
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) {
        _exit(128 + signal_number);
    }
    raise(signal_number);
}

static void handle(int signal_number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

void signals_install(int fd, const struct termios *modes, const char *reset, size_t reset_len) {
    g.fd = fd;
    g.modes = *modes;
    g.reset_len = reset_len > SIGNALS_RESET_MAX ? SIGNALS_RESET_MAX : reset_len;
    memcpy(g.reset, reset, g.reset_len);
    g.ended = 0;
    if (g.wake[0] < 0 && pipe2(g.wake, O_NONBLOCK | O_CLOEXEC) != 0) {
        g.wake[0] = g.wake[1] = -1; /* then the reader's own timeout has to do */
    }
    if (g.stack == NULL) { /* a stack overflow needs another stack to be told on */
        g.stack = mem_alloc(STACK_SIZE);
    }
    stack_t stack = {.ss_sp = g.stack, .ss_size = STACK_SIZE};
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof end_signals / sizeof *end_signals; i++) {
        handle(end_signals[i], on_end, 0);
    }
    for (size_t i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++) {
        handle(crash_signals[i], on_crash, (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER));
    }
    handle(SIGTSTP, on_stop, 0);
    handle(SIGCONT, on_stop, 0);
    handle(SIGPIPE, SIG_IGN, 0);
    mem_set_exhausted_hook(signals_restore_terminal);
}

void signals_remove(void) {
    for (size_t i = 0; i < sizeof end_signals / sizeof *end_signals; i++) {
        handle(end_signals[i], SIG_DFL, 0);
    }
    for (size_t i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++) {
        handle(crash_signals[i], SIG_DFL, 0);
    }
    handle(SIGTSTP, SIG_DFL, 0);
    handle(SIGCONT, SIG_DFL, 0);
    mem_set_exhausted_hook(NULL);
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    free(g.stack);
    g.stack = NULL;
    close(g.wake[0]);
    close(g.wake[1]);
    g.wake[0] = g.wake[1] = -1;
}

void signals_terminal_ours(bool ours) {
    g.ours = ours;
}

int signals_wake_fd(void) {
    return g.wake[0];
}

void signals_drain(void) {
    char bytes[64];
    while (read(g.wake[0], bytes, sizeof bytes) > 0) {
    }
}

bool signals_ended(void) {
    return g.ended;
}

bool signals_take_stop(void) {
    bool was = g.stop;
    g.stop = 0;
    return was;
}

bool signals_take_continued(void) {
    bool was = g.continued;
    g.continued = 0;
    return was;
}

void signals_stop_now(void) {
    handle(SIGTSTP, SIG_DFL, 0);
    raise(SIGTSTP);
    handle(SIGTSTP, on_stop, 0);
    g.stop = 0;
    g.continued = 0;
}
