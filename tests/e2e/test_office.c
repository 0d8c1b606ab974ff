/* The program itself in a terminal, over a shop in a file: a customer is added, goods are received and counted by
 * scanning, a file is imported and taken back, a shift is opened and closed. */
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
#include "testoffice.h"

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-21 14:05:00", NULL);
    testoffice_command(o, "product add AO-M 'Áo thun trơn M' --price 120000 --barcode 8930000000017");
    testoffice_open(o, "en", 80, 24);
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

static void customer_is_added_found_and_opened(void **state) {
    struct pty *p = ((struct testoffice *)*state)->pty;
    pty_type(p, "<Alt-6>");
    pty_expect(p, "No customers here");
    pty_type(p, "nNguyễn Văn Đạt<Tab>0912 345 678<Enter>");
    pty_expect(p, "Added Nguyễn Văn Đạt");
    pty_type(p, "/dat<Enter>");
    pty_expect(p, "/ dat");
    pty_type(p, "<Enter>");
    pty_expect(p, "Customer since  21/11/2026");
    pty_type(p, "<Esc>");
    pty_expect_gone(p, "Customer since");
}

static void goods_are_received_and_counted_by_scanning(void **state) {
    struct pty *p = ((struct testoffice *)*state)->pty;
    pty_type(p, "<Alt-7>");
    pty_expect(p, "Áo thun trơn M");
    pty_type(p, "r");
    pty_expect(p, "Scan a barcode");
    pty_send(p, "8930000000017\r");
    pty_expect(p, "How many");
    pty_type(p, "12");
    pty_send(p, "8930000000017\r"); /* the 12 holds; one more */
    pty_expect(p, "12 and");
    pty_type(p, "<Enter>70k<Enter><F9>");
    pty_expect(p, "Received: 1 lines, 910.000");
    pty_type(p, "<Esc>");
    pty_expect(p, "Áo thun trơn M"); /* on a busy machine Esc and c would be Alt-c */
    pty_type(p, "c");
    pty_expect(p, "Count stock");
    pty_send(p, "8930000000017\r");
    pty_expect(p, "How many");
    pty_type(p, "11<Enter><F9>");
    pty_expect(p, "1 of them differed");
    pty_type(p, "<Esc><Enter>");
    pty_expect(p, "On hand");
    pty_expect(p, "-2");
}

static void shift_is_opened_and_closed_with_a_count(void **state) {
    struct pty *p = ((struct testoffice *)*state)->pty;
    pty_type(p, "<Ctrl-P>drawer<Enter>");
    pty_expect(p, "No shift is open");
    pty_type(p, "n1tr<Enter>");
    pty_expect(p, "Shift 1 is open");
    pty_type(p, "c2<Ctrl-S>");
    pty_expect(p, "just what should be there");
    pty_type(p, "y");
    pty_expect(p, "Difference");
    pty_type(p, "<Esc><Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect_restored(p);
}

static void file_is_imported_and_taken_back(void **state) {
    struct testoffice *o = *state;
    struct pty *p = o->pty;
    testoffice_shell(o, "printf 'sku,name,price\\nBUT-1,Bút bi,5000\\nVO-1,Vở,7000\\n' >goods.csv");
    pty_type(p, "<Alt-0>");
    pty_expect(p, "What for");
    pty_type(p, "<Ctrl-P>import<Enter>");
    pty_expect(p, "Type its path");
    pty_type(p, "goods.csv<Enter>");
    pty_expect(p, "Products, it seems");
    pty_type(p, "<F9>");
    pty_expect(p, "Tried, nothing is written yet");
    pty_type(p, "<F9>");
    pty_expect(p, "Imported as number 1");
    pty_type(p, "<Tab><Del>");
    pty_expect(p, "Take import 1 back?");
    pty_type(p, "y");
    pty_expect(p, "Import 1 taken back: 2 records removed");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(customer_is_added_found_and_opened),
        WITH(goods_are_received_and_counted_by_scanning),
        WITH(file_is_imported_and_taken_back),
        WITH(shift_is_opened_and_closed_with_a_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
