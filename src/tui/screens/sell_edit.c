/* What Enter and scans do to the current basket. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/qty.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "tui/screens/sell_command.h"
#include "tui/screens/sell_state.h"

struct snapshot {
    struct sell_state *state;
    struct basket before;
};

static void snapshot_free(void *ctx) {
    struct snapshot *snap = ctx;
    basket_clear(&snap->before);
    free(snap);
}

/* The draft stays the same one; only what is in it goes back. */
static enum err_code undo_edit(struct app *app, void *ctx, struct err *e) {
    struct snapshot *snap = ctx;
    struct basket *b = sell_by_uid(snap->state, snap->before.uid);
    if (b == NULL) {
        return err_set(e, ERR_REFUSED, _("that basket is closed"));
    }
    snap->before.draft_id = b->draft_id;
    enum err_code rc = basket_figure(app_shop(app), &snap->before, e);
    if (rc == ERR_OK) {
        rc = basket_save(app_shop(app), &snap->before, app_station(app), e);
    }
    if (rc == ERR_OK) {
        struct basket now = *b;
        *b = snap->before;
        snap->before = now;
        sell_show(snap->state);
    }
    return rc;
}

/* With the policy block, what the shop does not have does not get into the basket. */
static enum err_code check_stock(struct shop *shop, const struct basket *b, const struct basket *before,
                                 struct err *e) {
    char text[QTY_TEXT_MAX];
    if (setting_stock_policy(shop) != STOCK_BLOCK) {
        return ERR_OK;
    }
    for (size_t i = 0; i < b->count; i++) {
        const struct basket_line *l = &b->lines[i];
        bool grew = i >= before->count || before->lines[i].qty < l->qty;
        if (l->left < 0 && grew) {
            return err_set(e, ERR_REFUSED,
                           _("%s: only %s on hand, and the shop does not sell more than it has (setting stock_policy)"),
                           l->name, qty_format(l->on_hand, text));
        }
    }
    return ERR_OK;
}

static enum err_code commit_edit(struct app *app, struct basket *b, const struct basket *before, struct err *e) {
    enum err_code rc = basket_figure(app_shop(app), b, e);
    if (rc == ERR_OK) {
        rc = check_stock(app_shop(app), b, before, e);
    }
    return rc == ERR_OK ? basket_save_typed(app_shop(app), b, app_station(app), e) : rc;
}

enum err_code sell_try(struct app *app, struct sell_state *s, const char *what, sell_edit_fn *fn, const void *arg,
                       struct err *e) {
    struct basket *b = sell_basket(s);
    struct snapshot *snap = mem_zalloc(sizeof *snap);
    snap->state = s;
    basket_copy(&snap->before, b);
    enum err_code rc = fn(app_shop(app), b, arg, e);
    if (rc == ERR_OK) {
        rc = commit_edit(app, b, &snap->before, e);
    }
    if (rc != ERR_OK) {
        struct basket refused = *b;
        *b = snap->before;
        snap->before = refused;
        snapshot_free(snap);
        app_reload(app); /* another counter may have it now */
    } else {
        app_set_undo(app, what, undo_edit, snap, snapshot_free);
        s->last.shown = s->last.shown && b->count == 0;
    }
    sell_show(s);
    return rc;
}

bool sell_edit(struct app *app, struct sell_state *s, const char *what, sell_edit_fn *fn, const void *arg) {
    struct err e = ERR_INIT;
    enum err_code rc = sell_try(app, s, what, fn, arg, &e);
    if (rc != ERR_OK) {
        app_error(app, &e);
    }
    return rc == ERR_OK;
}

struct add_arg {
    int64_t product_id, qty;
    const char *unit;
};

static enum err_code add(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    const struct add_arg *a = arg;
    return basket_add(shop, b, a->product_id, a->unit, a->qty, e);
}

/* What the marks beside the touched line mean. */
static void say_line(struct app *app, const struct sell_state *s) {
    const struct basket *b = sell_basket(s);
    const struct basket_line *l = &b->lines[b->mark];
    char qty[QTY_TEXT_MAX];
    char left[QTY_TEXT_MAX];
    const char *warning = l->below_cost ? _(" · ↓ below cost") : "";
    if (l->below_stock) {
        app_status(app, _("%s × %s · ! only %s on hand%s"), qty_format(l->qty, qty), l->name,
                   qty_format(l->on_hand, left), warning);
    } else {
        app_status(app, "%s × %s%s", qty_format(l->qty, qty), l->name, warning);
    }
}

bool sell_add(struct app *app, struct sell_state *s, int64_t product_id, const char *unit, int64_t qty) {
    struct add_arg arg = {product_id, qty != 0 ? qty : s->times != 0 ? s->times : QTY_ONE, unit};
    bool done = sell_edit(app, s, _("the line added"), add, &arg);
    if (done) {
        s->times = 0;
        say_line(app, s);
    }
    return done;
}

static enum err_code remove_line(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    (void)shop;
    (void)arg;
    (void)e;
    basket_remove(b, b->mark);
    return ERR_OK;
}

unsigned sell_remove_line(struct app *app, struct sell_state *s) {
    const struct basket *b = sell_basket(s);
    if (b->count == 0) {
        app_status(app, _("The basket is empty"));
        return SCREEN_REDRAW;
    }
    char *name = mem_strdup(b->lines[b->mark].name);
    if (sell_edit(app, s, _("the line removed"), remove_line, NULL)) {
        app_status(app, _("Removed: %s (Alt-u brings it back)"), name);
    }
    free(name);
    return SCREEN_REDRAW;
}

static enum err_code set_customer(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    return basket_set_customer(shop, b, *(const int64_t *)arg, e);
}

bool sell_set_customer(struct app *app, struct sell_state *s, int64_t customer_id) {
    bool done = sell_edit(app, s, _("the customer"), set_customer, &customer_id);
    if (done && customer_id == 0) {
        app_status(app, _("Walk-in customer"));
    } else if (done) {
        const struct basket *b = sell_basket(s);
        app_status(app, "%s · %s", b->customer, b->customer_more);
    }
    return done;
}

/* A command about the marked line or the basket. */
static enum err_code command(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    const struct sell_command *c = arg;
    (void)shop;
    if (c->kind == SELL_BASKET_DISCOUNT) {
        b->typed_discount = c->discount;
        return ERR_OK;
    }
    struct basket_line *l = &b->lines[b->mark];
    char text[QTY_TEXT_MAX];
    switch (c->kind) {
    case SELL_ADD_QTY:
        if (__builtin_add_overflow(l->qty, c->qty, &l->qty)) {
            return err_set_field(e, ERR_INVALID, "qty", _("the quantity is too large"));
        }
        if (l->qty < 0) {
            return err_set_field(e, ERR_INVALID, "qty", _("there are only %s of it in the basket"),
                                 qty_format(l->qty - c->qty, text));
        }
        if (l->qty == 0) {
            basket_remove(b, b->mark);
        }
        break;
    case SELL_PRICE:
        l->has_price = c->has_price;
        l->typed_price = c->price;
        break;
    default:
        l->typed_discount = c->discount;
    }
    return ERR_OK;
}

static bool run_command(struct app *app, struct sell_state *s, const struct sell_command *c) {
    const struct basket *b = sell_basket(s);
    if (b->count == 0) {
        struct err e = ERR_INIT;
        err_set(&e, ERR_REFUSED, _("scan something first: this changes the marked line"));
        app_error(app, &e);
        return false;
    }
    size_t before = b->count;
    const char *what = c->kind == SELL_ADD_QTY ? _("the quantity")
                       : c->kind == SELL_PRICE ? _("the price")
                                               : _("the discount");
    bool done = sell_edit(app, s, what, command, c);
    if (done && b->count == before) {
        say_line(app, s);
    } else if (done) {
        app_status(app, _("The line is gone (Alt-u brings it back)"));
    }
    return done;
}

/* ERR_NOT_FOUND also for a name that several bear: the suggestions choose among them. */
static enum err_code find_exact(struct shop *shop, const char *code, int64_t *id, char **unit, struct err *e) {
    enum err_code rc = product_find(shop, code, id, unit, e);
    return rc == ERR_CONFLICT ? ERR_NOT_FOUND : rc;
}

static bool take_phone(struct app *app, struct sell_state *s, const char *text, bool offer, bool *taken) {
    char phone[PHONE_SIZE];
    int64_t id = 0;
    struct err e = ERR_INIT;
    *taken = false;
    if (!phone_looks_like(text)) {
        return false;
    }
    enum phone_kind kind = phone_normalise(text, phone);
    enum err_code rc = customer_find_phone(app_shop(app), phone, &id, &e);
    if (rc == ERR_OK) {
        *taken = true;
        return sell_set_customer(app, s, id);
    }
    if (rc != ERR_NOT_FOUND) {
        app_error(app, &e);
        *taken = true;
    } else if (offer && (kind == PHONE_MOBILE || kind == PHONE_LANDLINE)) {
        *taken = true;
        sell_new_customer(app, s, phone);
        return true;
    }
    return false;
}

static bool unknown(struct app *app, const char *code, bool scanned) {
    char clip[ERR_CLIP_SIZE];
    struct err e = ERR_INIT;
    if (scanned) {
        err_set(&e, ERR_NOT_FOUND, _("nothing on sale has the code %s; Alt-7 and n add it, F3 searches"),
                err_clip(code, clip));
    } else {
        err_set(&e, ERR_NOT_FOUND, _("nothing is called “%s”; type part of a name, a code or a phone"),
                err_clip(code, clip));
    }
    app_error(app, &e);
    return false;
}

/* Something that was scanned: goods, a customer's phone, or the number on a receipt. */
static bool take_other(struct app *app, struct sell_state *s, const char *code) {
    int64_t order = 0;
    bool taken = false;
    bool done = take_phone(app, s, code, false, &taken);
    if (taken) {
        return done;
    }
    if (order_find(app_shop(app), code, &order, NULL) == ERR_OK) {
        sell_return_of(app, s, order);
        return true;
    }
    return unknown(app, code, true);
}

static bool take_code(struct app *app, struct sell_state *s, const struct sell_command *c, bool scanned) {
    int64_t id = 0;
    char *unit = NULL;
    bool done = false;
    bool taken = false;
    struct err e = ERR_INIT;
    if (s->chose && s->chosen < s->found_count && !scanned) {
        return sell_add(app, s, s->found[s->chosen].id, "", c->qty);
    }
    enum err_code rc = find_exact(app_shop(app), c->code, &id, &unit, &e);
    if (rc == ERR_OK) {
        done = sell_add(app, s, id, unit == NULL ? "" : unit, c->qty);
    } else if (rc != ERR_NOT_FOUND) {
        app_error(app, &e);
    } else if (scanned) {
        done = take_other(app, s, c->code);
    } else {
        done = take_phone(app, s, c->code, true, &taken);
        if (!taken && s->found_count > 0) {
            done = sell_add(app, s, s->found[s->chosen].id, "", c->qty);
        } else if (!taken) {
            done = unknown(app, c->code, false);
        }
    }
    free(unit);
    return done;
}

/* true: the text has done its work and goes. */
static bool take_text(struct app *app, struct sell_state *s, const char *text, bool scanned) {
    struct err e = ERR_INIT;
    struct sell_command c;
    if (sell_command_read(text, &s->currency, &c, &e) != ERR_OK) {
        app_error(app, &e);
        return false;
    }
    switch (c.kind) {
    case SELL_EMPTY:
        return true;
    case SELL_CODE:
        return take_code(app, s, &c, scanned);
    case SELL_TIMES:
        s->times = c.qty;
        return true;
    default:
        return run_command(app, s, &c);
    }
}

/* People who type fast, or paste, look like scanners; barcodes have neither blanks nor small letters. */
static bool is_barcode(const char *scan) {
    for (const char *p = scan; *p != '\0'; p++) {
        if (*p <= ' ' || (unsigned char)*p > '~' || (*p >= 'a' && *p <= 'z')) {
            return false;
        }
    }
    return *scan != '\0' && strpbrk(scan, "*@=%") == NULL && *scan != '+' && *scan != '-';
}

/* What stood in the field before the burst stays there, unless it is the quantity of what was scanned. */
static unsigned take_scan(struct app *app, struct sell_state *s, const char *scan) {
    const char *text = field_text(&s->field);
    size_t n = strlen(text);
    size_t k = strlen(scan);
    bool in_field = n >= k && strcmp(text + n - k, scan) == 0;
    char *before = mem_strndup(text, in_field ? n - k : n);
    struct sell_command c;
    bool times = in_field && sell_command_read(before, &s->currency, &c, NULL) == ERR_OK && c.kind == SELL_TIMES;
    if (times) {
        s->times = c.qty;
    }
    field_set(&s->field, times ? "" : before);
    take_text(app, s, scan, true);
    free(before);
    sell_search(app, s);
    return SCREEN_REDRAW;
}

unsigned sell_enter(struct app *app, struct sell_state *s, const struct key *key) {
    if (is_barcode(key->scan)) {
        return take_scan(app, s, key->scan);
    }
    if (key->kind != K_ENTER) {
        return SCREEN_IGNORED;
    }
    if (take_text(app, s, field_text(&s->field), false)) {
        field_set(&s->field, "");
        sell_search(app, s);
    }
    return SCREEN_REDRAW;
}
