/* Deals (DOMAIN 5): leads and opportunities on their way through a pipeline, with one log. */
#ifndef CHOTDON_DEAL_H
#define CHOTDON_DEAL_H

#include "chotdon/stage.h"

struct deal_product {
    char *sku;
    char *name;  /* read only */
    int64_t qty; /* thousandths of the base unit, > 0 */
    int64_t price;
};
enum deal_field {
    DEAL_TITLE = 1 << 0,
    DEAL_CUSTOMER = 1 << 1,
    DEAL_CONTACT = 1 << 2,
    DEAL_PHONE = 1 << 3,
    DEAL_EMAIL = 1 << 4,
    DEAL_PROVINCE = 1 << 5,
    DEAL_REP = 1 << 6,
    DEAL_STAGE = 1 << 7, /* deal_put (imports) only: elsewhere deal_move */
    DEAL_PRODUCTS = 1 << 8,
    DEAL_EXPECTED_VALUE = 1 << 9,
    DEAL_PROBABILITY = 1 << 10,
    DEAL_SOURCE = 1 << 11,
    DEAL_TAGS = 1 << 12,
    DEAL_NEED = 1 << 13,
    DEAL_BUDGET = 1 << 14,
    DEAL_TIMING = 1 << 15,
    DEAL_DECISION_MAKER = 1 << 16,
    DEAL_CREATED = 1 << 17,
    DEAL_EXPECTED_CLOSE = 1 << 18,
    DEAL_CLOSED = 1 << 19,
    DEAL_VALUE = 1 << 20,
    DEAL_LOST_REASON = 1 << 21,
    DEAL_NOTE = 1 << 22,
    DEAL_ALL = (1 << 23) - 1
};
struct deal {
    int64_t id;
    char *deal_no;       /* "" in deal_put and deal_add: the next CH number (CH261121-0001) */
    char *title;         /* of a new one "" becomes the customer's, contact's or first product's name */
    char *customer;      /* code; put: code or name */
    char *customer_name; /* read only */
    char *contact;       /* of a lead that is no customer yet */
    char *phone;         /* the lead's, normalised; shown: else the customer's first */
    char *email;
    char *province;
    char *rep;          /* staff code, "" none */
    char *rep_name;     /* read only */
    char *source;       /* channel, made when it is not there */
    struct stage stage; /* read: whole; put: name and pipeline_id count */
    struct deal_product *products;
    size_t product_count;
    int64_t expected_value;  /* 0 and not named on making: the sum of the products */
    int64_t probability_bps; /* of the stage unless set by hand */
    bool probability_set;    /* with DEAL_PROBABILITY: false goes back to the stage's */
    char *tags;              /* joined by ',' */
    char *need;              /* the four qualifying answers */
    char *budget;
    char *timing;
    char *decision_maker;
    char *note;
    char *created; /* ISO dates, "" none */
    char *expected_close;
    char *closed;
    char *next_on; /* next activity */
    char *next_text;
    int64_t value; /* closed with */
    char *lost_reason;
    char *entered_on; /* its stage */
    char *touched_on;
    char *rots_on;     /* the first day on which it is rotting, "" never (compare with today) */
    int64_t version;   /* deal_edit: 0, or what was read: ERR_CONFLICT when somebody changed it since */
    int64_t import_id; /* write only */
};
void deal_clear(struct deal *d);

/* The form of the file column: "SKU:QTY@PRICE+SKU:QTY…", or the name of one product; without a quantity one, without a
 * price the product's. Parse fills owned products (ERR_NOT_FOUND, ERR_INVALID, field "product"); format gives an owned
 * string. */
enum err_code deal_products_parse(struct shop *shop, const char *text, struct deal_product **products, size_t *count,
                                  struct err *e);
char *deal_products_format(const struct deal_product *products, size_t count, const struct currency *cur);
void deal_products_free(struct deal_product *products, size_t count);

/* --- making and changing. Everything is checked before anything is written; ERR_INVALID names the column. */

/* For imports: by deal_no made, changed to this (the members that `fields` names), or left alone. The stage may be any;
 * requirements do not bind. The first row of its history is dated `created`. */
enum err_code deal_put(struct shop *shop, const struct deal *d, unsigned fields, enum put_result *result, int64_t *id,
                       struct err *e);
/* By hand: starts in the first open stage unless a stage is named. A new lead without a rep is given one by the
 * assignment rules (assign.h). *id may be NULL. */
enum err_code deal_add(struct shop *shop, const struct deal *d, unsigned fields, int64_t *id, struct err *e);
enum err_code deal_edit(struct shop *shop, int64_t id, const struct deal *d, unsigned fields, struct err *e);

enum err_code deal_find(struct shop *shop, const char *deal_no, int64_t *id, struct err *e); /* else by title, folded */
enum err_code deal_find_no(struct shop *shop, const char *deal_no, int64_t *id, struct err *e); /* just so; 0: none */
enum err_code deal_get(struct shop *shop, int64_t id, struct deal *out, struct err *e);

/* The stage that a word names for this deal: on its own board first, then on the others. stage_find's errors. */
enum err_code deal_stage_named(struct shop *shop, const struct deal *d, const char *name, struct stage *out,
                               struct err *e);

/* Between open stages, forwards and backwards, and out of a closed one (reopening, history kept). ERR_REFUSED names the
 * fields that the stage requires and are empty (*missing gets them as bits; may be NULL). A won or lost stage is
 * ERR_REFUSED naming deal_win, deal_lose. The probability becomes the stage's unless it was set by hand. */
enum err_code deal_move(struct shop *shop, int64_t id, int64_t stage_id, unsigned *missing, struct err *e);
/* value < 0: the linked order's total, else the expected value. order_id 0: none; linked both ways (ERR_CONFLICT for an
 * order that another deal has). */
enum err_code deal_win(struct shop *shop, int64_t id, int64_t order_id, int64_t value, struct err *e);
enum err_code deal_lose(struct shop *shop, int64_t id, const char *reason, struct err *e); /* reason required */
/* A draft order pre-filled from the deal (customer, rep, channel, products), linked both ways; *order_id. */
enum err_code deal_open_order(struct shop *shop, int64_t id, int64_t *order_id, struct err *e);
enum err_code deal_assign(struct shop *shop, int64_t id, int64_t staff_id, struct err *e); /* 0: nobody */
enum err_code deal_log(struct shop *shop, int64_t id, const char *kind, const char *text, struct err *e);
enum err_code deal_plan(struct shop *shop, int64_t id, const char *date, const char *text,
                        struct err *e); /* "": none */
/* Takes the last stage change of this deal back, with what it closed with and the order that it linked. ERR_REFUSED
 * when there is none. */
enum err_code deal_unmove(struct shop *shop, int64_t id, struct err *e);

/* --- reading */
struct deal_filter {
    int64_t stage_id; /* 0 any */
    int kind;         /* -1 any, else enum stage_kind */
    int64_t staff_id; /* 0 any, -1 without one */
    int64_t team_id;  /* of the rep today */
    int64_t source_id;
    int64_t customer_id;
    const char *tag;  /* NULL any */
    const char *text; /* search as you type */
    const char *from; /* closed (closed deals) or expected to close (open ones) in these dates; NULL open-ended */
    const char *to;
    bool undated;     /* open ones without an expected close */
    bool rotting;     /* only those */
    const char *sort; /* NULL: next activity, then oldest in the stage; "value", "created", "deal_no" */
    bool descending;
    int64_t limit; /* 0: all */
    int64_t offset;
};
typedef enum err_code deal_row_fn(void *ctx, const struct deal *d, struct err *e);
enum err_code deal_list(struct shop *shop, const struct deal_filter *f, deal_row_fn *row, void *ctx, struct err *e);

/* One card of the board: what deal_list costs too much to read whole for. Texts are borrowed during the call. */
struct deal_card {
    int64_t id;
    const char *deal_no;
    const char *title; /* with the customer's name when it is not in it */
    const char *rep;   /* short name */
    const char *next_on;
    const char *next_text;
    int64_t value; /* expected, or closed with */
    int days;      /* in its stage */
    bool rotting;
};
typedef enum err_code deal_card_fn(void *ctx, const struct deal_card *card, struct err *e);
enum err_code deal_cards(struct shop *shop, const struct deal_filter *f, deal_card_fn *row, void *ctx, struct err *e);

/* Where a deal stands in its column (the filter names an open stage; its text, sort, limit and offset do not count), 0
 * first; -1 when it is not in it. */
enum err_code deal_row_of(struct shop *shop, const struct deal_filter *f, int64_t id, int64_t *row, struct err *e);

/* Heads of the board's columns under a filter (its stage_id, sort, limit and offset do not count). From kept totals
 * when only rep or team are filtered. */
struct stage_total {
    int64_t stage_id;
    int64_t deals;
    int64_t value;    /* expected; of closed stages what they closed with */
    int64_t weighted; /* Σ round(expected value × probability) */
    int64_t rotting;
};
enum err_code deal_totals(struct shop *shop, int64_t pipeline_id, const struct deal_filter *f, struct stage_total *out,
                          size_t stages, size_t *count, struct err *e);

/* The log, newest first: interactions, stage changes (kind "stage"), plans, orders. */
typedef enum err_code deal_event_fn(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                                    struct err *e);
enum err_code deal_timeline(struct shop *shop, int64_t id, int64_t limit, deal_event_fn *row, void *ctx, struct err *e);
/* Only what was said and done (the log of `deal show`), oldest first; staff is the code. */
enum err_code deal_activities(struct shop *shop, int64_t id, deal_event_fn *row, void *ctx, struct err *e);
typedef enum err_code deal_stage_fn(void *ctx, const char *from, const char *to, const char *at, const char *staff,
                                    struct err *e);
enum err_code deal_stages(struct shop *shop, int64_t id, deal_stage_fn *row, void *ctx,
                          struct err *e); /* oldest first; staff is the code; from "" on the first */

/* A win tells everyone: those made here (not imported) after row `since`, newest last, at most `limit`. What is said of
 * it is true when it is asked: the rep's first of the month it closed in; above all that the rep, and that the rep's
 * team of today, ever closed before (false for a first one, or without a rep or team). Borrowed during the call. */
struct deal_win_news {
    int64_t id; /* the next `since` */
    int64_t deal_id;
    const char *deal_no;
    const char *title;
    const char *rep; /* name, "" nobody */
    const char *team;
    int64_t value;
    bool first_of_month;
    bool personal_best;
    bool team_record;
};
typedef enum err_code deal_win_fn(void *ctx, const struct deal_win_news *w, struct err *e);
enum err_code deal_wins(struct shop *shop, int64_t since, int64_t limit, deal_win_fn *row, void *ctx, struct err *e);
enum err_code deal_wins_last(struct shop *shop, int64_t *id,
                             struct err *e); /* where a program that starts begins; cheap */
/* The one line for the status bar: "Hà won 45 tr · first of the month · Đồng phục 10A"; the caller owns it. */
char *deal_win_line(struct shop *shop, const struct deal_win_news *w);

#endif
