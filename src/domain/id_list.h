/* Lists by ids: which records of a noun a list has, and in which order. All of them come out of one statement, those
 * that a text finds out of the index, one by one. Rows are read afterwards, for the part of the list that is wanted. */
#ifndef DOMAIN_ID_LIST_H
#define DOMAIN_ID_LIST_H

#include "chotdon/shop.h"
#include "db/db.h"

enum { ID_LIST_VALUES = 4 }; /* at most so many for the filter */

/* An order, by its name. The filter's values are $1 and on; limit and offset, or the id, follow them. */
struct id_sort {
    const char *name;
    const char *up, *down; /* the ids of all in this order */
    const char *keys;      /* or, where no index has it: id and number of all, in no order; else NULL */
    const char *one;       /* of one id what it is sorted by; no row: the filter leaves it out */
    bool text;             /* that is a text */
};

struct id_list {
    /* The best of what a text finds (search.h). */
    enum err_code (*candidates)(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e);
    const char *text; /* NULL or blanks: all */
    bool filtered;    /* the filter leaves out what a text may find */
    const struct id_sort *sort;
    bool best_first; /* with a text: the best match first, whatever the sort */
    bool descending;
    struct db_value values[ID_LIST_VALUES];
    size_t value_count;
    int64_t limit, offset; /* limit 0: all */
};

struct ids {
    int64_t *items;
    size_t count, cap;
};
void ids_clear(struct ids *ids);

enum err_code id_list_read(struct shop *shop, const struct id_list *l, struct ids *out, struct err *e);

/* A figure of the whole list, its page and order aside: `all` gives it from the filter's values; of what a text finds
 * it is the sum of what `one` gives for each id ($1), or their number where `one` is NULL. */
enum err_code id_list_figure(struct shop *shop, const struct id_list *l, const char *all, const char *one,
                             int64_t *figure, struct err *e);

/* NULL or "" gives the first one; NULL when there is none of that name. */
const struct id_sort *id_sort_find(const struct id_sort *sorts, size_t count, const char *name);

#endif
