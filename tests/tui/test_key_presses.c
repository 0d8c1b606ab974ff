/* The ten commonest tasks of a counter, done and counted: the table that the README shows between its presses marks is
 * made here. UPDATE_GOLDEN=1 writes it there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "testorders.h"
#include "testsell.h"
#include "testshop.h"

#define BEGIN "<!-- presses:begin -->\n"
#define END   "<!-- presses:end -->\n"

/* In a script {…} is a scan; the other keys are as screen_test_type takes them. `before` is not counted. */
struct task {
    const char *name;
    const char *shown; /* the keys as the README says them */
    const char *before, *script;
    const char *status;   /* what the status line has then; NULL: not asked */
    int64_t total;        /* of the basket afterwards */
    int most_keys, scans; /* promised */
};

static const struct task tasks[] = {
    {"Three items, exact cash / Ba món, tiền mặt vừa đủ", "scan ×3, `F8`", "",
     "{" SELL_SHIRT "}{" SELL_WATER "}{" SELL_RICE "}<F8>", "343.000 ₫ · paid", 0, 2, 3},
    {"Cash with change / Tiền mặt có thối", "scan, `F9`, `500k`, `Enter`", "", "{" SELL_SHIRT "}<F9>500k<Enter>",
     "change 380.000 ₫", 0, 6, 1},
    {"Transfer with its QR code / Chuyển khoản có mã QR", "scan, `F9`, `↓`, `Enter`", "",
     "{" SELL_SHIRT "}<F9><Down><Enter>", "120.000 ₫ · paid", 0, 3, 1},
    {"An item by part of its name / Gõ tên hàng", "`ao th`, `Enter`", "", "ao th<Enter>", NULL, 185000, 6, 0},
    {"Six of one / Sáu món giống nhau", "`6*`, scan", "", "6*{" SELL_WATER "}", NULL, 48000, 2, 1},
    {"10% off the basket / Giảm cả đơn 10%", "`=10%`, `Enter`", "{" SELL_SHIRT "}", "=10%<Enter>", NULL, 108000, 5, 0},
    {"A customer by phone / Khách quen theo số điện thoại", "10 digits, `Enter`", "{" SELL_SHIRT "}",
     "0912345678<Enter>", "Nguyễn Văn Đạt", 120000, 11, 0},
    {"On account / Ghi nợ", "`F9`, `↑`, `Enter`", "{" SELL_SHIRT "}0912345678<Enter>", "<F9><Up><Enter>",
     "still due 120.000 ₫", 0, 3, 0},
    {"Park a basket, and take it back / Giữ đơn rồi lấy lại", "`F2`, `Tab`", "{" SELL_SHIRT "}", "<F2><Tab>", NULL,
     120000, 2, 0},
    {"Take an item back / Khách trả một món", "scan receipt, scan item, `Enter`, `y`",
     "{" SELL_SHIRT "}{" SELL_RICE "}<F8>", "{DH261121-0001}{" SELL_RICE "}<Enter>y", "give back 215.000 ₫", 0, 2, 2},
};
enum { TASKS = sizeof tasks / sizeof *tasks };

/* Types the script; counts presses of people and scans apart. */
static void run(struct screen_test *t, const char *script, int *keys, int *scans) {
    while (*script != '\0') {
        const char *end;
        char *part = NULL;
        if (*script == '{') {
            end = strchr(script, '}') + 1;
            part = mem_strndup(script + 1, (size_t)(end - script) - 2);
            screen_test_scan(t, part);
            ++*scans;
        } else {
            end = *script == '<' ? strchr(script, '>') + 1 : script + 1;
            part = mem_strndup(script, (size_t)(end - script));
            screen_test_type(t, part);
            ++*keys;
        }
        free(part);
        script = end;
    }
}

static void do_task(const struct task *task, struct buf *table) {
    struct shop *shop = testshop_open();
    int keys = 0;
    int scans = 0;
    int none = 0;
    testsell_fill(shop);
    struct screen_test *t = testsell_open(shop, 80, 24, NULL);
    run(t, task->before, &none, &none);
    run(t, task->script, &keys, &scans);
    if (task->status != NULL) {
        assert_true(screen_test_shows(t, task->status));
    }
    assert_int_equal(testsell_basket(t)->total, task->total);
    assert_true(keys <= task->most_keys);
    assert_int_equal(scans, task->scans);
    buf_addf(table, "| %s | %s | %d | %d |\n", task->name, task->shown, scans, keys);
    screen_test_free(t);
    testorders_books_are_right(shop);
    testshop_close(&shop);
}

static char *read_file(const char *path) {
    struct buf text = BUF_INIT;
    char part[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) {
        buf_add_bytes(&text, part, n);
    }
    fclose(f);
    char *all = mem_strdup(buf_str(&text));
    buf_clear(&text);
    return all;
}

static void readme_says_how_many_keys_the_commonest_tasks_take(void **state) {
    struct buf table = BUF_INIT;
    (void)state;
    buf_add(&table,
            "| Task / Việc | Keys / Phím | Scans / Quét | Keys pressed / Số phím |\n| --- | --- | --- | --- |\n");
    for (int i = 0; i < TASKS; i++) {
        do_task(&tasks[i], &table);
    }
    char *readme = read_file("README.md");
    char *begin = strstr(readme, BEGIN);
    char *end = strstr(readme, END);
    assert_non_null(begin);
    assert_non_null(end);
    begin += strlen(BEGIN);
    if (getenv("UPDATE_GOLDEN") != NULL) {
        FILE *f = fopen("README.md", "wb");
        assert_non_null(f);
        fprintf(f, "%.*s%s%s", (int)(begin - readme), readme, buf_str(&table), end);
        fclose(f);
    } else {
        *end = '\0';
        assert_string_equal(begin, buf_str(&table));
    }
    free(readme);
    buf_clear(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(readme_says_how_many_keys_the_commonest_tasks_take)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
