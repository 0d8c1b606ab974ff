/* Every write of a record leaves a row in the audit, in its own transaction: looked at where a transaction commits, by
 * what the database says was changed, so that no writer can be forgotten. One that left none gets a row that names the
 * tables; tests fail on it (tests/cli/test_audit_commands.c). */
#include "domain/audit_writes.h"

#include <string.h>

#include "base/buf.h"
#include "chotdon/audit.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* The exceptions, all of them: what changes without a row of its own, and why. */
static const struct {
    const char *table;
    enum audit_excuse when; /* AUDIT_NO_EXCUSE: always */
} exceptions[] = {
    /* The log itself. */
    {"audit", AUDIT_NO_EXCUSE},
    {"audit_details", AUDIT_NO_EXCUSE}, /* emptied by erasures only, which `audit verify` proves */
    {"audit_head", AUDIT_NO_EXCUSE},
    /* Kept figures and words to search by: they follow records that have a row, and `check` proves them. */
    {"search_entry", AUDIT_NO_EXCUSE},
    {"search_term", AUDIT_NO_EXCUSE},
    {"stock", AUDIT_NO_EXCUSE},
    {"sales_figures", AUDIT_NO_EXCUSE},
    {"customer_firsts", AUDIT_NO_EXCUSE},
    {"customer_figures", AUDIT_NO_EXCUSE},
    {"deal_totals", AUDIT_NO_EXCUSE},
    {"deal_source_totals", AUDIT_NO_EXCUSE},
    {"deal_rots", AUDIT_NO_EXCUSE},
    {"deal_months", AUDIT_NO_EXCUSE},
    {"deal_odds", AUDIT_NO_EXCUSE},
    {"commission_touched", AUDIT_NO_EXCUSE},
    {"counters", AUDIT_NO_EXCUSE}, /* numbers given: `check` finds a gap */
    /* A basket that is being typed: each key would be a row. It becomes an order with one, and is dropped with one. */
    {"orders", AUDIT_BASKET},
    {"order_lines", AUDIT_BASKET},
    {"order_reps", AUDIT_BASKET},
    {"draft_rates", AUDIT_BASKET},
    {"order_states", AUDIT_BASKET},
    /* How often a PIN was tried, before it is known whether it is right: a wrong one then has a row. */
    {"staff", AUDIT_PIN_TRY},
};

struct writes {
    enum audit_excuse excuse;
    struct buf tables; /* records that were changed */
};

static bool is_excepted(const char *table, enum audit_excuse excuse) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (strcmp(exceptions[i].table, table) == 0) {
            return exceptions[i].when == AUDIT_NO_EXCUSE || exceptions[i].when == excuse;
        }
    }
    return false;
}

/* Rows are only ever added to it. */
static void see_row(void *ctx, const char *table, int64_t added) {
    (void)added;
    if (strcmp(table, "audit") == 0) {
        *(bool *)ctx = true;
    }
}

static void see_change(void *ctx, const char *table, int64_t added) {
    struct writes *w = ctx;
    (void)added;
    if (!is_excepted(table, w->excuse)) {
        buf_addf(&w->tables, "%s%s", buf_str(&w->tables)[0] == '\0' ? "" : ", ", table);
    }
}

void audit_excuse(struct shop *shop, enum audit_excuse why) {
    shop->audit_excuse = why;
}

enum err_code audit_writes_check(struct shop *shop, struct err *e) {
    struct writes w = {.excuse = shop->audit_excuse, .tables = BUF_INIT};
    enum err_code rc = ERR_OK;
    bool noted = false;
    db_tell_changed(shop->db, see_row, &noted);
    if (!noted) {
        db_tell_changed(shop->db, see_change, &w);
    }
    if (buf_str(&w.tables)[0] != '\0') {
        struct buf after = BUF_INIT;
        shop->audit_muted = false;
        record_json_text(&after, "tables", buf_str(&w.tables));
        rc = audit_add(shop, AUDIT_UNNAMED, "shop", "", record_json_end(&after), e);
        buf_clear(&after);
    }
    buf_clear(&w.tables);
    return rc;
}
