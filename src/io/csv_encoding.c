#include "io/csv_source.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum encoding { ENC_ASCII_SO_FAR, ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_WINDOWS_1258 };

struct csv_source {
    int fd;
    char *name;
    csv_source_watch *watch;
    void *watch_ctx;
    enum encoding encoding;
    iconv_t converter; /* (iconv_t)-1 while the text is passed on as it is */
    bool begun;        /* the byte order mark was looked for */
    bool ended;        /* read() said so */
    bool flushed;
    long long bytes;
    size_t held; /* bytes in raw that wait for the rest of their character */
    char *raw;   /* CSV_SOURCE_BLOCK of them */
};

struct csv_source *csv_source_new(int fd, const char *name, csv_source_watch *watch, void *ctx) {
    struct csv_source *s = mem_zalloc(sizeof *s);
    s->fd = fd;
    s->name = mem_strdup(name);
    s->watch = watch;
    s->watch_ctx = ctx;
    s->converter = (iconv_t)-1;
    s->raw = mem_alloc(CSV_SOURCE_BLOCK);
    return s;
}

/* The length of the sound UTF-8 character at p, 0 when it is unsound, and n + 1 when it is cut off by the end. */
static size_t character(const unsigned char *p, size_t n) {
    unsigned char c = p[0];
    if (c < 0x80) {
        return 1;
    }
    size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4) {
        return 0;
    }
    for (size_t i = 1; i < len; i++) {
        if (i == n) {
            return n + 1;
        }
        unsigned char low = i > 1 ? 0x80 : c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
        unsigned char high = i > 1 ? 0xBF : c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        if (p[i] < low || p[i] > high) {
            return 0;
        }
    }
    return len;
}

static size_t ascii_run(const unsigned char *p, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
    }
    while (i < n && p[i] < 0x80) {
        i++;
    }
    return i;
}

size_t csv_utf8_sound(const char *s, size_t n, bool *ascii) {
    const unsigned char *p = (const unsigned char *)s;
    size_t i = ascii_run(p, n);
    *ascii = i == n;
    while (i < n) {
        i += ascii_run(p + i, n - i);
        if (i == n) {
            break;
        }
        size_t len = character(p + i, n - i);
        if (len == 0 || len > n - i) {
            break;
        }
        i += len;
    }
    return i;
}

/* The first block with a byte outside ASCII decides. A UTF-8 file with a damaged byte has many more sound characters
 * than bad ones; windows-1258 text has hardly any sound ones. A character that the block's end cuts off speaks for
 * neither. */
static enum encoding judge(const char *raw, size_t n, bool last) {
    const unsigned char *p = (const unsigned char *)raw;
    size_t sound = 0;
    size_t bad = 0;
    for (size_t i = 0; i < n;) {
        i += ascii_run(p + i, n - i);
        if (i == n) {
            break;
        }
        size_t len = character(p + i, n - i);
        if (len > n - i) {
            bad += last;
            break;
        }
        sound += len > 0;
        bad += len == 0;
        i += len > 0 ? len : 1;
    }
    return bad > sound ? ENC_WINDOWS_1258 : sound > 0 ? ENC_UTF8 : ENC_ASCII_SO_FAR;
}

static const char *const encoding_names[] = {
    [ENC_ASCII_SO_FAR] = "UTF-8", [ENC_UTF8] = "UTF-8",          [ENC_UTF16LE] = "UTF-16LE",
    [ENC_UTF16BE] = "UTF-16BE",   [ENC_WINDOWS_1258] = "CP1258",
};

static enum err_code settle(struct csv_source *s, enum encoding encoding, struct err *e) {
    s->encoding = encoding;
    if (encoding <= ENC_UTF8) {
        return ERR_OK;
    }
    s->converter = iconv_open("UTF-8", encoding_names[encoding]);
    if (s->converter == (iconv_t)-1) {
        return err_set(e, ERR_IO,
                       _("%s is written in %s, which this system cannot read; save it as UTF-8 and try again"), s->name,
                       csv_source_encoding(s));
    }
    return ERR_OK;
}

/* Fills raw behind what is held, up to its end or the file's. */
static enum err_code fill(struct csv_source *s, struct err *e) {
    while (s->held < CSV_SOURCE_BLOCK && !s->ended) {
        ssize_t got = read(s->fd, s->raw + s->held, CSV_SOURCE_BLOCK - s->held);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return err_set(e, ERR_IO, _("%s cannot be read: %s"), s->name, strerror(errno));
        }
        if (s->watch != NULL && got > 0) {
            s->watch(s->watch_ctx, s->raw + s->held, (size_t)got);
        }
        s->ended = got == 0;
        s->held += (size_t)got;
        s->bytes += got;
    }
    return ERR_OK;
}

static void drop(struct csv_source *s, size_t n) {
    s->held -= n;
    memmove(s->raw, s->raw + n, s->held);
}

/* The byte order mark, if any, says what the file is. */
static enum err_code begin(struct csv_source *s, struct err *e) {
    s->begun = true;
    if (s->held >= 3 && memcmp(s->raw, "\xEF\xBB\xBF", 3) == 0) {
        drop(s, 3);
        return settle(s, ENC_UTF8, e);
    }
    if (s->held >= 2 && (memcmp(s->raw, "\xFF\xFE", 2) == 0 || memcmp(s->raw, "\xFE\xFF", 2) == 0)) {
        bool little = s->raw[0] == '\xFF';
        drop(s, 2);
        return settle(s, little ? ENC_UTF16LE : ENC_UTF16BE, e);
    }
    return ERR_OK;
}

/* The bytes of a character that the block cuts off wait for the next block. */
static size_t cut_off(const char *raw, size_t n) {
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        const unsigned char *p = (const unsigned char *)raw + n - back;
        if (*p >= 0xC0) {
            return character(p, back) > back ? back : 0;
        }
    }
    return 0;
}

static size_t pass_on(struct csv_source *s, char *out) {
    size_t n = s->held - (s->ended ? 0 : cut_off(s->raw, s->held));
    memcpy(out, s->raw, n);
    drop(s, n);
    return n;
}

static size_t convert(struct csv_source *s, char *out) {
    char *from = s->raw;
    size_t left = s->held;
    char *to = out;
    size_t room = CSV_SOURCE_ROOM;
    while (left > 0 && iconv(s->converter, &from, &left, &to, &room) == (size_t)-1) {
        if (errno == EINVAL && !s->ended) {
            break;
        }
        size_t unit = s->encoding == ENC_WINDOWS_1258 || left < 2 ? 1 : 2;
        from += unit;
        left -= unit;
        *to++ = '\xFF';
        room--;
    }
    if (s->ended && !s->flushed) {
        s->flushed = true;
        iconv(s->converter, NULL, NULL, &to, &room);
    }
    drop(s, s->held - left);
    return (size_t)(to - out);
}

enum err_code csv_source_read(struct csv_source *s, char *out, size_t *n, struct err *e) {
    *n = 0;
    do {
        enum err_code rc = fill(s, e);
        if (rc == ERR_OK && !s->begun) {
            rc = begin(s, e);
        }
        if (rc == ERR_OK && s->encoding == ENC_ASCII_SO_FAR) {
            rc = settle(s, judge(s->raw, s->held, s->ended), e);
        }
        if (rc != ERR_OK) {
            return rc;
        }
        *n = s->converter == (iconv_t)-1 ? pass_on(s, out) : convert(s, out);
    } while (*n == 0 && !s->ended);
    return ERR_OK;
}

const char *csv_source_encoding(const struct csv_source *s) {
    return s->encoding == ENC_WINDOWS_1258 ? "windows-1258" : encoding_names[s->encoding];
}

long long csv_source_bytes(const struct csv_source *s) {
    return s->bytes;
}

void csv_source_free(struct csv_source *s) {
    if (s == NULL) {
        return;
    }
    if (s->converter != (iconv_t)-1) {
        iconv_close(s->converter);
    }
    if (s->fd != STDIN_FILENO) {
        close(s->fd);
    }
    free(s->raw);
    free(s->name);
    free(s);
}
