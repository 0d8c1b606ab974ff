/* What a role is measured by. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/staff.h"
#include "domain/kpi_people.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/target_store.h"

static const char *const roles[] = {"rep",       "counter",    "warehouse", "care",
                                    "marketing", "accountant", "manager",   "outsourced"};
#define ROLES (sizeof roles / sizeof *roles)

static struct scorecard default_card(const char *role) {
    struct scorecard card = {{0}};
    if (strcmp(role, "rep") == 0) {
        card.weights[METRIC_REVENUE] = 60;
        card.weights[METRIC_NEW_CUSTOMERS] = 20;
        card.weights[METRIC_DEALS_WON] = 10;
        card.weights[METRIC_WEEKLY_REPORTS] = 10;
    } else if (strcmp(role, "warehouse") == 0) {
        card.weights[METRIC_RETURN_RATE] = 50;
        card.weights[METRIC_ON_TIME] = 50;
    } else {
        card.weights[METRIC_REVENUE] = 100;
    }
    return card;
}

const struct scorecard *scorecards_of(const struct scorecards *all, const char *role) {
    for (size_t i = 0; i < ROLES; i++) {
        if (strcmp(roles[i], role) == 0) {
            return &all->cards[i];
        }
    }
    return &all->cards[0];
}

enum err_code scorecards_load(struct db *db, struct scorecards *out, struct err *e) {
    struct db_stmt *s = NULL;
    bool own[ROLES] = {false};
    for (size_t i = 0; i < ROLES; i++) {
        out->roles[i] = roles[i];
        out->cards[i] = default_card(roles[i]);
    }
    enum err_code rc = db_query(db, "SELECT role, metric, weight FROM scorecards", DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        for (size_t i = 0; i < ROLES; i++) {
            if (strcmp(roles[i], db_col_text(s, 0)) == 0) {
                out->cards[i] = own[i] ? out->cards[i] : (struct scorecard){{0}};
                own[i] = true;
                out->cards[i].weights[kpi_metric_stored(db_col_text(s, 1))] = db_col_int(s, 2);
            }
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code scorecard_get(struct shop *shop, const char *role, struct scorecard *out, struct err *e) {
    struct scorecards all;
    enum err_code rc = scorecards_load(shop->db, &all, e);
    if (rc == ERR_OK) {
        *out = *scorecards_of(&all, role);
    }
    return rc;
}

struct set_ctx {
    const char *role;
    const struct scorecard *card;
};

static void describe(const struct scorecard *card, struct buf *b) {
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (card->weights[m] != 0) {
            record_json_int(b, kpi_metric_code((enum kpi_metric)m), card->weights[m]);
        }
    }
}

static enum err_code store(struct shop *shop, const struct set_ctx *c, struct err *e) {
    enum err_code rc = db_run(shop->db, "DELETE FROM scorecards WHERE role = $1", DB_BIND(DB_TEXT(c->role)), e);
    for (int m = 0; m < METRIC_COUNT && rc == ERR_OK; m++) {
        if (c->card->weights[m] != 0) {
            rc = db_run(
                shop->db, "INSERT INTO scorecards (role, metric, weight) VALUES ($1, $2, $3)",
                DB_BIND(DB_TEXT(c->role), DB_TEXT(kpi_metric_code((enum kpi_metric)m)), DB_INT(c->card->weights[m])),
                e);
        }
    }
    return rc;
}

static enum err_code set_card(struct shop *shop, void *ctx, struct err *e) {
    const struct set_ctx *c = ctx;
    struct scorecard old;
    struct buf before = BUF_INIT, after = BUF_INIT;
    enum err_code rc = scorecard_get(shop, c->role, &old, e);
    if (rc == ERR_OK) {
        rc = store(shop, c, e);
    }
    if (rc == ERR_OK) {
        char *entity = mem_printf("scorecard %s", c->role);
        describe(&old, &before);
        describe(c->card, &after);
        rc = audit_add(shop, "scorecard.set", entity, record_json_end(&before), record_json_end(&after), e);
        free(entity);
    }
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

enum err_code scorecard_set(struct shop *shop, const char *role, const struct scorecard *card, struct err *e) {
    const char *known = staff_role_find(role);
    int64_t sum = 0;
    if (known == NULL) {
        return err_set_field(
            e, ERR_INVALID, "role",
            _("“%s” is no role; there are counter, rep, warehouse, care, marketing, accountant, manager, outsourced"),
            role);
    }
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (card->weights[m] < 0 || card->weights[m] > 1000000) {
            return err_set_field(e, ERR_INVALID, "weight", _("a weight is a number from 0 to 1000000"));
        }
        sum += card->weights[m];
    }
    if (sum == 0) {
        return err_set_field(e, ERR_INVALID, "weight", _("a scorecard needs a metric with a weight"));
    }
    struct set_ctx ctx = {known, card};
    return shop_transact_for(shop, PERMIT_PLANS, set_card, &ctx, e);
}
