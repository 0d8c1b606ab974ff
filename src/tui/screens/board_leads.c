/* New leads. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/deal_merge.h"
#include "tui/screens/board_deal.h"

/* The first one says enough; the others are in `deal duplicates`. */
static enum err_code keep_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    char **text = ctx;
    (void)e;
    if (*text == NULL) {
        const char *why = strcmp(t->why, "phone") == 0   ? _("the same phone")
                          : strcmp(t->why, "email") == 0 ? _("the same e-mail")
                                                         : _("the same name and province");
        *text = mem_printf("%s %s: %s", t->no, t->name, why);
    }
    return ERR_OK;
}

enum err_code board_add(struct app *app, struct board_state *s, struct board_edit *edit, struct err *e) {
    int64_t id = 0;
    struct deal made = {0};
    enum err_code rc = deal_add(app_shop(app), &edit->deal, edit->fields, &id, e);
    if (rc == ERR_OK) {
        rc = deal_get(app_shop(app), id, &made, e);
    }
    char *twin = NULL;
    if (rc == ERR_OK) {
        rc = deal_twins(app_shop(app), id, keep_twin, &twin, e);
    }
    if (rc == ERR_OK) {
        const char *rep = made.rep_name == NULL || made.rep_name[0] == '\0' ? _("nobody yet") : made.rep_name;
        if (twin == NULL) {
            app_status(app, _("Added %s; it goes to %s"), made.title, rep);
        } else {
            app_status(app, _("Added %s, which looks like %s"), made.title, twin);
        }
        board_follow(s, made.id, made.stage.id);
        app_reload(app);
        board_notice_twins(app, s, made.id);
    }
    free(twin);
    deal_clear(&made);
    return rc;
}
