/* What a transaction knows of the goods it touches: their facts and levels, each read once; levels that moves changed
 * are written once, before the commit. One sale reads and writes its products' rows, an import of a million lines each
 * product's row. shop.c makes the book and calls flush, forget and rolled_back from the database's hooks. */
#ifndef DOMAIN_STOCK_BOOK_H
#define DOMAIN_STOCK_BOOK_H

#include "chotdon/stock.h"

struct stock_book;

struct stock_book *stock_book_new(struct shop *shop);
void stock_book_free(struct stock_book *book);                          /* accepts NULL */
enum err_code stock_book_flush(struct stock_book *book, struct err *e); /* before the outermost commit */
/* Between two plans of a long transaction: levels are written and forgotten where they have become many. */
enum err_code stock_book_relieve(struct stock_book *book, struct err *e);
void stock_book_forget(struct stock_book *book);      /* after the outermost transaction ended */
void stock_book_rolled_back(struct stock_book *book); /* an inner transaction was undone alone */

/* A product as sales and stock documents see it. */
struct goods {
    int64_t id;
    bool has_vat;
    int64_t vat_bps;
    int64_t price;
    bool has_wholesale;
    int64_t wholesale_price;
    struct stock_level level;   /* with all moves stored so far */
    struct stock_level planned; /* with those of the plan at hand too */
    /* the book's own */
    bool dirty;     /* level is not yet what the table has */
    bool gone;      /* its making was undone */
    uint64_t plan;  /* that planned holds for */
    uint64_t facts; /* how many inner transactions had been undone when it was read */
    uint64_t moves; /* of those, how many took moves with them */
};

/* The product's facts or level were changed in the table itself (product_put): read again at the next use. */
void stock_book_refresh(struct stock_book *book, int64_t product_id);

/* Begins a plan: levels are computed ahead without a write, so that a refusal leaves nothing behind. To be called
 * before the functions below; outside a transaction nothing read earlier is trusted. */
void stock_plan_begin(struct stock_book *book);
/* Borrowed until the transaction ends. ERR_NOT_FOUND. */
enum err_code stock_plan_goods(struct stock_book *book, int64_t product_id, struct goods **out, struct err *e);
/* The planned level goes down or up, as stock_level_out and stock_level_in say. */
enum err_code stock_plan_out(struct goods *g, int64_t qty, int64_t *cost, struct err *e);
enum err_code stock_plan_in(struct goods *g, int64_t qty, int64_t cost, int64_t *value, struct err *e);

/* Stores a planned move. All moves of a plan are stored, or the transaction fails. qty, cost and value are signed. */
struct stock_entry {
    enum stock_kind kind;
    const char *date;
    bool own_day; /* which is the order's */
    int64_t qty, cost, value;
    int64_t order_id;     /* 0: none */
    const char *document; /* of moves without an order; NULL none */
    int64_t supplier_id;
    const char *note;
    int64_t import_id;
};
enum err_code stock_book_move(struct stock_book *book, struct goods *g, const struct stock_entry *m, struct err *e);

#endif
