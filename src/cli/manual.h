/* The manual's list of commands. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "base/buf.h"

/* Adds the COMMANDS of the manual in mdoc, translated: a list of every command with its words. */
void cli_print_manual(struct buf *out);

#endif
