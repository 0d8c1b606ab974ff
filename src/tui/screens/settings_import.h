/* Settings › Import: a file is chosen, its columns are matched, its first rows shown as they will be understood, the
 * whole tried without writing, taken, and taken back (CLI, Import and export). The work itself is io/import.h's. */
#ifndef TUI_SCREENS_SETTINGS_IMPORT_H
#define TUI_SCREENS_SETTINGS_IMPORT_H

#include "io/folder.h"
#include "io/import.h"
#include "io/import_preview.h"
#include "tui/list.h"
#include "tui/screen.h"

extern const struct screen_ops screen_settings_import;

enum import_tab {
    IMPORT_TAB_FILE,
    IMPORT_TAB_COLUMNS,
    IMPORT_TAB_ROWS,
    IMPORT_TAB_RESULT,
    IMPORT_TAB_LOG, /* the imports so far */
    IMPORT_TAB_COUNT
};

/* What a run rejected or warned of. */
struct import_finding {
    long line;    /* 0: of the file as a whole */
    char *column; /* NULL: a warning, nothing is rejected */
    char *reason;
};

struct import_outcome {
    bool there, dry_run;
    struct import_summary sum;
    struct import_finding *findings; /* the first IMPORT_FINDINGS_MAX */
    size_t count, cap;
    int64_t more; /* findings that are only counted */
};
#define IMPORT_FINDINGS_MAX 10000

struct import_past {
    struct import_record record; /* its texts are owned here */
};

struct import_page {
    bool opened;
    enum import_tab tab;
    /* choosing the file */
    struct field path;
    struct folder folder;
    char *folder_path; /* of which folder holds the entries; NULL: none yet */
    size_t *shown;     /* entries that begin with what was typed */
    struct list files;
    /* the chosen one and how it is read */
    char *file; /* NULL: none */
    enum kind_id kind;
    char profile[IMPORT_PROFILE_NAME_MAX];
    char *maps[KIND_COLUMNS_MAX]; /* by column: the header that the user gave it, "" none; NULL as it was found */
    bool month_first, create_missing, atomic;
    bool preview_stale;
    struct import_preview preview;
    struct list columns;
    struct list rows;
    struct list_column row_columns[KIND_COLUMNS_MAX + 1];
    int row_column_at[KIND_COLUMNS_MAX + 1]; /* the kind's column; -1 the line */
    int row_column_count;
    /* what came of it */
    struct import_outcome outcome;
    struct list findings;
    char *errors_path;
    /* imports so far, newest first */
    struct import_past *past;
    size_t past_count, past_cap;
    struct list log;
};

/* In words for people; the name itself when there are none. */
const char *import_kind_label(enum kind_id kind);
const char *import_column_label(const char *name);

/* settings_import_file.c */
enum err_code import_file_load(struct import_page *s, int height, struct err *e);
unsigned import_file_handle(struct app *app, struct import_page *s, enum action action, const struct key *key);
void import_file_paint(const struct import_page *s, struct canvas *c);
void import_file_clear(struct import_page *s);
unsigned import_choose_file(struct app *app, struct import_page *s, const char *path);

/* settings_import_map.c: the profile in force is the caller's to free; columns and options. */
enum err_code import_page_profile(struct app *app, const struct import_page *s, struct profile **out, struct err *e);
struct list_source import_columns_source(const struct import_page *s);
unsigned import_map_act(struct app *app, struct import_page *s, enum action action); /* SCREEN_IGNORED: not its */
unsigned import_map_column(struct app *app, struct import_page *s);                  /* the one under the cursor */
void import_page_changed(struct import_page *s); /* the preview is to be read again, the outcome is of the past */

/* settings_import_rows.c */
struct list_source import_rows_source(const struct import_page *s);
void import_rows_plan(struct import_page *s); /* which columns are shown */
unsigned import_rows_open(struct app *app, struct import_page *s);

/* settings_import_run.c */
unsigned import_page_run(struct app *app, struct import_page *s, bool dry_run);
unsigned import_page_errors(struct app *app, struct import_page *s);
struct list_source import_findings_source(const struct import_page *s);
void import_outcome_paint(const struct import_page *s, struct canvas *c);
unsigned import_finding_open(struct app *app, const struct import_page *s);
void import_outcome_clear(struct import_page *s);
#define IMPORT_OUTCOME_ROWS 5

/* settings_import_log.c */
enum err_code import_log_load(struct app *app, struct import_page *s, struct err *e);
struct list_source import_log_source(const struct import_page *s);
unsigned import_log_undo(struct app *app, struct import_page *s);
void import_undo_offer(struct app *app, int64_t id, const char *file); /* what `u` takes back */
void import_log_clear(struct import_page *s);

#endif
