/* What the domain's own files share of the shop. Nothing above the domain includes this. */
#ifndef DOMAIN_SHOP_INTERNAL_H
#define DOMAIN_SHOP_INTERNAL_H

#include "chotdon/setting.h"
#include "chotdon/shop.h"
#include "db/db.h"
#include "domain/access.h"
#include "domain/audit_writes.h"

struct intern;
struct sales_book;
struct stock_book;

/* The settings in force, parsed. */
struct settings {
    char **values; /* one for each setting_info, owned */
    bool vat_included;
    int64_t vat_default_bps;
    int64_t discount_limit_bps;
    enum stock_policy stock_policy;
    enum recognise_state recognise;
    int lock_after_min;
    unsigned working_days; /* bit 0 Monday … bit 6 Sunday */
    struct currency currency;
};

/* What the clocks said when shop_clock_watch was last called. */
struct clock_seen {
    bool looked;
    unsigned long ticks_ms;
    int64_t machine_ms;
    char text[DATETIME_SIZE];
};

/* An import's many customers, into a shop that has none: their rows come later, and the caller knows who is new. */
struct customer_load {
    bool on;
    int64_t codes_given; /* before the first of them: the codes go with the ids from there on */
};

struct shop {
    struct db *db;
    char *path;
    char *state_folder; /* "" for none */
    bool borrow_group;  /* the shop's files are opened with its group's rights */
    bool wrote;         /* since the chain was last anchored */
    void (*clock)(void *ctx, const char *time_zone, char now[DATETIME_SIZE]);
    void *clock_ctx;
    int (*turned_back)(void *ctx, const char *time_zone);
    struct clock_seen clock_seen;
    int64_t actor_id;
    char *actor_code;
    char *actor_name;
    struct access access;
    struct settings settings;
    bool settings_stale;            /* another counter or a rolled back transaction may have changed them */
    bool audit_muted;               /* an import writes one row of its own */
    enum audit_excuse audit_excuse; /* of the transaction at hand */
    bool clock_checked;
    char *task; /* what others are told that this program does */
    char *clock_warning;
    struct intern *texts;     /* names handed out that stay until the shop is closed */
    struct stock_book *stock; /* what the transaction at hand has changed of on-hand and value */
    struct sales_book *sales; /* and of the kept figures of sales */
    struct customer_load customer_load;
};

/* What only the owner of the file may do where many share it: ERR_REFUSED for the others. */
enum err_code shop_require_file_owner(const struct shop_options *o, struct err *e);

/* shop.c: shop_transact for what is done before anybody has signed in. */
enum err_code shop_transact_unasked(struct shop *shop, shop_fn *fn, void *ctx, struct err *e);

/* setting.c */
enum err_code settings_load(struct shop *shop, struct err *e);
void settings_clear(struct settings *s);
enum err_code settings_make(struct shop *shop, const char *currency, struct err *e); /* in a new database */

/* Writes of one value inside a transaction often want: who and when. */
#define SHOP_ACTOR(shop) DB_ID((shop)->actor_id)

#endif
