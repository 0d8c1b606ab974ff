/* From the cells of an order to what the domain takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/import_orders.h"

static enum err_code read_date(struct import *im, const struct order_file *f, const struct file_group *g,
                               enum order_cell cell, char date[DATE_SIZE], char time[9], struct err *e) {
    const char *text = order_cell(f, g, cell);
    date[0] = '\0';
    return text[0] == '\0'
               ? ERR_OK
               : import_field_error(im, order_cell_columns[cell], date_parse(text, im->date_order, date, time, e), e);
}

static enum err_code read_money(struct import *im, const struct order_file *f, const struct file_group *g,
                                enum order_cell cell, int64_t *amount, struct err *e) {
    const char *text = order_cell(f, g, cell);
    return text[0] == '\0' ? ERR_OK
                           : import_field_error(im, order_cell_columns[cell],
                                                money_parse_file(text, shop_currency(im->shop), amount, e), e);
}

/* The date's own time, unless a column says another. */
static enum err_code read_when(struct import *im, const struct order_file *f, const struct file_group *g,
                               struct order_build *b, struct err *e) {
    if (g->cells[CELL_DATE] == 0) {
        return err_set_field(e, ERR_INVALID, "order_date", _("is empty, and it must not be"));
    }
    enum err_code rc = read_date(im, f, g, CELL_DATE, b->date, b->time, e);
    const char *time = order_cell(f, g, CELL_TIME);
    b->in.date = b->date;
    b->in.time = b->time[0] != '\0' || import_has(im, ORDER_C_TIME) ? b->time : NULL;
    if (rc == ERR_OK && time[0] != '\0') {
        char whole[64];
        char day[DATE_SIZE];
        size_t n = strlen(time);
        memcpy(whole, "2000-01-01 ", 12);
        strncat(whole, time, sizeof whole - 12);
        if (n > 20 || date_parse(whole, DATE_DMY, day, b->time, NULL) != ERR_OK || b->time[0] == '\0') {
            rc = err_set_field(e, ERR_INVALID, "order_time", _("“%.20s” is no time of day; write HH:MM:SS"), time);
        }
    }
    return rc;
}

/* A file has few words for states: each is looked up once. */
static bool find_status(struct order_file *f, uint32_t cell, enum order_status *status) {
    enum { REMEMBERED = sizeof f->statuses / sizeof *f->statuses };
    for (int i = 0; i < REMEMBERED; i++) {
        if (f->statuses[i].cell == cell) {
            *status = f->statuses[i].status;
            return true;
        }
    }
    if (!order_status_find(intern_text(f->texts, cell), status)) {
        return false;
    }
    f->statuses[f->next_status].cell = cell;
    f->statuses[f->next_status].status = *status;
    f->next_status = (f->next_status + 1) % REMEMBERED;
    return true;
}

static enum err_code read_status(struct import *im, struct order_file *f, const struct file_group *g, int64_t existing,
                                 struct order_build *b, struct err *e) {
    const char *text = order_cell(f, g, CELL_STATUS);
    b->in.status = ORDER_COMPLETED;
    if (!import_has(im, ORDER_C_STATUS)) {
        b->in.keep |= ORDER_KEEP_STATUS;
    }
    if (text[0] != '\0' && !find_status(f, g->cells[CELL_STATUS], &b->in.status)) {
        char clip[ERR_CLIP_SIZE];
        return err_set_field(
            e, ERR_INVALID, "status",
            _("“%s” is no state of an order; there are draft, confirmed, packed, shipped, delivered, completed, "
              "cancelled, returned"),
            err_clip(text, clip));
    }
    if (b->in.status == ORDER_RETURNED && g->sign < 0) {
        b->in.status = ORDER_COMPLETED;
    } else if (b->in.status == ORDER_RETURNED && g->has_returns) {
        /* Its returns stand in the file, too: they make it returned. */
        b->in.status = g->cells[CELL_DELIVERED] == 0 ? ORDER_SHIPPED : ORDER_COMPLETED;
        b->in.keep |= existing != 0 ? ORDER_KEEP_STATUS : 0;
    }
    return ERR_OK;
}

static const char *text_or_keep(const struct import *im, const struct order_file *f, const struct file_group *g,
                                enum order_cell cell) {
    return import_has(im, order_cell_columns[cell]) ? order_cell(f, g, cell) : NULL;
}

static void set_keep(const struct import *im, struct order_input *in) {
    in->keep |= import_has(im, ORDER_C_CHANNEL) ? 0 : ORDER_KEEP_CHANNEL;
    in->keep |= import_has(im, ORDER_C_CUSTOMER) || import_has(im, ORDER_C_PHONE) ? 0 : ORDER_KEEP_CUSTOMER;
    in->keep |= import_has(im, ORDER_C_REP) ? 0 : ORDER_KEEP_REPS;
    in->keep |= import_has(im, ORDER_C_PAID) ? 0 : ORDER_KEEP_PAID;
    in->keep |= import_has(im, ORDER_C_SHIPPING) ? 0 : ORDER_KEEP_SHIPPING;
}

static enum err_code read_texts(struct import *im, const struct order_file *f, const struct file_group *g,
                                struct order_build *b, struct err *e) {
    struct order_input *in = &b->in;
    enum err_code rc = read_date(im, f, g, CELL_DELIVERED, b->delivered, NULL, e);
    if (rc == ERR_OK) {
        rc = read_date(im, f, g, CELL_PROMISED, b->promised, NULL, e);
    }
    in->delivered_on = import_has(im, ORDER_C_DELIVERED) ? b->delivered : NULL;
    in->promised_on = import_has(im, ORDER_C_PROMISED) ? b->promised : NULL;
    in->carrier = text_or_keep(im, f, g, CELL_CARRIER);
    in->tracking_no = text_or_keep(im, f, g, CELL_TRACKING);
    in->province = text_or_keep(im, f, g, CELL_PROVINCE);
    in->note = text_or_keep(im, f, g, CELL_NOTE);
    set_keep(im, in);
    return rc;
}

static enum err_code read_amounts(struct import *im, struct order_file *f, const struct file_group *g,
                                  struct order_build *b, struct err *e) {
    const char *discount = order_cell(f, g, CELL_DISCOUNT);
    size_t n = strlen(discount);
    enum err_code rc = ERR_OK;
    if (n > 0 && discount[n - 1] == '%') {
        b->in.discount.is_rate = true;
        rc = import_field_error(im, ORDER_C_ORDER_DISCOUNT, rate_parse(discount, 10000, &b->in.discount.value, e), e);
    } else {
        rc = read_money(im, f, g, CELL_DISCOUNT, &b->in.discount.value, e);
    }
    if (rc == ERR_OK) {
        rc = read_money(im, f, g, CELL_SHIPPING, &b->in.shipping_fee, e);
    }
    bool delivered = b->in.status == ORDER_DELIVERED || b->in.status == ORDER_COMPLETED;
    return rc == ERR_OK ? order_cell_payments(im, f, g, delivered, &b->in, e) : rc;
}

/* --- references */

static enum err_code find_people(struct import *im, struct order_file *f, const struct file_group *g,
                                 struct order_input *in, struct err *e) {
    enum err_code rc = ERR_OK;
    if (g->cells[CELL_CHANNEL] != 0) {
        rc = import_need_channel(im, order_cell(f, g, CELL_CHANNEL), &in->channel_id, e);
        rc = import_field_error(im, ORDER_C_CHANNEL, rc, e);
    }
    if (rc == ERR_OK && g->cells[CELL_REP] != 0) {
        rc = order_cell_reps(im, f, order_cell(f, g, CELL_REP), &in->rep_count, e);
        in->reps = f->reps;
    }
    if (rc == ERR_OK && (g->cells[CELL_CUSTOMER] != 0 || g->cells[CELL_PHONE] != 0)) {
        rc = import_need_customer(im, order_cell(f, g, CELL_CUSTOMER), order_cell(f, g, CELL_PHONE),
                                  order_cell(f, g, CELL_CUSTOMER_NAME), &in->customer_id, e);
        rc = import_field_error(im, g->cells[CELL_CUSTOMER] != 0 ? ORDER_C_CUSTOMER : ORDER_C_PHONE, rc, e);
    }
    if (rc == ERR_OK && g->cells[CELL_RETURN_OF] != 0) {
        const char *sale = order_cell(f, g, CELL_RETURN_OF);
        rc = order_find(im->shop, sale, &in->return_of, e);
        if (rc == ERR_NOT_FOUND) {
            char clip[ERR_CLIP_SIZE];
            rc = err_set_field(e, ERR_NOT_FOUND, "return_of", _("there is no order %s that this could be a return of"),
                               err_clip(sale, clip));
        }
    }
    return rc;
}

static enum err_code in_line(enum err_code rc, size_t index, struct err *e) {
    if (rc != ERR_OK && e != NULL) {
        char *what = mem_strdup(e->message);
        char field[32];
        snprintf(field, sizeof field, "line %zu", index + 1);
        err_set_field(e, rc, field, ": %s", what);
        free(what);
    }
    return rc;
}

static enum err_code build_lines(struct import *im, struct order_file *f, const struct file_group *g,
                                 struct order_input *in, struct err *e) {
    for (uint32_t at = g->first + 1; at != 0; at = f->rows[at - 1].next) {
        const struct file_row *r = &f->rows[at - 1];
        f->lines = mem_grow(f->lines, in->line_count, &f->line_cap, sizeof *f->lines);
        struct order_line_input *line = &f->lines[in->line_count];
        const char *unit = "";
        *line = (struct order_line_input){.qty = r->qty,
                                          .has_price = true,
                                          .unit_price = r->price,
                                          .discount = {r->discount_is_rate, r->discount},
                                          .has_vat = r->vat_bps >= 0,
                                          .vat_bps = r->vat_bps < 0 ? 0 : r->vat_bps};
        enum err_code rc = import_need_product(im, intern_text(f->texts, r->sku), intern_text(f->texts, r->name),
                                               r->price, &line->product_id, &unit, e);
        if (rc != ERR_OK || im->missing) {
            return in_line(rc, in->line_count, e);
        }
        line->unit = r->unit != 0 ? intern_text(f->texts, r->unit) : unit;
        in->line_count++;
        in->lines = f->lines;
    }
    return ERR_OK;
}

/* What the file has no column for keeps its value: a line of the same product in the same place. */
static enum err_code keep_figures(struct import *im, struct order_file *f, int64_t existing, struct order_build *b,
                                  struct err *e) {
    bool discount = import_has(im, ORDER_C_DISCOUNT);
    bool vat = import_has(im, ORDER_C_VAT);
    bool unit = import_has(im, ORDER_C_UNIT);
    bool order_discount = import_has(im, ORDER_C_ORDER_DISCOUNT);
    if (existing == 0 || (discount && vat && unit && order_discount)) {
        return ERR_OK;
    }
    enum err_code rc = order_get(im->shop, existing, &b->old, e);
    for (size_t i = 0; rc == ERR_OK && i < b->in.line_count && i < b->old.line_count; i++) {
        struct order_line_input *line = &f->lines[i];
        const struct order_line *old = &b->old.lines[i];
        if (line->product_id != old->product_id) {
            continue;
        }
        if (!discount) {
            line->discount = (struct discount){false, old->discount};
        }
        if (!vat) {
            line->has_vat = true;
            line->vat_bps = old->vat_bps;
        }
        if (!unit && line->unit[0] == '\0') {
            line->unit = old->unit;
        }
    }
    if (rc == ERR_OK && !order_discount) {
        b->in.discount = (struct discount){false, b->old.discount};
    }
    return rc;
}

enum err_code order_build(struct import *im, struct order_file *f, const struct file_group *g, int64_t existing_id,
                          struct order_build *b, struct err *e) {
    *b = (struct order_build){.in = {.import_id = im->import_id}};
    b->in.order_no = intern_text(f->numbers, (uint32_t)(g - f->groups));
    enum err_code rc = read_when(im, f, g, b, e);
    if (rc == ERR_OK) {
        rc = read_status(im, f, g, existing_id, b, e);
    }
    if (rc == ERR_OK) {
        rc = read_texts(im, f, g, b, e);
    }
    if (rc == ERR_OK) {
        rc = read_amounts(im, f, g, b, e);
    }
    if (rc == ERR_OK) {
        rc = find_people(im, f, g, &b->in, e);
    }
    if (rc == ERR_OK && !im->missing) {
        rc = build_lines(im, f, g, &b->in, e);
    }
    return rc == ERR_OK ? keep_figures(im, f, existing_id, b, e) : rc;
}

void order_build_clear(struct order_build *b) {
    order_clear(&b->old);
}
