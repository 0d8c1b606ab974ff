/* Reading the audit: filters, the newest rows first found. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "domain/audit_chain.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* before → after; one of them alone where the other is empty. */
static void write_detail(struct buf *detail, const char *before, const char *after) {
    buf_reset(detail);
    buf_add(detail, before);
    if (before[0] != '\0' && after[0] != '\0') {
        buf_add(detail, " → ");
    }
    buf_add(detail, after);
}

#define COLUMNS "a.id, a.at, a.staff, a.action, a.entity, d.before, d.after, a.hash, d.salt"
#define FILTERED                                                                                                       \
    "SELECT " COLUMNS " FROM audit a LEFT JOIN audit_details d ON d.audit_id = a.id"                                   \
    " WHERE a.id >= $1 AND a.id <= $2 AND ($3 IS NULL OR a.at >= $3) AND ($4 IS NULL OR a.at <= $4)"                   \
    " AND ($5 IS NULL OR a.staff = $5) AND ($6 IS NULL OR a.entity LIKE '%' || $6 || '%')"                             \
    " AND ($7 IS NULL OR a.action = $7 OR substr(a.action, 1, length($7) + 1) = $7 || '.')"                            \
    " AND ($8 IS NULL OR a.entity LIKE '%' || $8 || '%' OR a.action LIKE '%' || $8 || '%' OR d.before LIKE '%' || $8"  \
    " || '%' OR d.after LIKE '%' || $8 || '%') ORDER BY a.id DESC LIMIT $9"

/* The rows between which the days' rows lie, by the index on the time: a clock that was put back leaves rows of a day
 * far apart, so the days themselves are asked for too. */
static enum err_code find_bounds(struct shop *shop, const struct audit_filter *f, const char *to_end, int64_t *first,
                                 int64_t *last, struct err *e) {
    struct db_stmt *s = NULL;
    *first = 0;
    *last = f->older_than > 0 ? f->older_than - 1 : INT64_MAX;
    if (f->from == NULL && f->to == NULL) {
        return ERR_OK;
    }
    enum err_code rc =
        db_query(shop->db, "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), -1) FROM audit WHERE at >= $1 AND at <= $2",
                 DB_BIND(DB_TEXT(f->from == NULL ? "" : f->from), DB_TEXT(to_end == NULL ? "9999" : to_end)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (row == DB_ROW) {
        *first = db_col_int(s, 0);
        *last = db_col_int(s, 1) < *last ? db_col_int(s, 1) : *last;
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code audit_list(struct shop *shop, const struct audit_filter *filter,
                         enum err_code (*row)(void *ctx, const struct audit_row *r, struct err *e), void *ctx,
                         struct err *e) {
    static const struct audit_filter all = {0};
    const struct audit_filter *f = filter == NULL ? &all : filter;
    struct db_stmt *s = NULL;
    struct buf detail = BUF_INIT;
    int64_t first = 0, last = 0;
    char *to_end = f->to == NULL ? NULL : mem_printf("%s 99", f->to);
    enum err_code rc = shop_require(shop, PERMIT_AUDIT, e);
    rc = rc == ERR_OK ? find_bounds(shop, f, to_end, &first, &last, e) : rc;
    if (rc == ERR_OK) {
        rc = db_query(shop->db, f->newest_first ? FILTERED : "SELECT * FROM (" FILTERED ") newest ORDER BY id",
                      DB_BIND(DB_INT(first), DB_INT(last), DB_TEXT(f->from), DB_TEXT(to_end), DB_TEXT(f->staff),
                              DB_TEXT(f->entity), DB_TEXT(f->action), DB_TEXT(f->text),
                              DB_INT(f->limit == 0 ? INT64_MAX : f->limit)),
                      &s, e);
    }
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        write_detail(&detail, db_col_text(s, 5), db_col_text(s, 6));
        struct audit_row r = {.id = db_col_int(s, 0),
                              .time = db_col_text(s, 1),
                              .staff = db_col_text(s, 2),
                              .action = db_col_text(s, 3),
                              .entity = db_col_text(s, 4),
                              .detail = buf_str(&detail),
                              .hash = db_col_text(s, 7),
                              .before = db_col_text(s, 5),
                              .after = db_col_text(s, 6),
                              .erased = db_col_text(s, 8)[0] == '\0'};
        rc = row(ctx, &r, e);
    }
    if (rc == ERR_OK && next == DB_FAILED) {
        rc = record_failed(e);
    }
    db_done(&s);
    buf_clear(&detail);
    free(to_end);
    return rc;
}
