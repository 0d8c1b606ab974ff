/* Doubting a row, and answering. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/commission.h"

static enum err_code raised(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct commission_state *s = ctx;
    int64_t id = 0;
    enum err_code rc = commission_dispute(app_shop(app), s->month, s->person, form_text(form, "row"),
                                          form_text(form, "reason"), &id, e);
    if (rc == ERR_OK) {
        app_status(app, _("Dispute %lld is with the manager"), (long long)id);
        app_reload(app);
    }
    return rc;
}

unsigned commission_dispute_row(struct app *app, struct commission_state *s) {
    static const struct form_field fields[] = {
        {"row", N_("Row"), FORM_TEXT, 30, true, NULL, N_("order, gate, cap, group, total…")},
        {"reason", N_("What is wrong"), FORM_TEXT, 44, true, NULL, NULL},
    };
    const struct commission_row *r = commission_current(s);
    if (r == NULL) {
        return SCREEN_REDRAW;
    }
    char *title = mem_printf(_("%s doubts a row of %s"), r->name, s->month);
    struct form *form = form_new(fields, 2, NULL);
    s->person = r->staff_id;
    popup_form(app, title, form, raised, s);
    free(title);
    return SCREEN_REDRAW;
}

static enum err_code answered(struct app *app, void *ctx, const char *text, struct err *e) {
    struct commission_state *s = ctx;
    enum err_code rc = commission_answer(app_shop(app), s->answering, text, e);
    if (rc == ERR_OK) {
        app_status(app, _("Answered"));
        app_reload(app);
    }
    return rc;
}

static void chosen(struct app *app, void *ctx, int index) {
    struct commission_state *s = ctx;
    s->answering = s->dispute_ids[index];
    popup_prompt(app, _("Answer"), _("What the rep is told"), FORM_TEXT, "", answered, s);
}

struct choosing {
    struct commission_state *s;
    char **labels;
    size_t capacity;
};

static enum err_code add_choice(void *ctx, const struct commission_dispute_row *d, struct err *e) {
    struct choosing *c = ctx;
    struct commission_state *s = c->s;
    (void)e;
    c->labels = mem_grow(c->labels, s->dispute_count, &c->capacity, sizeof *c->labels);
    s->dispute_ids = mem_grow(s->dispute_ids, s->dispute_count, &s->dispute_capacity, sizeof *s->dispute_ids);
    c->labels[s->dispute_count] = mem_printf("%s %s · %s: %s", d->month, d->name, d->ref, d->reason);
    s->dispute_ids[s->dispute_count++] = d->id;
    return ERR_OK;
}

unsigned commission_show_disputes(struct app *app, struct commission_state *s) {
    struct choosing c = {.s = s};
    struct err e = ERR_INIT;
    s->dispute_count = 0;
    enum err_code rc = commission_disputes(app_shop(app), NULL, true, add_choice, &c, &e);
    if (rc == ERR_OK && s->dispute_count > 0) {
        popup_choose(app, _("Open disputes"), (const char *const *)c.labels, (int)s->dispute_count, 0, chosen, s);
    } else if (rc == ERR_OK) {
        app_status(app, _("No dispute is open"));
    }
    for (size_t i = 0; i < s->dispute_count; i++) {
        free(c.labels[i]);
    }
    free(c.labels);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}
