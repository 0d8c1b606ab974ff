/* A small shop on a file, and what is done to it while the power goes, the disk fails or memory runs out. The clock
 * stands still, so that the same steps give the same books, byte for byte. */
#ifndef TESTS_CRASH_CRASH_SHOP_H
#define TESTS_CRASH_CRASH_SHOP_H

#include "chotdon/shop.h"

struct crash_shop {
    char *folder, *path, *csv, *backup; /* the file to import stands outside the folder */
    struct shop_options options;
    struct shop *shop; /* NULL while closed */
    int64_t goods, rice, an, buyer, sale, draft, deal;
};

/* The shop with goods, people, a plan, a month of sales, a deal and a customer who can be erased; closed again. Ends
 * the test program when it cannot be made. */
struct crash_shop *crash_shop_new(void);
void crash_shop_free(struct crash_shop *c); /* removes the files */
void crash_shop_open(struct crash_shop *c); /* must work */

/* What can be done to it. A durable step is there for good once it has returned ERR_OK. Each opens and closes the shop
 * where it has to. */
struct crash_step {
    const char *name;
    bool durable;
    enum err_code (*run)(struct crash_shop *c, struct err *e);
};
extern const struct crash_step crash_steps[];                  /* in an order in which all work; the last has no name */
enum err_code crash_sell(struct crash_shop *c, struct err *e); /* one more sale, at any time */

/* Everything that is in the tables of a file, as one number; 0 when it cannot be read or SQLite finds it damaged. Its
 * own statistics do not count. */
uint64_t crash_books(const char *path);

/* The same, with the seals (*sealed: they may be put off where memory runs short). Books of which both are known need
 * not be proven again. */
uint64_t crash_books_sealed(const char *path, uint64_t *sealed);

/* Books that have passed crash_check. Zeroed is empty. */
struct crash_proven {
    uint64_t *books;
    size_t count, capacity;
};

/* crash_check, once for each: what the file holds was proven before, or is now. *books gets what crash_books says. */
char *crash_check_once(const struct crash_shop *c, struct crash_proven *proven, uint64_t *books);

/* Opens the file and proves the books and the audit chain: NULL, or the first thing that is wrong (the caller owns it).
 */
char *crash_check(const struct crash_shop *c);

/* How long a test may take: CHOTDON_CRASH_SECONDS, or `seconds`. */
int64_t crash_end_us(int seconds);

#endif
