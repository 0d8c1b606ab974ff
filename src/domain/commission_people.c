#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/commission_data.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static void copy_date(char out[DATE_SIZE], const char *text) {
    size_t n = strnlen(text, DATE_SIZE - 1);
    memcpy(out, text, n);
    out[n] = '\0';
}

static enum err_code load_list(struct shop *shop, struct people *p, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop->db, "SELECT id, code, name, role, start_date, end_date FROM staff ORDER BY code",
                                DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        p->list = mem_grow(p->list, p->count, &capacity, sizeof *p->list);
        struct person *one = &p->list[p->count++];
        *one = (struct person){.id = db_col_int(s, 0), .code = db_col_dup(s, 1), .name = db_col_dup(s, 2)};
        one->is_rep = strcmp(db_col_text(s, 3), "rep") == 0;
        copy_date(one->start, db_col_text(s, 4));
        copy_date(one->end, db_col_text(s, 5));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code load_spans(struct shop *shop, struct people *p, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum db_row row = DB_END;
    enum err_code rc = db_query(
        shop->db, "SELECT staff_id, COALESCE(team_id, 0), from_date FROM staff_teams ORDER BY staff_id, from_date",
        DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        p->spans = mem_grow(p->spans, p->span_count, &capacity, sizeof *p->spans);
        struct team_span *span = &p->spans[p->span_count++];
        *span = (struct team_span){.staff_id = db_col_int(s, 0), .team_id = db_col_int(s, 1)};
        copy_date(span->from, db_col_text(s, 2));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct id_index {
    int64_t id;
    size_t index;
};

static int ids_rise(const void *a, const void *b) {
    const struct id_index *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

enum err_code people_load(struct shop *shop, struct people *out, struct err *e) {
    *out = (struct people){0};
    enum err_code rc = load_list(shop, out, e);
    if (rc == ERR_OK) {
        rc = load_spans(shop, out, e);
    }
    struct id_index *order = mem_array(out->count + 1, sizeof *order);
    out->by_id = mem_array(out->count + 1, sizeof *out->by_id);
    for (size_t i = 0; i < out->count; i++) {
        order[i] = (struct id_index){out->list[i].id, i};
    }
    if (out->count > 1) {
        qsort(order, out->count, sizeof *order, ids_rise);
    }
    for (size_t i = 0; i < out->count; i++) {
        out->by_id[i] = order[i].index;
    }
    free(order);
    return rc;
}

void people_clear(struct people *p) {
    for (size_t i = 0; i < p->count; i++) {
        free(p->list[i].code);
        free(p->list[i].name);
    }
    free(p->list);
    free(p->by_id);
    free(p->spans);
    *p = (struct people){0};
}

size_t people_find(const struct people *p, int64_t staff_id) {
    size_t low = 0;
    size_t high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t id = p->list[p->by_id[middle]].id;
        if (id == staff_id) {
            return p->by_id[middle];
        }
        if (id < staff_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return PERSON_NONE;
}

/* The last of the person's spans that began by then. */
int64_t people_team_on(const struct people *p, int64_t staff_id, const char *date) {
    size_t low = 0;
    size_t high = p->span_count;
    while (low < high) { /* the first span after (staff, date) */
        size_t middle = low + (high - low) / 2;
        const struct team_span *s = &p->spans[middle];
        if (s->staff_id < staff_id || (s->staff_id == staff_id && strcmp(s->from, date) <= 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && p->spans[low - 1].staff_id == staff_id ? p->spans[low - 1].team_id : 0;
}

bool people_employed(const struct person *p, const char *month) {
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(month, first);
    month_last_day(month, last);
    return (p->start[0] == '\0' || strcmp(p->start, last) <= 0) && (p->end[0] == '\0' || strcmp(p->end, first) >= 0);
}
