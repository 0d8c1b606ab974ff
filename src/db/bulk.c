/* Bulk loading: indexes are made, and references looked up, faster at the end than row by row; triggers that would do
 * nothing are not asked. */
#include <stdlib.h>

#include "base/mem.h"
#include "db/seam.h"

enum { KEEP_FACTOR = 2 }; /* indexes stay when the table has this many times the rows that come */

static void set_loading(struct db *db, bool loading) {
    if (db->loading != loading) {
        db->loading = loading;
        db->driver->set_loading(db->conn, loading);
    }
}

void bulk_forget(struct db *db) {
    for (size_t i = 0; i < db->bulk_count; i++) {
        free(db->bulk[i].name);
        free(db->bulk[i].sql);
    }
    db->bulk_count = 0;
    db->trusted = NULL;
    bulk_rows_free(db);
    set_loading(db, false);
}

/* Are there so many rows that making the indexes again would cost more than keeping them? Counts no further than it
 * must. */
static enum err_code is_large(struct db *db, const char *table, int64_t expected_rows, bool *large, struct err *e) {
    int64_t limit = expected_rows * KEEP_FACTOR + 1;
    int64_t rows = 0;
    char *sql = mem_printf("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT $1) AS t", table);
    enum err_code rc = db_get_int(db, sql, DB_BIND(DB_INT(limit)), &rows, e);
    free(sql);
    *large = rows >= limit;
    return rc;
}

/* What a query finds: an index or trigger's name and how it is made. */
static enum err_code note(struct db *db, const char *sql, const char *of, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_BIND(DB_TEXT(of)), &s, e);
    enum db_row row = rc == ERR_OK ? DB_ROW : DB_END;
    while (row == DB_ROW && (row = db_next(s, e)) == DB_ROW) {
        db->bulk = mem_grow(db->bulk, db->bulk_count, &db->bulk_capacity, sizeof *db->bulk);
        db->bulk[db->bulk_count++] = (struct bulk_piece){db_col_dup(s, 0), db_col_dup(s, 1)};
    }
    db_done(&s);
    return row == DB_FAILED ? ERR_DB : rc;
}

static enum err_code drop(struct db *db, const char *what, size_t from, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = from; rc == ERR_OK && i < db->bulk_count; i++) {
        char *sql = mem_printf("DROP %s \"%s\"", what, db->bulk[i].name);
        rc = db_exec_script(db, sql, e);
        free(sql);
    }
    return rc;
}

enum err_code db_bulk_begin(struct db *db, const char *const *tables, int64_t expected_rows, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; rc == ERR_OK && tables[i] != NULL; i++) {
        bool large = false;
        size_t from = db->bulk_count;
        rc = is_large(db, tables[i], expected_rows, &large, e);
        if (rc == ERR_OK && !large) {
            rc = note(db, db->driver->indexes_sql, tables[i], e);
        }
        if (rc == ERR_OK) {
            rc = drop(db, "INDEX", from, e);
        }
    }
    if (rc == ERR_OK && db->depth == 1) {
        set_loading(db, true);
    }
    return rc;
}

enum err_code db_bulk_silence(struct db *db, const char *trigger, struct err *e) {
    size_t from = db->bulk_count;
    enum err_code rc = db->loading ? note(db, db->driver->trigger_sql, trigger, e) : ERR_OK;
    return rc == ERR_OK ? drop(db, "TRIGGER", from, e) : rc;
}

void db_bulk_trust(struct db *db, const char *const *tables) {
    db->trusted = tables;
}

enum err_code db_bulk_end(struct db *db, struct err *e) {
    enum err_code rc = bulk_rows_write(db, e);
    for (size_t i = 0; rc == ERR_OK && i < db->bulk_count; i++) {
        rc = db_exec_script(db, db->bulk[i].sql, e);
    }
    if (rc == ERR_OK && db->loading) {
        rc = db->driver->check_references(db->conn, db->trusted, e);
    }
    bulk_forget(db);
    return rc;
}

bool db_is_loading(struct db *db) {
    return db->loading;
}

void db_spill(struct db *db, bool spill) {
    statement_free_all(db); /* of temporary tables that were */
    db->driver->spill(db->conn, spill);
}
