#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "io/import_core.h"

static enum err_code cannot(const char *path, struct err *e) {
    return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, _("%s cannot be read: %s"), path, strerror(errno));
}

/* Copies what is left of fd to a file without a name. */
static enum err_code copy(int fd, struct import_file *f, const char *path, struct err *e) {
    const char *folder = P_tmpdir;
    char name[64];
    snprintf(name, sizeof name, "%s/chotdonXXXXXX", folder);
    f->spool = mkstemp(name);
    if (f->spool < 0) {
        return err_set(e, ERR_IO, _("no temporary file in %s: %s"), folder, strerror(errno));
    }
    unlink(name);
    char block[1 << 16];
    ssize_t n = 0;
    while ((n = read(fd, block, sizeof block)) > 0) {
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(f->spool, block + done, (size_t)(n - done));
            if (w < 0) {
                return err_set(e, ERR_IO, _("no room for a copy of %s: %s"), path, strerror(errno));
            }
            done += w;
        }
        f->size += n;
    }
    return n < 0 ? cannot(path, e) : ERR_OK;
}

enum err_code import_file_open(struct import_file *f, const char *path, struct err *e) {
    *f = (struct import_file){.spool = -1};
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        return cannot(path, e);
    }
    enum err_code rc = ERR_OK;
    char byte;
    if (S_ISDIR(st.st_mode)) {
        rc = err_set(e, ERR_IO, _("%s is a folder"), path);
    } else if (S_ISCHR(st.st_mode) && isatty(fd) == 0 && read(fd, &byte, 1) != 0) {
        rc = err_set(e, ERR_IO, _("%s is a device, which may never end: name a file"), path);
    } else if (standard || !S_ISREG(st.st_mode)) {
        rc = copy(fd, f, path, e);
    } else {
        f->size = st.st_size;
    }
    if (!standard) {
        close(fd);
    }
    return rc;
}

enum err_code import_file_reader(const struct import_file *f, const char *path, csv_source_watch *watch, void *ctx,
                                 struct csv_reader **out, struct err *e) {
    struct csv_options options = {.delimiter = f->delimiter, .watch = watch, .watch_ctx = ctx};
    if (f->spool < 0) {
        return csv_reader_open(path, &options, out, e);
    }
    int fd = dup(f->spool);
    if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0) {
        return cannot(path, e);
    }
    return csv_reader_open_fd(fd, path, &options, out, e);
}

void import_file_close(struct import_file *f) {
    if (f->spool >= 0) {
        close(f->spool);
    }
    f->spool = -1;
}
