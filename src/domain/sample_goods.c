#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/product.h"
#include "domain/sample_internal.h"

static enum err_code make_suppliers(struct sample *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sample_supplier_count && rc == ERR_OK; i++) {
        const struct sample_supplier *d = &sample_suppliers[i];
        char tax[16];
        snprintf(tax, sizeof tax, "03%08d", (int)((i + 1) * 1299709 % 100000000));
        const struct supplier supplier = {.code = (char *)d->code,
                                          .name = (char *)d->name,
                                          .phone = (char *)d->phone,
                                          .tax_code = tax,
                                          .address = (char *)d->address,
                                          .terms = (char *)d->terms};
        rc = supplier_put(s->shop, &supplier, SUPPLIER_ALL & ~(unsigned)(SUPPLIER_EMAIL | SUPPLIER_NOTE), NULL, e);
    }
    return rc;
}

/* EAN-13 of Vietnam: 893, company, article, check digit. */
static void make_barcode(const char *company, int article, char code[16]) {
    int sum = 0;
    snprintf(code, 16, "893%.4s%05d", company, article % 100000);
    for (int i = 0; i < 12; i++) {
        sum += (code[i] - '0') * (i % 2 == 0 ? 1 : 3);
    }
    snprintf(code + 12, 4, "%d", (10 - sum % 10) % 10);
}

/* The largest unit is what wholesale customers and the shop itself buy. */
static void find_pack(struct sample_item *item, const struct product_unit *units, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int size = (int)(units[i].factor / QTY_ONE);
        if (size > item->pack_size) {
            free(item->pack);
            item->pack = mem_strdup(units[i].name);
            item->pack_size = size;
            item->pack_price = (int)units[i].price;
        }
    }
}

/* About four days of what is sold of it, in whole packs. */
static int reorder_level(const struct sample_item *item) {
    int weight = item->data->weight;
    if (item->pack == NULL) {
        return weight < 4 ? 3 : weight;
    }
    return (weight * 3 / item->pack_size + 1) * item->pack_size;
}

static enum err_code put_product(struct sample *s, struct sample_item *item, struct product_unit *units, size_t count,
                                 struct err *e) {
    const struct sample_product *d = item->data;
    char code[16], pack_code[16];
    size_t index = (size_t)(item - s->items);
    make_barcode(sample_suppliers[d->supplier].company, 10000 + (int)index * 37, code);
    make_barcode(sample_suppliers[d->supplier].company, 60000 + (int)index * 37, pack_code);
    struct product_barcode barcodes[] = {{code, ""}, {pack_code, item->pack}};
    bool wholesale = item->pack == NULL && d->weight >= 5;
    const struct product p = {.sku = (char *)d->sku,
                              .name = (char *)d->name,
                              .barcodes = barcodes,
                              .barcode_count = item->pack == NULL ? 1 : 2,
                              .group = (char *)d->group,
                              .unit = (char *)d->unit,
                              .units = units,
                              .unit_count = count,
                              .price = d->price,
                              .wholesale_price = (d->price * 96 / 100 + 250) / 500 * 500,
                              .has_wholesale = wholesale,
                              .cost = d->cost,
                              .vat_bps = 100 * d->vat_pct,
                              .has_vat = true,
                              .supplier = (char *)sample_suppliers[d->supplier].code,
                              .stock_min = item->stock_min * QTY_ONE,
                              .has_stock_min = true,
                              .active = true};
    enum err_code rc =
        product_put(s->shop, &p, PRODUCT_ALL & ~(unsigned)(PRODUCT_DESCRIPTION | PRODUCT_IMAGE), NULL, e);
    return rc == ERR_OK ? product_find(s->shop, d->sku, &item->id, NULL, e) : rc;
}

static enum err_code make_product(struct sample *s, const struct sample_product *data, struct err *e) {
    struct sample_item *item = &s->items[s->item_count];
    struct product_unit *units = NULL;
    size_t count = 0;
    item->data = data;
    item->neglected = s->item_count % 9 == 4;
    s->weight_sum += data->weight;
    enum err_code rc = product_units_parse(data->units, shop_currency(s->shop), &units, &count, e);
    if (rc == ERR_OK) {
        find_pack(item, units, count);
        item->stock_min = reorder_level(item);
        rc = put_product(s, item, units, count, e);
    }
    for (size_t i = 0; i < count; i++) {
        free(units[i].name);
    }
    free(units);
    s->item_count++;
    return rc;
}

static enum err_code make_channels(struct sample *s, struct err *e) {
    static const char *const names[SAMPLE_CHANNELS] = {"Tại quầy", "Điện thoại",  "Zalo",
                                                       "Shopee",   "TikTok Shop", "Website"};
    enum err_code rc = ERR_OK;
    for (int i = 0; i < SAMPLE_CHANNELS && rc == ERR_OK; i++) {
        rc = channel_make(s->shop, names[i], &s->channels[i], NULL, e);
    }
    return rc;
}

enum err_code sample_make_goods(struct sample *s, struct err *e) {
    enum err_code rc = make_channels(s, e);
    if (rc == ERR_OK) {
        rc = make_suppliers(s, e);
    }
    s->items = mem_array(sample_product_count + sample_goods_count, sizeof *s->items);
    for (size_t i = 0; i < sample_product_count && rc == ERR_OK; i++) {
        rc = make_product(s, &sample_products[i], e);
    }
    for (size_t i = 0; i < sample_goods_count && rc == ERR_OK; i++) {
        rc = make_product(s, &sample_goods[i], e);
    }
    return rc;
}
