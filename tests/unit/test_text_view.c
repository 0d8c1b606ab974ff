/* Text in cells: width, graphemes, truncation, hidden characters shown. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "random.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

static void widths_are_cells(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int width;
    } cases[] = {
        {"", 0},         {"abc", 3},          {"Nguyễn", 6}, {"Nguye\u0302\u0303n", 6},
        {"漢字", 4},     {"\u1100\u1161", 2}, {"😀", 2},      {FAMILY, 2},
        {"❤\uFE0F", 2},  {"🇻🇳", 2},           {"a\tb", 3},   {"\x01", 1},
        {"\r\n", 1},     {"\n", 1},           {"\xFF", 1},   {"\u200B", 1},
        {"a\u200Db", 3}, {"\u0301", 1},       {"₫", 1},      {"…", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (text_width(cases[i].text) != cases[i].width) {
            fail_msg("\"%s\" is %d wide, not %d", cases[i].text, text_width(cases[i].text), cases[i].width);
        }
    }
}

static void graphemes_go_forth_and_back(void **state) {
    (void)state;
    const char *text = "ae\u0301" FAMILY "漢\r\nz";
    static const size_t lengths[] = {1, 3, 18, 3, 2, 1};
    size_t at = 0;
    int width;
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(text_grapheme(text + at, &width), lengths[i]);
        at += lengths[i];
    }
    assert_int_equal(text_grapheme(text + at, &width), 0);
    assert_int_equal(width, 0);
    for (size_t i = 6; i-- > 0;) {
        assert_int_equal(text_grapheme_before(text, at), lengths[i]);
        at -= lengths[i];
    }
    assert_int_equal(text_grapheme_before(text, 0), 0);
    assert_int_equal(text_grapheme_before("ab", 99), 1);
    assert_int_equal(text_grapheme_before("", 5), 0);
}

static void truncation_says_so_with_an_ellipsis(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int width;
        const char *cut;
    } cases[] = {
        {"Nguyễn Văn Đạt", 14, "Nguyễn Văn Đạt"},
        {"Nguyễn Văn Đạt", 10, "Nguyễn Vă…"},
        {"abc", 1, "…"},
        {"abc", 0, ""},
        {"abc", -5, ""},
        {"漢字漢", 5, "漢字…"},
        {"漢字漢", 4, "漢…"},
        {"漢字漢", 2, "…"},
        {"", 3, ""},
        {"a" FAMILY, 2, "a…"},
        {"a" FAMILY, 3, "a" FAMILY},
        {"", 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *cut = text_truncate(cases[i].text, cases[i].width);
        assert_string_equal(cut, cases[i].cut);
        free(cut);
    }
}

static void hidden_characters_are_shown(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"plain Đạt 漢 😀", "plain Đạt 漢 😀"},
        {"a\x1B[31mb", "a␛[31mb"},
        {"a\x7F", "a␡"},
        {"a\nb\r\nc\r", "a␤b␤c␤"},
        {"a\tb", "a␉b"},
        {"a\u202Eb", "a·b"},
        {"a\u200Bb", "a·b"},
        {"a\u200Db", "a·b"},
        {FAMILY, FAMILY},
        {"\u0301x", "◌\u0301x"},
        {"\xFFx", "\uFFFDx"},
        {"x\u0301", "x\u0301"},
        {"a\u00ADb", "a·b"},
        {"\xC2\x9B"
         "31m",
         "·31m"},
        {"\uFEFFa", "·a"},
        {"a\uFE0Fb", "a·b"},
        {"❤\uFE0F1\uFE0F\u20E3", "❤\uFE0F1\uFE0F\u20E3"},
        {"a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "a\u0300\u0301\u0302\u0303\u0304\u0305◌\u0306\u0307"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *shown = text_visible(cases[i].text);
        assert_string_equal(shown, cases[i].shown);
        assert_int_equal(text_has_hidden(cases[i].text), strcmp(cases[i].text, cases[i].shown) != 0);
        free(shown);
    }
}

/* Pieces that meet in nasty ways: marks, joiners, flags, wide, control, broken bytes. */
static char *random_pieces(struct random *r) {
    static const char *const pieces[] = {"a",      "Đ",      "ễ",      "e\u0301",  "\u0301",   "漢",     "😀",
                                         FAMILY,   "\u200D", "\uFE0F", "🇻",        "🇳",        "\u200B", "\u202E",
                                         "\r",     "\n",     "\x1B",   "\xFF",     "\xE1\xBA", "\u0E33", "\u1100",
                                         "\u1161", "\u0600", " ",      "👍🏽", "🏽",     "\u20DD", "\u034F"};
    struct buf b = BUF_INIT;
    for (int64_t left = random_between(r, 0, 12); left > 0; left--) {
        buf_add(&b, pieces[random_between(r, 0, (int64_t)(sizeof pieces / sizeof pieces[0]) - 1)]);
    }
    return buf_take(&b);
}

static bool is_boundary(const char *text, size_t at) {
    size_t i = 0;
    int width;
    for (size_t n; i < at && (n = text_grapheme(text + i, &width)) > 0;) {
        i += n;
    }
    return i == at;
}

static void a_flood_of_marks_or_joined_emoji_is_several_clusters(void **state) {
    (void)state;
    struct buf marks = BUF_INIT, family = BUF_INIT;
    buf_add(&marks, "e");
    for (int i = 0; i < 10000; i++) {
        buf_add(&marks, "\u0301");
        buf_add(&family, "\U0001F468\u200D");
    }
    int width;
    assert_int_equal(text_grapheme(buf_str(&marks), &width), 1 + 6 * 2);
    assert_true(text_grapheme(buf_str(&family), &width) < 64);
    assert_true(text_width(buf_str(&marks)) > 1600);
    buf_clear(&marks);
    buf_clear(&family);
}

static void truncation_keeps_its_width_and_whole_graphemes(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        char *text = random_pieces(&r);
        int room = (int)random_between(&r, 0, 12);
        char *cut = text_truncate(text, room);
        assert_true(text_width(cut) <= room);
        if (text_width(text) <= room) {
            assert_string_equal(cut, text);
        } else if (room > 0) {
            size_t kept = strlen(cut) - strlen("…");
            assert_memory_equal(cut, text, kept);
            assert_string_equal(cut + kept, "…");
            assert_true(is_boundary(text, kept));
        }
        free(cut);
        free(text);
    }
}

static void stepping_back_undoes_stepping_forth(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 20000; i++) {
        char *text = random_pieces(&r);
        int width;
        size_t at = 0;
        for (size_t n; (n = text_grapheme(text + at, &width)) > 0;) {
            at += n;
            assert_int_equal(text_grapheme_before(text, at), n);
            assert_true(width >= 1 && width <= 2);
        }
        assert_int_equal(at, strlen(text));
        free(text);
    }
}

static void what_is_shown_is_as_wide_and_hides_nothing(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        char *text = random_pieces(&r);
        char *shown = text_visible(text);
        if (text_width(shown) != text_width(text) || text_has_hidden(shown)) {
            fail_msg("\"%s\" is shown as \"%s\"", text, shown);
        }
        free(shown);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_cells),
        cmocka_unit_test(graphemes_go_forth_and_back),
        cmocka_unit_test(truncation_says_so_with_an_ellipsis),
        cmocka_unit_test(hidden_characters_are_shown),
        cmocka_unit_test(a_flood_of_marks_or_joined_emoji_is_several_clusters),
        cmocka_unit_test(truncation_keeps_its_width_and_whole_graphemes),
        cmocka_unit_test(stepping_back_undoes_stepping_forth),
        cmocka_unit_test(what_is_shown_is_as_wide_and_hides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
