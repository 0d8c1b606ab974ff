#include "base/qty.h"

#include <string.h>

#include "base/decimal.h"
#include "base/i18n.h"

static enum err_code refuse(const char *text, enum decimal_status why, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    if (why == DECIMAL_TOO_FINE) {
        return err_set(e, ERR_INVALID, _("the quantity \"%s\" has more than three decimals"), err_clip(text, clip));
    }
    if (why == DECIMAL_TOO_BIG) {
        return err_set(e, ERR_INVALID, _("the quantity \"%s\" is too large"), err_clip(text, clip));
    }
    return err_set(e, ERR_INVALID, _("\"%s\" is not a quantity; write 2 or 0.5"), err_clip(text, clip));
}

enum err_code qty_parse(const char *text, int64_t *qty_milli, struct err *e) {
    if (decimal_plain(text, 3, qty_milli)) {
        return ERR_OK;
    }
    const char *p = text + strspn(text, " \t\r\n");
    bool negative = *p == '-';
    p += *p == '-' || *p == '+';
    size_t n = decimal_span(p);
    if (p[n + strspn(p + n, " \t\r\n")] != '\0') {
        return refuse(text, DECIMAL_MALFORMED, e);
    }
    struct decimal value = {0, 0};
    uint64_t milli = 0;
    enum decimal_status status =
        decimal_read(p, n, (struct decimal_style){DECIMAL_LONE_POINT, DECIMAL_LONE_POINT}, &value);
    if (status == DECIMAL_OK) {
        status = decimal_fixed(&value, 1, 3, &milli);
    }
    int64_t result = 0;
    if (status == DECIMAL_OK && !decimal_sign(milli, negative, &result)) {
        status = DECIMAL_TOO_BIG;
    }
    if (status != DECIMAL_OK) {
        return refuse(text, status, e);
    }
    *qty_milli = result;
    return ERR_OK;
}

const char *qty_format_plain(int64_t qty_milli, char out[QTY_TEXT_MAX]) {
    _Static_assert(QTY_TEXT_MAX >= DECIMAL_TEXT_MAX, "room for every number");
    return decimal_write(qty_milli, 3, '.', '\0', true, out);
}

const char *qty_format(int64_t qty_milli, char out[QTY_TEXT_MAX]) {
    return decimal_write(qty_milli, 3, ',', '.', true, out);
}
