/* Commission that is kept against its parts (DOMAIN 7). */
#include "base/i18n.h"
#include "domain/check_run.h"

#define WHERE   "r.month || ' ' || s.code"
#define OF_ROWS " FROM commission_rows r JOIN staff s ON s.id = r.staff_id"
#define LINES                                                                                                          \
    "COALESCE((SELECT SUM(l.amount) FROM commission_lines l WHERE l.month = r.month AND l.staff_id = r.staff_id), 0)"
#define SHARES                                                                                                         \
    "COALESCE((SELECT SUM(h.base) FROM commission_shares h WHERE h.month = r.month AND h.staff_id = r.staff_id), 0)"
#define FIGURES "r.gated_commission + r.override_amount + r.cap_cut + r.bonus_first_order + r.bonus_top + r.adjustment"
#define TIERS                                                                                                          \
    "COALESCE((SELECT SUM(l.amount) FROM commission_lines l WHERE l.month = r.month AND l.staff_id = r.staff_id"       \
    " AND l.kind IN ('tier', 'group')), 0)"
#define CARRIED                                                                                                        \
    "COALESCE((SELECT SUM(l.amount) FROM commission_lines l WHERE l.month = r.month AND l.staff_id = r.staff_id"       \
    " AND l.kind = 'adjustment'), 0)"

static const struct check_rule rules[] = {
    {"SELECT " WHERE ", r.total, " LINES OF_ROWS " WHERE r.total <> " LINES,
     N_("commission %s: the total is %s, but its rows make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " WHERE ", r.total, " FIGURES OF_ROWS " WHERE r.total <> " FIGURES,
     N_("commission %s: the total is %s, but its figures make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " WHERE ", r.base, " SHARES OF_ROWS " WHERE r.base <> " SHARES,
     N_("commission %s: the base is %s, but its orders make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " WHERE ", r.tier_commission, " TIERS OF_ROWS " WHERE r.tier_commission <> " TIERS,
     N_("commission %s: the tiers pay %s, but their rows make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT " WHERE ", r.adjustment, " CARRIED OF_ROWS " WHERE r.adjustment <> " CARRIED,
     N_("commission %s: the adjustment is %s, but its rows make %s (restore a backup)"), CHECK_MONEY},
    {"SELECT l.month || ' ' || s.code, SUM(l.amount), 0 FROM commission_lines l JOIN staff s ON s.id = l.staff_id"
     " WHERE NOT EXISTS (SELECT 1 FROM commission_rows r WHERE r.month = l.month AND r.staff_id = l.staff_id)"
     " GROUP BY l.month, s.code",
     N_("commission %s: there are rows of %s without a total (restore a backup)"), CHECK_MONEY},
    {"SELECT r.month, COUNT(*), 0 FROM commission_rows x JOIN commission_runs r ON r.month = x.month"
     " WHERE x.version_id <> r.version_id GROUP BY r.month",
     N_("commission %s: %s rows were reckoned by another plan than their month (compute it anew: chotdon commission "
        "run; where it is locked, restore a backup)"),
     CHECK_PLAIN},
};

enum err_code check_commission(struct check_run *run, struct err *e) {
    return check_rules(run, rules, sizeof rules / sizeof *rules, e);
}
