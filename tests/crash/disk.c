#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "disk_files.h"
#include "disk_record.h"

static struct {
    struct disk_fault fault;
    bool armed, hurt;
    int64_t calls, faults;
    int inside;
    void (*leave)(void);
    struct disk_record record;
} d;

void disk_arm(const struct disk_fault *fault) {
    d.fault = *fault;
    d.armed = true;
    d.calls = 0;
    d.faults = 0;
    d.hurt = false;
}

void disk_disarm(void) {
    d.armed = false;
}

int64_t disk_calls(void) {
    return d.calls;
}

int64_t disk_faults(void) {
    return d.faults;
}

bool disk_hurt(void) {
    return d.hurt;
}

void disk_note_hurt(void) {
    d.hurt = true;
}

void disk_quarantine(void (*leave)(void)) {
    d.leave = leave;
}

void disk_leave(void) {
    if (d.leave != NULL) {
        d.leave();
    }
}

bool disk_fails(void) {
    if (d.inside == 0) {
        disk_leave();
    }
    if (!d.armed || d.inside > 0) {
        return false;
    }
    d.calls++;
    if (d.calls != d.fault.at && !(d.fault.lasts && d.calls > d.fault.at)) {
        return false;
    }
    d.faults++;
    errno = d.fault.error;
    return true;
}

bool disk_shortens(void) {
    return d.fault.shorts;
}

bool disk_is_full(void) {
    return d.fault.error == ENOSPC;
}

void disk_inside(int change) {
    d.inside += change;
}

bool disk_is_inside(void) {
    return d.inside > 0;
}

const struct disk_record *disk_recorded(void) {
    return &d.record;
}

/* While nothing is recorded: to nowhere. */
static struct disk_event *add(enum disk_event_kind kind, int file) {
    static struct disk_event nowhere;
    struct disk_record *r = &d.record;
    if (r->folder == NULL) {
        return &nowhere;
    }
    r->events = mem_grow(r->events, r->count, &r->capacity, sizeof *r->events);
    struct disk_event *e = &r->events[r->count++];
    *e = (struct disk_event){.kind = kind, .file = file};
    return e;
}

static bool recorded(const char *path) {
    size_t n = d.record.folder == NULL ? 0 : strlen(d.record.folder);
    return n > 0 && strncmp(path, d.record.folder, n) == 0 && path[n] == '/' && strchr(path + n + 1, '/') == NULL;
}

void disk_record(const char *folder) {
    disk_forget();
    d.record.folder = mem_strdup(folder);
    DIR *dir = opendir(folder);
    for (struct dirent *f = dir == NULL ? NULL : readdir(dir); f != NULL; f = readdir(dir)) {
        char *path = mem_printf("%s/%s", folder, f->d_name);
        size_t n = 0;
        unsigned char *bytes = disk_file_read(path, &n);
        if (bytes != NULL) {
            int file = disk_open(path, false);
            disk_write(file, 0, bytes, n);
            disk_sync(file);
        }
        free(bytes);
        free(path);
    }
    if (dir != NULL) {
        closedir(dir);
    }
    add(DISK_SYNC_FOLDER, -1);
}

void disk_stop(void) {
    free(d.record.folder);
    d.record.folder = NULL;
}

void disk_forget(void) {
    struct disk_record *r = &d.record;
    for (size_t i = 0; i < r->count; i++) {
        free(r->events[i].bytes);
        free(r->events[i].name);
        free(r->events[i].other);
    }
    disk_names_clear(&r->names);
    free(r->events);
    free(r->folder);
    *r = (struct disk_record){0};
}

static const char *name_of(const char *path) {
    return strrchr(path, '/') + 1;
}

int disk_open(const char *path, bool syncs_folder) {
    struct disk_record *r = &d.record;
    if (!recorded(path)) {
        return -1;
    }
    int file = disk_names_find(&r->names, name_of(path));
    if (file < 0) {
        file = r->files++;
        disk_names_put(&r->names, name_of(path), file);
        add(DISK_CREATE, file)->name = mem_strdup(name_of(path));
    }
    if (syncs_folder) {
        add(DISK_OPEN_LOG, file);
    }
    return file;
}

void disk_write(int file, int64_t at, const void *bytes, size_t n) {
    if (file < 0 || d.record.folder == NULL) {
        return;
    }
    struct disk_event *e = add(DISK_WRITE, file);
    e->at = at;
    e->n = n;
    e->bytes = mem_alloc(n);
    memcpy(e->bytes, bytes, n);
}

void disk_truncate(int file, int64_t size) {
    if (file >= 0) {
        add(DISK_TRUNCATE, file)->at = size;
    }
}

void disk_sync(int file) {
    if (file >= 0) {
        add(DISK_SYNC, file);
    }
}

void disk_sync_path(const char *path) {
    if (d.record.folder != NULL && strcmp(path, d.record.folder) == 0) {
        add(DISK_SYNC_FOLDER, -1);
    } else if (recorded(path)) {
        disk_sync(disk_open(path, false));
    }
}

void disk_unlink(const char *path) {
    if (recorded(path)) {
        disk_names_put(&d.record.names, name_of(path), -1);
        add(DISK_UNLINK, -1)->name = mem_strdup(name_of(path));
    }
}

static void note_two(enum disk_event_kind kind, const char *from, const char *to) {
    if (!recorded(from) || !recorded(to)) {
        return;
    }
    int file = disk_open(from, false);
    struct disk_event *e = add(kind, file);
    e->name = mem_strdup(name_of(from));
    e->other = mem_strdup(name_of(to));
    disk_names_put(&d.record.names, e->other, file);
    if (kind == DISK_RENAME) {
        disk_names_put(&d.record.names, e->name, -1);
    }
}

void disk_rename(const char *from, const char *to) {
    note_two(DISK_RENAME, from, to);
}

void disk_link(const char *from, const char *to) {
    note_two(DISK_LINK, from, to);
}

void disk_mark(int step, bool confirmed, bool durable) {
    struct disk_event *e = add(DISK_MARK, -1);
    e->at = step;
    e->confirmed = confirmed;
    e->durable = durable;
}
