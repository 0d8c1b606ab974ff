/* The file's first rows as they will be understood. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/card.h"
#include "tui/screens/settings_import.h"

static int width_of(const struct kind_column *column) {
    switch (column->type) {
    case TABLE_MONEY:
        return 10;
    case TABLE_QTY:
    case TABLE_RATE:
        return 6;
    case TABLE_DATE:
        return 10;
    default:
        return strcmp(column->name, "name") == 0 || strcmp(column->name, "product_name") == 0 ? 18 : 9;
    }
}

/* Columns that the file fills, in the kind's order; the first ones stay when there is no room. */
void import_rows_plan(struct import_page *s) {
    const struct kind *kind = s->preview.kind;
    int n = 0;
    s->row_columns[n] = (struct list_column){N_("Line"), 5, 7, 1, ALIGN_RIGHT, false};
    s->row_column_at[n++] = -1;
    for (size_t i = 0; kind != NULL && i < kind->count; i++) {
        if (s->preview.mapped[i]) {
            const struct kind_column *k = &kind->columns[i];
            bool right = k->type == TABLE_MONEY || k->type == TABLE_QTY || k->type == TABLE_RATE;
            int width = width_of(k);
            s->row_columns[n] = (struct list_column){import_column_label(k->name),     width, width + 4, n + 1,
                                                     right ? ALIGN_RIGHT : ALIGN_LEFT, false};
            s->row_column_at[n++] = (int)i;
        }
    }
    s->row_column_count = n;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct import_page *s = ctx;
    const struct import_preview_row *r = &s->preview.rows[row];
    int at = s->row_column_at[column];
    if (at < 0) {
        buf_addf(out, "%s%ld", r->fault == NULL ? "" : "!", r->line);
        *style = r->fault == NULL ? STYLE_DIM : STYLE_ERROR;
    } else {
        buf_addf(out, "%s%s", r->cells[at].bad ? "!" : "", r->cells[at].text);
        *style = r->cells[at].bad ? STYLE_ERROR : *style;
    }
}

struct list_source import_rows_source(const struct import_page *s) {
    return (struct list_source){.columns = s->row_columns,
                                .column_count = s->row_column_count,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("The file has no rows")};
}

static void add_facts(const struct import_page *s, const struct import_preview_row *r, struct card *card) {
    for (size_t i = 0; i < s->preview.kind->count; i++) {
        const struct import_preview_cell *c = &r->cells[i];
        if (s->preview.mapped[i] && (c->text[0] != '\0' || c->bad)) {
            card_row(card, c->bad ? STYLE_ERROR : STYLE_NORMAL, import_column_label(s->preview.kind->columns[i].name),
                     c->text[0] == '\0' ? _("! empty") : c->text);
        }
    }
}

unsigned import_rows_open(struct app *app, struct import_page *s) {
    struct card card = {0};
    if (s->rows.cursor >= s->preview.row_count) {
        return SCREEN_REDRAW;
    }
    const struct import_preview_row *r = &s->preview.rows[s->rows.cursor];
    char *title = mem_printf(_("Line %ld"), r->line);
    if (r->fault != NULL) {
        card_text(&card, STYLE_ERROR, r->fault);
    }
    add_facts(s, r, &card);
    card_popup(app, title, &card, CONTEXT_IMPORT, NULL, s);
    free(title);
    return SCREEN_REDRAW;
}
