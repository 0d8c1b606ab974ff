/* PINs as they are kept: set, changed, taken away, recovered. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/access.h"
#include "domain/shop_internal.h"

enum { SHORTEST = 4, OPS_LIMIT = 2, MEMORY_LIMIT = 64 << 20 };

static bool has_control(const char *pin) {
    for (const char *p = pin; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f) {
            return true;
        }
    }
    return false;
}

/* 0000, 1234, 87654321: each character the same step from the one before. */
static bool is_run(const char *pin) {
    int step = pin[1] - pin[0];
    for (const char *p = pin; p[1] != '\0'; p++) {
        if (p[1] - p[0] != step) {
            return false;
        }
    }
    return step >= -1 && step <= 1;
}

/* All or the last digits of the phone, the code, the name. */
static bool is_of_person(const struct pin_holder *h, const char *pin) {
    size_t phone = strlen(h->phone);
    size_t len = strlen(pin);
    return (len <= phone && strcmp(h->phone + phone - len, pin) == 0) || text_equal_folded(pin, h->code) ||
           text_equal_folded(pin, h->name);
}

/* `pin` is the NFC of what was typed. An obvious one is refused where `obvious` is NULL, else told. */
static enum err_code check(const struct pin_holder *h, const char *typed, const char *pin, bool *obvious,
                           struct err *e) {
    size_t len = strlen(pin);
    if (len < SHORTEST || len >= PIN_SIZE) {
        return err_set_field(e, ERR_INVALID, "pin", _("a PIN has 4 to 128 characters; letters and spaces are fine"));
    }
    if (has_control(pin) || !text_is_utf8(typed, strlen(typed))) {
        return err_set_field(e, ERR_INVALID, "pin", _("that PIN has characters that cannot be typed; choose another"));
    }
    bool is_obvious = is_run(pin) || is_of_person(h, pin);
    if (obvious != NULL) {
        *obvious = is_obvious;
    } else if (is_obvious) {
        return err_set_field(e, ERR_INVALID, "pin",
                             _("that PIN is the first that anybody would try; choose another (not 0000, 1234, the own "
                               "phone or code)"));
    }
    return ERR_OK;
}

enum err_code pin_check(struct shop *shop, const char *staff_code, const char *pin, struct err *e) {
    struct pin_holder h;
    char *clean = text_nfc(pin);
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK) {
        rc = check(&h, pin, clean, NULL, e);
    }
    pin_holder_clear(&h);
    pin_wipe(clean, strlen(clean));
    free(clean);
    return rc;
}

/* The text is wiped; `hash` gets what is kept. */
static enum err_code hash_pin(char *clean, char hash[crypto_pwhash_STRBYTES], struct err *e) {
    int failed = sodium_init() < 0 || crypto_pwhash_str_alg(hash, clean, strlen(clean), OPS_LIMIT, MEMORY_LIMIT,
                                                            crypto_pwhash_ALG_ARGON2ID13);
    pin_wipe(clean, strlen(clean));
    return failed ? err_set(e, ERR_IO, _("this machine has not the 64 MB of memory that hiding a PIN takes")) : ERR_OK;
}

struct keeping {
    const struct pin_holder *who;
    const char *hash;   /* "" takes it away */
    const char *detail; /* for the audit */
    bool was_on;
};

static enum err_code keep(struct shop *shop, void *ctx, struct err *e) {
    struct keeping *k = ctx;
    bool on = false;
    k->was_on = shop_sign_in_is_on(shop);
    enum err_code rc = db_run(shop->db, "UPDATE staff SET pin_hash = $1, pin_tries = 0 WHERE id = $2",
                              DB_BIND(DB_TEXT(k->hash), DB_INT(k->who->id)), e);
    if (rc == ERR_OK) {
        rc = db_exists(shop->db, "SELECT 1 FROM staff WHERE role = 'manager' AND pin_hash <> '' LIMIT 1", DB_NO_BIND,
                       &on, e);
    }
    if (rc == ERR_OK) {
        char *entity = mem_printf("staff %s", k->who->code);
        char *detail = mem_printf("%s%s", k->detail, on == k->was_on ? "" : on ? "; sign-in on" : "; sign-in off");
        rc = audit_add(shop, "staff.pin", entity, "", detail, e);
        free(detail);
        free(entity);
    }
    return rc;
}

/* What stood there is overwritten in the file. */
static enum err_code keep_hash(struct shop *shop, struct keeping *k, struct err *e) {
    db_set_erasing(shop->db, true);
    enum err_code rc = shop_transact_unasked(shop, keep, k, e);
    if (rc == ERR_OK && !db_in_transaction(shop->db)) {
        db_checkpoint(shop->db, NULL);
    }
    db_set_erasing(shop->db, false);
    if (rc == ERR_OK && k->who->id == shop->actor_id) {
        access_prove_anew(shop);
    }
    access_forget(shop);
    return rc;
}

/* May who acts change this one's PIN? Their own once they have proven the old one. */
static enum err_code may_change(struct shop *shop, const struct pin_holder *h, const char *current, struct err *e) {
    bool own = h->id == shop->actor_id;
    enum err_code rc = shop_require(shop, own ? PERMIT_NONE : PERMIT_PIN, e);
    if (rc == ERR_OK && own && h->hash[0] != '\0') {
        rc = current == NULL ? err_set(e, ERR_REFUSED, _("give the current PIN too")) : pin_prove(shop, h, current, e);
    }
    return rc;
}

static enum err_code store_new(struct shop *shop, const struct pin_holder *h, const char *pin, const char *detail,
                               bool *obvious, struct err *e) {
    char hash[crypto_pwhash_STRBYTES] = "";
    char *clean = text_nfc(pin);
    struct keeping k = {.who = h, .hash = hash, .detail = detail};
    enum err_code rc = check(h, pin, clean, obvious, e);
    if (rc == ERR_OK) {
        rc = hash_pin(clean, hash, e);
    }
    if (rc == ERR_OK) {
        rc = keep_hash(shop, &k, e);
    }
    if (rc == ERR_OK && !k.was_on && shop_sign_in_is_on(shop)) {
        rc = shop_act_as(shop, h->code, e);
        shop->access.proven = rc == ERR_OK;
    }
    pin_wipe(hash, sizeof hash);
    pin_wipe(clean, strlen(clean));
    free(clean);
    return rc;
}

enum err_code pin_set(struct shop *shop, const char *staff_code, const char *current, const char *pin, struct err *e) {
    return pin_put(shop, staff_code, current, pin, NULL, e);
}

enum err_code pin_put(struct shop *shop, const char *staff_code, const char *current, const char *pin, bool *obvious,
                      struct err *e) {
    struct pin_holder h;
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK) {
        rc = may_change(shop, &h, current, e);
    }
    if (rc == ERR_OK) {
        rc = store_new(shop, &h, pin, h.hash[0] == '\0' ? "set" : "changed", obvious, e);
    }
    pin_holder_clear(&h);
    return rc;
}

enum err_code pin_remove(struct shop *shop, const char *staff_code, const char *current, bool *opened, struct err *e) {
    struct pin_holder h;
    bool was_on = shop_sign_in_is_on(shop);
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK) {
        rc = may_change(shop, &h, current, e);
    }
    if (rc == ERR_OK && h.hash[0] != '\0') {
        struct keeping k = {.who = &h, .hash = "", .detail = "removed"};
        rc = keep_hash(shop, &k, e);
    }
    if (rc == ERR_OK && opened != NULL) {
        *opened = was_on && !shop_sign_in_is_on(shop);
    }
    pin_holder_clear(&h);
    return rc;
}

enum err_code pin_recover(struct shop *shop, const char *staff_code, const char *pin, bool *obvious, struct err *e) {
    struct pin_holder h;
    if (!shop->access.file_owner) {
        return err_set(e, ERR_REFUSED,
                       _("only who owns the shop's file in the operating system (or root) may recover a PIN"));
    }
    enum err_code rc = pin_holder_load(shop, staff_code, &h, e);
    if (rc == ERR_OK && strcmp(h.role, "manager") != 0) {
        rc = err_set(e, ERR_REFUSED, _("%s is no manager: recover a manager's PIN, and let the manager set this one"),
                     h.name);
    }
    if (rc == ERR_OK) {
        rc = store_new(shop, &h, pin, "recovered by the owner of the file", obvious, e);
    }
    pin_holder_clear(&h);
    return rc;
}
