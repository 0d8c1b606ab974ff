/* From a row of the log to the record that it is about. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "tui/screens/audit.h"

/* What stands behind the noun of an entity, and where it is shown. */
static const struct place {
    const char *begins; /* "order " */
    const char *screen;
    bool named; /* the screen takes what follows the noun */
} places[] = {
    {"deal ", "pipeline", true},
    {"product ", "products", true},
    {"group ", "products", false},
    {"stock ", "products", false},
    {"plan ", "plans", true},
    {"commission ", "commission", true},
    {"dispute ", "commission", false},
    {"staff ", "settings-staff", true},
    {"sign-in ", "settings-staff", true},
    {"setting ", "settings-shop", true},
    {"team ", "settings-teams", false},
    {"channel ", "settings-channels", false},
    {"cash ", "cash", false},
    {"target ", "settings-targets", false},
    {"report ", "leaderboard", false},
    {"scorecard ", "leaderboard", false},
    {"rule ", "assign", false},
    {"import ", "settings-import", false},
    {"stages", "stages", false},
    {"reasons", "stages", false},
};

static unsigned go(struct app *app, const char *screen, const char *name) {
    if (!app_go(app, screen, name)) {
        app_status(app, _("There is no page for this record"));
    }
    return SCREEN_REDRAW;
}

/* Their code may have changed since; the log has their id. */
static unsigned go_to_customer(struct app *app, const char *id) {
    struct customer c = {0};
    struct err e = ERR_INIT;
    enum err_code rc = customer_get(app_shop(app), strtoll(id, NULL, 10), &c, &e);
    if (rc == ERR_OK) {
        go(app, "customers", c.code);
    }
    customer_clear(&c);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}

/* An import that was taken back took its orders along; a basket is where baskets are. */
static unsigned go_to_order(struct app *app, const char *number) {
    struct order o = {0};
    struct err e = ERR_INIT;
    int64_t id = 0;
    enum err_code rc = order_find(app_shop(app), number, &id, &e);
    rc = rc == ERR_OK ? order_get(app_shop(app), id, &o, &e) : rc;
    if (rc == ERR_OK) {
        go(app, o.status == ORDER_DRAFT ? "sell" : "orders", number);
    }
    order_clear(&o);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}

static const char *behind(const char *text, const char *begins) {
    size_t n = strlen(begins);
    return strncmp(text, begins, n) == 0 ? text + n : NULL;
}

unsigned audit_go_to_record(struct app *app, const struct audit_item *item) {
    const char *name = behind(item->entity, "customer #");
    if (name != NULL) {
        return go_to_customer(app, name);
    }
    if ((name = behind(item->entity, "order ")) != NULL) {
        return go_to_order(app, name);
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if ((name = behind(item->entity, places[i].begins)) != NULL) {
            return go(app, places[i].screen, places[i].named ? name : NULL);
        }
    }
    if (behind(item->action, "shop.backup") != NULL || behind(item->action, "shop.restore") != NULL) {
        return go(app, "settings-backups", NULL);
    }
    app_status(app, _("There is no page for this record"));
    return SCREEN_REDRAW;
}
