/* Screens under test: an application on a fake terminal. Keys are typed as text with names in <>: "ao
 * th<Down><Enter><Ctrl-P><Alt-1>"
 * ("<<" is a "<"). Type, then look at the state (app_screen_state) or the canvas. */
#ifndef TESTS_SCREEN_TEST_H
#define TESTS_SCREEN_TEST_H

#include "base/buf.h"
#include "fake_terminal.h"
#include "tui/loop.h"

struct screen_test {
    struct fake_terminal terminal;
    struct keymap *keys;
    struct app *app;
    char now[DATETIME_SIZE]; /* 2026-11-21 14:05:00, until a test changes it */
    struct app_title title;  /* Tạp hoá Hạnh Phúc, Lan, shop.db */
    bool changed;            /* as if another counter had written; taken once */
    struct buf typed;        /* all keys so far, for goldens */
    struct buf text;
    int64_t unnamed_rows; /* of the audit, before a key was pressed */
};

/* `options` may be NULL; its providers, config, shop_options, set_language, first, station
 * and news are taken over. The first screen is open. */
struct screen_test *screen_test_new(const struct screen_entry *screens, size_t count, struct shop *shop, int width,
                                    int height, const struct app_options *options);
void screen_test_free(struct screen_test *t);

void screen_test_type(struct screen_test *t, const char *keys); /* at the pace of a person */
void screen_test_scan(struct screen_test *t, const char *code); /* a scanner's burst and its Enter */
void screen_test_paste(struct screen_test *t, const char *text);
void screen_test_resize(struct screen_test *t, int width, int height);

const char *screen_test_text(struct screen_test *t); /* the painted screen; borrowed until the next call */
bool screen_test_shows(struct screen_test *t, const char *part);
const char *screen_test_status(struct screen_test *t);            /* the status line, without blanks around it */
void screen_test_golden(struct screen_test *t, const char *name); /* tests/golden/NAME.txt */

#endif
