/* Trying and taking the file, and what came of it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/profile.h"
#include "tui/figure.h"
#include "tui/popup.h"
#include "tui/screens/settings_import.h"

static const struct list_column columns[] = {
    {N_("Line"), 7, 9, 1, ALIGN_RIGHT, false},
    {N_("Column"), 14, 18, 2, ALIGN_LEFT, false},
    {N_("Why"), 30, 120, 1, ALIGN_LEFT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct import_page *s = ctx;
    const struct import_finding *f = &s->outcome.findings[row];
    *style = f->column == NULL ? STYLE_WARN : *style;
    if (column == 0 && f->line > 0) {
        char text[FIGURE_MAX];
        buf_add(out, figure_count(f->line, text));
    } else if (column == 1) {
        buf_add(out, f->column == NULL ? _("(warning)") : import_column_label(f->column));
    } else if (column == 2) {
        buf_add(out, f->reason);
    }
}

struct list_source import_findings_source(const struct import_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = s->outcome.there ? _("Every row can be taken") : ""};
}

static void forget_findings(struct import_outcome *o) {
    for (size_t i = 0; i < o->count; i++) {
        free(o->findings[i].column);
        free(o->findings[i].reason);
    }
    o->count = 0;
    o->more = 0;
}

void import_outcome_clear(struct import_page *s) {
    forget_findings(&s->outcome);
    free(s->outcome.findings);
    free(s->errors_path);
    list_clear(&s->findings);
}

struct run {
    struct app *app;
    const char *file;
    struct import_outcome *outcome;
};

static void add_finding(struct import_outcome *o, long line, const char *column, const char *reason) {
    if (o->count >= IMPORT_FINDINGS_MAX) {
        o->more++;
        return;
    }
    o->findings = mem_grow(o->findings, o->count, &o->cap, sizeof *o->findings);
    o->findings[o->count++] = (struct import_finding){line, mem_strdup(column), mem_strdup(reason)};
}

static void keep_rejected(void *ctx, long line, const char *column, const char *reason) {
    add_finding(((struct run *)ctx)->outcome, line, column, reason);
}

/* "FILE: …" or "FILE:LINE: …": the file is known here. */
static void keep_warning(void *ctx, const char *line) {
    const struct run *run = ctx;
    size_t n = strlen(run->file);
    long number = 0;
    if (strncmp(line, run->file, n) == 0 && line[n] == ':') {
        char *end = NULL;
        line += n + 1;
        number = strtol(line, &end, 10);
        line = number > 0 && *end == ':' ? end + 1 : line;
        line += strspn(line, " ");
    }
    add_finding(run->outcome, number, NULL, line);
}

/* By line; what rejects a row before what only warns of it. */
static int by_line(const void *a, const void *b) {
    const struct import_finding *x = a;
    const struct import_finding *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (x->column == NULL) - (y->column == NULL);
}

static bool tick(void *ctx, int64_t rows, int percent) {
    (void)rows;
    return app_progress(((struct run *)ctx)->app, percent, 100);
}

static enum err_code run_file(struct app *app, struct import_page *s, bool dry_run, const char *errors_path,
                              struct err *e) {
    struct run run = {app, s->file, &s->outcome};
    struct profile *profile = NULL;
    enum err_code rc = import_page_profile(app, s, &profile, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct import_options options = {.kind = s->kind,
                                     .path = s->file,
                                     .profile = profile,
                                     .month_first = s->month_first,
                                     .dry_run = dry_run,
                                     .atomic = s->atomic,
                                     .create_missing = s->create_missing,
                                     .errors_path = errors_path,
                                     .say = keep_warning,
                                     .rejected = keep_rejected,
                                     .progress = tick,
                                     .ctx = &run};
    forget_findings(&s->outcome);
    s->outcome.there = false;
    app_work_begin(app, dry_run ? _("Trying the file, nothing is written") : _("Importing"));
    rc = import_run(app_shop(app), &options, &s->outcome.sum, e);
    app_work_end(app);
    if (s->outcome.count > 1) {
        qsort(s->outcome.findings, s->outcome.count, sizeof *s->outcome.findings, by_line);
    }
    s->outcome.there = rc == ERR_OK;
    s->outcome.dry_run = dry_run;
    profile_free(profile);
    list_loaded(&s->findings, 0, s->outcome.count, s->outcome.count);
    list_go(&s->findings, 0);
    return rc;
}

static void say_outcome(struct app *app, const struct import_page *s) {
    const struct import_summary *sum = &s->outcome.sum;
    if (s->outcome.dry_run && sum->rejected > 0) {
        app_status(app, _("F9 imports what can be taken; x saves the rejected rows to be mended"));
    } else if (s->outcome.dry_run) {
        app_status(app, _("All of it can be taken: F9 imports"));
    } else if (sum->import_id != 0) {
        app_status(app, _("Imported; u takes it back"));
        import_undo_offer(app, sum->import_id, s->file);
    } else {
        app_status(app, _("Nothing of it was new, so nothing was changed"));
    }
}

/* What has not been tried is tried first: nobody imports blindly. */
unsigned import_page_run(struct app *app, struct import_page *s, bool dry_run) {
    struct err e = ERR_INIT;
    bool tried = s->outcome.there && s->outcome.dry_run;
    if (s->file == NULL) {
        app_status(app, _("Choose a file first"));
        return SCREEN_REDRAW;
    }
    if (s->outcome.there && !s->outcome.dry_run && !dry_run) {
        app_status(app, _("This file is in already; u takes it back"));
        return SCREEN_REDRAW;
    }
    if (run_file(app, s, dry_run || !tried, NULL, &e) != ERR_OK) {
        app_error(app, &e);
        return SCREEN_RELOAD;
    }
    s->tab = IMPORT_TAB_RESULT;
    say_outcome(app, s);
    return SCREEN_RELOAD;
}

/* --- the rejected rows as a file */

static enum err_code save_errors(struct app *app, struct import_page *s, struct err *e) {
    bool dry_run = s->outcome.dry_run;
    struct import_summary sum = s->outcome.sum;
    enum err_code rc = run_file(app, s, true, s->errors_path, e);
    s->outcome.there = true;
    s->outcome.dry_run = dry_run;
    s->outcome.sum = sum;
    if (rc == ERR_OK) {
        app_status(app, _("Written to %s"), s->errors_path);
    }
    app_reload(app);
    return rc;
}

static void write_over(struct app *app, void *ctx) {
    struct err e = ERR_INIT;
    if (save_errors(app, ctx, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static enum err_code named(struct app *app, void *ctx, const char *text, struct err *e) {
    struct import_page *s = ctx;
    if (text[0] == '\0' || strcmp(text, "-") == 0) {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    if (strcmp(text, s->file) == 0) {
        return err_set(e, ERR_INVALID, _("That is the file itself; give another name"));
    }
    free(s->errors_path);
    s->errors_path = mem_strdup(text);
    if (folder_has(text)) {
        char *question = mem_printf(_("%s is there already. Write over it?"), text);
        popup_ask(app, question, _("Write over"), write_over, s);
        free(question);
        return ERR_OK;
    }
    return save_errors(app, s, e);
}

unsigned import_page_errors(struct app *app, struct import_page *s) {
    if (!s->outcome.there || s->outcome.sum.rejected == 0) {
        app_status(app, _("No row was rejected"));
        return SCREEN_REDRAW;
    }
    size_t n = strlen(s->file);
    bool csv = n > 4 && strcmp(s->file + n - 4, ".csv") == 0;
    char *name = mem_printf("%.*s-errors.csv", (int)(csv ? n - 4 : n), s->file);
    popup_prompt(app, _("Rejected rows, to be mended and imported again"), _("File (.csv)"), FORM_TEXT, name, named, s);
    free(name);
    return SCREEN_REDRAW;
}

/* --- what is seen of it */

static const char *made_label(enum import_thing thing) {
    static const char *const labels[IMPORT_THINGS] = {
        [IMPORT_STAFF] = N_("Staff"),         [IMPORT_TEAMS] = N_("Teams"),         [IMPORT_PRODUCTS] = N_("Products"),
        [IMPORT_GROUPS] = N_("Groups"),       [IMPORT_CUSTOMERS] = N_("Customers"), [IMPORT_CHANNELS] = N_("Channels"),
        [IMPORT_SUPPLIERS] = N_("Suppliers"),
    };
    return thing < IMPORT_THINGS && labels[thing] != NULL ? _(labels[thing]) : import_thing_name(thing);
}

static void add_made(const struct import_summary *sum, struct buf *out) {
    char figure[FIGURE_MAX];
    for (int i = 0; i < IMPORT_THINGS; i++) {
        if (sum->made[i] > 0) {
            buf_addf(out, "%s%s %s", out->len > 0 ? ", " : "", made_label((enum import_thing)i),
                     figure_count(sum->made[i], figure));
        }
    }
}

static void figure(struct canvas *c, int *x, int y, enum style style, const char *label, int64_t n) {
    char text[FIGURE_MAX];
    *x += canvas_textf(c, *x, y, c->width - *x, n == 0 ? STYLE_DIM : style, "%s %s", label, figure_count(n, text)) + 3;
}

void import_outcome_paint(const struct import_page *s, struct canvas *c) {
    const struct import_outcome *o = &s->outcome;
    const struct import_summary *sum = &o->sum;
    struct buf made = BUF_INIT;
    int x = 1;
    if (!o->there) {
        canvas_text(c, 1, 0, c->width - 2, STYLE_DIM, _("Not tried yet: F5 tries the file without writing anything"));
        return;
    }
    enum style style = o->dry_run ? STYLE_WARN : STYLE_GOOD;
    if (o->dry_run) {
        canvas_text(c, 1, 0, c->width - 2, style, _("○ Tried, nothing is written yet: F9 imports"));
    } else if (sum->import_id != 0) {
        canvas_textf(c, 1, 0, c->width - 2, style, _("● Imported as number %lld"), (long long)sum->import_id);
    } else {
        canvas_text(c, 1, 0, c->width - 2, style, _("● Nothing was changed"));
    }
    figure(c, &x, 1, STYLE_NORMAL, _("rows"), sum->rows);
    figure(c, &x, 1, STYLE_GOOD, _("new"), sum->created);
    figure(c, &x, 1, STYLE_GOOD, _("changed"), sum->updated);
    figure(c, &x, 1, STYLE_NORMAL, _("unchanged"), sum->unchanged);
    figure(c, &x, 1, STYLE_ERROR, _("rejected"), sum->rejected);
    figure(c, &x, 1, STYLE_NORMAL, _("blank"), sum->blank);
    add_made(sum, &made);
    if (made.len > 0) {
        canvas_textf(c, 1, 2, c->width - 2, STYLE_NORMAL, _("made on the way: %s"), buf_str(&made));
    } else if (sum->rejected > 0 && !s->create_missing && (s->kind == KIND_ORDERS || s->kind == KIND_DEALS)) {
        canvas_text(c, 1, 2, c->width - 2, STYLE_DIM,
                    _("m also makes staff, products and customers that are not there yet"));
    }
    if (o->more > 0) {
        char text[FIGURE_MAX];
        canvas_textf(c, 1, 3, c->width - 2, STYLE_WARN, _("and %s more than are listed here; x saves all of them"),
                     figure_count(o->more, text));
    }
    buf_clear(&made);
}

unsigned import_finding_open(struct app *app, const struct import_page *s) {
    if (s->findings.cursor < s->outcome.count) {
        const struct import_finding *f = &s->outcome.findings[s->findings.cursor];
        char *title = f->line == 0 ? mem_strdup(_("(warning)")) : mem_printf(_("Line %ld"), f->line);
        popup_message(app, title, f->reason);
        free(title);
    }
    return SCREEN_REDRAW;
}
