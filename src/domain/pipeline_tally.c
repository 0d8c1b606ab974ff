#include "domain/pipeline_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/report.h"
#include "db/db.h"
#include "domain/record.h"

/* A row for none, then one for each that the statement gives: number, code, name. */
static enum err_code load_parts(struct db *db, const char *sql, struct pipeline_parts *out, struct err *e) {
    size_t capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    out->rows = mem_grow(out->rows, 0, &capacity, sizeof *out->rows);
    out->rows[out->count++] = (struct pipeline_part){.code = mem_strdup(""), .name = mem_strdup(REPORT_NONE)};
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        out->rows = mem_grow(out->rows, out->count, &capacity, sizeof *out->rows);
        out->rows[out->count++] =
            (struct pipeline_part){.id = db_col_int(s, 0), .code = db_col_dup(s, 1), .name = db_col_dup(s, 2)};
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static int compare_ids(const void *a, const void *b) {
    const struct pipeline_part *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* What is not there counts as none. */
static size_t part_at(const struct pipeline_parts *parts, int64_t id) {
    const struct pipeline_part wanted = {.id = id};
    const struct pipeline_part *found = bsearch(&wanted, parts->rows, parts->count, sizeof *parts->rows, compare_ids);
    return found == NULL ? 0 : (size_t)(found - parts->rows);
}

static enum err_code load_teams_of(struct tally *t, struct db *db, const char *today, struct err *e) {
    struct db_stmt *s = NULL;
    t->team_of = mem_array(t->out->reps.count, sizeof *t->team_of);
    enum err_code rc = db_query(db,
                                "SELECT s.id, COALESCE((SELECT t.team_id FROM staff_teams t WHERE t.staff_id = s.id"
                                " AND t.from_date <= $1 ORDER BY t.from_date DESC LIMIT 1), 0) FROM staff s",
                                DB_BIND(DB_TEXT(today)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        t->team_of[part_at(&t->out->reps, db_col_int(s, 0))] = part_at(&t->out->teams, db_col_int(s, 1));
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code load_stages(struct tally *t, struct db *db, struct err *e) {
    size_t capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT id, pipeline_id, position, kind, removed, name FROM stages ORDER BY id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        enum stage_kind kind = strcmp(db_col_text(s, 3), "won") == 0    ? STAGE_WON
                               : strcmp(db_col_text(s, 3), "lost") == 0 ? STAGE_LOST
                                                                        : STAGE_OPEN;
        t->stages = mem_grow(t->stages, t->stage_count, &capacity, sizeof *t->stages);
        t->stages[t->stage_count++] = (struct tally_stage){
            .id = db_col_int(s, 0),
            .pipeline_id = db_col_int(s, 1),
            .position = db_col_int(s, 2),
            .kind = kind,
            .shown = kind == STAGE_OPEN && db_col_int(s, 4) == 0,
            .row = {.id = db_col_int(s, 0), .pipeline_id = db_col_int(s, 1), .name = db_col_dup(s, 5)}};
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

enum err_code tally_begin(struct tally *t, struct db *db, const char *today, struct err *e) {
    struct pipeline_stats *out = t->out;
    enum err_code rc = load_parts(db, "SELECT id, code, name FROM staff ORDER BY id", &out->reps, e);
    rc = rc == ERR_OK ? load_parts(db, "SELECT id, name, name FROM teams ORDER BY id", &out->teams, e) : rc;
    rc = rc == ERR_OK ? load_parts(db, "SELECT id, name, name FROM channels ORDER BY id", &out->sources, e) : rc;
    rc = rc == ERR_OK ? load_parts(db, "SELECT id, name, name FROM lost_reasons ORDER BY id", &out->reasons, e) : rc;
    rc = rc == ERR_OK ? load_teams_of(t, db, today, e) : rc;
    return rc == ERR_OK ? load_stages(t, db, e) : rc;
}

static struct tally_stage *stage_at(struct tally *t, int64_t id) {
    for (size_t i = 0; i < t->stage_count; i++) {
        if (t->stages[i].id == id) {
            return &t->stages[i];
        }
    }
    return NULL;
}

static bool fits(int64_t wanted, int64_t id) {
    return wanted == 0 || id == (wanted == -1 ? 0 : wanted);
}

static bool add_sums(struct pipeline_sums *to, const struct deal_fact *f) {
    if (f->kind == FACT_WON) {
        to->won += f->deals;
        to->won_days += f->days;
        to->activities += f->activities;
        return money_add(to->won_value, f->value, &to->won_value);
    }
    to->lost += f->deals;
    return money_add(to->lost_value, f->value, &to->lost_value);
}

static enum err_code add_closed(struct tally *t, const struct deal_fact *f, size_t rep, struct err *e) {
    struct pipeline_stats *out = t->out;
    bool ok = add_sums(&out->sums, f) && add_sums(&out->reps.rows[rep].sums, f) &&
              add_sums(&out->teams.rows[t->team_of[rep]].sums, f) &&
              add_sums(&out->sources.rows[part_at(&out->sources, f->source)].sums, f);
    if (ok && f->kind == FACT_LOST) {
        ok = add_sums(&out->reasons.rows[part_at(&out->reasons, f->ref)].sums, f);
    }
    return ok ? ERR_OK
              : err_set_field(e, ERR_INVALID, "value",
                              _("the deals of this period add up to more than can be counted"));
}

enum err_code tally_fact(void *ctx, const struct deal_fact *f, struct err *e) {
    struct tally *t = ctx;
    struct pipeline_stats *out = t->out;
    size_t rep = part_at(&out->reps, f->staff);
    if (f->deals == 0 || !fits(t->filter->staff_id, f->staff) || !fits(t->filter->source_id, f->source) ||
        !fits(t->filter->team_id, out->teams.rows[t->team_of[rep]].id)) {
        return ERR_OK;
    }
    if (f->kind == FACT_WON || f->kind == FACT_LOST) {
        return add_closed(t, f, rep, e);
    }
    struct tally_stage *stage = stage_at(t, f->ref);
    if (f->kind == FACT_CREATED) {
        out->created += f->deals;
        out->created_won += stage != NULL && stage->kind == STAGE_WON ? f->deals : 0;
    }
    if (stage != NULL && f->kind == FACT_CREATED) {
        stage->reached += f->deals;
    } else if (stage != NULL) {
        stage->row.stayed += f->deals;
        stage->row.days += f->days;
    }
    return ERR_OK;
}

/* Deals that came to `s` or further, and those of them that came further. */
static void convert(const struct tally *t, struct tally_stage *s) {
    for (size_t i = 0; i < t->stage_count; i++) {
        const struct tally_stage *r = &t->stages[i];
        if (r->pipeline_id != s->pipeline_id || r->kind == STAGE_LOST) {
            continue;
        }
        bool further = r->kind == STAGE_WON || r->position > s->position;
        s->row.advanced += further ? r->reached : 0;
        s->row.entered += further || r->position == s->position ? r->reached : 0;
    }
}

static int compare_stages(const void *a, const void *b) {
    const struct tally_stage *x = a, *y = b;
    if (x->pipeline_id != y->pipeline_id) {
        return x->pipeline_id < y->pipeline_id ? -1 : 1;
    }
    return x->position < y->position ? -1 : x->position > y->position;
}

static void give_stages(struct tally *t) {
    struct pipeline_stats *out = t->out;
    if (t->stage_count > 1) {
        qsort(t->stages, t->stage_count, sizeof *t->stages, compare_stages);
    }
    out->stages = mem_array(t->stage_count + 1, sizeof *out->stages);
    for (size_t i = 0; i < t->stage_count; i++) {
        if (t->stages[i].shown) {
            convert(t, &t->stages[i]);
            out->stages[out->stage_count++] = t->stages[i].row;
            t->stages[i].row.name = NULL;
        }
    }
}

static int compare_codes(const struct pipeline_part *x, const struct pipeline_part *y) {
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : compare_ids(x, y);
}

static int compare_won(const void *a, const void *b) {
    const struct pipeline_part *x = a, *y = b;
    if ((x->id == 0) != (y->id == 0)) {
        return x->id == 0 ? 1 : -1;
    }
    if (x->sums.won_value != y->sums.won_value) {
        return x->sums.won_value > y->sums.won_value ? -1 : 1;
    }
    return compare_codes(x, y);
}

static int compare_lost(const void *a, const void *b) {
    const struct pipeline_part *x = a, *y = b;
    if ((x->id == 0) != (y->id == 0)) {
        return x->id == 0 ? 1 : -1;
    }
    if (x->sums.lost != y->sums.lost) {
        return x->sums.lost > y->sums.lost ? -1 : 1;
    }
    return compare_codes(x, y);
}

static void part_clear(struct pipeline_part *p) {
    free(p->code);
    free(p->name);
}

static void finish_parts(struct pipeline_parts *parts, int (*compare)(const void *, const void *)) {
    size_t kept = 0;
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->rows[i].sums.won + parts->rows[i].sums.lost > 0) {
            parts->rows[kept++] = parts->rows[i];
        } else {
            part_clear(&parts->rows[i]);
        }
    }
    parts->count = kept;
    if (kept > 1) {
        qsort(parts->rows, kept, sizeof *parts->rows, compare);
    }
}

void tally_finish(struct tally *t) {
    give_stages(t);
    finish_parts(&t->out->reps, compare_won);
    finish_parts(&t->out->teams, compare_won);
    finish_parts(&t->out->sources, compare_won);
    finish_parts(&t->out->reasons, compare_lost);
}

void tally_clear(struct tally *t) {
    for (size_t i = 0; i < t->stage_count; i++) {
        free(t->stages[i].row.name);
    }
    free(t->stages);
    free(t->team_of);
}

static void parts_clear(struct pipeline_parts *parts) {
    for (size_t i = 0; i < parts->count; i++) {
        part_clear(&parts->rows[i]);
    }
    free(parts->rows);
}

void pipeline_stats_clear(struct pipeline_stats *s) {
    for (size_t i = 0; i < s->stage_count; i++) {
        free(s->stages[i].name);
    }
    free(s->stages);
    parts_clear(&s->reasons);
    parts_clear(&s->reps);
    parts_clear(&s->teams);
    parts_clear(&s->sources);
    *s = (struct pipeline_stats){0};
}
