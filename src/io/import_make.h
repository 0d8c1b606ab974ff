/* Records that rows name and that are not there yet: made with --create-missing, else the row is rejected. While the
 * import is only looking, nothing is made and *id is 0. */
#ifndef IO_IMPORT_MAKE_H
#define IO_IMPORT_MAKE_H

#include "io/import_core.h"

enum err_code import_need_staff(struct import *im, const char *code_or_name, int64_t *id, struct err *e);

/* `name` of a product that must be made, "" the text itself; its price where it has none. *unit as import_ref_find. */
enum err_code import_need_product(struct import *im, const char *text, const char *name, int64_t price, int64_t *id,
                                  const char **unit, struct err *e);

/* By code or name, else by phone; *id 0 when nothing is said: a walk-in. */
enum err_code import_need_customer(struct import *im, const char *code_or_name, const char *phone, const char *name,
                                   int64_t *id, struct err *e);

/* The same without making anybody: *id 0 when nobody is found. */
enum err_code import_known_customer(struct import *im, const char *code_or_name, const char *phone, int64_t *id,
                                    struct err *e);

enum err_code import_need_channel(struct import *im, const char *name, int64_t *id, struct err *e);

#endif
