/* Boards: the one that a new shop starts with (DOMAIN 5), Vietnamese, because it is data that the shop then changes;
 * and those of channels. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/channel.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stage_internal.h"

static const struct {
    const char *name, *kind;
    int probability_bps, idle_days;
    const char *required;
} board[] = {
    {"Triển vọng", "open", 1000, 7, ""},
    {"Cơ hội", "open", 2000, 10, ""},
    {"Đã thẩm định", "open", 4000, 14, "need,budget,timing,decision_maker"},
    {"Đề xuất", "open", 6000, 14, ""},
    {"Đàm phán", "open", 8000, 7, ""},
    {"Thành công", "won", 10000, 0, ""},
    {"Thất bại", "lost", 0, 0, ""},
};

static const char *const reasons[] = {
    "Giá", "Đối thủ", "Không có nhu cầu", "Không liên lạc được", "Hết ngân sách", "Khác",
};

static enum err_code make_stages(struct shop *shop, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof board / sizeof *board && rc == ERR_OK; i++) {
        char *folded = text_fold(board[i].name);
        rc = db_run(shop->db,
                    "INSERT INTO stages (pipeline_id, position, name, folded, kind, probability_bps, idle_days, "
                    "required) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    DB_BIND(DB_INT(PIPELINE_MAIN), DB_INT(i + 1), DB_TEXT(board[i].name), DB_TEXT(folded),
                            DB_TEXT(board[i].kind), DB_INT(board[i].probability_bps), DB_INT(board[i].idle_days),
                            DB_TEXT(board[i].required)),
                    e);
        free(folded);
    }
    return rc;
}

static enum err_code make_reasons(struct shop *shop, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons && rc == ERR_OK; i++) {
        int64_t id = 0;
        rc = reason_make(shop, reasons[i], &id, e);
    }
    return rc;
}

enum err_code stage_make_board(struct shop *shop, struct err *e) {
    enum err_code rc = db_run(shop->db, "INSERT INTO pipelines (id, name, folded) VALUES ($1, $2, $3)",
                              DB_BIND(DB_INT(PIPELINE_MAIN), DB_TEXT("Bán hàng"), DB_TEXT("ban hang")), e);
    if (rc == ERR_OK) {
        rc = make_stages(shop, e);
    }
    return rc == ERR_OK ? make_reasons(shop, e) : rc;
}

/* The stages of the shop's own board, for a channel's. */
static enum err_code copy_board(struct shop *shop, int64_t to, struct err *e) {
    return db_run(shop->db,
                  "INSERT INTO stages (pipeline_id, position, name, folded, kind, probability_bps, idle_days, fold, "
                  "required) SELECT $2, position, name, folded, kind, probability_bps, idle_days, fold, required FROM "
                  "stages WHERE pipeline_id = $1 AND removed = 0",
                  DB_BIND(DB_INT(PIPELINE_MAIN), DB_INT(to)), e);
}

struct making {
    const char *channel;
    int64_t id;
};

static enum err_code make_pipeline(struct shop *shop, void *ctx, struct err *e) {
    struct making *m = ctx;
    struct buf after = BUF_INIT;
    int64_t channel = 0;
    char *folded = text_fold(m->channel);
    enum err_code rc = channel_make(shop, m->channel, &channel, NULL, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "INSERT INTO pipelines (name, folded, channel_id) VALUES ($1, $2, $3)",
                    DB_BIND(DB_TEXT(m->channel), DB_TEXT(folded), DB_INT(channel)), e);
    }
    if (rc == ERR_OK) {
        m->id = db_last_id(shop->db);
        rc = copy_board(shop, m->id, e);
    }
    record_json_text(&after, "channel", m->channel);
    if (rc == ERR_OK) {
        rc = audit_add(shop, "stage.board", "stages", "", record_json_end(&after), e);
    }
    buf_clear(&after);
    free(folded);
    return rc;
}

enum err_code pipeline_of_channel(struct shop *shop, const char *channel, bool make, int64_t *id, struct err *e) {
    struct making m = {.channel = channel};
    char *folded = text_fold(channel);
    *id = 0;
    enum err_code rc = record_lookup(
        shop->db, "SELECT p.id FROM pipelines p JOIN channels c ON c.id = p.channel_id WHERE c.folded = $1", folded, id,
        NULL, e);
    if (rc == ERR_OK && *id == 0 && !make) {
        rc = err_set_field(
            e, ERR_NOT_FOUND, "channel",
            _("the channel “%.80s” has no board of its own; `chotdon stage add NAME --channel` makes it"), channel);
    } else if (rc == ERR_OK && *id == 0 && folded[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "channel", _("say which channel"));
    } else if (rc == ERR_OK && *id == 0) {
        rc = shop_transact(shop, make_pipeline, &m, e);
        *id = m.id;
    }
    free(folded);
    return rc;
}

enum err_code pipeline_list(struct shop *shop, pipeline_row_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT id, name FROM pipelines ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, folded",
                 DB_BIND(DB_INT(PIPELINE_MAIN)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = fn(ctx, db_col_int(s, 0), db_col_text(s, 1), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
