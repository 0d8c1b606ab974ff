/* A commit's part of the write-ahead log in one write. SQLite writes each page by itself, and its head by itself before
 * it: fifty calls for a sale, which take as long as its sync on a good disk. */
#ifndef DB_SQLITE_LOG_H
#define DB_SQLITE_LOG_H

#include <sqlite3.h>
#include <stdbool.h>

struct sqlite_log;

struct sqlite_log *sqlite_log_new(void);
void sqlite_log_free(struct sqlite_log *l); /* accepts NULL */

/* Around a COMMIT that syncs: what it writes to the log of `h` is gathered, and written before the log is synced or
 * read. What a failed COMMIT has not written is dropped. Both accept NULL and then do nothing. */
void sqlite_log_gather(struct sqlite_log *l, sqlite3 *h);
void sqlite_log_end(struct sqlite_log *l, bool done);

#endif
