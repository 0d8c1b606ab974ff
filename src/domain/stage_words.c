/* Words of stages: kinds, and the fields that a stage may require. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/stage_internal.h"

static const struct {
    const char *code, *label;
} kinds[] = {
    [STAGE_OPEN] = {"open", N_("open")},
    [STAGE_WON] = {"won", N_("won")},
    [STAGE_LOST] = {"lost", N_("lost")},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *stage_kind_code(enum stage_kind k) {
    return kinds[k].code;
}

const char *stage_kind_label(enum stage_kind k) {
    return _(kinds[k].label);
}

enum stage_kind stage_kind_stored(const char *code) {
    return code[0] == 'w' ? STAGE_WON : code[0] == 'l' ? STAGE_LOST : STAGE_OPEN;
}

bool stage_kind_find(const char *typed, enum stage_kind *out) {
    static const struct {
        const char *word; /* folded */
        enum stage_kind kind;
    } words[] = {
        {"open", STAGE_OPEN},      {"mo", STAGE_OPEN},          {"dang mo", STAGE_OPEN}, {"won", STAGE_WON},
        {"closed won", STAGE_WON}, {"thang", STAGE_WON},        {"chot", STAGE_WON},     {"thanh cong", STAGE_WON},
        {"lost", STAGE_LOST},      {"closed lost", STAGE_LOST}, {"thua", STAGE_LOST},    {"mat", STAGE_LOST},
        {"that bai", STAGE_LOST},
    };
    char *folded = text_fold(typed);
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++) {
        found = strcmp(words[i].word, folded) == 0;
        if (found) {
            *out = words[i].kind;
        }
    }
    free(folded);
    return found;
}

static const struct {
    enum deal_need bit;
    const char *code, *label;
} needs[] = {
    {DEAL_NEED_NEED, "need", N_("need")},
    {DEAL_NEED_BUDGET, "budget", N_("budget")},
    {DEAL_NEED_TIMING, "timing", N_("timing")},
    {DEAL_NEED_DECISION_MAKER, "decision_maker", N_("decision maker")},
    {DEAL_NEED_CUSTOMER, "customer", N_("customer")},
    {DEAL_NEED_PHONE, "phone", N_("phone")},
    {DEAL_NEED_EMAIL, "email", N_("e-mail")},
    {DEAL_NEED_PROVINCE, "province", N_("province")},
    {DEAL_NEED_REP, "rep", N_("rep")},
    {DEAL_NEED_SOURCE, "source", N_("source")},
    {DEAL_NEED_PRODUCT, "product", N_("product")},
    {DEAL_NEED_EXPECTED_VALUE, "expected_value", N_("expected value")},
    {DEAL_NEED_EXPECTED_CLOSE, "expected_close", N_("expected close")},
};
enum { NEEDS = sizeof needs / sizeof *needs };

const char *deal_need_code(enum deal_need one) {
    for (size_t i = 0; i < NEEDS; i++) {
        if (needs[i].bit == one) {
            return needs[i].code;
        }
    }
    return "";
}

const char *deal_need_label(enum deal_need one) {
    for (size_t i = 0; i < NEEDS; i++) {
        if (needs[i].bit == one) {
            return _(needs[i].label);
        }
    }
    return "";
}

/* Also the label in the user's language, and blanks for underscores. */
static unsigned find_need(const char *word) {
    for (size_t i = 0; i < NEEDS; i++) {
        if (strcasecmp(needs[i].code, word) == 0 || text_equal_folded(_(needs[i].label), word)) {
            return needs[i].bit;
        }
    }
    return 0;
}

enum err_code deal_needs_parse(const char *text, unsigned *out, struct err *e) {
    unsigned bits = 0;
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && *text != '\0') {
        size_t len = strcspn(text, ",+;");
        char *raw = mem_strndup(text, len);
        char *word = text_nfc(raw);
        unsigned bit = word[0] == '\0' ? 0 : find_need(word);
        if (bit == 0 && word[0] != '\0') {
            struct buf all = BUF_INIT;
            for (size_t i = 0; i < NEEDS; i++) {
                buf_addf(&all, "%s%s", i == 0 ? "" : ",", needs[i].code);
            }
            rc = err_set_field(e, ERR_INVALID, "required", _("“%.40s” is no field of a deal; a stage may require: %s"),
                               word, buf_str(&all));
            buf_clear(&all);
        }
        bits |= bit;
        free(raw);
        free(word);
        text += len + (text[len] != '\0');
    }
    if (rc == ERR_OK) {
        *out = bits;
    }
    return rc;
}

char *deal_needs_text(unsigned bits) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < NEEDS; i++) {
        if ((bits & needs[i].bit) != 0) {
            buf_addf(&b, "%s%s", b.len == 0 ? "" : ",", needs[i].code);
        }
    }
    return buf_take(&b);
}
