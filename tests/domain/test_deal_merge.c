#include "chotdon/deal_merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/check.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/order.h"
#include "testdb.h"
#include "testshop.h"

static int open_shop(void **state) {
    *state = testshop_open();
    return 0;
}

static int close_shop(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

#define ALL_FIELDS                                                                                                     \
    (DEAL_TITLE | DEAL_CUSTOMER | DEAL_CONTACT | DEAL_PHONE | DEAL_EMAIL | DEAL_PROVINCE | DEAL_TAGS | DEAL_NEED |     \
     DEAL_EXPECTED_VALUE | DEAL_SOURCE)

static int64_t add(struct shop *shop, const struct deal *d) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    struct deal full = *d;
    char **const texts[] = {&full.title, &full.customer, &full.contact,  &full.phone, &full.email,
                            &full.tags,  &full.need,     &full.province, &full.source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = *texts[i] == NULL ? (char *)"" : *texts[i];
    }
    if (deal_add(shop, &full, ALL_FIELDS, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

static void add_customer(struct shop *shop, const char *code, const char *name, const char *phone,
                         const char *province) {
    struct err e = ERR_INIT;
    const struct customer c = {.code = (char *)code,
                               .name = (char *)name,
                               .phones = (char *)phone,
                               .province = (char *)province,
                               .email = (char *)""};
    assert_int_equal(ERR_OK, customer_add(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_PROVINCE, NULL, &e));
}

struct seen {
    char text[512];
};

static enum err_code note_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s %s;", t->deal_id == 0 ? t->no : t->name, t->why);
    return ERR_OK;
}

static const char *twins(struct shop *shop, int64_t id, struct seen *s) {
    struct err e = ERR_INIT;
    s->text[0] = '\0';
    assert_int_equal(ERR_OK, deal_twins(shop, id, note_twin, s, &e));
    return s->text;
}

static void a_lead_that_came_before_is_noticed(void **state) {
    struct seen s;
    add(*state, &(struct deal){.title = "điện thoại", .phone = "+84 912.345.678"});
    add(*state, &(struct deal){.title = "thư", .email = "a@b.vn"});
    add(*state, &(struct deal){.title = "tên", .contact = "Nguyễn  Văn Đạt", .province = "Thừa Thiên Huế"});
    add(*state, &(struct deal){.title = "xa", .contact = "Nguyễn Văn Đạt", .province = "Hà Nội"});
    int64_t same = add(
        *state,
        &(struct deal){
            .title = "mới", .contact = "nguyen van dat", .phone = "0912345678", .email = "a@b.vn", .province = "Huế"});
    assert_string_equal("điện thoại phone;thư email;tên name;", twins(*state, same, &s));
    int64_t other = add(*state, &(struct deal){.title = "khác", .contact = "Nguyễn Văn Đạt", .phone = "0987654321"});
    assert_string_equal("", twins(*state, other, &s));
}

static void closed_ones_and_those_of_one_customer_are_no_twins(void **state) {
    struct seen s;
    struct err e = ERR_INIT;
    add_customer(*state, "KH1", "Cô Ba", "0912345678", "");
    add(*state, &(struct deal){.title = "một", .customer = "KH1"});
    int64_t second = add(*state, &(struct deal){.title = "hai", .customer = "KH1"});
    assert_string_equal("", twins(*state, second, &s));
    int64_t won = add(*state, &(struct deal){.title = "ba", .phone = "0987654321"});
    assert_int_equal(ERR_OK, deal_win(*state, won, 0, 1, &e));
    int64_t fresh = add(*state, &(struct deal){.title = "bốn", .phone = "0987654321"});
    assert_string_equal("", twins(*state, fresh, &s));
}

static void a_lead_who_is_a_customer_is_noticed(void **state) {
    struct seen s;
    add_customer(*state, "KH1", "Cô Ba", "0912345678", "Huế");
    int64_t id = add(*state, &(struct deal){.title = "x", .contact = "co ba", .province = "Huế"});
    assert_string_equal("KH1 name;", twins(*state, id, &s));
    struct deal_twin t = {0, "KH1", "Cô Ba", "name"};
    char *text = deal_twin_text("L1", &t);
    assert_non_null(strstr(text, "chotdon deal edit L1 --customer KH1"));
    free(text);
    t.deal_id = 7;
    text = deal_twin_text("L1", &t);
    assert_non_null(strstr(text, "chotdon deal merge KH1 L1"));
    free(text);
}

static enum err_code note_pair(void *ctx, const char *a, const char *b, const char *why, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s %s %s;", a + strlen(a) - 1, b + strlen(b) - 1, why);
    return ERR_OK;
}

static void all_pairs_are_listed_once(void **state) {
    struct seen s = {""};
    struct err e = ERR_INIT;
    add_customer(*state, "KH1", "Cô Ba", "0912345678", "");
    add(*state, &(struct deal){.title = "1", .phone = "0987654321", .email = "a@b.vn"});
    add(*state, &(struct deal){.title = "2", .phone = "0987654321", .email = "a@b.vn"});
    add(*state, &(struct deal){.title = "3", .contact = "Lan", .province = "Huế"});
    add(*state, &(struct deal){.title = "4", .contact = "LAN", .province = "Huế"});
    add(*state, &(struct deal){.title = "5", .customer = "KH1"});
    add(*state, &(struct deal){.title = "6", .customer = "KH1"});
    assert_int_equal(ERR_OK, deal_duplicates(*state, note_pair, &s, &e));
    assert_string_equal("1 2 phone;3 4 name;", s.text);
}

/* Everything that the two deals and the kept figures say. */
static void snapshot(struct shop *shop, char *text, size_t size) {
    static const char *const queries[] = {
        ("SELECT id || title || contact || phone || email || province || tags || need || expected_value || "
         "coalesce(customer_id, 0) || coalesce(source_id, 0) || coalesce(merged_into, 0) FROM deals ORDER BY id"),
        "SELECT deal_id || ' ' || text FROM interactions ORDER BY id",
        "SELECT coalesce(deal_id, 0) || ' ' || total FROM orders ORDER BY id",
        "SELECT stage_id || ' ' || deals || ' ' || value FROM deal_totals WHERE deals <> 0 ORDER BY 1",
        "SELECT fact || ref_id || deals FROM deal_months WHERE deals <> 0 ORDER BY 1",
    };
    struct err e = ERR_INIT;
    size_t n = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct db_stmt *s = NULL;
        assert_int_equal(ERR_OK, db_query(shop_db(shop), queries[i], DB_NO_BIND, &s, &e));
        while (db_next(s, &e) == DB_ROW) {
            n += (size_t)snprintf(text + n, size - n, "%s\n", db_col_text(s, 0));
        }
        db_done(&s);
    }
}

static void note_finding(void *ctx, const char *finding) {
    (void)ctx;
    fail_msg("%s", finding);
}

static void assert_sound(struct shop *shop) {
    struct err e = ERR_INIT;
    int64_t found = 0;
    assert_int_equal(ERR_OK, check_books(shop, note_finding, NULL, &found, &e));
    assert_int_equal(0, found);
}

static void merging_moves_fills_and_hides_and_undoing_gives_all_of_it_back(void **state) {
    struct err e = ERR_INIT;
    char before[4096] = "", after[4096] = "";
    struct deal d;
    char *plan = NULL;
    int64_t number = 0, found = 0;
    int64_t keep = add(*state, &(struct deal){.title = "giữ", .phone = "0912345678", .tags = "nóng", .need = "máy in"});
    int64_t other = add(*state, &(struct deal){.title = "gộp",
                                               .phone = "0987654321",
                                               .email = "a@b.vn",
                                               .tags = "nóng,lớn",
                                               .need = "giấy",
                                               .source = "Zalo",
                                               .expected_value = 700});
    assert_int_equal(ERR_OK, deal_log(*state, other, "call", "gọi lần đầu", &e));
    assert_int_equal(ERR_OK, deal_log(*state, keep, "note", "của tôi", &e));
    snapshot(*state, before, sizeof before);

    assert_int_equal(ERR_OK, deal_merge_plan(*state, keep, other, &plan, &e));
    assert_non_null(strstr(plan, "log entries that move: 1"));
    assert_non_null(strstr(plan, "email is filled in: a@b.vn"));
    assert_non_null(strstr(plan, "need stays máy in (not giấy)"));
    free(plan);
    snapshot(*state, after, sizeof after);
    assert_string_equal(before, after); /* the plan changes nothing */

    assert_int_equal(ERR_OK, deal_merge(*state, keep, other, &number, &e));
    assert_int_equal(ERR_OK, deal_get(*state, keep, &d, &e));
    assert_string_equal("0912345678", d.phone);
    assert_string_equal("a@b.vn", d.email);
    assert_string_equal("nóng,lớn", d.tags);
    assert_string_equal("Zalo", d.source);
    assert_int_equal(700, d.expected_value);
    deal_clear(&d);
    assert_int_equal(2, testdb_int(shop_db(*state), "SELECT COUNT(*) FROM interactions WHERE deal_id = 1"));
    assert_int_equal(1, testdb_int(shop_db(*state), "SELECT SUM(deals) FROM deal_totals"));
    assert_int_equal(ERR_OK, deal_find(*state, "CH261121-0002", &found, &e)); /* leads to who it lives on in */
    assert_int_equal(keep, found);
    assert_sound(*state);

    assert_int_equal(ERR_OK, deal_unmerge(*state, number, &e));
    snapshot(*state, after, sizeof after);
    assert_string_equal(before, after);
    assert_sound(*state);
    assert_int_equal(ERR_NOT_FOUND, deal_unmerge(*state, number, &e));
}

static void what_was_changed_since_stays_when_a_merge_is_undone(void **state) {
    struct err e = ERR_INIT;
    struct deal d, edited = {.email = "moi@b.vn", .tags = "nóng,lớn,vip"};
    int64_t number = 0;
    int64_t keep = add(*state, &(struct deal){.title = "giữ", .tags = "nóng"});
    int64_t other =
        add(*state, &(struct deal){.title = "gộp", .email = "a@b.vn", .tags = "lớn", .phone = "0912345678"});
    assert_int_equal(ERR_OK, deal_merge(*state, keep, other, &number, &e));
    assert_int_equal(ERR_OK, deal_edit(*state, keep, &edited, DEAL_EMAIL | DEAL_TAGS, &e));
    assert_int_equal(ERR_OK, deal_unmerge(*state, number, &e));
    assert_int_equal(ERR_OK, deal_get(*state, keep, &d, &e));
    assert_string_equal("moi@b.vn", d.email);
    assert_string_equal("nóng,lớn,vip", d.tags);
    assert_string_equal("", d.phone);
    deal_clear(&d);
    assert_sound(*state);
}

static void merges_are_refused_where_they_make_no_sense_and_undone_in_their_order(void **state) {
    struct err e = ERR_INIT;
    int64_t first = 0, second = 0;
    int64_t a = add(*state, &(struct deal){.title = "a"});
    int64_t b = add(*state, &(struct deal){.title = "b"});
    int64_t c = add(*state, &(struct deal){.title = "c"});
    assert_int_equal(ERR_INVALID, deal_merge(*state, a, a, NULL, &e));
    assert_int_equal(ERR_OK, deal_merge(*state, b, c, &first, &e));
    assert_int_equal(ERR_REFUSED, deal_merge(*state, a, c, NULL, &e));
    assert_int_equal(ERR_OK, deal_merge(*state, a, b, &second, &e));
    assert_int_equal(ERR_REFUSED, deal_unmerge(*state, first, &e));
    assert_int_equal(ERR_OK, deal_unmerge(*state, second, &e));
    assert_int_equal(ERR_OK, deal_unmerge(*state, first, &e));
    assert_int_equal(ERR_OK, deal_win(*state, b, 0, 1, &e));
    assert_int_equal(ERR_REFUSED, deal_merge(*state, a, b, NULL, &e));
    assert_int_equal(ERR_OK, deal_merge(*state, b, a, NULL, &e)); /* a new lead into the won one */
    assert_sound(*state);
}

static void customers_that_become_one_keep_their_deals_and_part_with_them_again(void **state) {
    struct err e = ERR_INIT;
    struct deal d;
    int64_t keep = 0, merge = 0, number = 0;
    add_customer(*state, "KH1", "Cô Ba", "0912345678", "");
    add_customer(*state, "KH2", "Cô Ba", "0987654321", "");
    int64_t id = add(*state, &(struct deal){.title = "x", .customer = "KH2"});
    assert_int_equal(ERR_OK, customer_find(*state, "KH1", &keep, &e));
    assert_int_equal(ERR_OK, customer_find(*state, "KH2", &merge, &e));
    assert_int_equal(ERR_OK, customer_merge(*state, keep, merge, &number, &e));
    assert_int_equal(ERR_OK, deal_get(*state, id, &d, &e));
    assert_string_equal("KH1", d.customer);
    deal_clear(&d);
    assert_int_equal(ERR_OK, customer_unmerge(*state, number, &e));
    assert_int_equal(ERR_OK, deal_get(*state, id, &d, &e));
    assert_string_equal("KH2", d.customer);
    deal_clear(&d);
    assert_sound(*state);
}

static void an_erased_customer_leaves_their_deals_without_name_or_words(void **state) {
    struct err e = ERR_INIT;
    struct deal d;
    int64_t who = 0;
    add_customer(*state, "COBA", "Cô Ba", "0912345678", "");
    int64_t id = add(*state, &(struct deal){.customer = "COBA",
                                            .contact = "chồng cô Ba",
                                            .phone = "0987654321",
                                            .need = "nhà cô Ba",
                                            .expected_value = 5});
    assert_int_equal(ERR_OK, deal_log(*state, id, "call", "cô Ba nói", &e));
    assert_int_equal(ERR_OK, deal_win(*state, id, 0, -1, &e));
    assert_int_equal(ERR_OK, customer_find(*state, "COBA", &who, &e));
    assert_int_equal(ERR_OK, customer_erase(*state, who, &e));
    assert_int_equal(ERR_OK, deal_get(*state, id, &d, &e));
    assert_string_equal("CH261121-0001", d.title);
    assert_string_equal("", d.contact);
    assert_string_equal("", d.phone);
    assert_string_equal("", d.need);
    assert_int_equal(5, d.value);
    deal_clear(&d);
    assert_int_equal(0, testdb_int(shop_db(*state), "SELECT COUNT(*) FROM interactions"));
    assert_int_equal(0, testdb_int(shop_db(*state),
                                   "SELECT COUNT(*) FROM audit_details WHERE before LIKE '%Ba%' OR after LIKE '%Ba%'"));
    assert_sound(*state);
}

#define IN_SHOP(test) cmocka_unit_test_setup_teardown(test, open_shop, close_shop)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_SHOP(a_lead_that_came_before_is_noticed),
        IN_SHOP(closed_ones_and_those_of_one_customer_are_no_twins),
        IN_SHOP(a_lead_who_is_a_customer_is_noticed),
        IN_SHOP(all_pairs_are_listed_once),
        IN_SHOP(merging_moves_fills_and_hides_and_undoing_gives_all_of_it_back),
        IN_SHOP(what_was_changed_since_stays_when_a_merge_is_undone),
        IN_SHOP(customers_that_become_one_keep_their_deals_and_part_with_them_again),
        IN_SHOP(an_erased_customer_leaves_their_deals_without_name_or_words),
        IN_SHOP(merges_are_refused_where_they_make_no_sense_and_undone_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
