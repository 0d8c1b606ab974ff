/* A large orders file is taken in parts, and is the same shop in the end as if it had been taken whole: wherever rows
 * of one order stand, returns before their sales, rejected rows, orders that are there already. And memory does not
 * grow with the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "chotdon/check.h"
#include "io/export.h"
#include "io/import.h"
#include "random.h"
#include "testshop.h"

static char in_path[64], out_path[64]; /* of this program alone: another may run the same test */

struct row {
    char text[160];
};

static const char header[] = "order_no,order_date,status,customer_phone,rep,sku,qty,unit_price,return_of,note\n";

static void write_rows(const struct row *rows, size_t count) {
    FILE *f = fopen(in_path, "w");
    assert_non_null(f);
    fputs(header, f);
    for (size_t i = 0; i < count; i++) {
        fputs(rows[i].text, f);
    }
    assert_int_equal(fclose(f), 0);
}

/* Sales and returns of them; some rows cannot be taken, some orders are said to be returned. `first` is the number of
 * the first order. */
static size_t make_rows(struct random *r, int first, int orders, struct row *rows) {
    size_t n = 0;
    for (int i = first; i < first + orders; i++) {
        bool is_return = i > first && random_between(r, 0, 5) == 0;
        int sale = (int)random_between(r, 1, i > first ? i - 1 : 1);
        const char *status = random_between(r, 0, 6) == 0 ? "returned" : "completed";
        char of[24] = "";
        if (is_return) {
            snprintf(of, sizeof of, "N%03d", sale);
        }
        for (int64_t line = random_between(r, 1, 3); line > 0; line--) {
            bool bad = random_between(r, 0, 25) == 0;
            snprintf(rows[n++].text, sizeof rows->text, "N%03d,2026-10-%02d,%s,09%08d,NV%d,SKU%d,%s%s,%d,%s,%s\n", i,
                     1 + i % 28, is_return ? "" : status, i % 7, i % 3, is_return ? sale % 4 : i % 4,
                     is_return ? "-" : "", bad ? "x" : "1", 1000 * (1 + i % 5), of, line == 1 ? "last" : "");
        }
    }
    return n;
}

/* Some rows go elsewhere: `far` says how far at most. */
static void scatter(struct random *r, struct row *rows, size_t count, int64_t far) {
    for (size_t i = 0; i < count && far > 0; i++) {
        size_t k = i + (size_t)random_between(r, 0, far);
        if (k < count && random_between(r, 0, 3) == 0) {
            struct row row = rows[i];
            rows[i] = rows[k];
            rows[k] = row;
        }
    }
}

static void note_rejected(void *ctx, long line, const char *column, const char *reason) {
    buf_addf(ctx, "%ld %s %s\n", line, column, reason);
}

static void note_finding(void *ctx, const char *finding) {
    (void)ctx;
    fail_msg("%s", finding);
}

static void add_export(struct shop *shop, enum kind_id kind, struct buf *out) {
    struct export_options options = {.kind = kind, .path = out_path};
    char block[4096];
    size_t n = 0;
    unlink(out_path);
    assert_int_equal(export_run(shop, &options, NULL), ERR_OK);
    FILE *f = fopen(out_path, "r");
    while ((n = fread(block, 1, sizeof block, f)) > 0) {
        buf_add_bytes(out, block, n);
    }
    fclose(f);
    unlink(out_path);
}

static void import_once(struct shop *shop, size_t part_rows, struct buf *out) {
    struct import_options options = {.kind = KIND_ORDERS,
                                     .path = in_path,
                                     .part_rows = part_rows,
                                     .create_missing = true,
                                     .rejected = note_rejected,
                                     .ctx = out};
    struct import_summary s;
    struct err e = ERR_INIT;
    if (import_run(shop, &options, &s, &e) != ERR_OK) {
        fail_msg("parts of %zu: %s", part_rows, e.message);
    }
    buf_addf(out, "%lld rows %lld new %lld changed %lld same %lld rejected\n", (long long)s.rows, (long long)s.created,
             (long long)s.updated, (long long)s.unchanged, (long long)s.rejected);
}

/* Two files one after the other: the second says some of the first again, and some of it differently. */
static char *shop_after(const struct row *rows, size_t count, const struct row *again, size_t again_count,
                        size_t part_rows) {
    struct buf out = BUF_INIT;
    struct shop *shop = testshop_open();
    write_rows(rows, count);
    import_once(shop, part_rows, &out);
    write_rows(again, again_count);
    import_once(shop, part_rows, &out);
    add_export(shop, KIND_ORDERS, &out);
    add_export(shop, KIND_STOCK, &out);
    add_export(shop, KIND_CUSTOMERS, &out);
    int64_t found = 0;
    assert_int_equal(check_books(shop, note_finding, NULL, &found, NULL), ERR_OK);
    testshop_close(&shop);
    return buf_take(&out);
}

static void parts_of_any_size_make_the_same_shop(void **state) {
    (void)state;
    enum { ORDERS = 40, ROUNDS = 4 };
    struct random r = RANDOM_INIT;
    static struct row rows[ORDERS * 3], again[ORDERS * 3];
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = make_rows(&r, 1, ORDERS, rows);
        size_t again_count = make_rows(&r, 20, ORDERS, again);
        scatter(&r, rows, count, round % 4 == 0 ? 0 : round % 4 == 1 ? 3 : 100);
        scatter(&r, again, again_count, round % 3 == 0 ? 0 : 100);
        char *whole = shop_after(rows, count, again, again_count, 0);
        char *some = shop_after(rows, count, again, again_count, 13);
        assert_string_equal(some, whole);
        free(some);
        some = shop_after(rows, count, again, again_count, 1);
        assert_string_equal(some, whole);
        free(some);
        free(whole);
    }
}

/* --- memory */

enum { LARGE_ROWS = 14000, NOTE = 1500, ROOM = 20 * 1024 * 1024 };

/* 21 MB, in parts of too few orders for a bulk load, which takes 64 MB for the database alone: orders of two rows,
 * together or half a file apart. */
static void write_large(bool together) {
    FILE *f = fopen(in_path, "w");
    assert_non_null(f);
    fputs(header, f);
    for (int i = 0; i < LARGE_ROWS; i++) {
        int order = together ? i / 2 : i % (LARGE_ROWS / 2);
        fprintf(f, "N%05d,2026-10-31,completed,0912345678,NV1,SKU1,1,1000,,%0*d\n", order, NOTE, i);
    }
    assert_int_equal(fclose(f), 0);
}

static void fixed_clock(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)zone;
    memcpy(now, "2026-11-21 14:05:00", DATETIME_SIZE);
}

static size_t address_space(void) {
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%lu", &pages), 1);
    fclose(f);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* In a process of its own, which may have so much and no more. */
static int import_within(const char *path, size_t limit) {
    const struct shop_options options = {.path = path, .clock = fixed_clock};
    const struct import_options import = {
        .kind = KIND_ORDERS, .path = in_path, .part_rows = 900, .create_missing = true};
    struct rlimit most = {limit, limit};
    struct import_summary s;
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    if (shop_create(&options, "VND", &shop, &e) != ERR_OK || setrlimit(RLIMIT_AS, &most) != 0 ||
        import_run(shop, &import, &s, &e) != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    shop_close(&shop);
    return s.created == LARGE_ROWS / 2 && s.rejected == 0 ? 0 : 2;
}

static void memory_does_not_grow_with_the_file(void **state) {
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* its shadow has no bounds */
#endif
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (int together = 0; together <= 1; together++) {
        char path[] = "/tmp/chotdon-parts-XXXXXX", name[64];
        int status = 0;
        close(mkstemp(path));
        unlink(path);
        write_large(together);
        pid_t child = fork();
        if (child == 0) {
            _exit(import_within(path, address_space() + ROOM));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            snprintf(name, sizeof name, "%s%s", path, ends[i]);
            unlink(name);
        }
        assert_int_equal(status, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_any_size_make_the_same_shop),
        cmocka_unit_test(memory_does_not_grow_with_the_file),
    };
    snprintf(in_path, sizeof in_path, "/tmp/chotdon-parts-in-%d.csv", (int)getpid());
    snprintf(out_path, sizeof out_path, "/tmp/chotdon-parts-out-%d.csv", (int)getpid());
    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(in_path);
    return rc;
}
