#include "tui/screens/settings_staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/sign_in.h"
#include "chotdon/staff.h"
#include "tui/list.h"
#include "tui/pin_form.h"
#include "tui/popup.h"
#include "tui/screens/card.h"
#include "tui/screens/tabs.h"

struct staff_page {
    struct list list;
    bool with_left;
    bool sees_salary;
    struct staff *people;
    size_t count, cap;
    struct currency currency;
    char *acting_on; /* code; NULL: a new one */
};

static const char *const tab_titles[] = {N_("Working here"), N_("Those who left too")};
enum { TABS = 2 };

/* The last is for those who may see it. */
static const struct list_column columns[] = {
    {N_("Code"), 8, 12, 1, ALIGN_LEFT, false},          {N_("Name"), 18, 36, 1, ALIGN_LEFT, false},
    {N_("Role"), 10, 16, 2, ALIGN_LEFT, false},         {N_("Team"), 12, 24, 2, ALIGN_LEFT, false},
    {N_("Phone"), 11, 13, 3, ALIGN_LEFT, false},        {N_("Starts on"), 10, 10, 5, ALIGN_LEFT, false},
    {N_("Leaves on"), 10, 10, 4, ALIGN_LEFT, false},    {N_("Email"), 14, 30, 7, ALIGN_LEFT, false},
    {N_("Base salary"), 12, 14, 6, ALIGN_RIGHT, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };
enum {
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_ROLE,
    COLUMN_TEAM,
    COLUMN_PHONE,
    COLUMN_START,
    COLUMN_END,
    COLUMN_EMAIL,
    COLUMN_SALARY
};

static void add_date(struct buf *out, const char *iso) {
    char text[DATE_SIZE];
    buf_add(out, iso[0] == '\0' ? "" : date_format(iso, text));
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct staff_page *s = ctx;
    const struct staff *p = &s->people[row];
    char money[MONEY_TEXT_MAX];
    const char *const texts[] = {[COLUMN_CODE] = p->code,
                                 [COLUMN_NAME] = p->name,
                                 [COLUMN_ROLE] = staff_role_label(p->role),
                                 [COLUMN_TEAM] = p->team,
                                 [COLUMN_PHONE] = p->phone};
    *style = p->end_date[0] == '\0' ? *style : STYLE_DIM;
    switch (column) {
    case COLUMN_START:
        add_date(out, p->start_date);
        break;
    case COLUMN_END:
        add_date(out, p->end_date);
        break;
    case COLUMN_EMAIL:
        buf_add(out, p->email);
        break;
    case COLUMN_SALARY:
        buf_add(out, p->base_salary == 0 ? "" : money_format(p->base_salary, &s->currency, false, money));
        break;
    default:
        buf_add(out, texts[column] == NULL ? "" : texts[column]);
    }
}

static struct list_source source_of(const struct staff_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = COLUMNS - (s->sees_salary ? 0 : 1),
                                .ctx = s,
                                .cell = cell,
                                .empty = list_filter(&s->list)[0] != '\0' ? NULL : _("Nobody yet; n adds the first")};
}

static void forget(struct staff_page *s) {
    for (size_t i = 0; i < s->count; i++) {
        staff_clear(&s->people[i]);
    }
    s->count = 0;
}

static char *dup(const char *text) {
    return mem_strdup(text == NULL ? "" : text);
}

static struct staff copy_of(const struct staff *p) {
    return (struct staff){.id = p->id,
                          .code = dup(p->code),
                          .name = dup(p->name),
                          .team = dup(p->team),
                          .role = dup(p->role),
                          .phone = dup(p->phone),
                          .email = dup(p->email),
                          .base_salary = p->base_salary,
                          .start_date = dup(p->start_date),
                          .end_date = dup(p->end_date)};
}

static enum err_code keep(void *ctx, const struct staff *p, struct err *e) {
    struct staff_page *s = ctx;
    const char *typed = list_filter(&s->list);
    (void)e;
    if (text_contains_folded(p->name, typed) || text_contains_folded(p->code, typed) ||
        text_contains_folded(p->team, typed)) {
        s->people = mem_grow(s->people, s->count, &s->cap, sizeof *s->people);
        s->people[s->count++] = copy_of(p);
    }
    return ERR_OK;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct staff_page *s = state;
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    s->currency = *shop_currency(app_shop(app));
    s->sees_salary = shop_may(app_shop(app), PERMIT_SEE_COMMISSION);
    forget(s);
    enum err_code rc = staff_list(app_shop(app), s->with_left, keep, s, e);
    list_set_height(&s->list, height - TABS_HEIGHT);
    list_loaded(&s->list, 0, s->count, s->count);
    return rc;
}

static const struct staff *current(const struct staff_page *s) {
    return s->list.cursor < s->count ? &s->people[s->list.cursor] : NULL;
}

/* --- the form */

static const char *const roles[] = {"rep",       "counter",    "warehouse", "care",
                                    "marketing", "accountant", "manager",   "outsourced"};
enum { ROLES = sizeof roles / sizeof *roles };

static const struct form_field fields[] = {
    {"code", N_("Code"), FORM_TEXT, 16, true, NULL, N_("short: AN, BINH2")}, /* only of a new one, as is the team */
    {"team", N_("Team"), FORM_TEXT, 24, false, NULL, N_("made when it is not there")},
    {"name", N_("Name"), FORM_TEXT, 36, true, NULL, NULL},
    {"role", N_("Role"), FORM_CHOICE, 0, false, NULL, NULL},
    {"phone", N_("Phone"), FORM_TEXT, 16, false, NULL, NULL},
    {"email", N_("Email"), FORM_TEXT, 36, false, NULL, NULL},
    {"base_salary", N_("Base salary"), FORM_MONEY, 14, false, NULL, N_("a month")},
    {"start_date", N_("Starts on"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy")},
    {"end_date", N_("Leaves on"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy")},
};
enum { FIELDS = sizeof fields / sizeof *fields, ONLY_NEW = 2 };

static enum err_code read_form(const struct form *form, struct staff *p, char start[DATE_SIZE], char end[DATE_SIZE],
                               struct err *e) {
    *p = (struct staff){.name = (char *)form_text(form, "name"),
                        .role = (char *)roles[form_choice(form, "role")],
                        .phone = (char *)form_text(form, "phone"),
                        .email = (char *)form_text(form, "email"),
                        .start_date = start,
                        .end_date = end};
    enum err_code rc = form_money(form, "base_salary", &p->base_salary, e);
    if (rc == ERR_OK) {
        rc = form_date(form, "start_date", start, e);
    }
    return rc == ERR_OK ? form_date(form, "end_date", end, e) : rc;
}

static bool is_taken(struct app *app, const char *code) {
    struct staff p = {0};
    int64_t id = 0;
    bool taken = staff_find(app_shop(app), code, &id, NULL) == ERR_OK &&
                 staff_get(app_shop(app), id, &p, NULL) == ERR_OK && strcmp(p.code, code) == 0;
    staff_clear(&p);
    return taken;
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct staff_page *s = ctx;
    struct staff p;
    char start[DATE_SIZE] = "";
    char end[DATE_SIZE] = "";
    unsigned what = STAFF_ALL & ~(unsigned)STAFF_TEAM;
    enum err_code rc = read_form(form, &p, start, end, e);
    p.code = s->acting_on;
    if (rc == ERR_OK && s->acting_on == NULL) {
        p.code = (char *)form_text(form, "code");
        p.team = (char *)form_text(form, "team");
        what |= p.team[0] == '\0' ? 0 : STAFF_TEAM;
        rc = is_taken(app, p.code) ? err_set_field(e, ERR_CONFLICT, "code", _("there is a %s already"), p.code) : rc;
    }
    if (rc == ERR_OK) {
        rc = staff_put(app_shop(app), &p, what, NULL, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Saved %s"), p.name);
        app_reload(app);
    }
    return rc;
}

static void act_on(struct staff_page *s, const struct staff *p) {
    free(s->acting_on);
    s->acting_on = p == NULL ? NULL : mem_strdup(p->code);
}

static void set_roles(struct form *form) {
    const char *labels[ROLES];
    for (int i = 0; i < ROLES; i++) {
        labels[i] = staff_role_label(roles[i]);
    }
    form_set_choices(form, "role", labels, ROLES);
}

static void fill(struct form *form, const struct staff *p) {
    set_roles(form);
    form_set_text(form, "name", p->name);
    form_set_text(form, "phone", p->phone);
    form_set_text(form, "email", p->email);
    form_set_date(form, "start_date", p->start_date);
    form_set_date(form, "end_date", p->end_date);
    if (p->base_salary != 0) {
        form_set_money(form, "base_salary", p->base_salary);
    }
    for (int i = 0; i < ROLES; i++) {
        if (strcmp(roles[i], p->role) == 0) {
            form_set_choice(form, "role", i);
        }
    }
}

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct staff p = {0};
    (void)ctx;
    enum err_code rc = staff_get(app_shop(app), id, &p, e);
    if (rc == ERR_OK) {
        fill(form, &p);
    }
    staff_clear(&p);
    return rc;
}

static unsigned open_form(struct app *app, struct staff_page *s, const struct staff *p) {
    act_on(s, p);
    if (p == NULL) {
        struct form *form = form_new(fields, FIELDS, &s->currency);
        set_roles(form);
        popup_form(app, _("New person"), form, saved, s);
        return SCREEN_REDRAW;
    }
    char *title = mem_printf("%s %s", p->code, p->name);
    char *entity = mem_printf("staff %s", p->code);
    popup_edit(app, title, form_new(fields + ONLY_NEW, FIELDS - ONLY_NEW, &s->currency),
               &(struct popup_record){entity, p->id, fill_form, saved, false}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

/* --- another team from a day on */

static enum err_code moved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct staff_page *s = ctx;
    char from[DATE_SIZE] = "";
    struct staff p = {.code = s->acting_on, .team = (char *)form_text(form, "team"), .team_from = from};
    enum err_code rc = form_date(form, "from", from, e);
    if (rc == ERR_OK) {
        rc = staff_put(app_shop(app), &p, STAFF_TEAM, NULL, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Saved; sales before that day stay with the team they had"));
        app_reload(app);
    }
    return rc;
}

static enum err_code fill_team(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct staff p = {0};
    (void)ctx;
    enum err_code rc = staff_get(app_shop(app), id, &p, e);
    if (rc == ERR_OK) {
        form_set_text(form, "team", p.team);
    }
    staff_clear(&p);
    return rc;
}

static unsigned change_team(struct app *app, struct staff_page *s, const struct staff *p) {
    static const struct form_field team_fields[] = {
        {"team", N_("Team"), FORM_TEXT, 24, false, NULL, N_("made when it is not there; empty: none")},
        {"from", N_("From"), FORM_DATE, 12, false, NULL, N_("empty: today; a first team holds always")},
    };
    char *title = mem_printf(_("Another team for %s"), p->name);
    char *entity = mem_printf("staff %s", p->code);
    act_on(s, p);
    popup_edit(app, title, form_new(team_fields, 2, NULL),
               &(struct popup_record){.entity = entity, .id = p->id, .fill = fill_team, .save = moved}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

static enum err_code add_change(void *ctx, const char *from, const char *what, struct err *e) {
    char text[DATE_SIZE];
    (void)e;
    card_row(ctx, STYLE_NORMAL, from[0] == '\0' ? _("always") : date_format(from, text),
             what[0] == '\0' ? _("no team") : what);
    return ERR_OK;
}

static unsigned act(struct app *app, void *ctx, enum action action);

static unsigned open_card(struct app *app, struct staff_page *s, const struct staff *p) {
    struct card card = {0};
    struct err e = ERR_INIT;
    bool has_pin = false;
    int wait_s = 0;
    card_row(&card, STYLE_STRONG, p->name, p->code);
    card_fact(&card, _("Role"), staff_role_label(p->role));
    card_fact(&card, _("Phone"), p->phone);
    card_fact(&card, _("Email"), p->email);
    if (p->base_salary != 0 && (s->sees_salary || shop_is_self(app_shop(app), p->id))) {
        card_amount(&card, STYLE_NORMAL, _("Base salary"), p->base_salary, &s->currency);
    }
    if (pin_state(app_shop(app), p->code, &has_pin, &wait_s, &e) == ERR_OK) {
        card_fact(&card, _("PIN"), has_pin ? _("set") : _("none; p sets one"));
    }
    card_date(&card, _("Starts on"), p->start_date);
    card_date(&card, _("Leaves on"), p->end_date);
    card_rule(&card, _("Teams, each from its day on"));
    if (staff_team_history(app_shop(app), p->id, add_change, &card, &e) != ERR_OK) {
        app_error(app, &e);
    }
    card_popup(app, _("Staff"), &card, CONTEXT_STAFF, act, s);
    return SCREEN_REDRAW;
}

/* The form shows what is for those who may change it. */
static unsigned edit(struct app *app, struct staff_page *s, const struct staff *p) {
    struct err e = ERR_INIT;
    return shop_require(app_shop(app), PERMIT_STAFF, &e) == ERR_OK ? open_form(app, s, p) : app_error(app, &e);
}

static unsigned act(struct app *app, void *ctx, enum action action) {
    struct staff_page *s = ctx;
    const struct staff *p = current(s);
    switch (action) {
    case ACTION_STAFF_NEW:
        return open_form(app, s, NULL);
    case ACTION_STAFF_EDIT:
        return p == NULL ? SCREEN_REDRAW : edit(app, s, p);
    case ACTION_STAFF_TEAM:
        return p == NULL ? SCREEN_REDRAW : change_team(app, s, p);
    case ACTION_STAFF_PIN:
        if (p != NULL) {
            pin_form_open(app, p->code);
        }
        return SCREEN_REDRAW;
    case ACTION_STAFF_NO_PIN:
        if (p != NULL) {
            pin_form_remove(app, p->code);
        }
        return SCREEN_REDRAW;
    case ACTION_STAFF_ROLES:
        app_go(app, "settings-roles", NULL);
        return SCREEN_REDRAW;
    case ACTION_OPEN:
        return p == NULL ? SCREEN_REDRAW : open_card(app, s, p);
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
    case ACTION_LIST_LEFT:
    case ACTION_LIST_RIGHT:
        s->with_left = !s->with_left;
        list_go(&s->list, 0);
        return SCREEN_RELOAD;
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct staff_page *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= TABS_HEIGHT;
    switch (list_handle(&s->list, &source, action, &k)) {
    case LIST_MOVED:
        return SCREEN_REDRAW;
    case LIST_RELOAD:
        return SCREEN_RELOAD;
    case LIST_IGNORED:
        break;
    }
    return act(app, s, action);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct staff_page *s = state;
    struct list_source source = source_of(s);
    (void)app;
    tabs_paint(c, tab_titles, TABS, s->with_left, NULL);
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, c->width, c->height - TABS_HEIGHT);
    list_paint(&s->list, &source, &body, true);
}

static enum action_context focus(const void *state) {
    return list_focus(&((const struct staff_page *)state)->list);
}

static void clear(void *state) {
    struct staff_page *s = state;
    forget(s);
    free(s->people);
    free(s->acting_on);
    list_clear(&s->list);
}

/* Somebody by their code, whether they left or not. */
static void open_screen(struct app *app, void *state, const char *argument) {
    struct staff_page *s = state;
    (void)app;
    if (argument != NULL) {
        field_set(&s->list.filter, argument);
        s->list.filtering = false;
        s->with_left = true;
        list_go(&s->list, 0);
    }
}

const struct screen_ops screen_settings_staff = {
    .name = "settings-staff",
    .title = N_("Staff"),
    .context = CONTEXT_STAFF,
    .state_size = sizeof(struct staff_page),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = focus,
    .clear = clear,
};
