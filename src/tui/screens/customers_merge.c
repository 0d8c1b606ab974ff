/* Two that are one: possible duplicates, the plan before a merge, and taking it back. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/popup.h"
#include "tui/screens/customers.h"

enum { PAIRS_MAX = 500 };

static enum err_code unmerge(struct app *app, void *ctx, struct err *e) {
    return customer_unmerge(app_shop(app), *(const int64_t *)ctx, e);
}

static void merge(struct app *app, void *ctx) {
    struct customers_state *s = ctx;
    struct err e = ERR_INIT;
    int64_t *id = mem_alloc(sizeof *id);
    if (customer_merge(app_shop(app), s->keep, s->merge, id, &e) != ERR_OK) {
        free(id);
        app_error(app, &e);
        return;
    }
    list_unmark_all(&s->b.list);
    app_set_undo(app, _("the merge"), unmerge, id, free);
    app_status(app, _("Merged; u takes it back"));
    app_reload(app);
}

unsigned customers_ask_merge(struct app *app, struct customers_state *s) {
    struct err e = ERR_INIT;
    char *plan = NULL;
    if (customer_merge_plan(app_shop(app), s->keep, s->merge, &plan, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    size_t n = strlen(plan);
    if (n > 0 && plan[n - 1] == '\n') {
        plan[n - 1] = '\0';
    }
    popup_ask(app, plan, _("Merge"), merge, s);
    free(plan);
    return SCREEN_REDRAW;
}

unsigned customers_merge_marked(struct app *app, struct customers_state *s) {
    const struct customers_item *c = customers_current(s);
    if (c == NULL) {
        return SCREEN_IGNORED;
    }
    if (s->b.list.mark_count != 1) {
        struct err e = ERR_INIT;
        err_set(&e, ERR_INVALID, _("Mark the one to be merged with Space, then press m on the one that stays"));
        return app_error(app, &e);
    }
    s->keep = c->id;
    s->merge = s->b.list.marks[0];
    return customers_ask_merge(app, s);
}

/* --- possible duplicates */

void customers_pairs_clear(struct customers_state *s) {
    for (size_t i = 0; i < s->pair_count; i++) {
        free(s->pairs[i].a);
        free(s->pairs[i].b);
        free(s->pairs[i].text);
        free(s->pairs[i].why);
    }
    s->pair_count = 0;
}

static const char *why_label(const char *why) {
    return strcmp(why, "phone") == 0 ? _("same phone") : strcmp(why, "email") == 0 ? _("same email") : _("same name");
}

static enum err_code keep_pair(void *ctx, const char *code_a, const char *code_b, const char *why, struct err *e) {
    struct customers_state *s = ctx;
    (void)e;
    if (s->pair_count < PAIRS_MAX) {
        s->pairs = mem_grow(s->pairs, s->pair_count, &s->pair_cap, sizeof *s->pairs);
        s->pairs[s->pair_count++] = (struct customers_pair){
            .a = mem_strdup(code_a), .b = mem_strdup(code_b), .why = mem_strdup(why_label(why))};
    }
    return ERR_OK;
}

static enum err_code name_of(struct shop *shop, const char *code, char **name, struct err *e) {
    struct customer c = {0};
    int64_t id = 0;
    enum err_code rc = customer_find(shop, code, &id, e);
    if (rc == ERR_OK) {
        rc = customer_get(shop, id, &c, e);
    }
    *name = mem_strdup(rc == ERR_OK ? c.name : "");
    customer_clear(&c);
    return rc;
}

static enum err_code name_pairs(struct shop *shop, struct customers_state *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < s->pair_count && rc == ERR_OK; i++) {
        struct customers_pair *p = &s->pairs[i];
        char *a = NULL;
        char *b = NULL;
        rc = name_of(shop, p->a, &a, e);
        if (rc == ERR_OK) {
            rc = name_of(shop, p->b, &b, e);
        }
        p->text = mem_printf("%s %s = %s %s", p->a, a, p->b, b == NULL ? "" : b);
        free(a);
        free(b);
    }
    return rc;
}

static void find_pairs(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct customers_state *s = ctx;
    (void)app;
    for (size_t i = 0; i < s->pair_count && rows->count < POPUP_PICK_ROWS; i++) {
        if (text_contains_folded(s->pairs[i].text, query)) {
            pick_add(rows, s->pairs[i].text, s->pairs[i].why, NULL, (int64_t)i);
        }
    }
}

static void pair_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct customers_state *s = ctx;
    const struct customers_pair *p = &s->pairs[row->id];
    struct err e = ERR_INIT;
    if (customer_find(app_shop(app), p->a, &s->keep, &e) != ERR_OK ||
        customer_find(app_shop(app), p->b, &s->merge, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    customers_ask_merge(app, s);
}

unsigned customers_duplicates(struct app *app, struct customers_state *s) {
    struct err e = ERR_INIT;
    customers_pairs_clear(s);
    if (customer_duplicates(app_shop(app), keep_pair, s, &e) != ERR_OK || name_pairs(app_shop(app), s, &e) != ERR_OK) {
        customers_pairs_clear(s);
        return app_error(app, &e);
    }
    if (s->pair_count == 0) {
        app_status(app, _("Nobody is here twice, as far as phones, emails and names tell"));
        return SCREEN_REDRAW;
    }
    popup_pick(app, _("Possible duplicates"), find_pairs, pair_chosen, s);
    return SCREEN_REDRAW;
}
