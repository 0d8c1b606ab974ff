/* What stands in a folder, for choosing a file by typing its path. */
#ifndef IO_FOLDER_H
#define IO_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct folder_entry {
    char *name; /* without the folder */
    bool is_folder;
    int64_t size; /* bytes */
};

/* Plain data to embed; zeroed is empty. */
struct folder {
    struct folder_entry *entries;
    size_t count, cap;
};

/* Files and folders (devices, pipes and hidden names are left out), folders first, by name. ERR_NOT_FOUND, ERR_IO; then
 * *out is empty. */
enum err_code folder_read(const char *path, struct folder *out, struct err *e);
void folder_clear(struct folder *f);

bool folder_has(const char *path); /* is there anything of this name? */
bool folder_is(const char *path);  /* is there a folder of this name? */

#endif
