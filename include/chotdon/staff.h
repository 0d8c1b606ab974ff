/* Staff and teams (DOMAIN 2). */
#ifndef CHOTDON_STAFF_H
#define CHOTDON_STAFF_H

#include "chotdon/shop.h"

/* A record as it is written and read. In staff_put `fields` says which members count; the others keep their value (a
 * new record gets the default). Texts in a record that was read are owned by it. */
enum staff_field {
    STAFF_NAME = 1 << 0,
    STAFF_TEAM = 1 << 1,
    STAFF_ROLE = 1 << 2,
    STAFF_PHONE = 1 << 3,
    STAFF_EMAIL = 1 << 4,
    STAFF_SALARY = 1 << 5,
    STAFF_START = 1 << 6,
    STAFF_END = 1 << 7,
    STAFF_ALL = (1 << 8) - 1
};
struct staff {
    int64_t id;
    char *code; /* the key of staff_put; see code_check in chotdon/code.h */
    char *name;
    char *team; /* name; made when it is not there; "" none */
    char *
        role; /* counter rep warehouse care marketing accountant manager outsourced, or the Vietnamese word; "" = rep */
    char *phone;
    char *email;
    int64_t base_salary;
    bool hides_salary; /* read only: who looks may not see it (PERMIT_SEE_COMMISSION, or their own); base_salary is 0 */
    char *start_date;  /* ISO or "" */
    char *end_date;
    char *team_from; /* staff_put: the date from which STAFF_TEAM holds; NULL or "": today for a change, always for the
                        first */
    int64_t import_id; /* write only: the import that makes it, 0 none */
};

enum err_code staff_put(struct shop *shop, const struct staff *s, unsigned fields, enum put_result *result,
                        struct err *e);

/* By code, then by name (accents and case folded). ERR_NOT_FOUND; ERR_CONFLICT when several bear the name. */
enum err_code staff_find(struct shop *shop, const char *code_or_name, int64_t *id, struct err *e);
enum err_code staff_get(struct shop *shop, int64_t id, struct staff *out, struct err *e);
void staff_clear(struct staff *s);

/* By code. Called with borrowed records; a non-zero return stops. */
typedef enum err_code staff_row_fn(void *ctx, const struct staff *s, struct err *e);
enum err_code staff_list(struct shop *shop, bool with_left, staff_row_fn *row, void *ctx, struct err *e);

/* The role's word in the user's language, and its English word for a word in either; NULL when unknown. */
const char *staff_role_label(const char *role);
const char *staff_role_find(const char *typed);

/* Teams are named; their name is their code. */
struct team {
    int64_t id;
    char *name;
    char *leader; /* staff code or "" */
    int64_t members;
};
enum err_code team_make(struct shop *shop, const char *name, int64_t *id, bool *made, struct err *e); /* find or make */
enum err_code team_find(struct shop *shop, const char *name, int64_t *id, struct err *e);
enum err_code team_rename(struct shop *shop, const char *name, const char *new_name, struct err *e);
/* from NULL or "": always when it is the first leader, else today. leader NULL or "": nobody. */
enum err_code team_set_leader(struct shop *shop, const char *name, const char *leader, const char *from, struct err *e);
typedef enum err_code team_row_fn(void *ctx, const struct team *t, struct err *e);
enum err_code team_list(struct shop *shop, team_row_fn *row, void *ctx, struct err *e);

/* The team of a person on a day; 0 none. */
enum err_code staff_team_on(struct shop *shop, int64_t staff_id, const char *date, int64_t *team_id, struct err *e);

/* Dated changes, oldest first: the teams of a person, the leaders of a team. `from` is ISO, "" since the beginning of
 * time; `what` the team's name, the leader's code and name, "" none. Borrowed during the call. */
typedef enum err_code staff_change_fn(void *ctx, const char *from, const char *what, struct err *e);
enum err_code staff_team_history(struct shop *shop, int64_t staff_id, staff_change_fn *row, void *ctx, struct err *e);
enum err_code team_leader_history(struct shop *shop, int64_t team_id, staff_change_fn *row, void *ctx, struct err *e);

#endif
