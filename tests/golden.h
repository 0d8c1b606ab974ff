/* Texts compared with files under tests/golden. UPDATE_GOLDEN=1 writes the files instead: look at the difference before
 * committing. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

/* Fails the running test, printing where the texts part. `made_by` (the keys that led there) stands in the file's first
 * line; NULL: no such line. name: "tui/help", without the ending. */
void golden_check(const char *name, const char *made_by, const char *text);

#endif
