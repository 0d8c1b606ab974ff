#include "testtwice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "testboard.h"
#include "testshop.h"
#include "tui/screens/board.h"
#include "tui/screens/customers.h"
#include "tui/screens/leaderboard.h"
#include "tui/screens/orders.h"
#include "tui/screens/plan_page.h"
#include "tui/screens/products.h"
#include "tui/screens/settings_channels.h"
#include "tui/screens/settings_plans.h"
#include "tui/screens/settings_shop.h"
#include "tui/screens/settings_staff.h"
#include "tui/screens/settings_stages.h"
#include "tui/screens/settings_targets.h"
#include "tui/screens/settings_teams.h"

static const struct screen_entry screens[] = {{&screen_customers, 6},
                                              {&screen_products, 7},
                                              {&screen_board, 2},
                                              {&screen_settings_shop, 0},
                                              {&screen_settings_staff, -1},
                                              {&screen_settings_stages, -1},
                                              {&screen_settings_targets, -1},
                                              {&screen_plans, -1},
                                              {&screen_plan, -1},
                                              {&screen_orders, 5},
                                              {&screen_settings_teams, -1},
                                              {&screen_settings_channels, -1},
                                              {&screen_leaderboard, 3}};

int testtwice_setup(void **state) {
    struct testtwice *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    testboard_fill(f->shop);
    f->t = screen_test_new(screens, sizeof screens / sizeof *screens, f->shop, 80, 24, NULL);
    *state = f;
    return 0;
}

int testtwice_teardown(void **state) {
    struct testtwice *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

void testtwice_must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

void testtwice_lan(struct testtwice *f, void (*deed)(struct shop *shop, const char *value), const char *value) {
    struct err e = ERR_INIT;
    testtwice_must(shop_act_as(f->shop, "LAN", &e), &e);
    deed(f->shop, value);
    testtwice_must(shop_act_as(f->shop, "", &e), &e);
    f->t->changed = true;
}

void testtwice_expect_choice(struct testtwice *f, const char *theirs, const char *mine) {
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Changed by two people"));
    assert_true(screen_test_shows(f->t, "Lan changed this at Sat 21/11/2026 14:05"));
    assert_true(screen_test_shows(f->t, theirs));
    assert_true(screen_test_shows(f->t, mine));
}
