#include "io/cash_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "chotdon/setting.h"
#include "io/receipt_print.h"

struct writer {
    const struct currency *currency;
    bool iso;
    cash_line_fn *line;
    void *ctx;
};

static void money_line(const struct writer *w, const char *label, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    w->line(w->ctx, label, money_format(amount, w->currency, true, text));
}

/* "21/11/2026 14:05" */
static void time_line(const struct writer *w, const char *label, const char *at) {
    char day[DATE_SIZE];
    char text[DATE_SIZE + 16];
    snprintf(day, sizeof day, "%.10s", at);
    snprintf(text, sizeof text, "%s%.6s", date_format(day, day), strlen(at) > 10 ? at + 10 : "");
    w->line(w->ctx, label, w->iso ? at : text);
}

static void staff_line(const struct writer *w, const char *code) {
    if (code[0] != '\0') {
        w->line(w->ctx, _("by"), code);
    }
}

static void count_lines(const struct writer *w, const struct cash_report *r) {
    char denomination[MONEY_TEXT_MAX], label[MONEY_TEXT_MAX + 32];
    for (size_t i = 0; i < r->count_count; i++) {
        money_format(r->counts[i].denomination, w->currency, false, denomination);
        snprintf(label, sizeof label, "  %s × %lld", denomination, (long long)r->counts[i].pieces);
        money_line(w, label, r->counts[i].denomination * r->counts[i].pieces);
    }
}

static void heading_lines(const struct writer *w, const struct cash_report *r) {
    char number[32];
    if (r->shift_id == 0) {
        time_line(w, _("Cash of the day"), r->opened_at);
        return;
    }
    snprintf(number, sizeof number, "%lld", (long long)r->shift_id);
    w->line(w->ctx, _("Cash shift"), number);
    time_line(w, _("Opened"), r->opened_at);
    staff_line(w, r->opened_by);
    if (r->closed) {
        time_line(w, _("Closed"), r->closed_at);
        staff_line(w, r->closed_by);
    }
}

void cash_lines(const struct cash_report *r, const struct currency *currency, bool iso, cash_line_fn *line, void *ctx) {
    const struct writer w = {currency, iso, line, ctx};
    char number[64];
    heading_lines(&w, r);
    money_line(&w, _("Opening"), r->opening);
    money_line(&w, _("+ cash sales"), r->sales);
    money_line(&w, _("− cash refunds"), r->refunds);
    money_line(&w, _("+ cash in"), r->cash_in);
    money_line(&w, _("− cash out"), r->cash_out);
    money_line(&w, _("Expected"), r->expected);
    if (r->closed) {
        money_line(&w, _("Counted"), r->counted);
        count_lines(&w, r);
        money_line(&w, _("Difference"), r->difference);
    }
    money_line(&w, _("Transfers"), r->transfers);
    money_line(&w, _("Cards"), r->cards);
    money_line(&w, _("E-wallets"), r->ewallets);
    snprintf(number, sizeof number, "%lld / %lld", (long long)r->orders, (long long)r->returns);
    line(ctx, _("Orders / returns"), number);
    money_line(&w, _("Revenue"), r->revenue);
    if (r->note[0] != '\0') {
        line(ctx, _("Note"), r->note);
    }
    if (r->audit_head[0] != '\0') {
        line(ctx, _("Audit log"), r->audit_head);
    }
}

struct paper {
    int width;
    struct buf *out;
};

static void paper_line(void *ctx, const char *label, const char *value) {
    const struct paper *p = ctx;
    char *shown = text_visible(value); /* a note may hold what would steer the printer */
    int pad = p->width - text_width(label) - text_width(shown);
    buf_addf(p->out, "%s%*s%s\n", label, pad < 1 ? 1 : pad, "", shown);
    free(shown);
}

void cash_text(const struct cash_report *r, const struct currency *currency, const char *heading, int width,
               struct buf *out) {
    struct paper p = {width, out};
    if (heading[0] != '\0') {
        buf_addf(out, "%s\n\n", heading);
    }
    cash_lines(r, currency, false, paper_line, &p);
}

enum err_code cash_print(const struct config *c, struct shop *shop, const struct cash_report *r, struct err *e) {
    struct buf text = BUF_INIT;
    cash_text(r, shop_currency(shop), setting_shop_name(shop), receipt_width_of(c), &text);
    enum err_code rc = receipt_print_text(c, buf_str(&text), e);
    buf_clear(&text);
    return rc;
}
