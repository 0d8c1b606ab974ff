/* Any bytes are a file that is read to its end, in order, without harm; a row that was read can be written and read
 * again. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/csv_read.h"
#include "io/csv_write.h"
#include "io/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct csv_reader *open_over(const void *bytes, size_t n, char delimiter) {
    int fd = memfd_create("fuzz", 0);
    assert(write(fd, bytes, n) == (ssize_t)n);
    lseek(fd, 0, SEEK_SET);
    struct csv_options options = {.delimiter = delimiter};
    struct csv_reader *r = NULL;
    csv_reader_open_fd(fd, "fuzz", &options, &r, NULL);
    return r;
}

/* Rows as they would be exported, one text for all. */
struct copy {
    char *text;
    size_t len;
    FILE *out;
    struct csv_writer w;
};

static void copy_begin(struct copy *c) {
    *c = (struct copy){0};
    c->out = open_memstream(&c->text, &c->len);
    csv_writer_begin(&c->w, c->out, false);
    csv_writer_text(&c->w, "header");
    csv_writer_end_row(&c->w);
}

static void copy_row(struct copy *c, const struct csv_record *row) {
    for (size_t i = 0; i < row->count; i++) {
        csv_writer_text(&c->w, row->cells[i]);
    }
    csv_writer_end_row(&c->w);
}

/* What was read, written and read again is the same. */
static void expect_round_trip(struct copy *first) {
    fclose(first->out);
    struct copy second;
    copy_begin(&second);
    struct csv_reader *r = open_over(first->text, first->len, ',');
    const struct csv_record *row = NULL;
    assert(csv_reader_next(r, &row, NULL) == ERR_OK && row != NULL);
    while (csv_reader_next(r, &row, NULL) == ERR_OK && row != NULL) {
        assert(row->kind == CSV_ROW);
        copy_row(&second, row);
    }
    csv_reader_free(r);
    fclose(second.out);
    assert(first->len == second.len && memcmp(first->text, second.text, first->len) == 0);
    free(first->text);
    free(second.text);
}

static void read_all(const uint8_t *data, size_t size, char delimiter) {
    struct csv_reader *r = open_over(data, size, delimiter);
    struct copy copy;
    copy_begin(&copy);
    const struct csv_record *row = NULL;
    long line = 0;
    while (csv_reader_next(r, &row, NULL) == ERR_OK && row != NULL) {
        assert(row->line > line);
        line = row->line;
        assert((row->kind == CSV_BAD) == (row->fault != NULL));
        assert(row->kind != CSV_BAD || row->fault_line >= row->line);
        if (row->kind == CSV_ROW) {
            copy_row(&copy, row);
        }
    }
    csv_reader_free(r);
    expect_round_trip(&copy);
}

static void read_through_profile(const uint8_t *data, size_t size, const char *name) {
    struct profile *p = NULL;
    if (profile_find(name, NULL, &p, NULL) != ERR_OK) {
        return;
    }
    struct csv_reader *r = open_over(data, size, '\0');
    struct profile_reader *mapped = profile_reader_new(r, p);
    const struct csv_record *row = NULL;
    size_t columns = 0;
    while (profile_reader_next(mapped, &row, NULL) == ERR_OK && row != NULL) {
        columns = columns == 0 ? row->count : columns;
        assert(row->count == 0 || row->count == columns);
    }
    profile_reader_free(mapped);
    csv_reader_free(r);
    profile_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char delimiters[] = {'\0', ',', ';', '\t'};
    if (size == 0) {
        return 0;
    }
    read_all(data + 1, size - 1, delimiters[data[0] % 4]);
    const char *name = profile_name(data[0] / 4 % 9);
    read_through_profile(data + 1, size - 1, name == NULL ? "Shopee" : name);
    return 0;
}
