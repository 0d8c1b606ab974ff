/* What may still be changed of an order that is made, by form. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/orders.h"

static const struct form_field fields[] = {
    {"customer", N_("Customer"), FORM_TEXT, 30, false, NULL, N_("code, phone or name; none: walk-in")},
    {"channel", N_("Channel"), FORM_TEXT, 24, false, NULL, NULL},
    {"rep", N_("Rep"), FORM_TEXT, 30, false, NULL, N_("AN, or shared: AN:70+BINH:30")},
    {"province", N_("Province"), FORM_TEXT, 24, false, NULL, NULL},
    {"carrier", N_("Carrier"), FORM_TEXT, 24, false, NULL, NULL},
    {"tracking_no", N_("Tracking"), FORM_TEXT, 24, false, NULL, NULL},
    {"promised_date", N_("Promised"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy")},
    {"note", N_("Note"), FORM_TEXT, 44, false, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct orders_state *s = ctx;
    struct order_terms *t = &s->before;
    order_terms_clear(t);
    enum err_code rc = order_terms_get(app_shop(app), id, t, e);
    if (rc == ERR_OK) {
        form_set_text(form, "customer", t->customer);
        form_set_text(form, "channel", t->channel);
        form_set_text(form, "rep", t->reps);
        form_set_text(form, "province", t->province);
        form_set_text(form, "carrier", t->carrier);
        form_set_text(form, "tracking_no", t->tracking_no);
        form_set_date(form, "promised_date", t->promised_on);
        form_set_text(form, "note", t->note);
    }
    return rc;
}

/* --- taking a change back */
struct change {
    int64_t id;
    struct order_terms before;
    unsigned fields;
};

static enum err_code undo_change(struct app *app, void *ctx, struct err *e) {
    const struct change *ch = ctx;
    return order_edit(app_shop(app), ch->id, &ch->before, ch->fields, NULL, e);
}

static void change_free(void *ctx) {
    struct change *ch = ctx;
    order_terms_clear(&ch->before);
    free(ch);
}

static void remember(struct app *app, struct orders_state *s, unsigned changed) {
    struct change *ch = mem_alloc(sizeof *ch);
    *ch = (struct change){s->acting_on, s->before, changed};
    s->before = (struct order_terms){0};
    app_set_undo(app, _("the change of the order"), undo_change, ch, change_free);
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct orders_state *s = ctx;
    char promised[DATE_SIZE] = "";
    unsigned changed = 0;
    struct order_terms t = {
        .customer = (char *)form_text(form, "customer"),
        .channel = (char *)form_text(form, "channel"),
        .reps = (char *)form_text(form, "rep"),
        .province = (char *)form_text(form, "province"),
        .carrier = (char *)form_text(form, "carrier"),
        .tracking_no = (char *)form_text(form, "tracking_no"),
        .promised_on = promised,
        .note = (char *)form_text(form, "note"),
    };
    enum err_code rc = form_date(form, "promised_date", promised, e);
    if (rc == ERR_OK) {
        rc = order_edit(app_shop(app), s->acting_on, &t, ORDER_TERMS_ALL, &changed, e);
    }
    if (rc == ERR_OK && changed == 0) {
        app_status(app, _("Nothing was changed"));
    } else if (rc == ERR_OK) {
        app_status(app, _("Saved; u takes it back"));
        remember(app, s, changed);
        app_reload(app);
    }
    return rc;
}

unsigned orders_form(struct app *app, struct orders_state *s, const struct orders_item *o) {
    char *title = mem_printf("%s · %s", o->order_no, o->customer[0] == '\0' ? _("walk-in") : o->customer);
    char *entity = mem_printf("order %s", o->order_no);
    popup_edit(app, title, form_new(fields, FIELDS, &s->b.currency),
               &(struct popup_record){entity, o->id, fill_form, saved, false}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}
