#include "io/statement.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/setting.h"
#include "io/outfile.h"
#include "io/table.h"

#define WIDTH       80
#define AMOUNT_WIDE 15
#define LEFT_WIDE   (WIDTH - 2 * AMOUNT_WIDE - 4)

struct statement {
    struct shop *shop;
    FILE *out;
    struct table *table;
    struct commission_row row; /* its texts belong to the statement */
    bool has_row;
    const char *section; /* of the line before */
};

static enum err_code keep_row(void *ctx, const struct commission_row *r, struct err *e) {
    struct statement *s = ctx;
    (void)e;
    s->row = *r;
    s->row.rep = mem_strdup(r->rep);
    s->row.name = mem_strdup(r->name);
    s->has_row = true;
    return ERR_OK;
}

static void statement_clear(struct statement *s) {
    if (s->has_row) {
        free((char *)s->row.rep);
        free((char *)s->row.name);
    }
}

/* A text at the left, an amount at the right; what is too long for its place is cut. */
static void put_line(struct statement *s, const char *left, int64_t base, bool has_base, int64_t amount,
                     bool has_amount) {
    char first[MONEY_TEXT_MAX] = "", second[MONEY_TEXT_MAX] = "";
    int room = LEFT_WIDE;
    char *shown = text_truncate(left, room);
    if (has_base) {
        money_format(base, shop_currency(s->shop), false, first);
    }
    if (has_amount) {
        money_format(amount, shop_currency(s->shop), false, second);
    }
    fprintf(s->out, "  %s%*s %*s %*s\n", shown, room - text_width(shown), "", AMOUNT_WIDE, first, AMOUNT_WIDE, second);
    free(shown);
}

/* Words as far as they fit, then the next line; a word that is longer than a line stays whole. */
static void put_wrapped(FILE *out, const char *text) {
    int used = 0;
    while (*text != '\0') {
        char *word = mem_strndup(text, strcspn(text, " "));
        int width = text_width(word);
        if (used > 0 && used + 1 + width > WIDTH - 2) {
            fputc('\n', out);
            used = 0;
        }
        fprintf(out, used == 0 ? "  %s" : " %s", word);
        used += width + (used > 0);
        text += strlen(word);
        text += strspn(text, " ");
        free(word);
    }
    fputc('\n', out);
}

static enum err_code print_line(void *ctx, const struct commission_line *l, struct err *e) {
    struct statement *s = ctx;
    const char *title = commission_kind_title(l->kind);
    (void)e;
    if (s->section == NULL || strcmp(s->section, title) != 0) {
        fprintf(s->out, "\n%s\n", title);
        s->section = title;
    }
    bool tier = strcmp(l->kind, "tier") == 0 || strcmp(l->kind, "gate") == 0 || strcmp(l->kind, "cap") == 0;
    char *text = tier || l->detail[0] == '\0' ? mem_strdup(l->detail[0] == '\0' ? l->ref : l->detail)
                                              : mem_printf("%s %s", l->ref, l->detail);
    char *visible = text_visible(text);
    bool wide = text_width(visible) > LEFT_WIDE;
    if (wide) { /* the amounts come on a line of their own */
        put_wrapped(s->out, visible);
    }
    put_line(s, wide ? "" : visible, l->base, l->base != 0, l->amount, strcmp(l->kind, "base") != 0);
    free(visible);
    free(text);
    return ERR_OK;
}

static void print_rule(FILE *out) {
    for (int i = 0; i < WIDTH; i++) {
        fputc('-', out);
    }
    fputc('\n', out);
}

/* A line with names in it; takes the text. */
static void put_text(FILE *out, char *line) {
    char *shown = text_visible(line);
    fprintf(out, "%s\n", shown);
    free(shown);
    free(line);
}

static void print_head(struct statement *s, const struct commission_month *m) {
    char money[MONEY_TEXT_MAX], rate[MONEY_TEXT_MAX];
    if (setting_shop_name(s->shop)[0] != '\0') {
        put_text(s->out, mem_strdup(setting_shop_name(s->shop)));
    }
    put_text(s->out, mem_printf(_("COMMISSION STATEMENT %s"), m->month));
    put_text(s->out, mem_printf("%s (%s) · %s", s->row.name, s->row.rep, commission_status_label(m->status)));
    put_text(s->out, mem_printf(_("Plan %s@%d, base %s, mode %s"), m->plan, m->version, plan_base_label(m->base),
                                plan_mode_label(m->mode)));
    if (s->row.has_target) {
        fprintf(s->out, _("Target %s"), money_format(s->row.target, shop_currency(s->shop), true, money));
        if (s->row.has_attainment) {
            fprintf(s->out, " · %s%%", rate_show(s->row.attainment_tenths * 10, rate));
        }
        fputc('\n', s->out);
    }
    print_rule(s->out);
}

static enum err_code print_statement(struct statement *s, const char *month, int64_t staff_id, struct err *e) {
    struct commission_month m;
    enum err_code rc = commission_month_get(s->shop, month, &m, e);
    if (rc == ERR_OK) {
        print_head(s, &m);
        rc = commission_explain(s->shop, month, staff_id, print_line, s, e);
    }
    if (rc == ERR_OK) {
        fputc('\n', s->out);
        print_rule(s->out);
        put_line(s, _("TOTAL"), s->row.base, true, s->row.total, true);
        fprintf(s->out, "\n\n%-40s%s\n", _("Received by"), _("Manager"));
    }
    commission_month_clear(&m);
    return rc;
}

enum err_code statement_text(struct shop *shop, const char *month, int64_t staff_id, const char *path, struct err *e) {
    struct statement s = {.shop = shop};
    struct outfile *file = NULL;
    enum err_code rc = commission_row_get(shop, month, staff_id, keep_row, &s, e);
    if (rc == ERR_OK) {
        rc = outfile_open(path, &file, e);
    }
    if (rc == ERR_OK) {
        s.out = outfile_stream(file);
        rc = print_statement(&s, month, staff_id, e);
        if (rc == ERR_OK) {
            rc = outfile_finish(&file, e);
        }
        outfile_abandon(&file);
    }
    statement_clear(&s);
    return rc;
}

static void put_row(struct table *t, const struct commission_line *l) {
    table_text(t, l->kind);
    table_text(t, l->ref);
    table_text(t, l->detail);
    table_number(t, l->base);
    table_number(t, l->rate_bps);
    table_number(t, l->amount);
    table_end_row(t);
}

static enum err_code table_line(void *ctx, const struct commission_line *l, struct err *e) {
    struct statement *s = ctx;
    (void)e;
    put_row(s->table, l);
    return ERR_OK;
}

enum err_code statement_xlsx(struct shop *shop, const char *month, int64_t staff_id, const char *path, struct err *e) {
    const struct table_column columns[] = {
        {"kind", TABLE_TEXT, NULL},  {"ref", TABLE_TEXT, NULL},      {"detail", TABLE_TEXT, NULL},
        {"base", TABLE_MONEY, NULL}, {"rate_bps", TABLE_RATE, NULL}, {"amount", TABLE_MONEY, NULL},
    };
    struct statement s = {.shop = shop};
    enum err_code rc = commission_row_get(shop, month, staff_id, keep_row, &s, e);
    if (rc == ERR_OK) {
        rc = table_new_xlsx(path, shop_currency(shop), columns, sizeof columns / sizeof *columns, &s.table, e);
    }
    if (rc == ERR_OK) {
        rc = commission_explain(shop, month, staff_id, table_line, &s, e);
        if (rc == ERR_OK) {
            const struct commission_line total = {"total", s.row.rep, s.row.name, s.row.base, 0, s.row.total};
            put_row(s.table, &total);
            rc = table_close(&s.table, e);
        }
        table_abandon(&s.table);
    }
    statement_clear(&s);
    return rc;
}
