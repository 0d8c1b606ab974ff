/* Rows of an orders file whose orders do not stand together, kept in temporary tables until they can be read order by
 * order: memory does not grow with them. Inside the import's transaction. */
#ifndef CHOTDON_IMPORT_SPOOL_H
#define CHOTDON_IMPORT_SPOOL_H

#include "chotdon/shop.h"

struct import_spool_row {
    int64_t line;
    const char *order_no, *return_of; /* not read back */
    bool is_return;                   /* the same */
    bool bad;
    bool has_returns; /* read back: rows of other orders are returns of this one */
    char *cells;      /* the caller's own text; read back, it may write to it */
};

/* Runs fn as shop_transact does, with room on disk for what is spooled; afterwards nothing of it is left. */
enum err_code import_spool_transact(struct shop *shop, shop_fn *fn, void *ctx, struct err *e);

enum err_code import_spool_begin(struct shop *shop, struct err *e);
enum err_code import_spool_add(struct shop *shop, const struct import_spool_row *row, struct err *e);
/* Puts them in the order in which their orders begin in the file, a sale before its returns. */
enum err_code import_spool_sort(struct shop *shop, struct err *e);

/* Some rows at a time; begins as {0}. The rows live until the next read or clear. count is 0 at the end. */
struct import_spool_page {
    struct import_spool_row *rows;
    size_t count, cap;
    int64_t place; /* read so far */
};
enum err_code import_spool_read(struct shop *shop, struct import_spool_page *page, struct err *e);
void import_spool_page_clear(struct import_spool_page *page);

#endif
