#include "io/import_refs.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"

enum { ENOUGH = 200000 }; /* about 20 MB */

struct ref {
    int64_t id; /* -1: not asked yet, or not there then */
    char *unit; /* of a barcode; NULL: the base unit */
};

struct table {
    struct intern *texts;
    struct ref *refs; /* by the text's number */
    size_t count, cap;
};

struct mark {
    enum import_ref kind;
    uint32_t number;
};

struct import_refs {
    struct shop *shop;
    struct table tables[IMPORT_REF_KINDS];
    struct mark *marks; /* put since import_refs_mark */
    size_t mark_count, mark_cap;
    bool phones_known; /* all that anybody has are here */
};

static void table_clear(struct table *t) {
    for (size_t i = 0; i < t->count; i++) {
        free(t->refs[i].unit);
    }
    free(t->refs);
    intern_free(t->texts);
    *t = (struct table){0};
}

struct import_refs *import_refs_new(struct shop *shop) {
    struct import_refs *refs = mem_zalloc(sizeof *refs);
    refs->shop = shop;
    import_refs_forget(refs);
    return refs;
}

void import_refs_forget(struct import_refs *refs) {
    for (int i = 0; i < IMPORT_REF_KINDS; i++) {
        table_clear(&refs->tables[i]);
        refs->tables[i].texts = intern_new();
    }
    refs->mark_count = 0;
    refs->phones_known = false;
}

void import_refs_know_phones(struct import_refs *refs, bool known) {
    refs->phones_known = known;
}

void import_refs_relieve(struct import_refs *refs) {
    size_t count = 0;
    for (int i = 0; i < IMPORT_REF_KINDS; i++) {
        count += refs->tables[i].count;
    }
    if (count > ENOUGH) {
        import_refs_forget(refs);
    }
}

void import_refs_free(struct import_refs *refs) {
    if (refs != NULL) {
        for (int i = 0; i < IMPORT_REF_KINDS; i++) {
            table_clear(&refs->tables[i]);
        }
        free(refs->marks);
        free(refs);
    }
}

static struct ref *slot(struct import_refs *refs, enum import_ref kind, const char *text, uint32_t *number) {
    struct table *t = &refs->tables[kind];
    *number = intern_add(t->texts, text);
    if (*number >= t->count) {
        t->refs = mem_grow(t->refs, *number, &t->cap, sizeof *t->refs);
        t->refs[*number] = (struct ref){.id = -1};
        t->count = (size_t)*number + 1;
    }
    return &t->refs[*number];
}

static enum err_code look_up(struct import_refs *refs, enum import_ref kind, const char *text, struct ref *ref,
                             struct err *e) {
    switch (kind) {
    case IMPORT_REF_STAFF:
        return staff_find(refs->shop, text, &ref->id, e);
    case IMPORT_REF_CUSTOMER:
        return customer_find(refs->shop, text, &ref->id, e);
    case IMPORT_REF_PHONE:
        return customer_find_phone(refs->shop, text, &ref->id, e);
    case IMPORT_REF_CHANNEL:
        return channel_find(refs->shop, text, &ref->id, e);
    default:
        return product_find(refs->shop, text, &ref->id, &ref->unit, e);
    }
}

enum err_code import_ref_find(struct import_refs *refs, enum import_ref kind, const char *text, int64_t *id,
                              const char **unit, struct err *e) {
    uint32_t number = 0;
    struct ref *ref = slot(refs, kind, text, &number);
    *id = 0;
    if (ref->id < 0 && kind == IMPORT_REF_PHONE && refs->phones_known) {
        return ERR_OK;
    }
    if (ref->id < 0) {
        enum err_code rc = look_up(refs, kind, text, ref, e);
        if (rc != ERR_OK) {
            ref->id = -1;
            err_clear(rc == ERR_NOT_FOUND ? e : NULL);
            return rc == ERR_NOT_FOUND ? ERR_OK : rc;
        }
    }
    *id = ref->id;
    if (unit != NULL) {
        *unit = ref->unit == NULL ? "" : ref->unit;
    }
    return ERR_OK;
}

void import_ref_put(struct import_refs *refs, enum import_ref kind, const char *text, int64_t id) {
    uint32_t number = 0;
    struct ref *ref = slot(refs, kind, text, &number);
    ref->id = id;
    refs->marks = mem_grow(refs->marks, refs->mark_count, &refs->mark_cap, sizeof *refs->marks);
    refs->marks[refs->mark_count++] = (struct mark){kind, number};
}

void import_refs_mark(struct import_refs *refs) {
    refs->mark_count = 0;
}

void import_refs_back(struct import_refs *refs) {
    for (size_t i = 0; i < refs->mark_count; i++) {
        refs->tables[refs->marks[i].kind].refs[refs->marks[i].number].id = -1;
    }
    refs->mark_count = 0;
}
