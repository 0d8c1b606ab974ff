/* Entries and the terms by which they are found (search.h says which). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/search.h"

enum { MAX_TERM = 160 }; /* bytes; longer ones are cut */

char *search_normalise(const char *text, const char *joint) {
    struct buf b = BUF_INIT;
    bool gap = false;
    for (const char *p = text; *p != '\0'; p++) {
        bool part = (unsigned char)*p >= 0x80 || isalnum((unsigned char)*p);
        if (part) {
            buf_add(&b, gap && b.len > 0 ? joint : "");
            buf_add_char(&b, *p);
        }
        gap = !part;
    }
    return buf_take(&b);
}

int search_split(const char *text, size_t *starts) {
    int n = 0;
    for (const char *p = text; *p != '\0' && n < SEARCH_MAX_WORDS; p++) {
        if (p == text || p[-1] == ' ') {
            starts[n++] = (size_t)(p - text);
        }
    }
    return n;
}

static bool is_char_start(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

void search_add_reversed(struct buf *b, const char *s) {
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
struct writer {
    struct db *db;
    enum search_kind kind;
    int64_t id;
    bool remove;
    const char *numbers; /* of the entry */
    struct buf term;
};

static void begin(struct writer *w, char class) {
    buf_reset(&w->term);
    buf_add_char(&w->term, class);
}

static void end(struct writer *w, int64_t id) {
    if (w->term.len > MAX_TERM) {
        size_t n = MAX_TERM;
        while (!is_char_start(w->term.data[n])) {
            n--;
        }
        w->term.data[n] = '\0';
    }
    search_pending_add(w->db, w->kind, w->term.data, id, w->remove);
}

static void add_rotations(struct writer *w, const char *text, const size_t *starts, int words) {
    for (int i = 0; i < words; i++) {
        begin(w, i == 0 ? 'a' : 'b');
        buf_add(&w->term, text + starts[i]);
        if (i > 0) {
            buf_add(&w->term, "  ");
            buf_add_bytes(&w->term, text, starts[i] - 1);
        }
        end(w, w->id);
    }
}

static void add_initials(struct writer *w, const char *text, const size_t *starts, int words) {
    begin(w, 'c');
    for (int i = 0; i < words; i++) {
        size_t n = 1;
        while (!is_char_start(text[starts[i] + n])) {
            n++;
        }
        buf_add_bytes(&w->term, text + starts[i], n);
    }
    if (words > 1) {
        end(w, w->id);
    }
}

static bool has_part(const char *numbers, const char *part) {
    size_t n = strlen(part);
    for (const char *p = numbers; *p != '\0'; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        if (len == n && memcmp(p, part, n) == 0) {
            return true;
        }
        p += len;
    }
    return false;
}

static bool is_bare_number(const char *word) {
    return word[strspn(word, "0123456789")] == '\0';
}

/* Not of bare numbers and of the entry's own code as a word: nobody looks for the middle of one, and no two share it.
 */
static void add_insides(struct writer *w, const char *word) {
    size_t n = strlen(word);
    if (w->remove || is_bare_number(word) || has_part(w->numbers, word) || n <= SEARCH_MIN_INSIDE || n > MAX_TERM / 2 ||
        !search_pending_new_word(w->db, w->kind, word)) {
        return;
    }
    for (size_t from = 1; from + SEARCH_MIN_INSIDE <= n; from++) {
        if (is_char_start(word[from])) {
            begin(w, 'f');
            buf_add(&w->term, word + from);
            buf_add_char(&w->term, ' ');
            buf_add(&w->term, word);
            end(w, 0);
        }
    }
}

/* By its last digits, too; but not the codes of customers, which count up: their ends say little. */
static void add_number(struct writer *w, const char *number) {
    begin(w, 'd');
    buf_add(&w->term, number);
    end(w, w->id);
    if (w->kind != SEARCH_CUSTOMER || is_bare_number(number)) {
        begin(w, 'e');
        search_add_reversed(&w->term, number);
        end(w, w->id);
    }
}

/* Calls `add` for each of the blank-separated parts of a text. */
static void each_part(struct writer *w, const char *text, void (*add)(struct writer *w, const char *part)) {
    for (const char *p = text; *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *part = mem_strndup(p, n);
        add(w, part);
        free(part);
        p += n;
    }
}

static void add_terms(struct writer w, const struct search_stored *entry) {
    size_t starts[SEARCH_MAX_WORDS];
    int words = search_split(entry->text, starts);
    w.numbers = entry->numbers;
    add_rotations(&w, entry->text, starts, words);
    add_initials(&w, entry->text, starts, words);
    each_part(&w, entry->text, add_insides);
    each_part(&w, entry->numbers, add_number);
    buf_clear(&w.term);
}

/* --- keeping entries */
void search_stored_clear(struct search_stored *s) {
    free(s->text);
    free(s->numbers);
    *s = (struct search_stored){NULL, NULL};
}

enum err_code search_load(struct db *db, enum search_kind kind, int64_t id, struct search_stored *out, struct err *e) {
    struct err own = ERR_INIT;
    struct err *why = e == NULL ? &own : e;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT folded, numbers FROM search_entry WHERE kind = $1 AND id = $2",
                                DB_BIND(DB_INT(kind), DB_INT(id)), &s, why);
    enum db_row row = rc == ERR_OK ? db_next(s, why) : DB_END;
    if (row == DB_ROW) {
        *out = (struct search_stored){db_col_dup(s, 0), db_col_dup(s, 1)};
    }
    db_done(&s);
    return row == DB_FAILED ? why->code : rc;
}

static char *join_numbers(const char *const *numbers) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; numbers != NULL && numbers[i] != NULL; i++) {
        char *number = search_normalise(numbers[i], "");
        buf_add(&b, b.len > 0 && number[0] != '\0' ? " " : "");
        buf_add(&b, number);
        free(number);
    }
    return buf_take(&b);
}

static bool same(const struct search_stored *a, const struct search_stored *b) {
    return a->text != NULL && strcmp(a->text, b->text) == 0 && strcmp(a->numbers, b->numbers) == 0;
}

static struct search_stored stored_of(const struct search_entry *entry) {
    return (struct search_stored){search_normalise(entry->folded, " "), join_numbers(entry->numbers)};
}

enum err_code db_search_add(struct db *db, enum search_kind kind, int64_t id, const struct search_entry *entry,
                            struct err *e) {
    if (!db_is_loading(db)) {
        return db_search_put(db, kind, id, entry, e);
    }
    struct search_stored new = stored_of(entry);
    enum err_code rc = db_add(db, "INSERT INTO search_entry (kind, id, folded, numbers) VALUES ($1, $2, $3, $4)",
                              DB_BIND(DB_INT(kind), DB_INT(id), DB_TEXT(new.text), DB_TEXT(new.numbers)), e);
    if (rc == ERR_OK) {
        add_terms((struct writer){.db = db, .kind = kind, .id = id}, &new);
        rc = search_pending_relieve(db, e);
    }
    search_stored_clear(&new);
    return rc;
}

enum err_code db_search_put(struct db *db, enum search_kind kind, int64_t id, const struct search_entry *entry,
                            struct err *e) {
    struct search_stored old = {NULL, NULL};
    struct search_stored new = stored_of(entry);
    struct writer w = {.db = db, .kind = kind, .id = id};
    enum err_code rc = search_load(db, kind, id, &old, e);
    if (rc == ERR_OK && !same(&old, &new)) {
        rc = db_run(db,
                    "INSERT INTO search_entry(kind, id, folded, numbers) VALUES($1, $2, $3, $4) "
                    "ON CONFLICT(kind, id) DO UPDATE SET folded = excluded.folded, numbers = excluded.numbers",
                    DB_BIND(DB_INT(kind), DB_INT(id), DB_TEXT(new.text), DB_TEXT(new.numbers)), e);
        if (rc == ERR_OK && old.text != NULL) {
            w.remove = true;
            add_terms(w, &old);
            w.remove = false;
        }
        if (rc == ERR_OK) {
            add_terms(w, &new);
            rc = search_pending_relieve(db, e);
        }
    }
    search_stored_clear(&old);
    search_stored_clear(&new);
    return rc;
}

enum err_code db_search_remove(struct db *db, enum search_kind kind, int64_t id, struct err *e) {
    struct search_stored old = {NULL, NULL};
    enum err_code rc = search_load(db, kind, id, &old, e);
    if (rc == ERR_OK && old.text != NULL) {
        rc = db_run(db, "DELETE FROM search_entry WHERE kind = $1 AND id = $2", DB_BIND(DB_INT(kind), DB_INT(id)), e);
    }
    if (rc == ERR_OK && old.text != NULL) {
        add_terms((struct writer){.db = db, .kind = kind, .id = id, .remove = true}, &old);
    }
    search_stored_clear(&old);
    return rc;
}
