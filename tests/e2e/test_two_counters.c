/* Two programs at one file: what one changes the other shows within a second, with its cursor and what is being typed
 * where they were; one customer, and one order, changed by both is put to the one who saves second. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "testoffice.h"

enum { SOON_MS = 2500 }; /* a second, and what a busy machine takes for it */

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-21 14:05:00", NULL);
    testoffice_command(o, "product add AO-M 'Áo thun trơn M' --price 120000 --barcode 8930000000017");
    testoffice_command(o, "product add NON 'Nón trắng' --price 50000");
    testoffice_command(o, "stock receive --line AO-M:20@70000");
    testoffice_command(o, "customer add 'Nguyễn Văn Đạt' --phone 0912345678");
    testoffice_command(o, "customer add 'Trần Thị Hà' --phone 0987654321");
    testoffice_command(o, "deal add --title 'Quán Cây Bàng' --value 45tr");
    testoffice_command(o, "order add --line NON:1 --customer 0987654321");
    testoffice_open(o, "en", 100, 0);
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

/* Another program changes something; `shown` must come soon. */
static void expect_soon(const struct testoffice *o, const char *words, const char *shown) {
    testoffice_command(o, words);
    int64_t began = ticks_ms();
    pty_expect(o->pty, shown);
    assert_true(ticks_ms() - began < SOON_MS);
}

static void sell_shows_what_is_left(void **state) {
    const struct testoffice *o = *state;
    pty_type(o->pty, "ao-m<Enter>");
    pty_expect(o->pty, "1 × Áo");
    pty_type(o->pty, "no tr");
    pty_expect(o->pty, "> no tr");
    pty_expect(o->pty, "120.000   20");
    expect_soon(o, "order add --line AO-M:3", "120.000   17");
    pty_expect(o->pty, "> no tr");
    expect_soon(o, "product edit NON --price 55k", "55.000"); /* under the field */
    pty_type(o->pty, "ắng<Enter>");
    pty_expect(o->pty, "1 × Nón trắng");
}

static void orders_shows_a_new_order_and_keeps_the_cursor(void **state) {
    const struct testoffice *o = *state;
    pty_type(o->pty, "<Alt-5>");
    pty_expect(o->pty, "DH261121-0001");
    pty_expect(o->pty, "▸DH261121-0001");
    expect_soon(o, "order add --line AO-M:1 --customer 0912345678", "DH261121-0002");
    pty_expect(o->pty, "▸DH261121-0001");
    expect_soon(o, "order pay DH261121-0001 cash:20k", "30.000");
}

static void customers_shows_a_new_name_and_keeps_filter_and_cursor(void **state) {
    const struct testoffice *o = *state;
    pty_type(o->pty, "<Alt-6>");
    pty_expect(o->pty, "Trần Thị Hà");
    pty_type(o->pty, "/tr");
    pty_expect(o->pty, "/ tr");
    expect_soon(o, "customer edit 0987654321 --name 'Trần Thị Hoà'", "Trần Thị Hoà");
    pty_type(o->pty, "an");
    pty_expect(o->pty, "/ tran");
    pty_expect(o->pty, "Trần Thị Hoà");
}

static void products_shows_price_and_stock(void **state) {
    const struct testoffice *o = *state;
    pty_type(o->pty, "<Alt-7>");
    pty_expect(o->pty, "Áo thun trơn M");
    pty_type(o->pty, "<End>");
    pty_expect(o->pty, "2/2");
    expect_soon(o, "product edit AO-M --price 125k", "125.000");
    expect_soon(o, "order add --line AO-M:3", "17");
    pty_expect(o->pty, "2/2");
}

static void deals_move_on_the_board(void **state) {
    const struct testoffice *o = *state;
    pty_type(o->pty, "<Alt-2>");
    pty_expect(o->pty, "Quán Cây Bàng");
    expect_soon(o, "deal add --title 'Trường Lê Lợi' --value 120tr", "Trường Lê Lợi");
    expect_soon(o, "deal edit 'Quán Cây Bàng' --title 'Quán Cây Xoài'", "Quán Cây Xoài");
}

static void one_customer_changed_at_two_counters(void **state) {
    const struct testoffice *o = *state;
    struct pty *other = testoffice_start(o, "en", 100, 0);
    struct pty *both[] = {o->pty, other};
    for (int i = 0; i < 2; i++) {
        pty_type(both[i], "<Alt-6>");
        pty_expect(both[i], "Nguyễn Văn Đạt");
        pty_type(both[i], "/dat<Enter>");
        pty_expect(both[i], "1/1");
        pty_type(both[i], "e");
        pty_expect(both[i], "KH000001 Nguyễn Văn Đạt");
    }
    pty_type(other, "<Ctrl-U>Nguyễn Văn Đạt (Mười)<Tab><Tab><Tab>Hà Nội<Enter>");
    pty_expect(other, "Saved Nguyễn Văn Đạt (Mười)");
    pty_type(o->pty, "<Ctrl-U>Nguyễn Đạt<Enter>");
    pty_expect(o->pty, "Changed by two people");
    pty_expect(o->pty, "Nguyễn Văn Đạt (Mười)");
    pty_expect(o->pty, "● mine       Nguyễn Đạt");
    pty_type(o->pty, "<Right>");
    pty_expect(o->pty, "● theirs");
    pty_type(o->pty, "<Left><Enter>");
    pty_expect(o->pty, "Saved Nguyễn Đạt");
    pty_expect(other, "Nguyễn Đạt");
    pty_free(other);
    char *line = mem_printf("'%s' -d shop.db customer show KH000001 | grep -q 'Hà Nội'", o->program);
    testoffice_shell(o, line);
    free(line);
}

/* The one gives the order to a rep while the other writes a note; then both write the note. */
static void one_order_changed_at_two_counters(void **state) {
    const struct testoffice *o = *state;
    testoffice_command(o, "staff add AN 'Nguyễn Thị An'");
    struct pty *other = testoffice_start(o, "en", 100, 0);
    struct pty *both[] = {o->pty, other};
    for (int i = 0; i < 2; i++) {
        pty_type(both[i], "<Alt-5>");
        pty_expect(both[i], "▸DH261121-0001");
        pty_type(both[i], "e");
        pty_expect(both[i], "DH261121-0001 · Trần Thị Hà");
    }
    pty_type(other, "<Tab><Tab>an<Shift-Tab><Shift-Tab><Shift-Tab>giao buổi sáng<Enter>");
    pty_expect(other, "Saved; u takes it back");
    pty_type(o->pty, "<Shift-Tab>giao buổi chiều<Enter>");
    pty_expect(o->pty, "Changed by two people");
    pty_expect(o->pty, "● mine       giao buổi chiều");
    pty_expect(o->pty, "giao buổi sáng");
    pty_type(o->pty, "<Enter>");
    pty_expect(o->pty, "Saved; u takes it back");
    pty_type(other, "u");
    pty_expect(other, "changed it since");
    pty_free(other);
    char *line =
        mem_printf("'%s' -d shop.db order show DH261121-0001 | grep 'giao buổi chiều' | grep -q '\"AN\"'", o->program);
    testoffice_shell(o, line);
    free(line);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(sell_shows_what_is_left),
        WITH(orders_shows_a_new_order_and_keeps_the_cursor),
        WITH(customers_shows_a_new_name_and_keeps_filter_and_cursor),
        WITH(products_shows_price_and_stock),
        WITH(deals_move_on_the_board),
        WITH(one_customer_changed_at_two_counters),
        WITH(one_order_changed_at_two_counters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
