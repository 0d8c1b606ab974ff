#include "disk_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "disk.h"

int disk_names_find(const struct disk_names *n, const char *name) {
    for (size_t i = 0; i < n->count; i++) {
        if (strcmp(n->list[i].name, name) == 0) {
            return n->list[i].file;
        }
    }
    return -1;
}

void disk_names_put(struct disk_names *n, const char *name, int file) {
    size_t i = 0;
    while (i < n->count && strcmp(n->list[i].name, name) != 0) {
        i++;
    }
    if (i == n->count && file >= 0) {
        n->list = mem_grow(n->list, n->count, &n->capacity, sizeof *n->list);
        n->list[n->count++] = (struct disk_name){mem_strdup(name), file};
    } else if (i < n->count && file >= 0) {
        n->list[i].file = file;
    } else if (i < n->count) {
        free(n->list[i].name);
        n->list[i] = n->list[--n->count];
    }
}

void disk_names_copy(struct disk_names *to, const struct disk_names *from) {
    for (size_t i = 0; i < from->count; i++) {
        disk_names_put(to, from->list[i].name, from->list[i].file);
    }
}

void disk_names_clear(struct disk_names *n) {
    for (size_t i = 0; i < n->count; i++) {
        free(n->list[i].name);
    }
    free(n->list);
    *n = (struct disk_names){0};
}

unsigned char *disk_file_read(const char *path, size_t *n) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
        return NULL;
    }
    FILE *f = fopen(path, "r");
    unsigned char *bytes = mem_alloc((size_t)st.st_size);
    *n = f == NULL ? 0 : fread(bytes, 1, (size_t)st.st_size, f);
    if (f == NULL || *n != (size_t)st.st_size) {
        perror(path);
        abort();
    }
    fclose(f);
    return bytes;
}

void disk_file_write(const char *path, const void *bytes, size_t n) {
    FILE *f = fopen(path, "w");
    if (f == NULL || (n > 0 && fwrite(bytes, 1, n, f) != n) || fclose(f) != 0) {
        perror(path);
        abort();
    }
    chmod(path, 0600);
}

char *disk_folder_new(void) {
    char *folder = mem_printf("%s/chotdon-crash-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        abort();
    }
    return folder;
}

static void each_file(const char *folder, void (*fn)(const char *path, const char *name, const char *to),
                      const char *to) {
    DIR *dir = opendir(folder);
    for (struct dirent *f = dir == NULL ? NULL : readdir(dir); f != NULL; f = readdir(dir)) {
        if (f->d_name[0] != '.') {
            char *path = mem_printf("%s/%s", folder, f->d_name);
            fn(path, f->d_name, to);
            free(path);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
}

static void remove_one(const char *path, const char *name, const char *to) {
    (void)name;
    (void)to;
    disk_inside(1);
    unlink(path);
    disk_inside(-1);
}

static void copy_one(const char *path, const char *name, const char *to) {
    size_t n = 0;
    unsigned char *bytes = disk_file_read(path, &n);
    char *copy = mem_printf("%s/%s", to, name);
    if (bytes != NULL) {
        disk_file_write(copy, bytes, n);
    }
    free(copy);
    free(bytes);
}

void disk_folder_empty(const char *folder) {
    each_file(folder, remove_one, NULL);
}

void disk_folder_copy(const char *from, const char *to) {
    disk_folder_empty(to);
    each_file(from, copy_one, to);
}

bool disk_same_database(const char *folder, const char *other, const char *name) {
    static const char *const suffixes[] = {"", "-wal"};
    bool same = true;
    for (size_t i = 0; same && i < sizeof suffixes / sizeof *suffixes; i++) {
        char *one = mem_printf("%s/%s%s", folder, name, suffixes[i]);
        char *two = mem_printf("%s/%s%s", other, name, suffixes[i]);
        size_t n = 0, m = 0;
        unsigned char *a = disk_file_read(one, &n);
        unsigned char *b = disk_file_read(two, &m);
        same = n == m && (a == NULL) == (b == NULL) && (n == 0 || memcmp(a, b, n) == 0);
        free(a);
        free(b);
        free(one);
        free(two);
    }
    return same;
}

void disk_folder_free(char *folder) {
    if (folder != NULL) {
        disk_folder_empty(folder);
        rmdir(folder);
        free(folder);
    }
}
