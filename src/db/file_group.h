/* Whose group the shop's files have, and borrowing it. A program that is installed set-group-id puts its group's rights
 * away at once (main.c): the saved group id keeps them. They are borrowed to open the shop's own files, and for nothing
 * else. */
#ifndef DB_FILE_GROUP_H
#define DB_FILE_GROUP_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

struct borrowed_group {
    gid_t own;
    bool taken;
};

/* Nothing happens where there is nothing put away. What was borrowed must be given back before anything else is opened;
 * errno is kept. */
struct borrowed_group file_group_borrow(void);
struct borrowed_group file_group_borrow_if(bool wanted); /* else nothing is borrowed, and nothing given back */
void file_group_give_back(const struct borrowed_group *b);

/* The id of a named group of the system; ERR_NOT_FOUND. */
enum err_code file_group_find(const char *name, gid_t *gid, struct err *e);

#endif
