/* Sales channels: where an order or a customer came from ("Cửa hàng", "Shopee"). Made by the first row that names one.
 */
#ifndef CHOTDON_CHANNEL_H
#define CHOTDON_CHANNEL_H

#include "chotdon/shop.h"

/* Finds it by name (accents and case folded) or makes it. An empty name gives id 0. *made may be NULL. ERR_INVALID for
 * a name that is too long. */
enum err_code channel_make(struct shop *shop, const char *name, int64_t *id, bool *made, struct err *e);

/* A new one by hand, ERR_CONFLICT when it is there; another name for one that is there: its orders and customers
 * follow, and so does the setting counter_channel. ERR_INVALID for a name that is empty or too long. */
enum err_code channel_add(struct shop *shop, const char *name, struct err *e);
enum err_code channel_rename(struct shop *shop, const char *name, const char *new_name, struct err *e);

/* ERR_NOT_FOUND names the channel asked for. */
enum err_code channel_find(struct shop *shop, const char *name, int64_t *id, struct err *e);

/* Borrowed until the shop is closed; "" for 0. */
enum err_code channel_name(struct shop *shop, int64_t id, const char **name, struct err *e);

/* By name, in Vietnamese order. The name is borrowed during the call. */
typedef enum err_code channel_row_fn(void *ctx, int64_t id, const char *name, struct err *e);
enum err_code channel_list(struct shop *shop, channel_row_fn *row, void *ctx, struct err *e);

#endif
