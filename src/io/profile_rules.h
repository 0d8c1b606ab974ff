/* A profile's rules, between profile.c that makes them and profile_reader.c that applies them. */
#ifndef IO_PROFILE_RULES_H
#define IO_PROFILE_RULES_H

#include "io/profile.h"

struct profile_pair {
    const char *key;
    const char *value;
};

struct profile_builtin {
    const char *name;
    const struct profile_pair *pairs; /* ends with a NULL key */
};

extern const struct profile_builtin profile_builtins[]; /* ends with a NULL name */

struct profile_field {
    char *name;
    char *headers; /* "Header|Other header"; NULL: only a default */
    char *fallback;
    bool off; /* no column of the file becomes it */
};

struct profile_word {
    char *field;
    char *folded; /* without its * */
    bool beginning;
    char *value;
};

struct profile {
    struct profile_field *fields;
    size_t field_count;
    size_t field_cap;
    struct profile_word *words;
    size_t word_count;
    size_t word_cap;
    enum date_order date_order;
    bool date_order_set;
    char delimiter;
    bool fill_down;
    bool pass_others; /* columns without a field keep their names */
    char *only_digits;
    char *null_text;
};

#endif
