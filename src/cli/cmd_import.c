#include "cli/cmd_import.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "io/profile.h"

/* What stands on stderr while somebody waits. */
struct progress {
    struct cli *c;
    bool shown;
};

static bool show_progress(void *ctx, int64_t rows, int percent) {
    struct progress *p = ctx;
    if (p->c->err_is_tty && !p->c->quiet && clock() > CLOCKS_PER_SEC / 2) {
        fputc('\r', p->c->err);
        fprintf(p->c->err, _("%lld rows, %d%%"), (long long)rows, percent);
        fputs("\033[K", p->c->err);
        fflush(p->c->err);
        p->shown = true;
    }
    return cli_goes_on(p->c);
}

static void clear_progress(struct progress *p) {
    if (p->shown) {
        fputs("\r\033[K", p->c->err);
        p->shown = false;
    }
}

static void say(void *ctx, const char *line) {
    struct progress *p = ctx;
    clear_progress(p);
    cli_say(p->c->err, "%s", line);
}

static enum err_code find_kind(struct cli *c, const char *word, enum kind_id *kind, struct err *e) {
    if (kind_find(word, kind) && kind_is_import(*kind)) {
        return ERR_OK;
    }
    char *names = kind_names(true);
    enum err_code rc = cli_usage(c, e, _("“%s” is no kind of file; there are %s"), word, names);
    free(names);
    return rc;
}

/* --map 'HEADER=field': the field must be one of the kind's. */
static enum err_code check_map(enum kind_id kind, const char *map, struct err *e) {
    const char *field = strrchr(map, '=');
    if (field == NULL || field == map) {
        return err_set(e, ERR_INVALID, _("--map %s: write --map 'HEADER=field'"), map);
    }
    if (kind_column(kind_info(kind), field + 1) >= 0) {
        return ERR_OK;
    }
    char *names = kind_column_names(kind_info(kind));
    enum err_code rc = err_set(e, ERR_INVALID, _("--map %s: there is no field %s; %s has %s"), map, field + 1,
                               kind_info(kind)->name, names);
    free(names);
    return rc;
}

static enum err_code read_maps(const struct cli_args *a, enum kind_id kind, struct profile *p, struct err *e) {
    enum err_code rc = ERR_OK;
    for (int i = 0; i < a->given_count && rc == ERR_OK; i++) {
        if (strcmp(a->given[i].name, "map") == 0) {
            rc = check_map(kind, a->given[i].value, e);
            if (rc == ERR_OK) {
                rc = profile_map(p, a->given[i].value, e);
            }
        }
    }
    return rc;
}

static enum err_code read_profile(struct cli *c, const struct cli_args *a, struct import_options *o, struct profile **p,
                                  struct err *e) {
    const char *name = cli_option(a, "profile");
    const char *order = cli_option(a, "date-order");
    enum err_code rc = ERR_OK;
    if (order != NULL && strcmp(order, "dmy") != 0 && strcmp(order, "mdy") != 0) {
        return err_set(e, ERR_INVALID, _("--date-order is dmy or mdy"));
    }
    if (name == NULL) {
        *p = profile_new();
    } else {
        rc = profile_find(name, c->config, p, e);
    }
    if (rc == ERR_OK && order != NULL) {
        o->month_first = strcmp(order, "mdy") == 0;
        profile_date_order(*p, o->month_first ? DATE_MDY : DATE_DMY);
    }
    if (rc == ERR_OK && cli_option(a, "null") != NULL) {
        profile_null_text(*p, cli_option(a, "null"));
    }
    return rc == ERR_OK ? read_maps(a, o->kind, *p, e) : rc;
}

static void print_summary(struct cli *c, const struct import_options *o, const struct import_summary *s) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    json_key_text(&j, "kind", kind_info(o->kind)->name);
    json_key_text(&j, "file", o->path);
    json_key_int(&j, "rows", s->rows);
    json_key_int(&j, "blank", s->blank);
    json_key_int(&j, "created", s->created);
    json_key_int(&j, "updated", s->updated);
    json_key_int(&j, "unchanged", s->unchanged);
    json_key_int(&j, "rejected", s->rejected);
    json_key(&j, "made");
    json_object(&j);
    for (int i = 0; i < IMPORT_THINGS; i++) {
        if (i != IMPORT_STAGES || o->kind == KIND_DEALS) { /* nothing else can make stages */
            json_key_int(&j, import_thing_name((enum import_thing)i), s->made[i]);
        }
    }
    json_end(&j);
    if (s->import_id != 0) {
        json_key_int(&j, "import", s->import_id);
    }
    json_end(&j);
}

enum err_code cmd_import_file(struct cli *c, const struct cli_args *a, enum kind_id kind, const char *path,
                              struct err *e) {
    struct progress progress = {c, false};
    struct import_summary sum = {0};
    struct import_options o = {.kind = kind,
                               .path = path,
                               .dry_run = cli_flag(a, "dry-run"),
                               .atomic = cli_flag(a, "atomic"),
                               .create_missing = cli_flag(a, "create-missing"),
                               .errors_path = cli_option(a, "errors"),
                               .say = say,
                               .progress = show_progress,
                               .ctx = &progress};
    struct profile *p = NULL;
    enum err_code rc = read_profile(c, a, &o, &p, e);
    if (rc == ERR_OK) {
        o.profile = p;
        cli_heed_interrupt(c, true);
        rc = import_run(c->shop, &o, &sum, e);
        cli_heed_interrupt(c, false);
        clear_progress(&progress);
    }
    if (rc == ERR_OK) {
        print_summary(c, &o, &sum);
        c->status = sum.rejected > 0 ? CLI_REJECTED : c->status;
    }
    profile_free(p);
    return rc;
}

static enum err_code run_import(struct cli *c, const struct cli_args *a, struct err *e) {
    enum kind_id kind;
    enum err_code rc = find_kind(c, cli_word(a, 0), &kind, e);
    return rc == ERR_OK ? cmd_import_file(c, a, kind, cli_word(a, 1), e) : rc;
}

static enum err_code print_record(void *ctx, const struct import_record *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_number(t, r->id);
    table_text(t, r->at);
    table_text(t, r->staff);
    table_text(t, r->kind);
    table_text(t, r->file);
    table_number(t, r->rows);
    table_number(t, r->created);
    table_number(t, r->updated);
    table_number(t, r->unchanged);
    table_number(t, r->rejected);
    table_text(t, r->undone_at);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"id", TABLE_INT, NULL},       {"time", TABLE_DATE, NULL},   {"staff", TABLE_TEXT, NULL},
        {"kind", TABLE_TEXT, NULL},    {"file", TABLE_TEXT, NULL},   {"rows", TABLE_INT, NULL},
        {"created", TABLE_INT, NULL},  {"updated", TABLE_INT, NULL}, {"unchanged", TABLE_INT, NULL},
        {"rejected", TABLE_INT, NULL}, {"undone", TABLE_DATE, NULL},
    };
    (void)a;
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    enum err_code rc = import_list(c->shop, print_record, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_undo(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    struct import_undone undone = {0};
    struct cli_progress progress;
    enum err_code rc = cli_int("ID", cli_word(a, 0), &id, e);
    if (rc == ERR_OK) {
        cli_progress_begin_database(&progress, c, _("taking the import back"));
        rc = import_take_back(c->shop, id, &undone, e);
        cli_progress_end_database(&progress);
    }
    if (rc == ERR_OK) {
        struct json j;
        json_begin(&j, c->out);
        json_object(&j);
        json_key_int(&j, "import", id);
        json_key_int(&j, "removed", undone.removed);
        json_key_int(&j, "restored", undone.restored);
        json_key_int(&j, "kept", undone.kept);
        json_end(&j);
    }
    if (rc == ERR_OK && undone.kept > 0) {
        fprintf(c->err, _("%lld targets were changed by hand since and stay as they are"), (long long)undone.kept);
        fputc('\n', c->err);
    }
    return rc;
}

const struct cli_command cmd_import[] = {
    {"import list", "", N_("the files that changed something"), NULL, 0, 0, false, run_list},
    {"import undo", "ID", N_("takes an import back: what it made goes, what it changed is as before"), NULL, 1, 1,
     false, run_undo},
    {"import",
     "KIND FILE|- [--profile NAME] [--map 'HEADER=field']… [--null TEXT] [--date-order dmy|mdy] [--dry-run] [--atomic] "
     "[--create-missing] "
     "[--errors FILE]",
     N_("reads a file of staff, products, customers, suppliers, orders, payments, deals, targets or stock"),
     "profile= map=* null= date-order= dry-run atomic create-missing errors=", 2, 2, false, run_import},
    {0},
};
