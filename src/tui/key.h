/* One key press (or paste, click, resize) in our own terms, and the names that keys have in the configuration and in
 * help. */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stdint.h>

enum key_kind {
    K_NONE, /* nothing came in time */
    K_CHAR, /* a code point, in `code` */
    K_F,    /* a function key, its number in `code` */
    K_ENTER,
    K_ESC,
    K_TAB,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PGUP,
    K_PGDN,
    K_PASTE,  /* bracketed paste; what was pasted is in `text` */
    K_CLICK,  /* left button at column `x`, row `y` */
    K_WHEEL,  /* `code` 0 up, 1 down */
    K_RESIZE, /* ask the terminal for its size */
    K_HANGUP  /* the terminal is gone, or the program was told to end */
};

enum key_mod { MOD_NONE = 0, MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };

#define KEY_SCAN_MAX    128
#define KEY_SCAN_MIN    4  /* characters; less than that is a person typing ahead of a busy program */
#define KEY_SCAN_GAP_MS 30 /* scanners type a key every few milliseconds; people need more */
#define KEY_SCAN_GAP_MOST_MS                                                                                           \
    250 /* … when a burst has begun and several keys come at once: the machine was slow, not the typing */

struct key {
    enum key_kind kind;
    uint32_t code;
    unsigned
        mods; /* of enum key_mod; Ctrl-P is K_CHAR 'p' with MOD_CTRL; Shift only where it is not in the character */
    int x, y;
    const char *text; /* borrowed until the next key is read */
    /* Since the key before, without the time that the program was busy or stopped: 0 for one that was waiting when the
     * program read again, so that a stall does not tear a scanner's burst. */
    unsigned gap_ms;
    bool several; /* more came with it in one piece: on a busy machine it may have been waiting for some of the gap */
    /* With K_ENTER: the characters that came just before it in one burst, so fast that a scanner must have typed them;
     * "" else. */
    char scan[KEY_SCAN_MAX];
};

#define KEY_NAME_MAX 32

/* "F9", "Ctrl-P", "Alt-1", "Shift-Tab", "PgDn", "Space", "x", "/". Names match in any case; single characters exactly.
 */
bool key_parse(const char *name, struct key *out);
const char *key_label(const struct key *key, char out[KEY_NAME_MAX]); /* returns `out` */

bool key_same(const struct key *a, const struct key *b);
bool key_is_text(const struct key *key); /* a printable character without Ctrl or Alt */
bool key_is_char(const struct key *key, uint32_t code);
struct key key_of_char(uint32_t code);

/* UTF-8 of one code point; returns how many bytes. */
int key_utf8(uint32_t code, char out[5]);

/* Collects bursts: give it every key as it is read; it fills key->scan of an Enter that ends a burst. */
struct key_burst {
    char text[KEY_SCAN_MAX];
    unsigned len;
    bool broken; /* too long, or something that scanners do not send */
};
void key_burst_add(struct key_burst *burst, struct key *key);

#endif
