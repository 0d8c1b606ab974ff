/* The pipeline in a terminal: a lead is made, qualified, moved, won and paid; another counter's move is seen without a
 * key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "testoffice.h"

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-21 14:05:00", NULL);
    testoffice_command(o, "product add AO-M 'Áo thun trơn M' --price 120000");
    testoffice_command(o, "staff add HA 'Trần Thị Hà' --team Bắc");
    testoffice_command(o, "deal add 'Quán Cây Bàng' --contact 'Anh Bình' --rep HA --expected-value 45tr");
    testoffice_open(o, "vi", 80, 24);
    pty_type(o->pty, "<Alt-2>");
    pty_expect(o->pty, "TRIỂN VỌNG 1");
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

static void lead_goes_all_the_way_to_a_paid_order(void **state) {
    struct pty *p = ((struct testoffice *)*state)->pty;
    pty_type(p, "nTrường Lê Lợi<Tab>Cô Mai<Tab>0912 345 678<Tab><Tab><Tab>AO-M:100@100k<Enter>");
    pty_expect(p, "Đã thêm Trường Lê Lợi");
    pty_expect(p, "TRIỂN VỌNG 2");
    pty_type(p, "/le loi<Enter>");
    pty_expect(p, "TRIỂN VỌNG 1");
    pty_type(p, "L");
    pty_expect(p, "CƠ HỘI 1");
    pty_type(p, "L");
    pty_expect(p, "Đã thẩm định cần có");
    pty_type(p, "áo lớp<Tab>10tr<Tab>tháng 12<Tab>cô Mai<Enter>");
    pty_expect(p, "ĐÃ THẨM ĐỊNH 1");
    pty_type(p, "w<Tab><Right><Enter>");
    pty_expect(p, "Áo thun trơn M");
    pty_expect(p, "10.000.000");
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001");
    pty_type(p, "<Alt-2>lll");
    pty_expect(p, "THÀNH CÔNG 1");
    pty_type(p, "m");
    pty_expect(p, "Tỷ lệ thắng");
    pty_expect(p, "100%");
}

static void what_another_counter_moves_is_seen_without_a_key(void **state) {
    struct testoffice *o = *state;
    testoffice_command(o, "deal move CH261121-0001 'Cơ hội'");
    int64_t from = ticks_ms();
    pty_expect(o->pty, "CƠ HỘI 1");
    assert_true(ticks_ms() - from < 2000); /* a second, and what a busy machine adds */
    pty_expect(o->pty, "TRIỂN VỌNG 0");
}

static void win_of_another_counter_is_told_on_whatever_screen_is_open(void **state) {
    struct testoffice *o = *state;
    pty_type(o->pty, "<Alt-1>");
    pty_expect(o->pty, "Bán hàng");
    pty_settle(o->pty);
    testoffice_command(o, "deal won CH261121-0001");
    pty_expect(o->pty, "Quán Cây Bàng");
    pty_type(o->pty, "<Alt-2>");
    pty_expect(o->pty, "TRIỂN VỌNG 0");
}

static void palette_goes_to_a_deal_and_esc_back_to_the_board(void **state) {
    struct pty *p = ((struct testoffice *)*state)->pty;
    pty_type(p, "<Alt-1><Ctrl-P>cay bang<Enter>");
    pty_expect(p, "Câu hỏi thẩm định");
    pty_type(p, "<Esc>");
    pty_expect(p, "TRIỂN VỌNG 1");
    pty_resize(p, 160, 50);
    pty_expect(p, "Anh Bình");
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect_restored(p);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(lead_goes_all_the_way_to_a_paid_order),
        WITH(what_another_counter_moves_is_seen_without_a_key),
        WITH(win_of_another_counter_is_told_on_whatever_screen_is_open),
        WITH(palette_goes_to_a_deal_and_esc_back_to_the_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
