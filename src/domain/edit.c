#include "chotdon/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static int64_t last_audit_row(struct shop *shop) {
    int64_t id = 0;
    db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM audit", DB_NO_BIND, &id, NULL);
    return id;
}

void edit_set(char **text, const char *value) {
    char *copy = mem_strdup(value == NULL ? "" : value);
    free(*text);
    *text = copy;
}

void edit_begin(struct shop *shop, struct edit *edit, const char *entity, const char *const *names, size_t count) {
    *edit = (struct edit){.entity = mem_strdup(entity), .count = count, .who = mem_strdup("")};
    edit->fields = mem_array(count, sizeof *edit->fields);
    edit->seen = last_audit_row(shop);
    for (size_t i = 0; i < count; i++) {
        edit->fields[i] = (struct edit_field){.name = names[i], .was = mem_strdup(""), .mine = mem_strdup("")};
    }
}

void edit_clear(struct edit *edit) {
    for (size_t i = 0; i < edit->count; i++) {
        free(edit->fields[i].was);
        free(edit->fields[i].mine);
        free(edit->fields[i].theirs);
    }
    free(edit->fields);
    free(edit->entity);
    free(edit->who);
    *edit = (struct edit){0};
}

enum edit_fate edit_fate(const struct edit_field *f) {
    bool i_did = strcmp(f->mine, f->was) != 0;
    bool they_did = f->theirs != NULL && strcmp(f->theirs, f->was) != 0;
    if (they_did && strcmp(f->theirs, f->mine) == 0) {
        return EDIT_SAME;
    }
    return i_did && they_did ? EDIT_BOTH : i_did ? EDIT_MINE : they_did ? EDIT_THEIRS : EDIT_SAME;
}

/* The newest change of the record that was written after it was read; by somebody else, as it is read before mine. */
enum err_code edit_last_change(struct shop *shop, struct edit *edit, struct err *e) {
    struct db_stmt *s = NULL;
    edit_set(&edit->who, "");
    edit->at[0] = '\0';
    enum err_code rc = db_query(shop->db,
                                "SELECT a.at, COALESCE(t.name, a.staff) FROM audit a LEFT JOIN staff t ON t.code = "
                                "a.staff WHERE a.id > $1 AND a.entity = $2 ORDER BY a.id DESC LIMIT 1",
                                DB_BIND(DB_INT(edit->seen), DB_TEXT(edit->entity)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        snprintf(edit->at, sizeof edit->at, "%s", db_col_text(s, 0));
        edit_set(&edit->who, db_col_text(s, 1)[0] == '\0' ? _("the shop's owner") : db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

static enum err_code conflict(struct shop *shop, struct edit *edit, struct err *e) {
    struct buf names = BUF_INIT;
    enum err_code rc = edit_last_change(shop, edit, e);
    for (size_t i = 0; i < edit->count; i++) {
        if (edit_fate(&edit->fields[i]) == EDIT_BOTH) {
            buf_addf(&names, "%s%s", names.len == 0 ? "" : ", ", edit->fields[i].name);
        }
    }
    if (rc == ERR_OK) {
        rc = err_set(e, ERR_CONFLICT, _("%s changed this meanwhile (%.5s): %s. Nothing was saved yet"),
                     edit->who[0] == '\0' ? _("somebody else") : edit->who, edit->at[0] == '\0' ? "?" : edit->at + 11,
                     buf_str(&names));
    }
    buf_clear(&names);
    return rc;
}

struct saving {
    struct edit *edit;
    edit_fn *read, *save;
    void *ctx;
};

static enum err_code run(struct shop *shop, void *ctx, struct err *e) {
    struct saving *s = ctx;
    struct edit *edit = s->edit;
    bool clash = false;
    enum err_code rc = s->read(shop, s->ctx, edit, e);
    for (size_t i = 0; i < edit->count && rc == ERR_OK; i++) {
        struct edit_field *f = &edit->fields[i];
        enum edit_fate fate = edit_fate(f);
        clash = clash || fate == EDIT_BOTH;
        if (fate == EDIT_THEIRS) {
            edit_set(&f->mine, f->theirs);
        }
    }
    if (rc == ERR_OK && clash) {
        return conflict(shop, edit, e);
    }
    return rc == ERR_OK ? s->save(shop, s->ctx, edit, e) : rc;
}

enum err_code edit_save(struct shop *shop, struct edit *edit, edit_fn *read, edit_fn *save, void *ctx, struct err *e) {
    struct saving s = {edit, read, save, ctx};
    return shop_transact(shop, run, &s, e);
}

void edit_rebase(struct shop *shop, struct edit *edit) {
    edit->seen = last_audit_row(shop);
    for (size_t i = 0; i < edit->count; i++) {
        if (edit->fields[i].theirs != NULL) {
            edit_set(&edit->fields[i].was, edit->fields[i].theirs);
        }
    }
}
