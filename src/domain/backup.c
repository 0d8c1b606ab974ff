#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "domain/audit_chain.h"
#include "domain/backup_files.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum err_code backup_make_watched(struct shop *shop, const char *path, check_tick *watch, void *ctx, struct err *e) {
    const struct db_backup_options how = {.tick = watch, .ctx = ctx};
    enum err_code rc = shop_require(shop, PERMIT_BACKUP, e);
    if (rc == ERR_OK) {
        rc = db_backup_with(shop->db, path, &how, e);
    }
    return rc == ERR_OK ? backup_note(shop, path, e) : rc;
}

enum err_code backup_make(struct shop *shop, const char *path, struct err *e) {
    return backup_make_watched(shop, path, NULL, NULL, e);
}

/* The copy is copied beside the shop's file, brought up to date, checked and given its audit row; only then it takes
 * the place. */
enum { COPIED = 400, WHOLE = 1000 /* thousandths of the work */ };

struct restore {
    const struct shop_options *options;
    const struct backup_restore_watch *watch;
    const char *copy;
    char *beside;
    const char *kept; /* where the replaced file goes; NULL when there is none */
    char *finding;    /* the first one */
    int64_t found;
    struct audit_end replaced; /* where the chain of the file that goes ended; id 0 where it cannot be read */
};

static void remove_beside(const char *beside) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".lock"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *name = mem_printf("%s%s", beside, suffixes[i]);
        unlink(name);
        free(name);
    }
}

/* Where the chain of the file that is replaced ends; a damaged one has no end that could be told. */
static enum err_code look_at_replaced(struct restore *r, struct err *e) {
    const struct db_options options = {.path = r->options->path, .read_only = true};
    struct db *db = NULL;
    struct err why = ERR_INIT;
    enum err_code rc = r->kept == NULL ? ERR_NOT_FOUND : db_open(&options, &db, &why);
    if (rc == ERR_OK) {
        rc = audit_chain_end(db, &r->replaced, &why);
    }
    if (rc != ERR_OK) {
        r->replaced = (struct audit_end){0};
    }
    db_close(&db);
    return why.code == ERR_IO
               ? err_set(e, ERR_IO, _("nothing was restored: %s; or move that file away first"), why.message)
               : ERR_OK;
}

/* The part at work, from..to of the whole. */
static bool watch_part(const struct restore *r, int64_t from, int64_t to, int64_t done, int64_t total) {
    int64_t part = total <= 0 ? 0 : (done < total ? done : total) * (to - from) / total;
    return r->watch->tick == NULL || r->watch->tick(r->watch->ctx, from + part, WHOLE);
}

static bool watch_copy(void *ctx, int64_t done, int64_t total) {
    return watch_part(ctx, 0, COPIED, done, total);
}

static bool watch_check(void *ctx, int64_t done, int64_t total) {
    return watch_part(ctx, COPIED, WHOLE, done, total);
}

static bool watch_upgrade(void *ctx) {
    return watch_part(ctx, COPIED, COPIED, 0, 0);
}

static enum err_code copy_beside(struct restore *r, struct err *e) {
    const struct db_backup_options how = {.tick = watch_copy, .ctx = r};
    const struct db_options from = {.path = r->copy, .read_only = true};
    const struct db_options to = {.path = r->beside, .shared_group = r->options->shared_group};
    struct db *db = NULL;
    enum err_code rc = db_open(&from, &db, e);
    if (rc == ERR_OK) {
        remove_beside(r->beside); /* of a restore that was killed */
        rc = db_backup_with(db, r->beside, &how, e);
    }
    db_close(&db);
    if (rc == ERR_OK) {
        rc = db_open(&to, &db, e);
    }
    if (rc == ERR_OK && db_schema_version(db) < db_schema_newest()) {
        db_set_progress(db, watch_upgrade, r);
        rc = db_upgrade(db, NULL, NULL, e);
    }
    db_close(&db);
    return rc;
}

static void keep_finding(void *ctx, const char *finding) {
    struct restore *r = ctx;
    if (r->finding == NULL) {
        r->finding = mem_strdup(finding);
    }
}

static enum err_code note_restore(struct shop *shop, void *ctx, struct err *e) {
    const struct restore *r = ctx;
    struct buf after = BUF_INIT;
    record_json_text(&after, "file", r->copy);
    record_json_text(&after, "kept", r->kept == NULL ? "" : r->kept);
    record_json_int(&after, "replaced_rows", r->replaced.id);
    record_json_text(&after, "replaced_hash", r->replaced.hash);
    enum err_code rc = audit_add(shop, "shop.restore", "shop", "", record_json_end(&after), e);
    buf_clear(&after);
    return rc;
}

static enum err_code open_beside(struct restore *r, struct shop **shop, struct err *e) {
    struct shop_options options = *r->options;
    options.path = r->beside;
    enum err_code rc = shop_open(&options, shop, e);
    if (rc == ERR_NOT_FOUND) { /* who restores need not have worked here yet when the copy was made */
        options.actor = NULL;
        err_clear(e);
        rc = shop_open(&options, shop, e);
    }
    if (rc == ERR_OK) {
        (*shop)->access.trusted = true; /* the PINs in the copy may be others */
    }
    return rc;
}

static enum err_code check_beside(struct restore *r, struct err *e) {
    struct shop *shop = NULL;
    enum err_code rc = open_beside(r, &shop, e);
    if (rc == ERR_OK) {
        rc = check_books_watched(shop, keep_finding, r, watch_check, r, &r->found, e);
    }
    if (rc == ERR_OK && r->found > 0) {
        rc =
            err_set(e, ERR_REFUSED, _("%s does not pass the check, so nothing was restored: %s (%lld findings in all)"),
                    r->copy, r->finding, (long long)r->found);
    }
    if (rc == ERR_OK) {
        rc = shop_transact(shop, note_restore, r, e);
    }
    shop_close(&shop);
    return rc;
}

/* shop.db → shop.db.replaced-20261121-140500 */
static char *kept_name(const struct shop_options *o) {
    char now[DATETIME_SIZE];
    o->clock(o->clock_ctx, "Asia/Ho_Chi_Minh", now);
    char *name = mem_printf("%s.replaced-%.4s%.2s%.2s-%.2s%.2s%.2s", o->path, now, now + 5, now + 8, now + 11, now + 14,
                            now + 17);
    for (int i = 2; access(name, F_OK) == 0; i++) {
        free(name);
        name = mem_printf("%s.replaced-%.4s%.2s%.2s-%.2s%.2s%.2s-%d", o->path, now, now + 5, now + 8, now + 11,
                          now + 14, now + 17, i);
    }
    return name;
}

/* The new end of the chain is anchored under what was there before: so the two are told apart. */
static void anchor_anew(const struct shop_options *options) {
    struct shop_options plain = *options;
    struct shop *shop = NULL;
    plain.actor = NULL;
    if (shop_open(&plain, &shop, NULL) == ERR_OK) {
        audit_anchor(shop);
    }
    shop_close(&shop);
}

enum err_code backup_restore(const struct shop_options *options, const char *copy, char **kept, struct err *e) {
    return backup_restore_watched(options, copy, &(const struct backup_restore_watch){0}, kept, e);
}

enum err_code backup_restore_watched(const struct shop_options *options, const char *copy,
                                     const struct backup_restore_watch *watch, char **kept, struct err *e) {
    struct restore r = {
        .options = options, .watch = watch, .copy = copy, .beside = mem_printf("%s.restoring", options->path)};
    char *name = access(options->path, F_OK) == 0 ? kept_name(options) : NULL;
    r.kept = name;
    *kept = NULL;
    enum err_code rc = shop_exists(options) ? shop_require_file_owner(options, e) : ERR_OK;
    if (rc == ERR_OK) {
        rc = look_at_replaced(&r, e);
    }
    if (rc == ERR_OK) {
        rc = copy_beside(&r, e);
    }
    if (rc == ERR_OK) {
        rc = check_beside(&r, e);
    }
    if (rc == ERR_OK && watch->before_swap != NULL) {
        watch->before_swap(watch->ctx);
    }
    if (rc == ERR_OK) {
        rc = db_replace(options->path, r.beside, name, e);
    }
    remove_beside(r.beside);
    if (rc == ERR_OK) {
        anchor_anew(options);
        *kept = name;
        name = NULL;
    }
    free(name);
    free(r.beside);
    free(r.finding);
    return rc;
}
