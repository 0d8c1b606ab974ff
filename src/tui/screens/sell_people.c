/* Who buys, and goods from a list: the pickers. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/qty.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "tui/screens/sell_state.h"

struct rows_ctx {
    struct pick_rows *rows;
    const struct currency *currency;
};

static enum err_code add_goods(void *ctx, const struct product *p, struct err *e) {
    struct rows_ctx *r = ctx;
    char price[MONEY_TEXT_MAX];
    char stock[QTY_TEXT_MAX];
    struct buf detail = BUF_INIT;
    (void)e;
    buf_addf(&detail, "%s  %s  ", p->sku, money_format(p->price, r->currency, false, price));
    buf_addf(&detail, _("stock %s"), qty_format(p->on_hand, stock));
    pick_add(r->rows, p->name, buf_str(&detail), p->sku, p->id);
    buf_clear(&detail);
    return ERR_OK;
}

static void find_goods(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct sell_state *s = ctx;
    struct rows_ctx r = {rows, &s->currency};
    struct product_filter f = {
        .text = query, .bare = true, .limit = POPUP_PICK_ROWS, .sort = *query == '\0' ? "name" : NULL};
    struct err e = ERR_INIT;
    if (product_list(app_shop(app), &f, add_goods, &r, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static void goods_picked(struct app *app, void *ctx, const struct pick_row *row) {
    sell_add(app, ctx, row->id, "", 0);
}

unsigned sell_pick_goods(struct app *app, struct sell_state *s) {
    popup_pick(app, _("Goods"), find_goods, goods_picked, s);
    return SCREEN_REDRAW;
}

enum { ROW_WALK_IN = -1, ROW_NEW = -2 };

static enum err_code add_customer(void *ctx, const struct customer *c, const struct customer_figures *f,
                                  struct err *e) {
    struct rows_ctx *r = ctx;
    char phone[PHONE_SIZE];
    char owed[MONEY_TEXT_MAX];
    struct buf detail = BUF_INIT;
    char *first = mem_strndup(c->phones, strcspn(c->phones, ";"));
    (void)e;
    buf_addf(&detail, "%s  %s", phone_format(first, phone), customer_segment_label(c->segment));
    if (f->due > 0) {
        buf_add(&detail, "  ");
        buf_addf(&detail, _("owes %s"), money_format_short(f->due, r->currency, owed));
    }
    pick_add(r->rows, c->name, buf_str(&detail), c->code, c->id);
    free(first);
    buf_clear(&detail);
    return ERR_OK;
}

static void find_customers(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct sell_state *s = ctx;
    struct rows_ctx r = {rows, &s->currency};
    struct customer_filter f = {.text = query, .limit = POPUP_PICK_ROWS - 2};
    struct err e = ERR_INIT;
    if (*query == '\0' && sell_basket(s)->customer_id != 0) {
        pick_add(rows, _("Walk-in: nobody's name on the order"), "", "", ROW_WALK_IN);
    }
    if (customer_list(app_shop(app), &f, add_customer, &r, &e) != ERR_OK) {
        app_error(app, &e);
    }
    struct buf label = BUF_INIT;
    buf_addf(&label, *query == '\0' ? _("New customer…") : _("New customer: %s"), query);
    pick_add(rows, buf_str(&label), "", query, ROW_NEW);
    buf_clear(&label);
}

static void customer_picked(struct app *app, void *ctx, const struct pick_row *row) {
    if (row->id == ROW_NEW) {
        sell_new_customer(app, ctx, row->ref);
    } else {
        sell_set_customer(app, ctx, row->id == ROW_WALK_IN ? 0 : row->id);
    }
}

unsigned sell_pick_customer(struct app *app, struct sell_state *s) {
    popup_pick(app, _("Customer"), find_customers, customer_picked, s);
    return SCREEN_REDRAW;
}

static const struct form_field customer_fields[] = {
    {"phone", N_("Phone"), FORM_TEXT, 20, false, NULL, NULL},
    {"name", N_("Name"), FORM_TEXT, 34, false, NULL, NULL},
    {"address", N_("Address"), FORM_TEXT, 34, false, NULL, NULL},
};

/* A name is optional: then the phone stands for it. */
static enum err_code customer_made(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const char *phone = form_text(form, "phone");
    const char *name = form_text(form, "name");
    char shown[PHONE_SIZE];
    char kept[PHONE_SIZE];
    int64_t id = 0;
    if (*phone == '\0' && *name == '\0') {
        return err_set_field(e, ERR_INVALID, "name", _("a phone or a name is needed"));
    }
    phone_normalise(phone, kept);
    struct customer c = {.name = (char *)(*name != '\0' ? name : phone_format(kept, shown)),
                         .phones = (char *)phone,
                         .address = (char *)form_text(form, "address")};
    unsigned fields = CUSTOMER_NAME | (*phone != '\0' ? (unsigned)CUSTOMER_PHONES : 0U) |
                      (*c.address != '\0' ? (unsigned)CUSTOMER_ADDRESS : 0U);
    enum err_code rc = customer_add(app_shop(app), &c, fields, &id, e);
    if (rc == ERR_OK) {
        sell_set_customer(app, ctx, id);
    }
    return rc;
}

unsigned sell_new_customer(struct app *app, struct sell_state *s, const char *typed) {
    struct form *form = form_new(customer_fields, sizeof customer_fields / sizeof *customer_fields, &s->currency);
    bool phone = typed[strspn(typed, "0123456789+. -")] == '\0';
    form_set_text(form, phone ? "phone" : "name", typed);
    form_focus(form, phone && *typed != '\0' ? "name" : "phone");
    popup_form(app, _("New customer"), form, customer_made, s);
    return SCREEN_REDRAW;
}
