/* What the person at a terminal sees while a command waits for its turn to write. */
#ifndef CLI_WAIT_H
#define CLI_WAIT_H

#include "cli/cli.h"

/* A shop_wait_fn whose ctx is the struct cli: a sign on standard error after one second when that is a terminal; after
 * ten seconds a question when the answer can be typed, else the end of waiting. */
bool cli_waits(void *ctx, int waited_ms, const char *holder);

#endif
