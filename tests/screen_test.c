#include "screen_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/shop.h"
#include "db/db.h"
#include "domain/audit_writes.h"
#include "golden.h"
#include "tui/input.h"

enum { HUMAN_GAP_MS = 150, SCANNER_GAP_MS = 4 };

static void test_now(void *ctx, char now[DATETIME_SIZE]) {
    memcpy(now, ((struct screen_test *)ctx)->now, DATETIME_SIZE);
}

static void test_title(void *ctx, struct app_title *out) {
    *out = ((struct screen_test *)ctx)->title;
}

static bool test_changed(void *ctx) {
    bool was = ((struct screen_test *)ctx)->changed;
    ((struct screen_test *)ctx)->changed = false;
    return was;
}

/* What a screen writes must leave a row of its own in the audit. Tests write past the domain before it is opened. */
static int64_t unnamed_rows(struct shop *shop) {
    int64_t rows = 0;
    if (shop != NULL) {
        db_get_int(shop_db(shop), "SELECT COUNT(*) FROM audit WHERE action = '" AUDIT_UNNAMED "'", DB_NO_BIND, &rows,
                   NULL);
    }
    return rows;
}

struct screen_test *screen_test_new(const struct screen_entry *screens, size_t count, struct shop *shop, int width,
                                    int height, const struct app_options *options) {
    struct screen_test *t = mem_zalloc(sizeof *t);
    struct app_options o = {.shop = shop, .screens = screens, .screen_count = count, .ctx = t};
    if (options != NULL) {
        o.providers = options->providers;
        o.provider_count = options->provider_count;
        o.config = options->config;
        o.shop_options = options->shop_options;
        o.set_language = options->set_language;
        o.station = options->station;
        o.news = options->news;
        o.untidy = options->untidy;
        o.first = options->first;
    }
    fake_terminal_init(&t->terminal, width, height);
    t->keys = keymap_new();
    strcpy(t->now, "2026-11-21 14:05:00");
    t->title = (struct app_title){"Tạp hoá Hạnh Phúc", "Lan", "shop.db"};
    o.terminal = &t->terminal.base;
    o.keys = t->keys;
    o.now = test_now;
    o.title = test_title;
    o.changed = test_changed;
    t->unnamed_rows = unnamed_rows(shop);
    t->app = app_new(&o);
    app_paint(t->app);
    return t;
}

void screen_test_free(struct screen_test *t) {
    assert_true(unnamed_rows(app_shop(t->app)) <= t->unnamed_rows);
    app_free(t->app);
    keymap_free(t->keys);
    buf_clear(&t->typed);
    buf_clear(&t->text);
    free(t);
}

static void press(struct screen_test *t, struct key key, unsigned gap_ms) {
    key.gap_ms = gap_ms;
    t->terminal.ticks += gap_ms;
    app_key(t->app, &key);
    app_paint(t->app);
    if (gap_ms == HUMAN_GAP_MS && app_due(t->app)) {
        app_key(t->app, &(struct key){0});
        app_paint(t->app);
    }
}

/* Characters as a terminal would send them, decoded by the program's own decoder. */
static void press_text(struct screen_test *t, const char *text, size_t n, unsigned gap_ms) {
    struct input in = {0};
    struct key key;
    input_add(&in, text, n);
    while (input_next(&in, true, &key) == INPUT_KEY) {
        press(t, key, gap_ms);
    }
    input_clear(&in);
}

void screen_test_type(struct screen_test *t, const char *keys) {
    buf_add(&t->typed, keys);
    while (*keys != '\0') {
        const char *end = *keys == '<' ? strchr(keys, '>') : NULL;
        if (end != NULL && keys[1] != '<') {
            struct key key;
            char *name = mem_strndup(keys + 1, (size_t)(end - keys - 1));
            bool known = key_parse(name, &key);
            if (!known) {
                print_error("no such key: <%s>\n", name);
            }
            free(name);
            assert_true(known);
            press(t, key, HUMAN_GAP_MS);
            keys = end + 1;
        } else if (*keys == '<') {
            press(t, key_of_char('<'), HUMAN_GAP_MS);
            keys += keys[1] == '<' ? 2 : 1;
        } else {
            size_t n = strcspn(keys, "<");
            press_text(t, keys, n, HUMAN_GAP_MS);
            keys += n;
        }
    }
}

void screen_test_scan(struct screen_test *t, const char *code) {
    buf_addf(&t->typed, "{scan %s}", code);
    press(t, (struct key){0}, HUMAN_GAP_MS);
    for (const char *p = code; *p != '\0'; p++) {
        press(t, key_of_char((unsigned char)*p), p == code ? HUMAN_GAP_MS : SCANNER_GAP_MS);
    }
    press(t, (struct key){.kind = K_ENTER}, SCANNER_GAP_MS);
}

void screen_test_paste(struct screen_test *t, const char *text) {
    buf_addf(&t->typed, "{paste}");
    press(t, (struct key){.kind = K_PASTE, .text = text}, HUMAN_GAP_MS);
}

void screen_test_resize(struct screen_test *t, int width, int height) {
    buf_addf(&t->typed, "{%dx%d}", width, height);
    t->terminal.width = width;
    t->terminal.height = height;
    press(t, (struct key){.kind = K_RESIZE}, HUMAN_GAP_MS);
}

const char *screen_test_text(struct screen_test *t) {
    app_paint(t->app);
    buf_reset(&t->text);
    canvas_dump(app_canvas(t->app), &t->text);
    return buf_str(&t->text);
}

bool screen_test_shows(struct screen_test *t, const char *part) {
    bool shown = strstr(screen_test_text(t), part) != NULL;
    if (!shown) {
        print_error("“%s” is not in:\n%s", part, buf_str(&t->text));
    }
    return shown;
}

const char *screen_test_status(struct screen_test *t) {
    const struct canvas *c = app_canvas(t->app);
    struct canvas line = canvas_view(c, 1, c->height - 2, c->width - 1, 1);
    app_paint(t->app);
    buf_reset(&t->text);
    canvas_dump(&line, &t->text);
    t->text.data[strcspn(t->text.data, "\n")] = '\0';
    return buf_str(&t->text);
}

void screen_test_golden(struct screen_test *t, const char *name) {
    golden_check(name, buf_str(&t->typed), screen_test_text(t));
}
