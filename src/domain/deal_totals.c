/* What the board's heads show, kept by the transaction that changes a deal (schema.sql says of what). */
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

#define STAFF  "COALESCE(d.staff_id, 0)"
#define SOURCE "COALESCE(d.source_id, 0)"
#define ADDED                                                                                                          \
    " DO UPDATE SET deals = kept.deals + excluded.deals, value = kept.value + excluded.value, "                        \
    "weighted = kept.weighted + excluded.weighted"
#define ROTS "d.kind = 'open' AND d.rots_on <> '' AND d.merged_into IS NULL"

/* $1 the deal, $2 1 or -1. */
static const char *const one_deal[] = {
    "INSERT INTO deal_totals AS kept (stage_id, staff_id, month, deals, value, weighted) SELECT d.stage_id, " STAFF
    ", " DEAL_MONTH ", $2, $2 * (" DEAL_WORTH "), $2 * (" DEAL_LIKELY
    ") FROM deals d WHERE d.id = $1 AND d.merged_into IS NULL ON CONFLICT (stage_id, staff_id, month)" ADDED,
    "INSERT INTO deal_source_totals AS kept (stage_id, source_id, staff_id, month, deals, value, weighted) SELECT "
    "d.stage_id, " SOURCE ", " STAFF ", " DEAL_MONTH ", $2, $2 * (" DEAL_WORTH "), $2 * (" DEAL_LIKELY
    ") FROM deals d WHERE d.id = $1 AND d.merged_into IS NULL ON CONFLICT (stage_id, source_id, staff_id, month)" ADDED,
    "INSERT INTO deal_rots AS kept (stage_id, source_id, rots_on, deals) SELECT d.stage_id, -1, d.rots_on, $2 FROM "
    "deals d WHERE d.id = $1 AND " ROTS
    " ON CONFLICT (stage_id, source_id, rots_on) DO UPDATE SET deals = kept.deals + excluded.deals",
    "INSERT INTO deal_rots AS kept (stage_id, source_id, rots_on, deals) SELECT d.stage_id, " SOURCE
    ", d.rots_on, $2 FROM deals d WHERE d.id = $1 AND " ROTS
    " ON CONFLICT (stage_id, source_id, rots_on) DO UPDATE SET deals = kept.deals + excluded.deals",
};

static const char *const whole_stage[] = {
    "DELETE FROM deal_totals WHERE stage_id = $1",
    "DELETE FROM deal_source_totals WHERE stage_id = $1",
    "DELETE FROM deal_rots WHERE stage_id = $1",
    "INSERT INTO deal_totals (stage_id, staff_id, month, deals, value, weighted) SELECT d.stage_id, " STAFF
    ", " DEAL_MONTH ", COUNT(*), CAST(SUM(" DEAL_WORTH ") AS BIGINT), CAST(SUM(" DEAL_LIKELY
    ") AS BIGINT) FROM deals d WHERE d.stage_id = $1 AND d.merged_into IS NULL GROUP BY 1, 2, 3",
    "INSERT INTO deal_source_totals (stage_id, source_id, staff_id, month, deals, value, weighted) SELECT "
    "d.stage_id, " SOURCE ", " STAFF ", " DEAL_MONTH ", COUNT(*), CAST(SUM(" DEAL_WORTH
    ") AS BIGINT), CAST(SUM(" DEAL_LIKELY
    ") AS BIGINT) FROM deals d WHERE d.stage_id = $1 AND d.merged_into IS NULL GROUP BY 1, 2, 3, 4",
    "INSERT INTO deal_rots (stage_id, source_id, rots_on, deals) SELECT d.stage_id, -1, d.rots_on, COUNT(*) FROM deals "
    "d WHERE d.stage_id = $1 AND " ROTS " GROUP BY 1, 3",
    "INSERT INTO deal_rots (stage_id, source_id, rots_on, deals) SELECT d.stage_id, " SOURCE
    ", d.rots_on, COUNT(*) FROM deals d WHERE d.stage_id = $1 AND " ROTS " GROUP BY 1, 2, 3",
};

static enum err_code add(struct shop *shop, int64_t id, int sign, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof one_deal / sizeof *one_deal && rc == ERR_OK; i++) {
        rc = db_run(shop->db, one_deal[i], DB_BIND(DB_INT(id), DB_INT(sign)), e);
    }
    return rc;
}

enum err_code deal_uncount(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = deal_facts_take(shop, id, e);
    return rc == ERR_OK ? add(shop, id, -1, e) : rc;
}

enum err_code deal_count(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = deal_facts_give(shop, id, e);
    return rc == ERR_OK ? add(shop, id, 1, e) : rc;
}

enum err_code deal_recount_stage(struct shop *shop, int64_t stage_id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof whole_stage / sizeof *whole_stage && rc == ERR_OK; i++) {
        rc = db_run(shop->db, whole_stage[i], DB_BIND(DB_INT(stage_id)), e);
    }
    return rc;
}
