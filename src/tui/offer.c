/* What is shown of what can be done: actions that a role may not do at all are left out. Those that somebody may
 * approve at the counter (a price, a discount, a cancellation, a return, goods that come in…) stay. */
#include "chotdon/permission.h"
#include "chotdon/sign_in.h"
#include "tui/app_state.h"

static const struct {
    enum action action;
    enum permission needs;
} table[] = {
    {ACTION_COMMISSION_RUN, PERMIT_COMMISSION_RUN},
    {ACTION_COMMISSION_SIMULATE, PERMIT_SEE_COMMISSION},
    {ACTION_COMMISSION_LATER, PERMIT_SEE_COMMISSION},
    {ACTION_COMMISSION_LOCK, PERMIT_COMMISSION_LOCK},
    {ACTION_COMMISSION_EXPORT, PERMIT_EXPORT},
    {ACTION_AUDIT_EXPORT, PERMIT_EXPORT},
    {ACTION_COMMISSION_PAY, PERMIT_COMMISSION_RUN},
    {ACTION_COMMISSION_IMPORT, PERMIT_PLANS},
    {ACTION_COMMISSION_ANSWER, PERMIT_COMMISSION_RUN},
    {ACTION_STAFF_NEW, PERMIT_STAFF},
    {ACTION_STAFF_EDIT, PERMIT_STAFF},
    {ACTION_STAFF_TEAM, PERMIT_STAFF},
    {ACTION_STAFF_PIN, PERMIT_PIN},
    {ACTION_STAFF_NO_PIN, PERMIT_PIN},
};

bool action_is_offered(const struct app *app, enum action action) {
    struct shop *shop = app->o.shop;
    if (action == ACTION_LOCK || action == ACTION_PIN) {
        return shop != NULL && shop_sign_in_is_on(shop) && !app_is_locked(app);
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].action == action) {
            return shop == NULL || shop_may(shop, table[i].needs);
        }
    }
    return true;
}

bool screen_is_offered(const struct app *app, const struct screen_ops *ops) {
    return ops->needs == PERMIT_NONE || app->o.shop == NULL || shop_may(app->o.shop, ops->needs);
}
