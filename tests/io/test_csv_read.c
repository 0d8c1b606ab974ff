#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "io/csv_read.h"

/* A reader over bytes, through a real file without a name. */
static struct csv_reader *over(const void *bytes, size_t n, const struct csv_options *options) {
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fflush(f);
    int fd = dup(fileno(f));
    fclose(f);
    lseek(fd, 0, SEEK_SET);
    struct csv_reader *r = NULL;
    assert_int_equal(csv_reader_open_fd(fd, "test.csv", options, &r, NULL), ERR_OK);
    return r;
}

static const struct csv_record *next(struct csv_reader *r) {
    const struct csv_record *row = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(csv_reader_next(r, &row, &e), ERR_OK);
    return row;
}

/* The whole file as one string: `line kind[cell|cell]` for each record. */
static char *dump(const char *bytes, size_t n, const struct csv_options *options) {
    struct csv_reader *r = over(bytes, n, options);
    struct buf b = BUF_INIT;
    for (const struct csv_record *row = next(r); row != NULL; row = next(r)) {
        buf_addf(&b, "%ld%s[", row->line, row->kind == CSV_BAD ? "!" : row->kind == CSV_BLANK ? "_" : "");
        for (size_t i = 0; i < row->count && row->kind != CSV_BAD; i++) {
            buf_addf(&b, "%s%s", i > 0 ? "|" : "", row->cells[i]);
        }
        buf_add(&b, "]");
    }
    csv_reader_free(r);
    return buf_take(&b);
}

static void expect_bytes(const char *bytes, size_t n, const char *expected) {
    char *got = dump(bytes, n, NULL);
    assert_string_equal(got, expected);
    free(got);
}

static void expect(const char *text, const char *expected) {
    expect_bytes(text, strlen(text), expected);
}

static void rows_cells_and_their_lines(void **state) {
    (void)state;
    expect("a,b\n1,2\n3,4\n", "1[a|b]2[1|2]3[3|4]");
    expect("a,b\n1,2", "1[a|b]2[1|2]");
    expect("", "");
    expect("\n", "1_[]");
    expect("a\n", "1[a]");
    expect("a,,b,\n", "1[a||b|]");
    expect("\"\"\n", "1_[]");
}

static void every_kind_of_line_end(void **state) {
    (void)state;
    expect("a,b\r\n1,2\r\n3,4\r\n", "1[a|b]2[1|2]3[3|4]");
    expect("a,b\r1,2\r3,4", "1[a|b]2[1|2]3[3|4]");
    expect("a,b\n1,2\r\n\r\n3,4\r", "1[a|b]2[1|2]3_[]4[3|4]");
}

static void quoted_cells_hold_anything_and_lines_are_physical(void **state) {
    (void)state;
    expect("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\nlast,1\n", "1[a|b]2[x\ny|say \"hi\"]4[last|1]");
    expect("a,b\r\n\"x\r\ny, z\",2\r\n\"q\rr\",3\r\n", "1[a|b]2[x\r\ny, z|2]4[q\rr|3]");
    expect("\"a\"\"\"\n\"\"\"\",\",\"\n", "1[a\"]2[\"|,]");
}

static void blank_rows_are_reported_as_blank(void **state) {
    (void)state;
    expect("a,b\n\n,\n , \t\n\"\",\"\"\n1,2\n\n", "1[a|b]2_[]3_[|]4_[|]5_[|]6[1|2]7_[]");
}

static void outer_blanks_go_and_inner_ones_stay(void **state) {
    (void)state;
    expect("  a b  ,\"  c  d\t\"\n\"123\t\",x\n", "1[a b|c  d]2[123|x]");
}

static void the_delimiter_is_found_in_the_header(void **state) {
    (void)state;
    expect("a;b;c\n1,5;2;3\n", "1[a|b|c]2[1,5|2|3]");
    expect("a\tb\n1\t2,0\n", "1[a|b]2[1|2,0]");
    expect("\"x;y;z\",b\n1,2\n", "1[x;y;z|b]2[1|2]");
    expect("one\n1;2\n", "1[one]2[1;2]");
    expect("\n\na;b\n1;2\n", "1_[]2_[]3[a|b]4[1|2]");
    const struct csv_options semicolon = {.delimiter = ';'};
    char *got = dump("a,b;c\n", 6, &semicolon);
    assert_string_equal(got, "1[a,b|c]");
    free(got);
}

static void excels_sep_line_is_taken(void **state) {
    (void)state;
    expect("sep=;\r\na;b,c\r\n1;2\r\n", "2[a|b,c]3[1|2]");
    expect("\xEF\xBB\xBFsep=\t\na\tb\n", "2[a|b]");
    expect("sep=;", "");
}

static void a_bom_is_no_part_of_the_header(void **state) {
    (void)state;
    expect("\xEF\xBB\xBFtên,b\n1,2\n", "1[tên|b]2[1|2]");
}

static void utf16_is_read_either_way_round(void **state) {
    (void)state;
    static const char little[] = "\xFF\xFEt\0\xEA\0n\0\t\0b\0\r\0\n\0\xD0\x1E\t\0\x32\0\n\0";
    expect_bytes(little, sizeof little - 1, "1[tên|b]2[Ố|2]");
    static const char big[] = "\xFE\xFF\0t\0\xEA\0n\0,\0b\0\n";
    expect_bytes(big, sizeof big - 1, "1[tên|b]");
    static const char odd[] = "\xFF\xFE\x61\0\n\0\x62";
    char *got = dump(odd, sizeof odd - 1, NULL);
    assert_string_equal(got, "1[a]2![]");
    free(got);
}

static void windows_1258_is_noticed(void **state) {
    (void)state;
    /* Nguyễn Văn Đạt: e + circumflex + combining tilde, as windows-1258 writes it. */
    static const char text[] = "t\xEAn,b\nNguy\xEA\xDEn V\xE3n \xD0\xE1t,1\n";
    expect_bytes(text, sizeof text - 1, "1[tên|b]2[Nguyễn Văn Đát|1]");
    struct csv_reader *r = over(text, sizeof text - 1, NULL);
    assert_non_null(next(r));
    assert_string_equal(csv_reader_encoding(r), "windows-1258");
    csv_reader_free(r);
}

static void windows_1258_is_noticed_late(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 100000; i++) {
        buf_add(&b, "plain,1\n");
    }
    buf_add(&b, "t\xEAn,2\n");
    struct csv_reader *r = over(b.data, b.len, NULL);
    const struct csv_record *row = next(r);
    while (row != NULL && row->line < 100001) {
        row = next(r);
    }
    assert_non_null(row);
    assert_int_equal(row->kind, CSV_ROW);
    assert_string_equal(row->cells[0], "tên");
    csv_reader_free(r);
    buf_clear(&b);
}

static void a_damaged_byte_spoils_its_row_only(void **state) {
    (void)state;
    static const char text[] = "tên,b\nNguyễn,1\nTr\xEA"
                               "n,2\nLê,3\n";
    expect_bytes(text, sizeof text - 1, "1[tên|b]2[Nguyễn|1]3![]4[Lê|3]");
    struct csv_reader *r = over(text, sizeof text - 1, NULL);
    next(r);
    next(r);
    const struct csv_record *row = next(r);
    assert_int_equal(row->fault_line, 3);
    assert_non_null(strstr(row->fault, "UTF-8"));
    csv_reader_free(r);
}

static void nfd_text_becomes_nfc(void **state) {
    (void)state;
    expect("te\xCC\x82n,Nguye\xCC\x82\xCC\x83n\n", "1[tên|Nguyễn]");
}

static void a_nul_byte_rejects_its_row(void **state) {
    (void)state;
    static const char text[] = "a,b\n1\0x,2\n\"p\nq\0\",3\n4,5\n";
    expect_bytes(text, sizeof text - 1, "1[a|b]2![]3![]5[4|5]");
    struct csv_reader *r = over(text, sizeof text - 1, NULL);
    next(r);
    assert_int_equal(next(r)->fault_line, 2);
    assert_int_equal(next(r)->fault_line, 4);
    csv_reader_free(r);
}

static void a_malformed_row_costs_only_itself(void **state) {
    (void)state;
    expect("a,b\n\"d\"e,1\n2,3\n", "1[a|b]2![]3[2|3]");
    expect("a,b\nd\"e,1\n2,3\n", "1[a|b]2![]3[2|3]");
    expect("a,b\n\"x\ny\"z,1\n2,3\n", "1[a|b]2![]3![]4[2|3]");
}

static void an_open_quote_says_where_it_opened(void **state) {
    (void)state;
    expect("a,b\n1,\"open\n2,3\n4,5\n", "1[a|b]2![]3[2|3]4[4|5]");
    struct csv_reader *r = over("a,b\n1,\"open\n2,3\n", 15, NULL);
    next(r);
    const struct csv_record *row = next(r);
    assert_int_equal(row->line, 2);
    assert_int_equal(row->fault_line, 2);
    assert_non_null(strstr(row->fault, "never closed"));
    assert_int_equal(row->raw_len, strlen("1,\"open"));
    assert_memory_equal(row->raw, "1,\"open", row->raw_len);
    csv_reader_free(r);
}

static void raw_is_what_stood_in_the_file(void **state) {
    (void)state;
    static const char text[] = "a , b\r\n\"x\r\ny\" , 1\r\n\"x\ny\",\"1\"\r\nz,2";
    struct csv_reader *r = over(text, sizeof text - 1, NULL);
    const char *const expected[] = {"a , b", "\"x", "y\" , 1", "\"x\ny\",\"1\"", "z,2"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct csv_record *row = next(r);
        assert_non_null(row);
        assert_int_equal(row->raw_len, strlen(expected[i]));
        assert_memory_equal(row->raw, expected[i], row->raw_len);
    }
    assert_null(next(r));
    csv_reader_free(r);
}

static char *repeat(const char *before, char c, size_t n, const char *after, size_t *len) {
    struct buf b = BUF_INIT;
    buf_add(&b, before);
    for (size_t i = 0; i < n; i++) {
        buf_add_char(&b, c);
    }
    buf_add(&b, after);
    *len = b.len;
    return buf_take(&b);
}

static void sizes_have_their_limits(void **state) {
    (void)state;
    size_t n = 0;
    char *text = repeat("a\n", 'x', CSV_CELL_MAX + 1, "\nb\n", &n);
    expect_bytes(text, n, "1[a]2![]3[b]");
    free(text);
    text = repeat("a\n\"", 'x', CSV_CELL_MAX + 1, "\"\nb\n", &n);
    expect_bytes(text, n, "1[a]2![]3[b]");
    free(text);
    text = repeat("a\n\"\n", '\n', CSV_CELL_MAX + 1, "\n", &n);
    struct csv_reader *r = over(text, n, NULL);
    next(r);
    const struct csv_record *row = next(r);
    assert_int_equal(row->kind, CSV_BAD);
    assert_int_equal(row->line, 2);
    assert_int_equal(next(r)->line, 3);
    csv_reader_free(r);
    free(text);
    text = repeat("a\n", ',', CSV_COLUMNS_MAX, "\nb\n", &n);
    expect_bytes(text, n, "1[a]2![]3[b]");
    free(text);
    text = repeat("a\n\"\"", ',', CSV_COLUMNS_MAX, "\nb\n", &n);
    expect_bytes(text, n, "1[a]2![]3[b]");
    free(text);
}

static void a_line_without_end_is_refused(void **state) {
    (void)state;
    size_t n = 0;
    char *text = repeat("a\nb\n", 'x', CSV_RECORD_MAX + CSV_RECORD_MAX / 2, "", &n);
    struct csv_reader *r = over(text, n, NULL);
    const struct csv_record *row = NULL;
    struct err e = ERR_INIT;
    next(r);
    next(r);
    assert_int_equal(csv_reader_next(r, &row, &e), ERR_INVALID);
    assert_null(row);
    assert_int_equal(e.line, 3);
    csv_reader_free(r);
    free(text);
}

static void records_survive_the_ends_of_blocks(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 60000; i++) {
        buf_addf(&b, "%d,\"Nguyễn\nVăn %d\",Đạt\r\n", i, i);
    }
    struct csv_reader *r = over(b.data, b.len, NULL);
    char wanted[64];
    for (int i = 0; i < 60000; i++) {
        const struct csv_record *row = next(r);
        assert_non_null(row);
        assert_int_equal(row->kind, CSV_ROW);
        assert_int_equal(row->line, 2 * i + 1);
        assert_int_equal(row->count, 3);
        snprintf(wanted, sizeof wanted, "Nguyễn\nVăn %d", i);
        assert_string_equal(row->cells[1], wanted);
        assert_string_equal(row->cells[2], "Đạt");
    }
    assert_null(next(r));
    assert_int_equal(csv_reader_bytes(r), b.len);
    csv_reader_free(r);
    buf_clear(&b);
}

static void add_up(void *ctx, const void *bytes, size_t n) {
    (void)bytes;
    *(size_t *)ctx += n;
}

static void who_watches_sees_every_byte(void **state) {
    (void)state;
    size_t seen = 0;
    const struct csv_options options = {.watch = add_up, .watch_ctx = &seen};
    struct csv_reader *r = over("\xEF\xBB\xBF"
                                "a\n1\n",
                                7, &options);
    while (next(r) != NULL) {
    }
    csv_reader_free(r);
    assert_int_equal(seen, 7);
}

static void a_missing_file_is_not_found(void **state) {
    (void)state;
    struct csv_reader *r = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(csv_reader_open("/nowhere/at-all.csv", NULL, &r, &e), ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "/nowhere/at-all.csv"));
    assert_int_equal(csv_reader_open("/", NULL, &r, &e), ERR_OK);
    const struct csv_record *row = NULL;
    assert_int_equal(csv_reader_next(r, &row, &e), ERR_IO);
    csv_reader_free(r);
}

static void the_guard_is_taken_off_text(void **state) {
    (void)state;
    assert_string_equal(csv_unguard("'=1+1"), "=1+1");
    assert_string_equal(csv_unguard("'\tx"), "\tx");
    assert_string_equal(csv_unguard("'s"), "'s");
    assert_string_equal(csv_unguard("'"), "'");
    assert_string_equal(csv_unguard("=1"), "=1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_cells_and_their_lines),
        cmocka_unit_test(every_kind_of_line_end),
        cmocka_unit_test(quoted_cells_hold_anything_and_lines_are_physical),
        cmocka_unit_test(blank_rows_are_reported_as_blank),
        cmocka_unit_test(outer_blanks_go_and_inner_ones_stay),
        cmocka_unit_test(the_delimiter_is_found_in_the_header),
        cmocka_unit_test(excels_sep_line_is_taken),
        cmocka_unit_test(a_bom_is_no_part_of_the_header),
        cmocka_unit_test(utf16_is_read_either_way_round),
        cmocka_unit_test(windows_1258_is_noticed),
        cmocka_unit_test(windows_1258_is_noticed_late),
        cmocka_unit_test(a_damaged_byte_spoils_its_row_only),
        cmocka_unit_test(nfd_text_becomes_nfc),
        cmocka_unit_test(a_nul_byte_rejects_its_row),
        cmocka_unit_test(a_malformed_row_costs_only_itself),
        cmocka_unit_test(an_open_quote_says_where_it_opened),
        cmocka_unit_test(raw_is_what_stood_in_the_file),
        cmocka_unit_test(sizes_have_their_limits),
        cmocka_unit_test(a_line_without_end_is_refused),
        cmocka_unit_test(records_survive_the_ends_of_blocks),
        cmocka_unit_test(who_watches_sees_every_byte),
        cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(the_guard_is_taken_off_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
