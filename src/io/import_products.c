/* Products and counted stock from files. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/product.h"
#include "chotdon/stock.h"
#include "io/export.h"
#include "io/import_core.h"
#include "io/import_make.h"

static char *text(const struct import *im, const struct import_row *row, int column) {
    return (char *)import_text(im, row, column);
}

static const char *sku_key(struct import *im, const struct import_row *row, char *room, size_t size) {
    (void)room;
    (void)size;
    return import_text(im, row, 0);
}

static unsigned product_fields(const struct import *im) {
    static const struct {
        int column;
        unsigned field;
    } columns[] = {
        {PRODUCT_C_BARCODE, PRODUCT_BARCODES},  {PRODUCT_C_GROUP, PRODUCT_GROUP},
        {PRODUCT_C_UNIT, PRODUCT_UNIT},         {PRODUCT_C_UNITS, PRODUCT_UNITS},
        {PRODUCT_C_PRICE, PRODUCT_PRICE},       {PRODUCT_C_WHOLESALE, PRODUCT_WHOLESALE},
        {PRODUCT_C_COST, PRODUCT_COST},         {PRODUCT_C_VAT, PRODUCT_VAT},
        {PRODUCT_C_SUPPLIER, PRODUCT_SUPPLIER}, {PRODUCT_C_STOCK_MIN, PRODUCT_STOCK_MIN},
        {PRODUCT_C_ACTIVE, PRODUCT_ACTIVE},     {PRODUCT_C_DESCRIPTION, PRODUCT_DESCRIPTION},
        {PRODUCT_C_IMAGE, PRODUCT_IMAGE},
    };
    unsigned fields = PRODUCT_NAME;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        fields |= import_has(im, columns[i].column) ? columns[i].field : 0;
    }
    return fields;
}

static enum err_code read_figures(const struct import *im, const struct import_row *row, struct product *p,
                                  struct err *e) {
    enum err_code rc = import_money(im, row, PRODUCT_C_PRICE, &p->price, NULL, e);
    if (rc == ERR_OK) {
        rc = import_money(im, row, PRODUCT_C_WHOLESALE, &p->wholesale_price, &p->has_wholesale, e);
    }
    if (rc == ERR_OK) {
        rc = import_money(im, row, PRODUCT_C_COST, &p->cost, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = import_rate(im, row, PRODUCT_C_VAT, &p->vat_bps, &p->has_vat, e);
    }
    if (rc == ERR_OK) {
        rc = import_qty(im, row, PRODUCT_C_STOCK_MIN, &p->stock_min, &p->has_stock_min, e);
    }
    return rc == ERR_OK ? import_bool(im, row, PRODUCT_C_ACTIVE, &p->active, e) : rc;
}

static enum err_code read_parts(const struct import *im, const struct import_row *row, struct product *p,
                                struct err *e) {
    enum err_code rc =
        product_barcodes_parse(import_cell(im, row, PRODUCT_C_BARCODE), &p->barcodes, &p->barcode_count, e);
    if (rc != ERR_OK) {
        return import_field_error(im, PRODUCT_C_BARCODE, rc, e);
    }
    rc = product_units_parse(import_text(im, row, PRODUCT_C_UNITS), shop_currency(im->shop), &p->units, &p->unit_count,
                             e);
    return import_field_error(im, PRODUCT_C_UNITS, rc, e);
}

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

static enum err_code put_product(struct import *im, const struct import_row *row, enum put_result *result,
                                 struct err *e) {
    struct product p = {.sku = text(im, row, PRODUCT_C_SKU),
                        .name = text(im, row, PRODUCT_C_NAME),
                        .group = text(im, row, PRODUCT_C_GROUP),
                        .unit = text(im, row, PRODUCT_C_UNIT),
                        .supplier = text(im, row, PRODUCT_C_SUPPLIER),
                        .description = text(im, row, PRODUCT_C_DESCRIPTION),
                        .image = text(im, row, PRODUCT_C_IMAGE),
                        .active = true,
                        .import_id = im->import_id};
    enum err_code rc = read_figures(im, row, &p, e);
    if (rc == ERR_OK) {
        rc = read_parts(im, row, &p, e);
    }
    if (rc == ERR_OK) {
        rc = product_put(im->shop, &p, product_fields(im), result, e);
    }
    free_parts(&p);
    return rc;
}

/* Only a product of exactly this SKU is the record of the row. */
static enum err_code product_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                   struct err *e) {
    struct product p = {0};
    const char *sku = text(im, row, PRODUCT_C_SKU);
    enum err_code rc = product_find(im->shop, sku, id, NULL, NULL);
    if (rc == ERR_OK) {
        rc = product_get(im->shop, *id, &p, e);
    }
    if (rc == ERR_OK && strcmp(p.sku, sku) == 0) {
        rc = export_image(im->shop, KIND_PRODUCTS, *id, image, e);
    }
    product_clear(&p);
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_products_ops = {
    .key = sku_key, .put = put_product, .image_kind = KIND_PRODUCTS, .image = product_image};

/* --- stock: what was counted today */

static enum err_code put_stock(struct import *im, const struct import_row *row, enum put_result *result,
                               struct err *e) {
    struct stock_line_input line = {0};
    const char *unit = "";
    int64_t moved = 0;
    enum err_code rc = import_qty(im, row, STOCK_C_ON_HAND, &line.qty, NULL, e);
    if (rc == ERR_OK) {
        rc = import_money(im, row, STOCK_C_COST, &line.unit_cost, &line.has_cost, e);
    }
    if (rc == ERR_OK) {
        rc = import_need_product(im, text(im, row, STOCK_C_SKU), "", 0, &line.product_id, &unit, e);
        rc = import_field_error(im, STOCK_C_SKU, rc, e);
    }
    if (rc == ERR_OK && unit[0] != '\0') {
        rc = err_set_field(e, ERR_INVALID, "sku",
                           _("this is the barcode of %s: count in the product's own unit, by its SKU"), unit);
    }
    if (rc == ERR_OK) {
        struct stock_doc_input doc = {.kind = STOCK_COUNT, .lines = &line, .line_count = 1, .import_id = im->import_id};
        rc = stock_document(im->shop, &doc, &moved, e);
    }
    *result = moved == 0 ? PUT_UNCHANGED : PUT_UPDATED;
    return rc;
}

/* What a unit cost before: a count that brings goods in may change it. The count itself is undone with its moves. */
static enum err_code stock_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                 struct err *e) {
    struct stock_level level = {0};
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_PRODUCT, text(im, row, STOCK_C_SKU), id, NULL, e);
    if (rc == ERR_OK && *id != 0) {
        rc = stock_get(im->shop, *id, &level, e);
        *image = rc == ERR_OK ? mem_printf("%lld", (long long)level.last_cost) : NULL;
    }
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_stock_ops = {
    .key = sku_key, .put = put_stock, .image_kind = KIND_STOCK, .image = stock_image};
