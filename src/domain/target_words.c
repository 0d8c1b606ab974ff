/* The words of scopes and metrics, and how their values are written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "domain/target_store.h"

struct word {
    const char *code;
    const char *label;
    const char *synonyms[4]; /* folded */
};

static const struct word scopes[SCOPE_COUNT] = {
    [SCOPE_SHOP] = {"shop", N_("shop"), {"cua hang", "toan shop"}},
    [SCOPE_TEAM] = {"team", N_("team"), {"nhom", "doi"}},
    [SCOPE_REP] = {"rep", N_("rep"), {"nhan vien", "nv", "staff"}},
    [SCOPE_PRODUCT] = {"product", N_("product"), {"hang hoa", "san pham", "sku"}},
    [SCOPE_GROUP] = {"group", N_("product group"), {"nhom hang"}},
    [SCOPE_CHANNEL] = {"channel", N_("channel"), {"kenh", "kenh ban"}},
    [SCOPE_PROVINCE] = {"province", N_("province"), {"tinh", "tinh thanh"}},
};

static const struct word metrics[METRIC_COUNT] = {
    [METRIC_REVENUE] = {"revenue", N_("revenue"), {"doanh so", "doanh thu"}},
    [METRIC_NET_REVENUE] = {"net_revenue", N_("net revenue"), {"net revenue", "net", "doanh thu thuan"}},
    [METRIC_MARGIN] = {"margin", N_("margin"), {"lai gop", "loi nhuan gop"}},
    [METRIC_ORDERS] = {"orders", N_("orders"), {"so don", "don hang"}},
    [METRIC_NEW_CUSTOMERS] = {"new_customers", N_("new customers"), {"new customers", "khach moi"}},
    [METRIC_DEALS_WON] = {"deals_won", N_("deals won"), {"deals won", "co hoi thang"}},
    [METRIC_INTERACTIONS] = {"interactions", N_("interactions"), {"tuong tac"}},
    [METRIC_WEEKLY_REPORTS] = {"weekly_reports", N_("weekly reports"), {"weekly reports", "bao cao tuan"}},
    [METRIC_RETURN_RATE] = {"return_rate", N_("return rate"), {"return rate", "ty le hoan"}},
    [METRIC_ON_TIME] = {"on_time", N_("delivered on time"), {"on time", "giao dung hen"}},
};

static int find_word(const struct word *words, int count, const char *typed) {
    char *folded = text_fold(typed);
    int found = -1;
    for (int i = 0; i < count && found < 0; i++) {
        bool same = strcmp(words[i].code, folded) == 0 || text_equal_folded(_(words[i].label), folded);
        for (size_t k = 0; k < sizeof words[i].synonyms / sizeof words[i].synonyms[0] && !same; k++) {
            same = words[i].synonyms[k] != NULL && strcmp(words[i].synonyms[k], folded) == 0;
        }
        found = same ? i : found;
    }
    free(folded);
    return found;
}

static int find_code(const struct word *words, int count, const char *code) {
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i].code, code) == 0) {
            return i;
        }
    }
    return 0;
}

enum target_scope target_scope_stored(const char *code) {
    return (enum target_scope)find_code(scopes, SCOPE_COUNT, code);
}

enum kpi_metric kpi_metric_stored(const char *code) {
    return (enum kpi_metric)find_code(metrics, METRIC_COUNT, code);
}

const char *target_scope_code(enum target_scope s) {
    return scopes[s].code;
}

const char *target_scope_label(enum target_scope s) {
    return _(scopes[s].label);
}

bool target_scope_find(const char *typed, enum target_scope *out) {
    int found = find_word(scopes, SCOPE_COUNT, typed);
    if (found >= 0) {
        *out = (enum target_scope)found;
    }
    return found >= 0;
}

const char *kpi_metric_code(enum kpi_metric m) {
    return metrics[m].code;
}

const char *kpi_metric_label(enum kpi_metric m) {
    return _(metrics[m].label);
}

bool kpi_metric_find(const char *typed, enum kpi_metric *out) {
    int found = find_word(metrics, METRIC_COUNT, typed);
    if (found >= 0) {
        *out = (enum kpi_metric)found;
    }
    return found >= 0;
}

enum metric_unit kpi_metric_unit(enum kpi_metric m) {
    return m <= METRIC_MARGIN ? UNIT_MONEY : m >= METRIC_RETURN_RATE ? UNIT_RATE : UNIT_COUNT;
}

static enum err_code parse_count(const char *text, int64_t *out, struct err *e) {
    char *end = NULL;
    long long n = strtoll(text, &end, 10);
    if (end == text || end[strspn(end, " ")] != '\0' || n < 0 || n > INT32_MAX) {
        char clip[ERR_CLIP_SIZE];
        return err_set(e, ERR_INVALID, _("“%s” is no count; write a whole number"), err_clip(text, clip));
    }
    *out = n;
    return ERR_OK;
}

enum err_code target_parse(struct shop *shop, enum kpi_metric m, const char *text, int64_t *out, struct err *e) {
    enum err_code rc = ERR_OK;
    switch (kpi_metric_unit(m)) {
    case UNIT_MONEY:
        rc = money_parse(text, shop_currency(shop), out, e);
        break;
    case UNIT_COUNT:
        rc = parse_count(text, out, e);
        break;
    case UNIT_RATE:
        rc = rate_parse(text, 10000, out, e);
        break;
    }
    if (rc == ERR_OK && *out < 0) {
        rc = err_set(e, ERR_INVALID, _("a target cannot be below zero"));
    }
    if (rc != ERR_OK && e != NULL) {
        struct err inner = *e;
        return err_set_field(e, rc, "target", "%s", inner.message);
    }
    return rc;
}

const char *target_format_plain(struct shop *shop, enum kpi_metric m, int64_t target, char out[MONEY_TEXT_MAX]) {
    switch (kpi_metric_unit(m)) {
    case UNIT_MONEY:
        return money_format_plain(target, shop_currency(shop), out);
    case UNIT_RATE:
        return rate_format(target, out);
    case UNIT_COUNT:
        break;
    }
    snprintf(out, MONEY_TEXT_MAX, "%lld", (long long)target);
    return out;
}
