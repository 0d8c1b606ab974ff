#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/csv_read.h"
#include "io/csv_write.h"

struct sink {
    char *text;
    size_t len;
    FILE *out;
    struct csv_writer w;
};

static void begin(struct sink *s, bool excel) {
    s->out = open_memstream(&s->text, &s->len);
    csv_writer_begin(&s->w, s->out, excel);
}

static void expect(struct sink *s, const char *expected) {
    fclose(s->out);
    assert_string_equal(s->text, expected);
    free(s->text);
}

static void quotes_only_where_they_are_needed(void **state) {
    (void)state;
    struct sink s;
    begin(&s, false);
    csv_writer_text(&s.w, "plain text");
    csv_writer_text(&s.w, "a,b");
    csv_writer_text(&s.w, "say \"hi\"");
    csv_writer_text(&s.w, "two\nlines");
    csv_writer_text(&s.w, "\r");
    csv_writer_text(&s.w, "");
    csv_writer_plain(&s.w, "-5");
    csv_writer_end_row(&s.w);
    expect(&s, "plain text,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\r\",,-5\n");
}

static void a_lone_empty_cell_is_still_a_row(void **state) {
    (void)state;
    struct sink s;
    begin(&s, false);
    csv_writer_text(&s.w, "");
    csv_writer_end_row(&s.w);
    csv_writer_text(&s.w, "");
    csv_writer_text(&s.w, "");
    csv_writer_end_row(&s.w);
    expect(&s, "\"\"\n,\n");
}

static void text_is_guarded_for_excel_and_numbers_are_not(void **state) {
    (void)state;
    struct sink s;
    begin(&s, true);
    csv_writer_text(&s.w, "=1+1");
    csv_writer_text(&s.w, "+84912");
    csv_writer_text(&s.w, "-,");
    csv_writer_text(&s.w, "@x");
    csv_writer_text(&s.w, "\tx");
    csv_writer_text(&s.w, "a=b");
    csv_writer_plain(&s.w, "-5");
    csv_writer_plain(&s.w, "+84912345678");
    csv_writer_end_row(&s.w);
    expect(&s, "\xEF\xBB\xBF'=1+1,'+84912,\"'-,\",'@x,'\tx,a=b,-5,+84912345678\r\n");
}

static void plain_files_are_never_guarded(void **state) {
    (void)state;
    struct sink s;
    begin(&s, false);
    csv_writer_text(&s.w, "=1+1");
    csv_writer_end_row(&s.w);
    expect(&s, "=1+1\n");
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    static const char *const cells[] = {"=SUM(A1)", "a\"b\"\"c", "x,y;z", "dòng một\ndòng hai", "", "'", "-", "Đạt"};
    enum { COUNT = sizeof cells / sizeof *cells };
    FILE *f = tmpfile();
    struct csv_writer w;
    csv_writer_begin(&w, f, true);
    for (size_t i = 0; i < COUNT; i++) {
        csv_writer_text(&w, cells[i]);
    }
    csv_writer_end_row(&w);
    rewind(f);
    struct csv_reader *r = NULL;
    const struct csv_record *row = NULL;
    assert_int_equal(csv_reader_open_fd(dup(fileno(f)), "back", NULL, &r, NULL), ERR_OK);
    assert_int_equal(csv_reader_next(r, &row, NULL), ERR_OK);
    assert_int_equal(row->count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_string_equal(csv_unguard(row->cells[i]), cells[i]);
    }
    csv_reader_free(r);
    fclose(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_only_where_they_are_needed),
        cmocka_unit_test(a_lone_empty_cell_is_still_a_row),
        cmocka_unit_test(text_is_guarded_for_excel_and_numbers_are_not),
        cmocka_unit_test(plain_files_are_never_guarded),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
