/* A shop file from somebody who means ill: hostile bytes in every text column that there is, also in those that will be
 * added; and the eye that looks for what must not reach a terminal. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Escapes, controls of both sets, bidi overrides, zero-width characters, line separators, a flood of marks, bytes that
 * are not UTF-8, quotes and a formula; no NUL. */
extern const char hostile_text[];

enum hostile_kind {
    HOSTILE_WORDS,   /* before what is in text columns; words that the program compares and dates stay */
    HOSTILE_ALL,     /* in all text columns, whatever the schema's checks say */
    HOSTILE_NUMBERS, /* the ends of 64 bits in all columns of numbers that are not keys, whatever the checks say */
    HOSTILE_LONG,    /* one text of 20 000 bytes in each column */
};

/* Changes a database file that nobody has open, with SQLite's own program: the same way each time, in another way for
 * each number in CHOTDON_HOSTILE_SEED. */
void hostile_fill(const char *path, enum hostile_kind kind);

/* Where a text has what a terminal must never get, or NULL. Line ends are allowed, and so many marks on a letter. */
const char *hostile_find(const char *text, size_t len, int most_marks);

/* The program under test, beside the test program's folder; the caller frees it. */
char *hostile_program(void);

/* Runs `program args` (for sh) for at most 60 s and gives what it printed, both streams, and its exit status as the
 * shell has it (over 128: killed). The caller frees the text. */
char *hostile_run(const char *program, const char *args, int *status, size_t *len);

#endif
