#include "tui/terminal.h"

#include <curses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/input.h"
#include "tui/signals.h"

#define EXTRAS_ON  "\033[?2004h"
#define EXTRAS_OFF "\033[?2004l"
#define MOUSE_ON   "\033[?1000h\033[?1006h"
#define MOUSE_OFF  "\033[?1006l\033[?1000l"

struct curses_terminal {
    struct terminal base;
    struct terminal_options options;
    SCREEN *screen;
    struct termios modes; /* as the shell had them */
    int width, height;
    bool extras;                           /* it understands the private modes for paste and mouse */
    struct canvas shown;                   /* what the last blit brought to the screen; empty: nothing is known */
    cchar_t dressed[STYLE_COUNT];          /* a blank in each style */
    unsigned char blank_like[STYLE_COUNT]; /* the first style whose blanks look the same */
    cchar_t *run;                          /* room for a row of cells */
    struct input input;
    unsigned long waited; /* for keys since the last one came; while the program was busy it did not wait */
    bool several;         /* the last read brought more than one byte */
};

static struct curses_terminal *self(struct terminal *t) {
    return (struct curses_terminal *)t;
}

/* A stopwatch for gaps between keys; not the clock that dates come from. */
static unsigned long ticks_now(struct terminal *t) {
    struct timespec now;
    (void)t;
    clock_gettime(CLOCK_BOOTTIME, &now); /* also runs while the machine sleeps: a closed lid locks the screen */
    return (unsigned long)now.tv_sec * 1000 + (unsigned long)(now.tv_nsec / 1000000);
}

static enum theme_depth find_depth(const struct terminal_options *options) {
    if (!options->colour || !has_colors() || start_color() != OK) {
        return DEPTH_NONE;
    }
    use_default_colors(); /* what is no style's: two sequences less at the end of each paint */
    if (tigetflag("RGB") == 1 && COLORS >= 1 << 24) {
        return DEPTH_TRUE;
    }
    return COLORS >= 256 ? DEPTH_256 : COLORS >= 16 ? DEPTH_16 : DEPTH_8;
}

/* Blanks show their background alone, unless they are underlined or reversed. */
static bool blanks_alike(const struct look *a, const struct look *b) {
    return a->bg == b->bg && ((a->attrs | b->attrs) & (ATTR_UNDERLINE | ATTR_REVERSE)) == 0;
}

static void dress(struct curses_terminal *t) {
    enum theme_depth depth = find_depth(&t->options);
    struct look looks[STYLE_COUNT];
    for (int style = 0; style < STYLE_COUNT; style++) {
        struct look look = theme_look(t->options.theme, depth, (enum style)style);
        attr_t attrs = A_NORMAL;
        attrs |= (look.attrs & ATTR_BOLD) != 0 ? A_BOLD : 0;
        attrs |= (look.attrs & ATTR_DIM) != 0 ? A_DIM : 0;
        attrs |= (look.attrs & ATTR_UNDERLINE) != 0 ? A_UNDERLINE : 0;
        attrs |= (look.attrs & ATTR_REVERSE) != 0 ? A_REVERSE : 0;
        bool coloured = depth != DEPTH_NONE && init_extended_pair(style + 1, look.fg, look.bg) == OK;
        int pair = coloured ? style + 1 : 0;
        setcchar(&t->dressed[style], L" ", attrs, 0, &pair);
        looks[style] = look;
        int like = 0;
        while (like < style && !blanks_alike(&looks[like], &look)) {
            like++;
        }
        t->blank_like[style] = (unsigned char)like;
    }
}

/* One character that takes room, then marks that take none, as far as curses has room for them. */
static void set_cluster(const struct cell *cell, wchar_t wide[CCHARW_MAX]) {
    mbstate_t state = {0};
    const char *p = cell->text;
    size_t left = strlen(p);
    size_t bytes;
    int n = 0;
    wchar_t w;
    wide[0] = L'\0';
    while (left > 0 && n < CCHARW_MAX && (bytes = mbrtowc(&w, p, left, &state)) > 0 && bytes <= left) {
        if (n == 0 || wcwidth(w) == 0) {
            wide[n++] = w;
        }
        p += bytes;
        left -= bytes;
    }
}

/* A cell as curses wants it, in one entry or two. What the C library would measure otherwise than we do is shown as ?,
 * so that columns stay where they are. */
static int set_cell(const struct curses_terminal *t, const struct cell *cell, enum style style, cchar_t *out) {
    out[0] = t->dressed[style];
    if (cell->text[1] == '\0' && cell->text[0] >= ' ') {
        out[0].chars[0] = (wchar_t)cell->text[0];
        return 1;
    }
    set_cluster(cell, out[0].chars);
    if (wcwidth(out[0].chars[0]) == cell->width) {
        return 1;
    }
    out[0] = out[1] = t->dressed[style];
    out[0].chars[0] = L'?';
    return cell->width;
}

/* The changed cells from x on, up to one that is as it was. A blank takes the style before it where one sees no
 * difference: fewer changes of colour to send. Returns where the run ends. */
static int put_run(struct curses_terminal *t, const struct cell *row, const struct cell *shown, int x, int y,
                   int width) {
    int start = x;
    int n = 0;
    enum style style = row[x].style;
    for (; x < width && memcmp(&row[x], &shown[x], sizeof *row) != 0; x++) {
        const struct cell *cell = &row[x];
        bool blank = cell->text[0] == ' ' && cell->text[1] == '\0';
        style = blank && t->blank_like[cell->style] == t->blank_like[style] ? style : cell->style;
        n += cell->width == 0 ? 0 : set_cell(t, cell, style, t->run + n);
    }
    mvwadd_wchnstr(stdscr, y, start, t->run, n);
    return x;
}

static void put_row(struct curses_terminal *t, const struct cell *row, const struct cell *shown, int y, int width) {
    for (int x = 0; x < width;) {
        bool same = memcmp(&row[x], &shown[x], sizeof *row) == 0;
        x = same || row[x].width == 0 ? x + 1 : put_run(t, row, shown, x, y, width);
    }
}

static void size(struct terminal *base, int *width, int *height) {
    *width = self(base)->width;
    *height = self(base)->height;
}

/* What the next paint differs from: all blank. */
static void forget_shown(struct curses_terminal *t, int width, int height) {
    canvas_free(&t->shown);
    t->shown = canvas_new(width, height);
    t->run = mem_resize(t->run, (size_t)width + 1, sizeof *t->run);
    wbkgrndset(stdscr, &t->dressed[STYLE_NORMAL]);
    werase(stdscr);
}

static void blit(struct terminal *base, const struct canvas *c) {
    struct curses_terminal *t = self(base);
    int x;
    int y;
    if (t->shown.grid == NULL || t->shown.width != c->width || t->shown.height != c->height) {
        forget_shown(t, c->width, c->height);
    }
    for (y = 0; y < c->height; y++) {
        const struct cell *row = canvas_cell(c, 0, y);
        const struct cell *shown = canvas_cell(&t->shown, 0, y);
        if (memcmp(row, shown, (size_t)c->width * sizeof *row) != 0) {
            put_row(t, row, shown, y, c->width);
            canvas_copy_row(&t->shown, c, y);
        }
    }
    bool cursor = canvas_cursor(c, &x, &y);
    curs_set(cursor ? 1 : 0);
    wmove(stdscr, cursor ? y : c->height - 1, cursor ? x : 0);
    wrefresh(stdscr);
}

static void redraw(struct terminal *base) {
    canvas_free(&self(base)->shown);
    clearok(stdscr, TRUE);
}

static void ring(struct terminal *base) {
    (void)base;
    beep();
}

static void send_extras(struct curses_terminal *t, bool on) {
    if (t->extras) {
        putp(on ? EXTRAS_ON : EXTRAS_OFF);
        putp(!t->options.mouse ? "" : on ? MOUSE_ON : MOUSE_OFF);
        fflush(stdout);
    }
}

static void give_back(struct curses_terminal *t) {
    send_extras(t, false);
    curs_set(1);
    endwin();
    signals_terminal_ours(false);
}

static void take_again(struct curses_terminal *t) {
    signals_terminal_ours(true);
    redraw(&t->base);
    wrefresh(stdscr);
    send_extras(t, true);
}

static void suspend(struct terminal *base) {
    give_back(self(base));
    signals_stop_now();
    take_again(self(base));
}

static void outside(struct terminal *base, void (*run)(void *ctx), void *ctx) {
    give_back(self(base));
    run(ctx);
    take_again(self(base));
}

/* Follows the window's size; asked at every read, because a signal can get lost. */
static bool resized(struct curses_terminal *t) {
    struct winsize now;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) != 0 || now.ws_col == 0 || now.ws_row == 0 ||
        (now.ws_col == t->width && now.ws_row == t->height)) {
        return false;
    }
    resizeterm(now.ws_row, now.ws_col);
    t->width = now.ws_col;
    t->height = now.ws_row;
    return true;
}

/* What a signal asked for, as a key. */
static bool take_signal(struct terminal *base, struct key *out) {
    struct curses_terminal *t = self(base);
    signals_drain();
    if (signals_ended()) {
        out->kind = K_HANGUP;
        return true;
    }
    if (signals_take_stop()) {
        suspend(base);
        resized(t);
        out->kind = K_RESIZE;
        return true;
    }
    if (signals_take_continued()) { /* after SIGSTOP: the shell has had the terminal meanwhile */
        give_back(t);
        take_again(t);
        resized(t);
        t->waited = 0;
        out->kind = K_RESIZE;
        return true;
    }
    out->kind = resized(t) ? K_RESIZE : K_NONE;
    return out->kind == K_RESIZE;
}

/* Waits for bytes or a signal. -1: the terminal is gone; 0: nothing in time; 1: something came (signals too). */
static int wait_input(struct curses_terminal *t, int timeout_ms) {
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals_wake_fd(), .events = POLLIN}};
    unsigned long began = ticks_now(&t->base);
    int n = poll(fds, 2, timeout_ms);
    t->waited += ticks_now(&t->base) - began;
    if (n > 0 && (fds[0].revents & POLLIN) != 0) {
        char bytes[4096];
        ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got <= 0) {
            return -1;
        }
        t->several = got > 1;
        input_add(&t->input, bytes, (size_t)got);
        return 1;
    }
    return n > 0 && (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0 ? -1 : n == 0 ? 0 : 1;
}

/* How long to wait for the rest of something half received. */
static int patience(const struct curses_terminal *t) {
    return t->input.pasting ? INPUT_PASTE_MS : INPUT_ESC_MS;
}

static void read_key(struct terminal *base, int timeout_ms, struct key *out) {
    struct curses_terminal *t = self(base);
    unsigned long began = ticks_now(base);
    bool complete = false;
    *out = (struct key){0};
    while (!take_signal(base, out)) {
        enum input_result r = input_next(&t->input, complete, out);
        if (r == INPUT_KEY) {
            break;
        }
        unsigned long gone = ticks_now(base) - began;
        int left = gone >= (unsigned long)timeout_ms ? 0 : timeout_ms - (int)gone;
        int got = wait_input(t, r == INPUT_PARTIAL ? patience(t) : left);
        if (got < 0) {
            out->kind = K_HANGUP;
            return;
        }
        if (got == 0 && r == INPUT_EMPTY) {
            return;
        }
        complete = got == 0;
    }
    if (out->kind != K_RESIZE) {
        out->gap_ms = t->waited > 1000000 ? 1000000 : (unsigned)t->waited;
        out->several = t->several;
        t->waited = 0;
    }
}

static bool pending(struct terminal *base, int timeout_ms) {
    return input_waiting(&self(base)->input) || wait_input(self(base), timeout_ms) != 0;
}

static void close_terminal(struct terminal *base) {
    struct curses_terminal *t = self(base);
    give_back(t);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &t->modes);
    signals_remove();
    canvas_free(&t->shown);
    free(t->run);
    input_clear(&t->input);
    delscreen(t->screen);
    free(t);
}

static const struct terminal_ops ops = {
    .size = size,
    .blit = blit,
    .read = read_key,
    .pending = pending,
    .ticks = ticks_now,
    .ring = ring,
    .redraw = redraw,
    .suspend = suspend,
    .outside = outside,
    .close = close_terminal,
};

/* A capability's bytes without the pauses ($<5>) that only old hardware needs. */
static void add_capability(struct buf *out, const char *name) {
    const char *p = tigetstr(name);
    if (p == NULL || p == (const char *)-1) {
        return;
    }
    while (*p != '\0') {
        if (p[0] == '$' && p[1] == '<' && strchr(p, '>') != NULL) {
            p = strchr(p, '>') + 1;
        } else {
            buf_add_char(out, *p++);
        }
    }
}

/* What a crash has to send, found out while all is well. */
static void prepare_signals(struct curses_terminal *t) {
    struct buf reset = BUF_INIT;
    if (t->extras) {
        buf_add(&reset, EXTRAS_OFF);
        buf_add(&reset, t->options.mouse ? MOUSE_OFF : "");
    }
    add_capability(&reset, "rmkx");
    add_capability(&reset, "sgr0");
    add_capability(&reset, "op");
    add_capability(&reset, "cnorm");
    add_capability(&reset, "rmcup");
    signals_install(STDOUT_FILENO, &t->modes, buf_str(&reset), reset.len);
    signals_terminal_ours(true);
    buf_clear(&reset);
}

/* Keys of terminals that are not like xterm. */
static void learn_keys(struct input *in) {
    static const struct {
        const char *capability;
        enum key_kind kind;
        unsigned code, mods;
    } keys[] = {
        {"kf1", K_F, 1, 0},
        {"kf2", K_F, 2, 0},
        {"kf3", K_F, 3, 0},
        {"kf4", K_F, 4, 0},
        {"kf5", K_F, 5, 0},
        {"kf6", K_F, 6, 0},
        {"kf7", K_F, 7, 0},
        {"kf8", K_F, 8, 0},
        {"kf9", K_F, 9, 0},
        {"kf10", K_F, 10, 0},
        {"kf11", K_F, 11, 0},
        {"kf12", K_F, 12, 0},
        {"kcuu1", K_UP, 0, 0},
        {"kcud1", K_DOWN, 0, 0},
        {"kcub1", K_LEFT, 0, 0},
        {"kcuf1", K_RIGHT, 0, 0},
        {"khome", K_HOME, 0, 0},
        {"kend", K_END, 0, 0},
        {"kpp", K_PGUP, 0, 0},
        {"knp", K_PGDN, 0, 0},
        {"kdch1", K_DELETE, 0, 0},
        {"kich1", K_INSERT, 0, 0},
        {"kcbt", K_TAB, 0, MOD_SHIFT},
        {"kbs", K_BACKSPACE, 0, 0},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *sequence = tigetstr(keys[i].capability);
        if (sequence != NULL && sequence != (const char *)-1) {
            input_learn(in, sequence, keys[i].kind, keys[i].code, keys[i].mods);
        }
    }
}

static enum err_code check_terminal(struct err *e) {
    int found = 0;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        return err_set(
            e, ERR_REFUSED,
            _("The screens need a terminal for input and output; commands work without one: chotdon --help"));
    }
    if (setupterm(NULL, STDOUT_FILENO, &found) != OK) {
        return err_set(e, ERR_REFUSED,
                       _("This terminal's type is not known (TERM); set TERM to one that is, as xterm-256color"));
    }
    const char *address = tigetstr("cup");
    if (address == NULL || address == (const char *)-1) {
        return err_set(e, ERR_REFUSED,
                       _("This terminal cannot place the cursor (TERM=%s), so there are no screens here; commands "
                         "work: chotdon --help"),
                       termname());
    }
    return ERR_OK;
}

enum err_code terminal_open(const struct terminal_options *options, struct terminal **out, struct err *e) {
    enum err_code code = check_terminal(e);
    *out = NULL;
    if (code != ERR_OK) {
        return code;
    }
    struct curses_terminal *t = mem_zalloc(sizeof *t);
    t->base.ops = &ops;
    t->options = *options;
    tcgetattr(STDIN_FILENO, &t->modes);
    TERMINAL *probe = cur_term; /* of check_terminal; newterm makes its own */
    use_env(FALSE);             /* the terminal itself knows its size: LINES and COLUMNS may say anything */
    use_tioctl(TRUE);
    t->screen = newterm(NULL, stdout, stdin);
    if (t->screen != NULL && cur_term != probe) {
        del_curterm(probe);
    }
    if (t->screen == NULL) {
        free(t);
        return err_set(e, ERR_IO, _("The terminal could not be prepared; commands work without it: chotdon --help"));
    }
    t->extras = strncmp(tigetstr("cup"), "\033[", 2) == 0;
    prepare_signals(t);
    raw();
    noecho();
    nonl();
    typeahead(-1); /* a refresh is never put off */
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    t->width = COLS;
    t->height = LINES;
    resized(t);
    dress(t);
    learn_keys(&t->input);
    send_extras(t, true);
    *out = &t->base;
    return ERR_OK;
}

void terminal_close(struct terminal *t) {
    if (t != NULL) {
        t->ops->close(t);
    }
}
