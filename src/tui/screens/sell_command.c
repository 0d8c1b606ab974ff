#include "tui/screens/sell_command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/qty.h"

enum { RATE_MAX_BPS = 10000 };

static const char *skip_blanks(const char *p) {
    return p + strspn(p, " ");
}

/* Where the star of "3*" stands; NULL when there is none. */
static const char *find_star(const char *text) {
    const char *p = text + strspn(text, "0123456789.,");
    p = skip_blanks(p);
    return p > text && *p == '*' ? p : NULL;
}

static bool is_command(const char *text) {
    return strchr("+-@=", text[0]) != NULL && text[0] != '\0' && !(text[0] == '+' && phone_looks_like(text));
}

const char *sell_command_search(const char *text) {
    text = skip_blanks(text);
    const char *star = find_star(text);
    if (is_command(text)) {
        return "";
    }
    return star == NULL ? text : skip_blanks(star + 1);
}

static bool only_number(const char *text) {
    return text[strspn(text, "0123456789., ")] == '\0';
}

enum err_code sell_discount_read(const char *text, const struct currency *currency, struct discount *out,
                                 struct err *e) {
    *out = (struct discount){0};
    text = skip_blanks(text);
    if (text[0] == '\0') {
        return ERR_OK;
    }
    out->is_rate = strchr(text, '%') != NULL;
    enum err_code rc =
        out->is_rate ? rate_parse(text, RATE_MAX_BPS, &out->value, e) : money_parse(text, currency, &out->value, e);
    if (rc == ERR_OK && out->value < 0) {
        rc = err_set_field(e, ERR_INVALID, "discount", _("a discount is not negative"));
    }
    return rc;
}

static enum err_code read_qty(const char *text, size_t n, int64_t *qty, struct err *e) {
    char *copy = mem_strndup(text, n);
    enum err_code rc = qty_parse(copy, qty, e);
    free(copy);
    if (rc == ERR_OK && *qty == 0) {
        rc = err_set_field(e, ERR_INVALID, "qty", _("the quantity must not be 0"));
    }
    return rc;
}

static enum err_code read_price(const char *text, const struct currency *currency, struct sell_command *out,
                                struct err *e) {
    out->kind = SELL_PRICE;
    text = skip_blanks(text);
    out->has_price = text[0] != '\0';
    enum err_code rc = out->has_price ? money_parse(text, currency, &out->price, e) : ERR_OK;
    if (rc == ERR_OK && out->price < 0) {
        rc = err_set_field(e, ERR_INVALID, "unit_price", _("a price is not negative"));
    }
    return rc;
}

static enum err_code read_command(const char *text, const struct currency *currency, struct sell_command *out,
                                  struct err *e) {
    const char *value = skip_blanks(text + 1);
    if (text[0] == '@') {
        return read_price(value, currency, out, e);
    }
    if (text[0] == '=') {
        out->kind = SELL_BASKET_DISCOUNT;
        return sell_discount_read(value, currency, &out->discount, e);
    }
    if (text[0] == '-' && !only_number(value)) {
        out->kind = SELL_LINE_DISCOUNT;
        return sell_discount_read(value, currency, &out->discount, e);
    }
    out->kind = SELL_ADD_QTY;
    enum err_code rc = read_qty(value, strlen(value), &out->qty, e);
    out->qty = text[0] == '-' ? -out->qty : out->qty;
    return rc;
}

enum err_code sell_command_read(const char *text, const struct currency *currency, struct sell_command *out,
                                struct err *e) {
    *out = (struct sell_command){.code = ""};
    text = skip_blanks(text);
    if (text[0] == '\0') {
        return ERR_OK;
    }
    if (is_command(text)) {
        return read_command(text, currency, out, e);
    }
    const char *star = find_star(text);
    out->kind = SELL_CODE;
    out->code = text;
    if (star == NULL) {
        return ERR_OK;
    }
    out->code = skip_blanks(star + 1);
    out->kind = out->code[0] == '\0' ? SELL_TIMES : SELL_CODE;
    size_t n = (size_t)(star - text);
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    return read_qty(text, n, &out->qty, e);
}
