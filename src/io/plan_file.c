#include "io/plan_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/group.h"
#include "io/ini.h"

#define PERCENT_MAX 10000000 /* 100 000%; plan_check knows the limits of each */

struct reading {
    struct shop *shop;
    const struct ini *ini;
    struct plan *plan;
    size_t tier_capacity, gate_capacity, group_capacity;
};

static enum err_code read_money(const struct reading *r, const struct ini_entry *x, const char *text, int64_t *out,
                                struct err *e) {
    struct err why = ERR_INIT;
    return money_parse_file(text, shop_currency(r->shop), out, &why) == ERR_OK
               ? ERR_OK
               : ini_fault(r->ini, x, e, "%s: %s", x->key, why.message);
}

static enum err_code read_percent(const struct reading *r, const struct ini_entry *x, const char *text, int64_t *out,
                                  struct err *e) {
    struct err why = ERR_INIT;
    return rate_parse(text, PERCENT_MAX, out, &why) == ERR_OK ? ERR_OK
                                                              : ini_fault(r->ini, x, e, "%s: %s", x->key, why.message);
}

static enum err_code read_month(const struct reading *r, const struct ini_entry *x, char out[MONTH_SIZE],
                                struct err *e) {
    struct err why = ERR_INIT;
    return month_parse(x->value, out, &why) == ERR_OK ? ERR_OK : ini_fault(r->ini, x, e, "%s: %s", x->key, why.message);
}

static enum err_code read_term(struct reading *r, const struct ini_entry *x, struct err *e) {
    struct plan *p = r->plan;
    if (strcasecmp(x->key, "code") == 0) {
        p->code = text_nfc(x->value);
    } else if (strcasecmp(x->key, "name") == 0) {
        p->name = text_nfc(x->value);
    } else if (strcasecmp(x->key, "from") == 0) {
        return read_month(r, x, p->from, e);
    } else if (strcasecmp(x->key, "to") == 0) {
        return read_month(r, x, p->to, e);
    } else if (strcasecmp(x->key, "base") == 0) {
        return plan_base_find(x->value, &p->base)
                   ? ERR_OK
                   : ini_fault(r->ini, x, e, _("base cannot be “%s”; it takes gross, net or margin"), x->value);
    } else if (strcasecmp(x->key, "mode") == 0) {
        return plan_mode_find(x->value, &p->mode)
                   ? ERR_OK
                   : ini_fault(r->ini, x, e, _("mode cannot be “%s”; it takes marginal or slab"), x->value);
    } else if (strcasecmp(x->key, "cap") == 0) {
        return read_money(r, x, x->value, &p->cap, e);
    } else if (strcasecmp(x->key, "team_override_pct") == 0) {
        return read_percent(r, x, x->value, &p->override_bps, e);
    } else if (strcasecmp(x->key, "bonus_first_order") == 0) {
        return read_money(r, x, x->value, &p->bonus_first_order, e);
    } else if (strcasecmp(x->key, "bonus_top_revenue") == 0) {
        return read_money(r, x, x->value, &p->bonus_top, e);
    } else {
        return ini_fault(r->ini, x, e,
                         _("[plan] has no key “%s”; it takes code, name, from, to, base, mode, cap, team_override_pct, "
                           "bonus_first_order and bonus_top_revenue"),
                         x->key);
    }
    return ERR_OK;
}

static enum err_code read_tier(struct reading *r, const struct ini_entry *x, struct err *e) {
    struct plan *p = r->plan;
    struct plan_tier t = {.line = x->line};
    enum err_code rc = read_money(r, x, x->key, &t.from, e);
    if (rc == ERR_OK) {
        rc = read_percent(r, x, x->value, &t.rate_bps, e);
    }
    p->tiers = mem_grow(p->tiers, p->tier_count, &r->tier_capacity, sizeof *p->tiers);
    p->tiers[p->tier_count++] = t;
    return rc;
}

static enum err_code read_gate(struct reading *r, const struct ini_entry *x, struct err *e) {
    struct plan *p = r->plan;
    struct plan_gate g = {.line = x->line};
    enum err_code rc = read_percent(r, x, x->key, &g.at_bps, e);
    if (rc == ERR_OK) {
        rc = read_percent(r, x, x->value, &g.factor_bps, e);
    }
    p->gates = mem_grow(p->gates, p->gate_count, &r->gate_capacity, sizeof *p->gates);
    p->gates[p->gate_count++] = g;
    return rc;
}

static enum err_code read_group(struct reading *r, const struct ini_entry *x, struct err *e) {
    struct plan *p = r->plan;
    struct plan_group g = {.line = x->line, .path = text_nfc(x->key)};
    struct err why = ERR_INIT;
    enum err_code rc = group_find(r->shop, x->key, &g.group_id, &why);
    if (rc != ERR_OK) {
        rc = ini_fault(r->ini, x, e, "%s", why.message);
    }
    if (rc == ERR_OK) {
        rc = read_percent(r, x, x->value, &g.rate_bps, e);
    }
    p->groups = mem_grow(p->groups, p->group_count, &r->group_capacity, sizeof *p->groups);
    p->groups[p->group_count++] = g;
    return rc;
}

static enum err_code read_entry(struct reading *r, const struct ini_entry *x, struct err *e) {
    if (strcasecmp(x->section, "plan") == 0) {
        return read_term(r, x, e);
    }
    if (strcasecmp(x->section, "tiers") == 0) {
        return read_tier(r, x, e);
    }
    if (strcasecmp(x->section, "gate") == 0) {
        return read_gate(r, x, e);
    }
    if (strcasecmp(x->section, "groups") == 0) {
        return read_group(r, x, e);
    }
    return ini_fault(r->ini, x, e, _("a plan has no section [%s]; it has [plan], [tiers], [gate] and [groups]"),
                     x->section);
}

/* A domain's refusal, headed by the file and the line at fault. */
static enum err_code blame(const struct ini *ini, enum err_code rc, const struct err *why, struct err *e) {
    const struct ini_entry *x = ini_find(ini, "plan", why->field);
    long line = why->line != 0 ? why->line : x == NULL ? 0 : x->line;
    if (line == 0) {
        rc = err_set_field(e, rc, why->field, "%s: %s", ini->path, why->message);
    } else {
        rc = err_set_field(e, rc, why->field, "%s:%ld: %s", ini->path, line, why->message);
    }
    if (e != NULL) {
        e->line = line;
    }
    return rc;
}

static enum err_code read_entries(struct shop *shop, const struct ini *ini, struct plan *out, struct err *e) {
    struct reading r = {.shop = shop, .ini = ini, .plan = out};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < ini->count && rc == ERR_OK; i++) {
        rc = read_entry(&r, &ini->entries[i], e);
    }
    if (rc == ERR_OK && (out->name == NULL || out->name[0] == '\0')) {
        free(out->name);
        out->name = mem_strdup(out->code == NULL ? "" : out->code);
    }
    if (rc == ERR_OK) {
        struct err why = ERR_INIT;
        rc = plan_check(out, &why);
        rc = rc == ERR_OK ? ERR_OK : blame(ini, rc, &why, e);
    }
    if (rc == ERR_OK) {
        memcpy(out->start, out->from, MONTH_SIZE);
    }
    return rc;
}

enum err_code plan_file_read(struct shop *shop, const char *path, struct plan *out, struct err *e) {
    struct ini *ini = NULL;
    *out = (struct plan){0};
    enum err_code rc = ini_read(path, &ini, e);
    if (rc == ERR_OK) {
        rc = read_entries(shop, ini, out, e);
    }
    ini_free(ini);
    return rc;
}

enum err_code plan_file_open(struct shop *shop, const char *word, struct plan *out, struct err *e) {
    struct err why = ERR_INIT;
    enum err_code rc = plan_get(shop, word, out, &why);
    if (rc == ERR_NOT_FOUND && access(word, F_OK) == 0) {
        plan_clear(out);
        return plan_file_read(shop, word, out, e);
    }
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, why.field, "%s", why.message);
}

enum err_code plan_file_import(struct shop *shop, const char *path, const char *start, const char *reason,
                               struct plan *out, enum put_result *result, struct err *e) {
    struct ini *ini = NULL;
    *out = (struct plan){0};
    enum err_code rc = ini_read(path, &ini, e);
    if (rc == ERR_OK) {
        rc = read_entries(shop, ini, out, e);
    }
    if (rc == ERR_OK) {
        struct err why = ERR_INIT;
        rc = plan_put(shop, out, start, reason, result, &why);
        rc = rc == ERR_OK ? ERR_OK : blame(ini, rc, &why, e);
    }
    ini_free(ini);
    return rc;
}

static void term_money(int64_t amount, const struct currency *c, const char *key, plan_term_fn *term, void *ctx) {
    char text[MONEY_TEXT_MAX];
    term(ctx, "plan", key, money_format_plain(amount, c, text));
}

static void term_lists(const struct plan *p, const struct currency *c, plan_term_fn *term, void *ctx) {
    char key[MONEY_TEXT_MAX], value[MONEY_TEXT_MAX];
    for (size_t i = 0; i < p->tier_count; i++) {
        term(ctx, "tiers", money_format_plain(p->tiers[i].from, c, key), rate_format(p->tiers[i].rate_bps, value));
    }
    for (size_t i = 0; i < p->gate_count; i++) {
        term(ctx, "gate", rate_format(p->gates[i].at_bps, key), rate_format(p->gates[i].factor_bps, value));
    }
    for (size_t i = 0; i < p->group_count; i++) {
        term(ctx, "groups", p->groups[i].path, rate_format(p->groups[i].rate_bps, value));
    }
}

void plan_terms(const struct plan *p, const struct currency *c, plan_term_fn *term, void *ctx) {
    char rate[MONEY_TEXT_MAX];
    term(ctx, "plan", "code", p->code);
    term(ctx, "plan", "name", p->name);
    term(ctx, "plan", "from", p->from);
    term(ctx, "plan", "to", p->to);
    term(ctx, "plan", "base", plan_base_code(p->base));
    term(ctx, "plan", "mode", plan_mode_code(p->mode));
    term_money(p->cap, c, "cap", term, ctx);
    term(ctx, "plan", "team_override_pct", rate_format(p->override_bps, rate));
    term_money(p->bonus_first_order, c, "bonus_first_order", term, ctx);
    term_money(p->bonus_top, c, "bonus_top_revenue", term, ctx);
    term_lists(p, c, term, ctx);
}

struct writing {
    struct buf *out;
    const char *section;
};

static void write_term(void *ctx, const char *section, const char *key, const char *value) {
    struct writing *w = ctx;
    bool quoted = strcmp(key, "name") == 0 || strcmp(key, "code") == 0;
    const char *quote = !quoted ? "" : strchr(value, '"') != NULL ? "'" : "\"";
    if (strcmp(w->section, section) != 0) {
        buf_addf(w->out, "%s[%s]\n", w->section[0] == '\0' ? "" : "\n", section);
        w->section = section;
    }
    buf_addf(w->out, "%s = %s%s%s\n", key, quote, value, quote);
}

void plan_file_write(const struct plan *p, const struct currency *currency, struct buf *out) {
    struct writing w = {out, ""};
    plan_terms(p, currency, write_term, &w);
}

struct terms {
    struct {
        char *key, *value;
    } * rows;
    size_t count, capacity;
};

static void collect_term(void *ctx, const char *section, const char *key, const char *value) {
    struct terms *t = ctx;
    bool head = strcmp(section, "plan") == 0;
    t->rows = mem_grow(t->rows, t->count, &t->capacity, sizeof *t->rows);
    t->rows[t->count].key = head ? mem_strdup(key) : mem_printf("%s.%s", section, key);
    t->rows[t->count++].value = mem_strdup(value);
}

static const char *term_value(const struct terms *t, const char *key) {
    for (size_t i = 0; i < t->count; i++) {
        if (text_equal_folded(t->rows[i].key, key)) {
            return t->rows[i].value;
        }
    }
    return "";
}

static void terms_clear(struct terms *t) {
    for (size_t i = 0; i < t->count; i++) {
        free(t->rows[i].key);
        free(t->rows[i].value);
    }
    free(t->rows);
}

void plan_diff(const struct plan *a, const struct plan *b, const struct currency *currency, plan_diff_fn *row,
               void *ctx) {
    struct terms x = {0};
    struct terms y = {0};
    plan_terms(a, currency, collect_term, &x);
    plan_terms(b, currency, collect_term, &y);
    for (size_t i = 0; i < x.count; i++) {
        const char *other = term_value(&y, x.rows[i].key);
        if (strcmp(x.rows[i].value, other) != 0) {
            row(ctx, x.rows[i].key, x.rows[i].value, other);
        }
    }
    for (size_t i = 0; i < y.count; i++) {
        if (term_value(&x, y.rows[i].key)[0] == '\0' && y.rows[i].value[0] != '\0') {
            row(ctx, y.rows[i].key, "", y.rows[i].value);
        }
    }
    terms_clear(&x);
    terms_clear(&y);
}
