/* Imports as the shop remembers them: a row for each file that changed something, what it made (import_id on the
 * records) and what stood there before it (CLI, Import and export). The files themselves are read by io/import.h. */
#ifndef CHOTDON_IMPORT_H
#define CHOTDON_IMPORT_H

#include "chotdon/shop.h"

/* Things that rows make on the way. */
enum import_thing {
    IMPORT_STAFF,
    IMPORT_TEAMS,
    IMPORT_PRODUCTS,
    IMPORT_GROUPS,
    IMPORT_CUSTOMERS,
    IMPORT_CHANNELS,
    IMPORT_SUPPLIERS,
    IMPORT_STAGES,
    IMPORT_THINGS
};
const char *import_thing_name(enum import_thing t); /* "staff": the key of the summary */

/* How many of each there are now. */
enum err_code import_census(struct shop *shop, int64_t count[IMPORT_THINGS], struct err *e);

struct import_record {
    int64_t id;
    const char *at; /* "YYYY-MM-DD HH:MM:SS" */
    const char *staff;
    const char *kind;
    const char *file;
    const char *file_hash;
    int64_t rows, created, updated, unchanged, rejected;
    const char *undone_at; /* "" while it stands */
};

/* Inside the transaction of the import: begin gives the id that the records carry. import_end keeps the row with its
 * counts and writes the import's one audit row; import_drop takes it away again, for a file that changed nothing. */
enum err_code import_begin(struct shop *shop, const char *kind, const char *file, int64_t *id, struct err *e);
enum err_code import_end(struct shop *shop, const struct import_record *r, struct err *e);
enum err_code import_drop(struct shop *shop, int64_t id, struct err *e);

/* Remembers what a record of `entity` ("staff", "orders") was before the import changed it; `before` is the importer's
 * to read again. */
enum err_code import_note(struct shop *shop, int64_t id, const char *entity, int64_t entity_id, const char *before,
                          struct err *e);

/* Many new orders at once: their rows come many at a time, indexes of the tables that they fill are made again in the
 * end, where that is faster. `by_phone`: customers are found by nothing else. *all_phones: the shop has none yet, so
 * whose phone was not put in this load is new; not asking is then the caller's duty, since their rows come later, too.
 */
enum err_code import_bulk_begin(struct shop *shop, int64_t orders, bool by_phone, bool *all_phones, struct err *e);
enum err_code import_bulk_end(struct shop *shop, struct err *e);

/* Between two orders: rows of a bulk load come now, and what a long import keeps in memory of its books is written
 * where it has become much. */
enum err_code import_relieve(struct shop *shop, struct err *e);

/* Has the shop no order with a number, and which id was given last (0: none)? */
enum err_code import_orders_before(struct shop *shop, bool *none, int64_t *last_id, struct err *e);
enum err_code import_order_is_known(struct shop *shop, const char *order_no, bool *known, struct err *e);
enum err_code import_order_is_returned(struct shop *shop, int64_t id, bool *returned, struct err *e);

/* How many payments of an order say just this; a NULL note: whatever it is. */
enum err_code import_payments_like(struct shop *shop, int64_t order_id, const char *date, const char *method,
                                   int64_t amount, const char *note, int64_t *count, struct err *e);

/* Oldest first; borrowed during the call. */
typedef enum err_code import_record_fn(void *ctx, const struct import_record *r, struct err *e);
enum err_code import_list(struct shop *shop, import_record_fn *row, void *ctx, struct err *e);

/* Takes an import back, inside a transaction: `restore` is called for each change, last one first, then what it made is
 * removed. Targets that were changed or taken away by hand since are kept so. ERR_NOT_FOUND; ERR_REFUSED naming what
 * was built on it since (payments, returns, sales, later imports). */
struct import_undone {
    int64_t removed, restored, kept; /* records; restored are the caller's to count */
};
typedef enum err_code import_restore_fn(void *ctx, const char *entity, int64_t entity_id, const char *before,
                                        struct err *e);
enum err_code import_undo(struct shop *shop, int64_t id, import_restore_fn *restore, void *ctx,
                          struct import_undone *out, struct err *e);

#endif
