/* Backups that make themselves: verified copies in one folder, of which the shop's setting `backups_kept` says how many
 * stay. A copy gets its name, shop-auto-20261121-180500.db, only after it was synced, opened and looked through; older
 * ones go only then, and only files that were made so. Nothing here ever keeps anybody from selling: what fails is a
 * sentence to show. */
#ifndef CHOTDON_BACKUP_H
#define CHOTDON_BACKUP_H

#include "chotdon/shop.h"

enum backup_kind { BACKUP_AUTO, BACKUP_BY_HAND, BACKUP_BEFORE_UPGRADE, BACKUP_REPLACED };

struct backup_file {
    char *path;
    const char *name;         /* inside path */
    char time[DATETIME_SIZE]; /* from its name; "" when that has none */
    int64_t size;             /* bytes */
    enum backup_kind kind;
};

/* Plain data to embed; zeroed is empty. */
struct backup_files {
    struct backup_file *files;
    size_t count, capacity;
};

/* Where they stand: the options' folder, else backups/ beside the shop's file. The caller owns it. */
char *backup_folder(const struct shop_options *options);
enum err_code backup_folder_make(const struct shop_options *options, struct err *e); /* ERR_OK when it is there */

/* All copies of this shop, the newest first; last what stands beside it since an upgrade or a restore. A folder that is
 * not there yet has none; ERR_IO when it cannot be read. */
enum err_code backup_list(const struct shop_options *options, struct backup_files *out, struct err *e);
void backup_files_clear(struct backup_files *f);
const char *backup_kind_word(enum backup_kind kind); /* "backup", translated */

/* false stops the copy; nothing of it is left. In pages; may be NULL. */
typedef bool backup_tick(void *ctx, int64_t done, int64_t total);

/* Something was written since the newest copy in the folder. With `daily` also that copy is of an earlier day. False
 * where backups_kept is 0. */
bool backup_is_due(struct shop *shop, const struct shop_options *options, bool daily);

/* Makes one when it is due, and takes those beyond the number away: of a day that has several the earlier ones first,
 * then the oldest. *made gets its path (the caller owns it), NULL when none was needed or another program is making
 * one. ERR_REFUSED when stopped. */
enum err_code backup_auto(struct shop *shop, const struct shop_options *options, backup_tick *tick, void *ctx,
                          char **made, struct err *e);

/* What somebody should know at the start: the folder cannot be written to, its disk is too full for a copy, or the
 * last one is older than two days though something was written since. NULL when all is well; the caller owns it. */
char *backup_warning(struct shop *shop, const struct shop_options *options);

#endif
