/* The files that automatic backups are (domain/backup_files.c). */
#ifndef DOMAIN_BACKUP_FILES_H
#define DOMAIN_BACKUP_FILES_H

#include "chotdon/backup.h"

#define BACKUP_UNFINISHED ".part"

enum err_code backup_note(struct shop *shop, const char *path, struct err *e); /* its audit row */

/* FOLDER/shop-auto-20261121-180500.db, which nothing has yet; the caller owns it. */
char *backup_auto_name(const char *shop_path, const char *folder, const char *now);

/* What killed programs left of copies that they were making. Only while backup_auto holds the folder. */
void backup_remove_unfinished(const char *shop_path, const char *folder);

/* Takes away what is beyond `keep`, but never `fresh`, and nothing that is not a copy that this program made. */
void backup_prune(const struct backup_files *all, const char *fresh, int64_t keep);

#endif
