/* The parts of taking an import back that have a file of their own. */
#ifndef DOMAIN_IMPORT_UNDO_H
#define DOMAIN_IMPORT_UNDO_H

#include "chotdon/shop.h"

/* ERR_REFUSED while something else names the deals. */
enum err_code import_undo_deals(struct shop *shop, int64_t import_id, int64_t *removed, struct err *e);
/* Stages without a deal and without history; the others stay. */
enum err_code import_undo_stages(struct shop *shop, int64_t import_id, struct err *e);

#endif
