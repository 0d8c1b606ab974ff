/* Text as people in Vietnam write it: NFC storage, accent-blind folding, display width, Vietnamese order. The only user
 * of utf8proc. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* All inputs are NUL-terminated UTF-8; bytes that are not UTF-8 count as U+FFFD. All `char *` results are owned by the
 * caller. */

bool text_is_utf8(const char *bytes, size_t len); /* strict: no overlong forms, no surrogates, no NUL */

char *text_nfc(const char *text);  /* NFC, outer white space taken off, inner runs of blanks kept */
char *text_fold(const char *text); /* for comparing and searching: no marks, đ → d, lower case, NFKD compatibility
                                      forms, invisible characters dropped, blanks squeezed and taken off */
bool text_equal_folded(const char *a, const char *b);
bool text_contains_folded(const char *text, const char *part); /* part "" is contained */
char *text_initials(const char *text); /* "Nguyễn Văn Đạt" → "nvd" (folded first letters of words) */
char *text_ascii(const char *text);    /* accents taken off but case kept; anything else outside ASCII becomes '?' */
char *text_upper(const char *text);    /* upper case, accents kept: titles */

/* Keys that strcmp puts into Vietnamese order (a ă â … tones none huyền hỏi ngã sắc nặng); ASCII only, so that a
 * database can sort by them. Syllable by syllable, as dictionaries do; case and punctuation do not count. `name` true:
 * by the last word first, then the whole, as Vietnamese names sort. */
char *text_sort_key(const char *text, bool name);

/* A code out of a name where it can be one: folded, upper case, blanks become '-', only A–Z 0–9 . _ - kept; at most max
 * bytes. NULL when nothing is left. */
char *text_to_code(const char *name, size_t max);

/* Cells on a terminal: what hides counts as text_visible shows it. */
int text_width(const char *text);

/* The next grapheme cluster at *p: its length in bytes (0 at the end) and its width in cells, 1 or 2 (0 at the end).
 * What text_visible would replace is a cluster of its own. A cluster has some tens of bytes at
 * most: a flood of marks is several. */
size_t text_grapheme(const char *p, int *width);

/* The grapheme before `at` in `text`: how many bytes it has (0 at the beginning). */
size_t text_grapheme_before(const char *text, size_t at);

/* At most `width` cells of text, with … where something was cut. */
char *text_truncate(const char *text, int width);

/* Text that is safe to show: control bytes as ␀…␡ pictures, bidi controls and zero-width characters as ·, line ends as
 * ␤, bytes that are not UTF-8 and unassigned characters as U+FFFD, a mark without its letter on ◌. */
char *text_visible(const char *text);

/* Has something that text_visible would change. */
bool text_has_hidden(const char *text);

#endif
