/* The schema's history: blocks of schema.sql, each headed `-- migration 0001: what it does`, built into the program. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/driver.h"

static const unsigned char schema_sql[] = {
#include "schema.inc"
    0};

static const char heading[] = "-- migration ";

/* The next heading at the beginning of a line, or NULL. */
static const char *find_heading(const char *at) {
    while (at != NULL && strncmp(at, heading, sizeof heading - 1) != 0) {
        at = strchr(at, '\n');
        if (at != NULL) {
            at++;
        }
    }
    return at;
}

static int heading_number(const char *at) {
    return (int)strtol(at + sizeof heading - 1, NULL, 10);
}

int migrate_newest_in(const char *text) {
    int newest = 0;
    for (const char *at = find_heading(text); at != NULL; at = find_heading(at + 1)) {
        newest = heading_number(at);
    }
    return newest;
}

int migrate_newest(void) {
    return migrate_newest_in((const char *)schema_sql);
}

static enum err_code run_block(struct db_conn *c, const char *from, const char *end, struct err *e) {
    char *sql = end == NULL ? mem_strdup(from) : mem_strndup(from, (size_t)(end - from));
    enum err_code rc = c->driver->exec(c, sql, e);
    free(sql);
    return rc == ERR_OK ? c->driver->set_version(c, heading_number(from), e) : rc;
}

enum err_code migrate_run_in(struct db_conn *c, const char *text, int from, int to, struct err *e) {
    enum err_code rc = ERR_OK;
    const char *at = find_heading(text);
    while (rc == ERR_OK && at != NULL) {
        const char *next = find_heading(at + 1);
        if (heading_number(at) > from && heading_number(at) <= to) {
            rc = run_block(c, at, next, e);
        }
        at = next;
    }
    return rc;
}

enum err_code migrate_run(struct db_conn *c, int from, int to, struct err *e) {
    return migrate_run_in(c, (const char *)schema_sql, from, to, e);
}
