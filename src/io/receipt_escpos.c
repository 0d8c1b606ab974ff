#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/qr.h"
#include "io/receipt_layout.h"

enum {
    DOTS_32 = 384,
    DOTS_48 = 576,
    QUIET = 4,     /* squares of white that readers of a QR code want on each side */
    SCALE_MAX = 6, /* dots for a square: about 0.75 mm */
    FEED_AT_END = 4
};

#define RESET     "\x1B@"
#define CODE_PAGE "\x1Bt"
#define ALIGN                                                                                                          \
    "\x1B"                                                                                                             \
    "a"
#define BOLD                                                                                                           \
    "\x1B"                                                                                                             \
    "E"
#define SIZE "\x1D!"
#define FEED                                                                                                           \
    "\x1B"                                                                                                             \
    "d"
#define CUT         "\x1DV\x42"
#define DRAWER      "\x1Bp"
#define RASTER      "\x1Dv0"
#define NORMAL_SIZE 0x00
#define TALL_SIZE   0x01

/* A command and its parameter bytes. */
static void command(struct buf *out, const char *name, int parameter) {
    buf_add(out, name);
    buf_add_char(out, (char)parameter);
}

/* One line in the printer's code page; what the page does not have becomes ?. */
static void convert(iconv_t converter, const char *text, struct buf *out) {
    char *from = (char *)text;
    size_t left = strlen(text);
    while (left > 0) {
        char bytes[128];
        char *to = bytes;
        size_t room = sizeof bytes;
        size_t done = iconv(converter, &from, &left, &to, &room);
        buf_add_bytes(out, bytes, (size_t)(to - bytes));
        if (done == (size_t)-1 && errno != E2BIG) {
            int width = 0;
            size_t n = text_grapheme(from, &width);
            from += n;
            left -= n;
            buf_add_char(out, '?');
        }
    }
    iconv(converter, NULL, NULL, NULL, NULL);
}

static void raster_row(const struct qr *q, int y, int scale, size_t bytes, struct buf *out) {
    for (size_t i = 0; i < bytes; i++) {
        unsigned byte = 0;
        for (size_t bit = 0; bit < 8; bit++) {
            int x = (int)(i * 8 + bit) / scale - QUIET;
            byte |= qr_is_dark(q, x, y) ? 0x80U >> bit : 0;
        }
        buf_add_char(out, (char)byte);
    }
}

/* The code as black dots, in the middle of the paper. */
static enum err_code add_qr(const char *text, int dots, struct buf *out, struct err *e) {
    struct qr q = {0};
    enum err_code rc = qr_encode(text, &q, e);
    if (rc != ERR_OK) {
        return rc;
    }
    int side = q.size + 2 * QUIET;
    int scale = dots / side < 1 ? 1 : dots / side > SCALE_MAX ? SCALE_MAX : dots / side;
    size_t bytes = (size_t)(side * scale + 7) / 8;
    int height = side * scale;
    command(out, ALIGN, 1);
    buf_add(out, RASTER);
    buf_add_char(out, 0);
    buf_add_char(out, (char)(bytes & 0xFF));
    buf_add_char(out, (char)(bytes >> 8));
    buf_add_char(out, (char)(height & 0xFF));
    buf_add_char(out, (char)(height >> 8));
    for (int y = 0; y < height; y++) {
        raster_row(&q, y / scale - QUIET, scale, bytes, out);
    }
    command(out, ALIGN, 0);
    qr_clear(&q);
    return ERR_OK;
}

static void add_line(const struct receipt_row *row, iconv_t converter, struct buf *out) {
    if (row->bold) {
        command(out, BOLD, 1);
    }
    if (row->tall) {
        command(out, SIZE, TALL_SIZE);
    }
    if (converter == (iconv_t)-1) {
        buf_add(out, row->text);
    } else {
        convert(converter, row->text, out);
    }
    buf_add_char(out, '\n');
    if (row->tall) {
        command(out, SIZE, NORMAL_SIZE);
    }
    if (row->bold) {
        command(out, BOLD, 0);
    }
}

static enum err_code add_rows(const struct receipt *r, const struct receipt_style *style, iconv_t converter,
                              struct buf *out, struct err *e) {
    struct receipt_layout l = {.width = style->width, .ascii = style->codepage == RECEIPT_ASCII};
    receipt_lay_out(r, &l);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < l.count && rc == ERR_OK; i++) {
        if (l.rows[i].is_qr) {
            rc = add_qr(r->qr_text, style->width > 32 ? DOTS_48 : DOTS_32, out, e);
        } else {
            add_line(&l.rows[i], converter, out);
        }
    }
    receipt_layout_clear(&l);
    return rc;
}

#define NO_CONVERTER ((iconv_t)-1)

static enum err_code begin(const struct receipt_style *style, iconv_t *converter, struct buf *out, struct err *e) {
    *converter = NO_CONVERTER;
    if (style->codepage == RECEIPT_WINDOWS_1258) {
        *converter = iconv_open("CP1258", "UTF-8");
        if (*converter == NO_CONVERTER) {
            return err_set_field(e, ERR_IO, "codepage",
                                 _("this system cannot write windows-1258; set codepage = ascii under [receipt]"));
        }
    }
    buf_add(out, RESET);
    if (style->codepage == RECEIPT_WINDOWS_1258) {
        command(out, CODE_PAGE, style->codepage_number);
    }
    return ERR_OK;
}

static void finish(const struct receipt_style *style, iconv_t converter, struct buf *out) {
    command(out, FEED, FEED_AT_END);
    if (style->cut) {
        command(out, CUT, 0);
    }
    if (converter != NO_CONVERTER) {
        iconv_close(converter);
    }
}

enum err_code receipt_escpos(const struct receipt *r, const struct receipt_style *style, struct buf *out,
                             struct err *e) {
    iconv_t converter;
    enum err_code rc = begin(style, &converter, out, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (style->drawer && r->cash_taken) {
        command(out, DRAWER, 0);
        buf_add_bytes(out, "\x19\xFA", 2);
    }
    rc = add_rows(r, style, converter, out, e);
    finish(style, converter, out);
    return rc;
}

/* Signs that have a plain form, for printers that know ASCII alone. */
static char *plain_signs(const char *line) {
    static const char *const signs[][2] = {{"−", "-"}, {"×", "x"}, {" ₫", ""}, {"·", "-"}};
    struct buf b = BUF_INIT;
    while (*line != '\0') {
        size_t i = 0;
        while (i < sizeof signs / sizeof *signs && strncmp(line, signs[i][0], strlen(signs[i][0])) != 0) {
            i++;
        }
        if (i < sizeof signs / sizeof *signs) {
            buf_add(&b, signs[i][1]);
            line += strlen(signs[i][0]);
        } else {
            buf_add_char(&b, *line++);
        }
    }
    return buf_take(&b);
}

static void add_text_line(const char *text, size_t n, const struct receipt_style *style, iconv_t converter,
                          struct buf *out) {
    char *line = mem_strndup(text, n);
    char *shown = text_visible(line);
    if (style->codepage == RECEIPT_ASCII) {
        char *plain = plain_signs(shown);
        free(shown);
        shown = text_ascii(plain);
        free(plain);
    }
    struct receipt_row row = {.text = shown};
    add_line(&row, converter, out);
    free(shown);
    free(line);
}

enum err_code receipt_escpos_text(const char *text, const struct receipt_style *style, struct buf *out, struct err *e) {
    iconv_t converter;
    enum err_code rc = begin(style, &converter, out, e);
    if (rc != ERR_OK) {
        return rc;
    }
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        add_text_line(text, n, style, converter, out);
        text += n + (text[n] == '\n');
    }
    finish(style, converter, out);
    return ERR_OK;
}
