#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text_code.h"
#include "testdb.h"

#define TEN_MARKS "\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A"

const char hostile_text[] = "\x1b[31m\x1b]0;owned\x07\b\r\n\t\x01\x7f\xc2\x85\xc2\x9b"
                            "2J\u202e\u2066\u200b\u200d\u200f\ufeff\u2028\u2029\u00ad\u061c\U000e0041\ufe0e"
                            "a" TEN_MARKS TEN_MARKS "\xff\xc3\x28\xed\xa0\x80\"',;=1+1%s%n/..\\ ";

/* Columns that hold words of the program itself or what it computes; damaging them is what HOSTILE_ALL does. */
static bool is_machine_column(const char *table, const char *column) {
    static const char *const names[] = {"folded",  "sort_key", "pin_hash", "hash",   "digest", "salt",  "term",
                                        "numbers", "series",   "metric",   "series", "scope",  "fact",  "file_hash",
                                        "day",     "entity",   "before",   "moved",  "method", "place", "required"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(column, names[i]) == 0) {
            return true;
        }
    }
    return strncmp(table, "sqlite_", 7) == 0 || (strcmp(table, "settings") == 0 && strcmp(column, "key") == 0);
}

static void add_hex(struct buf *b, const char *text) {
    buf_add(b, "CAST(x'");
    for (; *text != '\0'; text++) {
        buf_addf(b, "%02x", (unsigned char)*text);
    }
    buf_add(b, "' AS TEXT)");
}

static void spoil_text(struct buf *sql, const char *table, const char *column, enum hostile_kind kind) {
    buf_addf(sql, "UPDATE OR IGNORE \"%s\" SET \"%s\" = ", table, column);
    if (kind == HOSTILE_LONG) {
        buf_addf(sql, "printf('%%.20000c', 'x') || \"%s\"", column);
    } else {
        add_hex(sql, hostile_text);
        buf_addf(sql, " || \"%s\"", column);
    }
    if (kind != HOSTILE_ALL) {
        buf_addf(sql, " WHERE NOT (\"%s\" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*')", column);
        buf_add(sql, strcmp(table, "settings") == 0 ? " AND key GLOB 'shop_*'" : "");
        if (kind == HOSTILE_LONG) {
            buf_addf(sql, " AND \"%s\" = (SELECT max(\"%s\") FROM \"%s\")", column, column, table);
        }
    } else if (strcmp(table, "settings") == 0) {
        buf_add(sql, " WHERE key NOT IN ('currency')"); /* a file without a currency is refused as it is opened */
    }
    buf_add(sql, ";\n");
}

static void spoil_number(struct buf *sql, const char *table, const char *column) {
    size_t n = strlen(column);
    if (strcmp(column, "id") != 0 && (n < 3 || strcmp(column + n - 3, "_id") != 0) && strcmp(column, "one") != 0) {
        buf_addf(sql,
                 "UPDATE OR IGNORE \"%s\" SET \"%s\" = CASE abs(random() %% 4) WHEN 0 THEN 9223372036854775807 WHEN 1 "
                 "THEN -9223372036854775807 - 1 WHEN 2 THEN 4611686018427387904 ELSE \"%s\" END;\n",
                 table, column, column);
    }
}

static void add_columns(struct buf *sql, struct db *db, enum hostile_kind kind) {
    struct db_stmt *s = NULL;
    struct err e = ERR_INIT;
    db_query(db,
             "SELECT m.name, p.name, p.type, p.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) p"
             " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
             DB_NO_BIND, &s, &e);
    while (db_next(s, &e) == DB_ROW) {
        const char *table = db_col_text(s, 0), *column = db_col_text(s, 1);
        bool text = strcmp(db_col_text(s, 2), "TEXT") == 0;
        if (text && kind != HOSTILE_NUMBERS && (kind == HOSTILE_ALL || !is_machine_column(table, column))) {
            spoil_text(sql, table, column, kind);
        } else if (!text && kind == HOSTILE_NUMBERS && db_col_int(s, 3) == 0) {
            spoil_number(sql, table, column);
        }
    }
    db_done(&s);
}

static void add_triggers(struct buf *sql, struct db *db) {
    struct db_stmt *s = NULL;
    struct err e = ERR_INIT;
    db_query(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", DB_NO_BIND, &s, &e);
    while (db_next(s, &e) == DB_ROW) {
        buf_addf(sql, "DROP TRIGGER \"%s\";\n", db_col_text(s, 0));
    }
    db_done(&s);
}

void hostile_fill(const char *path, enum hostile_kind kind) {
    struct buf sql = BUF_INIT;
    const char *seed = getenv("CHOTDON_HOSTILE_SEED");
    buf_addf(&sql, ".testctrl prng_seed %lu\n", seed == NULL ? 1 : strtoul(seed, NULL, 10));
    buf_addf(&sql, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = %s; BEGIN;\n",
             kind == HOSTILE_WORDS || kind == HOSTILE_LONG ? "OFF" : "ON");
    struct db *db = testdb_reopen(path);
    add_triggers(&sql, db);
    add_columns(&sql, db, kind);
    db_close(&db);
    buf_add(&sql, "COMMIT;\n");
    char *command = mem_printf("sqlite3 -bail '%s'", path);
    FILE *program = popen(command, "w");
    if (program == NULL || fwrite(buf_str(&sql), 1, sql.len, program) != sql.len || pclose(program) != 0) {
        fprintf(stderr, "sqlite3 could not fill %s\n", path);
        abort();
    }
    free(command);
    buf_clear(&sql);
}

static bool is_bad(int32_t code, int32_t before) {
    static const int32_t ranges[][2] = {{0x00, 0x09},     {0x0B, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},
                                        {0x61C, 0x61C},   {0x180B, 0x180F}, {0x200B, 0x200C},   {0x200E, 0x200F},
                                        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFE00, 0xFE0D},   {0xFEFF, 0xFEFF},
                                        {0xFFF9, 0xFFFB}, {0xD800, 0xDFFF}, {0xE0000, 0xE0FFF}, {0x110000, INT32_MAX}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) {
            return true;
        }
    }
    return (code == 0x200D || code == 0xFE0E) && before < 0x2190;
}

const char *hostile_find(const char *text, size_t len, int most_marks) {
    int32_t before = 0;
    int marks = 0;
    for (size_t at = 0; at < len;) {
        if (text[at] >= ' ' && text[at] < 0x7F) { /* nearly all there is */
            before = (unsigned char)text[at++];
            marks = 0;
            continue;
        }
        int32_t code;
        size_t n = text_decode(text + at, &code);
        bool broken = n == 1 && (text[at] & 0x80) != 0;
        marks = code >= 0x300 && code <= 0x36F ? marks + 1 : 0;
        if (n == 0 || broken || marks > most_marks || is_bad(code, before)) {
            return text + at;
        }
        before = code;
        at += n;
    }
    return NULL;
}

char *hostile_program(void) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    path[n < 0 ? 0 : n] = '\0';
    for (int up = 0; up < 3; up++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    return mem_printf("%s/chotdon", path);
}

char *hostile_run(const char *program, const char *args, int *status, size_t *len) {
    struct buf out = BUF_INIT;
    char *command = mem_printf("exec 2>&1 </dev/null; timeout 300 '%s' %s", program, args);
    FILE *from = popen(command, "r");
    char bytes[65536];
    for (size_t n; from != NULL && (n = fread(bytes, 1, sizeof bytes, from)) > 0;) {
        buf_add_bytes(&out, bytes, n);
    }
    int raw = from == NULL ? -1 : pclose(from);
    *status = raw < 0 || (raw & 0x7F) != 0 ? 255 : raw >> 8 & 0xFF;
    free(command);
    *len = out.len;
    return buf_take(&out);
}
