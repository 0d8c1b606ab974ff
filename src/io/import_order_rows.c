/* Rows of an orders file, kept until their order can be taken. */
#include "io/import_orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* So much is kept before it is taken: enough that a bulk load is one, and small beside what the database keeps. */
#define PART_ROWS  100000
#define PART_BYTES ((size_t)16 * 1024 * 1024)

const int order_cell_columns[CELL_COUNT] = {
    [CELL_DATE] = ORDER_C_DATE,
    [CELL_TIME] = ORDER_C_TIME,
    [CELL_STATUS] = ORDER_C_STATUS,
    [CELL_CHANNEL] = ORDER_C_CHANNEL,
    [CELL_CUSTOMER] = ORDER_C_CUSTOMER,
    [CELL_PHONE] = ORDER_C_PHONE,
    [CELL_CUSTOMER_NAME] = ORDER_C_CUSTOMER_NAME,
    [CELL_REP] = ORDER_C_REP,
    [CELL_DISCOUNT] = ORDER_C_ORDER_DISCOUNT,
    [CELL_SHIPPING] = ORDER_C_SHIPPING,
    [CELL_PAID] = ORDER_C_PAID,
    [CELL_METHOD] = ORDER_C_METHOD,
    [CELL_DELIVERED] = ORDER_C_DELIVERED,
    [CELL_PROMISED] = ORDER_C_PROMISED,
    [CELL_CARRIER] = ORDER_C_CARRIER,
    [CELL_TRACKING] = ORDER_C_TRACKING,
    [CELL_PROVINCE] = ORDER_C_PROVINCE,
    [CELL_RETURN_OF] = ORDER_C_RETURN_OF,
    [CELL_NOTE] = ORDER_C_NOTE,
};

struct order_file *order_file_of(struct import *im) {
    if (im->state == NULL) {
        struct order_file *f = mem_zalloc(sizeof *f);
        f->numbers = intern_new();
        f->texts = intern_new();
        intern_add(f->texts, "");
        im->state = f;
    }
    return im->state;
}

bool order_rows_are_full(const struct import *im, const struct order_file *f) {
    size_t most = im->options->part_rows > 0 ? im->options->part_rows : PART_ROWS;
    return f->row_count >= most || intern_bytes(f->texts) + intern_bytes(f->numbers) >= PART_BYTES;
}

void order_file_empty(struct order_file *f) {
    intern_free(f->numbers);
    intern_free(f->texts);
    f->numbers = intern_new();
    f->texts = intern_new();
    intern_add(f->texts, "");
    f->row_count = 0;
    f->last_group = 0;
    memset(f->last, 0, sizeof f->last);
    memset(f->statuses, 0, sizeof f->statuses);
}

static struct file_group *group_of(struct order_file *f, const char *number) {
    uint32_t before = intern_count(f->numbers);
    bool same = before > 0 && strcmp(intern_text(f->numbers, f->last_group), number) == 0;
    uint32_t at = same ? f->last_group : intern_add(f->numbers, number);
    f->last_group = at;
    if (at == before) {
        f->groups = mem_grow(f->groups, at, &f->group_cap, sizeof *f->groups);
        f->groups[at] = (struct file_group){0};
    }
    return &f->groups[at];
}

static bool is_text(enum order_cell cell) {
    return cell != CELL_DATE && cell != CELL_TIME && cell != CELL_PHONE && cell != CELL_PAID && cell != CELL_SHIPPING &&
           cell != CELL_DISCOUNT && cell != CELL_DELIVERED && cell != CELL_PROMISED;
}

/* The first row that says something wins; empty cells say nothing (many programs write an order's fields on its first
 * row only). */
static void merge_cells(struct import *im, struct order_file *f, struct file_group *g, const struct import_row *row) {
    for (int c = 0; c < CELL_COUNT; c++) {
        int column = order_cell_columns[c];
        if (!import_has(im, column)) {
            continue;
        }
        const char *cell = is_text((enum order_cell)c) ? import_text(im, row, column) : import_cell(im, row, column);
        if (cell[0] == '\0') {
            continue;
        }
        if (strcmp(cell, intern_text(f->texts, f->last[c])) != 0) {
            f->last[c] = intern_add(f->texts, cell);
        }
        if (g->cells[c] == 0) {
            g->cells[c] = f->last[c];
        } else if (g->cells[c] != f->last[c]) {
            char clip[ERR_CLIP_SIZE];
            char clip_before[ERR_CLIP_SIZE];
            import_warn(im, _("%s:%ld: %s: “%s” is not what the order said before; “%s” counts"), im->options->path,
                        row->line, im->kind->columns[column].name, err_clip(cell, clip),
                        err_clip(intern_text(f->texts, g->cells[c]), clip_before));
        }
    }
}

static enum err_code read_discount(const struct import *im, const struct import_row *row, struct file_row *r,
                                   struct err *e) {
    const char *cell = import_cell(im, row, ORDER_C_DISCOUNT);
    size_t n = strlen(cell);
    if (n > 0 && cell[n - 1] == '%') {
        r->discount_is_rate = true;
        return import_rate(im, row, ORDER_C_DISCOUNT, &r->discount, NULL, e);
    }
    return import_money(im, row, ORDER_C_DISCOUNT, &r->discount, NULL, e);
}

static enum err_code read_figures(const struct import *im, const struct import_row *row, struct file_row *r,
                                  struct err *e) {
    int64_t vat = 0;
    bool has_vat = false;
    enum err_code rc = import_qty(im, row, ORDER_C_QTY, &r->qty, NULL, e);
    if (rc == ERR_OK && r->qty == 0) {
        rc = err_set_field(e, ERR_INVALID, "qty", _("the quantity must not be 0"));
    }
    if (rc == ERR_OK) {
        rc = import_money(im, row, ORDER_C_PRICE, &r->price, NULL, e);
    }
    if (rc == ERR_OK && r->price < 0) {
        rc = err_set_field(e, ERR_INVALID, "unit_price", _("the price must not be below 0"));
    }
    if (rc == ERR_OK) {
        rc = read_discount(im, row, r, e);
    }
    if (rc == ERR_OK) {
        rc = import_rate(im, row, ORDER_C_VAT, &vat, &has_vat, e);
    }
    r->vat_bps = has_vat ? (int32_t)vat : -1;
    return rc;
}

static enum err_code check_sign(struct file_group *g, const struct file_row *r, struct err *e) {
    int8_t sign = r->qty < 0 ? -1 : 1;
    if (g->sign != 0 && g->sign != sign) {
        return err_set_field(e, ERR_INVALID, "qty",
                             _("the order has quantities above and below 0: a return is an order of its own"));
    }
    g->sign = sign;
    return ERR_OK;
}

static void add_row(struct order_file *f, struct file_group *g, const struct file_row *r) {
    f->rows = mem_grow(f->rows, f->row_count, &f->row_cap, sizeof *f->rows);
    f->rows[f->row_count] = *r;
    uint32_t at = (uint32_t)f->row_count++;
    if (g->count++ == 0) {
        g->first = at;
    } else {
        f->rows[g->last].next = at + 1;
    }
    g->last = at;
}

void order_row_reject(struct import *im, struct file_group *g, struct file_row *r, struct err *e) {
    import_reject(&im->rejections, (long)r->line, e->field, e->message);
    err_clear(e);
    r->bad = true;
    if (g->bad_line == 0) {
        g->bad_line = r->line;
    }
}

enum err_code order_rows_collect(struct import *im, const struct import_row *row, struct err *e) {
    struct order_file *f = order_file_of(im);
    const char *number = import_text(im, row, ORDER_C_NO);
    struct file_row r = {.line = (uint32_t)row->line};
    enum err_code rc = import_check_row(im, row, e);
    if (number[0] == '\0') {
        import_reject(&im->rejections, row->line, e->field, e->message);
        err_clear(e);
        im->sum->rejected++;
        return ERR_OK;
    }
    struct file_group *g = group_of(f, number);
    if (rc == ERR_OK) {
        rc = read_figures(im, row, &r, e);
    }
    if (rc == ERR_OK) {
        rc = check_sign(g, &r, e);
    }
    if (rc == ERR_OK && g->count >= ORDER_LINES_MAX) {
        rc = err_set_field(e, ERR_INVALID, "order_no", _("an order can have at most %d lines"), ORDER_LINES_MAX);
    }
    if (rc != ERR_OK) {
        order_row_reject(im, g, &r, e);
    } else {
        r.sku = intern_add(f->texts, import_text(im, row, ORDER_C_SKU));
        r.name = intern_add(f->texts, import_text(im, row, ORDER_C_PRODUCT_NAME));
        r.unit = intern_add(f->texts, import_text(im, row, ORDER_C_UNIT));
    }
    if (g->count < ORDER_LINES_MAX) {
        add_row(f, g, &r);
        merge_cells(im, f, g, row);
    }
    g->has_returns = g->has_returns || row->has_returns;
    return ERR_OK;
}

/* A row that could not be read takes its order with it, where its number can be made out. */
void order_rows_spoiled(struct import *im, const struct import_row *row) {
    const char *number = row->count > 0 ? import_text(im, row, ORDER_C_NO) : "";
    if (number[0] == '\0') {
        im->sum->rejected++;
        return;
    }
    struct order_file *f = order_file_of(im);
    struct file_group *g = group_of(f, number);
    struct file_row r = {.line = (uint32_t)row->line, .bad = true};
    if (g->count < ORDER_LINES_MAX) {
        add_row(f, g, &r);
    }
    g->bad_line = g->bad_line == 0 ? r.line : g->bad_line;
}

uint32_t order_sale_of(const struct order_file *f, const struct file_group *g) {
    if (g->sign >= 0 || g->cells[CELL_RETURN_OF] == 0) {
        return INTERN_NONE;
    }
    uint32_t sale = intern_find(f->numbers, order_cell(f, g, CELL_RETURN_OF));
    return sale != INTERN_NONE && f->groups[sale].sign > 0 ? sale : INTERN_NONE;
}
