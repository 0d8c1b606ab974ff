#include "domain/order_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "base/text.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/shop_internal.h"

static enum err_code check_date(const char *text, const char *field, char out[DATE_SIZE], struct err *e) {
    if (!date_is_valid(text)) {
        return err_set_field(e, ERR_INVALID, field, _("%s: “%s” is no date"), field, text);
    }
    memcpy(out, text, DATE_SIZE);
    return ERR_OK;
}

static bool is_time(const char *t) {
    static const char form[] = "00:00:00";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        bool fits = form[i] == ':' ? t[i] == ':' : t[i] >= '0' && t[i] <= '9';
        if (!fits) {
            return false;
        }
    }
    return t[8] == '\0' && t[0] <= '2' && t[3] <= '5' && t[6] <= '5';
}

static enum err_code plan_when(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e) {
    char now[DATETIME_SIZE];
    if (in->date == NULL) {
        shop_now(shop, now);
        memcpy(p->date, now, DATE_SIZE - 1);
        memcpy(p->time, now + DATE_SIZE, 8);
        return ERR_OK;
    }
    if (in->time != NULL && in->time[0] != '\0') {
        if (!is_time(in->time)) {
            return err_set_field(e, ERR_INVALID, "time", _("“%s” is no time of day; write HH:MM:SS"), in->time);
        }
        memcpy(p->time, in->time, sizeof p->time);
    }
    return check_date(in->date, "date", p->date, e);
}

enum err_code order_check_number(const char *no, struct err *e) {
    size_t len = strlen(no);
    bool good = len > 0 && len < ORDER_NO_SIZE && text_is_utf8(no, len) && no[0] != ' ' && no[len - 1] != ' ';
    for (size_t i = 0; i < len && good; i++) {
        good = (unsigned char)no[i] >= ' ' && no[i] != 0x7f;
    }
    if (!good) {
        return err_set_field(e, ERR_INVALID, "no",
                             _("“%.80s” is no order number: it takes 1 to 64 bytes of text without blanks at its ends"),
                             no);
    }
    return ERR_OK;
}

static char *owned_text(const char *text) {
    return text == NULL || text[0] == '\0' ? mem_strdup("") : text_nfc(text);
}

static void plan_texts(const struct order_input *in, struct order_plan *p) {
    const char *province = in->province == NULL ? NULL : province_canonical(in->province);
    p->province = owned_text(province == NULL ? in->province : province);
    p->carrier = owned_text(in->carrier);
    p->tracking_no = owned_text(in->tracking_no);
    p->note = owned_text(in->note);
    p->reason = owned_text(NULL);
    p->held_as = "";
    p->station = "";
    p->promise = "";
}

static enum err_code plan_dates(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e) {
    char delivered[DATE_SIZE] = "";
    enum err_code rc = ERR_OK;
    if (in->delivered_on != NULL && in->delivered_on[0] != '\0') {
        rc = check_date(in->delivered_on, "delivered_date", delivered, e);
    }
    if (rc == ERR_OK && in->promised_on != NULL && in->promised_on[0] != '\0') {
        rc = check_date(in->promised_on, "promised_date", p->promised_on, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    order_dates_first(&p->dates, p->status, p->date, delivered);
    if (p->counts) {
        memcpy(p->recognised_on, order_dates_recognised(&p->dates, setting_recognise(shop)), DATE_SIZE);
    }
    return ERR_OK;
}

static enum err_code plan_header(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e) {
    plan_texts(in, p);
    p->status = in->status;
    p->is_return = in->line_count > 0 && in->lines[0].qty < 0;
    p->counts = in->status != ORDER_DRAFT && in->status != ORDER_CANCELLED && in->status != ORDER_RETURNED;
    p->out = order_status_out(in->status);
    p->channel_id = in->channel_id;
    p->customer_id = in->customer_id;
    p->return_of = p->counts ? in->return_of : 0;
    p->import_id = in->import_id;
    p->discount_bps = in->discount.is_rate ? in->discount.value : 0;
    enum err_code rc = plan_when(shop, in, p, e);
    if (rc == ERR_OK && in->order_no != NULL) {
        rc = order_check_number(in->order_no, e);
        if (rc == ERR_OK) {
            memcpy(p->order_no, in->order_no, strlen(in->order_no) + 1);
        }
    }
    return rc == ERR_OK ? plan_dates(shop, in, p, e) : rc;
}

static enum err_code plan_reps(const struct order_input *in, struct order_plan *p, struct err *e) {
    p->rep_count = in->rep_count;
    p->reps = mem_array(in->rep_count, sizeof *p->reps);
    int64_t *shares = mem_array(in->rep_count, sizeof *shares);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < in->rep_count && rc == ERR_OK; i++) {
        for (size_t k = 0; k < i && rc == ERR_OK; k++) {
            if (in->reps[k].staff_id == in->reps[i].staff_id) {
                rc = err_set_field(e, ERR_INVALID, "rep", _("the same rep is named twice"));
            }
        }
        shares[i] = in->reps[i].share_bps;
    }
    if (rc == ERR_OK) {
        rc = order_shares(shares, in->rep_count, e);
    }
    for (size_t i = 0; i < in->rep_count; i++) {
        p->reps[i] = (struct plan_rep){in->reps[i].staff_id, shares[i]};
    }
    free(shares);
    return rc;
}

static enum err_code check_lines(const struct order_plan *p, struct err *e) {
    for (size_t i = 0; i < p->line_count; i++) {
        const struct amount_line *l = &p->figures[i];
        int64_t gross = 0;
        bool small = l->qty <= ORDER_QTY_MAX && l->qty >= -ORDER_QTY_MAX &&
                     money_times_qty(l->unit_price, l->qty, &gross) && gross <= ORDER_AMOUNT_MAX &&
                     gross >= -ORDER_AMOUNT_MAX;
        if (!small) {
            return err_set_field(e, ERR_INVALID, "line", _("line %zu: %s"), i + 1, _("quantity × price is too large"));
        }
    }
    return ERR_OK;
}

enum err_code order_plan_make(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e) {
    *p = (struct order_plan){0};
    stock_plan_begin(shop->stock);
    enum err_code rc = plan_header(shop, in, p, e);
    if (rc == ERR_OK && in->line_count == 0 && in->status != ORDER_DRAFT) {
        rc = err_set_field(e, ERR_INVALID, "line", _("an order needs at least one line"));
    }
    if (rc == ERR_OK && in->line_count > ORDER_LINES_MAX) {
        rc = err_set_field(e, ERR_INVALID, "line", _("an order can have at most %d lines"), ORDER_LINES_MAX);
    }
    if (rc == ERR_OK && in->rep_count > 100) {
        rc = err_set_field(e, ERR_INVALID, "rep", _("an order can be shared by at most 100 reps"));
    }
    if (rc == ERR_OK) {
        rc = order_plan_lines(shop, in, p, e);
    }
    if (rc == ERR_OK) {
        rc = check_lines(p, e);
    }
    if (rc == ERR_OK) {
        rc = order_amounts(p->figures, p->line_count, in->discount, in->shipping_fee, setting_vat_included(shop),
                           &p->totals, e);
    }
    if (rc == ERR_OK && p->totals.total > ORDER_AMOUNT_MAX) {
        rc = err_set_field(e, ERR_INVALID, "total", _("%s: the amount is too large"), "total");
    }
    if (rc == ERR_OK) {
        rc = plan_reps(in, p, e);
    }
    return rc == ERR_OK ? order_plan_payments(shop, in, p, e) : rc;
}

void order_plan_clear(struct order_plan *p) {
    free(p->province);
    free(p->carrier);
    free(p->tracking_no);
    free(p->note);
    free(p->reason);
    free(p->figures);
    free(p->lines);
    free(p->reps);
    free(p->payments);
    *p = (struct order_plan){0};
}
