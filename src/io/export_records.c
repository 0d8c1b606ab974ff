/* Staff, products, customers and suppliers, in the order of their codes. */
#include <stdlib.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "io/export.h"
#include "io/export_core.h"

void export_staff_row(struct table *t, const struct staff *s) {
    table_text(t, s->code);
    table_text(t, s->name);
    table_text(t, s->team);
    table_text(t, s->role);
    table_text(t, s->phone);
    table_text(t, s->email);
    if (s->hides_salary) {
        table_empty(t);
    } else {
        table_number(t, s->base_salary);
    }
    table_text(t, s->start_date);
    table_text(t, s->end_date);
}

static enum err_code staff_row(void *ctx, const struct staff *s, struct err *e) {
    struct export *x = ctx;
    export_staff_row(x->table, s);
    return export_end_row(x, e);
}

enum err_code export_staff(struct export *x, struct err *e) {
    if (x->only == 0) {
        return staff_list(x->shop, true, staff_row, x, e);
    }
    struct staff s = {0};
    enum err_code rc = staff_get(x->shop, x->only, &s, e);
    if (rc == ERR_OK) {
        rc = staff_row(x, &s, e);
    }
    staff_clear(&s);
    return rc;
}

static void number_or_empty(struct table *t, bool has, int64_t value) {
    if (has) {
        table_number(t, value);
    } else {
        table_empty(t);
    }
}

static enum err_code product_row(void *ctx, const struct product *p, struct err *e) {
    struct export *x = ctx;
    struct table *t = x->table;
    char *barcodes = product_barcodes_format(p->barcodes, p->barcode_count);
    char *units = product_units_format(p->units, p->unit_count, shop_currency(x->shop));
    table_text(t, p->sku);
    table_text(t, p->name);
    table_text(t, barcodes);
    table_text(t, p->group);
    table_text(t, p->unit);
    table_text(t, units);
    table_number(t, p->price);
    number_or_empty(t, p->has_wholesale, p->wholesale_price);
    table_number(t, p->cost);
    number_or_empty(t, p->has_vat, p->vat_bps);
    table_text(t, p->supplier);
    number_or_empty(t, p->has_stock_min, p->stock_min);
    table_number(t, p->active);
    table_text(t, p->description);
    table_text(t, p->image);
    free(barcodes);
    free(units);
    return export_end_row(x, e);
}

enum err_code export_products(struct export *x, struct err *e) {
    if (x->only == 0) {
        struct product_filter all = {.with_inactive = true, .sort = "sku"};
        return product_list(x->shop, &all, product_row, x, e);
    }
    struct product p = {0};
    enum err_code rc = product_get(x->shop, x->only, &p, e);
    if (rc == ERR_OK) {
        rc = product_row(x, &p, e);
    }
    product_clear(&p);
    return rc;
}

static enum err_code customer_row(void *ctx, const struct customer *c, const struct customer_figures *f,
                                  struct err *e) {
    struct export *x = ctx;
    struct table *t = x->table;
    (void)f;
    table_text(t, c->code);
    table_text(t, c->name);
    table_text(t, c->phones);
    table_text(t, c->email);
    table_text(t, c->birth_date);
    table_text(t, c->gender);
    table_text(t, c->province);
    table_text(t, c->address);
    table_text(t, c->segment);
    table_text(t, c->source);
    table_text(t, c->referrer);
    table_text(t, c->owner);
    table_text(t, c->note);
    table_text(t, c->readiness);
    table_text(t, c->tags);
    table_number(t, c->consent);
    return export_end_row(x, e);
}

enum err_code export_customers(struct export *x, struct err *e) {
    if (x->only == 0) {
        struct customer_filter all = {.sort = "code", .bare = true};
        return customer_list(x->shop, &all, customer_row, x, e);
    }
    struct customer c = {0};
    enum err_code rc = customer_get(x->shop, x->only, &c, e);
    if (rc == ERR_OK) {
        rc = customer_row(x, &c, NULL, e);
    }
    customer_clear(&c);
    return rc;
}

static enum err_code supplier_row(void *ctx, const struct supplier *s, struct err *e) {
    struct export *x = ctx;
    struct table *t = x->table;
    table_text(t, s->code);
    table_text(t, s->name);
    table_text(t, s->phone);
    table_text(t, s->email);
    table_text(t, s->tax_code);
    table_text(t, s->address);
    table_text(t, s->terms);
    table_text(t, s->note);
    return export_end_row(x, e);
}

enum err_code export_suppliers(struct export *x, struct err *e) {
    if (x->only == 0) {
        return supplier_list(x->shop, supplier_row, x, e);
    }
    struct supplier s = {0};
    enum err_code rc = supplier_get(x->shop, x->only, &s, e);
    if (rc == ERR_OK) {
        rc = supplier_row(x, &s, e);
    }
    supplier_clear(&s);
    return rc;
}
