#include "cli/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"

static bool is_text(enum table_type type) {
    return type == TABLE_TEXT || type == TABLE_PHONE || type == TABLE_DATE;
}

/* Is the name one of the words of `brief`? */
static bool is_brief(const char *brief, const char *name) {
    char *word = mem_printf(" %s ", name);
    bool found = strstr(brief, word) != NULL;
    free(word);
    return found;
}

static const char *title_of(const struct table_column *column) {
    return column->title == NULL ? column->name : _(column->title);
}

void cells_begin(struct cli *c, const struct cell_spec *spec, struct cell_table *out) {
    bool all = spec->brief == NULL || c->format != TABLE_HUMAN;
    size_t shown = 0;
    *out = (struct cell_table){.spec = spec};
    for (size_t i = 0; i < spec->count; i++) {
        out->shown[i] = all || is_brief(spec->brief, spec->columns[i].name);
        if (out->shown[i]) {
            out->columns[shown] = spec->columns[i];
            out->columns[shown++].title = title_of(&spec->columns[i]);
        }
    }
    out->table = cli_table(c, out->columns, shown);
}

void cells_row(struct cell_table *t, const struct cell *cells) {
    for (size_t i = 0; i < t->spec->count; i++) {
        if (!t->shown[i]) {
            continue;
        }
        if (cells[i].is_empty) {
            table_empty(t->table);
        } else if (is_text(t->spec->columns[i].type)) {
            table_text(t->table, cells[i].text);
        } else {
            table_number(t->table, cells[i].number);
        }
    }
    table_end_row(t->table);
}

enum err_code cells_end(struct cell_table *t, enum err_code rc, struct err *e) {
    return table_end(&t->table, rc, e);
}

enum err_code cells_name(void *ctx, int64_t id, const char *name, struct err *e) {
    struct table *t = ctx;
    (void)id;
    (void)e;
    table_text(t, name);
    table_end_row(t);
    return ERR_OK;
}

void cells_json(struct json *j, const struct cell_spec *spec, const struct cell *cells) {
    char number[QTY_TEXT_MAX];
    char rate[MONEY_TEXT_MAX];
    for (size_t i = 0; i < spec->count; i++) {
        const struct table_column *column = &spec->columns[i];
        json_key(j, column->name);
        if (is_text(column->type)) {
            json_text(j, cells[i].is_empty || cells[i].text == NULL ? "" : cells[i].text);
        } else if (cells[i].is_empty) {
            json_null(j);
        } else if (column->type == TABLE_QTY) {
            json_number(j, qty_format_plain(cells[i].number, number));
        } else if (column->type == TABLE_RATE && strstr(column->name, "_bps") == NULL) {
            json_number(j, rate_format(cells[i].number, rate));
        } else if (column->type == TABLE_BOOL) {
            json_bool(j, cells[i].number != 0);
        } else {
            json_int(j, cells[i].number);
        }
    }
}

/* As people read it; owned. */
static char *value_text(struct cli *c, enum table_type type, const struct cell *cell) {
    char money[MONEY_TEXT_MAX];
    char qty[QTY_TEXT_MAX];
    if (is_text(type)) {
        return text_visible(cell->text == NULL ? "" : cell->text);
    }
    switch (type) {
    case TABLE_MONEY:
        return mem_strdup(money_format(cell->number, shop_currency(c->shop), true, money));
    case TABLE_QTY:
        return mem_strdup(qty_format(cell->number, qty));
    case TABLE_RATE:
        return mem_printf("%s%%", rate_show(cell->number, money));
    case TABLE_BOOL:
        return mem_strdup(cell->number != 0 ? _("yes") : _("no"));
    default:
        return mem_printf("%lld", (long long)cell->number);
    }
}

/* Lines of name and value; what is empty is left out. */
static void show_lines(struct cli *c, const struct cell_spec *spec, const struct cell *cells) {
    char *values[CELLS_MAX] = {NULL};
    int width = 0;
    for (size_t i = 0; i < spec->count; i++) {
        values[i] = cells[i].is_empty ? mem_strdup("") : value_text(c, spec->columns[i].type, &cells[i]);
        int w = values[i][0] == '\0' ? 0 : text_width(title_of(&spec->columns[i]));
        width = w > width ? w : width;
    }
    for (size_t i = 0; i < spec->count; i++) {
        const char *title = title_of(&spec->columns[i]);
        if (values[i][0] != '\0') {
            cli_say(c->out, "%s%*s  %s", title, width - text_width(title), "", values[i]);
        }
        free(values[i]);
    }
}

enum err_code cells_show(struct cli *c, const struct cell_spec *spec, const struct cell *cells, struct err *e) {
    if (cli_wants_json(c)) {
        struct json j;
        json_begin(&j, c->out);
        json_object(&j);
        cells_json(&j, spec, cells);
        json_end(&j);
        return ERR_OK;
    }
    if (c->format == TABLE_HUMAN) {
        show_lines(c, spec, cells);
        return ERR_OK;
    }
    struct cell_table t;
    cells_begin(c, spec, &t);
    cells_row(&t, cells);
    return cells_end(&t, ERR_OK, e);
}
