/* Copies of a shop in a folder: told by their names, and by what stands at their beginning before one is removed. */
#include "domain/backup_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/db.h"
#include "db/file_group.h"

static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static char *folder_of(const char *path) {
    size_t n = (size_t)(base_of(path) - path);
    return n == 0 ? mem_strdup(".") : mem_strndup(path, n == 1 ? 1 : n - 1);
}

char *backup_folder(const struct shop_options *options) {
    if (options->backup_folder != NULL && options->backup_folder[0] != '\0') {
        return mem_strdup(options->backup_folder);
    }
    char *beside = folder_of(options->path);
    char *folder = mem_printf("%s/backups", beside);
    free(beside);
    return folder;
}

enum err_code backup_folder_make(const struct shop_options *options, struct err *e) {
    char *folder = backup_folder(options);
    struct stat st;
    enum err_code rc = ERR_OK;
    const struct borrowed_group group = file_group_borrow_if(options->borrow_group);
    bool made = mkdir(folder, 0700) == 0;
    if (!made && errno != EEXIST) {
        rc = err_set(e, ERR_IO, _("the folder for backups, %s, cannot be made (%s): name another in the configuration"),
                     folder, strerror(errno));
    } else if (made && options->shared_group && stat(options->path, &st) == 0) {
        if (chown(folder, (uid_t)-1, st.st_gid) == 0) {
            chmod(folder, 02770);
        }
    }
    file_group_give_back(&group);
    free(folder);
    return rc;
}

/* "shop" of /var/lib/shop.db: with it the names begin. */
static size_t stem_length(const char *shop) {
    size_t n = strcspn(shop, ".");
    return n == 0 ? strlen(shop) : n;
}

/* Reads "20261121-180500"; false for anything else. */
static bool read_time(const char *text, char time[DATETIME_SIZE]) {
    static const char pattern[] = "dddddddd-dddddd";
    for (size_t i = 0; i < sizeof pattern - 1; i++) {
        if (pattern[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i]) {
            return false;
        }
    }
    snprintf(time, DATETIME_SIZE, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", text, text + 4, text + 6, text + 9, text + 11,
             text + 13);
    return true;
}

/* shop-auto-TIME.db, and shop-auto-TIME-2.db for another one of the same second. */
static bool is_auto(const char *name, const char *shop, char time[DATETIME_SIZE]) {
    size_t n = stem_length(shop);
    if (strncmp(name, shop, n) != 0 || strncmp(name + n, "-auto-", 6) != 0 || !read_time(name + n + 6, time)) {
        return false;
    }
    const char *rest = name + n + 6 + 15;
    if (*rest == '-') {
        rest += 1 + strspn(rest + 1, "0123456789");
    }
    return strcmp(rest, ".db") == 0;
}

/* In the folder: names that begin as the shop's does and end as files of this program do, with a time where one is. */
static bool is_by_hand(const char *name, const char *shop, char time[DATETIME_SIZE]) {
    size_t n = stem_length(shop);
    size_t len = strlen(name);
    time[0] = '\0';
    if (strncmp(name, shop, n) != 0 || (name[n] != '-' && name[n] != '.' && name[n] != '_') ||
        strcmp(name, shop) == 0 || len < 3 || strcmp(name + len - 3, ".db") != 0) {
        return false;
    }
    if (name[n] == '-' && len >= n + 16) {
        read_time(name + n + 1, time);
    }
    return true;
}

/* Beside the shop: shop.db.replaced-TIME, shop.db.v1-TIME. */
static bool was_kept(const char *name, const char *shop, enum backup_kind *kind, char time[DATETIME_SIZE]) {
    size_t n = strlen(shop);
    if (strncmp(name, shop, n) != 0 || name[n] != '.') {
        return false;
    }
    const char *rest = name + n + 1;
    if (strncmp(rest, "replaced-", 9) == 0) {
        *kind = BACKUP_REPLACED;
        rest += 9;
    } else if (rest[0] == 'v' && strspn(rest + 1, "0123456789") > 0) {
        *kind = BACKUP_BEFORE_UPGRADE;
        rest += 1 + strspn(rest + 1, "0123456789") + 1;
    } else {
        return false;
    }
    return strlen(rest) >= 15 && read_time(rest, time) && strstr(rest, "-wal") == NULL &&
           strstr(rest, "-shm") == NULL && strstr(rest, ".lock") == NULL && strstr(rest, ".tmp") == NULL;
}

static void add(struct backup_files *out, const char *folder, const char *name, const struct backup_file *found) {
    out->files = mem_grow(out->files, out->count, &out->capacity, sizeof *out->files);
    struct backup_file *f = &out->files[out->count++];
    *f = *found;
    f->path = mem_printf("%s/%s", folder, name);
    f->name = base_of(f->path);
}

/* A folder is looked through for copies, or what stands beside the shop for what was kept of it. */
static enum err_code look_through(const char *folder, const char *shop, bool beside, struct backup_files *out,
                                  struct err *e) {
    DIR *d = opendir(folder);
    if (d == NULL) {
        return errno == ENOENT
                   ? ERR_OK
                   : err_set(e, ERR_IO, _("the folder for backups, %s, cannot be read (%s)"), folder, strerror(errno));
    }
    for (struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d)) {
        struct backup_file f = {.kind = BACKUP_AUTO};
        struct stat st;
        bool found = beside ? was_kept(entry->d_name, shop, &f.kind, f.time) : is_auto(entry->d_name, shop, f.time);
        if (!found && !beside) {
            f.kind = BACKUP_BY_HAND;
            found = is_by_hand(entry->d_name, shop, f.time);
        }
        if (found && fstatat(dirfd(d), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) {
            f.size = st.st_size;
            add(out, folder, entry->d_name, &f);
        }
    }
    closedir(d);
    return ERR_OK;
}

/* The newest first; within one second the later name, which is longer. What was kept beside the shop comes last. */
static int compare(const void *a, const void *b) {
    const struct backup_file *x = a, *y = b;
    bool x_kept = x->kind >= BACKUP_BEFORE_UPGRADE, y_kept = y->kind >= BACKUP_BEFORE_UPGRADE;
    if (x_kept != y_kept) {
        return x_kept ? 1 : -1;
    }
    int order = strcmp(y->time, x->time);
    if (order == 0 && strlen(x->name) != strlen(y->name)) {
        return strlen(x->name) > strlen(y->name) ? -1 : 1;
    }
    return order != 0 ? order : strcmp(y->name, x->name);
}

enum err_code backup_list(const struct shop_options *options, struct backup_files *out, struct err *e) {
    const char *shop = base_of(options->path);
    char *folder = backup_folder(options);
    char *beside = folder_of(options->path);
    const struct borrowed_group group = file_group_borrow_if(options->borrow_group);
    enum err_code rc = look_through(folder, shop, false, out, e);
    if (rc == ERR_OK) {
        rc = look_through(beside, shop, true, out, e);
    }
    file_group_give_back(&group);
    if (out->count > 1) {
        qsort(out->files, out->count, sizeof *out->files, compare);
    }
    free(folder);
    free(beside);
    return rc;
}

void backup_files_clear(struct backup_files *f) {
    for (size_t i = 0; i < f->count; i++) {
        free(f->files[i].path);
    }
    free(f->files);
    *f = (struct backup_files){0};
}

const char *backup_kind_word(enum backup_kind kind) {
    static const char *const words[] = {N_("automatic backup"), N_("backup"), N_("kept before an upgrade"),
                                        N_("replaced by a copy that was put back")};
    return _(words[kind]);
}

char *backup_auto_name(const char *shop_path, const char *folder, const char *now) {
    const char *shop = base_of(shop_path);
    char *name = NULL;
    for (int i = 1; name == NULL || eaccess(name, F_OK) == 0; i++) {
        char number[16] = "";
        if (i > 1) {
            snprintf(number, sizeof number, "-%d", i);
        }
        free(name);
        name = mem_printf("%s/%.*s-auto-%.4s%.2s%.2s-%.2s%.2s%.2s%s.db", folder, (int)stem_length(shop), shop, now,
                          now + 5, now + 8, now + 11, now + 14, now + 17, number);
    }
    return name;
}

void backup_remove_unfinished(const char *shop_path, const char *folder) {
    const char *shop = base_of(shop_path);
    size_t n = stem_length(shop);
    DIR *d = opendir(folder);
    for (struct dirent *entry = d == NULL ? NULL : readdir(d); entry != NULL; entry = readdir(d)) {
        const char *name = entry->d_name;
        if (strncmp(name, shop, n) == 0 && strncmp(name + n, "-auto-", 6) == 0 &&
            strstr(name + n, ".db" BACKUP_UNFINISHED) != NULL) {
            unlinkat(dirfd(d), name, 0);
        }
    }
    if (d != NULL) {
        closedir(d);
    }
}

/* --- taking old ones away */

static bool is_ours(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && db_is_ours(path);
}

/* The index of the one to go next, or count: the oldest that another one of its day follows, else the oldest. */
static size_t next_to_go(const struct backup_file *const *list, size_t count, const char *fresh) {
    size_t oldest = count;
    for (size_t i = count; i-- > 0;) {
        bool is_fresh = strcmp(list[i]->path, fresh) == 0;
        if (!is_fresh && i > 0 && strncmp(list[i]->time, list[i - 1]->time, DATE_SIZE - 1) == 0) {
            return i;
        }
        if (!is_fresh && oldest == count) {
            oldest = i;
        }
    }
    return oldest;
}

void backup_prune(const struct backup_files *all, const char *fresh, int64_t keep) {
    const struct backup_file **list = mem_array(all->count, sizeof(struct backup_file *));
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->files[i].kind == BACKUP_AUTO && is_ours(all->files[i].path)) {
            list[count++] = &all->files[i];
        }
    }
    while ((int64_t)count > keep) {
        size_t at = next_to_go(list, count, fresh);
        if (at == count || unlink(list[at]->path) != 0) {
            break; /* the next one tries again */
        }
        memmove(&list[at], &list[at + 1], (count - at - 1) * sizeof(struct backup_file *));
        count--;
    }
    free(list);
}
