#include "io/config.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "io/config_table.h"

enum { ACCOUNT_MAX = 20 };

struct config {
    struct ini *ini; /* NULL: no file */
};

static bool same(const char *a, const char *b) {
    return strcasecmp(a, b) == 0;
}

static const struct config_key *find_key(const char *section, const char *key) {
    for (size_t i = 0; i < config_key_count; i++) {
        const struct config_key *k = &config_key_table[i];
        if (same(k->section, section) && same(k->key, key)) {
            return k;
        }
    }
    return NULL;
}

static bool is_import(const char *section) {
    return strncasecmp(section, "import.", 7) == 0 && section[7] != '\0';
}

static bool section_known(const char *section) {
    for (size_t i = 0; i < config_section_count; i++) {
        if (same(config_section_table[i].name, section)) {
            return true;
        }
    }
    return is_import(section);
}

/* Is `value` one of "a|b|c"? */
static bool is_choice(const char *choices, const char *value, int (*compare)(const char *, const char *, size_t)) {
    size_t n = strlen(value);
    for (const char *at = choices; n > 0;) {
        size_t len = strcspn(at, "|");
        if (len == n && compare(at, value, n) == 0) {
            return true;
        }
        if (at[len] == '\0') {
            break;
        }
        at += len + 1;
    }
    return false;
}

static bool parse_int(const char *value, int64_t *out) {
    char *end = NULL;
    errno = 0;
    *out = strtoll(value, &end, 10);
    return errno == 0 && end != value && *end == '\0';
}

static bool parse_bool(const char *value, bool *out) {
    *out = is_choice("yes|true|on|1", value, strncasecmp);
    return *out || is_choice("no|false|off|0", value, strncasecmp);
}

/* 1111, 11211, 1121-VCB: accounting programs refuse a whole file for one that is none. */
static bool is_account(const char *value) {
    size_t digits = strspn(value, "0123456789");
    size_t n = strlen(value);
    return digits >= 3 && n <= ACCOUNT_MAX &&
           strspn(value, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_") == n;
}

static enum err_code check_int(const struct ini *ini, const struct ini_entry *x, const struct config_key *k,
                               struct err *e) {
    int64_t value = 0;
    char *dash = NULL;
    int64_t low = strtoll(k->choices, &dash, 10);
    int64_t high = strtoll(dash + 1, NULL, 10);
    if (!parse_int(x->value, &value) || value < low || value > high) {
        return ini_fault(ini, x, e, _("%s has to be a number from %lld to %lld, not “%s”"), x->key, (long long)low,
                         (long long)high, x->value);
    }
    return ERR_OK;
}

static enum err_code check_value(const struct ini *ini, const struct ini_entry *x, const struct config_key *k,
                                 struct err *e) {
    bool yes = false;
    switch (k->type) {
    case CONFIG_INT:
        return check_int(ini, x, k, e);
    case CONFIG_BOOL:
        if (!parse_bool(x->value, &yes)) {
            return ini_fault(ini, x, e, _("%s has to be yes or no, not “%s”"), x->key, x->value);
        }
        return ERR_OK;
    case CONFIG_CHOICE:
        if (x->value[0] == '\0' && k->fallback[0] == '\0') {
            return ERR_OK;
        }
        if (!is_choice(k->choices, x->value, strncmp)) {
            return ini_fault(ini, x, e, _("%s has to be one of %s, not “%s”"), x->key, k->choices, x->value);
        }
        return ERR_OK;
    case CONFIG_ACCOUNT:
        if (!is_account(x->value)) {
            return ini_fault(ini, x, e, _("%s has to be an account's number, like %s, not “%s”"), x->key, k->fallback,
                             x->value);
        }
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

static enum err_code check_entry(const struct ini *ini, const struct ini_entry *x, struct err *e) {
    const struct config_key *k = find_key(x->section, x->key);
    if (k != NULL) {
        return check_value(ini, x, k, e);
    }
    if (!section_known(x->section)) {
        return ini_fault(ini, x, e, _("there is no section [%s]"), x->section);
    }
    if (is_import(x->section) ? config_import_key_known(x->key) : same(x->section, "keys")) {
        return ERR_OK;
    }
    return ini_fault(ini, x, e, _("there is no key %s in [%s]"), x->key, x->section);
}

enum err_code config_load(const char *path, struct config **out, struct err *e) {
    struct ini *ini = NULL;
    enum err_code rc = path == NULL ? ERR_OK : ini_read(path, &ini, e);
    for (size_t i = 0; rc == ERR_OK && ini != NULL && i < ini->count; i++) {
        rc = check_entry(ini, &ini->entries[i], e);
    }
    if (rc != ERR_OK) {
        ini_free(ini);
        return rc;
    }
    struct config *c = mem_zalloc(sizeof *c);
    c->ini = ini;
    *out = c;
    return ERR_OK;
}

void config_free(struct config *c) {
    if (c != NULL) {
        ini_free(c->ini);
        free(c);
    }
}

enum err_code config_find(const char *given, const char *config_home, char **path, struct err *e) {
    *path = NULL;
    if (given != NULL) {
        if (access(given, R_OK) != 0) {
            return err_set_field(e, ERR_NOT_FOUND, "config", _("the configuration %s cannot be read"), given);
        }
        *path = mem_strdup(given);
        return ERR_OK;
    }
    char *home = mem_printf("%s/chotdon/config.ini", config_home);
    if (access(home, F_OK) == 0) {
        *path = home;
        return ERR_OK;
    }
    free(home);
    if (access("/etc/chotdon.ini", F_OK) == 0) {
        *path = mem_strdup("/etc/chotdon.ini");
    }
    return ERR_OK;
}

const char *config_path(const struct config *c) {
    return c->ini == NULL ? NULL : c->ini->path;
}

const char *config_text(const struct config *c, const char *section, const char *key) {
    const struct config_key *k = find_key(section, key);
    assert(k != NULL);
    const struct ini_entry *x = c->ini == NULL ? NULL : ini_find(c->ini, section, key);
    return x == NULL ? k->fallback : x->value;
}

int64_t config_int(const struct config *c, const char *section, const char *key) {
    int64_t value = 0;
    bool ok = parse_int(config_text(c, section, key), &value);
    assert(ok);
    (void)ok;
    return value;
}

bool config_bool(const struct config *c, const char *section, const char *key) {
    bool value = false;
    bool ok = parse_bool(config_text(c, section, key), &value);
    assert(ok);
    (void)ok;
    return value;
}

const struct ini_entry *config_entry(const struct config *c, const char *section, size_t index) {
    for (size_t i = 0; c->ini != NULL && i < c->ini->count; i++) {
        if (same(c->ini->entries[i].section, section) && index-- == 0) {
            return &c->ini->entries[i];
        }
    }
    return NULL;
}

const char *config_import_name(const struct config *c, size_t index) {
    const char *last = "";
    for (size_t i = 0; c->ini != NULL && i < c->ini->count; i++) { /* a section's keys stand together */
        const char *section = c->ini->entries[i].section;
        if (is_import(section) && !same(section, last) && index-- == 0) {
            return section + 7;
        }
        last = section;
    }
    return NULL;
}

enum err_code config_fault(const struct config *c, const struct ini_entry *entry, const char *reason, struct err *e) {
    return ini_fault(c->ini, entry, e, "%s", reason);
}

const struct config_key *config_keys(size_t *count) {
    *count = config_key_count;
    return config_key_table;
}

static bool needs_quotes(const char *value) {
    static const char plain[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_./";
    return value[0] == '\0' || value[strspn(value, plain)] != '\0';
}

static void print_value(FILE *out, const char *key, const char *value) {
    const char *quote = !needs_quotes(value) ? "" : strchr(value, '"') == NULL ? "\"" : "'";
    fprintf(out, "%s = %s%s%s\n", key, quote, value, quote);
}

void config_show(const struct config *c, FILE *out) {
    const char *section = "";
    for (size_t i = 0; i < config_key_count; i++) {
        const struct config_key *k = &config_key_table[i];
        if (strcmp(section, k->section) != 0) {
            section = k->section;
            fprintf(out, "%s[%s]\n", i > 0 ? "\n" : "", section);
        }
        print_value(out, k->key, config_text(c, k->section, k->key));
    }
    for (size_t i = 0; c->ini != NULL && i < c->ini->count; i++) {
        const struct ini_entry *x = &c->ini->entries[i];
        if (find_key(x->section, x->key) != NULL) {
            continue;
        }
        if (strcmp(section, x->section) != 0) {
            section = x->section;
            fprintf(out, "\n[%s]\n", section);
        }
        print_value(out, x->key, x->value);
    }
}

static void example_lines(const char *lines, FILE *out) {
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        fprintf(out, "#%.*s\n", (int)n, lines);
        lines += n + (lines[n] == '\n');
    }
}

void config_example(FILE *out) {
    fputs("# Chốt Đơn: what is this machine's own. Copy to ~/.config/chotdon/config.ini, and take the # off the lines "
          "that you change.\n"
          "# Comments stand on lines of their own; values with ; # or blanks at their ends stand in quotes.\n",
          out);
    for (size_t s = 0; s < config_section_count; s++) {
        const struct config_section *section = &config_section_table[s];
        fprintf(out, "\n# %s.\n%s[%s]\n", section->doc, section->example == NULL ? "" : "#", section->name);
        for (size_t i = 0; i < config_key_count; i++) {
            const struct config_key *k = &config_key_table[i];
            if (strcmp(k->section, section->name) == 0) {
                fprintf(out, "# %s%s%s%s\n#", k->doc, k->choices == NULL ? "" : " (",
                        k->choices == NULL ? "" : k->choices, k->choices == NULL ? "" : ")");
                print_value(out, k->key, k->fallback);
            }
        }
        example_lines(section->example == NULL ? "" : section->example, out);
    }
}
