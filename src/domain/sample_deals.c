/* The sample's pipeline: deals won (each led to an order that is there), lost with their reasons, and open ones in all
 * stages: well kept, forgotten, overdue. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/deal.h"
#include "domain/record.h"
#include "domain/sample_internal.h"
#include "domain/shop_internal.h"

enum { WON = 70, LOST = 45, OPEN = 64, STAGES = 5, MAX_PRODUCTS = 3, BIG_ORDER = 2500000 };

/* An order that a deal was won with. */
struct cause {
    int64_t id, total, customer_id;
    char date[DATE_SIZE];
    char *rep;
};

struct causes {
    struct cause *list;
    size_t count, capacity;
};

static void causes_clear(struct causes *c) {
    for (size_t i = 0; i < c->count; i++) {
        free(c->list[i].rep);
    }
    free(c->list);
}

static enum err_code read_causes(struct sample *s, struct causes *out, struct err *e) {
    struct db_stmt *q = NULL;
    enum err_code rc = db_query(
        s->shop->db,
        "SELECT o.id, o.total, o.customer_id, o.order_date, w.code FROM orders o JOIN order_reps r ON r.order_id = "
        "o.id "
        "AND r.position = 1 JOIN staff w ON w.id = r.staff_id WHERE o.is_return = 0 AND (o.status = 'completed' OR "
        "o.status = 'delivered') AND o.customer_id IS NOT NULL AND o.total >= $1 AND w.role = 'rep' ORDER BY o.id",
        DB_BIND(DB_INT(BIG_ORDER)), &q, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(q, e)) == DB_ROW) {
        out->list = mem_grow(out->list, out->count, &out->capacity, sizeof *out->list);
        struct cause *c = &out->list[out->count++];
        *c = (struct cause){.id = db_col_int(q, 0), .total = db_col_int(q, 1), .customer_id = db_col_int(q, 2)};
        strncpy(c->date, db_col_text(q, 3), DATE_SIZE - 1);
        c->rep = db_col_dup(q, 4);
    }
    db_done(&q);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* Reps by turns, those of wholesale more often. */
static const char *any_rep(struct sample *s) {
    static const char *const reps[] = {"NAM", "HA", "DUNG", "TAM", "THAO", "LINH", "HUY", "NAM", "HA"};
    return reps[sample_below(s, (int)(sizeof reps / sizeof *reps))];
}

static const char *any_source(struct sample *s) {
    static const char *const sources[] = {"Điện thoại", "Zalo", "Website", "Tại quầy", "Điện thoại", "Zalo"};
    return sources[sample_below(s, (int)(sizeof sources / sizeof *sources))];
}

/* Goods by the case, in round prices. */
static void pick_products(struct sample *s, struct deal_product *products, struct deal *d) {
    d->products = products;
    d->product_count = 1 + (size_t)sample_below(s, MAX_PRODUCTS);
    for (size_t i = 0; i < d->product_count; i++) {
        const struct sample_product *p = s->items[sample_below(s, (int)s->item_count)].data;
        int64_t pieces = p->price > 100000 ? 5 + 5 * sample_below(s, 6) : 24 * (1 + sample_below(s, 10));
        products[i] = (struct deal_product){.sku = (char *)p->sku,
                                            .qty = 1000 * pieces,
                                            .price = p->price * (95 - sample_below(s, 4)) / 100 / 500 * 500};
    }
}

/* The clock goes to this day, at work. */
static void go_to(struct sample *s, long day) {
    s->day = day > s->last_day ? s->last_day : day;
    s->minute = 8 * 60 + 15 + sample_below(s, 8 * 60);
    if (s->day == s->last_day && s->minute >= s->last_minute) {
        s->minute = s->last_minute > 0 ? s->last_minute - 1 : 0;
    }
}

static enum err_code customer_code(struct sample *s, int64_t id, char **code, struct err *e) {
    return db_get_text(s->shop->db, "SELECT code FROM customers WHERE id = $1", DB_BIND(DB_INT(id)), code, e);
}

/* A customer's deal, or (0) that of somebody who only asked. expected 0: what the products are worth. */
static enum err_code make(struct sample *s, const char *rep, int64_t customer_id, int64_t expected, long close_day,
                          int64_t *id, struct err *e) {
    struct deal_product products[MAX_PRODUCTS];
    char close[DATE_SIZE], phone[16];
    char *code = NULL;
    struct deal d = {.rep = (char *)rep,
                     .source = (char *)any_source(s),
                     .tags = (char *)sample_word(s, &sample_deal_tags),
                     .expected_close = close,
                     .expected_value = expected};
    unsigned fields = DEAL_TITLE | DEAL_REP | DEAL_SOURCE | DEAL_TAGS | DEAL_EXPECTED_CLOSE;
    date_from_days(close_day, close);
    enum err_code rc = customer_id == 0 ? ERR_OK : customer_code(s, customer_id, &code, e);
    if (rc == ERR_OK && customer_id == 0) {
        snprintf(phone, sizeof phone, "0939%06d", sample_below(s, 1000000));
        d.contact = (char *)sample_word(s, &sample_lead_contacts);
        d.title = (char *)sample_word(s, &sample_lead_titles);
        d.phone = phone;
        d.province = (char *)sample_places[sample_below(s, 8)].province;
        fields |= DEAL_CONTACT | DEAL_PHONE | DEAL_PROVINCE;
    } else {
        d.customer = code;
        d.title = (char *)sample_word(s, &sample_deal_titles);
        fields |= DEAL_CUSTOMER;
    }
    if (expected > 0) {
        fields |= DEAL_EXPECTED_VALUE;
    } else {
        pick_products(s, products, &d);
        fields |= DEAL_PRODUCTS;
    }
    if (rc == ERR_OK) {
        rc = sample_act_as(s, rep, e);
    }
    if (rc == ERR_OK) {
        rc = deal_add(s->shop, &d, fields, id, e);
    }
    free(code);
    return rc;
}

static enum err_code talk(struct sample *s, int64_t id, struct err *e) {
    static const struct {
        const char *kind;
        const struct sample_words *notes;
    } kinds[] = {{"call", &sample_call_notes}, {"message", &sample_message_notes}, {"visit", &sample_visit_notes}};
    int i = sample_below(s, 3);
    return deal_log(s->shop, id, kinds[i].kind, sample_word(s, kinds[i].notes), e);
}

static enum err_code qualify(struct sample *s, int64_t id, struct err *e) {
    struct deal d = {.need = (char *)sample_word(s, &sample_deal_needs),
                     .budget = (char *)sample_word(s, &sample_deal_budgets),
                     .timing = (char *)sample_word(s, &sample_deal_timings),
                     .decision_maker = (char *)sample_word(s, &sample_deal_deciders)};
    return deal_edit(s->shop, id, &d, DEAL_NEED | DEAL_BUDGET | DEAL_TIMING | DEAL_DECISION_MAKER, e);
}

/* From the first stage to number `to` (1 …) between two days, with a word now and then; some leap a stage. */
static enum err_code advance(struct sample *s, const struct stage *board, int64_t id, int to, long from, long until,
                             struct err *e) {
    enum err_code rc = ERR_OK;
    for (int at = 2; at <= to && rc == ERR_OK; at++) {
        go_to(s, from + (until - from) * (at - 1) / to);
        if (sample_chance(s, 70)) {
            rc = talk(s, id, e);
        }
        if (rc == ERR_OK && at == 3) {
            rc = qualify(s, id, e);
        }
        if (rc == ERR_OK && (at == to || at == 3 || !sample_chance(s, 20))) {
            rc = deal_move(s->shop, id, board[at - 1].id, NULL, e);
        }
    }
    return rc;
}

/* The story behind an order. */
static enum err_code win_one(struct sample *s, const struct stage *board, const struct cause *c, struct err *e) {
    long closed = date_to_days(c->date);
    long created = closed - 3 - sample_below(s, 40);
    int64_t id = 0;
    int64_t expected = c->total * (85 + sample_below(s, 35)) / 100 / 100000 * 100000;
    go_to(s, created < s->first_day ? s->first_day : created);
    long began = s->day;
    enum err_code rc = make(s, c->rep, c->customer_id, expected, closed + sample_below(s, 15) - 5, &id, e);
    if (rc == ERR_OK) {
        rc = advance(s, board, id, 3 + sample_below(s, 3), began, closed, e);
    }
    if (rc == ERR_OK) {
        go_to(s, closed);
        rc = deal_win(s->shop, id, c->id, -1, e);
    }
    return rc;
}

static enum err_code lose_one(struct sample *s, const struct stage *board, struct err *e) {
    static const char *const reasons[] = {"Giá",
                                          "Giá",
                                          "Giá",
                                          "Đối thủ",
                                          "Đối thủ",
                                          "Không có nhu cầu",
                                          "Không liên lạc được",
                                          "Không liên lạc được",
                                          "Hết ngân sách",
                                          "Khác"};
    long days = s->last_day - s->first_day;
    long created = s->first_day + sample_below(s, (int)days - 20);
    long closed = created + 5 + sample_below(s, 45);
    int64_t id = 0;
    int64_t customer = sample_chance(s, 50) ? s->customers[sample_below(s, SAMPLE_FIRMS)] : 0;
    closed = closed > s->last_day - 1 ? s->last_day - 1 : closed;
    go_to(s, created);
    enum err_code rc = make(s, any_rep(s), customer, 0, closed + 10, &id, e);
    if (rc == ERR_OK) {
        rc = advance(s, board, id, 1 + sample_below(s, STAGES), created, closed, e);
    }
    if (rc == ERR_OK) {
        go_to(s, closed);
        rc = deal_lose(s->shop, id, reasons[sample_below(s, 10)], e);
    }
    return rc;
}

/* Some are planned for, some forgotten, some overdue. */
static enum err_code plan_next(struct sample *s, int64_t id, struct err *e) {
    char date[DATE_SIZE];
    int luck = sample_below(s, 100);
    if (luck >= 60) {
        return ERR_OK;
    }
    date_from_days(luck < 45 ? s->last_day + sample_below(s, 12) : s->last_day - 1 - sample_below(s, 5), date);
    return deal_plan(s->shop, id, date, sample_word(s, &sample_deal_plans), e);
}

static enum err_code open_one(struct sample *s, const struct stage *board, int number, struct err *e) {
    static const int stages[] = {1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 1, 2, 3, 5, 2};
    long touched = s->last_day - (sample_chance(s, 65) ? sample_below(s, 7) : 8 + sample_below(s, 25));
    long created = touched - 2 - sample_below(s, 30);
    int64_t id = 0;
    int64_t customer = sample_chance(s, 60) ? s->customers[sample_below(s, SAMPLE_FIRMS)] : 0;
    go_to(s, created);
    enum err_code rc = make(s, any_rep(s), customer, 0, s->last_day + sample_below(s, 100) - 6, &id, e);
    if (rc == ERR_OK) {
        rc = advance(s, board, id, stages[(size_t)number % (sizeof stages / sizeof *stages)], created, touched, e);
    }
    if (rc == ERR_OK) {
        go_to(s, touched);
        rc = talk(s, id, e);
    }
    return rc == ERR_OK ? plan_next(s, id, e) : rc;
}

enum err_code sample_make_deals(struct sample *s, struct err *e) {
    struct stage *board = NULL;
    size_t stages = 0;
    struct causes causes = {0};
    long day = s->day;
    int minute = s->minute;
    enum err_code rc = stage_list(s->shop, PIPELINE_MAIN, &board, &stages, e);
    if (rc == ERR_OK) {
        rc = read_causes(s, &causes, e);
    }
    /* evenly over the months */
    for (size_t i = 0; i < WON && rc == ERR_OK && causes.count >= WON; i++) {
        rc = win_one(s, board, &causes.list[i * causes.count / WON], e);
    }
    for (int i = 0; i < LOST && rc == ERR_OK; i++) {
        rc = lose_one(s, board, e);
    }
    for (int i = 0; i < OPEN && rc == ERR_OK; i++) {
        rc = open_one(s, board, i, e);
    }
    stage_list_free(board, stages);
    causes_clear(&causes);
    s->day = day;
    s->minute = minute;
    return rc;
}
