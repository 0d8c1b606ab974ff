/* That no write goes without a row in the audit (DOMAIN 10); audit_writes.c has the table of exceptions. */
#ifndef DOMAIN_AUDIT_WRITES_H
#define DOMAIN_AUDIT_WRITES_H

#include "base/err.h"

struct shop;

#define AUDIT_UNNAMED "shop.write" /* the action of a row for a writer that left none: a fault of the program */

enum audit_excuse { AUDIT_NO_EXCUSE, AUDIT_BASKET, AUDIT_PIN_TRY };

/* Inside shop_transact: up to its end, the tables of this exception may change without a row. */
void audit_excuse(struct shop *shop, enum audit_excuse why);

/* Just before COMMIT. */
enum err_code audit_writes_check(struct shop *shop, struct err *e);

#endif
