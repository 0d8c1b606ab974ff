/* Long work as a command: how far it is, on a terminal, and Ctrl-C: it stops, says so, and nothing of it is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "chotdon/sample.h"
#include "chotdon/setting.h"
#include "cli/progress.h"
#include "testcli.h"
#include "testdb.h"

static char *path, *folder;
static struct buf said;    /* by the last command, on both outputs */
static int looks, stop_at; /* at the look so numbered Ctrl-C has been pressed */
static bool heeded;

static void heed(bool on) {
    heeded = on;
    looks = 0;
}

/* While nobody heeds it, Ctrl-C would end the program. */
static bool interrupted(void) {
    assert_true(heeded);
    return ++looks >= stop_at;
}

static int still_heeds(void) {
    return heeded ? 99 : 0;
}

/* In a process of its own; Ctrl-C comes at that look. */
static int chotdon(const char *line, int at) {
    struct cli_env env = testcli_env(path);
    env.heed_interrupt = heed;
    env.interrupted = interrupted;
    stop_at = at;
    return testcli_run_apart(line, &env, still_heeds, &said);
}

static void done(const char *line) {
    if (chotdon(line, INT32_MAX) != 0) {
        fail_msg("%s: %s", line, buf_str(&said));
    }
}

static void stops(const char *line, int at) {
    int status = chotdon(line, at);
    if (status != 1 || strstr(buf_str(&said), "stopped") == NULL) {
        fail_msg("%s: %d: %s", line, status, buf_str(&said));
    }
}

static size_t files(const char *pattern) {
    glob_t found = {0};
    char *name = mem_printf("%s/%s", folder, pattern);
    glob(name, 0, NULL, &found);
    size_t n = found.gl_pathc;
    globfree(&found);
    free(name);
    return n;
}

static void write_orders(const char *name, int count) {
    char *file = mem_printf("%s/%s", folder, name);
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    fputs("order_no,order_date,sku,qty,unit_price\n", f);
    for (int i = 1; i <= count; i++) {
        fprintf(f, "X%05d,2026-11-%02d,GAO,1,100000\n", i, i % 20 + 1);
    }
    fclose(f);
    free(file);
}

static int setup(void **state) {
    (void)state;
    path = testdb_path("shop.db");
    folder = mem_strndup(path, (size_t)(strrchr(path, '/') - path));
    done("-q init");
    done("product add GAO Gao --price 100k");
    done("staff add AN An --role rep");
    write_orders("orders.csv", 4200);
    assert_int_equal(chdir(folder), 0);
    done("import orders orders.csv");
    return 0;
}

static int teardown(void **state) {
    char *command = mem_printf("rm -rf '%s'", folder);
    (void)state;
    assert_int_equal(chdir("/"), 0);
    int rc = system(command);
    free(command);
    free(path);
    free(folder);
    buf_clear(&said);
    return rc;
}

static void a_check_stops(void **state) {
    (void)state;
    stops("check", 3);
    done("-q check");
}

static void a_backup_stops_and_leaves_no_file(void **state) {
    (void)state;
    stops("backup copy.db", 2);
    assert_int_equal(files("copy.db*"), 0);
    stops("backup --auto", 2);
    assert_int_equal(files("backups/*"), 0);
    done("-q backup copy.db");
    done("-q -d copy.db check");
}

static void a_restore_stops_at_any_moment_and_nothing_is_touched(void **state) {
    (void)state;
    static const int moments[] = {1, 2, 6, 20};
    done("-q backup before.db");
    done("product add TRA Tra --price 50k");
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        stops("restore before.db", moments[i]);
        assert_int_equal(files("shop.db.re*"), 0);
        done("product show TRA");
    }
    done("restore before.db");
    assert_int_equal(files("shop.db.replaced-*"), 1);
    assert_int_equal(chotdon("product show TRA", INT32_MAX), 1);
}

static void an_import_and_its_undoing_stop_with_nothing_changed(void **state) {
    (void)state;
    write_orders("more.csv", 6000);
    stops("import orders more.csv", 2);
    done("-f csv order list --limit 1");
    assert_null(strstr(buf_str(&said), "X06000"));
    done("-q check");
    stops("import undo 1", 2);
    done("order show X00001");
    done("-q check");
}

static void an_export_stops_and_leaves_no_file(void **state) {
    (void)state;
    stops("export orders -o out.csv", 1);
    assert_int_equal(files("out.csv*"), 0);
    done("export orders -o out.csv");
    assert_int_equal(files("out.csv"), 1);
}

static void a_commission_run_and_a_simulation_stop(void **state) {
    (void)state;
    FILE *f = fopen("plan.ini", "w");
    assert_non_null(f);
    fputs("[plan]\ncode = P\nname = P\nfrom = 2026-01\nto = 2026-12\nbase = net\nmode = slab\n[tiers]\n0 = 2\n", f);
    fclose(f);
    done("plan import plan.ini");
    done("plan activate P");
    stops("commission run --month 2026-11", 1);
    stops("commission simulate --plan plan.ini --from 2026-11 --to 2026-11", 1);
    done("commission run --month 2026-11");
    done("commission simulate --plan plan.ini --from 2026-11 --to 2026-11");
}

/* --- what a person sees of it */

static void progress_is_one_line_that_goes_away(void **state) {
    char text[512] = "";
    (void)state;
    struct cli c = {.err = tmpfile(), .err_is_tty = true};
    struct cli_progress p;
    cli_progress_begin(&p, &c, "check");
    p.began_ms -= 700;
    assert_true(cli_progress_tick(&p, 3, 12));
    p.shown_ms -= 200;
    assert_true(cli_progress_tick(&p, 6, 12));
    assert_true(cli_progress_tick(&p, 7, 12)); /* not so soon again */
    cli_progress_end(&p);
    rewind(c.err);
    assert_true(fread(text, 1, sizeof text - 1, c.err) > 0);
    fclose(c.err);
    assert_string_equal(text, "\rcheck: 3/12 (25%)\033[K\rcheck: 6/12 (50%)\033[K\r\033[K");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_stops),
        cmocka_unit_test(a_backup_stops_and_leaves_no_file),
        cmocka_unit_test(an_export_stops_and_leaves_no_file),
        cmocka_unit_test(a_commission_run_and_a_simulation_stop),
        cmocka_unit_test(an_import_and_its_undoing_stop_with_nothing_changed),
        cmocka_unit_test(a_restore_stops_at_any_moment_and_nothing_is_touched),
        cmocka_unit_test(progress_is_one_line_that_goes_away),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
