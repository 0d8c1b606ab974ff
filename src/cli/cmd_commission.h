/* What the two files of commission commands share. */
#ifndef CLI_CMD_COMMISSION_H
#define CLI_CMD_COMMISSION_H

#include "cli/cli.h"

/* --month, required; and --rep where `staff_id` is not NULL. */
enum err_code commission_args(struct cli *c, const struct cli_args *a, char month[MONTH_SIZE], int64_t *staff_id,
                              struct err *e);

#endif
