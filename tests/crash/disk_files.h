/* Names and contents of files, for disk.h; and whole folders, copied and emptied. */
#ifndef TESTS_CRASH_DISK_FILES_H
#define TESTS_CRASH_DISK_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct disk_name {
    char *name;
    int file;
};
struct disk_names {
    struct disk_name *list;
    size_t count, capacity;
};
int disk_names_find(const struct disk_names *n, const char *name);     /* −1: none */
void disk_names_put(struct disk_names *n, const char *name, int file); /* −1: takes it away */
void disk_names_copy(struct disk_names *to, const struct disk_names *from);
void disk_names_clear(struct disk_names *n);

unsigned char *disk_file_read(const char *path, size_t *n); /* NULL: no plain file; the caller owns it */
void disk_file_write(const char *path, const void *bytes, size_t n);

/* A new folder in memory where there is such a thing; the caller owns the path. Ends the program when it cannot. */
char *disk_folder_new(void);
void disk_folder_empty(const char *folder);
void disk_folder_copy(const char *from, const char *to); /* `to` holds just that afterwards */
/* The database `name` and its log are byte for byte what they are in the other folder. */
bool disk_same_database(const char *folder, const char *other, const char *name);
void disk_folder_free(char *folder); /* with what is in it; accepts NULL */

#endif
