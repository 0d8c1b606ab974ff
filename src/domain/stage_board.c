/* The board that a new shop starts with (DOMAIN 5): Vietnamese, because it is data that the shop then changes. */
#include <stdlib.h>

#include "base/text.h"
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
