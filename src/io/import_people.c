/* Staff, suppliers and customers from files. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "chotdon/customer.h"
#include "chotdon/staff.h"
#include "chotdon/supplier.h"
#include "io/export.h"
#include "io/import_core.h"
#include "io/import_make.h"

/* The bit of a field whose column the file has. */
static unsigned has(const struct import *im, int column, unsigned field) {
    return import_has(im, column) ? field : 0;
}

/* Texts of a record are borrowed from the row, or for dates from the record's own buffers. */
static char *text(const struct import *im, const struct import_row *row, int column) {
    return (char *)import_text(im, row, column);
}

static char *cell(const struct import *im, const struct import_row *row, int column) {
    return (char *)import_cell(im, row, column);
}

static const char *code_key(struct import *im, const struct import_row *row, char *room, size_t size) {
    (void)room;
    (void)size;
    return import_text(im, row, 0);
}

/* --- staff */

static enum err_code put_staff(struct import *im, const struct import_row *row, enum put_result *result,
                               struct err *e) {
    char start[DATE_SIZE];
    char end[DATE_SIZE];
    struct staff s = {.code = text(im, row, STAFF_C_CODE),
                      .name = text(im, row, STAFF_C_NAME),
                      .team = text(im, row, STAFF_C_TEAM),
                      .role = text(im, row, STAFF_C_ROLE),
                      .phone = cell(im, row, STAFF_C_PHONE),
                      .email = text(im, row, STAFF_C_EMAIL),
                      .start_date = start,
                      .end_date = end,
                      .import_id = im->import_id};
    unsigned fields = STAFF_NAME | has(im, STAFF_C_TEAM, STAFF_TEAM) | has(im, STAFF_C_ROLE, STAFF_ROLE) |
                      has(im, STAFF_C_PHONE, STAFF_PHONE) | has(im, STAFF_C_EMAIL, STAFF_EMAIL) |
                      has(im, STAFF_C_SALARY, STAFF_SALARY) | has(im, STAFF_C_START, STAFF_START) |
                      has(im, STAFF_C_END, STAFF_END);
    enum err_code rc = import_money(im, row, STAFF_C_SALARY, &s.base_salary, NULL, e);
    if (rc == ERR_OK) {
        rc = import_date(im, row, STAFF_C_START, start, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = import_date(im, row, STAFF_C_END, end, NULL, e);
    }
    return rc == ERR_OK ? staff_put(im->shop, &s, fields, result, e) : rc;
}

static enum err_code staff_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                 struct err *e) {
    struct staff s = {0};
    const char *code = text(im, row, STAFF_C_CODE);
    enum err_code rc = staff_find(im->shop, code, id, NULL);
    if (rc == ERR_OK) {
        rc = staff_get(im->shop, *id, &s, e);
    }
    if (rc == ERR_OK && strcmp(s.code, code) == 0) {
        rc = export_image(im->shop, KIND_STAFF, *id, image, e);
    }
    staff_clear(&s);
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_staff_ops = {
    .key = code_key, .put = put_staff, .image_kind = KIND_STAFF, .image = staff_image};

/* --- suppliers */

static enum err_code put_supplier(struct import *im, const struct import_row *row, enum put_result *result,
                                  struct err *e) {
    struct supplier s = {.code = text(im, row, SUPPLIER_C_CODE),
                         .name = text(im, row, SUPPLIER_C_NAME),
                         .phone = cell(im, row, SUPPLIER_C_PHONE),
                         .email = text(im, row, SUPPLIER_C_EMAIL),
                         .tax_code = cell(im, row, SUPPLIER_C_TAX_CODE),
                         .address = text(im, row, SUPPLIER_C_ADDRESS),
                         .terms = text(im, row, SUPPLIER_C_TERMS),
                         .note = text(im, row, SUPPLIER_C_NOTE),
                         .import_id = im->import_id};
    unsigned fields = SUPPLIER_NAME | has(im, SUPPLIER_C_PHONE, SUPPLIER_PHONE) |
                      has(im, SUPPLIER_C_EMAIL, SUPPLIER_EMAIL) | has(im, SUPPLIER_C_TAX_CODE, SUPPLIER_TAX_CODE) |
                      has(im, SUPPLIER_C_ADDRESS, SUPPLIER_ADDRESS) | has(im, SUPPLIER_C_TERMS, SUPPLIER_TERMS) |
                      has(im, SUPPLIER_C_NOTE, SUPPLIER_NOTE);
    return supplier_put(im->shop, &s, fields, result, e);
}

static enum err_code supplier_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                    struct err *e) {
    struct supplier s = {0};
    const char *code = text(im, row, SUPPLIER_C_CODE);
    enum err_code rc = supplier_find(im->shop, code, id, NULL);
    if (rc == ERR_OK) {
        rc = supplier_get(im->shop, *id, &s, e);
    }
    if (rc == ERR_OK && strcmp(s.code, code) == 0) {
        rc = export_image(im->shop, KIND_SUPPLIERS, *id, image, e);
    }
    supplier_clear(&s);
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_suppliers_ops = {
    .key = code_key, .put = put_supplier, .image_kind = KIND_SUPPLIERS, .image = supplier_image};

/* --- customers: by code, else by phone, else by a name without a phone */

static const char *customer_key(struct import *im, const struct import_row *row, char *room, size_t size) {
    const char *code = text(im, row, CUSTOMER_C_CODE);
    char phone[PHONE_SIZE];
    if (code[0] != '\0') {
        return code;
    }
    enum phone_kind kind = phone_normalise(cell(im, row, CUSTOMER_C_PHONE), phone);
    if (kind != PHONE_NONE && kind != PHONE_MASKED && size > PHONE_SIZE) {
        memcpy(room, phone, PHONE_SIZE);
        return room;
    }
    return "";
}

static enum err_code customer_owner(struct import *im, const char *owner, struct err *e) {
    int64_t id = 0;
    enum err_code rc = owner[0] == '\0' ? ERR_OK : import_need_staff(im, owner, &id, e);
    return import_field_error(im, CUSTOMER_C_OWNER, rc, e);
}

/* A row that has neither code nor phone is the customer of that name who has no phone, so that a file read twice makes
 * nobody twice. */
static enum err_code nameless_code(struct import *im, const struct import_row *row, char **code, struct err *e) {
    char room[PHONE_SIZE + 1];
    if (customer_key(im, row, room, sizeof room)[0] != '\0') {
        return ERR_OK;
    }
    return customer_find_bare(im->shop, text(im, row, CUSTOMER_C_NAME), code, e);
}

static enum err_code fill_customer(struct import *im, const struct import_row *row, struct customer *c,
                                   char birth[DATE_SIZE], struct err *e) {
    *c = (struct customer){.code = text(im, row, CUSTOMER_C_CODE),
                           .name = text(im, row, CUSTOMER_C_NAME),
                           .phones = cell(im, row, CUSTOMER_C_PHONE),
                           .email = text(im, row, CUSTOMER_C_EMAIL),
                           .birth_date = birth,
                           .gender = text(im, row, CUSTOMER_C_GENDER),
                           .province = text(im, row, CUSTOMER_C_PROVINCE),
                           .address = text(im, row, CUSTOMER_C_ADDRESS),
                           .segment = text(im, row, CUSTOMER_C_SEGMENT),
                           .source = text(im, row, CUSTOMER_C_SOURCE),
                           .referrer = text(im, row, CUSTOMER_C_REFERRER),
                           .owner = text(im, row, CUSTOMER_C_OWNER),
                           .note = text(im, row, CUSTOMER_C_NOTE),
                           .readiness = text(im, row, CUSTOMER_C_READINESS),
                           .tags = text(im, row, CUSTOMER_C_TAGS),
                           .import_id = im->import_id};
    enum err_code rc = import_date(im, row, CUSTOMER_C_BIRTH, birth, NULL, e);
    return rc == ERR_OK ? import_bool(im, row, CUSTOMER_C_CONSENT, &c->consent, e) : rc;
}

static unsigned customer_fields(const struct import *im) {
    static const struct {
        int column;
        unsigned field;
    } columns[] = {
        {CUSTOMER_C_PHONE, CUSTOMER_PHONES},      {CUSTOMER_C_EMAIL, CUSTOMER_EMAIL},
        {CUSTOMER_C_BIRTH, CUSTOMER_BIRTH},       {CUSTOMER_C_GENDER, CUSTOMER_GENDER},
        {CUSTOMER_C_PROVINCE, CUSTOMER_PROVINCE}, {CUSTOMER_C_ADDRESS, CUSTOMER_ADDRESS},
        {CUSTOMER_C_SEGMENT, CUSTOMER_SEGMENT},   {CUSTOMER_C_SOURCE, CUSTOMER_SOURCE},
        {CUSTOMER_C_REFERRER, CUSTOMER_REFERRER}, {CUSTOMER_C_OWNER, CUSTOMER_OWNER},
        {CUSTOMER_C_NOTE, CUSTOMER_NOTE},         {CUSTOMER_C_READINESS, CUSTOMER_READINESS},
        {CUSTOMER_C_TAGS, CUSTOMER_TAGS},         {CUSTOMER_C_CONSENT, CUSTOMER_CONSENT},
    };
    unsigned fields = CUSTOMER_NAME;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        fields |= has(im, columns[i].column, columns[i].field);
    }
    return fields;
}

static enum err_code put_customer(struct import *im, const struct import_row *row, enum put_result *result,
                                  struct err *e) {
    struct customer c;
    char birth[DATE_SIZE];
    char *code = NULL;
    enum err_code rc = fill_customer(im, row, &c, birth, e);
    if (rc == ERR_OK) {
        rc = customer_owner(im, c.owner, e);
    }
    if (rc == ERR_OK) {
        rc = nameless_code(im, row, &code, e);
    }
    if (rc == ERR_OK) {
        c.code = code != NULL ? code : c.code;
        rc = customer_put(im->shop, &c, customer_fields(im), result, NULL, e);
    }
    free(code);
    return rc;
}

static enum err_code customer_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                    struct err *e) {
    struct customer c = {0};
    char *bare = NULL;
    char room[PHONE_SIZE + 1];
    const char *code = text(im, row, CUSTOMER_C_CODE);
    const char *key = customer_key(im, row, room, sizeof room);
    enum err_code rc = key[0] == '\0' ? nameless_code(im, row, &bare, e) : ERR_OK;
    if (rc == ERR_OK && (key[0] != '\0' || bare != NULL)) {
        rc = customer_find(im->shop, bare != NULL ? bare : key, id, NULL);
        if (rc == ERR_OK) {
            rc = customer_get(im->shop, *id, &c, e);
        }
        if (rc == ERR_OK && (code[0] == '\0' || strcmp(c.code, code) == 0)) {
            rc = export_image(im->shop, KIND_CUSTOMERS, *id, image, e);
        }
    }
    customer_clear(&c);
    free(bare);
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_customers_ops = {
    .key = customer_key, .put = put_customer, .image_kind = KIND_CUSTOMERS, .image = customer_image};
