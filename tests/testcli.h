/* Commands as typed, on a test's own shop: in this process, or in one of their own. */
#ifndef TESTS_TESTCLI_H
#define TESTS_TESTCLI_H

#include "base/buf.h"
#include "cli/run.h"

/* No config, no terminal, no language, any file its own; the clock stands at 14:05 on 21 November 2026. */
struct cli_env testcli_env(const char *db);

/* Words are parted by blanks; the exit status. */
int testcli_run(const char *line, const struct cli_env *env);

/* The same in a process of its own; `said` gets what it wrote on both outputs, instead of what it held. `look`, unless
 * NULL, is asked there at the end: the status to end with instead, or 0. */
int testcli_run_apart(const char *line, const struct cli_env *env, int (*look)(void), struct buf *said);

#endif
