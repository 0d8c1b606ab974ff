/* Orders as lists and one by one. */
#ifndef CLI_CMD_ORDER_SHOW_H
#define CLI_CMD_ORDER_SHOW_H

#include "cli/cli.h"

enum err_code cmd_order_list(struct cli *c, const struct cli_args *a, struct err *e);
enum err_code cmd_order_show(struct cli *c, const struct cli_args *a, struct err *e);

#endif
