#include "cli/commands.h"

/* One table per noun, in the order in which help shows them; a line each. */
// clang-format off
const struct cli_command *const cli_commands[] = {
    cmd_shop,
    cmd_staff,
    cmd_pin,
    cmd_order,
    cmd_stock,
    cmd_print,
    cmd_product,
    cmd_customer,
    cmd_customer_data,
    cmd_supplier,
    cmd_cash,
    cmd_target,
    cmd_kpi,
    cmd_week,
    cmd_plan,
    cmd_deal,
    cmd_stage,
    cmd_commission,
    cmd_commission_more,
    cmd_deal_merge,
    cmd_pipeline,
    cmd_assign,
    cmd_report,
    cmd_report_more,
    cmd_import,
    cmd_export,
    cmd_audit,
    cmd_config,
    cmd_check,
    NULL,
};
// clang-format on
