/* The seam: values, the statement cache, errors, transactions and hooks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "testdb.h"

static const char tables[] =
    "CREATE TABLE person(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT, "
    "age INTEGER CHECK(age >= 0)) STRICT;"
    "CREATE TABLE pet(id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person) STRICT;"
    "CREATE TABLE n(v INTEGER NOT NULL) STRICT;";

static int setup(void **state) {
    struct db *db = testdb_open();
    testdb_script(db, tables);
    *state = db;
    return 0;
}

static int teardown(void **state) {
    struct db *db = *state;
    db_close(&db);
    assert_null(db);
    return 0;
}

struct statement {
    const char *sql;
    const struct db_value *values;
};

static enum err_code run_one(struct db *db, void *ctx, struct err *e) {
    const struct statement *s = ctx;
    return db_run(db, s->sql, s->values, e);
}

static enum err_code write_one(struct db *db, const char *sql, const struct db_value *values, struct err *e) {
    struct statement s = {sql, values};
    return db_transact(db, run_one, &s, e);
}

static void add(struct db *db, int64_t value) {
    struct err e = ERR_INIT;
    assert_int_equal(write_one(db, "INSERT INTO n(v) VALUES($1)", DB_BIND(DB_INT(value)), &e), ERR_OK);
}

static void test_values_come_back_as_they_went_in(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct db_stmt *s = NULL;
    assert_int_equal(write_one(db, "INSERT INTO person(code, name, age) VALUES($1, $2, $3)",
                               DB_BIND(DB_TEXT("AN"), DB_TEXT("Nguyễn Văn Ấn"), DB_INT(INT64_MAX)), &e),
                     ERR_OK);
    assert_int_equal(write_one(db, "INSERT INTO person(code, name, age) VALUES($1, $2, $3)",
                               DB_BIND(DB_TEXT("B"), DB_TEXT(NULL), DB_OPT(false, 5)), &e),
                     ERR_OK);
    assert_int_equal(db_query(db, "SELECT name, age FROM person ORDER BY id", DB_NO_BIND, &s, &e), ERR_OK);
    assert_int_equal(db_next(s, &e), DB_ROW);
    assert_string_equal(db_col_text(s, 0), "Nguyễn Văn Ấn");
    assert_true(db_col_int(s, 1) == INT64_MAX);
    assert_false(db_col_null(s, 1));
    assert_int_equal(db_next(s, &e), DB_ROW);
    assert_true(db_col_null(s, 0));
    assert_string_equal(db_col_text(s, 0), "");
    assert_int_equal(db_col_int(s, 1), 0);
    char *copy = db_col_dup(s, 0);
    assert_string_equal(copy, "");
    free(copy);
    assert_int_equal(db_next(s, &e), DB_END);
    db_done(&s);
    assert_null(s);
    db_done(&s);
}

static void test_parameters_are_bound_by_number_and_may_repeat(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    char *text = NULL;
    assert_int_equal(db_get_text(db, "SELECT $2 || '-' || $1 || '-' || $2 || '-' || $3",
                                 DB_BIND(DB_TEXT("one"), DB_TEXT("two"), DB_INT(3)), &text, &e),
                     ERR_OK);
    assert_string_equal(text, "two-one-two-3");
    free(text);
    int64_t sum = 0;
    assert_int_equal(db_get_int(db, "SELECT $10 + $9 + $8 + $7 + $6 + $5 + $4 + $3 + $2 * 1000 + $1 * 100",
                                DB_BIND(DB_INT(1), DB_INT(2), DB_INT(3), DB_INT(4), DB_INT(5), DB_INT(6), DB_INT(7),
                                        DB_INT(8), DB_INT(9), DB_INT(10)),
                                &sum, &e),
                     ERR_OK);
    assert_int_equal(sum, 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 2000 + 100);
}

static void test_a_wrong_number_of_values_is_an_error(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    int64_t out = 0;
    assert_int_equal(db_get_int(db, "SELECT $1 + $2", DB_BIND(DB_INT(1)), &out, &e), ERR_DB);
    assert_int_equal(db_get_int(db, "SELECT $1 + $2", DB_BIND(DB_INT(1), DB_INT(2), DB_INT(3)), &out, &e), ERR_DB);
    assert_int_equal(db_get_int(db, "SELECT $1 + $2", DB_NO_BIND, &out, &e), ERR_DB);
}

static void test_query_keeps_copies_of_its_texts(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct db_stmt *s = NULL;
    char text[] = "ngon";
    assert_int_equal(db_query(db, "SELECT $1 UNION ALL SELECT $1 || '!'", DB_BIND(DB_TEXT(text)), &s, &e), ERR_OK);
    memset(text, 'x', 4);
    assert_int_equal(db_next(s, &e), DB_ROW);
    assert_string_equal(db_col_text(s, 0), "ngon");
    assert_int_equal(db_next(s, &e), DB_ROW);
    assert_string_equal(db_col_text(s, 0), "ngon!");
    db_done(&s);
}

static void test_the_same_text_may_run_inside_itself(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    static const char sql[] = "SELECT v FROM n ORDER BY v";
    struct db_stmt *outer = NULL;
    struct db_stmt *inner = NULL;
    add(db, 1);
    add(db, 2);
    assert_int_equal(db_query(db, sql, DB_NO_BIND, &outer, &e), ERR_OK);
    assert_int_equal(db_next(outer, &e), DB_ROW);
    assert_int_equal(db_query(db, sql, DB_NO_BIND, &inner, &e), ERR_OK);
    assert_ptr_not_equal(outer, inner);
    assert_int_equal(db_next(inner, &e), DB_ROW);
    assert_int_equal(db_next(inner, &e), DB_ROW);
    assert_int_equal(db_next(outer, &e), DB_ROW);
    assert_int_equal(db_col_int(outer, 0), 2);
    db_done(&inner);
    db_done(&outer);
}

static void test_texts_may_be_built_and_there_may_be_many(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct db_stmt *open = NULL;
    assert_int_equal(db_query(db, "SELECT 1 UNION ALL SELECT 2", DB_NO_BIND, &open, &e), ERR_OK);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 700; i++) {
            char sql[64]; /* the same address each time, another text */
            snprintf(sql, sizeof sql, "SELECT %d", i);
            int64_t value = -1;
            assert_int_equal(db_get_int(db, sql, DB_NO_BIND, &value, &e), ERR_OK);
            assert_int_equal(value, i);
        }
    }
    assert_int_equal(db_next(open, &e), DB_ROW);
    db_done(&open);
}

static enum err_code add_many(struct db *db, void *ctx, struct err *e) {
    const int *fail_after = ctx;
    for (int i = 0; i < 100; i++) {
        enum err_code rc = db_add_many(db, "INSERT INTO n (v) VALUES ($1)", DB_BIND(DB_INT(i)), e);
        assert_int_equal(rc, ERR_OK);
        if (*fail_after == i) {
            return err_set(e, ERR_REFUSED, "enough");
        }
    }
    enum err_code rc = db_add_end(db, e);
    int64_t count = 0;
    assert_int_equal(db_get_int(db, "SELECT COUNT(*) FROM n", DB_NO_BIND, &count, e), ERR_OK);
    assert_int_equal(count, 100);
    return rc;
}

static void test_many_rows_come_together_or_not_at_all(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    int64_t sum = 0;
    assert_int_equal(db_transact(db, add_many, &(int){40}, &e), ERR_REFUSED);
    assert_int_equal(db_get_int(db, "SELECT COUNT(*) FROM n", DB_NO_BIND, &sum, &e), ERR_OK);
    assert_int_equal(sum, 0);
    assert_int_equal(db_transact(db, add_many, &(int){-1}, &e), ERR_OK);
    assert_int_equal(db_get_int(db, "SELECT SUM(v) FROM n", DB_NO_BIND, &sum, &e), ERR_OK);
    assert_int_equal(sum, 4950);
}

static void test_one_value_helpers_say_what_is_missing(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    int64_t value = 7;
    char *text = NULL;
    bool there = true;
    assert_int_equal(db_get_int(db, "SELECT v FROM n", DB_NO_BIND, &value, &e), ERR_NOT_FOUND);
    assert_int_equal(value, 7);
    assert_int_equal(db_get_text(db, "SELECT name FROM person", DB_NO_BIND, &text, NULL), ERR_NOT_FOUND);
    assert_null(text);
    assert_int_equal(db_exists(db, "SELECT 1 FROM n", DB_NO_BIND, &there, &e), ERR_OK);
    assert_false(there);
    add(db, 1);
    assert_int_equal(db_exists(db, "SELECT 1 FROM n", DB_NO_BIND, &there, &e), ERR_OK);
    assert_true(there);
    assert_int_equal(db_exists(db, "SELECT 1 FROM nowhere", DB_NO_BIND, &there, &e), ERR_DB);
}

static void test_constraints_are_told_apart(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    static const char sql[] = "INSERT INTO person(code, age) VALUES($1, $2)";
    assert_int_equal(write_one(db, sql, DB_BIND(DB_TEXT("A"), DB_INT(1)), &e), ERR_OK);
    assert_int_equal(db_last_id(db), 1);
    assert_int_equal(db_changes(db), 1);
    assert_int_equal(write_one(db, sql, DB_BIND(DB_TEXT("A"), DB_INT(1)), &e), ERR_CONFLICT);
    assert_string_equal(e.field, "code");
    assert_int_equal(write_one(db, sql, DB_BIND(DB_TEXT("B"), DB_INT(-1)), &e), ERR_INVALID);
    assert_int_equal(write_one(db, sql, DB_BIND(DB_NULL, DB_INT(1)), &e), ERR_INVALID);
    assert_string_equal(e.field, "code");
    assert_int_equal(write_one(db, sql, DB_BIND(DB_TEXT("B"), DB_TEXT("old")), &e), ERR_INVALID);
    assert_int_equal(write_one(db, "INSERT INTO pet(person) VALUES($1)", DB_BIND(DB_INT(9)), &e), ERR_CONFLICT);
    assert_int_equal(write_one(db, "INSERT INTO pet(person) VALUES($1)", DB_BIND(DB_INT(1)), &e), ERR_OK);
    assert_int_equal(write_one(db, "DELETE FROM person", DB_NO_BIND, &e), ERR_CONFLICT);
    testdb_script(db, "CREATE TRIGGER locked BEFORE DELETE ON n BEGIN SELECT RAISE(ABORT, 'the month is locked'); END");
    add(db, 1);
    assert_int_equal(write_one(db, "DELETE FROM n", DB_NO_BIND, &e), ERR_REFUSED);
    assert_string_equal(e.message, "the month is locked");
    assert_int_equal(write_one(db, "SELEC 1", DB_NO_BIND, &e), ERR_DB);
}

static void test_writes_outside_a_transaction_are_refused(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_run(db, "INSERT INTO n(v) VALUES(1)", DB_NO_BIND, &e), ERR_DB);
    assert_int_equal(db_exec_script(db, "INSERT INTO n(v) VALUES(1)", &e), ERR_DB);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 0);
}

/* --- nesting: fails_at says which level fails, after its own write. */
struct nest {
    int levels;
    int fails_at;
    int level;
    bool swallow; /* the caller of the failing level goes on */
};

static enum err_code nested(struct db *db, void *ctx, struct err *e) {
    struct nest *n = ctx;
    int level = n->level;
    enum err_code rc = db_run(db, "INSERT INTO n(v) VALUES($1)", DB_BIND(DB_INT(level)), e);
    if (rc == ERR_OK && level < n->levels) {
        n->level = level + 1;
        rc = db_transact(db, nested, n, e);
        n->level = level;
        if (rc != ERR_OK && n->swallow) {
            rc = ERR_OK;
        }
    }
    if (rc == ERR_OK && level == n->fails_at) {
        rc = err_set(e, ERR_REFUSED, "level %d", level);
    }
    return rc;
}

static void test_an_inner_failure_is_undone_alone(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct nest n = {.levels = 3, .fails_at = 2, .level = 1, .swallow = true};
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 1);
    assert_int_equal(testdb_int(db, "SELECT v FROM n"), 1);
    n = (struct nest){.levels = 3, .fails_at = 3, .level = 1, .swallow = true};
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 3);
}

static void test_the_first_error_comes_out(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct nest n = {.levels = 4, .fails_at = 4, .level = 1};
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_REFUSED);
    assert_string_equal(e.message, "level 4");
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 0);
    assert_false(db_in_transaction(db));
}

static enum err_code inner_after_inner(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    struct nest bad = {.levels = 5, .fails_at = 5, .level = 5};
    struct nest good = {.levels = 6, .fails_at = 0, .level = 6};
    assert_true(db_in_transaction(db));
    assert_int_equal(db_transact(db, nested, &bad, e), ERR_REFUSED);
    assert_int_equal(db_transact(db, nested, &good, e), ERR_OK);
    assert_int_equal(db_transact(db, nested, &bad, e), ERR_REFUSED);
    return db_run(db, "INSERT INTO n(v) VALUES(7)", DB_NO_BIND, e);
}

static void test_savepoints_that_come_late_undo_only_their_own(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, inner_after_inner, NULL, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 2);
    assert_int_equal(testdb_int(db, "SELECT sum(v) FROM n"), 13);
}

/* --- hooks */
struct trace {
    char text[256];
    enum err_code commit_says;
};

static void note(struct trace *t, const char *what) {
    size_t n = strlen(t->text);
    snprintf(t->text + n, sizeof t->text - n, "%s ", what);
}

static enum err_code hook_commit(struct db *db, void *ctx, struct err *e) {
    struct trace *t = ctx;
    note(t, "commit");
    enum err_code rc = db_run(db, "INSERT INTO n(v) VALUES(100)", DB_NO_BIND, e);
    return rc == ERR_OK && t->commit_says != ERR_OK ? err_set(e, t->commit_says, "hook") : rc;
}

static void hook_end(void *ctx, bool committed) {
    note(ctx, committed ? "saved" : "undone");
}

static void hook_inner(void *ctx) {
    note(ctx, "inner");
}

static void test_hooks_run_in_order(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct trace t = {.text = ""};
    db_set_hooks(db, &(struct db_hooks){hook_commit, hook_end, hook_inner, &t});
    struct nest n = {.levels = 2, .fails_at = 2, .level = 1, .swallow = true};
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_OK);
    assert_string_equal(t.text, "inner commit saved ");
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n WHERE v = 100"), 1);
    t.text[0] = '\0';
    n = (struct nest){.levels = 1, .fails_at = 1, .level = 1};
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_REFUSED);
    assert_string_equal(t.text, "undone ");
    t.text[0] = '\0';
    t.commit_says = ERR_CONFLICT;
    n.fails_at = 0;
    assert_int_equal(db_transact(db, nested, &n, &e), ERR_CONFLICT);
    assert_string_equal(e.message, "hook");
    assert_string_equal(t.text, "commit undone ");
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n WHERE v = 100"), 1);
}

/* --- running again */
static enum err_code busy_twice(struct db *db, void *ctx, struct err *e) {
    int *runs = ctx;
    enum err_code rc = db_run(db, "INSERT INTO n(v) VALUES(1)", DB_NO_BIND, e);
    return rc == ERR_OK && ++*runs < 3 ? err_set(e, ERR_BUSY, "conflict") : rc;
}

static void test_a_conflict_runs_it_again(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct trace t = {.text = ""};
    int runs = 0;
    db_set_hooks(db, &(struct db_hooks){NULL, hook_end, NULL, &t});
    assert_int_equal(db_transact(db, busy_twice, &runs, &e), ERR_OK);
    assert_int_equal(runs, 3);
    assert_string_equal(t.text, "undone undone saved ");
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 1);
}

/* --- reading */
static enum err_code write_in_read(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db_transact(db, run_one, &(struct statement){"INSERT INTO n(v) VALUES(1)", NULL}, e);
}

static enum err_code sneaky_write_in_read(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(db, "INSERT INTO n(v) VALUES(1)", NULL, e);
}

static void test_a_read_may_not_write(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_read(db, write_in_read, NULL, &e), ERR_DB);
    assert_int_equal(db_read(db, sneaky_write_in_read, NULL, &e), ERR_DB);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 0);
}

static void test_no_write_begins_while_a_query_is_open(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    struct db_stmt *s = NULL;
    add(db, 1);
    assert_int_equal(db_query(db, "SELECT v FROM n", DB_NO_BIND, &s, &e), ERR_OK);
    assert_int_equal(db_next(s, &e), DB_ROW);
    assert_int_equal(write_one(db, "INSERT INTO n(v) VALUES(2)", DB_NO_BIND, &e), ERR_DB);
    db_done(&s);
    add(db, 2);
}

/* --- stopping */
static const char endless[] = "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c";

static bool never(void *ctx) {
    ++*(int *)ctx;
    return false;
}

static void test_progress_can_stop_a_statement(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    int64_t value = 0;
    int ticks = 0;
    db_set_progress(db, never, &ticks);
    assert_int_equal(db_get_int(db, endless, DB_NO_BIND, &value, &e), ERR_REFUSED);
    assert_int_equal(ticks, 1);
    db_set_progress(db, NULL, NULL);
    assert_int_equal(testdb_int(db, "SELECT 5"), 5);
}

static enum err_code interrupted(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = db_run(db, "INSERT INTO n(v) VALUES(1)", DB_NO_BIND, e);
    db_interrupt(db); /* between two statements */
    return rc == ERR_OK ? db_run(db, "INSERT INTO n(v) VALUES(2)", DB_NO_BIND, e) : rc;
}

static void test_an_interrupt_ends_the_transaction_and_no_later_one(void **state) {
    struct db *db = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, interrupted, NULL, &e), ERR_REFUSED);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 0);
    add(db, 1);
    db_interrupt(db);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM n"), 1);
}

static void test_a_file_keeps_what_was_saved(void **state) {
    (void)state;
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    testdb_script(db, tables);
    add(db, 42);
    db_close(&db);
    db = testdb_reopen(path);
    assert_int_equal(testdb_int(db, "SELECT v FROM n"), 42);
    assert_int_equal(db_schema_version(db), db_schema_newest());
    assert_string_equal(db_path(db), path);
    struct db *other = testdb_reopen(path);
    assert_false(db_changed_by_others(db));
    add(other, 43);
    assert_true(db_changed_by_others(db));
    assert_false(db_changed_by_others(db));
    add(db, 44);
    assert_false(db_changed_by_others(db));
    db_close(&other);
    db_close(&db);
    testdb_remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_values_come_back_as_they_went_in),
        T(test_parameters_are_bound_by_number_and_may_repeat),
        T(test_a_wrong_number_of_values_is_an_error),
        T(test_query_keeps_copies_of_its_texts),
        T(test_the_same_text_may_run_inside_itself),
        T(test_texts_may_be_built_and_there_may_be_many),
        T(test_many_rows_come_together_or_not_at_all),
        T(test_one_value_helpers_say_what_is_missing),
        T(test_constraints_are_told_apart),
        T(test_writes_outside_a_transaction_are_refused),
        T(test_an_inner_failure_is_undone_alone),
        T(test_the_first_error_comes_out),
        T(test_savepoints_that_come_late_undo_only_their_own),
        T(test_hooks_run_in_order),
        T(test_a_conflict_runs_it_again),
        T(test_a_read_may_not_write),
        T(test_no_write_begins_while_a_query_is_open),
        T(test_progress_can_stop_a_statement),
        cmocka_unit_test(test_a_file_keeps_what_was_saved),
        T(test_an_interrupt_ends_the_transaction_and_no_later_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
