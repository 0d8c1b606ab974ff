#include "io/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"

static int by_name(const void *a, const void *b) {
    const struct folder_entry *x = a;
    const struct folder_entry *y = b;
    return x->is_folder != y->is_folder ? (x->is_folder ? -1 : 1) : strcmp(x->name, y->name);
}

static void add(struct folder *f, const char *path, const char *name) {
    struct stat st;
    char *full = mem_printf("%s/%s", path, name);
    if (stat(full, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))) {
        f->entries = mem_grow(f->entries, f->count, &f->cap, sizeof *f->entries);
        struct folder_entry *entry = &f->entries[f->count++];
        *entry = (struct folder_entry){
            .name = mem_strdup(name), .is_folder = S_ISDIR(st.st_mode), .size = (int64_t)st.st_size};
    }
    free(full);
}

enum err_code folder_read(const char *path, struct folder *out, struct err *e) {
    DIR *dir = opendir(path);
    folder_clear(out);
    if (dir == NULL) {
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    }
    for (const struct dirent *d = NULL; (d = readdir(dir)) != NULL;) {
        if (d->d_name[0] != '.') {
            add(out, path, d->d_name);
        }
    }
    closedir(dir);
    if (out->count > 1) {
        qsort(out->entries, out->count, sizeof *out->entries, by_name);
    }
    return ERR_OK;
}

void folder_clear(struct folder *f) {
    for (size_t i = 0; i < f->count; i++) {
        free(f->entries[i].name);
    }
    free(f->entries);
    *f = (struct folder){0};
}

bool folder_has(const char *path) {
    struct stat st;
    return stat(path, &st) == 0;
}

bool folder_is(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}
