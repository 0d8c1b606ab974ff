/* The four health findings (DOMAIN 6). They need no plan; what a plan pays counts as income once it is known. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/commission.h"
#include "domain/kpi_people.h"
#include "domain/shop_internal.h"

enum { MONTHS = 3, MISSED = 70, REACHED = 100, SPREAD = 3, INCOME_LEAST = 3, INCOME_MOST = 5 };

/* One scope in this month and, where somebody's targets may be wrong, in the two before; targets and names of each
 * month. */
struct scope_months {
    enum target_scope scope;
    struct kpi_set sets[MONTHS];
    struct kpi_entries entries[MONTHS];
};

struct health {
    struct shop *shop;
    const char *month;
    bool running; /* the month is not over */
    struct intern *texts;
    struct scope_months of_shop, teams, reps;
    struct kpi_set commission; /* revenue stands for what was paid */
    kpi_finding_fn *fn;
    void *ctx;
};

static void clear_scope(struct scope_months *s) {
    for (int i = 0; i < MONTHS; i++) {
        kpi_set_clear(&s->sets[i]);
        kpi_entries_clear(&s->entries[i]);
    }
}

static int64_t revenue_of(const struct scope_months *s, int month, int64_t ref) {
    const struct kpi_figures *f = kpi_set_find(&s->sets[month], ref);
    return f == NULL ? 0 : f->revenue;
}

static struct attainment attained(const struct scope_months *s, int month, int64_t ref) {
    size_t at = key_map_find(&s->entries[month].refs, (struct key){ref, 0, 0});
    if (at == KEY_NONE || !s->entries[month].rows[at].has[METRIC_REVENUE]) {
        return (struct attainment){0};
    }
    return kpi_attain(kpi_set_find(&s->sets[month], ref), METRIC_REVENUE,
                      s->entries[month].rows[at].target[METRIC_REVENUE]);
}

/* Whoever neither reached the target in this month nor missed it has none that was wrong in three. */
static bool looks_back(const struct scope_months *s) {
    bool any = false;
    for (size_t i = 0; i < s->entries[0].refs.count && !any && s->scope != SCOPE_SHOP; i++) {
        struct attainment a = attained(s, 0, s->entries[0].rows[i].ref);
        any = attainment_reaches(&a, REACHED) || attainment_misses(&a, MISSED);
    }
    return any;
}

static enum err_code load_scope(struct health *h, struct scope_months *s, enum target_scope scope, struct err *e) {
    char today[DATE_SIZE];
    enum err_code rc = ERR_OK;
    s->scope = scope;
    shop_today(h->shop, today);
    for (int i = 0; i < MONTHS && rc == ERR_OK && (i != 1 || looks_back(s)); i++) {
        char month[MONTH_SIZE];
        month_add(h->month, -i, month);
        const struct kpi_request r = {.scope = scope, .month = month, .today = today, .metrics = KPI_SALES};
        s->entries[i].texts = h->texts;
        rc = kpi_load(h->shop->db, &r, &s->sets[i], e);
        if (rc == ERR_OK) {
            rc = kpi_entries_load(h->shop->db, scope, month, &s->sets[i], &s->entries[i], e);
        }
    }
    return rc;
}

static enum err_code tell(struct health *h, int rule, enum target_scope scope, const struct kpi_entry *p,
                          struct buf *detail, struct err *e) {
    const struct kpi_finding f = {rule, scope, p->code, p->name, buf_str(detail)};
    enum err_code rc = h->fn(h->ctx, &f, e);
    buf_clear(detail);
    return rc;
}

static void add_money(const struct health *h, struct buf *b, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    buf_add(b, money_format(amount, shop_currency(h->shop), true, text));
}

/* "87,4%" */
static void add_percent(struct buf *b, const struct attainment *a) {
    int64_t tenths = attainment_tenths(a);
    int64_t size = tenths < 0 ? -tenths : tenths;
    buf_addf(b, "%s%lld,%lld%%", tenths < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
}

/* Entries by code, so that findings come in the same order every time. */
static int by_code(const void *a, const void *b) {
    const struct kpi_entry *const *x = a;
    const struct kpi_entry *const *y = b;
    return strcmp((*x)->code, (*y)->code);
}

static const struct kpi_entry **sorted(const struct kpi_entries *all) {
    const struct kpi_entry **list = mem_array(all->refs.count + 1, sizeof(struct kpi_entry *));
    for (size_t i = 0; i < all->refs.count; i++) {
        list[i] = &all->rows[i];
    }
    if (all->refs.count > 1) {
        qsort(list, all->refs.count, sizeof(struct kpi_entry *), by_code);
    }
    return list;
}

typedef enum err_code look_fn(struct health *h, const struct scope_months *s, const struct kpi_entry *p, struct err *e);

static enum err_code look_at(struct health *h, const struct scope_months *s, look_fn *look, struct err *e) {
    const struct kpi_entry **list = sorted(&s->entries[0]);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < s->entries[0].refs.count && rc == ERR_OK; i++) {
        if (list[i]->ref != 0 || s->scope == SCOPE_SHOP) {
            rc = look(h, s, list[i], e);
        }
    }
    free(list);
    return rc;
}

static enum err_code look_missed(struct health *h, const struct scope_months *s, const struct kpi_entry *p,
                                 struct err *e) {
    struct attainment a = attained(s, 0, p->ref);
    struct buf b = BUF_INIT;
    if (!attainment_misses(&a, MISSED)) {
        return ERR_OK;
    }
    buf_add(&b, h->running ? _("so far ") : "");
    add_percent(&b, &a);
    buf_add(&b, _(" of the target: "));
    add_money(h, &b, revenue_of(s, 0, p->ref));
    buf_add(&b, " / ");
    add_money(h, &b, p->target[METRIC_REVENUE]);
    return tell(h, 1, s->scope, p, &b, e);
}

static enum err_code look_wrong_target(struct health *h, const struct scope_months *s, const struct kpi_entry *p,
                                       struct err *e) {
    int reached = 0, missed = 0;
    struct attainment a[MONTHS];
    for (int i = 0; i < MONTHS; i++) {
        a[i] = attained(s, i, p->ref);
        reached += attainment_reaches(&a[i], REACHED);
        missed += attainment_misses(&a[i], MISSED);
    }
    if (reached < MONTHS && missed < MONTHS) {
        return ERR_OK;
    }
    struct buf b = BUF_INIT;
    buf_add(&b, reached == MONTHS ? _("reached in each of three months, the target is too low: ")
                                  : _("missed in each of three months, the target is too high: "));
    for (int i = MONTHS - 1; i >= 0; i--) {
        add_percent(&b, &a[i]);
        buf_add(&b, i > 0 ? ", " : "");
    }
    return tell(h, 2, s->scope, p, &b, e);
}

static enum err_code look_spread(struct health *h, struct err *e) {
    const struct kpi_entry *best = NULL, *least = NULL;
    const struct kpi_entry **list = sorted(&h->reps.entries[0]);
    for (size_t i = 0; i < h->reps.entries[0].refs.count; i++) {
        const struct kpi_entry *p = list[i];
        if (p->ref == 0 || !kpi_is_rep(p) || !kpi_is_employed(p, h->month)) {
            continue;
        }
        int64_t own = revenue_of(&h->reps, 0, p->ref);
        if (best == NULL || own > revenue_of(&h->reps, 0, best->ref)) {
            best = p;
        }
        if (kpi_is_full_month(p, h->month) && (least == NULL || own < revenue_of(&h->reps, 0, least->ref))) {
            least = p;
        }
    }
    free(list);
    if (best == NULL || least == NULL) {
        return ERR_OK;
    }
    int64_t most = revenue_of(&h->reps, 0, best->ref), few = revenue_of(&h->reps, 0, least->ref);
    int64_t limit = 0;
    if (best == least || !money_scale(few, SPREAD, 1, &limit) || most <= limit) {
        return ERR_OK;
    }
    struct buf b = BUF_INIT;
    buf_addf(&b, "%s ", best->name);
    add_money(h, &b, most);
    buf_addf(&b, _(" is over 3 times %s (%s) "), least->name, least->code);
    add_money(h, &b, few);
    return tell(h, 3, SCOPE_REP, best, &b, e);
}

/* Where nothing is paid, any revenue is over five times that. */
static enum err_code look_income(struct health *h, const struct scope_months *s, const struct kpi_entry *p,
                                 struct err *e) {
    const struct kpi_figures *paid = kpi_set_find(&h->commission, p->ref);
    int64_t income = p->salary + (paid == NULL ? 0 : paid->revenue), least = 0, most = 0;
    int64_t revenue = revenue_of(s, 0, p->ref);
    if (!shop_may(h->shop, PERMIT_SEE_COMMISSION) && !shop_is_self(h->shop, p->ref)) {
        return ERR_OK; /* it would tell what somebody else earns */
    }
    if (!kpi_is_rep(p) || !kpi_is_employed(p, h->month) || income < 0 ||
        !money_scale(income, INCOME_LEAST, 1, &least) || !money_scale(income, INCOME_MOST, 1, &most) ||
        (revenue >= least && revenue <= most)) {
        return ERR_OK;
    }
    struct buf b = BUF_INIT;
    buf_add(&b, _("revenue "));
    add_money(h, &b, revenue);
    buf_add(&b, revenue < least ? _(" is under 3 times the income ") : _(" is over 5 times the income "));
    add_money(h, &b, income);
    return tell(h, 4, SCOPE_REP, p, &b, e);
}

static enum err_code take_commission(void *ctx, int64_t staff_id, int64_t total, struct err *e) {
    struct health *h = ctx;
    (void)e;
    kpi_set_at(&h->commission, staff_id)->revenue = total;
    return ERR_OK;
}

static enum err_code load_all(struct db *db, void *ctx, struct err *e) {
    struct health *h = ctx;
    (void)db;
    enum err_code rc = load_scope(h, &h->of_shop, SCOPE_SHOP, e);
    rc = rc == ERR_OK ? load_scope(h, &h->teams, SCOPE_TEAM, e) : rc;
    rc = rc == ERR_OK ? load_scope(h, &h->reps, SCOPE_REP, e) : rc;
    return rc == ERR_OK ? commission_income(h->shop, h->month, take_commission, h, e) : rc;
}

enum err_code kpi_health(struct shop *shop, const char *month, kpi_finding_fn *fn, void *ctx, struct err *e) {
    struct health h = {.shop = shop, .month = month, .texts = intern_new(), .fn = fn, .ctx = ctx};
    char today[DATE_SIZE], last[DATE_SIZE];
    const struct {
        const struct scope_months *scope;
        look_fn *look;
    } looks[] = {{&h.of_shop, look_missed},
                 {&h.teams, look_missed},
                 {&h.reps, look_wrong_target},
                 {&h.teams, look_wrong_target}};
    shop_today(shop, today);
    month_last_day(month, last);
    h.running = strcmp(today, last) <= 0;
    enum err_code rc = db_read(shop->db, load_all, &h, e);
    for (size_t i = 0; i < sizeof looks / sizeof *looks && rc == ERR_OK; i++) {
        rc = look_at(&h, looks[i].scope, looks[i].look, e);
    }
    rc = rc == ERR_OK ? look_spread(&h, e) : rc;
    rc = rc == ERR_OK ? look_at(&h, &h.reps, look_income, e) : rc;
    clear_scope(&h.of_shop);
    clear_scope(&h.teams);
    clear_scope(&h.reps);
    kpi_set_clear(&h.commission);
    intern_free(h.texts);
    return rc;
}
