/* Seals: of every table the number of its rows and the sum of a digest of each (table `seals`), kept by every
 * transaction of this program. What another program writes shows against them. They are no secret: who knows how can
 * make them fit, as with the audit chain. */
#ifndef DB_SQLITE_SEAL_H
#define DB_SQLITE_SEAL_H

#include "db/driver.h"

struct sqlite_conn;
struct sqlite_seals;

/* Begins to watch what a connection writes. */
struct sqlite_seals *sqlite_seals_new(struct sqlite_conn *c);
void sqlite_seals_free(struct sqlite_seals *s); /* accepts NULL; before the connection is closed */

/* A statement ended: what it changed counts, or was taken back. A script that failed may have done a part. */
void sqlite_seals_statement(struct sqlite_seals *s, bool done);
void sqlite_seals_script_failed(struct sqlite_seals *s);

void sqlite_seals_savepoint(struct sqlite_seals *s);
void sqlite_seals_release(struct sqlite_seals *s);
void sqlite_seals_rollback_to(struct sqlite_seals *s);                   /* and release */
void sqlite_seals_forget(struct sqlite_seals *s);                        /* the transaction is over */
void sqlite_seals_forget_changes(struct sqlite_seals *s);                /* it goes on, sealed by what tables hold */
enum err_code sqlite_seals_write(struct sqlite_seals *s, struct err *e); /* just before COMMIT */

/* What the transaction has changed so far, table by table. */
void sqlite_seals_changed(const struct sqlite_seals *s, db_changed_fn *told, void *ctx);
bool sqlite_seals_work(const struct sqlite_seals *s); /* false: SQLite was built without the hook */

/* What tables hold, read whole: against their seals, or to seal them by (sqlite_seal_read.c). */
enum err_code sqlite_seals_read(struct db_conn *c, enum db_seals which, struct db_readings **out, struct err *e);
void sqlite_seals_tell(const struct db_readings *r, db_seal_fn *told, void *ctx);
enum err_code sqlite_seals_store(struct db_conn *c, const struct db_readings *r, enum db_seals which, struct err *e);
enum err_code sqlite_seals_migrated(struct db_conn *c, const struct db_readings *before, struct err *e);
void sqlite_seals_free_readings(struct db_readings *r); /* accepts NULL */

#endif
