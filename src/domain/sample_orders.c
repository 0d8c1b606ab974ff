#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "domain/sample_internal.h"

static void plan_status(struct sample *s, long days, int minute, int64_t order_id, enum order_status to) {
    sample_plan(s, days, minute, TASK_STATUS, order_id, to);
}

/* Wholesale leaves the same afternoon or the next morning; paid at once, or in one or two parts later, or not yet. */
static void plan_after_wholesale(struct sample *s, int64_t id, int64_t owed) {
    long days = s->minute < 14 * 60 ? 0 : 1;
    plan_status(s, days, days == 0 ? s->minute + 45 : 8 * 60, id, ORDER_SHIPPED);
    plan_status(s, days, days == 0 ? s->minute + 160 : 10 * 60 + 20, id, ORDER_DELIVERED);
    if (owed == 0) {
        plan_status(s, days + 1, 9 * 60, id, ORDER_COMPLETED);
    } else if (sample_chance(s, 30)) {
        int64_t half = owed / 2000 * 1000;
        sample_plan(s, 7 + sample_below(s, 10), 600, TASK_PAY, id, half);
        if (sample_chance(s, 80)) {
            sample_plan(s, 20 + sample_below(s, 30), 660, TASK_PAY, id, owed - half);
        }
    } else if (sample_chance(s, 93)) {
        sample_plan(s, 5 + sample_below(s, 35), 630, TASK_PAY, id, owed);
    }
    if (sample_chance(s, 2)) {
        sample_plan(s, days + 2, 15 * 60, TASK_RETURN_SOME, id, 0);
    }
}

/* One rep, or two who share the deal. */
static size_t wholesale_reps(struct sample *s, struct order_rep_input reps[2]) {
    static const char *const codes[] = {"NAM", "NAM", "NAM", "HA", "HA", "PHUC", "DUNG", "DUNG", "TAM"};
    const char *first = codes[sample_below(s, 9)], *second = codes[sample_below(s, 9)];
    reps[0] = (struct order_rep_input){sample_staff_id(s, first), 10000};
    if (strcmp(first, second) == 0 || !sample_chance(s, 22)) {
        return 1;
    }
    reps[0].share_bps = sample_chance(s, 60) ? 7000 : 6000;
    reps[1] = (struct order_rep_input){sample_staff_id(s, second), 10000 - reps[0].share_bps};
    return 2;
}

enum err_code sample_sell_wholesale(struct sample *s, struct err *e) {
    static const enum sample_channel channels[] = {BY_PHONE, BY_PHONE, ZALO, ZALO, AT_COUNTER};
    struct sample_basket b;
    struct order_rep_input reps[2];
    struct order_payment_input pay;
    struct order_ref ref = {0};
    size_t rep_count = wholesale_reps(s, reps);
    int firm = sample_below(s, SAMPLE_FIRMS);
    sample_fill_basket(s, &b, 2 + sample_below(s, 5), true);
    if (b.count == 0) {
        return ERR_OK;
    }
    struct order_input in = {.status = ORDER_CONFIRMED,
                             .channel_id = s->channels[channels[sample_below(s, 5)]],
                             .customer_id = s->customers[firm],
                             .lines = b.lines,
                             .line_count = b.count,
                             .reps = reps,
                             .rep_count = rep_count,
                             .payments = &pay,
                             .payment_count = 1};
    if (sample_chance(s, 35)) {
        in.discount.value = b.total / 50 / 1000 * 1000;
        b.total -= in.discount.value;
    }
    bool owes = sample_chance(s, 55);
    pay = (struct order_payment_input){.method = owes ? PAY_DEBT : PAY_TRANSFER, .amount = b.total};
    enum err_code rc = sample_act_as(s, "HA", e);
    if (rc == ERR_OK) {
        rc = order_add(s->shop, &in, &ref, e);
    }
    if (rc == ERR_OK) {
        plan_after_wholesale(s, ref.id, owes ? b.total : 0);
    }
    return rc;
}

/* Packed and given to the carrier; most arrive in time, some late, a few come back or are called off. */
static void plan_after_online(struct sample *s, int64_t id, bool far, int64_t owed) {
    long ship = s->minute < 15 * 60 ? 0 : 1;
    long travel = far ? 2 + sample_below(s, 3) : 1 + sample_below(s, 2);
    if (sample_chance(s, 4)) {
        sample_plan(s, 0, s->minute + 20 + sample_below(s, 60), TASK_CANCEL, id, 0);
        return;
    }
    if (sample_chance(s, 12)) {
        travel += 3 + sample_below(s, 4); /* late */
    }
    plan_status(s, ship, ship == 0 ? 15 * 60 + 30 : 9 * 60, id, ORDER_PACKED);
    plan_status(s, ship, ship == 0 ? 16 * 60 + 45 : 16 * 60, id, ORDER_SHIPPED);
    if (sample_below(s, 1000) < 28) {
        sample_plan(s, ship + travel + 3, 10 * 60, TASK_RETURN_ALL, id, 1);
        return;
    }
    plan_status(s, ship + travel, 9 * 60 + sample_below(s, 540), id, ORDER_DELIVERED);
    if (owed > 0) {
        sample_plan(s, ship + travel + 1 + sample_below(s, 3), 11 * 60, TASK_PAY, id, owed);
    }
    if (sample_below(s, 1000) < 22) {
        sample_plan(s, ship + travel + 2, 14 * 60, TASK_RETURN_SOME, id, 0);
    } else {
        plan_status(s, ship + travel + 5, 8 * 60, id, ORDER_COMPLETED);
    }
}

struct parcel {
    enum sample_channel channel;
    const char *carrier;
    int shipping;
    bool far;
    char tracking[24];
    char promised[DATE_SIZE];
};

static void make_parcel(struct sample *s, const char *province, struct parcel *p) {
    static const enum sample_channel channels[] = {SHOPEE, SHOPEE, SHOPEE,  SHOPEE, TIKTOK,
                                                   TIKTOK, TIKTOK, WEBSITE, ZALO,   ZALO};
    static const char *const carriers[] = {"GHN", "GHTK", "Viettel Post", "J&T Express"};
    char date[DATE_SIZE];
    p->channel = channels[sample_below(s, 10)];
    p->carrier = p->channel == SHOPEE ? "SPX Express" : carriers[sample_below(s, 4)];
    p->far = strcmp(province, "TP.HCM") != 0;
    p->shipping = p->far ? 32000 : 18000;
    snprintf(p->tracking, sizeof p->tracking, "%c%c%09d", p->carrier[0], p->carrier[1] == ' ' ? 'X' : p->carrier[1],
             100000000 + sample_below(s, 899999999));
    date_add_days(sample_today(s, date), p->far ? 5 : 3, p->promised);
}

enum err_code sample_sell_online(struct sample *s, struct err *e) {
    static const char *const codes[] = {"THAO", "THAO", "LINH", "LINH", "HUY", "VY", "CTV01"};
    struct sample_basket b;
    struct parcel parcel;
    struct order_ref ref = {0};
    int customer = SAMPLE_FIRMS + sample_below(s, SAMPLE_CUSTOMERS - SAMPLE_FIRMS);
    const char *code = codes[sample_below(s, 7)];
    const struct order_rep_input rep = {sample_staff_id(s, code), 0};
    make_parcel(s, s->provinces[customer], &parcel);
    sample_fill_basket(s, &b, 1 + sample_below(s, 4), false);
    if (b.count == 0) {
        return ERR_OK;
    }
    bool direct = parcel.channel == ZALO || parcel.channel == WEBSITE;
    bool prepaid = direct && sample_chance(s, 60);
    int64_t voucher = b.total > 200000 && sample_chance(s, 30) ? 15000 : 0;
    int64_t total = b.total - voucher + parcel.shipping;
    const struct order_payment_input pay = {.method = prepaid ? PAY_TRANSFER : PAY_COD, .amount = total};
    const struct order_input in = {.status = ORDER_CONFIRMED,
                                   .channel_id = s->channels[parcel.channel],
                                   .customer_id = s->customers[customer],
                                   .promised_on = parcel.promised,
                                   .province = s->provinces[customer],
                                   .carrier = parcel.carrier,
                                   .tracking_no = parcel.tracking,
                                   .lines = b.lines,
                                   .line_count = b.count,
                                   .reps = &rep,
                                   .rep_count = direct || sample_chance(s, 70) ? 1 : 0,
                                   .payments = &pay,
                                   .payment_count = 1,
                                   .discount = {false, voucher},
                                   .shipping_fee = parcel.shipping};
    enum err_code rc = sample_act_as(s, code, e);
    if (rc == ERR_OK) {
        rc = order_add(s->shop, &in, &ref, e);
    }
    if (rc == ERR_OK) {
        plan_after_online(s, ref.id, parcel.far, prepaid ? 0 : total);
    }
    return rc;
}
