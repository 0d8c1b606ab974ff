/* What the files of search share. Nobody else includes it.
 *
 * Every way in which an entry may be found is a term in one ordered table, and a query is a few ranges of it. A term
 * begins with its class: a  the whole text                                      "nguyen van dat" b  the text from a
 * later word on, what is before it behind two blanks    "van dat  nguyen", "dat  nguyen van" c  the initials "nvd" d  a
 * number, e  the same backwards, for its last digits f  what is inside a word, from three characters, and the word:
 * "guyen nguyen", "yen nguyen". Once per kind, with id 0; a word that nothing has any more does no harm. So any run of
 * words, the last one unfinished, is one range of a and one of b, whole words before longer ones. */
#ifndef DB_SEARCH_H
#define DB_SEARCH_H

#include "base/buf.h"
#include "db/seam.h"

enum {
    SEARCH_MAX_WORDS = 24, /* of an entry or a query; later ones are only found together with those before */
    SEARCH_MIN_INSIDE = 3  /* characters of a part that is found inside a word */
};

/* Letters, digits and what is not ASCII; all else separates words, which are joined by `joint` ("" or " "). The caller
 * owns it. */
char *search_normalise(const char *text, const char *joint);

/* Where the words of a normalised text begin, at most SEARCH_MAX_WORDS. */
int search_split(const char *text, size_t *starts);

/* `s` backwards, character by character. */
void search_add_reversed(struct buf *b, const char *s);

struct search_stored {
    char *text; /* NULL when there is no entry */
    char *numbers;
};
enum err_code search_load(struct db *db, enum search_kind kind, int64_t id, struct search_stored *out, struct err *e);
void search_stored_clear(struct search_stored *s);

/* --- Terms wait in memory until the transaction ends, since in order they are written several times faster
 * (search_pending.c). */
void search_pending_add(struct db *db, enum search_kind kind, const char *term, int64_t id, bool remove);
/* Is this word new since the transaction began? */
bool search_pending_new_word(struct db *db, enum search_kind kind, const char *word);

#endif
