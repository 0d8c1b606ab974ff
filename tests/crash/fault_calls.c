/* The system's calls that the program itself makes on its files, beside SQLite: backups and restores. They stand here
 * before the C library's, so that they are written down and can fail like SQLite's. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "disk.h"

int open(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    int mode = (flags & O_CREAT) != 0 ? va_arg(args, int) : 0;
    va_end(args);
    if ((flags & O_CREAT) != 0 && !disk_is_inside() && disk_fails()) {
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static const char *path_of(int fd, char path[1024]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, 1023);
    path[n > 0 ? n : 0] = '\0';
    return path;
}

int ftruncate(int fd, off_t size) {
    char path[1024];
    if (!disk_is_inside() && disk_fails()) {
        return -1;
    }
    int rc = (int)syscall(SYS_ftruncate, fd, size);
    if (rc == 0 && !disk_is_inside()) {
        disk_truncate(disk_open(path_of(fd, path), false), size);
    }
    return rc;
}

/* Noted and not done, like SQLite's. */
int fsync(int fd) {
    char path[1024];
    if (disk_is_inside()) {
        return 0;
    }
    if (disk_fails()) {
        return -1;
    }
    disk_sync_path(path_of(fd, path));
    return 0;
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    if (!disk_is_inside() && disk_fails()) {
        return -1;
    }
    int rc = (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
    if (rc == 0 && !disk_is_inside()) {
        disk_rename(from, to);
    }
    return rc;
}

int rename(const char *from, const char *to) {
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int link(const char *from, const char *to) {
    if (!disk_is_inside() && disk_fails()) {
        return -1;
    }
    int rc = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (rc == 0 && !disk_is_inside()) {
        disk_link(from, to);
    }
    return rc;
}

int unlink(const char *path) {
    if (!disk_is_inside() && disk_fails()) {
        return -1;
    }
    int rc = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (rc == 0 && !disk_is_inside()) {
        disk_unlink(path);
    }
    return rc;
}
