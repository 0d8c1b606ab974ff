/* Cells: nothing leaves its place, wide characters stay whole, what could command a terminal is drawn as a picture. */
#include "tui/canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "random.h"
#include "tui/key.h"

static int below(struct random *r, size_t n) {
    return (int)random_between(r, 0, (int64_t)n - 1);
}

static void shows(const struct canvas *c, const char *want) {
    struct buf got = BUF_INIT;
    canvas_dump(c, &got);
    assert_string_equal(buf_str(&got), want);
    buf_clear(&got);
}

static void text_is_cut_at_a_grapheme_with_an_ellipsis(void **state) {
    struct canvas c = canvas_new(12, 5);
    (void)state;
    assert_int_equal(canvas_text(&c, 0, 0, 12, STYLE_NORMAL, "Nước suối"), 9);
    assert_int_equal(canvas_text(&c, 0, 1, 6, STYLE_NORMAL, "Nước suối"), 6);
    assert_int_equal(canvas_text(&c, 0, 2, 4, STYLE_NORMAL, "日本茶"), 3); /* a third would need half a character */
    assert_int_equal(canvas_text(&c, 0, 3, 2, STYLE_NORMAL,
                                 "a\xCC\x81"
                                 "b\xCC\x81"),
                     2); /* composed by marks: one cell each */
    assert_int_equal(canvas_text(&c, 0, 4, 0, STYLE_NORMAL, "x"), 0);
    shows(&c, "Nước suối\nNước …\n日…\na\xCC\x81"
              "b\xCC\x81\n\n");
    canvas_free(&c);
}

static void text_stands_left_right_and_in_the_middle(void **state) {
    struct canvas c = canvas_new(10, 3);
    (void)state;
    canvas_text_right(&c, 0, 0, 10, STYLE_NORMAL, "1.234 ₫");
    canvas_text_middle(&c, 0, 1, 10, STYLE_NORMAL, "giữa");
    canvas_text_right(&c, 0, 2, 4, STYLE_NORMAL, "123456");
    shows(&c, "   1.234 ₫\n   giữa\n123…\n");
    canvas_free(&c);
}

static void control_bytes_are_shown_never_kept(void **state) {
    struct canvas c = canvas_new(20, 2);
    (void)state;
    canvas_text(&c, 0, 0, 20, STYLE_NORMAL, "a\033[31mb\tc\x07");
    canvas_text(&c, 0, 1, 20, STYLE_NORMAL, "x\xFFy\xE2\x80\xAEz"); /* not UTF-8; right-to-left override */
    struct buf got = BUF_INIT;
    canvas_dump(&c, &got);
    for (size_t i = 0; i < got.len; i++) {
        assert_true((unsigned char)got.data[i] >= ' ' || got.data[i] == '\n');
    }
    assert_non_null(strstr(got.data, "a␛[31mb"));
    assert_null(strstr(got.data, "\xE2\x80\xAE"));
    assert_non_null(strstr(got.data, "\xEF\xBF\xBD"));
    buf_clear(&got);
    canvas_free(&c);
}

static void half_of_a_wide_character_never_remains(void **state) {
    struct canvas c = canvas_new(6, 3);
    (void)state;
    canvas_text(&c, 0, 0, 6, STYLE_NORMAL, "日本茶");
    canvas_text(&c, 1, 0, 1, STYLE_NORMAL, "x"); /* over a right half */
    canvas_text(&c, 0, 1, 6, STYLE_NORMAL, "日本茶");
    canvas_text(&c, 2, 1, 1, STYLE_NORMAL, "x"); /* over a left half */
    canvas_text(&c, 0, 2, 6, STYLE_NORMAL, "日本茶");
    canvas_fill(&c, 1, 2, 4, 1, STYLE_NORMAL);
    shows(&c, " x本茶\n日x 茶\n\n");
    canvas_free(&c);
}

static void wide_character_at_the_edge_is_left_out(void **state) {
    struct canvas c = canvas_new(5, 1);
    (void)state;
    struct canvas view = canvas_view(&c, 0, 0, 3, 1);
    canvas_text(&view, 2, 0, 10, STYLE_NORMAL, "日");
    canvas_text(&c, 3, 0, 2, STYLE_NORMAL, "ab");
    shows(&c, "   ab\n");
    canvas_free(&c);
}

static void view_clips_on_all_sides(void **state) {
    struct canvas c = canvas_new(8, 4);
    (void)state;
    struct canvas v = canvas_view(&c, 2, 1, 4, 2);
    canvas_text(&v, -2, 0, 20, STYLE_NORMAL, "abcdefghij");
    canvas_text(&v, 0, -1, 4, STYLE_NORMAL, "above");
    canvas_text(&v, 0, 2, 4, STYLE_NORMAL, "below");
    canvas_box(&v, -1, -1, 6, 4, STYLE_BORDER, NULL);
    shows(&c, "\n  cdef\n\n\n");
    struct canvas none = canvas_view(&c, 100, 100, 5, 5);
    assert_int_equal(none.width, 0);
    canvas_text(&none, 0, 0, 5, STYLE_NORMAL, "x");
    canvas_free(&c);
}

static void box_has_its_title(void **state) {
    struct canvas c = canvas_new(14, 3);
    (void)state;
    canvas_box(&c, 0, 0, 14, 3, STYLE_BORDER, "Khách hàng thân");
    shows(&c, "┌─ Khách h… ─┐\n│            │\n└────────────┘\n");
    canvas_free(&c);
}

static void lines_break_at_blanks(void **state) {
    struct canvas c = canvas_new(10, 5);
    const char *text = "một hai ba bốn\nnăm sáubảytámchín";
    (void)state;
    assert_int_equal(canvas_wrapped_height(10, text), 5);
    assert_int_equal(canvas_text_wrapped(&c, 0, 0, 10, 5, STYLE_NORMAL, text), 5);
    shows(&c, "một hai ba\nbốn\nnăm\nsáubảytámc\nhín\n");
    canvas_free(&c);
    assert_int_equal(canvas_wrapped_height(1, "日本"), 2); /* never stands still */
}

static void cursor_is_where_typing_goes(void **state) {
    struct canvas c = canvas_new(10, 4);
    int x;
    int y;
    (void)state;
    assert_false(canvas_cursor(&c, &x, &y));
    struct canvas v = canvas_view(&c, 2, 1, 5, 2);
    canvas_put_cursor(&v, 3, 1);
    assert_true(canvas_cursor(&c, &x, &y));
    assert_int_equal(x, 5);
    assert_int_equal(y, 2);
    canvas_put_cursor(&v, 9, 1); /* outside: not moved */
    assert_true(canvas_cursor(&c, &x, &y));
    assert_int_equal(x, 5);
    canvas_free(&c);
}

/* The short way for common characters says what the long one does. */
static void common_characters_are_measured_like_all_others(void **state) {
    struct canvas c = canvas_new(4, 1);
    (void)state;
    for (uint32_t code = 0x20; code < 0x3000; code++) {
        char text[16];
        int width;
        int n = key_utf8(code, text);
        strcpy(text + n, "z");
        char *visible = text_visible(text);
        text_grapheme(visible, &width);
        canvas_erase(&c);
        canvas_text(&c, 0, 0, 4, STYLE_NORMAL, text);
        const char *shown = canvas_cell(&c, 0, 0)->text;
        if (width > 0 && (canvas_cell(&c, 0, 0)->width != width || strncmp(visible, shown, strlen(shown)) != 0)) {
            fail_msg("U+%04X: %s", code, shown);
        }
        free(visible);
    }
    canvas_free(&c);
}

/* Whatever is drawn where, a wide character has its other half and nothing is outside. */
static void any_drawing_leaves_whole_characters(void **state) {
    static const char *const texts[] = {"日本",
                                        "Đạt",
                                        "a日b",
                                        "e\xCC\x81\xCC\xA3",
                                        "👩‍👩‍👧‍👦!",
                                        "…",
                                        "\xF0\x9F\x87\xBB\xF0\x9F\x87\xB3"};
    struct canvas c = canvas_new(9, 3);
    struct random seed = RANDOM_INIT;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct canvas v = canvas_view(&c, below(&seed, 9) - 1, below(&seed, 4) - 1, below(&seed, 9), 3);
        canvas_text(&v, below(&seed, 12) - 3, below(&seed, 4), below(&seed, 9), STYLE_NORMAL, texts[below(&seed, 7)]);
        if (below(&seed, 4) == 0) {
            canvas_fill(&v, below(&seed, 6), 0, below(&seed, 5), 2, STYLE_DIM);
        }
        for (int y = 0; y < 3; y++) {
            int x = 0;
            while (x < 9) {
                const struct cell *cell = canvas_cell(&c, x, y);
                assert_true(cell->width == 1 || (cell->width == 2 && x < 8 && canvas_cell(&c, x + 1, y)->width == 0));
                x += cell->width;
            }
        }
    }
    canvas_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_at_a_grapheme_with_an_ellipsis),
        cmocka_unit_test(text_stands_left_right_and_in_the_middle),
        cmocka_unit_test(control_bytes_are_shown_never_kept),
        cmocka_unit_test(half_of_a_wide_character_never_remains),
        cmocka_unit_test(wide_character_at_the_edge_is_left_out),
        cmocka_unit_test(view_clips_on_all_sides),
        cmocka_unit_test(box_has_its_title),
        cmocka_unit_test(lines_break_at_blanks),
        cmocka_unit_test(cursor_is_where_typing_goes),
        cmocka_unit_test(common_characters_are_measured_like_all_others),
        cmocka_unit_test(any_drawing_leaves_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
