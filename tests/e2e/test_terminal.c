/* The toolkit in a real (pseudo-)terminal: what is drawn, every key, and the terminal given back on every way out. */
#include "tui/terminal.h"

#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "demo_screens.h"
#include "pty.h"

static void demo_now(void *ctx, char now[DATETIME_SIZE]) {
    (void)ctx;
    strcpy(now, "2026-11-21 14:05:00");
}

static void demo_title(void *ctx, struct app_title *out) {
    (void)ctx;
    *out = (struct app_title){"Tạp hoá Hạnh Phúc", "Lan", "shop.db"};
}

/* The demo program: what main.c does, with two screens of the tests. */
static int demo(void) {
    setlocale(LC_ALL, "");
    struct terminal_options how = {.theme = THEME_DARK, .colour = getenv("NO_COLOR") == NULL, .mouse = true};
    struct terminal *terminal;
    struct err e = ERR_INIT;
    if (terminal_open(&how, &terminal, &e) != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    struct keymap *keys = keymap_new();
    struct app_options o = {.terminal = terminal,
                            .keys = keys,
                            .screens = demo_screens,
                            .screen_count = 2,
                            .now = demo_now,
                            .title = demo_title};
    struct app *app = app_new(&o);
    app_run(app);
    const struct demo_notes *notes = app_screen_state(app, "notes");
    char typed[128] = "";
    if (notes != NULL) {
        snprintf(typed, sizeof typed, "%.100s", field_text(&notes->field));
    }
    app_free(app);
    terminal_close(terminal);
    keymap_free(keys);
    printf("left; typed: %s\n", typed);
    return 0;
}

/* A program that stalls at every key, on a machine under load. */
static int slow(void) {
    struct terminal_options how = {.theme = THEME_DARK};
    struct key_burst burst = {0};
    struct terminal *terminal;
    struct key key = {0};
    struct timespec stall = {0, 60000000};
    if (terminal_open(&how, &terminal, NULL) != ERR_OK) {
        return 1;
    }
    while (key.kind != K_ENTER && key.kind != K_HANGUP) {
        terminal->ops->read(terminal, 500, &key);
        key_burst_add(&burst, &key);
        nanosleep(&stall, NULL);
    }
    terminal_close(terminal);
    printf("scan: %s\n", key.scan);
    return 0;
}

static int setup(void **state) {
    *state = pty_start(&(struct pty_options){.child = demo});
    pty_expect(*state, "Ctrl-P Find");
    pty_settle(*state);
    return 0;
}

static int teardown(void **state) {
    pty_free(*state);
    return 0;
}

static void screen_is_drawn_with_accents_and_wide_characters(void **state) {
    pty_expect(*state, "Tạp hoá Hạnh Phúc │ Goods");
    pty_expect(*state, "Lan · Sat 21/11/2026 14:05 · shop.db");
    pty_expect(*state, "Bánh đa 日本 cua                             6.000");
    pty_expect(*state, "F1 Help F10 Menu");
}

static void keys_arrive_as_what_they_are(void **state) {
    struct pty *p = *state;
    pty_type(p, "<Down><Down><PgDn>");
    pty_expect(p, "21/1 204");
    pty_type(p, "<End>");
    pty_expect(p, "1 204/1 204");
    pty_type(p, "<Home><F10>");
    pty_expect(p, "Menu ─");
    pty_type(p, "<Esc>");
    pty_expect_gone(p, "Menu ─");
    pty_type(p, "<Alt-2>Nguyễn Đạt<Left><Backspace>");
    pty_expect(p, "Nguyễn Đt");
    pty_type(p, "<Ctrl-U>");
    pty_expect_gone(p, "Nguyễn");
}

static void esc_then_digit_switches(void **state) {
    struct pty *p = *state;
    pty_send(p, "\0332"); /* in one go: what a terminal sends for Alt-2 */
    pty_expect(p, "last:");
    pty_type(p, "<Esc>");
    pty_expect(p, "SP00001");
    pty_type(p, "<Esc>2");
    pty_expect(p, "last:");
}

static void paste_is_text_and_nothing_else(void **state) {
    struct pty *p = *state;
    pty_type(p, "<Alt-2>");
    pty_expect(p, "last:");
    pty_paste(p, "dòng một\rdòng hai\033[31m\033OP");
    pty_expect(p, "dòng một dòng hai[31m");
    pty_type(p, "<Enter>");
    pty_expect(p, "last: dòng một dòng hai");
}

static void scanner_burst_is_one_code(void **state) {
    struct pty *p = *state;
    pty_type(p, "<Alt-2>");
    pty_expect(p, "last:");
    pty_send(p, "8934567890123\r8934567890124\r");
    pty_expect(p, "last: 8934567890124");
}

static void burst_is_one_code_though_the_program_stalls(void **state) {
    struct pty *p = pty_start(&(struct pty_options){.child = slow});
    (void)state;
    pty_settle(p);
    for (const char *c = "8934567890123\r"; *c != '\0'; c++) {
        struct timespec pace = {0, 5000000};
        pty_send(p, (const char[]){*c, '\0'});
        nanosleep(&pace, NULL);
    }
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect(p, "scan: 8934567890123");
    pty_free(p);
}

static void window_grows_shrinks_and_says_when_too_small(void **state) {
    struct pty *p = *state;
    pty_resize(p, 130, 40);
    pty_expect(p, "SP00034");
    pty_resize(p, 50, 10);
    pty_expect(p, "too small: 50×10");
    pty_resize(p, 3, 2);
    pty_resize(p, 80, 24);
    pty_expect(p, "SP00018");
    pty_expect_gone(p, "too small");
    pty_expect(p, "F1 Help");
}

static void quitting_gives_the_terminal_back(void **state) {
    struct pty *p = *state;
    pty_type(p, "<Alt-2>abc<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect(p, "left; typed: abc");
    pty_expect_restored(p);
}

static void ends_orderly(struct pty *p, int signal_number) {
    pty_type(p, "<Alt-2>abc");
    pty_signal(p, signal_number);
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect(p, "left; typed: abc");
    pty_expect_restored(p);
}

static void sigterm_ends_orderly(void **state) {
    ends_orderly(*state, SIGTERM);
}

static void sighup_ends_orderly(void **state) {
    ends_orderly(*state, SIGHUP);
}

static void sigint_ends_orderly(void **state) {
    ends_orderly(*state, SIGINT);
}

static void lost_terminal_ends_the_program(void **state) {
    struct pty *p = *state;
    pty_hang_up(p);
    pty_expect_exit(p);
}

static void crash_restores_first(void **state) {
    struct pty *p = *state;
    pty_type(p, "X");
    int end = pty_expect_exit(p);
    assert_true(end == -SIGSEGV || end == 1); /* 1: a sanitizer caught it after us */
    pty_expect(p, "stopped because of a fault");
    pty_expect_restored(p);
}

static void abort_restores_first(void **state) {
    struct pty *p = *state;
    pty_signal(p, SIGABRT);
    assert_int_equal(pty_expect_exit(p), -SIGABRT);
    pty_expect_restored(p);
}

static void stop_gives_back_and_continue_takes_again(void **state) {
    struct pty *p = *state;
    pty_signal(p, SIGTSTP);
    pty_expect_stopped(p);
    pty_expect_gone(p, "SP00001");
    pty_expect_restored(p);
    pty_signal(p, SIGCONT);
    pty_expect(p, "Ctrl-P Find");
    pty_type(p, "<Ctrl-Z>");
    pty_expect_stopped(p);
    pty_expect_restored(p);
    pty_signal(p, SIGCONT);
    pty_expect(p, "SP00001");
    pty_type(p, "<Alt-2>");
    pty_expect(p, "last:");
}

static void sigstop_and_sigcont_draw_anew(void **state) {
    struct pty *p = *state;
    pty_signal(p, SIGSTOP);
    pty_expect_stopped(p);
    pty_signal(p, SIGCONT);
    pty_type(p, "j");
    pty_expect(p, "2/1 204");
}

static void key_writes_little(void **state) {
    struct pty *p = *state;
    size_t before = pty_raw(p)->len;
    pty_type(p, "<Down>");
    pty_expect(p, "2/1 204");
    size_t written = pty_raw(p)->len - before;
    if (written >= 1200) {
        print_error("%zu bytes for one cursor step\n", written);
    }
    assert_true(written < 1200); /* a whole screen is over 4 000 */
}

static void refuses(const char *const *env, const char *sentence) {
    struct pty *p = pty_start(&(struct pty_options){.child = demo, .env = env});
    assert_int_equal(pty_expect_exit(p), 1);
    pty_expect(p, sentence);
    pty_expect_restored(p);
    pty_free(p);
}

static void terminal_that_cannot_place_the_cursor_is_refused(void **state) {
    (void)state;
    refuses((const char *const[]){"TERM=dumb", NULL}, "cannot place the cursor (TERM=dumb)");
    refuses((const char *const[]){"TERM=no-such-terminal", NULL}, "is not known");
    refuses((const char *const[]){"TERM=", NULL}, "is not known");
    refuses((const char *const[]){"TERM=../../../../etc/passwd", NULL}, "is not known");
    refuses((const char *const[]){"TERM=a\x1b[31mb\xe2\x80\xae", NULL}, "is not known");
}

static void size_is_the_terminals_own_whatever_the_environment_says(void **state) {
    static const char *const sizes[][3] = {{"LINES=0", "COLUMNS=0"},
                                           {"LINES=-5", "COLUMNS=-7"},
                                           {"LINES=1", "COLUMNS=1"},
                                           {"LINES=30000", "COLUMNS=30000"},
                                           {"LINES=99999999999999999999", "COLUMNS=x"}};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pty *p = pty_start(&(struct pty_options){.child = demo, .env = sizes[i]});
        pty_expect(p, "F1 Help");
        pty_expect(p, "SP00018");
        pty_type(p, "<Ctrl-Q>");
        assert_int_equal(pty_expect_exit(p), 0);
        pty_free(p);
    }
}

static void all_kinds_of_terminals_are_drawn_and_restored(void **state) {
    static const char *const terms[] = {"TERM=xterm",           "TERM=vt100",         "TERM=linux",
                                        "TERM=screen-256color", "TERM=tmux-256color", "TERM=ansi"};
    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const char *env[] = {terms[i], NULL};
        struct pty *p = pty_start(&(struct pty_options){.child = demo, .env = env});
        pty_expect(p, "F1");
        pty_type(p, "<Ctrl-Q>");
        assert_int_equal(pty_expect_exit(p), 0);
        pty_expect_restored(p);
        pty_free(p);
    }
}

/* Debian keeps xterm-direct in a package of its own, so the test brings one. */
static void true_colour_where_the_terminal_has_it(void **state) {
    static const char source[] = "chotdon-direct|test of direct colours,\n"
                                 "\tRGB, colors#0x1000000, pairs#0x7FFF, op=\\E[39;49m, initc@,\n"
                                 "\tsetaf=\\E[38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%dm,\n"
                                 "\tsetab=\\E[48\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%dm,\n"
                                 "\tuse=xterm-256color,\n";
    char folder[] = "/tmp/chotdon-terminfo-XXXXXX";
    char command[256];
    char terminfo[128];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "tic -x -o %s -", folder);
    FILE *tic = popen(command, "w");
    fputs(source, tic);
    assert_int_equal(pclose(tic), 0);
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s", folder);
    const char *env[] = {"TERM=chotdon-direct", terminfo, NULL};
    struct pty *p = pty_start(&(struct pty_options){.child = demo, .env = env});
    pty_expect(p, "SP00001");
    assert_non_null(strstr(buf_str(pty_raw(p)), "48:2::22:24:29")); /* the dark theme's ground */
    pty_free(p);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static bool has_colour(const struct buf *raw) {
    return strstr(buf_str(raw), "38;5") != NULL || strstr(buf_str(raw), "48;5") != NULL;
}

static void colours_unless_no_color(void **state) {
    assert_true(has_colour(pty_raw(*state)));
    struct pty *p = pty_start(&(struct pty_options){.child = demo, .env = (const char *const[]){"NO_COLOR=1", NULL}});
    pty_expect(p, "SP00001");
    assert_false(has_colour(pty_raw(p)));
    pty_free(p);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(screen_is_drawn_with_accents_and_wide_characters),
        T(keys_arrive_as_what_they_are),
        T(esc_then_digit_switches),
        T(paste_is_text_and_nothing_else),
        T(scanner_burst_is_one_code),
        cmocka_unit_test(burst_is_one_code_though_the_program_stalls),
        T(window_grows_shrinks_and_says_when_too_small),
        T(quitting_gives_the_terminal_back),
        T(sigterm_ends_orderly),
        T(sighup_ends_orderly),
        T(sigint_ends_orderly),
        T(lost_terminal_ends_the_program),
        T(crash_restores_first),
        T(abort_restores_first),
        T(stop_gives_back_and_continue_takes_again),
        T(sigstop_and_sigcont_draw_anew),
        T(key_writes_little),
        T(colours_unless_no_color),
        cmocka_unit_test(size_is_the_terminals_own_whatever_the_environment_says),
        cmocka_unit_test(true_colour_where_the_terminal_has_it),
        cmocka_unit_test(terminal_that_cannot_place_the_cursor_is_refused),
        cmocka_unit_test(all_kinds_of_terminals_are_drawn_and_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
