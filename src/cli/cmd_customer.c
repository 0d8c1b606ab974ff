#include "chotdon/customer.h"

#include <string.h>

#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/customer_cells.h"

#define CUSTOMER_OPTIONS                                                                                               \
    "code= name= phone= email= birth-date= gender= province= address= segment= source= referrer= owner= note= "        \
    "readiness= tags= consent="
#define CUSTOMER_SYNOPSIS                                                                                              \
    "[--phone P[;P]] [--email E] [--birth-date D] [--gender G] [--province P] [--address A] [--segment S] "            \
    "[--source CHANNEL] [--referrer R] [--owner STAFF] [--note N] [--readiness R] [--tags T,T] [--consent yes|no]"

static const struct table_column columns[] = {
    {"code", TABLE_TEXT, N_("Code")},
    {"name", TABLE_TEXT, N_("Name")},
    {"phone", TABLE_PHONE, N_("Phone")},
    {"email", TABLE_TEXT, N_("E-mail")},
    {"birth_date", TABLE_DATE, N_("Born")},
    {"gender", TABLE_TEXT, N_("Gender")},
    {"province", TABLE_TEXT, N_("Province")},
    {"address", TABLE_TEXT, N_("Address")},
    {"segment", TABLE_TEXT, N_("Segment")},
    {"source", TABLE_TEXT, N_("Source")},
    {"referrer", TABLE_TEXT, N_("Referrer")},
    {"owner", TABLE_TEXT, N_("Owner")},
    {"note", TABLE_TEXT, N_("Note")},
    {"readiness", TABLE_TEXT, N_("Readiness")},
    {"tags", TABLE_TEXT, N_("Tags")},
    {"consent", TABLE_BOOL, N_("Consent")},
    {"created_on", TABLE_DATE, N_("Since")},
    {"orders", TABLE_INT, N_("Orders")},
    {"revenue", TABLE_MONEY, N_("Spent")},
    {"due", TABLE_MONEY, N_("Owes")},
    {"last_order", TABLE_DATE, N_("Last order")},
};
const struct cell_spec customer_spec = {columns, sizeof columns / sizeof *columns,
                                        " code name phone province segment orders revenue due last_order "};

void customer_cells(const struct customer *c, const struct customer_figures *f, struct cell *cells) {
    const struct cell all[] = {
        CELL_TEXT(c->code),       CELL_TEXT(c->name),      CELL_TEXT(c->phones),    CELL_TEXT(c->email),
        CELL_TEXT(c->birth_date), CELL_TEXT(c->gender),    CELL_TEXT(c->province),  CELL_TEXT(c->address),
        CELL_TEXT(c->segment),    CELL_TEXT(c->source),    CELL_TEXT(c->referrer),  CELL_TEXT(c->owner),
        CELL_TEXT(c->note),       CELL_TEXT(c->readiness), CELL_TEXT(c->tags),      CELL_NUMBER(c->consent),
        CELL_TEXT(c->created_on), CELL_NUMBER(f->orders),  CELL_NUMBER(f->revenue), CELL_NUMBER(f->due),
        CELL_TEXT(f->last_order),
    };
    memcpy(cells, all, sizeof all);
}

enum err_code customer_named(struct cli *c, const struct cli_args *a, struct customer *out, struct err *e) {
    int64_t id = 0;
    *out = (struct customer){0};
    enum err_code rc = customer_find(c->shop, cli_word(a, 0), &id, e);
    return rc == ERR_OK ? customer_get(c->shop, id, out, e) : rc;
}

static enum err_code read_options(const struct cli_args *a, struct customer *in, unsigned *fields, struct err *e) {
    const struct {
        const char *option;
        char **member;
        unsigned field;
    } texts[] = {
        {"name", &in->name, CUSTOMER_NAME},
        {"phone", &in->phones, CUSTOMER_PHONES},
        {"email", &in->email, CUSTOMER_EMAIL},
        {"birth-date", &in->birth_date, CUSTOMER_BIRTH},
        {"gender", &in->gender, CUSTOMER_GENDER},
        {"province", &in->province, CUSTOMER_PROVINCE},
        {"address", &in->address, CUSTOMER_ADDRESS},
        {"segment", &in->segment, CUSTOMER_SEGMENT},
        {"source", &in->source, CUSTOMER_SOURCE},
        {"referrer", &in->referrer, CUSTOMER_REFERRER},
        {"owner", &in->owner, CUSTOMER_OWNER},
        {"note", &in->note, CUSTOMER_NOTE},
        {"readiness", &in->readiness, CUSTOMER_READINESS},
        {"tags", &in->tags, CUSTOMER_TAGS},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = cli_option(a, texts[i].option);
        if (value != NULL) {
            *texts[i].member = (char *)value;
            *fields |= texts[i].field;
        }
    }
    const char *consent = cli_option(a, "consent");
    *fields |= consent != NULL ? CUSTOMER_CONSENT : 0;
    return cli_yes_no("consent", consent, &in->consent, e);
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct customer in = {
        .code = (char *)cli_option(a, "code"), .name = (char *)cli_word(a, 0), .phones = (char *)cli_word(a, 1)};
    struct customer made = {0};
    unsigned fields = CUSTOMER_NAME | (in.phones != NULL ? CUSTOMER_PHONES : 0);
    int64_t id = 0;
    if (in.name == NULL && cli_option(a, "name") == NULL) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "customer add", "NAME");
    }
    enum err_code rc = read_options(a, &in, &fields, e);
    if (rc == ERR_OK) {
        rc = customer_add(c->shop, &in, fields, &id, e);
    }
    if (rc == ERR_OK) {
        rc = customer_get(c->shop, id, &made, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%s", made.code);
    }
    customer_clear(&made);
    return rc;
}

static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct customer old;
    struct customer in = {0};
    unsigned fields = 0;
    enum err_code rc = read_options(a, &in, &fields, e);
    if (rc == ERR_OK && fields == 0) {
        rc = cli_usage(c, e, _("nothing to change: see `chotdon %s -h`"), "customer edit");
    }
    if (rc != ERR_OK) {
        return rc;
    }
    rc = customer_named(c, a, &old, e);
    if (rc == ERR_OK) {
        in.code = old.code;
        rc = customer_put(c->shop, &in, fields, NULL, NULL, e);
    }
    customer_clear(&old);
    return rc;
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    struct customer one;
    struct customer_figures f;
    enum err_code rc = customer_named(c, a, &one, e);
    if (rc == ERR_OK) {
        rc = customer_figures(c->shop, one.id, &f, e);
    }
    if (rc == ERR_OK) {
        struct cell cells[CELLS_MAX];
        customer_cells(&one, &f, cells);
        rc = cells_show(c, &customer_spec, cells, e);
    }
    customer_clear(&one);
    return rc;
}

static enum err_code print_row(void *ctx, const struct customer *one, const struct customer_figures *f, struct err *e) {
    struct cell_table *t = ctx;
    struct cell cells[CELLS_MAX];
    (void)e;
    customer_cells(one, f, cells);
    cells_row(t, cells);
    return ERR_OK;
}

static enum err_code print_list(struct cli *c, const struct customer_filter *f, struct err *e) {
    struct cell_table t;
    cells_begin(c, &customer_spec, &t);
    return cells_end(&t, customer_list(c->shop, f, print_row, &t, e), e);
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct customer_filter f = {.segment = cli_option(a, "segment"),
                                .province = cli_option(a, "province"),
                                .with_debt = cli_flag(a, "debt"),
                                .sort = cli_option(a, "sort"),
                                .descending = cli_flag(a, "desc")};
    enum err_code rc = cli_int("limit", cli_option(a, "limit"), &f.limit, e);
    if (rc == ERR_OK) {
        rc = cli_int("offset", cli_option(a, "offset"), &f.offset, e);
    }
    return rc == ERR_OK ? print_list(c, &f, e) : rc;
}

static enum err_code run_find(struct cli *c, const struct cli_args *a, struct err *e) {
    enum { BEST = 50 };
    struct customer_filter f = {.text = cli_word(a, 0), .limit = BEST};
    if (f.text[0] == '\0') {
        return cli_usage(c, e, _("say what to look for"));
    }
    enum err_code rc = cli_int("limit", cli_option(a, "limit"), &f.limit, e);
    return rc == ERR_OK ? print_list(c, &f, e) : rc;
}

static enum err_code print_pair(void *ctx, const char *code_a, const char *code_b, const char *why, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, code_a);
    table_text(t, code_b);
    table_text(t, why);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_duplicates(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column pair_columns[] = {
        {"code", TABLE_TEXT, _("Code")}, {"other_code", TABLE_TEXT, _("Other code")}, {"same", TABLE_TEXT, _("Same")}};
    (void)a;
    struct table *t = cli_table(c, pair_columns, 3);
    enum err_code rc = customer_duplicates(c->shop, print_pair, t, e);
    return table_end(&t, rc, e);
}

const struct cli_command cmd_customer[] = {
    {"customer add", "NAME [PHONE] [--code C] " CUSTOMER_SYNOPSIS, N_("a new customer; prints the code"),
     CUSTOMER_OPTIONS, 0, 2, false, run_add},
    {"customer edit", "CODE|PHONE [--name N] " CUSTOMER_SYNOPSIS, N_("changes a customer; an empty value clears it"),
     "name= phone= email= birth-date= gender= province= address= segment= source= referrer= owner= note= readiness= "
     "tags= consent=",
     1, 1, false, run_edit},
    {"customer show", "CODE|PHONE|NAME", N_("all of one customer, with what they bought and owe"), NULL, 1, 1, false,
     run_show},
    {"customer list",
     "[--segment S] [--province P] [--debt] [--sort name|code|debt|spent|last_order [--desc]] [--limit N] [--offset N]",
     N_("customers; --debt: those who owe"), "segment= province= debt sort= desc limit= offset=", 0, 0, false,
     run_list},
    {"customer find", "TEXT [--limit N]", N_("the best matches of a name, initials, code or phone, accents optional"),
     "limit=", 1, 1, false, run_find},
    {"customer duplicates", "", N_("who may be one and the same: by phone, e-mail, or name and province"), NULL, 0, 0,
     false, run_duplicates},
    {0},
};
