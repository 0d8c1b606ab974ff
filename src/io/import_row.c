#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/qty.h"
#include "base/text.h"
#include "io/import_core.h"

bool import_has(const struct import *im, int column) {
    return im->at[column] >= 0;
}

const char *import_cell(const struct import *im, const struct import_row *row, int column) {
    int at = im->at[column];
    return at >= 0 && (size_t)at < row->count ? row->cells[at] : "";
}

const char *import_text(const struct import *im, const struct import_row *row, int column) {
    const char *cell = import_cell(im, row, column);
    return cell[0] == '\'' ? csv_unguard(cell) : cell;
}

/* The domain's and the parsers' messages say what is wrong; here they get their column. */
enum err_code import_field_error(const struct import *im, int column, enum err_code rc, struct err *e) {
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, im->kind->columns[column].name, "%s", e->message);
}

enum err_code import_money(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                           struct err *e) {
    const char *cell = import_cell(im, row, column);
    if (has != NULL) {
        *has = cell[0] != '\0';
    }
    if (cell[0] == '\0') {
        return ERR_OK;
    }
    return import_field_error(im, column, money_parse_file(cell, shop_currency(im->shop), out, e), e);
}

enum err_code import_qty(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                         struct err *e) {
    const char *cell = import_cell(im, row, column);
    if (has != NULL) {
        *has = cell[0] != '\0';
    }
    return cell[0] == '\0' ? ERR_OK : import_field_error(im, column, qty_parse(cell, out, e), e);
}

enum err_code import_rate(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                          struct err *e) {
    const char *cell = import_cell(im, row, column);
    if (has != NULL) {
        *has = cell[0] != '\0';
    }
    return cell[0] == '\0' ? ERR_OK : import_field_error(im, column, rate_parse(cell, 10000, out, e), e);
}

enum err_code import_bool(const struct import *im, const struct import_row *row, int column, bool *out, struct err *e) {
    static const char *const yes[] = {"1", "x", "true", "yes", "y", "co", "dung", "active", "dang ban"};
    static const char *const no[] = {"0", "false", "no", "n", "khong", "sai", "inactive", "ngung ban"};
    const char *cell = import_cell(im, row, column);
    if (cell[0] == '\0') {
        return ERR_OK;
    }
    char *folded = text_fold(cell);
    int found = -1;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        found = strcmp(folded, yes[i]) == 0 ? 1 : found;
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        found = strcmp(folded, no[i]) == 0 ? 0 : found;
    }
    free(folded);
    if (found < 0) {
        char clip[ERR_CLIP_SIZE];
        return err_set_field(e, ERR_INVALID, im->kind->columns[column].name, _("%s is neither 1 nor 0"),
                             err_clip(cell, clip));
    }
    *out = found == 1;
    return ERR_OK;
}

enum err_code import_date(const struct import *im, const struct import_row *row, int column, char date[DATE_SIZE],
                          char time[9], struct err *e) {
    const char *cell = import_cell(im, row, column);
    date[0] = '\0';
    if (time != NULL) {
        time[0] = '\0';
    }
    return cell[0] == '\0' ? ERR_OK
                           : import_field_error(im, column, date_parse(cell, im->date_order, date, time, e), e);
}

enum err_code import_check_row(const struct import *im, const struct import_row *row, struct err *e) {
    for (size_t i = im->width; i < row->count; i++) {
        if (row->cells[i][0] != '\0') {
            return err_set_field(e, ERR_INVALID, im->kind->columns[0].name,
                                 _("the row has %zu cells, the header %zu; put a text with a comma in it in quotes"),
                                 row->count, im->width);
        }
    }
    for (size_t i = 0; i < im->kind->count; i++) {
        const struct kind_column *c = &im->kind->columns[i];
        if ((c->flags & KIND_REQUIRED) != 0 && (c->flags & KIND_ORDER) == 0 &&
            import_cell(im, row, (int)i)[0] == '\0') {
            return err_set_field(e, ERR_INVALID, c->name, _("is empty, and it must not be"));
        }
    }
    return ERR_OK;
}
