/* What others wrote about a customer: their number in a weekly report, their name in another's note. It is handed out
 * with their data, and goes when they are erased; the figures beside it stay. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "domain/audit_chain.h"
#include "domain/customer_internal.h"
#include "domain/shop_internal.h"

/* Texts that people type freely. tests/domain/test_customer_privacy.c reads the schema and fails for one missing here.
 */
static const struct place {
    const char *table;
    const char *columns[8];
} places[] = {
    {"customers", {"note", "referrer", "tags"}},
    {"suppliers", {"terms", "note"}},
    {"interactions", {"text"}},
    {"orders", {"note", "reason", "held_as"}},
    {"order_states", {"reason"}},
    {"payments", {"note"}},
    {"deals", {"contact", "need", "budget", "timing", "decision_maker", "tags", "note", "next_text"}},
    {"stock_moves", {"document", "note"}},
    {"cash_shifts", {"note"}},
    {"cash_moves", {"reason"}},
    {"weekly_reports", {"plans", "obstacles"}},
    {"commission_disputes", {"reason", "answer"}},
    {"import_changes", {"before"}},
    {"imports", {"file"}},
};
enum { PLACES = sizeof places / sizeof *places, COLUMNS = 8 };

static void add_word(struct customer_traces *t, const char *word, size_t least) {
    if (strlen(word) >= least) {
        t->words = mem_grow(t->words, t->count, &t->capacity, sizeof *t->words);
        t->words[t->count++] = mem_strdup(word);
    }
}

/* 0912345678, which is also written +84912345678. */
static void add_phone(struct customer_traces *t, const char *phone) {
    add_word(t, phone, 7);
    if (phone[0] == '0' && strlen(phone) >= 9) {
        char *abroad = mem_printf("84%s", phone + 1);
        add_word(t, abroad, 7);
        free(abroad);
    }
}

enum err_code customer_traces_read(struct shop *shop, int64_t id, struct customer_traces *t, struct err *e) {
    struct customer c;
    char phone[64];
    enum err_code rc = customer_get(shop, id, &c, e);
    if (rc == ERR_OK) {
        const char *list = c.phones;
        while (customer_next_phone(&list, phone)) {
            add_phone(t, phone);
        }
        add_word(t, c.email, 5);
        add_word(t, c.address, 8);
        if (!customer_code_is_ours(c.code)) {
            add_word(t, c.code, 5);
        }
        if (strchr(c.name, ' ') != NULL) { /* a short name is part of many words */
            add_word(t, c.name, 6);
        }
    }
    customer_clear(&c);
    return rc;
}

void customer_traces_clear(struct customer_traces *t) {
    for (size_t i = 0; i < t->count; i++) {
        free(t->words[i]);
    }
    free(t->words);
    *t = (struct customer_traces){0};
}

/* '%word%' for LIKE with '!' before what it would take for a pattern. */
static char *pattern_of(const char *word) {
    struct buf b = BUF_INIT;
    buf_add_char(&b, '%');
    for (; *word != '\0'; word++) {
        if (strchr("%_!", *word) != NULL) {
            buf_add_char(&b, '!');
        }
        buf_add_char(&b, *word);
    }
    buf_add_char(&b, '%');
    return buf_take(&b);
}

static void add_where(struct buf *sql, const struct place *p) {
    for (int i = 0; i < COLUMNS && p->columns[i] != NULL; i++) {
        buf_addf(sql, "%s %s LIKE $1 ESCAPE '!'", i == 0 ? " WHERE" : " OR", p->columns[i]);
    }
}

static enum err_code sweep_place(struct shop *shop, const struct place *p, const char *word, const char *pattern,
                                 struct err *e) {
    struct buf sql = BUF_INIT;
    buf_addf(&sql, "UPDATE %s SET", p->table);
    for (int i = 0; i < COLUMNS && p->columns[i] != NULL; i++) {
        buf_addf(&sql, "%s %s = replace(%s, $2, $3)", i == 0 ? "" : ",", p->columns[i], p->columns[i]);
    }
    add_where(&sql, p);
    enum err_code rc =
        db_run(shop->db, buf_str(&sql), DB_BIND(DB_TEXT(pattern), DB_TEXT(word), DB_TEXT(_("(erased)"))), e);
    buf_clear(&sql);
    return rc;
}

/* Somebody else has the name too: what is written may be about them. */
static enum err_code is_anothers(struct shop *shop, const char *word, bool *out, struct err *e) {
    return db_exists(shop->db, "SELECT 1 FROM customers WHERE name = $1 UNION ALL SELECT 1 FROM staff WHERE name = $1",
                     DB_BIND(DB_TEXT(word)), out, e);
}

enum err_code customer_sweep(struct shop *shop, const struct customer_traces *t, struct ids *emptied, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t w = 0; w < t->count && rc == ERR_OK; w++) {
        bool anothers = false;
        char *pattern = pattern_of(t->words[w]);
        rc = is_anothers(shop, t->words[w], &anothers, e);
        for (size_t i = 0; i < PLACES && rc == ERR_OK && !anothers; i++) {
            rc = sweep_place(shop, &places[i], t->words[w], pattern, e);
        }
        if (rc == ERR_OK && !anothers) {
            rc = audit_forget_like(shop, pattern, emptied, e);
        }
        free(pattern);
    }
    return rc;
}

struct mentioning {
    struct shop *shop;
    customer_mention_fn *row;
    void *ctx;
};

static enum err_code mentions_in(struct mentioning *m, const struct place *p, const char *column, const char *pattern,
                                 struct err *e) {
    char *sql = mem_printf("SELECT %s FROM %s WHERE %s LIKE $1 ESCAPE '!'", column, p->table, column);
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(m->shop->db, sql, DB_BIND(DB_TEXT(pattern)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = m->row(m->ctx, p->table, db_col_text(s, 0), e);
    }
    db_done(&s);
    free(sql);
    return rc == ERR_OK && row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code customer_mentions(struct shop *shop, int64_t id, customer_mention_fn *row, void *ctx, struct err *e) {
    struct mentioning m = {shop, row, ctx};
    struct customer_traces t = {0};
    enum err_code rc = customer_traces_read(shop, id, &t, e);
    for (size_t w = 0; w < t.count && rc == ERR_OK; w++) {
        char *pattern = pattern_of(t.words[w]);
        for (size_t i = 0; i < PLACES * COLUMNS && rc == ERR_OK; i++) {
            const struct place *p = &places[i / COLUMNS];
            if (p->columns[i % COLUMNS] != NULL) {
                rc = mentions_in(&m, p, p->columns[i % COLUMNS], pattern, e);
            }
        }
        free(pattern);
    }
    customer_traces_clear(&t);
    return rc;
}
