#include "chotdon/audit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/audit_chain.h"
#include "domain/shop_internal.h"

#define HASH_BYTES 32
#define SALT_BYTES 16

struct audit_digest {
    crypto_generichash_state state;
};

struct audit_digest *audit_digest_new(void) {
    struct audit_digest *d = NULL;
    if (posix_memalign((void **)&d, 64, sizeof *d) != 0) {
        return mem_alloc(SIZE_MAX); /* ends the program as every want of memory does */
    }
    crypto_generichash_init(&d->state, NULL, 0, HASH_BYTES);
    return d;
}

void audit_digest_add(struct audit_digest *d, const void *bytes, size_t n) {
    crypto_generichash_update(&d->state, bytes, n);
}

void audit_digest_end(struct audit_digest *d, char hex[AUDIT_HEX_SIZE]) {
    unsigned char hash[HASH_BYTES];
    crypto_generichash_final(&d->state, hash, sizeof hash);
    sodium_bin2hex(hex, AUDIT_HEX_SIZE, hash, sizeof hash);
    free(d);
}

/* Hashes texts with their ends marked, so that ("ab", "c") and ("a", "bc") differ. */
static void hash_texts(char hex[AUDIT_HEX_SIZE], const char *const *texts, size_t count) {
    crypto_generichash_state state;
    unsigned char hash[HASH_BYTES];
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < count; i++) {
        crypto_generichash_update(&state, (const unsigned char *)texts[i], strlen(texts[i]) + 1);
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(hex, AUDIT_HEX_SIZE, hash, sizeof hash);
}

void audit_row_hash(char hex[AUDIT_HEX_SIZE], const char *previous, const struct audit_row *r, const char *digest) {
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)r->id);
    const char *const texts[] = {previous, id, r->time, r->staff, r->action, r->entity, digest};
    hash_texts(hex, texts, sizeof texts / sizeof *texts);
}

void audit_details_digest(char hex[AUDIT_HEX_SIZE], const char *salt, const char *before, const char *after) {
    const char *const texts[] = {salt, before, after};
    hash_texts(hex, texts, sizeof texts / sizeof *texts);
}

enum err_code audit_chain_end(struct db *db, struct audit_end *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct audit_end){.hash = AUDIT_FIRST_HASH};
    enum err_code rc = db_query(db, "SELECT id, hash FROM audit_head WHERE one = 1", DB_NO_BIND, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        out->id = db_col_int(s, 0);
        snprintf(out->hash, sizeof out->hash, "%s", db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? ERR_DB : ERR_OK;
}

enum err_code audit_end(struct shop *shop, struct audit_end *out, struct err *e) {
    return audit_chain_end(shop->db, out, e);
}

static enum err_code store(struct db *db, const struct audit_row *r, const char *salt, const char *digest,
                           struct err *e) {
    enum err_code rc = db_run(
        db, "INSERT INTO audit (id, at, staff, action, entity, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        DB_BIND(DB_INT(r->id), DB_TEXT(r->time), DB_TEXT(r->staff), DB_TEXT(r->action), DB_TEXT(r->entity),
                DB_TEXT(digest), DB_TEXT(r->hash)),
        e);
    if (rc == ERR_OK) {
        rc = db_run(db, "INSERT INTO audit_details (audit_id, salt, before, after) VALUES ($1, $2, $3, $4)",
                    DB_BIND(DB_INT(r->id), DB_TEXT(salt), DB_TEXT(r->before), DB_TEXT(r->after)), e);
    }
    return rc != ERR_OK ? rc
                        : db_run(db,
                                 "INSERT INTO audit_head (one, id, hash) VALUES (1, $1, $2) "
                                 "ON CONFLICT (one) DO UPDATE SET id = excluded.id, hash = excluded.hash",
                                 DB_BIND(DB_INT(r->id), DB_TEXT(r->hash)), e);
}

static enum err_code add_row(struct shop *shop, const char *action, const char *entity, const char *before,
                             const char *after, struct err *e) {
    struct audit_end end;
    enum err_code rc = audit_chain_end(shop->db, &end, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (sodium_init() < 0) {
        return err_set(e, ERR_IO, _("this machine gives no random numbers; nothing was written"));
    }
    unsigned char salt_bytes[SALT_BYTES];
    char salt[2 * SALT_BYTES + 1], digest[AUDIT_HEX_SIZE], hash[AUDIT_HEX_SIZE], now[DATETIME_SIZE];
    char *masked_before = audit_mask_cards(before);
    char *masked_after = audit_mask_cards(after);
    randombytes_buf(salt_bytes, sizeof salt_bytes);
    sodium_bin2hex(salt, sizeof salt, salt_bytes, sizeof salt_bytes);
    shop_now(shop, now);
    struct audit_row r = {.id = end.id + 1,
                          .time = now,
                          .staff = shop_is_signed_in(shop) ? shop->actor_code : "", /* a name alone proves nothing */
                          .action = action,
                          .entity = entity,
                          .hash = hash,
                          .before = masked_before == NULL ? before : masked_before,
                          .after = masked_after == NULL ? after : masked_after};
    audit_details_digest(digest, salt, r.before, r.after);
    audit_row_hash(hash, end.hash, &r, digest);
    rc = store(shop->db, &r, salt, digest, e);
    free(masked_before);
    free(masked_after);
    return rc;
}

enum err_code audit_add(struct shop *shop, const char *action, const char *entity, const char *before,
                        const char *after, struct err *e) {
    if (shop->audit_muted) {
        return ERR_OK;
    }
    char *note = access_approval_note(shop);
    char *with_note = note == NULL ? NULL : mem_printf("%s%s", after, note);
    enum err_code rc = add_row(shop, action, entity, before, with_note == NULL ? after : with_note, e);
    free(note);
    free(with_note);
    return rc;
}

void audit_mute(struct shop *shop, bool muted) {
    shop->audit_muted = muted;
}
