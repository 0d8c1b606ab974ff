/* The nouns' tables of commands; a new one is declared here and named in commands.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct cli_command cmd_assign[];
extern const struct cli_command cmd_audit[];
extern const struct cli_command cmd_cash[];
extern const struct cli_command cmd_check[];
extern const struct cli_command cmd_commission[];
extern const struct cli_command cmd_commission_more[];
extern const struct cli_command cmd_config[];
extern const struct cli_command cmd_customer[];
extern const struct cli_command cmd_customer_data[];
extern const struct cli_command cmd_deal[];
extern const struct cli_command cmd_deal_merge[];
extern const struct cli_command cmd_export[];
extern const struct cli_command cmd_import[];
extern const struct cli_command cmd_kpi[];
extern const struct cli_command cmd_order[];
extern const struct cli_command cmd_plan[];
extern const struct cli_command cmd_pipeline[];
extern const struct cli_command cmd_print[];
extern const struct cli_command cmd_product[];
extern const struct cli_command cmd_report[];
extern const struct cli_command cmd_report_more[];
extern const struct cli_command cmd_shop[];
extern const struct cli_command cmd_staff[];
extern const struct cli_command cmd_pin[];
extern const struct cli_command cmd_stage[];
extern const struct cli_command cmd_stock[];
extern const struct cli_command cmd_supplier[];
extern const struct cli_command cmd_target[];
extern const struct cli_command cmd_week[];

/* For the screens: *e says that the file is of an earlier version. Asks whether to upgrade it, and does. */
enum err_code cli_offer_upgrade(struct cli *c, struct err *e);

#endif
