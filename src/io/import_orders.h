/* Orders from files: rows are collected, compact, and taken order by order. A large file is taken in parts, so that
 * memory does not grow with it; where rows of an order, or a sale and its return, stand in different parts in a way
 * that matters, it is read once more with its rows brought together (import_order_gather.c). Between the
 * import_order*.c files. */
#ifndef IO_IMPORT_ORDERS_H
#define IO_IMPORT_ORDERS_H

#include "chotdon/order.h"
#include "io/import_make.h"

/* What an order says once for all its rows. */
enum order_cell {
    CELL_DATE,
    CELL_TIME,
    CELL_STATUS,
    CELL_CHANNEL,
    CELL_CUSTOMER,
    CELL_PHONE,
    CELL_CUSTOMER_NAME,
    CELL_REP,
    CELL_DISCOUNT,
    CELL_SHIPPING,
    CELL_PAID,
    CELL_METHOD,
    CELL_DELIVERED,
    CELL_PROMISED,
    CELL_CARRIER,
    CELL_TRACKING,
    CELL_PROVINCE,
    CELL_RETURN_OF,
    CELL_NOTE,
    CELL_COUNT
};
extern const int order_cell_columns[CELL_COUNT]; /* ORDER_C_… */

/* A row; texts are numbers in the collection's `texts`, 0 is "". */
struct file_row {
    uint32_t line;
    uint32_t next; /* of the same order, its place in `rows` plus one; 0: the last */
    uint32_t sku, name, unit;
    int32_t vat_bps; /* -1: not said */
    int64_t qty, price, discount;
    bool discount_is_rate;
    bool bad; /* rejected on its own account */
};

struct file_group {
    uint32_t first, last; /* rows */
    uint32_t count;
    uint32_t bad_line; /* of the row for which it is rejected; 0: none */
    uint32_t cells[CELL_COUNT];
    int8_t sign; /* of its quantities; 0 not known yet */
    bool taken;
    bool has_returns; /* the file has returns of it */
};

/* What a part must know of the parts before it (import_order_parts.c). */
struct order_parts {
    bool begun, later;  /* the first part is being taken, or a later one */
    bool empty;         /* there were no orders before this file */
    bool bulk;          /* a bulk load goes on */
    int64_t last_order; /* id of the last order before this file */
    uint8_t *known;     /* one bit for each id up to it: the file had that order */
    size_t known_size;
    struct intern *rejected; /* numbers of orders */
    struct intern *awaited;  /* numbers of sales that returns named and earlier parts did not have */
};

struct order_file {
    struct intern *numbers; /* a group's number is its place in `groups` */
    struct intern *texts;
    struct file_row *rows;
    size_t row_count, row_cap;
    struct file_group *groups;
    size_t group_cap;
    uint32_t last_group;       /* of the row before */
    uint32_t last[CELL_COUNT]; /* the texts of the row before: rows of an order stand together more often than not */
    struct {
        uint32_t cell; /* 0: nothing remembered */
        enum order_status status;
    } statuses[8]; /* words read lately */
    int next_status;
    struct order_parts parts;
    struct order_line_input *lines;
    size_t line_cap;
    struct order_rep_input *reps;
    size_t rep_cap;
    struct order_payment_input *payments;
    size_t payment_cap;
};

static inline const char *order_cell(const struct order_file *f, const struct file_group *g, enum order_cell cell) {
    return intern_text(f->texts, g->cells[cell]);
}

/* import_order_rows.c */
enum err_code order_rows_collect(struct import *im, const struct import_row *row, struct err *e);
void order_rows_spoiled(struct import *im, const struct import_row *row); /* a row that could not be read */
bool order_rows_are_full(const struct import *im, const struct order_file *f);
struct order_file *order_file_of(struct import *im); /* made at the first call */
void order_file_empty(struct order_file *f);         /* the rows; what parts must know stays */
void order_row_reject(struct import *im, struct file_group *g, struct file_row *r, struct err *e);
/* The sale that a return names, when it stands in this part and is no return itself; else INTERN_NONE. */
uint32_t order_sale_of(const struct order_file *f, const struct file_group *g);

/* import_order_parts.c. Where ERR_CONFLICT comes with im->apart set, the file's rows must be brought together first. */
enum err_code order_parts_begin(struct import *im, struct order_file *f, bool last, bool returns, struct err *e);
enum err_code order_parts_end(struct import *im, struct order_file *f, bool last, struct err *e);
/* Is the order one of an earlier part, or of those that it waits for? existing: its id, 0 for a new one. */
enum err_code order_parts_check(struct import *im, struct order_file *f, const struct file_group *g, int64_t existing,
                                struct err *e);
/* A return of this part whose sale is in none of its rows. */
enum err_code order_parts_check_return(struct import *im, struct order_file *f, const struct file_group *g, bool last,
                                       struct err *e);
void order_parts_reject(struct order_file *f, const struct file_group *g);
void order_parts_clear(struct order_parts *p);

/* import_order_gather.c: reads all rows of im->rows, sorts them by order, a sale before its returns, and collects them.
 */
enum err_code order_gather(struct import *im, struct err *e);

/* import_order_build.c: what a group says, as the domain takes it; the record it needs besides are found, or made with
 * --create-missing, so it runs inside the record's own transaction when something is missing. The input borrows from f.
 */
struct order_build {
    struct order_input in;
    char date[DATE_SIZE], time[9], delivered[DATE_SIZE], promised[DATE_SIZE];
    struct order old; /* the order as it stands, where the file leaves figures out; owned */
};
/* existing_id: of the order that is there, 0 none. Unfinished where im->missing is set. */
enum err_code order_build(struct import *im, struct order_file *f, const struct file_group *g, int64_t existing_id,
                          struct order_build *b, struct err *e);
void order_build_clear(struct order_build *b);

/* import_order_cells.c */
enum err_code order_cell_reps(struct import *im, struct order_file *f, const char *text, size_t *count, struct err *e);
enum err_code order_cell_payments(struct import *im, struct order_file *f, const struct file_group *g, bool delivered,
                                  struct order_input *in, struct err *e);

#endif
