#include "domain/check_run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"

static void tell(struct check_run *run, const char *finding) {
    run->found++;
    run->of_kind++;
    if (run->of_kind <= CHECK_TOLD && run->finding != NULL) {
        run->finding(run->ctx, finding);
    }
}

void check_found(struct check_run *run, const char *format, ...) {
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    tell(run, n < 0 ? format : text);
    if (n >= 0) {
        free(text);
    }
}

void check_end(struct check_run *run) {
    if (run->of_kind > CHECK_TOLD && run->finding != NULL) {
        char *more = mem_printf(_("… and %lld more of the same kind"), (long long)(run->of_kind - CHECK_TOLD));
        run->finding(run->ctx, more);
        free(more);
    }
    run->of_kind = 0;
}

static void write_figure(struct check_run *run, enum check_figures kind, int64_t value, char out[MONEY_TEXT_MAX]) {
    if (kind == CHECK_MONEY) {
        money_format(value, shop_currency(run->shop), true, out);
    } else if (kind == CHECK_QTY) {
        qty_format(value, out);
    } else {
        snprintf(out, MONEY_TEXT_MAX, "%lld", (long long)value);
    }
}

enum err_code check_rule(struct check_run *run, const struct check_rule *rule, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db, rule->sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char first[MONEY_TEXT_MAX], second[MONEY_TEXT_MAX];
        write_figure(run, rule->figures, db_col_int(s, 1), first);
        write_figure(run, rule->figures, db_col_int(s, 2), second);
        char *text = mem_printf(_(rule->message), db_col_text(s, 0), first, second);
        tell(run, text);
        free(text);
    }
    db_done(&s);
    check_end(run);
    return got == DB_FAILED ? ERR_DB : rc;
}

enum err_code check_rules(struct check_run *run, const struct check_rule *rules, size_t count, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = check_rule(run, &rules[i], e);
    }
    return rc;
}
