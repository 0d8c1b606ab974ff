/* The short JSON objects of the audit: members are read one by one, what is nested stays as it is written. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/screens/audit.h"

enum { FIELDS_MAX = 500 }; /* the program writes a dozen; other programs may write anything */

static const char *skip_blanks(const char *p) {
    return p + strspn(p, " \t\r\n");
}

/* Four hex digits of a character outside of ASCII's printable ones; halves of a pair are not understood. */
static const char *read_unicode(const char *p, struct buf *out) {
    unsigned code = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdefABCDEF";
        const char *digit = *p == '\0' ? NULL : strchr(digits, *p++);
        if (digit == NULL) {
            return NULL;
        }
        code = code * 16 + (unsigned)(digit - digits) - (digit - digits > 15 ? 6 : 0);
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
        return NULL;
    }
    if (code < 0x80) {
        buf_add_char(out, (char)code);
    } else if (code < 0x800) {
        buf_add_char(out, (char)(0xC0 | code >> 6));
        buf_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        buf_add_char(out, (char)(0xE0 | code >> 12));
        buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        buf_add_char(out, (char)(0x80 | (code & 0x3F)));
    }
    return p;
}

/* At the opening quote; returns what follows the closing one, NULL when it is malformed. */
static const char *read_string(const char *p, struct buf *out) {
    static const char escapes[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (*p++ != '"') {
        return NULL;
    }
    while (p != NULL && *p != '"') {
        if (*p == '\0') {
            return NULL;
        }
        if (*p != '\\') {
            buf_add_char(out, *p++);
            continue;
        }
        const char *escape = p[1] == '\0' ? NULL : strchr(escapes, p[1]);
        if (escape != NULL) {
            buf_add_char(out, meant[escape - escapes]);
            p += 2;
        } else {
            p = p[1] == 'u' ? read_unicode(p + 2, out) : NULL;
        }
    }
    return p == NULL ? NULL : p + 1;
}

/* A number, a word, or an object or list with all that is in it, as it is written. */
static const char *read_raw(const char *p, struct buf *out) {
    const char *begin = p;
    int depth = 0;
    struct buf skipped = BUF_INIT;
    while (p != NULL && *p != '\0' && (depth > 0 || strchr(",}] \t\r\n", *p) == NULL)) {
        depth += *p == '{' || *p == '[' ? 1 : *p == '}' || *p == ']' ? -1 : 0;
        p = *p == '"' ? read_string(p, &skipped) : p + 1;
    }
    buf_clear(&skipped);
    if (p == NULL || p == begin || depth > 0) {
        return NULL;
    }
    buf_add_bytes(out, begin, (size_t)(p - begin));
    return p;
}

static struct audit_field *field_of(struct audit_fields *f, const char *key) {
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->items[i].key, key) == 0) {
            return &f->items[i];
        }
    }
    f->items = mem_grow(f->items, f->count, &f->cap, sizeof *f->items);
    f->items[f->count] = (struct audit_field){.key = mem_strdup(key), .number = true};
    return &f->items[f->count++];
}

static const char *read_member(const char *p, bool after, struct audit_fields *f) {
    struct buf key = BUF_INIT;
    struct buf value = BUF_INIT;
    p = read_string(p, &key);
    p = p == NULL ? NULL : skip_blanks(p);
    p = p == NULL || *p != ':' ? NULL : skip_blanks(p + 1);
    bool text = p != NULL && *p == '"';
    p = p == NULL ? NULL : text ? read_string(p, &value) : read_raw(p, &value);
    if (p != NULL) {
        struct audit_field *field = field_of(f, buf_str(&key));
        char **place = after ? &field->after : &field->before;
        free(*place);
        *place = buf_take(&value);
        field->number = field->number && !text;
    }
    buf_clear(&key);
    buf_clear(&value);
    return p;
}

static bool read_object(const char *json, bool after, struct audit_fields *f) {
    const char *p = skip_blanks(json);
    if (*p == '\0') {
        return true;
    }
    if (*p != '{') {
        return false;
    }
    p = skip_blanks(p + 1);
    while (p != NULL && *p != '}') {
        p = f->count >= FIELDS_MAX ? NULL : read_member(p, after, f);
        p = p == NULL ? NULL : skip_blanks(p);
        if (p != NULL && *p == ',') {
            p = skip_blanks(p + 1);
        } else if (p != NULL && *p != '}') {
            return false;
        }
    }
    return p != NULL && *skip_blanks(p + 1) == '\0';
}

bool audit_fields_read(const char *before, const char *after, struct audit_fields *out) {
    *out = (struct audit_fields){0};
    if (read_object(before, false, out) && read_object(after, true, out)) {
        return true;
    }
    audit_fields_clear(out);
    return false;
}

void audit_fields_clear(struct audit_fields *f) {
    for (size_t i = 0; i < f->count; i++) {
        free(f->items[i].key);
        free(f->items[i].before);
        free(f->items[i].after);
    }
    free(f->items);
    *f = (struct audit_fields){0};
}
