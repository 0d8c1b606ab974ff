/* The figures of the pipeline while they are added up (pipeline_stats.c puts them in; pipeline_tally.c keeps them). */
#ifndef DOMAIN_PIPELINE_TALLY_H
#define DOMAIN_PIPELINE_TALLY_H

#include "chotdon/pipeline.h"
#include "domain/deal_facts.h"

struct tally_stage {
    int64_t id, pipeline_id;
    int64_t position;
    enum stage_kind kind;
    bool shown;      /* open, and not removed */
    int64_t reached; /* deals made in the period that came just this far */
    struct pipeline_stage row;
};
struct tally {
    const struct pipeline_filter *filter;
    struct pipeline_stats *out;
    struct tally_stage *stages; /* by number */
    size_t stage_count;
    size_t *team_of; /* the row of each rep's team */
};

/* Rows for all stages, reps, teams, sources and reasons; inside a read of the database. */
enum err_code tally_begin(struct tally *t, struct db *db, const char *today, struct err *e);
enum err_code tally_fact(void *t, const struct deal_fact *f, struct err *e); /* a deal_fact_fn */
/* Works out the conversion, drops the rows without a deal and puts the others into their order. */
void tally_finish(struct tally *t);
void tally_clear(struct tally *t); /* what is in `out` stays */

#endif
