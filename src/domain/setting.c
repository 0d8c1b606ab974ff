#include "chotdon/setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/order_dates.h"
#include "domain/shop_internal.h"

enum setting_id {
    SETTING_SHOP_NAME,
    SETTING_SHOP_ADDRESS,
    SETTING_SHOP_PHONE,
    SETTING_LANGUAGE,
    SETTING_CURRENCY,
    SETTING_TIME_ZONE,
    SETTING_VAT_MODE,
    SETTING_VAT_DEFAULT_PCT,
    SETTING_STOCK_POLICY,
    SETTING_RECOGNISE,
    SETTING_WORKING_DAYS,
    SETTING_COUNTER_CHANNEL,
    SETTING_DISCOUNT_LIMIT_PCT,
    SETTING_LOCK_AFTER_MIN,
    SETTING_BACKUPS_KEPT,
    SETTING_COUNT
};

static const struct setting_info infos[SETTING_COUNT] = {
    [SETTING_SHOP_NAME] = {"shop_name", N_("text"), "", N_("the shop's name, on screens and receipts")},
    [SETTING_SHOP_ADDRESS] = {"shop_address", N_("text"), "", N_("the address, on receipts")},
    [SETTING_SHOP_PHONE] = {"shop_phone", N_("text"), "", N_("the phone, on receipts")},
    [SETTING_LANGUAGE] = {"language", "vi | en", "", N_("the language of a program that is not told another one")},
    [SETTING_CURRENCY] = {"currency", N_("fixed when the shop is made"), "VND", N_("the currency of all amounts")},
    [SETTING_TIME_ZONE] = {"time_zone", N_("a name like Asia/Ho_Chi_Minh"), "Asia/Ho_Chi_Minh",
                           N_("where the business day begins and ends")},
    [SETTING_VAT_MODE] = {"vat_mode", "included | added", "included", N_("whether prices include VAT")},
    [SETTING_VAT_DEFAULT_PCT] = {"vat_default_pct", "0 … 100", "0", N_("VAT of products without a rate of their own")},
    [SETTING_STOCK_POLICY] = {"stock_policy", "allow | warn | block", "warn", N_("selling more than there is on hand")},
    [SETTING_RECOGNISE] = {"recognise", "confirmed | delivered | completed", "delivered",
                           N_("the state in which a sale counts for KPI and commission")},
    [SETTING_WORKING_DAYS] = {"working_days", "mon,tue,wed,thu,fri,sat,sun", "mon,tue,wed,thu,fri,sat",
                              N_("the days that pace counts")},
    [SETTING_COUNTER_CHANNEL] = {"counter_channel", N_("a channel's name"), "",
                                 N_("the channel of sales at the counter")},
    [SETTING_DISCOUNT_LIMIT_PCT] = {"discount_limit_pct", "0 … 100", "10",
                                    N_("the discount that anybody may give; above it a manager approves")},
    [SETTING_LOCK_AFTER_MIN] = {"lock_after_min", "0 … 1440", "10",
                                N_("minutes without a key until the screen asks for the PIN again; 0: never")},
    [SETTING_BACKUPS_KEPT] = {"backups_kept", "0 … 1000", "14",
                              N_("how many automatic backups stay; 0: none are made")},
};

static const char *const stock_policies[] = {"allow", "warn", "block", NULL};
static const char *const recognise_states[] = {"confirmed", "delivered", "completed", NULL};
static const char *const vat_modes[] = {"included", "added", NULL};
static const char *const languages[] = {"", "vi", "en", NULL};

int setting_count(void) {
    return SETTING_COUNT;
}

const struct setting_info *setting_info(int index) {
    return &infos[index];
}

static int find_key(const char *key) {
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(infos[i].key, key) == 0) {
            return i;
        }
    }
    return -1;
}

static enum err_code unknown_key(const char *key, struct err *e) {
    struct buf known = BUF_INIT;
    for (int i = 0; i < SETTING_COUNT; i++) {
        buf_addf(&known, "%s%s", i == 0 ? "" : ", ", infos[i].key);
    }
    err_set_field(e, ERR_NOT_FOUND, "key", _("there is no setting “%s”; there are: %s"), key, buf_str(&known));
    buf_clear(&known);
    return ERR_NOT_FOUND;
}

static int word_index(const char *const *words, const char *value) {
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0) {
            return i;
        }
    }
    return -1;
}

/* mon or T2, … sun or CN: 0 to 6; −1 for anything else. */
static int weekday_index(const char *word, size_t len) {
    static const char *const english[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static const char *const vietnamese[] = {"t2", "t3", "t4", "t5", "t6", "t7", "cn"};
    for (int i = 0; i < 7; i++) {
        if ((len == 3 && strncmp(word, english[i], len) == 0) || (len == 2 && strncmp(word, vietnamese[i], len) == 0)) {
            return i;
        }
    }
    return -1;
}

/* A list of days and ranges: "mon-fri,sat", "T2-T7". 0 when it cannot be read. */
static unsigned parse_days(const char *text) {
    char *folded = text_fold(text);
    unsigned days = 0;
    bool good = true;
    for (const char *p = folded; good && *p != '\0';) {
        size_t len = strcspn(p, ",- ");
        int from = weekday_index(p, len);
        int to = from;
        p += len;
        if (*p == '-') {
            len = strcspn(++p, ", ");
            to = weekday_index(p, len);
            p += len;
        }
        good = from >= 0 && to >= from;
        for (int day = from; good && day <= to; day++) {
            days |= 1U << day;
        }
        p += strspn(p, ", ");
    }
    free(folded);
    return good ? days : 0;
}

static enum err_code read_minutes(const char *value, int *out, struct err *e) {
    enum { DAY = 1440 };
    size_t digits = strspn(value, "0123456789");
    *out = digits > 0 && digits < 5 && value[digits] == '\0' ? atoi(value) : -1;
    return *out >= 0 && *out <= DAY
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "lock_after_min",
                               _("“%s” is no number of minutes from 0 to 1440; 0 never locks"), value);
}

static enum err_code choose(const char *const *words, enum setting_id id, const char *value, int *out, struct err *e) {
    *out = word_index(words, value);
    if (*out >= 0) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, infos[id].key, _("%s cannot be “%s”; it takes %s"), infos[id].key, value,
                         infos[id].values);
}

/* Parses one value into its typed form. */
static enum err_code apply(struct settings *s, enum setting_id id, const char *value, struct err *e) {
    int choice = 0;
    enum err_code rc = ERR_OK;
    switch (id) {
    case SETTING_CURRENCY:
        return currency_find(value, &s->currency)
                   ? ERR_OK
                   : err_set_field(e, ERR_INVALID, "currency", _("“%s” is no currency code; use one like VND or USD"),
                                   value);
    case SETTING_VAT_MODE:
        rc = choose(vat_modes, id, value, &choice, e);
        s->vat_included = choice == 0;
        return rc;
    case SETTING_VAT_DEFAULT_PCT:
        return rate_parse(value, 10000, &s->vat_default_bps, e);
    case SETTING_DISCOUNT_LIMIT_PCT:
        return rate_parse(value, 10000, &s->discount_limit_bps, e);
    case SETTING_STOCK_POLICY:
        rc = choose(stock_policies, id, value, &choice, e);
        s->stock_policy = rc == ERR_OK ? (enum stock_policy)choice : STOCK_WARN;
        return rc;
    case SETTING_RECOGNISE:
        rc = choose(recognise_states, id, value, &choice, e);
        s->recognise = rc == ERR_OK ? (enum recognise_state)choice : RECOGNISE_DELIVERED;
        return rc;
    case SETTING_WORKING_DAYS:
        s->working_days = parse_days(value);
        return s->working_days != 0 ? ERR_OK
                                    : err_set_field(e, ERR_INVALID, "working_days",
                                                    _("“%s” names no days of the week; write mon-sat or T2-T7"), value);
    case SETTING_LANGUAGE:
        return choose(languages, id, value, &choice, e);
    case SETTING_LOCK_AFTER_MIN:
        return read_minutes(value, &s->lock_after_min, e);
    case SETTING_TIME_ZONE:
        if (value[0] == '\0' ||
            strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-") != strlen(value) ||
            value[0] == '/') {
            return err_set_field(e, ERR_INVALID, "time_zone", _("“%s” is no time zone; write it like Asia/Ho_Chi_Minh"),
                                 value);
        }
        return ERR_OK;
    case SETTING_BACKUPS_KEPT:
        if (value[0] == '\0' || strlen(value) > 4 || strspn(value, "0123456789") != strlen(value) ||
            atoi(value) > 1000) {
            return err_set_field(e, ERR_INVALID, "backups_kept", _("“%s” is no number of backups; write 0 to 1000"),
                                 value);
        }
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

void settings_clear(struct settings *s) {
    for (int i = 0; s->values != NULL && i < SETTING_COUNT; i++) {
        free(s->values[i]);
    }
    free(s->values);
    s->values = NULL;
}

static enum err_code read_values(struct db *db, char **values, struct err *e) {
    struct db_stmt *q = NULL;
    enum err_code rc = db_query(db, "SELECT key, value FROM settings", DB_NO_BIND, &q, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(q, e)) == DB_ROW) {
        int id = find_key(db_col_text(q, 0));
        if (id >= 0) {
            free(values[id]);
            values[id] = db_col_dup(q, 1);
        }
    }
    db_done(&q);
    return rc != ERR_OK ? rc : next == DB_FAILED ? ERR_DB : ERR_OK;
}

enum err_code settings_load(struct shop *shop, struct err *e) {
    struct settings fresh = {.values = mem_array(SETTING_COUNT, sizeof(char *))};
    for (int i = 0; i < SETTING_COUNT; i++) {
        fresh.values[i] = mem_strdup(infos[i].default_value);
    }
    enum err_code rc = read_values(shop->db, fresh.values, e);
    for (int i = 0; rc == ERR_OK && i < SETTING_COUNT; i++) {
        rc = apply(&fresh, (enum setting_id)i, fresh.values[i], e);
    }
    if (rc != ERR_OK) {
        settings_clear(&fresh);
        return rc;
    }
    settings_clear(&shop->settings);
    shop->settings = fresh;
    shop->settings_stale = false;
    return ERR_OK;
}

enum err_code settings_make(struct shop *shop, const char *currency, struct err *e) {
    enum err_code rc =
        db_run(shop->db, "INSERT INTO settings (key, value) VALUES ('currency', $1)", DB_BIND(DB_TEXT(currency)), e);
    return rc;
}

/* What is cached may be of a transaction that was rolled back; a failure to read keeps the last known values. */
static const struct settings *current(struct shop *shop) {
    if (shop->settings_stale) {
        settings_load(shop, NULL);
    }
    return &shop->settings;
}

enum err_code setting_get(struct shop *shop, const char *key, const char **value, struct err *e) {
    int id = find_key(key);
    if (id < 0) {
        return unknown_key(key, e);
    }
    const struct settings *s = current(shop);
    *value = s->values == NULL ? infos[id].default_value : s->values[id];
    return ERR_OK;
}

struct set_ctx {
    enum setting_id id;
    const char *value;
};

static enum err_code store(struct shop *shop, void *ctx, struct err *e) {
    const struct set_ctx *c = ctx;
    const char *key = infos[c->id].key;
    const char *before = current(shop)->values[c->id];
    enum err_code rc = db_run(shop->db,
                              "INSERT INTO settings (key, value) VALUES ($1, $2)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                              DB_BIND(DB_TEXT(key), DB_TEXT(c->value)), e);
    if (rc == ERR_OK) {
        char *entity = mem_printf("setting %s", key);
        rc = audit_add(shop, "setting.set", entity, before, c->value, e);
        free(entity);
    }
    if (rc == ERR_OK) {
        rc = settings_load(shop, e);
    }
    if (rc == ERR_OK && c->id == SETTING_RECOGNISE) {
        rc = order_recognise_all(shop, e);
    }
    return rc;
}

enum err_code setting_set(struct shop *shop, const char *key, const char *value, struct err *e) {
    int id = find_key(key);
    if (id < 0) {
        return unknown_key(key, e);
    }
    if (id == SETTING_CURRENCY) {
        return err_set_field(e, ERR_REFUSED, "currency",
                             _("the currency is fixed when the shop is made; make a new one with `init --currency`"));
    }
    struct settings probe = {0};
    char *clean = text_nfc(value);
    enum err_code rc = apply(&probe, (enum setting_id)id, clean, e);
    if (rc == ERR_OK && strcmp(clean, current(shop)->values[id]) != 0) {
        struct set_ctx ctx = {(enum setting_id)id, clean};
        rc = shop_transact_for(shop, PERMIT_SETTINGS, store, &ctx, e);
    }
    free(clean);
    return rc;
}

bool setting_vat_included(struct shop *shop) {
    return current(shop)->vat_included;
}

int64_t setting_vat_default_bps(struct shop *shop) {
    return current(shop)->vat_default_bps;
}

int64_t setting_discount_limit_bps(struct shop *shop) {
    return current(shop)->discount_limit_bps;
}

enum stock_policy setting_stock_policy(struct shop *shop) {
    return current(shop)->stock_policy;
}

enum recognise_state setting_recognise(struct shop *shop) {
    return current(shop)->recognise;
}

int setting_lock_after_min(struct shop *shop) {
    return current(shop)->lock_after_min;
}

bool setting_is_working_day(struct shop *shop, const char *iso_date) {
    return (current(shop)->working_days >> date_weekday(iso_date) & 1U) != 0;
}

const char *setting_shop_name(struct shop *shop) {
    const char *name = "";
    setting_get(shop, "shop_name", &name, NULL);
    return name;
}
