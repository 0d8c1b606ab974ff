/* Cells of a customer that have a meaning: phones, gender, segment. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "domain/customer_internal.h"

#define SEPARATORS ";,|/\n"

bool customer_next_phone(const char **list, char phone[64]) {
    size_t len = strcspn(*list, ";");
    if (**list == '\0') {
        return false;
    }
    size_t kept = len < 63 ? len : 63;
    memcpy(phone, *list, kept);
    phone[kept] = '\0';
    *list += len + ((*list)[len] == ';');
    return true;
}

static bool has_phone(const char *list, const char *phone) {
    char one[64];
    while (customer_next_phone(&list, one)) {
        if (strcmp(one, phone) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_letter(const char *text) {
    char *folded = text_fold(text);
    bool found = strpbrk(folded, "abcdefghijklmnopqrstuvwxyz") != NULL;
    free(folded);
    return found;
}

static enum err_code add_phone(struct buf *b, const char *typed, struct err *e) {
    char phone[PHONE_SIZE];
    switch (phone_normalise(typed, phone)) {
    case PHONE_MASKED:
        return ERR_OK;
    case PHONE_NONE:
        return has_letter(typed) ? err_set_field(e, ERR_INVALID, "phone", _("“%.80s” has no digits"), typed) : ERR_OK;
    default:
        if (!has_phone(buf_str(b), phone)) {
            buf_addf(b, "%s%s", b->len == 0 ? "" : ";", phone);
        }
        return ERR_OK;
    }
}

enum err_code customer_phones(const char *typed, char **out, struct err *e) {
    struct buf b = BUF_INIT;
    enum err_code rc = ERR_OK;
    *out = NULL;
    while (rc == ERR_OK && *typed != '\0') {
        size_t len = strcspn(typed, SEPARATORS);
        char *part = mem_strndup(typed, len);
        rc = add_phone(&b, part, e);
        free(part);
        typed += len + (typed[len] != '\0');
    }
    if (rc == ERR_OK) {
        *out = buf_take(&b);
    }
    buf_clear(&b);
    return rc;
}

struct word {
    const char *typed; /* folded */
    const char *stored;
};

static const char *find_word(const struct word *words, size_t count, const char *typed) {
    char *folded = text_fold(typed);
    const char *stored = NULL;
    for (size_t i = 0; i < count && stored == NULL; i++) {
        stored = strcmp(folded, words[i].typed) == 0 ? words[i].stored : NULL;
    }
    free(folded);
    return stored;
}

enum err_code customer_gender(const char *typed, char **out, struct err *e) {
    static const struct word words[] = {
        {"", ""},         {"male", "male"},   {"m", "male"},        {"nam", "male"}, {"anh", "male"},
        {"ong", "male"},  {"nu", "female"},   {"female", "female"}, {"f", "female"}, {"chi", "female"},
        {"ba", "female"}, {"other", "other"}, {"khac", "other"},
    };
    const char *stored = find_word(words, sizeof words / sizeof *words, typed);
    *out = stored == NULL ? NULL : mem_strdup(stored);
    return stored != NULL
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "gender", _("“%.80s” is no gender: use male, female or other"), typed);
}

char *customer_segment(const char *typed) {
    static const struct word words[] = {
        {"vip", "vip"},
        {"wholesale", "wholesale"},
        {"si", "wholesale"},
        {"ban si", "wholesale"},
        {"khach si", "wholesale"},
        {"buon", "wholesale"},
        {"ban buon", "wholesale"},
        {"dai ly", "wholesale"},
        {"loyal", "loyal"},
        {"than thiet", "loyal"},
        {"khach quen", "loyal"},
        {"khach than thiet", "loyal"},
        {"retail", "retail"},
        {"le", "retail"},
        {"ban le", "retail"},
        {"khach le", "retail"},
    };
    const char *stored = find_word(words, sizeof words / sizeof *words, typed);
    return mem_strdup(stored == NULL ? typed : stored);
}

const char *customer_segment_label(const char *segment) {
    static const struct {
        const char *code, *label;
    } labels[] = {{"vip", N_("VIP")}, {"wholesale", N_("wholesale")}, {"loyal", N_("loyal")}, {"retail", N_("retail")}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (strcmp(labels[i].code, segment) == 0) {
            return _(labels[i].label);
        }
    }
    return segment;
}
