#include "domain/kpi_people.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/db.h"
#include "domain/id_runs.h"
#include "domain/record.h"
#include "domain/target_store.h"

void kpi_entries_clear(struct kpi_entries *all) {
    key_map_clear(&all->refs);
    free(all->rows);
    *all = (struct kpi_entries){0};
}

static const char *keep(struct kpi_entries *all, const char *text) {
    return intern_text(all->texts, intern_add(all->texts, text));
}

static struct kpi_entry *entry_at(struct kpi_entries *all, int64_t ref) {
    size_t known = all->refs.count;
    size_t at = key_map_add(&all->refs, (struct key){ref, 0, 0});
    if (at == known) {
        const char *none = keep(all, "");
        all->rows = mem_grow(all->rows, at, &all->capacity, sizeof *all->rows);
        all->rows[at] = (struct kpi_entry){
            .ref = ref, .code = none, .name = none, .team = none, .role = none, .start = none, .end = none};
    }
    return &all->rows[at];
}

static enum err_code load_staff(struct db *db, struct kpi_entries *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(db, "SELECT id, code, name, role, start_date, end_date, base_salary FROM staff", DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct kpi_entry *p = entry_at(out, db_col_int(s, 0));
        p->code = keep(out, db_col_text(s, 1));
        p->name = keep(out, db_col_text(s, 2));
        p->role = keep(out, db_col_text(s, 3));
        p->start = keep(out, db_col_text(s, 4));
        p->end = keep(out, db_col_text(s, 5));
        p->salary = db_col_int(s, 6);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* Rows come from the earliest on: the last one that holds at the month's end stays. */
static enum err_code load_teams_of_staff(struct db *db, const char *month, struct kpi_entries *out, struct err *e) {
    struct db_stmt *s = NULL;
    char last[DATE_SIZE];
    month_last_day(month, last);
    enum err_code rc = db_query(db,
                                "SELECT m.staff_id, t.name FROM staff_teams m LEFT JOIN teams t ON t.id = m.team_id"
                                " WHERE m.from_date <= $1 ORDER BY m.staff_id, m.from_date",
                                DB_BIND(DB_TEXT(last)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        entry_at(out, db_col_int(s, 0))->team = keep(out, db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code load_targets(struct db *db, enum target_scope scope, const char *month, struct kpi_set *set,
                                  struct kpi_entries *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT ref_id, place, metric, target FROM targets WHERE month = $1 AND scope = $2",
                                DB_BIND(DB_TEXT(month), DB_TEXT(target_scope_code(scope))), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        enum kpi_metric m = kpi_metric_stored(db_col_text(s, 2));
        struct kpi_entry *p =
            entry_at(out, scope == SCOPE_PROVINCE ? intern_add(set->places, db_col_text(s, 1)) : db_col_int(s, 0));
        p->has[m] = true;
        p->target[m] = db_col_int(s, 3);
        out->wanted[m] = true;
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct naming {
    struct kpi_entries *all;
    struct id_runs ids;
};

static enum err_code take_name(void *ctx, struct db_stmt *s, struct err *e) {
    struct naming *n = ctx;
    const struct id_item *item = id_runs_find(&n->ids, db_col_int(s, 0));
    (void)e;
    if (item != NULL) {
        struct kpi_entry *p = &n->all->rows[item->index];
        p->code = keep(n->all, db_col_text(s, 1));
        p->name = keep(n->all, db_col_text(s, 2));
    }
    return ERR_OK;
}

/* Code and name of each entry. */
static enum err_code name_entries(struct db *db, enum target_scope scope, struct kpi_entries *out, struct err *e) {
    static const char *const sql[SCOPE_COUNT] = {
        [SCOPE_PRODUCT] = "SELECT id, sku, name FROM products WHERE id >= $1 AND id <= $2",
        [SCOPE_GROUP] = "SELECT id, path, path FROM product_groups WHERE id >= $1 AND id <= $2",
        [SCOPE_CHANNEL] = "SELECT id, name, name FROM channels WHERE id >= $1 AND id <= $2",
    };
    struct naming n = {.all = out};
    for (size_t i = 0; i < out->refs.count; i++) {
        id_runs_add(&n.ids, out->rows[i].ref); /* 0 has no name */
    }
    id_runs_sort(&n.ids);
    enum err_code rc = id_runs_read(db, &n.ids, sql[scope], take_name, &n, e);
    id_runs_clear(&n.ids);
    return rc;
}

static enum err_code load_teams(struct db *db, struct kpi_entries *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT id, name FROM teams", DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct kpi_entry *p = entry_at(out, db_col_int(s, 0));
        p->code = p->name = keep(out, db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code kpi_entries_load(struct db *db, enum target_scope scope, const char *month, struct kpi_set *set,
                               struct kpi_entries *out, struct err *e) {
    enum err_code rc = ERR_OK;
    if (scope == SCOPE_REP) {
        rc = load_staff(db, out, e);
        rc = rc == ERR_OK ? load_teams_of_staff(db, month, out, e) : rc;
    } else if (scope == SCOPE_TEAM) {
        rc = load_teams(db, out, e);
    } else if (scope == SCOPE_SHOP) {
        (void)entry_at(out, 0);
    }
    if (rc == ERR_OK) {
        rc = load_targets(db, scope, month, set, out, e);
    }
    for (size_t i = 0; i < set->refs.count; i++) {
        (void)entry_at(out, set->rows[i].ref);
    }
    if (rc != ERR_OK || scope <= SCOPE_REP) {
        return rc;
    }
    if (scope != SCOPE_PROVINCE) {
        return name_entries(db, scope, out, e);
    }
    for (size_t i = 0; i < out->refs.count; i++) {
        out->rows[i].code = out->rows[i].name = keep(out, intern_text(set->places, (uint32_t)out->rows[i].ref));
    }
    return ERR_OK;
}

bool kpi_is_employed(const struct kpi_entry *p, const char *month) {
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(month, first);
    month_last_day(month, last);
    return strcmp(p->start, last) <= 0 && (p->end[0] == '\0' || strcmp(p->end, first) >= 0);
}

bool kpi_is_full_month(const struct kpi_entry *p, const char *month) {
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(month, first);
    month_last_day(month, last);
    return strcmp(p->start, first) <= 0 && (p->end[0] == '\0' || strcmp(p->end, last) >= 0);
}

bool kpi_is_rep(const struct kpi_entry *p) {
    return strcmp(p->role, "rep") == 0;
}
