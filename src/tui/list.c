#include "tui/list.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Rows fetched above and below the visible ones, in pages, so that paging does not load at every key. */
enum { LIST_MARGIN_PAGES = 2 };

size_t list_page(const struct list *l) {
    int rows = l->height - (l->no_heading ? 0 : 1) - (l->has_total ? 1 : 0) - (l->no_heading ? 0 : 1);
    return rows < 1 ? 1 : (size_t)rows;
}

/* Keeps the cursor inside the result and inside what is shown. */
static void settle(struct list *l) {
    size_t page = list_page(l);
    if (l->total == 0) {
        l->cursor = 0;
        l->top = 0;
        return;
    }
    l->cursor = l->cursor >= l->total ? l->total - 1 : l->cursor;
    if (l->cursor < l->top) {
        l->top = l->cursor;
    } else if (l->cursor >= l->top + page) {
        l->top = l->cursor - page + 1;
    }
    if (l->top > 0 && l->top + page > l->total) {
        l->top = l->total > page ? l->total - page : 0;
    }
}

void list_set_height(struct list *l, int height) {
    l->height = height;
    if (l->total > 0) {
        settle(l);
    }
}

void list_wanted(const struct list *l, size_t *first, size_t *count) {
    size_t page = list_page(l);
    size_t margin = page * LIST_MARGIN_PAGES;
    *first = l->top > margin ? l->top - margin : 0;
    *count = l->top - *first + page + margin;
}

bool list_row_loaded(const struct list *l, size_t row) {
    return row >= l->loaded_first && row < l->loaded_first + l->loaded_count;
}

static bool visible_loaded(const struct list *l) {
    size_t last = l->top + list_page(l) - 1;
    last = last >= l->total ? l->total - 1 : last;
    return l->total == 0 || (list_row_loaded(l, l->top) && list_row_loaded(l, last));
}

bool list_loaded(struct list *l, size_t first, size_t count, size_t total) {
    l->loaded_first = first;
    l->loaded_count = count;
    l->total = total;
    settle(l);
    return visible_loaded(l);
}

static enum list_result moved(struct list *l) {
    settle(l);
    l->scrolled = true;
    return visible_loaded(l) ? LIST_MOVED : LIST_RELOAD;
}

void list_go(struct list *l, size_t row) {
    l->cursor = row;
    settle(l);
}

void list_clear(struct list *l) {
    field_clear(&l->filter);
    free(l->marks);
    *l = (struct list){0};
}

enum action_context list_focus(const struct list *l) {
    return l->filtering ? CONTEXT_FIELD : CONTEXT_LIST;
}

const char *list_filter(const struct list *l) {
    return field_text(&l->filter);
}

static size_t mark_place(const struct list *l, int64_t id) {
    size_t low = 0;
    size_t high = l->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->marks[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool list_marked(const struct list *l, int64_t id) {
    size_t at = mark_place(l, id);
    return at < l->mark_count && l->marks[at] == id;
}

void list_unmark_all(struct list *l) {
    l->mark_count = 0;
}

static void mark_toggle(struct list *l, int64_t id) {
    size_t at = mark_place(l, id);
    if (at < l->mark_count && l->marks[at] == id) {
        memmove(l->marks + at, l->marks + at + 1, (l->mark_count - at - 1) * sizeof *l->marks);
        l->mark_count--;
        return;
    }
    l->marks = mem_grow(l->marks, l->mark_count, &l->mark_cap, sizeof *l->marks);
    memmove(l->marks + at + 1, l->marks + at, (l->mark_count - at) * sizeof *l->marks);
    l->marks[at] = id;
    l->mark_count++;
}

static enum list_result start_over(struct list *l) {
    l->cursor = 0;
    l->top = 0;
    l->scrolled = false;
    return LIST_RELOAD;
}

/* The filter field: Enter keeps it and goes to the rows, Esc shows all rows again; arrows move in the rows meanwhile.
 */
static enum list_result handle_filter(struct list *l, enum action action, const struct key *key) {
    if (action == ACTION_OPEN || action == ACTION_NEXT || key->kind == K_ENTER) {
        l->filtering = false;
        return LIST_MOVED;
    }
    if (action == ACTION_BACK || key->kind == K_ESC) {
        l->filtering = false;
        if (field_is_empty(&l->filter)) {
            return LIST_MOVED;
        }
        field_set(&l->filter, "");
        return start_over(l);
    }
    switch (field_handle(&l->filter, action, key)) {
    case FIELD_CHANGED:
        return start_over(l);
    case FIELD_MOVED:
        return LIST_MOVED;
    default:
        return LIST_IGNORED;
    }
}

/* The next one that is shown; the same when there is no other. */
static int next_sortable(const struct list *l, const struct list_source *source) {
    int *widths = mem_array((size_t)source->column_count, sizeof *widths);
    int found = l->sort_column;
    list_layout(source->columns, source->column_count, l->width == 0 ? INT_MAX / 2 : l->width - 1, widths);
    for (int i = 1; i <= source->column_count; i++) {
        int column = (l->sort_column + i) % source->column_count;
        if (source->columns[column].sortable && widths[column] > 0) {
            found = column;
            break;
        }
    }
    free(widths);
    return found;
}

/* Figures: the largest first. */
static enum list_result sort_by_next(struct list *l, const struct list_source *source) {
    int column = next_sortable(l, source);
    if (!source->columns[column].sortable) {
        return LIST_MOVED;
    }
    l->sort_column = column;
    l->sort_descending = source->columns[column].align == ALIGN_RIGHT;
    return start_over(l);
}

static enum list_result mark(struct list *l, const struct list_source *source) {
    if (source->id == NULL || !list_row_loaded(l, l->cursor)) {
        return LIST_MOVED;
    }
    mark_toggle(l, source->id(source->ctx, l->cursor));
    l->cursor++;
    return moved(l);
}

static enum list_result scroll(struct list *l, long by) {
    size_t step = (size_t)(by < 0 ? -by : by);
    l->cursor = by >= 0 ? l->cursor + step : l->cursor > step ? l->cursor - step : 0;
    return moved(l);
}

/* A click is given with rows counted from the list's own top. */
static enum list_result click(struct list *l, const struct key *key) {
    int row = key->y - (l->no_heading ? 0 : 1);
    if (row < 0 || (size_t)row >= list_page(l) || l->top + (size_t)row >= l->total) {
        return LIST_IGNORED;
    }
    l->cursor = l->top + (size_t)row;
    return moved(l);
}

enum list_result list_handle(struct list *l, const struct list_source *source, enum action action,
                             const struct key *key) {
    if (l->filtering) {
        enum list_result r = handle_filter(l, action, key);
        if (r != LIST_IGNORED) {
            return r;
        }
    }
    long page = (long)list_page(l);
    switch (action) {
    case ACTION_LIST_UP:
        return scroll(l, -1);
    case ACTION_LIST_DOWN:
        return scroll(l, 1);
    case ACTION_LIST_PAGE_UP:
        return scroll(l, -page);
    case ACTION_LIST_PAGE_DOWN:
        return scroll(l, page);
    case ACTION_LIST_FIRST:
        l->cursor = 0;
        return moved(l);
    case ACTION_LIST_LAST:
        l->cursor = l->total == 0 ? 0 : l->total - 1;
        return moved(l);
    case ACTION_LIST_FILTER:
        l->filtering = true;
        return LIST_MOVED;
    case ACTION_LIST_SORT:
        return sort_by_next(l, source);
    case ACTION_LIST_REVERSE:
        l->sort_descending = !l->sort_descending;
        return start_over(l);
    case ACTION_LIST_MARK:
        return mark(l, source);
    case ACTION_LIST_UNMARK:
        list_unmark_all(l);
        return LIST_MOVED;
    default:
        break;
    }
    if (key->kind == K_WHEEL) {
        return scroll(l, key->code == 0 ? -3 : 3);
    }
    return key->kind == K_CLICK ? click(l, key) : LIST_IGNORED;
}
