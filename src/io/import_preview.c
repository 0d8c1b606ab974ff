#include "io/import_preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "io/import_core.h"

/* A device or a pipe would be read for ever, or once. */
enum err_code import_check_file(const char *path, struct err *e) {
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        return err_set(e, ERR_INVALID, _("%s is no file that can be imported"), path);
    }
    return ERR_OK; /* what is not there at all is said by the reader */
}

/* The first record that has something in it. */
static enum err_code next_filled(struct profile_reader *rows, const char *path, const struct csv_record **out,
                                 struct err *e) {
    enum err_code rc = ERR_OK;
    do {
        rc = profile_reader_next(rows, out, e);
    } while (rc == ERR_OK && *out != NULL && (*out)->kind == CSV_BLANK);
    if (rc == ERR_OK && *out == NULL) {
        return err_set(e, ERR_INVALID, _("%s is empty: the first line must name the columns"), path);
    }
    if (rc == ERR_OK && (*out)->kind == CSV_BAD) {
        return err_set(e, ERR_INVALID, "%s:%ld: %s", path, (*out)->fault_line, (*out)->fault);
    }
    return rc;
}

/* --- one cell */

static void keep_money(struct import_preview_cell *c, const struct currency *currency, const char *text) {
    char shown[MONEY_TEXT_MAX];
    int64_t amount = 0;
    size_t n = strlen(text);
    if (money_parse_file(text, currency, &amount, NULL) == ERR_OK) {
        c->text = mem_strdup(money_format(amount, currency, false, shown));
    } else {
        c->bad = text[n - 1] != '%'; /* a discount may be a part of the line */
    }
}

static void keep_date(struct import_preview_cell *c, enum date_order order, const char *text) {
    char date[DATE_SIZE];
    char time[9] = "";
    char month[MONTH_SIZE];
    char shown[DATE_SIZE];
    if (month_parse(text, month, NULL) == ERR_OK) {
        return;
    }
    if (date_parse(text, order, date, time, NULL) == ERR_OK) {
        c->text = mem_printf("%s%s%.5s", date_format(date, shown), time[0] == '\0' ? "" : " ", time);
    } else {
        c->bad = true;
    }
}

static void keep_number(struct import_preview_cell *c, enum table_type type, const char *text) {
    char shown[QTY_TEXT_MAX];
    int64_t value = 0;
    if (type == TABLE_RATE) {
        c->bad = rate_parse(text, 10000, &value, NULL) != ERR_OK;
    } else if (qty_parse(text, &value, NULL) == ERR_OK) {
        c->text = mem_strdup(qty_format(value, shown));
    } else {
        c->bad = true;
    }
}

static void keep_cell(const struct import *im, const struct kind_column *column, const char *text,
                      struct import_preview_cell *c) {
    if (text[0] == '\0') {
        c->bad = (column->flags & KIND_REQUIRED) != 0 && (column->flags & KIND_ORDER) == 0;
    } else if (column->type == TABLE_MONEY) {
        keep_money(c, shop_currency(im->shop), text);
    } else if (column->type == TABLE_DATE) {
        keep_date(c, im->date_order, text);
    } else if (column->type == TABLE_QTY || column->type == TABLE_RATE) {
        keep_number(c, column->type, text);
    }
    if (c->text == NULL) {
        c->text = mem_strdup(text[0] == '\'' ? csv_unguard(text) : text);
    }
}

static void keep_row(const struct import *im, const struct csv_record *r, struct import_preview *out) {
    struct import_row row = {.line = r->line, .cells = r->cells, .count = r->count};
    struct import_preview_row *kept = &out->rows[out->row_count++];
    *kept = (struct import_preview_row){.line = r->line};
    if (r->kind == CSV_BAD) {
        kept->line = r->fault_line;
        kept->fault = mem_strdup(r->fault);
    }
    for (size_t i = 0; i < im->kind->count; i++) {
        keep_cell(im, &im->kind->columns[i], import_cell(im, &row, (int)i), &kept->cells[i]);
        kept->cells[i].bad = kept->cells[i].bad && kept->fault == NULL;
    }
}

/* --- the whole */

/* The file's own first line, before the profile sees it. */
static enum err_code keep_headers(const struct import_options *o, struct import_preview *out, struct err *e) {
    struct csv_options options = {.delimiter = o->profile == NULL ? '\0' : profile_delimiter(o->profile)};
    struct csv_reader *reader = NULL;
    const struct csv_record *header = NULL;
    enum err_code rc = csv_reader_open(o->path, &options, &reader, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct profile_reader *rows = profile_reader_new(reader, NULL);
    rc = next_filled(rows, o->path, &header, e);
    if (rc == ERR_OK) {
        out->headers = mem_array(header->count, sizeof *out->headers);
        out->header_count = header->count;
        for (size_t i = 0; i < header->count; i++) {
            out->headers[i] = mem_strdup(header->cells[i]);
        }
        out->delimiter = csv_reader_delimiter(reader);
        snprintf(out->encoding, sizeof out->encoding, "%s", csv_reader_encoding(reader));
    }
    profile_reader_free(rows);
    csv_reader_free(reader);
    return rc;
}

static void keep_sources(struct import *im, const struct csv_record *header, struct import_preview *out) {
    bool *used = mem_array(header->count, sizeof *used);
    import_find_columns(im->kind, header, im->at, used);
    for (size_t i = 0; i < im->kind->count; i++) {
        struct buf source = BUF_INIT;
        out->mapped[i] = im->at[i] >= 0;
        if (out->mapped[i]) {
            profile_reader_describe(im->rows, (size_t)im->at[i], (const char *const *)out->headers, &source);
        } else if ((im->kind->columns[i].flags & KIND_REQUIRED) != 0) {
            out->missing++;
        }
        out->sources[i] = buf_take(&source);
    }
    for (size_t i = 0; i < header->count; i++) {
        if (!used[i] && header->cells[i][0] != '\0' && strcmp(header->cells[i], "error") != 0) {
            buf_addf(&out->unused, "%s%s", out->unused.len > 0 ? ", " : "", header->cells[i]);
        }
    }
    free(used);
}

static enum err_code read_beginning(struct import *im, struct import_preview *out, struct err *e) {
    const struct csv_record *r = NULL;
    enum err_code rc = next_filled(im->rows, im->options->path, &r, e);
    if (rc != ERR_OK) {
        return rc;
    }
    keep_sources(im, r, out);
    out->rows = mem_array(IMPORT_PREVIEW_ROWS, sizeof *out->rows);
    while (out->row_count < IMPORT_PREVIEW_ROWS && (rc = profile_reader_next(im->rows, &r, e)) == ERR_OK && r != NULL) {
        if (r->kind != CSV_BLANK) {
            keep_row(im, r, out);
        }
    }
    return rc;
}

enum err_code import_preview_read(struct shop *shop, const struct import_options *options, struct import_preview *out,
                                  struct err *e) {
    struct profile *plain = profile_new();
    const struct profile *profile = options->profile == NULL ? plain : options->profile;
    struct csv_options csv = {.delimiter = profile_delimiter(profile)};
    struct import im = {.shop = shop,
                        .options = options,
                        .kind = kind_info(options->kind),
                        .date_order = options->month_first ? DATE_MDY : DATE_DMY};
    *out = (struct import_preview){.kind = im.kind};
    enum err_code rc = import_check_file(options->path, e);
    if (rc == ERR_OK) {
        rc = keep_headers(options, out, e);
    }
    if (rc == ERR_OK) {
        rc = csv_reader_open(options->path, &csv, &im.reader, e);
    }
    if (rc == ERR_OK) {
        im.rows = profile_reader_new(im.reader, profile);
        rc = read_beginning(&im, out, e);
    }
    profile_reader_free(im.rows);
    csv_reader_free(im.reader);
    profile_free(plain);
    return rc;
}

void import_preview_clear(struct import_preview *p) {
    for (size_t i = 0; i < p->header_count; i++) {
        free(p->headers[i]);
    }
    for (size_t i = 0; i < p->row_count; i++) {
        free(p->rows[i].fault);
        for (size_t k = 0; k < KIND_COLUMNS_MAX; k++) {
            free(p->rows[i].cells[k].text);
        }
    }
    for (size_t k = 0; k < KIND_COLUMNS_MAX; k++) {
        free(p->sources[k]);
    }
    free(p->headers);
    free(p->rows);
    buf_clear(&p->unused);
    *p = (struct import_preview){0};
}
