/* `x`: what a list shows, into a file of its own. */
#ifndef TUI_SCREENS_EXPORT_H
#define TUI_SCREENS_EXPORT_H

#include "io/table.h"
#include "tui/app.h"

/* Const description, a static table beside the screen. */
struct export_shown {
    const char *name;                   /* of the file, before the date: "customers"; for gettext */
    const struct table_column *columns; /* titles for gettext */
    size_t column_count;
    /* Adds the rows to `t`; ctx is the screen's state. */
    enum err_code (*rows)(struct app *app, void *ctx, struct table *t, struct err *e);
};

/* In the screen's state, as a prompt's answer comes back to it. Zeroed is empty. */
struct export_job {
    const struct export_shown *what;
    void *ctx;
    char *path;
};

/* Asks for the file's name and writes it: CSV, or a workbook when the name ends in .xlsx. A file that is there is only
 * written over after a question. */
void export_ask(struct app *app, struct export_job *job, const struct export_shown *what, void *ctx);
void export_job_clear(struct export_job *job);

#endif
