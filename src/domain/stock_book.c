#include "domain/stock_book.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/qty.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define SLOTS_MIN  64
#define SLOTS_KEEP 4096   /* more than that is given back when the transaction ends */
#define ENOUGH     200000 /* goods, about 30 MB */

struct stock_book {
    struct shop *shop;
    struct goods **slots; /* open addressing; NULL is free */
    size_t slot_count;    /* a power of two */
    size_t used;
    struct goods **dirty;
    size_t dirty_count, dirty_cap;
    uint64_t plan;
    uint64_t facts, moves;         /* inner transactions undone; those that took moves with them */
    int64_t first_move, last_move; /* of this transaction; 0: none yet */
    bool outside;                  /* what is here was read outside a transaction */
};

struct stock_book *stock_book_new(struct shop *shop) {
    struct stock_book *book = mem_zalloc(sizeof *book);
    book->shop = shop;
    return book;
}

void stock_book_forget(struct stock_book *book) {
    for (size_t i = 0; i < book->slot_count && book->used > 0; i++) {
        if (book->slots[i] != NULL) {
            free(book->slots[i]);
            book->slots[i] = NULL;
            book->used--;
        }
    }
    if (book->slot_count > SLOTS_KEEP) {
        free(book->slots);
        book->slots = NULL;
        book->slot_count = 0;
    }
    book->dirty_count = 0;
    book->first_move = 0;
    book->last_move = 0;
    book->outside = false;
}

void stock_book_free(struct stock_book *book) {
    if (book == NULL) {
        return;
    }
    stock_book_forget(book);
    free(book->slots);
    free(book->dirty);
    free(book);
}

static size_t slot_of(const struct stock_book *book, int64_t id) {
    uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(h >> 32) & (book->slot_count - 1);
    while (book->slots[i] != NULL && book->slots[i]->id != id) {
        i = (i + 1) & (book->slot_count - 1);
    }
    return i;
}

static struct goods *find(const struct stock_book *book, int64_t id) {
    return book->slot_count == 0 ? NULL : book->slots[slot_of(book, id)];
}

static void grow(struct stock_book *book) {
    struct goods **old = book->slots;
    size_t old_count = book->slot_count;
    book->slot_count = old_count == 0 ? SLOTS_MIN : old_count * 2;
    book->slots = mem_array(book->slot_count, sizeof(struct goods *));
    for (size_t i = 0; i < old_count; i++) {
        if (old[i] != NULL) {
            book->slots[slot_of(book, old[i]->id)] = old[i];
        }
    }
    free(old);
}

static struct goods *insert(struct stock_book *book, int64_t id) {
    if (book->used * 2 >= book->slot_count) {
        grow(book);
    }
    struct goods *g = mem_zalloc(sizeof *g);
    g->id = id;
    book->slots[slot_of(book, id)] = g;
    book->used++;
    return g;
}

/* Facts always; the level only while no unwritten move changed it. */
static void take_row(struct stock_book *book, struct goods *g, struct db_stmt *s) {
    g->has_vat = !db_col_null(s, 0);
    g->vat_bps = db_col_int(s, 0);
    g->price = db_col_int(s, 1);
    g->has_wholesale = !db_col_null(s, 2);
    g->wholesale_price = db_col_int(s, 2);
    g->facts = book->facts;
    if (!g->dirty) {
        g->level = (struct stock_level){db_col_int(s, 3), db_col_int(s, 4), db_col_int(s, 5)};
        g->moves = book->moves;
    }
}

static enum err_code read_goods(struct stock_book *book, int64_t id, struct goods **g, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(book->shop->db,
                                "SELECT p.vat_bps, p.price, p.wholesale_price, s.on_hand, s.value, s.last_cost"
                                " FROM products p LEFT JOIN stock s ON s.product_id = p.id WHERE p.id = $1",
                                DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    switch (db_next(s, e)) {
    case DB_ROW:
        if (*g == NULL) {
            *g = insert(book, id);
        }
        take_row(book, *g, s);
        break;
    case DB_END:
        rc = err_set_field(e, ERR_NOT_FOUND, "sku", _("there is no such product"));
        break;
    case DB_FAILED:
        rc = record_failed(e);
        break;
    }
    db_done(&s);
    return rc;
}

/* A move changes the last known cost when goods come in (stock_level_in). */
static void replay_move(struct stock_level *level, int64_t qty, int64_t cost, int64_t value) {
    bool fresh = level->on_hand <= 0;
    level->on_hand += qty;
    level->value += value;
    if (qty > 0) {
        (void)money_scale(fresh ? cost : level->value, QTY_ONE, fresh ? qty : level->on_hand, &level->last_cost);
    }
}

/* After moves were undone: the table, which is not written before the commit, and what is left of this transaction's
 * moves. */
static enum err_code recompute(struct stock_book *book, struct goods *g, struct err *e) {
    bool was_dirty = g->dirty;
    g->dirty = false;
    enum err_code rc = read_goods(book, g->id, &g, e);
    g->dirty = was_dirty;
    g->gone = rc == ERR_NOT_FOUND;
    if (rc != ERR_OK || !was_dirty || book->first_move == 0) {
        return rc;
    }
    struct db_stmt *s = NULL;
    rc = db_query(book->shop->db,
                  "SELECT qty, cost, value FROM stock_moves WHERE product_id = $1 AND id >= $2 ORDER BY id",
                  DB_BIND(DB_INT(g->id), DB_INT(book->first_move)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        replay_move(&g->level, db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code freshen(struct stock_book *book, struct goods *g, struct err *e) {
    if (g->moves != book->moves) {
        return recompute(book, g, e);
    }
    return g->facts != book->facts ? read_goods(book, g->id, &g, e) : ERR_OK;
}

void stock_book_rolled_back(struct stock_book *book) {
    int64_t last = 0;
    book->facts++;
    if (book->last_move != 0 && !db_is_loading(book->shop->db) && /* a load ends when it fails after a first write */
        (db_get_int(book->shop->db, "SELECT MAX(id) FROM stock_moves", DB_NO_BIND, &last, NULL) != ERR_OK ||
         last != book->last_move)) {
        book->moves++;
        book->last_move = last;
    }
}

void stock_book_refresh(struct stock_book *book, int64_t product_id) {
    struct goods *g = find(book, product_id);
    if (g != NULL) {
        g->facts = book->facts - 1;
    }
}

static int by_id(const void *a, const void *b) {
    const struct goods *const *x = a;
    const struct goods *const *y = b;
    return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

enum err_code stock_book_flush(struct stock_book *book, struct err *e) {
    if (book->dirty_count > 1) {
        qsort(book->dirty, book->dirty_count, sizeof(struct goods *), by_id);
    }
    for (size_t i = 0; i < book->dirty_count; i++) {
        struct goods *g = book->dirty[i];
        enum err_code rc = g->moves == book->moves ? ERR_OK : recompute(book, g, e);
        if (g->gone) {
            continue;
        }
        if (rc == ERR_OK) {
            rc = db_run(
                book->shop->db,
                "INSERT INTO stock (product_id, on_hand, value, last_cost) VALUES ($1, $2, $3, $4)"
                " ON CONFLICT (product_id) DO UPDATE SET on_hand = excluded.on_hand, value = excluded.value,"
                " last_cost = excluded.last_cost",
                DB_BIND(DB_INT(g->id), DB_INT(g->level.on_hand), DB_INT(g->level.value), DB_INT(g->level.last_cost)),
                e);
        }
        if (rc != ERR_OK) {
            return rc;
        }
    }
    return ERR_OK;
}

/* What is undone later is counted from here on. */
enum err_code stock_book_relieve(struct stock_book *book, struct err *e) {
    if (book->used < ENOUGH) {
        return ERR_OK;
    }
    int64_t last = book->last_move;
    enum err_code rc = stock_book_flush(book, e);
    stock_book_forget(book);
    book->last_move = last;
    book->first_move = last == 0 ? 0 : last + 1;
    return rc;
}

void stock_plan_begin(struct stock_book *book) {
    bool outside = !db_in_transaction(book->shop->db);
    if (outside || book->outside) {
        stock_book_forget(book);
    }
    book->outside = outside;
    book->plan++;
}

enum err_code stock_plan_goods(struct stock_book *book, int64_t product_id, struct goods **out, struct err *e) {
    struct goods *g = find(book, product_id);
    enum err_code rc = g == NULL ? read_goods(book, product_id, &g, e) : freshen(book, g, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (g->plan != book->plan) {
        g->plan = book->plan;
        g->planned = g->level;
    }
    *out = g;
    return ERR_OK;
}

enum err_code stock_plan_out(struct goods *g, int64_t qty, int64_t *cost, struct err *e) {
    return stock_level_out(&g->planned, qty, cost, e);
}

enum err_code stock_plan_in(struct goods *g, int64_t qty, int64_t cost, int64_t *value, struct err *e) {
    return stock_level_in(&g->planned, qty, cost, value, e);
}

static void mark_dirty(struct stock_book *book, struct goods *g) {
    g->level = g->planned;
    if (!g->dirty) {
        g->dirty = true;
        book->dirty = mem_grow(book->dirty, book->dirty_count, &book->dirty_cap, sizeof(struct goods *));
        book->dirty[book->dirty_count++] = g;
    }
}

enum err_code stock_book_move(struct stock_book *book, struct goods *g, const struct stock_entry *m, struct err *e) {
    struct db *db = book->shop->db;
    bool first = book->last_move == 0; /* whose number the others follow: a bulk load writes them later */
    enum err_code rc = (first ? db_run : db_add)(
        db,
        "INSERT INTO stock_moves (product_id, date, kind, qty, cost, value, order_id, document,"
        " supplier_id, staff_id, note, import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12)",
        DB_BIND(DB_INT(g->id), DB_TEXT(m->own_day ? "=" : m->date), DB_TEXT(stock_kind_code(m->kind)), DB_INT(m->qty),
                DB_INT(m->cost), DB_INT(m->value), DB_ID(m->order_id), DB_TEXT(m->document), DB_ID(m->supplier_id),
                SHOP_ACTOR(book->shop), DB_TEXT(m->note), DB_ID(m->import_id)),
        e);
    if (rc != ERR_OK) {
        return rc;
    }
    book->last_move = first ? db_last_id(db) : book->last_move + 1;
    if (book->first_move == 0) {
        book->first_move = book->last_move;
    }
    mark_dirty(book, g);
    return ERR_OK;
}
