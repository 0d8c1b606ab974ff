#include "tui/screens/export.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "io/outfile.h"
#include "tui/popup.h"

static bool is_workbook(const char *path) {
    size_t n = strlen(path);
    return n > 5 && strcasecmp(path + n - 5, ".xlsx") == 0;
}

static enum err_code write_rows(struct app *app, const struct export_job *a, struct table **t, struct err *e) {
    enum err_code rc = a->what->rows(app, a->ctx, *t, e);
    if (rc == ERR_OK) {
        return table_close(t, e);
    }
    table_abandon(t);
    return rc;
}

/* The headings in the user's language; the caller frees the array. */
static struct table_column *headings(const struct export_shown *what) {
    struct table_column *columns = mem_array(what->column_count, sizeof *columns);
    for (size_t i = 0; i < what->column_count; i++) {
        columns[i] = what->columns[i];
        columns[i].title = columns[i].title == NULL ? NULL : _(columns[i].title);
    }
    return columns;
}

static enum err_code write_workbook(struct app *app, const struct export_job *a, struct err *e) {
    struct table *t = NULL;
    struct table_column *columns = headings(a->what);
    enum err_code rc = table_new_xlsx(a->path, shop_currency(app_shop(app)), columns, a->what->column_count, &t, e);
    rc = rc == ERR_OK ? write_rows(app, a, &t, e) : rc;
    free(columns);
    return rc;
}

static enum err_code write_csv(struct app *app, const struct export_job *a, struct err *e) {
    struct outfile *file = NULL;
    enum err_code rc = outfile_open(a->path, &file, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct table *t = table_new(TABLE_CSV, outfile_stream(file), shop_currency(app_shop(app)), a->what->columns,
                                a->what->column_count);
    rc = write_rows(app, a, &t, e);
    if (rc == ERR_OK) {
        rc = outfile_finish(&file, e);
    }
    outfile_abandon(&file);
    return rc;
}

static enum err_code write_file(struct app *app, const struct export_job *a, struct err *e) {
    enum err_code rc = shop_require(app_shop(app), PERMIT_EXPORT, e);
    if (rc == ERR_OK) {
        app_work_begin_database(app, _("Writing the file"));
        rc = is_workbook(a->path) ? write_workbook(app, a, e) : write_csv(app, a, e);
        app_work_end_database(app);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Written to %s"), a->path);
    }
    return rc;
}

static void write_over(struct app *app, void *ctx) {
    struct err e = ERR_INIT;
    if (write_file(app, ctx, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static enum err_code named(struct app *app, void *ctx, const char *text, struct err *e) {
    struct export_job *a = ctx;
    struct stat there;
    if (text[0] == '\0' || strcmp(text, "-") == 0) {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    free(a->path);
    a->path = mem_strdup(text);
    if (stat(text, &there) == 0 && S_ISREG(there.st_mode)) {
        char *question = mem_printf(_("%s is there already. Write over it?"), text);
        popup_ask(app, question, _("Write over"), write_over, a);
        free(question);
        return ERR_OK;
    }
    return write_file(app, a, e);
}

void export_ask(struct app *app, struct export_job *job, const struct export_shown *what, void *ctx) {
    char *name = mem_printf("%s-%.10s.csv", _(what->name), app_now(app));
    job->what = what;
    job->ctx = ctx;
    popup_prompt(app, _("Export what is shown"), _("File (.csv, .xlsx)"), FORM_TEXT, name, named, job);
    free(name);
}

void export_job_clear(struct export_job *job) {
    free(job->path);
    *job = (struct export_job){0};
}
