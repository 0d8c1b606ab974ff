/* Rows of the audit whose details are emptied for privacy, and the row that names them: {"rows":"3-5,9"}. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/audit_chain.h"
#include "domain/id_list.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define ROWS        "\"rows\":\""
#define NO_ERASURES " AND a.action NOT LIKE '%.erase'"

static enum err_code empty_rows(struct shop *shop, const struct ids *ids, size_t from, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = from; i < ids->count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id = $1",
                    DB_BIND(DB_INT(ids->items[i])), e);
    }
    return rc;
}

static enum err_code forget(struct shop *shop, const char *sql, const char *value, struct ids *emptied, struct err *e) {
    struct db_stmt *s = NULL;
    size_t from = emptied->count;
    enum err_code rc = db_query(shop->db, sql, DB_BIND(DB_TEXT(value)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        emptied->items = mem_grow(emptied->items, emptied->count, &emptied->cap, sizeof *emptied->items);
        emptied->items[emptied->count++] = db_col_int(s, 0);
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    return rc == ERR_OK ? empty_rows(shop, emptied, from, e) : rc;
}

enum err_code audit_forget(struct shop *shop, const char *entity, struct ids *emptied, struct err *e) {
    return forget(shop,
                  "SELECT a.id FROM audit a JOIN audit_details d ON d.audit_id = a.id WHERE a.entity = $1"
                  " AND d.salt <> ''" NO_ERASURES,
                  entity, emptied, e);
}

enum err_code audit_forget_like(struct shop *shop, const char *pattern, struct ids *emptied, struct err *e) {
    return forget(shop,
                  "SELECT a.id FROM audit_details d JOIN audit a ON a.id = d.audit_id WHERE (d.before LIKE $1 ESCAPE "
                  "'!' OR d.after LIKE $1 ESCAPE '!')" NO_ERASURES,
                  pattern, emptied, e);
}

static int compare_ids(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void write_ranges(const struct ids *ids, struct buf *out) {
    for (size_t i = 0; i < ids->count;) {
        size_t end = i + 1;
        while (end < ids->count && ids->items[end] == ids->items[end - 1] + 1) {
            end++;
        }
        buf_addf(out, "%s%lld", i == 0 ? "" : ",", (long long)ids->items[i]);
        if (end > i + 1) {
            buf_addf(out, "-%lld", (long long)ids->items[end - 1]);
        }
        i = end;
    }
}

enum err_code audit_erased(struct shop *shop, const char *action, const char *entity, struct ids *emptied,
                           struct err *e) {
    struct buf after = BUF_INIT;
    if (emptied->count > 0) {
        qsort(emptied->items, emptied->count, sizeof *emptied->items, compare_ids);
        buf_add(&after, "{" ROWS);
        write_ranges(emptied, &after);
        buf_add(&after, "\"}");
    }
    enum err_code rc = audit_add(shop, action, entity, "", buf_str(&after), e);
    buf_clear(&after);
    ids_clear(emptied);
    return rc;
}

bool audit_is_erasure(const char *action) {
    static const char end[] = ".erase";
    size_t n = strlen(action);
    return n >= sizeof end - 1 && strcmp(action + n - (sizeof end - 1), end) == 0;
}

const char *audit_next_erased(const char *at, int64_t *first, int64_t *last) {
    const char *p = *at == '{' ? strstr(at, ROWS) : *at == ',' ? at + 1 : NULL;
    char *end = NULL;
    if (p == NULL) {
        return NULL;
    }
    p += *at == '{' ? sizeof ROWS - 1 : 0;
    *first = *last = strtoll(p, &end, 10);
    if (end != p && *end == '-') {
        *last = strtoll(end + 1, &end, 10);
    }
    return end == p || *first <= 0 ? NULL : end;
}
