/* A program with a later schema than there is yet: the linker takes migrate_newest and migrate_run away (--wrap, see
 * the Makefile). Included by one file of a test program. */
#ifndef TESTS_NEWER_SCHEMA_H
#define TESTS_NEWER_SCHEMA_H

#include "db/driver.h"

static int newer_schema_newest = 1; /* what the program under test knows: 1 to 3; 4 cannot be reached */

static const char newer_schema[] = "-- migration 0002: a note on each order, and a log\n"
                                   "ALTER TABLE orders ADD COLUMN later_note TEXT NOT NULL DEFAULT '';\n"
                                   "UPDATE orders SET later_note = order_no || ' of ' || order_date;\n"
                                   "ALTER TABLE customers ADD COLUMN later_rank INTEGER NOT NULL DEFAULT 7;\n"
                                   "CREATE TABLE later_log(id INTEGER PRIMARY KEY, entity TEXT NOT NULL) STRICT;\n"
                                   "INSERT INTO later_log(entity) SELECT entity FROM audit;\n"
                                   "-- migration 0003: found fast\n"
                                   "CREATE INDEX later_log_entity ON later_log(entity);\n"
                                   "-- migration 0004: cannot be done\n"
                                   "CREATE TABLE later_half(id INTEGER PRIMARY KEY) STRICT;\n"
                                   "INSERT INTO later_log(entity) VALUES (NULL);\n";

enum err_code __real_migrate_run(struct db_conn *c, int from, int to, struct err *e);
int __wrap_migrate_newest(void);
enum err_code __wrap_migrate_run(struct db_conn *c, int from, int to, struct err *e);

int __wrap_migrate_newest(void) {
    return newer_schema_newest;
}

enum err_code __wrap_migrate_run(struct db_conn *c, int from, int to, struct err *e) {
    enum err_code rc = from < 1 ? __real_migrate_run(c, from, 1, e) : ERR_OK;
    return rc == ERR_OK ? migrate_run_in(c, newer_schema, from, to, e) : rc;
}

#endif
