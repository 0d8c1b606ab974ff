/* When a backup makes itself, and how it is looked through before it counts. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "db/file_group.h"
#include "domain/audit_chain.h"
#include "domain/backup_files.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { OLD_DAYS = 2, TAIL_ROWS = 1000 /* of the audit chain, in a fresh copy */ };

static int64_t number_kept(struct shop *shop) {
    const char *value = "";
    setting_get(shop, "backups_kept", &value, NULL);
    return strtoll(value, NULL, 10);
}

static enum err_code note(struct shop *shop, void *ctx, struct err *e) {
    struct buf after = BUF_INIT;
    struct audit_end end;
    enum err_code rc = audit_end(shop, &end, e);
    if (rc == ERR_OK) {
        record_json_text(&after, "file", ctx);
        record_json_int(&after, "rows", end.id);
        record_json_text(&after, "hash", end.hash);
        rc = audit_add(shop, "shop.backup", "shop", "", record_json_end(&after), e);
    }
    buf_clear(&after);
    return rc;
}

enum err_code backup_note(struct shop *shop, const char *path, struct err *e) {
    return shop_transact_unasked(shop, note, (void *)path, e); /* whoever asked was asked before */
}

/* Nothing is newer than the copy when the last row of the audit is about it. */
static bool is_last_word(struct shop *shop, const char *name) {
    char *after = NULL;
    bool about = db_get_text(shop->db,
                             "SELECT d.after FROM audit a JOIN audit_details d ON d.audit_id = a.id"
                             " WHERE a.id = (SELECT MAX(id) FROM audit) AND a.action = 'shop.backup'",
                             DB_NO_BIND, &after, NULL) == ERR_OK &&
                 strstr(after, name) != NULL;
    free(after);
    return about;
}

/* Copies beside the shop are of another day and reason. */
static const struct backup_file *newest_of(const struct backup_files *all) {
    return all->count > 0 && all->files[0].kind <= BACKUP_BY_HAND && all->files[0].time[0] != '\0' ? &all->files[0]
                                                                                                   : NULL;
}

static bool is_due(struct shop *shop, const struct backup_files *all, bool daily) {
    const struct backup_file *newest = newest_of(all);
    char today[DATE_SIZE];
    if (newest == NULL) {
        return true;
    }
    shop_today(shop, today);
    return (!daily || strncmp(newest->time, today, DATE_SIZE - 1) != 0) && !is_last_word(shop, newest->name);
}

bool backup_is_due(struct shop *shop, const struct shop_options *options, bool daily) {
    struct backup_files all = {0};
    bool due = number_kept(shop) > 0;
    if (due) {
        backup_list(options, &all, NULL); /* one that cannot be read is for backup_auto to tell */
        due = is_due(shop, &all, daily);
    }
    backup_files_clear(&all);
    return due;
}

/* What is told of the folder, and why nothing comes of it. */
static enum err_code open_folder(const struct shop_options *o, const char *folder, int *fd, struct err *e) {
    const struct borrowed_group group = file_group_borrow_if(o->borrow_group);
    struct stat st;
    *fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int why = errno;
    file_group_give_back(&group);
    if (*fd < 0 || fstat(*fd, &st) != 0) {
        return err_set(e, ERR_IO, _("the folder for backups, %s, cannot be read (%s)"), folder, strerror(why));
    }
    if (o->borrow_group &&
        (st.st_mode & 07) != 0) { /* copies belong to whoever is at work: only the folder hides them */
        return err_set(e, ERR_IO, _("no backups are being made: others may look into their folder: chmod o= %s"),
                       folder);
    }
    return ERR_OK;
}

/* What the copy says of itself: it opens, its chain ends where the shop's stood, or later, and its last rows fit. */
static enum err_code look_through(const char *path, const struct audit_end *least, struct err *e) {
    const struct db_options options = {.path = path, .read_only = true};
    struct db *db = NULL;
    char *why = NULL;
    enum err_code rc = db_open(&options, &db, e);
    if (rc == ERR_OK) {
        rc = audit_check_end(db, TAIL_ROWS, least, &why, e);
    }
    if (rc == ERR_OK && why != NULL) {
        rc = err_set(e, ERR_DB,
                     _("the copy's audit log does not hold (%s): run `chotdon audit verify`; no backup was made"), why);
    }
    free(why);
    db_close(&db);
    return rc;
}

struct work {
    struct shop *shop;
    const struct shop_options *options;
    struct db_backup_options how;
    char *folder, *path, *part;
};

static enum err_code make(struct work *w, struct err *e) {
    struct audit_end least;
    enum err_code rc = audit_end(w->shop, &least, e);
    const struct borrowed_group group = file_group_borrow_if(w->options->borrow_group);
    if (rc == ERR_OK) {
        rc = db_backup_with(w->shop->db, w->part, &w->how, e);
    }
    if (rc == ERR_OK) {
        rc = look_through(w->part, &least, e);
    }
    if (rc == ERR_OK && rename(w->part, w->path) != 0) {
        rc = err_set(e, ERR_IO, _("%s cannot be made (%s): check that you may write to its folder"), w->path,
                     strerror(errno));
    }
    if (rc != ERR_OK) {
        unlink(w->part);
    }
    file_group_give_back(&group);
    return rc;
}

/* Its name, where no other program has left anything. */
static void name_it(struct work *w) {
    char now[DATETIME_SIZE];
    shop_now(w->shop, now);
    const struct borrowed_group group = file_group_borrow_if(w->options->borrow_group);
    backup_remove_unfinished(w->options->path, w->folder);
    w->path = backup_auto_name(w->options->path, w->folder, now);
    w->part = mem_printf("%s" BACKUP_UNFINISHED, w->path);
    file_group_give_back(&group);
}

static void prune(const struct work *w) {
    struct backup_files all = {0};
    if (backup_list(w->options, &all, NULL) == ERR_OK) {
        const struct borrowed_group group = file_group_borrow_if(w->options->borrow_group);
        backup_prune(&all, w->path, number_kept(w->shop));
        file_group_give_back(&group);
    }
    backup_files_clear(&all);
}

/* The folder is held while one is made, so that of several programs that close at once one makes it. */
static enum err_code make_alone(struct work *w, int folder_fd, char **made, struct err *e) {
    struct backup_files all = {0};
    enum err_code rc = backup_list(w->options, &all, e);
    if (rc == ERR_OK && is_due(w->shop, &all, false)) {
        check_seal(w->shop, NULL);
        name_it(w);
        rc = make(w, e);
        if (rc == ERR_OK) {
            fsync(folder_fd); /* some file systems cannot; the file itself is safe */
            prune(w);
            rc = backup_note(w->shop, w->path, e);
            *made = mem_strdup(w->path);
        }
    }
    backup_files_clear(&all);
    return rc;
}

enum err_code backup_auto(struct shop *shop, const struct shop_options *options, backup_tick *tick, void *ctx,
                          char **made, struct err *e) {
    struct work w = {.shop = shop,
                     .options = options,
                     .how = {.quick = true, .tick = tick, .ctx = ctx},
                     .folder = backup_folder(options)};
    *made = NULL;
    enum err_code rc = ERR_OK;
    int fd = -1;
    if (number_kept(shop) > 0) {
        rc = backup_folder_make(options, e);
        if (rc == ERR_OK) {
            rc = open_folder(options, w.folder, &fd, e);
        }
        if (rc == ERR_OK && (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)) {
            rc = make_alone(&w, fd, made, e);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    free(w.folder);
    free(w.path);
    free(w.part);
    return rc;
}

/* --- what to say at the start */

static char *warn_of_folder(const struct shop_options *options, const char *folder) {
    struct stat st;
    struct statvfs fs;
    char *text = NULL;
    const struct borrowed_group group = file_group_borrow_if(options->borrow_group);
    if (eaccess(folder, F_OK) == 0 && eaccess(folder, W_OK | X_OK) != 0) {
        text = mem_printf(_("no backups are being made: %s cannot be written to (%s)"), folder, strerror(errno));
    } else if (statvfs(folder, &fs) == 0 && stat(options->path, &st) == 0 &&
               fs.f_bavail * (uint64_t)fs.f_frsize < (uint64_t)st.st_size) {
        text =
            mem_printf(_("no backups are being made: the disk of %s is too full for a copy; free some space"), folder);
    }
    file_group_give_back(&group);
    return text;
}

/* How many days ago the newest copy was made; where there is none, the shop. */
static int64_t age_in_days(struct shop *shop, const struct backup_file *newest) {
    char today[DATE_SIZE];
    char *begun = NULL;
    shop_today(shop, today);
    int64_t age = 0;
    if (newest != NULL) {
        char day[DATE_SIZE];
        snprintf(day, sizeof day, "%.10s", newest->time);
        age = date_to_days(today) - date_to_days(day);
    } else if (db_get_text(shop->db, "SELECT at FROM audit WHERE id = 1", DB_NO_BIND, &begun, NULL) == ERR_OK &&
               strlen(begun) >= DATE_SIZE - 1) {
        begun[DATE_SIZE - 1] = '\0';
        age = date_to_days(today) - date_to_days(begun);
    }
    free(begun);
    return age;
}

char *backup_warning(struct shop *shop, const struct shop_options *options) {
    struct backup_files all = {0};
    struct err why = ERR_INIT;
    char *folder = backup_folder(options);
    char *text = NULL;
    if (number_kept(shop) > 0) {
        text = warn_of_folder(options, folder);
        if (text == NULL && backup_list(options, &all, &why) != ERR_OK) {
            text = mem_strdup(why.message);
        }
        const struct backup_file *newest = newest_of(&all);
        int64_t age = text == NULL ? age_in_days(shop, newest) : 0;
        if (age > OLD_DAYS && (newest == NULL || !is_last_word(shop, newest->name))) {
            text = newest == NULL ? mem_strdup(_("there is no backup yet: Settings › Backups makes one"))
                                  : mem_printf(_("the last backup is %lld days old: Settings › Backups makes one"),
                                               (long long)age);
        }
    }
    backup_files_clear(&all);
    free(folder);
    return text;
}
