#include "base/text.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/text_code.h"

/* A key is made word by word, as Vietnamese dictionaries sort: the letters of a word, '!', its tones, a blank. A
 * letter's place in the alphabet is one character from 'A' on; digits stand as they are, before the letters; other
 * scripts follow as '~' and their code point. '!' is below all of these, so a word sorts before those that it begins.
 */
struct key {
    struct buf text;
    struct buf tones; /* of the word being made */
    size_t word;      /* where the word being made, else the last one, begins in text */
    bool inside;      /* a word is being made */
    char base;        /* the letter waiting for its marks; '\0' when none */
    char shape;       /* its mark that makes another letter: '(' ă, '^' â ê ô, '+' ơ ư, '-' đ; ' ' when none */
    char tone;        /* '1' huyền, '2' hỏi, '3' ngã, '4' sắc, '5' nặng; '\0' when none */
};

/* The letter's place as one character; '\0' when there is no such letter. */
static char letter_place(char base, char shape) {
    static const char plain[] = "ADEFHJKLMNOPQRSVWXYZ[]^_`a"; /* what the loop below gives for a to z */
    if (shape == ' ') {
        return plain[base - 'a'];
    }
    static const char alphabet[] = "a a(a^b c d d-e e^f g h i j k l m n o o^o+p q r s t u u+v w x y z ";
    for (size_t i = 0; i + 1 < sizeof alphabet; i += 2) {
        if (alphabet[i] == base && alphabet[i + 1] == shape) {
            return (char)('A' + i / 2);
        }
    }
    return '\0';
}

static void flush_letter(struct key *k) {
    if (k->base == '\0') {
        return;
    }
    buf_add_char(&k->text, k->base >= 'a' ? letter_place(k->base, k->shape) : k->base);
    if (k->tone != '\0') {
        buf_add_char(&k->tones, k->tone);
    }
    k->base = k->tone = '\0';
    k->shape = ' ';
}

static void begin_word(struct key *k) {
    flush_letter(k);
    if (!k->inside) {
        k->inside = true;
        k->word = k->text.len;
    }
}

static void end_word(struct key *k) {
    if (!k->inside) {
        return;
    }
    flush_letter(k);
    buf_add_char(&k->text, '!');
    buf_add(&k->text, k->tones.len == 0 ? "0" : buf_str(&k->tones));
    buf_add_char(&k->text, ' ');
    buf_reset(&k->tones);
    k->inside = false;
}

/* When a letter has several, the greater shape and tone count, since their order depends on the normal form. */
static void add_mark(struct key *k, int32_t code) {
    static const struct {
        int32_t code;
        char shape;
        char tone;
    } marks[] = {{0x302, '^', '\0'}, {0x306, '(', '\0'}, {0x31B, '+', '\0'}, {0x300, ' ', '1'},
                 {0x309, ' ', '2'},  {0x303, ' ', '3'},  {0x301, ' ', '4'},  {0x323, ' ', '5'}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i].code != code || k->base == '\0') {
            continue;
        }
        bool letter = k->base >= 'a' && marks[i].shape != ' ' && letter_place(k->base, marks[i].shape) != '\0';
        k->shape = letter && marks[i].shape > k->shape ? marks[i].shape : k->shape;
        k->tone = marks[i].tone > k->tone ? marks[i].tone : k->tone;
    }
}

static void add_other(struct key *k, int32_t code) {
    if (utf8proc_get_property(code)->combining_class != 0) {
        return; /* a mark of another script: where it stands among others depends on the normal form */
    }
    utf8proc_category_t category = utf8proc_category(code);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) {
        begin_word(k);
        buf_addf(&k->text, "~%06X", (unsigned)code);
    } else {
        end_word(k);
    }
}

static void add_ascii(struct key *k, int32_t code) {
    char c = (char)(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        begin_word(k);
        k->base = c;
    } else {
        end_word(k);
    }
}

static void add_code(struct key *k, int32_t code) {
    if (code < 0x80) {
        add_ascii(k, code);
    } else if (code == 0x110 || code == 0x111) {
        begin_word(k);
        k->base = 'd';
        k->shape = '-';
    } else if (text_is_mark(code)) {
        add_mark(k, code);
    } else {
        add_other(k, code);
    }
}

static void add_decomposed(struct key *k, int32_t code) {
    int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t n =
        code < 0x80 || code == 0x110 || code == 0x111
            ? 0
            : utf8proc_decompose_char(code, parts, 32,
                                      UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                      &boundary);
    if (code < 0x80 || code == 0x110 || code == 0x111 || n > 32) {
        add_code(k, code);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        add_code(k, parts[i]);
    }
}

char *text_sort_key(const char *text, bool name) {
    struct key k = {.text = BUF_INIT, .tones = BUF_INIT, .shape = ' '};
    int32_t code;
    for (size_t n; (n = text_decode(text, &code)) > 0; text += n) {
        add_decomposed(&k, code);
    }
    end_word(&k);
    buf_clear(&k.tones);
    if (!name) {
        return buf_take(&k.text);
    }
    struct buf whole = BUF_INIT;
    buf_add(&whole, buf_str(&k.text) + k.word);
    buf_add(&whole, buf_str(&k.text));
    buf_clear(&k.text);
    return buf_take(&whole);
}
