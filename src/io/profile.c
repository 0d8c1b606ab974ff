#include "io/profile.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/kind.h"
#include "io/profile_rules.h"

/* Is it a column that some kind of import knows? */
static bool field_known(const char *name, size_t n) {
    for (int id = 0; kind_is_import((enum kind_id)id); id++) {
        const struct kind *kind = kind_info((enum kind_id)id);
        for (size_t i = 0; i < kind->count; i++) {
            if (strlen(kind->columns[i].name) == n && strncasecmp(kind->columns[i].name, name, n) == 0) {
                return true;
            }
        }
    }
    return false;
}

bool config_import_key_known(const char *key) {
    static const char *const options[] = {"date_order", "delimiter", "fill_down", "only_digits"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcasecmp(options[i], key) == 0) {
            return true;
        }
    }
    const char *dot = strchr(key, '.');
    if (strncasecmp(key, "default.", 8) == 0) {
        return field_known(key + 8, strlen(key + 8));
    }
    return field_known(key, dot == NULL ? strlen(key) : (size_t)(dot - key));
}

struct profile *profile_new(void) {
    struct profile *p = mem_zalloc(sizeof *p);
    p->pass_others = true;
    return p;
}

static struct profile_field *field_of(struct profile *p, const char *name) {
    for (size_t i = 0; i < p->field_count; i++) {
        if (strcasecmp(p->fields[i].name, name) == 0) {
            return &p->fields[i];
        }
    }
    p->fields = mem_grow(p->fields, p->field_count, &p->field_cap, sizeof *p->fields);
    p->fields[p->field_count] = (struct profile_field){.name = mem_strdup(name)};
    return &p->fields[p->field_count++];
}

static void replace(char **old, const char *text) {
    free(*old);
    *old = mem_strdup(text);
}

static void set_word(struct profile *p, const char *field, size_t field_len, const char *word, const char *value) {
    char *copy = mem_strdup(word);
    size_t n = strlen(copy);
    bool beginning = n > 0 && copy[n - 1] == '*';
    if (beginning) {
        copy[n - 1] = '\0';
    }
    struct profile_word made = {.field = mem_strndup(field, field_len),
                                .folded = text_fold(copy),
                                .beginning = beginning,
                                .value = mem_strdup(value)};
    free(copy);
    for (size_t i = 0; i < p->word_count; i++) {
        struct profile_word *w = &p->words[i];
        if (strcasecmp(w->field, made.field) == 0 && strcmp(w->folded, made.folded) == 0 && w->beginning == beginning) {
            replace(&w->value, value);
            free(made.field);
            free(made.folded);
            free(made.value);
            return;
        }
    }
    p->words = mem_grow(p->words, p->word_count, &p->word_cap, sizeof *p->words);
    p->words[p->word_count++] = made;
}

/* NULL when the rule was understood, else what is wrong with it. */
static const char *set_option(struct profile *p, const char *key, const char *value, bool *is_option) {
    *is_option = true;
    if (strcasecmp(key, "date_order") == 0) {
        bool mdy = strcasecmp(value, "mdy") == 0;
        profile_date_order(p, mdy ? DATE_MDY : DATE_DMY);
        return mdy || strcasecmp(value, "dmy") == 0 ? NULL : _("date_order is dmy or mdy");
    }
    if (strcasecmp(key, "delimiter") == 0) {
        p->delimiter = strcasecmp(value, "tab") == 0 ? '\t' : value[0];
        bool ok = p->delimiter == '\t' || (strlen(value) == 1 && strchr(",;|\t", value[0]) != NULL);
        return ok ? NULL : _("delimiter is \",\" \";\" \"|\" or tab");
    }
    if (strcasecmp(key, "fill_down") == 0) {
        p->fill_down = strcasecmp(value, "yes") == 0;
        return p->fill_down || strcasecmp(value, "no") == 0 ? NULL : _("fill_down is yes or no");
    }
    if (strcasecmp(key, "only_digits") == 0) {
        replace(&p->only_digits, value);
        return field_known(value, strlen(value)) ? NULL : _("only_digits names a field");
    }
    *is_option = false;
    return NULL;
}

static const char *set_rule(struct profile *p, const char *key, const char *value) {
    bool is_option = false;
    const char *fault = set_option(p, key, value, &is_option);
    const char *dot = strchr(key, '.');
    if (is_option) {
        return fault;
    }
    if (dot == NULL) {
        replace(&field_of(p, key)->headers, value);
    } else if (strncasecmp(key, "default.", 8) == 0) {
        replace(&field_of(p, key + 8)->fallback, value);
    } else {
        set_word(p, key, (size_t)(dot - key), dot + 1, value);
    }
    return NULL;
}

static const struct profile_builtin *find_builtin(const char *name) {
    for (const struct profile_builtin *b = profile_builtins; b->name != NULL; b++) {
        if (text_equal_folded(b->name, name)) {
            return b;
        }
    }
    return NULL;
}

static enum err_code not_found(const char *name, struct err *e) {
    struct buf names = BUF_INIT;
    for (const struct profile_builtin *b = profile_builtins; b->name != NULL; b++) {
        buf_addf(&names, "%s%s", names.len > 0 ? ", " : "", b->name);
    }
    enum err_code rc =
        err_set_field(e, ERR_NOT_FOUND, "--profile",
                      _("there is no profile “%s”; there are %s, and what [import.NAME] in the configuration adds"),
                      name, buf_str(&names));
    buf_clear(&names);
    return rc;
}

enum err_code profile_find(const char *name, const struct config *config, struct profile **out, struct err *e) {
    const struct profile_builtin *builtin = find_builtin(name);
    struct profile *p = profile_new();
    p->pass_others = false;
    for (const struct profile_pair *x = builtin == NULL ? NULL : builtin->pairs; x != NULL && x->key != NULL; x++) {
        set_rule(p, x->key, x->value);
    }
    char *section = mem_printf("import.%s", name);
    bool own = false;
    enum err_code rc = ERR_OK;
    const struct ini_entry *entry = NULL;
    for (size_t i = 0; config != NULL && rc == ERR_OK && (entry = config_entry(config, section, i)) != NULL; i++) {
        own = true;
        const char *fault = set_rule(p, entry->key, entry->value);
        rc = fault == NULL ? ERR_OK : config_fault(config, entry, fault, e);
    }
    free(section);
    if (rc == ERR_OK && builtin == NULL && !own) {
        rc = not_found(name, e);
    }
    if (rc != ERR_OK) {
        profile_free(p);
        return rc;
    }
    *out = p;
    return ERR_OK;
}

enum err_code profile_map(struct profile *p, const char *map, struct err *e) {
    const char *equals = strrchr(map, '=');
    if (equals == NULL || equals == map || equals[1] == '\0') {
        return err_set_field(e, ERR_INVALID, "--map", _("--map wants HEADER=field, not “%s”"), map);
    }
    if (!field_known(equals + 1, strlen(equals + 1))) {
        return err_set_field(e, ERR_INVALID, "--map", _("--map: there is no field “%s”"), equals + 1);
    }
    struct profile_field *field = field_of(p, equals + 1);
    char *header = mem_strndup(map, (size_t)(equals - map));
    char *joined = field->headers == NULL ? mem_strdup(header) : mem_printf("%s|%s", header, field->headers);
    free(field->headers);
    field->headers = joined;
    free(header);
    return ERR_OK;
}

void profile_unmap(struct profile *p, const char *name) {
    struct profile_field *field = field_of(p, name);
    field->off = true;
}

void profile_null_text(struct profile *p, const char *text) {
    replace(&p->null_text, text);
}

void profile_date_order(struct profile *p, enum date_order order) {
    p->date_order = order;
    p->date_order_set = true;
}

char profile_delimiter(const struct profile *p) {
    return p->delimiter;
}

const char *profile_name(size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (profile_builtins[i].name == NULL) {
            return NULL;
        }
    }
    return profile_builtins[index].name;
}

void profile_free(struct profile *p) {
    if (p == NULL) {
        return;
    }
    for (size_t i = 0; i < p->field_count; i++) {
        free(p->fields[i].name);
        free(p->fields[i].headers);
        free(p->fields[i].fallback);
    }
    for (size_t i = 0; i < p->word_count; i++) {
        free(p->words[i].field);
        free(p->words[i].folded);
        free(p->words[i].value);
    }
    free(p->fields);
    free(p->words);
    free(p->only_digits);
    free(p->null_text);
    free(p);
}
