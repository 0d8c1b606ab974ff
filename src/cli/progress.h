/* Progress of a command on stderr, once it takes longer than half a second and where a person looks at it. Between
 * begin and end, Ctrl-C stops the work by what tick returns, and nothing of it is kept; a second one ends the program.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

struct cli_progress {
    struct cli *c;
    const char *what;
    int64_t began_ms, shown_ms; /* shown_ms 0: nothing is shown */
};

void cli_progress_begin(struct cli_progress *p, struct cli *c, const char *what);
bool cli_progress_tick(void *progress, int64_t done, int64_t total); /* total 0: not known; false: stop */
void cli_progress_end(struct cli_progress *p);                       /* takes the line away */
void cli_progress_hide(struct cli_progress *p);                      /* for a line of output; the work goes on */

/* For progress of another form. */
void cli_heed_interrupt(struct cli *c, bool on);
bool cli_goes_on(const struct cli *c);

/* For work that only the database knows of: that it goes on is seen, and Ctrl-C stops it. */
void cli_progress_begin_database(struct cli_progress *p, struct cli *c, const char *what);
void cli_progress_end_database(struct cli_progress *p);

#endif
