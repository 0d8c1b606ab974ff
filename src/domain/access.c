#include "domain/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"
#include "domain/shop_internal.h"

static unsigned bit(enum permission p) {
    return 1U << (unsigned)p;
}

static unsigned permissions_of(const char *role) {
    unsigned all = 0;
    for (int p = PERMIT_NONE; p < PERMIT_COUNT; p++) {
        all |= permission_of_role(role, (enum permission)p) ? bit((enum permission)p) : 0;
    }
    return all;
}

static void forget_proof(struct access *a) {
    if (a->proof != NULL) {
        pin_wipe(a->proof, strlen(a->proof));
    }
    free(a->proof);
    a->proof = NULL;
}

/* Another PIN or another role than the one they signed in with has to be proven again. */
static bool proof_holds(struct access *a, const char *role, const char *hash) {
    char *now = mem_printf("%s %s", role, hash);
    bool holds = a->proof == NULL || strcmp(a->proof, now) == 0;
    forget_proof(a);
    a->proof = now;
    return holds;
}

static void read_access(struct access *a, struct db_stmt *s, const char *today) {
    const char *role = db_col_text(s, 1);
    const char *end = db_col_text(s, 2);
    const char *hash = db_col_text(s, 3);
    bool gone = end[0] != '\0' && strcmp(end, today) < 0;
    a->on = db_col_int(s, 0) != 0;
    a->permissions = permissions_of(role);
    a->proven = a->proven && hash[0] != '\0' && !gone && proof_holds(a, role, hash);
    a->known = true;
}

static enum err_code load(struct shop *shop, struct err *e) {
    struct access *a = &shop->access;
    struct db_stmt *s = NULL;
    char today[DATE_SIZE];
    shop_today(shop, today);
    enum err_code rc =
        db_query(shop->db,
                 "SELECT CASE WHEN EXISTS (SELECT 1 FROM staff WHERE role = 'manager' AND pin_hash <> '') THEN 1 ELSE 0"
                 " END, COALESCE(s.role, ''), COALESCE(s.end_date, ''), COALESCE(s.pin_hash, '')"
                 " FROM (SELECT 1 AS one) o LEFT JOIN staff s ON s.id = $1",
                 DB_BIND(DB_INT(shop->actor_id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        read_access(a, s, today);
    }
    db_done(&s);
    return row == DB_ROW ? ERR_OK : ERR_DB;
}

void access_forget(struct shop *shop) {
    shop->access.known = false;
}

void access_prove_anew(struct shop *shop) {
    forget_proof(&shop->access);
    access_forget(shop);
}

/* What cannot be read is not permitted. */
static enum err_code know(struct shop *shop, struct err *e) {
    return shop->access.known ? ERR_OK : load(shop, e);
}

/* An import is permitted as a whole; what gives rights is not part of it. */
static enum permission in_force(const struct shop *shop, enum permission p) {
    bool inside = shop->audit_muted && p != PERMIT_NONE && p != PERMIT_STAFF && p != PERMIT_PIN;
    return inside ? PERMIT_IMPORT : p;
}

bool shop_sign_in_is_on(struct shop *shop) {
    return know(shop, NULL) != ERR_OK || shop->access.on;
}

bool shop_is_signed_in(struct shop *shop) {
    return know(shop, NULL) == ERR_OK && (!shop->access.on || shop->access.proven || shop->access.trusted);
}

bool shop_may(struct shop *shop, enum permission p) {
    const struct access *a = &shop->access;
    if (know(shop, NULL) != ERR_OK) {
        return false;
    }
    if (!a->on || a->trusted) {
        return true;
    }
    return a->proven && ((a->permissions | a->approved) & bit(in_force(shop, p))) != 0;
}

bool shop_is_self(struct shop *shop, int64_t staff_id) {
    return staff_id != 0 && staff_id == shop->actor_id && shop_is_signed_in(shop);
}

static enum err_code refuse(struct shop *shop, enum permission p, struct err *e) {
    const struct permission_info *info = permission_info(p);
    char *who = permission_roles(p);
    char *field = mem_printf("permission %s", info->code);
    err_set_field(e, ERR_REFUSED, field, _("%s may not %s; who may: %s: sign in as such, or let one approve it"),
                  shop->actor_name, _(info->what), who);
    free(field);
    free(who);
    return ERR_REFUSED;
}

enum err_code shop_require(struct shop *shop, enum permission wanted, struct err *e) {
    struct access *a = &shop->access;
    enum err_code rc = know(shop, e);
    if (rc != ERR_OK || !a->on || a->trusted) {
        return rc;
    }
    if (!a->proven) {
        return err_set(e, ERR_REFUSED, _("this shop asks for a PIN: say who you are with -u CODE, and sign in"));
    }
    enum permission p = in_force(shop, wanted);
    if ((a->permissions & bit(p)) != 0) {
        return ERR_OK;
    }
    if ((a->approved & bit(p)) != 0) {
        a->used |= bit(p);
        return ERR_OK;
    }
    return refuse(shop, p, e);
}

enum err_code shop_transact_for(struct shop *shop, enum permission p, shop_fn *fn, void *ctx, struct err *e) {
    enum err_code rc = shop_require(shop, p, e);
    return rc == ERR_OK ? shop_transact_unasked(shop, fn, ctx, e) : rc;
}

/* --- approval */

void shop_disapprove(struct shop *shop) {
    struct access *a = &shop->access;
    free(a->approver);
    a->approver = NULL;
    a->approved = a->used = 0;
}

void access_transaction_ended(struct shop *shop, bool committed) {
    if (shop->access.used != 0 && committed) {
        shop_disapprove(shop);
    }
    shop->access.used = 0;
}

char *access_approval_note(struct shop *shop) {
    const struct access *a = &shop->access;
    return a->used == 0 ? NULL : mem_printf(" · approved by %s", a->approver);
}

enum err_code shop_approve(struct shop *shop, const char *staff_code, const char *pin, enum permission p,
                           struct err *e) {
    struct pin_holder h;
    struct access *a = &shop->access;
    enum err_code rc = shop_require(shop, PERMIT_NONE, e);
    if (rc == ERR_OK && !a->on) {
        return ERR_OK; /* nothing that would have to be approved */
    }
    if (rc == ERR_OK) {
        rc = pin_holder_load(shop, staff_code, &h, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    if (!permission_of_role(h.role, p)) {
        char *who = permission_roles(p);
        rc = err_set(e, ERR_REFUSED, _("%s cannot approve that: only these may: %s"), h.name, who);
        free(who);
    } else {
        rc = pin_prove(shop, &h, pin, e);
    }
    if (rc == ERR_OK && (a->approver == NULL || strcmp(a->approver, h.code) != 0)) {
        shop_disapprove(shop);
        a->approver = mem_strdup(h.code);
    }
    if (rc == ERR_OK) {
        a->approved |= p == PERMIT_NONE ? permissions_of(h.role) : bit(p);
    }
    pin_holder_clear(&h);
    return rc;
}

void access_clear(struct access *a) {
    free(a->approver);
    forget_proof(a);
    *a = (struct access){0};
}

enum err_code access_check_last_manager(struct shop *shop, int64_t staff_id, struct err *e) {
    bool is_one = false;
    bool another = true;
    char today[DATE_SIZE];
    shop_today(shop, today);
    enum err_code rc = db_exists(shop->db, "SELECT 1 FROM staff WHERE id = $1 AND role = 'manager' AND pin_hash <> ''",
                                 DB_BIND(DB_INT(staff_id)), &is_one, e);
    if (rc == ERR_OK && is_one) {
        rc = db_exists(shop->db,
                       "SELECT 1 FROM staff WHERE id <> $1 AND role = 'manager' AND pin_hash <> ''"
                       " AND (end_date = '' OR end_date >= $2) LIMIT 1",
                       DB_BIND(DB_INT(staff_id), DB_TEXT(today)), &another, e);
    }
    return rc != ERR_OK || another
               ? rc
               : err_set(e, ERR_REFUSED,
                         _("this is the only manager with a PIN: give another manager one first, or take this one's "
                           "away with `staff pin CODE --remove`"));
}
