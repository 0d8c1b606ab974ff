#include "io/import_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "chotdon/code.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"

static enum err_code not_there(const char *format, const char *text, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    return err_set(e, ERR_NOT_FOUND, format, err_clip(text, clip));
}

/* The text itself where it can be a code, else one made of its letters. */
static char *code_of(const char *text) {
    if (code_is_valid(text)) {
        return mem_strdup(text);
    }
    char *code = text_to_code(text, CODE_MAX);
    return code == NULL ? mem_strdup("?") : code;
}

enum err_code import_need_staff(struct import *im, const char *code_or_name, int64_t *id, struct err *e) {
    enum put_result result;
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_STAFF, code_or_name, id, NULL, e);
    if (rc != ERR_OK || *id != 0) {
        return rc;
    }
    if (!im->options->create_missing) {
        return not_there(_("there is no staff %s; add them, or import with --create-missing"), code_or_name, e);
    }
    if (im->looking) {
        im->missing = true;
        return ERR_OK;
    }
    char *code = code_of(code_or_name);
    struct staff s = {.code = code, .name = (char *)code_or_name, .import_id = im->import_id};
    rc = staff_put(im->shop, &s, STAFF_NAME, &result, e);
    if (rc == ERR_OK) {
        rc = staff_find(im->shop, code, id, e);
    }
    if (rc == ERR_OK) {
        import_ref_put(im->refs, IMPORT_REF_STAFF, code_or_name, *id);
    }
    free(code);
    return rc;
}

enum err_code import_need_product(struct import *im, const char *text, const char *name, int64_t price, int64_t *id,
                                  const char **unit, struct err *e) {
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_PRODUCT, text, id, unit, e);
    if (rc != ERR_OK || *id != 0) {
        return rc;
    }
    if (!im->options->create_missing) {
        return not_there(_("there is no product %s; add it, or import with --create-missing"), text, e);
    }
    if (im->looking) {
        im->missing = true;
        return ERR_OK;
    }
    char *sku = code_of(text);
    struct product p = {.sku = sku,
                        .name = (char *)(name[0] == '\0' ? text : name),
                        .price = price,
                        .active = true,
                        .import_id = im->import_id};
    rc = product_add(im->shop, &p, PRODUCT_NAME | PRODUCT_PRICE | PRODUCT_ACTIVE, id, e);
    if (rc == ERR_OK) {
        import_ref_put(im->refs, IMPORT_REF_PRODUCT, text, *id);
        *unit = "";
    }
    free(sku);
    return rc;
}

static enum err_code make_customer(struct import *im, const char *text, const char *phone, const char *name,
                                   int64_t *id, struct err *e) {
    enum put_result result;
    const char *called = name[0] != '\0' ? name : text[0] != '\0' ? text : phone;
    if (!im->options->create_missing) {
        return not_there(_("there is no customer %s; add them, or import with --create-missing"),
                         text[0] != '\0' ? text : phone, e);
    }
    if (im->looking) {
        im->missing = true;
        return ERR_OK;
    }
    struct customer c = {.code = (char *)(code_is_valid(text) ? text : ""),
                         .name = (char *)called,
                         .phones = (char *)phone,
                         .import_id = im->import_id};
    enum err_code rc = customer_put(im->shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, &result, id, e);
    if (rc == ERR_OK && text[0] != '\0') {
        import_ref_put(im->refs, IMPORT_REF_CUSTOMER, text, *id);
    }
    if (rc == ERR_OK && phone[0] != '\0') {
        import_ref_put(im->refs, IMPORT_REF_PHONE, phone, *id);
    }
    return rc;
}

/* The phone as it is matched, "" when it cannot be. */
static const char *usable_phone(const char *phone, char normal[PHONE_SIZE]) {
    enum phone_kind kind = phone[0] == '\0' ? PHONE_NONE : phone_normalise(phone, normal);
    return kind == PHONE_NONE || kind == PHONE_MASKED ? "" : normal;
}

enum err_code import_known_customer(struct import *im, const char *code_or_name, const char *phone, int64_t *id,
                                    struct err *e) {
    char normal[PHONE_SIZE];
    const char *number = usable_phone(phone, normal);
    enum err_code rc = ERR_OK;
    *id = 0;
    if (code_or_name[0] != '\0') {
        rc = import_ref_find(im->refs, IMPORT_REF_CUSTOMER, code_or_name, id, NULL, e);
    }
    if ((rc == ERR_OK || rc == ERR_CONFLICT) && *id == 0 && number[0] != '\0') {
        struct err by_name = e == NULL ? (struct err)ERR_INIT : *e;
        enum err_code by_phone = import_ref_find(im->refs, IMPORT_REF_PHONE, number, id, NULL, e);
        if (by_phone != ERR_OK || *id != 0) {
            return by_phone;
        }
        if (rc != ERR_OK && e != NULL) {
            *e = by_name; /* several bear the name, and the phone is nobody's */
        }
    }
    return rc;
}

enum err_code import_need_customer(struct import *im, const char *code_or_name, const char *phone, const char *name,
                                   int64_t *id, struct err *e) {
    char normal[PHONE_SIZE];
    const char *number = usable_phone(phone, normal);
    enum err_code rc = import_known_customer(im, code_or_name, phone, id, e);
    if (rc != ERR_OK || *id != 0 || (code_or_name[0] == '\0' && number[0] == '\0')) {
        return rc;
    }
    return make_customer(im, code_or_name, number, name, id, e);
}

enum err_code import_need_channel(struct import *im, const char *name, int64_t *id, struct err *e) {
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_CHANNEL, name, id, NULL, e);
    if (rc == ERR_OK && *id == 0 && im->looking) {
        im->missing = true;
    } else if (rc == ERR_OK && *id == 0) {
        rc = channel_make(im->shop, name, id, NULL, e);
        if (rc == ERR_OK) {
            import_ref_put(im->refs, IMPORT_REF_CHANNEL, name, *id);
        }
    }
    return rc;
}
