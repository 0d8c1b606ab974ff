#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "tui/key.h"

enum {
    TYPING_GAP_MS = 45, /* slower than any scanner */
    ESC_GAP_MS = 150,   /* on a busy machine a lone Esc and the next key would be read as Alt */
    SETTLE_MS = 40
};

/* What the shell between us and the program tells: which process, and what became of it. */
struct report {
    pid_t pid;
    int status; /* of waitpid; -1: it has only begun */
};

struct pty {
    int fd;      /* -1 after hanging up */
    pid_t shell; /* session leader; without one in the same session the kernel would not let the program be stopped */
    pid_t pid;   /* the program */
    int reports;
    bool ended, stopped;
    int status;
    struct termios before; /* the line's modes before the child touched them */
    VTerm *vterm;
    VTermScreen *screen;
    int width, height;
    bool alternate, cursor_hidden, mouse;
    struct buf raw, text;
};

static int on_property(VTermProp property, VTermValue *value, void *user) {
    struct pty *p = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        p->alternate = value->boolean;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        p->cursor_hidden = !value->boolean;
    } else if (property == VTERM_PROP_MOUSE) {
        p->mouse = value->number != 0;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void take_terminal(int slave) {
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    for (int fd = 0; fd < 3; fd++) {
        dup2(slave, fd);
    }
    if (slave > 2) {
        close(slave);
    }
}

static void become_program(const struct pty_options *o) {
    clearenv();
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "Asia/Ho_Chi_Minh", 1);
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
    for (const char *const *e = o->env; e != NULL && *e != NULL; e++) {
        putenv((char *)(uintptr_t)*e);
    }
    if (o->argv == NULL) {
        int status = o->child();
        fflush(NULL);
        _exit(status);
    }
    execvp(o->argv[0], (char *const *)(uintptr_t)o->argv);
    fprintf(stderr, "%s: %s\n", o->argv[0], strerror(errno));
    _exit(127);
}

/* As a shell with job control does: the program in a group of its own, in the foreground; tells what becomes of it. */
static void become_shell(const struct pty_options *o, int reports) {
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t pid = fork();
    setpgid(pid, pid);
    tcsetpgrp(0, pid == 0 ? getpid() : pid);
    if (pid == 0) {
        signal(SIGTTOU, SIG_DFL);
        signal(SIGHUP, SIG_DFL);
        close(reports);
        become_program(o);
    }
    struct report report = {pid, -1};
    ssize_t sent = write(reports, &report, sizeof report);
    while (sent == (ssize_t)sizeof report && waitpid(pid, &report.status, WUNTRACED) == pid) {
        sent = write(reports, &report, sizeof report);
        if (!WIFSTOPPED(report.status)) {
            break;
        }
    }
    pause(); /* until the test ends: the terminal stays as the program left it */
    _exit(0);
}

struct pty *pty_start(const struct pty_options *o) {
    struct pty *p = mem_zalloc(sizeof *p);
    int slave;
    int reports[2];
    struct report begun;
    p->width = o->width == 0 ? 80 : o->width;
    p->height = o->height == 0 ? 24 : o->height;
    struct winsize size = {.ws_row = (unsigned short)p->height, .ws_col = (unsigned short)p->width};
    p->fd = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(p->fd >= 0 && grantpt(p->fd) == 0 && unlockpt(p->fd) == 0);
    slave = open(ptsname(p->fd), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    ioctl(slave, TIOCSWINSZ, &size);
    tcgetattr(slave, &p->before);
    p->vterm = vterm_new(p->height, p->width);
    vterm_set_utf8(p->vterm, 1);
    p->screen = vterm_obtain_screen(p->vterm);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
    fflush(NULL);
    assert_return_code(pipe2(reports, O_CLOEXEC), errno);
    p->shell = fork();
    if (p->shell == 0) {
        close(p->fd);
        take_terminal(slave);
        become_shell(o, reports[1]);
    }
    close(slave);
    close(reports[1]);
    p->reports = reports[0];
    assert_int_equal(read(p->reports, &begun, sizeof begun), sizeof begun);
    p->pid = begun.pid;
    fcntl(p->reports, F_SETFL, O_NONBLOCK);
    fcntl(p->fd, F_SETFL, O_NONBLOCK);
    return p;
}

static void hear(struct pty *p) {
    struct report report;
    while (read(p->reports, &report, sizeof report) == (ssize_t)sizeof report) {
        p->stopped = WIFSTOPPED(report.status);
        p->ended = !p->stopped;
        p->status = report.status;
    }
}

void pty_free(struct pty *p) {
    if (p == NULL) {
        return;
    }
    hear(p);
    if (!p->ended) {
        kill(p->pid, SIGKILL);
    }
    kill(p->shell, SIGKILL);
    waitpid(p->shell, NULL, 0);
    close(p->reports);
    pty_hang_up(p);
    vterm_free(p->vterm);
    buf_clear(&p->raw);
    buf_clear(&p->text);
    free(p);
}

void pty_hang_up(struct pty *p) {
    if (p->fd >= 0) {
        close(p->fd);
        p->fd = -1;
    }
}

/* Takes in what the child has written, waiting a little for it. */
static void pump(struct pty *p, int wait_ms) {
    struct pollfd fds = {.fd = p->fd, .events = POLLIN};
    char bytes[16384];
    if (p->fd < 0 || poll(&fds, 1, wait_ms) <= 0) {
        return;
    }
    if ((fds.revents & POLLIN) == 0) { /* nobody has the other end open: that says so at once, again and again */
        struct timespec pause = {0, wait_ms * 1000000L};
        nanosleep(&pause, NULL);
        return;
    }
    ssize_t n;
    while ((n = read(p->fd, bytes, sizeof bytes)) > 0) {
        buf_add_bytes(&p->raw, bytes, (size_t)n);
        vterm_input_write(p->vterm, bytes, (size_t)n);
        size_t replies = vterm_output_read(p->vterm, bytes, sizeof bytes);
        if (replies > 0 && write(p->fd, bytes, replies) < 0) {
            break;
        }
    }
}

static void sleep_ms(struct pty *p, int ms) {
    long long until = ticks_ms() + ms;
    while (ticks_ms() < until) {
        long long left = until - ticks_ms();
        struct timespec pause = {0, 1000000};
        pump(p, (int)(left < 0 ? 0 : left));
        nanosleep(&pause, NULL);
    }
}

void pty_send(struct pty *p, const char *bytes) {
    size_t n = strlen(bytes);
    for (size_t at = 0; at < n;) {
        ssize_t sent = write(p->fd, bytes + at, n - at);
        if (sent > 0) {
            at += (size_t)sent;
        } else if (errno != EAGAIN) {
            return;
        } else {
            pump(p, 10);
        }
    }
}

/* The bytes that xterm sends for a key. */
static void key_bytes(const struct key *key, char out[16]) {
    static const char *const functions[] = {"OP",   "OQ",   "OR",   "OS",   "[15~", "[17~",
                                            "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"};
    static const struct {
        enum key_kind kind;
        const char *bytes;
    } others[] = {{K_ENTER, "\r"},       {K_ESC, "\033"},       {K_TAB, "\t"},      {K_BACKSPACE, "\177"},
                  {K_DELETE, "\033[3~"}, {K_INSERT, "\033[2~"}, {K_UP, "\033OA"},   {K_DOWN, "\033OB"},
                  {K_RIGHT, "\033OC"},   {K_LEFT, "\033OD"},    {K_HOME, "\033OH"}, {K_END, "\033OF"},
                  {K_PGUP, "\033[5~"},   {K_PGDN, "\033[6~"}};
    out[0] = '\0';
    if (key->kind == K_TAB && (key->mods & MOD_SHIFT) != 0) {
        strcpy(out, "\033[Z");
    } else if (key->kind == K_F && key->code <= 12) {
        snprintf(out, 16, "\033%s", functions[key->code - 1]);
    } else if (key->kind == K_CHAR && (key->mods & MOD_CTRL) != 0) {
        out[0] = (char)(key->code - 'a' + 1);
        out[1] = '\0';
    } else if (key->kind == K_CHAR) {
        bool alt = (key->mods & MOD_ALT) != 0;
        out[0] = '\033';
        key_utf8(key->code, out + (alt ? 1 : 0));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others && out[0] == '\0'; i++) {
        if (others[i].kind == key->kind) {
            strcpy(out, others[i].bytes);
        }
    }
}

static size_t character_bytes(const char *s) {
    size_t n = 1;
    while (((unsigned char)s[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

void pty_type(struct pty *p, const char *keys) {
    while (*keys != '\0') {
        char bytes[16] = "";
        const char *end = *keys == '<' && keys[1] != '<' ? strchr(keys, '>') : NULL;
        if (end != NULL) {
            struct key key;
            char *name = mem_strndup(keys + 1, (size_t)(end - keys - 1));
            assert_true(key_parse(name, &key));
            free(name);
            key_bytes(&key, bytes);
            keys = end + 1;
        } else {
            size_t n = character_bytes(keys);
            memcpy(bytes, keys, n);
            keys += *keys == '<' && keys[1] == '<' ? 2 : n;
        }
        pty_send(p, bytes);
        sleep_ms(p, strcmp(bytes, "\033") == 0 ? ESC_GAP_MS : TYPING_GAP_MS);
    }
}

void pty_paste(struct pty *p, const char *text) {
    pty_send(p, "\033[200~");
    pty_send(p, text);
    pty_send(p, "\033[201~");
}

void pty_resize(struct pty *p, int width, int height) {
    struct winsize size = {.ws_row = (unsigned short)height, .ws_col = (unsigned short)width};
    p->width = width;
    p->height = height;
    vterm_set_size(p->vterm, height, width);
    ioctl(p->fd, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *p, int signal_number) {
    kill(p->pid, signal_number);
}

pid_t pty_pid(const struct pty *p) {
    return p->pid;
}

const struct buf *pty_raw(const struct pty *p) {
    return &p->raw;
}

static void add_cell(struct pty *p, int x, int y, size_t *blanks) {
    VTermScreenCell cell;
    vterm_screen_get_cell(p->screen, (VTermPos){.row = y, .col = x}, &cell);
    if (cell.chars[0] == (uint32_t)-1) {
        return; /* the right half of a wide character */
    }
    if (cell.chars[0] == 0 || cell.chars[0] == ' ') {
        (*blanks)++;
        return;
    }
    for (; *blanks > 0; (*blanks)--) {
        buf_add_char(&p->text, ' ');
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
        char utf8[5];
        key_utf8(cell.chars[i], utf8);
        buf_add(&p->text, utf8);
    }
}

const char *pty_screen(struct pty *p) {
    pump(p, 0);
    buf_reset(&p->text);
    for (int y = 0; y < p->height; y++) {
        size_t blanks = 0;
        for (int x = 0; x < p->width; x++) {
            add_cell(p, x, y, &blanks);
        }
        buf_add_char(&p->text, '\n');
    }
    return buf_str(&p->text);
}

static void give_up(struct pty *p, const char *what, const char *text) {
    print_error("%s: %s\nthe screen shows:\n%s", what, text, pty_screen(p));
    fail();
}

static void wait_for(struct pty *p, const char *text, bool there) {
    long long until = ticks_ms() + PTY_DEADLINE_MS;
    while ((strstr(pty_screen(p), text) != NULL) != there) {
        if (ticks_ms() > until) {
            give_up(p, there ? "did not come" : "did not go", text);
        }
        pump(p, 20);
    }
}

void pty_expect(struct pty *p, const char *text) {
    wait_for(p, text, true);
}

void pty_expect_gone(struct pty *p, const char *text) {
    wait_for(p, text, false);
}

void pty_expect_that(struct pty *p, bool (*predicate)(struct pty *p), const char *what) {
    long long until = ticks_ms() + PTY_DEADLINE_MS;
    while (!predicate(p)) {
        if (ticks_ms() > until) {
            give_up(p, "did not come true", what);
        }
        pump(p, 20);
    }
}

void pty_settle(struct pty *p) {
    size_t len;
    do {
        len = p->raw.len;
        sleep_ms(p, SETTLE_MS);
    } while (p->raw.len != len);
}

int pty_expect_exit(struct pty *p) {
    long long until = ticks_ms() + PTY_DEADLINE_MS;
    for (hear(p); !p->ended; hear(p)) {
        if (ticks_ms() > until) {
            give_up(p, "did not end", "the program");
        }
        pump(p, 10);
    }
    sleep_ms(p, 20);
    return WIFSIGNALED(p->status) ? -WTERMSIG(p->status) : WEXITSTATUS(p->status);
}

void pty_expect_stopped(struct pty *p) {
    long long until = ticks_ms() + PTY_DEADLINE_MS;
    for (hear(p); !p->stopped; hear(p)) {
        if (ticks_ms() > until) {
            give_up(p, "did not stop", "the program");
        }
        pump(p, 10);
    }
    p->stopped = false;
    sleep_ms(p, 20);
}

static bool last_is_off(const struct pty *p, const char *on, const char *off) {
    const char *last_on = NULL;
    const char *last_off = NULL;
    for (const char *s = buf_str(&p->raw); (s = strstr(s, on)) != NULL; s++) {
        last_on = s;
    }
    for (const char *s = buf_str(&p->raw); (s = strstr(s, off)) != NULL; s++) {
        last_off = s;
    }
    return last_on == NULL || (last_off != NULL && last_off > last_on);
}

void pty_expect_restored(struct pty *p) {
    struct termios now;
    assert_return_code(tcgetattr(p->fd, &now), errno);
    const char *wrong = now.c_lflag != p->before.c_lflag   ? "the line's local modes"
                        : now.c_iflag != p->before.c_iflag ? "the line's input modes"
                        : now.c_oflag != p->before.c_oflag ? "the line's output modes"
                        : p->alternate                     ? "the other screen is shown"
                        : p->cursor_hidden                 ? "the cursor is hidden"
                        : p->mouse                         ? "the mouse is reported"
                                                           : NULL;
    if (wrong == NULL && !last_is_off(p, "\033[?2004h", "\033[?2004l")) {
        wrong = "pastes are marked";
    }
    if (wrong != NULL) {
        give_up(p, "not restored", wrong);
    }
}
