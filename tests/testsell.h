/* A small shop to sell from, and the Sell screen over it. */
#ifndef TESTS_TESTSELL_H
#define TESTS_TESTSELL_H

#include "chotdon/shop.h"
#include "screen_test.h"
#include "tui/screens/sell_state.h"

#define SELL_SHIRT "8930000000017" /* AT-TR-M  Áo thun trơn, trắng M    120.000, 14 on hand */
#define SELL_WATER "8930000000024" /* NUOC-15  Nước suối 1,5 l            8.000, 40 on hand, reorder below 36 */
#define SELL_CRATE "8930000000031" /*          the same by the thùng of 12, 90.000 */
#define SELL_RICE  "8930000000048" /* GAO-5    Gạo ST25 5 kg            215.000, none on hand, cost 180.000 */

/* Goods, a customer (Nguyễn Văn Đạt, VIP, 0912 345 678), staff AN. Fails the test when it cannot. */
void testsell_fill(struct shop *shop);

/* Sell in front; `station` NULL: "test:1". */
struct screen_test *testsell_open(struct shop *shop, int width, int height, const char *station);
struct screen_test *testsell_open_with(struct shop *shop, int width, int height, const char *station,
                                       const struct config *config);
struct sell_state *testsell_state(struct screen_test *t);
const struct basket *testsell_basket(struct screen_test *t);

#endif
