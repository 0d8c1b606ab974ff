#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/customer_internal.h"
#include "domain/shop_internal.h"

/* Rows in the order of what they should differ in: each that is the same as the one before is paired with the first of
 * its kind. Column 0 the code, the others what is compared. */
static enum err_code pair_rows(struct shop *shop, const char *sql, int columns, const char *why, customer_pair_fn *fn,
                               void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    char *first = mem_strdup("");
    char *key[2] = {mem_strdup(""), mem_strdup("")};
    enum err_code rc = db_query(shop->db, sql, DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        bool same = first[0] != '\0';
        for (int i = 0; i < columns; i++) {
            same = same && strcmp(key[i], db_col_text(s, i + 1)) == 0;
        }
        if (same && strcmp(first, db_col_text(s, 0)) != 0) {
            rc = fn(ctx, first, db_col_text(s, 0), why, e);
        } else if (!same) {
            free(first);
            first = db_col_dup(s, 0);
            for (int i = 0; i < columns; i++) {
                free(key[i]);
                key[i] = db_col_dup(s, i + 1);
            }
        }
    }
    db_done(&s);
    free(first);
    free(key[0]);
    free(key[1]);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct numbered {
    char *code;
    char digits[16]; /* the last nine: what is left of a number without its prefix */
};

static bool last_digits(const char *phone, char digits[16]) {
    char all[64];
    size_t n = 0;
    for (const char *p = phone; *p != '\0' && n < sizeof all - 1; p++) {
        if (*p >= '0' && *p <= '9') {
            all[n++] = *p;
        }
    }
    all[n] = '\0';
    if (n < 9) {
        return false;
    }
    memcpy(digits, all + n - 9, 10);
    return true;
}

static int by_digits(const void *a, const void *b) {
    const struct numbered *x = a;
    const struct numbered *y = b;
    int order = strcmp(x->digits, y->digits);
    return order != 0 ? order : strcmp(x->code, y->code);
}

static enum err_code read_phones(struct shop *shop, struct numbered **all, size_t *count, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc =
        db_query(shop->db,
                 "SELECT c.code, p.phone FROM customer_phones p JOIN customers c ON c.id = p.customer_id "
                 "WHERE c.merged_into IS NULL AND c.erased_on = ''",
                 DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct numbered one;
        if (last_digits(db_col_text(s, 1), one.digits)) {
            *all = mem_grow(*all, *count, &capacity, sizeof **all);
            one.code = db_col_dup(s, 0);
            (*all)[(*count)++] = one;
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* Stored phones differ, but +44 7911 123 456 and 07911123456 may be one. */
static enum err_code pair_phones(struct shop *shop, customer_pair_fn *fn, void *ctx, struct err *e) {
    struct numbered *all = NULL;
    size_t count = 0;
    enum err_code rc = read_phones(shop, &all, &count, e);
    if (rc == ERR_OK && count > 1) {
        qsort(all, count, sizeof *all, by_digits);
    }
    size_t first = 0;
    for (size_t i = 1; i < count && rc == ERR_OK; i++) {
        if (strcmp(all[i].digits, all[first].digits) != 0) {
            first = i;
        } else if (strcmp(all[i].code, all[i - 1].code) != 0) {
            rc = fn(ctx, all[first].code, all[i].code, "phone", e);
        }
    }
    for (size_t i = 0; i < count; i++) {
        free(all[i].code);
    }
    free(all);
    return rc;
}

enum err_code customer_duplicates(struct shop *shop, customer_pair_fn *row, void *ctx, struct err *e) {
    enum err_code rc = pair_phones(shop, row, ctx, e);
    if (rc == ERR_OK) {
        rc = pair_rows(shop,
                       "SELECT code, lower(email) FROM customers WHERE email <> '' AND merged_into IS NULL AND "
                       "erased_on = '' ORDER BY 2, id",
                       1, "email", row, ctx, e);
    }
    if (rc == ERR_OK) {
        rc = pair_rows(shop,
                       "SELECT code, folded, province FROM customers WHERE province <> '' AND merged_into IS NULL AND "
                       "erased_on = '' ORDER BY folded, province, id",
                       2, "name", row, ctx, e);
    }
    return rc;
}
