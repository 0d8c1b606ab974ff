#include "chotdon/permission.h"
#include "chotdon/product.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/product_document.h"
#include "cli/cells.h"
#include "cli/commands.h"

#define PRODUCT_OPTIONS                                                                                                \
    "name= barcode= group= unit= units= price= wholesale-price= cost= vat-pct= supplier= stock-min= active= "          \
    "description= image= document=*"
#define PRODUCT_SYNOPSIS                                                                                                \
    "[--barcode A+B] [--group Cha/Con] [--unit U] [--units thùng=24@96000+lốc=6] [--price N] [--wholesale-price N] " \
    "[--cost N] [--vat-pct P] [--supplier S] [--stock-min Q] [--active yes|no] [--description T] [--image FILE] "       \
    "[--document TITLE=PATH]…"

static const struct table_column columns[] = {
    {"sku", TABLE_TEXT, N_("SKU")},
    {"name", TABLE_TEXT, N_("Name")},
    {"barcode", TABLE_PHONE, N_("Barcodes")},
    {"group", TABLE_TEXT, N_("Group")},
    {"unit", TABLE_TEXT, N_("Unit")},
    {"units", TABLE_TEXT, N_("Other units")},
    {"price", TABLE_MONEY, N_("Price")},
    {"wholesale_price", TABLE_MONEY, N_("Wholesale price")},
    {"cost", TABLE_MONEY, N_("Cost")},
    {"vat_bps", TABLE_RATE, N_("VAT")},
    {"supplier", TABLE_TEXT, N_("Supplier")},
    {"stock_min", TABLE_QTY, N_("Reorder at")},
    {"active", TABLE_BOOL, N_("Sold")},
    {"description", TABLE_TEXT, N_("Description")},
    {"image", TABLE_TEXT, N_("Image")},
    {"on_hand", TABLE_QTY, N_("On hand")},
    {"value", TABLE_MONEY, N_("Stock value")},
};
static const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, " sku name group unit price on_hand "};

/* Texts that the cells of one product need; freed by the caller. */
struct product_texts {
    char *barcodes;
    char *units;
};

static void fill_cells(struct cli *c, const struct product *p, struct product_texts *texts, struct cell *cells) {
    bool shows_cost = shop_may(c->shop, PERMIT_SEE_COST);
    texts->barcodes = product_barcodes_format(p->barcodes, p->barcode_count);
    texts->units = product_units_format(p->units, p->unit_count, shop_currency(c->shop));
    const struct cell all[] = {
        CELL_TEXT(p->sku),
        CELL_TEXT(p->name),
        CELL_TEXT(texts->barcodes),
        CELL_TEXT(p->group),
        CELL_TEXT(p->unit),
        CELL_TEXT(texts->units),
        CELL_NUMBER(p->price),
        CELL_OPT(p->has_wholesale, p->wholesale_price),
        CELL_OPT(shows_cost, p->cost),
        CELL_OPT(p->has_vat, p->vat_bps),
        CELL_TEXT(p->supplier),
        CELL_OPT(p->has_stock_min, p->stock_min),
        CELL_NUMBER(p->active),
        CELL_TEXT(p->description),
        CELL_TEXT(p->image),
        CELL_NUMBER(p->on_hand),
        CELL_OPT(shows_cost, p->value),
    };
    memcpy(cells, all, sizeof all);
}

static void free_texts(struct product_texts *texts) {
    free(texts->barcodes);
    free(texts->units);
}

static void read_texts(const struct cli_args *a, struct product *p, unsigned *fields) {
    const struct {
        const char *option;
        char **member;
        unsigned field;
    } texts[] = {
        {"name", &p->name, PRODUCT_NAME},
        {"group", &p->group, PRODUCT_GROUP},
        {"unit", &p->unit, PRODUCT_UNIT},
        {"supplier", &p->supplier, PRODUCT_SUPPLIER},
        {"description", &p->description, PRODUCT_DESCRIPTION},
        {"image", &p->image, PRODUCT_IMAGE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = cli_option(a, texts[i].option);
        if (value != NULL) {
            *texts[i].member = (char *)value;
            *fields |= texts[i].field;
        }
    }
}

/* An option that may be empty: then the value is cleared. */
static const char *value_of(const struct cli_args *a, const char *option, unsigned field, unsigned *fields, bool *has) {
    const char *text = cli_option(a, option);
    if (text != NULL) {
        *fields |= field;
        *has = text[0] != '\0';
    }
    return cli_or_null(text);
}

static enum err_code read_numbers(struct cli *c, const struct cli_args *a, struct product *p, unsigned *fields,
                                  struct err *e) {
    bool unused = false;
    const char *text = value_of(a, "price", PRODUCT_PRICE, fields, &unused);
    enum err_code rc = cli_money(c, "price", text, &p->price, e);
    if (rc == ERR_OK) {
        text = value_of(a, "wholesale-price", PRODUCT_WHOLESALE, fields, &p->has_wholesale);
        rc = cli_money(c, "wholesale-price", text, &p->wholesale_price, e);
    }
    if (rc == ERR_OK) {
        text = value_of(a, "cost", PRODUCT_COST, fields, &unused);
        rc = cli_money(c, "cost", text, &p->cost, e);
    }
    if (rc == ERR_OK) {
        text = value_of(a, "vat-pct", PRODUCT_VAT, fields, &p->has_vat);
        rc = cli_rate("vat-pct", text, &p->vat_bps, e);
    }
    if (rc == ERR_OK) {
        text = value_of(a, "stock-min", PRODUCT_STOCK_MIN, fields, &p->has_stock_min);
        rc = cli_qty("stock-min", text, &p->stock_min, e);
    }
    if (rc == ERR_OK && cli_option(a, "active") != NULL) {
        *fields |= PRODUCT_ACTIVE;
        rc = cli_yes_no("active", cli_option(a, "active"), &p->active, e);
    }
    return rc;
}

static enum err_code read_parts(struct cli *c, const struct cli_args *a, struct product *p, unsigned *fields,
                                struct err *e) {
    const char *barcodes = cli_option(a, "barcode");
    const char *units = cli_option(a, "units");
    enum err_code rc = ERR_OK;
    if (barcodes != NULL) {
        *fields |= PRODUCT_BARCODES;
        rc = product_barcodes_parse(barcodes, &p->barcodes, &p->barcode_count, e);
    }
    if (rc == ERR_OK && units != NULL) {
        *fields |= PRODUCT_UNITS;
        rc = product_units_parse(units, shop_currency(c->shop), &p->units, &p->unit_count, e);
    }
    return rc;
}

/* Texts stay borrowed from the command line; the parts are owned. */
static void free_parts(struct product *p) {
    for (size_t i = 0; i < p->barcode_count; i++) {
        free(p->barcodes[i].barcode);
        free(p->barcodes[i].unit);
    }
    for (size_t i = 0; i < p->unit_count; i++) {
        free(p->units[i].name);
    }
    free(p->barcodes);
    free(p->units);
}

static enum err_code read_options(struct cli *c, const struct cli_args *a, struct product *p, unsigned *fields,
                                  struct err *e) {
    read_texts(a, p, fields);
    enum err_code rc = read_numbers(c, a, p, fields, e);
    return rc == ERR_OK ? read_parts(c, a, p, fields, e) : rc;
}

/* --document TITLE=PATH; an empty path takes it away. */
static enum err_code put_documents(struct cli *c, const struct cli_args *a, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (int i = 0; i < a->given_count && rc == ERR_OK; i++) {
        const char *equals = strchr(a->given[i].value == NULL ? "" : a->given[i].value, '=');
        if (strcmp(a->given[i].name, "document") != 0) {
            continue;
        }
        if (equals == NULL) {
            return err_set(e, ERR_INVALID, _("--document %s: write --document 'TITLE=PATH'"), a->given[i].value);
        }
        char *title = mem_strndup(a->given[i].value, (size_t)(equals - a->given[i].value));
        rc = product_document_put(c->shop, id, title, equals + 1, e);
        free(title);
    }
    return rc;
}

/* The product and its documents: both or neither. */
struct product_put_job {
    struct cli *c;
    const struct cli_args *a;
    struct product *p;
    unsigned fields;
    bool is_new;
};

static enum err_code put_all(struct shop *shop, void *ctx, struct err *e) {
    const struct product_put_job *job = ctx;
    int64_t id = job->p->id;
    enum err_code rc = ERR_OK;
    if (job->is_new) {
        rc = product_add(shop, job->p, job->fields, &id, e);
    } else if (job->fields != 0) {
        rc = product_put(shop, job->p, job->fields, NULL, e);
    }
    return rc == ERR_OK ? put_documents(job->c, job->a, id, e) : rc;
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *sku = cli_option(a, "sku");
    int words = sku == NULL ? 1 : 0; /* before the name */
    struct product p = {
        .sku = (char *)(sku == NULL ? cli_word(a, 0) : sku), .name = (char *)cli_word(a, words), .active = true};
    unsigned fields = PRODUCT_NAME;
    if (p.sku == NULL || (p.name == NULL && cli_option(a, "name") == NULL)) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "product add", "SKU NAME");
    }
    enum err_code rc = read_options(c, a, &p, &fields, e);
    if (rc == ERR_OK) {
        struct product_put_job job = {c, a, &p, fields, true};
        rc = shop_transact(c->shop, put_all, &job, e);
    }
    free_parts(&p);
    return rc;
}

static enum err_code find(struct cli *c, const struct cli_args *a, struct product *out, struct err *e) {
    int64_t id = 0;
    enum err_code rc = product_find(c->shop, cli_word(a, 0), &id, NULL, e);
    return rc == ERR_OK ? product_get(c->shop, id, out, e) : rc;
}

static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct product old = {0};
    struct product p = {0};
    unsigned fields = 0;
    enum err_code rc = read_options(c, a, &p, &fields, e);
    if (rc == ERR_OK && fields == 0 && cli_option(a, "document") == NULL) {
        rc = cli_usage(c, e, _("nothing to change: see `chotdon %s -h`"), "product edit");
    }
    if (rc == ERR_OK) {
        rc = find(c, a, &old, e);
    }
    if (rc == ERR_OK) {
        p.id = old.id;
        p.sku = old.sku;
        struct product_put_job job = {c, a, &p, fields, false};
        rc = shop_transact(c->shop, put_all, &job, e);
    }
    free_parts(&p);
    product_clear(&old);
    return rc;
}

static void show_documents(struct cli *c, const struct product_documents *d) {
    for (size_t i = 0; i < d->count; i++) {
        char *title = text_visible(d->items[i].title);
        char *path = text_visible(d->items[i].path);
        cli_say(c->out, "%s  %s: %s", _("Document"), title, path);
        free(title);
        free(path);
    }
}

static void json_documents(struct json *j, const struct product_documents *d) {
    json_key(j, "documents");
    json_array(j);
    for (size_t i = 0; i < d->count; i++) {
        json_object(j);
        json_key_text(j, "title", d->items[i].title);
        json_key_text(j, "path", d->items[i].path);
        json_end(j);
    }
    json_end(j);
}

static enum err_code show(struct cli *c, const struct cell *cells, int64_t id, struct err *e) {
    struct product_documents d;
    enum err_code rc = product_documents_get(c->shop, id, &d, e);
    if (rc == ERR_OK && cli_wants_json(c)) {
        struct json j;
        json_begin(&j, c->out);
        json_object(&j);
        cells_json(&j, &spec, cells);
        json_documents(&j, &d);
        json_end(&j);
    } else if (rc == ERR_OK) {
        rc = cells_show(c, &spec, cells, e);
        if (c->format == TABLE_HUMAN) {
            show_documents(c, &d);
        }
    }
    product_documents_clear(&d);
    return rc;
}

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    struct product p = {0};
    enum err_code rc = find(c, a, &p, e);
    if (rc == ERR_OK) {
        struct product_texts texts;
        struct cell cells[CELLS_MAX];
        fill_cells(c, &p, &texts, cells);
        rc = show(c, cells, p.id, e);
        free_texts(&texts);
    }
    product_clear(&p);
    return rc;
}

struct listing {
    struct cli *c;
    struct cell_table table;
};

static enum err_code print_row(void *ctx, const struct product *p, struct err *e) {
    struct listing *l = ctx;
    struct product_texts texts;
    struct cell cells[CELLS_MAX];
    (void)e;
    fill_cells(l->c, p, &texts, cells);
    cells_row(&l->table, cells);
    free_texts(&texts);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct product_filter f = {.text = cli_word(a, 0),
                               .group = cli_option(a, "group"),
                               .with_inactive = cli_flag(a, "all"),
                               .low_stock = cli_flag(a, "low-stock"),
                               .sort = cli_option(a, "sort"),
                               .descending = cli_flag(a, "desc")};
    enum err_code rc = cli_int("limit", cli_option(a, "limit"), &f.limit, e);
    if (rc == ERR_OK) {
        rc = cli_int("offset", cli_option(a, "offset"), &f.offset, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct listing l = {.c = c};
    cells_begin(c, &spec, &l.table);
    return cells_end(&l.table, product_list(c->shop, &f, print_row, &l, e), e);
}

static enum err_code print_group(void *ctx, const struct group_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, r->path);
    table_number(t, r->products);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_group_list(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column group_columns[] = {{"group", TABLE_TEXT, _("Group")},
                                                 {"products", TABLE_INT, _("Products")}};
    (void)a;
    struct table *t = cli_table(c, group_columns, 2);
    enum err_code rc = group_list(c->shop, print_group, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_channel_list(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column channel_columns[] = {{"channel", TABLE_TEXT, _("Channel")}};
    (void)a;
    struct table *t = cli_table(c, channel_columns, 1);
    enum err_code rc = channel_list(c->shop, cells_name, t, e);
    return table_end(&t, rc, e);
}

const struct cli_command cmd_product[] = {
    {"product add", "SKU NAME " PRODUCT_SYNOPSIS, N_("a new product"), "sku= " PRODUCT_OPTIONS, 0, 2, false, run_add},
    {"product edit", "SKU [--name N] " PRODUCT_SYNOPSIS, N_("changes a product; an empty value clears it"),
     PRODUCT_OPTIONS, 1, 1, false, run_edit},
    {"product show", "SKU|BARCODE|NAME", N_("all of one product"), NULL, 1, 1, false, run_show},
    {"product list", "[TEXT] [--group G] [--all] [--low-stock] [--sort COLUMN [--desc]] [--limit N] [--offset N]",
     N_("products, or those that a text finds; --all: also those not sold any more"),
     "group= all low-stock sort= desc limit= offset=", 0, 1, false, run_list},
    {"group list", "", N_("product groups, with how many products are in each"), NULL, 0, 0, false, run_group_list},
    {"channel list", "", N_("sales channels"), NULL, 0, 0, false, run_channel_list},
    {0},
};
