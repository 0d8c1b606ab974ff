#include "tui/screens/short_list.h"

#include "tui/screen.h"

void short_list_loaded(const struct app *app, struct list *list, size_t count, int other_rows) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    list_set_height(list, height - other_rows);
    list_loaded(list, 0, count, count);
}

unsigned short_list_handle(struct list *list, const struct list_source *source, enum action action,
                           const struct key *key) {
    bool not_here = action == ACTION_LIST_FILTER || action == ACTION_LIST_MARK || action == ACTION_LIST_SORT ||
                    action == ACTION_LIST_REVERSE;
    return not_here || list_handle(list, source, action, key) != LIST_IGNORED ? SCREEN_REDRAW : SCREEN_IGNORED;
}

enum action_context short_list_focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}
