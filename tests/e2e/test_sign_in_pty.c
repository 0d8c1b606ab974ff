/* Signing in, in a real terminal: PINs are set, the program is started again, a cashier is refused and approved, an
 * idle screen locks with a basket on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/product.h"
#include "chotdon/sign_in.h"
#include "chotdon/staff.h"
#include "pty.h"
#include "testdb.h"
#include "testorders.h"
#include "testsell.h"

static char folder[] = "/tmp/chotdon-signin-XXXXXX";
static char shop_path[128];

static void clock_now(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    strcpy(now, "2026-11-21 14:05:00");
}

static void hire(struct shop *shop, const char *code, const char *name, const char *role) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .role = (char *)role};
    struct err e = ERR_INIT;
    if (staff_put(shop, &s, STAFF_NAME | STAFF_ROLE, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static void order_one(struct shop *shop) {
    int64_t shirt = 0;
    struct err e = ERR_INIT;
    if (product_find(shop, "AT-TR-M", &shirt, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    const struct order_line_input line = testorders_line(shirt, 1000, 120000);
    struct order_input in = testorders_input(&line, 1);
    in.status = ORDER_CONFIRMED;
    testorders_add(shop, &in);
}

static int setup(void **state) {
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(shop_path, sizeof shop_path, "%s/shop.db", folder);
    struct shop_options options = {.path = shop_path, .clock = clock_now};
    if (shop_create(&options, "VND", &shop, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    testsell_fill(shop);
    order_one(shop);
    hire(shop, "HOA", "Lê Thị Hoa", "manager");
    hire(shop, "LAN", "Nguyễn Thị Lan", "counter");
    shop_close(&shop);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testdb_remove(mem_strdup(shop_path));
    return 0;
}

static struct pty *start(void) {
    static char program[128];
    const char *build = getenv("B");
    snprintf(program, sizeof program, "%s/chotdon", build == NULL ? "build" : build);
    const char *argv[] = {program, "-d", shop_path, "--now", "2026-11-21 14:05:00", "--lang", "en", NULL};
    return pty_start(&(struct pty_options){.argv = argv});
}

static void quit(struct pty *p) {
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect_restored(p);
    assert_null(strstr(buf_str(pty_raw(p)), "mua thu 26"));
    pty_free(p);
}

static void set_pin(struct pty *p, const char *code, const char *pin) {
    char keys[128];
    snprintf(keys, sizeof keys, "/<Ctrl-U>%s<Enter>p", code);
    pty_type(p, keys);
    pty_settle(p);
    if (strstr(pty_screen(p), "turns sign-in on") != NULL) {
        pty_type(p, "y");
    }
    pty_expect(p, "PIN of");
    snprintf(keys, sizeof keys, "%s<Tab>%s<Enter>", pin, pin);
    pty_type(p, keys);
}

static void pins_are_set_on_the_page_of_the_staff(void **state) {
    struct pty *p = start();
    (void)state;
    pty_expect(p, "Nothing in the basket yet");
    pty_type(p, "<Ctrl-P>staff<Enter>");
    pty_expect(p, "Working here");
    set_pin(p, "hoa", "mua thu 26");
    pty_expect(p, "Sign-in is on");
    set_pin(p, "lan", "trua he 7");
    pty_expect(p, "Nguyễn Thị Lan has a new PIN");
    quit(p);
}

static void sign_in(struct pty *p, const char *keys) {
    pty_expect(p, "Who is working here?");
    pty_type(p, keys);
}

static void the_next_start_asks_for_the_pin(void **state) {
    struct pty *p = start();
    (void)state;
    sign_in(p, "lan<Enter>falsch 1<Enter>");
    pty_expect(p, "that is not the PIN of Nguyễn Thị Lan");
    assert_null(strstr(buf_str(pty_raw(p)), "basket"));
    pty_paste(p, "trua he 7");
    pty_expect(p, "•••••••••");
    pty_type(p, "<Enter>");
    pty_expect(p, "Nothing in the basket yet");
    pty_expect(p, "Nguyễn Thị Lan ·");
    quit(p);
}

static void a_manager_approves_on_the_cashiers_screen(void **state) {
    struct pty *p = start();
    (void)state;
    sign_in(p, "lan<Enter>trua he 7<Enter>");
    pty_expect(p, "Nothing in the basket yet");
    pty_type(p, "<Alt-5>");
    pty_expect(p, "DH261121-0001");
    pty_type(p, "c");
    pty_expect(p, "Cancel");
    pty_type(p, "changed mind<Enter>");
    pty_expect(p, "Somebody must approve this");
    pty_type(p, "<Esc>");
    pty_expect_gone(p, "Somebody must approve this");
    pty_expect(p, "changed mind");
    pty_type(p, "<Enter>");
    pty_expect(p, "Somebody must approve this");
    pty_type(p, "mua thu 26<Enter>");
    pty_expect(p, "21/11/2026 cancelled");
    pty_expect(p, "Nguyễn Thị Lan ·");
    quit(p);
}

static void a_locked_basket_comes_back(void **state) {
    struct pty *p = start();
    (void)state;
    sign_in(p, "lan<Enter>trua he 7<Enter>");
    pty_expect(p, "Nothing in the basket yet");
    pty_send(p, SELL_SHIRT "\r");
    pty_expect(p, "1 AT-TR-M");
    pty_type(p, "ao th<F12>");
    pty_expect(p, "Locked; what was typed is kept");
    assert_null(strstr(pty_screen(p), "120.000"));
    pty_type(p, "<Tab>");
    sign_in(p, "hoa<Enter>mua thu 26<Enter>");
    pty_expect(p, "Nothing in the basket yet");
    pty_type(p, "<F12><Tab>");
    sign_in(p, "lan<Enter>trua he 7<Enter>");
    pty_expect(p, "1 AT-TR-M");
    pty_expect(p, "> ao th");
    quit(p);
}

static void a_shop_that_was_put_back_asks_again(void **state) {
    struct pty *p = start();
    (void)state;
    sign_in(p, "hoa<Enter>mua thu 26<Enter>");
    pty_expect(p, "Lê Thị Hoa ·");
    pty_type(p, "<Ctrl-P>backups<Enter>");
    pty_expect(p, "In the folder");
    pty_type(p, "n<Enter>");
    pty_expect(p, "A verified copy is in");
    pty_type(p, "r");
    pty_expect(p, "Put back");
    pty_type(p, "y");
    sign_in(p, "mua thu 26<Enter>");
    pty_expect(p, "The copy is in place");
    quit(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pins_are_set_on_the_page_of_the_staff),     cmocka_unit_test(the_next_start_asks_for_the_pin),
        cmocka_unit_test(a_manager_approves_on_the_cashiers_screen), cmocka_unit_test(a_locked_basket_comes_back),
        cmocka_unit_test(a_shop_that_was_put_back_asks_again),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
