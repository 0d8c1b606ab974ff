#include "crash_shop.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/order.h"
#include "chotdon/plan.h"
#include "chotdon/staff.h"
#include "disk_files.h"
#include "testorders.h"

static void must(enum err_code rc, const struct err *e, const char *what) {
    if (rc != ERR_OK) {
        fprintf(stderr, "%s: %s: %s\n", what, err_code_name(rc), e->message);
        abort();
    }
}

static void noon(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)zone;
    memcpy(now, "2026-11-21 12:00:00", DATETIME_SIZE);
}

int64_t crash_end_us(int seconds) {
    const char *given = getenv("CHOTDON_CRASH_SECONDS");
    return ticks_us() + 1000000 * (given == NULL ? seconds : atoll(given));
}

static const char *fixed_name(void) {
    return "fixed";
}

static uint32_t fixed_number(void) {
    return 7;
}

static void fixed_bytes(void *const out, const size_t n) {
    memset(out, 7, n);
}

/* The audit's salts come out the same each time. */
static void fix_salts(void) {
    static randombytes_implementation fixed = {
        .implementation_name = fixed_name, .random = fixed_number, .buf = fixed_bytes};
    randombytes_set_implementation(&fixed);
}

static void write_csv(const char *path) {
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        perror(path);
        abort();
    }
    fputs("order_no,order_date,sku,qty,unit_price,customer_phone,rep,channel\n", f);
    for (int i = 0; i < 40; i++) {
        fprintf(f, "N%05d,2026-10-%02d,SKU%d,%d,%d,09%08d,NV%d,Zalo\n", i / 2, 1 + i / 2 % 28, i % 9, 1 + i % 3,
                1000 * (1 + i % 7), i / 2 % 12, i / 2 % 4);
    }
    fclose(f);
}

static void make_plan(struct shop *shop) {
    struct err e = ERR_INIT;
    struct plan_tier tiers[] = {{0, 200, 0}, {1000000, 300, 0}};
    struct plan p = {.code = (char *)"2026", .name = (char *)"2026", .from = "2026-01", .to = "2026-12"};
    p.tiers = tiers;
    p.tier_count = sizeof tiers / sizeof *tiers;
    must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e, "plan");
    must(plan_activate(shop, "2026", &e), &e, "plan");
}

static void sell_a_month(struct crash_shop *c) {
    for (int i = 0; i < 20; i++) {
        struct order_line_input line = testorders_line(i % 2 == 0 ? c->goods : c->rice, 1000 + i * 500, 120000);
        struct order_rep_input rep = {c->an, 0};
        struct order_input in = testorders_input(&line, 1);
        char date[] = "2026-10-00";
        date[8] = (char)('0' + (i + 1) / 10);
        date[9] = (char)('0' + (i + 1) % 10);
        in.date = date;
        in.reps = &rep;
        in.rep_count = 1;
        in.customer_id = c->buyer;
        in.pay_rest = true;
        c->sale = testorders_add(c->shop, &in);
    }
}

struct crash_shop *crash_shop_new(void) {
    struct crash_shop *c = mem_zalloc(sizeof *c);
    struct err e = ERR_INIT;
    fix_salts();
    c->folder = disk_folder_new();
    c->path = mem_printf("%s/shop.db", c->folder);
    c->csv = mem_printf("%s.csv", c->folder);
    c->backup = mem_printf("%s/copy.db", c->folder);
    c->options = (struct shop_options){.path = c->path, .clock = noon};
    must(shop_create(&c->options, "VND", &c->shop, &e), &e, "shop");
    c->goods = testorders_product(c->shop, "SKU1", 120000, -1);
    c->rice = testorders_product(c->shop, "GAO", 215000, 800);
    testorders_receive(c->shop, c->goods, 900000, 70000);
    testorders_receive(c->shop, c->rice, 900000, 180000);
    c->an = testorders_staff(c->shop, "AN");
    struct customer buyer = {.name = "Nguyễn Văn Đạt", .phones = "0912345678", .address = "12 Lý Thường Kiệt"};
    must(customer_add(c->shop, &buyer, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_ADDRESS, &c->buyer, &e), &e, "buyer");
    make_plan(c->shop);
    sell_a_month(c);
    struct deal d = {.title = "Đồng phục", .expected_value = 45000000};
    must(deal_add(c->shop, &d, DEAL_TITLE | DEAL_EXPECTED_VALUE, &c->deal, &e), &e, "deal");
    shop_close(&c->shop);
    write_csv(c->csv);
    return c;
}

void crash_shop_free(struct crash_shop *c) {
    shop_close(&c->shop);
    remove(c->csv);
    disk_folder_free(c->folder);
    free(c->path);
    free(c->csv);
    free(c->backup);
    free(c);
}

void crash_shop_open(struct crash_shop *c) {
    struct err e = ERR_INIT;
    must(shop_open(&c->options, &c->shop, &e), &e, c->path);
}

/* FNV-1a */
static void mix(uint64_t *sum, const void *bytes, size_t n) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++) {
        *sum = (*sum ^ b[i]) * UINT64_C(0x100000001B3);
    }
}

static bool sum_rows(sqlite3 *h, const char *sql, uint64_t *sum) {
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(h, sql, -1, &s, NULL);
    if (rc == SQLITE_OK) {
        while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(s); i++) {
                int type = sqlite3_column_type(s, i);
                const void *bytes = sqlite3_column_blob(s, i);
                mix(sum, &type, sizeof type);
                mix(sum, bytes, (size_t)sqlite3_column_bytes(s, i));
            }
        }
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE;
}

/* Seals may be put off ("to be read anew") where memory runs short; crash_check proves them. */
static bool sum_tables(sqlite3 *h, uint64_t *sum) {
    sqlite3_stmt *s = NULL;
    bool good = sqlite3_prepare_v2(h,
                                   "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE "
                                   "VIRTUAL%' AND name NOT LIKE 'sqlite_stat%' AND name <> 'seals' ORDER BY name",
                                   -1, &s, NULL) == SQLITE_OK;
    while (good && sqlite3_step(s) == SQLITE_ROW) {
        char *sql = mem_printf("SELECT * FROM \"%s\"", (const char *)sqlite3_column_text(s, 0));
        good = sum_rows(h, sql, sum);
        free(sql);
    }
    sqlite3_finalize(s);
    return good &&
           sum_rows(h, "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2",
                    sum) &&
           sum_rows(h, "PRAGMA user_version", sum);
}

static bool is_whole(sqlite3 *h) {
    sqlite3_stmt *s = NULL;
    bool whole = sqlite3_prepare_v2(h, "PRAGMA integrity_check(1)", -1, &s, NULL) == SQLITE_OK &&
                 sqlite3_step(s) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;
    sqlite3_finalize(s);
    return whole;
}

uint64_t crash_books(const char *path) {
    uint64_t sealed = 0;
    return crash_books_sealed(path, &sealed);
}

uint64_t crash_books_sealed(const char *path, uint64_t *sealed) {
    sqlite3 *h = NULL;
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    bool good = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    if (good) {
        sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        good = is_whole(h) && sum_tables(h, &sum);
        *sealed = sum;
        good = good && sum_rows(h, "SELECT name, rows, sum, unread <> 0 FROM seals ORDER BY name", sealed);
    }
    sqlite3_close(h);
    return good ? sum : 0;
}

static void keep_first(void *ctx, const char *finding) {
    char **first = ctx;
    if (*first == NULL) {
        *first = mem_strdup(finding);
    }
}

char *crash_check(const struct crash_shop *c) {
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    char *wrong = NULL;
    int64_t found = 0;
    int64_t rows = 0;
    int64_t bad = 0;
    enum err_code rc = shop_open(&c->options, &shop, &e);
    if (rc == ERR_OK) {
        rc = check_books(shop, keep_first, &wrong, &found, &e);
    }
    if (rc == ERR_OK && wrong == NULL) {
        rc = audit_verify(shop, &rows, &bad, &wrong, &e);
    }
    shop_close(&shop);
    return rc == ERR_OK ? wrong : mem_strdup(e.message);
}

char *crash_check_once(const struct crash_shop *c, struct crash_proven *proven, uint64_t *books) {
    uint64_t sealed = 0;
    *books = crash_books_sealed(c->path, &sealed);
    for (size_t i = 0; *books != 0 && i < proven->count; i++) {
        if (proven->books[i] == sealed) {
            return NULL;
        }
    }
    char *wrong = crash_check(c);
    if (wrong == NULL && *books != 0) {
        proven->books = mem_grow(proven->books, proven->count, &proven->capacity, sizeof *proven->books);
        proven->books[proven->count++] = sealed;
    }
    return wrong;
}
