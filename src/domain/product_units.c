#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "domain/product_internal.h"

enum { BARCODE_MAX = 64 };

void product_units_free(struct product_unit *units, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(units[i].name);
    }
    free(units);
}

void product_barcodes_free(struct product_barcode *codes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(codes[i].barcode);
        free(codes[i].unit);
    }
    free(codes);
}

/* The next part of a list joined by `+`, split at `=`: both NFC and owned, `right` NULL without one. False at the end.
 */
static bool next_part(const char **text, char **left, char **right) {
    if (**text == '\0') {
        return false;
    }
    size_t len = strcspn(*text, "+");
    char *part = mem_strndup(*text, len);
    char *equals = strchr(part, '=');
    *right = NULL;
    if (equals != NULL) {
        *equals = '\0';
        *right = text_nfc(equals + 1);
    }
    *left = text_nfc(part);
    free(part);
    *text += len + ((*text)[len] == '+');
    return true;
}

/* "24@96000" */
static enum err_code parse_factor(char *text, const struct currency *cur, struct product_unit *unit, struct err *e) {
    char *at = strchr(text, '@');
    if (at != NULL) {
        *at = '\0';
        enum err_code rc = money_parse_file(at + 1, cur, &unit->price, e);
        if (rc != ERR_OK) {
            return rc;
        }
        unit->has_price = true;
    }
    return qty_parse(text, &unit->factor, e);
}

static enum err_code parse_unit(char *name, char *factor, const struct currency *cur, struct product_unit *unit,
                                struct err *e) {
    if (name[0] == '\0' || factor == NULL) {
        return err_set_field(e, ERR_INVALID, "units", _("“%.80s”: write units as thùng=24 or thùng=24@96000"), name);
    }
    enum err_code rc = parse_factor(factor, cur, unit, e);
    if (rc != ERR_OK && e != NULL) {
        struct err inner = *e;
        err_set_field(e, rc, "units", "%s: %s", name, inner.message);
    }
    return rc;
}

enum err_code product_units_parse(const char *text, const struct currency *cur, struct product_unit **units,
                                  size_t *count, struct err *e) {
    size_t capacity = 0;
    enum err_code rc = ERR_OK;
    char *name = NULL;
    char *factor = NULL;
    *units = NULL;
    *count = 0;
    while (rc == ERR_OK && next_part(&text, &name, &factor)) {
        struct product_unit unit = {0};
        if (name[0] != '\0' || factor != NULL) {
            rc = parse_unit(name, factor, cur, &unit, e);
            if (rc == ERR_OK) {
                *units = mem_grow(*units, *count, &capacity, sizeof **units);
                unit.name = mem_strdup(name);
                (*units)[(*count)++] = unit;
            }
        }
        free(name);
        free(factor);
    }
    if (rc != ERR_OK) {
        product_units_free(*units, *count);
        *units = NULL;
        *count = 0;
    }
    return rc;
}

char *product_units_format(const struct product_unit *units, size_t count, const struct currency *cur) {
    struct buf b = BUF_INIT;
    char number[MONEY_TEXT_MAX];
    for (size_t i = 0; i < count; i++) {
        char factor[QTY_TEXT_MAX];
        buf_addf(&b, "%s%s=%s", i == 0 ? "" : "+", units[i].name, qty_format_plain(units[i].factor, factor));
        if (units[i].has_price) {
            buf_addf(&b, "@%s", money_format_plain(units[i].price, cur, number));
        }
    }
    return buf_take(&b);
}

/* A spreadsheet has made 8.93E+12 of it. */
static bool is_spoiled(const char *code, const char *after) {
    size_t n = strlen(code);
    size_t digits = strspn(code, "0123456789.,");
    return n > 2 && digits == n - 1 && (code[n - 1] == 'E' || code[n - 1] == 'e') && *after >= '0' && *after <= '9' &&
           strpbrk(code, ".,") != NULL;
}

static enum err_code check_barcode(const char *code, const char *after, struct err *e) {
    if (is_spoiled(code, after)) {
        return err_set_field(e, ERR_INVALID, "barcode",
                             _("a spreadsheet has cut the barcode to “%s+…”: format the column as text and take the "
                               "whole number again"),
                             code);
    }
    if (code[0] == '\0' || strlen(code) > BARCODE_MAX || text_has_hidden(code)) {
        return err_set_field(e, ERR_INVALID, "barcode", _("“%.80s” cannot be a barcode: 1 to %d characters that show"),
                             code, BARCODE_MAX);
    }
    return ERR_OK;
}

enum err_code product_barcodes_parse(const char *text, struct product_barcode **codes, size_t *count, struct err *e) {
    size_t capacity = 0;
    enum err_code rc = ERR_OK;
    char *code = NULL;
    char *unit = NULL;
    *codes = NULL;
    *count = 0;
    while (rc == ERR_OK && next_part(&text, &code, &unit)) {
        if (code[0] != '\0' || unit != NULL) {
            rc = check_barcode(code, text, e);
            if (rc == ERR_OK) {
                *codes = mem_grow(*codes, *count, &capacity, sizeof **codes);
                (*codes)[(*count)++] = (struct product_barcode){mem_strdup(code), mem_strdup(unit == NULL ? "" : unit)};
            }
        }
        free(code);
        free(unit);
    }
    if (rc != ERR_OK) {
        product_barcodes_free(*codes, *count);
        *codes = NULL;
        *count = 0;
    }
    return rc;
}

char *product_barcodes_format(const struct product_barcode *codes, size_t count) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_addf(&b, "%s%s%s%s", i == 0 ? "" : "+", codes[i].barcode, codes[i].unit[0] == '\0' ? "" : "=",
                 codes[i].unit);
    }
    return buf_take(&b);
}
