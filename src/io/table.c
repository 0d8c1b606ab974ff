#include "io/table.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "io/csv_write.h"
#include "io/json.h"
#include "io/table_driver.h"

bool table_is_text(enum table_type type) {
    return type == TABLE_TEXT || type == TABLE_PHONE || type == TABLE_DATE;
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s);
    size_t m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static const char *one_decimal(int64_t bps, char out[TABLE_CELL_MAX]) {
    int64_t tenths = (bps + (bps < 0 ? -5 : 5)) / 10;
    const char *sign = tenths < 0 ? "-" : "";
    uint64_t size = tenths < 0 ? (uint64_t)-tenths : (uint64_t)tenths;
    snprintf(out, TABLE_CELL_MAX, "%s%" PRIu64 ".%" PRIu64, sign, size / 10, size % 10);
    return out;
}

const char *table_plain(const struct table *t, const struct table_column *column, int64_t value,
                        char out[TABLE_CELL_MAX]) {
    switch (column->type) {
    case TABLE_MONEY:
        return money_format_plain(value, &t->currency, out);
    case TABLE_QTY:
        return qty_format_plain(value, out);
    case TABLE_PCT:
        return one_decimal(value, out);
    case TABLE_RATE:
        if (!ends_with(column->name, "_bps")) {
            return rate_format(value, out);
        }
        break;
    default:
        break;
    }
    snprintf(out, TABLE_CELL_MAX, "%" PRId64, value);
    return out;
}

static void csv_begin(struct table *t) {
    if (t->begun) {
        return;
    }
    t->begun = true;
    csv_writer_begin(t->state, t->out, t->excel);
    for (size_t i = 0; i < t->count; i++) {
        csv_writer_plain(t->state, t->columns[i].name);
    }
    csv_writer_end_row(t->state);
}

static void csv_cell(struct table *t, const struct table_column *column, const struct table_cell *cell) {
    char out[TABLE_CELL_MAX];
    csv_begin(t);
    if (cell->empty) {
        csv_writer_plain(t->state, "");
    } else if (column->type == TABLE_TEXT) {
        csv_writer_text(t->state, cell->text);
    } else if (table_is_text(column->type)) {
        csv_writer_plain(t->state, cell->text);
    } else {
        csv_writer_plain(t->state, table_plain(t, column, cell->number, out));
    }
}

static void csv_end_row(struct table *t) {
    csv_writer_end_row(t->state);
}

static enum err_code csv_close(struct table *t, struct err *e) {
    (void)e;
    csv_begin(t);
    free(t->state);
    return ERR_OK;
}

static void csv_abandon(struct table *t) {
    free(t->state);
}

static void json_start(struct table *t) {
    if (!t->begun) {
        t->begun = true;
        json_begin(t->state, t->out);
        json_array(t->state);
    }
}

static void json_cell(struct table *t, const struct table_column *column, const struct table_cell *cell) {
    char out[TABLE_CELL_MAX];
    struct json *j = t->state;
    json_start(t);
    if (t->at == 0) {
        json_object(j);
    }
    json_key(j, column->name);
    if (table_is_text(column->type)) {
        json_text(j, cell->text);
    } else if (cell->empty) {
        json_null(j);
    } else if (column->type == TABLE_BOOL) {
        json_bool(j, cell->number != 0);
    } else if (column->type == TABLE_MONEY) {
        json_int(j, cell->number);
    } else {
        json_number(j, table_plain(t, column, cell->number, out));
    }
}

static void json_end_row(struct table *t) {
    json_end(t->state);
}

static enum err_code json_close(struct table *t, struct err *e) {
    (void)e;
    json_start(t);
    json_end(t->state);
    free(t->state);
    return ERR_OK;
}

static const struct table_driver csv_driver = {csv_cell, csv_end_row, csv_close, csv_abandon};
static const struct table_driver json_driver = {json_cell, json_end_row, json_close, csv_abandon};

struct table *table_new(enum table_format format, FILE *out, const struct currency *currency,
                        const struct table_column *columns, size_t count) {
    struct table *t = mem_zalloc(sizeof *t);
    t->out = out;
    t->currency = *currency;
    t->columns = columns;
    t->count = count;
    if (format == TABLE_JSON) {
        t->driver = &json_driver;
        t->state = mem_zalloc(sizeof(struct json));
    } else if (format == TABLE_HUMAN) {
        t->driver = &table_human_driver;
    } else {
        assert(format != TABLE_XLSX);
        t->driver = &csv_driver;
        t->state = mem_zalloc(sizeof(struct csv_writer));
        t->excel = format == TABLE_CSV_EXCEL;
    }
    return t;
}

static void put(struct table *t, const struct table_cell *cell) {
    assert(t->at < t->count);
    t->driver->cell(t, &t->columns[t->at], cell);
    t->at++;
}

void table_text(struct table *t, const char *text) {
    assert(table_is_text(t->columns[t->at].type));
    put(t, &(struct table_cell){.empty = text == NULL || text[0] == '\0', .text = text == NULL ? "" : text});
}

void table_number(struct table *t, int64_t value) {
    assert(!table_is_text(t->columns[t->at].type));
    put(t, &(struct table_cell){.number = value});
}

void table_number_as(struct table *t, enum table_type type, int64_t value) {
    struct table_column column = t->columns[t->at];
    assert(!table_is_text(column.type) && !table_is_text(type));
    column.type = type;
    t->driver->cell(t, &column, &(struct table_cell){.number = value});
    t->at++;
}

void table_empty(struct table *t) {
    put(t, &(struct table_cell){.empty = true, .text = ""});
}

void table_number_if(struct table *t, bool has, int64_t value) {
    if (has) {
        table_number(t, value);
    } else {
        table_empty(t);
    }
}

void table_end_row(struct table *t) {
    while (t->at < t->count) {
        table_empty(t);
    }
    t->driver->end_row(t);
    t->at = 0;
}

enum err_code table_close(struct table **t, struct err *e) {
    struct table *table = *t;
    enum err_code rc = table->driver->close(table, &table->err);
    if (rc == ERR_OK && table->out != NULL && (fflush(table->out) != 0 || ferror(table->out))) {
        rc = err_set(&table->err, ERR_IO, _("the output cannot be written: %s"), strerror(errno));
    }
    if (rc != ERR_OK && e != NULL) {
        *e = table->err;
    }
    free(table);
    *t = NULL;
    return rc;
}

void table_abandon(struct table **t) {
    if (*t != NULL) {
        (*t)->driver->abandon(*t);
        free(*t);
        *t = NULL;
    }
}

enum err_code table_end(struct table **t, enum err_code rc, struct err *e) {
    if (rc == ERR_OK) {
        return table_close(t, e);
    }
    table_abandon(t);
    return rc;
}
