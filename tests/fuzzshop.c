#include "fuzzshop.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "chotdon/deal.h"
#include "testdb.h"
#include "testsell.h"

static struct {
    char *path;
    uint8_t *bytes;
    size_t size;
} pristine;

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    memcpy(now, "2026-11-21 14:05:00", DATETIME_SIZE);
}

struct shop_options fuzzshop_options(void) {
    return (struct shop_options){.path = pristine.path, .clock = fixed_clock};
}

static void remove_folder(void) {
    testdb_remove(pristine.path);
    free(pristine.bytes);
    pristine.path = NULL;
}

static void fill(void) {
    struct shop *shop = NULL;
    struct shop_options options = fuzzshop_options();
    struct err e = ERR_INIT;
    assert(shop_create(&options, "VND", &shop, &e) == ERR_OK);
    testsell_fill(shop);
    struct deal deal = {.deal_no = "", .title = "Quán Cây Bàng", .expected_value = 45000000};
    deal_add(shop, &deal, DEAL_TITLE | DEAL_EXPECTED_VALUE, NULL, &e);
    shop_tidy(shop);
    db_checkpoint(shop_db(shop), &e);
    shop_close(&shop);
}

static void read_bytes(void) {
    struct stat st;
    int fd = open(pristine.path, O_RDONLY);
    assert(fd >= 0 && fstat(fd, &st) == 0);
    pristine.size = (size_t)st.st_size;
    pristine.bytes = mem_alloc(pristine.size);
    assert(read(fd, pristine.bytes, pristine.size) == (ssize_t)pristine.size);
    close(fd);
}

static void prepare(void) {
    if (pristine.path != NULL) {
        return;
    }
    pristine.path = testdb_path("shop.db");
    char *folder = mem_strndup(pristine.path, strlen(pristine.path) - strlen("/shop.db"));
    assert(chdir(folder) == 0);
    setenv("HOME", folder, 1);
    setenv("PATH", "/nonexistent", 1);
    free(folder);
    fill();
    read_bytes();
    atexit(remove_folder);
}

void fuzzshop_put(const uint8_t *bytes, size_t size) {
    static const char *const suffixes[] = {"-wal", "-shm", ".lock"};
    prepare();
    for (size_t i = 0; i < 3; i++) {
        char *name = mem_printf("%s%s", pristine.path, suffixes[i]);
        unlink(name);
        free(name);
    }
    int fd = open(pristine.path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    close(fd);
}

void fuzzshop_bytes(const uint8_t **bytes, size_t *size) {
    prepare();
    *bytes = pristine.bytes;
    *size = pristine.size;
}

const char *fuzzshop_new(void) {
    prepare();
    fuzzshop_put(pristine.bytes, pristine.size);
    return pristine.path;
}

struct shop *fuzzshop_open(void) {
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    fuzzshop_new();
    struct shop_options options = fuzzshop_options();
    if (shop_open(&options, &shop, &e) != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        abort();
    }
    return shop;
}

static void print_finding(void *ctx, const char *finding) {
    (void)ctx;
    fprintf(stderr, "%s\n", finding);
}

void fuzzshop_check(struct shop *shop) {
    int64_t found = 0;
    int64_t rows = 0;
    int64_t bad = 0;
    char *why = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = check_books(shop, print_finding, NULL, &found, &e);
    if (rc == ERR_OK) {
        rc = audit_verify(shop, &rows, &bad, &why, &e);
    }
    if (rc != ERR_OK || found > 0 || why != NULL) {
        fprintf(stderr, "the books do not hold: %s %s\n", e.message, why == NULL ? "" : why);
        abort();
    }
}

int fuzzshop_file(const uint8_t *bytes, size_t size, char path[64]) {
    int fd = memfd_create("fuzz", 0);
    assert(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    return fd;
}
