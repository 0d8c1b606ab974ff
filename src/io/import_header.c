#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/import_core.h"

#define SEEN_MAX ((size_t)300) /* bytes of the headers in a message */

/* A header written by people: "Order No" is order_no. */
static int folded_column(const struct kind *kind, const char *header) {
    char *folded = text_fold(header);
    for (char *p = folded; *p != '\0'; p++) {
        *p = *p == ' ' || *p == '-' ? '_' : *p;
    }
    int column = kind_column(kind, folded);
    free(folded);
    return column;
}

static void add_name(struct buf *names, const char *name) {
    buf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* Exact names first, so that `Note` beside `note` does not take its place. */
static void match(const struct kind *kind, const struct csv_record *header, bool exact, int *at, bool *used) {
    for (size_t i = 0; i < header->count; i++) {
        int column = used[i] ? -1 : exact ? kind_column(kind, header->cells[i]) : folded_column(kind, header->cells[i]);
        if (column >= 0 && at[column] < 0) {
            at[column] = (int)i;
            used[i] = true;
        }
    }
}

void import_find_columns(const struct kind *kind, const struct csv_record *header, int at[KIND_COLUMNS_MAX],
                         bool *used) {
    for (size_t i = 0; i < KIND_COLUMNS_MAX; i++) {
        at[i] = -1;
    }
    match(kind, header, true, at, used);
    match(kind, header, false, at, used);
}

/* Shows the file's own first line: a profile has put other names in its place. */
static enum err_code missing(const struct import *im, const struct csv_record *header, const char *name,
                             struct err *e) {
    char *seen = mem_strndup(header->raw, header->raw_len < SEEN_MAX ? header->raw_len : SEEN_MAX);
    err_set_field(e, ERR_INVALID, name,
                  _("%s has no column %s, which it must have (name one with --map 'HEADER=%s'); its headers are: %s"),
                  im->options->path, name, name, seen);
    free(seen);
    return ERR_INVALID;
}

/* What the profile, or a --map, looks for and the file has not. */
static void warn_missing(struct import *im) {
    struct buf names = BUF_INIT;
    const char *name = NULL;
    for (size_t i = 0; (name = profile_reader_missing(im->rows, i)) != NULL; i++) {
        add_name(&names, name);
    }
    if (names.len > 0) {
        import_warn(im, _("%s: expected, but not among its columns: %s"), im->options->path, buf_str(&names));
    }
    buf_clear(&names);
}

enum err_code import_match_headers(struct import *im, const struct csv_record *header, struct err *e) {
    bool *used = mem_array(header->count, sizeof *used);
    struct buf unknown = BUF_INIT;
    enum err_code rc = ERR_OK;
    im->width = header->count;
    import_find_columns(im->kind, header, im->at, used);
    for (size_t i = 0; i < header->count; i++) {
        bool ours = strcmp(header->cells[i], "error") == 0; /* of a file of rejected rows */
        if (!used[i] && !ours && header->cells[i][0] != '\0') {
            add_name(&unknown, header->cells[i]);
        }
    }
    for (size_t i = 0; i < im->kind->count && rc == ERR_OK; i++) {
        if ((im->kind->columns[i].flags & KIND_REQUIRED) != 0 && im->at[i] < 0) {
            rc = missing(im, header, im->kind->columns[i].name, e);
        }
    }
    if (rc == ERR_OK) {
        warn_missing(im);
    }
    if (rc == ERR_OK && unknown.len > 0) {
        char *known = kind_column_names(im->kind);
        import_warn(im, _("%s: columns that mean nothing here are left out: %s (known: %s)"), im->options->path,
                    buf_str(&unknown), known);
        free(known);
    }
    buf_clear(&unknown);
    free(used);
    return rc;
}
