#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/phone.h"
#include "base/text.h"
#include "domain/check_run.h"

static enum err_code check_phones(struct check_run *run, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db,
                                "SELECT p.phone, c.code FROM customer_phones p JOIN customers c"
                                " ON c.id = p.customer_id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char normal[PHONE_SIZE];
        phone_normalise(db_col_text(s, 0), normal);
        if (strcmp(normal, db_col_text(s, 0)) != 0) {
            check_found(run,
                        _("customer %s: the phone %s is not written as the shop writes it, %s (save the customer "
                          "again)"),
                        db_col_text(s, 1), db_col_text(s, 0), normal);
        }
    }
    db_done(&s);
    check_end(run);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* What search and lists go by: the folded text is the name's. */
struct folded_table {
    const char *sql;     /* code, name, folded */
    const char *message; /* takes the code */
};

static enum err_code check_folded(struct check_run *run, const struct folded_table *t, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db, t->sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char *folded = text_fold(db_col_text(s, 1));
        if (strcmp(folded, db_col_text(s, 2)) != 0) {
            check_found(run, _(t->message), db_col_text(s, 0));
        }
        free(folded);
    }
    db_done(&s);
    check_end(run);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* Nothing that search as you type could not find. */
#define UNSEARCHED(table, name, kind)                                                                                  \
    "SELECT t." name ", 0, 0 FROM " table " t WHERE NOT EXISTS (SELECT 1 FROM search_entry s WHERE s.kind = " kind     \
    " AND s.id = t.id)"

static const struct check_rule unsearched[] = {
    {UNSEARCHED("customers", "code", "1") " AND t.merged_into IS NULL AND t.erased_on = ''",
     N_("customer %s cannot be found by typing (save it again)"), CHECK_PLAIN},
    {UNSEARCHED("products", "sku", "2"), N_("product %s cannot be found by typing (save it again)"), CHECK_PLAIN},
    {UNSEARCHED("staff", "code", "5"), N_("staff %s cannot be found by typing (save it again)"), CHECK_PLAIN},
    {UNSEARCHED("suppliers", "code", "6"), N_("supplier %s cannot be found by typing (save it again)"), CHECK_PLAIN},
};

enum err_code check_people(struct check_run *run, struct err *e) {
    static const struct folded_table tables[] = {
        {"SELECT code, name, folded FROM customers", N_("customer %s cannot be found by name (save it again)")},
        {"SELECT sku, name, folded FROM products", N_("product %s cannot be found by name (save it again)")},
        {"SELECT code, name, folded FROM staff", N_("staff %s cannot be found by name (save it again)")},
        {"SELECT code, name, folded FROM suppliers", N_("supplier %s cannot be found by name (save it again)")},
    };
    enum err_code rc = check_phones(run, e);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && rc == ERR_OK; i++) {
        rc = check_folded(run, &tables[i], e);
    }
    return rc == ERR_OK ? check_rules(run, unsearched, sizeof unsearched / sizeof *unsearched, e) : rc;
}
