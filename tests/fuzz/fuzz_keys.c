/* Any keys on any screen, in a terminal of any size: no crash, nothing on the canvas that a terminal must not get, and
 * books that hold afterwards. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzzshop.h"
#include "hostile.h"
#include "screen_test.h"
#include "tui/input.h"
#include "tui/screens/screens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(struct screen_test *t) {
    const char *text = screen_test_text(t);
    if (hostile_find(text, t->text.len, 6) != NULL) {
        fprintf(stderr, "this reached the screen:\n%s\n", text);
        abort();
    }
}

static void type(struct screen_test *t, const uint8_t *keys, size_t size, unsigned gap_ms) {
    struct input in = {0};
    struct key key;
    input_add(&in, (const char *)keys, size);
    while (!app_ended(t->app) && input_next(&in, true, &key) == INPUT_KEY) {
        key.gap_ms = gap_ms;
        t->terminal.ticks += gap_ms;
        app_key(t->app, &key);
        look(t);
    }
    input_clear(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct screen_entry *screens = NULL;
    static struct config *config; /* none of its own: the defaults */
    struct app_options options = {0};
    size_t count = screens_all(&screens);
    if (size < 4) {
        return 0;
    }
    struct shop *shop = fuzzshop_open();
    struct shop_options shop_options = fuzzshop_options();
    options.provider_count = screens_providers(&options.providers);
    options.first = screens[data[0] % count].ops->name;
    options.shop_options = &shop_options;
    if (config == NULL && config_load(NULL, &config, NULL) != ERR_OK) {
        abort();
    }
    options.config = config;
    struct screen_test *t = screen_test_new(screens, count, shop, data[1], data[2], &options);
    type(t, data + 4, size - 4, data[3] % 2 == 0 ? 150 : 4);
    screen_test_resize(t, data[2], data[1]);
    look(t);
    struct shop *now = app_shop(t->app); /* putting a copy back opens another one */
    screen_test_free(t);
    fuzzshop_check(now);
    shop_close(&now);
    return 0;
}
