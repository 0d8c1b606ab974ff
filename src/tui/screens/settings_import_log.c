/* The imports so far, and taking one back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/figure.h"
#include "tui/popup.h"
#include "tui/screens/settings_import.h"

static const struct list_column columns[] = {
    {"#", 4, 6, 1, ALIGN_RIGHT, false},
    {N_("When"), 16, 16, 2, ALIGN_LEFT, false},
    {N_("Kind"), 10, 14, 2, ALIGN_LEFT, false},
    {N_("File"), 14, 50, 1, ALIGN_LEFT, false},
    {N_("New"), 6, 9, 3, ALIGN_RIGHT, false},
    {N_("Changed"), 7, 9, 4, ALIGN_RIGHT, false},
    {N_("Rejected"), 8, 9, 5, ALIGN_RIGHT, false},
    {N_("By"), 6, 12, 7, ALIGN_LEFT, false},
    {N_("State"), 10, 26, 2, ALIGN_LEFT, false},
};
enum {
    COLUMN_NO,
    COLUMN_WHEN,
    COLUMN_KIND,
    COLUMN_FILE,
    COLUMN_NEW,
    COLUMN_CHANGED,
    COLUMN_REJECTED,
    COLUMN_BY,
    COLUMN_STATE
};

static void add_time(const char *at, struct buf *out) {
    char day[DATE_SIZE];
    char shown[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", at);
    buf_addf(out, "%s%.6s", date_format(day, shown), strlen(at) > 10 ? at + 10 : "");
}

static void add_state(const struct import_record *r, struct buf *out, enum style *style) {
    if (r->undone_at[0] == '\0') {
        buf_add(out, _("stands"));
        return;
    }
    buf_add(out, _("taken back "));
    add_time(r->undone_at, out);
    *style = STYLE_DIM;
}

static void add_count(int64_t n, struct buf *out) {
    char text[FIGURE_MAX];
    buf_add(out, figure_count(n, text));
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct import_page *s = ctx;
    const struct import_record *r = &s->past[row].record;
    enum kind_id kind = KIND_COUNT;
    const char *slash = strrchr(r->file, '/');
    switch (column) {
    case COLUMN_NO:
        buf_addf(out, "%lld", (long long)r->id);
        break;
    case COLUMN_WHEN:
        add_time(r->at, out);
        break;
    case COLUMN_KIND:
        buf_add(out, kind_find(r->kind, &kind) ? import_kind_label(kind) : r->kind);
        break;
    case COLUMN_FILE:
        buf_add(out, slash == NULL ? r->file : slash + 1);
        break;
    case COLUMN_NEW:
        add_count(r->created, out);
        break;
    case COLUMN_CHANGED:
        add_count(r->updated, out);
        break;
    case COLUMN_REJECTED:
        add_count(r->rejected, out);
        break;
    case COLUMN_BY:
        buf_add(out, r->staff);
        break;
    default:
        add_state(r, out, style);
    }
}

struct list_source import_log_source(const struct import_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("Nothing has been imported yet")};
}

static void forget(struct import_page *s) {
    for (size_t i = 0; i < s->past_count; i++) {
        const struct import_record *r = &s->past[i].record;
        free((char *)r->at);
        free((char *)r->staff);
        free((char *)r->kind);
        free((char *)r->file);
        free((char *)r->undone_at);
    }
    s->past_count = 0;
}

void import_log_clear(struct import_page *s) {
    forget(s);
    free(s->past);
    list_clear(&s->log);
}

static enum err_code keep(void *ctx, const struct import_record *r, struct err *e) {
    struct import_page *s = ctx;
    (void)e;
    s->past = mem_grow(s->past, s->past_count, &s->past_cap, sizeof *s->past);
    struct import_record *copy = &s->past[s->past_count++].record;
    *copy = *r;
    copy->at = mem_strdup(r->at);
    copy->staff = mem_strdup(r->staff);
    copy->kind = mem_strdup(r->kind);
    copy->file = mem_strdup(r->file);
    copy->undone_at = mem_strdup(r->undone_at);
    copy->file_hash = "";
    return ERR_OK;
}

enum err_code import_log_load(struct app *app, struct import_page *s, struct err *e) {
    forget(s);
    enum err_code rc = import_list(app_shop(app), keep, s, e);
    for (size_t i = 0; i < s->past_count / 2; i++) { /* the newest first */
        struct import_past kept = s->past[i];
        s->past[i] = s->past[s->past_count - 1 - i];
        s->past[s->past_count - 1 - i] = kept;
    }
    list_loaded(&s->log, 0, s->past_count, s->past_count);
    return rc;
}

/* --- taking one back */

struct take {
    struct app *app;
    int64_t ticks;
};

static bool tick(void *ctx) {
    struct take *t = ctx;
    return app_progress(t->app, ++t->ticks, 0);
}

static enum err_code take_back(struct app *app, int64_t id, struct err *e) {
    struct take t = {app, 0};
    struct import_undone undone = {0};
    char one[FIGURE_MAX];
    char two[FIGURE_MAX];
    app_work_begin(app, _("Taking the import back"));
    shop_set_progress(app_shop(app), tick, &t);
    enum err_code rc = import_take_back(app_shop(app), id, &undone, e);
    shop_set_progress(app_shop(app), NULL, NULL);
    app_work_end(app);
    app_reload(app);
    if (rc == ERR_OK && undone.kept > 0) {
        app_status(app, _("Import %lld taken back: %s removed, %s as before; %lld targets changed by hand since stay"),
                   (long long)id, figure_count(undone.removed, one), figure_count(undone.restored, two),
                   (long long)undone.kept);
    } else if (rc == ERR_OK) {
        app_status(app, _("Import %lld taken back: %s records removed, %s as before"), (long long)id,
                   figure_count(undone.removed, one), figure_count(undone.restored, two));
    }
    return rc;
}

static enum err_code undo(struct app *app, void *ctx, struct err *e) {
    return take_back(app, *(const int64_t *)ctx, e);
}

void import_undo_offer(struct app *app, int64_t id, const char *file) {
    int64_t *kept = mem_alloc(sizeof *kept);
    char *what = mem_printf(_("the import of %s"), file);
    *kept = id;
    app_set_undo(app, what, undo, kept, free);
    free(what);
}

static void yes(struct app *app, void *ctx) {
    const struct import_page *s = ctx;
    struct err e = ERR_INIT;
    if (s->log.cursor < s->past_count && take_back(app, s->past[s->log.cursor].record.id, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

unsigned import_log_undo(struct app *app, struct import_page *s) {
    if (s->tab != IMPORT_TAB_LOG || s->log.cursor >= s->past_count) {
        app_status(app, _("Choose the import in the list of imports"));
        return SCREEN_REDRAW;
    }
    const struct import_record *r = &s->past[s->log.cursor].record;
    if (r->undone_at[0] != '\0') {
        app_status(app, _("Import %lld was taken back already"), (long long)r->id);
        return SCREEN_REDRAW;
    }
    char *question =
        mem_printf(_("Take import %lld back? What it made goes, what it changed is as before."), (long long)r->id);
    popup_ask(app, question, _("Take back"), yes, s);
    free(question);
    return SCREEN_REDRAW;
}
