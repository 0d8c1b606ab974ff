#include "crash_edits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/edit.h"
#include "chotdon/order_edit.h"
#include "chotdon/plan.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "chotdon/target.h"
#include "db/db.h"
#include "testorders.h"

enum { NUMBERS = 10000000 };

static const char *const names[EDIT_NOUNS] = {"product", "person", "target", "plan", "order"};
static const char *const entities[EDIT_NOUNS] = {"product THE", "staff THE", "target 2026-11 shop revenue", "plan THE",
                                                 "order THE"};
static const char *const figures[EDIT_NOUNS] = {
    "SELECT price FROM products WHERE sku = 'THE'",
    "SELECT base_salary FROM staff WHERE code = 'THE'",
    "SELECT target FROM targets",
    "SELECT bonus_first_order FROM plan_versions",
    "SELECT CAST(note AS BIGINT) FROM orders WHERE order_no = 'THE'",
};

/* --- writing one */
static enum err_code write_product(struct shop *shop, int64_t value, struct err *e) {
    struct product p = {.sku = (char *)"THE", .name = (char *)"The", .price = value};
    return product_put(shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, e);
}

static enum err_code write_person(struct shop *shop, int64_t value, struct err *e) {
    struct staff p = {.code = (char *)"THE", .name = (char *)"The", .base_salary = value};
    return staff_put(shop, &p, STAFF_NAME | STAFF_SALARY, NULL, e);
}

static enum err_code write_target(struct shop *shop, int64_t value, struct err *e) {
    struct target t = {.month = "2026-11", .scope = SCOPE_SHOP, .code = "", .metric = METRIC_REVENUE, .target = value};
    return target_put(shop, &t, NULL, e);
}

static enum err_code write_plan(struct shop *shop, int64_t value, struct err *e) {
    struct plan_tier tier = {0, 200, 0};
    struct plan p = {.code = (char *)"THE",
                     .name = (char *)"The",
                     .from = "2026-01",
                     .to = "2026-12",
                     .bonus_first_order = value,
                     .tiers = &tier,
                     .tier_count = 1};
    return plan_put(shop, &p, NULL, NULL, NULL, e);
}

static enum err_code write_order(struct shop *shop, int64_t value, struct err *e) {
    char text[32];
    struct order_terms t = {.note = text};
    int64_t id = 0;
    snprintf(text, sizeof text, "%lld", (long long)value);
    enum err_code rc = order_find(shop, "THE", &id, e);
    return rc == ERR_OK ? order_edit(shop, id, &t, ORDER_NOTE, NULL, e) : rc;
}

typedef enum err_code write_fn(struct shop *shop, int64_t value, struct err *e);
static write_fn *const writers[EDIT_NOUNS] = {write_product, write_person, write_target, write_plan, write_order};

void crash_edits_furnish(struct shop *shop) {
    struct order_line_input line = testorders_line(testorders_product(shop, "NOTE", 1000, 0), 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    struct err e = ERR_INIT;
    in.order_no = "THE";
    testorders_add(shop, &in);
    for (int n = 0; n < EDIT_NOUNS; n++) {
        if (writers[n](shop, 1, &e) != ERR_OK) {
            fail_msg("%s: %s", names[n], e.message);
        }
    }
}

/* --- as a form does it */
static enum err_code read_theirs(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    const enum edit_noun *noun = ctx;
    int64_t value = 0;
    enum err_code rc = db_get_int(shop_db(shop), figures[*noun], DB_NO_BIND, &value, e);
    free(edit->fields[0].theirs);
    edit->fields[0].theirs = mem_printf("%lld", (long long)value);
    return rc;
}

static enum err_code save_mine(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    const enum edit_noun *noun = ctx;
    return writers[*noun](shop, atoll(edit->fields[0].mine), e);
}

static enum err_code begin(struct shop *shop, enum edit_noun *noun, int64_t mine, struct edit *edit, struct err *e) {
    char text[32];
    edit_begin(shop, edit, entities[*noun], &names[*noun], 1);
    enum err_code rc = read_theirs(shop, noun, edit, e);
    edit_rebase(shop, edit);
    snprintf(text, sizeof text, "%lld", (long long)mine);
    edit_set(&edit->fields[0].mine, text);
    return rc;
}

static void tell(struct edits *told, enum edit_noun noun, const struct edit *edit) {
    if (told->count < EDITS_KEPT) {
        told->items[told->count] = (struct edited){noun, atoll(edit->fields[0].was), atoll(edit->fields[0].mine)};
        told->count++;
    }
}

enum err_code crash_edit(struct shop *shop, enum edit_noun noun, int number, struct edits *told, struct err *e) {
    struct edit edit;
    enum err_code rc = begin(shop, &noun, (number + 1) * (int64_t)NUMBERS + ++told->tries, &edit, e);
    bool clash = rc == ERR_OK;
    while (clash) {
        rc = edit_save(shop, &edit, read_theirs, save_mine, &noun, e);
        clash = rc == ERR_CONFLICT && edit_fate(&edit.fields[0]) == EDIT_BOTH;
        if (clash) { /* looked at, and mine chosen */
            told->conflicts++;
            edit_rebase(shop, &edit);
        }
    }
    if (rc == ERR_OK) {
        tell(told, noun, &edit);
    }
    edit_clear(&edit);
    return rc;
}

/* --- what must be true afterwards */
static int by_was(const void *a, const void *b) {
    const struct edited *x = a;
    const struct edited *y = b;
    if (x->noun != y->noun) {
        return x->noun < y->noun ? -1 : 1;
    }
    return (x->was > y->was) - (x->was < y->was);
}

static bool was_replaced(const struct edited *all, size_t count, enum edit_noun noun, int64_t value) {
    const struct edited wanted = {.noun = noun, .was = value};
    return bsearch(&wanted, all, count, sizeof *all, by_was) != NULL;
}

void crash_edits_expect(struct shop *shop, const struct edits *const *told, int programs, int64_t kills) {
    int64_t now[EDIT_NOUNS];
    int64_t counts[EDIT_NOUNS] = {0};
    int64_t conflicts = 0;
    int64_t unseen = 0;
    size_t count = 0;
    struct edited *all = mem_array((size_t)programs * EDITS_KEPT, sizeof *all);
    for (int n = 0; n < EDIT_NOUNS; n++) {
        now[n] = testorders_int(shop, figures[n]);
    }
    for (int p = 0; p < programs; p++) {
        conflicts += told[p]->conflicts;
        for (int i = 0; i < told[p]->count; i++) {
            counts[told[p]->items[i].noun]++;
            all[count++] = told[p]->items[i];
        }
    }
    qsort(all, count, sizeof *all, by_was);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && by_was(&all[i - 1], &all[i]) == 0) {
            fail_msg("%s: %lld was replaced by %lld and by %lld: one of them was lost", names[all[i].noun],
                     (long long)all[i].was, (long long)all[i - 1].mine, (long long)all[i].mine);
        }
        unseen += all[i].mine != now[all[i].noun] && !was_replaced(all, count, all[i].noun, all[i].mine);
    }
    free(all);
    printf("  edited: %lld products, %lld people, %lld targets, %lld plans, %lld orders; %lld times both versions were "
           "shown\n",
           (long long)counts[EDIT_PRODUCT], (long long)counts[EDIT_PERSON], (long long)counts[EDIT_TARGET],
           (long long)counts[EDIT_PLAN], (long long)counts[EDIT_ORDER], (long long)conflicts);
    assert_true(unseen <= kills);
    assert_true(count > 0);
}
