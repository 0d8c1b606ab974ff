/* The lines of a planned order: products, units, default prices and VAT rates; and what they do to the stock. */
#include "domain/order_plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* Prefixes what went wrong with the line it went wrong in. */
static enum err_code in_line(enum err_code rc, size_t index, struct err *e) {
    if (rc != ERR_OK && rc != ERR_DB && e != NULL) {
        char *what = mem_strdup(e->message);
        char field[32];
        snprintf(field, sizeof field, "line %zu", index + 1);
        err_set_field(e, rc, field, _("line %zu: %s"), index + 1, what);
        free(what);
    }
    return rc;
}

enum err_code order_base_qty(int64_t qty, int64_t factor, int64_t *out, struct err *e) {
    if (!money_scale(qty, factor, QTY_ONE, out)) {
        return err_set_field(e, ERR_INVALID, "qty", _("the quantity is too large"));
    }
    if (*out == 0) {
        return err_set_field(e, ERR_INVALID, "qty", _("the quantity must not be 0"));
    }
    return ERR_OK;
}

struct unit {
    int64_t factor;
    bool has_price;
    int64_t price;
};

/* The product's own word for its base unit is no other unit. */
static enum err_code is_base_unit(struct shop *shop, int64_t product_id, const char *folded, bool *is, struct err *e) {
    char *base = NULL;
    enum err_code rc =
        db_get_text(shop->db, "SELECT unit FROM products WHERE id = $1", DB_BIND(DB_INT(product_id)), &base, e);
    *is = rc == ERR_OK && text_equal_folded(base, folded);
    free(base);
    return rc;
}

static enum err_code find_unit(struct shop *shop, int64_t product_id, const char *name, struct unit *u, struct err *e) {
    char *folded = text_fold(name);
    struct db_stmt *s = NULL;
    bool found = false;
    enum err_code rc =
        db_query(shop->db, "SELECT factor, price FROM product_units WHERE product_id = $1 AND folded = $2",
                 DB_BIND(DB_INT(product_id), DB_TEXT(folded)), &s, e);
    if (rc == ERR_OK) {
        enum db_row row = db_next(s, e);
        found = row == DB_ROW;
        rc = row == DB_FAILED ? record_failed(e) : ERR_OK;
        if (found) {
            *u = (struct unit){db_col_int(s, 0), !db_col_null(s, 1), db_col_int(s, 1)};
        }
    }
    db_done(&s);
    if (rc == ERR_OK && !found) {
        *u = (struct unit){.factor = QTY_ONE};
        rc = is_base_unit(shop, product_id, folded, &found, e);
        if (rc == ERR_OK && !found) {
            rc = err_set_field(e, ERR_NOT_FOUND, "unit", _("the product is not sold by “%s”"), name);
        }
    }
    free(folded);
    return rc;
}

enum err_code order_unit_factor(struct shop *shop, int64_t product_id, const char *unit, int64_t *factor,
                                struct err *e) {
    struct unit u = {.factor = QTY_ONE};
    enum err_code rc = unit[0] == '\0' ? ERR_OK : find_unit(shop, product_id, unit, &u, e);
    *factor = u.factor;
    return rc;
}

static enum err_code is_wholesale(struct shop *shop, int64_t customer_id, int *known, struct err *e) {
    if (*known >= 0) {
        return ERR_OK;
    }
    bool wholesale = false;
    enum err_code rc = customer_id == 0
                           ? ERR_OK
                           : db_exists(shop->db, "SELECT 1 FROM customers WHERE id = $1 AND segment = 'wholesale'",
                                       DB_BIND(DB_INT(customer_id)), &wholesale, e);
    *known = wholesale;
    return rc;
}

static enum err_code default_price(const struct goods *g, const struct unit *u, bool wholesale, int64_t *price,
                                   struct err *e) {
    int64_t base = wholesale && g->has_wholesale ? g->wholesale_price : g->price;
    if (!money_scale(base, u->factor, QTY_ONE, price)) {
        return err_set_field(e, ERR_INVALID, "price", _("the price is too large"));
    }
    bool own_is_better = !wholesale || !g->has_wholesale || u->price < *price;
    if (u->has_price && own_is_better) {
        *price = u->price;
    }
    return ERR_OK;
}

enum err_code order_list_price(struct shop *shop, int64_t product_id, const char *unit, int64_t customer_id,
                               int64_t *price, struct err *e) {
    struct goods *goods = NULL;
    struct unit u = {.factor = QTY_ONE};
    int wholesale = -1;
    enum err_code rc = stock_plan_goods(shop->stock, product_id, &goods, e);
    if (rc == ERR_OK && unit[0] != '\0') {
        rc = find_unit(shop, product_id, unit, &u, e);
    }
    if (rc == ERR_OK) {
        rc = is_wholesale(shop, customer_id, &wholesale, e);
    }
    return rc == ERR_OK ? default_price(goods, &u, wholesale == 1, price, e) : rc;
}

static enum err_code plan_line(struct shop *shop, const struct order_line_input *in, int64_t customer_id,
                               int *wholesale, struct plan_line *line, struct amount_line *figures, struct err *e) {
    struct unit unit = {.factor = QTY_ONE};
    enum err_code rc = stock_plan_goods(shop->stock, in->product_id, &line->goods, e);
    if (rc == ERR_OK && in->unit != NULL && in->unit[0] != '\0') {
        rc = find_unit(shop, in->product_id, in->unit, &unit, e);
        line->unit = unit.factor == QTY_ONE ? NULL : in->unit;
    }
    line->factor = unit.factor;
    if (rc == ERR_OK) {
        rc = order_base_qty(in->qty, unit.factor, &line->base_qty, e);
    }
    figures->qty = in->qty;
    figures->asked = in->discount;
    figures->unit_price = in->unit_price;
    figures->vat_bps = in->has_vat                                   ? in->vat_bps
                       : line->goods != NULL && line->goods->has_vat ? line->goods->vat_bps
                                                                     : setting_vat_default_bps(shop);
    if (rc == ERR_OK && (figures->vat_bps < 0 || figures->vat_bps > 10000)) {
        rc = err_set_field(e, ERR_INVALID, "vat_pct", _("a VAT rate is between 0 and 100%%"));
    }
    if (rc == ERR_OK && !in->has_price) {
        rc = is_wholesale(shop, customer_id, wholesale, e);
        if (rc == ERR_OK) {
            rc = default_price(line->goods, &unit, *wholesale == 1, &figures->unit_price, e);
        }
    }
    return rc;
}

enum err_code order_plan_lines(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e) {
    int wholesale = -1;
    p->lines = mem_array(in->line_count, sizeof *p->lines);
    p->figures = mem_array(in->line_count, sizeof *p->figures);
    p->line_count = in->line_count;
    for (size_t i = 0; i < in->line_count; i++) {
        enum err_code rc = plan_line(shop, &in->lines[i], in->customer_id, &wholesale, &p->lines[i], &p->figures[i], e);
        if (rc != ERR_OK) {
            return in_line(rc, i, e);
        }
    }
    return ERR_OK;
}

enum err_code order_refuse_stock(struct shop *shop, const struct goods *g, int64_t on_hand, struct err *e) {
    char *sku = NULL;
    char text[QTY_TEXT_MAX];
    enum err_code rc = db_get_text(shop->db, "SELECT sku FROM products WHERE id = $1", DB_BIND(DB_INT(g->id)), &sku, e);
    if (rc == ERR_OK) {
        rc = err_set_field(e, ERR_REFUSED, "line",
                           _("%s: only %s on hand, and the shop does not sell more than it has (setting stock_policy)"),
                           sku, qty_format(on_hand, text));
    }
    free(sku);
    return rc;
}

static enum err_code sell(struct shop *shop, const struct order_plan *p, struct plan_line *line,
                          const struct amount_line *figures, struct err *e) {
    enum stock_policy policy = setting_stock_policy(shop);
    int64_t on_hand = line->goods->planned.on_hand;
    if (on_hand < line->base_qty) {
        if (policy == STOCK_BLOCK && p->import_id == 0 && !p->looking) {
            return order_refuse_stock(shop, line->goods, on_hand, e);
        }
        line->marks |= policy == STOCK_ALLOW ? 0 : MARK_BELOW_STOCK;
    }
    enum err_code rc = stock_plan_out(line->goods, line->base_qty, &line->cost, e);
    line->stock_value = -line->cost;
    line->marks |= figures->net < line->cost ? MARK_BELOW_COST : 0;
    return rc;
}

/* A return that stands alone comes back at what the goods cost now. */
static enum err_code take_back(struct plan_line *line, struct err *e) {
    int64_t cost = 0;
    enum err_code rc = stock_level_worth(&line->goods->planned, -line->base_qty, &cost, e);
    if (rc == ERR_OK) {
        rc = stock_plan_in(line->goods, -line->base_qty, cost, &line->stock_value, e);
    }
    line->cost = -cost;
    return rc;
}

enum err_code order_plan_stock(struct shop *shop, struct order_plan *p, struct err *e) {
    for (size_t i = 0; i < p->line_count && p->out; i++) {
        struct plan_line *line = &p->lines[i];
        enum err_code rc = line->base_qty > 0 ? sell(shop, p, line, &p->figures[i], e) : take_back(line, e);
        if (rc == ERR_OK && !money_add(p->cost, line->cost, &p->cost)) {
            rc = err_set_field(e, ERR_INVALID, "cost", _("the cost is too large"));
        }
        if (rc != ERR_OK) {
            return in_line(rc, i, e);
        }
    }
    return ERR_OK;
}
