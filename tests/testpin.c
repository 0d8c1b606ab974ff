#include "testpin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "chotdon/audit.h"
#include "chotdon/staff.h"
#include "domain/shop_internal.h"

struct giving {
    const char *code;
    char hash[crypto_pwhash_STRBYTES];
};

static enum err_code give(struct shop *shop, void *ctx, struct err *e) {
    const struct giving *g = ctx;
    enum err_code rc = db_run(shop->db, "UPDATE staff SET pin_hash = $1, pin_tries = 0 WHERE code = $2",
                              DB_BIND(DB_TEXT(g->hash), DB_TEXT(g->code)), e);
    return rc == ERR_OK ? audit_add(shop, "staff.pin", g->code, "", "", e) : rc;
}

void testpin_give(struct shop *shop, const char *staff_code, const char *pin) {
    struct giving g = {.code = staff_code};
    assert_true(sodium_init() >= 0);
    assert_int_equal(crypto_pwhash_str_alg(g.hash, pin, strlen(pin), crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                           crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13),
                     0);
    assert_int_equal(shop_transact_unasked(shop, give, &g, NULL), ERR_OK);
    assert_int_equal(db_changes(shop->db), 1);
    access_forget(shop);
}

void testpin_turn_on(struct shop *shop) {
    struct err e = ERR_INIT;
    const struct staff boss = {.code = (char *)"CHU", .name = (char *)"Chủ", .role = (char *)"manager"};
    if (staff_put(shop, &boss, STAFF_NAME | STAFF_ROLE, NULL, &e) != ERR_OK) {
        fail_msg("no manager: %s", e.message);
    }
    testpin_give(shop, "CHU", "4711");
}

void testpin_sign_in(struct shop *shop, const char *staff_code) {
    struct err e = ERR_INIT;
    testpin_give(shop, staff_code, "4711");
    if (shop_sign_in(shop, staff_code, "4711", &e) != ERR_OK) {
        fail_msg("%s does not sign in: %s", staff_code, e.message);
    }
}
