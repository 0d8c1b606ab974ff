/* Who may do and see what (README, "Who may do what"). One const table, permission × role, is the only place that says
 * it; `chotdon staff roles` prints it.
 *
 * A shop in which no manager has a PIN is open: everybody may do everything. With a manager's PIN sign-in is on
 * (chotdon/sign_in.h): who has not proven who they are may do nothing, who has may do what any role may (sell, look
 * customers up, move deals …) and of this table what their role may.
 *
 * The domain enforces it: a function that does one of these things begins with
 *     rc = shop_require(shop, PERMIT_CANCEL, e);
 * and whoever shows something private asks shop_may first and leaves it blank (never 0, never a made-up figure). Both
 * cost a comparison while the shop is open, and no query after the first call in any case.
 *
 * A refusal says so in *e: permission_refused(e) tells the screens which permission was missing, so that they can ask
 * for a manager's PIN, call shop_approve and do the same again. */
#ifndef CHOTDON_PERMISSION_H
#define CHOTDON_PERMISSION_H

#include "chotdon/shop.h"

enum permission {
    PERMIT_NONE,            /* what any role may */
    PERMIT_SEE_COST,        /* cost, stock value and margin */
    PERMIT_SEE_COMMISSION,  /* others' commission and salary; one's own is always shown */
    PERMIT_PRICE,           /* a line's price other than the product's, a customer's or a unit's */
    PERMIT_DISCOUNT,        /* more than the setting discount_limit_pct off */
    PERMIT_CANCEL,          /* an order that is no draft */
    PERMIT_ORDERS,          /* whose sale and for whom a made order is; somebody else's unfinished basket */
    PERMIT_RETURN,          /* goods back, money back */
    PERMIT_COMMISSION_RUN,  /* calculate, answer disputes, pay out */
    PERMIT_COMMISSION_LOCK, /* lock a month */
    PERMIT_PLANS,           /* plans, targets, scorecards */
    PERMIT_GOODS,           /* products, groups, prices */
    PERMIT_STOCK,           /* receive, adjust, count */
    PERMIT_CASH,            /* money in and out of the drawer beside sales, closing somebody else's shift */
    PERMIT_CUSTOMERS,       /* merge and erase; adding and editing is for everybody */
    PERMIT_IMPORT,          /* files in, and an import taken back */
    PERMIT_EXPORT,          /* files of many records with money or people in them */
    PERMIT_STAFF,           /* people, roles, teams */
    PERMIT_PIN,             /* somebody else's PIN; one's own is everybody's */
    PERMIT_SETTINGS,        /* settings, stages, reasons, channels, rules of assignment */
    PERMIT_AUDIT,           /* reading who did what */
    PERMIT_BACKUP,          /* making a copy of the shop, putting one back */
    PERMIT_COUNT
};

struct permission_info {
    const char *code; /* "see-cost": for files, tests and --approve's audit row */
    const char *what; /* "see cost and margin": marked for translation, fits behind "may" */
    unsigned roles;   /* bit i: the role role_code(i) */
};
const struct permission_info *permission_info(enum permission p); /* not of PERMIT_NONE */

/* The roles by number, in the order of the table's columns: "counter" … "outsourced"; NULL beyond the last. The words
 * for people are staff_role_label(code). */
#define ROLE_COUNT 8
const char *role_code(int role);
bool permission_of_role(const char *role, enum permission p);
char *permission_roles(enum permission p); /* "manager, accountant", translated; the caller owns it */

/* May who acts do it? An approval that waits counts. Not to be trusted for longer than until the next key press. */
bool shop_may(struct shop *shop, enum permission p);

/* Is this person who acts (and has signed in, where that is asked for)? What is their own, they see. */
bool shop_is_self(struct shop *shop, int64_t staff_id);

/* ERR_OK, or ERR_REFUSED with who may and what to do. Uses an approval up. Call it before the action or inside its
 * transaction; PERMIT_NONE asks only whether anybody has signed in. */
enum err_code shop_require(struct shop *shop, enum permission p, struct err *e);

/* shop_require and then shop_transact. */
enum err_code shop_transact_for(struct shop *shop, enum permission p, shop_fn *fn, void *ctx, struct err *e);

/* The permission whose want *e reports; PERMIT_NONE when it reports something else. */
enum permission permission_refused(const struct err *e);

/* Somebody who may (by their own PIN, with its delay after failures) lets the next action pass that needs `p`; for
 * PERMIT_NONE whatever they may and the next action needs. One action: up to the commit in which it was used; several
 * permissions of the same approver add up until then. What that transaction writes into the audit names the approver.
 * ERR_REFUSED for a wrong PIN and for somebody who may not either. shop_disapprove forgets what was not used. */
enum err_code shop_approve(struct shop *shop, const char *staff_code, const char *pin, enum permission p,
                           struct err *e);
void shop_disapprove(struct shop *shop);

#endif
