#include "chotdon/shop.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "domain/audit_chain.h"
#include "domain/record.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"
#include "domain/stage_internal.h"
#include "domain/stock_book.h"

#define FALLBACK_ZONE "Asia/Ho_Chi_Minh"

static struct db_options db_options_of(const struct shop_options *o) {
    return (struct db_options){
        .path = o->path,
        .shared_group = o->shared_group,
        .group = o->group,
        .borrow_group = o->borrow_group,
    };
}

static void take_turns(struct db *db, const struct shop_options *o) {
    db_set_on_wait(db, o->on_wait, o->wait_ctx);
    db_set_holder(db, o->task);
}

static enum err_code open_db(const struct shop_options *o, struct db **db, struct err *e) {
    struct db_options options = db_options_of(o);
    enum err_code rc = db_open(&options, db, e);
    if (rc == ERR_OK) {
        take_turns(*db, o);
    }
    return rc;
}

static struct shop *shop_new(const struct shop_options *o, struct db *db) {
    struct shop *shop = mem_zalloc(sizeof *shop);
    shop->db = db;
    shop->path = mem_strdup(o->path);
    shop->state_folder = mem_strdup(o->state_folder == NULL ? "" : o->state_folder);
    shop->borrow_group = o->borrow_group;
    shop->clock = o->clock;
    shop->clock_ctx = o->clock_ctx;
    shop->turned_back = o->turned_back;
    shop->access.machine_ms = o->machine_ms;
    shop->access.file_owner = o->file_owner;
    shop->task = mem_strdup(o->task == NULL ? "" : o->task);
    shop->actor_code = mem_strdup("");
    shop->actor_name = mem_strdup("");
    shop->texts = intern_new();
    shop->stock = stock_book_new(shop);
    shop->sales = sales_book_new(shop);
    return shop;
}

static enum err_code before_commit(struct db *db, void *ctx, struct err *e) {
    struct shop *shop = ctx;
    (void)db;
    enum err_code rc = stock_book_flush(shop->stock, e);
    rc = rc == ERR_OK ? sales_book_flush(shop->sales, e) : rc;
    return rc == ERR_OK ? audit_writes_check(shop, e) : rc;
}

static void transaction_ended(void *ctx, bool committed) {
    struct shop *shop = ctx;
    stock_book_forget(shop->stock);
    sales_book_forget(shop->sales);
    shop->customer_load.on = false;
    access_transaction_ended(shop, committed);
    shop->audit_excuse = AUDIT_NO_EXCUSE;
    shop->wrote = shop->wrote || committed;
    if (!committed) {
        shop->settings_stale = true;
        access_forget(shop);
        shop->audit_muted = false;
    }
}

static void inner_rolled_back(void *ctx) {
    struct shop *shop = ctx;
    shop->settings_stale = true;
    access_forget(shop);
    stock_book_rolled_back(shop->stock);
    sales_book_rolled_back(shop->sales);
}

static void set_hooks(struct shop *shop) {
    struct db_hooks hooks = {
        .before_commit = before_commit,
        .after_end = transaction_ended,
        .after_rollback_to = inner_rolled_back,
        .ctx = shop,
    };
    db_set_hooks(shop->db, &hooks);
}

struct make_ctx {
    struct shop *shop;
    const char *currency;
};

static enum err_code make_books(struct db *db, void *ctx, struct err *e) {
    struct make_ctx *c = ctx;
    c->shop->db = db;
    enum err_code rc = settings_make(c->shop, c->currency, e);
    if (rc == ERR_OK) {
        rc = stage_make_board(c->shop, e);
    }
    if (rc == ERR_OK) {
        rc = audit_add(c->shop, "shop.init", "shop", "", c->currency, e);
    }
    return rc;
}

enum err_code shop_require_file_owner(const struct shop_options *o, struct err *e) {
    return !o->borrow_group || o->file_owner
               ? ERR_OK
               : err_set(e, ERR_REFUSED,
                         _("a shop that many share is made, restored and upgraded by the owner of its file"));
}

enum err_code shop_create(const struct shop_options *options, const char *currency, struct shop **out, struct err *e) {
    struct currency found;
    *out = NULL;
    if (shop_require_file_owner(options, e) != ERR_OK) {
        return ERR_REFUSED;
    }
    if (!currency_find(currency, &found)) {
        return err_set_field(e, ERR_INVALID, "currency", _("“%s” is no currency code; use one like VND or USD"),
                             currency);
    }
    struct shop *shop = shop_new(options, NULL);
    struct make_ctx ctx = {shop, found.code};
    struct db_options make = db_options_of(options);
    make.create = true;
    make.fill = make_books;
    make.fill_ctx = &ctx;
    struct db *db = NULL;
    enum err_code rc = db_open(&make, &db, e);
    shop->db = db; /* NULL again when it failed after all */
    if (rc == ERR_OK) {
        take_turns(db, options);
        set_hooks(shop);
        audit_anchor_anew(shop);
        rc = settings_load(shop, e);
    }
    if (rc != ERR_OK) {
        shop_close(&shop);
        return rc;
    }
    *out = shop;
    return ERR_OK;
}

static enum err_code refuse_old_schema(struct db *db, const char *path, struct err *e) {
    if (db_schema_version(db) >= db_schema_newest()) {
        return ERR_OK;
    }
    return err_set_field(
        e, ERR_REFUSED, SHOP_OLD_SCHEMA,
        _("%s was made by an older version of the program; run `chotdon -d %s upgrade` (it makes a backup first)"),
        path, path);
}

enum err_code shop_open(const struct shop_options *options, struct shop **out, struct err *e) {
    *out = NULL;
    struct db *db = NULL;
    enum err_code rc = open_db(options, &db, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct shop *shop = shop_new(options, db);
    rc = refuse_old_schema(db, options->path, e);
    if (rc == ERR_OK) {
        set_hooks(shop);
        rc = settings_load(shop, e);
    }
    if (rc == ERR_OK && options->actor != NULL && options->actor[0] != '\0') {
        rc = shop_act_as(shop, options->actor, e);
    }
    if (rc != ERR_OK) {
        shop_close(&shop);
        return rc;
    }
    *out = shop;
    return ERR_OK;
}

bool shop_exists(const struct shop_options *options) {
    return db_file_exists(options->path, options->borrow_group);
}

void shop_close(struct shop **shop) {
    struct shop *s = shop == NULL ? NULL : *shop;
    if (s == NULL) {
        return;
    }
    db_close(&s->db);
    stock_book_free(s->stock);
    sales_book_free(s->sales);
    settings_clear(&s->settings);
    access_clear(&s->access);
    free(s->path);
    free(s->state_folder);
    free(s->actor_code);
    free(s->actor_name);
    free(s->clock_warning);
    free(s->task);
    intern_free(s->texts);
    free(s);
    *shop = NULL;
}

/* Beside the file: shop.db → shop.db.v1-20261121-140500. */
static char *backup_name(const struct shop_options *o, int version) {
    char now[DATETIME_SIZE];
    o->clock(o->clock_ctx, FALLBACK_ZONE, now);
    return mem_printf("%s.v%d-%.4s%.2s%.2s-%.2s%.2s%.2s", o->path, version, now, now + 5, now + 8, now + 11, now + 14,
                      now + 17);
}

struct upgrade {
    struct shop *shop;
    int from;
    const char *backup;
};

static enum err_code note_upgrade(struct db *db, void *ctx, struct err *e) {
    const struct upgrade *u = ctx;
    struct buf after = BUF_INIT;
    (void)db;
    record_json_int(&after, "from", u->from);
    record_json_int(&after, "to", db_schema_newest());
    record_json_text(&after, "kept", u->backup);
    enum err_code rc = settings_load(u->shop, e); /* of time */
    rc = rc != ERR_OK ? rc : audit_add(u->shop, "shop.upgrade", "shop", "", record_json_end(&after), e);
    buf_clear(&after);
    return rc;
}

enum err_code shop_upgrade(const struct shop_options *options, char **backup, struct err *e) {
    *backup = NULL;
    struct db *db = NULL;
    struct upgrade u = {0};
    enum err_code rc = shop_require_file_owner(options, e);
    if (rc == ERR_OK) {
        rc = open_db(options, &db, e);
    }
    if (rc == ERR_OK && db_schema_version(db) < db_schema_newest()) {
        u.from = db_schema_version(db);
        u.backup = *backup = backup_name(options, u.from);
        u.shop = shop_new(options, db);
        rc = db_backup(db, *backup, e);
        if (rc == ERR_OK) {
            rc = db_upgrade(db, note_upgrade, &u, e);
        }
        db = NULL;
        shop_close(&u.shop);
    }
    db_close(&db);
    if (rc != ERR_OK) {
        free(*backup);
        *backup = NULL;
    }
    return rc;
}

void shop_now(struct shop *shop, char now[DATETIME_SIZE]) {
    const char *zone = FALLBACK_ZONE;
    if (setting_get(shop, "time_zone", &zone, NULL) != ERR_OK) {
        zone = FALLBACK_ZONE;
    }
    shop->clock(shop->clock_ctx, zone, now);
}

void shop_today(struct shop *shop, char today[DATE_SIZE]) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    memcpy(today, now, DATE_SIZE - 1);
    today[DATE_SIZE - 1] = '\0';
}

const struct currency *shop_currency(struct shop *shop) {
    return &shop->settings.currency;
}

struct db *shop_db(struct shop *shop) {
    return shop->db;
}

bool shop_changed_by_others(struct shop *shop) {
    if (!db_changed_by_others(shop->db)) {
        return false;
    }
    shop->settings_stale = true;
    access_forget(shop);
    return true;
}

int64_t shop_actor_id(struct shop *shop) {
    return shop->actor_id;
}

const char *shop_actor_code(struct shop *shop) {
    return shop->actor_code;
}

const char *shop_actor_name(struct shop *shop) {
    return shop->actor_name;
}

/* What a counter that waits reads of us: who it is, and what they do. */
static void tell_who_writes(struct shop *shop) {
    const char *between = shop->actor_name[0] != '\0' && shop->task[0] != '\0' ? ", " : "";
    char *name = mem_printf("%s%s%s", shop->actor_name, between, shop->task);
    db_set_holder(shop->db, name);
    free(name);
}

/* Takes the texts. Who it is now has proven nothing yet. */
static void set_actor(struct shop *shop, int64_t id, char *code, char *name) {
    free(shop->actor_code);
    free(shop->actor_name);
    shop->actor_id = id;
    shop->actor_code = code;
    shop->actor_name = name;
    shop->access.proven = false;
    shop_disapprove(shop);
    access_prove_anew(shop);
    tell_who_writes(shop);
}

enum err_code shop_act_as(struct shop *shop, const char *staff_code, struct err *e) {
    struct db_stmt *s = NULL;
    if (staff_code[0] == '\0') {
        set_actor(shop, 0, mem_strdup(""), mem_strdup(""));
        return ERR_OK;
    }
    enum err_code rc =
        db_query(shop->db, "SELECT id, code, name FROM staff WHERE code = $1", DB_BIND(DB_TEXT(staff_code)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    switch (db_next(s, e)) {
    case DB_ROW:
        set_actor(shop, db_col_int(s, 0), db_col_dup(s, 1), db_col_dup(s, 2));
        break;
    case DB_END:
        rc = err_set_field(e, ERR_NOT_FOUND, "as",
                           _("there is no staff with code “%s”; `chotdon staff list` shows who there is"), staff_code);
        break;
    case DB_FAILED:
        rc = ERR_DB;
        break;
    }
    db_done(&s);
    return rc;
}

void shop_set_on_wait(struct shop *shop, shop_wait_fn *fn, void *ctx) {
    db_set_on_wait(shop->db, fn, ctx);
}

void shop_set_hurried(struct shop *shop, bool hurried) {
    db_set_hurried(shop->db, hurried);
}

struct transact_ctx {
    struct shop *shop;
    shop_fn *fn;
    void *ctx;
};

static enum err_code run_in_transaction(struct db *db, void *ctx, struct err *e) {
    struct transact_ctx *t = ctx;
    (void)db;
    return t->fn(t->shop, t->ctx, e);
}

enum err_code shop_transact_unasked(struct shop *shop, shop_fn *fn, void *ctx, struct err *e) {
    struct transact_ctx t = {shop, fn, ctx};
    return db_transact(shop->db, run_in_transaction, &t, e);
}

enum err_code shop_transact(struct shop *shop, shop_fn *fn, void *ctx, struct err *e) {
    enum err_code rc = shop_require(shop, PERMIT_NONE, e);
    return rc == ERR_OK ? shop_transact_unasked(shop, fn, ctx, e) : rc;
}

enum err_code shop_read(struct shop *shop, shop_fn *fn, void *ctx, struct err *e) {
    struct transact_ctx t = {shop, fn, ctx};
    return db_read(shop->db, run_in_transaction, &t, e);
}

char *shop_file_warning(struct shop *shop, bool copies_too) {
    char *files = db_exposed_files(shop->db, copies_too);
    char *warning =
        files == NULL ? NULL : mem_printf(_("other people on this machine may read the shop: chmod %s"), files);
    free(files);
    return warning;
}

bool shop_is_untidy(const struct shop *shop) {
    return shop->wrote && db_wants_checkpoint(shop->db);
}

void shop_tidy(struct shop *shop) {
    if (db_wants_checkpoint(shop->db)) {
        db_checkpoint(shop->db, NULL); /* what could not be done now, the next one does */
    }
    if (shop->wrote) {
        shop->wrote = false;
        audit_anchor(shop);
    }
}

void shop_set_progress(struct shop *shop, bool (*tick)(void *ctx), void *ctx) {
    db_set_progress(shop->db, tick, ctx);
}

int shop_schema_newest(void) {
    return db_schema_newest();
}

const char *shop_engine(void) {
    return db_engine();
}

bool shop_engine_is_mended(void) {
    return db_engine_has_wal_reset_mend();
}
