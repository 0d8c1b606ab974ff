/* The stock ledger with moving average cost (DOMAIN 3). On-hand is never typed in: it is the sum of moves. */
#ifndef CHOTDON_STOCK_H
#define CHOTDON_STOCK_H

#include "chotdon/shop.h"

enum stock_kind { STOCK_PURCHASE, STOCK_SALE, STOCK_RETURN, STOCK_ADJUST, STOCK_COUNT, STOCK_DAMAGE };
const char *stock_kind_code(enum stock_kind k);
const char *stock_kind_label(enum stock_kind k);

/* --- the arithmetic alone (stock_cost.c), no database */
struct stock_level {
    int64_t on_hand;   /* thousandths */
    int64_t value;     /* money */
    int64_t last_cost; /* of one unit */
};
/* Goods leave: *cost = round(value × qty / on_hand), with on_hand zero or below round(last_cost × qty). qty > 0.
 * ERR_INVALID on overflow. */
enum err_code stock_level_out(struct stock_level *level, int64_t qty, int64_t *cost, struct err *e);
/* Goods come in at a total cost; with on_hand zero or below they set a new average. *value is the change of the stock's
 * value. qty > 0. */
enum err_code stock_level_in(struct stock_level *level, int64_t qty, int64_t cost, int64_t *value, struct err *e);

/* The cost of one unit: value / on hand, else the last known. */
int64_t stock_level_cost(const struct stock_level *level);
/* What `qty` of it costs now: what stock_level_out would take. qty ≥ 0. ERR_INVALID on overflow. */
enum err_code stock_level_worth(const struct stock_level *level, int64_t qty, int64_t *cost, struct err *e);

/* --- documents */
struct stock_line_input {
    int64_t product_id;
    int64_t qty; /* thousandths of the base unit; adjust: signed */
    bool has_cost;
    int64_t unit_cost; /* of one base unit; else the last known */
    bool has_total;    /* instead of unit_cost: what the whole line cost (a thùng's price does not divide by 24) */
    int64_t total_cost;
};
struct stock_doc_input {
    enum stock_kind kind; /* PURCHASE (receive), ADJUST (qty is added), COUNT (qty is what was counted), DAMAGE */
    const char *document; /* number of the paper; may be NULL */
    const char *reason;
    const char *date; /* NULL: today */
    int64_t supplier_id;
    const struct stock_line_input *lines;
    size_t line_count;
    int64_t import_id;
};
/* *moved (may be NULL) counts the moves: a count that agrees makes none. */
enum err_code stock_document(struct shop *shop, const struct stock_doc_input *in, int64_t *moved, struct err *e);

struct stock_move {
    int64_t id;
    const char *date, *sku, *document, *staff, *note;
    enum stock_kind kind;
    int64_t qty, cost; /* cost 0 for who may not see it (PERMIT_SEE_COST); so with a level's value and cost */
};
struct stock_move_filter {
    int64_t product_id; /* 0: all */
    const char *from, *to;
    int64_t limit; /* newest ones; 0: all */
};
typedef enum err_code stock_move_fn(void *ctx, const struct stock_move *m, struct err *e);
enum err_code stock_moves(struct shop *shop, const struct stock_move_filter *filter, stock_move_fn *row, void *ctx,
                          struct err *e); /* oldest first */

enum err_code stock_get(struct shop *shop, int64_t product_id, struct stock_level *out, struct err *e);

#endif
