/* Bars, sparklines, payment codes, colours: what they show and that they are right in every theme. */
#include "tui/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tui/figure.h"
#include "tui/list.h"
#include "tui/theme.h"

static void shows(const struct canvas *c, const char *want) {
    struct buf got = BUF_INIT;
    canvas_dump(c, &got);
    assert_string_equal(buf_str(&got), want);
    buf_clear(&got);
}

static void bar_is_exact_to_an_eighth(void **state) {
    struct canvas c = canvas_new(8, 7);
    (void)state;
    chart_bar(&c, 0, 0, 8, 0, 100, STYLE_BAR);
    chart_bar(&c, 0, 1, 8, 50, 100, STYLE_BAR);
    chart_bar(&c, 0, 2, 8, 70, 100, STYLE_BAR);
    chart_bar(&c, 0, 3, 8, INT64_MAX, INT64_MAX / 2, STYLE_BAR);
    chart_bar(&c, 0, 4, 8, 1, INT64_MAX, STYLE_BAR); /* something is not nothing */
    chart_bar(&c, 0, 5, 8, -5, 100, STYLE_BAR);
    chart_bar(&c, 0, 6, 8, 5, 0, STYLE_BAR);
    shows(&c, "········\n████····\n█████▋··\n████████\n▏·······\n········\n········\n");
    canvas_free(&c);
}

static void sparkline_shows_the_last_values(void **state) {
    static const int64_t values[] = {90, 0, 10, 20, 40, 80};
    struct canvas c = canvas_new(5, 1);
    (void)state;
    chart_sparkline(&c, 0, 0, 5, values, 6, STYLE_BAR);
    shows(&c, "▁▁▂▄█\n");
    canvas_free(&c);
}

static void code_is_drawn_by_halves_with_its_quiet_zone(void **state) {
    static const unsigned char modules[] = {1, 0, 1, 0, 1, 0, 1, 1, 0};
    struct canvas c = canvas_new(5, 3);
    (void)state;
    assert_int_equal(chart_qr_rows(3, 1), 3);
    chart_qr(&c, 0, 0, modules, 3, 1);
    shows(&c, " ▄ ▄\n ▄█\n\n");
    assert_int_equal(canvas_cell(&c, 4, 2)->style, STYLE_QR);
    canvas_free(&c);
}

static int luminance(int rgb) {
    return (299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255)) / 1000;
}

static void every_style_is_readable_in_both_themes(void **state) {
    (void)state;
    for (int kind = THEME_DARK; kind <= THEME_LIGHT; kind++) {
        for (int style = 0; style < STYLE_COUNT; style++) {
            struct look look = theme_look((enum theme_kind)kind, DEPTH_TRUE, (enum style)style);
            int apart = abs(luminance(look.fg) - luminance(look.bg));
            bool decoration = style == STYLE_BAR_REST || style == STYLE_BORDER;
            if (apart < (decoration ? 30 : 75)) {
                fail_msg("theme %d style %d: %d apart", kind, style, apart);
            }
            struct look few = theme_look((enum theme_kind)kind, DEPTH_16, (enum style)style);
            assert_true(few.fg != few.bg);
            struct look fewer = theme_look((enum theme_kind)kind, DEPTH_8, (enum style)style);
            assert_true(fewer.fg != fewer.bg && fewer.fg < 8 && fewer.bg < 8);
            struct look none = theme_look((enum theme_kind)kind, DEPTH_NONE, (enum style)style);
            assert_true(none.fg == -1 && none.bg == -1);
        }
    }
}

static void nearest_of_256_keeps_greys_grey(void **state) {
    (void)state;
    assert_int_equal(theme_nearest_256(0xffffff), 231);
    assert_int_equal(theme_nearest_256(0x000000), 16);
    assert_int_equal(theme_nearest_256(0x808080), 244);
    assert_int_equal(theme_nearest_256(0xff0000), 196);
    assert_int_equal(theme_nearest_256(0x16181d), 234);
}

static void figures_are_grouped_and_dated(void **state) {
    char text[FIGURE_MAX];
    (void)state;
    assert_string_equal(figure_count(0, text), "0");
    assert_string_equal(figure_count(1204, text), "1 204");
    assert_string_equal(figure_count(-1234567, text), "-1 234 567");
    assert_string_equal(figure_count(INT64_MIN, text), "-9 223 372 036 854 775 808");
    assert_string_equal(figure_date_time("2026-11-21 14:05:00", text), "Sat 21/11/2026 14:05");
    figure_date_time("what", text);
}

static void columns_go_by_priority_and_fill_the_width(void **state) {
    static const struct list_column columns[] = {{"", 8, 8, 2, ALIGN_LEFT, false},
                                                 {"", 10, 60, 1, ALIGN_LEFT, false},
                                                 {"", 10, 12, 1, ALIGN_RIGHT, false},
                                                 {"", 6, 10, 3, ALIGN_RIGHT, false}};
    int w[4];
    (void)state;
    list_layout(columns, 4, 100, w);
    assert_true(w[0] == 8 && w[1] == 60 && w[2] == 12 && w[3] == 10);
    list_layout(columns, 4, 40, w);
    assert_true(w[0] == 8 && w[1] + w[2] == 23 && w[3] == 6);
    list_layout(columns, 4, 31, w); /* the stock column goes first, then the code */
    assert_true(w[0] == 8 && w[3] == 0);
    list_layout(columns, 4, 25, w);
    assert_true(w[0] == 0 && w[1] + w[2] == 24 && w[3] == 0);
    list_layout(columns, 4, 12, w);
    assert_true(w[1] > 0 && w[1] <= 12 && w[2] == 0);
    list_layout(columns, 4, 3, w); /* narrower than any: what there is */
    assert_int_equal(w[1], 3);
    for (int width = 1; width < 150; width++) {
        list_layout(columns, 4, width, w);
        int sum = -1;
        for (int i = 0; i < 4; i++) {
            sum += w[i] > 0 ? w[i] + 1 : 0;
        }
        assert_true(sum <= width && sum > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bar_is_exact_to_an_eighth),
        cmocka_unit_test(sparkline_shows_the_last_values),
        cmocka_unit_test(code_is_drawn_by_halves_with_its_quiet_zone),
        cmocka_unit_test(every_style_is_readable_in_both_themes),
        cmocka_unit_test(nearest_of_256_keeps_greys_grey),
        cmocka_unit_test(figures_are_grouped_and_dated),
        cmocka_unit_test(columns_go_by_priority_and_fill_the_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
