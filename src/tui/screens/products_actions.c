/* What can be done with the product under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/stock.h"
#include "tui/popup.h"
#include "tui/screens/products.h"

static unsigned act_from_card(struct app *app, void *ctx, enum action action);

unsigned products_open_card(struct app *app, struct products_state *s, int64_t id) {
    struct card card = {0};
    struct err e = ERR_INIT;
    if (products_card(app, id, &card, &e) != ERR_OK) {
        card_clear(&card);
        return app_error(app, &e);
    }
    s->acting_on = id;
    card_popup(app, _("Product"), &card, CONTEXT_PRODUCTS, act_from_card, s);
    return SCREEN_REDRAW;
}

/* --- adjusting */

static enum err_code adjusted(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct products_state *s = ctx;
    struct stock_line_input line = {.product_id = s->acting_on};
    bool damage = form_choice(form, "kind") == 1;
    struct stock_doc_input doc = {.kind = damage ? STOCK_DAMAGE : STOCK_ADJUST,
                                  .reason = form_text(form, "reason"),
                                  .lines = &line,
                                  .line_count = 1};
    enum err_code rc = form_qty(form, "qty", &line.qty, e);
    if (rc == ERR_OK && line.qty == 0) {
        rc = err_set_field(e, ERR_INVALID, "qty", _("0 changes nothing"));
    }
    if (rc == ERR_OK && damage && line.qty < 0) {
        line.qty = -line.qty; /* what is thrown away goes, with or without a minus */
    }
    if (rc == ERR_OK) {
        rc = stock_document(app_shop(app), &doc, NULL, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Stock corrected"));
    }
    return rc;
}

static unsigned adjust(struct app *app, struct products_state *s) {
    static const char *const kinds[] = {N_("correct: + in, − out"), N_("damaged, thrown away"), NULL};
    static const struct form_field fields[] = {
        {"kind", N_("Kind"), FORM_CHOICE, 0, false, kinds, NULL},
        {"qty", N_("Quantity"), FORM_QTY, 10, true, NULL, N_("-2 takes two away")},
        {"reason", N_("Reason"), FORM_TEXT, 36, true, NULL, NULL},
    };
    struct form *form = form_new(fields, 3, NULL);
    struct err e = ERR_INIT;
    struct product p = {0};
    if (product_get(app_shop(app), s->acting_on, &p, &e) != ERR_OK) {
        form_free(form);
        return app_error(app, &e);
    }
    char *title = mem_printf("%s %s", p.sku, p.name);
    form_focus(form, "qty");
    popup_form(app, title, form, adjusted, s);
    free(title);
    product_clear(&p);
    return SCREEN_REDRAW;
}

/* --- one group */

struct finding {
    const char *query;
    struct pick_rows *rows;
};

static enum err_code add_group(void *ctx, const struct group_row *g, struct err *e) {
    struct finding *f = ctx;
    (void)e;
    if (f->rows->count < POPUP_PICK_ROWS && text_contains_folded(g->path, f->query)) {
        char *count = mem_printf(_("%lld products"), (long long)g->products);
        pick_add(f->rows, g->path, count, g->path, g->id);
        free(count);
    }
    return ERR_OK;
}

static void find_groups(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct finding f = {query, rows};
    struct err e = ERR_INIT;
    (void)ctx;
    if (query[0] == '\0') {
        pick_add(rows, _("All groups"), "", "", 0);
    }
    if (group_list(app_shop(app), add_group, &f, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static void group_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct products_state *s = ctx;
    free(s->group);
    s->group = row->ref[0] == '\0' ? NULL : mem_strdup(row->ref);
    s->value_tab = -1;
    s->b.list.cursor = 0;
    s->b.list.top = 0;
    app_reload(app);
}

static unsigned act_on(struct app *app, struct products_state *s, enum action action, int64_t id) {
    s->acting_on = id;
    switch (action) {
    case ACTION_OPEN:
        return products_open_card(app, s, id);
    case ACTION_PRODUCTS_EDIT:
        return products_form(app, s, id);
    case ACTION_PRODUCTS_ADJUST:
        return adjust(app, s);
    case ACTION_PRODUCTS_DOCUMENTS:
        return products_documents(app, s);
    default:
        return SCREEN_IGNORED;
    }
}

/* Of no product in particular; SCREEN_IGNORED for the others. */
static unsigned act_on_all(struct app *app, struct products_state *s, enum action action) {
    switch (action) {
    case ACTION_PRODUCTS_NEW:
        return products_form(app, s, 0);
    case ACTION_PRODUCTS_RECEIVE:
        app_go(app, "receive", NULL);
        return SCREEN_REDRAW;
    case ACTION_PRODUCTS_COUNT:
        app_go(app, "count", NULL);
        return SCREEN_REDRAW;
    case ACTION_PRODUCTS_GROUP:
        popup_pick(app, _("Group"), find_groups, group_chosen, s);
        return SCREEN_REDRAW;
    case ACTION_PRODUCTS_EXPORT:
        products_export(app, s);
        return SCREEN_REDRAW;
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned act_from_card(struct app *app, void *ctx, enum action action) {
    struct products_state *s = ctx;
    unsigned done = act_on_all(app, s, action);
    return done != SCREEN_IGNORED ? done : act_on(app, s, action, s->acting_on);
}

unsigned products_act(struct app *app, void *state, enum action action) {
    struct products_state *s = state;
    const struct products_item *p = products_current(s);
    unsigned done = act_on_all(app, s, action);
    return done != SCREEN_IGNORED || p == NULL ? done : act_on(app, s, action, p->id);
}
