#include "chotdon/sign_in.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/access.h"
#include "domain/shop_internal.h"

enum { FREE_TRIES = 3, LONGEST_WAIT_MS = 300000, MS = 1000 };

void pin_wipe(void *memory, size_t size) {
    sodium_memzero(memory, size);
}

enum err_code pin_holder_load(struct shop *shop, const char *staff_code, struct pin_holder *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct pin_holder){0};
    enum err_code rc = db_query(
        shop->db,
        "SELECT id, code, name, role, phone, pin_hash, end_date, pin_tries, pin_tried_at FROM staff WHERE code = $1",
        DB_BIND(DB_TEXT(staff_code)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *out = (struct pin_holder){.id = db_col_int(s, 0),
                                   .code = db_col_dup(s, 1),
                                   .name = db_col_dup(s, 2),
                                   .role = db_col_dup(s, 3),
                                   .phone = db_col_dup(s, 4),
                                   .hash = db_col_dup(s, 5),
                                   .end_date = db_col_dup(s, 6),
                                   .tries = db_col_int(s, 7),
                                   .tried_at = db_col_int(s, 8)};
    }
    db_done(&s);
    return row == DB_ROW      ? ERR_OK
           : row == DB_FAILED ? ERR_DB
                              : err_set_field(e, ERR_NOT_FOUND, "as",
                                              _("there is no staff with code “%s”; `chotdon staff list` shows who "
                                                "there is"),
                                              staff_code);
}

void pin_holder_clear(struct pin_holder *h) {
    if (h->hash != NULL) {
        pin_wipe(h->hash, strlen(h->hash));
    }
    free(h->code);
    free(h->name);
    free(h->role);
    free(h->phone);
    free(h->hash);
    free(h->end_date);
    *h = (struct pin_holder){0};
}

static int64_t machine_now(struct shop *shop) {
    if (shop->access.machine_ms != NULL) {
        return shop->access.machine_ms(shop->clock_ctx);
    }
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    return datetime_to_seconds(now) * MS;
}

/* How long the next attempt has to wait. A clock that was set back does not make it longer. */
static int64_t wait_ms(const struct pin_holder *h, int64_t now) {
    if (h->tries < FREE_TRIES) {
        return 0;
    }
    int64_t doublings = h->tries - FREE_TRIES;
    int64_t delay = doublings > 9 ? LONGEST_WAIT_MS : (int64_t)MS << doublings;
    delay = delay > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : delay;
    int64_t since = now - h->tried_at;
    return since < 0 ? delay : since >= delay ? 0 : delay - since;
}

struct attempt {
    const struct pin_holder *who;
    int64_t now;
    int64_t left; /* ms to wait yet; 0: go on */
};

/* Counted before the PIN is looked at, so that many programs at once do not get more tries than one. */
static enum err_code count_attempt(struct shop *shop, void *ctx, struct err *e) {
    struct attempt *a = ctx;
    struct pin_holder h = {0};
    audit_excuse(shop, AUDIT_PIN_TRY);
    enum err_code rc =
        db_get_int(shop->db, "SELECT pin_tries FROM staff WHERE id = $1", DB_BIND(DB_INT(a->who->id)), &h.tries, e);
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT pin_tried_at FROM staff WHERE id = $1", DB_BIND(DB_INT(a->who->id)),
                        &h.tried_at, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    a->left = wait_ms(&h, a->now);
    if (a->left > 0 && h.tried_at <= a->now) {
        return ERR_OK;
    }
    return db_run(shop->db, "UPDATE staff SET pin_tries = pin_tries + $1, pin_tried_at = $2 WHERE id = $3",
                  DB_BIND(DB_INT(a->left == 0), DB_INT(a->now), DB_INT(a->who->id)), e);
}

static enum err_code clear_attempts(struct shop *shop, void *ctx, struct err *e) {
    const struct attempt *a = ctx;
    audit_excuse(shop, AUDIT_PIN_TRY);
    return db_run(shop->db, "UPDATE staff SET pin_tries = 0 WHERE id = $1", DB_BIND(DB_INT(a->who->id)), e);
}

static enum err_code note_failure(struct shop *shop, void *ctx, struct err *e) {
    const struct attempt *a = ctx;
    char *entity = mem_printf("sign-in %s", a->who->code);
    enum err_code rc = audit_add(shop, "sign.fail", entity, "", "", e);
    free(entity);
    return rc;
}

static enum err_code say_wait(const struct pin_holder *h, int64_t left_ms, struct err *e) {
    long long s = (left_ms + MS - 1) / MS;
    return err_set(e, ERR_REFUSED, _("too many wrong PINs for %s: try again in %lld seconds"), h->name, s);
}

static enum err_code compare(const struct pin_holder *h, const char *pin, struct err *e) {
    char *clean = text_nfc(pin);
    size_t len = strlen(clean);
    bool same = crypto_pwhash_str_verify(h->hash, clean, len) == 0;
    pin_wipe(clean, len);
    free(clean);
    return same ? ERR_OK : err_set(e, ERR_REFUSED, _("that is not the PIN of %s"), h->name);
}

enum err_code pin_prove(struct shop *shop, const struct pin_holder *h, const char *pin, struct err *e) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    if (h->end_date[0] != '\0' && strcmp(h->end_date, today) < 0) {
        return err_set(e, ERR_REFUSED, _("%s left on %s and cannot sign in any more"), h->name, h->end_date);
    }
    if (h->hash[0] == '\0') {
        return err_set(e, ERR_REFUSED, _("%s has no PIN yet: a manager sets one with `chotdon staff pin %s`"), h->name,
                       h->code);
    }
    if (sodium_init() < 0) {
        return err_set(e, ERR_IO, _("this machine gives no random numbers; nothing was written"));
    }
    struct attempt a = {.who = h, .now = machine_now(shop)};
    db_set_durable(shop->db, false);
    enum err_code rc = shop_transact_unasked(shop, count_attempt, &a, e);
    if (rc == ERR_OK && a.left > 0) {
        rc = say_wait(h, a.left, e);
    } else if (rc == ERR_OK) {
        rc = compare(h, pin, e);
        shop_fn *then = rc == ERR_OK ? clear_attempts : note_failure;
        enum err_code kept = shop_transact_unasked(shop, then, &a, rc == ERR_OK ? e : NULL);
        rc = rc == ERR_OK ? kept : rc;
    }
    db_set_durable(shop->db, true);
    return rc;
}

enum err_code shop_sign_in(struct shop *shop, const char *staff_code, const char *pin, struct err *e) {
    struct pin_holder h;
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK && shop_sign_in_is_on(shop)) {
        rc = pin_prove(shop, &h, pin, e);
    }
    if (rc == ERR_OK) {
        rc = shop_act_as(shop, staff_code, e);
    }
    if (rc == ERR_OK) {
        shop->access.proven = h.hash[0] != '\0';
    }
    pin_holder_clear(&h);
    return rc;
}

void shop_sign_out(struct shop *shop) {
    shop_act_as(shop, "", NULL);
}

enum err_code pin_state(struct shop *shop, const char *staff_code, bool *has_pin, int *wait_s, struct err *e) {
    struct pin_holder h;
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK) {
        *has_pin = h.hash[0] != '\0';
        *wait_s = (int)((wait_ms(&h, machine_now(shop)) + MS - 1) / MS);
    }
    pin_holder_clear(&h);
    return rc;
}
