/* Orders as lists and one by one. */
#ifndef CLI_CMD_ORDER_SHOW_H
#define CLI_CMD_ORDER_SHOW_H

#include "cli/cli.h"

struct json;
struct order;

enum err_code cmd_order_list(struct cli *c, const struct cli_args *a, struct err *e);
enum err_code cmd_order_show(struct cli *c, const struct cli_args *a, struct err *e);

/* The key "payments" of an order in an object that is being written. */
void cmd_order_payments_json(struct json *j, const struct order *o);

#endif
