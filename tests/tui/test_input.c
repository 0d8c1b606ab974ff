/* Bytes into keys: the sequences of common terminals, however they are cut up on the way. */
#include "tui/input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"

static int below(struct random *r, size_t n) {
    return (int)random_between(r, 0, (int64_t)n - 1);
}

/* All keys of some bytes by name, parted by blanks. */
static void decode(const char *bytes, size_t n, size_t piece, struct buf *out) {
    struct input in = {0};
    struct key key;
    char name[KEY_NAME_MAX];
    for (size_t at = 0; at < n; at += piece) {
        input_add(&in, bytes + at, at + piece > n ? n - at : piece);
        while (input_next(&in, at + piece >= n, &key) == INPUT_KEY) {
            buf_addf(out, "%s%s", out->len > 0 ? " " : "", key_label(&key, name));
            if (key.kind == K_PASTE) {
                buf_addf(out, "[%s]", key.text);
            } else if (key.kind == K_CLICK || key.kind == K_WHEEL) {
                buf_addf(out, "(%s%u %d,%d)", key.kind == K_CLICK ? "click" : "wheel", (unsigned)key.code, key.x,
                         key.y);
            }
        }
    }
    input_clear(&in);
}

static void means(const char *bytes, const char *names) {
    for (size_t piece = 1; piece < 12; piece++) {
        struct buf got = BUF_INIT;
        decode(bytes, strlen(bytes), piece, &got);
        assert_string_equal(buf_str(&got), names);
        buf_clear(&got);
    }
}

static void characters_and_controls(void **state) {
    (void)state;
    means("aé日👍", "a é 日 👍");
    means("\r\n\t\x7f\x08 ", "Enter Enter Tab Backspace Backspace Space");
    means("\x01\x10\x1a\x1c", "Ctrl-A Ctrl-P Ctrl-Z Ctrl-\\");
}

static void function_and_cursor_keys_of_xterm_rxvt_and_the_console(void **state) {
    (void)state;
    means("\033OP\033OQ\033[15~\033[21~\033[24~", "F1 F2 F5 F10 F12");
    means("\033[11~\033[14~\033[[A\033[[E", "F1 F4 F1 F5");
    means("\033[A\033OB\033[C\033OD", "Up Down Right Left");
    means("\033[H\033OF\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End");
    means("\033[5~\033[6~\033[2~\033[3~\033[Z", "PgUp PgDn Ins Del Shift-Tab");
    means("\033[1;5D\033[1;2A\033[3;5~\033[1;3P\033[15;2~", "Ctrl-Left Shift-Up Ctrl-Del Alt-F1 Shift-F5");
    means("\033[97;5u\033[27;5;9~", "Ctrl-A Ctrl-Tab");
}

static void alt_is_a_leading_escape(void **state) {
    (void)state;
    means("\0331\0330\033x\033đ", "Alt-1 Alt-0 Alt-x Alt-đ");
    means("\033\r\033\x7f", "Alt-Enter Alt-Backspace");
    means("\033\033OP", "Esc F1");
    means("\033", "Esc");
    means("\033[", "Alt-[");
    means("\033O", "Alt-O");
}

static void unknown_sequences_vanish_whole(void **state) {
    (void)state;
    means("a\033[?1;2cb\033[200;300;400;500;600xc", "a b c");
    means("\033[<0;5;7M\033[<0;5;7m\033[<65;1;1M\033[<64;1;1M", "(click0 4,6) (wheel1 0,0) (wheel0 0,0)");
}

static void paste_is_one_key_with_its_text(void **state) {
    (void)state;
    means("a\033[200~dòng 1\r\033[Adòng 2\033[201~b", "a [dòng 1\n\033[Adòng 2] b");
}

static void what_is_not_utf8_becomes_a_replacement(void **state) {
    (void)state;
    means("\xff"
          "a\xc0\xaf"
          "b\xed\xa0\x80",
          "\xEF\xBF\xBD a \xEF\xBF\xBD \xEF\xBF\xBD b \xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD");
}

static void terminals_own_sequences_are_learnt(void **state) {
    struct input in = {0};
    struct key key;
    (void)state;
    input_learn(&in, "\033[z9", K_F, 3, 0);
    input_learn(&in, "x", K_F, 4, 0); /* no sequence: left alone */
    input_add(&in, "\033[z9x", 5);
    assert_int_equal(input_next(&in, false, &key), INPUT_KEY);
    assert_true(key.kind == K_F && key.code == 3);
    assert_int_equal(input_next(&in, false, &key), INPUT_KEY);
    assert_true(key_is_char(&key, 'x'));
    input_clear(&in);
}

static void lone_escape_waits_for_more(void **state) {
    struct input in = {0};
    struct key key;
    (void)state;
    input_add(&in, "\033", 1);
    assert_int_equal(input_next(&in, false, &key), INPUT_PARTIAL);
    assert_int_equal(input_next(&in, true, &key), INPUT_KEY);
    assert_int_equal(key.kind, K_ESC);
    assert_int_equal(input_next(&in, true, &key), INPUT_EMPTY);
    input_clear(&in);
}

/* Any bytes at all are used up in the end, whatever they are. */
static void garbage_is_used_up(void **state) {
    struct random seed = RANDOM_INIT;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        struct input in = {0};
        struct key key;
        char bytes[64];
        size_t n = (size_t)below(&seed, sizeof bytes);
        for (size_t i = 0; i < n; i++) {
            static const char likely[] = "\033\033[O;<~0129uMm";
            bytes[i] = below(&seed, 3) == 0 ? (char)below(&seed, 256) : likely[below(&seed, sizeof likely - 1)];
        }
        input_add(&in, bytes, n);
        int keys = 0;
        while (input_next(&in, true, &key) == INPUT_KEY) {
            assert_true(++keys <= 64);
        }
        assert_false(input_waiting(&in));
        input_clear(&in);
    }
}

static void names_parse_back(void **state) {
    static const char *const good[] = {"F9", "Ctrl-P", "Alt-1", "Shift-Tab", "PgDn",   "Space", "x",
                                       "X",  "/",      "-",     "Ctrl-Left", "Alt-F3", "đ",     "Ctrl-Alt-Del"};
    static const char *const bad[] = {"", "F0", "F99", "Ctrl-", "Hyper-x", "xx", "F1x", "Ctrl", "\xff"};
    char name[KEY_NAME_MAX];
    struct key key;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(key_parse(good[i], &key));
        assert_string_equal(key_label(&key, name), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(key_parse(bad[i], &key));
    }
    assert_true(key_parse("pagedown", &key) && key.kind == K_PGDN);
    assert_true(key_parse("ctrl-P", &key) && key.code == 'p' && key.mods == MOD_CTRL);
}

static struct key typed(uint32_t code, unsigned gap_ms) {
    struct key key = key_of_char(code);
    key.gap_ms = gap_ms;
    return key;
}

static void burst_is_a_scan_only_when_all_of_it_is_fast(void **state) {
    struct key_burst burst = {0};
    struct key enter = {.kind = K_ENTER, .gap_ms = 5};
    (void)state;
    struct key key = typed('7', 200);
    key_burst_add(&burst, &key);
    for (const char *p = "89345"; *p != '\0'; p++) {
        key = typed((unsigned char)*p, p[0] == '8' ? 90 : 5);
        key_burst_add(&burst, &key);
    }
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "89345"); /* the slow 7 before it is not of it */
    enter = (struct key){.kind = K_ENTER, .gap_ms = 5};
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "");
    key = typed('8', 200);
    key_burst_add(&burst, &key);
    enter = (struct key){.kind = K_ENTER, .gap_ms = 300};
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "");
}

/* What a machine under load does: it wakes the program late, and then all is there at once. */
static void burst_that_came_in_pieces_is_one_scan(void **state) {
    struct key_burst burst = {0};
    struct key enter = {.kind = K_ENTER};
    struct key resized = {.kind = K_RESIZE, .gap_ms = 400};
    (void)state;
    for (const char *p = "8934567"; *p != '\0'; p++) {
        struct key key = typed((unsigned char)*p, *p == '8' ? 90 : *p == '5' ? 120 : 3);
        key.several = *p == '5';
        key_burst_add(&burst, &key);
    }
    key_burst_add(&burst, &resized);
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "8934567");
}

static void few_characters_are_typed_ahead_not_scanned(void **state) {
    struct key_burst burst = {0};
    struct key enter = {.kind = K_ENTER};
    (void)state;
    for (const char *p = "500"; *p != '\0'; p++) {
        struct key key = typed((unsigned char)*p, 0);
        key_burst_add(&burst, &key);
    }
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "");
}

static void endless_burst_is_no_scan(void **state) {
    struct key_burst burst = {0};
    struct key enter = {.kind = K_ENTER, .gap_ms = 1};
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct key key = typed(0x65E5, 1);
        key_burst_add(&burst, &key);
    }
    key_burst_add(&burst, &enter);
    assert_string_equal(enter.scan, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_and_controls),
        cmocka_unit_test(function_and_cursor_keys_of_xterm_rxvt_and_the_console),
        cmocka_unit_test(alt_is_a_leading_escape),
        cmocka_unit_test(unknown_sequences_vanish_whole),
        cmocka_unit_test(paste_is_one_key_with_its_text),
        cmocka_unit_test(what_is_not_utf8_becomes_a_replacement),
        cmocka_unit_test(terminals_own_sequences_are_learnt),
        cmocka_unit_test(lone_escape_waits_for_more),
        cmocka_unit_test(garbage_is_used_up),
        cmocka_unit_test(names_parse_back),
        cmocka_unit_test(burst_is_a_scan_only_when_all_of_it_is_fast),
        cmocka_unit_test(burst_that_came_in_pieces_is_one_scan),
        cmocka_unit_test(few_characters_are_typed_ahead_not_scanned),
        cmocka_unit_test(endless_burst_is_no_scan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
