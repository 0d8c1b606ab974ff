/* Search: what is found, and what comes first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "testdb.h"

static int setup(void **state) {
    *state = testdb_open();
    return 0;
}

static int teardown(void **state) {
    struct db *db = *state;
    db_close(&db);
    return 0;
}

struct put {
    enum search_kind kind;
    int64_t id;
    const char *text;
    const char *numbers[4];
    bool fail;
};

#define PUT(k, i, t, ...) ((struct put){.kind = (k), .id = (i), .text = (t), .numbers = {__VA_ARGS__}})

static enum err_code put_one(struct db *db, void *ctx, struct err *e) {
    const struct put *p = ctx;
    struct search_entry entry = {p->text, p->numbers};
    enum err_code rc =
        p->text == NULL ? db_search_remove(db, p->kind, p->id, e) : db_search_put(db, p->kind, p->id, &entry, e);
    return rc == ERR_OK && p->fail ? err_set(e, ERR_REFUSED, "no") : rc;
}

static void put(struct db *db, struct put p) {
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, put_one, &p, &e), p.fail ? ERR_REFUSED : ERR_OK);
}

static const char *find(struct db *db, enum search_kind kind, const char *query, int limit) {
    static char text[256];
    int64_t ids[64];
    int count = -1;
    struct err e = ERR_INIT;
    assert_int_equal(db_search(db, kind, query, ids, limit, &count, &e), ERR_OK);
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "%s%d", i > 0 ? " " : "", (int)ids[i]);
    }
    return text;
}

static const char *customer(struct db *db, const char *query) {
    return find(db, SEARCH_CUSTOMER, query, 10);
}

static void put_people(struct db *db) {
    put(db, PUT(SEARCH_CUSTOMER, 1, "nguyen van dat", "0912345678", "kh001"));
    put(db, PUT(SEARCH_CUSTOMER, 2, "dat van", "0987654321", "kh002"));
    put(db, PUT(SEARCH_CUSTOMER, 3, "tran thi datia", "0911000678", "kh003"));
    put(db, PUT(SEARCH_CUSTOMER, 4, "le thi hoa", "0900000000"));
    put(db, PUT(SEARCH_PRODUCT, 4, "nguyen lieu", "8930000000017"));
}

static void test_word_starts_are_found_and_whole_names_come_first(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(customer(db, "dat"), "2 1 3");
    assert_string_equal(customer(db, "n"), "1");
    assert_string_equal(customer(db, "nguyen van d"), "1");
    assert_string_equal(customer(db, "van d"), "1 2");
    assert_string_equal(customer(db, "thi"), "3 4");
    assert_string_equal(customer(db, "zzz"), "");
    assert_string_equal(customer(db, ""), "");
    assert_string_equal(customer(db, "  ,. "), "");
}

static void test_every_word_must_match_in_any_order(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(customer(db, "dat nguyen"), "1");
    assert_string_equal(customer(db, "nguyen dat"), "1");
    assert_string_equal(customer(db, "van dat"), "1 2");
    assert_string_equal(customer(db, "dat hoa"), "");
    assert_string_equal(customer(db, "dat 678"), "3 1");
    assert_string_equal(customer(db, "678 tran"), "3");
    assert_string_equal(customer(db, "kh002 dat"), "2");
}

static enum err_code put_thousands(struct db *db, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    (void)ctx;
    for (int id = 1; id <= 10000 && rc == ERR_OK; id++) {
        char text[64];
        snprintf(text, sizeof text, "an%d van %s", id, id % 2 == 0 ? "dat" : "binh");
        struct search_entry entry = {text, NULL};
        rc = db_search_put(db, SEARCH_CUSTOMER, id, &entry, e);
    }
    struct search_entry last = {"zung thi my dat", NULL};
    return rc == ERR_OK ? db_search_put(db, SEARCH_CUSTOMER, 20000, &last, e) : rc;
}

static void test_first_and_last_word_find_one_among_thousands(void **state) {
    struct db *db = *state;
    assert_int_equal(db_transact(db, put_thousands, NULL, NULL), ERR_OK);
    assert_string_equal(customer(db, "zung dat"), "20000");
    assert_string_equal(customer(db, "an7778 dat"), "7778");
}

static void test_initials(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(customer(db, "nvd"), "1");
    assert_string_equal(customer(db, "nv"), "1");
    assert_string_equal(customer(db, "dv"), "2");
    assert_string_equal(customer(db, "lth"), "4");
}

static void test_parts_from_three_characters(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(customer(db, "guy"), "1");
    assert_string_equal(customer(db, "tia"), "3");
    assert_string_equal(customer(db, "gu"), "");
    assert_string_equal(customer(db, "ran datia"), "3");
    put(db, PUT(SEARCH_PRODUCT, 7, "coca-cola (lon) 330ml", NULL));
    put(db, PUT(SEARCH_PRODUCT, 8, "sua vinamilk", NULL));
    assert_string_equal(find(db, SEARCH_PRODUCT, "cola", 10), "7");
    assert_string_equal(find(db, SEARCH_PRODUCT, "lon 33", 10), "7");
    assert_string_equal(find(db, SEARCH_PRODUCT, "oca 330ml", 10), "7");
    assert_string_equal(find(db, SEARCH_PRODUCT, "milk sua", 10), "8");
    put(db, PUT(SEARCH_PRODUCT, 9, "milk tea", NULL));
    assert_string_equal(find(db, SEARCH_PRODUCT, "milk", 10), "9 8");
    assert_string_equal(find(db, SEARCH_PRODUCT, "milk sua", 10), "8");
}

static void test_numbers_by_beginning_and_last_digits(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(customer(db, "0912345678"), "1");
    assert_string_equal(customer(db, "091"), "3 1");
    assert_string_equal(customer(db, "678"), "3 1");
    assert_string_equal(customer(db, "0912 345 678"), "1");
    assert_string_equal(customer(db, "kh00"), "1 2 3");
    assert_string_equal(customer(db, "kh-001"), "1");
    assert_string_equal(find(db, SEARCH_PRODUCT, "0017", 10), "4");
    assert_string_equal(find(db, SEARCH_PRODUCT, "8930000000017", 10), "4");
}

static void test_the_exact_number_comes_first(void **state) {
    struct db *db = *state;
    put(db, PUT(SEARCH_PRODUCT, 1, "ban 12", "999"));
    put(db, PUT(SEARCH_PRODUCT, 2, "ban 121", "120"));
    put(db, PUT(SEARCH_PRODUCT, 3, "ghe", "12"));
    assert_string_equal(find(db, SEARCH_PRODUCT, "12", 10), "3 2 1");
}

static void test_putting_again_replaces_and_removing_removes(void **state) {
    struct db *db = *state;
    put_people(db);
    int64_t terms = testdb_int(db, "SELECT count(*) FROM search_term");
    put(db, PUT(SEARCH_CUSTOMER, 1, "nguyen van dat", "0912345678", "kh001"));
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM search_term"), terms);
    put(db, PUT(SEARCH_CUSTOMER, 1, "pham minh", "0977"));
    assert_string_equal(customer(db, "nguyen"), "");
    assert_string_equal(customer(db, "0912345678"), "");
    assert_string_equal(customer(db, "nvd"), "");
    assert_string_equal(customer(db, "minh"), "1");
    assert_string_equal(customer(db, "77"), "1");
    put(db, PUT(SEARCH_CUSTOMER, 1, NULL, NULL));
    put(db, PUT(SEARCH_CUSTOMER, 99, NULL, NULL));
    assert_string_equal(customer(db, "minh"), "");
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM search_entry WHERE kind = 1"), 3);
}

static void test_kinds_are_apart(void **state) {
    struct db *db = *state;
    put_people(db);
    assert_string_equal(find(db, SEARCH_PRODUCT, "nguyen", 10), "4");
    assert_string_equal(find(db, SEARCH_STAFF, "nguyen", 10), "");
}

/* --- inside transactions */
static enum err_code change_twice_and_look(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    struct put first = PUT(SEARCH_CUSTOMER, 5, "ho xuan huong", "1111");
    struct put second = PUT(SEARCH_CUSTOMER, 5, "ba huyen thanh quan", "2222");
    struct put bad = {.kind = SEARCH_CUSTOMER, .id = 6, .text = "khong duoc giu", .fail = true};
    struct put bad_change = {.kind = SEARCH_CUSTOMER, .id = 5, .text = "khong duoc doi", .fail = true};
    assert_int_equal(put_one(db, &first, e), ERR_OK);
    assert_string_equal(customer(db, "xuan"), "5");
    assert_int_equal(db_transact(db, put_one, &second, e), ERR_OK);
    assert_string_equal(customer(db, "xuan"), "");
    assert_string_equal(customer(db, "huyen"), "5");
    assert_int_equal(db_transact(db, put_one, &bad, e), ERR_REFUSED);
    assert_int_equal(db_transact(db, put_one, &bad_change, e), ERR_REFUSED);
    assert_string_equal(customer(db, "khong"), "");
    assert_string_equal(customer(db, "huyen"), "5");
    return ERR_OK;
}

static void test_a_transaction_sees_and_undoes_its_own_puts(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, change_twice_and_look, NULL, &e), ERR_OK);
    assert_string_equal(customer(db, "khong"), "");
    assert_string_equal(customer(db, "xuan"), "");
    assert_string_equal(customer(db, "1111"), "");
    assert_string_equal(customer(db, "huyen"), "5");
    assert_string_equal(customer(db, "uye"), "5");
    put(db, (struct put){.kind = SEARCH_CUSTOMER, .id = 7, .text = "bi huy", .fail = true});
    assert_string_equal(customer(db, "huy"), "5");
}

static void test_the_limit_is_kept_and_nobody_comes_twice(void **state) {
    struct db *db = *state;
    for (int i = 1; i <= 40; i++) {
        put(db, PUT(SEARCH_CUSTOMER, i, "an an binh an", "0909", "0909"));
    }
    assert_string_equal(find(db, SEARCH_CUSTOMER, "an", 3), "1 2 3");
    assert_string_equal(find(db, SEARCH_CUSTOMER, "0909", 2), "1 2");
    assert_string_equal(find(db, SEARCH_CUSTOMER, "an", 0), "");
    int64_t ids[64];
    int count = 0;
    assert_int_equal(db_search(db, SEARCH_CUSTOMER, "an", ids, 64, &count, NULL), ERR_OK);
    assert_int_equal(count, 40);
}

static void test_hostile_texts_do_no_harm(void **state) {
    struct db *db = *state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 3000; i++) {
        buf_add(&b, i % 7 == 0 ? " " : "\xe8\xb6\x8a"); /* one character of three bytes */
    }
    put(db, PUT(SEARCH_PRODUCT, 1, buf_str(&b), buf_str(&b), "", "%_'\""));
    put(db, PUT(SEARCH_PRODUCT, 2, "%' or 1=1 --", "'"));
    put(db, PUT(SEARCH_PRODUCT, 3, "", NULL));
    assert_string_equal(find(db, SEARCH_PRODUCT, buf_str(&b), 10), "1");
    assert_string_equal(find(db, SEARCH_PRODUCT, "\xe8\xb6\x8a", 10), "1");
    assert_string_equal(find(db, SEARCH_PRODUCT, "%", 10), "");
    assert_string_equal(find(db, SEARCH_PRODUCT, "or", 10), "2");
    put(db, PUT(SEARCH_PRODUCT, 1, NULL, NULL));
    assert_string_equal(find(db, SEARCH_PRODUCT, "\xe8\xb6\x8a", 10), "");
    buf_clear(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_word_starts_are_found_and_whole_names_come_first),
        T(test_every_word_must_match_in_any_order),
        T(test_first_and_last_word_find_one_among_thousands),
        T(test_initials),
        T(test_parts_from_three_characters),
        T(test_numbers_by_beginning_and_last_digits),
        T(test_the_exact_number_comes_first),
        T(test_putting_again_replaces_and_removing_removes),
        T(test_kinds_are_apart),
        T(test_a_transaction_sees_and_undoes_its_own_puts),
        T(test_the_limit_is_kept_and_nobody_comes_twice),
        T(test_hostile_texts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
