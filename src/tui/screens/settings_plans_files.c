/* Plans from files and into files: what can be done without one under the cursor, too. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/outfile.h"
#include "io/plan_file.h"
#include "tui/popup.h"
#include "tui/screens/settings_plans.h"

static enum err_code write_plan(struct app *app, const struct plan *p, const char *path, struct err *e) {
    struct outfile *file = NULL;
    struct buf text = BUF_INIT;
    enum err_code rc = outfile_open(path, &file, e);
    if (rc == ERR_OK) {
        plan_file_write(p, shop_currency(app_shop(app)), &text);
        fputs(buf_str(&text), outfile_stream(file));
        rc = outfile_finish(&file, e);
    }
    outfile_abandon(&file);
    buf_clear(&text);
    return rc;
}

static enum err_code named(struct app *app, void *ctx, const char *text, struct err *e) {
    struct plans_state *s = ctx;
    struct stat there;
    struct plan p = {0};
    if (text[0] == '\0' || strcmp(text, "-") == 0) {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    if (stat(text, &there) == 0) {
        return err_set(e, ERR_CONFLICT, _("%s is there already; give another name"), text);
    }
    enum err_code rc = plan_get(app_shop(app), s->acting_on, &p, e);
    if (rc == ERR_OK) {
        rc = write_plan(app, &p, text, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Written to %s"), text);
    }
    plan_clear(&p);
    return rc;
}

static unsigned ask_export(struct app *app, struct plans_state *s, const struct plan *p) {
    char *name = mem_printf("%s-v%d.ini", p->code, p->version);
    free(s->acting_on);
    s->acting_on = mem_printf("%s@%d", p->code, p->version);
    popup_prompt(app, _("Write the plan to a file"), _("Plan file (.ini)"), FORM_TEXT, name, named, s);
    free(name);
    return SCREEN_REDRAW;
}

unsigned plans_act_file(struct app *app, struct plans_state *s, enum action action) {
    const struct plan *p = plans_current(s);
    switch (action) {
    case ACTION_PLANS_IMPORT:
        plan_import_ask(app, &s->importing);
        return SCREEN_REDRAW;
    case ACTION_PLANS_EXPORT:
        return p == NULL ? SCREEN_REDRAW : ask_export(app, s, p);
    default:
        return SCREEN_IGNORED;
    }
}
