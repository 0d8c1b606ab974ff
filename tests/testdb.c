#include "testdb.h"

#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static void must(enum err_code rc, const struct err *e, const char *what) {
    if (rc != ERR_OK) {
        fprintf(stderr, "%s: %s: %s\n", what, err_code_name(rc), e->message);
        abort();
    }
}

static struct db *open_with(struct db_options options) {
    struct db *db = NULL;
    struct err e = ERR_INIT;
    must(db_open(&options, &db, &e), &e, options.path);
    return db;
}

struct db *testdb_open(void) {
    return open_with((struct db_options){.path = ":memory:"});
}

struct db *testdb_create(const char *path) {
    return open_with((struct db_options){.path = path, .create = true});
}

struct db *testdb_reopen(const char *path) {
    return open_with((struct db_options){.path = path});
}

char *testdb_path(const char *name) {
    const char *tmp = getenv("TMPDIR");
    char *folder = mem_printf("%s/chotdon-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        abort();
    }
    char *path = mem_printf("%s/%s", folder, name);
    free(folder);
    return path;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *place) {
    (void)st;
    (void)type;
    (void)place;
    return remove(path);
}

void testdb_remove(char *path) {
    if (path != NULL) {
        nftw(dirname(path), remove_one, 8, FTW_DEPTH | FTW_PHYS);
        free(path);
    }
}

static enum err_code run_script(struct db *db, void *ctx, struct err *e) {
    return db_exec_script(db, ctx, e);
}

void testdb_script(struct db *db, const char *sql) {
    struct err e = ERR_INIT;
    must(db_transact(db, run_script, (void *)sql, &e), &e, sql);
}

int64_t testdb_int(struct db *db, const char *sql) {
    struct err e = ERR_INIT;
    int64_t value = 0;
    must(db_get_int(db, sql, DB_NO_BIND, &value, &e), &e, sql);
    return value;
}
