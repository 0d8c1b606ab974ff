#include "io/receipt_print.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/printer.h"
#include "io/vietqr.h"

/* What dressing made; freed together. */
struct extras {
    char *payload;
    char *transfer_to;
};

static enum err_code add_payment_code(const struct config *c, struct receipt *r, struct extras *x, struct err *e) {
    const char *account = config_text(c, "bank", "account");
    const char *typed = config_text(c, "bank", "bin");
    if (!config_bool(c, "receipt", "qr") || account[0] == '\0' || r->due <= 0 || strcmp(r->currency.code, "VND") != 0) {
        return ERR_OK;
    }
    const struct bank *bank = bank_find(typed);
    struct vietqr q = {
        .bin = bank == NULL ? typed : bank->bin, .account = account, .amount = r->due, .purpose = r->order_no};
    enum err_code rc = vietqr_payload(&q, &x->payload, e);
    if (rc == ERR_OK) {
        x->transfer_to =
            mem_printf("%s %s|%s", bank == NULL ? typed : bank->name, account, config_text(c, "bank", "name"));
        r->qr_text = x->payload;
        r->transfer_to = x->transfer_to;
    }
    return rc;
}

static struct receipt_style style_of(const struct config *c, int width) {
    const char *codepage = config_text(c, "receipt", "codepage");
    return (struct receipt_style){
        .width = width,
        .codepage = strcmp(codepage, "windows-1258") == 0 ? RECEIPT_WINDOWS_1258
                    : strcmp(codepage, "utf-8") == 0      ? RECEIPT_UTF8
                                                          : RECEIPT_ASCII,
        .codepage_number = (int)config_int(c, "receipt", "codepage_number"),
        .cut = config_bool(c, "receipt", "cut"),
        .drawer = config_bool(c, "receipt", "drawer"),
    };
}

int receipt_width_of(const struct config *c) {
    return atoi(config_text(c, "receipt", "width"));
}

enum err_code receipt_render(const struct config *c, const struct receipt *r, enum receipt_format format, int width,
                             struct buf *out, struct err *e) {
    struct receipt dressed = *r;
    struct extras x = {0};
    if (dressed.header == NULL) {
        dressed.header = config_text(c, "receipt", "header");
    }
    if (dressed.footer == NULL) {
        dressed.footer = config_text(c, "receipt", "footer");
    }
    width = width > 0 ? width : receipt_width_of(c);
    enum err_code rc = add_payment_code(c, &dressed, &x, e);
    if (rc == ERR_OK && format == RECEIPT_TEXT) {
        receipt_text(&dressed, width, out);
    } else if (rc == ERR_OK) {
        struct receipt_style style = style_of(c, width);
        rc = receipt_escpos(&dressed, &style, out, e);
    }
    free(x.payload);
    free(x.transfer_to);
    return rc;
}

enum receipt_format receipt_format_of(const struct config *c) {
    return strcmp(config_text(c, "receipt", "format"), "escpos") == 0 ? RECEIPT_ESCPOS : RECEIPT_TEXT;
}

static enum err_code send(const struct config *c, const struct buf *out, struct err *e) {
    return printer_send(config_text(c, "receipt", "printer"), buf_str(out), out->len, PRINTER_TIMEOUT_MS, e);
}

enum err_code receipt_print_text(const struct config *c, const char *text, struct err *e) {
    struct buf out = BUF_INIT;
    struct receipt_style style = style_of(c, receipt_width_of(c));
    enum err_code rc = ERR_OK;
    if (receipt_format_of(c) == RECEIPT_ESCPOS) {
        rc = receipt_escpos_text(text, &style, &out, e);
    } else {
        buf_add(&out, text);
    }
    if (rc == ERR_OK) {
        rc = send(c, &out, e);
    }
    buf_clear(&out);
    return rc;
}

enum err_code receipt_print(const struct config *c, const struct receipt *r, struct err *e) {
    struct buf out = BUF_INIT;
    enum err_code rc = receipt_render(c, r, receipt_format_of(c), 0, &out, e);
    if (rc == ERR_OK) {
        rc = send(c, &out, e);
    }
    buf_clear(&out);
    return rc;
}
