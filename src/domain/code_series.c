#include "domain/code_series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Two small statements: RETURNING costs more than asking. */
static enum err_code next_number(struct db *db, const char *series, int64_t *number, struct err *e) {
    enum err_code rc =
        db_run(db, "UPDATE counters SET last = last + 1 WHERE series = $1 AND day = ''", DB_BIND(DB_TEXT(series)), e);
    if (rc == ERR_OK && db_changes(db) == 0) {
        *number = 1;
        return db_run(db, "INSERT INTO counters (series, day, last) VALUES ($1, '', 1)", DB_BIND(DB_TEXT(series)), e);
    }
    return rc == ERR_OK ? db_get_int(db, "SELECT last FROM counters WHERE series = $1 AND day = ''",
                                     DB_BIND(DB_TEXT(series)), number, e)
                        : rc;
}

/* The number in the last code of this form, 0 for none. */
static enum err_code last_number(struct db *db, const struct code_series *s, size_t length, int64_t *number,
                                 struct err *e) {
    char *low = mem_printf("%s0", s->prefix);
    char *high = mem_printf("%s:", s->prefix); /* `:` comes after `9` */
    char *last = NULL;
    enum err_code rc = db_get_text(db, s->sql_last, DB_BIND(DB_TEXT(low), DB_TEXT(high), DB_INT(length)), &last, e);
    *number = 0;
    if (rc == ERR_OK && last[0] != '\0') {
        const char *digits = last + strlen(s->prefix);
        if (strspn(digits, "0123456789") == strlen(digits)) {
            *number = strtoll(digits, NULL, 10);
        }
    }
    free(low);
    free(high);
    free(last);
    return rc;
}

static enum err_code skip_to(struct db *db, const char *series, int64_t number, struct err *e) {
    return db_run(db, "UPDATE counters SET last = $2 WHERE series = $1 AND day = '' AND last < $2",
                  DB_BIND(DB_TEXT(series), DB_INT(number)), e);
}

void code_write(const struct code_series *series, int64_t number, char code[CODE_MAX + 1]) {
    snprintf(code, CODE_MAX + 1, "%s%0*lld", series->prefix, series->digits, (long long)number);
}

enum err_code code_last(struct db *db, const struct code_series *series, int64_t *last, struct err *e) {
    return db_get_int(db, "SELECT COALESCE(MAX(last), 0) FROM counters WHERE series = $1 AND day = ''",
                      DB_BIND(DB_TEXT(series->prefix)), last, e);
}

enum err_code code_give_up_to(struct db *db, const struct code_series *series, int64_t last, struct err *e) {
    return db_run(db,
                  "INSERT INTO counters (series, day, last) VALUES ($1, '', $2) "
                  "ON CONFLICT (series, day) DO UPDATE SET last = excluded.last",
                  DB_BIND(DB_TEXT(series->prefix), DB_INT(last)), e);
}

enum err_code code_next(struct db *db, const struct code_series *series, char code[CODE_MAX + 1], struct err *e) {
    bool skipped = false;
    for (;;) {
        int64_t number = 0;
        enum err_code rc = next_number(db, series->prefix, &number, e);
        if (rc != ERR_OK) {
            return rc;
        }
        code_write(series, number, code);
        bool taken = false;
        rc = db_exists(db, series->sql_taken, DB_BIND(DB_TEXT(code)), &taken, e);
        if (rc != ERR_OK || !taken) {
            return rc;
        }
        if (!skipped) {
            int64_t last = 0;
            rc = last_number(db, series, strlen(code), &last, e);
            if (rc == ERR_OK) {
                rc = skip_to(db, series->prefix, last, e);
            }
            skipped = true;
        }
        if (rc != ERR_OK) {
            return rc;
        }
    }
}
