/* Opens a document with the program of the desktop ([files] opener, xdg-open). */
#ifndef IO_OPENER_H
#define IO_OPENER_H

#include "base/err.h"

/* Runs `command` (words parted by blanks; no shell reads it) with `path` as its last argument, away from this terminal,
 * and does not wait for its end. ERR_NOT_FOUND when path is no address (https://…) and there is no such file;
 * ERR_INVALID for an empty command; ERR_IO when it cannot be started or fails at once. */
enum err_code opener_open(const char *command, const char *path, struct err *e);

#endif
