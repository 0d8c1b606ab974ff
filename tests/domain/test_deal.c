/* Deals: made, moved, won, lost and brought back; what a stage asks for; what is kept (DOMAIN 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/staff.h"
#include "testdb.h"
#include "testdeal.h"
#include "testshop.h"

static int setup(void **state) {
    struct shop *shop = testshop_open();
    testdeal_staff(shop, "HA", "Trần Thị Hà", "Bán sỉ");
    testdeal_staff(shop, "NAM", "Lê Văn Nam", "Bán sỉ");
    testdeal_product(shop, "AO-DP", "Áo đồng phục", 150000);
    testdeal_product(shop, "GAO-5", "Gạo ST25 5 kg", 215000);
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testdeal_check(shop);
    testshop_close(&shop);
    return 0;
}

static struct deal get(struct shop *shop, int64_t id) {
    struct err e = ERR_INIT;
    struct deal d;
    if (deal_get(shop, id, &d, &e) != ERR_OK) {
        fail_msg("no deal: %s", e.message);
    }
    return d;
}

static void a_new_shop_has_the_vietnamese_board(void **state) {
    static const struct {
        const char *name;
        enum stage_kind kind;
        int probability_bps, idle_days;
    } board[] = {
        {"Triển vọng", STAGE_OPEN, 1000, 7}, {"Cơ hội", STAGE_OPEN, 2000, 10},  {"Đã thẩm định", STAGE_OPEN, 4000, 14},
        {"Đề xuất", STAGE_OPEN, 6000, 14},   {"Đàm phán", STAGE_OPEN, 8000, 7}, {"Thành công", STAGE_WON, 10000, 0},
        {"Thất bại", STAGE_LOST, 0, 0},
    };
    struct stage *all = NULL;
    size_t count = 0;
    assert_int_equal(stage_list(*state, PIPELINE_MAIN, &all, &count, NULL), ERR_OK);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(all[i].name, board[i].name);
        assert_int_equal(all[i].kind, board[i].kind);
        assert_int_equal(all[i].probability_bps, board[i].probability_bps);
        assert_int_equal(all[i].idle_days, board[i].idle_days);
        unsigned four = DEAL_NEED_NEED | DEAL_NEED_BUDGET | DEAL_NEED_TIMING | DEAL_NEED_DECISION_MAKER;
        assert_int_equal(all[i].required, i == 2 ? four : 0);
    }
    stage_list_free(all, count);
}

static void stages_are_found_folded_in_both_languages(void **state) {
    static const struct {
        const char *typed, *name;
    } words[] = {{"trien vong", "Triển vọng"},  {"ĐÃ THẨM ĐỊNH", "Đã thẩm định"},
                 {"qualified", "Đã thẩm định"}, {"Won", "Thành công"},
                 {"lost", "Thất bại"},          {"proposal", "Đề xuất"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct stage stage;
        assert_int_equal(stage_find(*state, PIPELINE_MAIN, words[i].typed, &stage, NULL), ERR_OK);
        assert_string_equal(stage.name, words[i].name);
        stage_clear(&stage);
    }
    struct err e = ERR_INIT;
    struct stage none;
    assert_int_equal(stage_find(*state, PIPELINE_MAIN, "Prospecting", &none, &e), ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "Triển vọng, Cơ hội"));
}

static void a_new_deal_starts_in_the_first_stage_with_its_number(void **state) {
    struct deal_product products[] = {{.sku = "AO-DP", .qty = 40000, .price = 140000},
                                      {.sku = "Gạo ST25 5 kg", .qty = 500, .price = 215000}};
    struct deal in = {.title = "Đồng phục lớp 10A", .rep = "trần thị hà", .products = products, .product_count = 2};
    int64_t id = 0;
    struct err e = ERR_INIT;
    assert_int_equal(deal_add(*state, &in, DEAL_TITLE | DEAL_REP | DEAL_PRODUCTS, &id, &e), ERR_OK);
    struct deal d = get(*state, id);
    assert_string_equal(d.deal_no, "CH261121-0001");
    assert_string_equal(d.stage.name, "Triển vọng");
    assert_string_equal(d.rep_name, "Trần Thị Hà");
    assert_int_equal(d.expected_value, 40 * 140000 + 107500);
    assert_int_equal(d.probability_bps, 1000);
    assert_string_equal(d.created, "2026-11-21");
    assert_string_equal(d.rots_on, "2026-11-29"); /* after 7 whole days untouched */
    assert_string_equal(d.products[1].sku, "GAO-5");
    char *text = deal_products_format(d.products, d.product_count, shop_currency(*state));
    assert_string_equal(text, "AO-DP:40@140000+GAO-5:0.5@215000");
    free(text);
    deal_clear(&d);
}

static void a_deal_without_a_title_is_called_after_its_customer(void **state) {
    struct customer c = {.name = "Trường Lê Lợi", .phones = "0912 345 678"};
    struct deal in = {.customer = "truong le loi"};
    struct deal nothing = {.title = ""};
    int64_t id = 0;
    assert_int_equal(customer_add(*state, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL), ERR_OK);
    assert_int_equal(deal_add(*state, &in, DEAL_CUSTOMER, &id, NULL), ERR_OK);
    struct deal d = get(*state, id);
    assert_string_equal(d.title, "Trường Lê Lợi");
    assert_string_equal(d.customer, "KH000001");
    assert_string_equal(d.phone, "0912345678");
    deal_clear(&d);
    assert_int_equal(deal_add(*state, &nothing, DEAL_TITLE, NULL, NULL), ERR_INVALID);
}

static void a_lead_with_a_customers_phone_is_that_customer(void **state) {
    struct customer c = {.name = "Quán Cây Bàng", .phones = "0912345678"};
    struct deal in = {.contact = "anh Bình", .phone = "+84 912 345 678"};
    int64_t id = 0;
    assert_int_equal(customer_add(*state, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL), ERR_OK);
    assert_int_equal(deal_add(*state, &in, DEAL_CONTACT | DEAL_PHONE, &id, NULL), ERR_OK);
    struct deal d = get(*state, id);
    assert_string_equal(d.customer_name, "Quán Cây Bàng");
    deal_clear(&d);
}

static void a_stage_asks_for_its_fields(void **state) {
    struct err e = ERR_INIT;
    unsigned missing = 0;
    int64_t id = testdeal_add(*state, "Quán Cây Bàng", 45000000);
    int64_t qualified = testdeal_stage(*state, "Đã thẩm định");
    struct deal half = {.need = "bàn ghế", .timing = "tháng 12"};
    assert_int_equal(deal_edit(*state, id, &half, DEAL_NEED | DEAL_TIMING, NULL), ERR_OK);
    assert_int_equal(deal_move(*state, id, qualified, &missing, &e), ERR_REFUSED);
    assert_int_equal(missing, DEAL_NEED_BUDGET | DEAL_NEED_DECISION_MAKER);
    assert_string_equal(e.field, "budget");
    assert_non_null(strstr(e.message, "budget, decision maker"));
    testdeal_qualify(*state, id);
    assert_int_equal(deal_move(*state, id, qualified, &missing, NULL), ERR_OK);
    testdeal_move(*state, id, "Đàm phán"); /* one may leap over others */
}

static void moving_changes_the_probability_unless_it_was_set_by_hand(void **state) {
    int64_t free_one = testdeal_add(*state, "A", 1000000);
    int64_t set_one = testdeal_add(*state, "B", 1000000);
    struct deal by_hand = {.probability_bps = 5500, .probability_set = true};
    struct deal back = {.probability_set = false};
    assert_int_equal(deal_edit(*state, set_one, &by_hand, DEAL_PROBABILITY, NULL), ERR_OK);
    testdeal_move(*state, free_one, "Đề xuất");
    testdeal_move(*state, set_one, "Đề xuất");
    struct stage_total t = testdeal_total(*state, "Đề xuất", 0);
    assert_int_equal(t.deals, 2);
    assert_int_equal(t.weighted, 600000 + 550000);
    assert_int_equal(deal_edit(*state, set_one, &back, DEAL_PROBABILITY, NULL), ERR_OK);
    assert_int_equal(testdeal_total(*state, "Đề xuất", 0).weighted, 1200000);
}

struct steps {
    char text[512];
};

static enum err_code note_step(void *ctx, const char *from, const char *to, const char *at, const char *staff,
                               struct err *e) {
    struct steps *s = ctx;
    size_t len = strlen(s->text);
    (void)e;
    (void)staff;
    snprintf(s->text + len, sizeof s->text - len, "%s>%s %s\n", from, to, at);
    return ERR_OK;
}

static void reopening_keeps_the_history(void **state) {
    struct steps s = {""};
    int64_t id = testdeal_add(*state, "A", 1000000);
    assert_int_equal(deal_lose(*state, id, "giá", NULL), ERR_OK);
    struct deal d = get(*state, id);
    assert_string_equal(d.closed, "2026-11-21");
    assert_string_equal(d.lost_reason, "Giá");
    assert_int_equal(d.value, 1000000);
    deal_clear(&d);
    testshop_set_now(*state, "2026-11-25 09:00:00");
    testdeal_move(*state, id, "Cơ hội");
    d = get(*state, id);
    assert_string_equal(d.closed, "");
    assert_string_equal(d.lost_reason, "");
    assert_int_equal(d.value, 0);
    deal_clear(&d);
    assert_int_equal(deal_stages(*state, id, note_step, &s, NULL), ERR_OK);
    assert_string_equal(s.text, ">Triển vọng 2026-11-21 14:05:00\nTriển vọng>Thất bại 2026-11-21 14:05:00\n"
                                "Thất bại>Cơ hội 2026-11-25 09:00:00\n");
}

static void losing_needs_a_reason_of_the_list(void **state) {
    struct err e = ERR_INIT;
    int64_t id = testdeal_add(*state, "A", 0);
    assert_int_equal(deal_lose(*state, id, "", &e), ERR_INVALID);
    assert_string_equal(e.field, "reason");
    assert_int_equal(deal_lose(*state, id, "vì trời mưa", &e), ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "Hết ngân sách"));
    assert_int_equal(deal_lose(*state, id, "competitor", &e), ERR_OK);
    assert_int_equal(deal_lose(*state, id, "giá", &e), ERR_REFUSED); /* once is enough */
    assert_int_equal(deal_win(*state, id, 0, -1, &e), ERR_REFUSED);
}

static void moving_into_a_closed_stage_names_the_way(void **state) {
    struct err e = ERR_INIT;
    int64_t id = testdeal_add(*state, "A", 0);
    assert_int_equal(deal_move(*state, id, testdeal_stage(*state, "won"), NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "deal won CH261121-0001"));
    assert_int_equal(deal_move(*state, id, testdeal_stage(*state, "lost"), NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "deal lost CH261121-0001 --reason"));
}

static void the_last_move_can_be_taken_back(void **state) {
    struct steps s = {""};
    int64_t id = testdeal_add(*state, "A", 2000000);
    struct err e = ERR_INIT;
    assert_int_equal(deal_unmove(*state, id, &e), ERR_REFUSED);
    testdeal_move(*state, id, "Đề xuất");
    assert_int_equal(deal_lose(*state, id, "Giá", NULL), ERR_OK);
    testdeal_move(*state, id, "Cơ hội");
    assert_int_equal(deal_unmove(*state, id, NULL), ERR_OK); /* lost again, as it was */
    struct deal d = get(*state, id);
    assert_string_equal(d.lost_reason, "Giá");
    assert_int_equal(d.value, 2000000);
    assert_string_equal(d.closed, "2026-11-21");
    deal_clear(&d);
    assert_int_equal(deal_unmove(*state, id, NULL), ERR_OK);
    assert_int_equal(deal_unmove(*state, id, NULL), ERR_OK);
    d = get(*state, id);
    assert_string_equal(d.stage.name, "Triển vọng");
    assert_int_equal(d.probability_bps, 1000);
    deal_clear(&d);
    assert_int_equal(deal_stages(*state, id, note_step, &s, NULL), ERR_OK);
    assert_string_equal(s.text, ">Triển vọng 2026-11-21 14:05:00\n");
}

static void a_planned_activity_keeps_a_deal_from_rotting(void **state) {
    int64_t id = testdeal_add(*state, "A", 1000000);
    testshop_set_now(*state, "2026-11-28 08:00:00");
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
    testshop_set_now(*state, "2026-11-29 08:00:00");
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 1);
    assert_int_equal(deal_plan(*state, id, "15/12/2026", "gọi lại", NULL), ERR_OK);
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
    testshop_set_now(*state, "2026-12-15 23:00:00"); /* untouched for 16 days, but today is planned */
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
    testshop_set_now(*state, "2026-12-16 08:00:00");
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 1);
    assert_int_equal(deal_log(*state, id, "call", "khách hẹn sau Tết", NULL), ERR_OK);
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
    struct deal d = get(*state, id);
    assert_string_equal(d.next_on, ""); /* the planned call was made */
    assert_string_equal(d.rots_on, "2026-12-24");
    deal_clear(&d);
}

static void a_closed_deal_does_not_rot(void **state) {
    int64_t id = testdeal_add(*state, "A", 1000000);
    assert_int_equal(deal_win(*state, id, 0, -1, NULL), ERR_OK);
    struct deal d = get(*state, id);
    assert_string_equal(d.rots_on, "");
    deal_clear(&d);
}

static void a_win_links_its_order_both_ways(void **state) {
    struct err e = ERR_INIT;
    struct deal_product products[] = {{.sku = "AO-DP", .qty = 10000, .price = 140000}};
    struct deal in = {.title = "Đồng phục",
                      .contact = "chị Hoa",
                      .phone = "0987654321",
                      .rep = "HA",
                      .products = products,
                      .product_count = 1};
    int64_t id = 0, order_id = 0, other = testdeal_add(*state, "Khác", 0);
    assert_int_equal(deal_add(*state, &in, DEAL_TITLE | DEAL_CONTACT | DEAL_PHONE | DEAL_REP | DEAL_PRODUCTS, &id, &e),
                     ERR_OK);
    assert_int_equal(deal_open_order(*state, id, &order_id, &e), ERR_OK);
    struct order o;
    assert_int_equal(order_get(*state, order_id, &o, &e), ERR_OK);
    assert_int_equal(o.status, ORDER_DRAFT);
    assert_int_equal(o.total, 1400000);
    assert_string_equal(o.customer_phone, "0987654321"); /* the lead became a customer */
    assert_string_equal(o.reps[0].code, "HA");
    order_clear(&o);
    assert_int_equal(order_set_status(*state, order_id, ORDER_CONFIRMED, NULL, &e), ERR_OK);
    assert_int_equal(deal_win(*state, id, order_id, -1, &e), ERR_OK);
    struct deal d = get(*state, id);
    assert_int_equal(d.value, 1400000);
    assert_string_equal(d.stage.name, "Thành công");
    deal_clear(&d);
    assert_int_equal(order_get(*state, order_id, &o, &e), ERR_OK);
    assert_string_equal(o.deal_no, "CH261121-0002");
    order_clear(&o);
    assert_int_equal(deal_win(*state, other, order_id, -1, &e), ERR_CONFLICT);
    assert_non_null(strstr(e.message, "CH261121-0002"));
}

static void an_edit_of_what_changed_meanwhile_is_refused(void **state) {
    int64_t id = testdeal_add(*state, "A", 0);
    struct deal mine = get(*state, id);
    struct deal theirs = {.note = "gọi trước 9 giờ"};
    assert_int_equal(deal_edit(*state, id, &theirs, DEAL_NOTE, NULL), ERR_OK);
    free(mine.note);
    mine.note = mem_strdup("gọi sau 9 giờ");
    assert_int_equal(deal_edit(*state, id, &mine, DEAL_NOTE, NULL), ERR_CONFLICT);
    deal_clear(&mine);
}

struct news {
    char text[1024];
    int64_t last;
};

static enum err_code note_win(void *ctx, const struct deal_win_news *w, struct err *e) {
    struct news *n = ctx;
    size_t len = strlen(n->text);
    (void)e;
    snprintf(n->text + len, sizeof n->text - len, "%s %s %lld%s%s%s\n", w->rep, w->title, (long long)w->value,
             w->first_of_month ? " first" : "", w->personal_best ? " best" : "", w->team_record ? " team" : "");
    n->last = w->id;
    return ERR_OK;
}

static int64_t add_for(struct shop *shop, const char *title, const char *rep, int64_t value) {
    struct deal d = {.title = (char *)title, .rep = (char *)rep, .expected_value = value};
    int64_t id = 0;
    assert_int_equal(deal_add(shop, &d, DEAL_TITLE | DEAL_REP | DEAL_EXPECTED_VALUE, &id, NULL), ERR_OK);
    return id;
}

static void win_it(struct shop *shop, int64_t id) {
    assert_int_equal(deal_win(shop, id, 0, -1, NULL), ERR_OK);
}

static void a_win_tells_only_what_is_true(void **state) {
    struct news n = {.last = 0};
    win_it(*state, add_for(*state, "A", "HA", 5));
    assert_int_equal(deal_wins(*state, n.last, 10, note_win, &n, NULL), ERR_OK);
    assert_string_equal(n.text, "Trần Thị Hà A 5 first\n"); /* nothing to be better than */
    n.text[0] = '\0';
    win_it(*state, add_for(*state, "B", "NAM", 7)); /* his first, above hers in the same team */
    win_it(*state, add_for(*state, "C", "HA", 6));  /* her best, not the team's */
    win_it(*state, add_for(*state, "D", "HA", 6));  /* as good is no better */
    win_it(*state, testdeal_add(*state, "E", 9));   /* nobody's */
    assert_int_equal(deal_wins(*state, n.last, 10, note_win, &n, NULL), ERR_OK);
    assert_string_equal(n.text, "Lê Văn Nam B 7 first team\nTrần Thị Hà C 6\nTrần Thị Hà D 6\n E 9\n");
    n.text[0] = '\0';
    testshop_set_now(*state, "2026-12-01 08:00:00");
    int64_t id = add_for(*state, "F", "HA", 8);
    win_it(*state, id);
    assert_int_equal(deal_wins(*state, n.last, 10, note_win, &n, NULL), ERR_OK);
    assert_string_equal(n.text, "Trần Thị Hà F 8 first best team\n");
    n.text[0] = '\0';
    assert_int_equal(deal_unmove(*state, id, NULL), ERR_OK); /* taken back before anybody saw it */
    assert_int_equal(deal_wins(*state, 0, 10, note_win, &n, NULL), ERR_OK);
    assert_null(strstr(n.text, " F "));
}

static void news_of_a_win_begins_with_what_matters(void **state) {
    const struct deal_win_news w = {.title = "Đồng phục 10A",
                                    .rep = "Hà",
                                    .team = "",
                                    .value = 45000000,
                                    .first_of_month = true,
                                    .team_record = true};
    char *line = deal_win_line(*state, &w);
    assert_string_equal(line, "Hà won 45 tr · the team's record · first of the month · Đồng phục 10A");
    free(line);
}

static void an_imported_win_is_no_news(void **state) {
    struct news n = {.last = 0};
    struct deal d = {.deal_no = "X1",
                     .title = "A",
                     .stage = {.name = "Won"},
                     .created = "2026-10-01",
                     .closed = "2026-11-20",
                     .value = 5};
    assert_int_equal(
        deal_put(*state, &d, DEAL_TITLE | DEAL_STAGE | DEAL_CREATED | DEAL_CLOSED | DEAL_VALUE, NULL, NULL, NULL),
        ERR_OK);
    assert_int_equal(deal_wins(*state, 0, 10, note_win, &n, NULL), ERR_OK);
    assert_string_equal(n.text, "");
}

static void an_imported_deal_begins_when_it_was_created(void **state) {
    struct steps s = {""};
    enum put_result result;
    int64_t id = 0;
    struct deal d = {.deal_no = "X1",
                     .title = "A",
                     .stage = {.name = "đã thẩm định"},
                     .created = "1/10/2026",
                     .closed = "20/11/2026",
                     .value = 5};
    unsigned fields = DEAL_TITLE | DEAL_STAGE | DEAL_CREATED;
    /* what a stage requires binds moves, not files */
    assert_int_equal(deal_put(*state, &d, fields, &result, &id, NULL), ERR_OK);
    assert_int_equal(result, PUT_CREATED);
    assert_int_equal(deal_put(*state, &d, fields, &result, NULL, NULL), ERR_OK);
    assert_int_equal(result, PUT_UNCHANGED);
    d.stage.name = "Won";
    fields |= DEAL_CLOSED | DEAL_VALUE;
    assert_int_equal(deal_put(*state, &d, fields, &result, NULL, NULL), ERR_OK);
    assert_int_equal(result, PUT_UPDATED);
    assert_int_equal(deal_put(*state, &d, fields, &result, NULL, NULL), ERR_OK);
    assert_int_equal(result, PUT_UNCHANGED);
    assert_int_equal(deal_stages(*state, id, note_step, &s, NULL), ERR_OK);
    assert_string_equal(s.text, ">Đã thẩm định 2026-10-01\nĐã thẩm định>Thành công 2026-11-20\n");
    struct deal won = get(*state, id);
    assert_int_equal(won.value, 5);
    deal_clear(&won);
}

static enum err_code note_card(void *ctx, const struct deal_card *card, struct err *e) {
    struct steps *s = ctx;
    size_t len = strlen(s->text);
    (void)e;
    snprintf(s->text + len, sizeof s->text - len, "%s %dd%s\n", card->title, card->days, card->rotting ? " ~" : "");
    return ERR_OK;
}

static void cards_come_by_next_activity_then_by_age(void **state) {
    struct steps s = {""};
    struct deal_filter f = {.kind = -1, .stage_id = testdeal_stage(*state, "Triển vọng"), .limit = 3};
    int64_t a = testdeal_add(*state, "A", 1);
    testdeal_add(*state, "B", 1);
    testshop_set_now(*state, "2026-11-22 08:00:00");
    int64_t c = testdeal_add(*state, "C", 1);
    testdeal_add(*state, "D", 1);
    assert_int_equal(deal_plan(*state, c, "2026-11-23", "gọi", NULL), ERR_OK);
    assert_int_equal(deal_plan(*state, a, "2026-11-24", "gọi", NULL), ERR_OK);
    testshop_set_now(*state, "2026-11-30 08:00:00");
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "C 8d ~\nA 9d ~\nB 9d ~\n");
    s.text[0] = '\0';
    f.offset = 3;
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "D 8d ~\n");
    s.text[0] = '\0';
    f.offset = 1;
    f.text = "a";
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "");
}

static int64_t customer(struct shop *shop, const char *code, const char *name, const char *phone) {
    struct customer c = {.code = (char *)code, .name = (char *)name, .phones = (char *)phone};
    int64_t id = 0;
    assert_int_equal(customer_add(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, &id, NULL), ERR_OK);
    return id;
}

/* The titles of the deals that a text finds, each on its line. */
static void expect_found(struct shop *shop, const char *text, const char *titles) {
    struct steps s = {""};
    struct deal_filter f = {.kind = -1, .text = text};
    assert_int_equal(deal_cards(shop, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, titles);
}

static void a_deal_is_found_by_its_own_words_by_its_customers_and_by_some_of_each(void **state) {
    int64_t id = 0;
    customer(*state, "A", "Trường Lê Lợi", "0911111111");
    customer(*state, "B", "Trường Quang Trung", "0922222222");
    const struct deal deals[] = {{.title = "Đồng phục", .customer = "A"},
                                 {.title = "Balo", .customer = "A"},
                                 {.title = "Đồng phục hè", .customer = "B"}};
    for (size_t i = 0; i < sizeof deals / sizeof *deals; i++) {
        assert_int_equal(deal_add(*state, &deals[i], DEAL_TITLE | DEAL_CUSTOMER, &id, NULL), ERR_OK);
    }
    expect_found(*state, "đồng phục", "Đồng phục · Trường Lê Lợi 0d\nĐồng phục hè · Trường Quang Trung 0d\n");
    expect_found(*state, "le loi", "Balo · Trường Lê Lợi 0d\nĐồng phục · Trường Lê Lợi 0d\n");
    expect_found(*state, "0911111111", "Balo · Trường Lê Lợi 0d\nĐồng phục · Trường Lê Lợi 0d\n");
    expect_found(*state, "dong phuc le l", "Đồng phục · Trường Lê Lợi 0d\n");
    expect_found(*state, "quang trung dong", "Đồng phục hè · Trường Quang Trung 0d\n");
    expect_found(*state, "balo quang", "");
    expect_found(*state, "ch261121-0002", "Balo · Trường Lê Lợi 0d\n");
    expect_found(*state, "261121-0002", "Balo · Trường Lê Lợi 0d\n");
    struct customer renamed = {.code = (char *)"A", .name = (char *)"Trường Trần Phú"};
    assert_int_equal(customer_put(*state, &renamed, CUSTOMER_NAME, NULL, NULL, NULL), ERR_OK);
    expect_found(*state, "balo tran phu", "Balo · Trường Trần Phú 0d\n");
    expect_found(*state, "le loi", "");
}

static void a_reps_closed_column_has_their_deals_of_all_months_newest_first(void **state) {
    struct steps s = {""};
    struct deal_filter f = {.kind = -1, .stage_id = testdeal_stage(*state, "Thành công"), .limit = 2};
    const char *const closed[] = {"2026-08-31", "2026-10-01", "2026-10-31"};
    const char *const titles[] = {"A", "B", "C"};
    for (int i = 0; i < 6; i++) {
        struct deal d = {.title = (char *)titles[i / 2],
                         .created = (char *)"2026-08-01",
                         .closed = (char *)closed[i / 2],
                         .rep = (char *)(i % 2 == 0 ? "HA" : "NAM"),
                         .stage = {.name = (char *)"Thành công"}};
        assert_int_equal(
            deal_put(*state, &d, DEAL_TITLE | DEAL_CREATED | DEAL_CLOSED | DEAL_REP | DEAL_STAGE, NULL, NULL, NULL),
            ERR_OK);
    }
    assert_int_equal(staff_find(*state, "HA", &f.staff_id, NULL), ERR_OK);
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    f.offset = 2;
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "C 21d\nB 51d\nA 82d\n");
    s.text[0] = '\0';
    f.offset = 0;
    f.from = "2026-08-15";
    f.to = "2026-10-01";
    assert_int_equal(deal_cards(*state, &f, note_card, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "B 51d\nA 82d\n");
}

static void a_customers_deals_follow_a_merge_and_its_undoing(void **state) {
    int64_t a = customer(*state, "A", "Lê An", "0911111111"), b = customer(*state, "B", "An Lê", "0922222222");
    int64_t id = 0, merge_id = 0;
    struct deal d = {.title = "Đồng phục", .customer = "B"};
    assert_int_equal(deal_add(*state, &d, DEAL_TITLE | DEAL_CUSTOMER, &id, NULL), ERR_OK);
    assert_int_equal(customer_merge(*state, a, b, &merge_id, NULL), ERR_OK);
    d = get(*state, id);
    assert_string_equal(d.customer, "A");
    deal_clear(&d);
    assert_int_equal(customer_unmerge(*state, merge_id, NULL), ERR_OK);
    d = get(*state, id);
    assert_string_equal(d.customer, "B");
    deal_clear(&d);
}

static void an_erased_customers_deals_keep_only_their_figures(void **state) {
    int64_t person = customer(*state, "A", "Lê Thị An", "0911111111"), id = 0;
    struct deal d = {.title = "Áo cho Lê Thị An",
                     .customer = "A",
                     .contact = "chị An",
                     .phone = "0933333333",
                     .decision_maker = "chồng chị An",
                     .note = "nhà số 5",
                     .expected_value = 7};
    assert_int_equal(deal_add(*state, &d,
                              DEAL_TITLE | DEAL_CUSTOMER | DEAL_CONTACT | DEAL_PHONE | DEAL_DECISION_MAKER | DEAL_NOTE |
                                  DEAL_EXPECTED_VALUE,
                              &id, NULL),
                     ERR_OK);
    assert_int_equal(deal_log(*state, id, "call", "chị An hỏi giá", NULL), ERR_OK);
    win_it(*state, id);
    assert_int_equal(customer_erase(*state, person, NULL), ERR_OK);
    struct deal after = get(*state, id);
    assert_string_equal(after.title, after.deal_no);
    assert_string_equal(after.contact, "");
    assert_string_equal(after.phone, "");
    assert_string_equal(after.decision_maker, "");
    assert_string_equal(after.note, "");
    assert_int_equal(after.value, 7);
    deal_clear(&after);
    assert_int_equal(testdb_int(shop_db(*state), "SELECT COUNT(*) FROM interactions"), 0);
    assert_int_equal(testdb_int(shop_db(*state),
                                "SELECT COUNT(*) FROM audit_details d JOIN audit a ON a.id = d.audit_id "
                                "WHERE a.entity LIKE 'deal %' AND d.after <> ''"),
                     0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_shop_has_the_vietnamese_board, setup, teardown),
        cmocka_unit_test_setup_teardown(stages_are_found_folded_in_both_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_deal_starts_in_the_first_stage_with_its_number, setup, teardown),
        cmocka_unit_test_setup_teardown(a_deal_without_a_title_is_called_after_its_customer, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lead_with_a_customers_phone_is_that_customer, setup, teardown),
        cmocka_unit_test_setup_teardown(a_stage_asks_for_its_fields, setup, teardown),
        cmocka_unit_test_setup_teardown(moving_changes_the_probability_unless_it_was_set_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(reopening_keeps_the_history, setup, teardown),
        cmocka_unit_test_setup_teardown(losing_needs_a_reason_of_the_list, setup, teardown),
        cmocka_unit_test_setup_teardown(moving_into_a_closed_stage_names_the_way, setup, teardown),
        cmocka_unit_test_setup_teardown(the_last_move_can_be_taken_back, setup, teardown),
        cmocka_unit_test_setup_teardown(a_planned_activity_keeps_a_deal_from_rotting, setup, teardown),
        cmocka_unit_test_setup_teardown(a_closed_deal_does_not_rot, setup, teardown),
        cmocka_unit_test_setup_teardown(a_win_links_its_order_both_ways, setup, teardown),
        cmocka_unit_test_setup_teardown(a_win_tells_only_what_is_true, setup, teardown),
        cmocka_unit_test_setup_teardown(news_of_a_win_begins_with_what_matters, setup, teardown),
        cmocka_unit_test_setup_teardown(an_imported_win_is_no_news, setup, teardown),
        cmocka_unit_test_setup_teardown(an_imported_deal_begins_when_it_was_created, setup, teardown),
        cmocka_unit_test_setup_teardown(cards_come_by_next_activity_then_by_age, setup, teardown),
        cmocka_unit_test_setup_teardown(a_deal_is_found_by_its_own_words_by_its_customers_and_by_some_of_each, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_reps_closed_column_has_their_deals_of_all_months_newest_first, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_customers_deals_follow_a_merge_and_its_undoing, setup, teardown),
        cmocka_unit_test_setup_teardown(an_erased_customers_deals_keep_only_their_figures, setup, teardown),
        cmocka_unit_test_setup_teardown(an_edit_of_what_changed_meanwhile_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
