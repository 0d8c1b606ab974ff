#include "io/ini.h"

#include <errno.h>
#include <fcntl.h>
#include <iniparser.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

static void __attribute__((format(printf, 4, 0)))
vfault(const struct ini *ini, long line, struct err *e, const char *format, va_list args) {
    char reason[sizeof e->message];
    vsnprintf(reason, sizeof reason, format, args);
    err_set(e, ERR_INVALID, "%s:%ld: %s", ini->path, line, reason);
    if (e != NULL) {
        e->line = line;
    }
}

static enum err_code __attribute__((format(printf, 4, 5)))
fault(const struct ini *ini, long line, struct err *e, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vfault(ini, line, e, format, args);
    va_end(args);
    return ERR_INVALID;
}

enum err_code ini_fault(const struct ini *ini, const struct ini_entry *entry, struct err *e, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vfault(ini, entry->line, e, format, args);
    va_end(args);
    return ERR_INVALID;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts blanks off both ends, in place. */
static char *trim(char *s) {
    while (is_blank(*s)) {
        s++;
    }
    size_t n = strlen(s);
    while (n > 0 && is_blank(s[n - 1])) {
        s[--n] = '\0';
    }
    return s;
}

/* A pipe that nobody writes to has ended; it is not waited for. */
static FILE *open_now(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0) {
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    }
    return fd < 0 ? NULL : fdopen(fd, "rb");
}

/* The file's bytes, NUL-terminated. */
static enum err_code slurp(const char *path, char **out, size_t *len, struct err *e) {
    FILE *f = open_now(path);
    if (f == NULL) {
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, _("%s cannot be opened: %s"), path,
                       strerror(errno));
    }
    char *text = mem_alloc(INI_FILE_MAX + 2);
    size_t n = fread(text, 1, INI_FILE_MAX + 1, f);
    enum err_code rc = ERR_OK;
    if (ferror(f)) {
        rc = err_set(e, ERR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    } else if (n > INI_FILE_MAX) {
        rc = err_set(e, ERR_INVALID, _("%s is larger than 1 MiB: this is no such file"), path);
    }
    fclose(f);
    if (rc != ERR_OK) {
        free(text);
        return rc;
    }
    text[n] = '\0';
    *out = text;
    *len = n;
    return ERR_OK;
}

static enum err_code check_line(const struct ini *ini, const char *text, size_t n, long line, struct err *e) {
    if (line == 1 && n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        return fault(ini, line, e, _("the file begins with a byte order mark; save it as UTF-8 without one"));
    }
    if (memchr(text, '\0', n) != NULL) {
        return fault(ini, line, e, _("there is a NUL byte in this line"));
    }
    if (!text_is_utf8(text, n)) {
        return fault(ini, line, e, _("there are bytes in this line that are not UTF-8"));
    }
    if (n > INI_LINE_MAX) {
        return fault(ini, line, e, _("this line is longer than %d bytes"), INI_LINE_MAX);
    }
    if (n > 0 && text[n - 1] == '\\') {
        return fault(ini, line, e, _("a line may not end in \\; put the value in quotes"));
    }
    return ERR_OK;
}

static enum err_code check_value(const struct ini *ini, const char *value, long line, struct err *e) {
    char quote = value[0];
    if (quote == '"' || quote == '\'') {
        const char *end = strchr(value + 1, quote);
        if (end == NULL) {
            return fault(ini, line, e, _("the quote is not closed"));
        }
        if (end[1] != '\0') {
            return fault(ini, line, e, _("something follows the closing quote; comments stand on lines of their own"));
        }
    } else if (strpbrk(value, ";#\"") != NULL) {
        return fault(ini, line, e,
                     _("a value with ; # or \" has to stand in quotes; comments stand on lines of their own"));
    }
    return ERR_OK;
}

static enum err_code add_entry(struct ini *ini, const char *section, char *text, long line, struct err *e) {
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        return fault(ini, line, e, _("this line is no section, key = value or comment: %.80s"), text);
    }
    if (ini->count == INI_KEYS_MAX) {
        return fault(ini, line, e, _("there are more than %d keys"), INI_KEYS_MAX);
    }
    if (section == NULL) {
        return fault(ini, line, e, _("a [section] has to come before the first key"));
    }
    *equals = '\0';
    const char *key = trim(text);
    const struct ini_entry *twin = ini_find(ini, section, key);
    if (key[0] == '\0' || strchr(key, ':') != NULL) {
        return fault(ini, line, e, _("this is no name for a key: %s"), key);
    }
    if (twin != NULL) {
        return fault(ini, line, e, _("the key %s comes twice in [%s], first in line %ld"), key, section, twin->line);
    }
    enum err_code rc = check_value(ini, trim(equals + 1), line, e);
    if (rc != ERR_OK) {
        return rc;
    }
    ini->entries = mem_grow(ini->entries, ini->count, &ini->cap, sizeof *ini->entries);
    ini->entries[ini->count++] =
        (struct ini_entry){.section = mem_strdup(section), .key = mem_strdup(key), .value = NULL, .line = line};
    return ERR_OK;
}

/* What is seen of the sections so far. */
struct sections {
    char **names;
    size_t count;
    size_t cap;
};

static enum err_code add_section(struct ini *ini, struct sections *s, char *text, long line, struct err *e) {
    size_t n = strlen(text);
    if (text[n - 1] != ']' || n < 3) {
        return fault(ini, line, e, _("a section is written [name], with nothing behind it"));
    }
    text[n - 1] = '\0';
    const char *name = trim(text + 1);
    if (name[0] == '\0' || strpbrk(name, "[]:") != NULL) {
        return fault(ini, line, e, _("this is no name for a section: %s"), name);
    }
    for (size_t i = 0; i < s->count; i++) {
        if (strcasecmp(s->names[i], name) == 0) {
            return fault(ini, line, e, _("the section [%s] comes twice"), name);
        }
    }
    s->names = mem_grow(s->names, s->count, &s->cap, sizeof *s->names);
    s->names[s->count++] = mem_strdup(name);
    return ERR_OK;
}

static enum err_code scan_line(struct ini *ini, struct sections *s, char *text, size_t n, long line, struct err *e) {
    enum err_code rc = check_line(ini, text, n, line, e);
    text = trim(text);
    if (rc != ERR_OK || text[0] == '\0' || text[0] == '#' || text[0] == ';') {
        return rc;
    }
    if (text[0] == '[') {
        return add_section(ini, s, text, line, e);
    }
    return add_entry(ini, s->count == 0 ? NULL : s->names[s->count - 1], text, line, e);
}

/* Sections and keys with their lines, and every complaint; the values come from iniparser afterwards. */
static enum err_code scan(struct ini *ini, char *text, size_t len, struct err *e) {
    struct sections sections = {0};
    enum err_code rc = ERR_OK;
    long line = 1;
    for (size_t at = 0; at < len && rc == ERR_OK; line++) {
        char *end = memchr(text + at, '\n', len - at);
        size_t n = end == NULL ? len - at : (size_t)(end - text) - at;
        size_t shown = n > 0 && text[at + n - 1] == '\r' ? n - 1 : n;
        text[at + n] = '\0';
        rc = scan_line(ini, &sections, text + at, shown, line, e);
        at += n + 1;
    }
    for (size_t i = 0; i < sections.count; i++) {
        free(sections.names[i]);
    }
    free(sections.names);
    return rc;
}

static int keep_quiet(const char *format, ...) {
    (void)format;
    return 0;
}

static enum err_code take_values(struct ini *ini, struct err *e) {
    iniparser_set_error_callback(keep_quiet);
    dictionary *d = iniparser_load(ini->path);
    if (d == NULL) {
        return err_set(e, ERR_IO, _("%s cannot be read"), ini->path);
    }
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < ini->count && rc == ERR_OK; i++) {
        struct ini_entry *x = &ini->entries[i];
        char *name = mem_printf("%s:%s", x->section, x->key);
        const char *value = iniparser_getstring(d, name, NULL);
        free(name);
        if (value == NULL) {
            rc = ini_fault(ini, x, e, _("the value of %s cannot be read"), x->key);
        } else {
            x->value = mem_strdup(value);
        }
    }
    iniparser_freedict(d);
    return rc;
}

enum err_code ini_read(const char *path, struct ini **out, struct err *e) {
    char *text = NULL;
    size_t len = 0;
    enum err_code rc = slurp(path, &text, &len, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct ini *ini = mem_zalloc(sizeof *ini);
    ini->path = mem_strdup(path);
    rc = scan(ini, text, len, e);
    if (rc == ERR_OK && ini->count > 0) {
        rc = take_values(ini, e);
    }
    free(text);
    if (rc != ERR_OK) {
        ini_free(ini);
        return rc;
    }
    *out = ini;
    return ERR_OK;
}

const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key) {
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_entry *x = &ini->entries[i];
        if (strcasecmp(x->section, section) == 0 && strcasecmp(x->key, key) == 0) {
            return x;
        }
    }
    return NULL;
}

void ini_free(struct ini *ini) {
    if (ini == NULL) {
        return;
    }
    for (size_t i = 0; i < ini->count; i++) {
        free(ini->entries[i].section);
        free(ini->entries[i].key);
        free(ini->entries[i].value);
    }
    free(ini->entries);
    free(ini->path);
    free(ini);
}
