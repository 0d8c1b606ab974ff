/* What the files of stages and deals share of stages. */
#ifndef DOMAIN_STAGE_INTERNAL_H
#define DOMAIN_STAGE_INTERNAL_H

#include "chotdon/stage.h"
#include "db/db.h"

/* Columns for stage_read, of `s`. */
#define STAGE_COLUMNS                                                                                                  \
    "s.id, s.pipeline_id, s.position, s.name, s.kind, s.probability_bps, s.idle_days, s.fold, s.required"
enum { STAGE_COLUMN_COUNT = 9 };
void stage_read(struct db_stmt *s, int first_column, struct stage *out);

/* The kind as it is stored in the database. */
enum stage_kind stage_kind_stored(const char *code);

/* The first stage of a kind. ERR_NOT_FOUND. */
enum err_code stage_first(struct shop *shop, int64_t pipeline_id, enum stage_kind kind, struct stage *out,
                          struct err *e);

/* The board of a new database: the shop's own pipeline with the stages and reasons of DOMAIN 5. */
enum err_code stage_make_board(struct shop *shop, struct err *e);

/* The first day on which an open deal rots: untouched for longer than idle_days, and no activity planned for that day
 * or later; "" never (idle_days 0). */
void stage_rots_on(const char *touched_on, int idle_days, const char *next_on, char out[DATE_SIZE]);

/* A reason that a file names: made when it is not there; 0 for "". */
enum err_code reason_make(struct shop *shop, const char *name, int64_t *id, struct err *e);

#endif
