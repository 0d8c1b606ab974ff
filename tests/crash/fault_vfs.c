#include "fault_vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "disk.h"

struct fault_file {
    sqlite3_file base;
    int number;         /* of disk_open */
    bool lasting;       /* the database itself or its log */
    sqlite3_file *real; /* stands behind this */
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs vfs;
static int last_errno; /* of the last injected fault */

static sqlite3_file *real_of(sqlite3_file *f) {
    return ((struct fault_file *)f)->real;
}

static int number_of(sqlite3_file *f) {
    return ((struct fault_file *)f)->number;
}

/* SQLITE_OK, or what a full disk (`full`) or any other trouble is to be called. */
static int fault(int full, int other) {
    if (!disk_fails()) {
        return SQLITE_OK;
    }
    last_errno = errno;
    return disk_is_full() ? full : other;
}

/* The same for a write, a sync or a truncation. */
static int fault_of_write(sqlite3_file *f, int full, int other) {
    int rc = fault(full, other);
    if (rc != SQLITE_OK && rc != SQLITE_FULL && ((struct fault_file *)f)->lasting) {
        disk_note_hurt();
    }
    return rc;
}

static int file_close(sqlite3_file *f) {
    disk_inside(1);
    int rc = real_of(f)->pMethods->xClose(real_of(f));
    disk_inside(-1);
    return rc;
}

static int file_read(sqlite3_file *f, void *bytes, int n, sqlite3_int64 at) {
    return real_of(f)->pMethods->xRead(real_of(f), bytes, n, at);
}

static int file_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at) {
    int rc = fault_of_write(f, SQLITE_FULL, SQLITE_IOERR_WRITE);
    if (rc != SQLITE_OK && !disk_shortens()) {
        return rc;
    }
    int part = rc == SQLITE_OK ? n : n / 2;
    disk_write(number_of(f), at, bytes, (size_t)part);
    int done = real_of(f)->pMethods->xWrite(real_of(f), bytes, part, at);
    return rc == SQLITE_OK ? done : rc;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size) {
    int rc = fault_of_write(f, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_TRUNCATE);
    if (rc == SQLITE_OK) {
        disk_truncate(number_of(f), size);
        rc = real_of(f)->pMethods->xTruncate(real_of(f), size);
    }
    return rc;
}

static int file_sync(sqlite3_file *f, int flags) {
    (void)flags;
    int rc = fault_of_write(f, SQLITE_IOERR_FSYNC, SQLITE_IOERR_FSYNC);
    if (rc == SQLITE_OK) {
        disk_sync(number_of(f));
    }
    return rc;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int file_lock(sqlite3_file *f, int lock) {
    if (lock > SQLITE_LOCK_SHARED) {
        disk_leave();
    }
    return real_of(f)->pMethods->xLock(real_of(f), lock);
}

static int file_unlock(sqlite3_file *f, int lock) {
    return real_of(f)->pMethods->xUnlock(real_of(f), lock);
}

static int file_reserved(sqlite3_file *f, int *out) {
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int file_control(sqlite3_file *f, int what, void *arg) {
    if (what == SQLITE_FCNTL_LAST_ERRNO && disk_faults() > 0) {
        *(int *)arg = last_errno;
        return SQLITE_OK;
    }
    return real_of(f)->pMethods->xFileControl(real_of(f), what, arg);
}

static int file_sector(sqlite3_file *f) {
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_device(sqlite3_file *f) {
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    int rc = extend ? fault(SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHMSIZE) : SQLITE_OK;
    return rc == SQLITE_OK ? real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out) : rc;
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags) {
    if ((flags & SQLITE_SHM_LOCK) != 0 && (flags & SQLITE_SHM_EXCLUSIVE) != 0) {
        disk_leave();
    }
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void shm_barrier(sqlite3_file *f) {
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int shm_unmap(sqlite3_file *f, int remove) {
    disk_inside(1);
    int rc = real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
    disk_inside(-1);
    return rc;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* no mapped reading */
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int vfs_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *out_flags) {
    struct fault_file *f = (struct fault_file *)file;
    (void)v;
    memset(f, 0, sizeof *f);
    f->number = -1;
    f->real = (sqlite3_file *)(f + 1);
    int rc = fault(SQLITE_CANTOPEN, SQLITE_CANTOPEN);
    if (rc != SQLITE_OK) {
        return rc;
    }
    disk_inside(1);
    rc = system_vfs->xOpen(system_vfs, name, f->real, flags, out_flags);
    disk_inside(-1);
    if (rc == SQLITE_OK && name != NULL && (flags & SQLITE_OPEN_READONLY) == 0) {
        bool log = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
        f->number = disk_open(name, log);
    }
    f->lasting = name != NULL && strstr(name, "/shop.db") != NULL && strstr(name, "/shop.db.") == NULL;
    if (f->real->pMethods != NULL) {
        f->base.pMethods = &methods;
    }
    return rc;
}

static int vfs_delete(sqlite3_vfs *v, const char *name, int sync_folder) {
    (void)v;
    int rc = fault(SQLITE_IOERR_DELETE, SQLITE_IOERR_DELETE);
    if (rc != SQLITE_OK) {
        return rc;
    }
    disk_inside(1);
    rc = system_vfs->xDelete(system_vfs, name, sync_folder);
    disk_inside(-1);
    if (rc == SQLITE_OK) {
        disk_unlink(name);
        if (sync_folder) {
            char folder[1024];
            size_t n = (size_t)(strrchr(name, '/') - name);
            if (n < sizeof folder) {
                memcpy(folder, name, n);
                folder[n] = '\0';
                disk_sync_path(folder);
            }
        }
    }
    return rc;
}

static int vfs_last_error(sqlite3_vfs *v, int n, char *text) {
    (void)v;
    return disk_faults() > 0 ? last_errno : system_vfs->xGetLastError(system_vfs, n, text);
}

/* What is not said here is the system's: methods that take the VFS only to call themselves through it. */
void fault_vfs_install(void) {
    system_vfs = sqlite3_vfs_find("unix");
    vfs = *system_vfs;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(struct fault_file) + system_vfs->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xGetLastError = vfs_last_error;
    sqlite3_vfs_register(&vfs, 1);
}

void fault_vfs_remove(void) {
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(system_vfs, 1);
}
