#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/code.h"
#include "domain/product_internal.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static const struct product_unit *find_unit(const struct product *p, const char *name) {
    for (size_t i = 0; i < p->unit_count; i++) {
        if (text_equal_folded(p->units[i].name, name)) {
            return &p->units[i];
        }
    }
    return NULL;
}

static enum err_code check_unit(const struct product *next, const struct product_unit *u, struct err *e) {
    if (u->name[0] == '\0' || strpbrk(u->name, "=+@") != NULL || strlen(u->name) > RECORD_NAME_MAX) {
        return err_set_field(e, ERR_INVALID, "units", _("“%.80s” cannot be the name of a unit"), u->name);
    }
    if (u->factor <= 0) {
        return err_set_field(e, ERR_INVALID, "units", _("%s: say how many of the base unit are in one"), u->name);
    }
    if (u->has_price && u->price < 0) {
        return err_set_field(e, ERR_INVALID, "units", _("%s: the price cannot be below zero"), u->name);
    }
    if (next->unit[0] != '\0' && text_equal_folded(u->name, next->unit)) {
        return err_set_field(e, ERR_INVALID, "units", _("%s is the base unit already"), u->name);
    }
    if (find_unit(next, u->name) != NULL) {
        return err_set_field(e, ERR_INVALID, "units", _("%s is there twice"), u->name);
    }
    return ERR_OK;
}

/* Needs the base unit's name in `next`. */
enum err_code product_take_units(struct product_work *w, struct err *e) {
    const struct product *from = (w->fields & PRODUCT_UNITS) != 0 ? w->in : &w->old;
    struct product *next = &w->next;
    enum err_code rc = ERR_OK;
    next->units = mem_array(from->unit_count + 1, sizeof *next->units);
    for (size_t i = 0; i < from->unit_count && rc == ERR_OK; i++) {
        struct product_unit u = from->units[i];
        u.name = text_nfc(u.name);
        u.price = u.has_price ? u.price : 0;
        rc = check_unit(next, &u, e);
        if (rc == ERR_OK) {
            next->units[next->unit_count++] = u;
        } else {
            free(u.name);
        }
    }
    return rc;
}

static bool has_barcode(const struct product *p, const char *barcode) {
    for (size_t i = 0; i < p->barcode_count; i++) {
        if (strcmp(p->barcodes[i].barcode, barcode) == 0) {
            return true;
        }
    }
    return false;
}

/* Nobody else's: neither a barcode nor an SKU. */
static enum err_code check_barcode_free(struct product_work *w, const char *barcode, struct err *e) {
    char *owner = NULL;
    enum err_code rc = record_lookup_text(w->shop->db,
                                          "SELECT p.sku FROM product_barcodes b JOIN products p ON p.id = b.product_id "
                                          "WHERE b.barcode = $1 AND p.id <> $2 "
                                          "UNION ALL SELECT sku FROM products WHERE sku = $1 AND id <> $2 LIMIT 1",
                                          DB_BIND(DB_TEXT(barcode), DB_INT(w->old.id)), &owner, e);
    if (owner != NULL) {
        rc = err_set_field(e, ERR_CONFLICT, "barcode", _("barcode %s belongs to product %s"), barcode, owner);
    }
    free(owner);
    return rc;
}

/* Barcodes name units as the product spells them; the base unit is "". A barcode that is there twice counts once. */
static enum err_code take_barcode(struct product_work *w, const struct product_barcode *from, struct err *e) {
    struct product *next = &w->next;
    char *barcode = text_nfc(from->barcode);
    char *unit = text_nfc(from->unit == NULL ? "" : from->unit);
    const struct product_unit *known = find_unit(next, unit);
    enum err_code rc = ERR_OK;
    if (barcode[0] == '\0' || strpbrk(barcode, "+=") != NULL || strlen(barcode) > CODE_MAX ||
        text_has_hidden(barcode)) {
        rc = err_set_field(e, ERR_INVALID, "barcode", _("“%.80s” cannot be a barcode"), barcode);
    } else if (unit[0] != '\0' && known == NULL && !text_equal_folded(unit, next->unit)) {
        rc = err_set_field(e, ERR_INVALID, "barcode",
                           _("barcode %s is for the unit “%s”, which the product does not have"), barcode, unit);
    } else if (!has_barcode(&w->old, barcode)) {
        rc = check_barcode_free(w, barcode, e);
    }
    if (rc == ERR_OK && !has_barcode(next, barcode)) {
        const char *name = known == NULL ? "" : known->name;
        next->barcodes[next->barcode_count++] = (struct product_barcode){mem_strdup(barcode), mem_strdup(name)};
    }
    free(barcode);
    free(unit);
    return rc;
}

enum err_code product_take_barcodes(struct product_work *w, struct err *e) {
    const struct product *from = (w->fields & PRODUCT_BARCODES) != 0 ? w->in : &w->old;
    enum err_code rc = ERR_OK;
    w->next.barcodes = mem_array(from->barcode_count + 1, sizeof *w->next.barcodes);
    for (size_t i = 0; i < from->barcode_count && rc == ERR_OK; i++) {
        rc = take_barcode(w, &from->barcodes[i], e);
    }
    return rc;
}
