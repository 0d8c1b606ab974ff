/* An orders file whose rows stand apart: they go to a temporary table, and come back order by order. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/import_spool.h"
#include "io/import_orders.h"

/* A row's cells as one text: "3:abc0:12:…". */
static void pack(const struct csv_record *r, struct buf *out) {
    buf_reset(out);
    for (size_t i = 0; i < r->count; i++) {
        buf_addf(out, "%zu:", strlen(r->cells[i]));
        buf_add(out, r->cells[i]);
    }
}

struct cells {
    const char **cells;
    size_t count, cap;
};

/* In place: each cell gets its NUL where the next one's length begins. */
static void unpack(char *text, struct cells *out) {
    char *at = text;
    out->count = 0;
    while (*at != '\0') {
        char *cell = NULL;
        size_t n = strtoul(at, &cell, 10);
        out->cells = mem_grow(out->cells, out->count, &out->cap, sizeof *out->cells);
        out->cells[out->count++] = cell + 1;
        *at = '\0';
        at = cell + 1 + n;
    }
}

/* Rows without a number are no part of any order. */
static enum err_code spool(struct import *im, const struct csv_record *r, struct buf *packed, struct err *e) {
    const struct import_row row = {.line = r->line, .cells = r->cells, .count = r->count};
    const char *number = r->count > 0 ? import_text(im, &row, ORDER_C_NO) : "";
    if (number[0] == '\0') {
        return (r->kind == CSV_BAD ? im->ops->spoiled : im->ops->collect)(im, &row, e);
    }
    const char *qty = import_cell(im, &row, ORDER_C_QTY);
    pack(r, packed);
    const struct import_spool_row kept = {.line = r->line,
                                          .order_no = number,
                                          .return_of = import_text(im, &row, ORDER_C_RETURN_OF),
                                          .is_return = qty[0] == '-',
                                          .bad = r->kind == CSV_BAD,
                                          .cells = (char *)buf_str(packed)};
    return import_spool_add(im->shop, &kept, e);
}

static enum err_code spool_all(struct import *im, struct err *e) {
    const struct csv_record *r = NULL;
    struct buf packed = BUF_INIT;
    enum err_code rc = import_spool_begin(im->shop, e);
    while (rc == ERR_OK && (rc = import_next(im, &r, e)) == ERR_OK && r != NULL) {
        rc = spool(im, r, &packed, e);
    }
    buf_clear(&packed);
    return rc;
}

static enum err_code take_page(struct import *im, struct import_spool_page *page, struct cells *cells, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < page->count && rc == ERR_OK && !im->stopped; i++) {
        const struct import_spool_row *kept = &page->rows[i];
        unpack(kept->cells, cells);
        const struct import_row row = {
            .line = (long)kept->line, .cells = cells->cells, .count = cells->count, .has_returns = kept->has_returns};
        im->gathered++;
        rc = (kept->bad ? im->ops->spoiled : im->ops->collect)(im, &row, e);
    }
    return rc;
}

enum err_code order_gather(struct import *im, struct err *e) {
    struct import_spool_page page = {0};
    struct cells cells = {0};
    enum err_code rc = spool_all(im, e);
    if (rc == ERR_OK) {
        rc = import_spool_sort(im->shop, e);
    }
    do {
        if (rc == ERR_OK) {
            rc = import_spool_read(im->shop, &page, e);
        }
        if (rc == ERR_OK) {
            rc = take_page(im, &page, &cells, e);
        }
    } while (rc == ERR_OK && page.count > 0 && !im->stopped);
    import_spool_page_clear(&page);
    free(cells.cells);
    return rc;
}
