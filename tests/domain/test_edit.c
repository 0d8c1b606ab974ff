/* Two people at one record, below the screens: of every noun that forms change, what only one changed merges, and what
 * both changed is ERR_CONFLICT naming who, when and which fields, with nothing written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/edit.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "testboard.h"
#include "testcustomer.h"
#include "testorders.h"
#include "testshop.h"

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

/* A noun by two of its fields: `get` gives owned texts, `put` writes both. */
struct noun {
    const char *entity;
    enum err_code (*get)(struct shop *shop, char *values[2], struct err *e);
    enum err_code (*put)(struct shop *shop, char *const values[2], struct err *e);
};

static enum err_code get_customer(struct shop *shop, char *values[2], struct err *e) {
    struct customer c = {0};
    enum err_code rc = customer_get(shop, testcustomer_id(shop, "KH1"), &c, e);
    edit_set(&values[0], c.name);
    edit_set(&values[1], c.note);
    customer_clear(&c);
    return rc;
}

static enum err_code put_customer(struct shop *shop, char *const values[2], struct err *e) {
    struct customer c = {.code = "KH1", .name = values[0], .note = values[1]};
    return customer_put(shop, &c, CUSTOMER_NAME | CUSTOMER_NOTE, NULL, NULL, e);
}

static enum err_code get_product(struct shop *shop, char *values[2], struct err *e) {
    struct product p = {0};
    int64_t id = 0;
    enum err_code rc = product_find(shop, "AT-TR-M", &id, NULL, e);
    rc = rc == ERR_OK ? product_get(shop, id, &p, e) : rc;
    edit_set(&values[0], p.name);
    edit_set(&values[1], p.description);
    product_clear(&p);
    return rc;
}

static enum err_code put_product(struct shop *shop, char *const values[2], struct err *e) {
    struct product p = {.sku = "AT-TR-M", .name = values[0], .description = values[1]};
    return product_put(shop, &p, PRODUCT_NAME | PRODUCT_DESCRIPTION, NULL, e);
}

static enum err_code get_staff(struct shop *shop, char *values[2], struct err *e) {
    struct staff p = {0};
    int64_t id = 0;
    enum err_code rc = staff_find(shop, "HA", &id, e);
    rc = rc == ERR_OK ? staff_get(shop, id, &p, e) : rc;
    edit_set(&values[0], p.name);
    edit_set(&values[1], p.email);
    staff_clear(&p);
    return rc;
}

static enum err_code put_staff(struct shop *shop, char *const values[2], struct err *e) {
    struct staff p = {.code = "HA", .name = values[0], .email = values[1]};
    return staff_put(shop, &p, STAFF_NAME | STAFF_EMAIL, NULL, e);
}

static enum err_code get_deal(struct shop *shop, char *values[2], struct err *e) {
    struct deal d = {0};
    enum err_code rc = deal_get(shop, testboard_id(shop, "CH1"), &d, e);
    edit_set(&values[0], d.title);
    edit_set(&values[1], d.note);
    deal_clear(&d);
    return rc;
}

static enum err_code put_deal(struct shop *shop, char *const values[2], struct err *e) {
    struct deal d = {.title = values[0], .note = values[1]};
    return deal_edit(shop, testorders_int(shop, "SELECT id FROM deals WHERE deal_no = 'CH1'"), &d,
                     DEAL_TITLE | DEAL_NOTE, e);
}

static int64_t first_stage(struct shop *shop) {
    return testorders_int(shop, "SELECT id FROM stages ORDER BY position LIMIT 1");
}

static enum err_code get_stage(struct shop *shop, char *values[2], struct err *e) {
    struct stage s = {0};
    enum err_code rc = stage_get(shop, first_stage(shop), &s, e);
    edit_set(&values[0], s.name);
    free(values[1]);
    values[1] = mem_printf("%d", s.idle_days);
    stage_clear(&s);
    return rc;
}

static enum err_code put_stage(struct shop *shop, char *const values[2], struct err *e) {
    struct stage s = {.name = values[0], .idle_days = atoi(values[1])};
    return stage_edit(shop, first_stage(shop), &s, STAGE_NAME | STAGE_IDLE_DAYS, e);
}

static enum err_code get_settings(struct shop *shop, char *values[2], struct err *e) {
    const char *text = "";
    enum err_code rc = setting_get(shop, "shop_name", &text, e);
    edit_set(&values[0], text);
    rc = rc == ERR_OK ? setting_get(shop, "shop_address", &text, e) : rc;
    edit_set(&values[1], text);
    return rc;
}

static enum err_code put_settings(struct shop *shop, char *const values[2], struct err *e) {
    enum err_code rc = setting_set(shop, "shop_name", values[0], e);
    return rc == ERR_OK ? setting_set(shop, "shop_address", values[1], e) : rc;
}

static const struct noun nouns[] = {
    {"customer #1", get_customer, put_customer},
    {"product AT-TR-M", get_product, put_product},
    {"staff HA", get_staff, put_staff},
    {"deal CH1", get_deal, put_deal},
    {"stages", get_stage, put_stage},
    {"setting shop_name", get_settings, put_settings},
};
enum { NOUNS = sizeof nouns / sizeof *nouns };

static enum err_code read_noun(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    const struct noun *n = ctx;
    char *values[2] = {NULL, NULL};
    enum err_code rc = n->get(shop, values, e);
    for (int i = 0; i < 2; i++) {
        edit_set(&edit->fields[i].theirs, values[i]);
        free(values[i]);
    }
    return rc;
}

static enum err_code save_noun(struct shop *shop, void *ctx, struct edit *edit, struct err *e) {
    const struct noun *n = ctx;
    char *const values[2] = {edit->fields[0].mine, edit->fields[1].mine};
    return n->put(shop, values, e);
}

static void begin(struct shop *shop, const struct noun *n, struct edit *edit) {
    static const char *const names[] = {"first", "second"};
    char *values[2] = {NULL, NULL};
    struct err e = ERR_INIT;
    must(n->get(shop, values, &e), &e);
    edit_begin(shop, edit, n->entity, names, 2);
    for (int i = 0; i < 2; i++) {
        edit_set(&edit->fields[i].was, values[i]);
        edit_set(&edit->fields[i].mine, values[i]);
        free(values[i]);
    }
}

static void put_as_lan(struct shop *shop, const struct noun *n, const char *first, const char *second) {
    char *values[2] = {NULL, NULL};
    struct err e = ERR_INIT;
    must(n->get(shop, values, &e), &e);
    for (int i = 0; i < 2; i++) {
        const char *text = i == 0 ? first : second;
        if (text != NULL) {
            edit_set(&values[i], text);
        }
    }
    must(shop_act_as(shop, "LAN", &e), &e);
    must(n->put(shop, values, &e), &e);
    must(shop_act_as(shop, "", &e), &e);
    free(values[0]);
    free(values[1]);
}

static void expect(struct shop *shop, const struct noun *n, const char *first, const char *second) {
    char *values[2] = {NULL, NULL};
    struct err e = ERR_INIT;
    must(n->get(shop, values, &e), &e);
    assert_string_equal(values[0], first);
    assert_string_equal(values[1], second);
    free(values[0]);
    free(values[1]);
}

static int setup(void **state) {
    struct shop *shop = testshop_open();
    testboard_fill(shop);
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void what_only_one_changed_merges(void **state) {
    struct shop *shop = *state;
    for (int i = 0; i < NOUNS; i++) {
        const struct noun *n = &nouns[i];
        struct edit edit;
        struct err e = ERR_INIT;
        begin(shop, n, &edit);
        put_as_lan(shop, n, NULL, "77");
        edit_set(&edit.fields[0].mine, "Tên của tôi");
        must(edit_save(shop, &edit, read_noun, save_noun, (void *)n, &e), &e);
        expect(shop, n, "Tên của tôi", "77");
        edit_clear(&edit);
    }
}

static void what_both_changed_is_a_conflict_and_nothing_is_written(void **state) {
    struct shop *shop = *state;
    for (int i = 0; i < NOUNS; i++) {
        const struct noun *n = &nouns[i];
        struct edit edit;
        struct err e = ERR_INIT;
        begin(shop, n, &edit);
        put_as_lan(shop, n, "Tên của Lan", NULL);
        edit_set(&edit.fields[0].mine, "Tên của tôi");
        edit_set(&edit.fields[1].mine, "88");
        testshop_set_now(shop, "2026-11-21 15:00:00");
        assert_int_equal(edit_save(shop, &edit, read_noun, save_noun, (void *)n, &e), ERR_CONFLICT);
        testshop_set_now(shop, "2026-11-21 14:05:00");
        assert_int_equal(edit_fate(&edit.fields[0]), EDIT_BOTH);
        assert_int_equal(edit_fate(&edit.fields[1]), EDIT_MINE);
        assert_string_equal(edit.who, "Phạm Ngọc Lan");
        assert_string_equal(edit.at, "2026-11-21 14:05:00");
        assert_non_null(strstr(e.message, "Phạm Ngọc Lan changed this meanwhile (14:05): first."));
        assert_string_equal(edit.fields[0].theirs, "Tên của Lan");

        edit_rebase(shop, &edit); /* the person chose mine */
        must(edit_save(shop, &edit, read_noun, save_noun, (void *)n, &e), &e);
        expect(shop, n, "Tên của tôi", "88");
        edit_clear(&edit);
    }
}

static void the_same_change_twice_is_none(void **state) {
    struct shop *shop = *state;
    struct edit edit;
    struct err e = ERR_INIT;
    begin(shop, &nouns[0], &edit);
    put_as_lan(shop, &nouns[0], "Cùng tên", NULL);
    edit_set(&edit.fields[0].mine, "Cùng tên");
    must(edit_save(shop, &edit, read_noun, save_noun, (void *)&nouns[0], &e), &e);
    assert_int_equal(edit_fate(&edit.fields[0]), EDIT_SAME);
    edit_clear(&edit);
}

static void a_record_that_is_gone_is_told(void **state) {
    struct shop *shop = *state;
    struct edit edit;
    struct err e = ERR_INIT;
    begin(shop, &nouns[0], &edit);
    edit_set(&edit.fields[0].mine, "Tên của tôi");
    must(customer_erase(shop, testcustomer_id(shop, "KH1"), &e), &e);
    assert_true(edit_save(shop, &edit, read_noun, save_noun, (void *)&nouns[0], &e) != ERR_OK);
    edit_clear(&edit);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(what_only_one_changed_merges),
        WITH(what_both_changed_is_a_conflict_and_nothing_is_written),
        WITH(the_same_change_twice_is_none),
        WITH(a_record_that_is_gone_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
