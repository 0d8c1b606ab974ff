#include "domain/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* Candidates to rank; more when accents may bring one from far behind to the front. */
enum { POOL = 100, POOL_ACCENTS = 400 };

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

/* Puts the candidates into the order of their ranks, leaving out those that are not there. */
static enum err_code order(const struct search *q, const int64_t *pool, int found, int64_t *ids, int limit, int *count,
                           struct err *e) {
    enum rank *ranks = mem_array((size_t)found + 1, sizeof *ranks);
    enum err_code rc = ERR_OK;
    for (int i = 0; i < found && rc == ERR_OK; i++) {
        rc = read_rank(q, pool[i], &ranks[i], e);
    }
    for (enum rank r = RANK_CODE; r < RANK_NONE && rc == ERR_OK; r++) {
        for (int i = 0; i < found && *count < limit; i++) {
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

enum err_code search_find(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                          int64_t *ids, int limit, int *count, struct err *e) {
    struct search q = search_new(shop, sql_name, text);
    int found = 0;
    enum err_code rc = ERR_OK;
    *count = 0;
    if (q.folded[0] != '\0' && limit > 0) {
        int size = q.accents ? POOL_ACCENTS : POOL;
        size = size < limit ? limit : size;
        int64_t *pool = mem_array((size_t)size, sizeof *pool);
        rc = db_search(shop->db, kind, q.folded, pool, size, &found, e);
        if (rc == ERR_OK) {
            rc = order(&q, pool, found, ids, limit, count, e);
        }
        free(pool);
    }
    search_clear(&q);
    return rc;
}

enum err_code search_candidates(struct shop *shop, enum search_kind kind, const char *sql_name, const char *text,
                                int64_t ids[SEARCH_LIST_MAX], int *count, struct err *e) {
    struct search q = search_new(shop, sql_name, text);
    int64_t pool[SEARCH_LIST_MAX];
    int found = 0;
    enum err_code rc = ERR_OK;
    *count = 0;
    if (q.folded[0] != '\0') {
        rc = db_search(shop->db, kind, q.folded, pool, SEARCH_LIST_MAX, &found, e);
    }
    int ranked = q.accents ? POOL_ACCENTS : POOL;
    ranked = found < ranked ? found : ranked;
    if (rc == ERR_OK) {
        rc = order(&q, pool, ranked, ids, ranked, count, e);
    }
    for (int i = ranked; i < found && rc == ERR_OK; i++) {
        ids[(*count)++] = pool[i];
    }
    search_clear(&q);
    return rc;
}
