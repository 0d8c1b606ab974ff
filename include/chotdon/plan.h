/* Commission plans (DOMAIN 7): one policy for a span of months, kept in versions. */
#ifndef CHOTDON_PLAN_H
#define CHOTDON_PLAN_H

#include "chotdon/shop.h"

enum plan_base { PLAN_GROSS, PLAN_NET, PLAN_MARGIN };
enum plan_mode { PLAN_MARGINAL, PLAN_SLAB };
const char *plan_base_code(enum plan_base base);   /* "gross" */
const char *plan_base_metric(enum plan_base base); /* of the target that it is measured against: "revenue" */
const char *plan_mode_code(enum plan_mode mode);
const char *plan_base_label(enum plan_base base); /* in the user's language: "revenue" */
const char *plan_mode_label(enum plan_mode mode); /* "marginal" */
bool plan_base_find(const char *typed, enum plan_base *out);
bool plan_mode_find(const char *typed, enum plan_mode *out);

/* `line`: where it stands in the file that it was read from, 0 unknown; plan_check names it. */
struct plan_tier {
    int64_t from; /* money; the first is 0, rising */
    int64_t rate_bps;
    long line;
};
struct plan_gate {
    int64_t at_bps;     /* of attainment, rising */
    int64_t factor_bps; /* what the commission is multiplied by */
    long line;
};
struct plan_group {
    int64_t group_id;
    char *path; /* as it is called now */
    int64_t rate_bps;
    long line;
};

/* One version of a plan; it owns its texts and arrays. */
struct plan {
    int64_t version_id; /* 0: not stored */
    int version;        /* 1, 2 … */
    bool active;
    char *code, *name;
    char *reason;          /* of a later version; NULL or "" */
    char from[MONTH_SIZE]; /* the plan's validity, both inclusive */
    char to[MONTH_SIZE];
    char start[MONTH_SIZE]; /* the first month of this version */
    enum plan_base base;
    enum plan_mode mode;
    int64_t cap; /* 0: none */
    int64_t override_bps;
    int64_t bonus_first_order, bonus_top;
    struct plan_tier *tiers;
    size_t tier_count;
    struct plan_gate *gates;
    size_t gate_count;
    struct plan_group *groups;
    size_t group_count;
};
void plan_clear(struct plan *p);

/* Sorts tiers and gates, and refuses what no plan may be: ERR_INVALID with the field ("tiers", "gate", "to" …) and,
 * when it is known, the line: no tiers, a first tier that is not 0, one that comes twice, rates that fall as tiers rise
 * (marginal), rates outside 0–100%, a span that ends before it begins, negative money. */
enum err_code plan_check(struct plan *p, struct err *e);
bool plan_same(const struct plan *a, const struct plan *b); /* the policy: all but version, reason and state */

/* What a checked plan's tiers pay for a month's base, before gate, groups and all else. ERR_INVALID: too much. */
enum err_code plan_pays(const struct plan *p, int64_t base, int64_t *commission, struct err *e);

/* Stores a checked plan. Without `start`: a new plan as a draft, or a draft of that code anew; a plan in use (active,
 * or with a run) is read-only: ERR_REFUSED, unless it says the same (PUT_UNCHANGED). With `start` and `reason`: a new
 * version of it from that month on. ERR_CONFLICT when its months overlap an active plan's; ERR_REFUSED when a month
 * from `start` on is locked, or who acts may not (see commission_rights). The version's number goes to p->version. */
enum err_code plan_put(struct shop *shop, struct plan *p, const char *start, const char *reason,
                       enum put_result *result, struct err *e);

/* The same for one who edits a plan: */
struct plan_saving {
    const char *start, *reason; /* a new version from that month on; NULL: a plan, or a draft anew */
    bool replaces;              /* a draft of that code is replaced, as plan_put does; else ERR_CONFLICT ("code") */
    const char *was;            /* the draft that is edited, which may get another code; NULL: none */
    bool try_only;              /* everything is checked, nothing is written */
};
enum err_code plan_save(struct shop *shop, struct plan *p, const struct plan_saving *how, enum put_result *result,
                        struct err *e);

/* Takes a draft away. ERR_REFUSED when it is in use, ERR_NOT_FOUND. */
enum err_code plan_remove(struct shop *shop, const char *code, struct err *e);

/* Why a plan can no longer be changed: in force, a month was computed with it (`month` gets the last one, else ""), or
 * it has later versions. */
enum plan_use { PLAN_FREE, PLAN_ACTIVE, PLAN_COMPUTED, PLAN_VERSIONED };
enum err_code plan_used(struct shop *shop, const char *code, enum plan_use *use, char month[MONTH_SIZE], struct err *e);

/* What a new plan begins with, not stored: the terms of the plan that ends last, for as many months after it, with the
 * year in its code and name moved on; without any plan this year's code and months, and no tiers. */
enum err_code plan_next(struct shop *shop, struct plan *out, struct err *e);

/* The version before this one, and of a plan's first version what holds in the month before it. ERR_NOT_FOUND. */
enum err_code plan_before(struct shop *shop, const struct plan *p, struct plan *out, struct err *e);

/* Puts a plan in force. ERR_CONFLICT when its months overlap another active plan's. Again is nothing. */
enum err_code plan_activate(struct shop *shop, const char *code, struct err *e);

/* By code: its newest version; `CODE@2`: that one. ERR_NOT_FOUND. plan_clear it, also after an error. */
enum err_code plan_get(struct shop *shop, const char *code, struct plan *out, struct err *e);
enum err_code plan_get_version(struct shop *shop, int64_t version_id, struct plan *out, struct err *e);

/* What holds in a month: of the active plan that covers it, the newest version that has begun; where none is active,
 * the only draft that covers it. ERR_NOT_FOUND says what to do, ERR_CONFLICT names the drafts to choose from. */
enum err_code plan_for_month(struct shop *shop, const char *month, struct plan *out, struct err *e);

/* All versions, by plan's first month, code, version; borrowed during the call, without tiers, gates and groups. */
typedef enum err_code plan_row_fn(void *ctx, const struct plan *p, struct err *e);
enum err_code plan_list(struct shop *shop, plan_row_fn *row, void *ctx, struct err *e);

#endif
