#include "tui/screens/cash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/cash_lines.h"
#include "tui/figure.h"
#include "tui/screens/short_list.h"

enum { STATE_ROWS = 9 }; /* over the list */

static const struct list_column columns[] = {
    {N_("Opened"), 16, 16, 1, ALIGN_LEFT, false},      {N_("Closed"), 7, 16, 4, ALIGN_LEFT, false},
    {N_("By"), 6, 12, 6, ALIGN_LEFT, false},           {N_("Opening"), 10, 14, 5, ALIGN_RIGHT, false},
    {N_("Expected"), 11, 14, 2, ALIGN_RIGHT, false},   {N_("Counted"), 11, 14, 3, ALIGN_RIGHT, false},
    {N_("Difference"), 10, 14, 1, ALIGN_RIGHT, false},
};
enum { COLUMN_OPENED, COLUMN_CLOSED, COLUMN_BY, COLUMN_OPENING, COLUMN_EXPECTED, COLUMN_COUNTED, COLUMN_DIFFERENCE };

static void add_time(struct buf *out, const char *at) {
    char day[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", at);
    buf_addf(out, "%s%.6s", date_format(day, day), strlen(at) > 10 ? at + 10 : "");
}

static void add_money(struct buf *out, const struct cash_state *s, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    buf_add(out, money_format(amount, &s->currency, false, text));
}

static void add_closed(struct buf *out, const struct cash_report *r, enum style *style) {
    if (!r->closed) {
        buf_add(out, _("open"));
        *style = STYLE_GOOD;
    } else if (strncmp(r->opened_at, r->closed_at, 10) == 0) {
        buf_addf(out, "%.5s", r->closed_at + 11); /* the day is the same */
    } else {
        add_time(out, r->closed_at);
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct cash_state *s = ctx;
    const struct cash_report *r = &s->shifts[row];
    switch (column) {
    case COLUMN_OPENED:
        add_time(out, r->opened_at);
        break;
    case COLUMN_CLOSED:
        add_closed(out, r, style);
        break;
    case COLUMN_BY:
        buf_add(out, r->opened_by);
        break;
    case COLUMN_OPENING:
        add_money(out, s, r->opening);
        break;
    case COLUMN_EXPECTED:
        add_money(out, s, r->expected);
        break;
    case COLUMN_COUNTED:
        if (r->closed) {
            add_money(out, s, r->counted);
        }
        break;
    default:
        if (r->closed && r->difference != 0) {
            buf_add(out, r->difference > 0 ? "+" : "");
            add_money(out, s, r->difference);
            *style = r->difference < 0 ? STYLE_ERROR : STYLE_WARN;
        } else if (r->closed) {
            buf_add(out, _("exact"));
            *style = STYLE_GOOD;
        }
    }
}

static struct list_source source_of(const struct cash_state *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No shifts in this month; left and right show others")};
}

const struct cash_report *cash_current(const struct cash_state *s) {
    return s->list.cursor < s->shift_count ? &s->shifts[s->list.cursor] : NULL;
}

void cash_report_copy(const struct cash_report *from, struct cash_report *to) {
    *to = *from;
    to->opened_at = mem_strdup(from->opened_at);
    to->opened_by = mem_strdup(from->opened_by);
    to->closed_at = mem_strdup(from->closed_at);
    to->closed_by = mem_strdup(from->closed_by);
    to->note = mem_strdup(from->note);
    to->counts = mem_array(from->count_count, sizeof *to->counts);
    if (from->count_count > 0) {
        memcpy(to->counts, from->counts, from->count_count * sizeof *to->counts);
    }
}

static void clear_shifts(struct cash_state *s) {
    for (size_t i = 0; i < s->shift_count; i++) {
        cash_report_clear(&s->shifts[i]);
    }
    s->shift_count = 0;
}

static enum err_code keep_shift(void *ctx, const struct cash_report *r, struct err *e) {
    struct cash_state *s = ctx;
    (void)e;
    s->shifts = mem_grow(s->shifts, s->shift_count, &s->shift_cap, sizeof *s->shifts);
    memmove(s->shifts + 1, s->shifts, s->shift_count * sizeof *s->shifts);
    cash_report_copy(r, &s->shifts[0]);
    s->shift_count++;
    return ERR_OK;
}

static enum err_code load_shifts(struct app *app, struct cash_state *s, struct err *e) {
    char first[DATE_SIZE];
    char last[DATE_SIZE];
    month_first_day(s->month, first);
    month_last_day(s->month, last);
    clear_shifts(s);
    enum err_code rc = cash_list(app_shop(app), first, last, keep_shift, s, e);
    list_loaded(&s->list, 0, s->shift_count, s->shift_count);
    return rc;
}

static enum err_code load_now(struct app *app, struct cash_state *s, struct err *e) {
    struct cash_report r = {0};
    int64_t id = 0;
    char today[DATE_SIZE];
    shop_today(app_shop(app), today);
    enum err_code rc = cash_shift_open(app_shop(app), &id, e);
    if (rc == ERR_OK) {
        rc = cash_report(app_shop(app), id == 0 ? today : NULL, &r, e);
    }
    if (rc == ERR_OK) {
        cash_report_clear(&s->now);
        s->now = r;
        s->is_open = id != 0;
    }
    return rc;
}

static void add_card_line(void *ctx, const char *label, const char *value) {
    card_row(ctx, STYLE_NORMAL, label, value);
}

void cash_report_card(const struct cash_report *r, const struct currency *currency, struct card *card) {
    cash_lines(r, currency, false, add_card_line, card);
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct cash_state *s = state;
    int width = 0;
    int height = 0;
    bool moved = s->moved;
    s->moved = false;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - STATE_ROWS);
    s->currency = *shop_currency(app_shop(app));
    enum err_code rc = moved ? ERR_OK : load_now(app, s, e);
    if (rc == ERR_OK && !moved) {
        rc = load_shifts(app, s, e);
    }
    card_reset(&s->card);
    if (rc == ERR_OK && width >= CARD_FROM_WIDTH && cash_current(s) != NULL) {
        cash_report_card(cash_current(s), &s->currency, &s->card);
    }
    return rc;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct cash_state *s = state;
    (void)argument;
    if (!s->opened) {
        s->opened = true;
        snprintf(s->month, sizeof s->month, "%.7s", app_now(app));
    }
    s->moved = false;
}

static unsigned change_month(struct cash_state *s, int step) {
    month_add(s->month, step, s->month);
    s->list.cursor = 0;
    s->list.top = 0;
    return SCREEN_RELOAD;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct cash_state *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= STATE_ROWS;
    switch (action) {
    case ACTION_LIST_LEFT:
        return change_month(s, -1);
    case ACTION_LIST_RIGHT:
        return change_month(s, 1);
    case ACTION_LIST_FILTER: /* a month has few rows, in time's order */
    case ACTION_LIST_SORT:
    case ACTION_LIST_REVERSE:
        return SCREEN_REDRAW;
    default:
        break;
    }
    if (list_handle(&s->list, &source, action, &k) != LIST_IGNORED) {
        s->moved = true;
        return SCREEN_RELOAD;
    }
    return cash_act(app, s, action);
}

static void figure(const struct cash_state *s, struct canvas *c, int x, int y, const char *label, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    int width = c->width < 76 ? 34 : 36;
    enum style style = amount == 0 ? STYLE_DIM : STYLE_NORMAL;
    int used = canvas_text_right(c, x, y, width, style, money_format(amount, &s->currency, true, text));
    canvas_text(c, x, y, width - used - 1, style, label);
}

static void paint_headline(const struct cash_state *s, struct canvas *c) {
    struct buf text = BUF_INIT;
    if (s->is_open) {
        add_time(&text, s->now.opened_at);
        canvas_textf(c, 1, 0, c->width - 2, STYLE_GOOD, _("● Shift %lld is open since %s %s"),
                     (long long)s->now.shift_id, buf_str(&text), s->now.opened_by);
    } else {
        canvas_text(c, 1, 0, c->width - 2, STYLE_WARN, _("○ No shift is open; n opens one. Cash of today:"));
    }
    buf_clear(&text);
}

static void paint_state(const struct cash_state *s, struct canvas *c) {
    const struct cash_report *r = &s->now;
    int right = c->width < 76 ? 37 : 41;
    char text[MONEY_TEXT_MAX];
    paint_headline(s, c);
    figure(s, c, 1, 1, _("Opening"), r->opening);
    figure(s, c, 1, 2, _("+ cash sales"), r->sales);
    figure(s, c, 1, 3, _("− cash refunds"), r->refunds);
    figure(s, c, 1, 4, _("+ cash in"), r->cash_in);
    figure(s, c, 1, 5, _("− cash out"), r->cash_out);
    int width = c->width < 76 ? 34 : 36;
    canvas_fill(c, 1, 6, width, 1, STYLE_AMOUNT);
    int used = canvas_text_right(c, 1, 6, width, STYLE_AMOUNT, money_format(r->expected, &s->currency, true, text));
    canvas_text(c, 1, 6, width - used - 1, STYLE_AMOUNT, _("In the drawer"));
    figure(s, c, right, 1, _("Transfers"), r->transfers);
    figure(s, c, right, 2, _("Cards"), r->cards);
    figure(s, c, right, 3, _("E-wallets"), r->ewallets);
    figure(s, c, right, 4, _("Revenue"), r->revenue);
    canvas_textf(c, right, 5, c->width - right, STYLE_NORMAL, _("%lld orders, %lld returns"), (long long)r->orders,
                 (long long)r->returns);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct cash_state *s = state;
    struct list_source source = source_of(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    paint_state(s, c);
    canvas_line(c, 0, STATE_ROWS - 1, list_width, STYLE_BORDER);
    canvas_textf(c, 1, STATE_ROWS - 1, list_width - 1, STYLE_HEADER, _(" Shifts of %.2s/%.4s "), s->month + 5,
                 s->month);
    struct canvas body = canvas_view(c, 0, STATE_ROWS, list_width, c->height - STATE_ROWS);
    list_paint(&s->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, 0, CARD_WIDTH, c->height);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static void clear(void *state) {
    struct cash_state *s = state;
    clear_shifts(s);
    free(s->shifts);
    cash_report_clear(&s->now);
    cash_report_clear(&s->shown);
    card_clear(&s->card);
    cash_till_clear(&s->till);
    list_clear(&s->list);
    export_job_clear(&s->export);
}

const struct screen_ops screen_cash = {
    .name = "cash",
    .title = N_("Cash drawer"),
    .context = CONTEXT_CASH,
    .state_size = sizeof(struct cash_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
};
