/* The leaderboard in a terminal: opened, grouped, leafed through, a person's page, the weekly report, the wall, and
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "testoffice.h"

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-20 08:00:00", NULL);
    testoffice_command(o, "product add AO-M 'Áo thun trơn M' --price 100k --group 'Áo'");
    testoffice_command(o, "staff add HA 'Trần Thị Hà' --team Bắc");
    testoffice_command(o, "staff add NAM 'Lê Nam' --team Nam");
    testoffice_command(o, "target set 2026-11 rep HA revenue 2tr");
    testoffice_command(o, "order add --date 2026-10-05 --rep NAM --line AO-M:30");
    testoffice_command(o, "order add --date 2026-10-06 --rep HA --line AO-M:10");
    testoffice_command(o, "order add --date 2026-11-03 --rep HA --line AO-M:18");
    testoffice_command(o, "order add --date 2026-11-04 --rep NAM --line AO-M:6");
    testoffice_open(o, "vi", 100, 30);
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

static void months_are_ranked_told_by_person_and_shown_on_the_wall(void **state) {
    struct testoffice *o = *state;
    testoffice_press(o, "<Alt-3>", "1.800.000");
    pty_expect(o->pty, "90,0%"); /* of Hà's target */
    pty_expect(o->pty, "▲1");
    testoffice_press(o, "g2", "T11/2026 │ nhóm");
    testoffice_press(o, "g4", "Áo");
    testoffice_press(o, "g1", "Trần Thị Hà");
    testoffice_press(o, "<Left>", "T10/2026");
    pty_expect(o->pty, "3.000.000");
    testoffice_press(o, "t", "T11/2026");
    testoffice_press(o, "<Home><Enter>", "Bảng điểm");
    pty_expect(o->pty, "1.000.000"); /* October, month by month */
    testoffice_press(o, "<Esc>", "Lê Nam");
    testoffice_press(o, "w", "2026-W47");
    testoffice_press(o, "e<Ctrl-U>12<Tab><Ctrl-U>3<Tab><Ctrl-U>2<Tab>Gọi lại khách sỉ<Enter>", "Gọi lại khách sỉ");
    testoffice_press(o, "<Esc>", "1.800.000");
    testoffice_press(o, "p", "★");
    testoffice_press(o, "p", "90,0%");
    testoffice_press(o, "<Esc>", "Bán hàng");
    testoffice_quit(o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(months_are_ranked_told_by_person_and_shown_on_the_wall, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
