/* Leads that came twice: noticed when one is made, shown on the page, merged after a look at what that does. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/deal_merge.h"
#include "tui/screens/board_deal.h"

static const char *why_label(const char *why) {
    return strcmp(why, "phone") == 0 ? _("same phone") : strcmp(why, "email") == 0 ? _("same email") : _("same name");
}

/* --- on the page */

static enum err_code add_line(void *ctx, const struct deal_twin *t, struct err *e) {
    struct card *card = ctx;
    char *left = mem_printf("= %s %s", t->no, t->name);
    (void)e;
    card_row(card, STYLE_WARN, left, why_label(t->why));
    free(left);
    return ERR_OK;
}

enum err_code board_add_twins(struct app *app, const struct deal *d, struct card *card, struct err *e) {
    struct card found = {0};
    enum err_code rc = d->stage.kind == STAGE_OPEN ? deal_twins(app_shop(app), d->id, add_line, &found, e) : ERR_OK;
    if (rc == ERR_OK && found.count > 0) {
        card_rule(card, _("Looks like (d merges)"));
        for (size_t i = 0; i < found.count; i++) {
            card_row(card, found.lines[i].style, found.lines[i].left, found.lines[i].right);
        }
    }
    card_clear(&found);
    return rc;
}

/* --- merging */

static enum err_code unmerge(struct app *app, void *ctx, struct err *e) {
    return deal_unmerge(app_shop(app), *(const int64_t *)ctx, e);
}

static void merge(struct app *app, void *ctx) {
    struct board_state *s = ctx;
    struct err e = ERR_INIT;
    int64_t *id = mem_alloc(sizeof *id);
    if (deal_merge(app_shop(app), s->keep_id, s->merge_id, id, &e) != ERR_OK) {
        free(id);
        app_error(app, &e);
        return;
    }
    app_set_undo(app, _("the merge"), unmerge, id, free);
    app_status(app, _("Merged; u takes it back"));
    if (s->page == BOARD_DEAL && s->page_id == s->merge_id) {
        s->page_id = s->keep_id;
    }
    s->go_to = s->keep_id;
    s->moved = false;
    app_reload(app);
}

static void ask_merge(struct app *app, struct board_state *s, int64_t keep, int64_t gone) {
    struct err e = ERR_INIT;
    char *plan = NULL;
    s->keep_id = keep;
    s->merge_id = gone;
    if (deal_merge_plan(app_shop(app), keep, gone, &plan, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    size_t n = strlen(plan);
    if (n > 0 && plan[n - 1] == '\n') {
        plan[n - 1] = '\0';
    }
    popup_ask(app, plan, _("Merge"), merge, s);
    free(plan);
}

static void link_customer(struct app *app, struct board_state *s, const char *code) {
    struct err e = ERR_INIT;
    char *copy = mem_strdup(code);
    struct deal d = {.customer = copy};
    if (deal_edit(app_shop(app), s->deal_id, &d, DEAL_CUSTOMER, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("The deal is customer %s's now"), code);
        app_reload(app);
    }
    free(copy);
}

/* --- those of one deal */

struct twins {
    struct pick_rows *rows;
    const char *query;
};

static enum err_code add_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    const struct twins *w = ctx;
    char *text = mem_printf("%s %s", t->no, t->name);
    (void)e;
    if (board_matches(text, w->query)) {
        pick_add(w->rows, text, why_label(t->why), t->no, t->deal_id);
    }
    free(text);
    return ERR_OK;
}

static void find_twins(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct board_state *s = ctx;
    struct twins w = {rows, query};
    deal_twins(app_shop(app), s->deal_id, add_twin, &w, NULL);
}

static void twin_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    if (row->id == 0) {
        link_customer(app, s, row->ref);
    } else {
        ask_merge(app, s, s->deal_id, row->id);
    }
}

static enum err_code count_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    (void)t;
    (void)e;
    ++*(int *)ctx;
    return ERR_OK;
}

unsigned board_duplicates(struct app *app, struct board_state *s) {
    struct err e = ERR_INIT;
    int count = 0;
    if (deal_twins(app_shop(app), s->deal_id, count_twin, &count, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    if (count == 0) {
        app_status(app, _("Nothing looks like %s; D shows all that came twice"), s->before.title);
        return SCREEN_REDRAW;
    }
    char *title = mem_printf(_("%s looks like: Enter merges it into this one"), s->before.title);
    popup_pick(app, title, find_twins, twin_chosen, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- all of them */

static enum err_code add_pair(void *ctx, const char *no, const char *twin, const char *why, struct err *e) {
    const struct twins *w = ctx;
    char *text = mem_printf("%s = %s", no, twin);
    (void)e;
    if (w->rows->count < POPUP_PICK_ROWS && board_matches(text, w->query)) {
        pick_add(w->rows, text, why_label(why), text, 0);
    }
    free(text);
    return ERR_OK;
}

static void find_pairs(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct twins w = {rows, query};
    (void)ctx;
    deal_duplicates(app_shop(app), add_pair, &w, NULL);
}

static void pair_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    struct err e = ERR_INIT;
    int64_t keep = 0;
    int64_t gone = 0;
    char *no = mem_strndup(row->ref, strcspn(row->ref, " "));
    const char *twin = strstr(row->ref, "= ") + 2;
    if (deal_find(app_shop(app), no, &keep, &e) != ERR_OK || deal_find(app_shop(app), twin, &gone, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        ask_merge(app, s, keep, gone);
    }
    free(no);
}

unsigned board_all_duplicates(struct app *app, struct board_state *s) {
    popup_pick(app, _("Deals that came twice"), find_pairs, pair_chosen, s);
    return SCREEN_REDRAW;
}

/* --- a new one that looks like another: what to do about it */

struct first {
    bool found;
    int64_t deal_id;
    char *no, *text;
};

static enum err_code keep_first(void *ctx, const struct deal_twin *t, struct err *e) {
    struct first *f = ctx;
    (void)e;
    if (!f->found) {
        *f = (struct first){true, t->deal_id, mem_strdup(t->no),
                            mem_printf(_("It looks like %s %s: %s"), t->no, t->name, why_label(t->why))};
    }
    return ERR_OK;
}

enum { TWIN_BOTH, TWIN_MERGE, TWIN_LOOK, TWIN_CHOICES };

static void settle_twin(struct app *app, void *ctx, int index) {
    struct board_state *s = ctx;
    if (index == TWIN_MERGE && s->keep_id == 0) {
        link_customer(app, s, s->twin_no);
    } else if (index == TWIN_MERGE) {
        ask_merge(app, s, s->keep_id, s->deal_id);
    } else if (index == TWIN_LOOK && s->keep_id == 0) {
        app_go(app, "customers", s->twin_no);
    } else if (index == TWIN_LOOK) {
        board_deal_open(s, s->keep_id);
        app_reload(app);
    }
}

void board_notice_twins(struct app *app, struct board_state *s, int64_t deal_id) {
    struct first f = {0};
    if (deal_twins(app_shop(app), deal_id, keep_first, &f, NULL) == ERR_OK && f.found) {
        const char *labels[TWIN_CHOICES] = {
            [TWIN_BOTH] = _("Keep both"),
            [TWIN_MERGE] = f.deal_id == 0 ? _("It is this customer's") : _("Merge the new one into it"),
            [TWIN_LOOK] = _("Look at it"),
        };
        s->deal_id = deal_id;
        s->keep_id = f.deal_id;
        free(s->twin_no);
        s->twin_no = mem_strdup(f.no);
        popup_choose(app, f.text, labels, TWIN_CHOICES, TWIN_BOTH, settle_twin, s);
    }
    free(f.no);
    free(f.text);
}
