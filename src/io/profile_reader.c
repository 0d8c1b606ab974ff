#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/profile_rules.h"

enum mend {
    MEND_ID = 1 << 0,       /* 123.0 is 123 */
    MEND_ORDER_NO = 1 << 1, /* 5.78E+17 is lost */
    MEND_DATE = 1 << 2,
    MEND_SIZE = 1 << 3,   /* a discount is written without sign */
    MEND_MASKED = 1 << 4, /* what has *** in it names nobody */
    OF_LINE = 1 << 5      /* not of the order: never filled down */
};

static const struct {
    const char *field;
    int mends;
} field_mends[] = {
    {"order_no", MEND_ID | MEND_ORDER_NO},
    {"return_of", MEND_ID},
    {"tracking_no", MEND_ID},
    {"barcode", MEND_ID},
    {"phone", MEND_ID | MEND_MASKED},
    {"customer_phone", MEND_ID | MEND_MASKED},
    {"customer_name", MEND_MASKED},
    {"order_date", MEND_DATE},
    {"delivered_date", MEND_DATE},
    {"start_date", MEND_DATE},
    {"end_date", MEND_DATE},
    {"birth_date", MEND_DATE},
    {"date", MEND_DATE},
    {"created", MEND_DATE},
    {"expected_close", MEND_DATE},
    {"closed", MEND_DATE},
    {"opened", MEND_DATE},
    {"solved", MEND_DATE},
    {"order_discount", MEND_SIZE},
    {"discount", MEND_SIZE | OF_LINE},
    {"sku", MEND_ID | OF_LINE},
    {"product_name", OF_LINE},
    {"qty", OF_LINE},
    {"unit_price", OF_LINE},
    {"vat_pct", OF_LINE},
    {"note", OF_LINE},
};

/* One way to a value: a source column, or several that are joined. */
struct source {
    size_t *columns;
    size_t count;
};

struct target {
    char *name;
    const char *fallback; /* NULL: none */
    struct source *sources;
    size_t source_count;
    int mends;
    bool has_words;
    char *above; /* what stood there in the order's last row, for filling down */
};

struct profile_reader {
    struct csv_reader *reader;
    const struct profile *p;
    bool begun;
    struct target *targets;
    size_t count;
    size_t cap;
    const char **missing;
    size_t missing_count;
    size_t missing_cap;
    const char **cells;
    char **made; /* cells made for the record at hand */
    size_t made_count;
    size_t made_cap;
    struct csv_record out;
    size_t width; /* cells of the file's own header */
};

struct profile_reader *profile_reader_new(struct csv_reader *reader, const struct profile *p) {
    struct profile_reader *r = mem_zalloc(sizeof *r);
    r->reader = reader;
    r->p = p;
    return r;
}

static int mends_of(const char *field) {
    for (size_t i = 0; i < sizeof field_mends / sizeof *field_mends; i++) {
        if (strcasecmp(field_mends[i].field, field) == 0) {
            return field_mends[i].mends;
        }
    }
    return 0;
}

/* The column with this header: exactly so, else folded; the count of columns when there is none. */
static size_t find_header(const struct csv_record *header, const char *name) {
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->cells[i], name) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < header->count; i++) {
        if (text_equal_folded(header->cells[i], name)) {
            return i;
        }
    }
    return header->count;
}

static void add_column(struct source *s, size_t column) {
    s->columns = mem_resize(s->columns, s->count + 1, sizeof *s->columns);
    s->columns[s->count++] = column;
}

static void add_source(struct target *t, struct source s) {
    t->sources = mem_resize(t->sources, t->source_count + 1, sizeof *t->sources);
    t->sources[t->source_count++] = s;
}

/* "A" or "A + B"; without its first column it is no way to the value. */
static void resolve(struct target *t, const struct csv_record *header, char *headers) {
    struct source s = {0};
    for (char *at = headers; at != NULL;) {
        char *plus = strstr(at, " + ");
        if (plus != NULL) {
            *plus = '\0';
        }
        char *name = text_nfc(at);
        size_t column = find_header(header, name);
        free(name);
        if (column < header->count) {
            add_column(&s, column);
        } else if (at == headers) {
            break;
        }
        at = plus == NULL ? NULL : plus + 3;
    }
    if (s.count > 0) {
        add_source(t, s);
    }
}

static void add_target(struct profile_reader *r, struct target made) {
    r->targets = mem_grow(r->targets, r->count, &r->cap, sizeof *r->targets);
    made.name = mem_strdup(made.name);
    r->targets[r->count++] = made;
}

static bool has_words(const struct profile *p, const char *field) {
    for (size_t i = 0; i < p->word_count; i++) {
        if (strcasecmp(p->words[i].field, field) == 0) {
            return true;
        }
    }
    return false;
}

static void plan_field(struct profile_reader *r, const struct profile_field *f, const struct csv_record *header) {
    if (f->off) {
        return;
    }
    struct target made = {.name = f->name, .fallback = f->fallback, .has_words = has_words(r->p, f->name)};
    made.mends = r->p->pass_others ? 0 : mends_of(f->name);
    if (r->p->date_order_set) {
        made.mends |= mends_of(f->name) & MEND_DATE;
    }
    char *headers = mem_strdup(f->headers == NULL ? "" : f->headers);
    char *rest = headers;
    for (char *one = strsep(&rest, "|"); one != NULL; one = strsep(&rest, "|")) {
        resolve(&made, header, one);
    }
    free(headers);
    if (made.source_count == 0 && f->fallback == NULL) {
        r->missing = mem_grow(r->missing, r->missing_count, &r->missing_cap, sizeof *r->missing);
        r->missing[r->missing_count++] = f->name;
        return;
    }
    add_target(r, made);
}

static bool is_used(const struct profile_reader *r, size_t column) {
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->targets[i].source_count; k++) {
            const struct source *s = &r->targets[i].sources[k];
            for (size_t n = 0; n < s->count; n++) {
                if (s->columns[n] == column) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* A header that names a field which is to stay empty; headers are matched as import_header.c does. */
static bool is_off(const struct profile *p, const char *header) {
    char *folded = text_fold(header);
    bool off = false;
    for (char *c = folded; *c != '\0'; c++) {
        *c = *c == ' ' || *c == '-' ? '_' : *c;
    }
    for (size_t i = 0; i < p->field_count; i++) {
        off = off || (p->fields[i].off && strcmp(p->fields[i].name, folded) == 0);
    }
    free(folded);
    return off;
}

static char *keep(struct profile_reader *r, char *made) {
    r->made = mem_grow(r->made, r->made_count, &r->made_cap, sizeof *r->made);
    return r->made[r->made_count++] = made;
}

static void plan(struct profile_reader *r, const struct csv_record *header) {
    for (size_t i = 0; i < r->p->field_count; i++) {
        plan_field(r, &r->p->fields[i], header);
    }
    for (size_t i = 0; r->p->pass_others && i < header->count; i++) {
        if (!is_used(r, i) && !is_off(r->p, header->cells[i])) {
            char *name = (char *)header->cells[i];
            struct target made = {.name = name, .mends = r->p->date_order_set ? mends_of(name) & MEND_DATE : 0};
            struct source s = {0};
            add_column(&s, i);
            add_source(&made, s);
            add_target(r, made);
        }
    }
    r->cells = mem_array(r->count, sizeof *r->cells);
    for (size_t i = 0; i < r->count; i++) {
        r->cells[i] = r->targets[i].name;
    }
}

static bool all_digits(const char *s) {
    return s[0] != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static const char *mend_id(struct profile_reader *r, const char *cell) {
    size_t n = strspn(cell, "0123456789");
    return n > 0 && strcmp(cell + n, ".0") == 0 ? keep(r, mem_strndup(cell, n)) : cell;
}

/* A spreadsheet wrote a long number as 5.78461E+17: its last digits are gone. */
static bool is_lost_number(const char *cell) {
    size_t n = strspn(cell, "0123456789.,");
    return n > 0 && strncasecmp(cell + n, "E+", 2) == 0 && all_digits(cell + n + 2);
}

static const char *mend_date(struct profile_reader *r, const char *cell) {
    char date[DATE_SIZE];
    char time[9];
    size_t n = strlen(cell);
    bool american = r->p->date_order == DATE_MDY;
    if (!r->p->date_order_set && n > 2) {
        american = strcasecmp(cell + n - 2, "AM") == 0 || strcasecmp(cell + n - 2, "PM") == 0;
    }
    if (date_parse(cell, american ? DATE_MDY : DATE_DMY, date, time, NULL) != ERR_OK) {
        return cell;
    }
    return keep(r, mem_printf("%s%s%s", date, time[0] == '\0' ? "" : " ", time));
}

static const char *translate(const struct profile *p, const char *field, const char *cell) {
    char *folded = text_fold(cell);
    const struct profile_word *best = NULL;
    for (size_t i = 0; i < p->word_count; i++) {
        const struct profile_word *w = &p->words[i];
        if (strcasecmp(w->field, field) != 0) {
            continue;
        }
        size_t n = strlen(w->folded);
        if (!w->beginning && strcmp(folded, w->folded) == 0) {
            best = w;
            break;
        }
        if (w->beginning && strncmp(folded, w->folded, n) == 0 && (best == NULL || strlen(best->folded) < n)) {
            best = w;
        }
    }
    free(folded);
    return best == NULL ? cell : best->value;
}

static const char *source_value(struct profile_reader *r, const struct source *s, const struct csv_record *in) {
    const char *value = "";
    for (size_t i = 0; i < s->count; i++) {
        const char *cell = s->columns[i] < in->count ? in->cells[s->columns[i]] : "";
        if (r->p->null_text != NULL && strcmp(cell, r->p->null_text) == 0) {
            cell = "";
        }
        if (cell[0] != '\0') {
            value = value[0] == '\0' ? cell : keep(r, mem_printf("%s - %s", value, cell));
        }
    }
    return value;
}

static const char *mended(struct profile_reader *r, const struct target *t, const char *cell) {
    if (cell[0] == '\0') {
        return cell;
    }
    if ((t->mends & MEND_MASKED) != 0 && strchr(cell, '*') != NULL) {
        return "";
    }
    if ((t->mends & MEND_ID) != 0) {
        cell = mend_id(r, cell);
    }
    if ((t->mends & MEND_DATE) != 0) {
        cell = mend_date(r, cell);
    }
    if ((t->mends & MEND_SIZE) != 0 && cell[0] == '-') {
        cell++;
    }
    if ((t->mends & MEND_ORDER_NO) != 0 && is_lost_number(cell)) {
        r->out.kind = CSV_BAD;
        r->out.fault = _("a spreadsheet cut the order number to a few digits; export again, and do not open the file "
                         "with it before");
        r->out.fault_line = r->out.line;
    }
    return t->has_words ? translate(r->p, t->name, cell) : cell;
}

static size_t target_named(const struct profile_reader *r, const char *name) {
    for (size_t i = 0; i < r->count; i++) {
        if (strcasecmp(r->targets[i].name, name) == 0) {
            return i;
        }
    }
    return r->count;
}

/* Nhanh and Pancake write what is the order's own on its first row only. */
static void fill_down(struct profile_reader *r) {
    size_t no = target_named(r, "order_no");
    bool continued = no < r->count && r->cells[no][0] == '\0' && r->targets[no].above != NULL;
    for (size_t i = 0; i < r->count; i++) {
        struct target *t = &r->targets[i];
        if ((t->mends & OF_LINE) != 0) {
            continue;
        }
        if (continued && r->cells[i][0] == '\0' && t->above != NULL) {
            r->cells[i] = t->above;
        } else if (!continued) {
            free(t->above);
            t->above = mem_strdup(r->cells[i]);
        }
    }
}

static void map_row(struct profile_reader *r, const struct csv_record *in) {
    for (size_t i = 0; i < r->count; i++) {
        const struct target *t = &r->targets[i];
        r->cells[i] = "";
        for (size_t k = 0; k < t->source_count && r->cells[i][0] == '\0'; k++) {
            r->cells[i] = mended(r, t, source_value(r, &t->sources[k], in));
        }
    }
    if (r->p->fill_down) {
        fill_down(r);
    }
    for (size_t i = 0; i < r->count; i++) {
        if (r->cells[i][0] == '\0' && r->targets[i].fallback != NULL) {
            r->cells[i] = r->targets[i].fallback;
        }
    }
    size_t digits = r->p->only_digits == NULL ? r->count : target_named(r, r->p->only_digits);
    if (r->out.kind == CSV_ROW && digits < r->count && !all_digits(r->cells[digits])) {
        r->out.kind = CSV_BLANK;
    }
}

static void forget_made(struct profile_reader *r) {
    for (size_t i = 0; i < r->made_count; i++) {
        free(r->made[i]);
    }
    r->made_count = 0;
}

/* A row that is spoiled stays so, but its cells say what it belongs to; one with cells beyond the header's has slipped.
 */
static void judge(struct profile_reader *r, const struct csv_record *in) {
    bool beyond = false;
    for (size_t i = r->width; i < in->count && in->kind == CSV_ROW; i++) {
        beyond = beyond || in->cells[i][0] != '\0';
    }
    if (in->kind == CSV_BAD) {
        r->out.kind = CSV_BAD;
        r->out.fault = in->fault;
        r->out.fault_line = in->fault_line;
    } else if (beyond) {
        r->out.kind = CSV_BAD;
        r->out.fault = _("the row has more cells than the header; put a text with a comma in it in quotes");
        r->out.fault_line = in->line;
    }
}

enum err_code profile_reader_next(struct profile_reader *r, const struct csv_record **out, struct err *e) {
    const struct csv_record *in = NULL;
    enum err_code rc = csv_reader_next(r->reader, &in, e);
    *out = in;
    if (rc != ERR_OK || in == NULL || r->p == NULL) {
        return rc;
    }
    r->out = *in;
    *out = &r->out;
    if (in->kind == CSV_BLANK || in->count == 0 || (in->kind == CSV_BAD && !r->begun)) {
        r->out.count = 0;
        return ERR_OK;
    }
    forget_made(r);
    if (!r->begun) {
        r->begun = true;
        r->width = in->count;
        plan(r, in);
    } else {
        map_row(r, in);
        judge(r, in);
    }
    r->out.cells = r->cells;
    r->out.count = r->count;
    return ERR_OK;
}

const char *profile_reader_missing(const struct profile_reader *r, size_t index) {
    return index < r->missing_count ? r->missing[index] : NULL;
}

void profile_reader_describe(const struct profile_reader *r, size_t n, const char *const *headers, struct buf *out) {
    const struct target *t = &r->targets[n];
    for (size_t i = 0; i < t->source_count; i++) {
        buf_add(out, i == 0 ? "" : " | ");
        for (size_t k = 0; k < t->sources[i].count; k++) {
            buf_addf(out, "%s%s", k == 0 ? "" : " + ", headers[t->sources[i].columns[k]]);
        }
    }
    if (t->fallback != NULL) {
        buf_addf(out, "%s= %s", t->source_count == 0 ? "" : " | ", t->fallback);
    }
}

void profile_reader_free(struct profile_reader *r) {
    if (r == NULL) {
        return;
    }
    forget_made(r);
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->targets[i].source_count; k++) {
            free(r->targets[i].sources[k].columns);
        }
        free(r->targets[i].sources);
        free(r->targets[i].name);
        free(r->targets[i].above);
    }
    free(r->targets);
    free(r->missing);
    free(r->cells);
    free(r->made);
    free(r);
}
