/* Codes: what staff, customers, products and suppliers are called by commands and files. */
#ifndef CHOTDON_CODE_H
#define CHOTDON_CODE_H

#include <stdbool.h>

#include "base/err.h"

#define CODE_MAX 64 /* bytes */

/* A code is 1 to 64 bytes of printable text without `:` `+` `@` (they part codes on the command line) and without
 * blanks at its ends. ERR_INVALID names the field. */
enum err_code code_check(const char *code, const char *field, struct err *e);
bool code_is_valid(const char *code);

#endif
