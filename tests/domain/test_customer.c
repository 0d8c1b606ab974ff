/* Customers keep DOMAIN 8: one per phone, found without accents, changed where something was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "chotdon/customer.h"
#include "chotdon/staff.h"
#include "testcustomer.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static enum put_result put(struct shop *shop, const struct customer *c, unsigned fields) {
    enum put_result result = PUT_UNCHANGED;
    struct err e = ERR_INIT;
    if (customer_put(shop, c, fields, &result, NULL, &e) != ERR_OK) {
        fail_msg("%s: %s", e.field, e.message);
    }
    return result;
}

/* The caller clears it. */
static struct customer get(struct shop *shop, const char *text) {
    struct customer c;
    assert_int_equal(customer_get(shop, testcustomer_id(shop, text), &c, NULL), ERR_OK);
    return c;
}

static void refused(struct shop *shop, const struct customer *c, unsigned fields, enum err_code code,
                    const char *field) {
    struct err e = ERR_INIT;
    assert_int_equal(customer_put(shop, c, fields, NULL, NULL, &e), code);
    assert_string_equal(e.field, field);
    assert_string_not_equal(e.message, "");
}

static struct customer dat(void) {
    return (struct customer){.code = "DAT",
                             .name = "Nguyễn Văn Đạt",
                             .phones = "+84 912 345 678; 01681234567",
                             .email = "dat@vi.vn",
                             .birth_date = "31/12/1990",
                             .gender = "Nam",
                             .province = "tp hcm",
                             .address = "12 Lê Lợi",
                             .segment = "Sỉ",
                             .source = "Shopee",
                             .referrer = "Chị Hoa",
                             .owner = "",
                             .note = "Gọi sau 17 giờ",
                             .readiness = "cao",
                             .tags = "cà phê,quán",
                             .consent = true};
}

static void test_everything_that_was_put_is_read_back_in_one_spelling(void **state) {
    struct customer in = dat();
    assert_int_equal(put(*state, &in, CUSTOMER_ALL), PUT_CREATED);
    struct customer c = get(*state, "DAT");
    assert_string_equal(c.name, "Nguyễn Văn Đạt");
    assert_string_equal(c.phones, "0912345678;0381234567");
    assert_string_equal(c.birth_date, "1990-12-31");
    assert_string_equal(c.gender, "male");
    assert_string_equal(c.province, "TP.HCM");
    assert_string_equal(c.segment, "wholesale");
    assert_string_equal(c.source, "Shopee");
    assert_string_equal(c.created_on, "2026-11-21");
    assert_string_equal(c.tags, "cà phê,quán");
    assert_true(c.consent);
    customer_clear(&c);
}

static void test_the_same_content_again_is_unchanged_and_writes_no_audit(void **state) {
    struct customer in = dat();
    put(*state, &in, CUSTOMER_ALL);
    int64_t rows = testcustomer_count(*state, "SELECT COUNT(*) FROM audit");
    assert_int_equal(put(*state, &in, CUSTOMER_ALL), PUT_UNCHANGED);
    in.phones = "0912.345.678;84381234567";
    in.source = "SHOPEE";
    in.name = "Nguyễn Văn Đạt "; /* and what NFD would be */
    assert_int_equal(put(*state, &in, CUSTOMER_ALL), PUT_UNCHANGED);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM audit"), rows);
    in.consent = false;
    assert_int_equal(put(*state, &in, CUSTOMER_ALL), PUT_UPDATED);
}

static void test_absent_fields_keep_their_value_and_empty_ones_clear_it(void **state) {
    struct customer in = dat();
    put(*state, &in, CUSTOMER_ALL);
    struct customer change = {.code = "DAT", .email = "", .segment = "vip"};
    assert_int_equal(put(*state, &change, CUSTOMER_EMAIL | CUSTOMER_SEGMENT | CUSTOMER_SOURCE), PUT_UPDATED);
    struct customer c = get(*state, "DAT");
    assert_string_equal(c.email, "");
    assert_string_equal(c.source, "");
    assert_string_equal(c.segment, "vip");
    assert_string_equal(c.phones, "0912345678;0381234567");
    assert_string_equal(c.address, "12 Lê Lợi");
    customer_clear(&c);
}

static void test_without_a_code_the_phone_says_who_it_is(void **state) {
    struct customer a = {.name = "An", .phones = "0912345678"};
    assert_int_equal(put(*state, &a, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_CREATED);
    struct customer again = {.name = "An Nguyễn", .phones = "84912345678/0987654321"};
    assert_int_equal(put(*state, &again, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_UPDATED);
    struct customer c = get(*state, "KH000001");
    assert_string_equal(c.name, "An Nguyễn");
    assert_string_equal(c.phones, "0912345678;0987654321");
    customer_clear(&c);
    again.phones = "0987654321"; /* the other one stays */
    assert_int_equal(put(*state, &again, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_UNCHANGED);
    struct customer b = {.name = "Bình", .phones = "0911111111"};
    assert_int_equal(put(*state, &b, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_CREATED);
    assert_int_equal(testcustomer_id(*state, "KH000002"), testcustomer_id(*state, "0911 111 111"));
}

static void test_with_a_code_the_phones_given_replace_those_there(void **state) {
    struct customer in = dat();
    put(*state, &in, CUSTOMER_ALL);
    in.phones = "0987654321";
    assert_int_equal(put(*state, &in, CUSTOMER_PHONES), PUT_UPDATED);
    struct customer c = get(*state, "DAT");
    assert_string_equal(c.phones, "0987654321");
    customer_clear(&c);
}

static void test_a_phone_belongs_to_one_customer(void **state) {
    struct customer in = dat();
    struct err e = ERR_INIT;
    put(*state, &in, CUSTOMER_ALL);
    struct customer other = {.code = "X", .name = "Khác", .phones = "0912345678"};
    assert_int_equal(customer_put(*state, &other, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL, &e), ERR_CONFLICT);
    assert_string_equal(e.field, "phone");
    assert_non_null(strstr(e.message, "DAT"));
    other.code = "";
    assert_int_equal(customer_add(*state, &other, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL), ERR_CONFLICT);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM customers"), 1);
}

static void test_masked_phones_match_nobody_and_are_not_kept(void **state) {
    struct customer a = {.name = "An", .phones = "******78"};
    struct customer b = {.name = "Bình", .phones = "******78"};
    int64_t id = 0;
    assert_int_equal(put(*state, &a, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_CREATED);
    assert_int_equal(put(*state, &b, CUSTOMER_NAME | CUSTOMER_PHONES), PUT_CREATED);
    assert_int_equal(customer_find_phone(*state, "******78", &id, NULL), ERR_NOT_FOUND);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM customer_phones"), 0);
}

static void test_given_codes_step_over_those_that_are_taken(void **state) {
    struct customer in = {.code = "KH000001", .name = "Một"};
    put(*state, &in, CUSTOMER_NAME);
    in = (struct customer){.code = "KH000500", .name = "Năm trăm"};
    put(*state, &in, CUSTOMER_NAME);
    in = (struct customer){.code = "", .name = "Mới"};
    put(*state, &in, CUSTOMER_NAME);
    struct customer c = get(*state, "KH000501");
    assert_string_equal(c.name, "Mới");
    customer_clear(&c);
}

static void test_found_by_code_phone_and_name_without_accents(void **state) {
    struct customer in = dat();
    int64_t id = 0;
    put(*state, &in, CUSTOMER_ALL);
    int64_t expected = testcustomer_id(*state, "DAT");
    assert_int_equal(testcustomer_id(*state, "0168 123 4567"), expected);
    assert_int_equal(testcustomer_id(*state, "nguyen van dat"), expected);
    assert_int_equal(customer_find(*state, "nguyen van", &id, NULL), ERR_NOT_FOUND);
    struct customer twin = {.code = "DAT2", .name = "Nguyễn văn Đát"};
    put(*state, &twin, CUSTOMER_NAME);
    assert_int_equal(customer_find(*state, "Nguyễn Văn Đạt", &id, NULL), ERR_CONFLICT);
}

static void test_the_one_without_a_phone_is_found_by_name(void **state) {
    char *code = NULL;
    struct customer in = dat();
    put(*state, &in, CUSTOMER_ALL);
    assert_int_equal(customer_find_bare(*state, "Nguyen Van Dat", &code, NULL), ERR_OK);
    assert_null(code);
    struct customer bare = {.name = "Nguyễn Văn Đạt"};
    put(*state, &bare, CUSTOMER_NAME);
    assert_int_equal(customer_find_bare(*state, "Nguyen Van Dat", &code, NULL), ERR_OK);
    assert_string_equal(code, "KH000001");
    free(code);
}

static void test_bad_values_are_refused_with_the_column_at_fault(void **state) {
    struct customer c = {.code = "A:B", .name = "x"};
    refused(*state, &c, CUSTOMER_NAME, ERR_INVALID, "code");
    c = (struct customer){.code = "A", .name = ""};
    refused(*state, &c, CUSTOMER_NAME, ERR_INVALID, "name");
    c = (struct customer){.code = "A", .name = "x", .phones = "không có"};
    refused(*state, &c, CUSTOMER_NAME | CUSTOMER_PHONES, ERR_INVALID, "phone");
    c = (struct customer){.code = "A", .name = "x", .email = "x"};
    refused(*state, &c, CUSTOMER_NAME | CUSTOMER_EMAIL, ERR_INVALID, "email");
    c = (struct customer){.code = "A", .name = "x", .birth_date = "31/02/1990"};
    refused(*state, &c, CUSTOMER_NAME | CUSTOMER_BIRTH, ERR_INVALID, "birth_date");
    c = (struct customer){.code = "A", .name = "x", .gender = "?"};
    refused(*state, &c, CUSTOMER_NAME | CUSTOMER_GENDER, ERR_INVALID, "gender");
    c = (struct customer){.code = "A", .name = "x", .owner = "nobody"};
    refused(*state, &c, CUSTOMER_NAME | CUSTOMER_OWNER, ERR_NOT_FOUND, "owner");
    char *huge = malloc(2000);
    assert_non_null(huge);
    memset(huge, 'x', 1999);
    huge[1999] = '\0';
    c = (struct customer){.code = "A", .name = huge};
    refused(*state, &c, CUSTOMER_NAME, ERR_INVALID, "name");
    free(huge);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM customers"), 0);
}

static void test_the_owner_is_named_by_code_or_name(void **state) {
    struct staff lan = {.code = "LAN", .name = "Trần Thị Lan"};
    assert_int_equal(staff_put(*state, &lan, STAFF_NAME, NULL, NULL), ERR_OK);
    struct customer c = {.code = "A", .name = "An", .owner = "tran thi lan"};
    put(*state, &c, CUSTOMER_NAME | CUSTOMER_OWNER);
    c.owner = "LAN";
    assert_int_equal(put(*state, &c, CUSTOMER_OWNER), PUT_UNCHANGED);
}

static void test_unknown_provinces_and_segments_are_kept_as_typed(void **state) {
    struct customer c = {.code = "A", .name = "An", .province = "Vientiane", .segment = "Gold"};
    put(*state, &c, CUSTOMER_NAME | CUSTOMER_PROVINCE | CUSTOMER_SEGMENT);
    struct customer out = get(*state, "A");
    assert_string_equal(out.province, "Vientiane");
    assert_string_equal(out.segment, "Gold");
    customer_clear(&out);
}

static void test_figures_count_facts_only(void **state) {
    struct customer_figures f;
    struct customer c = {.code = "A", .name = "An"};
    put(*state, &c, CUSTOMER_NAME);
    int64_t id = testcustomer_id(*state, "A");
    testcustomer_order(*state, id, "S1", "2026-10-01", "completed", 100000, 0);
    testcustomer_order(*state, id, "S2", "2026-11-01", "confirmed", 50000, 20000);
    testcustomer_order(*state, id, "S3", "2026-11-05", "cancelled", 70000, 70000);
    testcustomer_order(*state, id, "S4", "2026-11-06", "returned", 30000, 0); /* imported so: counts for nothing */
    testcustomer_order(*state, id, NULL, "2026-11-07", "draft", 10000, 0);
    testcustomer_return(*state, id, "T1", "S1", "2026-11-08", 40000);
    assert_int_equal(customer_figures(*state, id, &f, NULL), ERR_OK);
    assert_int_equal(f.orders, 2);
    assert_int_equal(f.revenue, 110000);
    assert_int_equal(f.due, 20000);
    assert_string_equal(f.last_order, "2026-11-01");
}

static enum err_code collect(void *ctx, const struct customer *c, const struct customer_figures *f, struct err *e) {
    char *text = ctx;
    (void)e;
    size_t n = strlen(text);
    snprintf(text + n, 500 - n, "%s[%s]%d/%d ", c->code, c->phones, (int)(f->revenue / 1000), (int)(f->due / 1000));
    return ERR_OK;
}

static void lists(struct shop *shop, struct customer_filter f, const char *expected) {
    char text[500] = "";
    struct err e = ERR_INIT;
    int64_t count = 0;
    if (customer_list(shop, &f, collect, text, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(text, expected);
    if (f.limit == 0) {
        int64_t rows = 0;
        for (const char *p = text; *p != '\0'; p++) {
            rows += *p == '/';
        }
        assert_int_equal(customer_count(shop, &f, &count, NULL), ERR_OK);
        assert_int_equal(count, rows);
    }
}

static void fill(struct shop *shop) {
    struct customer all[] = {
        {.code = "A", .name = "Lê Văn Đạt", .phones = "0911111111;0922222222", .segment = "vip", .province = "Huế"},
        {.code = "B", .name = "Trần Anh", .phones = "0933333333", .segment = "retail", .province = "Hà Nội"},
        {.code = "C", .name = "Phạm Ân", .segment = "vip", .province = "Hà Nội"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        put(shop, &all[i], CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_SEGMENT | CUSTOMER_PROVINCE);
    }
    testcustomer_order(shop, testcustomer_id(shop, "A"), "S1", "2026-10-01", "completed", 100000, 0);
    testcustomer_order(shop, testcustomer_id(shop, "B"), "S2", "2026-11-01", "completed", 50000, 20000);
    testcustomer_order(shop, testcustomer_id(shop, "A"), "S3", "2026-11-02", "completed", 10000, 10000);
}

static void test_lists_are_filtered_sorted_and_paged(void **state) {
    fill(*state);
    const char *a = "A[0911111111;0922222222]110/10 ";
    char text[200];
    snprintf(text, sizeof text, "B[0933333333]50/20 C[]0/0 %s", a); /* by the last word: Anh, Ân, Đạt */
    lists(*state, (struct customer_filter){0}, text);
    snprintf(text, sizeof text, "%sC[]0/0 B[0933333333]50/20 ", a);
    lists(*state, (struct customer_filter){.descending = true}, text);
    lists(*state, (struct customer_filter){.sort = "code", .limit = 1, .offset = 1}, "B[0933333333]50/20 ");
    lists(*state, (struct customer_filter){.segment = "VIP", .province = "ha noi"}, "C[]0/0 ");
    snprintf(text, sizeof text, "B[0933333333]50/20 %sC[]0/0 ", a);
    lists(*state, (struct customer_filter){.sort = "debt", .descending = true}, text);
    snprintf(text, sizeof text, "C[]0/0 B[0933333333]50/20 %s", a);
    lists(*state, (struct customer_filter){.sort = "spent"}, text);
    snprintf(text, sizeof text, "%sB[0933333333]50/20 C[]0/0 ", a);
    lists(*state, (struct customer_filter){.sort = "last_order", .descending = true}, text);
    snprintf(text, sizeof text, "B[0933333333]50/20 %s", a);
    lists(*state, (struct customer_filter){.with_debt = true}, text);
    assert_int_equal(customer_list(*state, &(struct customer_filter){.sort = "x"}, collect, NULL, NULL), ERR_INVALID);
}

static void test_a_list_can_be_searched_and_then_sorted(void **state) {
    fill(*state);
    lists(*state, (struct customer_filter){.text = "an", .sort = "code"}, "B[0933333333]50/20 C[]0/0 ");
    lists(*state, (struct customer_filter){.text = "an", .sort = "code", .descending = true, .limit = 1}, "C[]0/0 ");
    lists(*state, (struct customer_filter){.text = "an", .with_debt = true}, "B[0933333333]50/20 ");
}

static enum err_code pairs(void *ctx, const char *a, const char *b, const char *why, struct err *e) {
    char *text = ctx;
    (void)e;
    size_t n = strlen(text);
    snprintf(text + n, 500 - n, "%s=%s:%s ", a, b, why);
    return ERR_OK;
}

static void test_duplicates_by_phone_email_and_name_with_province(void **state) {
    struct customer all[] = {
        {.code = "A", .name = "Lê An", .phones = "+44 7911 123456", .email = "An@x.vn", .province = "Huế"},
        {.code = "B", .name = "le an", .phones = "07911123456", .email = "an@X.vn", .province = "Huế"},
        {.code = "C", .name = "LÊ AN", .province = "Huế"},
        {.code = "D", .name = "Lê An", .province = "Hà Nội"},
        {.code = "E", .name = "Vô Danh"},
        {.code = "F", .name = "Vô Danh"},
    };
    char text[500] = "";
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        put(*state, &all[i], CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_EMAIL | CUSTOMER_PROVINCE);
    }
    assert_int_equal(customer_duplicates(*state, pairs, text, NULL), ERR_OK);
    assert_string_equal(text, "A=B:phone A=B:email A=B:name A=C:name ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_everything_that_was_put_is_read_back_in_one_spelling),
        T(test_the_same_content_again_is_unchanged_and_writes_no_audit),
        T(test_absent_fields_keep_their_value_and_empty_ones_clear_it),
        T(test_without_a_code_the_phone_says_who_it_is),
        T(test_with_a_code_the_phones_given_replace_those_there),
        T(test_a_phone_belongs_to_one_customer),
        T(test_masked_phones_match_nobody_and_are_not_kept),
        T(test_given_codes_step_over_those_that_are_taken),
        T(test_found_by_code_phone_and_name_without_accents),
        T(test_the_one_without_a_phone_is_found_by_name),
        T(test_bad_values_are_refused_with_the_column_at_fault),
        T(test_the_owner_is_named_by_code_or_name),
        T(test_unknown_provinces_and_segments_are_kept_as_typed),
        T(test_figures_count_facts_only),
        T(test_lists_are_filtered_sorted_and_paged),
        T(test_a_list_can_be_searched_and_then_sorted),
        T(test_duplicates_by_phone_email_and_name_with_province),
    };
    return cmocka_run_group_tests_name("customer", tests, NULL, NULL);
}
