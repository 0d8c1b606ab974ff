/* A SQLite VFS before the system's own: every call that changes a file is written down and can be made to fail as
 * disk.h says. Syncs are noted and not done: the record is the disk. */
#ifndef TESTS_CRASH_FAULT_VFS_H
#define TESTS_CRASH_FAULT_VFS_H

void fault_vfs_install(void); /* the default one from then on, for all that open a database */
void fault_vfs_remove(void);

#endif
