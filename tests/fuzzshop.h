/* The shop that fuzzing works on: a small one in a file of its own, as good as new for every input. Programs that are
 * started find nothing to run, and files land in a folder that is removed. */
#ifndef TESTS_FUZZSHOP_H
#define TESTS_FUZZSHOP_H

#include <stddef.h>
#include <stdint.h>

#include "chotdon/shop.h"

const char *fuzzshop_new(void);   /* writes the file anew; its path */
struct shop *fuzzshop_open(void); /* over a new file; aborts when it cannot */
struct shop_options fuzzshop_options(void);
void fuzzshop_bytes(const uint8_t **bytes, size_t *size); /* of the file, borrowed */
void fuzzshop_put(const uint8_t *bytes, size_t size);     /* these bytes as the file */

/* Ends the program, naming what is wrong, unless the books and the audit chain hold. */
void fuzzshop_check(struct shop *shop);

/* A file of these bytes, its path; close the descriptor. */
int fuzzshop_file(const uint8_t *bytes, size_t size, char path[64]);

#endif
