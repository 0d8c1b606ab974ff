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
        cmocka_unit_test_setup_teardown(an_edit_of_what_changed_meanwhile_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
