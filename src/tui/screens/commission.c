#include "tui/screens/commission.h"
#include "tui/screens/short_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static const struct list_column columns[] = {
    {N_("Name"), 12, 26, 1, ALIGN_LEFT, false},        {N_("Base"), 11, 15, 2, ALIGN_RIGHT, false},
    {N_("Target"), 11, 15, 7, ALIGN_RIGHT, false},     {N_("Reached"), 7, 8, 4, ALIGN_RIGHT, false},
    {N_("By tiers"), 10, 13, 9, ALIGN_RIGHT, false},   {N_("Gate"), 5, 6, 8, ALIGN_RIGHT, false},
    {N_("After gate"), 10, 13, 3, ALIGN_RIGHT, false}, {N_("Team"), 9, 12, 5, ALIGN_RIGHT, false},
    {N_("Cap"), 9, 12, 10, ALIGN_RIGHT, false},        {N_("Bonuses"), 9, 12, 6, ALIGN_RIGHT, false},
    {N_("Adjustment"), 10, 12, 4, ALIGN_RIGHT, false}, {N_("Total"), 11, 14, 1, ALIGN_RIGHT, false},
};
enum {
    COLUMN_NAME,
    COLUMN_BASE,
    COLUMN_TARGET,
    COLUMN_REACHED,
    COLUMN_TIERS,
    COLUMN_GATE,
    COLUMN_GATED,
    COLUMN_TEAM,
    COLUMN_CAP,
    COLUMN_BONUSES,
    COLUMN_ADJUSTMENT,
    COLUMN_TOTAL
};

/* A zero says nothing where most are zero. */
static void add_money(const struct commission_state *s, struct buf *out, int64_t amount, bool show_zero) {
    char text[MONEY_TEXT_MAX];
    if (amount != 0 || show_zero) {
        buf_add(out, money_format(amount, &s->currency, false, text));
    }
}

static void add_reached(const struct commission_row *r, struct buf *out, enum style *style) {
    if (r->has_attainment) {
        buf_addf(out, "%lld,%lld%%", (long long)(r->attainment_tenths / 10),
                 (long long)(r->attainment_tenths % 10 < 0 ? -(r->attainment_tenths % 10) : r->attainment_tenths % 10));
        *style = r->attainment_tenths >= 1000 ? STYLE_GOOD : r->attainment_tenths >= 700 ? STYLE_NORMAL : STYLE_WARN;
    }
}

static void add_figure(const struct commission_state *s, const struct commission_row *r, int column, struct buf *out,
                       enum style *style) {
    char rate[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_BASE:
        add_money(s, out, r->base, true);
        break;
    case COLUMN_TARGET:
        add_money(s, out, r->target, false);
        break;
    case COLUMN_REACHED:
        add_reached(r, out, style);
        break;
    case COLUMN_TIERS:
        add_money(s, out, r->tier_commission, true);
        break;
    case COLUMN_GATE:
        buf_addf(out, "%s%%", rate_show(r->gate_bps, rate));
        break;
    case COLUMN_GATED:
        add_money(s, out, r->gated_commission, true);
        break;
    case COLUMN_TEAM:
        add_money(s, out, r->override, false);
        break;
    case COLUMN_CAP:
        add_money(s, out, r->cap_cut, false);
        break;
    case COLUMN_BONUSES:
        add_money(s, out, r->bonus_first_order + r->bonus_top, false);
        break;
    case COLUMN_ADJUSTMENT:
        add_money(s, out, r->adjustment, false);
        *style = r->adjustment < 0 ? STYLE_WARN : *style;
        break;
    default:
        add_money(s, out, r->total, true);
        *style = STYLE_STRONG;
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct commission_state *s = ctx;
    if (column == COLUMN_NAME) {
        buf_addf(out, "%s (%s)", s->rows[row].name, s->rows[row].rep);
    } else {
        add_figure(s, &s->rows[row], column, out, style);
    }
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct commission_state *s = ctx;
    enum style style = STYLE_TOTAL;
    if (column == COLUMN_NAME) {
        buf_addf(out, _("%zu people"), s->count);
    } else if (column != COLUMN_GATE && column != COLUMN_REACHED) {
        add_figure(s, &s->total, column, out, &style);
    }
}

static struct list_source source_of(const struct commission_state *s) {
    return (struct list_source){
        .columns = columns,
        .column_count = sizeof columns / sizeof *columns,
        .ctx = s,
        .cell = cell,
        .total = total,
        .empty = s->info.plan == NULL || s->info.plan[0] == '\0'
                     ? _("No plan covers this month: m shows the plans and makes one; ← → show other months")
                     : _("Nobody sold anything in this month; ← → show others"),
    };
}

const struct commission_row *commission_current(const struct commission_state *s) {
    return s->list.cursor < s->count ? &s->rows[s->list.cursor] : NULL;
}

static void clear_rows(struct commission_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        free((char *)s->rows[i].rep);
        free((char *)s->rows[i].name);
    }
    s->count = 0;
    s->total = (struct commission_row){0};
}

static enum err_code keep_row(void *ctx, const struct commission_row *r, struct err *e) {
    struct commission_state *s = ctx;
    struct commission_row *t = &s->total;
    (void)e;
    s->rows = mem_grow(s->rows, s->count, &s->capacity, sizeof *s->rows);
    s->rows[s->count] = *r;
    s->rows[s->count].rep = mem_strdup(r->rep);
    s->rows[s->count].name = mem_strdup(r->name);
    s->count++;
    t->base += r->base;
    t->target += r->target;
    t->tier_commission += r->tier_commission;
    t->gated_commission += r->gated_commission;
    t->override += r->override;
    t->cap_cut += r->cap_cut;
    t->bonus_first_order += r->bonus_first_order;
    t->bonus_top += r->bonus_top;
    t->adjustment += r->adjustment;
    t->total += r->total;
    return ERR_OK;
}

static enum err_code count_dispute(void *ctx, const struct commission_dispute_row *d, struct err *e) {
    struct commission_state *s = ctx;
    (void)d;
    (void)e;
    s->disputes++;
    return ERR_OK;
}

static enum err_code load_month(struct app *app, struct commission_state *s, struct err *e) {
    struct commission_rights rights;
    struct commission_month info;
    enum err_code rc = commission_month_get(app_shop(app), s->month, &info, e);
    if (rc == ERR_OK) {
        commission_month_clear(&s->info);
        s->info = info;
        rc = commission_rights(app_shop(app), &rights, e);
    }
    clear_rows(s);
    s->disputes = 0;
    if (rc == ERR_OK) {
        s->sees_all = rights.all;
        rc = commission_disputes(app_shop(app), s->month, true, count_dispute, s, e);
    }
    if (rc == ERR_OK && s->info.plan[0] != '\0') {
        rc = commission_list(app_shop(app), s->month, keep_row, s, e);
    }
    list_loaded(&s->list, 0, s->count, s->count);
    return rc;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct commission_state *s = state;
    int width = 0, height = 0;
    bool moved = s->moved;
    s->moved = false;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - 1);
    s->list.has_total = true;
    s->currency = *shop_currency(app_shop(app));
    return moved ? ERR_OK : load_month(app, s, e);
}

/* The month that is to be closed: the last one that is over, unless it is locked already. */
static void choose_month(struct app *app, struct commission_state *s) {
    struct commission_month before;
    char now[MONTH_SIZE];
    snprintf(now, sizeof now, "%.7s", app_now(app));
    month_add(now, -1, s->month);
    if (commission_month_get(app_shop(app), s->month, &before, NULL) == ERR_OK) {
        bool done = before.status >= COMMISSION_LOCKED || before.plan[0] == '\0';
        memcpy(s->month, done ? now : s->month, MONTH_SIZE);
        commission_month_clear(&before);
    }
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct commission_state *s = state;
    if (argument != NULL && month_is_valid(argument)) {
        memcpy(s->month, argument, MONTH_SIZE);
    } else if (!s->opened) {
        choose_month(app, s);
    }
    s->opened = true;
    s->moved = false;
}

static unsigned change_month(struct commission_state *s, int step) {
    month_add(s->month, step, s->month);
    s->list.cursor = 0;
    s->list.top = 0;
    return SCREEN_RELOAD;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct commission_state *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= 1;
    switch (action) {
    case ACTION_LIST_LEFT:
        return change_month(s, -1);
    case ACTION_LIST_RIGHT:
        return change_month(s, 1);
    case ACTION_LIST_FILTER: /* a month has few rows, by code */
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
    return commission_act(app, s, action);
}

/* What comes next for this month, in one line. */
static void paint_next(const struct commission_state *s, struct canvas *c) {
    static const char *const steps[] = {
        N_("Open: as it stands now. F5 computes and keeps it"),
        N_("Computed: F5 again is free; F8 locks it"),
        N_("Locked: final. F9 exports it for accounting, p marks it as paid"),
        N_("Paid"),
    };
    static const enum style styles[] = {STYLE_WARN, STYLE_NORMAL, STYLE_GOOD, STYLE_GOOD};
    const char *step = s->info.plan != NULL && s->info.plan[0] == '\0' ? ""
                       : !s->sees_all ? _("One's own figures; d doubts a row, i writes the statement to a file")
                                      : _(steps[s->info.status]);
    int used = canvas_text(c, 1, 0, c->width - 2, styles[s->info.status], step);
    if (s->disputes > 0) {
        canvas_textf(c, used + 4, 0, c->width - used - 5, STYLE_WARN, _("! %lld disputes are open: a answers"),
                     (long long)s->disputes);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct commission_state *s = state;
    struct list_source source = source_of(s);
    struct canvas body = canvas_view(c, 0, 1, c->width, c->height - 1);
    (void)app;
    paint_next(s, c);
    list_paint(&s->list, &source, &body, true);
}

static void title_more(const void *state, struct buf *out) {
    const struct commission_state *s = state;
    buf_addf(out, "%.2s/%.4s · %s", s->month + 5, s->month, commission_status_label(s->info.status));
    if (s->info.plan != NULL && s->info.plan[0] != '\0') {
        buf_addf(out, " · %s@%d %s", s->info.plan, s->info.version, plan_mode_label(s->info.mode));
    }
}

static void clear(void *state) {
    struct commission_state *s = state;
    clear_rows(s);
    free(s->rows);
    free(s->dispute_ids);
    plan_try_clear(&s->trying);
    plan_import_clear(&s->importing);
    commission_month_clear(&s->info);
    list_clear(&s->list);
    export_job_clear(&s->export);
}

const struct screen_ops screen_commission = {
    .name = "commission",
    .title = N_("Commission"),
    .context = CONTEXT_COMMISSION,
    .state_size = sizeof(struct commission_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = short_list_focus,
    .clear = clear,
};
