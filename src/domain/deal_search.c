/* Deals by words: their own (title, contact, phone), their number, those of their customer, or some of each. A
 * customer's words are kept once, with the customer: of each of their deals again they would be most of what search
 * keeps. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/customer_internal.h"
#include "domain/deal_internal.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

enum {
    CUSTOMERS = 50,     /* looked at for one way to part the words */
    DEALS_OF_EACH = 50, /* their newest */
    WORDS = 6,          /* of more the first and the last are not tried apart */
    NUMBERS = 200
};

struct found {
    struct shop *shop;
    int64_t *ids;
    int *count;
};

static void add(const struct found *f, int64_t id) {
    for (int i = 0; i < *f->count; i++) {
        if (f->ids[i] == id) {
            return;
        }
    }
    if (*f->count < SEARCH_LIST_MAX) {
        f->ids[(*f->count)++] = id;
    }
}

/* Each of the folded words is in the text. */
static bool has_words(const char *text, const char *words) {
    char *folded = text_fold(text);
    bool all = true;
    for (const char *p = words; *p != '\0' && all; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *word = mem_strndup(p, n);
        all = strstr(folded, word) != NULL;
        free(word);
        p += n;
    }
    free(folded);
    return all;
}

static enum err_code add_deals_of(const struct found *f, int64_t customer_id, const char *others, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(f->shop->db,
                                "SELECT d.id, d.title || ' ' || d.contact || ' ' || d.deal_no FROM deals d WHERE "
                                "d.customer_id = $1 AND d.merged_into IS NULL ORDER BY d.id DESC LIMIT $2",
                                DB_BIND(DB_INT(customer_id), DB_INT(DEALS_OF_EACH)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        if (has_words(db_col_text(s, 1), others)) {
            add(f, db_col_int(s, 0));
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* Deals of the customers that are called so, with the other words in the deal. */
static enum err_code add_by_customer(const struct found *f, const char *name, const char *others, struct err *e) {
    int64_t *customers = mem_array(SEARCH_LIST_MAX, sizeof *customers);
    int count = 0;
    enum err_code rc = ERR_OK;
    if (*f->count < SEARCH_LIST_MAX) {
        rc = customer_candidates(f->shop, name, customers, &count, e);
    }
    for (int i = 0; i < count && i < CUSTOMERS && rc == ERR_OK && *f->count < SEARCH_LIST_MAX; i++) {
        rc = add_deals_of(f, customers[i], others, e);
    }
    free(customers);
    return rc;
}

/* "le loi dong phuc": the customer's words come first, or last. */
static enum err_code add_parted(const struct found *f, const char *text, struct err *e) {
    enum err_code rc = ERR_OK;
    int words = 1;
    for (const char *p = strchr(text, ' '); p != NULL; p = strchr(p + 1, ' ')) {
        words++;
    }
    for (const char *p = strchr(text, ' '); p != NULL && words <= WORDS && rc == ERR_OK; p = strchr(p + 1, ' ')) {
        char *first = mem_strndup(text, (size_t)(p - text));
        rc = add_by_customer(f, first, p + 1, e);
        rc = rc == ERR_OK ? add_by_customer(f, p + 1, first, e) : rc;
        free(first);
    }
    return rc;
}

static enum err_code add_from(const struct found *f, const char *number, struct err *e) {
    char *last = mem_printf("%s\xf4\x8f\xbf\xbf", number); /* after every text with this beginning */
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(f->shop->db,
                                "SELECT id FROM deals WHERE deal_no BETWEEN $1 AND $2 AND merged_into IS NULL ORDER BY "
                                "deal_no LIMIT $3",
                                DB_BIND(DB_TEXT(number), DB_TEXT(last), DB_INT(NUMBERS)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        add(f, db_col_int(s, 0));
    }
    db_done(&s);
    free(last);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* Numbers that begin with the text, as it is, in capitals, or after the series: "261121-0003" finds CH261121-0003. */
static enum err_code add_by_number(const struct found *f, const char *text, struct err *e) {
    char *upper = text_upper(text);
    char *whole = mem_printf("CH%s", upper);
    const char *const ways[] = {text, upper, whole};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && strpbrk(text, "0123456789") != NULL && rc == ERR_OK; i++) {
        rc = add_from(f, ways[i], e);
    }
    free(upper);
    free(whole);
    return rc;
}

static enum err_code add_by_words(const struct found *f, const char *text, struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    int count = 0;
    enum err_code rc = search_candidates(f->shop, SEARCH_DEAL, DEAL_SEARCH_NAME, text, ids, &count, e);
    for (int i = 0; i < count && rc == ERR_OK; i++) {
        add(f, ids[i]);
    }
    free(ids);
    return rc;
}

enum err_code deal_candidates(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e) {
    const struct found f = {shop, ids, count};
    char *nfc = text_nfc(text);
    char *folded = text_fold(text);
    *count = 0;
    enum err_code rc = folded[0] == '\0' ? ERR_OK : add_by_number(&f, nfc, e);
    rc = rc == ERR_OK ? add_by_words(&f, text, e) : rc;
    if (rc == ERR_OK && folded[0] != '\0') {
        rc = add_by_customer(&f, text, "", e);
        rc = rc == ERR_OK ? add_parted(&f, folded, e) : rc;
    }
    free(folded);
    free(nfc);
    return rc;
}
