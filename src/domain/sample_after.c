#include <string.h>

#include "chotdon/customer.h"
#include "domain/sample_internal.h"

static enum err_code pay_later(struct sample *s, const struct sample_task *t, struct err *e) {
    struct order o = {0};
    enum err_code rc = sample_act_as(s, "OANH", e);
    if (rc == ERR_OK) {
        rc = order_get(s->shop, t->order_id, &o, e);
    }
    if (rc == ERR_OK && o.due > 0) { /* a return may have taken some off */
        bool cash = o.total < 3000000 && !o.has_promise && sample_chance(s, 50);
        const struct order_payment_input pay = {.method = cash ? PAY_CASH : PAY_TRANSFER,
                                                .amount = t->detail < o.due ? t->detail : o.due};
        rc = order_pay(s->shop, t->order_id, &pay, NULL, e);
        if (rc == ERR_OK && pay.amount == o.due && o.status == ORDER_DELIVERED) {
            rc = order_set_status(s->shop, t->order_id, ORDER_COMPLETED, NULL, e);
        }
    }
    order_clear(&o);
    return rc;
}

/* Only where the state allows it: an order that came back is not completed any more. */
static enum err_code advance(struct sample *s, const struct sample_task *t, struct err *e) {
    enum order_status to = (enum order_status)t->detail;
    struct order o = {0};
    enum err_code rc = sample_act_as(s, to == ORDER_PACKED || to == ORDER_SHIPPED ? "TAI" : "NGA", e);
    if (rc == ERR_OK) {
        rc = order_get(s->shop, t->order_id, &o, e);
    }
    if (rc == ERR_OK && (order_status_moves(o.status) & (1u << to)) != 0) {
        rc = order_set_status(s->shop, t->order_id, to, NULL, e);
    }
    order_clear(&o);
    return rc;
}

static enum err_code cancel(struct sample *s, const struct sample_task *t, struct err *e) {
    static const char *const reasons[] = {"Khách đổi ý", "Đặt trùng đơn", "Hết hàng", "Không liên lạc được khách"};
    enum err_code rc = sample_act_as(s, "QUYNH", e);
    return rc == ERR_OK ? order_cancel(s->shop, t->order_id, reasons[sample_below(s, 4)], e) : rc;
}

/* One line, or part of it. */
static enum err_code return_some(struct sample *s, const struct sample_task *t, struct err *e) {
    static const char *const reasons[] = {"Khách đổi hàng khác", "Hàng lỗi", "Giao sai loại", "Bao bì móp méo"};
    struct order o = {0};
    int why = sample_below(s, 4);
    enum err_code rc = sample_act_as(s, "NGA", e);
    if (rc == ERR_OK) {
        rc = order_get(s->shop, t->order_id, &o, e);
    }
    if (rc == ERR_OK && o.line_count > 0 && (order_status_moves(o.status) & (1u << ORDER_RETURNED)) != 0) {
        const struct order_line *line = &o.lines[sample_below(s, (int)o.line_count)];
        int64_t units = line->qty / 1000;
        const struct return_line_input back = {line->product_id, line->unit,
                                               1000 * (1 + (units > 1 ? sample_below(s, (int)units) : 0))};
        const struct return_input in = {.sale_id = t->order_id,
                                        .lines = &back,
                                        .line_count = 1,
                                        .damaged = why == 1 || why == 3,
                                        .reason = reasons[why]};
        rc = order_return(s->shop, &in, NULL, NULL, e);
    }
    order_clear(&o);
    return rc;
}

/* Everything: a customer's change of mind, or a parcel that nobody took (detail 1). */
static enum err_code return_all(struct sample *s, const struct sample_task *t, struct err *e) {
    struct order o = {0};
    enum err_code rc = sample_act_as(s, "NGA", e);
    if (rc == ERR_OK) {
        rc = order_get(s->shop, t->order_id, &o, e);
    }
    if (rc == ERR_OK && (order_status_moves(o.status) & (1u << ORDER_RETURNED)) != 0) {
        const struct return_input in = {.sale_id = t->order_id,
                                        .with_shipping = t->detail == 1,
                                        .reason = t->detail == 1 ? "Chuyển hoàn: khách không nhận hàng"
                                                                 : "Khách trả lại, không ưng"};
        rc = order_return(s->shop, &in, NULL, NULL, e);
    }
    order_clear(&o);
    return rc;
}

static enum err_code contact(struct sample *s, const struct sample_task *t, struct err *e) {
    static const struct {
        const char *kind;
        const struct sample_words *notes;
    } kinds[] = {{"call", &sample_call_notes},
                 {"call", &sample_call_notes},
                 {"message", &sample_message_notes},
                 {"message", &sample_message_notes},
                 {"visit", &sample_visit_notes}};
    int i = t->detail < SAMPLE_FIRMS ? sample_below(s, 5) : sample_below(s, 4);
    enum err_code rc = sample_act_as(s, i == 4 ? "NAM" : "QUYNH", e);
    return rc == ERR_OK
               ? customer_log(s->shop, s->customers[t->detail], kinds[i].kind, sample_word(s, kinds[i].notes), e)
               : rc;
}

enum err_code sample_follow_up(struct sample *s, const struct sample_task *t, struct err *e) {
    switch (t->kind) {
    case TASK_PAY:
        return pay_later(s, t, e);
    case TASK_CANCEL:
        return cancel(s, t, e);
    case TASK_RETURN_SOME:
        return return_some(s, t, e);
    case TASK_RETURN_ALL:
        return return_all(s, t, e);
    case TASK_CONTACT:
        return contact(s, t, e);
    default:
        return advance(s, t, e);
    }
}
