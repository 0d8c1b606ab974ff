/* Growing strings, error records and memory. */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

static void a_buffer_grows_with_what_is_added(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    assert_string_equal(buf_str(&b), "");
    buf_add(&b, "one");
    buf_add_char(&b, ' ');
    buf_addf(&b, "%d %s", 2, "three");
    buf_add_bytes(&b, "x\0y", 3);
    assert_int_equal(b.len, 14);
    assert_memory_equal(b.data, "one 2 threex\0y", 15);
    buf_reset(&b);
    assert_string_equal(buf_str(&b), "");
    for (int i = 0; i < 100000; i++) {
        buf_add_char(&b, (char)('a' + i % 26));
    }
    assert_int_equal(strlen(buf_str(&b)), 100000);
    assert_int_equal(b.data[99999], 'a' + 99999 % 26);
    buf_clear(&b);
    assert_string_equal(buf_str(&b), "");
}

static void a_taken_string_belongs_to_the_taker(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    char *empty = buf_take(&b);
    assert_string_equal(empty, "");
    buf_add(&b, "text");
    char *text = buf_take(&b);
    assert_string_equal(text, "text");
    assert_int_equal(b.len, 0);
    buf_add(&b, "other");
    assert_string_equal(text, "text");
    free(empty);
    free(text);
    buf_clear(&b);
}

static void adding_nothing_still_gives_a_string(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_add(&b, "");
    assert_string_equal(buf_str(&b), "");
    buf_add_bytes(&b, NULL, 0);
    buf_addf(&b, "%s", "");
    assert_string_equal(buf_str(&b), "");
    buf_clear(&b);
}

static void an_error_says_code_field_and_message(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(err_set(&e, ERR_NOT_FOUND, "no order %s", "DH1"), ERR_NOT_FOUND);
    assert_int_equal(e.code, ERR_NOT_FOUND);
    assert_string_equal(e.message, "no order DH1");
    assert_string_equal(e.field, "");
    e.line = 7;
    assert_int_equal(err_set_field(&e, ERR_INVALID, "qty", "bad"), ERR_INVALID);
    assert_string_equal(e.field, "qty");
    assert_int_equal(e.line, 7);
    err_clear(&e);
    assert_int_equal(e.code, ERR_OK);
    assert_string_equal(e.message, "");
    assert_int_equal(err_set(NULL, ERR_IO, "nobody reads %d", 1), ERR_IO);
    err_clear(NULL);
}

static void an_error_can_quote_itself(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    err_set_field(&e, ERR_INVALID, "qty", "inner");
    err_set_field(&e, ERR_INVALID, e.field, "outer: %s", e.message);
    assert_string_equal(e.message, "outer: inner");
    assert_string_equal(e.field, "qty");
}

static void long_messages_are_cut_at_a_character(void **state) {
    (void)state;
    char text[2001];
    for (int shift = 0; shift < 4; shift++) {
        memset(text, 'x', sizeof text);
        for (size_t i = (size_t)shift; i + 3 < sizeof text; i += 3) {
            memcpy(text + i, "ệ", 3);
        }
        text[2000] = '\0';
        struct err e = ERR_INIT;
        err_set_field(&e, ERR_INVALID, text, "%s", text);
        assert_true(strlen(e.message) > 505 && strlen(e.message) < sizeof e.message);
        assert_true(text_is_utf8(e.message, strlen(e.message)));
        assert_true(text_is_utf8(e.field, strlen(e.field)));
    }
}

static void messages_are_one_line_without_control_bytes(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    err_set(&e, ERR_INVALID, "bad \"%s\"", "a\x1B[31m\nb\x7F");
    assert_string_equal(e.message, "bad \"a␛[31m␤b␡\"");
}

static void quoted_values_are_clipped(void **state) {
    (void)state;
    char out[ERR_CLIP_SIZE];
    assert_string_equal(err_clip("short", out), "short");
    assert_string_equal(err_clip(NULL, out), "");
    assert_string_equal(err_clip("1234567890123456789012345678901234567890", out),
                        "1234567890123456789012345678901234567890");
    assert_string_equal(err_clip("12345678901234567890123456789012345678901", out),
                        "1234567890123456789012345678901234567890…");
    assert_string_equal(err_clip("ệệệệệệệệệệệệệệ", out), "ệệệệệệệệệệệệệ…");
}

static void code_names_are_stable(void **state) {
    (void)state;
    assert_string_equal(err_code_name(ERR_OK), "ok");
    assert_string_equal(err_code_name(ERR_DB), "database");
    assert_string_equal(err_code_name((enum err_code)99), "unknown");
}

static void memory_is_never_null(void **state) {
    (void)state;
    void *none = mem_alloc(0);
    assert_non_null(none);
    free(none);
    char *zero = mem_zalloc(16);
    assert_int_equal(zero[15], 0);
    zero = mem_resize(zero, 0, 8);
    assert_non_null(zero);
    free(zero);
    assert_null(mem_strdup(NULL));
    char *part = mem_strndup("abc", 2);
    assert_string_equal(part, "ab");
    free(part);
    char *made = mem_printf("%d-%s", 7, "x");
    assert_string_equal(made, "7-x");
    free(made);
}

static void arrays_grow_to_hold_the_index(void **state) {
    (void)state;
    int *array = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        array = mem_grow(array, i, &capacity, sizeof *array);
        assert_true(capacity > i);
        array[i] = (int)i;
    }
    assert_int_equal(array[999], 999);
    free(array);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_grows_with_what_is_added),
        cmocka_unit_test(a_taken_string_belongs_to_the_taker),
        cmocka_unit_test(adding_nothing_still_gives_a_string),
        cmocka_unit_test(an_error_says_code_field_and_message),
        cmocka_unit_test(an_error_can_quote_itself),
        cmocka_unit_test(long_messages_are_cut_at_a_character),
        cmocka_unit_test(messages_are_one_line_without_control_bytes),
        cmocka_unit_test(quoted_values_are_clipped),
        cmocka_unit_test(code_names_are_stable),
        cmocka_unit_test(memory_is_never_null),
        cmocka_unit_test(arrays_grow_to_hold_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
