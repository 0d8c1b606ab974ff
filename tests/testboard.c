#include "testboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s: %s", e->field, e->message);
    }
}

static void add_staff(struct shop *shop, const char *code, const char *name, const char *team) {
    struct err e = ERR_INIT;
    struct staff s = {
        .code = (char *)(uintptr_t)code, .name = (char *)(uintptr_t)name, .team = (char *)(uintptr_t)team};
    must(staff_put(shop, &s, STAFF_NAME | STAFF_TEAM, NULL, &e), &e);
}

int64_t testboard_add(struct shop *shop, const struct deal *d, unsigned fields) {
    struct err e = ERR_INIT;
    enum put_result result;
    int64_t id = 0;
    must(deal_put(shop, d, fields, &result, &id, &e), &e);
    return id;
}

int64_t testboard_id(struct shop *shop, const char *deal_no) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    must(deal_find(shop, deal_no, &id, &e), &e);
    return id;
}

struct deal testboard_get(struct shop *shop, const char *deal_no) {
    struct err e = ERR_INIT;
    struct deal d = {0};
    must(deal_get(shop, testboard_id(shop, deal_no), &d, &e), &e);
    return d;
}

int64_t testboard_stage(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct stage s = {0};
    must(stage_find(shop, PIPELINE_MAIN, name, &s, &e), &e);
    int64_t id = s.id;
    stage_clear(&s);
    return id;
}

static void plan(struct shop *shop, const char *deal_no, const char *date, const char *text) {
    struct err e = ERR_INIT;
    must(deal_plan(shop, testboard_id(shop, deal_no), date, text, &e), &e);
}

static struct deal_product shirts = {.sku = "AT-TR-M", .qty = 500000, .price = 100000};
static const struct {
    struct deal d;
    unsigned more;
} deals[] = {
    {{.deal_no = "CH1",
      .title = "Quán Cây Bàng",
      .contact = "Anh Bình",
      .phone = "0987654321",
      .rep = "HA",
      .stage = {.name = "Triển vọng"},
      .expected_value = 45000000,
      .created = "2026-11-18",
      .source = "Facebook",
      .expected_close = "2026-11-30"},
     DEAL_CONTACT | DEAL_PHONE | DEAL_SOURCE | DEAL_EXPECTED_CLOSE},
    {{.deal_no = "CH2",
      .title = "Đồng phục",
      .customer = "KH1",
      .rep = "NAM",
      .stage = {.name = "Triển vọng"},
      .expected_value = 50000000,
      .created = "2026-11-01",
      .products = &shirts,
      .product_count = 1,
      .tags = "gấp"},
     DEAL_CUSTOMER | DEAL_PRODUCTS | DEAL_TAGS},
    {{.deal_no = "CH3",
      .title = "Tiệm bánh Mai",
      .rep = "LAN",
      .stage = {.name = "Cơ hội"},
      .expected_value = 8000000,
      .created = "2026-11-10",
      .expected_close = "2026-12-15"},
     DEAL_EXPECTED_CLOSE},
    {{.deal_no = "CH4",
      .title = "Khách sạn Biển Xanh",
      .rep = "HA",
      .stage = {.name = "Đàm phán"},
      .expected_value = 900000000,
      .created = "2026-11-05",
      .expected_close = "2026-10-20"},
     DEAL_EXPECTED_CLOSE},
    {{.deal_no = "CH5",
      .title = "Bếp 36",
      .rep = "HA",
      .stage = {.name = "Thành công"},
      .value = 20000000,
      .expected_value = 20000000,
      .created = "2026-11-02",
      .closed = "2026-11-12"},
     DEAL_CLOSED | DEAL_VALUE},
    {{.deal_no = "CH6",
      .title = "Nhà sách Ánh Sáng",
      .rep = "NAM",
      .stage = {.name = "Thất bại"},
      .expected_value = 3000000,
      .created = "2026-10-02",
      .closed = "2026-11-03",
      .lost_reason = "Giá"},
     DEAL_CLOSED | DEAL_LOST_REASON},
};

void testboard_fill(struct shop *shop) {
    struct err e = ERR_INIT;
    struct product p = {.sku = "AT-TR-M", .name = "Áo thun trơn, trắng M", .price = 120000};
    struct customer c = {.code = "KH1", .name = "Trường Lê Lợi", .phones = "0912345678", .province = "Hà Nội"};
    add_staff(shop, "HA", "Trần Thị Hà", "Bắc");
    add_staff(shop, "NAM", "Lê Đức Nam", "Bắc");
    add_staff(shop, "LAN", "Phạm Ngọc Lan", "Nam");
    must(product_put(shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, &e), &e);
    must(customer_put(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_PROVINCE, NULL, NULL, &e), &e);
    for (size_t i = 0; i < sizeof deals / sizeof *deals; i++) {
        testboard_add(shop, &deals[i].d,
                      deals[i].more | DEAL_TITLE | DEAL_REP | DEAL_STAGE | DEAL_EXPECTED_VALUE | DEAL_CREATED);
    }
    plan(shop, "CH1", "2026-11-23", "gọi");
    plan(shop, "CH4", "2026-11-19", "gửi hợp đồng");
}
