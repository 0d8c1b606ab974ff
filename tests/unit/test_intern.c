/* Interned texts: each once, numbered as they came. */
#include "base/intern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void texts_are_numbered_in_the_order_they_came(void **state) {
    (void)state;
    struct intern *in = intern_new();
    assert_int_equal(intern_count(in), 0);
    assert_int_equal(intern_find(in, "a"), INTERN_NONE);
    assert_int_equal(intern_add(in, "a"), 0);
    assert_int_equal(intern_add(in, ""), 1);
    assert_int_equal(intern_add(in, "Đạt"), 2);
    assert_int_equal(intern_add(in, "a"), 0);
    assert_int_equal(intern_find(in, "Đạt"), 2);
    assert_int_equal(intern_find(in, "dat"), INTERN_NONE);
    assert_int_equal(intern_count(in), 3);
    assert_string_equal(intern_text(in, 1), "");
    intern_free(in);
    intern_free(NULL);
}

static void many_texts_stay_where_they_are(void **state) {
    (void)state;
    const uint32_t many = 200000;
    struct intern *in = intern_new();
    char text[32];
    intern_add(in, "text 0");
    const char *first = intern_text(in, 0);
    for (uint32_t i = 0; i < many; i++) {
        snprintf(text, sizeof text, "text %u", i);
        assert_int_equal(intern_add(in, text), i);
    }
    assert_ptr_equal(intern_text(in, 0), first);
    for (uint32_t i = 0; i < many; i++) {
        snprintf(text, sizeof text, "text %u", i);
        assert_int_equal(intern_find(in, text), i);
        assert_string_equal(intern_text(in, i), text);
    }
    assert_int_equal(intern_count(in), many);
    intern_free(in);
}

static void a_text_may_be_longer_than_any_block(void **state) {
    (void)state;
    const size_t n = 3000000;
    char *text = mem_alloc(n + 1);
    memset(text, 'x', n);
    text[n] = '\0';
    struct intern *in = intern_new();
    assert_int_equal(intern_add(in, "before"), 0);
    assert_int_equal(intern_add(in, text), 1);
    assert_int_equal(intern_add(in, "after"), 2);
    assert_string_equal(intern_text(in, 1), text);
    assert_string_equal(intern_text(in, 2), "after");
    text[n - 1] = 'y';
    assert_int_equal(intern_find(in, text), INTERN_NONE);
    intern_free(in);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_numbered_in_the_order_they_came),
        cmocka_unit_test(many_texts_stay_where_they_are),
        cmocka_unit_test(a_text_may_be_longer_than_any_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
