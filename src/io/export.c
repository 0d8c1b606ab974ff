#include "io/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "db/db.h"
#include "io/export_core.h"
#include "io/outfile.h"

#define PROGRESS_EVERY 4096

typedef enum err_code export_fn(struct export *x, struct err *e);

static export_fn *const exports[KIND_COUNT] = {
    [KIND_STAFF] = export_staff,
    [KIND_PRODUCTS] = export_products,
    [KIND_CUSTOMERS] = export_customers,
    [KIND_SUPPLIERS] = export_suppliers,
    [KIND_ORDERS] = export_orders,
    [KIND_PAYMENTS] = export_payments,
    [KIND_STOCK] = export_stock,
    [KIND_DEALS] = export_deals,
    [KIND_TARGETS] = export_targets,
    [KIND_TICKETS] = export_nothing,
    [KIND_ORDER_LINES] = export_order_lines,
    [KIND_STOCK_MOVES] = export_stock_moves,
    [KIND_RECEIVABLES] = export_receivables,
    [KIND_AUDIT] = export_audit,
    [KIND_LEADERBOARD] = export_leaderboard,
    [KIND_COMMISSION] = export_commission,
    [KIND_SALES_JOURNAL] = export_journal,
    [KIND_SALES_JOURNAL_PLAIN] = export_journal_plain,
};

enum err_code export_nothing(struct export *x, struct err *e) {
    (void)x;
    (void)e;
    return ERR_OK;
}

enum err_code export_end_row(struct export *x, struct err *e) {
    const struct export_options *o = x->options;
    table_end_row(x->table);
    if (++x->rows % PROGRESS_EVERY == 0 && o->progress != NULL && !o->progress(o->ctx, x->rows)) {
        return err_set(e, ERR_REFUSED, _("stopped: nothing was written"));
    }
    return ERR_OK;
}

static struct table_column *columns_of(const struct kind *kind) {
    struct table_column *columns = mem_array(kind->count, sizeof *columns);
    for (size_t i = 0; i < kind->count; i++) {
        columns[i] = (struct table_column){kind->columns[i].name, kind->columns[i].type, NULL};
    }
    return columns;
}

/* One snapshot of the books for the whole file. */
static enum err_code write_rows(struct db *db, void *ctx, struct err *e) {
    struct export *x = ctx;
    (void)db;
    return exports[x->options->kind](x, e);
}

static enum err_code fill(struct export *x, struct err *e) {
    enum err_code rc = db_in_transaction(shop_db(x->shop)) ? write_rows(shop_db(x->shop), x, e)
                                                           : db_read(shop_db(x->shop), write_rows, x, e);
    return table_end(&x->table, rc, e);
}

static enum err_code run_text(struct export *x, const struct table_column *columns, size_t count, struct err *e) {
    struct outfile *file = NULL;
    enum err_code rc = outfile_open(x->options->path, &file, e);
    if (rc != ERR_OK) {
        return rc;
    }
    x->table = table_new(x->options->format, outfile_stream(file), shop_currency(x->shop), columns, count);
    rc = fill(x, e);
    if (rc == ERR_OK) {
        return outfile_finish(&file, e);
    }
    outfile_abandon(&file);
    return rc;
}

enum err_code export_run(struct shop *shop, const struct export_options *options, struct err *e) {
    const struct kind *kind = kind_info(options->kind);
    struct table_column *columns = columns_of(kind);
    struct export x = {.shop = shop, .options = options};
    enum err_code rc = shop_require(shop, PERMIT_EXPORT, e);
    if (rc == ERR_OK && options->format == TABLE_XLSX) {
        rc = table_new_xlsx(options->path, shop_currency(shop), columns, kind->count, &x.table, e);
        if (rc == ERR_OK) {
            rc = fill(&x, e);
        }
    } else if (rc == ERR_OK) {
        rc = run_text(&x, columns, kind->count, e);
    }
    free(columns);
    return rc;
}

enum err_code export_image(struct shop *shop, enum kind_id kind_id, int64_t id, char **image, struct err *e) {
    const struct kind *kind = kind_info(kind_id);
    struct export_options options = {.kind = kind_id, .format = TABLE_CSV};
    struct export x = {.shop = shop, .options = &options, .only = id};
    struct table_column *columns = columns_of(kind);
    char *text = NULL;
    size_t size = 0;
    *image = NULL;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        free(columns);
        return err_set(e, ERR_IO, _("no memory for the record as it was"));
    }
    x.table = table_new(TABLE_CSV, out, shop_currency(shop), columns, kind->count);
    enum err_code rc = exports[kind_id](&x, e);
    if (rc == ERR_OK) {
        rc = table_close(&x.table, e);
    } else {
        table_abandon(&x.table);
    }
    fclose(out);
    if (rc == ERR_OK && x.rows > 0) {
        *image = text;
        text = NULL;
    }
    free(text);
    free(columns);
    return rc;
}
