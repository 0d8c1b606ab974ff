/* Whatever another program changes in the file shows: every column of every table, rows taken out, rows slipped in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "chotdon/sample.h"
#include "chotdon/setting.h"
#include "testdb.h"

static void noon(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-11-21 12:00:00");
}

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

/* The sample shop, and the same file in the hands of another program. */
struct fixture {
    char *path;
    struct shop_options options;
    struct shop *shop;
    sqlite3 *other;
};

static void run(struct fixture *f, const char *sql) {
    char *why = NULL;
    if (sqlite3_exec(f->other, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
}

static int make_shop(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct err e = ERR_INIT;
    f->path = testdb_path("shop.db");
    f->options = (struct shop_options){.path = f->path, .clock = noon};
    ok(shop_create(&f->options, "VND", &f->shop, &e), &e);
    ok(sample_fill(f->shop, &e), &e);
    ok(check_seal(f->shop, &e), &e);
    assert_int_equal(sqlite3_open(f->path, &f->other), SQLITE_OK);
    run(f, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON");
    *state = f;
    return 0;
}

static int remove_shop(void **state) {
    struct fixture *f = *state;
    sqlite3_close(f->other);
    shop_close(&f->shop);
    testdb_remove(f->path);
    free(f);
    return 0;
}

struct told {
    int broken;
    char table[64];
    int64_t added;
};

static void note(void *ctx, const struct db_seal *seal) {
    struct told *t = ctx;
    if (!seal->fits || seal->unread) {
        t->broken++;
        t->added = seal->added;
        snprintf(t->table, sizeof t->table, "%s", seal->table);
    }
}

static struct told look(struct fixture *f) {
    struct told t = {0};
    struct err e = ERR_INIT;
    ok(db_seals_check(shop_db(f->shop), note, &t, &e), &e);
    return t;
}

static void assert_told(struct fixture *f, const char *table, int64_t added, const char *what) {
    struct told t = look(f);
    if (t.broken != 1 || strcmp(t.table, table) != 0 || t.added != added) {
        fail_msg("%s: told of %d tables, last %s (%lld)", what, t.broken, t.table, (long long)t.added);
    }
}

static void renew(struct fixture *f) {
    struct err e = ERR_INIT;
    ok(db_seals_renew(shop_db(f->shop), DB_SEALS_ALL, &e), &e);
}

typedef void cell_fn(struct fixture *f, const char *table, const char *column);

static void for_each_column(struct fixture *f, const char *sql, cell_fn *fn) {
    sqlite3_stmt *q = NULL;
    char *names[1000][2];
    size_t count = 0;
    assert_int_equal(sqlite3_prepare_v2(f->other, sql, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
        assert_true(count < 1000);
        names[count][0] = mem_strdup((const char *)sqlite3_column_text(q, 0));
        names[count++][1] = mem_strdup((const char *)sqlite3_column_text(q, 1));
    }
    sqlite3_finalize(q);
    assert_true(count > 20);
    for (size_t i = 0; i < count; i++) {
        fn(f, names[i][0], names[i][1]);
        free(names[i][0]);
        free(names[i][1]);
    }
}

/* Few rows are enough, and quickly read. */
static void shrink(struct fixture *f, const char *table, const char *column) {
    (void)column;
    char *sql = mem_printf("CREATE TEMP TABLE few AS SELECT * FROM main.\"%s\" LIMIT 2; DELETE FROM main.\"%s\";"
                           "INSERT INTO main.\"%s\" SELECT * FROM few; DROP TABLE few",
                           table, table, table);
    run(f, sql);
    free(sql);
}

/* They keep locked months; whoever writes past the program can drop them. */
static void drop_trigger(struct fixture *f, const char *name, const char *column) {
    (void)column;
    char *sql = mem_printf("DROP TRIGGER \"%s\"", name);
    run(f, sql);
    free(sql);
}

/* A number grows, a text gets a letter more, what is empty is filled. */
static void change_one(struct fixture *f, const char *table, const char *column) {
    char *sql = mem_printf(
        "BEGIN; UPDATE \"%s\" SET \"%s\" = CASE typeof(\"%s\") WHEN 'text' THEN \"%s\" || 'x' WHEN 'null' THEN 1 ELSE "
        "\"%s\""
        " + 1000003 END WHERE (SELECT count(*) FROM \"%s\") > 0 AND \"%s\" IS (SELECT max(\"%s\") FROM \"%s\")",
        table, column, column, column, column, table, column, column, table);
    char *why = NULL;
    int rc = sqlite3_exec(f->other, sql, NULL, NULL, &why);
    if (rc == SQLITE_CONSTRAINT) { /* STRICT, or UNIQUE: SQLite itself says no */
        sqlite3_free(why);
    } else if (rc != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
    bool changed = sqlite3_changes(f->other) > 0 && rc == SQLITE_OK;
    run(f, changed ? "COMMIT" : "ROLLBACK");
    free(sql);
    if (changed) {
        struct told t = look(f);
        if (t.broken == 0) {
            fail_msg("a change of %s.%s is not seen", table, column);
        }
        renew(f);
    }
}

static void a_change_of_any_column_shows(void **state) {
    struct fixture *f = *state;
    assert_int_equal(look(f).broken, 0);
    for_each_column(f, "SELECT name, '' FROM sqlite_schema WHERE type = 'trigger'", drop_trigger);
    for_each_column(
        f, "SELECT name, '' FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'seals'",
        shrink);
    renew(f);
    for_each_column(
        f,
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND "
        "t.name NOT LIKE 'sqlite%' AND t.name <> 'seals' ORDER BY 1, c.cid",
        change_one);
}

static void rows_taken_out_and_slipped_in_show(void **state) {
    struct fixture *f = *state;
    run(f, "CREATE TEMP TABLE kept AS SELECT * FROM payments WHERE id = 7; DELETE FROM payments WHERE id = 7");
    assert_told(f, "payments", -1, "a payment taken out");
    run(f, "INSERT INTO payments SELECT * FROM kept");
    assert_int_equal(look(f).broken, 0); /* as it was */
    run(f, "INSERT INTO channels (id, name, folded) VALUES (999, 'Lạ', 'la')");
    assert_told(f, "channels", 1, "a channel slipped in");
    run(f, "DELETE FROM channels WHERE id = 999; DROP TABLE kept");
}

static void rows_that_change_places_show(void **state) {
    struct fixture *f = *state;
    static const char swap[] = "UPDATE stock SET product_id = -1 WHERE product_id = 1;"
                               "UPDATE stock SET product_id = 1 WHERE product_id = 2;"
                               "UPDATE stock SET product_id = 2 WHERE product_id = -1";
    run(f, swap);
    assert_told(f, "stock", 0, "levels of two products changed places");
    run(f, swap);
    assert_int_equal(look(f).broken, 0);
}

static void a_seal_that_is_gone_shows(void **state) {
    struct fixture *f = *state;
    run(f, "DELETE FROM seals WHERE name = 'orders'");
    struct told t = look(f);
    assert_int_equal(t.broken, 1);
    assert_string_equal(t.table, "orders");
    renew(f);
}

static enum err_code write_and_fail(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    assert_int_equal(setting_set(shop, "shop_phone", "1", e), ERR_OK);
    return err_set(e, ERR_REFUSED, "no");
}

static enum err_code write_around_a_failure(struct shop *shop, void *ctx, struct err *e) {
    assert_int_equal(setting_set(shop, "shop_address", "một", e), ERR_OK);
    assert_int_equal(shop_transact(shop, write_and_fail, ctx, e), ERR_REFUSED);
    /* a statement that fails in the middle: the second row is there already */
    assert_int_equal(db_run(shop_db(shop),
                            "INSERT INTO settings (key, value) VALUES ('zzz', '1'), ('shop_address', '2')", DB_NO_BIND,
                            NULL),
                     ERR_CONFLICT);
    err_clear(e);
    return setting_set(shop, "shop_name", "hai", e);
}

static void what_the_program_itself_takes_back_is_not_told(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(shop_transact(f->shop, write_around_a_failure, NULL, &e), &e);
    assert_int_equal(shop_transact(f->shop, write_and_fail, NULL, &e), ERR_REFUSED);
    struct told t = look(f);
    if (t.broken != 0) {
        fail_msg("%s", t.table);
    }
}

static void accepting_seals_the_file_as_it_is(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    int64_t found = 0;
    run(f, "UPDATE products SET price = price + 500 WHERE id = 1");
    ok(check_books(f->shop, NULL, NULL, &found, &e), &e);
    assert_int_equal(found, 1);
    ok(check_accept(f->shop, &e), &e);
    ok(check_books(f->shop, NULL, NULL, &found, &e), &e);
    assert_int_equal(found, 0);
    assert_int_equal(testdb_int(shop_db(f->shop), "SELECT COUNT(*) FROM audit WHERE action = 'check.accept'"), 1);
}

static void print_finding(void *ctx, const char *finding) {
    (void)ctx;
    print_message("%s\n", finding);
}

/* What is kept is wrong, its parts are right. */
static void rebuilding_mends_what_is_kept(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    int64_t found = 0;
    testdb_script(shop_db(f->shop),
                  "UPDATE orders SET paid = paid + 5, due = due - 5 WHERE id = 10;"
                  "UPDATE orders SET subtotal = subtotal + 7 WHERE id = 11;"
                  "UPDATE stock SET on_hand = on_hand + 1000, value = value + 3 WHERE product_id < 5;"
                  "UPDATE sales_figures SET revenue = revenue + 1;"
                  "UPDATE customer_figures SET due = due + 1 WHERE customer_id < 4;"
                  "UPDATE customer_figures SET last_order = '' WHERE customer_id = 5;"
                  "UPDATE customer_figures SET listed = 0 WHERE customer_id = 6;"
                  "DELETE FROM customer_figures WHERE customer_id = 7;"
                  "UPDATE customer_firsts SET day = '2020-01-01' WHERE customer_id < 9;"
                  "UPDATE deal_totals SET value = value + 1; UPDATE deal_months SET deals = deals + 1;"
                  "UPDATE deal_odds SET won = won + 1; UPDATE deals SET rots_on = '2031-01-01' WHERE id < 9");
    ok(check_books(f->shop, NULL, NULL, &found, &e), &e);
    assert_true(found > 10);
    int64_t moves = testdb_int(shop_db(f->shop), "SELECT COUNT(*) + SUM(qty) FROM stock_moves");
    ok(check_rebuild(f->shop, &e), &e);
    ok(check_books(f->shop, print_finding, NULL, &found, &e), &e);
    assert_int_equal(found, 0);
    assert_int_equal(testdb_int(shop_db(f->shop), "SELECT COUNT(*) + SUM(qty) FROM stock_moves"), moves);
}

/* One shop for all; each test leaves it whole, but for the last. */
#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rows_taken_out_and_slipped_in_show), TEST(rows_that_change_places_show),
        TEST(a_seal_that_is_gone_shows),          TEST(what_the_program_itself_takes_back_is_not_told),
        TEST(accepting_seals_the_file_as_it_is),  TEST(rebuilding_mends_what_is_kept),
        TEST(a_change_of_any_column_shows),
    };
    return cmocka_run_group_tests(tests, make_shop, remove_shop);
}
