#include "testdeal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "chotdon/check.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"

int64_t testdeal_add(struct shop *shop, const char *title, int64_t expected_value) {
    struct err e = ERR_INIT;
    struct deal d = {.title = (char *)title, .expected_value = expected_value};
    int64_t id = 0;
    if (deal_add(shop, &d, DEAL_TITLE | DEAL_EXPECTED_VALUE, &id, &e) != ERR_OK) {
        fail_msg("no deal: %s", e.message);
    }
    return id;
}

int64_t testdeal_stage(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct stage stage;
    if (stage_find(shop, 0, name, &stage, &e) != ERR_OK) {
        fail_msg("no stage: %s", e.message);
    }
    int64_t id = stage.id;
    stage_clear(&stage);
    return id;
}

void testdeal_move(struct shop *shop, int64_t id, const char *stage) {
    struct err e = ERR_INIT;
    if (deal_move(shop, id, testdeal_stage(shop, stage), NULL, &e) != ERR_OK) {
        fail_msg("not moved to %s: %s", stage, e.message);
    }
}

void testdeal_qualify(struct shop *shop, int64_t id) {
    struct err e = ERR_INIT;
    struct deal d = {.need = "áo đồng phục", .budget = "50 triệu", .timing = "trước Tết", .decision_maker = "chị Hoa"};
    if (deal_edit(shop, id, &d, DEAL_NEED | DEAL_BUDGET | DEAL_TIMING | DEAL_DECISION_MAKER, &e) != ERR_OK) {
        fail_msg("not qualified: %s", e.message);
    }
}

void testdeal_staff(struct shop *shop, const char *code, const char *name, const char *team) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .team = (char *)team};
    assert_int_equal(staff_put(shop, &s, STAFF_NAME | STAFF_TEAM, NULL, NULL), ERR_OK);
}

void testdeal_product(struct shop *shop, const char *sku, const char *name, int64_t price) {
    struct product p = {.sku = (char *)sku, .name = (char *)name, .price = price};
    assert_int_equal(product_add(shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, NULL), ERR_OK);
}

struct stage_total testdeal_total(struct shop *shop, const char *stage, int64_t staff_id) {
    enum { MAX = 40 };
    struct err e = ERR_INIT;
    struct stage_total all[MAX];
    struct deal_filter f = {.kind = -1, .staff_id = staff_id};
    size_t count = 0;
    int64_t id = testdeal_stage(shop, stage);
    if (deal_totals(shop, 0, &f, all, MAX, &count, &e) != ERR_OK) {
        fail_msg("no totals: %s", e.message);
    }
    for (size_t i = 0; i < count; i++) {
        if (all[i].stage_id == id) {
            return all[i];
        }
    }
    return (struct stage_total){0};
}

static void print_finding(void *ctx, const char *finding) {
    (void)ctx;
    print_error("%s\n", finding);
}

void testdeal_check(struct shop *shop) {
    int64_t found = 0;
    assert_int_equal(check_books(shop, print_finding, NULL, &found, NULL), ERR_OK);
    assert_int_equal(found, 0);
}
