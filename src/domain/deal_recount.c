/* What is kept on deals, anew: how far they came, when they rot. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* Won is further than any open stage, lost is none; a removed stage counts where it stood. */
#define FURTHEST                                                                                                       \
    "(SELECT x.to_id FROM deal_stages x JOIN stages s ON s.id = x.to_id WHERE x.deal_id = deals.id AND s.kind <> "     \
    "'lost' ORDER BY CASE s.kind WHEN 'won' THEN 1 ELSE 0 END DESC, s.position DESC, s.removed, s.id LIMIT 1)"

enum err_code deal_find_reached(struct shop *shop, int64_t id, struct err *e) {
    return db_run(shop->db, "UPDATE deals SET reached_id = " FURTHEST " WHERE id = $1", DB_BIND(DB_INT(id)), e);
}

enum err_code deal_find_reached_all(struct shop *shop, int64_t pipeline_id, struct err *e) {
    return db_run(shop->db,
                  "UPDATE deals SET reached_id = " FURTHEST
                  " WHERE stage_id IN (SELECT id FROM stages WHERE pipeline_id = $1)",
                  DB_BIND(DB_INT(pipeline_id)), e);
}

struct rotting {
    int64_t id;
    char rots_on[DATE_SIZE];
};

static enum err_code read_rotting(struct shop *shop, int64_t stage_id, int idle_days, struct rotting **out,
                                  size_t *count, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc =
        db_query(shop->db, "SELECT id, touched_on, next_on, rots_on FROM deals WHERE stage_id = $1 AND kind = 'open'",
                 DB_BIND(DB_INT(stage_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct rotting one = {.id = db_col_int(s, 0)};
        stage_rots_on(db_col_text(s, 1), idle_days, db_col_text(s, 2), one.rots_on);
        if (strcmp(one.rots_on, db_col_text(s, 3)) != 0) {
            *out = mem_grow(*out, *count, &capacity, sizeof **out);
            (*out)[(*count)++] = one;
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code deal_find_rotting(struct shop *shop, int64_t stage_id, int idle_days, struct err *e) {
    struct rotting *all = NULL;
    size_t count = 0;
    enum err_code rc = read_rotting(shop, stage_id, idle_days, &all, &count, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "UPDATE deals SET rots_on = $2 WHERE id = $1",
                    DB_BIND(DB_INT(all[i].id), DB_TEXT(all[i].rots_on)), e);
    }
    free(all);
    return rc;
}
