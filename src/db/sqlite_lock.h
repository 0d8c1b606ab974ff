/* The one writer's lock: a side file `<database>.lock` and a fair queue in front of it, by byte locks that the kernel
 * frees when a process dies. Every write transaction and every checkpoint holds it (ARCHITECTURE, "One writer lock").
 */
#ifndef DB_SQLITE_LOCK_H
#define DB_SQLITE_LOCK_H

#include <signal.h>
#include <stdbool.h>

#include "base/err.h"

struct sqlite_lock;

struct sqlite_lock_wait {
    int wait_ms;                 /* the longest wait for the turn */
    volatile sig_atomic_t *stop; /* not 0 ends the wait with ERR_REFUSED; may be NULL */
    /* About every 250 ms, with who holds the lock as far as it is known ("" else); false ends the wait with ERR_BUSY.
     * May be NULL. */
    bool (*on_wait)(void *ctx, const char *holder);
    void *ctx;
};

/* `database` is the full path, links resolved; copied. Opens nothing yet. */
struct sqlite_lock *sqlite_lock_new(const char *database);
void sqlite_lock_free(struct sqlite_lock *lock); /* accepts NULL; gives the lock back */

/* What those who wait are told while this one holds the lock; copied, cut to what the file has room for. NULL or "":
 * its process number has to do. */
void sqlite_lock_name(struct sqlite_lock *lock, const char *holder);

/* Waits for the turn: first come, first served. ERR_BUSY after wait_ms, ERR_IO when the file cannot be made, opened or
 * locked. Not recursive. */
enum err_code sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e);
void sqlite_lock_release(struct sqlite_lock *lock); /* may be called when not held */

#endif
