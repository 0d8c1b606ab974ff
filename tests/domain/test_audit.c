/* The audit chain: every write is in it, and what was cut, changed or slipped in shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "domain/audit_chain.h"
#include "domain/id_list.h"
#include "testshop.h"

static int setup(void **state) {
    struct shop *shop = testshop_open();
    struct staff an = {.code = "AN", .name = "An"};
    assert_int_equal(staff_put(shop, &an, STAFF_NAME, NULL, NULL), ERR_OK);
    assert_int_equal(setting_set(shop, "shop_name", "Hạnh Phúc", NULL), ERR_OK);
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static int64_t first_bad(struct shop *shop) {
    int64_t rows = 0;
    int64_t bad = 0;
    char *why = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(audit_verify(shop, &rows, &bad, &why, &e), ERR_OK);
    assert_true((bad == 0) == (why == NULL));
    free(why);
    return bad;
}

/* As somebody with another program would. */
static enum err_code tamper(struct db *db, void *ctx, struct err *e) {
    return db_exec_script(db, ctx, e);
}

static void do_tamper(struct shop *shop, const char *sql) {
    struct err e = ERR_INIT;
    if (db_transact(shop_db(shop), tamper, (void *)sql, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static void test_every_write_is_one_row_and_the_chain_holds(void **state) {
    int64_t rows = 0;
    assert_int_equal(first_bad(*state), 0);
    assert_int_equal(db_get_int(shop_db(*state), "SELECT COUNT(*) FROM audit", DB_NO_BIND, &rows, NULL), ERR_OK);
    assert_int_equal(rows, 3); /* init, staff.add, setting.set */
}

static void test_a_changed_row_shows(void **state) {
    do_tamper(*state, "UPDATE audit SET staff = 'BINH' WHERE id = 2");
    assert_int_equal(first_bad(*state), 2);
}

static void test_changed_details_show(void **state) {
    do_tamper(*state, "UPDATE audit_details SET after = 'other' WHERE audit_id = 2");
    assert_int_equal(first_bad(*state), 2);
}

static void test_a_missing_row_shows(void **state) {
    do_tamper(*state, "DELETE FROM audit_details WHERE audit_id = 2; DELETE FROM audit WHERE id = 2");
    assert_int_equal(first_bad(*state), 2);
}

static void test_a_cut_tail_shows(void **state) {
    do_tamper(*state, "DELETE FROM audit_details WHERE audit_id = 3; DELETE FROM audit WHERE id = 3");
    assert_int_equal(first_bad(*state), 3);
}

static enum err_code erased_row(void *ctx, const struct audit_row *r, struct err *e) {
    int *n = ctx;
    (void)e;
    assert_true(r->erased);
    assert_string_equal(r->detail, "");
    (*n)++;
    return ERR_OK;
}

static void test_details_that_are_gone_show(void **state) {
    do_tamper(*state, "DELETE FROM audit_details WHERE audit_id = 2");
    assert_int_equal(first_bad(*state), 2);
}

static void test_details_emptied_by_hand_show(void **state) {
    do_tamper(*state, "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id = 2");
    assert_int_equal(first_bad(*state), 2);
}

static enum err_code forget(struct shop *shop, void *ctx, struct err *e) {
    struct ids emptied = {0};
    enum err_code rc = audit_forget(shop, ctx, &emptied, e);
    rc = rc == ERR_OK ? audit_erased(shop, "staff.erase", ctx, &emptied, e) : rc;
    ids_clear(&emptied);
    return rc;
}

static void test_an_erasure_of_details_keeps_the_chain(void **state) {
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK);
    assert_int_equal(first_bad(*state), 0);
    struct audit_filter filter = {.entity = "staff AN", .action = "staff.add"};
    int n = 0;
    assert_int_equal(audit_list(*state, &filter, erased_row, &n, NULL), ERR_OK);
    assert_int_equal(n, 1);
}

static void test_an_erasure_covers_only_the_rows_that_it_names(void **state) {
    do_tamper(*state, "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id = 3");
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK);
    assert_int_equal(first_bad(*state), 3);
}

static void test_what_is_emptied_after_an_erasure_shows(void **state) {
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK);
    assert_int_equal(setting_set(*state, "shop_phone", "0912345678", NULL), ERR_OK);
    assert_int_equal(first_bad(*state), 0);
    do_tamper(*state, "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id = 5");
    assert_int_equal(first_bad(*state), 5);
}

static void test_an_erasure_itself_cannot_be_emptied(void **state) {
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK);
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK); /* once more: nothing is left to empty */
    assert_int_equal(first_bad(*state), 0);
    do_tamper(*state, "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id = 4");
    assert_int_equal(first_bad(*state), 2);
}

static void test_several_rows_are_named_by_one_erasure(void **state) {
    const struct staff again = {.code = "AN", .name = "An Nguyễn", .phone = "0912345678"};
    assert_int_equal(setting_set(*state, "shop_phone", "0912345678", NULL), ERR_OK); /* 4 */
    assert_int_equal(staff_put(*state, &again, STAFF_NAME, NULL, NULL), ERR_OK);     /* 5 */
    assert_int_equal(staff_put(*state, &again, STAFF_PHONE, NULL, NULL), ERR_OK);    /* 6 */
    assert_int_equal(shop_transact(*state, forget, "staff AN", NULL), ERR_OK);
    assert_int_equal(first_bad(*state), 0);
    char *after = NULL;
    assert_int_equal(
        db_get_text(shop_db(*state), "SELECT after FROM audit_details WHERE audit_id = 7", DB_NO_BIND, &after, NULL),
        ERR_OK);
    assert_string_equal(after, "{\"rows\":\"2,5-6\"}");
    free(after);
}

static enum err_code add_and_fail(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    assert_int_equal(audit_add(shop, "test.row", "test", "", "x", e), ERR_OK);
    return err_set(e, ERR_REFUSED, "no");
}

static void test_what_is_rolled_back_leaves_no_row(void **state) {
    struct err e = ERR_INIT;
    assert_int_equal(shop_transact(*state, add_and_fail, NULL, &e), ERR_REFUSED);
    assert_int_equal(first_bad(*state), 0);
    assert_int_equal(setting_set(*state, "shop_phone", "0912345678", &e), ERR_OK);
    assert_int_equal(first_bad(*state), 0);
}

static enum err_code count_row(void *ctx, const struct audit_row *r, struct err *e) {
    int *n = ctx;
    (void)e;
    assert_string_equal(r->action, "setting.set");
    assert_non_null(strstr(r->detail, "Hạnh Phúc"));
    (*n)++;
    return ERR_OK;
}

static void test_the_list_filters_by_entity_and_day(void **state) {
    struct audit_filter filter = {.entity = "setting shop_name", .from = "2026-11-21", .to = "2026-11-21"};
    int n = 0;
    assert_int_equal(audit_list(*state, &filter, count_row, &n, NULL), ERR_OK);
    assert_int_equal(n, 1);
    filter.to = "2026-11-20";
    filter.from = NULL;
    assert_int_equal(audit_list(*state, &filter, count_row, &n, NULL), ERR_OK);
    assert_int_equal(n, 1);
}

static enum err_code note_id(void *ctx, const struct audit_row *r, struct err *e) {
    int64_t *id = ctx;
    (void)e;
    *id = *id * 10 + r->id;
    return ERR_OK;
}

static int64_t ids(struct shop *shop, const struct audit_filter *f) {
    int64_t n = 0;
    assert_int_equal(audit_list(shop, f, note_id, &n, NULL), ERR_OK);
    return n;
}

static void test_the_list_goes_by_pages_action_staff_and_text(void **state) {
    assert_int_equal(ids(*state, &(struct audit_filter){0}), 123);
    assert_int_equal(ids(*state, &(struct audit_filter){.newest_first = true, .limit = 2}), 32);
    assert_int_equal(ids(*state, &(struct audit_filter){.newest_first = true, .older_than = 2}), 1);
    assert_int_equal(ids(*state, &(struct audit_filter){.action = "staff"}), 2);
    assert_int_equal(ids(*state, &(struct audit_filter){.action = "staff.add"}), 2);
    assert_int_equal(ids(*state, &(struct audit_filter){.action = "staff.ad"}), 0);
    assert_int_equal(ids(*state, &(struct audit_filter){.staff = ""}), 123);
    assert_int_equal(ids(*state, &(struct audit_filter){.staff = "AN"}), 0);
    assert_int_equal(ids(*state, &(struct audit_filter){.text = "Hạnh"}), 3);
    assert_int_equal(ids(*state, &(struct audit_filter){.from = "2026-11-22"}), 0);
}

static void test_numbers_of_cards_are_not_written(void **state) {
    static const struct {
        const char *note, *kept;
    } notes[] = {
        {"thẻ 4111111111111111 của khách", "thẻ •••• 1111 của khách"},
        {"4111 1111 1111 1111 12/27 123", "•••• 1111 12/27 123"},
        {"1 5500-0000-0000-0004", "1 •••• 0004"},
        {"378282246310005", "•••• 0005"},
        {"9704 0000 0000 0018", "•••• 0018"},
        {"4111111111111112", "4111111111111112"},                         /* fails the test of its last digit */
        {"8934563138165", "8934563138165"},                               /* a barcode */
        {"{\"total\":4111111111111111}", "{\"total\":4111111111111111}"}, /* an amount */
        {"a4111111111111111", "a4111111111111111"},
        {"0912 345 678", "0912 345 678"},
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        char *masked = audit_mask_cards(notes[i].note);
        assert_string_equal(masked == NULL ? notes[i].note : masked, notes[i].kept);
        free(masked);
    }
    int64_t leaked = -1;
    assert_int_equal(setting_set(*state, "shop_address", "thẻ 4111 1111 1111 1111", NULL), ERR_OK);
    assert_int_equal(first_bad(*state), 0);
    assert_int_equal(db_get_int(shop_db(*state), "SELECT COUNT(*) FROM audit_details WHERE after LIKE '%1111 1111%'",
                                DB_NO_BIND, &leaked, NULL),
                     ERR_OK);
    assert_int_equal(leaked, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_write_is_one_row_and_the_chain_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_changed_row_shows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_changed_details_show, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_missing_row_shows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_cut_tail_shows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_details_that_are_gone_show, setup, teardown),
        cmocka_unit_test_setup_teardown(test_details_emptied_by_hand_show, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_list_goes_by_pages_action_staff_and_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_of_cards_are_not_written, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_erasure_of_details_keeps_the_chain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_erasure_covers_only_the_rows_that_it_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_emptied_after_an_erasure_shows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_erasure_itself_cannot_be_emptied, setup, teardown),
        cmocka_unit_test_setup_teardown(test_several_rows_are_named_by_one_erasure, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_rolled_back_leaves_no_row, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_list_filters_by_entity_and_day, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
