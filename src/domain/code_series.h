/* Codes that the shop gives by itself: KH000001, NCC0001. */
#ifndef DOMAIN_CODE_SERIES_H
#define DOMAIN_CODE_SERIES_H

#include "chotdon/code.h"
#include "db/db.h"

struct code_series {
    const char *prefix; /* also its name in the table of counters */
    int digits;
    const char *sql_taken; /* gives a row when code $1 is taken */
    const char *sql_last;  /* the last code between $1 and $2, of $3 characters; "" for none */
};

/* The next free code, inside a transaction. Codes of the same form that people or files gave are stepped over. */
enum err_code code_next(struct db *db, const struct code_series *series, char code[CODE_MAX + 1], struct err *e);

/* Where many follow one another and none can be taken: how many were given so far, the code of a number, and that so
 * many are given. */
enum err_code code_last(struct db *db, const struct code_series *series, int64_t *last, struct err *e);
void code_write(const struct code_series *series, int64_t number, char code[CODE_MAX + 1]);
enum err_code code_give_up_to(struct db *db, const struct code_series *series, int64_t last, struct err *e);

#endif
