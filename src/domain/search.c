#include "domain/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* Candidates to rank; more when accents may bring one from far behind to the front. Without accents only the exact code
 * comes before the index's order, and the index gives whole numbers first: it is among the first few. */
enum { CODE_IN_FIRST = 16, POOL = 40, POOL_ACCENTS = 400 };

enum rank { RANK_CODE, RANK_ACCENTS, RANK_REST, RANK_NONE };

struct search {
    struct shop *shop;
    const char *sql_name;
    char *folded;
    char *upper;  /* the text with its accents, upper case */
    bool accents; /* it has some */
};

/* Case does not matter, accents do. */
static bool contains(const char *text, const char *upper, bool whole) {
    char *mine = text_upper(text);
    bool found = whole ? strcmp(mine, upper) == 0 : strstr(mine, upper) != NULL;
    free(mine);
    return found;
}

static enum rank rank_of(const struct search *q, const char *name, const char *code) {
    if (q->accents) {
        return contains(name, q->upper, false) ? RANK_ACCENTS : RANK_REST;
    }
    return contains(code, q->upper, true) ? RANK_CODE : RANK_REST;
}

static enum err_code read_rank(const struct search *q, int64_t id, enum rank *rank, struct err *e) {
    struct db_stmt *s = NULL;
    *rank = RANK_NONE;
    enum err_code rc = db_query(q->shop->db, q->sql_name, DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *rank = rank_of(q, db_col_text(s, 0), db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* Puts the candidates into the order of their ranks, leaving out those that are not there. Reads no more of them than
 * it takes to be sure of the first `limit`. */
static enum err_code order(const struct search *q, const int64_t *pool, int found, int64_t *ids, int limit, int *count,
                           bool *sure, struct err *e) {
    enum rank *ranks = mem_array((size_t)found + 1, sizeof *ranks);
    enum err_code rc = ERR_OK;
    int seen = 0;
    int of_rank[RANK_NONE + 1] = {0};
    *sure = false;
    for (; seen < found && rc == ERR_OK && !*sure; seen++) {
        rc = read_rank(q, pool[seen], &ranks[seen], e);
        of_rank[ranks[seen]]++;
        *sure = of_rank[RANK_ACCENTS] >= limit ||
                (!q->accents && seen + 1 >= CODE_IN_FIRST && seen + 1 - of_rank[RANK_NONE] >= limit);
    }
    for (enum rank r = RANK_CODE; r < RANK_NONE && rc == ERR_OK; r++) {
        for (int i = 0; i < seen && *count < limit; i++) {
            if (ranks[i] == r) {
                ids[(*count)++] = pool[i];
            }
        }
    }
    free(ranks);
    return rc;
}

static struct search search_new(struct shop *shop, const char *sql_name, const char *text) {
    char *nfc = text_nfc(text == NULL ? "" : text);
    struct search q = {shop, sql_name, text_fold(nfc), text_upper(nfc), false};
    char *bare = text_upper(q.folded);
    q.accents = strcmp(bare, q.upper) != 0;
    free(bare);
    free(nfc);
    return q;
}

static void search_clear(struct search *q) {
    free(q->folded);
    free(q->upper);
}

/* What is asked of the index and of the records is asked in one snapshot: taking one costs more than a look-up. */
struct asking {
    struct search search;
    enum search_kind kind;
    int64_t *ids;
    int limit, *count;
};

static enum err_code find_among(struct db *db, struct asking *a, int size, bool *sure, struct err *e) {
    int found = 0;
    int64_t *pool = mem_array((size_t)size, sizeof *pool);
    *a->count = 0;
    enum err_code rc = db_search(db, a->kind, a->search.folded, pool, size, &found, e);
    if (rc == ERR_OK) {
        rc = order(&a->search, pool, found, a->ids, a->limit, a->count, sure, e);
    }
    *sure = *sure || found < size;
    free(pool);
    return rc;
}

/* Most often a few candidates are enough. */
static enum err_code find(struct db *db, void *ctx, struct err *e) {
    struct asking *a = ctx;
    bool sure = false;
    enum err_code rc = find_among(db, a, a->limit + POOL, &sure, e);
    return rc == ERR_OK && !sure ? find_among(db, a, a->limit + POOL_ACCENTS, &sure, e) : rc;
}

static enum err_code find_candidates(struct db *db, void *ctx, struct err *e) {
    struct asking *a = ctx;
    int found = 0;
    bool sure = false;
    enum err_code rc = db_search(db, a->kind, a->search.folded, a->ids, SEARCH_LIST_MAX, &found, e);
    int ranked = a->search.accents ? POOL_ACCENTS : CODE_IN_FIRST;
    ranked = found < ranked ? found : ranked;
    int64_t first[POOL_ACCENTS];
    memcpy(first, a->ids, (size_t)ranked * sizeof *first);
    if (rc == ERR_OK) {
        rc = order(&a->search, first, ranked, a->ids, ranked, a->count, &sure, e);
    }
    for (int i = ranked; i < found && rc == ERR_OK; i++) {
        a->ids[(*a->count)++] = a->ids[i];
    }
    return rc;
}

static enum err_code ask(struct shop *shop, db_fn *how, struct asking *a, const char *sql_name, const char *text,
                         struct err *e) {
    a->search = search_new(shop, sql_name, text);
    *a->count = 0;
    enum err_code rc = a->search.folded[0] == '\0' || a->limit <= 0 ? ERR_OK : db_read(shop->db, how, a, e);
    search_clear(&a->search);
    return rc;
}

enum err_code search_find(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                          int64_t *ids, int limit, int *count, struct err *e) {
    struct asking a = {.kind = kind, .ids = ids, .limit = limit, .count = count};
    return ask(shop, find, &a, sql_name, text, e);
}

enum err_code search_candidates(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                                int64_t ids[SEARCH_LIST_MAX], int *count, struct err *e) {
    struct asking a = {.kind = kind, .ids = ids, .limit = SEARCH_LIST_MAX, .count = count};
    return ask(shop, find_candidates, &a, sql_name, text, e);
}
