/* The chain's end is known outside the database: a cut tail shows also when the head inside was set back with it, and a
 * backup that was put back is told apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "chotdon/setting.h"
#include "testdb.h"

static char now_text[DATETIME_SIZE];

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(now, DATETIME_SIZE, "%s", now_text);
}

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

struct fixture {
    char *path, *beside, *state;
    struct shop_options options;
    struct shop *shop;
};

static void change(struct fixture *f, const char *name) {
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "shop_name", name, &e), &e);
    shop_tidy(f->shop);
}

/* Rows 1 (init), 2, 3 on the 20th, 4 and 5 on the 21st. */
static int open_shop(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct err e = ERR_INIT;
    snprintf(now_text, sizeof now_text, "2026-11-20 18:05:00");
    f->path = testdb_path("shop.db");
    f->beside = mem_printf("%s.anchors", f->path);
    f->state = mem_printf("%s.state", f->path);
    f->options = (struct shop_options){.path = f->path, .clock = fixed_clock, .state_folder = f->state};
    ok(shop_create(&f->options, "VND", &f->shop, &e), &e);
    change(f, "một");
    change(f, "hai");
    snprintf(now_text, sizeof now_text, "2026-11-21 18:05:00");
    change(f, "ba");
    change(f, "bốn");
    *state = f;
    return 0;
}

static int remove_shop(void **state) {
    struct fixture *f = *state;
    char *command = mem_printf("rm -rf '%s'*", f->path);
    shop_close(&f->shop);
    int rc = system(command);
    free(command);
    testdb_remove(f->path);
    free(f->beside);
    free(f->state);
    free(f);
    return rc;
}

static struct audit_anchors compare(struct fixture *f) {
    struct audit_anchors a;
    struct err e = ERR_INIT;
    ok(audit_compare(f->shop, &a, &e), &e);
    assert_true((a.bad_id == 0) == (a.why == NULL));
    return a;
}

static void assert_bad(struct fixture *f, int64_t id) {
    struct audit_anchors a = compare(f);
    assert_int_equal(a.bad_id, id);
    audit_anchors_clear(&a);
}

static void a_day_has_one_line_in_each_place(void **state) {
    struct fixture *f = *state;
    struct audit_anchors a = compare(f);
    assert_int_equal(a.anchors, 4);
    assert_int_equal(a.replaced, 0);
    assert_int_equal(a.bad_id, 0);
    audit_anchors_clear(&a);
    struct stat st;
    assert_int_equal(stat(f->beside, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, 2 * 106);
}

static const char cut[] = "DELETE FROM audit_details WHERE audit_id > 3; DELETE FROM audit WHERE id > 3;"
                          "UPDATE audit_head SET id = 3, hash = (SELECT hash FROM audit WHERE id = 3)";

static void a_tail_cut_with_the_head_set_back_shows(void **state) {
    struct fixture *f = *state;
    int64_t rows = 0, bad = 0;
    char *why = NULL;
    testdb_script(shop_db(f->shop), cut);
    assert_int_equal(audit_verify(f->shop, &rows, &bad, &why, NULL), ERR_OK);
    assert_null(why); /* the chain alone cannot tell */
    assert_bad(f, 4);
}

static void writing_on_after_the_cut_does_not_cover_it(void **state) {
    struct fixture *f = *state;
    testdb_script(shop_db(f->shop), cut);
    change(f, "năm");
    assert_bad(f, 5);
    change(f, "sáu");
    change(f, "bảy");
    assert_bad(f, 5);
}

static void a_cut_that_is_taken_as_it_is_is_counted_and_the_next_one_shows(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    testdb_script(shop_db(f->shop), cut);
    ok(check_accept(f->shop, &e), &e);
    shop_tidy(f->shop);
    struct audit_anchors a = compare(f);
    assert_int_equal(a.bad_id, 0);
    assert_true(a.replaced > 0);
    audit_anchors_clear(&a);
    change(f, "năm");
    change(f, "sáu");
    testdb_script(shop_db(f->shop), cut);
    a = compare(f);
    assert_int_not_equal(a.bad_id, 0);
    audit_anchors_clear(&a);
}

static void one_place_is_enough(void **state) {
    struct fixture *f = *state;
    testdb_script(shop_db(f->shop), cut);
    unlink(f->beside);
    assert_bad(f, 4);
}

static void a_file_of_nonsense_is_no_anchor(void **state) {
    struct fixture *f = *state;
    FILE *file = fopen(f->beside, "w");
    for (int i = 0; i < 500; i++) {
        fputc(i % 7 == 0 ? '\n' : 'x', file);
    }
    fclose(file);
    struct audit_anchors a = compare(f);
    assert_int_equal(a.anchors, 2);
    assert_int_equal(a.bad_id, 0);
    audit_anchors_clear(&a);
    change(f, "năm");
    a = compare(f);
    assert_int_equal(a.bad_id, 0);
    audit_anchors_clear(&a);
}

static void a_backup_put_back_is_told_apart(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    char *copy = mem_printf("%s.copy.db", f->path);
    ok(backup_make(f->shop, copy, &e), &e);
    change(f, "năm");
    change(f, "sáu");
    shop_close(&f->shop);
    ok(backup_restore(&f->options, copy, &kept, &e), &e);
    ok(shop_open(&f->options, &f->shop, &e), &e);
    struct audit_anchors a = compare(f);
    assert_int_equal(a.bad_id, 0);
    assert_int_equal(a.replaced, 2);
    audit_anchors_clear(&a);
    change(f, "bảy");
    assert_bad(f, 0);
    change(f, "tám");
    /* 7 the restore, 8 and 9 after it: cutting those shows, though the file that went had an 8 too */
    testdb_script(shop_db(f->shop), "DELETE FROM audit_details WHERE audit_id > 7; DELETE FROM audit WHERE id > 7;"
                                    "UPDATE audit_head SET id = 7, hash = (SELECT hash FROM audit WHERE id = 7)");
    assert_bad(f, 8);
    free(kept);
    free(copy);
}

static void a_shop_without_a_state_folder_has_the_one_beside(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    shop_close(&f->shop);
    f->options.state_folder = NULL;
    ok(shop_open(&f->options, &f->shop, &e), &e);
    struct audit_anchors a = compare(f);
    assert_int_equal(a.anchors, 2);
    audit_anchors_clear(&a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_shop, remove_shop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_day_has_one_line_in_each_place),
        TEST(a_tail_cut_with_the_head_set_back_shows),
        TEST(writing_on_after_the_cut_does_not_cover_it),
        TEST(a_cut_that_is_taken_as_it_is_is_counted_and_the_next_one_shows),
        TEST(one_place_is_enough),
        TEST(a_file_of_nonsense_is_no_anchor),
        TEST(a_backup_put_back_is_told_apart),
        TEST(a_shop_without_a_state_folder_has_the_one_beside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
