#include "chotdon/staff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/code.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

struct role {
    const char *code;
    const char *label; /* English, marked for translation */
    const char *also;  /* the Vietnamese word, folded */
};
static const struct role roles[] = {
    {"rep", N_("sales rep"), "kinh doanh"},
    {"counter", N_("counter"), "thu ngan"},
    {"warehouse", N_("warehouse"), "kho"},
    {"care", N_("customer care"), "cham soc"},
    {"marketing", N_("marketing"), "marketing"},
    {"accountant", N_("accountant"), "ke toan"},
    {"manager", N_("manager"), "quan ly"},
    {"outsourced", N_("outsourced"), "thue ngoai"},
    {"counter", N_("counter"), "ban hang"},
    {"care", N_("customer care"), "cskh"},
    {"outsourced", N_("outsourced"), "cong tac vien"},
};

const char *staff_role_find(const char *typed) {
    char *folded = text_fold(typed);
    const char *found = NULL;
    for (size_t i = 0; found == NULL && i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(folded, roles[i].code) == 0 || strcmp(folded, roles[i].also) == 0 ||
            text_equal_folded(typed, _(roles[i].label))) {
            found = roles[i].code;
        }
    }
    free(folded);
    return found;
}

const char *staff_role_label(const char *role) {
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(role, roles[i].code) == 0) {
            return _(roles[i].label);
        }
    }
    return role;
}

void staff_clear(struct staff *s) {
    free(s->code);
    free(s->name);
    free(s->team);
    free(s->role);
    free(s->phone);
    free(s->email);
    free(s->start_date);
    free(s->end_date);
    free(s->team_from);
    *s = (struct staff){0};
}

enum err_code staff_find(struct shop *shop, const char *code_or_name, int64_t *id, struct err *e) {
    enum err_code rc =
        db_get_int(shop->db, "SELECT id FROM staff WHERE code = $1", DB_BIND(DB_TEXT(code_or_name)), id, e);
    if (rc != ERR_NOT_FOUND) {
        return rc;
    }
    char *folded = text_fold(code_or_name);
    struct db_stmt *q = NULL;
    rc = db_query(shop->db, "SELECT id FROM staff WHERE folded = $1 OR LOWER(code) = $1 LIMIT 2",
                  DB_BIND(DB_TEXT(folded)), &q, e);
    int found = 0;
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(q, e)) == DB_ROW) {
        *id = db_col_int(q, 0);
        found++;
    }
    db_done(&q);
    free(folded);
    if (rc != ERR_OK || next == DB_FAILED) {
        return rc != ERR_OK ? rc : ERR_DB;
    }
    if (found == 1) {
        return ERR_OK;
    }
    return found == 0
               ? err_set_field(e, ERR_NOT_FOUND, "rep",
                               _("there is no staff “%s”; `chotdon staff list` shows who there is"), code_or_name)
               : err_set_field(e, ERR_CONFLICT, "rep", _("several people are called “%s”; use the code"), code_or_name);
}

#define STAFF_COLUMNS                                                                                                  \
    "s.id, s.code, s.name, COALESCE((SELECT t.name FROM staff_teams m JOIN teams t ON t.id = m.team_id"                \
    " WHERE m.staff_id = s.id AND m.from_date ="                                                                       \
    " (SELECT MAX(from_date) FROM staff_teams WHERE staff_id = s.id AND from_date <= $1)), ''),"                       \
    " s.role, s.phone, s.email, s.base_salary, s.start_date, s.end_date"

static void read_row(struct db_stmt *q, struct staff *s) {
    *s = (struct staff){
        .id = db_col_int(q, 0),
        .code = db_col_dup(q, 1),
        .name = db_col_dup(q, 2),
        .team = db_col_dup(q, 3),
        .role = db_col_dup(q, 4),
        .phone = db_col_dup(q, 5),
        .email = db_col_dup(q, 6),
        .base_salary = db_col_int(q, 7),
        .start_date = db_col_dup(q, 8),
        .end_date = db_col_dup(q, 9),
    };
}

static void hide_salary(struct shop *shop, struct staff *s) {
    s->hides_salary = !shop_may(shop, PERMIT_SEE_COMMISSION) && !shop_is_self(shop, s->id);
    s->base_salary = s->hides_salary ? 0 : s->base_salary;
}

static enum err_code get_whole(struct shop *shop, int64_t id, struct staff *out, struct err *e) {
    char today[DATE_SIZE];
    struct db_stmt *q = NULL;
    *out = (struct staff){0};
    shop_today(shop, today);
    enum err_code rc = db_query(shop->db, "SELECT " STAFF_COLUMNS " FROM staff s WHERE s.id = $2",
                                DB_BIND(DB_TEXT(today), DB_INT(id)), &q, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row next = db_next(q, e);
    if (next == DB_ROW) {
        read_row(q, out);
    }
    db_done(&q);
    return next == DB_ROW      ? ERR_OK
           : next == DB_FAILED ? ERR_DB
                               : err_set(e, ERR_NOT_FOUND, _("that person is not there any more"));
}

enum err_code staff_get(struct shop *shop, int64_t id, struct staff *out, struct err *e) {
    enum err_code rc = get_whole(shop, id, out, e);
    if (rc == ERR_OK) {
        hide_salary(shop, out);
    }
    return rc;
}

enum err_code staff_list(struct shop *shop, bool with_left, staff_row_fn *row, void *ctx, struct err *e) {
    char today[DATE_SIZE];
    struct db_stmt *q = NULL;
    shop_today(shop, today);
    enum err_code rc = db_query(shop->db,
                                "SELECT " STAFF_COLUMNS
                                " FROM staff s WHERE $2 = 1 OR s.end_date = '' OR s.end_date >= $1 ORDER BY s.code",
                                DB_BIND(DB_TEXT(today), DB_INT(with_left)), &q, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(q, e)) == DB_ROW) {
        struct staff s;
        read_row(q, &s);
        hide_salary(shop, &s);
        rc = row(ctx, &s, e);
        staff_clear(&s);
    }
    db_done(&q);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* --- writing: what is there (or the defaults) with the given fields laid over it, checked, compared, stored. */

static void set_text(char **to, const char *from) {
    free(*to);
    *to = text_nfc(from == NULL ? "" : from);
}

static enum err_code set_date(char **to, const char *from, const char *field, struct err *e) {
    char iso[DATE_SIZE] = "";
    if (from != NULL && from[0] != '\0') {
        enum err_code rc = date_parse(from, DATE_DMY, iso, NULL, e);
        if (rc != ERR_OK) {
            struct err inner = *e;
            return err_set_field(e, rc, field, "%s: %s", field, inner.message);
        }
    }
    set_text(to, iso);
    return ERR_OK;
}

static enum err_code set_role(struct staff *s, const char *typed, struct err *e) {
    const char *role = typed == NULL || typed[0] == '\0' ? "rep" : staff_role_find(typed);
    if (role == NULL) {
        return err_set_field(
            e, ERR_INVALID, "role",
            _("“%s” is no role; there are counter, rep, warehouse, care, marketing, accountant, manager, outsourced"),
            typed);
    }
    set_text(&s->role, role);
    return ERR_OK;
}

static void set_phone(struct staff *s, const char *typed) {
    char phone[PHONE_SIZE] = "";
    if (typed != NULL && typed[0] != '\0') {
        phone_normalise(typed, phone);
    }
    set_text(&s->phone, phone);
}

static enum err_code lay_over(struct staff *s, const struct staff *in, unsigned fields, struct err *e) {
    enum err_code rc = ERR_OK;
    if (fields & STAFF_NAME) {
        set_text(&s->name, in->name);
    }
    if (fields & STAFF_TEAM) {
        set_text(&s->team, in->team);
    }
    if (fields & STAFF_ROLE) {
        rc = set_role(s, in->role, e);
    }
    if (fields & STAFF_PHONE) {
        set_phone(s, in->phone);
    }
    if (fields & STAFF_EMAIL) {
        set_text(&s->email, in->email);
    }
    if (fields & STAFF_SALARY) {
        s->base_salary = in->base_salary;
    }
    if (rc == ERR_OK && fields & STAFF_START) {
        rc = set_date(&s->start_date, in->start_date, "start_date", e);
    }
    if (rc == ERR_OK && fields & STAFF_END) {
        rc = set_date(&s->end_date, in->end_date, "end_date", e);
    }
    return rc;
}

static enum err_code validate(const struct staff *s, struct err *e) {
    assert(s->name != NULL && s->team != NULL);
    if (s->name[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "name", _("staff “%s” needs a name"), s->code);
    }
    if (s->base_salary < 0) {
        return err_set_field(e, ERR_INVALID, "base_salary", _("a base salary cannot be below zero"));
    }
    if (s->start_date[0] != '\0' && s->end_date[0] != '\0' && strcmp(s->start_date, s->end_date) > 0) {
        return err_set_field(e, ERR_INVALID, "end_date", _("the end %s is before the start %s"), s->end_date,
                             s->start_date);
    }
    return ERR_OK;
}

static bool same(const struct staff *a, const struct staff *b) {
    return strcmp(a->name, b->name) == 0 && strcmp(a->role, b->role) == 0 && strcmp(a->phone, b->phone) == 0 &&
           strcmp(a->email, b->email) == 0 && a->base_salary == b->base_salary &&
           strcmp(a->start_date, b->start_date) == 0 && strcmp(a->end_date, b->end_date) == 0;
}

static enum err_code store(struct shop *shop, struct staff *s, struct err *e) {
    char *folded = text_fold(s->name);
    char *sort_key = text_sort_key(s->name, true);
    enum err_code rc =
        db_run(shop->db,
               "INSERT INTO staff (code, name, folded, sort_key, role, phone, email, base_salary, start_date, end_date,"
               " import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (code) DO UPDATE SET"
               " name = excluded.name, folded = excluded.folded, sort_key = excluded.sort_key, role = excluded.role, "
               "phone = excluded.phone,"
               " email = excluded.email, base_salary = excluded.base_salary, start_date = excluded.start_date,"
               " end_date = excluded.end_date",
               DB_BIND(DB_TEXT(s->code), DB_TEXT(s->name), DB_TEXT(folded), DB_TEXT(sort_key), DB_TEXT(s->role),
                       DB_TEXT(s->phone), DB_TEXT(s->email), DB_INT(s->base_salary), DB_TEXT(s->start_date),
                       DB_TEXT(s->end_date), DB_ID(s->import_id)),
               e);
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT id FROM staff WHERE code = $1", DB_BIND(DB_TEXT(s->code)), &s->id, e);
    }
    if (rc == ERR_OK) {
        const char *numbers[] = {s->code, s->phone[0] == '\0' ? NULL : s->phone, NULL};
        struct search_entry entry = {folded, numbers};
        rc = db_search_put(shop->db, SEARCH_STAFF, s->id, &entry, e);
    }
    free(folded);
    free(sort_key);
    return rc;
}

/* The first team holds from the beginning of time, a later one from a date (DOMAIN 2). */
static enum err_code store_team(struct shop *shop, const struct staff *s, const char *from, struct err *e) {
    int64_t team_id = 0;
    bool has_one = false;
    char start[DATE_SIZE] = "";
    enum err_code rc = s->team[0] == '\0' ? ERR_OK : team_make(shop, s->team, &team_id, NULL, e);
    if (rc == ERR_OK) {
        rc = db_exists(shop->db, "SELECT 1 FROM staff_teams WHERE staff_id = $1", DB_BIND(DB_INT(s->id)), &has_one, e);
    }
    if (rc == ERR_OK && from != NULL && from[0] != '\0') {
        rc = date_parse(from, DATE_DMY, start, NULL, e);
    } else if (has_one) {
        shop_today(shop, start);
    }
    if (rc == ERR_OK) { /* orders of that day and later are now the other team's */
        rc = sales_book_touch_all(
            shop->sales,
            "SELECT COALESCE(o.return_of, o.id) FROM orders o CROSS JOIN order_reps r WHERE "
            "EXISTS (SELECT 1 FROM sales_figures f WHERE f.month > '' AND f.staff_id = $1) AND o.order_date >= $2 "
            "AND r.order_id = o.id AND r.staff_id = $1",
            DB_BIND(DB_INT(s->id), DB_TEXT(start)), e);
        sales_book_new_teams(shop->sales);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO staff_teams (staff_id, from_date, team_id) VALUES ($1, $2, $3)"
                    " ON CONFLICT (staff_id, from_date) DO UPDATE SET team_id = excluded.team_id",
                    DB_BIND(DB_INT(s->id), DB_TEXT(start), DB_ID(team_id)), e);
    }
    return rc;
}

static char *describe(const struct staff *s) {
    return mem_printf("%s; %s; %s; %s; %s; %lld; %s; %s", s->name, s->team, s->role, s->phone, s->email,
                      (long long)s->base_salary, s->start_date, s->end_date);
}

/* An import may add people on the way; roles, and people as they are, are for those who may change staff. */
static enum err_code may_put(struct shop *shop, const struct staff *old, const struct staff *s, bool exists,
                             unsigned fields, struct err *e) {
    bool on_the_way = shop->audit_muted && !exists && !(fields & STAFF_ROLE);
    enum err_code rc = shop_require(shop, on_the_way ? PERMIT_IMPORT : PERMIT_STAFF, e);
    bool steps_down = exists && (strcmp(s->role, "manager") != 0 || strcmp(s->end_date, old->end_date) != 0);
    return rc == ERR_OK && steps_down ? access_check_last_manager(shop, old->id, e) : rc;
}

struct put_ctx {
    const struct staff *in;
    unsigned fields;
    enum put_result result;
};

static enum err_code load_old(struct shop *shop, const char *code, struct staff *old, bool *exists, struct err *e) {
    int64_t id = 0;
    *old = (struct staff){0};
    enum err_code rc = db_get_int(shop->db, "SELECT id FROM staff WHERE code = $1", DB_BIND(DB_TEXT(code)), &id, e);
    *exists = rc == ERR_OK;
    if (rc == ERR_OK) {
        return get_whole(shop, id, old, e);
    }
    if (rc == ERR_NOT_FOUND) {
        set_text(&old->code, code);
        set_text(&old->name, "");
        set_text(&old->team, "");
        set_text(&old->role, "rep");
        set_text(&old->phone, "");
        set_text(&old->email, "");
        set_text(&old->start_date, "");
        set_text(&old->end_date, "");
        rc = ERR_OK;
    }
    return rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct put_ctx *c = ctx;
    struct staff old;
    struct staff s;
    bool exists = false;
    char *entity = NULL;
    char *before = NULL;
    char *after = NULL;
    s = (struct staff){0};
    enum err_code rc = load_old(shop, c->in->code, &old, &exists, e);
    if (rc == ERR_OK) {
        rc = load_old(shop, c->in->code, &s, &exists, e);
    }
    if (rc == ERR_OK) {
        rc = lay_over(&s, c->in, c->fields, e);
    }
    if (rc == ERR_OK) {
        rc = validate(&s, e);
    }
    if (rc != ERR_OK) {
        goto out;
    }
    assert(old.team != NULL);
    bool team_changed = !text_equal_folded(old.team, s.team);
    s.import_id = c->in->import_id;
    bool changed = !exists || !same(&old, &s);
    c->result = !exists ? PUT_CREATED : changed || team_changed ? PUT_UPDATED : PUT_UNCHANGED;
    if (c->result != PUT_UNCHANGED) {
        rc = may_put(shop, &old, &s, exists, c->fields, e);
    }
    if (rc == ERR_OK && changed) {
        rc = store(shop, &s, e);
        access_forget(shop);
    }
    if (rc == ERR_OK && team_changed) {
        rc = store_team(shop, &s, c->in->team_from, e);
    }
    if (rc == ERR_OK && c->result != PUT_UNCHANGED) {
        entity = mem_printf("staff %s", s.code);
        before = exists ? describe(&old) : mem_strdup("");
        after = describe(&s);
        rc = audit_add(shop, exists ? "staff.edit" : "staff.add", entity, before, after, e);
    }
out:
    staff_clear(&old);
    staff_clear(&s);
    free(entity);
    free(before);
    free(after);
    return rc;
}

enum err_code staff_put(struct shop *shop, const struct staff *s, unsigned fields, enum put_result *result,
                        struct err *e) {
    enum err_code rc = code_check(s->code, "code", e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct put_ctx ctx = {.in = s, .fields = fields};
    rc = shop_transact(shop, put, &ctx, e);
    if (result != NULL) {
        *result = ctx.result;
    }
    return rc;
}
