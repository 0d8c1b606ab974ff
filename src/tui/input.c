#include "tui/input.h"

#include <stdio.h>
#include <string.h>

enum { PASTE_MAX = 1 << 20 };

#define PASTE_END "\033[201~"

void input_learn(struct input *in, const char *sequence, enum key_kind kind, unsigned code, unsigned mods) {
    size_t n = strlen(sequence);
    if (n < 2 || n >= sizeof in->own[0].bytes || sequence[0] != '\033' || in->own_count == INPUT_SEQUENCES) {
        return;
    }
    memcpy(in->own[in->own_count].bytes, sequence, n + 1);
    in->own[in->own_count++].key = (struct key){.kind = kind, .code = code, .mods = mods};
}

/* A PIN may have been among it. */
static void forget(struct buf *b) {
    if (b->data != NULL) {
        explicit_bzero(b->data, b->len);
    }
    buf_reset(b);
}

void input_add(struct input *in, const char *bytes, size_t n) {
    if (in->at == in->bytes.len) {
        forget(&in->bytes);
        in->at = 0;
    }
    buf_add_bytes(&in->bytes, bytes, n);
}

bool input_waiting(const struct input *in) {
    return in->at < in->bytes.len;
}

void input_clear(struct input *in) {
    forget(&in->bytes);
    forget(&in->paste);
    buf_clear(&in->bytes);
    buf_clear(&in->paste);
}

/* The parts of a control sequence ESC [ … final. */
struct sequence {
    char lead; /* '<' of the mouse, '[' of the Linux console, 0 */
    unsigned numbers[4];
    size_t count;
    char final;
};

/* Bytes that the sequence takes; 0: it is not complete. */
static size_t scan_sequence(const char *p, size_t n, struct sequence *s) {
    size_t at = 2;
    *s = (struct sequence){0};
    if (at < n && (p[at] == '<' || p[at] == '[' || p[at] == '?')) {
        s->lead = p[at++];
    }
    for (; at < n; at++) {
        if (p[at] >= '0' && p[at] <= '9') {
            unsigned digit = (unsigned)(p[at] - '0');
            s->count = s->count == 0 ? 1 : s->count;
            unsigned *number = &s->numbers[s->count - 1];
            *number = *number > 100000 ? *number : *number * 10 + digit;
        } else if (p[at] == ';' || p[at] == ':') {
            s->count = s->count == 0 ? 1 : s->count;
            s->count += s->count < 4 ? 1 : 0;
        } else {
            s->final = p[at];
            return at + 1;
        }
    }
    return 0;
}

static unsigned mods_of(unsigned parameter) {
    unsigned bits = parameter > 1 ? parameter - 1 : 0;
    return ((bits & 1) != 0 ? MOD_SHIFT : 0u) | ((bits & 2) != 0 ? MOD_ALT : 0u) | ((bits & 4) != 0 ? MOD_CTRL : 0u);
}

static struct key named(enum key_kind kind, unsigned code, unsigned mods) {
    return (struct key){.kind = kind, .code = code, .mods = mods};
}

/* ESC [ number ~ */
static struct key tilde(unsigned number, unsigned mods) {
    static const unsigned char functions[] = {
        [11] = 1,  [12] = 2,  [13] = 3,  [14] = 4,  [15] = 5,  [17] = 6,  [18] = 7,  [19] = 8,  [20] = 9,  [21] = 10,
        [23] = 11, [24] = 12, [25] = 13, [26] = 14, [28] = 15, [29] = 16, [31] = 17, [32] = 18, [33] = 19, [34] = 20};
    static const enum key_kind kinds[] = {K_NONE, K_HOME, K_INSERT, K_DELETE, K_END, K_PGUP, K_PGDN, K_HOME, K_END};
    if (number < sizeof kinds / sizeof *kinds) {
        return named(kinds[number], 0, mods);
    }
    if (number < sizeof functions && functions[number] != 0) {
        return named(K_F, functions[number], mods);
    }
    return named(K_NONE, 0, 0);
}

static struct key letter(char final, unsigned mods) {
    switch (final) {
    case 'A':
        return named(K_UP, 0, mods);
    case 'B':
        return named(K_DOWN, 0, mods);
    case 'C':
        return named(K_RIGHT, 0, mods);
    case 'D':
        return named(K_LEFT, 0, mods);
    case 'H':
        return named(K_HOME, 0, mods);
    case 'F':
        return named(K_END, 0, mods);
    case 'M':
        return named(K_ENTER, 0, mods);
    case 'Z':
        return named(K_TAB, 0, MOD_SHIFT);
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
        return named(K_F, (unsigned)(final - 'P' + 1), mods);
    default:
        return named(K_NONE, 0, 0);
    }
}

static struct key plain_char(unsigned code, unsigned mods);

static struct key decode(const struct sequence *s) {
    unsigned mods = mods_of(s->count > 1 ? s->numbers[1] : 0);
    if (s->lead == '[') { /* Linux console: ESC [ [ A is F1 */
        return s->final >= 'A' && s->final <= 'E' ? named(K_F, (unsigned)(s->final - 'A' + 1), 0) : named(K_NONE, 0, 0);
    }
    if (s->lead == '<') {
        bool press = s->final == 'M' && s->count >= 3;
        unsigned button = s->numbers[0];
        struct key key = named(K_NONE, 0, 0);
        if (press && (button == 0 || button == 64 || button == 65)) {
            key = named(button == 0 ? K_CLICK : K_WHEEL, button & 1, 0);
            key.x = (int)s->numbers[1] - 1;
            key.y = (int)s->numbers[2] - 1;
        }
        return key;
    }
    if (s->final == 'u') {
        return plain_char(s->numbers[0], mods);
    }
    if (s->final == '~' && s->numbers[0] == 27 && s->count >= 3) {
        return plain_char(s->numbers[2], mods);
    }
    return s->final == '~' ? tilde(s->numbers[0], mods) : letter(s->final, mods);
}

/* A control character or code point without its escape sequence. */
static struct key plain_char(unsigned code, unsigned mods) {
    switch (code) {
    case '\r':
    case '\n':
        return named(K_ENTER, 0, mods);
    case '\t':
        return named(K_TAB, 0, mods);
    case 8:
    case 0x7F:
        return named(K_BACKSPACE, 0, mods);
    case 27:
        return named(K_ESC, 0, mods);
    case 0:
        return named(K_CHAR, ' ', mods | MOD_CTRL);
    default:
        break;
    }
    if (code < 27) {
        return named(K_CHAR, code + 'a' - 1, mods | MOD_CTRL);
    }
    if (code < 32) {
        return named(K_CHAR, code + '@', mods | MOD_CTRL);
    }
    if ((mods & MOD_CTRL) != 0 && code >= 'A' && code <= 'Z') {
        code += 'a' - 'A';
    }
    return named(K_CHAR, code, mods & ~(unsigned)MOD_SHIFT);
}

/* One code point: its bytes, 0 when some are missing. What is not UTF-8 becomes U+FFFD, byte by byte. */
static size_t code_point(const char *bytes, size_t n, bool complete, unsigned *code) {
    const unsigned char *p = (const unsigned char *)bytes;
    size_t need = p[0] < 0x80 ? 1 : p[0] >= 0xF5 ? 0 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 0;
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned value = need == 0 ? 0 : p[0] & masks[need];
    for (size_t i = 1; i < need && i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            need = 0;
            break;
        }
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (need > n && !complete) {
        return 0;
    }
    bool bad = need == 0 || need > n || value < least[need] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
    *code = bad ? 0xFFFD : value;
    return bad ? 1 : need;
}

static enum input_result took(struct input *in, size_t n, struct key key, struct key *out) {
    in->at += n;
    *out = key;
    return key.kind == K_NONE ? INPUT_EMPTY : INPUT_KEY;
}

/* 1: a learnt sequence stands there whole; -1: one may be coming; 0: none. */
static int match_own(const struct input *in, const char *p, size_t n, size_t *length, struct key *key) {
    int result = 0;
    for (size_t i = 0; i < in->own_count; i++) {
        size_t m = strlen(in->own[i].bytes);
        if (n >= m && memcmp(p, in->own[i].bytes, m) == 0) {
            *length = m;
            *key = in->own[i].key;
            return 1;
        }
        result = n < m && memcmp(p, in->own[i].bytes, n) == 0 ? -1 : result;
    }
    return result;
}

static enum input_result after_escape(struct input *in, const char *p, size_t n, bool complete, struct key *out) {
    unsigned code;
    if (p[1] == '\033') {
        return took(in, 1, named(K_ESC, 0, 0), out);
    }
    size_t used = code_point(p + 1, n - 1, complete, &code);
    return used == 0 ? INPUT_PARTIAL : took(in, 1 + used, plain_char(code, MOD_ALT), out);
}

static enum input_result next_escape(struct input *in, const char *p, size_t n, bool complete, struct key *out) {
    size_t length = 0;
    struct key own = {0};
    int matched = match_own(in, p, n, &length, &own);
    if (matched > 0) {
        return took(in, length, own, out);
    }
    if (n == 1 || (matched < 0 && !complete && p[1] != '[')) {
        return complete ? took(in, 1, named(K_ESC, 0, 0), out) : INPUT_PARTIAL;
    }
    if (p[1] == 'O' && (n > 2 || !complete)) {
        return n < 3 ? INPUT_PARTIAL : took(in, 3, letter(p[2], 0), out);
    }
    if (p[1] == '[' && (n > 2 || !complete)) {
        struct sequence s;
        length = scan_sequence(p, n, &s);
        if (length == 0) {
            return complete ? took(in, n, named(K_NONE, 0, 0), out) : INPUT_PARTIAL;
        }
        if (s.final == '~' && s.numbers[0] == 200) {
            in->pasting = true;
            in->at += length;
            forget(&in->paste);
            return input_next(in, complete, out);
        }
        return took(in, length, decode(&s), out);
    }
    return after_escape(in, p, n, complete, out);
}

static enum input_result end_paste(struct input *in, size_t text, size_t all, struct key *out) {
    size_t room = PASTE_MAX - in->paste.len;
    buf_add_bytes(&in->paste, in->bytes.data + in->at, text < room ? text : room);
    in->at += all;
    for (size_t i = 0; i < in->paste.len; i++) { /* terminals send Enter for a line end */
        if (in->paste.data[i] == '\r' || in->paste.data[i] == '\0') {
            in->paste.data[i] = '\n';
        }
    }
    in->pasting = false;
    *out = named(K_PASTE, 0, 0);
    out->text = buf_str(&in->paste);
    return INPUT_KEY;
}

static enum input_result next_paste(struct input *in, bool complete, struct key *out) {
    size_t n = in->bytes.len - in->at;
    const char *p = n == 0 ? "" : in->bytes.data + in->at;
    const char *end = n == 0 ? NULL : memmem(p, n, PASTE_END, strlen(PASTE_END));
    if (end != NULL) {
        return end_paste(in, (size_t)(end - p), (size_t)(end - p) + strlen(PASTE_END), out);
    }
    return complete ? end_paste(in, n, n, out) : INPUT_PARTIAL;
}

enum input_result input_next(struct input *in, bool complete, struct key *out) {
    if (in->pasting) {
        return next_paste(in, complete, out);
    }
    while (in->at < in->bytes.len) {
        const char *p = in->bytes.data + in->at;
        size_t n = in->bytes.len - in->at;
        unsigned code;
        if (*p == '\033') {
            enum input_result r = next_escape(in, p, n, complete, out);
            if (r != INPUT_EMPTY) {
                return r;
            }
            continue; /* a sequence that means nothing to us */
        }
        size_t used = code_point(p, n, complete, &code);
        if (used == 0) {
            return INPUT_PARTIAL;
        }
        if (took(in, used, plain_char(code, 0), out) == INPUT_KEY) {
            return INPUT_KEY;
        }
    }
    return INPUT_EMPTY;
}
