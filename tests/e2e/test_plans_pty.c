/* From an empty shop to a computed month, with a commission plan that is typed on screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "testoffice.h"

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-02 08:00:00", NULL);
    testoffice_command(o, "product add AO-M 'Áo thun trơn M' --price 100tr --group 'Áo'");
    testoffice_command(o, "staff add HA 'Trần Thị Hà' --team Bắc");
    testoffice_command(o, "order add --date 2026-10-12 --rep HA --line AO-M:1");
    testoffice_open(o, "vi", 80, 24);
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

static void a_plan_is_typed_put_in_force_and_a_month_computed_with_it(void **state) {
    struct testoffice *o = *state;
    testoffice_press(o, "<Alt-4>", "Tháng này chưa có chính sách");
    testoffice_press(o, "m", "Chưa có chính sách hoa hồng");
    testoffice_press(o, "n", "Từ tháng");
    for (int i = 0; i < 10; i++) {
        pty_type(o->pty, "<Tab>");
    }
    testoffice_press(o, "<Tab>3<Tab>50tr<Tab>2<Tab>", "không được giảm"); /* at once, where it stands */
    testoffice_press(o, "<Up><Tab><Ctrl-U>4,5%<Tab>", "4,5%");
    testoffice_press(o, "<F2>khong co<Tab>", "khong co");
    testoffice_press(o, "<Esc>", "Bỏ những gì đã gõ?");
    testoffice_press(o, "<Esc>", "4,5%"); /* nothing is lost */
    pty_expect_gone(o->pty, "Bỏ những gì đã gõ?");
    testoffice_press(o, "<F7>", "4,5%");
    testoffice_press(o, "<F9>", "Đã lưu bản nháp 2026");
    testoffice_press(o, "a", "Áp dụng chính sách 2026");
    testoffice_press(o, "a", "đã áp dụng");
    testoffice_press(o, "<Alt-4>", "11/2026");
    testoffice_press(o, "<Left>", "10/2026");
    testoffice_press(o, "<F5>", "3.750.000"); /* 50 million at 3%, 50 million at 4.5% */
    testoffice_press(o, "m", "đang áp dụng");
    testoffice_press(o, "e", "không sửa được");
    testoffice_press(o, "<Esc>", "đang áp dụng");
    testoffice_quit(o);
    testoffice_command(o, "check");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plan_is_typed_put_in_force_and_a_month_computed_with_it, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
