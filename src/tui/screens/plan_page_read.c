/* Texts from a plan and a plan from texts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/group.h"
#include "tui/screens/plan_card.h"
#include "tui/screens/plan_page.h"

enum { PERCENT_MAX = 10000000 }; /* plan_check knows the limits of each */

static const char *const bases[] = {N_("revenue"), N_("net revenue"), N_("margin"), NULL};
static const char *const modes[] = {N_("marginal: each slice its own rate"), N_("slab: all at the rate reached"), NULL};

// clang-format off
#define TERMS \
    {"base", N_("Base"), FORM_CHOICE, 0, false, bases, NULL}, \
    {"mode", N_("Mode"), FORM_CHOICE, 0, false, modes, NULL}, \
    {"cap", N_("Cap"), FORM_MONEY, 16, false, NULL, N_("a month and person; empty: none")}, \
    {"team_override_pct", N_("Team leader %"), FORM_RATE, 8, false, NULL, N_("of what the others in the team sold")}, \
    {"bonus_first_order", N_("First order"), FORM_MONEY, 16, false, NULL, N_("to whom the month's first sale is")}, \
    {"bonus_top_revenue", N_("Top seller"), FORM_MONEY, 16, false, NULL, N_("to the month's highest revenue")}

static const struct form_field plan_fields[] = {
    {"code", N_("Code"), FORM_TEXT, 16, true, NULL, NULL},
    {"name", N_("Name"), FORM_TEXT, 44, false, NULL, NULL},
    {"from", N_("From month"), FORM_TEXT, 10, true, NULL, N_("month/year")},
    {"to", N_("To month"), FORM_TEXT, 10, true, NULL, NULL},
    TERMS,
};
static const struct form_field version_fields[] = {
    {"from", N_("New version from"), FORM_TEXT, 10, true, NULL, N_("month; earlier ones keep the version before")},
    {"reason", N_("Reason"), FORM_TEXT, 44, true, NULL, NULL},
    {"name", N_("Name"), FORM_TEXT, 44, false, NULL, NULL},
    {"to", N_("To month"), FORM_TEXT, 10, true, NULL, NULL},
    TERMS,
};
static const struct grid_column columns[PAGE_GRIDS][GRID_COLUMNS] = {
    [PAGE_TIERS] = {{N_("Sales from"), FORM_MONEY, 15}, {"%", FORM_RATE, 6}},
    [PAGE_GATE] = {{N_("Reached %"), FORM_RATE, 10}, {N_("Pays %"), FORM_RATE, 8}},
    [PAGE_GROUPS] = {{N_("Product group"), FORM_TEXT, 0}, {"+ %", FORM_RATE, 6}},
};
// clang-format on
static const char *const grid_names[PAGE_GRIDS] = {"tiers", "gate", "groups"};

/* --- writing */

static void set_money(struct form *f, const char *name, int64_t amount) {
    if (amount != 0) {
        form_set_money(f, name, amount);
    }
}

static void start_form(struct plan_page *s, const struct plan *p) {
    char month[MONTH_SIZE + 1];
    form_free(s->form);
    s->form = s->version ? form_new(version_fields, sizeof version_fields / sizeof *version_fields, &s->currency)
                         : form_new(plan_fields, sizeof plan_fields / sizeof *plan_fields, &s->currency);
    if (!s->version) {
        form_set_text(s->form, "code", p->code);
        form_set_text(s->form, "from", plan_month(p->from, month));
    }
    form_set_text(s->form, "name", p->name);
    form_set_text(s->form, "to", plan_month(p->to, month));
    form_set_choice(s->form, "base", (int)p->base);
    form_set_choice(s->form, "mode", (int)p->mode);
    set_money(s->form, "cap", p->cap);
    set_money(s->form, "bonus_first_order", p->bonus_first_order);
    set_money(s->form, "bonus_top_revenue", p->bonus_top);
    if (p->override_bps != 0) {
        char rate[MONEY_TEXT_MAX];
        form_set_text(s->form, "team_override_pct", rate_show(p->override_bps, rate));
    }
}

void plan_page_start(struct plan_page *s, const struct plan *p, const struct currency *currency) {
    char first[MONEY_TEXT_MAX], second[MONEY_TEXT_MAX];
    s->currency = *currency;
    memcpy(s->from, p->from, MONTH_SIZE);
    start_form(s, p);
    for (int i = 0; i < PAGE_GRIDS; i++) {
        grid_start(&s->grids[i], columns[i], &s->currency);
    }
    for (size_t i = 0; i < p->tier_count; i++) {
        grid_add(&s->grids[PAGE_TIERS], money_format(p->tiers[i].from, &s->currency, false, first),
                 rate_show(p->tiers[i].rate_bps, second));
    }
    if (p->tier_count == 0) {
        grid_add(&s->grids[PAGE_TIERS], "0", ""); /* the first tier begins there, whatever its rate will be */
    }
    for (size_t i = 0; i < p->gate_count; i++) {
        grid_add(&s->grids[PAGE_GATE], rate_show(p->gates[i].at_bps, first), rate_show(p->gates[i].factor_bps, second));
    }
    for (size_t i = 0; i < p->group_count; i++) {
        grid_add(&s->grids[PAGE_GROUPS], p->groups[i].path, rate_show(p->groups[i].rate_bps, second));
    }
    s->part = 0;
    s->fault = (struct err)ERR_INIT;
}

bool plan_page_changed(const struct plan_page *s) {
    bool changed = s->form != NULL && form_changed(s->form);
    for (int i = 0; i < PAGE_GRIDS; i++) {
        changed = changed || s->grids[i].changed;
    }
    return changed;
}

/* --- reading */

static enum err_code read_month(const struct plan_page *s, const char *name, bool all, char out[MONTH_SIZE],
                                struct err *e) {
    struct err why = ERR_INIT;
    const char *text = form_text(s->form, name);
    out[0] = '\0';
    if (text[0] == '\0' && !all) {
        return ERR_OK;
    }
    enum err_code rc = month_parse(text, out, &why);
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, name, "%s", why.message);
}

/* A version's own month goes to `start`; its plan begins and is called as before. */
static enum err_code read_head(const struct plan_page *s, bool all, struct plan *out, struct err *e) {
    const char *name = form_text(s->form, "name");
    enum err_code rc = all ? form_check_required(s->form, e) : ERR_OK;
    out->code = mem_strdup(s->version ? s->code : form_text(s->form, "code"));
    out->name = mem_strdup(name[0] == '\0' ? out->code : name);
    out->reason = mem_strdup(s->version ? form_text(s->form, "reason") : "");
    out->base = (enum plan_base)form_choice(s->form, "base");
    out->mode = (enum plan_mode)form_choice(s->form, "mode");
    if (rc == ERR_OK) {
        rc = read_month(s, "from", all, s->version ? out->start : out->from, e);
    }
    if (rc == ERR_OK) {
        rc = read_month(s, "to", all, out->to, e);
    }
    memcpy(s->version ? out->from : out->start, s->version ? s->from : out->from, MONTH_SIZE);
    if (rc == ERR_OK) {
        rc = form_money(s->form, "cap", &out->cap, e);
    }
    if (rc == ERR_OK) {
        rc = form_rate(s->form, "team_override_pct", &out->override_bps, e);
    }
    if (rc == ERR_OK) {
        rc = form_money(s->form, "bonus_first_order", &out->bonus_first_order, e);
    }
    return rc == ERR_OK ? form_money(s->form, "bonus_top_revenue", &out->bonus_top, e) : rc;
}

struct reading {
    struct shop *shop;
    const struct plan_page *page;
    struct plan *plan;
    size_t tier_capacity, gate_capacity, group_capacity;
};

static enum err_code read_cell(const struct reading *r, int grid, size_t row, int column, int64_t *out, struct err *e) {
    const struct grid *g = &r->page->grids[grid];
    const char *text = grid_text(g, row, column);
    switch (g->columns[column].kind) {
    case FORM_MONEY:
        return money_parse(text, &r->page->currency, out, e);
    case FORM_RATE:
        return rate_parse(text, PERCENT_MAX, out, e);
    default:
        return group_find(r->shop, text, out, e);
    }
}

static void add_row(struct reading *r, int grid, size_t row, int64_t first, int64_t second) {
    struct plan *p = r->plan;
    long line = (long)row + 1;
    if (grid == PAGE_TIERS) {
        p->tiers = mem_grow(p->tiers, p->tier_count, &r->tier_capacity, sizeof *p->tiers);
        p->tiers[p->tier_count++] = (struct plan_tier){first, second, line};
    } else if (grid == PAGE_GATE) {
        p->gates = mem_grow(p->gates, p->gate_count, &r->gate_capacity, sizeof *p->gates);
        p->gates[p->gate_count++] = (struct plan_gate){first, second, line};
    } else {
        p->groups = mem_grow(p->groups, p->group_count, &r->group_capacity, sizeof *p->groups);
        p->groups[p->group_count++] =
            (struct plan_group){first, mem_strdup(grid_text(&r->page->grids[grid], row, 0)), second, line};
    }
}

/* A row that lacks a cell waits for it, unless all has to be there. */
static enum err_code read_row(struct reading *r, int grid, size_t row, bool all, int *column, struct err *e) {
    int64_t cells[GRID_COLUMNS] = {0};
    bool complete = true;
    for (int i = 0; i < GRID_COLUMNS; i++) {
        struct err why = ERR_INIT;
        if (grid_text(&r->page->grids[grid], row, i)[0] == '\0' && !all) {
            complete = false;
            continue;
        }
        enum err_code rc = read_cell(r, grid, row, i, &cells[i], &why);
        if (rc != ERR_OK) {
            *column = i;
            err_set_field(e, rc, grid_names[grid], "%s",
                          grid_text(&r->page->grids[grid], row, i)[0] == '\0' ? _("this cell is still empty")
                                                                              : why.message);
            e->line = (long)row + 1;
            return rc;
        }
    }
    if (complete) {
        add_row(r, grid, row, cells[0], cells[1]);
    }
    return ERR_OK;
}

enum err_code plan_page_read(struct shop *shop, const struct plan_page *s, bool all, struct plan *out, int *column,
                             struct err *e) {
    struct reading r = {.shop = shop, .page = s, .plan = out};
    *out = (struct plan){0};
    *column = -1;
    enum err_code rc = read_head(s, all, out, e);
    for (int i = 0; i < PAGE_GRIDS; i++) {
        for (size_t row = 0; row < grid_count(&s->grids[i]) && rc == ERR_OK; row++) {
            if (!grid_is_blank(&s->grids[i], row)) {
                rc = read_row(&r, i, row, all, column, e);
            }
        }
    }
    return rc;
}

/* --- checking */

static int grid_of(const char *field) {
    for (int i = 0; i < PAGE_GRIDS; i++) {
        if (strcmp(grid_names[i], field) == 0) {
            return i;
        }
    }
    return -1;
}

static void unmark(struct plan_page *s) {
    form_clear_error(s->form);
    s->fault = (struct err)ERR_INIT;
    for (int i = 0; i < PAGE_GRIDS; i++) {
        grid_unmark(&s->grids[i]);
    }
}

/* While one types, the cursor stays where it is. */
static void mark(struct plan_page *s, const struct err *e, int column, bool go) {
    const char *focused = form_focused(s->form);
    int grid = grid_of(e->field);
    size_t row = e->line > 0 ? (size_t)e->line - 1 : 0;
    if (grid < 0) {
        form_set_error(s->form, e);
        s->part = go ? 0 : s->part;
        if (!go) {
            form_focus(s->form, focused);
        }
        return;
    }
    s->fault = *e;
    grid_mark(&s->grids[grid], row, column);
    if (go) {
        s->part = grid + 1;
        grid_go(&s->grids[grid], row, column);
    }
}

static enum err_code check(struct app *app, struct plan_page *s, bool all, struct plan *p, int *column, struct err *e) {
    enum err_code rc = plan_page_read(app_shop(app), s, all, p, column, e);
    bool early = p->tier_count == 0 || p->code == NULL || p->code[0] == '\0' || p->from[0] == '\0' ||
                 p->to[0] == '\0' || (s->version && (p->start[0] == '\0' || p->reason[0] == '\0'));
    if (rc != ERR_OK || (early && !all)) {
        return rc;
    }
    char start[MONTH_SIZE];
    memcpy(start, p->start, MONTH_SIZE);
    const struct plan_saving how = {
        .start = s->version ? start : NULL, .reason = p->reason, .was = s->version ? NULL : s->code, .try_only = true};
    rc = plan_save(app_shop(app), p, &how, NULL, e);
    memcpy(p->start, start, MONTH_SIZE);
    return rc;
}

bool plan_page_check(struct app *app, struct plan_page *s, bool all) {
    struct plan p;
    struct err e = ERR_INIT;
    int column = -1;
    enum err_code rc = check(app, s, all, &p, &column, &e);
    unmark(s);
    if (rc != ERR_OK) {
        mark(s, &e, column, all);
    }
    card_reset(&s->examples);
    if (p.tier_count > 0) {
        card_rule(&s->examples, _("So much is paid for a month of"));
        plan_card_examples(&s->examples, &p, &s->currency);
    }
    plan_clear(&p);
    return rc == ERR_OK;
}
