#include "testorders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "testdb.h"

int64_t testorders_product(struct shop *shop, const char *sku, int64_t price, int64_t vat_bps) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    struct product p = {.sku = (char *)sku,
                        .name = (char *)sku,
                        .price = price,
                        .vat_bps = vat_bps,
                        .has_vat = vat_bps >= 0,
                        .active = true};
    unsigned fields = PRODUCT_NAME | PRODUCT_PRICE | PRODUCT_ACTIVE | (vat_bps >= 0 ? (unsigned)PRODUCT_VAT : 0U);
    if (product_add(shop, &p, fields, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

void testorders_receive(struct shop *shop, int64_t product, int64_t qty, int64_t unit_cost) {
    struct err e = ERR_INIT;
    struct stock_line_input line = {.product_id = product, .qty = qty, .has_cost = true, .unit_cost = unit_cost};
    struct stock_doc_input doc = {.kind = STOCK_PURCHASE, .lines = &line, .line_count = 1};
    if (stock_document(shop, &doc, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

int64_t testorders_staff(struct shop *shop, const char *code) {
    struct err e = ERR_INIT;
    struct staff s = {.code = (char *)code, .name = (char *)code};
    int64_t id = 0;
    if (staff_put(shop, &s, STAFF_NAME, NULL, &e) != ERR_OK || staff_find(shop, code, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

struct order_line_input testorders_line(int64_t product, int64_t qty, int64_t unit_price) {
    return (struct order_line_input){.product_id = product, .qty = qty, .has_price = true, .unit_price = unit_price};
}

struct order_input testorders_input(const struct order_line_input *lines, size_t count) {
    return (struct order_input){.date = "2026-11-21", .status = ORDER_COMPLETED, .lines = lines, .line_count = count};
}

int64_t testorders_add(struct shop *shop, const struct order_input *in) {
    struct err e = ERR_INIT;
    struct order_ref ref = {0};
    if (order_add(shop, in, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return ref.id;
}

struct order testorders_get(struct shop *shop, int64_t id) {
    struct err e = ERR_INIT;
    struct order o;
    if (order_get(shop, id, &o, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return o;
}

struct stock_level testorders_level(struct shop *shop, int64_t product) {
    struct stock_level level;
    assert_int_equal(stock_get(shop, product, &level, NULL), ERR_OK);
    return level;
}

int64_t testorders_int(struct shop *shop, const char *sql) {
    return testdb_int(shop_db(shop), sql);
}

void testorders_books_are_right(struct shop *shop) {
    /* totals are the sums of the lines, paid of the payments, cost of the lines */
    assert_int_equal(
        testorders_int(shop, "SELECT COUNT(*) FROM orders o WHERE"
                             " o.net <> (SELECT COALESCE(SUM(net), 0) FROM order_lines l WHERE l.order_id = o.id) OR"
                             " o.vat <> (SELECT COALESCE(SUM(vat), 0) FROM order_lines l WHERE l.order_id = o.id) OR"
                             " o.cost <> (SELECT COALESCE(SUM(cost), 0) FROM order_lines l WHERE l.order_id = o.id) OR"
                             " o.discount <> (SELECT COALESCE(SUM(order_discount), 0) FROM order_lines l"
                             " WHERE l.order_id = o.id) OR"
                             " o.paid <> (SELECT COALESCE(SUM(amount), 0) FROM payments p WHERE p.order_id = o.id)"),
        0);
    /* what returns took off a sale is what they say they took off */
    assert_int_equal(testorders_int(shop,
                                    "SELECT COUNT(*) FROM orders o WHERE o.is_return = 0 AND o.status NOT IN"
                                    " ('cancelled') AND (o.status <> 'returned' OR o.stock_out = 1) AND o.taken_off <>"
                                    " -(SELECT COALESCE(SUM(taken_off), 0) FROM orders r WHERE r.return_of = o.id)"),
                     0);
    /* on hand and value are the sums of the moves */
    assert_int_equal(
        testorders_int(
            shop, "SELECT COUNT(*) FROM stock s WHERE"
                  " s.on_hand <> (SELECT COALESCE(SUM(qty), 0) FROM stock_moves m WHERE m.product_id = s.product_id)"
                  " OR s.value <> (SELECT COALESCE(SUM(value), 0) FROM stock_moves m WHERE m.product_id ="
                  " s.product_id)"),
        0);
    assert_int_equal(testorders_int(shop, "SELECT COUNT(*) FROM stock_moves m WHERE NOT EXISTS"
                                          " (SELECT 1 FROM stock s WHERE s.product_id = m.product_id)"),
                     0);
    /* what a sale's lines say came back is what its returns took */
    assert_int_equal(
        testorders_int(shop,
                       "SELECT COUNT(*) FROM order_lines l WHERE l.returned <> (SELECT COALESCE(-SUM(r.qty * r.factor /"
                       " 1000), 0) FROM order_lines r JOIN orders o ON o.id = r.order_id WHERE o.return_of ="
                       " l.order_id AND r.sale_line = l.line_no)"),
        0);
}
