/* Terms to be added and removed, kept until they can be written in their order. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "db/search.h"

/* Terms, about 6 and 30 MB: then they are written though the transaction goes on. Of a load most come at once, in
 * order. */
enum { ENOUGH = 100000, ENOUGH_LOADING = 500000 };
enum { SOME = 32 };

struct change {
    const char *term; /* during writing; before that `at` counts */
    size_t at;        /* in texts */
    uint64_t head;    /* the first bytes of the term as a number: most comparisons need no more */
    int64_t id;
    uint32_t number; /* the later one wins */
    uint8_t kind;
    bool remove;
};

struct search_pending {
    struct change *changes;
    size_t count;
    size_t capacity;
    size_t written;       /* of them, inside a savepoint: kept in case it is rolled back */
    struct buf texts;     /* NUL after each */
    struct intern *words; /* whose insides were added in this transaction; NULL for none */
    char *insert_some;    /* NULL: not needed yet */
};

static struct search_pending *pending_of(struct db *db) {
    if (db->search == NULL) {
        db->search = mem_zalloc(sizeof *db->search);
    }
    return db->search;
}

static uint64_t head_of(const char *term) {
    uint64_t head = 0;
    for (int i = 0; i < 8; i++) {
        head = head << 8 | (unsigned char)*term;
        term += *term != '\0';
    }
    return head;
}

void search_pending_add(struct db *db, enum search_kind kind, const char *term, int64_t id, bool remove) {
    struct search_pending *p = pending_of(db);
    p->changes = mem_grow(p->changes, p->count, &p->capacity, sizeof *p->changes);
    p->changes[p->count] = (struct change){.at = p->texts.len,
                                           .head = head_of(term),
                                           .id = id,
                                           .number = (uint32_t)p->count,
                                           .kind = (uint8_t)kind,
                                           .remove = remove};
    p->count++;
    buf_add_bytes(&p->texts, term, strlen(term) + 1);
}

bool search_pending_new_word(struct db *db, enum search_kind kind, const char *word) {
    struct search_pending *p = pending_of(db);
    if (p->words == NULL) {
        p->words = intern_new();
    }
    char *key = mem_printf("%d%s", kind, word);
    uint32_t before = intern_count(p->words);
    intern_add(p->words, key);
    free(key);
    return intern_count(p->words) > before;
}

static int by_key(const void *a, const void *b) {
    const struct change *x = a;
    const struct change *y = b;
    int order = x->kind - y->kind;
    if (order == 0) {
        order = x->head != y->head ? (x->head < y->head ? -1 : 1) : strcmp(x->term, y->term);
    }
    if (order == 0) {
        order = x->id < y->id ? -1 : x->id > y->id;
    }
    return order != 0 ? order : x->number < y->number ? -1 : 1;
}

static bool same_key(const struct change *x, const struct change *y) {
    return x->kind == y->kind && x->id == y->id && strcmp(x->term, y->term) == 0;
}

static enum err_code write_one(struct db *db, const struct change *c, struct err *e) {
    const char *sql = c->remove ? "DELETE FROM search_term WHERE kind = $1 AND term = $2 AND id = $3"
                                : "INSERT INTO search_term(kind, term, id) VALUES($1, $2, $3) "
                                  "ON CONFLICT(kind, term, id) DO NOTHING";
    return db_run(db, sql, DB_BIND(DB_INT(c->kind), DB_TEXT(c->term), DB_INT(c->id)), e);
}

/* Several rows at once: most of a small statement's time is starting and ending it, and rows that come after all others
 * are put there without a search. */
static enum err_code write_some(struct db *db, const struct change *c, struct err *e) {
    struct db_value values[SOME * 3 + 1];
    char **sql = &db->search->insert_some;
    if (*sql == NULL) {
        struct buf b = BUF_INIT;
        buf_add(&b, "INSERT INTO search_term(kind, term, id) VALUES");
        for (int i = 0; i < SOME; i++) {
            buf_addf(&b, "%s($%d, $%d, $%d)", i == 0 ? " " : ", ", 3 * i + 1, 3 * i + 2, 3 * i + 3);
        }
        buf_add(&b, " ON CONFLICT(kind, term, id) DO NOTHING");
        *sql = buf_take(&b);
    }
    for (int i = 0; i < SOME; i++) {
        values[3 * i] = DB_INT(c[i].kind);
        values[3 * i + 1] = DB_TEXT(c[i].term);
        values[3 * i + 2] = DB_INT(c[i].id);
    }
    values[3 * SOME].kind = DB_KIND_END;
    return db_run(db, *sql, values, e);
}

static bool some_additions(const struct change *c) {
    bool all = true;
    for (int i = 0; i < SOME; i++) {
        all = all && !c[i].remove;
    }
    return all;
}

/* Keeps the last change of each term. Returns how many are left. */
static size_t keep_last(struct change *changes, size_t count) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count || !same_key(&changes[i], &changes[i + 1])) {
            changes[n++] = changes[i];
        }
    }
    return n;
}

static enum err_code write_sorted(struct db *db, struct change *changes, size_t count, struct err *e) {
    enum err_code rc = ERR_OK;
    qsort(changes, count, sizeof *changes, by_key);
    count = keep_last(changes, count);
    for (size_t i = 0; rc == ERR_OK && i < count;) {
        bool some = i + SOME <= count && some_additions(changes + i);
        rc = some ? write_some(db, changes + i, e) : write_one(db, changes + i, e);
        i += some ? SOME : 1;
    }
    return rc;
}

static void empty(struct search_pending *p) {
    p->count = 0;
    p->written = 0;
    buf_reset(&p->texts);
}

enum err_code search_pending_write(struct db *db, struct err *e) {
    struct search_pending *p = db->search;
    if (p == NULL || p->count == p->written) {
        return ERR_OK;
    }
    size_t count = p->count - p->written;
    struct change *sorted = mem_array(count, sizeof *sorted);
    memcpy(sorted, p->changes + p->written, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i].term = p->texts.data + sorted[i].at;
    }
    enum err_code rc = write_sorted(db, sorted, count, e);
    free(sorted);
    p->written = p->count;
    if (rc == ERR_OK && db->depth == 1) {
        empty(p);
    }
    return rc;
}

enum err_code search_pending_relieve(struct db *db, struct err *e) {
    size_t enough = db->loading ? ENOUGH_LOADING : ENOUGH;
    bool due = db->search != NULL && db->search->count >= enough && db->depth == 1;
    if (due && db->search->words != NULL && intern_count(db->search->words) >= ENOUGH) {
        intern_free(db->search->words); /* some are written again, which changes nothing */
        db->search->words = NULL;
    }
    return due ? search_pending_write(db, e) : ERR_OK;
}

struct search_mark search_pending_mark(const struct db *db) {
    const struct search_pending *p = db->search;
    return p == NULL ? (struct search_mark){0, 0} : (struct search_mark){p->count, p->written};
}

void search_pending_undo(struct db *db, struct search_mark mark) {
    struct search_pending *p = db->search;
    if (p != NULL) {
        p->count = mark.count;
        p->written = mark.written;
        intern_free(p->words);
        p->words = NULL;
    }
}

void search_pending_forget(struct db *db) {
    if (db->search != NULL) {
        free(db->search->changes);
        buf_clear(&db->search->texts);
        intern_free(db->search->words);
        free(db->search->insert_some);
        free(db->search);
        db->search = NULL;
    }
}
