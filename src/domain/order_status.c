/* The words of an order's states and of payment methods, and the moves between states (DOMAIN 4). */
#include "chotdon/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "domain/order_words.h"

#define BIT(status) (1U << (status))
#define STATUSES    8
#define METHODS     6

struct word {
    const char *code;
    const char *label;
    const char *synonyms[14]; /* folded */
};

static const struct word statuses[STATUSES] = {
    [ORDER_DRAFT] = {"draft", N_("draft"), {"nhap", "don nhap", "luu tam"}},
    [ORDER_CONFIRMED] = {"confirmed",
                         N_("confirmed"),
                         {"confirm", "new", "open", "pending", "moi", "don moi", "xac nhan", "da xac nhan", "cho xu ly",
                          "dang xu ly", "processing", "cho lay hang", "da chot", "chot don"}},
    [ORDER_PACKED] = {"packed",
                      N_("packed"),
                      {"pack", "ready to ship", "dong goi", "da dong goi", "cho giao", "cho giao hang",
                       "cho van chuyen"}},
    [ORDER_SHIPPED] = {"shipped",
                       N_("shipped"),
                       {"ship", "shipping", "in transit", "dang giao", "dang giao hang", "da gui", "da gui hang",
                        "da xuat kho", "dang van chuyen", "da giao cho dvvc"}},
    [ORDER_DELIVERED] = {"delivered",
                         N_("delivered"),
                         {"deliver", "da giao", "da giao hang", "giao thanh cong", "da nhan hang"}},
    [ORDER_COMPLETED] = {"completed",
                         N_("completed"),
                         {"complete", "done", "finished", "paid", "closed", "hoan thanh", "da hoan thanh", "hoan tat",
                          "thanh cong"}},
    [ORDER_CANCELLED] = {"cancelled", N_("cancelled"), {"canceled", "cancel", "huy", "da huy", "don huy", "huy don"}},
    [ORDER_RETURNED] = {"returned",
                        N_("returned"),
                        {"return", "refunded", "tra hang", "da tra", "da tra hang", "hoan hang", "chuyen hoan",
                         "da hoan", "da chuyen hoan", "tra hang hoan tien"}},
};

static const struct word methods[METHODS] = {
    [PAY_CASH] = {"cash", N_("cash"), {"tien mat", "tm"}},
    [PAY_TRANSFER] = {"transfer",
                      N_("transfer"),
                      {"bank", "bank transfer", "chuyen khoan", "ck", "vietqr", "qr", "ngan hang"}},
    [PAY_CARD] = {"card", N_("card"), {"the", "quet the", "credit card", "debit card", "visa", "pos"}},
    [PAY_EWALLET] = {"ewallet",
                     N_("e-wallet"),
                     {"e-wallet", "wallet", "vi", "vi dien tu", "momo", "zalopay", "vnpay", "shopeepay",
                      "viettel money"}},
    [PAY_COD] = {"cod", N_("cash on delivery"), {"thu ho", "thanh toan khi nhan hang", "cash on delivery"}},
    [PAY_DEBT] = {"debt", N_("on account"), {"no", "ghi no", "cong no", "cho no", "credit", "on account"}},
};

static int find_word(const struct word *words, int count, const char *typed) {
    char *folded = text_fold(typed);
    int found = -1;
    for (int i = 0; i < count && found < 0; i++) {
        if (strcmp(words[i].code, folded) == 0 || text_equal_folded(_(words[i].label), folded)) {
            found = i;
        }
        for (size_t k = 0; k < sizeof words[i].synonyms / sizeof words[i].synonyms[0]; k++) {
            if (words[i].synonyms[k] != NULL && strcmp(words[i].synonyms[k], folded) == 0) {
                found = i;
            }
        }
    }
    free(folded);
    return found;
}

static int find_code(const struct word *words, int count, const char *code) {
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i].code, code) == 0) {
            return i;
        }
    }
    return 0;
}

const char *order_status_code(enum order_status s) {
    return statuses[s].code;
}

const char *order_status_label(enum order_status s) {
    return _(statuses[s].label);
}

bool order_status_find(const char *typed, enum order_status *out) {
    int found = find_word(statuses, STATUSES, typed);
    if (found >= 0) {
        *out = (enum order_status)found;
    }
    return found >= 0;
}

enum order_status order_status_stored(const char *code) {
    return (enum order_status)find_code(statuses, STATUSES, code);
}

unsigned order_status_moves(enum order_status from) {
    static const unsigned moves[STATUSES] = {
        [ORDER_DRAFT] = BIT(ORDER_CONFIRMED) | BIT(ORDER_COMPLETED) | BIT(ORDER_CANCELLED),
        [ORDER_CONFIRMED] =
            BIT(ORDER_PACKED) | BIT(ORDER_SHIPPED) | BIT(ORDER_DELIVERED) | BIT(ORDER_COMPLETED) | BIT(ORDER_CANCELLED),
        [ORDER_PACKED] = BIT(ORDER_SHIPPED) | BIT(ORDER_DELIVERED) | BIT(ORDER_COMPLETED) | BIT(ORDER_CANCELLED),
        [ORDER_SHIPPED] = BIT(ORDER_DELIVERED) | BIT(ORDER_COMPLETED) | BIT(ORDER_RETURNED),
        [ORDER_DELIVERED] = BIT(ORDER_COMPLETED) | BIT(ORDER_RETURNED),
        [ORDER_COMPLETED] = BIT(ORDER_RETURNED),
    };
    return moves[from];
}

bool order_status_out(enum order_status s) {
    return s == ORDER_SHIPPED || s == ORDER_DELIVERED || s == ORDER_COMPLETED;
}

void order_status_list(unsigned set, struct buf *out) {
    bool first = true;
    for (int i = 0; i < STATUSES; i++) {
        if ((set & BIT(i)) != 0) {
            buf_addf(out, "%s%s", first ? "" : ", ", statuses[i].code);
            first = false;
        }
    }
    if (first) {
        buf_add(out, _("none"));
    }
}

const char *pay_method_code(enum pay_method m) {
    return methods[m].code;
}

const char *pay_method_label(enum pay_method m) {
    return _(methods[m].label);
}

const char *pay_method_title(enum pay_method m) {
    static const char *const titles[METHODS] = {
        [PAY_CASH] = N_("Cash"),        [PAY_TRANSFER] = N_("Transfer"), [PAY_CARD] = N_("Card"),
        [PAY_EWALLET] = N_("E-wallet"), [PAY_COD] = N_("COD"),           [PAY_DEBT] = N_("On account"),
    };
    return _(titles[m]);
}

bool pay_method_find(const char *typed, enum pay_method *out) {
    int found = find_word(methods, METHODS, typed);
    if (found >= 0) {
        *out = (enum pay_method)found;
    }
    return found >= 0;
}

enum pay_method pay_method_stored(const char *code) {
    return (enum pay_method)find_code(methods, METHODS, code);
}

bool pay_method_is_promise(enum pay_method m) {
    return m == PAY_COD || m == PAY_DEBT;
}
