/* Finding: the ranges that a query asks for, the best first, until there is enough (search.h says what the terms are).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/search.h"

enum {
    MAX_ROWS = 1000,      /* of a word, looked at when the query's words do not stand together */
    MAX_ROWS_INSIDE = 50, /* the same for each word that holds a part */
    MAX_INSIDE = 10,      /* such words */
    COUNT_ENOUGH = 500,   /* a word with so many entries is not counted further */
    MAX_LOOKUPS = 100,    /* of whole entries, where a number may match */
    FILTERS = 3           /* other words that the engine itself looks for */
};

#define AFTER_ALL "\xf4\x8f\xbf\xbf" /* U+10FFFF: sorts after every text with the same beginning */

struct query {
    struct db *db;
    enum search_kind kind;
    int64_t *ids;
    int limit;
    int count;
    char *text;      /* the words */
    char *squeezed;  /* without blanks: a phone typed in groups */
    char *backwards; /* that reversed */
    int words;
    char *word[SEARCH_MAX_WORDS];
    int max_rows; /* now, for words that do not stand together */
    int lookups;
    struct err *e;
};

static bool full(const struct query *q) {
    return q->count >= q->limit;
}

static void found(struct query *q, int64_t id) {
    for (int i = 0; i < q->count; i++) {
        if (q->ids[i] == id) {
            return;
        }
    }
    if (!full(q)) {
        q->ids[q->count++] = id;
    }
}

static bool only_digits(const char *s) {
    return s[strspn(s, "0123456789")] == '\0';
}

static bool has_digit(const char *s) {
    return strpbrk(s, "0123456789") != NULL;
}

static bool is_part(const char *word) {
    return strlen(word) >= SEARCH_MIN_INSIDE;
}

/* --- one range */

/* Adds what has a term of this class that begins (or, `whole`, is) so. */
static enum err_code add_range(struct query *q, char class, const char *beginning, bool whole) {
    if (full(q)) {
        return ERR_OK;
    }
    char *from = mem_printf("%c%s", class, beginning);
    char *to = mem_printf("%s%s", from, whole ? "" : AFTER_ALL);
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(q->db, "SELECT id FROM search_term WHERE kind = $1 AND term >= $2 AND term <= $3 ORDER BY term, id",
                 DB_BIND(DB_INT(q->kind), DB_TEXT(from), DB_TEXT(to)), &s, q->e);
    enum db_row row = DB_END;
    for (int n = 0; rc == ERR_OK && n < MAX_ROWS && !full(q) && (row = db_next(s, q->e)) == DB_ROW; n++) {
        found(q, db_col_int(s, 0));
    }
    db_done(&s);
    free(from);
    free(to);
    return row == DB_FAILED ? q->e->code : rc;
}

static enum err_code add_words(struct query *q, const char *text) {
    enum err_code rc = add_range(q, 'a', text, false);
    return rc == ERR_OK ? add_range(q, 'b', text, false) : rc;
}

static enum err_code add_numbers(struct query *q) {
    enum err_code rc = add_range(q, 'd', q->squeezed, false);
    return rc == ERR_OK ? add_range(q, 'e', q->backwards, false) : rc;
}

/* Calls `use` for each word that has `part` inside. */
static enum err_code each_holder(struct query *q, const char *part,
                                 enum err_code (*use)(struct query *, const char *)) {
    char *from = mem_printf("f%s", part);
    char *to = mem_printf("f%s" AFTER_ALL, part);
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        q->db, "SELECT term FROM search_term WHERE kind = $1 AND term >= $2 AND term <= $3 ORDER BY term LIMIT $4",
        DB_BIND(DB_INT(q->kind), DB_TEXT(from), DB_TEXT(to), DB_INT(MAX_INSIDE)), &s, q->e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && !full(q) && (row = db_next(s, q->e)) == DB_ROW) {
        const char *word = strchr(db_col_text(s, 0), ' ');
        rc = word == NULL ? ERR_OK : use(q, word + 1);
    }
    db_done(&s);
    free(from);
    free(to);
    return row == DB_FAILED ? q->e->code : rc;
}

/* --- words that do not stand together: in by one of them, and each entry checked for the others */
static bool has_word(const char *text, const char *word) {
    bool anywhere = is_part(word);
    for (const char *p = strstr(text, word); p != NULL; p = strstr(p + 1, word)) {
        if (anywhere || p == text || p[-1] == ' ') {
            return true;
        }
    }
    return false;
}

static bool has_number(const char *numbers, const char *word) {
    size_t n = strlen(word);
    for (const char *p = numbers; *p != '\0'; p += strspn(p, " ")) {
        size_t len = strcspn(p, " ");
        if (len >= n && (memcmp(p, word, n) == 0 || memcmp(p + len - n, word, n) == 0)) {
            return true;
        }
        p += len;
    }
    return false;
}

static bool all_match(const struct query *q, const char *text, const char *numbers) {
    for (int i = 0; i < q->words; i++) {
        if (!has_word(text, q->word[i]) && !has_number(numbers, q->word[i])) {
            return false;
        }
    }
    return true;
}

static enum err_code consider(struct query *q, int64_t id, const char *term) {
    bool has_text = term[0] == 'a' || term[0] == 'b';
    if (has_text && all_match(q, term + 1, "")) {
        found(q, id);
        return ERR_OK;
    }
    if ((has_text && !has_digit(q->text)) || ++q->lookups > MAX_LOOKUPS) {
        return ERR_OK;
    }
    struct search_stored entry = {NULL, NULL};
    enum err_code rc = search_load(q->db, q->kind, id, &entry, q->e);
    if (rc == ERR_OK && entry.text != NULL && all_match(q, entry.text, entry.numbers)) {
        found(q, id);
    }
    search_stored_clear(&entry);
    return rc;
}

/* What the engine can look for in the terms of class a and b: words that are surely in the text and not where `way_in`
 * stands. The last ones: names begin alike. */
static void choose_filters(const struct query *q, char class, const char *way_in, char *filters[FILTERS]) {
    int n = 0;
    for (int i = q->words - 1; i >= 0 && n < FILTERS && (class == 'a' || class == 'b'); i--) {
        const char *word = q->word[i];
        if (!has_digit(word) && strstr(way_in, word) == NULL) {
            filters[n++] = mem_printf("%s%s", is_part(word) ? "" : " ", word);
        }
    }
    while (n < FILTERS) {
        filters[n++] = mem_strdup("");
    }
}

static enum err_code enter_class(struct query *q, char class, const char *beginning) {
    if (full(q)) {
        return ERR_OK;
    }
    char *filters[FILTERS];
    choose_filters(q, class, beginning, filters);
    char *from = mem_printf("%c%s", class, beginning);
    char *to = mem_printf("%s" AFTER_ALL, from);
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(q->db,
                 "SELECT id, term FROM (SELECT id, term FROM search_term WHERE kind = $1 AND term >= $2 AND "
                 "term <= $3 ORDER BY term, id LIMIT $7) AS t "
                 "WHERE instr(term, $4) > 0 AND instr(term, $5) > 0 AND instr(term, $6) > 0",
                 DB_BIND(DB_INT(q->kind), DB_TEXT(from), DB_TEXT(to), DB_TEXT(filters[0]), DB_TEXT(filters[1]),
                         DB_TEXT(filters[2]), DB_INT(q->max_rows)),
                 &s, q->e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && !full(q) && (row = db_next(s, q->e)) == DB_ROW) {
        rc = consider(q, db_col_int(s, 0), db_col_text(s, 1));
    }
    db_done(&s);
    free(from);
    free(to);
    for (int i = 0; i < FILTERS; i++) {
        free(filters[i]);
    }
    return row == DB_FAILED ? q->e->code : rc;
}

static enum err_code enter_by_word(struct query *q, const char *word) {
    enum err_code rc = enter_class(q, 'a', word);
    return rc == ERR_OK ? enter_class(q, 'b', word) : rc;
}

static enum err_code enter_by_number(struct query *q, const char *word) {
    struct buf backwards = BUF_INIT;
    search_add_reversed(&backwards, word);
    enum err_code rc = enter_class(q, 'd', word);
    if (rc == ERR_OK) {
        rc = enter_class(q, 'e', buf_str(&backwards));
    }
    buf_clear(&backwards);
    return rc;
}

/* Adds to *count how many terms begin so, up to `enough` in all. */
static enum err_code count_class(struct query *q, char class, const char *word, int64_t enough, int64_t *count) {
    char *from = mem_printf("%c%s", class, word);
    char *to = mem_printf("%s" AFTER_ALL, from);
    int64_t n = 0;
    enum err_code rc =
        db_get_int(q->db,
                   "SELECT count(*) FROM (SELECT 1 FROM search_term WHERE kind = $1 AND term >= $2 "
                   "AND term <= $3 LIMIT $4) AS t",
                   DB_BIND(DB_INT(q->kind), DB_TEXT(from), DB_TEXT(to), DB_INT(enough - *count)), &n, q->e);
    *count += n;
    free(from);
    free(to);
    return rc;
}

/* The word that leads to the fewest entries. No word is counted further than the best so far. */
static enum err_code rarest_word(struct query *q, const char **out) {
    int64_t fewest = COUNT_ENOUGH;
    enum err_code rc = ERR_OK;
    for (int i = 0; rc == ERR_OK && i < q->words; i++) {
        const char *word = q->word[i];
        int64_t count = 0;
        for (const char *c = has_digit(word) ? "bad" : "ba"; rc == ERR_OK && *c != '\0' && count < fewest; c++) {
            rc = count_class(q, *c, word, fewest, &count);
        }
        if (*out == NULL || count < fewest || (count == fewest && strlen(word) > strlen(*out))) {
            fewest = count;
            *out = word;
        }
    }
    return rc;
}

/* "nguyen van dat" is "dat  nguyen van" in the terms of whoever has more words in between: one range for each way to
 * part the words, however many entries hold them. */
static enum err_code add_parted(struct query *q) {
    enum err_code rc = ERR_OK;
    for (int last = q->words - 1; last > 0 && rc == ERR_OK; last--) {
        struct buf turned = BUF_INIT;
        for (int i = 0; i < q->words; i++) {
            int word = (last + i) % q->words;
            buf_addf(&turned, "%s%s", i == 0 ? "" : word == 0 ? "  " : " ", q->word[word]);
        }
        rc = add_range(q, 'b', buf_str(&turned), false);
        buf_clear(&turned);
    }
    return rc;
}

static enum err_code add_scattered(struct query *q) {
    const char *word = NULL;
    enum err_code rc = full(q) ? ERR_OK : rarest_word(q, &word);
    if (rc != ERR_OK || word == NULL) {
        return rc;
    }
    q->max_rows = MAX_ROWS;
    rc = enter_by_word(q, word);
    if (rc == ERR_OK && has_digit(word)) {
        rc = enter_by_number(q, word);
    }
    q->max_rows = MAX_ROWS_INSIDE;
    return rc == ERR_OK && is_part(word) ? each_holder(q, word, enter_by_word) : rc;
}

/* --- the order in which a query is answered */
static enum err_code find(struct query *q) {
    bool digits = only_digits(q->squeezed);
    enum err_code rc = add_range(q, 'd', q->squeezed, true);
    if (rc == ERR_OK && digits) {
        rc = add_numbers(q);
    }
    if (rc == ERR_OK) {
        rc = add_words(q, q->text);
    }
    if (rc == ERR_OK && q->words == 1) {
        rc = add_range(q, 'c', q->text, false);
    }
    if (rc == ERR_OK && !digits) {
        rc = add_numbers(q);
    }
    if (rc == ERR_OK && q->words == 1 && is_part(q->text)) {
        rc = each_holder(q, q->text, add_words);
    }
    if (rc == ERR_OK && q->words > 1) {
        rc = add_parted(q);
    }
    return rc == ERR_OK && q->words > 1 ? add_scattered(q) : rc;
}

static void read_query(struct query *q, const char *text) {
    size_t starts[SEARCH_MAX_WORDS];
    struct buf backwards = BUF_INIT;
    q->text = search_normalise(text, " ");
    q->squeezed = search_normalise(text, "");
    q->words = search_split(q->text, starts);
    for (int i = 0; i < q->words; i++) {
        const char *word = q->text + starts[i];
        q->word[i] = mem_strndup(word, strcspn(word, " "));
    }
    search_add_reversed(&backwards, q->squeezed);
    q->backwards = buf_take(&backwards);
}

static void query_clear(struct query *q) {
    free(q->text);
    free(q->squeezed);
    free(q->backwards);
    for (int i = 0; i < q->words; i++) {
        free(q->word[i]);
    }
}

enum err_code db_search(struct db *db, enum search_kind kind, const char *folded_query, int64_t *ids, int limit,
                        int *count, struct err *e) {
    struct err own = ERR_INIT;
    struct query q = {.db = db, .kind = kind, .ids = ids, .limit = limit, .e = e == NULL ? &own : e};
    enum err_code rc = search_pending_write(db, q.e);
    read_query(&q, folded_query);
    if (rc == ERR_OK && q.words > 0) {
        rc = find(&q);
    }
    *count = rc == ERR_OK ? q.count : 0;
    query_clear(&q);
    return rc;
}
