/* News of wins for every program's status line. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* A win made here has the time of day; one that came with a file has a date. Only the last step of a deal that is still
 * won counts. */
#define SQL_WINS                                                                                                       \
    "SELECT x.id, d.id, d.deal_no, d.title, COALESCE(w.name, ''), d.value, COALESCE(d.staff_id, 0), d.closed_on FROM " \
    "deal_stages x JOIN stages t ON t.id = x.to_id JOIN deals d ON d.id = x.deal_id LEFT JOIN staff w ON w.id = "      \
    "d.staff_id WHERE x.id > $1 AND t.kind = 'won' AND length(x.at) > 10 AND d.kind = 'won' AND d.merged_into IS "     \
    "NULL AND NOT EXISTS (SELECT 1 FROM deal_stages y WHERE y.deal_id = x.deal_id AND y.id > x.id) ORDER BY x.id "     \
    "LIMIT $2"

/* Another win of rep $1 in month $2, before row $4, of other deals than $3. */
#define SQL_EARLIER                                                                                                    \
    "SELECT 1 FROM stages g CROSS JOIN deals d WHERE g.kind = 'won' AND d.stage_id = g.id AND d.staff_id = $1 AND "    \
    "d.kind <> 'open' AND d.merged_into IS NULL AND d.closed_on >= $2 AND d.closed_on < $3 AND d.id <> $4 AND "        \
    "(SELECT MAX(x.id) FROM deal_stages x WHERE x.deal_id = d.id) < $5"
#define SQL_BEST                                                                                                       \
    "SELECT COALESCE(MAX(d.value), -1) FROM deals d WHERE d.staff_id = $1 AND d.kind = 'won' AND d.merged_into IS "    \
    "NULL AND d.id <> $2"
#define SQL_MEMBERS                                                                                                    \
    "SELECT t.staff_id FROM staff_teams t WHERE t.team_id = $1 AND t.from_date = (SELECT MAX(u.from_date) FROM "       \
    "staff_teams u WHERE u.staff_id = t.staff_id AND u.from_date <= $2)"
#define SQL_TEAM "SELECT COALESCE(m.name, '') FROM teams m WHERE m.id = $1"

struct win {
    struct deal_win_news news; /* texts owned */
    int64_t staff_id;
    char closed_on[DATE_SIZE];
};

static void win_clear(struct win *w) {
    free((char *)w->news.deal_no);
    free((char *)w->news.title);
    free((char *)w->news.rep);
    free((char *)w->news.team);
}

static enum err_code read_wins(struct shop *shop, int64_t since, int64_t limit, struct win **out, size_t *count,
                               struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc = db_query(shop->db, SQL_WINS, DB_BIND(DB_INT(since), DB_INT(limit)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        *out = mem_grow(*out, *count, &capacity, sizeof **out);
        struct win *w = &(*out)[(*count)++];
        *w = (struct win){.news = {.id = db_col_int(s, 0),
                                   .deal_id = db_col_int(s, 1),
                                   .deal_no = db_col_dup(s, 2),
                                   .title = db_col_dup(s, 3),
                                   .rep = db_col_dup(s, 4),
                                   .team = mem_strdup(""),
                                   .value = db_col_int(s, 5)},
                          .staff_id = db_col_int(s, 6)};
        strncpy(w->closed_on, db_col_text(s, 7), DATE_SIZE - 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code find_first(struct shop *shop, struct win *w, struct err *e) {
    char month[MONTH_SIZE], from[DATE_SIZE], to[DATE_SIZE];
    bool earlier = false;
    month_of(w->closed_on, month);
    month_first_day(month, from);
    month_add(month, 1, month);
    month_first_day(month, to);
    enum err_code rc =
        db_exists(shop->db, SQL_EARLIER,
                  DB_BIND(DB_INT(w->staff_id), DB_TEXT(from), DB_TEXT(to), DB_INT(w->news.deal_id), DB_INT(w->news.id)),
                  &earlier, e);
    w->news.first_of_month = !earlier;
    return rc;
}

/* The highest value that somebody else's, or an earlier, deal of this person was won with; -1 for none. */
static enum err_code best_of(struct shop *shop, int64_t staff_id, int64_t deal_id, int64_t *best, struct err *e) {
    return db_get_int(shop->db, SQL_BEST, DB_BIND(DB_INT(staff_id), DB_INT(deal_id)), best, e);
}

static enum err_code best_of_team(struct shop *shop, int64_t team_id, int64_t deal_id, const char *today, int64_t *best,
                                  struct err *e) {
    int64_t *members = NULL;
    size_t count = 0, capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, SQL_MEMBERS, DB_BIND(DB_INT(team_id), DB_TEXT(today)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        members = mem_grow(members, count, &capacity, sizeof *members);
        members[count++] = db_col_int(s, 0);
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    *best = -1;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        int64_t one = -1;
        rc = best_of(shop, members[i], deal_id, &one, e);
        *best = one > *best ? one : *best;
    }
    free(members);
    return rc;
}

static enum err_code find_records(struct shop *shop, struct win *w, struct err *e) {
    char today[DATE_SIZE];
    int64_t best = -1, team_id = 0;
    shop_today(shop, today);
    enum err_code rc = best_of(shop, w->staff_id, w->news.deal_id, &best, e);
    w->news.personal_best = best >= 0 && w->news.value > best;
    if (rc == ERR_OK) {
        rc = staff_team_on(shop, w->staff_id, today, &team_id, e);
    }
    if (rc == ERR_OK && team_id != 0) {
        char *team = NULL;
        rc = db_get_text(shop->db, SQL_TEAM, DB_BIND(DB_INT(team_id)), &team, e);
        if (rc == ERR_OK) {
            free((char *)w->news.team);
            w->news.team = team;
            rc = best_of_team(shop, team_id, w->news.deal_id, today, &best, e);
            w->news.team_record = best >= 0 && w->news.value > best;
        }
    }
    return rc;
}

enum err_code deal_wins(struct shop *shop, int64_t since, int64_t limit, deal_win_fn *fn, void *ctx, struct err *e) {
    struct win *all = NULL;
    size_t count = 0;
    enum err_code rc = read_wins(shop, since, limit <= 0 ? INT64_MAX : limit, &all, &count, e);
    for (size_t i = 0; i < count; i++) {
        if (rc == ERR_OK && all[i].staff_id != 0) {
            rc = find_first(shop, &all[i], e);
            rc = rc == ERR_OK ? find_records(shop, &all[i], e) : rc;
        }
        if (rc == ERR_OK) {
            rc = fn(ctx, &all[i].news, e);
        }
        win_clear(&all[i]);
    }
    free(all);
    return rc;
}

enum err_code deal_wins_last(struct shop *shop, int64_t *id, struct err *e) {
    return db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM deal_stages", DB_NO_BIND, id, e);
}

char *deal_win_line(struct shop *shop, const struct deal_win_news *w) {
    struct buf line = BUF_INIT;
    char amount[MONEY_TEXT_MAX];
    money_format_short(w->value, shop_currency(shop), amount);
    if (w->rep[0] != '\0') {
        buf_addf(&line, _("%s won %s"), w->rep, amount);
    } else {
        buf_addf(&line, _("won: %s"), amount);
    }
    const char *const praise[] = {w->team_record ? _("the team's record") : NULL,
                                  w->personal_best ? _("personal best") : NULL,
                                  w->first_of_month ? _("first of the month") : NULL};
    for (size_t i = 0; i < sizeof praise / sizeof *praise; i++) {
        if (praise[i] != NULL) {
            buf_addf(&line, " · %s", praise[i]);
        }
    }
    buf_addf(&line, " · %s", w->title); /* last: where a line is narrow, it is what is cut */
    return buf_take(&line);
}
