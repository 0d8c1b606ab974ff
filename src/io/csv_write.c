#include "io/csv_write.h"

#include <string.h>

void csv_writer_begin(struct csv_writer *w, FILE *out, bool excel) {
    *w = (struct csv_writer){.out = out, .excel = excel};
    if (excel) {
        fputs("\xEF\xBB\xBF", out);
    }
}

static void write_quoted(FILE *out, const char *text) {
    for (const char *quote = strchr(text, '"'); quote != NULL; quote = strchr(text, '"')) {
        fwrite_unlocked(text, 1, (size_t)(quote - text) + 1, out);
        putc_unlocked('"', out);
        text = quote + 1;
    }
    fwrite_unlocked(text, 1, strlen(text), out);
}

static void cell(struct csv_writer *w, const char *text, bool guard) {
    if (w->cells++ > 0) {
        putc_unlocked(',', w->out);
    }
    w->lone_empty = w->cells == 1 && text[0] == '\0';
    size_t n = strlen(text);
    bool quoted = strcspn(text, ",\"\r\n") < n;
    if (quoted) {
        putc_unlocked('"', w->out);
    }
    if (guard) {
        putc_unlocked('\'', w->out);
    }
    if (quoted) {
        write_quoted(w->out, text);
        putc_unlocked('"', w->out);
    } else {
        fwrite_unlocked(text, 1, n, w->out);
    }
}

void csv_writer_text(struct csv_writer *w, const char *text) {
    cell(w, text, w->excel && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL);
}

void csv_writer_plain(struct csv_writer *w, const char *text) {
    cell(w, text, false);
}

void csv_writer_end_row(struct csv_writer *w) {
    if (w->lone_empty) {
        fputs("\"\"", w->out); /* an empty line would be no row at all */
    }
    fputs(w->excel ? "\r\n" : "\n", w->out);
    w->cells = 0;
    w->lone_empty = false;
}
