#include "testshop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static char now_text[DATETIME_SIZE];

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "%s", now_text);
}

struct shop *testshop_open_in(const char *currency) {
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    struct shop_options options = {.path = ":memory:", .clock = fixed_clock};
    snprintf(now_text, sizeof now_text, "2026-11-21 14:05:00");
    if (shop_create(&options, currency, &shop, &e) != ERR_OK) {
        fail_msg("no shop: %s", e.message);
    }
    return shop;
}

struct shop *testshop_open(void) {
    return testshop_open_in("VND");
}

void testshop_set_now(struct shop *shop, const char *now) {
    (void)shop;
    snprintf(now_text, sizeof now_text, "%s", now);
}

void testshop_close(struct shop **shop) {
    shop_close(shop);
}
