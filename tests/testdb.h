/* Databases for tests: real SQLite with the program's real schema. Each ends the test program when it cannot be made.
 */
#ifndef TESTDB_H
#define TESTDB_H

#include "db/db.h"

struct db *testdb_open(void); /* in memory; db_close it */

/* A path in a folder of its own under TMPDIR or /tmp; the caller frees it. testdb_remove takes the folder away with all
 * that is in it, backups too. */
char *testdb_path(const char *name);
void testdb_remove(char *path); /* accepts NULL */

struct db *testdb_create(const char *path); /* a new file */
struct db *testdb_reopen(const char *path); /* an existing one */

/* Runs a script in a transaction of its own. */
void testdb_script(struct db *db, const char *sql);
int64_t testdb_int(struct db *db, const char *sql);

#endif
