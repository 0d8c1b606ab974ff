/* The books proven from their parts, and copies of them. */
#ifndef CHOTDON_CHECK_H
#define CHOTDON_CHECK_H

#include "chotdon/shop.h"

/* One finding: what is wrong, where, and what can be done; a sentence for people, borrowed during the call. */
typedef void check_fn(void *ctx, const char *finding);

/* The engine's own check, foreign keys, the audit chain and a row in it for every record, on-hand and value = Σ moves,
 * order figures = Σ lines and payments, dues, returns = what they took back, numbers without gaps, cash shifts, phones
 * and search (DOMAIN 3, 4, 9, 10). Of one kind of fault the first twenty are told and the rest counted. *found counts
 * all. */
enum err_code check_books(struct shop *shop, check_fn *finding, void *ctx, int64_t *found, struct err *e);

/* The same with somebody who watches: called now and then with the part at work, of how many; false stops it
 * (ERR_REFUSED). */
typedef bool check_tick(void *ctx, int64_t done, int64_t total);
enum err_code check_books_watched(struct shop *shop, check_fn *finding, void *ctx, check_tick *watch, void *watch_ctx,
                                  int64_t *found, struct err *e);

/* What can be mended without a backup. Rebuild: what is kept because screens need it all the time (an order's sums and
 * what is paid of it, on-hand and value, figures of sales, customers and of the pipeline) is added up anew from its
 * parts, which stay as they are. Accept: what another program wrote is taken as it is, and the tables sealed as they
 * stand. Both are one audit row; ERR_REFUSED for who may not (PERMIT_BACKUP). */
enum err_code check_rebuild(struct shop *shop, struct err *e);
enum err_code check_accept(struct shop *shop, struct err *e);

/* Seals tables into which very many rows were loaded, at a quiet moment; cheap when there are none. */
enum err_code check_seal(struct shop *shop, struct err *e);

/* The chain is not the one that was anchored outside the file: its tail was cut, or somebody put an older copy in the
 * file's place past backup_restore. A warning, for people; the file in itself may be whole. NULL: all fits. The caller
 * owns it. */
char *check_anchors_warning(struct shop *shop);

/* What check cannot say whether another program wrote to: tables into which very many rows were loaded, until they are
 * sealed; all of them, always, where this library of the engine tells of no changes (never). */
enum err_code check_unsealed(struct shop *shop, bool *never, int64_t *tables, struct err *e);

/* How much there is to prove, for the summary. */
struct check_counts {
    int64_t orders, lines, payments, moves, products, customers, audit_rows;
};
enum err_code check_count(struct shop *shop, struct check_counts *out, struct err *e);

/* Online, verified copy; ERR_CONFLICT if it exists. Watched: in pages; false stops it, and nothing of it is left. */
enum err_code backup_make(struct shop *shop, const char *path, struct err *e);
enum err_code backup_make_watched(struct shop *shop, const char *path, check_tick *watch, void *ctx, struct err *e);

/* Puts a copy in the place of the shop's file at options->path after it passed the check (ERR_REFUSED, naming the first
 * finding; ERR_BUSY while another program has the shop open). *kept gets where the replaced file went (the caller owns
 * it; NULL when there was none). */
enum err_code backup_restore(const struct shop_options *options, const char *copy, char **kept, struct err *e);

/* The same with somebody who watches, in thousandths: as long as the copy is prepared and checked, false stops it, and
 * everything is as it was. */
struct backup_restore_watch {
    check_tick *tick;
    void (*before_swap)(void *ctx); /* only now nobody may have the shop open any more; may be NULL */
    void *ctx;
};
enum err_code backup_restore_watched(const struct shop_options *options, const char *copy,
                                     const struct backup_restore_watch *watch, char **kept, struct err *e);

#endif
