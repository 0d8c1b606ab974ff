/* One line of text: a letter is what the eye sees as one, nothing typed is lost, bursts can be thrown out. */
#include "tui/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct key none;

static enum field_result act(struct field *f, enum action action) {
    return field_handle(f, action, &none);
}

static void type_code(struct field *f, uint32_t code) {
    struct key key = key_of_char(code);
    assert_int_equal(field_handle(f, ACTION_NONE, &key), FIELD_CHANGED);
}

static void shows(const struct field *f, int width, const char *text, int cursor) {
    struct canvas c = canvas_new(width, 1);
    struct buf got = BUF_INIT;
    int x;
    int y;
    field_paint(f, &c, 0, 0, width, STYLE_FIELD, true);
    canvas_dump(&c, &got);
    got.data[got.len - 1] = '\0';
    assert_string_equal(buf_str(&got), text);
    assert_true(canvas_cursor(&c, &x, &y));
    assert_int_equal(x, cursor);
    buf_clear(&got);
    canvas_free(&c);
}

static void letters_with_marks_are_erased_whole(void **state) {
    struct field f = {0};
    (void)state;
    type_code(&f, 'a');
    type_code(&f, 0x302); /* â and then ấ by combining marks */
    type_code(&f, 0x301);
    type_code(&f, 'n');
    assert_string_equal(field_text(&f), "a\xCC\x82\xCC\x81n");
    act(&f, ACTION_FIELD_LEFT);
    act(&f, ACTION_FIELD_ERASE);
    assert_string_equal(field_text(&f), "n");
    assert_int_equal(act(&f, ACTION_FIELD_ERASE), FIELD_MOVED);
    field_clear(&f);
}

static void cursor_walks_by_letters_and_words(void **state) {
    struct field f = {0};
    (void)state;
    field_set(&f, "áo thun đỏ");
    act(&f, ACTION_FIELD_WORD_LEFT);
    shows(&f, 20, "áo thun đỏ", 8);
    act(&f, ACTION_FIELD_WORD_LEFT);
    act(&f, ACTION_FIELD_DELETE);
    assert_string_equal(field_text(&f), "áo hun đỏ");
    act(&f, ACTION_FIELD_WORD_RIGHT);
    act(&f, ACTION_FIELD_ERASE_END);
    assert_string_equal(field_text(&f), "áo hun ");
    act(&f, ACTION_FIELD_HOME);
    act(&f, ACTION_FIELD_LEFT);
    act(&f, ACTION_FIELD_RIGHT);
    shows(&f, 20, "áo hun", 1);
    act(&f, ACTION_FIELD_END);
    act(&f, ACTION_FIELD_ERASE_WORD);
    assert_string_equal(field_text(&f), "áo ");
    field_clear(&f);
}

static void erased_text_comes_back(void **state) {
    struct field f = {0};
    (void)state;
    field_set(&f, "Nguyễn Văn Đạt");
    act(&f, ACTION_FIELD_ERASE_ALL);
    assert_true(field_is_empty(&f));
    act(&f, ACTION_FIELD_ERASE_ALL);
    assert_string_equal(field_text(&f), "Nguyễn Văn Đạt");
    field_clear(&f);
}

static void long_text_scrolls_with_the_cursor(void **state) {
    struct field f = {0};
    (void)state;
    field_set(&f, "0123456789");
    shows(&f, 5, "…789", 4);
    act(&f, ACTION_FIELD_LEFT);
    shows(&f, 5, "…6789", 4);
    act(&f, ACTION_FIELD_HOME);
    shows(&f, 5, "0123…", 0);
    field_set(&f, "日本日本");
    shows(&f, 4, "…", 2);
    field_clear(&f);
}

static void paste_becomes_one_safe_line(void **state) {
    struct field f = {0};
    struct key paste = {.kind = K_PASTE, .text = "một\nhai\tba\x01\x7f"};
    (void)state;
    field_set(&f, "[]");
    act(&f, ACTION_FIELD_LEFT);
    assert_int_equal(field_handle(&f, ACTION_NONE, &paste), FIELD_CHANGED);
    assert_string_equal(field_text(&f), "[một hai ba]");
    field_clear(&f);
}

static void endless_paste_is_cut_between_letters(void **state) {
    struct field f = {0};
    char *text = malloc(30001);
    (void)state;
    for (int i = 0; i < 10000; i++) {
        memcpy(text + i * 3, "ạ", 3);
    }
    text[30000] = '\0';
    field_insert(&f, text);
    assert_true(f.len < FIELD_MAX_BYTES && f.len > FIELD_MAX_BYTES - 8);
    assert_int_equal(f.len % 3, 0);
    free(text);
    field_clear(&f);
}

static void burst_leaves_what_was_there(void **state) {
    struct field f = {.scan_min = 6};
    struct key enter = {.kind = K_ENTER};
    (void)state;
    field_set(&f, "2893456");
    strcpy(enter.scan, "893456");
    assert_int_equal(field_handle(&f, ACTION_NONE, &enter), FIELD_SCANNED);
    assert_string_equal(field_text(&f), "2");
    strcpy(enter.scan, "12");
    assert_int_equal(field_handle(&f, ACTION_NONE, &enter), FIELD_IGNORED);
    assert_string_equal(field_text(&f), "2");
    field_clear(&f);
}

static void password_shows_dots(void **state) {
    struct field f = {.secret = true};
    (void)state;
    field_set(&f, "đẹp1");
    shows(&f, 10, "••••", 4);
    field_clear(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_with_marks_are_erased_whole),
        cmocka_unit_test(cursor_walks_by_letters_and_words),
        cmocka_unit_test(erased_text_comes_back),
        cmocka_unit_test(long_text_scrolls_with_the_cursor),
        cmocka_unit_test(paste_becomes_one_safe_line),
        cmocka_unit_test(endless_paste_is_cut_between_letters),
        cmocka_unit_test(burst_leaves_what_was_there),
        cmocka_unit_test(password_shows_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
