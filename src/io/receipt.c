#include "io/receipt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "io/receipt_layout.h"

enum { BOLD = 1, TALL = 2, CENTRE = 4 };

static bool has(const char *text) {
    return text != NULL && text[0] != '\0';
}

/* Text as the printer will have it: nothing that steers it, and no accents where it has none. */
static char *printable(const struct receipt_layout *l, const char *text) {
    char *visible = text_visible(text);
    if (!l->ascii) {
        return visible;
    }
    char *ascii = text_ascii(visible);
    free(visible);
    return ascii;
}

/* Takes the text. */
static void add_row(struct receipt_layout *l, char *text, int look) {
    l->rows = mem_grow(l->rows, l->count, &l->cap, sizeof *l->rows);
    l->rows[l->count++] = (struct receipt_row){.text = text, .bold = (look & BOLD) != 0, .tall = (look & TALL) != 0};
}

/* How many bytes of text go on a line of `width` cells: up to a blank where there is one, else as many graphemes as
 * fit. */
static size_t line_bytes(const char *text, int width) {
    size_t at = 0;
    size_t blank = 0;
    int used = 0;
    int cells = 0;
    for (size_t n = text_grapheme(text, &cells); n > 0; n = text_grapheme(text + at, &cells)) {
        if (used + cells > width) {
            return blank > 0 ? blank : at > 0 ? at : n;
        }
        blank = text[at] == ' ' ? at : blank;
        at += n;
        used += cells;
    }
    return at;
}

static void add_piece(struct receipt_layout *l, const char *text, size_t n, int indent, int look) {
    char *piece = mem_strndup(text, n);
    int pad = (look & CENTRE) != 0 ? (l->width - text_width(piece)) / 2 : indent;
    add_row(l, mem_printf("%*s%s", pad > 0 ? pad : 0, "", piece), look);
    free(piece);
}

/* As many lines as the text needs. */
static void add_text(struct receipt_layout *l, const char *text, int indent, int look) {
    if (!has(text)) {
        return;
    }
    char *shown = printable(l, text);
    for (const char *at = shown; *at != '\0';) {
        size_t n = line_bytes(at, l->width - indent);
        add_piece(l, at, n, indent, look);
        at += n;
        at += strspn(at, " ");
    }
    free(shown);
}

/* Lines parted by |. */
static void add_lines(struct receipt_layout *l, const char *text, int look) {
    char *copy = mem_strdup(has(text) ? text : "");
    char *rest = copy;
    for (char *one = strsep(&rest, "|"); one != NULL; one = strsep(&rest, "|")) {
        add_text(l, one + strspn(one, " "), 0, look);
    }
    free(copy);
}

/* Left and right on one line where both fit, else the left above. */
static void add_pair(struct receipt_layout *l, const char *left, const char *right, int indent, int look) {
    char *shown = printable(l, left);
    int gap = l->width - indent - text_width(shown) - text_width(right);
    if (gap >= 1) {
        add_row(l, mem_printf("%*s%s%*s%s", indent, "", shown, gap, "", right), look);
    } else {
        add_text(l, left, indent, look);
        int pad = l->width - text_width(right);
        add_row(l, mem_printf("%*s%s", pad > 0 ? pad : 0, "", right), look);
    }
    free(shown);
}

static void add_amount(struct receipt_layout *l, const struct receipt *r, const char *label, int64_t amount, int look) {
    char text[MONEY_TEXT_MAX];
    add_pair(l, label, money_format(amount, &r->currency, false, text), 0, look);
}

static void add_rule(struct receipt_layout *l) {
    char *rule = mem_alloc((size_t)l->width + 1);
    memset(rule, '-', (size_t)l->width);
    rule[l->width] = '\0';
    add_row(l, rule, 0);
}

static void add_labelled(struct receipt_layout *l, const char *label, const char *text) {
    if (has(text)) {
        char *line = mem_printf("%s: %s", label, text);
        add_text(l, line, 0, 0);
        free(line);
    }
}

static void lay_out_head(const struct receipt *r, struct receipt_layout *l) {
    add_text(l, r->shop, 0, CENTRE | BOLD | TALL);
    add_lines(l, r->header, CENTRE);
    add_row(l, mem_strdup(""), 0);
    add_text(l, has(r->title) ? r->title : _("RECEIPT"), 0, CENTRE | BOLD);
    add_labelled(l, _("No."), r->order_no);
    if (has(r->date)) {
        char day[DATE_SIZE];
        char *when = mem_printf("%s %.5s", date_format(r->date, day), has(r->time) ? r->time : "");
        add_labelled(l, _("Date"), when);
        free(when);
    }
    add_labelled(l, _("Cashier"), r->cashier);
    add_labelled(l, _("Customer"), r->customer);
    add_rule(l);
}

static void lay_out_line(const struct receipt *r, const struct receipt_line *line, struct receipt_layout *l) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    char amount[MONEY_TEXT_MAX];
    add_text(l, line->name, 0, 0);
    qty_format(line->qty, qty);
    money_format(line->price, &r->currency, false, price);
    money_format(line->amount + line->discount, &r->currency, false, amount);
    char *left = mem_printf("%s%s%s x %s", qty, has(line->unit) ? " " : "", has(line->unit) ? line->unit : "", price);
    add_pair(l, left, amount, 2, 0);
    free(left);
    if (line->discount != 0) {
        add_pair(l, _("Discount"), money_format(-line->discount, &r->currency, false, amount), 2, 0);
    }
}

static void lay_out_totals(const struct receipt *r, struct receipt_layout *l) {
    if (r->subtotal != r->total) {
        add_amount(l, r, _("Subtotal"), r->subtotal, 0);
    }
    int64_t off = 0;
    if (money_sub(0, r->discount, &off) && off != 0) { /* a damaged file may hold what has no negative */
        add_amount(l, r, _("Discount"), off, 0);
    }
    if (r->vat != 0) {
        add_amount(l, r, _("VAT"), r->vat, 0);
    }
    if (r->shipping != 0) {
        add_amount(l, r, _("Shipping"), r->shipping, 0);
    }
    add_amount(l, r, _("TOTAL"), r->total, BOLD | TALL);
    for (size_t i = 0; i < r->payment_count; i++) {
        add_amount(l, r, r->payments[i].label, r->payments[i].amount, 0);
    }
    if (r->change != 0) {
        add_amount(l, r, _("Change"), r->change, 0);
    }
    if (r->due > 0) {
        add_amount(l, r, _("Still to pay"), r->due, BOLD);
    }
}

void receipt_lay_out(const struct receipt *r, struct receipt_layout *l) {
    lay_out_head(r, l);
    for (size_t i = 0; i < r->line_count; i++) {
        lay_out_line(r, &r->lines[i], l);
    }
    add_rule(l);
    lay_out_totals(r, l);
    add_rule(l);
    if (has(r->qr_text)) {
        add_row(l, mem_strdup(""), 0);
        l->rows[l->count - 1].is_qr = true;
    }
    add_lines(l, r->transfer_to, CENTRE);
    add_lines(l, r->footer, CENTRE);
}

void receipt_layout_clear(struct receipt_layout *l) {
    for (size_t i = 0; i < l->count; i++) {
        free(l->rows[i].text);
    }
    free(l->rows);
}

void receipt_text(const struct receipt *r, int width, struct buf *out) {
    struct receipt_layout l = {.width = width};
    receipt_lay_out(r, &l);
    for (size_t i = 0; i < l.count; i++) {
        if (!l.rows[i].is_qr) {
            buf_add(out, l.rows[i].text);
            buf_add_char(out, '\n');
        }
    }
    receipt_layout_clear(&l);
}
