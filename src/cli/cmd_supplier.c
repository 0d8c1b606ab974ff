#include "chotdon/supplier.h"

#include <stddef.h>

#include "base/i18n.h"
#include "cli/cells.h"
#include "cli/commands.h"

#define SUPPLIER_OPTIONS  "code= name= phone= email= tax-code= address= terms= note="
#define SUPPLIER_SYNOPSIS "[--phone P] [--email E] [--tax-code C] [--address A] [--terms T] [--note N]"

static const struct table_column columns[] = {
    {"code", TABLE_TEXT, N_("Code")},          {"name", TABLE_TEXT, N_("Name")},
    {"phone", TABLE_PHONE, N_("Phone")},       {"email", TABLE_TEXT, N_("E-mail")},
    {"tax_code", TABLE_PHONE, N_("Tax code")}, {"address", TABLE_TEXT, N_("Address")},
    {"terms", TABLE_TEXT, N_("Terms")},        {"note", TABLE_TEXT, N_("Note")},
};
static const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};

static void fill_cells(const struct supplier *s, struct cell *cells) {
    const char *const texts[] = {s->code, s->name, s->phone, s->email, s->tax_code, s->address, s->terms, s->note};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cells[i] = CELL_TEXT(texts[i]);
    }
}

static void read_options(const struct cli_args *a, struct supplier *s, unsigned *fields) {
    const struct {
        const char *option;
        char **member;
        unsigned field;
    } texts[] = {
        {"name", &s->name, SUPPLIER_NAME},          {"phone", &s->phone, SUPPLIER_PHONE},
        {"email", &s->email, SUPPLIER_EMAIL},       {"tax-code", &s->tax_code, SUPPLIER_TAX_CODE},
        {"address", &s->address, SUPPLIER_ADDRESS}, {"terms", &s->terms, SUPPLIER_TERMS},
        {"note", &s->note, SUPPLIER_NOTE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = cli_option(a, texts[i].option);
        if (value != NULL) {
            *texts[i].member = (char *)value;
            *fields |= texts[i].field;
        }
    }
}

/* CODE NAME, or NAME alone: then the code is given. */
static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct supplier s = {.code = (char *)cli_option(a, "code")};
    unsigned fields = SUPPLIER_NAME;
    bool named = cli_option(a, "name") != NULL;
    if (a->count == 0 && !named) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "supplier add", "[CODE] NAME");
    }
    if (a->count == 2 || (a->count == 1 && named)) {
        s.code = (char *)cli_word(a, 0);
    }
    s.name = named ? NULL : (char *)cli_word(a, a->count - 1);
    read_options(a, &s, &fields);
    int64_t id = 0;
    enum err_code rc = supplier_add(c->shop, &s, fields, &id, e);
    if (rc == ERR_OK) {
        struct supplier made;
        rc = supplier_get(c->shop, id, &made, e);
        if (rc == ERR_OK) {
            cli_say(c->out, "%s", made.code);
        }
        supplier_clear(&made);
    }
    return rc;
}

static enum err_code find(struct cli *c, const struct cli_args *a, struct supplier *out, struct err *e) {
    int64_t id = 0;
    enum err_code rc = supplier_find(c->shop, cli_word(a, 0), &id, e);
    return rc == ERR_OK ? supplier_get(c->shop, id, out, e) : rc;
}

static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct supplier old = {0};
    struct supplier s = {0};
    unsigned fields = 0;
    read_options(a, &s, &fields);
    if (fields == 0) {
        return cli_usage(c, e, _("nothing to change: see `chotdon %s -h`"), "supplier edit");
    }
    enum err_code rc = find(c, a, &old, e);
    if (rc == ERR_OK) {
        s.code = old.code;
        rc = supplier_put(c->shop, &s, fields, NULL, e);
    }
    supplier_clear(&old);
    return rc;
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    struct supplier s = {0};
    struct cell cells[CELLS_MAX];
    enum err_code rc = find(c, a, &s, e);
    if (rc == ERR_OK) {
        fill_cells(&s, cells);
        rc = cells_show(c, &spec, cells, e);
    }
    supplier_clear(&s);
    return rc;
}

static enum err_code print_row(void *ctx, const struct supplier *s, struct err *e) {
    struct cell_table *t = ctx;
    struct cell cells[CELLS_MAX];
    (void)e;
    fill_cells(s, cells);
    cells_row(t, cells);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct cell_table t;
    (void)a;
    cells_begin(c, &spec, &t);
    return cells_end(&t, supplier_list(c->shop, print_row, &t, e), e);
}

const struct cli_command cmd_supplier[] = {
    {"supplier add", "[CODE] NAME " SUPPLIER_SYNOPSIS, N_("a new supplier; prints the code"), SUPPLIER_OPTIONS, 0, 2,
     false, run_add},
    {"supplier edit", "CODE [--name N] " SUPPLIER_SYNOPSIS, N_("changes a supplier; an empty value clears it"),
     "name= phone= email= tax-code= address= terms= note=", 1, 1, false, run_edit},
    {"supplier show", "CODE|NAME", N_("all of one supplier"), NULL, 1, 1, false, run_show},
    {"supplier list", "", N_("who the goods come from"), NULL, 0, 0, false, run_list},
    {0},
};
