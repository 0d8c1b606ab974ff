/* Settings that change the books; they live in the database, audited, so that all counters agree (DOMAIN 1). */
#ifndef CHOTDON_SETTING_H
#define CHOTDON_SETTING_H

#include "chotdon/shop.h"

enum stock_policy { STOCK_ALLOW, STOCK_WARN, STOCK_BLOCK };
enum recognise_state { RECOGNISE_CONFIRMED, RECOGNISE_DELIVERED, RECOGNISE_COMPLETED };

/* Keys, values and defaults:
 *   shop_name       text                                  ""
 *   shop_address, shop_phone                              ""   on receipts
 *   language        vi | en                               ""   of a program that is not told another one
 *   currency        fixed when the database is made       VND  (setting it is ERR_REFUSED)
 *   time_zone       a name of the system's zone database  Asia/Ho_Chi_Minh
 *   vat_mode        included | added                      included
 *   vat_default_pct 0 … 100                               0    for products without a rate of their own
 *   stock_policy    allow | warn | block                  warn
 *   recognise       confirmed | delivered | completed     delivered   (changing it dates all orders anew)
 *   working_days    mon,tue,wed,thu,fri,sat               (also 1-6, T2-T7)
 *   counter_channel text, the channel of counter sales    ""  (none)
 *   discount_limit_pct 0 … 100                            10   what anybody may take off; more: PERMIT_DISCOUNT
 *   lock_after_min  0 … 1440, minutes; 0: never           10   (screens, where sign-in is on)
 *   backups_kept    0 … 1000                              14   automatic backups; 0: none are made
 */
struct setting_info {
    const char *key;
    const char *values; /* what it takes, for people */
    const char *default_value;
    const char *help; /* marked for translation */
};

int setting_count(void);
const struct setting_info *setting_info(int index);

/* The value in force; borrowed until the settings change. ERR_NOT_FOUND names the known keys. */
enum err_code setting_get(struct shop *shop, const char *key, const char **value, struct err *e);
enum err_code setting_set(struct shop *shop, const char *key, const char *value, struct err *e);

/* Typed and cached. */
bool setting_vat_included(struct shop *shop);
int64_t setting_vat_default_bps(struct shop *shop);
int64_t setting_discount_limit_bps(struct shop *shop);
enum stock_policy setting_stock_policy(struct shop *shop);
enum recognise_state setting_recognise(struct shop *shop);
bool setting_is_working_day(struct shop *shop, const char *iso_date);
int setting_lock_after_min(struct shop *shop);
const char *setting_shop_name(struct shop *shop);

#endif
