#include "base/i18n.h"
#include "domain/check_run.h"
#include "domain/deal_facts_sums.h"
#include "domain/record.h"

static enum err_code add_fact(void *ctx, const struct deal_fact *f, struct err *e) {
    (void)e;
    fact_sums_add(ctx, f);
    return ERR_OK;
}

static enum err_code take_month(void *ctx, const struct deal_fact *f, struct err *e) {
    (void)e;
    fact_sums_month(ctx, f, -1);
    return ERR_OK;
}

static enum err_code take_odds(struct fact_sums *sums, struct db *db, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT fact, ref_id, won, lost FROM deal_odds", DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        fact_sums_odds(sums, db_col_text(s, 0), db_col_int(s, 1), -db_col_int(s, 2), -db_col_int(s, 3));
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* What the deals add up to, less what is kept: all of it must be nothing. */
enum err_code check_deal_facts(struct check_run *run, struct err *e) {
    struct fact_sums sums = {0};
    enum err_code rc = deal_facts_of_days(run->db, "", "9999-99-99", add_fact, &sums, e);
    rc = rc == ERR_OK ? deal_facts_of_months(run->db, "", "9999-99", take_month, &sums, e) : rc;
    rc = rc == ERR_OK ? take_odds(&sums, run->db, e) : rc;
    for (size_t i = 0; i < sums.count && rc == ERR_OK; i++) {
        const struct fact_sum *row = &sums.rows[i];
        int64_t deals = row->month.deals + row->won + row->lost;
        if (!fact_sum_is_empty(row)) {
            check_found(run,
                        _("the figures of the pipeline are out by %lld deals and %lld of value at “%s” (chotdon check "
                          "--rebuild adds them up anew)"),
                        (long long)deals, (long long)row->month.value, intern_text(sums.keys, (uint32_t)i));
        }
    }
    check_end(run);
    fact_sums_clear(&sums);
    return rc;
}
