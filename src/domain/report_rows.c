#include "domain/report_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

const char *report_time_key(enum sales_by by, const char *day, char text[REPORT_TIME_MAX]) {
    int year, week;
    if (by == SALES_BY_MONTH) {
        month_of(day, text);
    } else if (by == SALES_BY_WEEK) {
        date_iso_week(day, &year, &week);
        snprintf(text, REPORT_TIME_MAX, "%04d-W%02d", year, week);
    } else {
        return day;
    }
    return text;
}

struct sales_row *report_rows_at(struct report_rows *r, const char *key, const char *name) {
    if (r->keys == NULL) {
        r->keys = intern_new();
    }
    uint32_t index = intern_add(r->keys, key);
    if (index == r->count) {
        r->rows = mem_grow(r->rows, r->count, &r->capacity, sizeof *r->rows);
        r->rows[r->count++] = (struct sales_row){.key = intern_text(r->keys, index),
                                                 .name = mem_strdup(key[0] == '\0' ? REPORT_NONE : name)};
    }
    return &r->rows[index];
}

enum err_code report_row_add(struct sales_row *to, const struct sales_row *f, struct err *e) {
    to->orders += f->orders;
    to->returns += f->returns;
    if (money_add(to->qty, f->qty, &to->qty) && money_add(to->revenue, f->revenue, &to->revenue) &&
        money_add(to->net_revenue, f->net_revenue, &to->net_revenue) && money_add(to->cost, f->cost, &to->cost) &&
        money_add(to->discount, f->discount, &to->discount)) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, "revenue", _("the sales of this period add up to more than can be counted"));
}

static int compare_keys(const void *a, const void *b) {
    const struct sales_row *x = a, *y = b;
    if ((x->key[0] == '\0') != (y->key[0] == '\0')) {
        return x->key[0] == '\0' ? 1 : -1;
    }
    return strcmp(x->key, y->key);
}

static int compare_revenue(const void *a, const void *b) {
    const struct sales_row *x = a, *y = b;
    bool both_named = x->key[0] != '\0' && y->key[0] != '\0';
    if (both_named && x->revenue != y->revenue) {
        return x->revenue > y->revenue ? -1 : 1;
    }
    return compare_keys(a, b);
}

void report_rows_finish(struct report_rows *r, bool by_key) {
    for (size_t i = 0; i < r->count; i++) {
        struct sales_row *row = &r->rows[i];
        row->vat = row->revenue - row->net_revenue;
        row->margin = row->net_revenue - row->cost;
    }
    if (r->count > 1) {
        qsort(r->rows, r->count, sizeof *r->rows, by_key ? compare_keys : compare_revenue);
    }
}

void report_rows_drop_empty(struct report_rows *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->rows[i].orders + r->rows[i].returns > 0) {
            r->rows[kept++] = r->rows[i];
        } else {
            free((char *)r->rows[i].name);
        }
    }
    r->count = kept;
}

void report_rows_clear(struct report_rows *r) {
    for (size_t i = 0; i < r->count; i++) {
        free((char *)r->rows[i].name);
    }
    free(r->rows);
    intern_free(r->keys);
    *r = (struct report_rows){0};
}
