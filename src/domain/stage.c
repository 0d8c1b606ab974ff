#include "chotdon/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stage_internal.h"

void stage_read(struct db_stmt *s, int first_column, struct stage *out) {
    *out = (struct stage){
        .id = db_col_int(s, first_column),
        .pipeline_id = db_col_int(s, first_column + 1),
        .position = (int)db_col_int(s, first_column + 2),
        .name = db_col_dup(s, first_column + 3),
        .kind = stage_kind_stored(db_col_text(s, first_column + 4)),
        .probability_bps = db_col_int(s, first_column + 5),
        .idle_days = (int)db_col_int(s, first_column + 6),
        .fold = db_col_int(s, first_column + 7) != 0,
    };
    deal_needs_parse(db_col_text(s, first_column + 8), &out->required, NULL);
}

void stage_clear(struct stage *s) {
    free(s->name);
    *s = (struct stage){0};
}

void stage_list_free(struct stage *stages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        stage_clear(&stages[i]);
    }
    free(stages);
}

enum err_code stage_list(struct shop *shop, int64_t pipeline_id, struct stage **out, size_t *count, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    enum err_code rc = db_query(shop->db,
                                "SELECT " STAGE_COLUMNS " FROM stages s WHERE s.removed = 0 AND ($1 = 0 OR "
                                "s.pipeline_id = $1) ORDER BY s.pipeline_id, s.position, s.id",
                                DB_BIND(DB_INT(pipeline_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        *out = mem_grow(*out, *count, &capacity, sizeof **out);
        stage_read(s, 0, &(*out)[(*count)++]);
    }
    db_done(&s);
    if (row == DB_FAILED) {
        rc = record_failed(e);
    }
    if (rc != ERR_OK) {
        stage_list_free(*out, *count);
        *out = NULL;
        *count = 0;
    }
    return rc;
}

static void copy(const struct stage *from, struct stage *to) {
    *to = *from;
    to->name = mem_strdup(from->name);
}

/* The board that comes with a new shop is Vietnamese; its stages answer to their English names too. */
static const char *other_name(const char *folded) {
    static const struct {
        const char *english, *vietnamese;
    } names[] = {
        {"prospect", "trien vong"}, {"opportunity", "co hoi"},   {"qualified", "da tham dinh"},
        {"proposal", "de xuat"},    {"negotiation", "dam phan"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].english, folded) == 0) {
            return names[i].vietnamese;
        }
    }
    return NULL;
}

static const struct stage *by_name(const struct stage *all, size_t count, const char *folded) {
    const struct stage *found = NULL;
    for (size_t i = 0; i < count && found == NULL && folded != NULL; i++) {
        char *mine = text_fold(all[i].name);
        found = strcmp(mine, folded) == 0 ? &all[i] : NULL;
        free(mine);
    }
    return found;
}

static const struct stage *by_kind(const struct stage *all, size_t count, enum stage_kind kind) {
    for (size_t i = 0; i < count; i++) {
        if (all[i].kind == kind) {
            return &all[i];
        }
    }
    return NULL;
}

static const struct stage *pick(const struct stage *all, size_t count, const char *name) {
    enum stage_kind kind;
    char *folded = text_fold(name);
    const struct stage *found = by_name(all, count, folded);
    if (found == NULL) {
        found = by_name(all, count, other_name(folded));
    }
    if (found == NULL && stage_kind_find(name, &kind) && kind != STAGE_OPEN) {
        found = by_kind(all, count, kind);
    }
    free(folded);
    return found;
}

static enum err_code refuse_unknown(const struct stage *all, size_t count, const char *name, struct err *e) {
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_addf(&names, "%s%s", i == 0 ? "" : ", ", all[i].name);
    }
    enum err_code rc = err_set_field(e, ERR_NOT_FOUND, "stage", _("there is no stage “%.80s”; the board has: %s"), name,
                                     buf_str(&names));
    buf_clear(&names);
    return rc;
}

enum err_code stage_find(struct shop *shop, int64_t pipeline_id, const char *name, struct stage *out, struct err *e) {
    struct stage *all = NULL;
    size_t count = 0;
    *out = (struct stage){0};
    enum err_code rc = stage_list(shop, pipeline_id, &all, &count, e);
    if (rc == ERR_OK) {
        const struct stage *found = pick(all, count, name);
        if (found != NULL) {
            copy(found, out);
        } else {
            rc = refuse_unknown(all, count, name, e);
        }
    }
    stage_list_free(all, count);
    return rc;
}

enum err_code stage_get(struct shop *shop, int64_t id, struct stage *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct stage){0};
    enum err_code rc = db_query(shop->db, "SELECT " STAGE_COLUMNS " FROM stages s WHERE s.id = $1 AND s.removed = 0",
                                DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        stage_read(s, 0, out);
    } else {
        rc = row == DB_FAILED ? record_failed(e) : err_set(e, ERR_NOT_FOUND, _("that stage is not there any more"));
    }
    db_done(&s);
    return rc;
}

enum err_code stage_first(struct shop *shop, int64_t pipeline_id, enum stage_kind kind, struct stage *out,
                          struct err *e) {
    struct stage *all = NULL;
    size_t count = 0;
    *out = (struct stage){0};
    enum err_code rc = stage_list(shop, pipeline_id, &all, &count, e);
    const struct stage *found = rc == ERR_OK ? by_kind(all, count, kind) : NULL;
    if (found != NULL) {
        copy(found, out);
    } else if (rc == ERR_OK) {
        rc = err_set_field(e, ERR_NOT_FOUND, "stage", _("the board has no stage of the kind “%s”"),
                           stage_kind_code(kind));
    }
    stage_list_free(all, count);
    return rc;
}

void stage_rots_on(const char *touched_on, int idle_days, const char *next_on, char out[DATE_SIZE]) {
    out[0] = '\0';
    if (idle_days == 0) {
        return;
    }
    date_add_days(touched_on, (long)idle_days + 1, out);
    if (next_on[0] != '\0' && strcmp(next_on, out) >= 0) {
        date_add_days(next_on, 1, out);
    }
}
