/* The record of disk.h, as disk.c writes and disk_replay.c reads it. */
#ifndef TESTS_CRASH_DISK_RECORD_H
#define TESTS_CRASH_DISK_RECORD_H

#include "disk.h"
#include "disk_files.h"

enum disk_event_kind {
    DISK_CREATE,
    DISK_OPEN_LOG, /* the file's next sync syncs the folder too, as SQLite does for journals */
    DISK_WRITE,
    DISK_TRUNCATE,
    DISK_SYNC,
    DISK_SYNC_FOLDER,
    DISK_UNLINK,
    DISK_RENAME,
    DISK_LINK,
    DISK_MARK
};

struct disk_event {
    enum disk_event_kind kind;
    int file;   /* −1: none */
    int64_t at; /* offset, size or step */
    size_t n;
    unsigned char *bytes;
    char *name, *other;
    bool confirmed, durable;
};

struct disk_record {
    char *folder;
    struct disk_event *events;
    size_t count, capacity;
    int files;
    struct disk_names names; /* as they are now */
};
const struct disk_record *disk_recorded(void);

#endif
