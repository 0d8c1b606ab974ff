/* A file full of hostile texts and numbers: every command in every format neither crashes nor sends what it holds to a
 * terminal. Commands are read from the program's own table, columns from its own schema: new ones come along. */
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
#include "cli/cli.h"
#include "hostile.h"
#include "testdb.h"

#define NOW "--now '2026-11-21 14:05'"

struct fixture {
    char *program;
    char *path; /* of the file that the commands use */
    char *good; /* the sample shop */
    int runs, failures;
};

/* What stands for a placeholder of a synopsis: a query, or a word where there is none. */
static const struct {
    const char *noun, *placeholder, *sql, *word;
} fillers[] = {
    {"order", "NO", "SELECT order_no FROM orders WHERE status = 'completed' AND return_of IS NULL ORDER BY id DESC",
     ""},
    {"deal", "NO", "SELECT deal_no FROM deals WHERE kind = 'open' ORDER BY id", ""},
    {"deal", "KEEP", "SELECT deal_no FROM deals ORDER BY id", ""},
    {"deal", "OTHER", "SELECT deal_no FROM deals ORDER BY id DESC", ""},
    {"customer", "CODE", "SELECT code FROM customers ORDER BY id", ""},
    {"customer", "CODE|PHONE", "SELECT code FROM customers ORDER BY id", ""},
    {"customer", "CODE|PHONE|NAME", "SELECT code FROM customers ORDER BY id", ""},
    {"customer", "KEEP", "SELECT code FROM customers ORDER BY id", ""},
    {"customer", "OTHER", "SELECT code FROM customers ORDER BY id DESC", ""},
    {"supplier", "CODE", "SELECT code FROM suppliers", ""},
    {"supplier", "CODE|NAME", "SELECT code FROM suppliers", ""},
    {"staff", "CODE", "SELECT code FROM staff", ""},
    {"plan", "CODE", "SELECT code FROM plans", ""},
    {"plan", "CODE[@VERSION]", "SELECT code FROM plans", ""},
    {"plan", "A", "SELECT code FROM plans", ""},
    {"plan", "B", "SELECT code FROM plans ORDER BY id DESC", ""},
    {"", "R", "SELECT code FROM staff WHERE role = 'rep'", ""},
    {"", "REP|-", "SELECT code FROM staff WHERE role = 'rep'", ""},
    {"", "STAGE", "SELECT name FROM stages", ""},
    {"", "SKU", "SELECT sku FROM products", ""},
    {"", "SKU|BARCODE|NAME", "SELECT sku FROM products", ""},
    {"", "SKU:QTY", "SELECT sku || ':1' FROM products", ""},
    {"", "SKU:QTY[@COST]…", "SELECT sku || ':1' FROM products", ""},
    {"", "SKU:QTY[@PRICE][-DISCOUNT|-PCT%]…", "SELECT sku || ':1' FROM products", ""},
    {"", "FILE", NULL, "/nonexistent/x"},
    {"", "FILE|-", NULL, "/nonexistent/x"},
    {"", "FILE.ini", NULL, "/nonexistent/x"},
    {"", "KIND", NULL, "orders"},
    {"", "KEY", NULL, "shop_name"},
    {"", "M", NULL, "2026-10"},
    {"", "MONTH", NULL, "2026-10"},
    {"", "YEAR", NULL, "2026"},
    {"", "FROM_YEAR", NULL, "2026"},
    {"", "TO_YEAR", NULL, "2027"},
    {"", "DATE", NULL, "2026-11-21"},
    {"", "SCOPE", NULL, "shop"},
    {"", "METRIC", NULL, "revenue"},
    {"", "STATE", NULL, "returned"},
    {"", "METHOD:AMOUNT", NULL, "cash:1000"},
};

static char *query(struct db *db, const char *sql) {
    char *value = NULL;
    char *one = mem_printf("%s LIMIT 1", sql);
    if (db_get_text(db, one, DB_NO_BIND, &value, NULL) != ERR_OK) {
        value = mem_strdup("1");
    }
    free(one);
    return value;
}

static char *fill(struct db *db, const char *command, const char *placeholder) {
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (strcmp(fillers[i].placeholder, placeholder) == 0 &&
            strncmp(command, fillers[i].noun, strlen(fillers[i].noun)) == 0) {
            return fillers[i].sql == NULL ? mem_strdup(fillers[i].word) : query(db, fillers[i].sql);
        }
    }
    return mem_strdup("1");
}

static void add_quoted(struct buf *b, const char *word) {
    buf_add(b, " '");
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            buf_add(b, "'\\''");
        } else {
            buf_add_char(b, *word);
        }
    }
    buf_add_char(b, '\'');
}

/* The command with its words and the options that it cannot do without, taken from its synopsis. */
static char *with_arguments(struct db *db, const struct cli_command *cmd) {
    struct buf line = BUF_INIT;
    char *synopsis = mem_strdup(cmd->synopsis);
    int depth = 0;
    int words = 0;
    buf_add(&line, cmd->name);
    char *rest = NULL;
    for (char *w = strtok_r(synopsis, " ", &rest); w != NULL && strcmp(w, "|") != 0; w = strtok_r(NULL, " ", &rest)) {
        bool optional = depth > 0 || w[0] == '[';
        for (const char *p = w; *p != '\0'; p++) {
            depth += *p == '[' ? 1 : *p == ']' ? -1 : 0;
        }
        if (!optional && strncmp(w, "--", 2) == 0) {
            buf_addf(&line, " %s", w);
        } else if (!optional) {
            char *value = fill(db, cmd->name, w);
            add_quoted(&line, value);
            free(value);
            words++;
        }
    }
    if (words == 0 && cmd->max_words != 0) {
        char *value = fill(db, cmd->name, "CODE");
        add_quoted(&line, value);
        free(value);
    }
    free(synopsis);
    return buf_take(&line);
}

static void run(struct fixture *f, const char *args, bool must_be_clean) {
    int status = 0;
    size_t len = 0;
    char *out = hostile_run(f->program, args, &status, &len);
    if (status > 3) {
        f->failures++;
        print_error("%s: ended with %d and said: %.3000s\n", args, status, out);
    }
    const char *bad =
        must_be_clean
            ? hostile_find(out, len, strstr(args, "-f json") == NULL && strstr(args, "export-data") == NULL ? 6 : 100)
            : NULL;
    if (bad != NULL) {
        const char *from = bad - out > 60 ? bad - 60 : out;
        f->failures++;
        print_error("%s: printed \\x%02x\\x%02x\\x%02x after %.*s\n", args, (unsigned char)bad[0],
                    (unsigned char)bad[1], (unsigned char)bad[2], (int)(bad - from), from);
    }
    free(out);
    f->runs++;
}

static bool leaves_the_file(const char *name) {
    return strcmp(name, "restore") != 0 && strcmp(name, "init") != 0;
}

static bool prints_a_file(const char *name) {
    return strcmp(name, "export") == 0;
}

static void run_command(struct fixture *f, const struct cli_command *cmd, const char *const *formats) {
    struct db *db = testdb_reopen(f->path);
    char *line = with_arguments(db, cmd);
    db_close(&db);
    for (int i = 0; formats[i] != NULL; i++) {
        char *args = mem_printf("-d '%s' %s -f %s %s", f->path, NOW, formats[i], line);
        run(f, args, !prints_a_file(cmd->name));
        free(args);
    }
    free(line);
}

static const char *const table_only[] = {"table", NULL};
static const char *const json_only[] = {"json", NULL};
static const char *const both[] = {"table", "json", NULL};

static void run_all(struct fixture *f, const char *const *formats) {
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *cmd = cli_commands[t]; cmd->name != NULL; cmd++) {
            if (leaves_the_file(cmd->name)) {
                run_command(f, cmd, formats);
            }
        }
    }
}

static void run_exports(struct fixture *f) {
    static const char *const kinds[] = {
        "staff", "products",    "customers",   "suppliers",  "orders",      "payments",      "deals",       "targets",
        "stock", "order-lines", "stock-moves", "commission", "leaderboard", "sales-journal", "receivables", "audit"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *args =
            mem_printf("-d '%s' %s export %s --xlsx -o '%s.xlsx' --month 2026-10", f->path, NOW, kinds[i], f->path);
        run(f, args, true);
        free(args);
        args = mem_printf("-d '%s' %s export %s --month 2026-10", f->path, NOW, kinds[i]);
        run(f, args, false);
        free(args);
    }
}

static int setup_group(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    int status = 0;
    size_t len = 0;
    f->program = hostile_program();
    f->good = testdb_path("good.db");
    f->path = mem_printf("%.*sshop.db", (int)(strlen(f->good) - strlen("good.db")), f->good);
    char *args = mem_printf("-d '%s' %s --lang vi init --sample", f->good, NOW);
    char *out = hostile_run(f->program, args, &status, &len);
    *state = f;
    if (status != 0) {
        print_error("%s", out);
    }
    free(out);
    free(args);
    return status;
}

static int teardown_group(void **state) {
    struct fixture *f = *state;
    print_message("hostile file: %d commands run\n", f->runs);
    testdb_remove(f->good);
    free(f->path);
    free(f->program);
    free(f);
    return 0;
}

static void begin(struct fixture *f, enum hostile_kind kind) {
    char *command = mem_printf("rm -f '%s'*; cat '%s' > '%s'", f->path, f->good, f->path);
    assert_int_equal(system(command), 0);
    free(command);
    hostile_fill(f->path, kind);
    f->failures = 0;
}

static void hostile_words_never_reach_the_terminal(void **state) {
    struct fixture *f = *state;
    begin(f, HOSTILE_WORDS);
    run_all(f, both);
    run_exports(f);
    assert_int_equal(f->failures, 0);
}

static void words_that_the_program_does_not_know_do_no_harm(void **state) {
    struct fixture *f = *state;
    begin(f, HOSTILE_ALL);
    run_all(f, table_only);
    run_exports(f);
    assert_int_equal(f->failures, 0);
}

static void numbers_at_the_ends_do_no_harm(void **state) {
    struct fixture *f = *state;
    begin(f, HOSTILE_NUMBERS);
    run_all(f, json_only);
    run_exports(f);
    assert_int_equal(f->failures, 0);
}

static void long_texts_fit(void **state) {
    struct fixture *f = *state;
    begin(f, HOSTILE_LONG);
    run_all(f, table_only);
    assert_int_equal(f->failures, 0);
}

static void hostile_arguments_are_shown_harmlessly(void **state) {
    struct fixture *f = *state;
    begin(f, HOSTILE_WORDS);
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *cmd = cli_commands[t]; cmd->name != NULL; cmd++) {
            struct buf args = BUF_INIT;
            buf_addf(&args, "-d '%s' %s -f table %s", f->path, NOW, cmd->name);
            int words = cmd->min_words < 1 ? 1 : cmd->min_words;
            for (int i = 0; i < words; i++) {
                add_quoted(&args, hostile_text);
            }
            if (leaves_the_file(cmd->name) && !prints_a_file(cmd->name) && strcmp(cmd->name, "backup") != 0) {
                run(f, buf_str(&args), true);
            }
            buf_clear(&args);
        }
    }
    assert_int_equal(f->failures, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_words_never_reach_the_terminal),
        cmocka_unit_test(hostile_arguments_are_shown_harmlessly),
        cmocka_unit_test(words_that_the_program_does_not_know_do_no_harm),
        cmocka_unit_test(numbers_at_the_ends_do_no_harm),
        cmocka_unit_test(long_texts_fit),
    };
    return cmocka_run_group_tests(tests, setup_group, teardown_group);
}
