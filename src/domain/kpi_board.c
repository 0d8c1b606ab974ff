#include "chotdon/kpi.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/commission.h"
#include "chotdon/setting.h"
#include "domain/kpi_people.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define NOBODY "(không có)" /* the same in every language: files carry it */

struct job {
    struct shop *shop;
    struct kpi_board *board;
    struct kpi_set now, before, shop_set; /* this month, the one before, the shop's deliveries */
    struct kpi_entries entries;
    struct scorecards cards;
    bool sees_all; /* margin and commission of others */
    char today[DATE_SIZE];
};

void kpi_board_clear(struct kpi_board *board) {
    free(board->rows);
    intern_free(board->texts);
    *board = (struct kpi_board){0};
}

static enum err_code check(const struct kpi_filter *f, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    if (!month_is_valid(f->month)) {
        return err_set_field(e, ERR_INVALID, "month", _("“%s” is no month; write it like 2026-10"),
                             err_clip(f->month, clip));
    }
    if (f->as_of[0] != '\0' && !date_is_valid(f->as_of)) {
        return err_set_field(e, ERR_INVALID, "as-of", _("“%s” is no date"), err_clip(f->as_of, clip));
    }
    return ERR_OK;
}

static struct kpi_request request(const struct job *j, enum target_scope scope, unsigned metrics) {
    const struct kpi_filter *f = &j->board->filter;
    return (struct kpi_request){.scope = scope,
                                .month = f->month,
                                .as_of = f->as_of[0] == '\0' ? NULL : f->as_of,
                                .today = j->today,
                                .metrics = metrics};
}

/* What is wanted beyond sales and deals: metrics on a scorecard of which there are targets. */
static unsigned wanted_metrics(const struct job *j) {
    unsigned wanted = 0;
    for (int m = METRIC_INTERACTIONS; m < METRIC_COUNT; m++) {
        wanted |= j->entries.wanted[m] ? 1u << m : 0;
    }
    return wanted;
}

static enum err_code load_month_before(struct job *j, struct err *e) {
    char month[MONTH_SIZE];
    struct kpi_request r = request(j, j->board->filter.by, 1u << METRIC_REVENUE); /* for the ranks */
    month_add(r.month, -1, month);
    r.month = month;
    return kpi_load(j->shop->db, &r, &j->before, e);
}

static enum err_code load(struct job *j, struct err *e) {
    struct db *db = j->shop->db;
    enum target_scope by = j->board->filter.by;
    struct kpi_request r = request(j, by, KPI_SALES | 1u << METRIC_DEALS_WON);
    enum err_code rc = kpi_load(db, &r, &j->now, e);
    if (rc == ERR_OK) {
        rc = kpi_entries_load(db, by, r.month, &j->now, &j->entries, e);
    }
    if (rc == ERR_OK && by == SCOPE_REP) {
        r.metrics = wanted_metrics(j);
        rc = scorecards_load(db, &j->cards, e);
        rc = rc == ERR_OK && r.metrics != 0 ? kpi_load(db, &r, &j->now, e) : rc;
        r = request(j, SCOPE_SHOP, r.metrics & (1u << METRIC_RETURN_RATE | 1u << METRIC_ON_TIME));
        rc = rc == ERR_OK && r.metrics != 0 ? kpi_load(db, &r, &j->shop_set, e) : rc;
    }
    j->sees_all = shop_may(j->shop, PERMIT_SEE_COMMISSION);
    j->before.places = j->now.places; /* provinces have the same numbers in both, products the same group */
    j->before.groups = j->now.groups;
    return rc == ERR_OK ? load_month_before(j, e) : rc;
}

static bool is_listed(const struct job *j, const struct kpi_entry *p, const struct kpi_set *set, const char *month) {
    const struct kpi_figures *f = kpi_set_find(set, p->ref);
    bool sold = f != NULL && (f->revenue != 0 || f->net != 0 || f->cost != 0 || f->orders != 0 || f->deals_won != 0);
    if (p->ref == 0 && j->board->filter.by != SCOPE_SHOP) {
        return sold;
    }
    if (j->board->filter.by != SCOPE_REP) {
        return true;
    }
    return sold || (kpi_is_rep(p) && kpi_is_employed(p, month));
}

static bool has_target(const struct kpi_entry *p) {
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (p->has[m]) {
            return true;
        }
    }
    return false;
}

static void score(const struct job *j, const struct kpi_entry *p, const struct kpi_figures *f, struct kpi_row *row) {
    struct attainment a[METRIC_COUNT] = {0};
    const struct scorecard *card = scorecards_of(&j->cards, p->role);
    bool warehouse = strcmp(p->role, "warehouse") == 0;
    for (int m = 0; m < METRIC_COUNT; m++) {
        bool of_shop = warehouse && kpi_metric_unit((enum kpi_metric)m) == UNIT_RATE;
        if (p->has[m] && card->weights[m] != 0) {
            a[m] = kpi_attain(of_shop ? kpi_set_find(&j->shop_set, 0) : f, (enum kpi_metric)m, p->target[m]);
        }
    }
    row->has_score = kpi_score_tenths(a, card->weights, METRIC_COUNT, &row->score_tenths);
}

static void fill_row(const struct job *j, const struct kpi_entry *p, struct kpi_row *row) {
    static const struct kpi_figures nothing = {0};
    enum target_scope by = j->board->filter.by;
    const struct kpi_figures *f = kpi_set_find(&j->now, p->ref);
    f = f == NULL ? &nothing : f;
    *row = (struct kpi_row){.ref = p->ref,
                            .code = p->code,
                            .name = p->name,
                            .team = p->team,
                            .role = p->role,
                            .revenue = f->revenue,
                            .net_revenue = f->net,
                            .orders = f->orders,
                            .new_customers = f->new_customers,
                            .margin = f->net - f->cost,
                            .has_deals = by <= SCOPE_REP,
                            .deals_won = f->deals_won,
                            .has_target = p->has[METRIC_REVENUE],
                            .target = p->target[METRIC_REVENUE]};
    row->shows_private = j->sees_all || (by == SCOPE_REP && shop_is_self(j->shop, p->ref));
    if (row->has_target) {
        row->attainment = kpi_attain(f, METRIC_REVENUE, row->target);
    }
    if (by == SCOPE_REP && p->ref != 0) {
        score(j, p, f, row);
    }
    if (p->ref == 0 && by != SCOPE_SHOP) {
        row->name = NOBODY;
    }
}

static enum err_code add_up(struct kpi_row *total, const struct kpi_row *row, struct err *e) {
    total->orders += row->orders;
    total->deals_won += row->deals_won;
    total->new_customers += row->new_customers;
    if (!money_add(total->revenue, row->revenue, &total->revenue) ||
        !money_add(total->net_revenue, row->net_revenue, &total->net_revenue) ||
        !money_add(total->margin, row->margin, &total->margin)) {
        return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    return ERR_OK;
}

/* --- ranks */

static int by_revenue(const void *a, const void *b) {
    const struct kpi_row *x = a, *y = b;
    if ((x->ref == 0) != (y->ref == 0)) {
        return x->ref == 0 ? 1 : -1;
    }
    if (x->revenue != y->revenue) {
        return x->revenue > y->revenue ? -1 : 1;
    }
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->code, y->code);
}

static void rank_rows(struct kpi_board *board) {
    int place = 0;
    for (size_t i = 0; i < board->count; i++) {
        struct kpi_row *row = &board->rows[i];
        if (row->ref == 0) {
            continue;
        }
        place++;
        row->rank = i > 0 && board->rows[i - 1].revenue == row->revenue ? board->rows[i - 1].rank : place;
    }
}

static int down(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

/* What everyone and everything had that was ranked in the month before; *sold: somebody did sell in it. */
static size_t revenues_before(const struct job *j, const char *month, int64_t *revenue, bool *sold) {
    size_t count = 0;
    if (j->board->filter.by > SCOPE_REP) {
        for (size_t i = 0; i < j->before.refs.count; i++) {
            if (j->before.rows[i].ref != 0) {
                revenue[count++] = j->before.rows[i].revenue;
            }
        }
        *sold = count > 0;
        return count;
    }
    for (size_t i = 0; i < j->entries.refs.count; i++) {
        const struct kpi_entry *p = &j->entries.rows[i];
        const struct kpi_figures *f = kpi_set_find(&j->before, p->ref);
        if (p->ref != 0 && is_listed(j, p, &j->before, month)) {
            revenue[count++] = f == NULL ? 0 : f->revenue;
            *sold = *sold || f != NULL;
        }
    }
    return count;
}

static bool was_listed(const struct job *j, const struct kpi_row *row, const struct kpi_figures *f, const char *month) {
    if (j->board->filter.by > SCOPE_REP) {
        return f != NULL;
    }
    size_t at = key_map_find(&j->entries.refs, (struct key){row->ref, 0, 0});
    return is_listed(j, &j->entries.rows[at], &j->before, month);
}

/* A rank is one more than how many had more; the month before has one only when somebody sold in it. */
static void rank_before(struct job *j) {
    struct kpi_board *board = j->board;
    char month[MONTH_SIZE];
    bool sold = false;
    int64_t *revenue = mem_array(j->entries.refs.count + j->before.refs.count, sizeof *revenue);
    month_add(board->filter.month, -1, month);
    size_t count = revenues_before(j, month, revenue, &sold);
    qsort(revenue, count, sizeof *revenue, down);
    for (size_t i = 0; i < board->count && sold; i++) {
        struct kpi_row *row = &board->rows[i];
        const struct kpi_figures *f = kpi_set_find(&j->before, row->ref);
        int64_t own = f == NULL ? 0 : f->revenue;
        size_t ahead = 0;
        for (size_t end = count; ahead < end;) {
            size_t middle = ahead + (end - ahead) / 2;
            ahead = revenue[middle] > own ? middle + 1 : ahead;
            end = revenue[middle] > own ? end : middle;
        }
        row->previous_rank = row->ref != 0 && was_listed(j, row, f, month) ? (int)ahead + 1 : 0;
    }
    free(revenue);
}

/* Teams and people that only the month before has still count in its ranks. */
static void note_gone(struct job *j) {
    for (size_t i = 0; i < j->before.refs.count && j->board->filter.by <= SCOPE_REP; i++) {
        if (key_map_find(&j->entries.refs, j->before.refs.keys[i]) == KEY_NONE) {
            struct kpi_entries *all = &j->entries;
            size_t at = key_map_add(&all->refs, j->before.refs.keys[i]);
            all->rows = mem_grow(all->rows, at, &all->capacity, sizeof *all->rows);
            all->rows[at] = (struct kpi_entry){
                .ref = j->before.rows[i].ref, .code = "", .name = "", .team = "", .role = "", .start = "", .end = ""};
        }
    }
}

static enum err_code make_rows(struct job *j, struct err *e) {
    struct kpi_board *board = j->board;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < j->entries.refs.count && rc == ERR_OK; i++) {
        const struct kpi_entry *p = &j->entries.rows[i];
        if (is_listed(j, p, &j->now, board->filter.month) || (p->ref != 0 && has_target(p))) {
            board->rows = mem_grow(board->rows, board->count, &board->capacity, sizeof *board->rows);
            fill_row(j, p, &board->rows[board->count]);
            rc = add_up(&board->total, &board->rows[board->count++], e);
        }
    }
    if (board->count > 1) {
        qsort(board->rows, board->count, sizeof *board->rows, by_revenue);
    }
    return rc;
}

/* --- commission: what is kept of the month, or what a run would make of it */

static enum err_code put_commission(struct kpi_board *board, int64_t staff_id, int64_t total) {
    for (size_t i = 0; i < board->count; i++) {
        if (board->rows[i].ref == staff_id) {
            board->rows[i].has_commission = true;
            board->rows[i].commission = total;
        }
    }
    return ERR_OK;
}

static enum err_code take_kept(void *ctx, int64_t staff_id, int64_t total, struct err *e) {
    (void)e;
    return put_commission(ctx, staff_id, total);
}

static enum err_code take_computed(void *ctx, const struct commission_row *r, struct err *e) {
    (void)e;
    return put_commission(ctx, r->staff_id, r->total);
}

static enum err_code load_commission(struct job *j, struct err *e) {
    struct kpi_board *board = j->board;
    struct err ignored = ERR_INIT;
    if (board->filter.by != SCOPE_REP || board->filter.as_of[0] != '\0') {
        return ERR_OK;
    }
    enum err_code rc = commission_income(j->shop, board->filter.month, take_kept, board, e);
    bool kept = false;
    for (size_t i = 0; i < board->count; i++) {
        kept = kept || board->rows[i].has_commission;
    }
    if (rc == ERR_OK && !kept && board->filter.commission_now) {
        /* without a plan there is none */
        (void)commission_list(j->shop, board->filter.month, take_computed, board, &ignored);
    }
    return rc;
}

static enum err_code load_all(struct db *db, void *ctx, struct err *e) {
    (void)db;
    return load(ctx, e);
}

enum err_code kpi_board_load(struct shop *shop, const struct kpi_filter *filter, struct kpi_board *out, struct err *e) {
    *out = (struct kpi_board){.filter = *filter, .texts = intern_new()};
    struct job j = {.shop = shop, .board = out, .entries.texts = out->texts};
    enum err_code rc = check(filter, e);
    shop_today(shop, j.today);
    out->total = (struct kpi_row){.code = "", .name = _("total"), .team = "", .role = ""};
    if (rc == ERR_OK) {
        rc = db_read(shop->db, load_all, &j, e);
    }
    if (rc == ERR_OK) {
        rc = make_rows(&j, e);
    }
    if (rc == ERR_OK) {
        rc = load_commission(&j, e);
    }
    if (rc == ERR_OK) {
        out->total.shows_private = j.sees_all;
        note_gone(&j);
        rank_rows(out);
        rank_before(&j);
    }
    j.before.places = NULL;
    j.before.groups = NULL;
    kpi_set_clear(&j.now);
    kpi_set_clear(&j.before);
    kpi_set_clear(&j.shop_set);
    kpi_entries_clear(&j.entries);
    return rc;
}
