/* How the queue works. The file stays empty; only locks on its bytes count, and the kernel frees those of the dead.
 *
 * Byte 0 is the lock itself: who holds it writes. Safety rests on this byte alone; the rest is only about order. A
 * waiter holds a ticket: the byte numbered by the moment it came (monotonic nanoseconds). It may take byte 0 once no
 * earlier ticket is held by anyone, so whoever dies or gives up leaves nothing behind, and those further back still
 * wait for all who came earlier. Nobody with a free queue pays more than two calls for it: "is there a ticket?", and
 * byte 0.
 *
 * F_OFD_SETLKW cannot time out, so waiters look again after short, growing sleeps; the one whose turn it is looks most
 * often. */
#include "db/sqlite_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum {
    WRITER = 0,
    FIRST_TICKET = 1,
    NS_PER_MS = 1000000,
    NOTICE_MS = 250,             /* between two calls of on_wait */
    HEAD_SLEEP_MIN_NS = 30000,   /* next in turn */
    QUEUE_SLEEP_MIN_NS = 200000, /* further back */
    SLEEP_MAX_NS = 2 * NS_PER_MS,
    SLEEP_SHARE = 16 /* sleep about 1/16 of what has been waited */
};

struct sqlite_lock {
    char *database;
    char *path;
    int fd; /* -1 until first needed */
    bool held;
    dev_t device; /* of the open file, to notice that the path names another one by now */
    ino_t inode;
};

enum outcome { GOT, TAKEN, BROKEN };

struct sqlite_lock *sqlite_lock_new(const char *database) {
    struct sqlite_lock *lock = mem_zalloc(sizeof *lock);
    lock->database = mem_strdup(database);
    lock->path = mem_printf("%s.lock", database);
    lock->fd = -1;
    return lock;
}

void sqlite_lock_free(struct sqlite_lock *lock) {
    if (lock == NULL) {
        return;
    }
    if (lock->fd >= 0) {
        close(lock->fd);
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
    struct stat st;
    if (stat(database, &st) != 0) {
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
    lock->fd = open(lock->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (lock->fd < 0 && errno == ENOENT) {
        lock->fd = create_like(lock->path, lock->database);
        if (lock->fd < 0 && errno == EEXIST) {
            lock->fd = open(lock->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); /* somebody was quicker */
        }
    }
    struct stat st;
    if (lock->fd < 0 || fstat(lock->fd, &st) != 0) {
        return err_set(e, ERR_IO, _("%s cannot be opened (%s): check that you may write to this file and its folder"),
                       lock->path, strerror(errno));
    }
    lock->device = st.st_dev;
    lock->inode = st.st_ino;
    return ERR_OK;
}

static void close_file(struct sqlite_lock *lock) {
    close(lock->fd);
    lock->fd = -1;
}

/* Deleted or replaced since it was opened: others would lock another file. */
static bool still_the_file(const struct sqlite_lock *lock) {
    struct stat st;
    return stat(lock->path, &st) == 0 && st.st_dev == lock->device && st.st_ino == lock->inode;
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

/* Does anybody else hold a ticket before this one (0: any)? */
static enum outcome look_ahead(const struct sqlite_lock *lock, int64_t ticket) {
    int64_t length = ticket == 0 ? 0 : ticket - FIRST_TICKET;
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = FIRST_TICKET, .l_len = length};
    if (fcntl(lock->fd, F_OFD_GETLK, &l) != 0) {
        return BROKEN;
    }
    return l.l_type == F_UNLCK ? GOT : TAKEN;
}

static enum err_code broken(const struct sqlite_lock *lock, struct err *e) {
    return err_set(e, ERR_IO, _("the file system of %s cannot lock files (%s): keep the database on a local disk"),
                   lock->database, strerror(errno));
}

/* The turn, if nobody is before `ticket`. */
static enum outcome try_turn(const struct sqlite_lock *lock, int64_t ticket, bool *head) {
    enum outcome ahead = look_ahead(lock, ticket);
    *head = ahead == GOT;
    return ahead == GOT ? try_byte(lock, WRITER) : ahead;
}

static enum outcome draw_ticket(const struct sqlite_lock *lock, int64_t *ticket) {
    enum outcome got = TAKEN;
    while (got == TAKEN) { /* two came in the same nanosecond */
        *ticket = now_ns();
        got = try_byte(lock, *ticket);
    }
    return got;
}

static void sleep_a_little(int64_t waited, bool head) {
    int64_t least = head ? HEAD_SLEEP_MIN_NS : QUEUE_SLEEP_MIN_NS;
    int64_t ns = waited / SLEEP_SHARE;
    ns = ns < least ? least : ns > SLEEP_MAX_NS ? SLEEP_MAX_NS : ns;
    nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}

/* Waits until `ticket` is first and byte 0 is free. Every NOTICE_MS it tries byte 0 out of turn, so that a suspended
 * process at the head of the queue does not hold up everyone. */
static enum err_code wait_turn(struct sqlite_lock *lock, int64_t ticket, int64_t since,
                               const struct sqlite_lock_wait *wait, struct err *e) {
    int64_t notice = since + (int64_t)NOTICE_MS * NS_PER_MS;
    for (;;) {
        bool head = false;
        enum outcome got = try_turn(lock, ticket, &head);
        int64_t now = now_ns();
        if (got == TAKEN && now >= notice) {
            got = try_byte(lock, WRITER);
            if (got == TAKEN && wait->on_wait != NULL) {
                wait->on_wait(wait->ctx, (int)((now - since) / NS_PER_MS));
            }
            notice = now + (int64_t)NOTICE_MS * NS_PER_MS;
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
        if (now - since >= (int64_t)wait->wait_ms * NS_PER_MS) {
            return err_set(
                e, ERR_BUSY,
                _("somebody else is saving for a long time (an import?): nothing of this was saved; try again"));
        }
        sleep_a_little(now - since, head);
    }
}

static enum err_code queue(struct sqlite_lock *lock, int64_t since, const struct sqlite_lock_wait *wait,
                           struct err *e) {
    int64_t ticket = 0;
    if (draw_ticket(lock, &ticket) == BROKEN) {
        return broken(lock, e);
    }
    enum err_code rc = wait_turn(lock, ticket, since, wait, e);
    free_byte(lock, ticket);
    return rc;
}

enum err_code sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e) {
    int64_t since = 0;
    for (;;) {
        enum err_code rc = lock->fd < 0 ? open_file(lock, e) : ERR_OK;
        if (rc != ERR_OK) {
            return rc;
        }
        bool head = false;
        enum outcome got = try_turn(lock, 0, &head);
        if (got == BROKEN) {
            return broken(lock, e);
        }
        if (got == TAKEN) {
            since = since == 0 ? now_ns() : since;
            rc = queue(lock, since, wait, e);
            if (rc != ERR_OK) {
                return rc;
            }
        }
        if (still_the_file(lock)) {
            lock->held = true;
            return ERR_OK;
        }
        close_file(lock);
    }
}

void sqlite_lock_release(struct sqlite_lock *lock) {
    if (lock != NULL && lock->held) {
        free_byte(lock, WRITER);
        lock->held = false;
    }
}
