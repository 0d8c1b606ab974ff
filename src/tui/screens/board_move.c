/* Moving a deal: from stage to stage with what the stage requires, won, lost, to another month; and taking it back. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "tui/screens/board_deal.h"

/* --- taking the last move back */

struct move {
    struct board_state *s;
    int64_t deal_id, from_id;
};

static enum err_code unmove(struct app *app, void *ctx, struct err *e) {
    const struct move *m = ctx;
    enum err_code rc = deal_unmove(app_shop(app), m->deal_id, e);
    if (rc == ERR_OK) {
        board_follow(m->s, m->deal_id, m->from_id);
    }
    return rc;
}

static void remember(struct app *app, struct board_state *s) {
    struct move *m = mem_alloc(sizeof *m);
    char *what = mem_printf(_("the move of %s"), s->before.title);
    *m = (struct move){s, s->deal_id, s->before.stage.id};
    app_set_undo(app, what, unmove, m, free);
    board_guard_undo(app, s);
    free(what);
}

static const char *stage_name(const struct board_state *s, int64_t stage_id) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->columns[i].stage_id == stage_id) {
            return s->columns[i].title;
        }
    }
    return "";
}

static void has_moved(struct app *app, struct board_state *s) {
    remember(app, s);
    board_follow(s, s->deal_id, s->stage_id);
    app_status(app, _("%s: now %s (u takes it back)"), s->before.title, stage_name(s, s->stage_id));
    app_reload(app);
}

/* --- what a stage requires */

static enum err_code edit_and_move(struct shop *shop, void *ctx, struct err *e) {
    struct board_edit *edit = ctx;
    enum err_code rc = deal_edit(shop, edit->deal_id, &edit->deal, edit->fields, e);
    return rc == ERR_OK ? deal_move(shop, edit->deal_id, edit->stage_id, NULL, e) : rc;
}

/* A form was open for a while. */
static enum err_code check_not_moved(const struct board_state *s, struct err *e) {
    return s->before.stage.id == s->from_id
               ? ERR_OK
               : err_set(e, ERR_CONFLICT, _("Somebody moved %s to %s meanwhile; it stays there"), s->before.title,
                         s->before.stage.name);
}

static enum err_code required_given(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    struct board_edit edit = {.deal_id = s->deal_id, .stage_id = s->stage_id};
    enum err_code rc = check_not_moved(s, e);
    if (rc == ERR_OK) {
        rc = board_read_form(app_shop(app), form, s->missing, &edit, e);
    }
    if (rc == ERR_OK) {
        rc = shop_transact(app_shop(app), edit_and_move, &edit, e);
    }
    deal_clear(&edit.deal);
    if (rc == ERR_OK) {
        has_moved(app, s);
    }
    return rc;
}

static unsigned ask_required(struct app *app, struct board_state *s) {
    char *title = mem_printf(_("%s requires"), stage_name(s, s->stage_id));
    s->from_id = s->before.stage.id;
    board_ask_missing(app, s, title, required_given);
    free(title);
    return SCREEN_REDRAW;
}

static unsigned move_to(struct app *app, struct board_state *s) {
    struct err e = ERR_INIT;
    s->missing = 0;
    enum err_code rc = deal_move(app_shop(app), s->deal_id, s->stage_id, &s->missing, &e);
    if (rc == ERR_REFUSED && s->missing != 0) {
        return ask_required(app, s);
    }
    if (rc != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    has_moved(app, s);
    return SCREEN_RELOAD;
}

/* --- won */

enum { WON_NO_ORDER, WON_ORDER };

/* Sell knows the basket by its temporary number. */
static void open_order(struct app *app, struct board_state *s) {
    struct err e = ERR_INIT;
    struct order o = {0};
    int64_t order_id = 0;
    enum err_code rc = deal_open_order(app_shop(app), s->deal_id, &order_id, &e);
    if (rc == ERR_OK) {
        rc = order_get(app_shop(app), order_id, &o, &e);
    }
    if (rc != ERR_OK) {
        app_error(app, &e);
    } else {
        app_go(app, "sell", o.order_no);
        app_status(app, _("Won. The order is filled in from the deal; take the money, or park it"));
    }
    order_clear(&o);
}

static enum err_code won(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct board_state *s = ctx;
    int64_t value = 0;
    enum err_code rc = check_not_moved(s, e);
    if (rc == ERR_OK) {
        rc = form_money(form, "value", &value, e);
    }
    if (rc == ERR_OK) {
        rc = deal_win(app_shop(app), s->deal_id, 0, form_is_empty(form, "value") ? -1 : value, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    remember(app, s);
    if (!app_tell_news(app)) {
        app_status(app, _("Won: %s (u takes it back)"), s->before.title);
    }
    app_reload(app);
    if (form_choice(form, "order") == WON_ORDER) {
        open_order(app, s);
    }
    return ERR_OK;
}

static enum err_code fill_won(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct board_state *s = ctx;
    enum err_code rc = board_read(app, s, id, e);
    if (rc == ERR_OK) {
        form_set_money(form, "value", s->before.expected_value);
    }
    return rc;
}

unsigned board_ask_won(struct app *app, struct board_state *s) {
    static const char *const orders[] = {N_("none"), N_("open one from the deal"), NULL};
    static const struct form_field fields[] = {
        {"value", N_("Closed with"), FORM_MONEY, 18, true, NULL, N_("150k is 150.000")},
        {"order", N_("Order"), FORM_CHOICE, 0, false, orders, NULL},
    };
    char *title = mem_printf(_("Won: %s"), s->before.title);
    char *entity = mem_printf("deal %s", s->before.deal_no);
    s->from_id = s->before.stage.id;
    popup_edit(app, title, form_new(fields, 2, &s->currency),
               &(struct popup_record){.entity = entity, .id = s->deal_id, .fill = fill_won, .save = won}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

/* --- lost */

struct losing {
    struct app *app;
    struct board_state *s;
    const char *reason;
};

static enum err_code lose(struct shop *shop, void *ctx, struct err *e) {
    const struct losing *l = ctx;
    enum err_code rc = board_read(l->app, l->s, l->s->deal_id, e);
    rc = rc == ERR_OK ? check_not_moved(l->s, e) : rc;
    return rc == ERR_OK ? deal_lose(shop, l->s->deal_id, l->reason, e) : rc;
}

static void lost(struct app *app, struct board_state *s, const char *reason) {
    struct err e = ERR_INIT;
    if (shop_transact(app_shop(app), lose, &(struct losing){app, s, reason}, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        remember(app, s);
        app_status(app, _("Lost: %s · %s (u takes it back)"), s->before.title, reason);
    }
    app_reload(app);
}

struct reasons {
    struct pick_rows *rows;
    const char *query;
};

static enum err_code add_reason(void *ctx, int64_t id, const char *name, struct err *e) {
    struct reasons *r = ctx;
    (void)e;
    if (board_matches(name, r->query)) {
        pick_add(r->rows, name, "", name, id);
    }
    return ERR_OK;
}

static void find_reasons(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct reasons r = {rows, query};
    (void)ctx;
    reason_list(app_shop(app), add_reason, &r, NULL);
}

static void reason_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    lost(app, ctx, row->ref);
}

unsigned board_ask_lost(struct app *app, struct board_state *s) {
    char *title = mem_printf(_("Why was %s lost?"), s->before.title);
    s->from_id = s->before.stage.id;
    popup_pick(app, title, find_reasons, reason_chosen, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- H and L */

static unsigned to_column(struct app *app, struct board_state *s, const struct board_column *to) {
    s->stage_id = to->stage_id;
    switch (to->kind) {
    case STAGE_WON:
        return board_ask_won(app, s);
    case STAGE_LOST:
        return board_ask_lost(app, s);
    default:
        return move_to(app, s);
    }
}

static size_t column_of(const struct board_state *s, int64_t stage_id) {
    size_t i = 0;
    while (i < s->count && s->columns[i].stage_id != stage_id) {
        i++;
    }
    return i;
}

unsigned board_move(struct app *app, struct board_state *s, int step) {
    if (s->page == BOARD_FORECAST) {
        return board_forecast_move(app, s, step);
    }
    size_t from = column_of(s, s->before.stage.id);
    if (from >= s->count || (step < 0 && from == 0) || (step > 0 && from + 1 >= s->count)) {
        app_status(app, step < 0 ? _("There is no stage before this one") : _("There is no stage after this one"));
        return SCREEN_REDRAW;
    }
    return to_column(app, s, &s->columns[step < 0 ? from - 1 : from + 1]);
}
