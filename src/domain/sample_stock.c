#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/product.h"
#include "chotdon/stock.h"
#include "domain/sample_internal.h"

/* Prices creep: 95 to 99 percent of the list, and 3 more within the year. */
static int64_t cost_today(struct sample *s, const struct sample_item *item) {
    int percent = 95 + sample_below(s, 5) + (int)((s->day - s->first_day) / 130);
    int64_t cost = (int64_t)item->data->cost * percent / 100;
    return cost < 2000 ? cost : (cost + 25) / 50 * 50;
}

static bool wants_more(struct sample *s, const struct sample_item *item) {
    if (item->neglected && s->last_day - s->day < 50) {
        return false;
    }
    return item->stock <= item->stock_min * sample_season_percent(s, item->data->season) / 100 && sample_chance(s, 60);
}

static int amount_to_buy(struct sample *s, const struct sample_item *item, bool first) {
    int size = item->pack == NULL ? 1 : item->pack_size;
    int wanted = item->stock_min * (first ? 4 : 3) * sample_season_percent(s, item->data->season) / 100;
    return (wanted + size - 1) / size * size;
}

/* One document for each supplier of whom something is short. */
static enum err_code receive_from(struct sample *s, int supplier, bool first, struct err *e) {
    struct stock_line_input *lines = mem_array(s->item_count, sizeof *lines);
    char date[DATE_SIZE], document[32];
    struct stock_doc_input doc = {.kind = STOCK_PURCHASE, .document = document, .lines = lines};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < s->item_count; i++) {
        struct sample_item *item = &s->items[i];
        if (item->data->supplier == supplier && (first || wants_more(s, item))) {
            int pieces = amount_to_buy(s, item, first);
            lines[doc.line_count++] = (struct stock_line_input){
                .product_id = item->id, .qty = pieces * QTY_ONE, .has_cost = true, .unit_cost = cost_today(s, item)};
            item->stock += pieces;
        }
    }
    if (doc.line_count > 0) {
        sample_today(s, date);
        snprintf(document, sizeof document, "PN%.2s%.2s%.2s-%02d", date + 2, date + 5, date + 8, supplier + 1);
        rc = supplier_find(s->shop, sample_suppliers[supplier].code, &doc.supplier_id, e);
    }
    if (rc == ERR_OK && doc.line_count > 0) {
        rc = stock_document(s->shop, &doc, NULL, e);
    }
    free(lines);
    return rc;
}

enum err_code sample_receive(struct sample *s, bool first, struct err *e) {
    enum err_code rc = sample_act_as(s, sample_chance(s, 60) ? "SON" : "TAI", e);
    for (int i = 0; i < (int)sample_supplier_count && rc == ERR_OK; i++) {
        if (first || sample_chance(s, 55)) { /* not everybody delivers every day */
            rc = receive_from(s, i, first, e);
        }
    }
    return rc;
}

enum err_code sample_lose(struct sample *s, struct err *e) {
    static const char *const reasons[] = {"Móp vỡ khi bốc hàng", "Hết hạn sử dụng", "Chuột cắn bao bì",
                                          "Khách làm rơi vỡ"};
    struct sample_item *item = &s->items[sample_below(s, (int)s->item_count)];
    int pieces = 1 + sample_below(s, 3);
    if (item->stock < 3 * pieces) {
        return ERR_OK;
    }
    const struct stock_line_input line = {.product_id = item->id, .qty = pieces * QTY_ONE};
    const struct stock_doc_input doc = {
        .kind = STOCK_DAMAGE, .reason = reasons[sample_below(s, 4)], .lines = &line, .line_count = 1};
    item->stock -= pieces;
    enum err_code rc = sample_act_as(s, "TAI", e);
    return rc == ERR_OK ? stock_document(s->shop, &doc, NULL, e) : rc;
}

/* A dozen products are counted at the beginning of a month; one in four is a piece or two short. */
enum err_code sample_count(struct sample *s, struct err *e) {
    struct stock_line_input lines[12];
    struct stock_doc_input doc = {.kind = STOCK_COUNT, .reason = "Kiểm kê đầu tháng", .lines = lines, .line_count = 12};
    size_t from = (size_t)sample_below(s, (int)(s->item_count - 12));
    enum err_code rc = sample_act_as(s, "SON", e);
    for (size_t i = 0; i < 12 && rc == ERR_OK; i++) {
        struct sample_item *item = &s->items[from + i];
        struct stock_level level = {0};
        rc = stock_get(s->shop, item->id, &level, e);
        int missing = sample_chance(s, 25) ? 1 + sample_below(s, 2) : 0;
        if (level.on_hand < 10 * QTY_ONE) {
            missing = 0;
        }
        lines[i] = (struct stock_line_input){.product_id = item->id, .qty = level.on_hand - missing * QTY_ONE};
        item->stock -= missing;
    }
    return rc == ERR_OK ? stock_document(s->shop, &doc, NULL, e) : rc;
}
