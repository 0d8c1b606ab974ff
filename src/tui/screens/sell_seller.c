/* F5: the channel, the rep, or several reps who share the order: "An 70 + Bình 30". */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "chotdon/channel.h"
#include "chotdon/staff.h"
#include "tui/screens/sell_state.h"

enum { SHARERS_MAX = 8, WHOLE_BPS = 10000 };

struct person {
    int64_t id;
    char *code, *name;
};
struct people {
    struct person *items;
    size_t count, cap;
};

/* What was typed between two plus signs: a person, and a share where one was said. */
struct part {
    char *name;
    int64_t share_bps; /* 0: none */
};
struct sharing {
    struct part parts[SHARERS_MAX];
    size_t count;
};

struct rows_ctx {
    struct pick_rows *rows;
    const char *query;
};

enum { ROW_SHARED = -1, ROW_NOBODY = 0, ROW_CHANNEL = 1, ROW_REP = 2 };

static enum err_code keep_person(void *ctx, const struct staff *s, struct err *e) {
    struct people *p = ctx;
    (void)e;
    p->items = mem_grow(p->items, p->count, &p->cap, sizeof *p->items);
    p->items[p->count++] = (struct person){s->id, mem_strdup(s->code), mem_strdup(s->name)};
    return ERR_OK;
}

static void people_clear(struct people *p) {
    for (size_t i = 0; i < p->count; i++) {
        free(p->items[i].code);
        free(p->items[i].name);
    }
    free(p->items);
}

static bool person_matches(const struct person *p, const char *typed) {
    return text_contains_folded(p->name, typed) || text_contains_folded(p->code, typed);
}

static const char *given_name(const struct person *p) {
    const char *blank = strrchr(p->name, ' ');
    return blank == NULL ? p->name : blank + 1;
}

/* Who is meant: the code or a name of theirs, else the first that has it in the name. */
static const struct person *person_meant(const struct people *people, const char *typed) {
    const struct person *found = NULL;
    for (size_t i = 0; i < people->count && typed[0] != '\0'; i++) {
        const struct person *p = &people->items[i];
        if (text_equal_folded(p->code, typed) || text_equal_folded(p->name, typed)) {
            return p;
        }
        bool better = found == NULL || !text_equal_folded(given_name(found), typed);
        if (text_equal_folded(given_name(p), typed) ? better : found == NULL && person_matches(p, typed)) {
            found = p;
        }
    }
    return found;
}

/* "an 70", "AN:70%", "an": the share is the number behind the name. */
static struct part read_part(const char *text, size_t n) {
    struct part part = {0};
    char *copy = mem_strndup(text, n);
    size_t end = strlen(copy);
    while (end > 0 && strchr(" %0123456789.,", copy[end - 1]) != NULL) {
        end--;
    }
    size_t number = end + strspn(copy + end, " ");
    bool apart = end > 0 && (copy[end - 1] == ':' || copy[end] == ' ');
    if (apart && copy[number] != '\0' && rate_parse(copy + number, WHOLE_BPS, &part.share_bps, NULL) == ERR_OK) {
        copy[copy[end - 1] == ':' ? end - 1 : end] = '\0';
    }
    part.name = mem_strdup(copy + strspn(copy, " "));
    for (end = strlen(part.name); end > 0 && part.name[end - 1] == ' '; end--) {
        part.name[end - 1] = '\0';
    }
    free(copy);
    return part;
}

/* false: nothing is shared here. A share without a plus sign behind it asks with whom. */
static bool read_sharing(const char *query, struct sharing *s) {
    const char *next = query;
    *s = (struct sharing){0};
    while (next != NULL && s->count < SHARERS_MAX) {
        const char *plus = strchr(next, '+');
        s->parts[s->count++] = read_part(next, plus == NULL ? strlen(next) : (size_t)(plus - next));
        next = plus == NULL ? NULL : plus + 1;
    }
    if (s->count == 1 && s->parts[0].share_bps > 0 && s->parts[0].share_bps < WHOLE_BPS) {
        s->parts[s->count++].name = mem_strdup("");
    }
    return s->count > 1 && next == NULL;
}

static void sharing_clear(struct sharing *s) {
    for (size_t i = 0; i < s->count; i++) {
        free(s->parts[i].name);
    }
}

/* Nothing said: equal parts. One left open gets the rest. false: they do not make a whole. */
static bool complete_shares(const struct sharing *s, int64_t shares[SHARERS_MAX]) {
    int64_t sum = 0;
    size_t open = 0;
    int64_t equal[SHARERS_MAX];
    for (size_t i = 0; i < s->count; i++) {
        shares[i] = s->parts[i].share_bps;
        sum += shares[i];
        open += shares[i] == 0;
        equal[i] = 1;
    }
    if (open == s->count) {
        money_split(WHOLE_BPS, equal, s->count, shares);
        return true;
    }
    for (size_t i = 0; i < s->count && open == 1 && sum < WHOLE_BPS; i++) {
        if (shares[i] == 0) {
            shares[i] = WHOLE_BPS - sum;
            return true;
        }
    }
    return open == 0 && sum == WHOLE_BPS;
}

/* One row: those who are named, and a last one who may be meant. */
static void add_shared(struct pick_rows *rows, const struct person *const who[], const struct sharing *s) {
    int64_t shares[SHARERS_MAX];
    char share[MONEY_TEXT_MAX];
    struct buf text = BUF_INIT;
    struct buf ref = BUF_INIT;
    bool whole = complete_shares(s, shares);
    for (size_t i = 0; i < s->count; i++) {
        buf_addf(&text, "%s%s %s", i == 0 ? "" : " + ", who[i]->name, rate_format(shares[i], share));
        buf_addf(&ref, "%lld:%lld ", (long long)who[i]->id, (long long)shares[i]);
    }
    pick_add(rows, buf_str(&text), whole ? _("shared") : _(/* xgettext:no-c-format */ "not 100%"), buf_str(&ref),
             ROW_SHARED);
    buf_clear(&text);
    buf_clear(&ref);
}

static bool among(const struct person *const who[], size_t count, const struct person *p) {
    for (size_t i = 0; i < count; i++) {
        if (who[i] == p) {
            return true;
        }
    }
    return false;
}

static void find_sharers(const struct people *people, const struct sharing *s, struct pick_rows *rows) {
    const struct person *who[SHARERS_MAX];
    size_t last = s->count - 1;
    for (size_t i = 0; i < last; i++) {
        who[i] = person_meant(people, s->parts[i].name);
        if (who[i] == NULL || among(who, i, who[i])) {
            return;
        }
    }
    const struct person *best = person_meant(people, s->parts[last].name);
    if (best != NULL && !among(who, last, best)) {
        who[last] = best;
        add_shared(rows, who, s);
    }
    for (size_t i = 0; i < people->count && rows->count < POPUP_PICK_ROWS; i++) {
        who[last] = &people->items[i];
        if (who[last] != best && !among(who, last, who[last]) && person_matches(who[last], s->parts[last].name)) {
            add_shared(rows, who, s);
        }
    }
}

static void find_reps(const struct people *people, const char *query, struct pick_rows *rows) {
    for (size_t i = 0; i < people->count && rows->count < POPUP_PICK_ROWS; i++) {
        const struct person *p = &people->items[i];
        if (person_matches(p, query)) {
            struct buf ref = BUF_INIT;
            buf_addf(&ref, "%lld:%d ", (long long)p->id, WHOLE_BPS);
            pick_add(rows, p->name, _("rep"), buf_str(&ref), ROW_REP);
            buf_clear(&ref);
        }
    }
}

static enum err_code add_channel(void *ctx, int64_t id, const char *name, struct err *e) {
    struct rows_ctx *r = ctx;
    (void)e;
    if (text_contains_folded(name, r->query) && r->rows->count < POPUP_PICK_ROWS) {
        struct buf ref = BUF_INIT;
        buf_addf(&ref, "%lld", (long long)id);
        pick_add(r->rows, name, _("channel"), buf_str(&ref), ROW_CHANNEL);
        buf_clear(&ref);
    }
    return ERR_OK;
}

static void find_sellers(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct rows_ctx r = {rows, query};
    struct people people = {0};
    struct sharing sharing;
    struct err e = ERR_INIT;
    const char *seller = sell_basket(ctx)->seller;
    bool shared = read_sharing(query, &sharing);
    if (*query == '\0' && seller != NULL && *seller != '\0') {
        pick_add(rows, _("As the shop has it: nothing chosen"), "", "", ROW_NOBODY);
    }
    enum err_code rc = staff_list(app_shop(app), false, keep_person, &people, &e);
    if (rc == ERR_OK && shared) {
        find_sharers(&people, &sharing, rows);
    } else if (rc == ERR_OK) {
        rc = channel_list(app_shop(app), add_channel, &r, &e);
        find_reps(&people, query, rows);
    }
    if (rc != ERR_OK) {
        app_error(app, &e);
    }
    sharing_clear(&sharing);
    people_clear(&people);
}

static enum err_code set_seller(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    const struct pick_row *row = arg;
    struct order_rep_input reps[SHARERS_MAX];
    size_t count = 0;
    int64_t sum = 0;
    char text[MONEY_TEXT_MAX];
    char *p = row->ref;
    if (row->id == ROW_NOBODY) {
        return basket_set_seller(shop, b, 0, NULL, 0, e);
    }
    if (row->id == ROW_CHANNEL) {
        return basket_set_seller(shop, b, strtoll(row->ref, NULL, 10), b->reps, b->rep_count, e);
    }
    for (; *p != '\0' && count < SHARERS_MAX; p += *p == ' ') {
        int64_t id = strtoll(p, &p, 10);
        reps[count] = (struct order_rep_input){id, strtoll(p + (*p == ':'), &p, 10)};
        sum += reps[count++].share_bps;
    }
    if (sum != WHOLE_BPS) {
        return err_set_field(e, ERR_INVALID, "rep", _("the shares add up to %s%%, not to 100%%"),
                             rate_format(sum, text));
    }
    return basket_set_seller(shop, b, b->channel_id, reps, count, e);
}

static void seller_picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct sell_state *s = ctx;
    if (sell_edit(app, s, _("channel and rep"), set_seller, row)) {
        const char *seller = sell_basket(s)->seller;
        app_status(app, "%s", *seller == '\0' ? _("As the shop has it: nothing chosen") : seller);
    }
}

unsigned sell_pick_seller(struct app *app, struct sell_state *s) {
    popup_pick(app, _("Channel or rep (shared: An 70 + Bình 30)"), find_sellers, seller_picked, s);
    return SCREEN_REDRAW;
}
