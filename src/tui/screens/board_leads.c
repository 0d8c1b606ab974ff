/* New leads. */
#include "base/i18n.h"
#include "tui/screens/board_deal.h"

enum err_code board_add(struct app *app, struct board_state *s, struct board_edit *edit, struct err *e) {
    int64_t id = 0;
    struct deal made = {0};
    enum err_code rc = deal_add(app_shop(app), &edit->deal, edit->fields, &id, e);
    if (rc == ERR_OK) {
        rc = deal_get(app_shop(app), id, &made, e);
    }
    if (rc == ERR_OK) {
        const char *rep = made.rep_name == NULL || made.rep_name[0] == '\0' ? _("nobody yet") : made.rep_name;
        app_status(app, _("Added %s; it goes to %s"), made.title, rep);
        board_follow(s, made.id, made.stage.id);
        app_reload(app);
        board_notice_twins(app, s, made.id);
    }
    deal_clear(&made);
    return rc;
}
