/* Text that was made to hurt: invalid bytes, endless marks, every code point, both normal forms. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "random.h"

static void add_code(struct buf *b, int32_t code) {
    utf8proc_uint8_t bytes[4];
    buf_add_bytes(b, bytes, (size_t)utf8proc_encode_char(code, bytes));
}

/* A text of up to 24 code points, most of them such as Vietnamese shops write. */
static char *random_text(struct random *r) {
    static const int32_t ranges[][2] = {
        {0x20, 0x7E},   {0x20, 0x7E},   {'a', 'z'},       {0xC0, 0x1B0},    {0x1EA0, 0x1EF9},   {0x1EA0, 0x1EF9},
        {0x300, 0x323}, {0x370, 0x400}, {0x4E00, 0x4E20}, {0xAC00, 0xAC20}, {0x1F600, 0x1F620}, {0x2000, 0x2070},
        {0x1, 0x1F},    {0xE00, 0xE50}, {0x1E00, 0x1E9F}, {0xFB00, 0xFB06}, {0x3040, 0x30FF}};
    struct buf b = BUF_INIT;
    for (int64_t left = random_between(r, 0, 24); left > 0; left--) {
        const int32_t *range = ranges[random_between(r, 0, (int64_t)(sizeof ranges / sizeof ranges[0]) - 1)];
        add_code(&b, (int32_t)random_between(r, range[0], range[1]));
    }
    return buf_take(&b);
}

static char *random_bytes(struct random *r) {
    struct buf b = BUF_INIT;
    for (int64_t left = random_between(r, 0, 40); left > 0; left--) {
        buf_add_char(&b, (char)random_between(r, 1, 255));
    }
    return buf_take(&b);
}

static char *in_form(const char *text, bool composed) {
    utf8proc_uint8_t *form =
        composed ? utf8proc_NFC((const utf8proc_uint8_t *)text) : utf8proc_NFD((const utf8proc_uint8_t *)text);
    assert_non_null(form);
    return (char *)form;
}

static char *sort_name(const char *text) {
    return text_sort_key(text, true);
}

static char *sort_text(const char *text) {
    return text_sort_key(text, false);
}

static void composed_and_decomposed_text_are_the_same(void **state) {
    (void)state;
    static char *(*const changes[])(const char *) = {text_nfc,   text_fold, text_initials,
                                                     text_ascii, sort_name, sort_text};
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 20000; i++) {
        char *text = random_text(&r);
        char *nfc = in_form(text, true);
        char *nfd = in_form(text, false);
        for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
            bool ascii = changes[c] == text_ascii; /* says one ? per code point it cannot say */
            char *a = changes[c](nfc);
            char *b = changes[c](nfd);
            if (!ascii || strchr(a, '?') == NULL) {
                assert_string_equal(a, b);
            }
            free(a);
            free(b);
        }
        assert_int_equal(text_width(nfc), text_width(nfc));
        free(text);
        free(nfc);
        free(nfd);
    }
}

static void doing_it_twice_changes_nothing(void **state) {
    (void)state;
    static char *(*const changes[])(const char *) = {text_nfc, text_fold, text_visible, text_ascii, text_upper};
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        char *text = i % 3 == 0 ? random_bytes(&r) : random_text(&r);
        for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
            char *once = changes[c](text);
            char *twice = changes[c](once);
            assert_string_equal(twice, once);
            free(once);
            free(twice);
        }
        free(text);
    }
}

static void every_result_is_utf8(void **state) {
    (void)state;
    static char *(*const changes[])(const char *) = {text_nfc,   text_fold,     text_visible, text_ascii,
                                                     text_upper, text_initials, sort_name};
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        char *text = random_bytes(&r);
        for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
            char *got = changes[c](text);
            assert_true(text_is_utf8(got, strlen(got)));
            free(got);
        }
        char *cut = text_truncate(text, (int)random_between(&r, 0, 20));
        assert_true(text_is_utf8(cut, strlen(cut)) || !text_is_utf8(text, strlen(text)));
        free(cut);
        free(text);
    }
}

/* The table for Latin letters against the library: a Chinese character behind makes fold take the long way. */
static void the_fast_fold_equals_the_slow_one(void **state) {
    (void)state;
    for (int32_t code = 1; code < 0x2000; code++) {
        struct buf alone = BUF_INIT;
        struct buf beside = BUF_INIT;
        buf_add(&alone, "x");
        add_code(&alone, code);
        buf_add(&alone, "x");
        buf_add(&beside, buf_str(&alone));
        buf_add(&beside, "漢");
        char *fast = text_fold(buf_str(&alone));
        char *slow = text_fold(buf_str(&beside));
        assert_true(strlen(slow) > 3 && strcmp(slow + strlen(slow) - 3, "漢") == 0);
        slow[strlen(slow) - 3] = '\0';
        assert_string_equal(fast, slow);
        free(fast);
        free(slow);
        buf_clear(&alone);
        buf_clear(&beside);
    }
}

static void every_code_point_survives_every_function(void **state) {
    (void)state;
    for (int32_t code = 1; code < 0x110000; code += code < 0x3000 ? 1 : 37) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        struct buf b = BUF_INIT;
        add_code(&b, code);
        char *visible = text_visible(buf_str(&b));
        int width = text_width(buf_str(&b));
        assert_true(width >= 1 && width <= 2);
        assert_int_equal(text_width(visible), width);
        free(visible);
        free(text_nfc(buf_str(&b)));
        free(text_fold(buf_str(&b)));
        free(text_sort_key(buf_str(&b), true));
        free(text_ascii(buf_str(&b)));
        buf_clear(&b);
    }
}

static void strict_utf8_refuses_what_is_not(void **state) {
    (void)state;
    static const char *const bad[] = {"\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xED\xBF\xBF",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\x80",
                                      "\xBF",
                                      "\xC3",
                                      "\xE1\xBA",
                                      "\xF0\x9F\x98",
                                      "a\xFF",
                                      "\xC3(",
                                      "\xFE"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    }
    assert_false(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("đ", 1));
    assert_true(text_is_utf8("", 0));
    assert_true(text_is_utf8("Đạt 漢 😀 \xF4\x8F\xBF\xBF", strlen("Đạt 漢 😀 \xF4\x8F\xBF\xBF")));
}

/* Normalising takes the square of a run of marks: a million of them must not stop the counter. */
static void endless_marks_take_no_endless_time(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_add(&b, "漢a");
    for (int i = 0; i < 500000; i++) {
        buf_add(&b, i % 2 == 0 ? "\xCC\x81" : "\xCC\xA3"); /* above, below */
    }
    char *nfc = text_nfc(buf_str(&b));
    assert_true(strlen(nfc) < 200);
    free(nfc);
    char *fold = text_fold(buf_str(&b));
    assert_string_equal(fold, "漢a");
    free(fold);
    char *key = text_sort_key(buf_str(&b), true);
    assert_true(strlen(key) < 100);
    free(key);
    assert_int_equal(text_width(buf_str(&b)), 3 + 83333); /* six marks on a letter, six on each ring */
    buf_clear(&b);
}

static void long_text_is_handled_whole(void **state) {
    (void)state;
    const size_t n = 2000000;
    char *text = mem_alloc(n + 1);
    memset(text, 'A', n);
    text[n] = '\0';
    char *fold = text_fold(text);
    assert_int_equal(strlen(fold), n);
    free(fold);
    char *cut = text_truncate(text, 10);
    assert_string_equal(cut, "AAAAAAAAA…");
    free(cut);
    memset(text, '\xFF', n);
    char *nfc = text_nfc(text);
    assert_int_equal(strlen(nfc), n * 3);
    free(nfc);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composed_and_decomposed_text_are_the_same),
        cmocka_unit_test(doing_it_twice_changes_nothing),
        cmocka_unit_test(every_result_is_utf8),
        cmocka_unit_test(the_fast_fold_equals_the_slow_one),
        cmocka_unit_test(every_code_point_survives_every_function),
        cmocka_unit_test(strict_utf8_refuses_what_is_not),
        cmocka_unit_test(endless_marks_take_no_endless_time),
        cmocka_unit_test(long_text_is_handled_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
