#include "tui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    enum key_kind kind;
    uint32_t code;
} names[] = {
    {"Enter", K_ENTER, 0},   {"Esc", K_ESC, 0},     {"Tab", K_TAB, 0},       {"Backspace", K_BACKSPACE, 0},
    {"Del", K_DELETE, 0},    {"Ins", K_INSERT, 0},  {"Up", K_UP, 0},         {"Down", K_DOWN, 0},
    {"Left", K_LEFT, 0},     {"Right", K_RIGHT, 0}, {"Home", K_HOME, 0},     {"End", K_END, 0},
    {"PgUp", K_PGUP, 0},     {"PgDn", K_PGDN, 0},   {"Space", K_CHAR, ' '},  {"Delete", K_DELETE, 0},
    {"Return", K_ENTER, 0},  {"Escape", K_ESC, 0},  {"Insert", K_INSERT, 0}, {"PageUp", K_PGUP, 0},
    {"PageDown", K_PGDN, 0},
};

static const struct {
    const char *prefix;
    unsigned mod;
} mods[] = {{"Ctrl-", MOD_CTRL}, {"Alt-", MOD_ALT}, {"Shift-", MOD_SHIFT}};

int key_utf8(uint32_t code, char out[5]) {
    int n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    for (int i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(lead[n] | code);
    out[n] = '\0';
    return n;
}

/* The single code point that `s` is, 0 when it is something else. */
static uint32_t single_char(const char *s) {
    const unsigned char *p = (const unsigned char *)s;
    int n = p[0] < 0x80 ? 1 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 0;
    if (n == 0 || strlen(s) != (size_t)n || p[0] <= 0x20 || p[0] == 0x7F) {
        return 0;
    }
    uint32_t code = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (int i = 1; i < n; i++) {
        code = code << 6 | (p[i] & 0x3Fu);
    }
    return code;
}

static bool parse_base(const char *name, struct key *out) {
    uint32_t code = single_char(name);
    if (code != 0) {
        out->kind = K_CHAR;
        out->code = code;
        return true;
    }
    if ((name[0] == 'F' || name[0] == 'f') && name[1] >= '1' && name[1] <= '9') {
        char *end;
        long n = strtol(name + 1, &end, 10);
        if (*end == '\0' && n <= 24) {
            out->kind = K_F;
            out->code = (uint32_t)n;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(name, names[i].name) == 0) {
            out->kind = names[i].kind;
            out->code = names[i].code;
            return true;
        }
    }
    return false;
}

bool key_parse(const char *name, struct key *out) {
    struct key key = {0};
    for (size_t i = 0; i < sizeof mods / sizeof *mods; i++) {
        size_t n = strlen(mods[i].prefix);
        if (strncasecmp(name, mods[i].prefix, n) == 0 && name[n] != '\0') {
            key.mods |= mods[i].mod;
            name += n;
        }
    }
    if (!parse_base(name, &key)) {
        return false;
    }
    if (key.kind == K_CHAR && (key.mods & MOD_CTRL) != 0 && key.code >= 'A' && key.code <= 'Z') {
        key.code += 'a' - 'A';
    }
    *out = key;
    return true;
}

const char *key_label(const struct key *key, char out[KEY_NAME_MAX]) {
    char base[16] = "";
    if (key->kind == K_F) {
        snprintf(base, sizeof base, "F%u", (unsigned)key->code % 100);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names && base[0] == '\0'; i++) {
        if (names[i].kind == key->kind && names[i].code == key->code) {
            snprintf(base, sizeof base, "%s", names[i].name);
        }
    }
    if (base[0] == '\0' && key->kind == K_CHAR) {
        bool letter = (key->mods & MOD_CTRL) != 0 && key->code >= 'a' && key->code <= 'z';
        key_utf8(letter ? key->code - 'a' + 'A' : key->code, base);
    }
    snprintf(out, KEY_NAME_MAX, "%s%s%s%s", (key->mods & MOD_CTRL) != 0 ? "Ctrl-" : "",
             (key->mods & MOD_ALT) != 0 ? "Alt-" : "", (key->mods & MOD_SHIFT) != 0 ? "Shift-" : "", base);
    return out;
}

bool key_same(const struct key *a, const struct key *b) {
    return a->kind == b->kind && a->code == b->code && a->mods == b->mods;
}

bool key_is_text(const struct key *key) {
    return key->kind == K_CHAR && (key->mods & (MOD_CTRL | MOD_ALT)) == 0 && key->code >= ' ' && key->code != 0x7F;
}

bool key_is_char(const struct key *key, uint32_t code) {
    return key_is_text(key) && key->code == code;
}

struct key key_of_char(uint32_t code) {
    return (struct key){.kind = K_CHAR, .code = code};
}

void key_burst_add(struct key_burst *burst, struct key *key) {
    key->scan[0] = '\0';
    if (key->kind == K_NONE || key->kind == K_RESIZE) {
        return;
    }
    if (key->gap_ms > (key->several && burst->len > 1 ? KEY_SCAN_GAP_MOST_MS : KEY_SCAN_GAP_MS)) {
        *burst = (struct key_burst){0};
    }
    if (key->kind == K_ENTER && !burst->broken && burst->len >= KEY_SCAN_MIN) {
        memcpy(key->scan, burst->text, burst->len);
        key->scan[burst->len] = '\0';
    }
    if (!key_is_text(key)) {
        *burst = (struct key_burst){0};
        return;
    }
    char utf8[5];
    int n = key_utf8(key->code, utf8);
    if (burst->len + (unsigned)n >= KEY_SCAN_MAX) {
        burst->broken = true;
        return;
    }
    memcpy(burst->text + burst->len, utf8, (size_t)n);
    burst->len += (unsigned)n;
}
