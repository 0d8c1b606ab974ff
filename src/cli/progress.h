/* Progress of a command on stderr, once it takes longer than half a second and where a person looks at it. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

struct cli_progress {
    struct cli *c;
    const char *what;
    int64_t began_ms, shown_ms; /* shown_ms 0: nothing is shown */
};

void cli_progress_begin(struct cli_progress *p, struct cli *c, const char *what);
bool cli_progress_tick(void *progress, int64_t done, int64_t total); /* total 0: not known; always true */
void cli_progress_end(struct cli_progress *p);                       /* takes the line away */

#endif
