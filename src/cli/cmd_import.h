/* Reading a file, for the commands that do. */
#ifndef CLI_CMD_IMPORT_H
#define CLI_CMD_IMPORT_H

#include "cli/cli.h"
#include "io/import.h"

/* Imports with the options of `import` that were given, prints the summary and sets the exit status. */
enum err_code cmd_import_file(struct cli *c, const struct cli_args *a, enum kind_id kind, const char *path,
                              struct err *e);

#endif
