/* The sample shop while it is made: a small simulation of the shop's days, driven by a queue of things to do. */
#ifndef DOMAIN_SAMPLE_INTERNAL_H
#define DOMAIN_SAMPLE_INTERNAL_H

#include <stddef.h>

#include "chotdon/order.h"
#include "chotdon/sample.h"
#include "domain/sample_data.h"

enum {
    SAMPLE_CUSTOMERS = 500,
    SAMPLE_FIRMS = 60, /* the first customers: they buy wholesale */
    SAMPLE_MONTHS = 13,
    SAMPLE_STAFF_MAX = 24
};

/* A product, with what the simulation must know to buy and sell it sensibly. */
struct sample_item {
    int64_t id;
    const struct sample_product *data;
    char *pack; /* name of the largest unit; NULL when there is none */
    int pack_size;
    int pack_price;
    int stock;      /* pieces the shelves still hold */
    int stock_min;  /* reorder level */
    bool neglected; /* nobody reorders it towards the end */
};

enum sample_channel { AT_COUNTER, BY_PHONE, ZALO, SHOPEE, TIKTOK, WEBSITE, SAMPLE_CHANNELS };

enum task_kind {
    TASK_DAY, /* plans a day: everything else follows */
    TASK_OPEN,
    TASK_CASH,
    TASK_RECEIVE,
    TASK_LOSS,
    TASK_COUNT,
    TASK_RETAIL, /* sales */
    TASK_WHOLESALE,
    TASK_ONLINE,
    TASK_STATUS, /* what happens to orders: detail is the state, the amount, … */
    TASK_PAY,
    TASK_CANCEL,
    TASK_RETURN_SOME,
    TASK_RETURN_ALL,
    TASK_CONTACT, /* detail is the customer's index */
    TASK_CLOSE
};
struct sample_task {
    long day;
    int minute;
    unsigned sequence; /* ties are done in the order in which they were planned */
    enum task_kind kind;
    int64_t order_id;
    int64_t detail;
};

struct sample {
    struct shop *shop;
    uint64_t random;
    long first_day, last_day; /* days since 1970 */
    int last_minute;
    long day; /* at hand */
    int minute;
    struct sample_item *items;
    size_t item_count;
    int64_t weight_sum;
    int64_t customers[SAMPLE_CUSTOMERS];
    const char *provinces[SAMPLE_CUSTOMERS];
    int64_t staff[SAMPLE_STAFF_MAX];
    int64_t channels[SAMPLE_CHANNELS];
    struct sample_task *tasks; /* a heap: the next one first */
    size_t task_count, task_capacity;
    unsigned sequence;
    int64_t documents; /* of purchases, numbered */
};

/* sample.c */
int sample_below(struct sample *s, int n); /* 0 … n − 1 */
bool sample_chance(struct sample *s, int percent);
const char *sample_word(struct sample *s, const struct sample_words *words);
const char *sample_today(const struct sample *s, char date[DATE_SIZE]);
void sample_plan(struct sample *s, long days, int minute, enum task_kind kind, int64_t order_id, int64_t detail);
enum err_code sample_act_as(struct sample *s, const char *code, struct err *e);
int64_t sample_staff_id(const struct sample *s, const char *code);

/* sample_people.c, sample_goods.c: what is there before the first day. */
enum err_code sample_make_people(struct sample *s, struct err *e);
enum err_code sample_make_customers(struct sample *s, struct err *e);
enum err_code sample_make_goods(struct sample *s, struct err *e);

/* sample_days.c: how many come on a day, and the shop's own chores. */
void sample_plan_day(struct sample *s);
enum err_code sample_open_shift(struct sample *s, struct err *e);
enum err_code sample_close_shift(struct sample *s, struct err *e);
enum err_code sample_move_cash(struct sample *s, struct err *e);
int sample_season_percent(const struct sample *s, enum sample_season season); /* how much more of it is bought */

/* sample_stock.c */
enum err_code sample_receive(struct sample *s, bool first, struct err *e);
enum err_code sample_lose(struct sample *s, struct err *e);
enum err_code sample_count(struct sample *s, struct err *e);

/* sample_sales.c, sample_online.c and sample_after.c: orders and what becomes of them. */
enum err_code sample_sell_retail(struct sample *s, struct err *e);
enum err_code sample_sell_wholesale(struct sample *s, struct err *e);
enum err_code sample_sell_online(struct sample *s, struct err *e);
enum err_code sample_follow_up(struct sample *s, const struct sample_task *t, struct err *e);

/* sample_deals.c: the pipeline of those months; won deals led to orders that are there. */
enum err_code sample_make_deals(struct sample *s, struct err *e);

/* sample_kpi.c: targets and weekly reports, when all is sold. */
enum err_code sample_make_kpi(struct sample *s, struct err *e);

/* sample_commission.c: plans, and the months that are over. After the targets. */
enum err_code sample_make_commission(struct sample *s, struct err *e);

/* A basket being filled (sample_basket.c). */
#define BASKET_MAX 10
struct sample_basket {
    struct order_line_input lines[BASKET_MAX];
    size_t count;
    int64_t total;
};
void sample_fill_basket(struct sample *s, struct sample_basket *b, int lines, bool wholesale);

#endif
