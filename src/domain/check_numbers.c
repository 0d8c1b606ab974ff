#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/check_run.h"

#define SERIES_MAX 10000000 /* numbers a day; beyond it a counter is nonsense */

/* The n of series + day + "-" + digits written as the shop writes them (four digits or more, no needless zeros); 0 for
 * any other number. */
static int64_t number_in(const char *order_no, size_t prefix) {
    const char *digits = order_no + prefix;
    size_t n = strspn(digits, "0123456789");
    if (n < 4 || n > 9 || digits[n] != '\0' || (n > 4 && digits[0] == '0')) {
        return 0;
    }
    return strtoll(digits, NULL, 10);
}

static enum err_code mark_given(struct db *db, const char *prefix, bool *given, int64_t last, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT order_no FROM orders WHERE order_no >= $1 || '-' AND order_no < $1 || '.'",
                                DB_BIND(DB_TEXT(prefix)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        int64_t n = number_in(db_col_text(s, 0), strlen(prefix) + 1);
        if (n >= 1 && n <= last) {
            given[n] = true;
        }
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code check_series(struct check_run *run, const char *prefix, int64_t last, struct err *e) {
    if (last < 0 || last > SERIES_MAX) {
        check_found(run, _("the counter of the numbers %s-… says %lld (restore a backup)"), prefix, (long long)last);
        return ERR_OK;
    }
    bool *given = mem_array((size_t)last + 1, sizeof *given);
    enum err_code rc = mark_given(run->db, prefix, given, last, e);
    for (int64_t n = 1; n <= last && rc == ERR_OK; n++) {
        if (!given[n]) {
            check_found(
                run,
                _("number %s-%04lld is missing: an order was taken out of the file (restore a backup that has it)"),
                prefix, (long long)n);
        }
    }
    free(given);
    return rc;
}

struct series {
    char *prefix;
    int64_t last;
};

static enum err_code read_series(struct db *db, struct series **out, size_t *count, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc =
        db_query(db, "SELECT series || day, last FROM counters WHERE day <> '' AND series <> 'CH' ORDER BY series, day",
                 DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        *out = mem_grow(*out, *count, &capacity, sizeof **out);
        (*out)[(*count)++] = (struct series){db_col_dup(s, 0), db_col_int(s, 1)};
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* Numbers of orders are gapless per day, imported ones among them; undoing an import may leave its numbers open. */
enum err_code check_numbers(struct check_run *run, struct err *e) {
    struct series *all = NULL;
    size_t count = 0;
    bool undone = false;
    enum err_code rc =
        db_exists(run->db, "SELECT 1 FROM imports WHERE kind = 'orders' AND undone_at <> ''", DB_NO_BIND, &undone, e);
    if (rc == ERR_OK && !undone) {
        rc = read_series(run->db, &all, &count, e);
    }
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = check_series(run, all[i].prefix, all[i].last, e);
    }
    for (size_t i = 0; i < count; i++) {
        free(all[i].prefix);
    }
    free(all);
    check_end(run);
    return rc;
}
