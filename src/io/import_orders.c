#include "io/import_orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/export.h"

#define BULK_ORDERS    1000 /* from so many on, indexes are made in the end */
#define PROGRESS_EVERY 512

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

/* --- collecting */

static struct order_file *state(struct import *im) {
    if (im->state == NULL) {
        struct order_file *f = mem_zalloc(sizeof *f);
        f->numbers = intern_new();
        f->texts = intern_new();
        intern_add(f->texts, "");
        im->state = f;
    }
    return im->state;
}

static void reset(struct import *im) {
    struct order_file *f = im->state;
    if (f != NULL) {
        intern_free(f->numbers);
        intern_free(f->texts);
        free(f->rows);
        free(f->groups);
        free(f->lines);
        free(f->reps);
        free(f->payments);
        free(f);
        im->state = NULL;
    }
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
            import_warn(im, _("%s:%ld: %s: “%s” is not what the order said before; “%s” counts"), im->options->path,
                        row->line, im->kind->columns[column].name, cell, intern_text(f->texts, g->cells[c]));
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

static void reject_row(struct import *im, struct file_group *g, struct file_row *r, struct err *e) {
    import_reject(&im->rejections, (long)r->line, e->field, e->message);
    err_clear(e);
    r->bad = true;
    if (g->bad_line == 0) {
        g->bad_line = r->line;
    }
}

static enum err_code collect(struct import *im, const struct import_row *row, struct err *e) {
    struct order_file *f = state(im);
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
    if (rc != ERR_OK) {
        reject_row(im, g, &r, e);
    } else {
        r.sku = intern_add(f->texts, import_text(im, row, ORDER_C_SKU));
        r.name = intern_add(f->texts, import_text(im, row, ORDER_C_PRODUCT_NAME));
        r.unit = intern_add(f->texts, import_text(im, row, ORDER_C_UNIT));
    }
    add_row(f, g, &r);
    merge_cells(im, f, g, row);
    return ERR_OK;
}

/* A row that could not be read takes its order with it, where its number can be made out. */
static void spoiled(struct import *im, const struct import_row *row) {
    const char *number = row->count > 0 ? import_text(im, row, ORDER_C_NO) : "";
    if (number[0] == '\0') {
        im->sum->rejected++;
        return;
    }
    struct order_file *f = state(im);
    struct file_group *g = group_of(f, number);
    struct file_row r = {.line = (uint32_t)row->line, .bad = true};
    add_row(f, g, &r);
    g->bad_line = g->bad_line == 0 ? r.line : g->bad_line;
}

/* --- taking */

static void reject_group(struct import *im, struct order_file *f, const struct file_group *g) {
    char reason[128];
    im->sum->rejected++;
    snprintf(reason, sizeof reason, _("rejected with line %ld of the same order"), (long)g->bad_line);
    for (uint32_t at = g->first + 1; at != 0; at = f->rows[at - 1].next) {
        const struct file_row *r = &f->rows[at - 1];
        if (!r->bad) {
            import_reject(&im->rejections, (long)r->line, "order_no", reason);
        }
    }
}

/* The row that an error is about: the domain names lines by their number. */
static struct file_row *row_at_fault(struct order_file *f, const struct file_group *g, struct err *e) {
    unsigned line = 0;
    uint32_t at = g->first;
    if (sscanf(e->field, "line %u", &line) == 1 && line >= 1) {
        for (unsigned i = 1; i < line && f->rows[at].next != 0; i++) {
            at = f->rows[at].next - 1;
        }
        const char *what = strstr(e->message, ": ");
        err_set_field(e, e->code, "sku", "%s", what == NULL ? e->message : what + 2);
    }
    return &f->rows[at];
}

/* The domain's words for an order's fields are those of the command line. */
static const char *column_of(const char *field) {
    static const char *const names[][2] = {{"", "order_no"},
                                           {"no", "order_no"},
                                           {"date", "order_date"},
                                           {"time", "order_time"},
                                           {"pay", "paid"},
                                           {"discount", "order_discount"},
                                           {"shipping", "shipping_fee"},
                                           {"line", "sku"},
                                           {"total", "order_discount"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i][0], field) == 0) {
            return names[i][1];
        }
    }
    return field;
}

struct put_call {
    struct import *im;
    struct order_file *f;
    const struct file_group *g;
    int64_t existing;
    bool look_first; /* an order that would change is left alone, so that it can be noted as it was */
    bool would_change;
    enum put_result result;
};

static enum err_code put_group(struct shop *shop, void *ctx, struct err *e) {
    struct put_call *call = ctx;
    struct order_build b;
    struct order_ref ref;
    enum err_code rc = order_build(call->im, call->f, call->g, call->existing, &b, e);
    b.in.is_new = call->existing == 0;
    if (rc == ERR_OK && !call->im->missing) {
        rc = order_put(shop, &b.in, &call->result, &ref, e);
    }
    order_build_clear(&b);
    if (rc == ERR_OK && call->look_first && call->result == PUT_UPDATED) {
        call->would_change = true;
        rc = err_set(e, ERR_REFUSED, "change");
    }
    return rc;
}

/* Existing orders are put twice when they change: once to see that they do, then, after what they were has been noted,
 * for good. */
static enum err_code put_existing(struct put_call *call, struct err *e) {
    struct import *im = call->im;
    char *image = NULL;
    call->look_first = im->import_id != 0;
    enum err_code rc = shop_transact(im->shop, put_group, call, e);
    if (!call->would_change) {
        return rc;
    }
    err_clear(e);
    import_refs_back(im->refs);
    call->look_first = false;
    rc = export_image(im->shop, KIND_ORDERS, call->existing, &image, e);
    if (rc == ERR_OK) {
        rc = shop_transact(im->shop, put_group, call, e);
    }
    if (rc == ERR_OK && image != NULL) {
        rc = import_note(im->shop, im->import_id, im->kind->name, call->existing, image, e);
    }
    free(image);
    return rc;
}

/* Most orders name nothing that must be made first, and so need no transaction of their own. */
static enum err_code put_new(struct put_call *call, struct err *e) {
    struct import *im = call->im;
    im->looking = true;
    enum err_code rc = put_group(im->shop, call, e);
    bool missing = im->missing;
    im->looking = im->missing = false;
    return rc == ERR_OK && missing ? shop_transact(im->shop, put_group, call, e) : rc;
}

static enum err_code put(struct import *im, struct order_file *f, const struct file_group *g, const char *number,
                         enum put_result *result, struct err *e) {
    struct put_call call = {.im = im, .f = f, .g = g};
    enum err_code rc = f->shop_is_empty ? ERR_NOT_FOUND : order_find(im->shop, number, &call.existing, e);
    if (rc == ERR_NOT_FOUND) {
        call.existing = 0;
        err_clear(e);
        rc = ERR_OK;
    }
    if (rc == ERR_OK) {
        rc = call.existing != 0 ? put_existing(&call, e) : put_new(&call, e);
    }
    *result = call.result;
    return rc;
}

static enum err_code take_group(struct import *im, struct order_file *f, uint32_t at, struct err *e) {
    struct file_group *g = &f->groups[at];
    enum put_result result = PUT_UNCHANGED;
    if (g->taken) {
        return ERR_OK;
    }
    g->taken = true;
    if (g->bad_line != 0) {
        reject_group(im, f, g);
        return ERR_OK;
    }
    import_refs_mark(im->refs);
    enum err_code rc = put(im, f, g, intern_text(f->numbers, at), &result, e);
    if (rc == ERR_OK) {
        *(result == PUT_CREATED   ? &im->sum->created
          : result == PUT_UPDATED ? &im->sum->updated
                                  : &im->sum->unchanged) += 1;
    } else if (import_is_rejection(rc)) {
        import_refs_back(im->refs);
        struct file_row *r = row_at_fault(f, g, e);
        memmove(e->field, column_of(e->field), strlen(column_of(e->field)) + 1);
        reject_row(im, g, r, e);
        reject_group(im, f, g);
        rc = ERR_OK;
    }
    return rc;
}

/* The sale that a return names, when it stands in this file and is no return itself. */
static uint32_t sale_of(const struct order_file *f, const struct file_group *g) {
    if (g->sign >= 0 || g->cells[CELL_RETURN_OF] == 0) {
        return INTERN_NONE;
    }
    uint32_t sale = intern_find(f->numbers, order_cell(f, g, CELL_RETURN_OF));
    return sale != INTERN_NONE && f->groups[sale].sign > 0 ? sale : INTERN_NONE;
}

/* Marks the sales that the file has returns of; true when it names any sale. */
static bool mark_returned(struct order_file *f) {
    bool any = false;
    for (uint32_t at = 0; at < intern_count(f->numbers); at++) {
        uint32_t sale = sale_of(f, &f->groups[at]);
        any = any || f->groups[at].cells[CELL_RETURN_OF] != 0;
        if (sale != INTERN_NONE) {
            f->groups[sale].has_returns = true;
        }
    }
    return any;
}

/* In the order in which they stand in the file, but a sale before its returns. */
static enum err_code take_all(struct import *im, struct order_file *f, struct err *e) {
    uint32_t count = intern_count(f->numbers);
    enum err_code rc = ERR_OK;
    for (uint32_t at = 0; at < count && rc == ERR_OK && !im->stopped; at++) {
        uint32_t sale = sale_of(f, &f->groups[at]);
        if (sale != INTERN_NONE) {
            rc = take_group(im, f, sale, e);
        }
        if (rc == ERR_OK) {
            rc = take_group(im, f, at, e);
        }
        if (at % PROGRESS_EVERY == 0) {
            import_progress(im, im->sum->rows, (int)(25 + (uint64_t)at * 70 / count));
        }
    }
    return rc;
}

static enum err_code finish(struct import *im, struct err *e) {
    struct order_file *f = state(im);
    uint32_t count = intern_count(f->numbers);
    bool has_orders = true;
    bool returns = mark_returned(f);
    enum err_code rc = import_has_orders(im->shop, &has_orders, e);
    f->shop_is_empty = !has_orders;
    /* Orders that are there, and returns of known sales, look things up as they are taken. */
    bool bulk = count >= BULK_ORDERS && f->shop_is_empty && !returns;
    if (rc == ERR_OK && bulk) {
        rc = import_bulk_begin(im->shop, count, e);
    }
    if (rc == ERR_OK) {
        rc = take_all(im, f, e);
    }
    if (rc == ERR_OK && !im->stopped && bulk) {
        import_progress(im, im->sum->rows, 95);
        rc = import_bulk_end(im->shop, e);
    }
    return rc;
}

const struct import_ops import_orders_ops = {.collect = collect, .spoiled = spoiled, .finish = finish, .reset = reset};
