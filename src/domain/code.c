#include "chotdon/code.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

bool code_is_valid(const char *code) {
    size_t n = strlen(code);
    return n >= 1 && n <= CODE_MAX && code[0] != ' ' && code[n - 1] != ' ' && strpbrk(code, ":+@") == NULL &&
           !text_has_hidden(code);
}

enum err_code code_check(const char *code, const char *field, struct err *e) {
    if (code_is_valid(code)) {
        return ERR_OK;
    }
    if (code[0] == '\0') {
        return err_set_field(e, ERR_INVALID, field, _("%s is empty"), field);
    }
    return err_set_field(e, ERR_INVALID, field,
                         _("“%.80s” cannot be a code: up to %d letters and digits, without : + @"), code, CODE_MAX);
}
