#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "io/ini.h"

static char path[] = "/tmp/chotdon-ini-test.XXXXXX";

static int make_file(void **state) {
    (void)state;
    int fd = mkstemp(path);
    close(fd);
    return fd < 0;
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static enum err_code read_bytes(const char *bytes, size_t n, struct ini **out, struct err *e) {
    FILE *f = fopen(path, "wb");
    fwrite(bytes, 1, n, f);
    fclose(f);
    return ini_read(path, out, e);
}

static struct ini *accepted(const char *text) {
    struct ini *ini = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = read_bytes(text, strlen(text), &ini, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(rc, ERR_OK);
    return ini;
}

static void refused_bytes(const char *bytes, size_t n, long line, const char *word) {
    struct ini *ini = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(read_bytes(bytes, n, &ini, &e), ERR_INVALID);
    assert_null(ini);
    assert_int_equal(e.line, line);
    char head[64];
    snprintf(head, sizeof head, "%s:%ld: ", path, line);
    assert_memory_equal(e.message, head, strlen(head));
    if (strstr(e.message, word) == NULL) {
        fail_msg("“%s” does not say “%s”", e.message, word);
    }
}

static void refused(const char *text, long line, const char *word) {
    refused_bytes(text, strlen(text), line, word);
}

static void values_come_with_their_lines(void **state) {
    (void)state;
    struct ini *ini = accepted(
        "# comment\n\n[One]\na = 1\n; comment\nHai Ba = \"x; y # z\"\r\n\n[two]\nb='it\"s'\nc =\nd = \"\"\ne = a=b\n");
    assert_int_equal(ini->count, 6);
    assert_string_equal(ini->entries[1].section, "One");
    assert_string_equal(ini->entries[1].key, "Hai Ba");
    assert_string_equal(ini->entries[1].value, "x; y # z");
    assert_int_equal(ini->entries[1].line, 6);
    assert_string_equal(ini_find(ini, "one", "HAI BA")->value, "x; y # z");
    assert_string_equal(ini_find(ini, "two", "b")->value, "it\"s");
    assert_string_equal(ini_find(ini, "two", "c")->value, "");
    assert_string_equal(ini_find(ini, "two", "d")->value, "");
    assert_string_equal(ini_find(ini, "two", "e")->value, "a=b");
    assert_null(ini_find(ini, "two", "a"));
    ini_free(ini);
}

static void vietnamese_keys_keep_their_letters(void **state) {
    (void)state;
    struct ini *ini = accepted("[import.X]\nstatus.Đã Hủy = cancelled\n[groups]\nPhụ kiện = 1\n");
    assert_string_equal(ini->entries[0].key, "status.Đã Hủy");
    assert_string_equal(ini->entries[0].value, "cancelled");
    assert_string_equal(ini->entries[1].key, "Phụ kiện");
    ini_free(ini);
}

static void an_empty_file_is_no_error(void **state) {
    (void)state;
    ini_free(accepted(""));
    ini_free(accepted("# nothing\n[ui]\n"));
}

static void what_comes_twice_is_refused(void **state) {
    (void)state;
    refused("[ui]\na = 1\nb = 2\nA = 3\n", 4, "line 2");
    refused("[ui]\na = 1\n[x]\n[UI]\n", 4, "twice");
}

static void damaged_bytes_are_refused(void **state) {
    (void)state;
    refused("\xEF\xBB\xBF[ui]\n", 1, "byte order mark");
    refused_bytes("[ui]\na = \0x\n", 12, 2, "NUL");
    refused("[ui]\n\na = \xFF\n", 3, "UTF-8");
    struct buf b = BUF_INIT;
    buf_add(&b, "[ui]\na = ");
    for (int i = 0; i < INI_LINE_MAX; i++) {
        buf_add_char(&b, 'x');
    }
    refused(buf_str(&b), 2, "longer");
    buf_clear(&b);
}

static void what_would_be_lost_is_refused(void **state) {
    (void)state;
    refused("[ui]\na = one ; two\n", 2, "quotes");
    refused("[ui]\na = one # two\n", 2, "quotes");
    refused("[ui]\na = \"one\" two\n", 2, "closing quote");
    refused("[ui]\na = \"one\n", 2, "not closed");
    refused("[ui]\na = one\\\nb = 2\n", 2, "\\");
    refused("[ui] # comment\n", 1, "[name]");
    refused("[ui\n", 1, "[name]");
    refused("[]\n", 1, "[name]");
    refused("a = 1\n", 1, "[section]");
    refused("[ui]\njust words\n", 2, "just words");
    refused("[ui]\n= 1\n", 2, "= 1");
}

static void missing_and_huge_files_are_errors(void **state) {
    (void)state;
    struct ini *ini = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(ini_read("/nowhere/x.ini", &ini, &e), ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "/nowhere/x.ini"));
    assert_int_equal(ini_read("/", &ini, &e), ERR_IO);
    assert_int_equal(ini_read("/dev/zero", &ini, &e), ERR_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_with_their_lines),      cmocka_unit_test(vietnamese_keys_keep_their_letters),
        cmocka_unit_test(an_empty_file_is_no_error),         cmocka_unit_test(what_comes_twice_is_refused),
        cmocka_unit_test(damaged_bytes_are_refused),         cmocka_unit_test(what_would_be_lost_is_refused),
        cmocka_unit_test(missing_and_huge_files_are_errors),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
