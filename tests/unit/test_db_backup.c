/* Backups while others sell, the check of a file, and bulk loading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "testdb.h"

struct files {
    char *path;
    char *copy;
    char *temp;
};

static int setup(void **state) {
    struct files *f = mem_zalloc(sizeof *f);
    f->path = testdb_path("shop.db");
    f->copy = mem_printf("%s.copy", f->path);
    f->temp = mem_printf("%s.tmp", f->copy);
    struct db *db = testdb_create(f->path);
    testdb_script(db, "CREATE TABLE n(id INTEGER PRIMARY KEY, v INTEGER NOT NULL) STRICT;"
                      "CREATE TABLE pad(t TEXT NOT NULL) STRICT;"
                      "INSERT INTO n(id, v) VALUES(1, 0), (2, 0);"
                      "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3000) "
                      "INSERT INTO pad(t) SELECT hex(randomblob(500)) FROM c");
    db_close(&db);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct files *f = *state;
    testdb_remove(f->path);
    free(f->copy);
    free(f->temp);
    free(f);
    return 0;
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0;
}

static void count_finding(void *ctx, const char *finding) {
    assert_true(strlen(finding) > 0);
    ++*(int *)ctx;
}

static int findings(struct db *db) {
    int n = 0;
    struct err e = ERR_INIT;
    assert_int_equal(db_integrity(db, count_finding, &n, &e), ERR_OK);
    return n;
}

static void test_a_copy_is_whole_private_and_one_file(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    struct db *db = testdb_reopen(f->path);
    testdb_script(db, "UPDATE n SET v = 7"); /* still in the log */
    assert_int_equal(db_backup(db, f->copy, &e), ERR_OK);
    db_close(&db);
    struct stat st;
    assert_int_equal(stat(f->copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_false(exists(f->temp));
    char *log = mem_printf("%s-wal", f->copy);
    assert_false(exists(log));
    free(log);
    assert_int_equal(db_open(&(struct db_options){.path = f->copy, .read_only = true}, &db, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT sum(v) FROM n"), 14);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM pad"), 3000);
    db_close(&db);
    db = testdb_reopen(f->copy);
    testdb_script(db, "DROP TABLE n; DROP TABLE pad");
    assert_int_equal(findings(db), 0);
    db_close(&db);
}

static void test_nothing_is_overwritten(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    struct db *db = testdb_reopen(f->path);
    close(open(f->copy, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(db_backup(db, f->copy, &e), ERR_CONFLICT);
    assert_int_equal(db_backup(db, f->path, &e), ERR_CONFLICT);
    assert_int_equal(db_backup(db, "/nowhere/at/all.db", &e), ERR_NOT_FOUND);
    assert_false(exists(f->temp));
    db_close(&db);
}

static void test_leftovers_of_a_killed_backup_do_not_matter(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    struct db *db = testdb_reopen(f->path);
    FILE *junk = fopen(f->temp, "w");
    fputs("junk of an earlier attempt", junk);
    assert_int_equal(flock(fileno(junk), LOCK_EX), 0);
    assert_int_equal(db_backup(db, f->copy, &e), ERR_BUSY); /* it is still being made */
    assert_false(exists(f->copy));
    fclose(junk);
    assert_int_equal(db_backup(db, f->copy, &e), ERR_OK);
    db_close(&db);
}

static bool stop_at_once(void *ctx) {
    ++*(int *)ctx;
    return false;
}

static void test_a_stopped_backup_leaves_nothing(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    int ticks = 0;
    struct db *db = testdb_reopen(f->path);
    db_set_progress(db, stop_at_once, &ticks);
    assert_int_equal(db_backup(db, f->copy, &e), ERR_REFUSED);
    assert_true(ticks > 0);
    assert_false(exists(f->copy));
    assert_false(exists(f->temp));
    db_set_progress(db, NULL, NULL);
    testdb_script(db, "UPDATE n SET v = 1"); /* the snapshot is over */
    db_close(&db);
}

/* --- one writer keeps n(1) and n(2) equal while copies are made */
static enum err_code both_up(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = db_run(db, "UPDATE n SET v = v + 1 WHERE id = 1", DB_NO_BIND, e);
    return rc == ERR_OK ? db_run(db, "UPDATE n SET v = v + 1 WHERE id = 2", DB_NO_BIND, e) : rc;
}

static void write_for_ever(const char *path) {
    struct db *db = testdb_reopen(path);
    for (;;) {
        if (db_transact(db, both_up, NULL, NULL) != ERR_OK) {
            _exit(1);
        }
        db_checkpoint(db, NULL);
    }
}

static bool slowly(void *ctx) {
    (void)ctx;
    usleep(3000);
    return true;
}

static void test_a_copy_made_while_others_write_is_of_one_moment(void **state) {
    struct files *f = *state;
    pid_t writer = fork();
    if (writer == 0) {
        write_for_ever(f->path);
    }
    struct db *db = testdb_reopen(f->path);
    db_set_progress(db, slowly, NULL);
    for (int i = 0; i < 3; i++) {
        struct err e = ERR_INIT;
        assert_int_equal(db_backup(db, f->copy, &e), ERR_OK);
        struct db *copy = testdb_reopen(f->copy);
        assert_int_equal(testdb_int(copy, "SELECT max(v) - min(v) FROM n"), 0);
        assert_true(testdb_int(copy, "SELECT count(*) FROM pad") == 3000);
        db_close(&copy);
        unlink(f->copy);
    }
    int64_t before = testdb_int(db, "SELECT v FROM n WHERE id = 1");
    int64_t after = before;
    for (int i = 0; after == before && i < 500; i++) {
        usleep(10000);
        after = testdb_int(db, "SELECT v FROM n WHERE id = 1");
    }
    assert_true(after > before); /* the writer was never stopped */
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    db_close(&db);
}

static enum err_code backup_inside(struct db *db, void *ctx, struct err *e) {
    return db_backup(db, ctx, e);
}

static void test_no_backup_in_the_middle_of_a_change(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    struct db *db = testdb_reopen(f->path);
    assert_int_equal(db_transact(db, backup_inside, f->copy, &e), ERR_REFUSED);
    assert_false(exists(f->copy));
    db_close(&db);
}

/* --- the check */
static void test_the_check_names_what_is_missing_and_what_is_strange(void **state) {
    (void)state;
    struct db *db = testdb_open();
    assert_int_equal(findings(db), 0);
    testdb_script(db, "CREATE TABLE stranger(x INTEGER)");
    assert_int_equal(findings(db), 1);
    testdb_script(db, "CREATE TRIGGER spy AFTER INSERT ON stranger BEGIN DELETE FROM stranger; END");
    assert_int_equal(findings(db), 2);
    testdb_script(db, "DROP TABLE stranger; DROP TABLE search_term");
    assert_int_equal(findings(db), 1);
    db_close(&db);
}

static void test_the_check_finds_broken_references(void **state) {
    struct files *f = *state;
    struct db *db = testdb_reopen(f->path);
    testdb_script(db, "CREATE TABLE child(n INTEGER NOT NULL REFERENCES n) STRICT");
    int before = findings(db);
    db_close(&db);
    char *command =
        mem_printf("sqlite3 %s 'INSERT INTO child(n) VALUES(99)'", f->path); /* another program, without the rule */
    assert_int_equal(system(command), 0);
    free(command);
    db = testdb_reopen(f->path);
    assert_int_equal(findings(db), before + 1);
    db_close(&db);
}

/* --- bulk loading */
static const char *const bulk_tables[] = {"b", NULL};

static int64_t indexes(struct db *db) {
    return testdb_int(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'b'");
}

struct load {
    int64_t expected;
    int64_t during; /* indexes while loading */
    bool end;
    bool fail;
};

static enum err_code load(struct db *db, void *ctx, struct err *e) {
    struct load *l = ctx;
    enum err_code rc = db_bulk_begin(db, bulk_tables, l->expected, e);
    l->during = indexes(db);
    for (int64_t i = 0; rc == ERR_OK && i < 100; i++) {
        rc = db_run(db, "INSERT INTO b(x, y, z) VALUES($1, $2, $3)", DB_BIND(DB_INT(i), DB_INT(i % 7), DB_INT(i)), e);
    }
    if (rc == ERR_OK && l->end) {
        rc = db_bulk_end(db, e);
    }
    return rc == ERR_OK && l->fail ? err_set(e, ERR_REFUSED, "no") : rc;
}

static void test_bulk_loading_makes_its_indexes_again(void **state) {
    (void)state;
    struct db *db = testdb_open();
    struct err e = ERR_INIT;
    testdb_script(db, "CREATE TABLE b(id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, z INTEGER UNIQUE) STRICT;"
                      "CREATE INDEX b_x ON b(x); CREATE INDEX \"b y\" ON b(y) WHERE y > 1;"
                      "CREATE UNIQUE INDEX b_u ON b(x, z)");
    struct load l = {.expected = 100, .end = true, .fail = true};
    assert_int_equal(db_transact(db, load, &l, &e), ERR_REFUSED);
    assert_int_equal(l.during, 2);
    assert_int_equal(indexes(db), 4);
    l = (struct load){.expected = 100, .end = false};
    assert_int_equal(db_transact(db, load, &l, &e), ERR_OK); /* a forgotten end comes with the commit */
    assert_int_equal(l.during, 2);
    assert_int_equal(indexes(db), 4);
    testdb_script(db, "UPDATE b SET z = z + 1000, x = x + 1000");
    l = (struct load){.expected = 20, .end = true};
    assert_int_equal(db_transact(db, load, &l, &e), ERR_OK); /* 100 rows are many beside 20 */
    assert_int_equal(l.during, 4);
    assert_int_equal(indexes(db), 4);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM b"), 200);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM b INDEXED BY b_x WHERE x >= 0"), 200);
    db_close(&db);
}

/* --- rows added during a load */
#define ADD_B "INSERT INTO b (x, y, z) VALUES ($1, $2, $3)"
#define ADD_C "INSERT INTO c (b_id, note) VALUES ($1, $2)"

static enum err_code add(struct db *db, int64_t i, struct err *e) {
    char note[32];
    snprintf(note, sizeof note, "đơn %d", (int)i);
    enum err_code rc = db_add(db, ADD_B, DB_BIND(DB_INT(i), DB_INT(i), DB_NULL), e);
    return rc == ERR_OK ? db_add(db, ADD_C, DB_BIND(DB_INT(i + 1), i % 2 == 0 ? DB_NULL : DB_TEXT(note)), e) : rc;
}

struct adding {
    int64_t from, count;
    bool fail;
};

static enum err_code add_some(struct db *db, void *ctx, struct err *e) {
    const struct adding *a = ctx;
    enum err_code rc = ERR_OK;
    for (int64_t i = a->from; rc == ERR_OK && i < a->from + a->count; i++) {
        rc = add(db, i, e);
    }
    return rc == ERR_OK && a->fail ? err_set(e, ERR_REFUSED, "no") : rc;
}

/* 37 rows, 25 that are undone between them, 20 in an inner transaction that stays. */
static enum err_code load_rows(struct db *db, void *ctx, struct err *e) {
    bool *broken = ctx;
    struct adding first = {0, 37, false}, undone = {37, 25, true}, last = {37, 20, false};
    enum err_code rc = db_bulk_begin(db, bulk_tables, 100, e);
    rc = rc == ERR_OK ? add_some(db, &first, e) : rc;
    if (rc == ERR_OK && db_transact(db, add_some, &undone, e) != ERR_REFUSED) {
        return ERR_DB;
    }
    rc = rc == ERR_OK ? db_transact(db, add_some, &last, e) : rc;
    if (rc == ERR_OK && *broken) {
        rc = db_add(db, ADD_C, DB_BIND(DB_INT(1000), DB_NULL), e);
    }
    return rc;
}

static enum err_code name_nobody(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db_add(db, ADD_C, DB_BIND(DB_INT(2000), DB_NULL), e);
}

static void make_tables_with_references(struct db *db) {
    testdb_script(db, "CREATE TABLE b(id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, z INTEGER) STRICT;"
                      "CREATE INDEX b_x ON b(x);"
                      "CREATE TABLE c(b_id INTEGER NOT NULL REFERENCES b, note TEXT) STRICT");
}

static void test_added_rows_come_in_their_order_and_are_undone_with_their_transaction(void **state) {
    (void)state;
    struct db *db = testdb_open();
    struct err e = ERR_INIT;
    bool broken = false;
    make_tables_with_references(db);
    assert_int_equal(db_transact(db, load_rows, &broken, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM b WHERE x = id - 1 AND y = x AND z IS NULL"), 57);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM c WHERE rowid = b_id AND coalesce(note, '') = CASE WHEN "
                                    "b_id % 2 = 1 THEN '' ELSE 'đơn ' || (b_id - 1) END"),
                     57);
    db_close(&db);
}

#define ADD_B_ID "INSERT INTO b (id, x, y, z) VALUES ($1, $2, $3, $4)"

static enum err_code add_numbered(struct db *db, void *ctx, struct err *e) {
    const struct adding *a = ctx;
    int64_t next = 0;
    int64_t id = 0;
    enum err_code rc = ERR_OK;
    for (int64_t i = 0; rc == ERR_OK && i < a->count; i++) {
        rc = db_next_id(db, "b", ADD_B_ID, &next, e);
        rc = rc == ERR_OK ? db_add_id(db, "b", ADD_B_ID, DB_BIND(DB_NULL, DB_INT(next), DB_NULL, DB_NULL), &id, e) : rc;
        assert_int_equal(id, next);
    }
    return rc == ERR_OK && a->fail ? err_set(e, ERR_REFUSED, "no") : rc;
}

/* Also many at a time in inner transactions: what they add needs no savepoint, and yet is undone. */
static enum err_code load_numbered(struct db *db, void *ctx, struct err *e) {
    struct adding undone = {0, 5, true}, stays = {0, 300, false};
    enum err_code rc = db_bulk_begin(db, bulk_tables, 1000, e);
    (void)ctx;
    for (int i = 0; rc == ERR_OK && i < 3; i++) {
        if (db_transact(db, add_numbered, &undone, e) != ERR_REFUSED) {
            return ERR_DB;
        }
        rc = db_transact(db, add_numbered, &stays, e);
    }
    return rc;
}

static void test_ids_that_were_given_to_undone_rows_are_given_again(void **state) {
    (void)state;
    struct db *db = testdb_open();
    struct err e = ERR_INIT;
    make_tables_with_references(db);
    assert_int_equal(db_transact(db, load_numbered, NULL, &e), ERR_OK);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM b WHERE x = id"), 900);
    assert_int_equal(testdb_int(db, "SELECT max(id) FROM b"), 900);
    db_close(&db);
}

static void test_a_load_with_a_broken_reference_is_refused_and_references_hold_after_it(void **state) {
    (void)state;
    struct db *db = testdb_open();
    struct err e = ERR_INIT;
    bool broken = true;
    make_tables_with_references(db);
    assert_int_equal(db_transact(db, load_rows, &broken, &e), ERR_CONFLICT);
    assert_non_null(strstr(e.message, "names a b that is not there"));
    assert_int_equal(testdb_int(db, "SELECT (SELECT count(*) FROM b) + (SELECT count(*) FROM c)"), 0);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b_x'"), 1);
    assert_int_equal(db_transact(db, name_nobody, NULL, &e), ERR_CONFLICT);
    broken = false;
    assert_int_equal(db_transact(db, load_rows, &broken, &e), ERR_OK);
    assert_int_equal(db_transact(db, name_nobody, NULL, &e), ERR_CONFLICT);
    db_close(&db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_a_copy_is_whole_private_and_one_file),
        T(test_nothing_is_overwritten),
        T(test_leftovers_of_a_killed_backup_do_not_matter),
        T(test_a_stopped_backup_leaves_nothing),
        T(test_a_copy_made_while_others_write_is_of_one_moment),
        T(test_no_backup_in_the_middle_of_a_change),
        cmocka_unit_test(test_the_check_names_what_is_missing_and_what_is_strange),
        T(test_the_check_finds_broken_references),
        cmocka_unit_test(test_bulk_loading_makes_its_indexes_again),
        cmocka_unit_test(test_added_rows_come_in_their_order_and_are_undone_with_their_transaction),
        cmocka_unit_test(test_ids_that_were_given_to_undone_rows_are_given_again),
        cmocka_unit_test(test_a_load_with_a_broken_reference_is_refused_and_references_hold_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
