/* Forms of the same fields beside each other: one person's and another's. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/form_state.h"

int form_count(const struct form *f) {
    return f->count;
}

const char *form_field_label(const struct form *f, int i) {
    return _(f->fields[i].label);
}

struct form *form_like(const struct form *f) {
    return form_new(f->fields, f->count, f->currency);
}

char *form_shown(const struct form *f, int i) {
    const struct form_field *field = &f->fields[i];
    char text[MONEY_TEXT_MAX];
    int64_t amount;
    if (field->kind == FORM_CHOICE || field->kind == FORM_BOOL) {
        return mem_strdup(form_label(f, i, f->values[i].choice));
    }
    const char *typed = form_text(f, field->name);
    if (field->kind == FORM_MONEY && *typed != '\0' && f->currency != NULL &&
        money_parse(typed, f->currency, &amount, NULL) == ERR_OK) {
        return mem_strdup(money_format(amount, f->currency, false, text));
    }
    return mem_strdup(typed);
}

void form_take(struct form *to, const struct form *from, int i) {
    struct form_value *v = &to->values[i];
    const struct form_value *other = &from->values[i];
    if (other->labels != NULL) {
        form_set_choices(to, to->fields[i].name, (const char *const *)other->labels, other->label_count);
    }
    v->choice = other->choice;
    field_set(&v->text, field_text(&other->text));
}
