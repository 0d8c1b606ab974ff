/* The machine's own settings: an INI file that is checked against a table, and the table that documents itself. What
 * changes the books is no business of this file (DOMAIN 1). */
#ifndef IO_CONFIG_H
#define IO_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "io/ini.h"

enum config_type { CONFIG_TEXT, CONFIG_INT, CONFIG_BOOL, CONFIG_CHOICE, CONFIG_ACCOUNT /* of the ledger: 1111 */ };

struct config_key {
    const char *section;
    const char *key;
    enum config_type type;
    const char *fallback; /* the value when the file has none, as it would be written */
    const char *choices;  /* CONFIG_CHOICE: "dark|light"; CONFIG_INT: "0-1440" */
    const char *doc;      /* English, one sentence */
};

struct config;

/* Reads and checks the file; path NULL gives the defaults. ERR_NOT_FOUND, ERR_IO; ERR_INVALID with line and
 * `FILE:LINE:` for what ini_read refuses, an unknown section or key, a value of the wrong kind. */
enum err_code config_load(const char *path, struct config **out, struct err *e);
void config_free(struct config *c); /* NULL is accepted */

/* Which file to read: `given` (ERR_NOT_FOUND when it cannot be read), else CONFIG_HOME/chotdon/config.ini, else
 * /etc/chotdon.ini, else *path = NULL: there is none. The caller owns *path. */
enum err_code config_find(const char *given, const char *config_home, char **path, struct err *e);

const char *config_path(const struct config *c); /* NULL when there was no file */

/* The value of a key of the table; asking for any other is a programming error. Text is borrowed from the config. */
const char *config_text(const struct config *c, const char *section, const char *key);
int64_t config_int(const struct config *c, const char *section, const char *key);
bool config_bool(const struct config *c, const char *section, const char *key);

/* The free sections, [keys] and [import.NAME]: entries of `section` as the file has them, one for each index from 0;
 * NULL behind the last. */
const struct ini_entry *config_entry(const struct config *c, const char *section, size_t index);

/* The names of the [import.NAME] sections, one for each index from 0; NULL behind the last. */
const char *config_import_name(const struct config *c, size_t index);

/* An ERR_INVALID about an entry of the file, headed by `FILE:LINE:`; for readers of the free sections. */
enum err_code config_fault(const struct config *c, const struct ini_entry *entry, const char *reason, struct err *e);

const struct config_key *config_keys(size_t *count);
void config_show(const struct config *c, FILE *out); /* what is in force, as an INI file */
void config_example(FILE *out);                      /* config.ini.example */

/* A field name that files of some kind may have, or an option of an import profile: what an [import.NAME] key may be
 * (io/profile.h). */
bool config_import_key_known(const char *key);

#endif
