/* Two screens that use every part of the toolkit, for the toolkit's own tests: goods (list, form, questions) and notes
 * (a field). */
#ifndef TESTS_DEMO_SCREENS_H
#define TESTS_DEMO_SCREENS_H

#include "tui/list.h"
#include "tui/loop.h"

#define DEMO_ROWS 1204

struct demo_goods {
    struct list list;
    int loads;
    size_t fetched_first, fetched_count, total; /* what load read */
    int removed;                                /* how often “remove” was answered with yes */
    int chosen;                                 /* index, 0 before */
    char prompted[64];
    int64_t price, qty_milli; /* as the form gave them */
    char name[64];
    char picked[64];
    char scanned[64];
    char argument[64];
};

struct demo_notes {
    struct field field;
    char scanned[64];
    char entered[64];
};

extern const struct screen_ops demo_goods_ops, demo_notes_ops;
extern const struct screen_entry demo_screens[2]; /* goods Alt-1, notes Alt-2 */

#endif
