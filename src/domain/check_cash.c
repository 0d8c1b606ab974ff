#include "base/i18n.h"
#include "domain/check_run.h"

#define SHIFT "CAST(s.id AS TEXT)"
#define EXPECTED                                                                                                       \
    "(s.opening + (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.shift_id = s.id AND p.method = 'cash')"   \
    " + (SELECT COALESCE(SUM(m.amount), 0) FROM cash_moves m WHERE m.shift_id = s.id))"
#define COUNTED "(SELECT SUM(c.denomination * c.pieces) FROM cash_counts c WHERE c.shift_id = s.id)"

static const struct check_rule rules[] = {
    {"SELECT " SHIFT ", s.expected, " EXPECTED
     " FROM cash_shifts s WHERE s.closed_at <> '' AND s.expected <> " EXPECTED,
     N_("cash shift %s expected %s, but its payments and moves make %s (restore a backup; its paper has the figures)"),
     CHECK_MONEY},
    {"SELECT " SHIFT ", s.counted, " COUNTED " FROM cash_shifts s WHERE s.closed_at <> ''"
     " AND s.counted <> COALESCE(" COUNTED ", s.counted)",
     N_("cash shift %s counted %s, but its notes and coins make %s (restore a backup; its paper has the figures)"),
     CHECK_MONEY},
    {"SELECT " SHIFT ", s.difference, s.counted - s.expected FROM cash_shifts s WHERE s.closed_at <> ''"
     " AND s.difference <> s.counted - s.expected",
     N_("cash shift %s: the difference is %s, but counted less expected is %s (restore a backup; its paper has the "
        "figures)"),
     CHECK_MONEY},
    {"SELECT " SHIFT ", 0, 0 FROM cash_shifts s WHERE s.closed_at <> ''"
     " AND (s.expected IS NULL OR s.counted IS NULL OR s.difference IS NULL)",
     N_("cash shift %s was closed without figures (restore a backup; its paper has them)"), CHECK_PLAIN},
};

enum err_code check_cash(struct check_run *run, struct err *e) {
    return check_rules(run, rules, sizeof rules / sizeof *rules, e);
}
