/* A disk that can lose power and fail. What a program does to the files of one folder is written down, whether SQLite
 * does it (fault_vfs.c) or the program's own calls (fault_calls.c); from the record comes what a power cut may leave at
 * any moment: what was synced, and of the rest nothing, everything, some writes, or some sectors. And any call can be
 * made to fail. One thread, one recording at a time. */
#ifndef TESTS_CRASH_DISK_H
#define TESTS_CRASH_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "random.h"

/* --- failing. Counted are the calls that change something, from disk_arm on. */
struct disk_fault {
    int64_t at;  /* the call that fails, from 1 */
    int error;   /* ENOSPC, EIO */
    bool lasts;  /* every call from then on: until disk_disarm */
    bool shorts; /* a write that fails has written half */
};
void disk_arm(const struct disk_fault *fault);
void disk_disarm(void);
int64_t disk_calls(void);  /* counted since disk_arm */
int64_t disk_faults(void); /* injected since disk_arm */
bool disk_hurt(void);      /* one of them hit a write or sync of the database itself, or of its log */

/* From now on a call that would change something calls `leave` instead, which does not come back. */
void disk_quarantine(void (*leave)(void));
void disk_leave(void); /* for what is no such call and yet is seen by others: locks */

/* For fault_vfs.c and fault_calls.c: does this call fail? Then errno is set. */
bool disk_fails(void);
bool disk_shortens(void); /* the write that fails writes half */
void disk_note_hurt(void);
bool disk_is_full(void); /* the fault is ENOSPC */
/* While SQLite's own VFS is at work its calls are not counted and noted a second time. */
void disk_inside(int change);
bool disk_is_inside(void);

/* --- recording */
void disk_record(const char *folder); /* what is in it now counts as safely on the disk */
void disk_stop(void);                 /* the record stays, for replays */
void disk_forget(void);
int disk_open(const char *path, bool syncs_folder); /* a number for the file, −1: not of the folder or not recording */
void disk_write(int file, int64_t at, const void *bytes, size_t n);
void disk_truncate(int file, int64_t size);
void disk_sync(int file);
void disk_sync_path(const char *path); /* of a file or of the folder */
void disk_unlink(const char *path);
void disk_rename(const char *from, const char *to);
void disk_link(const char *from, const char *to);

/* A moment that the test wants to know again: the step has begun, or its end was confirmed (`durable`: to last). */
void disk_mark(int step, bool confirmed, bool durable);

/* --- cutting the power. A replay walks the record; before any event the power may go. */
enum disk_cut {
    CUT_NOTHING_KEPT, /* of what was not synced */
    CUT_ALL_KEPT,
    CUT_SOME_WRITES,
    CUT_SOME_SECTORS, /* of 512 bytes; new room holds rubbish where nothing came */
    CUTS
};
struct disk_replay;
struct disk_replay *disk_replay_new(void);
void disk_replay_free(struct disk_replay *r);
bool disk_replay_next(struct disk_replay *r);           /* false: the record is over */
bool disk_replay_at_sync(const struct disk_replay *r);  /* the next event is a sync or a change of names */
bool disk_replay_at_mark(const struct disk_replay *r);  /* a step begins or is confirmed next */
bool disk_replay_is_open(const struct disk_replay *r);  /* something is not synced */
int disk_replay_begun(const struct disk_replay *r);     /* the last step that had begun; −1 none */
int disk_replay_confirmed(const struct disk_replay *r); /* the last one confirmed to last; −1 none */
/* Empties the folder and puts there what is left. */
void disk_replay_cut(const struct disk_replay *r, enum disk_cut cut, struct random *random, const char *folder);

#endif
