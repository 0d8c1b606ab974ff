/* The shop: one open database with its clock, its settings and who acts. Every domain function takes it first. */
#ifndef CHOTDON_SHOP_H
#define CHOTDON_SHOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/money.h"

struct db;
struct shop;

/* While a write waits for its turn, about every 250 ms: how long it has waited and who writes, for people ("" when it
 * is not known); once more with 0 and "" when the wait is over. false: the write ends with ERR_BUSY and nothing of it
 * is saved; true: it goes on waiting. */
typedef bool shop_wait_fn(void *ctx, int waited_ms, const char *holder);

struct shop_options {
    const char *path;          /* of the database; ":memory:" in tests */
    bool shared_group;         /* file mode 0660 */
    const char *group;         /* of the system, that the file belongs to then; NULL or "": as it comes */
    bool borrow_group;         /* installed set-group-id: the shop's files are opened with the group's rights */
    const char *backup_folder; /* for automatic backups; NULL or "": backups/ beside the file */
    const char *state_folder;  /* of this machine's user, for anchors of the audit chain; NULL or "": none */
    const char *actor;         /* staff code of who acts, not proven yet (sign_in.h); NULL or "": the owner */
    /* The wall clock in a time zone ("Asia/Ho_Chi_Minh"), as "YYYY-MM-DD HH:MM:SS". main() gives it, tests fix it. */
    void (*clock)(void *ctx, const char *time_zone, char now[DATETIME_SIZE]);
    void *clock_ctx;
    /* Seconds that clocks in the zone were turned back by in the last hours, at the end of summer time; NULL: 0. */
    int (*turned_back)(void *clock_ctx, const char *time_zone);
    int64_t (*machine_ms)(void *clock_ctx); /* ms since 1970 whatever the clock above says; NULL: that one */
    bool file_owner;       /* who runs the program owns the file in the operating system: may recover a manager's PIN */
    const char *task;      /* what the others are told that this program is doing while it writes; NULL: nothing */
    shop_wait_fn *on_wait; /* may be NULL: then a write ends with ERR_BUSY after ten seconds */
    void *wait_ctx;
};

/* Makes the file (ERR_CONFLICT when it exists) with a currency that it keeps for good; ERR_INVALID for an unknown one.
 */
enum err_code shop_create(const struct shop_options *options, const char *currency, struct shop **out, struct err *e);

#define SHOP_OLD_SCHEMA "schema" /* the field of shop_open's refusal of a file that shop_upgrade brings up to date */

/* Opens a shop. ERR_NOT_FOUND with what to do when there is no file or no such staff; ERR_REFUSED for a schema that
 * must be upgraded first (shop_upgrade) or is newer than the program. */
enum err_code shop_open(const struct shop_options *options, struct shop **out, struct err *e);
bool shop_exists(const struct shop_options *options); /* whether there is a file at the path */
void shop_close(struct shop **shop);                  /* accepts pointer to NULL */

/* Migrates an older file after backing it up beside itself; *backup gets that path (the caller owns it), NULL when
 * there was nothing to do. */
enum err_code shop_upgrade(const struct shop_options *options, char **backup, struct err *e);

void shop_now(struct shop *shop, char now[DATETIME_SIZE]);
void shop_today(struct shop *shop, char today[DATE_SIZE]);
const struct currency *shop_currency(struct shop *shop);

/* Whether another program wrote since the last call; then what is cached is read anew. */
bool shop_changed_by_others(struct shop *shop);
struct db *shop_db(struct shop *shop); /* for the domain's own files and the loop's upkeep */

/* Who acts: 0 and "" when it is the owner. */
int64_t shop_actor_id(struct shop *shop);
const char *shop_actor_code(struct shop *shop);
const char *shop_actor_name(struct shop *shop);
enum err_code shop_act_as(struct shop *shop, const char *staff_code, struct err *e); /* "": the owner */

/* One transaction around several domain calls; a call inside joins it and is undone alone when it fails. fn may run
 * more than once. ERR_REFUSED where sign-in is on and nobody has signed in. */
typedef enum err_code shop_fn(struct shop *shop, void *ctx, struct err *e);
enum err_code shop_transact(struct shop *shop, shop_fn *fn, void *ctx, struct err *e);
/* All that fn reads is of one moment, and locks are taken once for it; it may not write. */
enum err_code shop_read(struct shop *shop, shop_fn *fn, void *ctx, struct err *e);

void shop_set_on_wait(struct shop *shop, shop_wait_fn *fn, void *ctx); /* in the place of the options' */
/* true: writes wait for a moment only, then ERR_BUSY, telling nobody: for what can as well be saved a little later. */
void shop_set_hurried(struct shop *shop, bool hurried);

/* Said once per connection: the last record is later than the clock (DOMAIN 1), or two months earlier. NULL when all is
 * well; borrowed. */
const char *shop_clock_warning(struct shop *shop);

/* Called now and then while the program stays open: the clock has just been put back, or ahead by a day and more.
 * ticks_ms: of a stopwatch that runs while the machine sleeps too. Summer time is no such thing. NULL when all is well;
 * the caller owns it. */
char *shop_clock_watch(struct shop *shop, unsigned long ticks_ms);

/* "… may read the shop: chmod go= shop.db", where its files or (copies_too) what was copied beside them are open to
 * more than their owner and the group that shares them; NULL when all is well. The caller owns it. */
char *shop_file_warning(struct shop *shop, bool copies_too);

/* Upkeep for when nobody waits: at a command's end, between key presses. Cheap when there is nothing to do. */
void shop_tidy(struct shop *shop);
bool shop_is_untidy(const struct shop *shop); /* it has written, and the log has grown: not too long until shop_tidy */

/* Called now and then while the database works; false stops the work, which is undone. NULL: no more. */
void shop_set_progress(struct shop *shop, bool (*tick)(void *ctx), void *ctx);

/* Of this program: the newest schema that it knows, its database engine ("SQLite 3.40.1"), and whether that engine has
 * the mend of the WAL-reset race (without it, no other program may write to the file). */
int shop_schema_newest(void);
const char *shop_engine(void);
bool shop_engine_is_mended(void);

/* What became of a record that was put: imports count these. */
enum put_result { PUT_CREATED, PUT_UPDATED, PUT_UNCHANGED };

#endif
