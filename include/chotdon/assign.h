/* Who gets a new lead (DOMAIN 5): the first rule that fits by source, province and product group; then the rep with the
 * fewest open leads who is under the rule's daily limit; on a tie whoever has waited longest since their last lead. */
#ifndef CHOTDON_ASSIGN_H
#define CHOTDON_ASSIGN_H

#include "chotdon/shop.h"

/* What is "" fits all. Leads go to the reps of the team; when none of them has room, and without a team, to the reps
 * named; a rule that names neither means every rep. */
struct assign_rule {
    int64_t id;
    int64_t position; /* 1…: the first that fits counts; adding: 0 puts it last */
    char *source;
    char *province;
    char *group; /* path; its children too */
    char *team;
    char *reps;          /* codes joined by ','; adding: codes or names */
    int64_t daily_limit; /* new leads a rep a day; 0: no limit */
};
typedef enum err_code assign_rule_fn(void *ctx, const struct assign_rule *r, struct err *e);
enum err_code assign_rule_list(struct shop *shop, assign_rule_fn *row, void *ctx, struct err *e); /* by position */
/* The source is made when it is not there. ERR_NOT_FOUND names the province's, group's, team's or rep's option. */
enum err_code assign_rule_add(struct shop *shop, const struct assign_rule *r, int64_t *id, struct err *e);
enum err_code assign_rule_remove(struct shop *shop, int64_t id, struct err *e); /* ERR_NOT_FOUND */

enum err_code assign_has_rules(struct shop *shop, bool *has, struct err *e);

enum assign_outcome { ASSIGN_GIVEN, ASSIGN_NO_RULE, ASSIGN_NO_ROOM };
struct assign_row {
    const char *deal_no;
    const char *title;
    enum assign_outcome outcome;
    const char *rep; /* code, "" none */
    const char *rep_name;
    int64_t rule; /* its position, 0 none */
};
/* Open deals without a rep, oldest first, each given to somebody; a dry run says the same and changes nothing. Rows are
 * borrowed during the call. */
typedef enum err_code assign_row_fn(void *ctx, const struct assign_row *r, struct err *e);
enum err_code assign_run(struct shop *shop, bool dry_run, assign_row_fn *row, void *ctx, struct err *e);

/* One lead that has just come: given to somebody when it is open, has no rep, and a rule fits. */
enum err_code assign_new(struct shop *shop, int64_t deal_id, struct err *e);

#endif
