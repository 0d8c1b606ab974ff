/* Settings: the grid of targets, a row for each person (team, group…) and a column for each month of a year. */
#ifndef TUI_SCREENS_SETTINGS_TARGETS_H
#define TUI_SCREENS_SETTINGS_TARGETS_H

#include "chotdon/target.h"
#include "tui/screen.h"

extern const struct screen_ops screen_settings_targets;

enum { TARGETS_MONTHS = 12 };

struct targets_row {
    enum target_scope scope;
    char *code, *name;
    bool has[TARGETS_MONTHS];
    int64_t target[TARGETS_MONTHS];
};
struct targets_state {
    bool opened;
    int year;
    enum target_scope scope; /* of the rows under the shop's */
    enum kpi_metric metric;
    struct targets_row *rows;
    size_t count, capacity;
    size_t row, top;    /* cursor, and the first row shown */
    int month;          /* cursor: 0 January */
    struct target cell; /* the one that is being changed, wherever the cursor is by then; its code is acting_code */
    char *acting_code;
    bool cell_is_set;
    char *year_seen; /* its year's targets, as the person saw them who spreads a figure over it */
    struct currency currency;
    int height;
};

#endif
