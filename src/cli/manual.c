#include "cli/manual.h"

#include "base/i18n.h"
#include "base/mdoc.h"
#include "cli/cli.h"

static void add_command(struct buf *out, const struct cli_command *cmd) {
    buf_add(out, ".It ");
    mdoc_add(out, cmd->name);
    if (cmd->synopsis[0] != '\0') {
        buf_add_char(out, ' ');
        mdoc_add(out, cmd->synopsis);
    }
    buf_add_char(out, '\n');
    mdoc_add(out, _(cmd->summary));
    buf_add_char(out, '\n');
}

void cli_print_manual(struct buf *out) {
    buf_add(out, ".Bl -tag -width Ds\n");
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *cmd = cli_commands[t]; cmd->name != NULL; cmd++) {
            add_command(out, cmd);
        }
    }
    buf_add(out, ".El\n");
}
