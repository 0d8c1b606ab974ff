/* What the palette finds in the books: goods, customers, orders, deals. */
#ifndef TUI_SCREENS_FIND_H
#define TUI_SCREENS_FIND_H

#include "tui/loop.h"

void find_products(struct app *app, const char *query, struct pick_rows *rows);
void find_customers(struct app *app, const char *query, struct pick_rows *rows);
void find_orders(struct app *app, const char *query, struct pick_rows *rows);
void find_deals(struct app *app, const char *query, struct pick_rows *rows);
void find_go_product(struct app *app, const struct pick_row *row);
void find_go_customer(struct app *app, const struct pick_row *row);
void find_go_order(struct app *app, const struct pick_row *row);
void find_go_deal(struct app *app, const struct pick_row *row);

#endif
