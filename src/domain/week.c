#include "chotdon/week.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define TEXT_MAX 4000

static const char *const codes[] = {
    [WEEK_OPEN] = "open", [WEEK_FILED] = "filed", [WEEK_LATE] = "late", [WEEK_MISSING] = "missing"};

const char *week_state_code(enum week_state s) {
    return codes[s];
}

const char *week_state_label(enum week_state s) {
    static const char *const labels[] = {
        [WEEK_OPEN] = N_("open"), [WEEK_FILED] = N_("filed"), [WEEK_LATE] = N_("late"), [WEEK_MISSING] = N_("missing")};
    return _(labels[s]);
}

/* --- weeks */

static void write_week(int year, int number, char week[WEEK_SIZE]) {
    char text[32];
    snprintf(text, sizeof text, "%04d-W%02d", year, number);
    memcpy(week, text, WEEK_SIZE - 1);
    week[WEEK_SIZE - 1] = '\0';
}

void week_of(const char *date, char week[WEEK_SIZE]) {
    int year = 0, number = 0;
    date_iso_week(date, &year, &number);
    write_week(year, number, week);
}

/* The week with 4 January in it is the first. */
static void monday_of(int year, int number, char date[DATE_SIZE]) {
    char fourth[DATE_SIZE + 8];
    snprintf(fourth, sizeof fourth, "%04d-01-04", year);
    date_add_days(fourth, 7L * (number - 1) - date_weekday(fourth), date);
}

void week_monday(const char *week, char date[DATE_SIZE]) {
    monday_of((int)strtol(week, NULL, 10), (int)strtol(week + 6, NULL, 10), date);
}

void week_add(const char *week, int weeks, char out[WEEK_SIZE]) {
    char date[DATE_SIZE];
    week_monday(week, date);
    date_add_days(date, 7L * weeks, date);
    week_of(date, out);
}

enum err_code week_parse(const char *text, char week[WEEK_SIZE], struct err *e) {
    int year = 0, number = 0, end = 0;
    char date[DATE_SIZE], again[WEEK_SIZE];
    bool read = (sscanf(text, "%4d-W%2d%n", &year, &number, &end) == 2 && text[end] == '\0') ||
                (sscanf(text, "%4d-w%2d%n", &year, &number, &end) == 2 && text[end] == '\0') ||
                (sscanf(text, "W%2d/%4d%n", &number, &year, &end) == 2 && text[end] == '\0') ||
                (sscanf(text, "%2d/%4d%n", &number, &year, &end) == 2 && text[end] == '\0');
    if (read && year >= 1901 && number >= 1 && number <= 53) {
        write_week(year, number, week);
        monday_of(year, number, date);
        week_of(date, again);
        if (strcmp(again, week) == 0) {
            return ERR_OK;
        }
    }
    char clip[ERR_CLIP_SIZE];
    return err_set_field(e, ERR_INVALID, "week", _("“%s” is no week; write it like 2026-W47"), err_clip(text, clip));
}

/* --- reading */

struct span {
    char monday[DATE_SIZE], sunday[DATE_SIZE], due[DATE_SIZE], today[DATE_SIZE];
};

static void span_of(struct shop *shop, const char *week, struct span *s) {
    week_monday(week, s->monday);
    date_add_days(s->monday, 6, s->sunday);
    date_add_days(s->monday, 7, s->due);
    shop_today(shop, s->today);
}

static enum week_state state_of(const struct span *s, const char *filed_at) {
    if (filed_at[0] != '\0') {
        return strncmp(filed_at, s->due, DATE_SIZE - 1) > 0 ? WEEK_LATE : WEEK_FILED;
    }
    return strcmp(s->today, s->due) > 0 ? WEEK_MISSING : WEEK_OPEN;
}

#define KNOWN(kind)                                                                                                    \
    "(SELECT COUNT(*) FROM interactions i WHERE i.staff_id = s.id AND i.at >= $2 AND i.at <= $3 || '~' AND i.kind"     \
    " = '" kind "')"
#define REPORT                                                                                                         \
    "SELECT s.id, s.code, s.name, COALESCE(w.calls, " KNOWN("call") "), COALESCE(w.meetings, " KNOWN(                  \
        "visit") "),"                                                                                                  \
                 " COALESCE(w.quotes, 0), COALESCE(w.plans, ''), COALESCE(w.obstacles, ''), COALESCE(w.filed_at, '')"  \
                 " FROM staff s LEFT JOIN weekly_reports w ON w.staff_id = s.id AND w.week = $1 WHERE "

static enum err_code read_reports(struct shop *shop, const char *week, const char *sql, int64_t staff_id, week_fn *fn,
                                  void *ctx, struct err *e) {
    struct db_stmt *q = NULL;
    struct span s;
    span_of(shop, week, &s);
    const struct db_value values[] = {DB_TEXT(week),
                                      DB_TEXT(s.monday),
                                      DB_TEXT(s.sunday),
                                      staff_id != 0 ? DB_INT(staff_id) : (struct db_value){.kind = DB_KIND_END},
                                      {.kind = DB_KIND_END}};
    enum err_code rc = db_query(shop->db, sql, values, &q, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(q, e)) == DB_ROW) {
        struct week_report r = {.staff_id = db_col_int(q, 0),
                                .code = db_col_text(q, 1),
                                .name = db_col_text(q, 2),
                                .calls = db_col_int(q, 3),
                                .meetings = db_col_int(q, 4),
                                .quotes = db_col_int(q, 5),
                                .plans = db_col_text(q, 6),
                                .obstacles = db_col_text(q, 7),
                                .filed_at = db_col_text(q, 8)};
        memcpy(r.week, week, WEEK_SIZE);
        r.state = state_of(&s, r.filed_at);
        rc = fn(ctx, &r, e);
    }
    db_done(&q);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code week_get(struct shop *shop, int64_t staff_id, const char *week, week_fn *fn, void *ctx, struct err *e) {
    return read_reports(shop, week, REPORT "s.id = $4", staff_id, fn, ctx, e);
}

enum err_code week_list(struct shop *shop, const char *week, week_fn *fn, void *ctx, struct err *e) {
    return read_reports(shop, week,
                        REPORT "w.week IS NOT NULL OR (s.role = 'rep' AND s.start_date <= $3 AND (s.end_date = '' OR"
                               " s.end_date >= $2)) ORDER BY s.code",
                        0, fn, ctx, e);
}

/* --- writing */

struct put_ctx {
    const struct week_report *in;
    unsigned fields;
    struct week_report now; /* texts owned */
};

static enum err_code lay_over(void *ctx, const struct week_report *r, struct err *e) {
    struct put_ctx *c = ctx;
    const struct week_report *in = c->in;
    (void)e;
    c->now = *r;
    c->now.code = mem_strdup(r->code);
    c->now.name = NULL;
    c->now.filed_at = mem_strdup(r->filed_at);
    c->now.calls = c->fields & WEEK_CALLS ? in->calls : r->calls;
    c->now.meetings = c->fields & WEEK_MEETINGS ? in->meetings : r->meetings;
    c->now.quotes = c->fields & WEEK_QUOTES ? in->quotes : r->quotes;
    c->now.plans = text_nfc(c->fields & WEEK_PLANS ? in->plans : r->plans);
    c->now.obstacles = text_nfc(c->fields & WEEK_OBSTACLES ? in->obstacles : r->obstacles);
    return ERR_OK;
}

static void clear_now(struct put_ctx *c) {
    free((char *)c->now.code);
    free((char *)c->now.filed_at);
    free((char *)c->now.plans);
    free((char *)c->now.obstacles);
    c->now = (struct week_report){0};
}

static enum err_code store(struct shop *shop, const struct week_report *r, struct err *e) {
    char now[DATETIME_SIZE], thursday[DATE_SIZE], month[MONTH_SIZE];
    shop_now(shop, now);
    week_monday(r->week, thursday);
    date_add_days(thursday, 3, thursday);
    month_of(thursday, month);
    return db_run(shop->db,
                  "INSERT INTO weekly_reports (staff_id, week, month, calls, meetings, quotes, plans, obstacles,"
                  " filed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (week, staff_id) DO UPDATE SET"
                  " calls = excluded.calls, meetings = excluded.meetings, quotes = excluded.quotes,"
                  " plans = excluded.plans, obstacles = excluded.obstacles",
                  DB_BIND(DB_INT(r->staff_id), DB_TEXT(r->week), DB_TEXT(month), DB_INT(r->calls), DB_INT(r->meetings),
                          DB_INT(r->quotes), DB_TEXT(r->plans), DB_TEXT(r->obstacles), DB_TEXT(now)),
                  e);
}

static enum err_code audit(struct shop *shop, const struct week_report *r, struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = mem_printf("report %s %s", r->week, r->code);
    record_json_int(&after, "calls", r->calls);
    record_json_int(&after, "meetings", r->meetings);
    record_json_int(&after, "quotes", r->quotes);
    record_json_text(&after, "plans", r->plans);
    record_json_text(&after, "obstacles", r->obstacles);
    enum err_code rc =
        audit_add(shop, r->filed_at[0] == '\0' ? "week.file" : "week.amend", entity, "", record_json_end(&after), e);
    buf_clear(&after);
    free(entity);
    return rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct put_ctx *c = ctx;
    enum err_code rc = week_get(shop, c->in->staff_id, c->in->week, lay_over, c, e);
    if (rc == ERR_OK && c->now.staff_id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "rep", _("that person is not there any more"));
    }
    if (rc == ERR_OK) {
        rc = store(shop, &c->now, e);
    }
    if (rc == ERR_OK) {
        rc = audit(shop, &c->now, e);
    }
    clear_now(c);
    return rc;
}

enum err_code week_put(struct shop *shop, const struct week_report *r, unsigned fields, struct err *e) {
    struct put_ctx ctx = {.in = r, .fields = fields};
    struct span s;
    char week[WEEK_SIZE];
    enum err_code rc = week_parse(r->week, week, e);
    if (rc != ERR_OK) {
        return rc;
    }
    span_of(shop, week, &s);
    if (strcmp(s.monday, s.today) > 0) {
        return err_set_field(e, ERR_INVALID, "week", _("week %s has not begun yet"), week);
    }
    if (((fields & WEEK_CALLS) && r->calls < 0) || ((fields & WEEK_MEETINGS) && r->meetings < 0) ||
        ((fields & WEEK_QUOTES) && r->quotes < 0)) {
        return err_set_field(e, ERR_INVALID, "calls", _("a count cannot be below zero"));
    }
    if (((fields & WEEK_PLANS) && strlen(r->plans) > TEXT_MAX) ||
        ((fields & WEEK_OBSTACLES) && strlen(r->obstacles) > TEXT_MAX)) {
        return err_set_field(e, ERR_INVALID, "plans", _("a text of a report may have %d bytes"), TEXT_MAX);
    }
    /* one's own report is one's own; a manager may mend anybody's */
    rc = shop_is_self(shop, r->staff_id) ? ERR_OK : shop_require(shop, PERMIT_PLANS, e);
    return rc == ERR_OK ? shop_transact(shop, put, &ctx, e) : rc;
}
