#include "cli/commands.h"
#include "cli/cli.h"

/* One table per noun, in the order in which help shows them. */
const struct cli_command *const cli_commands[] = {
    cmd_shop,
    cmd_staff,
    cmd_cash,
    cmd_report,
    cmd_audit,
    NULL,
};
