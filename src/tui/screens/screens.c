#include "tui/screens/screens.h"

#include "base/i18n.h"
#include "tui/screens/audit.h"
#include "tui/screens/board.h"
#include "tui/screens/cash.h"
#include "tui/screens/commission.h"
#include "tui/screens/customers.h"
#include "tui/screens/find.h"
#include "tui/screens/leaderboard.h"
#include "tui/screens/orders.h"
#include "tui/screens/plan_page.h"
#include "tui/screens/products.h"
#include "tui/screens/sell.h"
#include "tui/screens/settings.h"
#include "tui/screens/settings_assign.h"
#include "tui/screens/settings_backups.h"
#include "tui/screens/settings_channels.h"
#include "tui/screens/settings_import.h"
#include "tui/screens/settings_machine.h"
#include "tui/screens/settings_plans.h"
#include "tui/screens/settings_roles.h"
#include "tui/screens/settings_shop.h"
#include "tui/screens/settings_staff.h"
#include "tui/screens/settings_stages.h"
#include "tui/screens/settings_targets.h"
#include "tui/screens/settings_teams.h"
#include "tui/screens/sign_in.h"
#include "tui/screens/start.h"
#include "tui/screens/stock_sheet.h"

/* Numbers: 1 Sell, 2 Pipeline, 3 Leaderboard, 4 Commission, 5 Orders, 6 Customers, 7 Products, 8 Care, 9 Reports, 0
 * Settings. */
// clang-format off
static const struct screen_entry screens[] = {
    {&screen_sell, 1},
    {&screen_board, 2},
    {&screen_leaderboard, 3},
    {&screen_commission, 4},
    {&screen_orders, 5},
    {&screen_customers, 6},
    {&screen_products, 7},
    {&screen_receive, -1},
    {&screen_count, -1},
    {&screen_start, -1},
    {&screen_sign_in, -1},
    {&screen_cash, -1},
    {&screen_settings, 0},
    {&screen_settings_shop, -1},
    {&screen_settings_targets, -1},
    {&screen_plans, -1},
    {&screen_plan, -1},
    {&screen_settings_staff, -1},
    {&screen_settings_roles, -1},
    {&screen_settings_teams, -1},
    {&screen_settings_channels, -1},
    {&screen_settings_backups, -1},
    {&screen_audit, -1},
    {&screen_settings_stages, -1},
    {&screen_settings_assign, -1},
    {&screen_settings_import, -1},
    {&screen_settings_machine, -1},
    {NULL, -1}, /* ends the table */
};
// clang-format on

static const struct palette_provider providers[] = {
    {N_("Product"), find_products, find_go_product},
    {N_("Customer"), find_customers, find_go_customer},
    {N_("Order"), find_orders, find_go_order},
    {N_("Deal"), find_deals, find_go_deal},
    {NULL, NULL, NULL}, /* ends the table */
};

size_t screens_all(const struct screen_entry **out) {
    *out = screens;
    return sizeof screens / sizeof *screens - 1;
}

size_t screens_providers(const struct palette_provider **out) {
    *out = providers;
    return sizeof providers / sizeof *providers - 1;
}
