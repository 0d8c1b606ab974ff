#include "chotdon/permission.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"

enum role_bit {
    COUNTER = 1 << 0,
    REP = 1 << 1,
    WAREHOUSE = 1 << 2,
    CARE = 1 << 3,
    MARKETING = 1 << 4,
    ACCOUNTANT = 1 << 5,
    MANAGER = 1 << 6,
    OUTSOURCED = 1 << 7
};

static const char *const roles[ROLE_COUNT] = {"counter",   "rep",        "warehouse", "care",
                                              "marketing", "accountant", "manager",   "outsourced"};

/* The table. What is not in it, every role may. */
static const struct permission_info infos[PERMIT_COUNT] = {
    [PERMIT_NONE] = {"", "", COUNTER | REP | WAREHOUSE | CARE | MARKETING | ACCOUNTANT | MANAGER | OUTSOURCED},
    [PERMIT_SEE_COST] = {"see-cost", N_("see cost and margin"), ACCOUNTANT | MANAGER},
    [PERMIT_SEE_COMMISSION] = {"see-commission", N_("see others' commission"), ACCOUNTANT | MANAGER},
    [PERMIT_PRICE] = {"price", N_("change a price in a sale"), MANAGER},
    [PERMIT_DISCOUNT] = {"discount", N_("give a discount over the limit"), MANAGER},
    [PERMIT_CANCEL] = {"cancel", N_("cancel an order"), MANAGER},
    [PERMIT_ORDERS] = {"orders", N_("reassign orders and take over baskets"), MANAGER},
    [PERMIT_RETURN] = {"return", N_("take goods back"), CARE | MANAGER},
    [PERMIT_COMMISSION_RUN] = {"commission", N_("calculate and pay commission"), ACCOUNTANT | MANAGER},
    [PERMIT_COMMISSION_LOCK] = {"lock", N_("lock a month's commission"), MANAGER},
    [PERMIT_PLANS] = {"plans", N_("change plans and targets"), MANAGER},
    [PERMIT_GOODS] = {"goods", N_("change goods and prices"), MANAGER},
    [PERMIT_STOCK] = {"stock", N_("receive, adjust and count stock"), WAREHOUSE | MANAGER},
    [PERMIT_CASH] = {"cash", N_("take cash in and out, and close others' shifts"), ACCOUNTANT | MANAGER},
    [PERMIT_CUSTOMERS] = {"customers", N_("merge and erase customers"), CARE | MANAGER},
    [PERMIT_IMPORT] = {"import", N_("import files and undo imports"), ACCOUNTANT | MANAGER},
    [PERMIT_EXPORT] = {"export", N_("export files with money or people in them"), ACCOUNTANT | MANAGER},
    [PERMIT_STAFF] = {"staff", N_("change staff and teams"), MANAGER},
    [PERMIT_PIN] = {"pin", N_("set others' PINs"), MANAGER},
    [PERMIT_SETTINGS] = {"settings", N_("change settings, stages and channels"), MANAGER},
    [PERMIT_AUDIT] = {"audit", N_("read the audit log"), ACCOUNTANT | MANAGER},
    [PERMIT_BACKUP] = {"backup", N_("back up and restore"), MANAGER},
};

const struct permission_info *permission_info(enum permission p) {
    return &infos[p];
}

const char *role_code(int role) {
    return role >= 0 && role < ROLE_COUNT ? roles[role] : NULL;
}

bool permission_of_role(const char *role, enum permission p) {
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(roles[i], role) == 0) {
            return (infos[p].roles >> i & 1U) != 0;
        }
    }
    return false;
}

/* The manager first: whom people look for. */
char *permission_roles(enum permission p) {
    struct buf names = BUF_INIT;
    buf_add(&names, staff_role_label("manager"));
    for (int i = 0; i < ROLE_COUNT; i++) {
        if ((infos[p].roles >> i & 1U) != 0 && strcmp(roles[i], "manager") != 0) {
            buf_addf(&names, ", %s", staff_role_label(roles[i]));
        }
    }
    char *text = mem_strdup(buf_str(&names));
    buf_clear(&names);
    return text;
}

/* A refusal names its permission in the field, where no form and no option has such a name. */
enum permission permission_refused(const struct err *e) {
    static const char prefix[] = "permission ";
    if (e != NULL && e->code == ERR_REFUSED && strncmp(e->field, prefix, sizeof prefix - 1) == 0) {
        for (int p = PERMIT_NONE + 1; p < PERMIT_COUNT; p++) {
            if (strcmp(e->field + sizeof prefix - 1, infos[p].code) == 0) {
                return (enum permission)p;
            }
        }
    }
    return PERMIT_NONE;
}
