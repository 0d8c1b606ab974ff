/* The stages of a pipeline (DOMAIN 5): columns of the board, as data. And the reasons for which deals are lost. */
#ifndef CHOTDON_STAGE_H
#define CHOTDON_STAGE_H

#include "chotdon/shop.h"

#define PIPELINE_MAIN 1 /* the shop's own; a channel may have another one */

enum stage_kind { STAGE_OPEN, STAGE_WON, STAGE_LOST };
const char *stage_kind_code(enum stage_kind k);  /* "open": files, JSON, database */
const char *stage_kind_label(enum stage_kind k); /* in the user's language */
bool stage_kind_find(const char *typed, enum stage_kind *out);

/* What a stage may require of a deal that moves into it. */
enum deal_need {
    DEAL_NEED_NEED = 1 << 0, /* the four qualifying answers */
    DEAL_NEED_BUDGET = 1 << 1,
    DEAL_NEED_TIMING = 1 << 2,
    DEAL_NEED_DECISION_MAKER = 1 << 3,
    DEAL_NEED_CUSTOMER = 1 << 4,
    DEAL_NEED_PHONE = 1 << 5,
    DEAL_NEED_EMAIL = 1 << 6,
    DEAL_NEED_PROVINCE = 1 << 7,
    DEAL_NEED_REP = 1 << 8,
    DEAL_NEED_SOURCE = 1 << 9,
    DEAL_NEED_PRODUCT = 1 << 10,
    DEAL_NEED_EXPECTED_VALUE = 1 << 11,
    DEAL_NEED_EXPECTED_CLOSE = 1 << 12,
    DEAL_NEED_ALL = (1 << 13) - 1
};
const char *deal_need_code(enum deal_need one);  /* the deal's column: "decision_maker" */
const char *deal_need_label(enum deal_need one); /* in the user's language */
/* "need,budget" (also joined by '+' or blanks) ↔ bits. ERR_INVALID names the word that is no field. */
enum err_code deal_needs_parse(const char *text, unsigned *out, struct err *e);
char *deal_needs_text(unsigned needs); /* codes joined by ','; the caller owns it */

struct stage {
    int64_t id;
    int64_t pipeline_id;
    int position; /* 1… from left to right */
    char *name;
    enum stage_kind kind;
    int64_t probability_bps; /* default for deals that move in; 10 000 for won, 0 for lost */
    int idle_days;           /* 0: a deal never rots here */
    bool fold;               /* shown as one line */
    unsigned required;       /* bits of enum deal_need */
};
void stage_clear(struct stage *s);

/* The stages of a pipeline (0: of all), by position, removed ones left out. The caller frees *out with stage_list_free.
 */
enum err_code stage_list(struct shop *shop, int64_t pipeline_id, struct stage **out, size_t *count, struct err *e);
void stage_list_free(struct stage *stages, size_t count); /* accepts NULL */

/* The boards: the shop's own first, then those of channels by name (borrowed during the call). */
typedef enum err_code pipeline_row_fn(void *ctx, int64_t id, const char *name, struct err *e);
enum err_code pipeline_list(struct shop *shop, pipeline_row_fn *row, void *ctx, struct err *e);

/* The board of a channel, where its deals go; `make`: a copy of the shop's own when there is none, else ERR_NOT_FOUND.
 */
enum err_code pipeline_of_channel(struct shop *shop, const char *channel, bool make, int64_t *id, struct err *e);

/* ERR_NOT_FOUND for one that was removed. */
enum err_code stage_get(struct shop *shop, int64_t id, struct stage *out, struct err *e);

/* By name, folded; "won" and "lost" (and their Vietnamese words) name the first stage of that kind. ERR_NOT_FOUND lists
 * the stages that are there. */
enum err_code stage_find(struct shop *shop, int64_t pipeline_id, const char *name, struct stage *out, struct err *e);

/* position 0: before the first closing stage; probability below 0: that of the stage before it. A won stage has 10 000,
 * a lost one 0. ERR_CONFLICT for a name that is taken. *id may be NULL. */
enum err_code stage_add(struct shop *shop, const struct stage *s, int64_t import_id, int64_t *id, struct err *e);
enum stage_field {
    STAGE_NAME = 1 << 0,
    STAGE_POSITION = 1 << 1,
    STAGE_KIND = 1 << 2, /* ERR_REFUSED while deals are in it */
    STAGE_PROBABILITY = 1 << 3,
    STAGE_IDLE_DAYS = 1 << 4,
    STAGE_FOLD = 1 << 5,
    STAGE_REQUIRED = 1 << 6
};
/* The fields named are changed; deals whose probability was not set by hand take a new default. A pipeline keeps at
 * least one open, one won and one lost stage: ERR_REFUSED. */
enum err_code stage_edit(struct shop *shop, int64_t id, const struct stage *s, unsigned fields, struct err *e);
/* Its deals go to another stage of the same pipeline and kind (ERR_REFUSED without `to_id` while it has deals). */
enum err_code stage_remove(struct shop *shop, int64_t id, int64_t to_id, struct err *e);

/* Why deals are lost. */
typedef enum err_code reason_row_fn(void *ctx, int64_t id, const char *name, struct err *e);
enum err_code reason_list(struct shop *shop, reason_row_fn *row, void *ctx, struct err *e);
enum err_code reason_add(struct shop *shop, const char *name, int64_t *id, struct err *e);  /* ERR_CONFLICT */
enum err_code reason_remove(struct shop *shop, const char *name, struct err *e);            /* history keeps it */
enum err_code reason_find(struct shop *shop, const char *name, int64_t *id, struct err *e); /* folded; or by number */

#endif
