#include "io/import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/import_spool.h"
#include "io/import_core.h"

#define WARNINGS_MAX    50 /* of one file; the rest is counted */
#define KEY_ROOM        256
#define PROGRESS_EVERY  2048
#define REJECTED_ERRORS (1u << ERR_NOT_FOUND | 1u << ERR_INVALID | 1u << ERR_CONFLICT | 1u << ERR_REFUSED)

static const struct import_ops *const ops_of[] = {
    [KIND_STAFF] = &import_staff_ops,         [KIND_PRODUCTS] = &import_products_ops,
    [KIND_CUSTOMERS] = &import_customers_ops, [KIND_SUPPLIERS] = &import_suppliers_ops,
    [KIND_ORDERS] = &import_orders_ops,       [KIND_PAYMENTS] = &import_payments_ops,
    [KIND_STOCK] = &import_stock_ops,         [KIND_DEALS] = &import_deals_ops,
    [KIND_TARGETS] = &import_targets_ops,     [KIND_TICKETS] = &import_later_ops,
};

bool import_is_rejection(enum err_code rc) {
    return rc != ERR_OK && (REJECTED_ERRORS >> rc & 1) != 0;
}

void import_warn(struct import *im, const char *format, ...) {
    if (im->warned++ >= WARNINGS_MAX) {
        return;
    }
    va_list args;
    va_start(args, format);
    char *line = NULL;
    if (vasprintf(&line, format, args) >= 0) {
        buf_add(&im->warnings, line);
        buf_add_char(&im->warnings, '\n');
        free(line);
    }
    va_end(args);
}

bool import_progress(struct import *im, int64_t rows, int percent) {
    if (im->options->progress != NULL && !im->options->progress(im->options->ctx, rows, percent)) {
        im->stopped = true;
    }
    return !im->stopped;
}

static enum err_code stopped(const struct import *im, struct err *e) {
    return err_set(e, ERR_REFUSED, _("stopped: nothing of %s was kept"), im->options->path);
}

/* For a run, and for another one when the database asks for it. */
static void reset(struct import *im) {
    *im->sum = (struct import_summary){0};
    im->import_id = 0;
    im->bytes_read = im->bytes_taken = 0;
    im->gathered = 0;
    im->apart = false;
    import_rejections_reset(&im->rejections);
    buf_reset(&im->warnings);
    im->warned = 0;
    intern_free(im->keys);
    im->keys = intern_new();
    import_refs_forget(im->refs);
    if (im->ops->reset != NULL) {
        im->ops->reset(im);
    }
}

static void close_reader(struct import *im) {
    profile_reader_free(im->rows);
    csv_reader_free(im->reader);
    im->rows = NULL;
    im->reader = NULL;
}

/* Opens the file anew and reads its header; `watch` sees its bytes. */
static enum err_code open_reader(struct import *im, csv_source_watch *watch, void *ctx, struct err *e) {
    const char *path = im->options->path;
    const struct csv_record *header = NULL;
    enum err_code rc = import_file_reader(&im->file, path, watch, ctx, &im->reader, e);
    if (rc != ERR_OK) {
        return rc;
    }
    im->rows = profile_reader_new(im->reader, im->options->profile);
    do {
        rc = profile_reader_next(im->rows, &header, e);
    } while (rc == ERR_OK && header != NULL && header->kind == CSV_BLANK);
    if (rc == ERR_OK && header == NULL) {
        return err_set(e, ERR_INVALID, _("%s is empty: the first line must name the columns"), path);
    }
    if (rc == ERR_OK && header->kind == CSV_BAD) {
        return err_set(e, ERR_INVALID, "%s:%ld: %s", path, header->fault_line, header->fault);
    }
    return rc == ERR_OK ? import_match_headers(im, header, e) : rc;
}

/* First pass over files in which a row is a record: which row is the last one of its key. */
static enum err_code read_keys(struct import *im, struct err *e) {
    char room[KEY_ROOM];
    const struct csv_record *r = NULL;
    enum err_code rc = open_reader(im, NULL, NULL, e);
    while (rc == ERR_OK && (rc = profile_reader_next(im->rows, &r, e)) == ERR_OK && r != NULL) {
        struct import_row row = {.line = r->line, .cells = r->cells, .count = r->count};
        const char *key = r->kind == CSV_ROW ? im->ops->key(im, &row, room, sizeof room) : "";
        if (key[0] != '\0') {
            uint32_t number = intern_add(im->keys, key);
            im->last_lines = mem_grow(im->last_lines, number, &im->last_cap, sizeof *im->last_lines);
            im->last_lines[number] = (uint32_t)r->line;
        }
    }
    close_reader(im);
    buf_reset(&im->warnings);
    im->warned = 0;
    return rc;
}

static void count(struct import_summary *sum, enum put_result result) {
    *(result == PUT_CREATED ? &sum->created : result == PUT_UPDATED ? &sum->updated : &sum->unchanged) += 1;
}

struct put_call {
    struct import *im;
    const struct import_row *row;
    enum put_result result;
};

static enum err_code put_row(struct shop *shop, void *ctx, struct err *e) {
    struct put_call *call = ctx;
    (void)shop;
    return call->im->ops->put(call->im, call->row, &call->result, e);
}

/* What it was before is remembered when the row changes it, so that it can be put back. */
static enum err_code take_record(struct import *im, const struct import_row *row, struct err *e) {
    struct put_call call = {.im = im, .row = row};
    char *image = NULL;
    int64_t id = 0;
    import_refs_mark(im->refs);
    enum err_code rc = im->import_id == 0 || im->ops->image == NULL ? ERR_OK : im->ops->image(im, row, &id, &image, e);
    if (rc == ERR_OK) {
        rc = shop_transact(im->shop, put_row, &call, e);
    }
    if (rc != ERR_OK) {
        import_refs_back(im->refs);
    } else {
        count(im->sum, call.result);
        if (im->import_id != 0 && call.result == PUT_UPDATED && image != NULL) {
            rc = import_note(im->shop, im->import_id, kind_info(im->ops->image_kind)->name, id, image, e);
        }
    }
    free(image);
    return rc;
}

/* False for a row that a later one with the same key stands for. */
static bool is_last(struct import *im, const struct import_row *row) {
    char room[KEY_ROOM];
    const char *key = im->ops->key == NULL ? "" : im->ops->key(im, row, room, sizeof room);
    uint32_t number = key[0] == '\0' ? INTERN_NONE : intern_find(im->keys, key);
    if (number == INTERN_NONE || (long)im->last_lines[number] == row->line) {
        return true;
    }
    import_warn(im, _("%s:%ld: %s stands again on line %ld, which counts"), im->options->path, row->line, key,
                (long)im->last_lines[number]);
    return false;
}

static enum err_code take_row(struct import *im, const struct csv_record *r, struct err *e) {
    struct import_row row = {.line = r->line, .cells = r->cells, .count = r->count};
    if (r->kind == CSV_BAD && im->ops->spoiled == NULL) {
        im->sum->rejected++;
        return ERR_OK;
    }
    if (im->ops->collect != NULL) {
        return (r->kind == CSV_BAD ? im->ops->spoiled : im->ops->collect)(im, &row, e);
    }
    if (!is_last(im, &row)) {
        return ERR_OK;
    }
    enum err_code rc = import_check_row(im, &row, e);
    if (rc == ERR_OK) {
        rc = take_record(im, &row, e);
    }
    if (import_is_rejection(rc)) {
        im->sum->rejected++;
        import_reject(&im->rejections, row.line, e->field[0] == '\0' ? im->kind->columns[0].name : e->field,
                      e->message);
        err_clear(e);
        rc = ERR_OK;
    }
    return rc;
}

static void hash_bytes(void *ctx, const void *bytes, size_t n) {
    audit_digest_add(ctx, bytes, n);
}

int import_percent(const struct import *im, double part) {
    double size = im->file.size > 0 ? (double)im->file.size : 1;
    double read = (double)im->bytes_read;
    double taken = (double)im->bytes_taken;
    if (im->gathered > 0) {
        return 25 + (int)(70 * (double)im->gathered / (double)im->sum->rows);
    }
    return (int)((im->ops->finish == NULL ? 100 : 95) * (taken + part * (read - taken)) / size);
}

enum err_code import_next(struct import *im, const struct csv_record **out, struct err *e) {
    enum err_code rc = profile_reader_next(im->rows, out, e);
    while (rc == ERR_OK && *out != NULL && (*out)->kind == CSV_BLANK) {
        im->sum->blank++;
        rc = profile_reader_next(im->rows, out, e);
    }
    if (rc != ERR_OK || *out == NULL) {
        return rc;
    }
    im->bytes_read = csv_reader_bytes(im->reader);
    if ((*out)->kind == CSV_BAD) {
        import_reject(&im->rejections, (*out)->line, im->kind->columns[0].name, (*out)->fault);
    }
    if (++im->sum->rows % PROGRESS_EVERY == 0 &&
        !import_progress(im, im->sum->rows, import_percent(im, im->ops->finish == NULL ? 1 : 0.25))) {
        rc = stopped(im, e);
    }
    return rc == ERR_OK ? import_rejections_check(im, e) : rc;
}

static enum err_code take_rows(struct import *im, struct err *e) {
    const struct csv_record *r = NULL;
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && !im->stopped && (rc = import_next(im, &r, e)) == ERR_OK && r != NULL) {
        rc = take_row(im, r, e);
    }
    return rc;
}

static enum err_code read_rows(struct import *im, char hash[AUDIT_HEX_SIZE], struct err *e) {
    struct audit_digest *digest = audit_digest_new();
    enum err_code rc = open_reader(im, hash_bytes, digest, e);
    if (rc == ERR_OK) {
        rc = im->gather ? im->ops->gather(im, e) : take_rows(im, e);
    }
    close_reader(im);
    audit_digest_end(digest, hash);
    if (rc == ERR_OK && im->ops->finish != NULL && !im->stopped) {
        rc = im->ops->finish(im, e);
    }
    return im->stopped && !import_is_rejection(rc) ? stopped(im, e) : rc;
}

/* How many things were made on the way: what there is more of, less the records of the kind itself. */
static enum err_code count_made(struct import *im, const int64_t before[IMPORT_THINGS], struct err *e) {
    struct import_summary *sum = im->sum;
    enum err_code rc = import_census(im->shop, sum->made, e);
    for (int i = 0; i < IMPORT_THINGS; i++) {
        sum->made[i] -= before[i];
        if (strcmp(import_thing_name((enum import_thing)i), im->kind->name) == 0) {
            sum->made[i] -= sum->created;
        }
    }
    return rc;
}

static enum err_code keep(struct import *im, const char *hash, struct err *e) {
    const struct import_summary *sum = im->sum;
    int64_t changed = sum->created + sum->updated;
    for (int i = 0; i < IMPORT_THINGS; i++) {
        changed += sum->made[i];
    }
    if (changed == 0) {
        enum err_code rc = import_drop(im->shop, im->import_id, e);
        im->sum->import_id = 0;
        return rc;
    }
    im->sum->import_id = im->import_id;
    audit_mute(im->shop, false); /* the import itself is one row */
    struct import_record r = {.id = im->import_id,
                              .kind = im->kind->name,
                              .file = im->options->path,
                              .file_hash = hash,
                              .rows = sum->rows,
                              .created = sum->created,
                              .updated = sum->updated,
                              .unchanged = sum->unchanged,
                              .rejected = sum->rejected};
    return import_end(im->shop, &r, e);
}

static enum err_code run_muted(struct import *im, struct err *e) {
    int64_t before[IMPORT_THINGS];
    char hash[AUDIT_HEX_SIZE] = "";
    enum err_code rc = import_census(im->shop, before, e);
    if (rc == ERR_OK) {
        rc = import_begin(im->shop, im->kind->name, im->options->path, &im->import_id, e);
    }
    if (rc == ERR_OK && im->ops->key != NULL) {
        rc = read_keys(im, e);
    }
    if (rc == ERR_OK) {
        rc = read_rows(im, hash, e);
    }
    if (rc == ERR_OK) {
        rc = count_made(im, before, e);
    }
    return rc == ERR_OK ? keep(im, hash, e) : rc;
}

/* ERR_REFUSED without a message: all went well, and nothing of it is to be kept. */
static enum err_code run(struct shop *shop, void *ctx, struct err *e) {
    struct import *im = ctx;
    reset(im);
    audit_mute(shop, true);
    enum err_code rc = run_muted(im, e);
    audit_mute(shop, false);
    if (rc == ERR_OK && (im->options->dry_run || (im->options->atomic && im->sum->rejected > 0))) {
        im->sum->import_id = 0;
        err_clear(e);
        im->discard = true;
        rc = ERR_REFUSED;
    }
    return rc;
}

/* A file rejected as a whole made and changed nothing. */
static void clear_atomic(struct import *im) {
    if (im->options->atomic && im->sum->rejected > 0) {
        im->sum->created = 0;
        im->sum->updated = 0;
        memset(im->sum->made, 0, sizeof im->sum->made);
    }
}

static void say_rejections(const struct import *im) {
    const struct import_options *o = im->options;
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < im->rejections.count; i++) {
        const struct import_rejection *r = &im->rejections.rows[i];
        const char *column = intern_text(im->rejections.texts, r->column);
        const char *reason = intern_text(im->rejections.texts, r->reason);
        if (o->rejected != NULL) {
            o->rejected(o->ctx, r->line, column, reason);
        } else if (o->say != NULL) {
            buf_reset(&line);
            buf_addf(&line, "%s:%ld: %s: %s", o->path, r->line, column, reason);
            o->say(o->ctx, buf_str(&line));
        }
    }
    buf_clear(&line);
}

static void say_warnings(struct import *im) {
    const struct import_options *o = im->options;
    if (o->say == NULL) {
        return;
    }
    char *text = buf_take(&im->warnings);
    for (char *line = text, *end = NULL; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        o->say(o->ctx, line);
    }
    free(text);
    struct buf line = BUF_INIT;
    if (im->warned > WARNINGS_MAX) {
        buf_addf(&line, _("%s: %lld more warnings"), o->path, (long long)(im->warned - WARNINGS_MAX));
        o->say(o->ctx, buf_str(&line));
    }
    buf_clear(&line);
}

static void set_up(struct import *im, struct shop *shop, const struct import_options *options,
                   struct import_summary *sum) {
    *im = (struct import){.shop = shop,
                          .options = options,
                          .kind = kind_info(options->kind),
                          .ops = ops_of[options->kind],
                          .sum = sum,
                          .file = {.spool = -1},
                          .date_order = options->month_first ? DATE_MDY : DATE_DMY,
                          .refs = import_refs_new(shop),
                          .keys = intern_new()};
}

static void tear_down(struct import *im) {
    if (im->ops->reset != NULL) {
        im->ops->reset(im);
    }
    close_reader(im);
    import_rejections_clear(&im->rejections);
    import_refs_free(im->refs);
    intern_free(im->keys);
    buf_clear(&im->warnings);
    free(im->last_lines);
}

enum err_code import_run(struct shop *shop, const struct import_options *options, struct import_summary *out,
                         struct err *e) {
    struct import im;
    struct err local = ERR_INIT; /* rows are judged by what stands in it, so there must be one */
    struct err *err = e == NULL ? &local : e;
    set_up(&im, shop, options, out);
    enum err_code rc = import_file_open(&im.file, options->path, err);
    im.file.delimiter = options->profile == NULL ? '\0' : profile_delimiter(options->profile);
    if (rc == ERR_OK) {
        rc = shop_transact(shop, run, &im, err);
    }
    if (im.apart) {
        err_clear(err);
        im.gather = true;
        rc = import_spool_transact(shop, run, &im, err);
    }
    if (im.discard) {
        err_clear(err);
        rc = ERR_OK;
    }
    if (rc == ERR_OK) {
        clear_atomic(&im);
        import_rejections_sort(&im.rejections);
        say_warnings(&im);
        say_rejections(&im);
        rc = options->errors_path == NULL ? ERR_OK : import_write_errors(&im, err);
    }
    tear_down(&im);
    import_file_close(&im.file);
    return rc;
}

enum err_code import_restore(struct shop *shop, const struct import_options *options, int fd, struct err *e) {
    struct import im;
    struct import_summary sum = {0};
    char hash[AUDIT_HEX_SIZE];
    set_up(&im, shop, options, &sum);
    im.file.spool = fd;
    enum err_code rc = read_rows(&im, hash, e);
    if (rc == ERR_OK && im.rejections.count > 0) {
        rc = err_set(e, ERR_REFUSED, _("%s cannot be put back as they were: %s"), options->path,
                     intern_text(im.rejections.texts, im.rejections.rows[0].reason));
    }
    tear_down(&im);
    return rc;
}
