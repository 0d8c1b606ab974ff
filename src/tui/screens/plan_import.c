#include "tui/screens/plan_import.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/plan_file.h"
#include "tui/popup.h"

static void activate(struct app *app, void *ctx) {
    struct plan_import *s = ctx;
    struct err e = ERR_INIT;
    if (plan_activate(app_shop(app), s->code, &e) == ERR_OK) {
        app_status(app, _("Plan %s is in force"), s->code);
    } else {
        app_error(app, &e);
    }
    app_reload(app);
}

static enum err_code imported(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct plan_import *s = ctx;
    struct plan p = {0};
    enum put_result result = PUT_CREATED;
    const char *typed = form_text(form, "from");
    char start[MONTH_SIZE] = "";
    enum err_code rc = typed[0] == '\0' ? ERR_OK : month_parse(typed, start, e);
    if (rc == ERR_OK) {
        rc = plan_file_import(app_shop(app), form_text(form, "plan"), start[0] == '\0' ? NULL : start,
                              form_text(form, "reason"), &p, &result, e);
    }
    if (rc == ERR_OK) {
        free(s->code);
        s->code = mem_strdup(p.code);
        app_status(app, _("Plan %s@%d is there"), p.code, p.version);
        app_reload(app);
    }
    if (rc == ERR_OK && !p.active) {
        char *question = mem_printf(_("Put plan %s in force, from %s to %s?"), p.code, p.from, p.to);
        popup_ask(app, question, _("In force"), activate, s);
        free(question);
    }
    plan_clear(&p);
    return rc;
}

void plan_import_ask(struct app *app, struct plan_import *s) {
    static const struct form_field fields[] = {
        {"plan", N_("Plan file (.ini)"), FORM_TEXT, 44, true, NULL, NULL},
        {"from", N_("New version from"), FORM_TEXT, 10, false, NULL, N_("month; empty for a new plan")},
        {"reason", N_("Reason"), FORM_TEXT, 44, false, NULL, NULL},
    };
    popup_form(app, _("A plan from a file"), form_new(fields, 3, NULL), imported, s);
}

void plan_import_clear(struct plan_import *s) {
    free(s->code);
    *s = (struct plan_import){0};
}
