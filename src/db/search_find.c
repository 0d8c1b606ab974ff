/* Search as one ordered table: every way an entry may be found is a term in it, and a query is a range or two.
 *
 * A term begins with its class, the best first:
 *   a  the whole text                               "nguyen van dat"
 *   b  the text from each later word on, the words before it behind two blanks   "van dat  nguyen", "dat  nguyen van"
 *   c  the initials                                 "nvd"
 *   d  each number, e  the same backwards, for its last digits
 *   f  the inside of words, from three characters   "guyen", "uyen", "yen"
 * So any run of words, the last one unfinished, is one range of a and b, in alphabetical order with the whole word
 * before longer ones. Words that do not stand together are found through the rarest of them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/db.h"

enum {
    MAX_WORDS = 24,      /* of an entry or a query; what is beyond is only found together with what is before */
    MAX_TERM = 160,      /* bytes of a term; longer texts are cut */
    MIN_INSIDE = 3,      /* characters of a part that is found inside a word */
    COUNT_ENOUGH = 1000, /* a word with so many entries is not counted further */
    MAX_ROWS = 3000,     /* looked at for words that do not stand together */
    MAX_LOOKUPS = 400    /* of whole entries for the same */
};

#define AFTER_ALL "\xf4\x8f\xbf\xbf" /* U+10FFFF: sorts after every text with the same beginning */

/* Anything but letters, digits and what is not ASCII separates words; blanks are single, none outside. */
static char *normalise(const char *text, bool keep_blanks) {
    struct buf b = BUF_INIT;
    bool gap = false;
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c >= 0x80 || isalnum(c)) {
            if (gap && keep_blanks && b.len > 0) {
                buf_add_char(&b, ' ');
            }
            buf_add_char(&b, *p);
        }
        gap = c < 0x80 && !isalnum(c);
    }
    return buf_take(&b);
}

/* Words of a normalised text, as offsets. */
static int split(const char *text, size_t *starts) {
    int n = 0;
    for (const char *p = text; *p != '\0' && n < MAX_WORDS; p++) {
        if (p == text || p[-1] == ' ') {
            starts[n++] = (size_t)(p - text);
        }
    }
    return n;
}

static bool is_char_start(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

static void add_reversed(struct buf *b, const char *s) {
    for (size_t end = strlen(s); end > 0;) {
        size_t start = end - 1;
        while (start > 0 && !is_char_start(s[start])) {
            start--;
        }
        buf_add_bytes(b, s + start, end - start);
        end = start;
    }
}

/* --- an entry's terms, one after the other */
struct term_writer {
    struct db *db;
    const char *sql; /* with kind, term, id as $1, $2, $3 */
    int64_t kind;
    int64_t id;
    struct buf term;
    struct err *e;
};

static enum err_code write_term(struct term_writer *w) {
    if (w->term.len > MAX_TERM) {
        size_t n = MAX_TERM;
        while (!is_char_start(w->term.data[n])) {
            n--;
        }
        w->term.data[n] = '\0';
    }
    return db_run(w->db, w->sql, DB_BIND(DB_INT(w->kind), DB_TEXT(buf_str(&w->term)), DB_INT(w->id)), w->e);
}

static void begin_term(struct term_writer *w, char class) {
    buf_reset(&w->term);
    buf_add_char(&w->term, class);
}

static enum err_code write_rotations(struct term_writer *w, const char *text, const size_t *starts, int words) {
    enum err_code rc = ERR_OK;
    for (int i = 0; rc == ERR_OK && i < words; i++) {
        begin_term(w, i == 0 ? 'a' : 'b');
        buf_add(&w->term, text + starts[i]);
        if (i > 0) {
            buf_add(&w->term, "  ");
            buf_add_bytes(&w->term, text, starts[i] - 1);
        }
        rc = write_term(w);
    }
    return rc;
}

static enum err_code write_initials(struct term_writer *w, const char *text, const size_t *starts, int words) {
    if (words < 2) {
        return ERR_OK;
    }
    begin_term(w, 'c');
    for (int i = 0; i < words; i++) {
        size_t n = 1;
        while (!is_char_start(text[starts[i] + n])) {
            n++;
        }
        buf_add_bytes(&w->term, text + starts[i], n);
    }
    return write_term(w);
}

static enum err_code write_insides(struct term_writer *w, const char *text, const size_t *starts, int words) {
    enum err_code rc = ERR_OK;
    for (int i = 0; i < words; i++) {
        const char *word = text + starts[i];
        size_t n = strcspn(word, " ");
        for (size_t from = 1; rc == ERR_OK && from + MIN_INSIDE <= n; from++) {
            if (is_char_start(word[from])) {
                begin_term(w, 'f');
                buf_add_bytes(&w->term, word + from, n - from);
                rc = write_term(w);
            }
        }
    }
    return rc;
}

static enum err_code write_numbers(struct term_writer *w, const char *numbers) {
    enum err_code rc = ERR_OK;
    for (const char *p = numbers; rc == ERR_OK && *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *number = mem_strndup(p, n);
        begin_term(w, 'd');
        buf_add(&w->term, number);
        rc = write_term(w);
        if (rc == ERR_OK) {
            begin_term(w, 'e');
            add_reversed(&w->term, number);
            rc = write_term(w);
        }
        free(number);
        p += n;
    }
    return rc;
}

static enum err_code write_terms(struct db *db, const char *sql, enum search_kind kind, int64_t id, const char *text,
                                 const char *numbers, struct err *e) {
    struct term_writer w = {.db = db, .sql = sql, .kind = kind, .id = id, .e = e};
    size_t starts[MAX_WORDS];
    int words = split(text, starts);
    enum err_code rc = write_rotations(&w, text, starts, words);
    if (rc == ERR_OK) {
        rc = write_initials(&w, text, starts, words);
    }
    if (rc == ERR_OK) {
        rc = write_insides(&w, text, starts, words);
    }
    if (rc == ERR_OK) {
        rc = write_numbers(&w, numbers);
    }
    buf_clear(&w.term);
    return rc;
}

/* --- keeping entries */
struct stored {
    char *text; /* NULL when there is none */
    char *numbers;
};

static void stored_clear(struct stored *s) {
    free(s->text);
    free(s->numbers);
    *s = (struct stored){NULL, NULL};
}

static enum err_code load(struct db *db, enum search_kind kind, int64_t id, struct stored *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT folded, numbers FROM search_entry WHERE kind = $1 AND id = $2",
                                DB_BIND(DB_INT(kind), DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct err failed = ERR_INIT;
    enum db_row row = db_next(s, &failed);
    if (row == DB_ROW) {
        *out = (struct stored){db_col_dup(s, 0), db_col_dup(s, 1)};
    } else if (row == DB_FAILED) {
        rc = err_set(e, failed.code, "%s", failed.message);
    }
    db_done(&s);
    return rc;
}

static const char delete_term_sql[] = "DELETE FROM search_term WHERE kind = $1 AND term = $2 AND id = $3";

static char *join_numbers(const char *const *numbers) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; numbers != NULL && numbers[i] != NULL; i++) {
        char *number = normalise(numbers[i], false);
        if (number[0] != '\0') {
            buf_add(&b, b.len > 0 ? " " : "");
            buf_add(&b, number);
        }
        free(number);
    }
    return buf_take(&b);
}

static bool same(const struct stored *a, const struct stored *b) {
    return a->text != NULL && strcmp(a->text, b->text) == 0 && strcmp(a->numbers, b->numbers) == 0;
}

static enum err_code replace(struct db *db, enum search_kind kind, int64_t id, const struct stored *old,
                             const struct stored *new, struct err *e) {
    enum err_code rc = ERR_OK;
    if (old->text != NULL) {
        rc = write_terms(db, delete_term_sql, kind, id, old->text, old->numbers, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(db,
                    "INSERT INTO search_entry(kind, id, folded, numbers) VALUES($1, $2, $3, $4) "
                    "ON CONFLICT(kind, id) DO UPDATE SET folded = excluded.folded, numbers = excluded.numbers",
                    DB_BIND(DB_INT(kind), DB_INT(id), DB_TEXT(new->text), DB_TEXT(new->numbers)), e);
    }
    if (rc == ERR_OK) {
        rc = write_terms(db,
                         "INSERT INTO search_term(kind, term, id) VALUES($1, $2, $3) "
                         "ON CONFLICT(kind, term, id) DO NOTHING",
                         kind, id, new->text, new->numbers, e);
    }
    return rc;
}

enum err_code db_search_put(struct db *db, enum search_kind kind, int64_t id, const struct search_entry *entry,
                            struct err *e) {
    struct stored old = {NULL, NULL};
    struct stored new = {normalise(entry->folded, true), join_numbers(entry->numbers)};
    enum err_code rc = load(db, kind, id, &old, e);
    if (rc == ERR_OK && !same(&old, &new)) {
        rc = replace(db, kind, id, &old, &new, e);
    }
    stored_clear(&old);
    stored_clear(&new);
    return rc;
}

enum err_code db_search_remove(struct db *db, enum search_kind kind, int64_t id, struct err *e) {
    struct stored old = {NULL, NULL};
    enum err_code rc = load(db, kind, id, &old, e);
    if (rc == ERR_OK && old.text != NULL) {
        rc = write_terms(db, delete_term_sql, kind, id, old.text, old.numbers, e);
    }
    if (rc == ERR_OK && old.text != NULL) {
        rc = db_run(db, "DELETE FROM search_entry WHERE kind = $1 AND id = $2", DB_BIND(DB_INT(kind), DB_INT(id)), e);
    }
    stored_clear(&old);
    return rc;
}

/* --- finding */
struct search {
    struct db *db;
    enum search_kind kind;
    int64_t *ids;
    int limit;
    int count;
    char *text;     /* the query's words */
    char *squeezed; /* without blanks: a phone typed in groups */
    size_t starts[MAX_WORDS];
    int words;
    struct err *e;
};

static bool full(const struct search *s) {
    return s->count >= s->limit;
}

static void found(struct search *s, int64_t id) {
    for (int i = 0; i < s->count; i++) {
        if (s->ids[i] == id) {
            return;
        }
    }
    if (!full(s)) {
        s->ids[s->count++] = id;
    }
}

static char *range_end(const char *beginning) {
    return mem_printf("%s" AFTER_ALL, beginning);
}

/* Adds what has a term of this class that begins (or, `whole`, is) so. */
static enum err_code add_range(struct search *s, char class, const char *beginning, bool whole) {
    if (full(s)) {
        return ERR_OK;
    }
    char *from = mem_printf("%c%s", class, beginning);
    char *to = whole ? mem_strdup(from) : range_end(from);
    struct db_stmt *q = NULL;
    enum err_code rc =
        db_query(s->db, "SELECT id FROM search_term WHERE kind = $1 AND term >= $2 AND term <= $3 ORDER BY term, id",
                 DB_BIND(DB_INT(s->kind), DB_TEXT(from), DB_TEXT(to)), &q, s->e);
    enum db_row row = DB_END;
    for (int n = 0; rc == ERR_OK && n < MAX_ROWS && !full(s) && (row = db_next(q, s->e)) == DB_ROW; n++) {
        found(s, db_col_int(q, 0));
    }
    db_done(&q);
    free(from);
    free(to);
    return row == DB_FAILED ? s->e->code : rc;
}

static enum err_code add_numbers(struct search *s, bool whole) {
    enum err_code rc = add_range(s, 'd', s->squeezed, whole);
    if (rc != ERR_OK || whole) {
        return rc;
    }
    struct buf backwards = BUF_INIT;
    add_reversed(&backwards, s->squeezed);
    rc = add_range(s, 'e', buf_str(&backwards), false);
    buf_clear(&backwards);
    return rc;
}

static bool only_digits(const char *s) {
    return s[strspn(s, "0123456789")] == '\0';
}

static enum err_code add_words(struct search *s) {
    enum err_code rc = add_range(s, 'a', s->text, false);
    if (rc == ERR_OK) {
        rc = add_range(s, 'b', s->text, false);
    }
    if (rc == ERR_OK && s->words == 1) {
        rc = add_range(s, 'c', s->text, false);
    }
    return rc;
}

static bool has_word(const char *text, const char *word, size_t n, bool start_only) {
    for (const char *p = text; *p != '\0'; p++) {
        if (strncmp(p, word, n) == 0 && (!start_only || p == text || p[-1] == ' ')) {
            return true;
        }
    }
    return false;
}

static bool has_number(const char *numbers, const char *word, size_t n) {
    for (const char *p = numbers; *p != '\0'; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        if (len >= n && (memcmp(p, word, n) == 0 || memcmp(p + len - n, word, n) == 0)) {
            return true;
        }
        p += len;
    }
    return false;
}

static bool all_match(const struct search *s, const char *text, const char *numbers) {
    for (int i = 0; i < s->words; i++) {
        const char *word = s->text + s->starts[i];
        size_t n = strcspn(word, " ");
        if (!has_word(text, word, n, n < MIN_INSIDE) && !has_number(numbers, word, n)) {
            return false;
        }
    }
    return true;
}

/* One of the query's words as the way in: its terms of one class, each entry checked for the other words. */
struct way_in {
    const char *word;
    int rows;
    int lookups;
};

static enum err_code consider(struct search *s, struct way_in *w, struct db_stmt *q) {
    int64_t id = db_col_int(q, 0);
    const char *term = db_col_text(q, 1);
    if ((term[0] == 'a' || term[0] == 'b') && all_match(s, term + 1, "")) {
        found(s, id);
        return ERR_OK;
    }
    if (++w->lookups > MAX_LOOKUPS) {
        return ERR_OK;
    }
    struct stored entry = {NULL, NULL};
    enum err_code rc = load(s->db, s->kind, id, &entry, s->e);
    if (rc == ERR_OK && entry.text != NULL && all_match(s, entry.text, entry.numbers)) {
        found(s, id);
    }
    stored_clear(&entry);
    return rc;
}

static enum err_code enter_by(struct search *s, struct way_in *w, char class, const char *beginning) {
    if (full(s)) {
        return ERR_OK;
    }
    char *from = mem_printf("%c%s", class, beginning);
    char *to = range_end(from);
    struct db_stmt *q = NULL;
    enum err_code rc = db_query(
        s->db, "SELECT id, term FROM search_term WHERE kind = $1 AND term >= $2 AND term <= $3 ORDER BY term, id",
        DB_BIND(DB_INT(s->kind), DB_TEXT(from), DB_TEXT(to)), &q, s->e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && !full(s) && w->rows++ < MAX_ROWS && (row = db_next(q, s->e)) == DB_ROW) {
        rc = consider(s, w, q);
    }
    db_done(&q);
    free(from);
    free(to);
    return row == DB_FAILED ? s->e->code : rc;
}

static enum err_code count_terms(struct search *s, char class, const char *word, int64_t *count) {
    char *from = mem_printf("%c%s", class, word);
    char *to = range_end(from);
    int64_t n = 0;
    enum err_code rc = db_get_int(s->db,
                                  "SELECT count(*) FROM (SELECT 1 FROM search_term WHERE kind = $1 AND term >= $2 "
                                  "AND term <= $3 LIMIT $4) AS t",
                                  DB_BIND(DB_INT(s->kind), DB_TEXT(from), DB_TEXT(to), DB_INT(COUNT_ENOUGH)), &n, s->e);
    *count += n;
    free(from);
    free(to);
    return rc;
}

/* The word of the query that begins the fewest words of entries; the caller frees it. */
static enum err_code rarest_word(struct search *s, char **out) {
    int64_t fewest = INT64_MAX;
    enum err_code rc = ERR_OK;
    *out = NULL;
    for (int i = 0; rc == ERR_OK && i < s->words; i++) {
        const char *at = s->text + s->starts[i];
        char *word = mem_strndup(at, strcspn(at, " "));
        int64_t count = 0;
        rc = count_terms(s, 'a', word, &count);
        if (rc == ERR_OK) {
            rc = count_terms(s, 'b', word, &count);
        }
        bool part = strlen(word) >= MIN_INSIDE;
        if (rc == ERR_OK && part) {
            rc = count_terms(s, 'f', word, &count);
        }
        if (rc == ERR_OK && (count < fewest || (count == fewest && strlen(word) > strlen(*out)))) {
            fewest = count;
            free(*out);
            *out = word;
        } else {
            free(word);
        }
    }
    return rc;
}

/* Words that do not stand together in the entry. */
static enum err_code add_scattered(struct search *s) {
    char *word = NULL;
    enum err_code rc = full(s) ? ERR_OK : rarest_word(s, &word);
    struct way_in w = {.word = word};
    struct buf backwards = BUF_INIT;
    if (word != NULL) {
        add_reversed(&backwards, word);
    }
    static const char classes[] = "abdef";
    for (const char *class = classes; rc == ERR_OK && word != NULL && *class != '\0'; class ++) {
        if (*class != 'f' || strlen(word) >= MIN_INSIDE) {
            rc = enter_by(s, &w, *class, *class == 'e' ? buf_str(&backwards) : word);
        }
    }
    buf_clear(&backwards);
    free(word);
    return rc;
}

static enum err_code find(struct search *s) {
    bool digits = only_digits(s->squeezed);
    enum err_code rc = add_numbers(s, true);
    if (rc == ERR_OK && digits) {
        rc = add_numbers(s, false);
    }
    if (rc == ERR_OK) {
        rc = add_words(s);
    }
    if (rc == ERR_OK && !digits) {
        rc = add_numbers(s, false);
    }
    if (rc == ERR_OK && s->words == 1 && strlen(s->text) >= MIN_INSIDE) {
        rc = add_range(s, 'f', s->text, false);
    }
    if (rc == ERR_OK && s->words > 1) {
        rc = add_scattered(s);
    }
    return rc;
}

enum err_code db_search(struct db *db, enum search_kind kind, const char *folded_query, int64_t *ids, int limit,
                        int *count, struct err *e) {
    struct err own = ERR_INIT;
    struct search s = {.db = db, .kind = kind, .ids = ids, .limit = limit, .e = e == NULL ? &own : e};
    s.text = normalise(folded_query, true);
    s.squeezed = normalise(folded_query, false);
    s.words = split(s.text, s.starts);
    enum err_code rc = s.words == 0 ? ERR_OK : find(&s);
    *count = rc == ERR_OK ? s.count : 0;
    free(s.text);
    free(s.squeezed);
    return rc;
}
