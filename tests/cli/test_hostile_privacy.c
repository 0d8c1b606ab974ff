/* Erasing takes a customer out of everything that is written, to the last byte of the files; the figures stay (DOMAIN
 * 8). The columns are read from the schema: a new one that holds people's words fails here until it is swept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "hostile.h"
#include "testdb.h"

#define NAME    "Trần Thị Tuyết Mai"
#define PHONE   "0987654321"
#define EMAIL   "tuyetmai@example.vn"
#define ADDRESS "72 ngõ Bí Mật, Láng Hạ"
#define NOTE    "thích nói thầm"

struct fixture {
    char *program;
    char *path;
    struct buf said;
};

/* Tables and columns whose words are about something else: goods, people of the shop, plans, other customers
 * themselves; and what the program writes. Ends in . or _ where all that begin so are meant. */
static const char *const others[] = {"settings.",
                                     "teams.",
                                     "team_leaders.",
                                     "staff.",
                                     "staff_",
                                     "channels.",
                                     "product",
                                     "stock.",
                                     "pipelines.",
                                     "stages.",
                                     "lost_reasons.",
                                     "plans.",
                                     "plan_",
                                     "commission_runs.",
                                     "commission_rows.",
                                     "commission_shares.",
                                     "commission_lines.",
                                     "commission_touched.",
                                     "commission_goods.",
                                     "targets.",
                                     "scorecards.",
                                     "counters.",
                                     "sales_figures.",
                                     "customer_firsts.",
                                     "customer_figures.",
                                     "customer_phones.",
                                     "customer_merges.",
                                     "deal_",
                                     "assign_",
                                     "audit",
                                     "seals.",
                                     "search_",
                                     "suppliers.code",
                                     "suppliers.name",
                                     "suppliers.folded",
                                     "suppliers.sort_key",
                                     "suppliers.phone",
                                     "suppliers.email",
                                     "suppliers.tax_code",
                                     "suppliers.address",
                                     "customers.code",
                                     "customers.name",
                                     "customers.folded",
                                     "customers.sort_key",
                                     "customers.email",
                                     "customers.gender",
                                     "customers.province",
                                     "customers.address",
                                     "customers.segment",
                                     "customers.readiness",
                                     "orders.order_no",
                                     "orders.status",
                                     "orders.promise",
                                     "orders.province",
                                     "orders.carrier",
                                     "orders.tracking_no",
                                     "orders.station",
                                     "order_lines.unit",
                                     "order_states.from_status",
                                     "order_states.to_status",
                                     "payments.method",
                                     "interactions.kind",
                                     "deals.deal_no",
                                     "deals.kind",
                                     "deals.title",
                                     "deals.phone",
                                     "deals.email",
                                     "deals.province",
                                     "stock_moves.kind",
                                     "imports.kind",
                                     "imports.file_hash",
                                     "import_changes.entity",
                                     "commission_disputes.ref",
                                     "weekly_reports.week",
                                     "order_reps.",
                                     "cash_counts.",
                                     "draft_rates."};

static bool is_date(const char *column) {
    static const char *const ends[] = {"_on", "_at", ".at", "_date", ".date", "_time", "_close", "month", ".day"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(column), len = strlen(ends[i]);
        if (n > len && strcmp(column + n - len, ends[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_about_others(const char *column) {
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t n = strlen(others[i]);
        if (strncmp(column, others[i], n) == 0 &&
            (column[n] == '\0' || strchr("._", others[i][n - 1]) != NULL || strchr(others[i], '.') == NULL)) {
            return true;
        }
    }
    return false;
}

static const char *run(struct fixture *f, const char *format, ...) {
    va_list args;
    int status = 0;
    size_t len = 0;
    va_start(args, format);
    char *words = mem_vprintf(format, args);
    va_end(args);
    char *line = mem_printf("-d '%s' --now '2026-11-21 14:05' %s", f->path, words);
    char *out = hostile_run(f->program, line, &status, &len);
    if (status != 0) {
        fail_msg("%s: %d: %s", line, status, out);
    }
    buf_reset(&f->said);
    buf_add(&f->said, out);
    free(out);
    free(line);
    free(words);
    return buf_str(&f->said);
}

static void plant_everywhere(struct fixture *f) {
    struct buf sql = BUF_INIT;
    struct db *db = testdb_reopen(f->path);
    struct db_stmt *s = NULL;
    db_query(db,
             "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p"
             " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND p.type = 'TEXT'",
             DB_NO_BIND, &s, NULL);
    while (db_next(s, NULL) == DB_ROW) {
        char *column = mem_printf("%s.%s", db_col_text(s, 0), db_col_text(s, 1));
        if (!is_date(column) && !is_about_others(column)) {
            buf_addf(&sql,
                     "UPDATE \"%s\" SET \"%s\" = \"%s\" || ' %s' WHERE \"%s\" NOT GLOB '[0-9][0-9][0-9][0-9]-*';\n",
                     db_col_text(s, 0), db_col_text(s, 1), db_col_text(s, 1), NAME " " PHONE, db_col_text(s, 1));
        }
        free(column);
    }
    db_done(&s);
    db_close(&db);
    char *command = mem_printf("sqlite3 -bail '%s'", f->path);
    FILE *program = popen(command, "w");
    assert_non_null(program);
    fwrite(buf_str(&sql), 1, sql.len, program);
    assert_int_equal(pclose(program), 0);
    free(command);
    buf_clear(&sql);
}

/* How often the words of the person stand in the file and what belongs to it. */
static int traces(struct fixture *f) {
    static const char *const needles[] = {
        NAME, "tran thi tuyet mai", "TUYET MAI", PHONE, "84987654321", EMAIL, ADDRESS, NOTE, "MAI-VIP"};
    int found = 0;
    for (size_t i = 0; i < sizeof needles / sizeof *needles; i++) {
        char *command = mem_printf("cat '%s'* | grep -aoF -e '%s' | wc -l", f->path, needles[i]);
        FILE *count = popen(command, "r");
        int n = 0;
        assert_int_equal(fscanf(count, "%d", &n), 1);
        pclose(count);
        if (n > 0) {
            print_message("%s stands %d times in the files\n", needles[i], n);
        }
        found += n;
        free(command);
    }
    return found;
}

static void tell_of(struct fixture *f) {
    run(f,
        "customer add '" NAME "' " PHONE " --code MAI-VIP --email " EMAIL " --address '" ADDRESS "' --note '" NOTE "'");
    run(f, "customer add 'Trần Mai' 0911222333 --code MAI2 --note '" NOTE "' --address '" ADDRESS "'");
    run(f, "customer edit KH000002 --referrer '" NAME "' --note 'bạn của " NAME " " PHONE "'");
    run(f, "customer log MAI-VIP visit 'ghé " ADDRESS "'");
    run(f, "order add --no M1 --customer MAI-VIP --line GAO-NANG-5:1 --pay cash --note 'giao cho " NAME "'");
    run(f, "order add --no M2 --customer MAI2 --line GAO-NANG-5:1 --pay cash --note '" NOTE "'");
    run(f, "order return M1 --reason '" NAME " không thích'");
    run(f, "deal add --customer MAI-VIP --need '" NOTE "' --decision-maker '" NAME "' --no CM1");
    run(f, "deal add 'Khách lạ' --contact '" NAME "' --phone " PHONE " --no CM2");
    run(f, "deal log CM1 call 'gọi " PHONE "'");
    run(f, "cash in 1000 --reason '" NAME " trả nợ'");
    run(f, "customer merge MAI-VIP MAI2");
}

static void erasing_leaves_no_byte_of_the_person(void **state) {
    struct fixture *f = *state;
    tell_of(f);
    char *data = mem_strdup(run(f, "customer export-data MAI-VIP"));
    static const char *const held[] = {NAME,           PHONE,          EMAIL,        ADDRESS,
                                       NOTE,           "M1",           "M2",         "CM1",
                                       "GAO-NANG-5",   "ghé " ADDRESS, "gọi " PHONE, NAME " không thích",
                                       NAME " trả nợ", "0911222333",   "MAI2"};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        if (strstr(data, held[i]) == NULL) {
            fail_msg("“%s” is held, but not in %s", held[i], data);
        }
    }
    free(data);
    plant_everywhere(f);
    run(f, "check --accept"); /* the shell wrote that */
    char *before = mem_strdup(run(f, "report sales --by month -f csv"));
    assert_true(traces(f) > 1000);
    assert_non_null(strstr(run(f, "customer erase MAI-VIP"), "backup"));
    assert_int_equal(traces(f), 0);
    assert_string_equal(run(f, "report sales --by month -f csv"), before);
    free(before);
    run(f, "check");
    run(f, "audit verify");
}

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->program = hostile_program();
    f->path = testdb_path("shop.db");
    *state = f;
    run(f, "init --sample");
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    testdb_remove(f->path);
    free(f->program);
    buf_clear(&f->said);
    free(f);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(erasing_leaves_no_byte_of_the_person, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
