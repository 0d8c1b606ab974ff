/* Screens that are one short list, all of it loaded, in an order of its own: most pages of the settings. There is
 * nothing to filter, sort or mark. */
#ifndef TUI_SCREENS_SHORT_LIST_H
#define TUI_SCREENS_SHORT_LIST_H

#include "tui/app.h"
#include "tui/list.h"

/* At the end of load: `count` rows, on the body less `other_rows` over and under it. */
void short_list_loaded(const struct app *app, struct list *list, size_t count, int other_rows);

/* SCREEN_IGNORED for what is not the list's. */
unsigned short_list_handle(struct list *list, const struct list_source *source, enum action action,
                           const struct key *key);

enum action_context short_list_focus(const void *state);

#endif
