/* The one table of actions: no key means two things, every name can be remapped, mistakes in the configuration are
 * named. */
#include "tui/action.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static struct key key_named(const char *name) {
    struct key key = {0};
    assert_true(key_parse(name, &key));
    return key;
}

static void defaults_have_no_conflict(void **state) {
    struct keymap *map = keymap_new();
    struct err e = ERR_INIT;
    (void)state;
    if (keymap_check(map, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    keymap_free(map);
}

static void every_action_has_a_name_a_help_and_keys_that_exist(void **state) {
    struct keymap *map = keymap_new();
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        assert_int_equal(action_by_name(info->name), i); /* once only */
        for (const char *p = info->name; *p != '\0'; p++) {
            assert_true(islower((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '.' || *p == '-');
        }
        assert_true(info->help[0] != '\0');
        assert_true(info->context < CONTEXT_COUNT);
        size_t words = 0;
        for (const char *p = info->keys; *p != '\0'; p += strcspn(p, " "), p += strspn(p, " ")) {
            words++;
        }
        if (keymap_key_count(map, (enum action)i) != words) {
            fail_msg("%s: a key of “%s” is not known", info->name, info->keys);
        }
    }
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        assert_true(action_context_title((enum action_context)i)[0] != '\0');
    }
    keymap_free(map);
}

/* Keys resolve in the list first, so a screen of lists must not use the list's letters. */
static void screens_of_lists_do_not_hide_behind_the_lists_keys(void **state) {
    static const enum action_context with_lists[] = {CONTEXT_ORDERS, CONTEXT_CUSTOMERS, CONTEXT_PRODUCTS, CONTEXT_CASH};
    struct keymap *map = keymap_new();
    (void)state;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        bool listed = false;
        for (size_t c = 0; c < sizeof with_lists / sizeof *with_lists; c++) {
            listed = listed || info->context == with_lists[c];
        }
        for (size_t k = 0; listed && k < keymap_key_count(map, (enum action)i); k++) {
            enum action hidden_by = keymap_find(map, CONTEXT_LIST, keymap_key(map, (enum action)i, k));
            if (hidden_by != ACTION_NONE && keymap_key_count(map, (enum action)i) == 1) {
                fail_msg("%s has only a key that lists take (%s)", info->name, action_info(hidden_by)->name);
            }
        }
    }
    keymap_free(map);
}

static void key_is_found_in_its_context_only(void **state) {
    struct keymap *map = keymap_new();
    struct key j = key_named("j");
    struct key f1 = key_named("F1");
    (void)state;
    assert_int_equal(keymap_find(map, CONTEXT_LIST, &j), ACTION_LIST_DOWN);
    assert_int_equal(keymap_find(map, CONTEXT_GLOBAL, &j), ACTION_NONE);
    assert_int_equal(keymap_find(map, CONTEXT_GLOBAL, &f1), ACTION_HELP);
    keymap_free(map);
}

static void configuration_remaps_and_unmaps(void **state) {
    struct keymap *map = keymap_new();
    struct key f1 = key_named("F1");
    struct key f11 = key_named("F11");
    struct key h = key_named("Ctrl-H");
    struct buf text = BUF_INIT;
    (void)state;
    assert_int_equal(keymap_set(map, "help", "F11, Ctrl-H", NULL), ERR_OK);
    assert_int_equal(keymap_find(map, CONTEXT_GLOBAL, &f1), ACTION_NONE);
    assert_int_equal(keymap_find(map, CONTEXT_GLOBAL, &f11), ACTION_HELP);
    assert_int_equal(keymap_find(map, CONTEXT_GLOBAL, &h), ACTION_HELP);
    keymap_describe(map, ACTION_HELP, &text);
    assert_string_equal(buf_str(&text), "F11, Ctrl-H");
    assert_int_equal(keymap_set(map, "help", "none", NULL), ERR_OK);
    assert_int_equal(keymap_key_count(map, ACTION_HELP), 0);
    buf_clear(&text);
    keymap_free(map);
}

static void mistakes_are_named(void **state) {
    struct keymap *map = keymap_new();
    struct err e = ERR_INIT;
    (void)state;
    assert_int_equal(keymap_set(map, "no.such", "F1", &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "no.such"));
    assert_int_equal(keymap_set(map, "help", "F77", &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "F77"));
    assert_string_equal(e.field, "help");
    assert_int_equal(keymap_set(map, "help", "  ", &e), ERR_INVALID);
    keymap_free(map);
    map = keymap_new();
    assert_int_equal(keymap_set(map, "list.down", "k", &e), ERR_OK);
    assert_int_equal(keymap_check(map, &e), ERR_CONFLICT);
    assert_non_null(strstr(e.message, "list.up"));
    assert_non_null(strstr(e.message, "list.down"));
    assert_int_equal(keymap_set(map, "list.up", "i", &e), ERR_OK);
    assert_int_equal(keymap_check(map, &e), ERR_OK);
    keymap_free(map);
}

static void manual_has_every_action_and_key(void **state) {
    struct buf manual = BUF_INIT;
    (void)state;
    action_print_manual(&manual);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        char *name = mem_printf("(%s)\n", action_info((enum action)i)->name);
        if (strstr(buf_str(&manual), name) == NULL) {
            fail_msg("%s is not in the manual", name);
        }
        free(name);
    }
    assert_null(strstr(buf_str(&manual), "\n'"));
    buf_clear(&manual);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_have_no_conflict),
        cmocka_unit_test(every_action_has_a_name_a_help_and_keys_that_exist),
        cmocka_unit_test(screens_of_lists_do_not_hide_behind_the_lists_keys),
        cmocka_unit_test(key_is_found_in_its_context_only),
        cmocka_unit_test(configuration_remaps_and_unmaps),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(manual_has_every_action_and_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
