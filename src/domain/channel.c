#include "chotdon/channel.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/setting.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define SQL_BY_FOLDED "SELECT id FROM channels WHERE folded = $1"

struct making {
    const char *name;
    const char *folded;
    int64_t id;
};

static enum err_code insert(struct shop *shop, void *ctx, struct err *e) {
    struct making *m = ctx;
    enum err_code rc = db_run(shop->db, "INSERT INTO channels (name, folded) VALUES ($1, $2)",
                              DB_BIND(DB_TEXT(m->name), DB_TEXT(m->folded)), e);
    m->id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    char *entity = mem_printf("channel %s", m->name);
    rc = rc == ERR_OK ? audit_add(shop, "channel.add", entity, "", m->name, e) : rc;
    free(entity);
    return rc;
}

enum err_code channel_make(struct shop *shop, const char *name, int64_t *id, bool *made, struct err *e) {
    char *clean = text_nfc(name == NULL ? "" : name);
    char *folded = text_fold(clean);
    enum err_code rc = ERR_OK;
    *id = 0;
    if (made != NULL) {
        *made = false;
    }
    if (clean[0] == '\0') {
        goto out;
    }
    if (strlen(clean) > RECORD_NAME_MAX) {
        rc = err_set_field(e, ERR_INVALID, "channel", _("the text is too long: at most %d bytes"), RECORD_NAME_MAX);
        goto out;
    }
    rc = record_lookup(shop->db, SQL_BY_FOLDED, folded, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        struct making m = {clean, folded, 0};
        rc = shop_transact(shop, insert, &m, e);
        *id = m.id;
        if (made != NULL) {
            *made = rc == ERR_OK;
        }
    }
out:
    free(clean);
    free(folded);
    return rc;
}

struct naming {
    const char *name, *new_name;
};

static enum err_code add(struct shop *shop, void *ctx, struct err *e) {
    const struct naming *n = ctx;
    int64_t id = 0;
    bool made = false;
    enum err_code rc = channel_make(shop, n->new_name, &id, &made, e);
    if (rc == ERR_OK && id == 0) {
        return err_set_field(e, ERR_INVALID, "channel", _("a channel needs a name"));
    }
    if (rc == ERR_OK && !made) {
        return err_set_field(e, ERR_CONFLICT, "channel", _("there is a channel “%s” already"), n->new_name);
    }
    return rc;
}

enum err_code channel_add(struct shop *shop, const char *name, struct err *e) {
    char *clean = text_nfc(name == NULL ? "" : name);
    struct naming n = {NULL, clean};
    enum err_code rc = shop_transact_for(shop, PERMIT_SETTINGS, add, &n, e);
    free(clean);
    return rc;
}

/* Sales at the counter name their channel in a setting. */
static enum err_code rename_setting(struct shop *shop, const struct naming *n, struct err *e) {
    const char *counter = "";
    enum err_code rc = setting_get(shop, "counter_channel", &counter, e);
    return rc == ERR_OK && text_equal_folded(counter, n->name) ? setting_set(shop, "counter_channel", n->new_name, e)
                                                               : rc;
}

static enum err_code rename_channel(struct shop *shop, void *ctx, struct err *e) {
    const struct naming *n = ctx;
    int64_t id = 0;
    enum err_code rc = channel_find(shop, n->name, &id, e);
    if (rc != ERR_OK) {
        return rc;
    }
    char *folded = text_fold(n->new_name);
    char *entity = mem_printf("channel %s", n->new_name);
    rc = db_run(shop->db, "UPDATE channels SET name = $2, folded = $3 WHERE id = $1",
                DB_BIND(DB_INT(id), DB_TEXT(n->new_name), DB_TEXT(folded)), e);
    if (rc == ERR_CONFLICT) {
        err_set_field(e, rc, "channel", _("there is a channel “%s” already"), n->new_name);
    }
    if (rc == ERR_OK) {
        rc = audit_add(shop, "channel.rename", entity, n->name, n->new_name, e);
    }
    free(folded);
    free(entity);
    return rc == ERR_OK ? rename_setting(shop, n, e) : rc;
}

enum err_code channel_rename(struct shop *shop, const char *name, const char *new_name, struct err *e) {
    char *clean = text_nfc(new_name);
    struct naming n = {name, clean};
    enum err_code rc =
        clean[0] == '\0' ? err_set_field(e, ERR_INVALID, "channel", _("a channel needs a name"))
        : strlen(clean) > RECORD_NAME_MAX
            ? err_set_field(e, ERR_INVALID, "channel", _("the text is too long: at most %d bytes"), RECORD_NAME_MAX)
            : shop_transact_for(shop, PERMIT_SETTINGS, rename_channel, &n, e);
    free(clean);
    return rc;
}

enum err_code channel_find(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    char *folded = text_fold(name);
    enum err_code rc = record_lookup(shop->db, SQL_BY_FOLDED, folded, id, NULL, e);
    free(folded);
    if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "channel", _("there is no channel “%s”"), name);
    }
    return rc;
}

enum err_code channel_name(struct shop *shop, int64_t id, const char **name, struct err *e) {
    *name = "";
    if (id == 0) {
        return ERR_OK;
    }
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, "SELECT name FROM channels WHERE id = $1", DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *name = intern_text(shop->texts, intern_add(shop->texts, db_col_text(s, 0)));
    } else {
        rc = row == DB_FAILED ? record_failed(e)
                              : err_set(e, ERR_NOT_FOUND, _("there is no channel number %lld"), (long long)id);
    }
    db_done(&s);
    return rc;
}

struct named {
    int64_t id;
    char *name;
    char *key;
};

static int by_key(const void *a, const void *b) {
    const struct named *x = a;
    const struct named *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

enum err_code channel_list(struct shop *shop, channel_row_fn *row_fn, void *ctx, struct err *e) {
    struct named *all = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, "SELECT id, name FROM channels", DB_NO_BIND, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row;
    while ((row = db_next(s, e)) == DB_ROW) {
        all = mem_grow(all, count, &capacity, sizeof *all);
        all[count++] = (struct named){db_col_int(s, 0), db_col_dup(s, 1), text_sort_key(db_col_text(s, 1), false)};
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : ERR_OK;
    if (count > 1) {
        qsort(all, count, sizeof *all, by_key);
    }
    for (size_t i = 0; i < count; i++) {
        if (rc == ERR_OK) {
            rc = row_fn(ctx, all[i].id, all[i].name, e);
        }
        free(all[i].name);
        free(all[i].key);
    }
    free(all);
    return rc;
}
