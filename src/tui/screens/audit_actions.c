/* Narrowing the log, opening a row, verifying the chain, exporting. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/export.h"
#include "tui/screens/audit.h"

static void set(struct app *app, struct audit_page *s, char **text, const char *value) {
    char *copy = value == NULL ? NULL : mem_strdup(value);
    free(*text);
    *text = copy;
    audit_page_anew(s);
    app_reload(app);
}

static void offer(struct pick_rows *rows, const char *query, const char *text, const char *code, int64_t id) {
    if (text_contains_folded(text, query) || text_contains_folded(code, query)) {
        pick_add(rows, text, code, code, id);
    }
}

/* --- person, kind, days */

static void find_people(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct audit_page *s = ctx;
    (void)app;
    offer(rows, query, _("Everybody"), "", 0);
    offer(rows, query, _("the owner"), "", 1);
    for (size_t i = 0; i < s->person_count && rows->count < POPUP_PICK_ROWS; i++) {
        offer(rows, query, s->people[i].name, s->people[i].code, 1);
    }
}

static void person_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct audit_page *s = ctx;
    set(app, s, &s->staff, row->id == 0 ? NULL : row->ref);
}

static void find_kinds(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    (void)app;
    (void)ctx;
    offer(rows, query, _("every kind of record"), "", 0);
    for (size_t i = 0; audit_words_nth_noun(i) != NULL; i++) {
        const char *noun = audit_words_nth_noun(i);
        offer(rows, query, audit_words_noun(noun), noun, 1);
    }
}

static void kind_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct audit_page *s = ctx;
    set(app, s, &s->noun, row->id == 0 ? NULL : row->ref);
}

static enum err_code days_given(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct audit_page *s = ctx;
    char from[DATE_SIZE] = "", to[DATE_SIZE] = "";
    enum err_code rc = form_date(form, "from", from, e);
    rc = rc == ERR_OK ? form_date(form, "to", to, e) : rc;
    if (rc == ERR_OK && from[0] != '\0' && to[0] != '\0' && strcmp(from, to) > 0) {
        rc = err_set(e, ERR_INVALID, _("The first day is after the last"));
    }
    if (rc == ERR_OK) {
        memcpy(s->from, from, sizeof from);
        memcpy(s->to, to, sizeof to);
        audit_page_anew(s);
        app_reload(app);
    }
    return rc;
}

static unsigned ask_days(struct app *app, struct audit_page *s) {
    static const struct form_field fields[] = {
        {"from", N_("First day"), FORM_DATE, 12, false, NULL, N_("empty: from the beginning")},
        {"to", N_("Last day"), FORM_DATE, 12, false, NULL, N_("empty: until now")},
    };
    struct form *form = form_new(fields, 2, NULL);
    form_set_date(form, "from", s->from);
    form_set_date(form, "to", s->to);
    popup_form(app, _("Days to show"), form, days_given, s);
    return SCREEN_REDRAW;
}

static unsigned show_all(struct audit_page *s) {
    free(s->staff);
    free(s->noun);
    free(s->text);
    s->staff = s->noun = s->text = NULL;
    s->from[0] = s->to[0] = '\0';
    field_set(&s->list.filter, "");
    audit_page_anew(s);
    return SCREEN_RELOAD;
}

/* --- a row, the chain, a file */

static unsigned open_row(struct app *app, struct audit_page *s) {
    struct card card = {0};
    if (s->list.cursor < s->count) {
        const struct audit_item *item = &s->items[s->list.cursor];
        audit_words_card(item, audit_page_who(s, item->staff), &s->currency, &card);
        card_popup(app, _("What was done"), &card, CONTEXT_AUDIT, audit_act, s);
    }
    return SCREEN_REDRAW;
}

static bool tick(void *ctx, int64_t done, int64_t total) {
    return app_progress(ctx, done, total);
}

static unsigned verify(struct app *app) {
    int64_t rows = 0, bad = 0;
    char *why = NULL;
    struct audit_anchors anchors = {0};
    struct err e = ERR_INIT;
    app_work_begin(app, _("Verifying the audit chain"));
    enum err_code rc = audit_verify_watched(app_shop(app), tick, app, &rows, &bad, &why, &e);
    app_work_end(app);
    if (rc == ERR_OK && why == NULL) {
        rc = audit_compare(app_shop(app), &anchors, &e);
    }
    if (rc == ERR_OK && (why != NULL || anchors.why != NULL)) {
        rc = err_set(&e, ERR_DB, _("the audit chain does not hold: %s"), why != NULL ? why : anchors.why);
    } else if (rc == ERR_OK) {
        app_status(app, _("The audit chain holds: %lld rows"), (long long)rows);
    }
    audit_anchors_clear(&anchors);
    free(why);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}

static enum err_code add_row(void *ctx, const struct audit_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    export_audit_row(t, r);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    struct audit_filter f = audit_page_filter(ctx);
    return audit_list(app_shop(app), &f, add_row, t, e);
}

/* The columns of `audit list`. */
static const struct table_column columns[] = {
    {"id", TABLE_INT, N_("Row")},           {"time", TABLE_DATE, N_("Time")},
    {"staff", TABLE_TEXT, N_("Who")},       {"action", TABLE_TEXT, N_("What was done")},
    {"entity", TABLE_TEXT, N_("Record")},   {"detail", TABLE_TEXT, N_("Before → after")},
    {"hash", TABLE_TEXT, N_("Chain hash")},
};
static const struct export_shown what = {N_("audit"), columns, sizeof columns / sizeof *columns, export_rows};

unsigned audit_act(struct app *app, void *state, enum action action) {
    struct audit_page *s = state;
    switch (action) {
    case ACTION_OPEN:
        return open_row(app, s);
    case ACTION_AUDIT_RECORD:
        return s->list.cursor < s->count ? audit_go_to_record(app, &s->items[s->list.cursor]) : SCREEN_REDRAW;
    case ACTION_AUDIT_PERSON:
        popup_pick(app, _("Whose work?"), find_people, person_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_AUDIT_KIND:
        popup_pick(app, _("Which kind of record?"), find_kinds, kind_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_AUDIT_DAYS:
        return ask_days(app, s);
    case ACTION_AUDIT_ALL:
        return show_all(s);
    case ACTION_AUDIT_VERIFY:
        return verify(app);
    case ACTION_AUDIT_EXPORT:
        export_ask(app, &s->export, &what, s);
        return SCREEN_REDRAW;
    default:
        return SCREEN_IGNORED;
    }
}
