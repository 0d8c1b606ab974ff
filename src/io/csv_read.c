#include "io/csv_read.h"

#include <assert.h>
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { QUOTE = '"' };

struct csv_reader {
    struct csv_source *source;
    struct csv_parser parser;
    bool begun;   /* the first line was looked at */
    bool ended;   /* the source has nothing more */
    bool settled; /* the delimiter is known */

    char *text; /* decoded bytes: [record, end) is the record at hand and what follows it */
    size_t text_cap;
    size_t record;
    size_t end;
    long line; /* physical line at `record` */

    char *arena; /* the record's cells, one after the other, each with its NUL */
    size_t arena_len;
    size_t arena_cap;
    size_t *starts; /* of the cells in the arena */
    size_t starts_cap;
    const char **cells;
    size_t cells_cap;
    char **converted; /* cells that had to be made NFC */
    size_t converted_count;
    size_t converted_cap;

    size_t count;
    bool ascii;    /* nothing but ASCII in the record: no cell needs NFC */
    bool complete; /* libcsv said that the record has ended */
    const char *fault;
    long fault_line;
    struct csv_record out;
};

static int never(unsigned char c) {
    (void)c;
    return 0;
}

static void blame(struct csv_reader *r, const char *fault, long line) {
    if (r->fault == NULL) {
        r->fault = fault;
        r->fault_line = line;
    }
}

/* Notes where in the arena a cell of n bytes begins; false when it is one too many or too large. */
static bool add_start(struct csv_reader *r, size_t at, size_t n) {
    if (r->count == CSV_COLUMNS_MAX || n > CSV_CELL_MAX) {
        blame(r, n > CSV_CELL_MAX ? _("a cell is larger than 1 MiB") : _("the row has more than 5000 columns"),
              r->line);
        return false;
    }
    r->starts = mem_grow(r->starts, r->count, &r->starts_cap, sizeof *r->starts);
    r->starts[r->count++] = at;
    return true;
}

static void on_cell(void *bytes, size_t n, void *ctx) {
    struct csv_reader *r = ctx;
    if (!add_start(r, r->arena_len, n)) {
        return;
    }
    r->arena = mem_grow(r->arena, r->arena_len + n, &r->arena_cap, 1);
    if (n > 0) {
        memcpy(r->arena + r->arena_len, bytes, n);
    }
    r->arena_len += n;
    r->arena[r->arena_len++] = '\0';
}

static void on_row(int end, void *ctx) {
    (void)end;
    ((struct csv_reader *)ctx)->complete = true;
}

enum err_code csv_reader_open_fd(int fd, const char *name, const struct csv_options *options, struct csv_reader **out,
                                 struct err *e) {
    (void)e;
    static const struct csv_options none = {0};
    options = options == NULL ? &none : options;
    struct csv_reader *r = mem_zalloc(sizeof *r);
    r->source = csv_source_new(fd, name, options->watch, options->watch_ctx);
    csv_init(&r->parser, CSV_STRICT);
    csv_set_space_func(&r->parser, never);
    csv_set_blk_size(&r->parser, (size_t)16 * 1024);
    csv_set_delim(&r->parser, (unsigned char)(options->delimiter == '\0' ? ',' : options->delimiter));
    r->settled = options->delimiter != '\0';
    r->line = 1;
    r->text_cap = CSV_SOURCE_ROOM;
    r->text = mem_alloc(r->text_cap);
    *out = r;
    return ERR_OK;
}

enum err_code csv_reader_open(const char *path, const struct csv_options *options, struct csv_reader **out,
                              struct err *e) {
    if (strcmp(path, "-") == 0) {
        return csv_reader_open_fd(STDIN_FILENO, "-", options, out, e);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, _("%s cannot be opened: %s"), path,
                       strerror(errno));
    }
    return csv_reader_open_fd(fd, path, options, out, e);
}

/* Gets more text behind r->end; the record at hand moves to the front. */
static enum err_code more(struct csv_reader *r, struct err *e) {
    r->end -= r->record;
    if (r->end > 0 && r->record > 0) {
        memmove(r->text, r->text + r->record, r->end);
    }
    r->record = 0;
    if (r->text_cap < r->end + CSV_SOURCE_ROOM) {
        r->text_cap = r->end * 2 + CSV_SOURCE_ROOM;
        r->text = mem_resize(r->text, r->text_cap, 1);
    }
    size_t got = 0;
    enum err_code rc = csv_source_read(r->source, r->text + r->end, &got, e);
    r->end += got;
    r->ended = rc == ERR_OK && got == 0;
    return rc;
}

/* Where the line that begins `at` bytes behind the record ends: *stop before its line end, *next behind it, both
 * counted from the record. *found is false at the end of the file. */
static enum err_code find_line(struct csv_reader *r, size_t at, size_t *stop, size_t *next, bool *found,
                               struct err *e) {
    size_t seen = at;
    for (;;) {
        const char *base = r->text + r->record;
        size_t have = r->end - r->record;
        assert(base != NULL || have == 0);
        const char *lf = have > seen ? memchr(base + seen, '\n', have - seen) : NULL;
        size_t limit = lf == NULL ? have : (size_t)(lf - base);
        const char *cr = limit > seen ? memchr(base + seen, '\r', limit - seen) : NULL;
        size_t end = cr == NULL ? limit : (size_t)(cr - base);
        if (lf != NULL || (cr != NULL && end + 1 < have) || r->ended) {
            *stop = end;
            bool pair = end + 1 < have && base[end] == '\r' && base[end + 1] == '\n';
            *next = end + (pair ? 2 : end < have ? 1 : 0);
            *found = *next > at;
            return ERR_OK;
        }
        if (have - at > CSV_RECORD_MAX) {
            return err_set(e, ERR_INVALID, _("a line is longer than 16 MiB: this is not a table of text"));
        }
        seen = end;
        enum err_code rc = more(r, e);
        if (rc != ERR_OK) {
            return rc;
        }
    }
}

/* The delimiter that the first line uses most outside quotes, `,` when it uses none. */
static char guess_delimiter(const char *line, size_t n) {
    size_t commas = 0;
    size_t semicolons = 0;
    size_t tabs = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        quoted ^= line[i] == QUOTE;
        commas += !quoted && line[i] == ',';
        semicolons += !quoted && line[i] == ';';
        tabs += !quoted && line[i] == '\t';
    }
    if (tabs > commas && tabs > semicolons) {
        return '\t';
    }
    return semicolons > commas ? ';' : ',';
}

/* Takes off a first line `sep=;`, and looks at the first line with something in it for the delimiter. */
static enum err_code settle(struct csv_reader *r, struct err *e) {
    size_t at = 0;
    bool found = true;
    for (long line = 1; found; line++) {
        size_t stop = 0;
        size_t next = 0;
        enum err_code rc = find_line(r, at, &stop, &next, &found, e);
        if (rc != ERR_OK) {
            return rc;
        }
        const char *text = r->text + r->record + at;
        size_t n = stop - at;
        if (line == 1 && n == 5 && memcmp(text, "sep=", 4) == 0) {
            if (!r->settled) {
                csv_set_delim(&r->parser, (unsigned char)text[4]);
            }
            r->settled = true;
            r->record += next;
            r->line = 2;
            return ERR_OK;
        }
        if (n > 0 || r->settled) {
            if (!r->settled) {
                csv_set_delim(&r->parser, (unsigned char)guess_delimiter(text, n));
            }
            break;
        }
        at = next;
    }
    r->settled = true;
    return ERR_OK;
}

static void check_bytes(struct csv_reader *r, const char *text, size_t n, long line) {
    if (n > 0 && memchr(text, '\0', n) != NULL) {
        blame(r, _("the row has a NUL byte"), line);
    }
    bool ascii = false;
    if (csv_utf8_sound(text, n, &ascii) < n) {
        bool utf8 = strncmp(csv_source_encoding(r->source), "UTF", 3) == 0;
        blame(r, utf8 ? _("the row has bytes that are not UTF-8") : _("the row has bytes that are not windows-1258"),
              line);
    }
    r->ascii = r->ascii && ascii;
}

/* Feeds libcsv one physical line. True while the record wants more: a quote is open. */
static bool feed(struct csv_reader *r, size_t at, size_t stop, size_t next, long line) {
    const char *text = r->text + r->record + at;
    size_t n = stop - at;
    check_bytes(r, text, n, line);
    size_t end = next == stop ? 0 : next - stop;
    size_t fed = csv_parse(&r->parser, text, n + end, on_cell, on_row, r);
    if (fed == n + end && end == 0) {
        fed += csv_parse(&r->parser, "\n", 1, on_cell, on_row, r) == 1 ? 0 : 1;
    }
    if (fed != n + end) {
        r->complete = false;
        blame(r, _("a quote stands inside a cell; put the cell in quotes and write the quote twice"), line);
        return false;
    }
    return !r->complete;
}

static void start_record(struct csv_reader *r) {
    for (size_t i = 0; i < r->converted_count; i++) {
        free(r->converted[i]);
    }
    r->converted_count = 0;
    r->arena_len = 0;
    r->count = 0;
    r->ascii = true;
    r->complete = false;
    r->fault = NULL;
    r->fault_line = 0;
}

static bool is_blank(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Letters of Latin scripts, Vietnamese among them, that are composed as they stand; anything else is asked of text_nfc.
 */
static bool is_plain(const unsigned char *p) {
    while (*p != '\0') {
        if (*p < 0x80) {
            p++;
        } else if (*p <= 0xCB && !(p[0] == 0xC2 && p[1] == 0xA0)) {
            p += 2;
        } else if (p[0] == 0xE1 && p[1] >= 0xB8 && p[1] <= 0xBB) {
            p += 3;
        } else {
            return false;
        }
    }
    return true;
}

static const char *clean_cell(struct csv_reader *r, char *cell, size_t n) {
    while (n > 0 && is_blank((unsigned char)cell[n - 1])) {
        cell[--n] = '\0';
    }
    while (is_blank((unsigned char)*cell)) {
        cell++;
    }
    if (r->ascii || r->fault != NULL || is_plain((const unsigned char *)cell)) {
        return cell;
    }
    r->converted = mem_grow(r->converted, r->converted_count, &r->converted_cap, sizeof *r->converted);
    return r->converted[r->converted_count++] = text_nfc(cell);
}

static void clean_cells(struct csv_reader *r) {
    r->cells = mem_grow(r->cells, r->count, &r->cells_cap, sizeof *r->cells);
    bool blank = true;
    for (size_t i = 0; i < r->count; i++) {
        size_t stop = i + 1 < r->count ? r->starts[i + 1] : r->arena_len;
        r->cells[i] = clean_cell(r, r->arena + r->starts[i], stop - r->starts[i] - 1);
        blank = blank && r->cells[i][0] == '\0';
    }
    r->out.kind = r->fault != NULL ? CSV_BAD : blank ? CSV_BLANK : CSV_ROW;
}

/* Too large to be a row: what was opened as a quoted cell was never closed. */
static bool too_large(const struct csv_reader *r, size_t record_len) {
    return r->parser.entry_pos > CSV_CELL_MAX || record_len > CSV_RECORD_MAX;
}

/* Where a record's first line and the whole of it end, before and behind the line end, counted from its beginning. */
struct extent {
    size_t first_stop;
    size_t first_next;
    size_t stop;
    size_t next;
    long lines;
};

/* Feeds the record's lines until it is complete or cannot become so. */
static enum err_code read_lines(struct csv_reader *r, struct extent *x, bool *found, struct err *e) {
    *x = (struct extent){0};
    for (bool open = true; open; x->lines++) {
        size_t at = x->next;
        size_t stop = 0;
        size_t next = 0;
        enum err_code rc = find_line(r, at, &stop, &next, found, e);
        if (rc != ERR_OK) {
            if (e != NULL && rc == ERR_INVALID) {
                e->line = r->line + x->lines;
            }
            return rc;
        }
        if (!*found) {
            blame(r, _("the quote opened in this row is never closed"), r->line);
            break;
        }
        if (x->lines == 0) {
            x->first_stop = stop;
            x->first_next = next;
        }
        x->stop = stop;
        x->next = next;
        if (stop == 0 && x->lines == 0) {
            x->lines = 1;
            r->complete = true;
            return ERR_OK;
        }
        open = feed(r, at, stop, next, r->line + x->lines);
        if (open && too_large(r, next)) {
            blame(r, _("the quote opened in this row is not closed within 1 MiB"), r->line);
            break;
        }
    }
    *found = x->first_next > 0;
    return ERR_OK;
}

enum err_code csv_reader_next(struct csv_reader *r, const struct csv_record **out, struct err *e) {
    *out = NULL;
    start_record(r);
    if (!r->begun) {
        r->begun = true;
        enum err_code rc = settle(r, e);
        if (rc != ERR_OK) {
            return rc;
        }
    }
    struct extent x;
    bool found = false;
    enum err_code rc = read_lines(r, &x, &found, e);
    if (rc != ERR_OK || !found) {
        return rc;
    }
    if (!r->complete) {
        csv_fini(&r->parser, NULL, NULL, NULL);
        x.stop = x.first_stop;
        x.next = x.first_next;
        x.lines = 1;
        r->count = 0;
        r->arena_len = 0;
    }
    clean_cells(r);
    r->out.line = r->line;
    r->out.count = r->count;
    r->out.cells = r->cells;
    r->out.raw = r->text + r->record;
    r->out.raw_len = x.stop;
    r->out.fault = r->fault;
    r->out.fault_line = r->fault_line;
    r->record += x.next;
    r->line += x.lines;
    *out = &r->out;
    return ERR_OK;
}

char csv_reader_delimiter(const struct csv_reader *r) {
    return (char)csv_get_delim((struct csv_parser *)&r->parser);
}

const char *csv_reader_encoding(const struct csv_reader *r) {
    return csv_source_encoding(r->source);
}

long long csv_reader_bytes(const struct csv_reader *r) {
    return csv_source_bytes(r->source);
}

void csv_reader_free(struct csv_reader *r) {
    if (r == NULL) {
        return;
    }
    start_record(r);
    csv_free(&r->parser);
    csv_source_free(r->source);
    free(r->text);
    free(r->arena);
    free(r->starts);
    free(r->cells);
    free(r->converted);
    free(r);
}

const char *csv_unguard(const char *cell) {
    return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@\t\r", cell[1]) != NULL ? cell + 1 : cell;
}
