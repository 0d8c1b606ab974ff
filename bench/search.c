/* Search as somebody types: search SHOP.db NAMES. Of so many customers and as many products, spread over all, it types
 * name (with its accents, and without), phone or SKU letter by letter, and asks at every letter for what a screen
 * shows. Prints in ms of the processor the median, the 99th percentile and the most of all letters, and for whole
 * numbers and SKUs, which are rare, the median beside the median of LIKE '%…%' over the same column, in the same
 * process. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "db/db.h"

enum { SHOWN = 8, LIKES = 15, VERBOSE_MS = 1 };

struct times {
    double *items;
    size_t count, cap;
};

struct bench {
    struct shop *shop;
    struct times letters, rare, likes;
    bool tell; /* of the letters that take long */
};

static void clock_of(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-01-15 12:00:00");
}

static double cpu_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void add(struct times *t, double ms) {
    t->items = mem_grow(t->items, t->count, &t->cap, sizeof *t->items);
    t->items[t->count++] = ms;
}

static int up(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double at(struct times *t, size_t percent) {
    if (t->count == 0) {
        return 0;
    }
    qsort(t->items, t->count, sizeof *t->items, up);
    return t->items[(t->count - 1) * percent / 100];
}

static double ask(struct bench *b, bool customers, const char *text) {
    int64_t ids[SHOWN];
    int count = 0;
    double start = cpu_ms();
    if (customers) {
        (void)customer_search(b->shop, text, ids, SHOWN, &count, NULL);
    } else {
        (void)product_search(b->shop, text, ids, SHOWN, &count, NULL);
    }
    double took = cpu_ms() - start;
    if (b->tell && took > VERBOSE_MS) {
        fprintf(stderr, "%6.2f ms %s\n", took, text);
    }
    return took;
}

static void type(struct bench *b, bool customers, const char *text) {
    for (size_t len = 1; len <= strlen(text); len++) {
        if (((unsigned char)text[len] & 0xC0) == 0x80) { /* within a letter */
            continue;
        }
        char *typed = mem_strndup(text, len);
        add(&b->letters, ask(b, customers, typed));
        free(typed);
    }
}

static void like(struct bench *b, const char *sql, const char *text) {
    char *part = mem_printf("%%%s%%", text);
    int64_t found = 0;
    double start = cpu_ms();
    (void)db_get_int(shop_db(b->shop), sql, DB_BIND(DB_TEXT(part)), &found, NULL);
    add(&b->likes, cpu_ms() - start);
    free(part);
}

static void type_all(struct bench *b, bool customers, const char *like_sql, char *const name, char *const number) {
    char *folded = text_fold(name);
    type(b, customers, name);
    type(b, customers, folded);
    type(b, customers, number);
    add(&b->rare, ask(b, customers, number));
    if (b->likes.count < LIKES * (size_t)(customers ? 1 : 2)) {
        like(b, like_sql, number);
    }
    free(folded);
}

/* Names and numbers of `count` rows, evenly spread over the table. */
static void each(struct bench *b, bool customers, const char *last_sql, const char *sql, const char *like_sql,
                 int64_t count) {
    int64_t last = 0;
    (void)db_get_int(shop_db(b->shop), last_sql, DB_NO_BIND, &last, NULL);
    for (int64_t i = 0; i < count; i++) {
        struct db_stmt *s = NULL;
        char *name = NULL, *number = NULL;
        if (db_query(shop_db(b->shop), sql, DB_BIND(DB_INT(1 + i * (last / (count + 1)))), &s, NULL) == ERR_OK &&
            db_next(s, NULL) == DB_ROW) {
            name = db_col_dup(s, 0);
            number = db_col_dup(s, 1);
        }
        db_done(&s);
        if (name != NULL) {
            type_all(b, customers, like_sql, name, number);
        }
        free(name);
        free(number);
    }
}

int main(int argc, char **argv) {
    struct err e = ERR_INIT;
    struct bench b = {.tell = argc > 3};
    const struct shop_options options = {.path = argc > 1 ? argv[1] : "shop.db", .clock = clock_of};
    int64_t names = argc > 2 ? atoll(argv[2]) : 50;
    if (shop_open(&options, &b.shop, &e) != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    each(&b, true, "SELECT MAX(id) FROM customers",
         "SELECT c.name, p.phone FROM customers c JOIN customer_phones p ON p.customer_id = c.id WHERE c.id >= $1"
         " ORDER BY c.id LIMIT 1",
         "SELECT COUNT(*) FROM customer_phones WHERE phone LIKE $1", names);
    each(&b, false, "SELECT MAX(id) FROM products", "SELECT name, sku FROM products WHERE id >= $1 ORDER BY id LIMIT 1",
         "SELECT COUNT(*) FROM products WHERE sku LIKE $1", names);
    printf("%.3f %.3f %.3f %.4f %.2f\n", at(&b.letters, 50), at(&b.letters, 99), at(&b.letters, 100), at(&b.rare, 50),
           at(&b.likes, 50));
    free(b.letters.items);
    free(b.rare.items);
    free(b.likes.items);
    shop_close(&b.shop);
    return 0;
}
