#include "io/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { DARK = 1 }; /* the lowest bit of a square; the others say what it is for */

enum err_code qr_encode(const char *text, struct qr *out, struct err *e) {
    QRcode *code = text[0] == '\0' ? NULL : QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
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

bool qr_is_dark(const struct qr *q, int x, int y) {
    bool inside = x >= 0 && y >= 0 && x < q->size && y < q->size;
    return inside && (q->dark[(size_t)y * (size_t)q->size + (size_t)x] & DARK) != 0;
}

void qr_clear(struct qr *q) {
    free(q->dark);
    *q = (struct qr){0};
}
