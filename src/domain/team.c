#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/staff.h"
#include "domain/shop_internal.h"

enum err_code team_find(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    char *folded = text_fold(name);
    enum err_code rc = db_get_int(shop->db, "SELECT id FROM teams WHERE folded = $1", DB_BIND(DB_TEXT(folded)), id, e);
    if (rc == ERR_NOT_FOUND) {
        err_set_field(e, rc, "team", _("there is no team “%s”; `chotdon team list` shows them"), name);
    }
    free(folded);
    return rc;
}

struct make_ctx {
    const char *name;
    int64_t id;
    bool made;
};

static enum err_code make(struct shop *shop, void *ctx, struct err *e) {
    struct make_ctx *c = ctx;
    char *folded = text_fold(c->name);
    char *entity = mem_printf("team %s", c->name);
    enum err_code rc =
        db_get_int(shop->db, "SELECT id FROM teams WHERE folded = $1", DB_BIND(DB_TEXT(folded)), &c->id, e);
    c->made = rc == ERR_NOT_FOUND;
    if (c->made) {
        rc = shop_require(shop, shop->audit_muted ? PERMIT_IMPORT : PERMIT_STAFF, e);
    }
    if (c->made && rc == ERR_OK) {
        rc = db_run(shop->db, "INSERT INTO teams (name, folded) VALUES ($1, $2)",
                    DB_BIND(DB_TEXT(c->name), DB_TEXT(folded)), e);
        c->id = db_last_id(shop->db);
        if (rc == ERR_OK) {
            rc = audit_add(shop, "team.add", entity, "", c->name, e);
        }
    }
    free(folded);
    free(entity);
    return rc;
}

enum err_code team_make(struct shop *shop, const char *name, int64_t *id, bool *made, struct err *e) {
    char *clean = text_nfc(name);
    struct make_ctx ctx = {.name = clean};
    enum err_code rc = clean[0] == '\0' ? err_set_field(e, ERR_INVALID, "team", _("a team needs a name"))
                                        : shop_transact(shop, make, &ctx, e);
    *id = ctx.id;
    if (made != NULL) {
        *made = ctx.made;
    }
    free(clean);
    return rc;
}

struct rename_ctx {
    const char *name;
    const char *new_name;
};

static enum err_code rename_team(struct shop *shop, void *ctx, struct err *e) {
    const struct rename_ctx *c = ctx;
    int64_t id = 0;
    enum err_code rc = team_find(shop, c->name, &id, e);
    if (rc != ERR_OK) {
        return rc;
    }
    char *folded = text_fold(c->new_name);
    char *entity = mem_printf("team %s", c->new_name);
    rc = db_run(shop->db, "UPDATE teams SET name = $2, folded = $3 WHERE id = $1",
                DB_BIND(DB_INT(id), DB_TEXT(c->new_name), DB_TEXT(folded)), e);
    if (rc == ERR_CONFLICT) {
        err_set_field(e, rc, "name", _("there is a team “%s” already"), c->new_name);
    }
    if (rc == ERR_OK) {
        rc = audit_add(shop, "team.rename", entity, c->name, c->new_name, e);
    }
    free(folded);
    free(entity);
    return rc;
}

enum err_code team_rename(struct shop *shop, const char *name, const char *new_name, struct err *e) {
    char *clean = text_nfc(new_name);
    struct rename_ctx ctx = {name, clean};
    enum err_code rc = clean[0] == '\0' ? err_set_field(e, ERR_INVALID, "name", _("a team needs a name"))
                                        : shop_transact_for(shop, PERMIT_STAFF, rename_team, &ctx, e);
    free(clean);
    return rc;
}

struct leader_ctx {
    const char *name;
    const char *leader;
    const char *from;
};

/* The first leader holds from the beginning of time; a later one from a date (DOMAIN 2). */
static enum err_code leader_start(struct shop *shop, int64_t team_id, const char *from, char start[DATE_SIZE],
                                  struct err *e) {
    bool has_one = false;
    enum err_code rc =
        db_exists(shop->db, "SELECT 1 FROM team_leaders WHERE team_id = $1", DB_BIND(DB_INT(team_id)), &has_one, e);
    if (rc == ERR_OK && from != NULL && from[0] != '\0') {
        rc = date_parse(from, DATE_DMY, start, NULL, e);
    } else if (has_one) {
        shop_today(shop, start);
    } else {
        start[0] = '\0';
    }
    return rc;
}

static enum err_code set_leader(struct shop *shop, void *ctx, struct err *e) {
    const struct leader_ctx *c = ctx;
    int64_t team_id = 0;
    int64_t staff_id = 0;
    char start[DATE_SIZE] = "";
    enum err_code rc = team_find(shop, c->name, &team_id, e);
    if (rc == ERR_OK && c->leader != NULL && c->leader[0] != '\0') {
        rc = staff_find(shop, c->leader, &staff_id, e);
    }
    if (rc == ERR_OK) {
        rc = leader_start(shop, team_id, c->from, start, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO team_leaders (team_id, from_date, staff_id) VALUES ($1, $2, $3)"
                    " ON CONFLICT (team_id, from_date) DO UPDATE SET staff_id = excluded.staff_id",
                    DB_BIND(DB_INT(team_id), DB_TEXT(start), DB_ID(staff_id)), e);
    }
    if (rc == ERR_OK) {
        char *entity = mem_printf("team %s", c->name);
        char *after = mem_printf("leader %s from %s", c->leader == NULL ? "" : c->leader, start);
        rc = audit_add(shop, "team.leader", entity, "", after, e);
        free(entity);
        free(after);
    }
    return rc;
}

enum err_code team_set_leader(struct shop *shop, const char *name, const char *leader, const char *from,
                              struct err *e) {
    struct leader_ctx ctx = {name, leader, from};
    return shop_transact_for(shop, PERMIT_STAFF, set_leader, &ctx, e);
}

enum err_code team_list(struct shop *shop, team_row_fn *row, void *ctx, struct err *e) {
    char today[DATE_SIZE];
    struct db_stmt *q = NULL;
    shop_today(shop, today);
    enum err_code rc = db_query(
        shop->db,
        "SELECT t.id, t.name, (SELECT s.code FROM team_leaders l JOIN staff s ON s.id = l.staff_id WHERE l.team_id = "
        "t.id"
        "   AND l.from_date = (SELECT MAX(from_date) FROM team_leaders WHERE team_id = t.id AND from_date <= $1)),"
        " (SELECT COUNT(*) FROM staff_teams m JOIN staff s ON s.id = m.staff_id WHERE m.team_id = t.id"
        "   AND (s.end_date = '' OR s.end_date >= $1)"
        "   AND m.from_date = (SELECT MAX(from_date) FROM staff_teams WHERE staff_id = m.staff_id AND from_date <= $1))"
        " FROM teams t ORDER BY t.folded",
        DB_BIND(DB_TEXT(today)), &q, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(q, e)) == DB_ROW) {
        struct team t = {db_col_int(q, 0), db_col_dup(q, 1), db_col_dup(q, 2), db_col_int(q, 3)};
        rc = row(ctx, &t, e);
        free(t.name);
        free(t.leader);
    }
    db_done(&q);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

enum err_code staff_team_on(struct shop *shop, int64_t staff_id, const char *date, int64_t *team_id, struct err *e) {
    enum err_code rc = db_get_int(shop->db,
                                  "SELECT COALESCE(team_id, 0) FROM staff_teams WHERE staff_id = $1 AND from_date <= $2"
                                  " ORDER BY from_date DESC LIMIT 1",
                                  DB_BIND(DB_INT(staff_id), DB_TEXT(date)), team_id, e);
    if (rc == ERR_NOT_FOUND) {
        *team_id = 0;
        rc = ERR_OK;
    }
    return rc;
}

static enum err_code history(struct shop *shop, const char *sql, int64_t id, staff_change_fn *row, void *ctx,
                             struct err *e) {
    struct db_stmt *q = NULL;
    enum err_code rc = db_query(shop->db, sql, DB_BIND(DB_INT(id)), &q, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(q, e)) == DB_ROW) {
        rc = row(ctx, db_col_text(q, 0), db_col_text(q, 1), e);
    }
    db_done(&q);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

enum err_code staff_team_history(struct shop *shop, int64_t staff_id, staff_change_fn *row, void *ctx, struct err *e) {
    return history(shop,
                   "SELECT m.from_date, COALESCE(t.name, '') FROM staff_teams m LEFT JOIN teams t ON t.id = m.team_id"
                   " WHERE m.staff_id = $1 ORDER BY m.from_date",
                   staff_id, row, ctx, e);
}

enum err_code team_leader_history(struct shop *shop, int64_t team_id, staff_change_fn *row, void *ctx, struct err *e) {
    return history(shop,
                   "SELECT l.from_date, COALESCE(s.code || ' ' || s.name, '') FROM team_leaders l"
                   " LEFT JOIN staff s ON s.id = l.staff_id WHERE l.team_id = $1 ORDER BY l.from_date",
                   team_id, row, ctx, e);
}
