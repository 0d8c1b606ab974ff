#include "testsell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "chotdon/stock.h"
#include "tui/screens/screens.h"

static int64_t goods(struct shop *shop, struct product p) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    unsigned fields = PRODUCT_NAME | PRODUCT_PRICE | PRODUCT_BARCODES | PRODUCT_UNITS | PRODUCT_COST |
                      PRODUCT_STOCK_MIN | PRODUCT_ACTIVE | PRODUCT_UNIT;
    p.active = true;
    p.unit = p.unit == NULL ? "cái" : p.unit;
    if (product_add(shop, &p, fields, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

static void receive(struct shop *shop, int64_t id, int64_t qty, int64_t cost) {
    struct err e = ERR_INIT;
    struct stock_line_input line = {.product_id = id, .qty = qty, .has_cost = true, .unit_cost = cost};
    struct stock_doc_input doc = {.kind = STOCK_PURCHASE, .lines = &line, .line_count = 1};
    if (stock_document(shop, &doc, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

void testsell_fill(struct shop *shop) {
    struct err e = ERR_INIT;
    struct product_barcode shirt = {SELL_SHIRT, ""};
    struct product_barcode water[] = {{SELL_WATER, ""}, {SELL_CRATE, "thùng"}};
    struct product_barcode rice = {SELL_RICE, ""};
    struct product_unit crate = {"thùng", 12000, 90000, true};
    receive(shop,
            goods(shop, (struct product){.sku = "AT-TR-M",
                                         .name = "Áo thun trơn, trắng M",
                                         .price = 120000,
                                         .barcodes = &shirt,
                                         .barcode_count = 1}),
            14000, 70000);
    receive(shop, goods(shop, (struct product){.sku = "AT-TT-L", .name = "Áo thể thao nam L", .price = 185000}), 6000,
            90000);
    receive(shop,
            goods(shop, (struct product){.sku = "NUOC-15",
                                         .name = "Nước suối 1,5 l",
                                         .price = 8000,
                                         .unit = "chai",
                                         .barcodes = water,
                                         .barcode_count = 2,
                                         .units = &crate,
                                         .unit_count = 1,
                                         .stock_min = 36000,
                                         .has_stock_min = true}),
            40000, 5000);
    goods(shop, (struct product){.sku = "GAO-5",
                                 .name = "Gạo ST25 5 kg",
                                 .price = 215000,
                                 .unit = "túi",
                                 .cost = 180000,
                                 .barcodes = &rice,
                                 .barcode_count = 1});
    struct customer c = {.name = "Nguyễn Văn Đạt", .phones = "0912345678", .segment = "vip"};
    struct staff an = {.code = "AN", .name = "Trần Thị An"};
    if (customer_add(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_SEGMENT, NULL, &e) != ERR_OK ||
        staff_put(shop, &an, STAFF_NAME, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

struct screen_test *testsell_open_with(struct shop *shop, int width, int height, const char *station,
                                       const struct config *config) {
    const struct screen_entry *screens;
    struct app_options options = {.station = station == NULL ? "test:1" : station, .config = config};
    size_t count = screens_all(&screens);
    options.provider_count = screens_providers(&options.providers);
    return screen_test_new(screens, count, shop, width, height, &options);
}

struct screen_test *testsell_open(struct shop *shop, int width, int height, const char *station) {
    return testsell_open_with(shop, width, height, station, NULL);
}

struct sell_state *testsell_state(struct screen_test *t) {
    return app_screen_state(t->app, "sell");
}

const struct basket *testsell_basket(struct screen_test *t) {
    return sell_basket(testsell_state(t));
}
