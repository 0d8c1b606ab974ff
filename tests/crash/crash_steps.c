/* A shop's day, step by step. */
#include <stdlib.h>
#include <string.h>

#include "chotdon/check.h"
#include "chotdon/commission.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/draft.h"
#include "chotdon/stage.h"
#include "crash_shop.h"
#include "db/db.h"
#include "io/import.h"
#include "testorders.h"

static struct order_input two_lines(const struct crash_shop *c, struct order_line_input lines[2]) {
    lines[0] = testorders_line(c->goods, 2000, 120000);
    lines[1] = testorders_line(c->rice, 1500, 215000);
    struct order_input in = testorders_input(lines, 2);
    in.discount = (struct discount){true, 500};
    in.pay_rest = true;
    return in;
}

enum err_code crash_sell(struct crash_shop *c, struct err *e) {
    struct order_line_input lines[2];
    struct order_ref ref = {0};
    struct order_input in = two_lines(c, lines);
    enum err_code rc = order_add(c->shop, &in, &ref, e);
    c->sale = rc == ERR_OK ? ref.id : c->sale;
    return rc;
}

static enum err_code type_draft(struct crash_shop *c, struct err *e) {
    struct order_line_input line = testorders_line(c->goods, 1000, 120000);
    struct order_input in = testorders_input(&line, 1);
    return draft_save(c->shop, &c->draft, &in, "test:1", e);
}

static enum err_code type_more(struct crash_shop *c, struct err *e) {
    struct order_line_input lines[2];
    struct order_input in = two_lines(c, lines);
    in.pay_rest = false;
    return draft_save(c->shop, &c->draft, &in, "test:1", e);
}

static enum err_code sell_draft(struct crash_shop *c, struct err *e) {
    struct order_line_input lines[2];
    struct order_input in = two_lines(c, lines);
    return draft_confirm(c->shop, c->draft, &in, NULL, e);
}

static enum err_code bring_back(struct crash_shop *c, struct err *e) {
    struct return_line_input line = {c->goods, NULL, 1000};
    struct return_input in = {.sale_id = c->sale, .lines = &line, .line_count = 1, .reason = "rách"};
    struct order_ref ref = {0};
    return order_return(c->shop, &in, &ref, NULL, e);
}

static enum err_code import(struct crash_shop *c, struct err *e) {
    struct import_options options = {.kind = KIND_ORDERS, .path = c->csv, .create_missing = true};
    struct import_summary sum = {0};
    return import_run(c->shop, &options, &sum, e);
}

static enum err_code move_deal(struct crash_shop *c, struct err *e) {
    struct stage *stages = NULL;
    size_t count = 0;
    enum err_code rc = stage_list(c->shop, PIPELINE_MAIN, &stages, &count, e);
    if (rc == ERR_OK) {
        rc = deal_move(c->shop, c->deal, stages[1].id, NULL, e);
    }
    stage_list_free(stages, count);
    return rc;
}

static enum err_code lose_deal(struct crash_shop *c, struct err *e) {
    return deal_lose(c->shop, c->deal, "Giá", e);
}

static enum err_code run_month(struct crash_shop *c, struct err *e) {
    return commission_run(c->shop, "2026-10", e);
}

static enum err_code lock_month(struct crash_shop *c, struct err *e) {
    return commission_lock(c->shop, "2026-10", NULL, e);
}

static enum err_code move_log(struct crash_shop *c, struct err *e) {
    return db_checkpoint(shop_db(c->shop), e);
}

static enum err_code back_up(struct crash_shop *c, struct err *e) {
    return backup_make(c->shop, c->backup, e);
}

static enum err_code erase(struct crash_shop *c, struct err *e) {
    return customer_erase(c->shop, c->buyer, e);
}

static enum err_code reopen(struct crash_shop *c, struct err *e) {
    shop_close(&c->shop);
    return shop_open(&c->options, &c->shop, e);
}

static enum err_code restore(struct crash_shop *c, struct err *e) {
    char *kept = NULL;
    shop_close(&c->shop);
    enum err_code rc = backup_restore(&c->options, c->backup, &kept, e);
    free(kept);
    return rc;
}

const struct crash_step crash_steps[] = {
    {"sale", true, crash_sell},
    {"draft typed", false, type_draft},
    {"draft typed on", false, type_more},
    {"draft sold", true, sell_draft},
    {"return", true, bring_back},
    {"import", true, import},
    {"deal moved", true, move_deal},
    {"commission run", true, run_month},
    {"checkpoint", true, move_log},
    {"commission lock", true, lock_month},
    {"deal lost", true, lose_deal},
    {"backup", true, back_up},
    {"sale after backup", true, crash_sell},
    {"erasure", true, erase},
    {"closed and opened", true, reopen},
    {"restore", true, restore},
    {"opened after restore", true, reopen},
    {"sale after restore", true, crash_sell},
    {NULL, false, NULL},
};
