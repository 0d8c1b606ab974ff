#include "tui/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

const char *field_text(const struct field *f) {
    return f->text == NULL ? "" : f->text;
}

bool field_is_empty(const struct field *f) {
    return f->len == 0;
}

void field_clear(struct field *f) {
    if (f->secret && f->text != NULL) {
        explicit_bzero(f->text, f->cap);
    }
    free(f->text);
    free(f->erased);
    *f = (struct field){.secret = f->secret, .scan_min = f->scan_min};
}

/* Growing would leave a copy of a secret behind. */
static void make_room(struct field *f, size_t n) {
    if (f->secret && f->text == NULL) {
        f->text = mem_zalloc(FIELD_SECRET_BYTES);
        f->cap = FIELD_SECRET_BYTES;
    } else if (!f->secret) {
        f->text = mem_grow(f->text, n, &f->cap, 1);
    }
}

static size_t most_bytes(const struct field *f) {
    return f->secret ? FIELD_SECRET_BYTES : FIELD_MAX_BYTES;
}

void field_set(struct field *f, const char *text) {
    text = text == NULL ? "" : text;
    size_t n = strlen(text);
    n = f->secret && n >= FIELD_SECRET_BYTES ? 0 : n;
    make_room(f, n);
    memmove(f->text, text, n);
    f->text[n] = '\0';
    f->len = n;
    f->at = n;
}

static void remove_range(struct field *f, size_t from, size_t to) {
    if (to > from) {
        memmove(f->text + from, f->text + to, f->len - to + 1);
        f->len -= to - from;
        f->at = from;
        if (f->secret) {
            explicit_bzero(f->text + f->len, f->cap - f->len);
        }
    }
}

static void insert_bytes(struct field *f, const char *bytes, size_t n) {
    if (f->len + n >= most_bytes(f)) {
        return;
    }
    make_room(f, f->len + n);
    memmove(f->text + f->at + n, f->text + f->at, f->len - f->at);
    memcpy(f->text + f->at, bytes, n);
    f->len += n;
    f->at += n;
    f->text[f->len] = '\0';
}

void field_insert(struct field *f, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        bool blank = *p == '\n' || *p == '\t';
        if (blank && f->secret) {
            continue; /* a copied line's end belongs to no PIN */
        }
        if (blank || ((unsigned char)*p >= ' ' && *p != 0x7F)) {
            insert_bytes(f, blank ? " " : p, 1);
        }
    }
    /* A long paste may have been cut inside a character. */
    while (f->at > 0 && !text_is_utf8(f->text, f->at)) {
        remove_range(f, f->at - 1, f->at);
    }
}

static size_t before(const struct field *f) {
    return f->at == 0 ? 0 : f->at - text_grapheme_before(f->text, f->at);
}

static size_t after(const struct field *f) {
    int width;
    return f->at >= f->len ? f->len : f->at + text_grapheme(f->text + f->at, &width);
}

static size_t word_before(const struct field *f) {
    size_t at = f->at;
    while (at > 0 && f->text[at - 1] == ' ') {
        at--;
    }
    while (at > 0 && f->text[at - 1] != ' ') {
        at--;
    }
    return at;
}

static size_t word_after(const struct field *f) {
    size_t at = f->at;
    while (at < f->len && f->text[at] != ' ') {
        at++;
    }
    while (at < f->len && f->text[at] == ' ') {
        at++;
    }
    return at;
}

static enum field_result erase(struct field *f, size_t from, size_t to) {
    if (to <= from) {
        return FIELD_MOVED;
    }
    remove_range(f, from, to);
    return FIELD_CHANGED;
}

/* Takes what is before the cursor; with nothing there, brings back what was taken. */
static enum field_result erase_all(struct field *f) {
    if (f->at > 0) {
        free(f->erased);
        f->erased = f->secret ? NULL : mem_strndup(f->text, f->at);
        return erase(f, 0, f->at);
    }
    if (f->erased == NULL) {
        return FIELD_MOVED;
    }
    field_insert(f, f->erased);
    free(f->erased);
    f->erased = NULL;
    return FIELD_CHANGED;
}

static enum field_result move(struct field *f, size_t to) {
    f->at = to;
    return FIELD_MOVED;
}

static enum field_result act(struct field *f, enum action action) {
    switch (action) {
    case ACTION_FIELD_LEFT:
        return move(f, before(f));
    case ACTION_FIELD_RIGHT:
        return move(f, after(f));
    case ACTION_FIELD_WORD_LEFT:
        return move(f, word_before(f));
    case ACTION_FIELD_WORD_RIGHT:
        return move(f, word_after(f));
    case ACTION_FIELD_HOME:
        return move(f, 0);
    case ACTION_FIELD_END:
        return move(f, f->len);
    case ACTION_FIELD_ERASE:
        return erase(f, before(f), f->at);
    case ACTION_FIELD_DELETE:
        return erase(f, f->at, after(f));
    case ACTION_FIELD_ERASE_WORD:
        return erase(f, word_before(f), f->at);
    case ACTION_FIELD_ERASE_ALL:
        return erase_all(f);
    case ACTION_FIELD_ERASE_END:
        return erase(f, f->at, f->len);
    default:
        return FIELD_IGNORED;
    }
}

/* The burst stands before the cursor, unless keys of it were taken elsewhere. */
static enum field_result throw_out(struct field *f, const char *scan) {
    size_t n = strlen(scan);
    if (n <= f->at && memcmp(f->text + f->at - n, scan, n) == 0) {
        remove_range(f, f->at - n, f->at);
    }
    return FIELD_SCANNED;
}

enum field_result field_handle(struct field *f, enum action action, const struct key *key) {
    if (key->kind == K_ENTER && f->scan_min > 0 && strlen(key->scan) >= f->scan_min) {
        return throw_out(f, key->scan);
    }
    if (action == ACTION_NONE && key_is_text(key)) {
        char utf8[5];
        size_t n = (size_t)key_utf8(key->code, utf8);
        insert_bytes(f, utf8, n);
        return FIELD_CHANGED;
    }
    if (key->kind == K_PASTE && key->text != NULL) {
        field_insert(f, key->text);
        return FIELD_CHANGED;
    }
    return act(f, action);
}

/* The first byte that is shown so that the cursor fits into `width` cells. */
static size_t first_shown(const struct field *f, int width, int *before_cursor) {
    size_t from = f->at;
    int used = 0;
    while (from > 0) {
        size_t n = text_grapheme_before(f->text, from);
        int w = 1;
        if (!f->secret) {
            text_grapheme(f->text + from - n, &w);
        }
        if (used + w > width - 1) {
            break;
        }
        used += w;
        from -= n;
    }
    *before_cursor = used;
    return from;
}

void field_paint(const struct field *f, struct canvas *c, int x, int y, int width, enum style style, bool focused) {
    canvas_fill(c, x, y, width, 1, style);
    int before_cursor = 0;
    size_t from = focused ? first_shown(f, width, &before_cursor) : 0;
    const char *shown = field_text(f) + from;
    if (f->secret) {
        int used = 0;
        int w;
        for (size_t n; *shown != '\0' && used < width; shown += n, used++) {
            n = text_grapheme(shown, &w);
            canvas_text(c, x + used, y, 1, style, "•");
        }
    } else {
        canvas_text(c, x, y, width, style, shown);
    }
    if (from > 0) {
        canvas_text(c, x, y, 1, style, "…");
    }
    if (focused) {
        canvas_put_cursor(c, x + before_cursor, y);
    }
}
