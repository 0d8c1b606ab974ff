#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/import_core.h"
#include "io/outfile.h"

#define REJECTED_MAX 1000000 /* they are remembered */

void import_reject(struct import_rejections *r, long line, const char *column, const char *reason) {
    if (r->texts == NULL) {
        r->texts = intern_new();
    }
    r->rows = mem_grow(r->rows, r->count, &r->cap, sizeof *r->rows);
    r->rows[r->count++] = (struct import_rejection){line, intern_add(r->texts, column), intern_add(r->texts, reason)};
}

enum err_code import_rejections_check(const struct import *im, struct err *e) {
    const struct import_rejections *r = &im->rejections;
    if (r->count < REJECTED_MAX) {
        return ERR_OK;
    }
    return err_set(e, ERR_INVALID,
                   _("%s: more than %d rows are rejected, so nothing was taken; the first: line %ld: %s"),
                   im->options->path, REJECTED_MAX, r->rows[0].line, intern_text(r->texts, r->rows[0].reason));
}

static int by_line(const void *a, const void *b) {
    long x = ((const struct import_rejection *)a)->line;
    long y = ((const struct import_rejection *)b)->line;
    return (x > y) - (x < y);
}

void import_rejections_sort(struct import_rejections *r) {
    if (r->count > 0) {
        qsort(r->rows, r->count, sizeof *r->rows, by_line);
    }
}

void import_rejections_reset(struct import_rejections *r) {
    r->count = 0;
}

void import_rejections_clear(struct import_rejections *r) {
    free(r->rows);
    intern_free(r->texts);
    *r = (struct import_rejections){0};
}

static void write_cell(FILE *out, const char *text, char delimiter) {
    const char special[] = {delimiter, '"', '\r', '\n', '\0'};
    if (text[strcspn(text, special)] == '\0') {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            putc('"', out);
        }
        putc(*text, out);
    }
    putc('"', out);
}

/* The row as it stood and why it was rejected. In a file that has an error column already (it was written by an
 * import), the new one takes its place. */
static void write_row(const struct import *im, FILE *out, const struct csv_record *r, int error_column,
                      const char *error) {
    char delimiter = csv_reader_delimiter(im->reader);
    if (error_column < 0 || r->kind == CSV_BAD) {
        fwrite(r->raw, 1, r->raw_len, out);
    } else {
        bool first = true;
        for (size_t i = 0; i < r->count; i++) {
            if ((int)i != error_column) {
                if (!first) {
                    putc(delimiter, out);
                }
                write_cell(out, r->cells[i], delimiter);
                first = false;
            }
        }
    }
    putc(delimiter, out);
    write_cell(out, error, delimiter);
    putc('\n', out);
}

static int find_error_column(const struct csv_record *header) {
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->cells[i], "error") == 0) {
            return (int)i;
        }
    }
    return -1;
}

static enum err_code write_rows(struct import *im, FILE *out, struct err *e) {
    const struct import_rejections *list = &im->rejections;
    const struct csv_record *r = NULL;
    size_t next = 0;
    bool header = true;
    int column = -1;
    enum err_code rc = import_file_reader(&im->file, im->options->path, NULL, NULL, &im->reader, e);
    while (rc == ERR_OK && (rc = csv_reader_next(im->reader, &r, e)) == ERR_OK && r != NULL &&
           (header || next < list->count)) {
        if (header && r->kind != CSV_BLANK) {
            column = find_error_column(r);
            write_row(im, out, r, column, "error");
            header = false;
        } else if (!header && r->line == list->rows[next].line) {
            write_row(im, out, r, column, intern_text(list->texts, list->rows[next].reason));
            while (next < list->count && list->rows[next].line == r->line) {
                next++;
            }
        }
    }
    csv_reader_free(im->reader);
    im->reader = NULL;
    return rc;
}

enum err_code import_write_errors(struct import *im, struct err *e) {
    struct outfile *file = NULL;
    enum err_code rc = outfile_open(im->options->errors_path, &file, e);
    if (rc == ERR_OK) {
        rc = write_rows(im, outfile_stream(file), e);
    }
    if (rc == ERR_OK) {
        return outfile_finish(&file, e);
    }
    outfile_abandon(&file);
    return rc;
}
