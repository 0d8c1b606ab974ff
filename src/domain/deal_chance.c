#include "chotdon/pipeline.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "db/db.h"
#include "domain/record.h"

const char *chance_fact_label(enum chance_fact f) {
    static const char *const labels[] = {[CHANCE_STAGE] = N_("stage reached"),
                                         [CHANCE_SOURCE] = N_("source"),
                                         [CHANCE_TEAM] = N_("team"),
                                         [CHANCE_GROUP] = N_("product group"),
                                         [CHANCE_REP] = N_("rep")};
    return _(labels[f]);
}

#define SUM(x) "CAST(COALESCE(SUM(" x "), 0) AS BIGINT)"
#define TEAM_TODAY(staff)                                                                                              \
    "COALESCE((SELECT t.team_id FROM staff_teams t WHERE t.staff_id = " staff                                          \
    " AND t.from_date <= $2 ORDER BY t.from_date DESC LIMIT 1), 0)"
#define BOTH SUM("o.won") ", " SUM("o.lost")

/* Each fact's values that closed deals have, with how many were won and lost; $1 is the deal's own, $2 today. Of the
 * stage there is one row: those that came as far. */
static const struct {
    const char *counts, *name;
} facts[CHANCE_FACTS] = {
    [CHANCE_STAGE] = {"SELECT s.id, " BOTH " FROM stages s JOIN stages r ON r.pipeline_id = s.pipeline_id AND"
                      " (r.kind = 'won' OR (r.kind = 'open' AND r.position >= s.position))"
                      " JOIN deal_odds o ON o.fact = 'stage' AND o.ref_id = r.id WHERE s.id = $1 AND $2 <> ''"
                      " GROUP BY 1",
                      "SELECT name FROM stages WHERE id = $1"},
    [CHANCE_SOURCE] = {"SELECT o.ref_id, o.won, o.lost FROM deal_odds o WHERE o.fact = 'source'"
                       " AND o.won + o.lost > 0 AND $1 <> 0 AND $2 <> ''",
                       "SELECT name FROM channels WHERE id = $1"},
    [CHANCE_TEAM] = {"SELECT " TEAM_TODAY("o.ref_id") ", " BOTH " FROM deal_odds o WHERE o.fact = 'rep'"
                                                      " AND o.won + o.lost > 0 AND $1 <> 0 GROUP BY 1",
                     "SELECT name FROM teams WHERE id = $1"},
    [CHANCE_GROUP] = {"SELECT COALESCE(p.group_id, 0), " BOTH " FROM deal_odds o LEFT JOIN products p"
                      " ON p.id = o.ref_id WHERE o.fact = 'product' AND o.won + o.lost > 0 AND $1 <> 0 AND $2 <> ''"
                      " GROUP BY 1",
                      "SELECT path FROM product_groups WHERE id = $1"},
    [CHANCE_REP] = {"SELECT o.ref_id, o.won, o.lost FROM deal_odds o WHERE o.fact = 'rep' AND o.won + o.lost > 0"
                    " AND $1 <> 0 AND $2 <> ''",
                    "SELECT name FROM staff WHERE id = $1"},
};

struct job {
    int64_t deal_id;
    char today[DATE_SIZE];
    struct deal_chance *out;
    int64_t won, lost;
    int64_t own[CHANCE_FACTS]; /* the deal's */
    struct chance_count counts[CHANCE_FACTS];
};

static enum err_code read_deal(struct job *job, struct db *db, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                "SELECT COALESCE(d.reached_id, 0), COALESCE(d.source_id, 0), " TEAM_TODAY(
                                    "d.staff_id") ", COALESCE((SELECT p.group_id FROM deal_products l JOIN products p"
                                                  " ON p.id = l.product_id WHERE l.deal_id = d.id"
                                                  " ORDER BY l.position LIMIT 1), 0), COALESCE(d.staff_id, 0),"
                                                  " s.probability_bps, d.probability_bps, d.probability_set"
                                                  " FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.id = $1",
                                DB_BIND(DB_INT(job->deal_id), DB_TEXT(job->today)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row got = db_next(s, e);
    if (got == DB_ROW) {
        for (int i = 0; i < CHANCE_FACTS; i++) {
            job->own[i] = db_col_int(s, i);
        }
        job->out->default_bps = db_col_int(s, CHANCE_FACTS);
        job->out->current_bps = db_col_int(s, CHANCE_FACTS + 1);
        job->out->set_by_hand = db_col_int(s, CHANCE_FACTS + 2) != 0;
    }
    db_done(&s);
    if (got == DB_END) {
        return err_set(e, ERR_NOT_FOUND, _("there is no deal #%lld"), (long long)job->deal_id);
    }
    return got == DB_FAILED ? record_failed(e) : ERR_OK;
}

static enum err_code read_all(struct job *job, struct db *db, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT won, lost FROM deal_odds WHERE fact = 'all'", DB_NO_BIND, &s, e);
    enum db_row got = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (got == DB_ROW) {
        job->won = db_col_int(s, 0);
        job->lost = db_col_int(s, 1);
    }
    db_done(&s);
    job->out->closed = job->won + job->lost;
    job->out->learned = job->out->closed >= CHANCE_DEALS_MIN;
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code count_fact(struct job *job, struct db *db, enum chance_fact f, struct chance_count *out,
                                struct err *e) {
    struct db_stmt *s = NULL;
    bool seen = false;
    enum err_code rc = db_query(db, facts[f].counts, DB_BIND(DB_INT(job->own[f]), DB_TEXT(job->today)), &s, e);
    enum db_row got = DB_END;
    *out = (struct chance_count){0};
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        out->values++;
        if (db_col_int(s, 0) == job->own[f]) {
            seen = true;
            out->won = db_col_int(s, 1);
            out->lost = db_col_int(s, 2);
        }
    }
    db_done(&s);
    out->values = f == CHANCE_STAGE ? 2 : out->values + (seen ? 0 : 1); /* came this far, or did not */
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code collect(struct db *db, void *ctx, struct err *e) {
    struct job *job = ctx;
    struct deal_chance *out = job->out;
    enum err_code rc = read_deal(job, db, e);
    rc = rc == ERR_OK ? read_all(job, db, e) : rc;
    for (int f = 0; f < CHANCE_FACTS && rc == ERR_OK && out->learned; f++) {
        if (job->own[f] == 0) {
            continue;
        }
        struct chance_count *count = &job->counts[out->fact_count];
        rc = count_fact(job, db, (enum chance_fact)f, count, e);
        if (rc == ERR_OK) {
            rc = db_get_text(db, facts[f].name, DB_BIND(DB_INT(job->own[f])), &out->facts[out->fact_count].name, e);
        }
        if (rc == ERR_OK) {
            out->facts[out->fact_count].fact = (enum chance_fact)f;
            out->facts[out->fact_count].won = count->won;
            out->facts[out->fact_count++].lost = count->lost;
        }
    }
    return rc;
}

/* How much a fact says, whichever way: the ratio or its inverse, in basis points. */
static int64_t weight(int64_t ratio_bps) {
    return ratio_bps >= 10000 ? ratio_bps : 100000000 / (ratio_bps > 0 ? ratio_bps : 1);
}

static void sort_facts(struct deal_chance *c) {
    for (size_t i = 1; i < c->fact_count; i++) {
        for (size_t k = i; k > 0 && weight(c->facts[k].ratio_bps) > weight(c->facts[k - 1].ratio_bps); k--) {
            struct chance_reason swapped = c->facts[k];
            c->facts[k] = c->facts[k - 1];
            c->facts[k - 1] = swapped;
        }
    }
}

enum err_code deal_chance(struct shop *shop, int64_t deal_id, struct deal_chance *out, struct err *e) {
    struct job job = {.deal_id = deal_id, .out = out};
    int64_t ratios[CHANCE_FACTS] = {0};
    *out = (struct deal_chance){0};
    shop_today(shop, job.today);
    enum err_code rc = db_read(shop_db(shop), collect, &job, e);
    if (rc != ERR_OK) {
        deal_chance_clear(out);
        return rc;
    }
    if (out->learned) {
        out->learned_bps = chance_learn(job.won, job.lost, job.counts, out->fact_count, ratios);
    }
    for (size_t i = 0; i < out->fact_count; i++) {
        out->facts[i].ratio_bps = ratios[i];
    }
    sort_facts(out);
    return ERR_OK;
}

void deal_chance_clear(struct deal_chance *c) {
    for (size_t i = 0; i < CHANCE_FACTS; i++) {
        free(c->facts[i].name);
    }
    *c = (struct deal_chance){0};
}
