#include "chotdon/audit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "domain/shop_internal.h"

#define HASH_BYTES 32
#define SALT_BYTES 16
#define FIRST_HASH "0000000000000000000000000000000000000000000000000000000000000000"

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

static void row_hash(char hex[AUDIT_HEX_SIZE], const char *previous, const struct audit_row *r, const char *digest) {
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)r->id);
    const char *const texts[] = {previous, id, r->time, r->staff, r->action, r->entity, digest};
    hash_texts(hex, texts, sizeof texts / sizeof *texts);
}

static void details_digest(char hex[AUDIT_HEX_SIZE], const char *salt, const char *before, const char *after) {
    const char *const texts[] = {salt, before, after};
    hash_texts(hex, texts, sizeof texts / sizeof *texts);
}

/* Where the chain ends: id 0 and the first hash for an empty one. */
static enum err_code read_head(struct db *db, int64_t *id, char hash[AUDIT_HEX_SIZE], struct err *e) {
    struct db_stmt *s = NULL;
    *id = 0;
    snprintf(hash, AUDIT_HEX_SIZE, "%s", FIRST_HASH);
    enum err_code rc = db_query(db, "SELECT id, hash FROM audit_head WHERE one = 1", DB_NO_BIND, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *id = db_col_int(s, 0);
        snprintf(hash, AUDIT_HEX_SIZE, "%s", db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? ERR_DB : ERR_OK;
}

static enum err_code add_row(struct shop *shop, const char *action, const char *entity, const char *before,
                             const char *after, struct err *e) {
    char head[AUDIT_HEX_SIZE];
    int64_t last = 0;
    enum err_code rc = read_head(shop->db, &last, head, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (sodium_init() < 0) {
        return err_set(e, ERR_IO, _("this machine gives no random numbers; nothing was written"));
    }
    unsigned char salt_bytes[SALT_BYTES];
    char salt[2 * SALT_BYTES + 1];
    char digest[AUDIT_HEX_SIZE];
    char hash[AUDIT_HEX_SIZE];
    char now[DATETIME_SIZE];
    randombytes_buf(salt_bytes, sizeof salt_bytes);
    sodium_bin2hex(salt, sizeof salt, salt_bytes, sizeof salt_bytes);
    shop_now(shop, now);
    const char *who = shop_is_signed_in(shop) ? shop->actor_code : ""; /* a name alone proves nothing */
    struct audit_row r = {.id = last + 1, .time = now, .staff = who, .action = action, .entity = entity};
    details_digest(digest, salt, before, after);
    row_hash(hash, head, &r, digest);
    rc = db_run(shop->db,
                "INSERT INTO audit (id, at, staff, action, entity, digest, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                DB_BIND(DB_INT(r.id), DB_TEXT(now), DB_TEXT(r.staff), DB_TEXT(action), DB_TEXT(entity), DB_TEXT(digest),
                        DB_TEXT(hash)),
                e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "INSERT INTO audit_details (audit_id, salt, before, after) VALUES ($1, $2, $3, $4)",
                    DB_BIND(DB_INT(r.id), DB_TEXT(salt), DB_TEXT(before), DB_TEXT(after)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO audit_head (one, id, hash) VALUES (1, $1, $2) "
                    "ON CONFLICT (one) DO UPDATE SET id = excluded.id, hash = excluded.hash",
                    DB_BIND(DB_INT(r.id), DB_TEXT(hash)), e);
    }
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

enum err_code audit_forget(struct shop *shop, const char *entity, struct err *e) {
    return db_run(shop->db,
                  "UPDATE audit_details SET salt = '', before = '', after = '' WHERE audit_id IN "
                  "(SELECT id FROM audit WHERE entity = $1)",
                  DB_BIND(DB_TEXT(entity)), e);
}

enum err_code audit_forget_like(struct shop *shop, const char *pattern, struct err *e) {
    return db_run(
        shop->db,
        "UPDATE audit_details SET salt = '', before = '', after = '' WHERE before LIKE $1 ESCAPE '!' OR after "
        "LIKE $1 ESCAPE '!'",
        DB_BIND(DB_TEXT(pattern)), e);
}

void audit_mute(struct shop *shop, bool muted) {
    shop->audit_muted = muted;
}

/* before → after; one of them alone where the other is empty. */
static void write_detail(struct buf *detail, const char *before, const char *after) {
    buf_reset(detail);
    buf_add(detail, before);
    if (before[0] != '\0' && after[0] != '\0') {
        buf_add(detail, " → ");
    }
    buf_add(detail, after);
}

enum err_code audit_list(struct shop *shop, const struct audit_filter *filter,
                         enum err_code (*row)(void *ctx, const struct audit_row *r, struct err *e), void *ctx,
                         struct err *e) {
    static const struct audit_filter all = {0};
    const struct audit_filter *f = filter == NULL ? &all : filter;
    struct db_stmt *s = NULL;
    struct buf detail = BUF_INIT;
    enum err_code rc = shop_require(shop, PERMIT_AUDIT, e);
    if (rc != ERR_OK) {
        return rc;
    }
    char *to_end = f->to == NULL ? NULL : mem_printf("%s 99", f->to);
    rc =
        db_query(shop->db,
                 "SELECT * FROM (SELECT a.id, a.at, a.staff, a.action, a.entity, d.before, d.after, a.hash FROM audit a"
                 " LEFT JOIN audit_details d ON d.audit_id = a.id"
                 " WHERE ($1 IS NULL OR a.at >= $1) AND ($2 IS NULL OR a.at <= $2) AND ($3 IS NULL OR a.staff = $3)"
                 " AND ($4 IS NULL OR a.entity LIKE '%' || $4 || '%') ORDER BY a.id DESC LIMIT $5) newest ORDER BY id",
                 DB_BIND(DB_TEXT(f->from), DB_TEXT(to_end), DB_TEXT(f->staff), DB_TEXT(f->entity),
                         DB_INT(f->limit == 0 ? INT64_MAX : f->limit)),
                 &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        write_detail(&detail, db_col_text(s, 5), db_col_text(s, 6));
        struct audit_row r = {db_col_int(s, 0),  db_col_text(s, 1), db_col_text(s, 2), db_col_text(s, 3),
                              db_col_text(s, 4), buf_str(&detail),  db_col_text(s, 7)};
        rc = row(ctx, &r, e);
    }
    if (rc == ERR_OK && next == DB_FAILED) {
        rc = ERR_DB;
    }
    db_done(&s);
    buf_clear(&detail);
    free(to_end);
    return rc;
}

struct verify {
    int64_t rows;
    int64_t last_id;
    char previous[AUDIT_HEX_SIZE];
    int64_t bad_id;
    char *why;
};

static void verify_row(struct verify *v, struct db_stmt *s) {
    struct audit_row r = {.id = db_col_int(s, 0),
                          .time = db_col_text(s, 1),
                          .staff = db_col_text(s, 2),
                          .action = db_col_text(s, 3),
                          .entity = db_col_text(s, 4),
                          .hash = db_col_text(s, 6)};
    const char *digest = db_col_text(s, 5);
    char expected[AUDIT_HEX_SIZE];
    v->rows++;
    if (r.id != v->last_id + 1) {
        v->bad_id = v->last_id + 1;
        v->why = mem_printf(_("row %lld is missing"), (long long)v->bad_id);
        return;
    }
    row_hash(expected, v->previous, &r, digest);
    if (strcmp(expected, r.hash) != 0) {
        v->bad_id = r.id;
        v->why = mem_printf(_("row %lld was changed, or the row before it"), (long long)r.id);
        return;
    }
    const char *salt = db_col_text(s, 7);
    if (salt[0] != '\0') { /* erased details have no salt any more */
        details_digest(expected, salt, db_col_text(s, 8), db_col_text(s, 9));
        if (strcmp(expected, digest) != 0) {
            v->bad_id = r.id;
            v->why = mem_printf(_("the details of row %lld were changed"), (long long)r.id);
            return;
        }
    }
    v->last_id = r.id;
    snprintf(v->previous, sizeof v->previous, "%s", r.hash);
}

static enum err_code verify_chain(struct db *db, void *ctx, struct err *e) {
    struct verify *v = ctx;
    struct db_stmt *s = NULL;
    free(v->why);
    *v = (struct verify){.previous = FIRST_HASH};
    enum err_code rc =
        db_query(db,
                 "SELECT a.id, a.at, a.staff, a.action, a.entity, a.digest, a.hash, d.salt, d.before, d.after"
                 " FROM audit a LEFT JOIN audit_details d ON d.audit_id = a.id ORDER BY a.id",
                 DB_NO_BIND, &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && v->why == NULL && (next = db_next(s, e)) == DB_ROW) {
        verify_row(v, s);
    }
    db_done(&s);
    if (rc != ERR_OK || next == DB_FAILED) {
        return rc != ERR_OK ? rc : ERR_DB;
    }
    char head[AUDIT_HEX_SIZE];
    int64_t head_id = 0;
    rc = read_head(db, &head_id, head, e);
    if (rc == ERR_OK && v->why == NULL && (head_id != v->last_id || strcmp(head, v->previous) != 0)) {
        v->bad_id = v->last_id + 1;
        v->why =
            mem_printf(_("rows after %lld are missing: the chain had %lld"), (long long)v->last_id, (long long)head_id);
    }
    return rc;
}

enum err_code audit_verify(struct shop *shop, int64_t *rows, int64_t *bad_id, char **why, struct err *e) {
    struct verify v = {0};
    enum err_code rc = db_read(shop->db, verify_chain, &v, e);
    *rows = v.rows;
    *bad_id = v.bad_id;
    *why = v.why;
    return rc;
}
