#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/deal_merge.h"
#include "cli/deal_cells.h"

/* A deal as the options give it. */
struct given {
    struct deal d; /* texts borrowed from the options, products owned */
    unsigned fields;
};

static void read_texts(const struct cli_args *a, struct given *g) {
    struct deal *d = &g->d;
    const struct {
        const char *option;
        char **member;
        unsigned field;
    } texts[] = {
        {"title", &d->title, DEAL_TITLE},
        {"customer", &d->customer, DEAL_CUSTOMER},
        {"contact", &d->contact, DEAL_CONTACT},
        {"phone", &d->phone, DEAL_PHONE},
        {"email", &d->email, DEAL_EMAIL},
        {"province", &d->province, DEAL_PROVINCE},
        {"rep", &d->rep, DEAL_REP},
        {"source", &d->source, DEAL_SOURCE},
        {"tags", &d->tags, DEAL_TAGS},
        {"need", &d->need, DEAL_NEED},
        {"budget", &d->budget, DEAL_BUDGET},
        {"timing", &d->timing, DEAL_TIMING},
        {"decision-maker", &d->decision_maker, DEAL_DECISION_MAKER},
        {"note", &d->note, DEAL_NOTE},
        {"created", &d->created, DEAL_CREATED},
        {"expected-close", &d->expected_close, DEAL_EXPECTED_CLOSE},
        {"closed", &d->closed, DEAL_CLOSED},
        {"lost-reason", &d->lost_reason, DEAL_LOST_REASON},
        {"reason", &d->lost_reason, DEAL_LOST_REASON},
        {"stage", &d->stage.name, DEAL_STAGE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *value = cli_option(a, texts[i].option);
        if (value != NULL) {
            *texts[i].member = (char *)value;
            g->fields |= texts[i].field;
        }
    }
}

/* An empty probability goes back to the stage's. */
static enum err_code read_numbers(struct cli *c, const struct cli_args *a, struct given *g, struct err *e) {
    const char *probability = cli_option(a, "probability");
    const char *value = cli_option(a, "value"), *expected = cli_option(a, "expected-value");
    enum err_code rc = cli_money(c, "expected-value", expected, &g->d.expected_value, e);
    if (rc == ERR_OK) {
        rc = cli_money(c, "value", value, &g->d.value, e);
    }
    if (rc == ERR_OK && probability != NULL && probability[0] != '\0') {
        g->d.probability_set = true;
        rc = cli_rate("probability", probability, &g->d.probability_bps, e);
    }
    g->fields |= expected != NULL ? DEAL_EXPECTED_VALUE : 0;
    g->fields |= value != NULL ? DEAL_VALUE : 0;
    g->fields |= probability != NULL ? DEAL_PROBABILITY : 0;
    return rc;
}

static enum err_code read_options(struct cli *c, const struct cli_args *a, struct given *g, struct err *e) {
    const char *product = cli_option(a, "product");
    read_texts(a, g);
    enum err_code rc = read_numbers(c, a, g, e);
    if (rc == ERR_OK && product != NULL) {
        rc = deal_products_parse(c->shop, product, &g->d.products, &g->d.product_count, e);
        g->fields |= DEAL_PRODUCTS;
    }
    return rc;
}

/* What an open deal is worth is expected; only a closed one has its value. */
static void value_of_open(struct given *g, bool open) {
    if (open && (g->fields & DEAL_VALUE) != 0 && (g->fields & DEAL_EXPECTED_VALUE) == 0) {
        g->d.expected_value = g->d.value;
        g->fields |= DEAL_EXPECTED_VALUE;
    }
}

static bool names_open_stage(struct cli *c, const struct given *g) {
    struct stage stage;
    bool open = true;
    if ((g->fields & DEAL_STAGE) != 0 && stage_find(c->shop, 0, g->d.stage.name, &stage, NULL) == ERR_OK) {
        open = stage.kind == STAGE_OPEN;
        stage_clear(&stage);
    }
    return open;
}

struct noticing {
    FILE *out;
    const char *deal_no;
};

static enum err_code print_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    const struct noticing *n = ctx;
    char *text = deal_twin_text(n->deal_no, t);
    (void)e;
    cli_say(n->out, "%s", text);
    free(text);
    return ERR_OK;
}

enum err_code cmd_deal_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct given g = {0};
    struct deal made = {0};
    int64_t id = 0;
    if (a->count == 1) {
        g.d.title = (char *)cli_word(a, 0);
        g.fields |= DEAL_TITLE;
    }
    enum err_code rc = read_options(c, a, &g, e);
    if (rc == ERR_OK && g.fields == 0) {
        rc = cli_usage(c, e, _("something is missing: chotdon %s %s"), "deal add", "TITLE");
    }
    if (rc == ERR_OK) {
        g.d.deal_no = (char *)cli_option(a, "no");
        value_of_open(&g, names_open_stage(c, &g));
        rc = deal_add(c->shop, &g.d, g.fields, &id, e);
    }
    if (rc == ERR_OK) {
        rc = deal_get(c->shop, id, &made, e);
    }
    if (rc == ERR_OK) {
        struct noticing n = {c->err, made.deal_no};
        cli_say(c->out, "%s", made.deal_no);
        rc = c->quiet ? ERR_OK : deal_twins(c->shop, id, print_twin, &n, e);
    }
    deal_products_free(g.d.products, g.d.product_count);
    deal_clear(&made);
    return rc;
}

struct editing {
    int64_t id;
    const struct given *given;
    struct deal old;
};

/* Edited and moved as one. */
static enum err_code edit(struct shop *shop, void *ctx, struct err *e) {
    struct editing *x = ctx;
    const struct given *g = x->given;
    struct stage to = {0};
    enum err_code rc = ERR_OK;
    if ((g->fields & ~(unsigned)DEAL_STAGE) != 0) {
        rc = deal_edit(shop, x->id, &g->d, g->fields, e);
    }
    if (rc == ERR_OK && (g->fields & DEAL_STAGE) != 0) {
        rc = deal_stage_named(shop, &x->old, g->d.stage.name, &to, e);
    }
    if (rc == ERR_OK && to.id != 0 && to.id != x->old.stage.id) {
        if (to.kind == STAGE_WON) {
            rc = deal_win(shop, x->id, 0, (g->fields & DEAL_VALUE) != 0 ? g->d.value : -1, e);
        } else if (to.kind == STAGE_LOST) {
            rc = deal_lose(shop, x->id, g->d.lost_reason, e);
        } else {
            rc = deal_move(shop, x->id, to.id, NULL, e);
        }
    }
    stage_clear(&to);
    return rc;
}

enum err_code cmd_deal_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct given g = {0};
    struct editing x = {.given = &g};
    enum err_code rc = read_options(c, a, &g, e);
    if (rc == ERR_OK && g.fields == 0) {
        rc = cli_usage(c, e, _("nothing to change: see `chotdon %s -h`"), "deal edit");
    }
    if (rc == ERR_OK) {
        rc = deal_arg_number(c, a, &x.id, e);
    }
    if (rc == ERR_OK) {
        rc = deal_get(c->shop, x.id, &x.old, e);
    }
    if (rc == ERR_OK) {
        value_of_open(&g, x.old.stage.kind == STAGE_OPEN && names_open_stage(c, &g));
        rc = shop_transact(c->shop, edit, &x, e);
    }
    deal_products_free(g.d.products, g.d.product_count);
    deal_clear(&x.old);
    return rc;
}
