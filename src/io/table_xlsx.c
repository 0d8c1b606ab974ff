#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/outfile.h"
#include "io/table_driver.h"
#include "io/xlsx_library.h"

struct xlsx {
    struct xlsx_library lib;
    struct outfile *file;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[TABLE_BOOL + 1];
    lxw_format *datetime;
    lxw_format *fraction; /* of a quantity that is not whole */
    lxw_row_t row;
};

enum { EXACT_BITS = 53 }; /* bits of a whole number that a workbook's numbers hold exactly */

static void blame(struct table *t, lxw_error fault) {
    struct xlsx *x = t->state;
    if (fault == LXW_NO_ERROR || t->err.code != ERR_OK) {
        return;
    }
    if (fault == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
        err_set(&t->err, ERR_REFUSED,
                _("a text in row %lu is longer than the 32767 characters that Excel can hold; export CSV"),
                (unsigned long)x->row + 1);
    } else {
        err_set(&t->err, ERR_IO, _("the workbook cannot be written: %s"), x->lib.lxw_strerror(fault));
    }
}

/* A workbook is XML: a byte that is not UTF-8 or a character that XML knows not would spoil the whole of it. Line ends
 * stay. */
static lxw_error write_text(struct xlsx *x, lxw_col_t column, const char *text) {
    if (!text_has_hidden(text)) {
        return x->lib.worksheet_write_string(x->sheet, x->row, column, text, NULL);
    }
    struct buf shown = BUF_INIT;
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        char *line = mem_strndup(text, n);
        char *visible = text_visible(line);
        buf_add(&shown, visible);
        buf_add(&shown, text[n] == '\n' ? "\n" : "");
        free(visible);
        free(line);
        text += n + (text[n] == '\n');
    }
    lxw_error fault = x->lib.worksheet_write_string(x->sheet, x->row, column, buf_str(&shown), NULL);
    buf_clear(&shown);
    return fault;
}

static lxw_error write_date(struct xlsx *x, lxw_col_t column, const char *iso) {
    lxw_datetime when = {0};
    int got = sscanf(iso, "%4d-%2d-%2d%*[ T]%2d:%2d:%lf", &when.year, &when.month, &when.day, &when.hour, &when.min,
                     &when.sec);
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", iso);
    if (got < 3 || !date_is_valid(day) || when.year < 1900) {
        return write_text(x, column, iso);
    }
    return x->lib.worksheet_write_datetime(x->sheet, x->row, column, &when,
                                           got > 3 ? x->datetime : x->formats[TABLE_DATE]);
}

static double real_number(const struct table *t, const struct table_column *column, int64_t value) {
    static const double powers[] = {1, 10, 100, 1000};
    size_t n = strlen(column->name);
    switch (column->type) {
    case TABLE_MONEY:
        return (double)value / powers[t->currency.decimals];
    case TABLE_QTY:
        return (double)value / 1000;
    case TABLE_RATE:
        return n > 4 && strcmp(column->name + n - 4, "_bps") == 0 ? (double)value : (double)value / 100;
    case TABLE_PCT:
        value = (value + (value < 0 ? -5 : 5)) / 10;
        return (double)value / 10;
    default:
        return (double)value;
    }
}

static void write_number(struct table *t, const struct table_column *column, int64_t value) {
    struct xlsx *x = t->state;
    lxw_col_t at = (lxw_col_t)t->at;
    int64_t limit = INT64_C(1) << EXACT_BITS;
    if (value > limit || value < -limit) {
        char plain[TABLE_CELL_MAX];
        blame(t, x->lib.worksheet_write_string(x->sheet, x->row, at, table_plain(t, column, value, plain), NULL));
        return;
    }
    lxw_format *format = column->type == TABLE_QTY && value % 1000 != 0 ? x->fraction : x->formats[column->type];
    blame(t, x->lib.worksheet_write_number(x->sheet, x->row, at, real_number(t, column, value), format));
}

static void xlsx_cell(struct table *t, const struct table_column *column, const struct table_cell *cell) {
    struct xlsx *x = t->state;
    lxw_col_t at = (lxw_col_t)t->at;
    if (cell->empty || t->err.code != ERR_OK || x->row >= LXW_ROW_MAX) {
        return;
    }
    if (column->type == TABLE_DATE) {
        blame(t, write_date(x, at, cell->text));
    } else if (table_is_text(column->type)) {
        blame(t, write_text(x, at, cell->text));
    } else if (column->type == TABLE_BOOL) {
        blame(t, x->lib.worksheet_write_boolean(x->sheet, x->row, at, cell->number != 0, NULL));
    } else {
        write_number(t, column, cell->number);
    }
}

static void xlsx_end_row(struct table *t) {
    struct xlsx *x = t->state;
    if (x->row >= LXW_ROW_MAX && t->err.code == ERR_OK) {
        err_set(&t->err, ERR_REFUSED,
                _("a workbook holds 1048576 rows and there are more; export CSV, or a shorter time"));
    }
    x->row += x->row < LXW_ROW_MAX;
}

static enum err_code xlsx_close(struct table *t, struct err *e) {
    struct xlsx *x = t->state;
    blame(t, x->lib.workbook_close(x->book));
    enum err_code rc = t->err.code;
    if (rc == ERR_OK) {
        rc = outfile_finish(&x->file, e);
    } else {
        outfile_abandon(&x->file);
    }
    free(x);
    return rc;
}

static void xlsx_abandon(struct table *t) {
    struct xlsx *x = t->state;
    x->lib.workbook_close(x->book);
    outfile_abandon(&x->file);
    free(x);
}

static const struct table_driver xlsx_driver = {xlsx_cell, xlsx_end_row, xlsx_close, xlsx_abandon};

static lxw_format *format(const struct xlsx *x, const char *number_format) {
    lxw_format *f = x->lib.workbook_add_format(x->book);
    x->lib.format_set_num_format(f, number_format);
    return f;
}

static void begin_sheet(struct table *t) {
    static const char *const money[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};
    static const double widths[] = {
        [TABLE_TEXT] = 24, [TABLE_PHONE] = 16, [TABLE_DATE] = 12, [TABLE_INT] = 10, [TABLE_MONEY] = 16,
        [TABLE_QTY] = 10,  [TABLE_RATE] = 10,  [TABLE_PCT] = 10,  [TABLE_BOOL] = 8};
    struct xlsx *x = t->state;
    x->sheet = x->lib.workbook_add_worksheet(x->book, NULL);
    x->formats[TABLE_DATE] = format(x, "dd/mm/yyyy");
    x->datetime = format(x, "dd/mm/yyyy hh:mm:ss");
    x->formats[TABLE_MONEY] = format(x, money[t->currency.decimals]);
    x->formats[TABLE_QTY] = format(x, "#,##0");
    x->fraction = format(x, "#,##0.0##");
    x->formats[TABLE_PCT] = format(x, "0.0");
    lxw_format *bold = x->lib.workbook_add_format(x->book);
    x->lib.format_set_bold(bold);
    for (size_t i = 0; i < t->count; i++) {
        lxw_col_t at = (lxw_col_t)i;
        x->lib.worksheet_set_column(x->sheet, at, at, widths[t->columns[i].type], NULL);
    }
    x->lib.worksheet_freeze_panes(x->sheet, 1, 0);
    for (size_t i = 0; i < t->count; i++) {
        blame(t, x->lib.worksheet_write_string(x->sheet, 0, (lxw_col_t)i, t->columns[i].name, bold));
    }
    x->row = 1;
}

enum err_code table_new_xlsx(const char *path, const struct currency *currency, const struct table_column *columns,
                             size_t count, struct table **out, struct err *e) {
    if (path == NULL || strcmp(path, "-") == 0) {
        return err_set_field(e, ERR_INVALID, "-o",
                             _("a workbook needs a file to stand in: name one with -o FILE.xlsx"));
    }
    struct outfile *file = NULL;
    struct xlsx_library lib = {0};
    enum err_code rc = xlsx_library_load(&lib, e);
    if (rc == ERR_OK) {
        rc = outfile_open(path, &file, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    const char *temp = outfile_temp_path(file);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = lib.workbook_new_opt(temp == NULL ? path : temp, &options);
    if (book == NULL) {
        outfile_abandon(&file);
        return err_set(e, ERR_IO, _("%s cannot be written: %s"), path, strerror(errno));
    }
    struct table *t = mem_zalloc(sizeof *t);
    struct xlsx *x = mem_zalloc(sizeof *x);
    x->lib = lib;
    x->file = file;
    x->book = book;
    *t = (struct table){.driver = &xlsx_driver, .state = x, .currency = *currency, .columns = columns, .count = count};
    begin_sheet(t);
    *out = t;
    return ERR_OK;
}
