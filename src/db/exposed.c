/* Who else may read the shop's files. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/file_group.h"
#include "db/seam.h"

static void look(const char *path, mode_t too_much, struct buf *names) {
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & too_much) != 0) {
        buf_addf(names, "%s%s", names->len == 0 ? "" : " ", path);
    }
}

/* shop.db.v1-…, shop.db.replaced-…: what was copied beside it. */
static void look_beside(const char *path, mode_t too_much, struct buf *names) {
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    char *folder = slash == NULL ? mem_strdup(".") : mem_strndup(path, (size_t)(slash - path) + 1);
    DIR *d = opendir(folder);
    const struct dirent *entry = NULL;
    size_t len = strlen(base);
    while (d != NULL && (entry = readdir(d)) != NULL) {
        if (strncmp(entry->d_name, base, len) == 0 && entry->d_name[len] == '.' &&
            strcmp(entry->d_name + len, ".lock") != 0) {
            char *name = slash == NULL ? mem_strdup(entry->d_name) : mem_printf("%s%s", folder, entry->d_name);
            look(name, too_much, names);
            free(name);
        }
    }
    if (d != NULL) {
        closedir(d);
    }
    free(folder);
}

bool db_file_exists(const char *path, bool borrow_group) {
    struct stat st;
    struct borrowed_group group = file_group_borrow_if(borrow_group);
    bool there = stat(path, &st) == 0;
    file_group_give_back(&group);
    return there;
}

char *db_exposed_files(struct db *db, bool copies_too) {
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    const struct db_options *o = &db->conn->options;
    mode_t too_much = o->shared_group ? 07 : 077;
    struct buf names = BUF_INIT;
    if (strcmp(o->path, ":memory:") == 0) {
        return NULL;
    }
    struct borrowed_group group = file_group_borrow_if(o->borrow_group);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *name = mem_printf("%s%s", o->path, suffixes[i]);
        look(name, too_much, &names);
        free(name);
    }
    if (copies_too) {
        look_beside(o->path, too_much, &names);
    }
    file_group_give_back(&group);
    char *found = names.len == 0 ? NULL : mem_printf("%s %s", o->shared_group ? "o=" : "go=", buf_str(&names));
    buf_clear(&names);
    return found;
}
