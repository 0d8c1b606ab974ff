/* Inside of a form, shared by form.c and form_paint.c. */
#ifndef TUI_FORM_STATE_H
#define TUI_FORM_STATE_H

#include "tui/field.h"
#include "tui/form.h"

struct form_value {
    struct field text;
    char *trimmed; /* what form_text last gave out */
    int choice;
    char **labels; /* run-time choices; NULL: the field's own */
    int label_count;
};

struct form {
    const struct form_field *fields;
    int count;
    const struct currency *currency;
    struct form_value *values;
    int focus;
    bool changed;
    bool has_error;
    struct err error;
    int error_at; /* field, -1: none in particular */
};

int form_label_count(const struct form *f, int i);
const char *form_label(const struct form *f, int i, int choice);

#endif
