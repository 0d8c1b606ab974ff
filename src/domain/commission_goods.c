#include <stdlib.h>

#include "base/mem.h"
#include "domain/commission_compute.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct node {
    int64_t id, parent_id;
    size_t group; /* 1 + index into plan->groups, 0 none yet */
};

static int nodes_rise(const void *a, const void *b) {
    const struct node *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct node *find_node(struct node *nodes, size_t count, int64_t id) {
    const struct node wanted = {.id = id};
    return count == 0 ? NULL : bsearch(&wanted, nodes, count, sizeof wanted, nodes_rise);
}

static size_t own_group(const struct plan *plan, int64_t group_id) {
    for (size_t i = 0; i < plan->group_count; i++) {
        if (plan->groups[i].group_id == group_id) {
            return i + 1;
        }
    }
    return 0;
}

/* Parents hand their rate down; the tree is never deep, and a ring in it (there is none) would end. */
static size_t nearest_group(struct node *nodes, size_t count, int64_t group_id) {
    for (size_t depth = 0; depth <= count; depth++) {
        const struct node *n = find_node(nodes, count, group_id);
        if (n == NULL || n->group != 0) {
            return n == NULL ? 0 : n->group;
        }
        group_id = n->parent_id;
    }
    return 0;
}

static enum err_code load_nodes(struct db *db, const struct plan *plan, struct node **nodes, size_t *count,
                                struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(db, "SELECT id, COALESCE(parent_id, 0) FROM product_groups ORDER BY id", DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        *nodes = mem_grow(*nodes, *count, &capacity, sizeof **nodes);
        (*nodes)[(*count)++] = (struct node){db_col_int(s, 0), db_col_int(s, 1), own_group(plan, db_col_int(s, 0))};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static void set_group(struct plan_goods *g, int64_t product_id, size_t group) {
    if (product_id > 0 && (uint64_t)product_id < g->size) {
        g->group_of[product_id] = group;
    }
}

static enum err_code map_products(struct db *db, struct node *nodes, size_t count, struct plan_goods *out,
                                  struct err *e) {
    struct db_stmt *s = NULL;
    int64_t newest = 0;
    enum db_row row = DB_END;
    enum err_code rc = db_get_int(db, "SELECT COALESCE(MAX(id), 0) FROM products", DB_NO_BIND, &newest, e);
    if (rc == ERR_OK) {
        out->size = (size_t)newest + 1;
        out->group_of = mem_array(out->size, sizeof *out->group_of);
        rc = db_query(db, "SELECT id, group_id FROM products WHERE group_id IS NOT NULL", DB_NO_BIND, &s, e);
    }
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        set_group(out, db_col_int(s, 0), nearest_group(nodes, count, db_col_int(s, 1)));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code plan_goods_load(struct shop *shop, const struct plan *plan, struct plan_goods *out, struct err *e) {
    struct node *nodes = NULL;
    size_t count = 0;
    *out = (struct plan_goods){0};
    if (plan->group_count == 0) {
        return ERR_OK;
    }
    enum err_code rc = load_nodes(shop->db, plan, &nodes, &count, e);
    if (rc == ERR_OK) {
        rc = map_products(shop->db, nodes, count, out, e);
    }
    free(nodes);
    return rc;
}

enum err_code plan_goods_load_kept(struct shop *shop, const struct plan *plan, const char *month,
                                   struct plan_goods *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = plan_goods_load(shop, plan, out, e);
    if (rc == ERR_OK && plan->group_count > 0) {
        rc = db_query(shop->db, "SELECT product_id, COALESCE(group_id, 0) FROM commission_goods WHERE month = $1",
                      DB_BIND(DB_TEXT(month)), &s, e);
    }
    while (s != NULL && rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        set_group(out, db_col_int(s, 0), own_group(plan, db_col_int(s, 1)));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

void plan_goods_clear(struct plan_goods *g) {
    free(g->group_of);
    *g = (struct plan_goods){0};
}
