/* Settings › Stages of the pipeline: rename, reorder, add, remove, what each requires; and the reasons for a loss. */
#ifndef TUI_SCREENS_SETTINGS_STAGES_H
#define TUI_SCREENS_SETTINGS_STAGES_H

#include "chotdon/stage.h"
#include "tui/form.h"
#include "tui/list.h"
#include "tui/screen.h"

extern const struct screen_ops screen_settings_stages;

enum { SETTINGS_NEEDS = 13 };

struct settings_stages_state {
    struct list list;
    int64_t pipeline_id; /* whose stages; 0: the shop's own */
    char *board;         /* its name; NULL: the shop's own */
    struct stage *stages;
    size_t count;
    int64_t acting_on, to; /* the stage that an open popup is about, and where its deals go */
    int64_t go_to;         /* the stage that the cursor goes to */
    struct form_field needs[SETTINGS_NEEDS];
    char *reason_name;
};

/* settings_stages_actions.c */
unsigned settings_stages_act(struct app *app, struct settings_stages_state *s, enum action action);
const struct stage *settings_stages_current(const struct settings_stages_state *s); /* under the cursor; NULL */

#endif
