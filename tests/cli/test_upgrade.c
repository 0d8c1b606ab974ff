/* A file of an earlier version, of a later one, and of another program: opened, upgraded, restored, by commands as
 * typed. There is one schema yet, so the later ones are made up (newer_schema.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "newer_schema.h"
#include "pty.h"
#include "testcli.h"
#include "testdb.h"

enum { SCREENS_OPENED = 77 };

static char *path, *copy, *folder;
static struct buf said; /* by the last command, on both outputs */

static enum err_code screens(struct cli *c, struct err *e) {
    (void)e;
    puts(c->shop == NULL ? "SCREENS WITHOUT A SHOP" : "SCREENS OPEN");
    return ERR_OK;
}

static int chotdon(const char *line) {
    struct cli_env env = testcli_env(path);
    return testcli_run_apart(line, &env, NULL, &said);
}

static void says(const char *text) {
    if (strstr(buf_str(&said), text) == NULL) {
        fail_msg("“%s” is not in: %s", text, buf_str(&said));
    }
}

static void done(const char *line) {
    if (chotdon(line) != 0) {
        fail_msg("%s: %s", line, buf_str(&said));
    }
}

static void refused(const char *line, const char *why) {
    if (chotdon(line) != 1) {
        fail_msg("%s: was not refused: %s", line, buf_str(&said));
    }
    says(why);
}

static int version_of(const char *file) {
    unsigned char head[64] = {0};
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    assert_int_equal(fread(head, 1, sizeof head, f), sizeof head);
    fclose(f);
    return head[60] << 24 | head[61] << 16 | head[62] << 8 | head[63];
}

static size_t beside(const char *pattern, char **first) {
    glob_t found = {0};
    char *name = mem_printf("%s%s", path, pattern);
    glob(name, 0, NULL, &found);
    size_t n = found.gl_pathc;
    if (first != NULL) {
        *first = n == 0 ? NULL : mem_strdup(found.gl_pathv[0]);
    }
    globfree(&found);
    free(name);
    return n;
}

static char *bytes_of(const char *file, size_t *size) {
    struct buf b = BUF_INIT;
    char piece[4096];
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;) {
        buf_add_bytes(&b, piece, n);
    }
    fclose(f);
    *size = b.len;
    char *out = mem_alloc(b.len + 1);
    memcpy(out, buf_str(&b), b.len);
    buf_clear(&b);
    return out;
}

/* A shop of version 1 with goods, a customer and sales, in one file without a log. */
static int setup(void **state) {
    (void)state;
    path = testdb_path("shop.db");
    folder = mem_strndup(path, (size_t)(strrchr(path, '/') - path));
    copy = mem_printf("%s/copy.db", folder);
    newer_schema_newest = 1;
    done("-q init");
    done("product add GAO Gao --price 100k");
    done("customer add Lan --phone 0912345678");
    done("order add --line GAO:2 --customer 0912345678 --pay cash:200k");
    char *line = mem_printf("-q backup %s", copy);
    done(line);
    free(line);
    return 0;
}

static int teardown(void **state) {
    char *command = mem_printf("rm -rf '%s'", folder);
    (void)state;
    int rc = system(command);
    free(command);
    free(path);
    free(copy);
    free(folder);
    buf_clear(&said);
    return rc;
}

static void an_earlier_file_is_refused_untouched_until_it_is_upgraded(void **state) {
    (void)state;
    newer_schema_newest = 3;
    refused("order list", "older version");
    says("upgrade");
    refused("check", "older version");
    refused("order add --line GAO:1 --pay cash:100k", "older version");
    assert_int_equal(beside(".v1-*", NULL), 0);
    newer_schema_newest = 1;
    done("-q check");
}

static void upgrading_keeps_the_file_as_it_was_and_the_books_hold(void **state) {
    char *kept = NULL;
    (void)state;
    newer_schema_newest = 3;
    done("upgrade");
    says("is kept as");
    assert_int_equal(beside(".v1-*", &kept), 1);
    assert_int_equal(version_of(kept), 1);
    done("check");
    done("order add --line GAO:1 --pay cash:100k");
    done("customer edit 0912345678 --note x");
    done("check");
    done("audit verify");
    done("-f csv audit list");
    says("shop.upgrade");
    done("upgrade");
    says("nothing to do");
    assert_int_equal(beside(".v1-*", NULL), 1);
    newer_schema_newest = 1; /* the program of before opens what was kept, and not the new one */
    char *line = mem_printf("-d %s check", kept);
    done(line);
    free(line);
    free(kept);
    refused("order list", "newer");
}

static void a_later_file_is_refused_by_every_way_in_and_stays_as_it_is(void **state) {
    (void)state;
    size_t before = 0, after = 0;
    newer_schema_newest = 3;
    done("upgrade");
    newer_schema_newest = 2;
    char *was = bytes_of(path, &before);
    static const char *const lines[] = {"order list", "upgrade", "check", "-q backup never.db", "staff list"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        refused(lines[i], "newer");
    }
    char *is = bytes_of(path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(was, is, before);
    char *line = mem_printf("restore %s", copy); /* back to what this program knows */
    done(line);
    done("check");
    assert_int_equal(version_of(path), 2);
    assert_int_equal(beside(".replaced-*", NULL), 1);
    free(line);
    free(was);
    free(is);
}

static void a_newer_copy_is_not_restored_and_nothing_is_touched(void **state) {
    (void)state;
    newer_schema_newest = 3;
    char *line = mem_printf("-d %s upgrade", copy);
    done(line);
    free(line);
    newer_schema_newest = 1;
    line = mem_printf("restore %s", copy);
    refused(line, "newer");
    assert_int_equal(beside(".replaced-*", NULL), 0);
    assert_int_equal(beside(".restoring*", NULL), 0);
    done("-q check");
    free(line);
}

static void an_older_copy_is_restored_as_a_file_of_today(void **state) {
    char *kept = NULL;
    (void)state;
    newer_schema_newest = 3;
    done("upgrade");
    done("order add --line GAO:1 --pay cash:100k");
    char *line = mem_printf("restore %s", copy);
    done(line);
    assert_int_equal(version_of(path), 3);
    assert_int_equal(version_of(copy), 1); /* the copy stays what it was */
    done("check");
    done("-f csv order list");
    assert_null(strstr(buf_str(&said), "-0002"));
    assert_int_equal(beside(".replaced-*", &kept), 1);
    assert_int_equal(version_of(kept), 3);
    free(line);
    line = mem_printf("-d %s check", kept);
    done(line);
    free(line);
    free(kept);
}

static void an_older_copy_whose_rows_were_changed_is_not_restored(void **state) {
    (void)state;
    char *command = mem_printf("sqlite3 %s \"UPDATE customers SET name = 'Another'\"", copy);
    assert_int_equal(system(command), 0);
    free(command);
    char *line = mem_printf("restore %s", copy);
    refused(line, "does not pass the check");
    newer_schema_newest = 3;
    done("upgrade");
    refused(line, "does not pass the check");
    done("check");
    assert_int_equal(beside(".replaced-*", NULL), 0);
    free(line);
}

static void what_another_program_changed_shows_after_an_upgrade_too(void **state) {
    (void)state;
    char *command = mem_printf("sqlite3 %s \"UPDATE customers SET name = 'Another'\"", path);
    assert_int_equal(system(command), 0);
    free(command);
    newer_schema_newest = 3;
    done("upgrade");
    refused("check", "customers");
}

static void an_upgrade_that_fails_in_the_middle_says_so_and_can_be_done_again(void **state) {
    (void)state;
    newer_schema_newest = 4;
    refused("upgrade", "later_log");
    assert_int_equal(beside(".v1-*", NULL), 1);
    newer_schema_newest = 3; /* what was whole stayed whole */
    done("check");
    done("order add --line GAO:1 --pay cash:100k");
    newer_schema_newest = 4;
    refused("upgrade", "later_log");
    newer_schema_newest = 3;
    done("check");
}

static void files_of_other_programs_are_refused_and_left_alone(void **state) {
    (void)state;
    size_t before = 0, after = 0;
    char *other = mem_printf("%s/other.db", folder);
    char *command =
        mem_printf("sqlite3 %s 'CREATE TABLE notes(x); INSERT INTO notes VALUES (1); PRAGMA user_version=1'", other);
    assert_int_equal(system(command), 0);
    char *was = bytes_of(other, &before);
    static const char *const lines[] = {"order list", "upgrade", "check", "-q backup x.db", "staff list"};
    newer_schema_newest = 3;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char *line = mem_printf("-d %s %s", other, lines[i]);
        refused(line, "another program");
        free(line);
    }
    char *line = mem_printf("restore %s", other);
    newer_schema_newest = 1;
    refused(line, "another program");
    done("-q check");
    char *is = bytes_of(other, &after);
    assert_int_equal(before, after);
    assert_memory_equal(was, is, before);
    char *journal = mem_printf("%s-wal", other);
    assert_int_equal(access(journal, F_OK), -1);
    free(journal);
    free(line);
    free(was);
    free(is);
    free(command);
    free(other);
}

/* --- opening the screens offers it */

static int open_screens(void) {
    struct cli_env env = testcli_env(path);
    env.out_is_tty = env.err_is_tty = env.in_is_tty = true;
    env.screens = screens;
    return testcli_run("", &env);
}

static void the_screens_offer_the_upgrade_and_open(void **state) {
    (void)state;
    newer_schema_newest = 3;
    struct pty *p = pty_start(&(struct pty_options){.child = open_screens});
    pty_expect(p, "[Y/n]");
    pty_send(p, "n\r");
    assert_int_equal(pty_expect_exit(p), 1);
    pty_free(p);
    assert_int_equal(beside(".v1-*", NULL), 0);
    p = pty_start(&(struct pty_options){.child = open_screens});
    pty_expect(p, "older version");
    pty_expect(p, "[Y/n]");
    pty_send(p, "\r");
    pty_expect(p, "is kept as");
    pty_expect(p, "SCREENS OPEN");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_free(p);
    assert_int_equal(beside(".v1-*", NULL), 1);
    done("check");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_earlier_file_is_refused_untouched_until_it_is_upgraded, setup, teardown),
        cmocka_unit_test_setup_teardown(upgrading_keeps_the_file_as_it_was_and_the_books_hold, setup, teardown),
        cmocka_unit_test_setup_teardown(a_later_file_is_refused_by_every_way_in_and_stays_as_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(a_newer_copy_is_not_restored_and_nothing_is_touched, setup, teardown),
        cmocka_unit_test_setup_teardown(an_older_copy_is_restored_as_a_file_of_today, setup, teardown),
        cmocka_unit_test_setup_teardown(an_older_copy_whose_rows_were_changed_is_not_restored, setup, teardown),
        cmocka_unit_test_setup_teardown(what_another_program_changed_shows_after_an_upgrade_too, setup, teardown),
        cmocka_unit_test_setup_teardown(an_upgrade_that_fails_in_the_middle_says_so_and_can_be_done_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(files_of_other_programs_are_refused_and_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_screens_offer_the_upgrade_and_open, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
