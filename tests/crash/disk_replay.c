/* What a power cut may leave. A sync makes a file's writes safe, and only those; names (made, removed, renamed) are
 * safe after a sync of the folder, and reach the disk in their order, as journaling file systems do it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "disk_record.h"

enum { SECTOR = 512, RUBBISH = 0xA5 };

struct image {
    unsigned char *bytes;
    size_t size, room;
};

struct file {
    struct image safe;
    size_t *pending; /* events not yet synced */
    size_t count, capacity;
    bool syncs_folder;
};

struct disk_replay {
    const struct disk_record *record;
    size_t at;
    struct file *files;
    struct disk_names names; /* that are safe */
    size_t *pending;         /* events with names, not yet synced */
    size_t count, capacity;
    int begun, confirmed;
};

struct disk_replay *disk_replay_new(void) {
    struct disk_replay *r = mem_zalloc(sizeof *r);
    r->record = disk_recorded();
    r->files = mem_array((size_t)r->record->files, sizeof *r->files);
    r->begun = r->confirmed = -1;
    return r;
}

void disk_replay_free(struct disk_replay *r) {
    for (int i = 0; i < r->record->files; i++) {
        free(r->files[i].safe.bytes);
        free(r->files[i].pending);
    }
    disk_names_clear(&r->names);
    free(r->files);
    free(r->pending);
    free(r);
}

static void image_resize(struct image *im, size_t size, int fill) {
    if (size > im->room) {
        im->room = size * 2;
        im->bytes = mem_resize(im->bytes, im->room, 1);
    }
    if (size > im->size) {
        memset(im->bytes + im->size, fill, size - im->size);
    }
    im->size = size;
}

static void image_write(struct image *im, size_t at, const unsigned char *bytes, size_t n, int fill) {
    if (n == 0) {
        return;
    }
    if (at + n > im->size) {
        image_resize(im, at + n, fill);
    }
    memcpy(im->bytes + at, bytes, n);
}

static bool coin(struct random *random) {
    return random_next(random) % 2 == 0;
}

static void write_sectors(struct image *im, const struct disk_event *e, struct random *random) {
    size_t at = (size_t)e->at;
    size_t end = at + e->n;
    while (at < end) {
        size_t stop = (at / SECTOR + 1) * SECTOR;
        stop = stop < end ? stop : end;
        if (coin(random)) {
            image_write(im, at, e->bytes + (at - (size_t)e->at), stop - at, RUBBISH);
        }
        at = stop;
    }
}

static void apply(struct image *im, const struct disk_event *e, enum disk_cut cut, struct random *random) {
    if (cut == CUT_NOTHING_KEPT) {
        return;
    }
    if (e->kind == DISK_WRITE && cut == CUT_SOME_SECTORS) {
        write_sectors(im, e, random);
    } else if (cut != CUT_ALL_KEPT && coin(random)) {
        return;
    } else if (e->kind == DISK_WRITE) {
        image_write(im, (size_t)e->at, e->bytes, e->n, 0);
    } else {
        image_resize(im, (size_t)e->at, 0);
    }
}

static void apply_name(struct disk_names *names, const struct disk_event *e) {
    if (e->kind != DISK_UNLINK) {
        disk_names_put(names, e->other != NULL ? e->other : e->name, e->file);
    }
    if (e->kind == DISK_UNLINK || e->kind == DISK_RENAME) {
        disk_names_put(names, e->name, -1);
    }
}

static void sync_folder(struct disk_replay *r) {
    for (size_t i = 0; i < r->count; i++) {
        apply_name(&r->names, &r->record->events[r->pending[i]]);
    }
    r->count = 0;
}

static void sync_file(struct disk_replay *r, struct file *f) {
    for (size_t i = 0; i < f->count; i++) {
        apply(&f->safe, &r->record->events[f->pending[i]], CUT_ALL_KEPT, NULL);
    }
    f->count = 0;
    if (f->syncs_folder) {
        sync_folder(r);
        f->syncs_folder = false;
    }
}

static void mark(struct disk_replay *r, const struct disk_event *e) {
    if (!e->confirmed) {
        r->begun = (int)e->at;
    } else if (e->durable) {
        r->confirmed = (int)e->at;
    }
}

bool disk_replay_next(struct disk_replay *r) {
    if (r->at == r->record->count) {
        return false;
    }
    const struct disk_event *e = &r->record->events[r->at];
    struct file *f = e->file < 0 ? NULL : &r->files[e->file];
    switch (e->kind) {
    case DISK_WRITE:
    case DISK_TRUNCATE:
        f->pending = mem_grow(f->pending, f->count, &f->capacity, sizeof *f->pending);
        f->pending[f->count++] = r->at;
        break;
    case DISK_SYNC:
        sync_file(r, f);
        break;
    case DISK_SYNC_FOLDER:
        sync_folder(r);
        break;
    case DISK_OPEN_LOG:
        f->syncs_folder = true;
        break;
    case DISK_MARK:
        mark(r, e);
        break;
    default:
        r->pending = mem_grow(r->pending, r->count, &r->capacity, sizeof *r->pending);
        r->pending[r->count++] = r->at;
    }
    r->at++;
    return true;
}

bool disk_replay_at_sync(const struct disk_replay *r) {
    if (r->at == r->record->count) {
        return true;
    }
    enum disk_event_kind kind = r->record->events[r->at].kind;
    return kind != DISK_WRITE && kind != DISK_TRUNCATE && kind != DISK_OPEN_LOG;
}

bool disk_replay_at_mark(const struct disk_replay *r) {
    return r->at == r->record->count || r->record->events[r->at].kind == DISK_MARK;
}

bool disk_replay_is_open(const struct disk_replay *r) {
    bool open = r->count > 0;
    for (int i = 0; i < r->record->files; i++) {
        open = open || r->files[i].count > 0;
    }
    return open;
}

int disk_replay_begun(const struct disk_replay *r) {
    return r->begun;
}

int disk_replay_confirmed(const struct disk_replay *r) {
    return r->confirmed;
}

static void put_file(const struct disk_replay *r, const struct disk_name *name, enum disk_cut cut,
                     struct random *random, const char *folder) {
    const struct file *f = &r->files[name->file];
    struct image im = {0};
    image_resize(&im, f->safe.size, 0);
    if (f->safe.size > 0) {
        memcpy(im.bytes, f->safe.bytes, f->safe.size);
    }
    for (size_t i = 0; i < f->count; i++) {
        apply(&im, &r->record->events[f->pending[i]], cut, random);
    }
    char *path = mem_printf("%s/%s", folder, name->name);
    disk_file_write(path, im.bytes, im.size);
    free(path);
    free(im.bytes);
}

void disk_replay_cut(const struct disk_replay *r, enum disk_cut cut, struct random *random, const char *folder) {
    struct disk_names names = {0};
    size_t kept = cut == CUT_NOTHING_KEPT ? 0 : r->count;
    if (cut == CUT_SOME_WRITES || cut == CUT_SOME_SECTORS) {
        kept = (size_t)random_between(random, 0, (int64_t)r->count);
    }
    disk_names_copy(&names, &r->names);
    for (size_t i = 0; i < kept; i++) {
        apply_name(&names, &r->record->events[r->pending[i]]);
    }
    disk_folder_empty(folder);
    for (size_t i = 0; i < names.count; i++) {
        put_file(r, &names.list[i], cut, random, folder);
    }
    disk_names_clear(&names);
}
