/* The manual pages list every command and every key as the program has them, in both languages. UPDATE_GOLDEN=1 writes
 * the lists into the pages, between their marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/manual.h"
#include "testlang.h"
#include "tui/action.h"

static char *read_file(const char *path) {
    struct buf text = BUF_INIT;
    char block[4096];
    size_t n = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while ((n = fread(block, 1, sizeof block, f)) > 0) {
        buf_add_bytes(&text, block, n);
    }
    fclose(f);
    return buf_take(&text);
}

/* Puts `fresh` between the marks `.\" begin NAME` and `.\" end NAME`; the caller owns the result. */
static char *with_section(const char *page, const char *name, const char *fresh) {
    char *begin = mem_printf(".\\\" begin %s\n", name);
    char *end = mem_printf(".\\\" end %s\n", name);
    const char *from = strstr(page, begin);
    const char *to = strstr(page, end);
    assert_non_null(from);
    assert_non_null(to);
    from += strlen(begin);
    char *out = mem_printf("%.*s%s%s", (int)(from - page), page, fresh, to);
    free(begin);
    free(end);
    return out;
}

static void check_page(const char *path, const char *lang) {
    struct buf commands = BUF_INIT;
    struct buf keys = BUF_INIT;
    testlang_set(lang);
    cli_print_manual(&commands);
    action_print_manual(&keys);
    testlang_set("en");
    char *page = read_file(path);
    char *once = with_section(page, "commands", buf_str(&commands));
    char *fresh = with_section(once, "keys", buf_str(&keys));
    if (getenv("UPDATE_GOLDEN") != NULL) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(fresh, f);
        fclose(f);
    } else if (strcmp(page, fresh) != 0) {
        fail_msg("%s is behind the program; UPDATE_GOLDEN=1 build/tests/tui/test_manual brings it up to date", path);
    }
    free(page);
    free(once);
    free(fresh);
    buf_clear(&commands);
    buf_clear(&keys);
}

static void test_the_english_manual_has_every_command_and_key(void **state) {
    (void)state;
    check_page("man/chotdon.1", "en");
}

static void test_the_vietnamese_manual_has_every_command_and_key(void **state) {
    (void)state;
    check_page("man/vi/chotdon.1", "vi");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_english_manual_has_every_command_and_key),
        cmocka_unit_test(test_the_vietnamese_manual_has_every_command_and_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
