#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "domain/check_run.h"
#include "domain/deal_internal.h"
#include "domain/record.h"
#include "domain/stage_internal.h"

/* Where a table of kept totals is not what the rows add up to. */
#define OUT(table, keys, of)                                                                                           \
    "SELECT s.name, t.deals, t.value FROM (SELECT " keys ", CAST(SUM(deals) AS BIGINT) AS deals, "                     \
    "CAST(SUM(value) AS BIGINT) AS value, CAST(SUM(weighted) AS BIGINT) AS weighted FROM (SELECT " keys                \
    ", deals, value, weighted FROM " table " UNION ALL SELECT " of ", -1, -(" DEAL_WORTH "), -(" DEAL_LIKELY           \
    ") FROM deals d WHERE d.merged_into IS NULL) parts GROUP BY " keys ") t JOIN stages s ON s.id = t.stage_id WHERE " \
    "t.deals <> 0 OR t.value <> 0 OR t.weighted <> 0"
/* How far a stage is, as the history sees it. */
#define RANK "CASE s.kind WHEN 'won' THEN 1000000 ELSE s.position END"

static const struct check_rule rules[] = {
    {OUT("deal_totals", "stage_id, staff_id, month", "d.stage_id, COALESCE(d.staff_id, 0), " DEAL_MONTH),
     N_("the totals kept for stage “%s” are out by %s deals and %s of value (chotdon check --rebuild adds it up anew)"),
     CHECK_PLAIN},
    {OUT("deal_source_totals", "stage_id, source_id, staff_id, month",
         "d.stage_id, COALESCE(d.source_id, 0), COALESCE(d.staff_id, 0), " DEAL_MONTH),
     N_("the totals kept by source for stage “%s” are out by %s deals and %s of value (chotdon check --rebuild adds it "
        "up anew)"),
     CHECK_PLAIN},
    {"SELECT s.name, t.deals, 0 FROM (SELECT stage_id, source_id, rots_on, CAST(SUM(deals) AS BIGINT) AS deals FROM "
     "(SELECT stage_id, source_id, rots_on, deals FROM deal_rots UNION ALL SELECT d.stage_id, -1, d.rots_on, -1 FROM "
     "deals d WHERE d.rots_on <> '' AND d.merged_into IS NULL UNION ALL SELECT d.stage_id, COALESCE(d.source_id, 0), "
     "d.rots_on, -1 FROM deals d WHERE d.rots_on <> '' AND d.merged_into IS NULL) parts GROUP BY stage_id, source_id, "
     "rots_on) t JOIN stages s ON s.id = t.stage_id WHERE t.deals <> 0",
     N_("the days kept of rotting deals of stage “%s” are out by %s deals (chotdon check --rebuild counts them anew)"),
     CHECK_PLAIN},
    {"SELECT d.deal_no, 0, 0 FROM deals d JOIN stages s ON s.id = d.stage_id WHERE s.kind <> d.kind OR s.removed <> 0",
     N_("deal %s stands in a stage of another kind, or in one that was removed (move it)"), CHECK_PLAIN},
    {"SELECT d.deal_no, 0, 0 FROM deals d WHERE d.merged_into IS NULL AND COALESCE((SELECT x.to_id FROM deal_stages x "
     "WHERE x.deal_id = d.id ORDER BY x.id DESC LIMIT 1), 0) <> d.stage_id",
     N_("the history of deal %s ends in another stage than it is in (move it)"), CHECK_PLAIN},
    {"SELECT d.deal_no, 0, 0 FROM deals d WHERE d.merged_into IS NULL AND COALESCE((SELECT " RANK
     " FROM stages s WHERE s.id = d.reached_id), -1) <> COALESCE((SELECT MAX(" RANK ") FROM deal_stages x JOIN "
     "stages s ON s.id = x.to_id WHERE x.deal_id = d.id AND s.kind <> 'lost'), -1)",
     N_("deal %s came further, or less far, than is kept of it (move it)"), CHECK_PLAIN},
    {"SELECT d.deal_no, 0, 0 FROM deals d WHERE (d.kind = 'open' AND (d.closed_on <> '' OR d.value <> 0)) OR (d.kind "
     "<> 'lost' AND d.lost_reason_id IS NOT NULL)",
     N_("deal %s is open, but has what only a closed one can have (edit it)"), CHECK_PLAIN},
    {"SELECT d.deal_no, 0, 0 FROM deals d WHERE d.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM search_entry s "
     "WHERE s.kind = 4 AND s.id = d.id)",
     N_("deal %s cannot be found by typing (change its title and back)"), CHECK_PLAIN},
};

/* When a deal rots follows from its stage and what is planned. */
static enum err_code check_rotting(struct check_run *run, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db,
                                "SELECT d.deal_no, d.kind, d.touched_on, s.idle_days, d.next_on, d.rots_on FROM deals "
                                "d JOIN stages s ON s.id = d.stage_id",
                                DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        char rots_on[DATE_SIZE] = "";
        if (stage_kind_stored(db_col_text(s, 1)) == STAGE_OPEN) {
            stage_rots_on(db_col_text(s, 2), (int)db_col_int(s, 3), db_col_text(s, 4), rots_on);
        }
        if (strcmp(rots_on, db_col_text(s, 5)) != 0) {
            check_found(run, _("deal %s rots from “%s”, but “%s” is kept (plan its next activity)"), db_col_text(s, 0),
                        rots_on, db_col_text(s, 5));
        }
    }
    db_done(&s);
    check_end(run);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code check_deals(struct check_run *run, struct err *e) {
    enum err_code rc = check_rules(run, rules, sizeof rules / sizeof *rules, e);
    return rc == ERR_OK ? check_rotting(run, e) : rc;
}
