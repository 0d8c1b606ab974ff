/* A shop's file with bytes changed anywhere: refused or used as far as it goes, without harm. Each five bytes of the
 * input are a place, what to do there, and a byte. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/report.h"
#include "fuzzshop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void change(uint8_t *bytes, size_t len, const uint8_t *d) {
    size_t at = ((size_t)d[0] << 16 | (size_t)d[1] << 8 | d[2]) % len;
    switch (d[3] % 4) {
    case 0:
        bytes[at] = d[4];
        break;
    case 1:
        bytes[at] ^= (uint8_t)(1U << d[4] % 8);
        break;
    case 2:
        memset(bytes + at, d[4], len - at < 64 ? len - at : 64);
        break;
    default: /* a piece of another page */
        memmove(bytes + at, bytes + (at + (size_t)d[4] * 4096) % (len - 64), len - at < 64 ? len - at : 64);
    }
}

static enum err_code see_order(void *ctx, const struct order_row *r, struct err *e) {
    struct order o = {0};
    enum err_code rc = order_get(ctx, r->id, &o, e);
    order_clear(&o);
    return rc;
}

static enum err_code see_customer(void *ctx, const struct customer *c, const struct customer_figures *f,
                                  struct err *e) {
    (void)ctx;
    (void)c;
    (void)f;
    (void)e;
    return ERR_OK;
}

static void use(struct shop *shop) {
    struct order_filter orders = {0};
    struct customer_filter customers = {0};
    int64_t found = 0;
    int64_t ids[10];
    int count = 0;
    struct err e = ERR_INIT;
    check_books(shop, NULL, NULL, &found, &e);
    order_list(shop, &orders, see_order, shop, &e);
    customer_list(shop, &customers, see_customer, NULL, &e);
    customer_search(shop, "dat", ids, 10, &count, &e);
    struct customer c = {.code = "", .name = "Mới"};
    customer_put(shop, &c, CUSTOMER_NAME, NULL, NULL, &e);
    shop_tidy(shop);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *good = NULL;
    size_t len = 0;
    fuzzshop_bytes(&good, &len);
    uint8_t *bytes = mem_alloc(len);
    memcpy(bytes, good, len);
    for (size_t i = 0; i + 5 <= size && i < 500; i += 5) {
        change(bytes, len, data + i);
    }
    fuzzshop_put(bytes, len);
    free(bytes);
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    struct shop_options options = fuzzshop_options();
    if (shop_open(&options, &shop, &e) == ERR_OK) {
        use(shop);
    } else if (e.message[0] == '\0') {
        abort();
    }
    shop_close(&shop);
    return 0;
}
