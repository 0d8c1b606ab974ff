#include "io/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { DARK = 1 }; /* the lowest bit of a square; the others say what it is for */

static enum err_code take(QRcode *code, const char *text, struct qr *out, struct err *e) {
    if (code == NULL) {
        return err_set(e, ERR_INVALID, _("a QR code cannot hold a text of %zu bytes"), strlen(text));
    }
    size_t n = (size_t)code->width * (size_t)code->width;
    out->size = code->width;
    out->dark = mem_alloc(n);
    memcpy(out->dark, code->data, n);
    QRcode_free(code);
    return ERR_OK;
}

enum err_code qr_encode(const char *text, struct qr *out, struct err *e) {
    return take(text[0] == '\0' ? NULL : QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M), text, out, e);
}

enum err_code qr_encode_small(const char *text, struct qr *out, struct err *e) {
    return take(text[0] == '\0' ? NULL : QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1), text, out, e);
}

bool qr_is_dark(const struct qr *q, int x, int y) {
    bool inside = x >= 0 && y >= 0 && x < q->size && y < q->size;
    return inside && (q->dark[(size_t)y * (size_t)q->size + (size_t)x] & DARK) != 0;
}

void qr_clear(struct qr *q) {
    free(q->dark);
    *q = (struct qr){0};
}
