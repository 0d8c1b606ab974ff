/* The lines of a sheet: found, filled in, booked. Nothing here knows keys. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "tui/screens/stock_sheet.h"

static void forget_found(struct sheet_state *s) {
    for (int i = 0; i < s->found_count; i++) {
        free(s->found_text[i]);
    }
    s->found_count = 0;
    s->chosen = 0;
}

static void line_clear(struct sheet_line *line) {
    free(line->sku);
    free(line->name);
    free(line->unit);
}

static void add_up(struct sheet_state *s) {
    s->amount = 0;
    for (size_t i = 0; i < s->line_count; i++) {
        struct sheet_line *line = &s->lines[i];
        if (!money_times_qty(line->cost, line->qty, &line->amount) || !money_add(s->amount, line->amount, &s->amount)) {
            line->amount = 0; /* booking will say which line is too large */
        }
    }
    list_loaded(&s->list, 0, s->line_count, s->line_count);
}

void sheet_remove(struct sheet_state *s, size_t at) {
    if (at < s->line_count) {
        line_clear(&s->lines[at]);
        memmove(s->lines + at, s->lines + at + 1, (s->line_count - at - 1) * sizeof *s->lines);
        s->line_count--;
    }
    add_up(s);
}

void sheet_clear_lines(struct sheet_state *s) {
    for (size_t i = 0; i < s->line_count; i++) {
        line_clear(&s->lines[i]);
    }
    s->line_count = 0;
    forget_found(s);
    free(s->supplier);
    free(s->document);
    free(s->reason);
    s->supplier = s->document = s->reason = NULL;
    s->asking = SHEET_CODE;
    s->fresh = false;
    field_set(&s->input, "");
    s->input.scan_min = 0;
    add_up(s);
}

void sheet_find(struct app *app, struct sheet_state *s) {
    int count = 0;
    forget_found(s);
    if (field_is_empty(&s->input) ||
        product_search(app_shop(app), field_text(&s->input), s->found, SHEET_FOUND, &count, NULL) != ERR_OK) {
        return;
    }
    for (int i = 0; i < count; i++) {
        struct product p = {0};
        char qty[QTY_TEXT_MAX];
        if (product_get(app_shop(app), s->found[i], &p, NULL) == ERR_OK) {
            s->found_text[s->found_count] =
                mem_printf("%s  %s  %s %s", p.name, p.sku, qty_format(p.on_hand, qty), p.unit);
            s->found[s->found_count++] = s->found[i];
        }
        product_clear(&p);
    }
}

static int64_t factor_of(const struct product *p, const char *unit) {
    for (size_t i = 0; i < p->unit_count; i++) {
        if (strcmp(p->units[i].name, unit) == 0) {
            return p->units[i].factor;
        }
    }
    return QTY_ONE;
}

/* Counted goods have one line each, in base units: two lines would overwrite each other's count. */
static size_t find_line(const struct sheet_state *s, int64_t id, int64_t factor) {
    for (size_t i = 0; i < s->line_count; i++) {
        if (s->lines[i].product_id == id && (s->kind == STOCK_COUNT || s->lines[i].factor == factor)) {
            return i;
        }
    }
    return s->line_count;
}

static void add_line(struct sheet_state *s, const struct product *p, const char *unit, int64_t factor) {
    const struct stock_level level = {p->on_hand, p->value, p->cost};
    bool base = factor == QTY_ONE || s->kind == STOCK_COUNT;
    int64_t cost = stock_level_cost(&level);
    s->lines = mem_grow(s->lines, s->line_count, &s->line_cap, sizeof *s->lines);
    struct sheet_line *line = &s->lines[s->line_count++];
    *line = (struct sheet_line){
        .product_id = p->id,
        .sku = mem_strdup(p->sku),
        .name = mem_strdup(p->name),
        .unit = mem_strdup(base ? p->unit : unit),
        .factor = base ? QTY_ONE : factor,
        .is_base = base,
        .cost = cost,
        .shows_cost = s->shows_amount,
        .booked = p->on_hand,
    };
    if (!base && !money_times_qty(cost, factor, &line->cost)) {
        line->cost = 0;
    }
}

static enum err_code take_product(struct app *app, struct sheet_state *s, int64_t id, const char *unit, struct err *e) {
    struct product p = {0};
    enum err_code rc = product_get(app_shop(app), id, &p, e);
    if (rc == ERR_OK) {
        s->asked = factor_of(&p, unit);
        s->at = find_line(s, id, s->asked);
        s->fresh = s->at == s->line_count;
        s->replace = false;
        if (s->fresh) {
            add_line(s, &p, unit, s->asked);
        }
        free(s->asked_unit);
        s->asked_unit = mem_strdup(s->asked == QTY_ONE ? p.unit : unit);
        add_up(s);
        list_go(&s->list, s->at);
    }
    product_clear(&p);
    return rc;
}

enum err_code sheet_take(struct app *app, struct sheet_state *s, const char *code, struct err *e) {
    int64_t id = 0;
    char *unit = NULL;
    struct err inner = ERR_INIT;
    enum err_code rc = product_find(app_shop(app), code, &id, &unit, &inner);
    if (rc != ERR_OK && s->found_count > 0 && strcmp(code, field_text(&s->input)) == 0) {
        id = s->found[s->chosen];
        rc = ERR_OK;
    }
    rc = rc == ERR_OK ? take_product(app, s, id, unit == NULL ? "" : unit, e) : err_set(e, rc, "%s", inner.message);
    free(unit);
    if (rc == ERR_OK) {
        forget_found(s);
        s->asking = SHEET_QTY;
        field_set(&s->input, "");
        s->input.scan_min = 4; /* nobody types four digits within milliseconds */
    }
    return rc;
}

enum err_code sheet_set_qty(struct sheet_state *s, const char *typed, struct err *e) {
    struct sheet_line *line = &s->lines[s->at];
    bool replace = s->replace || typed[0] == '=';
    int64_t qty = QTY_ONE;
    if (s->replace && typed[0] == '\0') {
        return ERR_OK; /* it stays as it is */
    }
    typed += typed[0] == '=';
    enum err_code rc = typed[0] == '\0' ? ERR_OK : qty_parse(typed, &qty, e);
    if (rc == ERR_OK && (qty < 0 || (qty == 0 && s->kind == STOCK_PURCHASE))) {
        rc = err_set(e, ERR_INVALID, _("“%.40s”: the quantity must be above 0"), typed);
    }
    if (rc == ERR_OK && s->kind == STOCK_COUNT && !money_times_qty(s->asked, qty, &qty)) {
        rc = err_set(e, ERR_INVALID, _("“%.40s” is too many"), typed);
    }
    if (rc == ERR_OK && !money_add(replace ? 0 : line->qty, qty, &line->qty)) {
        rc = err_set(e, ERR_INVALID, _("“%.40s” is too many"), typed);
    }
    if (rc == ERR_OK) {
        s->fresh = false;
        add_up(s);
    }
    return rc;
}

enum err_code sheet_set_cost(struct sheet_state *s, const char *typed, struct err *e) {
    int64_t cost = 0;
    if (typed[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = money_parse(typed, &s->currency, &cost, e);
    if (rc == ERR_OK && cost < 0) {
        rc = err_set(e, ERR_INVALID, _("a cost cannot be below zero"));
    }
    if (rc == ERR_OK) {
        s->lines[s->at].cost = cost;
        s->lines[s->at].shows_cost = true;
        add_up(s);
    }
    return rc;
}

/* --- booking */

struct booking {
    const struct sheet_state *sheet;
    struct stock_line_input *lines;
    int64_t moved;
};

static enum err_code book(struct shop *shop, void *ctx, struct err *e) {
    struct booking *b = ctx;
    const struct sheet_state *s = b->sheet;
    struct stock_doc_input doc = {
        .kind = s->kind, .document = s->document, .reason = s->reason, .lines = b->lines, .line_count = s->line_count};
    enum err_code rc = ERR_OK;
    if (s->supplier != NULL) {
        rc = supplier_make(shop, s->supplier, &doc.supplier_id, NULL, e);
    }
    return rc == ERR_OK ? stock_document(shop, &doc, &b->moved, e) : rc;
}

enum err_code sheet_book(struct app *app, struct sheet_state *s, int64_t *moved, struct err *e) {
    struct booking b = {.sheet = s, .lines = mem_array(s->line_count, sizeof *b.lines)};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < s->line_count && rc == ERR_OK; i++) {
        const struct sheet_line *line = &s->lines[i];
        b.lines[i].product_id = line->product_id;
        b.lines[i].has_total = s->kind == STOCK_PURCHASE && line->shows_cost; /* else what they cost now */
        if (!money_times_qty(line->factor, line->qty, &b.lines[i].qty) ||
            (b.lines[i].has_total && !money_times_qty(line->cost, line->qty, &b.lines[i].total_cost))) {
            rc = err_set(e, ERR_INVALID, _("%s: quantity × cost is too large"), line->name);
        }
    }
    if (rc == ERR_OK) {
        rc = shop_transact(app_shop(app), book, &b, e);
    }
    *moved = b.moved;
    free(b.lines);
    return rc;
}
