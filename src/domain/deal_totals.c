/* What the board's heads show, kept by the transaction that changes a deal (schema.sql says of what). */
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* round(expected × probability), in whole and broken ten thousands so that nothing overflows */
#define WEIGHTED                                                                                                       \
    "(d.expected_value / 10000 * d.probability_bps + (d.expected_value % 10000 * d.probability_bps + 5000) / 10000)"
#define PARTS                                                                                                          \
    "d.stage_id, COALESCE(d.staff_id, 0), "                                                                            \
    "substr(CASE d.kind WHEN 'open' THEN d.expected_close ELSE d.closed_on END, 1, 7)"
#define WORTH  "CASE d.kind WHEN 'open' THEN d.expected_value ELSE d.value END"
#define LIKELY "CASE d.kind WHEN 'open' THEN " WEIGHTED " WHEN 'won' THEN d.value ELSE 0 END"

static enum err_code add(struct shop *shop, int64_t id, int sign, struct err *e) {
    return db_run(shop->db,
                  "INSERT INTO deal_totals (stage_id, staff_id, month, deals, value, weighted) SELECT " PARTS
                  ", $2, $2 * " WORTH ", $2 * " LIKELY " FROM deals d WHERE d.id = $1 AND d.merged_into IS NULL "
                  "ON CONFLICT (stage_id, staff_id, month) DO UPDATE SET deals = deal_totals.deals + excluded.deals, "
                  "value = deal_totals.value + excluded.value, weighted = deal_totals.weighted + excluded.weighted",
                  DB_BIND(DB_INT(id), DB_INT(sign)), e);
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
    enum err_code rc = db_run(shop->db, "DELETE FROM deal_totals WHERE stage_id = $1", DB_BIND(DB_INT(stage_id)), e);
    if (rc != ERR_OK) {
        return rc;
    }
    return db_run(shop->db,
                  "INSERT INTO deal_totals (stage_id, staff_id, month, deals, value, weighted) SELECT " PARTS
                  ", COUNT(*), CAST(SUM(" WORTH ") AS BIGINT), CAST(SUM(" LIKELY ") AS BIGINT) FROM deals d "
                  "WHERE d.stage_id = $1 AND d.merged_into IS NULL GROUP BY 1, 2, 3",
                  DB_BIND(DB_INT(stage_id)), e);
}
