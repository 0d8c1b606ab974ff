#include "io/import_orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/export.h"

#define PROGRESS_EVERY 512

static void reject_group(struct import *im, struct order_file *f, const struct file_group *g) {
    char reason[128];
    im->sum->rejected++;
    order_parts_reject(f, g);
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
    bool is_new = f->parts.bulk || (f->parts.empty && !f->parts.later);
    enum err_code rc = is_new ? ERR_NOT_FOUND : order_find(im->shop, number, &call.existing, e);
    if (rc == ERR_NOT_FOUND) {
        call.existing = 0;
        err_clear(e);
        rc = ERR_OK;
    }
    if (rc == ERR_OK) {
        rc = order_parts_check(im, f, g, call.existing, e);
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
    } else if (import_is_rejection(rc) && !im->apart) {
        import_refs_back(im->refs);
        struct file_row *r = row_at_fault(f, g, e);
        memmove(e->field, column_of(e->field), strlen(column_of(e->field)) + 1);
        order_row_reject(im, g, r, e);
        reject_group(im, f, g);
        rc = ERR_OK;
    }
    return rc;
}

/* Marks the sales that the file has returns of; true when it names any sale. */
static bool mark_returned(struct order_file *f) {
    bool any = false;
    for (uint32_t at = 0; at < intern_count(f->numbers); at++) {
        uint32_t sale = order_sale_of(f, &f->groups[at]);
        any = any || f->groups[at].cells[CELL_RETURN_OF] != 0;
        if (sale != INTERN_NONE) {
            f->groups[sale].has_returns = true;
        }
    }
    return any;
}

/* In the order in which they stand in the file, but a sale before its returns. */
static enum err_code take_all(struct import *im, struct order_file *f, bool last, struct err *e) {
    uint32_t count = intern_count(f->numbers);
    enum err_code rc = ERR_OK;
    for (uint32_t at = 0; at < count && rc == ERR_OK && !im->stopped; at++) {
        uint32_t sale = order_sale_of(f, &f->groups[at]);
        if (sale != INTERN_NONE) {
            rc = take_group(im, f, sale, e);
        } else {
            rc = order_parts_check_return(im, f, &f->groups[at], last, e);
        }
        if (rc == ERR_OK) {
            rc = take_group(im, f, at, e);
        }
        if (at % PROGRESS_EVERY == 0) {
            import_progress(im, im->sum->rows, import_percent(im, 0.25 + 0.75 * at / count));
        }
    }
    return rc;
}

/* Takes what was collected; `last`: nothing more comes. */
static enum err_code take_part(struct import *im, struct order_file *f, bool last, struct err *e) {
    bool returns = mark_returned(f);
    enum err_code rc = order_parts_begin(im, f, last, returns, e);
    if (rc == ERR_OK) {
        rc = take_all(im, f, last, e);
    }
    if (rc == ERR_OK && !im->stopped) {
        rc = order_parts_end(im, f, last, e);
    }
    /* Numbers are not looked up in a bulk load: the table itself refuses one that comes twice. */
    im->apart = im->apart || (f->parts.bulk && f->parts.later && (rc == ERR_CONFLICT || rc == ERR_DB));
    order_file_empty(f);
    im->bytes_taken = im->bytes_read;
    return rc;
}

/* A part ends with an order's last row: most stand together. */
static enum err_code make_room(struct import *im, const struct import_row *row, struct err *e) {
    struct order_file *f = order_file_of(im);
    bool ends = order_rows_are_full(im, f) && row->count > 0 &&
                strcmp(import_text(im, row, ORDER_C_NO), intern_text(f->numbers, f->last_group)) != 0;
    return ends ? take_part(im, f, false, e) : ERR_OK;
}

static enum err_code collect(struct import *im, const struct import_row *row, struct err *e) {
    enum err_code rc = make_room(im, row, e);
    return rc == ERR_OK && !im->stopped ? order_rows_collect(im, row, e) : rc;
}

static enum err_code spoiled(struct import *im, const struct import_row *row, struct err *e) {
    enum err_code rc = make_room(im, row, e);
    if (rc == ERR_OK && !im->stopped) {
        order_rows_spoiled(im, row);
    }
    return rc;
}

static enum err_code finish(struct import *im, struct err *e) {
    return take_part(im, order_file_of(im), true, e);
}

static void reset(struct import *im) {
    struct order_file *f = im->state;
    if (f != NULL) {
        intern_free(f->numbers);
        intern_free(f->texts);
        order_parts_clear(&f->parts);
        free(f->rows);
        free(f->groups);
        free(f->lines);
        free(f->reps);
        free(f->payments);
        free(f);
        im->state = NULL;
    }
}

const struct import_ops import_orders_ops = {
    .collect = collect, .spoiled = spoiled, .finish = finish, .gather = order_gather, .reset = reset};
