/* Several baskets: this station's own, and the parked ones of all. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/draft.h"
#include "tui/screens/sell_state.h"
#include "tui/station.h"

struct basket *sell_by_uid(struct sell_state *s, unsigned uid) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->baskets[i].uid == uid) {
            return &s->baskets[i];
        }
    }
    return NULL;
}

static bool label_taken(const struct sell_state *s, const char *label) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->baskets[i].label != NULL && strcmp(s->baskets[i].label, label) == 0) {
            return true;
        }
    }
    return false;
}

static void give_label(struct sell_state *s, struct basket *b) {
    if (b->label != NULL && b->label[0] != '\0') {
        return;
    }
    for (int n = 1; b->label == NULL || b->label[0] == '\0'; n++) {
        char *label = mem_printf(_("Order %d"), n);
        if (label_taken(s, label)) {
            free(label);
        } else {
            free(b->label);
            b->label = label;
        }
    }
}

static struct basket *append(struct sell_state *s) {
    s->baskets = mem_grow(s->baskets, s->count, &s->cap, sizeof *s->baskets);
    struct basket *b = &s->baskets[s->count++];
    *b = (struct basket){.uid = ++s->next_uid};
    return b;
}

void sell_fresh(struct sell_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        if (!s->baskets[i].held && basket_is_empty(&s->baskets[i])) {
            s->current = i;
            sell_show(s);
            return;
        }
    }
    struct basket *b = append(s);
    give_label(s, b);
    b->seller = mem_strdup("");
    s->current = s->count - 1;
    sell_show(s);
}

void sell_forget(struct sell_state *s, size_t index) {
    basket_clear(&s->baskets[index]);
    memmove(s->baskets + index, s->baskets + index + 1, (s->count - index - 1) * sizeof *s->baskets);
    s->count--;
    if (s->current > index || s->current >= s->count) {
        s->current = s->current > 0 ? s->current - 1 : 0;
    }
}

struct found {
    int64_t id;
    char *station, *staff;
    bool mine;
};

struct drafts {
    struct shop *shop;
    struct found *items;
    size_t count, cap;
};

static enum err_code keep_draft(void *ctx, const struct draft_row *r, struct err *e) {
    struct drafts *d = ctx;
    (void)e;
    d->items = mem_grow(d->items, d->count, &d->cap, sizeof *d->items);
    d->items[d->count++] =
        (struct found){r->id, mem_strdup(r->station), mem_strdup(r->staff), draft_is_mine(d->shop, r)};
    return ERR_OK;
}

static void drafts_clear(struct drafts *d) {
    for (size_t i = 0; i < d->count; i++) {
        free(d->items[i].station);
        free(d->items[i].staff);
    }
    free(d->items);
}

static struct basket *by_draft(struct sell_state *s, int64_t id) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->baskets[i].draft_id == id) {
            return &s->baskets[i];
        }
    }
    return NULL;
}

/* A basket that died with its terminal comes to life here; one without anything in it goes. */
static enum err_code take_over(struct app *app, struct sell_state *s, int64_t id, struct basket **taken,
                               struct err *e) {
    struct basket b = {0};
    enum err_code rc = basket_load(app_shop(app), &b, id, e);
    if (rc == ERR_OK && basket_is_empty(&b)) {
        basket_clear(&b);
        return draft_drop(app_shop(app), id, e);
    }
    if (rc == ERR_OK) {
        rc = draft_take(app_shop(app), id, app_station(app), e);
    }
    if (rc == ERR_OK) {
        b.held = false;
        *taken = append(s);
        b.uid = (*taken)->uid;
        **taken = b;
        give_label(s, *taken);
    } else {
        basket_clear(&b);
    }
    return rc;
}

/* Whoever may hand them on hears once of those that others left. */
static void tell_left(struct app *app, struct sell_state *s, int left) {
    if (left > 0 && !s->told_left && shop_may(app_shop(app), PERMIT_ORDERS)) {
        app_status(app, _("%d baskets that others left unfinished wait for them: Orders, Drafts"), left);
    }
    s->told_left = true;
}

/* Of programs that have ended; also of one that was still ending when this one began. Those that somebody else typed
 * wait for them. */
static enum err_code recover(struct app *app, struct sell_state *s, const struct drafts *d, struct err *e) {
    size_t lines = 0;
    int count = 0;
    int left = 0;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < d->count && rc == ERR_OK; i++) {
        const struct found *f = &d->items[i];
        struct basket *taken = NULL;
        if (f->station[0] != '\0' && by_draft(s, f->id) == NULL && !station_is_alive(f->station)) {
            left += !f->mine;
            rc = f->mine ? take_over(app, s, f->id, &taken, e) : ERR_OK;
        }
        if (taken != NULL) {
            count++;
            lines += taken->count;
        }
    }
    if (count == 0) {
        tell_left(app, s, left);
        return rc;
    }
    app_status(app, _("Recovered what was being typed: %d baskets, %d lines"), count, (int)lines);
    if (basket_is_empty(sell_basket(s))) { /* the empty one in front is in the way then */
        size_t empty = s->current;
        s->current = s->count - 1;
        sell_forget(s, empty);
    }
    return rc;
}

static enum err_code sync_one(struct app *app, struct sell_state *s, int64_t id, const char *station, struct err *e) {
    struct basket *b = by_draft(s, id);
    if (b == NULL && station[0] == '\0') {
        b = append(s);
        enum err_code rc = basket_load(app_shop(app), b, id, e);
        if (rc != ERR_OK) {
            s->count--;
        } else {
            give_label(s, b);
        }
        return rc;
    }
    return b != NULL && b->held ? basket_load(app_shop(app), b, id, e) : ERR_OK;
}

static bool still_ours(const struct app *app, const struct drafts *d, const struct basket *b) {
    for (size_t i = 0; i < d->count; i++) {
        if (d->items[i].id == b->draft_id) {
            const char *station = d->items[i].station;
            return station[0] == '\0' || strcmp(station, app_station(app)) == 0;
        }
    }
    return b->draft_id == 0;
}

static void forget_others(struct app *app, struct sell_state *s, const struct drafts *d) {
    for (size_t i = s->count; i > 0; i--) {
        const struct basket *b = &s->baskets[i - 1];
        if (still_ours(app, d, b)) {
            continue;
        }
        if (i - 1 == s->current || !b->held) {
            app_status(app, _("%s is another counter's now"), b->label);
        }
        sell_forget(s, i - 1);
    }
}

enum err_code sell_sync(struct app *app, struct sell_state *s, struct err *e) {
    struct drafts d = {.shop = app_shop(app)};
    for (size_t i = 0; i < s->count; i++) {
        if (s->baskets[i].unsaved) {
            basket_save_typed(app_shop(app), &s->baskets[i], app_station(app), NULL); /* else the next time */
        }
    }
    enum err_code rc = draft_list(app_shop(app), keep_draft, &d, e);
    if (rc == ERR_OK) {
        forget_others(app, s, &d);
    }
    for (size_t i = 0; i < d.count && rc == ERR_OK; i++) {
        rc = sync_one(app, s, d.items[i].id, d.items[i].station, e);
    }
    if (s->count == 0) {
        sell_fresh(s);
    }
    if (rc == ERR_OK) {
        rc = recover(app, s, &d, e);
    }
    drafts_clear(&d);
    return rc;
}

static void come_to_front(struct sell_state *s, const struct basket *b) {
    s->current = (size_t)(b - s->baskets);
    sell_show(s);
}

enum { HAND_TAKE, HAND_PARK };

static void hand_chosen(struct app *app, void *ctx, int index) {
    struct sell_state *s = ctx;
    struct basket *taken = NULL;
    struct err e = ERR_INIT;
    enum err_code rc =
        index == HAND_PARK ? draft_hold(app_shop(app), s->handing, "", &e) : take_over(app, s, s->handing, &taken, &e);
    if (rc != ERR_OK) {
        app_error(app, &e);
    } else if (taken != NULL) {
        come_to_front(s, taken);
        app_status(app, _("%s is yours now"), taken->label);
    } else if (index == HAND_PARK) {
        app_status(app, _("Parked: whoever sells next finds it with Tab"));
    }
    app_reload(app);
}

/* Somebody else's, where people sign in: who may is asked what becomes of it. */
static void ask_hand(struct app *app, struct sell_state *s, const struct found *f) {
    char *title = mem_printf(station_is_alive(f->station) ? _("%s is typing this basket at another counter")
                                                          : _("%s left this basket when the program ended"),
                             f->staff);
    const char *const labels[] = {_("Take it over"), _("Park it, for whoever sells next")};
    s->handing = f->id;
    popup_choose(app, title, labels, 2, HAND_TAKE, hand_chosen, s);
    free(title);
}

void sell_front(struct app *app, struct sell_state *s, int64_t draft_id) {
    const struct basket *b = by_draft(s, draft_id);
    struct drafts d = {.shop = app_shop(app)};
    struct err e = ERR_INIT;
    if (b != NULL) {
        come_to_front(s, b);
        return;
    }
    enum err_code rc = draft_list(app_shop(app), keep_draft, &d, &e);
    for (size_t i = 0; i < d.count && rc == ERR_OK; i++) {
        if (d.items[i].id == draft_id && !d.items[i].mine) {
            ask_hand(app, s, &d.items[i]);
            goto out;
        }
    }
    if (rc == ERR_OK) {
        err_set(&e, ERR_REFUSED, _("that basket is being typed at another counter"));
    }
    app_error(app, &e);
out:
    drafts_clear(&d);
}

unsigned sell_hold(struct app *app, struct sell_state *s) {
    struct basket *b = sell_basket(s);
    struct err e = ERR_INIT;
    if (basket_is_empty(b)) {
        app_status(app, _("The basket is empty: nothing to park"));
        return SCREEN_REDRAW;
    }
    enum err_code rc = b->unsaved ? basket_save(app_shop(app), b, app_station(app), &e) : ERR_OK;
    if (rc == ERR_OK && !b->held) {
        rc = draft_hold(app_shop(app), b->draft_id, b->label, &e);
    }
    if (rc != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    b->held = true;
    s->times = 0;
    app_status(app, _("%s is parked; Tab brings it back, at any counter"), b->label);
    app_set_undo(app, "", NULL, NULL, NULL);
    sell_fresh(s);
    return SCREEN_RELOAD;
}

unsigned sell_switch(struct app *app, struct sell_state *s, int step) {
    if (s->count < 2) {
        app_status(app, _("There is one basket; F2 parks it and begins another"));
        return SCREEN_REDRAW;
    }
    size_t last = s->count - 1;
    s->current = step > 0 ? (s->current == last ? 0 : s->current + 1) : (s->current == 0 ? last : s->current - 1);
    s->times = 0;
    sell_show(s);
    return SCREEN_RELOAD;
}

static enum err_code empty(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    (void)arg;
    while (b->count > 0) {
        basket_remove(b, b->count - 1);
    }
    b->typed_discount = (struct discount){0};
    b->shipping_fee = 0;
    return basket_set_customer(shop, b, 0, e);
}

unsigned sell_empty(struct app *app, struct sell_state *s) {
    if (basket_is_empty(sell_basket(s))) {
        app_status(app, _("The basket is empty"));
    } else if (sell_edit(app, s, _("the basket emptied"), empty, NULL)) {
        app_status(app, _("The basket is emptied (Alt-u brings it back)"));
    }
    return SCREEN_REDRAW;
}
