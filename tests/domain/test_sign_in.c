/* Signing in: PINs proven, delays that grow, changing and recovering them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/permission.h"
#include "chotdon/sign_in.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "domain/shop_internal.h"
#include "testdb.h"
#include "testpin.h"
#include "testshop.h"

static struct shop *shop;
static int64_t machine; /* ms */

static int64_t machine_ms(void *ctx) {
    (void)ctx;
    return machine;
}

static int setup(void **state) {
    const struct staff an = {.code = (char *)"AN", .name = (char *)"An", .phone = (char *)"0912345678"};
    (void)state;
    shop = testshop_open();
    machine = INT64_C(1795000000000);
    shop->access.machine_ms = machine_ms;
    assert_int_equal(staff_put(shop, &an, STAFF_NAME | STAFF_PHONE, NULL, NULL), ERR_OK);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testshop_close(&shop);
    return 0;
}

static int waits(const char *code) {
    bool has = false;
    int wait_s = -1;
    assert_int_equal(pin_state(shop, code, &has, &wait_s, NULL), ERR_OK);
    assert_true(has);
    return wait_s;
}

static int64_t failures_audited(void) {
    return testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit WHERE action = 'sign.fail'");
}

/* The one test that pays for real Argon2id. */
static void the_first_managers_pin_turns_sign_in_on(void **state) {
    char *hash = NULL;
    bool opened = false;
    struct staff boss = {.code = (char *)"CHU", .name = (char *)"Chủ", .role = (char *)"manager"};
    (void)state;
    assert_int_equal(staff_put(shop, &boss, STAFF_NAME | STAFF_ROLE, NULL, NULL), ERR_OK);
    assert_int_equal(pin_set(shop, "CHU", NULL, "mật khẩu", NULL), ERR_OK);
    assert_true(shop_sign_in_is_on(shop));
    assert_true(shop_is_signed_in(shop)); /* who set it goes on as that manager */
    assert_string_equal(shop_actor_code(shop), "CHU");
    assert_int_equal(
        db_get_text(shop_db(shop), "SELECT pin_hash FROM staff WHERE code = 'CHU'", DB_NO_BIND, &hash, NULL), ERR_OK);
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31), 0);
    free(hash);
    shop_sign_out(shop);
    assert_false(shop_is_signed_in(shop));
    assert_int_equal(shop_sign_in(shop, "CHU", "mat khau", NULL), ERR_REFUSED);
    assert_int_equal(shop_sign_in(shop, "CHU",
                                  "ma\xcc\xa3"
                                  "\xcc\x82"
                                  "t kha\xcc\x82"
                                  "\xcc\x89"
                                  "u",
                                  NULL),
                     ERR_OK); /* typed with combining marks */
    assert_int_equal(pin_remove(shop, "CHU", NULL, &opened, NULL), ERR_REFUSED);
    assert_int_equal(pin_remove(shop, "CHU", "mật khẩu", &opened, NULL), ERR_OK);
    assert_true(opened);
    assert_false(shop_sign_in_is_on(shop));
}

static void failures_make_the_next_try_wait_longer_and_longer(void **state) {
    static const int delays[] = {0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300};
    (void)state;
    testpin_turn_on(shop);
    testpin_give(shop, "AN", "4711");
    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++) {
        assert_int_equal(shop_sign_in(shop, "AN", "0000", NULL), ERR_REFUSED);
        assert_int_equal(waits("AN"), delays[i]);
        if (delays[i] > 0) {
            machine += delays[i] * 1000 - 1;
            assert_int_equal(shop_sign_in(shop, "AN", "4711", NULL), ERR_REFUSED); /* even the right one */
            machine += 1;
        }
    }
    assert_int_equal(failures_audited(), sizeof delays / sizeof *delays);
    assert_int_equal(waits("CHU"), 0); /* nobody else's */
    assert_int_equal(shop_sign_in(shop, "AN", "4711", NULL), ERR_OK);
    assert_int_equal(shop_sign_in(shop, "AN", "0000", NULL), ERR_REFUSED);
    assert_int_equal(waits("AN"), 0); /* a success forgets */
}

static void a_clock_set_back_locks_nobody_out(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_give(shop, "AN", "4711");
    for (int i = 0; i < 6; i++) {
        shop_sign_in(shop, "AN", "0000", NULL);
        machine += 100000;
    }
    assert_int_equal(shop_sign_in(shop, "AN", "0000", NULL), ERR_REFUSED); /* the seventh: 16 s */
    machine -= INT64_C(400) * 24 * 3600 * 1000;
    assert_int_equal(shop_sign_in(shop, "AN", "4711", NULL), ERR_REFUSED);
    assert_int_equal(waits("AN"), 16);
    machine += 16000;
    assert_int_equal(shop_sign_in(shop, "AN", "4711", NULL), ERR_OK);
}

static void an_approvers_wrong_pin_counts_as_theirs(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "AN");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(shop_approve(shop, "CHU", "0000", PERMIT_CANCEL, NULL), ERR_REFUSED);
    }
    assert_int_equal(waits("CHU"), 1);
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_CANCEL, NULL), ERR_REFUSED);
    assert_int_equal(failures_audited(), 3);
}

static void who_has_no_pin_or_has_left_does_not_come_in(void **state) {
    struct staff an = {.code = (char *)"AN", .end_date = (char *)"2026-11-20"};
    struct err e = ERR_INIT;
    (void)state;
    assert_int_equal(shop_sign_in(shop, "AN", "", &e), ERR_OK); /* open: saying so is enough */
    assert_string_equal(shop_actor_code(shop), "AN");
    testpin_turn_on(shop);
    assert_false(shop_is_signed_in(shop));
    assert_int_equal(shop_sign_in(shop, "AN", "", &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "no PIN yet"));
    assert_int_equal(shop_sign_in(shop, "NOBODY", "4711", &e), ERR_NOT_FOUND);
    testpin_sign_in(shop, "CHU");
    assert_int_equal(staff_put(shop, &an, STAFF_END, NULL, NULL), ERR_OK);
    testpin_give(shop, "AN", "4711");
    assert_int_equal(shop_sign_in(shop, "AN", "4711", &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "left on 2026-11-20"));
}

static void who_leaves_meanwhile_is_out(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "AN");
    testdb_script(shop_db(shop), "UPDATE staff SET end_date = '2026-11-20' WHERE code = 'AN'");
    access_forget(shop); /* as when another counter wrote */
    assert_false(shop_is_signed_in(shop));
}

static void only_the_owner_of_the_file_recovers_and_only_a_managers(void **state) {
    (void)state;
    testpin_turn_on(shop);
    assert_int_equal(pin_recover(shop, "CHU", "sesame", NULL, NULL), ERR_REFUSED);
    shop->access.file_owner = true;
    assert_int_equal(pin_recover(shop, "AN", "sesame", NULL, NULL), ERR_REFUSED);
    assert_int_equal(pin_recover(shop, "CHU", "sesame", NULL, NULL), ERR_OK);
    assert_false(shop_is_signed_in(shop)); /* it opens nothing by itself */
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit_details WHERE after = 'recovered by the "
                                               "owner of the file'"),
                     1);
    assert_int_equal(shop_sign_in(shop, "CHU", "sesame", NULL), ERR_OK);
}

static void obvious_and_odd_pins_are_refused(void **state) {
    static const char *const bad[] = {
        "", "123", "1111", "1234", "9876", "abcd", "0912345678", "5678", "an  ", "12\t34", "\xff\xff\xff\xff", " 12 "};
    static const char *const good[] = {"4711", "1357", "con mèo đen", "an 2026!"};
    char longest[PIN_SIZE + 1];
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(pin_check(shop, "AN", bad[i], NULL), ERR_INVALID);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(pin_check(shop, "AN", good[i], NULL), ERR_OK);
    }
    bool obvious = false; /* a script's is taken */
    assert_int_equal(pin_put(shop, "AN", NULL, "1234", NULL, NULL), ERR_INVALID);
    assert_int_equal(pin_put(shop, "AN", NULL, "123", &obvious, NULL), ERR_INVALID);
    assert_int_equal(pin_put(shop, "AN", NULL, "1234", &obvious, NULL), ERR_OK);
    assert_true(obvious);
    memset(longest, 'x', sizeof longest);
    longest[1] = 'y';
    longest[PIN_SIZE] = '\0';
    assert_int_equal(pin_check(shop, "AN", longest, NULL), ERR_INVALID);
    longest[PIN_SIZE - 1] = '\0';
    assert_int_equal(pin_check(shop, "AN", longest, NULL), ERR_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_managers_pin_turns_sign_in_on),
        TEST(failures_make_the_next_try_wait_longer_and_longer),
        TEST(a_clock_set_back_locks_nobody_out),
        TEST(an_approvers_wrong_pin_counts_as_theirs),
        TEST(who_has_no_pin_or_has_left_does_not_come_in),
        TEST(who_leaves_meanwhile_is_out),
        TEST(only_the_owner_of_the_file_recovers_and_only_a_managers),
        TEST(obvious_and_odd_pins_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
