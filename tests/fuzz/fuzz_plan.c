/* Any bytes are a plan that is taken or refused with a reason; what was taken is written as a file that says the same.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzzshop.h"
#include "io/plan_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_not_differ(void *ctx, const char *key, const char *a, const char *b) {
    (void)ctx;
    fprintf(stderr, "a plan written and read again differs in %s: %s, %s\n", key, a, b);
    abort();
}

static void write_and_read(struct shop *shop, const struct plan *p) {
    struct buf text = BUF_INIT;
    struct plan again = {0};
    char path[64];
    struct err e = ERR_INIT;
    plan_file_write(p, shop_currency(shop), &text);
    int fd = fuzzshop_file((const uint8_t *)buf_str(&text), text.len, path);
    assert(plan_file_read(shop, path, &again, &e) == ERR_OK);
    plan_diff(p, &again, shop_currency(shop), must_not_differ, NULL);
    plan_clear(&again);
    close(fd);
    buf_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct shop *shop; /* nothing is stored in it */
    char path[64];
    struct plan p = {0};
    struct err e = ERR_INIT;
    shop = shop == NULL ? fuzzshop_open() : shop;
    int fd = fuzzshop_file(data, size, path);
    if (plan_file_read(shop, path, &p, &e) == ERR_OK) {
        write_and_read(shop, &p);
    } else {
        assert(e.message[0] != '\0');
    }
    plan_clear(&p);
    close(fd);
    return 0;
}
