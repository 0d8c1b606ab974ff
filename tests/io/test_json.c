#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/json.h"

static char *text;
static size_t len;

static FILE *begin(struct json *j) {
    FILE *out = open_memstream(&text, &len);
    json_begin(j, out);
    return out;
}

static void expect(FILE *out, const char *expected) {
    fclose(out);
    assert_string_equal(text, expected);
    free(text);
}

static void objects_hold_arrays_of_objects(void **state) {
    (void)state;
    struct json j;
    FILE *out = begin(&j);
    json_object(&j);
    json_key_text(&j, "order_no", "DH1");
    json_key_int(&j, "total", -120000);
    json_key(&j, "lines");
    json_array(&j);
    json_object(&j);
    json_key_number(&j, "qty", "0.5");
    json_key_bool(&j, "ok", true);
    json_end(&j);
    json_object(&j);
    json_end(&j);
    json_end(&j);
    json_key(&j, "none");
    json_null(&j);
    json_end(&j);
    expect(
        out,
        "{\"order_no\": \"DH1\", \"total\": -120000, \"lines\": [{\"qty\": 0.5, \"ok\": true}, {}], \"none\": null}\n");
}

static void lists_have_a_line_for_each_element(void **state) {
    (void)state;
    struct json j;
    FILE *out = begin(&j);
    json_array(&j);
    json_object(&j);
    json_key_int(&j, "a", 1);
    json_end(&j);
    json_object(&j);
    json_key_int(&j, "a", 2);
    json_end(&j);
    json_end(&j);
    expect(out, "[\n{\"a\": 1},\n{\"a\": 2}\n]\n");
}

static void an_empty_list_is_one_line(void **state) {
    (void)state;
    struct json j;
    FILE *out = begin(&j);
    json_array(&j);
    json_end(&j);
    expect(out, "[]\n");
}

static void text_is_escaped(void **state) {
    (void)state;
    struct json j;
    FILE *out = begin(&j);
    json_text(&j, "a\"b\\c\n\t\x01\x7F/Đạt\U0001F600");
    expect(out, "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f/Đạt\U0001F600\"");
}

static void broken_bytes_become_replacement_characters(void **state) {
    (void)state;
    struct json j;
    FILE *out = begin(&j);
    json_text(&j, "a\xFFz\xC3");
    expect(out, "\"a\uFFFDz\uFFFD\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_hold_arrays_of_objects),
        cmocka_unit_test(lists_have_a_line_for_each_element),
        cmocka_unit_test(an_empty_list_is_one_line),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(broken_bytes_become_replacement_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
