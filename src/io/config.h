/* The machine's own settings, in an INI file: database path, printer, keys, theme, language, import profiles. */
#ifndef IO_CONFIG_H
#define IO_CONFIG_H

#include "base/err.h"

struct config;

/* Which file to read: `given` (ERR_NOT_FOUND when it is not there), else HOME/chotdon/config.ini, else
 * /etc/chotdon.ini, else *path = NULL: there is none. The caller owns *path. */
enum err_code config_find(const char *given, const char *config_home, char **path, struct err *e);

/* Reads a file; NULL gives the defaults. The caller owns *out. ERR_INVALID with the line for an unknown or repeated
 * key. */
enum err_code config_load(const char *path, struct config **out, struct err *e);
void config_free(struct config *c); /* accepts NULL */

/* The value in force, or the key's default; borrowed. The key must be one of the table's. */
const char *config_text(const struct config *c, const char *section, const char *key);

#endif
