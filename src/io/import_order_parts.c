/* An orders file taken in parts: what one part must know of the others. Where that is too much, or comes too late, the
 * import starts again with its rows gathered. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/import_orders.h"

#define BULK_ORDERS 1000                 /* from so many on, indexes are made in the end */
#define KNOWN_MAX   ((int64_t)512 << 20) /* ids of orders, a bit each: 64 MiB */
#define AWAITED_MAX 1000000

static enum err_code apart(struct import *im, struct err *e) {
    im->apart = true;
    return err_set(e, ERR_CONFLICT, "rows that belong together stand apart");
}

static const char *number_of(const struct order_file *f, const struct file_group *g) {
    return intern_text(f->numbers, (uint32_t)(g - f->groups));
}

static int64_t expected_orders(const struct import *im, const struct order_file *f, bool last) {
    int64_t count = intern_count(f->numbers);
    double left = last || im->bytes_read <= 0 ? 1 : (double)im->file.size / (double)im->bytes_read;
    return left > 1 ? (int64_t)((double)count * left) : count;
}

/* Does the shop have any of a part's orders? Where it had none before this file, those of earlier parts are found when
 * a number comes twice. */
static enum err_code find_known(struct import *im, const struct order_file *f, bool *any, struct err *e) {
    enum err_code rc = ERR_OK;
    *any = false;
    for (uint32_t at = 0; rc == ERR_OK && !f->parts.empty && !*any && at < intern_count(f->numbers); at++) {
        rc = import_order_is_known(im->shop, intern_text(f->numbers, at), any, e);
    }
    return rc;
}

static enum err_code begin_load(struct import *im, struct order_file *f, bool last, struct err *e) {
    bool all_phones = false;
    bool by_phone = !import_has(im, ORDER_C_CUSTOMER);
    f->parts.bulk = true;
    enum err_code rc = import_bulk_begin(im->shop, expected_orders(im, f, last), by_phone, &all_phones, e);
    import_refs_know_phones(im->refs, all_phones);
    return rc;
}

/* Orders that are there, and returns of known sales, look things up as they are taken: no bulk load. */
enum err_code order_parts_begin(struct import *im, struct order_file *f, bool last, bool returns, struct err *e) {
    struct order_parts *p = &f->parts;
    enum err_code rc = ERR_OK;
    bool many = p->bulk || (!p->begun && intern_count(f->numbers) >= BULK_ORDERS);
    bool known = false;
    p->later = p->begun;
    if (!p->begun) {
        p->begun = true;
        p->rejected = intern_new();
        p->awaited = intern_new();
        rc = import_orders_before(im->shop, &p->empty, &p->last_order, e);
    }
    if (rc == ERR_OK && many && !returns) {
        rc = find_known(im, f, &known, e);
    }
    if (rc != ERR_OK || !many || p->bulk == !(returns || known)) {
        return rc;
    }
    if (!p->bulk) {
        return begin_load(im, f, last, e);
    }
    p->bulk = false;
    import_refs_know_phones(im->refs, false);
    return import_bulk_end(im->shop, e);
}

enum err_code order_parts_end(struct import *im, struct order_file *f, bool last, struct err *e) {
    if (last && f->parts.bulk) {
        import_progress(im, im->sum->rows, 95);
        return import_bulk_end(im->shop, e);
    }
    if (last) {
        return ERR_OK;
    }
    import_refs_relieve(im->refs);
    return import_relieve(im->shop, e);
}

static bool was_known(const struct order_parts *p, int64_t id) {
    return id > p->last_order || ((size_t)(id / 8) < p->known_size && (p->known[id / 8] >> (id % 8) & 1) != 0);
}

static bool set_known(struct order_parts *p, int64_t id) {
    if (id < 0 || id >= KNOWN_MAX) {
        return false;
    }
    size_t at = (size_t)(id / 8);
    if (at >= p->known_size) {
        size_t size = at * 2 + 64;
        p->known = mem_resize(p->known, size, 1);
        memset(p->known + p->known_size, 0, size - p->known_size);
        p->known_size = size;
    }
    p->known[at] |= (uint8_t)(1u << (id % 8));
    return true;
}

enum err_code order_parts_check(struct import *im, struct order_file *f, const struct file_group *g, int64_t existing,
                                struct err *e) {
    struct order_parts *p = &f->parts;
    if (im->gather) {
        return ERR_OK;
    }
    if (p->later &&
        ((existing != 0 && was_known(p, existing)) || intern_find(p->rejected, number_of(f, g)) != INTERN_NONE ||
         (g->sign > 0 && intern_find(p->awaited, number_of(f, g)) != INTERN_NONE))) {
        return apart(im, e);
    }
    return existing == 0 || existing > p->last_order || set_known(p, existing) ? ERR_OK : apart(im, e);
}

/* A sale of this file that says of itself that it came back should have known of this return. */
static enum err_code check_sale(struct import *im, const struct order_parts *p, int64_t sale, struct err *e) {
    bool returned = false;
    enum err_code rc = was_known(p, sale) ? import_order_is_returned(im->shop, sale, &returned, e) : ERR_OK;
    return rc == ERR_OK && returned ? apart(im, e) : rc;
}

enum err_code order_parts_check_return(struct import *im, struct order_file *f, const struct file_group *g, bool last,
                                       struct err *e) {
    struct order_parts *p = &f->parts;
    int64_t sale = 0;
    if (im->gather || (last && !p->later) || g->sign >= 0 || g->cells[CELL_RETURN_OF] == 0) {
        return ERR_OK;
    }
    enum err_code rc = order_find(im->shop, order_cell(f, g, CELL_RETURN_OF), &sale, e);
    if (rc == ERR_OK && was_known(p, sale)) {
        return p->later ? check_sale(im, p, sale, e) : ERR_OK;
    }
    if (rc != ERR_OK && rc != ERR_NOT_FOUND) {
        return rc;
    }
    err_clear(e);
    intern_add(p->awaited, order_cell(f, g, CELL_RETURN_OF));
    return intern_count(p->awaited) <= AWAITED_MAX ? ERR_OK : apart(im, e);
}

void order_parts_reject(struct order_file *f, const struct file_group *g) {
    intern_add(f->parts.rejected, number_of(f, g));
}

void order_parts_clear(struct order_parts *p) {
    free(p->known);
    intern_free(p->rejected);
    intern_free(p->awaited);
    *p = (struct order_parts){0};
}
