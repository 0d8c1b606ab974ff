#include "io/vietqr.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define AMOUNT_MAX INT64_C(9999999999999)

enum { BIN_DIGITS = 6, ACCOUNT_MAX = 19, TEXT_MAX = 25 };

static const struct bank banks[] = {
    {"970436", "Vietcombank"}, {"970415", "VietinBank"}, {"970418", "BIDV"},      {"970405", "Agribank"},
    {"970407", "Techcombank"}, {"970422", "MB"},         {"970416", "ACB"},       {"970432", "VPBank"},
    {"970423", "TPBank"},      {"970403", "Sacombank"},  {"970441", "VIB"},       {"970443", "SHB"},
    {"970437", "HDBank"},      {"970448", "OCB"},        {"970426", "MSB"},       {"970440", "SeABank"},
    {"970431", "Eximbank"},    {"970449", "LPBank"},     {"970429", "SCB"},       {"970428", "Nam A"},
    {"970425", "ABBank"},      {"970409", "Bac A"},      {"970427", "VietABank"}, {"970412", "PVcomBank"},
    {"970454", "BVBank"},      {"970452", "KienLong"},   {"970433", "VietBank"},  {"970419", "NCB"},
    {"970430", "PGBank"},      {"970400", "SaigonBank"}, {"970438", "BaoViet"},   {"970424", "Shinhan"},
    {"970457", "Woori"},       {"970459", "CIMB"},       {"970446", "Co-opBank"},
};

static char *without_blanks(const char *text) {
    char *folded = text_fold(text);
    char *to = folded;
    for (const char *from = folded; *from != '\0'; from++) {
        if (*from != ' ' && *from != '-') {
            *to++ = *from;
        }
    }
    *to = '\0';
    return folded;
}

static bool same_name(const char *a, const char *b) {
    char *x = without_blanks(a);
    char *y = without_blanks(b);
    bool same = strcmp(x, y) == 0;
    free(x);
    free(y);
    return same;
}

const struct bank *bank_at(size_t index) {
    return index < sizeof banks / sizeof *banks ? &banks[index] : NULL;
}

const struct bank *bank_find(const char *typed) {
    for (size_t i = 0; i < sizeof banks / sizeof *banks; i++) {
        if (strcmp(banks[i].bin, typed) == 0 || same_name(banks[i].name, typed)) {
            return &banks[i];
        }
    }
    return NULL;
}

uint16_t vietqr_crc(const char *bytes, size_t n) {
    unsigned crc = 0xFFFF;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned)(unsigned char)bytes[i] << 8;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
        }
        crc &= 0xFFFF;
    }
    return (uint16_t)crc;
}

/* Tag, length and value; nothing for an empty value. */
static void add(struct buf *b, const char *tag, const char *value) {
    if (value[0] != '\0') {
        buf_addf(b, "%s%02zu%s", tag, strlen(value), value);
    }
}

static void add_text(struct buf *b, const char *tag, const char *text) {
    if (text == NULL) {
        return;
    }
    char *ascii = text_ascii(text);
    for (char *c = ascii; *c != '\0'; c++) {
        *c = *c < ' ' || *c == 0x7F ? ' ' : *c;
    }
    ascii[strnlen(ascii, TEXT_MAX)] = '\0';
    add(b, tag, ascii);
    free(ascii);
}

static bool consists_of(const char *text, const char *letters) {
    return text[strspn(text, letters)] == '\0';
}

static enum err_code check(const struct vietqr *q, struct err *e) {
    static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (strlen(q->bin) != BIN_DIGITS || !consists_of(q->bin, "0123456789")) {
        return err_set_field(e, ERR_INVALID, "bin", _("a bank is named by six digits, not “%s”"), q->bin);
    }
    size_t n = strlen(q->account);
    if (n == 0 || n > ACCOUNT_MAX || !consists_of(q->account, alphanumeric)) {
        return err_set_field(e, ERR_INVALID, "account", _("an account has 1 to 19 letters and digits, not “%s”"),
                             q->account);
    }
    if (q->amount < 0 || q->amount > AMOUNT_MAX) {
        return err_set_field(e, ERR_INVALID, "amount", _("a payment code cannot carry the amount %lld"),
                             (long long)q->amount);
    }
    return ERR_OK;
}

enum err_code vietqr_payload(const struct vietqr *q, char **out, struct err *e) {
    enum err_code rc = check(q, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct buf bank = BUF_INIT;
    struct buf transfer = BUF_INIT;
    struct buf extra = BUF_INIT;
    struct buf b = BUF_INIT;
    char amount[24] = "";
    add(&bank, "00", q->bin);
    add(&bank, "01", q->account);
    add(&transfer, "00", "A000000727");
    add(&transfer, "01", buf_str(&bank));
    add(&transfer, "02", q->to_card ? "QRIBFTTC" : "QRIBFTTA");
    add_text(&extra, "01", q->bill);
    add_text(&extra, "08", q->purpose);
    if (q->amount > 0) {
        snprintf(amount, sizeof amount, "%" PRId64, q->amount);
    }
    add(&b, "00", "01");
    add(&b, "01", q->amount > 0 ? "12" : "11");
    add(&b, "38", buf_str(&transfer));
    add(&b, "53", "704");
    add(&b, "54", amount);
    add(&b, "58", "VN");
    add(&b, "62", buf_str(&extra));
    buf_add(&b, "6304");
    buf_addf(&b, "%04X", (unsigned)vietqr_crc(b.data, b.len));
    buf_clear(&bank);
    buf_clear(&transfer);
    buf_clear(&extra);
    *out = buf_take(&b);
    return ERR_OK;
}
