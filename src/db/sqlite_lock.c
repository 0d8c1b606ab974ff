/* How the queue works. Only locks on the file's bytes count, and the kernel frees those of the dead.
 *
 * Byte 0 is the lock itself: who holds it writes. Safety rests on this byte alone; the rest is only about order. A
 * waiter holds a ticket: the byte numbered by the moment it came (monotonic nanoseconds). It may take byte 0 once no
 * earlier ticket is held by anyone, so whoever dies or gives up leaves nothing behind, and those further back still
 * wait for all who came earlier.
 *
 * F_OFD_SETLKW cannot time out, so waiters sleep on a futex in the file's first bytes and look again after
 * LOOK_AGAIN_MS at the latest; who gives byte 0 back wakes the first in the queue. The bytes are read and written by
 * pread and pwrite and the mapping is only handed to the kernel: a file that somebody truncates costs a wake-up, not a
 * SIGBUS.
 *
 * Behind those bytes stands who holds byte 0 ("4711 Lan"), for the people who wait; nothing depends on it. */
#include "db/sqlite_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "db/file_group.h"
#include "db/sqlite_driver.h"

enum {
    WRITER = 0,
    FIRST_TICKET = 1,
    SIGNAL_BYTES = sizeof(uint32_t),
    HOLDER_BYTES = 120,
    NS_PER_MS = 1000000,
    NOTICE_MS = 250,   /* between two calls of on_wait */
    LOOK_AGAIN_MS = 20 /* when nobody wakes us: the one before has died */
};

struct sqlite_lock {
    char *database;
    char *path;
    int fd; /* -1 until first needed */
    bool held;
    char holder[HOLDER_BYTES]; /* what is written there while we hold it */
    void *signal;              /* the file's first bytes, for the futex only; NULL until first needed */
    dev_t device;              /* of the open file, to notice that the path names another one by now */
    ino_t inode;
};

enum outcome { GOT, TAKEN, BROKEN };

struct sqlite_lock *sqlite_lock_new(const char *database) {
    struct sqlite_lock *lock = mem_zalloc(sizeof *lock);
    lock->database = mem_strdup(database);
    lock->path = mem_printf("%s.lock", database);
    lock->fd = -1;
    sqlite_lock_name(lock, NULL);
    return lock;
}

/* The file names the last holder until the next one comes: without a reader nobody minds. */
void sqlite_lock_name(struct sqlite_lock *lock, const char *holder) {
    memset(lock->holder, 0, sizeof lock->holder);
    snprintf(lock->holder, sizeof lock->holder, "%d %s", (int)getpid(), holder == NULL ? "" : holder);
}

static void close_file(struct sqlite_lock *lock) {
    if (lock->signal != NULL) {
        munmap(lock->signal, SIGNAL_BYTES);
        lock->signal = NULL;
    }
    close(lock->fd);
    lock->fd = -1;
}

void sqlite_lock_free(struct sqlite_lock *lock) {
    if (lock == NULL) {
        return;
    }
    if (lock->fd >= 0) {
        close_file(lock);
    }
    free(lock->path);
    free(lock->database);
    free(lock);
}

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 * NS_PER_MS + t.tv_nsec;
}

/* Like SQLite's own side files it gets the database's mode and group, and its owner when root comes first. */
static int create_like(const char *path, const char *database) {
    struct stat st = {.st_mode = 0600, .st_uid = (uid_t)-1, .st_gid = (gid_t)-1};
    if (stat(database, &st) != 0 && errno != ENOENT) { /* none yet: it is being put there */
        return -1;
    }
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, st.st_mode & 0666);
    if (fd >= 0) {
        fchmod(fd, st.st_mode & 0666);
        if (fchown(fd, geteuid() == 0 ? st.st_uid : (uid_t)-1, st.st_gid) != 0) {
            errno = 0; /* not ours to give: the mode has to do */
        }
    }
    return fd;
}

static enum err_code open_file(struct sqlite_lock *lock, struct err *e) {
    const struct borrowed_group group = file_group_borrow();
    lock->fd = open(lock->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (lock->fd < 0 && errno == ENOENT) {
        lock->fd = create_like(lock->path, lock->database);
        if (lock->fd < 0 && errno == EEXIST) {
            lock->fd = open(lock->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); /* somebody was quicker */
        }
    }
    file_group_give_back(&group);
    struct stat st;
    if (lock->fd < 0 && (errno == ENOSPC || errno == EDQUOT)) {
        return sqlite_disk_full(e);
    }
    if (lock->fd < 0 || fstat(lock->fd, &st) != 0) {
        return err_set(e, ERR_IO, _("%s cannot be opened (%s): check that you may write to this file and its folder"),
                       lock->path, strerror(errno));
    }
    lock->device = st.st_dev;
    lock->inode = st.st_ino;
    return ERR_OK;
}

/* Deleted or replaced since it was opened: others would lock another file. */
static bool still_the_file(const struct sqlite_lock *lock) {
    struct stat st;
    const struct borrowed_group group = file_group_borrow();
    bool there = stat(lock->path, &st) == 0;
    file_group_give_back(&group);
    return there && st.st_dev == lock->device && st.st_ino == lock->inode;
}

static enum outcome try_byte(const struct sqlite_lock *lock, int64_t byte) {
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    if (fcntl(lock->fd, F_OFD_SETLK, &l) == 0) {
        return GOT;
    }
    return errno == EAGAIN || errno == EACCES ? TAKEN : BROKEN;
}

static void free_byte(const struct sqlite_lock *lock, int64_t byte) {
    struct flock l = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    fcntl(lock->fd, F_OFD_SETLK, &l);
}

/* A ticket before this one (0: any) that somebody else holds; 0 when there is none, -1 when it cannot be told. */
static int64_t ticket_before(const struct sqlite_lock *lock, int64_t ticket) {
    if (ticket == FIRST_TICKET) {
        return 0;
    }
    int64_t length = ticket == 0 ? 0 : ticket - FIRST_TICKET;
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = FIRST_TICKET, .l_len = length};
    if (fcntl(lock->fd, F_OFD_GETLK, &l) != 0) {
        return -1;
    }
    return l.l_type == F_UNLCK ? 0 : l.l_start;
}

static enum err_code broken(const struct sqlite_lock *lock, struct err *e) {
    return err_set(e, ERR_IO, _("the file system of %s cannot lock files (%s): keep the database on a local disk"),
                   lock->database, strerror(errno));
}

/* Byte 0, if nobody is before `ticket`. */
static enum outcome try_turn(const struct sqlite_lock *lock, int64_t ticket) {
    int64_t before = ticket_before(lock, ticket);
    return before < 0 ? BROKEN : before > 0 ? TAKEN : try_byte(lock, WRITER);
}

static enum outcome draw_ticket(const struct sqlite_lock *lock, int64_t *ticket) {
    enum outcome got = TAKEN;
    while (got == TAKEN) { /* two came in the same nanosecond */
        *ticket = now_ns();
        got = try_byte(lock, *ticket);
    }
    return got;
}

/* Each ticket listens to one of 32 bits, so that a wake-up reaches the one it is for and hardly anybody else. */
static uint32_t bit_of(int64_t ticket) {
    return (uint32_t)1 << ((uint64_t)ticket * 0x9E3779B97F4A7C15u >> 59);
}

static uint32_t read_signal(const struct sqlite_lock *lock) {
    uint32_t value = 0;
    return pread(lock->fd, &value, sizeof value, 0) == (ssize_t)sizeof value ? value : 0;
}

static void *signal_address(struct sqlite_lock *lock) {
    if (lock->signal == NULL) {
        void *p = mmap(NULL, SIGNAL_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, lock->fd, 0);
        lock->signal = p == MAP_FAILED ? NULL : p;
    }
    return lock->signal;
}

/* Sleeps until woken, unless the signal has changed since `seen` was read. */
static void sleep_until_signal(struct sqlite_lock *lock, uint32_t seen, int64_t ticket, int64_t until) {
    struct timespec t = {.tv_sec = until / 1000 / NS_PER_MS, .tv_nsec = (long)(until % (1000 * (int64_t)NS_PER_MS))};
    long rc = -1;
    errno = EFAULT;
    if (signal_address(lock) != NULL) {
        rc = syscall(SYS_futex, lock->signal, FUTEX_WAIT_BITSET, seen, &t, NULL, bit_of(ticket));
    }
    if (rc != 0 && errno != EAGAIN && errno != EINTR && errno != ETIMEDOUT) {
        nanosleep(&(struct timespec){.tv_nsec = NS_PER_MS}, NULL); /* the file was emptied: the next signal mends it */
    }
}

/* Wakes the first in the queue, if there is one. */
static void wake_first(struct sqlite_lock *lock) {
    int64_t first = 0;
    int64_t found = 0;
    while ((found = ticket_before(lock, first)) > 0) {
        first = found;
    }
    if (first == 0) {
        return;
    }
    uint32_t value = (uint32_t)now_ns(); /* any value that is not the last one */
    if (pwrite(lock->fd, &value, sizeof value, 0) == (ssize_t)sizeof value && signal_address(lock) != NULL) {
        syscall(SYS_futex, lock->signal, FUTEX_WAKE_BITSET, 1 << 20, NULL, NULL, bit_of(first));
    }
}

/* 'T' for a process that was stopped, 0 for none of that number. */
static char process_state(int pid) {
    char path[32];
    char text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0) {
        close(fd);
    }
    text[n < 0 ? 0 : n] = '\0';
    const char *end = strrchr(text, ')'); /* of the program's name, which may hold anything */
    return end == NULL || end[1] == '\0' ? 0 : end[2];
}

/* Who writes now, for people. The caller owns it; "" when it cannot be told. */
static char *describe_holder(const struct sqlite_lock *lock) {
    char text[HOLDER_BYTES + 1] = "";
    if (pread(lock->fd, text, HOLDER_BYTES, SIGNAL_BYTES) < 0) {
        return mem_strdup("");
    }
    char *name = NULL;
    int pid = (int)strtol(text, &name, 10);
    char state = pid > 0 ? process_state(pid) : 0;
    if (state == 0) {
        return mem_strdup("");
    }
    char *who = text_visible(name + (*name == ' '));
    char *holder = NULL;
    if (state == 'T' || state == 't') {
        holder = mem_printf(_("%s (process %d, which was stopped: let it go on with `fg`, or end it)"), who, pid);
    } else {
        holder = mem_printf(_("%s (process %d)"), who, pid);
    }
    free(who);
    return holder;
}

static bool tell(const struct sqlite_lock *lock, const struct sqlite_lock_wait *wait) {
    if (wait->on_wait == NULL) {
        return true;
    }
    char *holder = describe_holder(lock);
    bool go_on = wait->on_wait(wait->ctx, holder[0] == ' ' ? holder + 1 : holder);
    free(holder);
    return go_on;
}

static enum err_code busy(const struct sqlite_lock *lock, struct err *e) {
    char *holder = describe_holder(lock);
    enum err_code rc =
        err_set(e, ERR_BUSY, _("not saved, nothing of it: try again when %s is done, who is still saving"),
                *holder == '\0'  ? _("another counter")
                : *holder == ' ' ? holder + 1
                                 : holder);
    free(holder);
    return rc;
}

/* Waits until `ticket` is first and byte 0 is free. Every NOTICE_MS it tries byte 0 out of turn, so that a suspended
 * process at the head of the queue does not hold up everyone. */
static enum err_code wait_turn(struct sqlite_lock *lock, int64_t ticket, const struct sqlite_lock_wait *wait,
                               struct err *e) {
    int64_t notice = ticket + (int64_t)NOTICE_MS * NS_PER_MS;
    int64_t give_up = ticket + (int64_t)wait->wait_ms * NS_PER_MS;
    for (;;) {
        uint32_t seen = read_signal(lock);
        enum outcome got = try_turn(lock, ticket);
        int64_t now = now_ns();
        if (got == TAKEN && now >= notice) {
            notice = now + (int64_t)NOTICE_MS * NS_PER_MS;
            got = try_byte(lock, WRITER);
            if (got == TAKEN && !tell(lock, wait)) {
                return busy(lock, e);
            }
        }
        if (got == GOT) {
            return ERR_OK;
        }
        if (got == BROKEN) {
            return broken(lock, e);
        }
        if (wait->stop != NULL && *wait->stop) {
            return err_set(e, ERR_REFUSED, _("stopped"));
        }
        if (now >= give_up) {
            return busy(lock, e);
        }
        int64_t until = now + (int64_t)LOOK_AGAIN_MS * NS_PER_MS;
        sleep_until_signal(lock, seen, ticket, until < give_up ? until : give_up);
    }
}

static enum err_code queue(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e) {
    int64_t ticket = 0;
    if (draw_ticket(lock, &ticket) == BROKEN) {
        return broken(lock, e);
    }
    enum err_code rc = wait_turn(lock, ticket, wait, e);
    free_byte(lock, ticket);
    if (rc != ERR_OK) {
        wake_first(lock); /* the wake-up may have been meant for us */
    }
    return rc;
}

/* Looking costs less than writing, and the last one was mostly this one. */
static void tell_holder(const struct sqlite_lock *lock) {
    char last[HOLDER_BYTES];
    bool same = pread(lock->fd, last, sizeof last, SIGNAL_BYTES) == (ssize_t)sizeof last &&
                memcmp(last, lock->holder, sizeof last) == 0;
    if (!same && pwrite(lock->fd, lock->holder, sizeof lock->holder, SIGNAL_BYTES) < 0) {
        errno = 0; /* a full disk: nobody learns who it is */
    }
}

enum err_code sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e) {
    for (;;) {
        enum err_code rc = lock->fd < 0 ? open_file(lock, e) : ERR_OK;
        if (rc != ERR_OK) {
            return rc;
        }
        enum outcome got = try_turn(lock, 0);
        if (got == TAKEN) {
            rc = queue(lock, wait, e);
        } else if (got == BROKEN) {
            rc = broken(lock, e);
        }
        if (rc != ERR_OK) {
            return rc;
        }
        if (still_the_file(lock)) {
            lock->held = true;
            tell_holder(lock);
            return ERR_OK;
        }
        close_file(lock);
    }
}

void sqlite_lock_release(struct sqlite_lock *lock) {
    if (lock != NULL && lock->held) {
        lock->held = false;
        free_byte(lock, WRITER);
        wake_first(lock);
    }
}
