/* Deals from files. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/assign.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/deal_merge.h"
#include "io/export.h"
#include "io/import_deal_products.h"
#include "io/import_make.h"

static char *text(struct import *im, const struct import_row *row, int column) {
    return (char *)import_text(im, row, column);
}

static const char *deal_key(struct import *im, const struct import_row *row, char *room, size_t size) {
    (void)room;
    (void)size;
    return import_text(im, row, DEAL_C_NO);
}

static unsigned deal_fields(const struct import *im) {
    static const struct {
        int column;
        unsigned field;
    } columns[] = {
        {DEAL_C_TITLE, DEAL_TITLE},
        {DEAL_C_CUSTOMER, DEAL_CUSTOMER},
        {DEAL_C_PHONE, DEAL_PHONE},
        {DEAL_C_EMAIL, DEAL_EMAIL},
        {DEAL_C_PROVINCE, DEAL_PROVINCE},
        {DEAL_C_REP, DEAL_REP},
        {DEAL_C_STAGE, DEAL_STAGE},
        {DEAL_C_PRODUCT, DEAL_PRODUCTS},
        {DEAL_C_SOURCE, DEAL_SOURCE},
        {DEAL_C_TAGS, DEAL_TAGS},
        {DEAL_C_NEED, DEAL_NEED},
        {DEAL_C_BUDGET, DEAL_BUDGET},
        {DEAL_C_TIMING, DEAL_TIMING},
        {DEAL_C_DECISION_MAKER, DEAL_DECISION_MAKER},
        {DEAL_C_CREATED, DEAL_CREATED},
        {DEAL_C_EXPECTED_CLOSE, DEAL_EXPECTED_CLOSE},
        {DEAL_C_CLOSED, DEAL_CLOSED},
        {DEAL_C_LOST_REASON, DEAL_LOST_REASON},
        {DEAL_C_CONTACT, DEAL_CONTACT},
        {DEAL_C_NOTE, DEAL_NOTE},
        {DEAL_C_PROBABILITY, DEAL_PROBABILITY},
    };
    unsigned fields = 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        fields |= import_has(im, columns[i].column) ? columns[i].field : 0;
    }
    return fields;
}

/* One row on its way to the domain, with what it owns. */
struct deal_row {
    struct deal d;
    unsigned fields;
    char *customer; /* code */
    char created[DATE_SIZE], expected_close[DATE_SIZE], closed[DATE_SIZE];
};

static void deal_row_clear(struct deal_row *r) {
    deal_products_free(r->d.products, r->d.product_count);
    free(r->customer);
}

static void fill_texts(struct import *im, const struct import_row *row, struct deal_row *r) {
    r->fields = deal_fields(im);
    r->d = (struct deal){.deal_no = text(im, row, DEAL_C_NO),
                         .title = text(im, row, DEAL_C_TITLE),
                         .contact = text(im, row, DEAL_C_CONTACT),
                         .phone = (char *)import_cell(im, row, DEAL_C_PHONE),
                         .email = text(im, row, DEAL_C_EMAIL),
                         .province = text(im, row, DEAL_C_PROVINCE),
                         .rep = text(im, row, DEAL_C_REP),
                         .source = text(im, row, DEAL_C_SOURCE),
                         .stage = {.name = text(im, row, DEAL_C_STAGE)},
                         .tags = text(im, row, DEAL_C_TAGS),
                         .need = text(im, row, DEAL_C_NEED),
                         .budget = text(im, row, DEAL_C_BUDGET),
                         .timing = text(im, row, DEAL_C_TIMING),
                         .decision_maker = text(im, row, DEAL_C_DECISION_MAKER),
                         .note = text(im, row, DEAL_C_NOTE),
                         .created = r->created,
                         .expected_close = r->expected_close,
                         .closed = r->closed,
                         .lost_reason = text(im, row, DEAL_C_LOST_REASON),
                         .import_id = im->import_id};
}

static enum err_code fill_dates(struct import *im, const struct import_row *row, struct deal_row *r, struct err *e) {
    enum err_code rc = import_date(im, row, DEAL_C_CREATED, r->created, NULL, e);
    rc = rc == ERR_OK ? import_date(im, row, DEAL_C_EXPECTED_CLOSE, r->expected_close, NULL, e) : rc;
    return rc == ERR_OK ? import_date(im, row, DEAL_C_CLOSED, r->closed, NULL, e) : rc;
}

/* Of a deal whose worth a file leaves open it is what its products come to. */
static enum err_code worth_of_products(struct deal_row *r, struct err *e) {
    for (size_t i = 0; i < r->d.product_count; i++) {
        int64_t one = 0;
        if (!money_times_qty(r->d.products[i].price, r->d.products[i].qty, &one) ||
            !money_add(r->d.expected_value, one, &r->d.expected_value)) {
            return err_set_field(e, ERR_INVALID, "product", _("the products are worth more than can be counted"));
        }
    }
    return ERR_OK;
}

static enum err_code fill_amounts(struct import *im, const struct import_row *row, struct deal_row *r, struct err *e) {
    bool has_expected = false, has_value = false;
    enum err_code rc = import_money(im, row, DEAL_C_EXPECTED_VALUE, &r->d.expected_value, &has_expected, e);
    rc = rc == ERR_OK ? import_money(im, row, DEAL_C_VALUE, &r->d.value, &has_value, e) : rc;
    if (rc == ERR_OK) {
        rc = import_rate(im, row, DEAL_C_PROBABILITY, &r->d.probability_bps, &r->d.probability_set, e);
    }
    if (rc == ERR_OK && !has_expected && import_has(im, DEAL_C_EXPECTED_VALUE)) {
        rc = worth_of_products(r, e);
    }
    r->fields |= import_has(im, DEAL_C_EXPECTED_VALUE) ? DEAL_EXPECTED_VALUE : 0;
    r->fields |= has_value ? DEAL_VALUE : 0;
    return rc;
}

static enum err_code need_customer(struct import *im, const struct import_row *row, struct deal_row *r, struct err *e) {
    const char *named = import_text(im, row, DEAL_C_CUSTOMER);
    struct customer c = {0};
    int64_t id = 0;
    r->d.customer = (char *)"";
    if (named[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = import_need_customer(im, named, import_cell(im, row, DEAL_C_PHONE), named, &id, e);
    if (rc == ERR_OK) {
        rc = customer_get(im->shop, id, &c, e);
    }
    if (rc == ERR_OK) {
        r->customer = mem_strdup(c.code);
        r->d.customer = r->customer;
    }
    customer_clear(&c);
    return import_field_error(im, DEAL_C_CUSTOMER, rc, e);
}

/* Where rules give leads out, a file that names nobody takes none away again. */
static enum err_code need_rep(struct import *im, struct deal_row *r, struct err *e) {
    int64_t id = 0;
    bool rules = false;
    if (r->d.rep[0] != '\0') {
        return import_field_error(im, DEAL_C_REP, import_need_staff(im, r->d.rep, &id, e), e);
    }
    enum err_code rc = im->import_id == 0 ? ERR_OK : assign_has_rules(im->shop, &rules, e);
    r->fields &= rules ? ~(unsigned)DEAL_REP : ~0u;
    return rc;
}

/* A stage that no board has is added to the shop's own, before the closing ones; a deal with a reason for its loss or a
 * day of closing makes one of that kind. */
static enum err_code need_stage(struct import *im, const struct deal_row *r, struct err *e) {
    struct stage s = {0};
    if (r->d.stage.name[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = stage_find(im->shop, 0, r->d.stage.name, &s, e);
    stage_clear(&s);
    if (rc == ERR_NOT_FOUND && im->options->create_missing) {
        const enum stage_kind kind = r->d.lost_reason[0] != '\0' ? STAGE_LOST
                                     : r->closed[0] != '\0'      ? STAGE_WON
                                                                 : STAGE_OPEN;
        const struct stage made = {
            .pipeline_id = PIPELINE_MAIN, .name = r->d.stage.name, .kind = kind, .probability_bps = -1};
        err_clear(e);
        rc = stage_add(im->shop, &made, im->import_id, NULL, e);
    }
    return import_field_error(im, DEAL_C_STAGE, rc, e);
}

static enum err_code fill(struct import *im, const struct import_row *row, struct deal_row *r, struct err *e) {
    fill_texts(im, row, r);
    enum err_code rc = fill_dates(im, row, r, e);
    rc = rc == ERR_OK ? need_customer(im, row, r, e) : rc;
    rc = rc == ERR_OK ? need_rep(im, r, e) : rc;
    rc = rc == ERR_OK ? need_stage(im, r, e) : rc;
    if (rc == ERR_OK) {
        rc = import_field_error(im, DEAL_C_PRODUCT,
                                import_deal_products(im, import_text(im, row, DEAL_C_PRODUCT), row->line,
                                                     &r->d.products, &r->d.product_count, e),
                                e);
    }
    return rc == ERR_OK ? fill_amounts(im, row, r, e) : rc;
}

/* The deal of this number as it stands; *id 0 when there is none. */
static enum err_code known(struct import *im, const char *deal_no, struct deal *d, int64_t *id, struct err *e) {
    enum err_code rc = deal_find_no(im->shop, deal_no, id, e);
    return rc == ERR_OK && *id != 0 ? deal_get(im->shop, *id, d, e) : rc;
}

/* Putting back: the step that the import made is taken out of the history, not answered by another one. */
static enum err_code step_back(struct import *im, const struct deal_row *r, struct err *e) {
    struct deal d = {0};
    int64_t id = 0;
    enum err_code rc = known(im, r->d.deal_no, &d, &id, e);
    if (rc == ERR_OK && id != 0 && !text_equal_folded(d.stage.name, r->d.stage.name)) {
        rc = deal_unmove(im->shop, id, NULL);
        rc = rc == ERR_REFUSED ? ERR_OK : rc;
    }
    deal_clear(&d);
    return rc;
}

struct noticing {
    struct import *im;
    const char *deal_no;
    long line;
};

static enum err_code warn_twin(void *ctx, const struct deal_twin *t, struct err *e) {
    const struct noticing *n = ctx;
    char *text = deal_twin_text(n->deal_no, t);
    (void)e;
    import_warn(n->im, "%s:%ld: %s", n->im->options->path, n->line, text);
    free(text);
    return ERR_OK;
}

/* A lead that was there before is taken all the same, and told. */
static enum err_code notice_twins(struct import *im, const struct import_row *row, const struct deal_row *r, int64_t id,
                                  struct err *e) {
    struct noticing n = {im, r->d.deal_no, row->line};
    bool says = r->d.phone[0] != '\0' || r->d.email[0] != '\0' || r->d.province[0] != '\0';
    return says && r->closed[0] == '\0' ? deal_twins(im->shop, id, warn_twin, &n, e) : ERR_OK;
}

static enum err_code put_deal(struct import *im, const struct import_row *row, enum put_result *result, struct err *e) {
    struct deal_row r = {0};
    int64_t id = 0;
    enum err_code rc = fill(im, row, &r, e);
    if (rc == ERR_OK && im->import_id == 0) {
        rc = step_back(im, &r, e);
    }
    if (rc == ERR_OK) {
        rc = deal_put(im->shop, &r.d, r.fields, result, &id, e);
    }
    if (rc == ERR_OK && *result == PUT_CREATED) {
        rc = notice_twins(im, row, &r, id, e);
    }
    deal_row_clear(&r);
    return rc;
}

static enum err_code deal_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                struct err *e) {
    struct deal d = {0};
    enum err_code rc = known(im, import_text(im, row, DEAL_C_NO), &d, id, e);
    if (rc == ERR_OK && *id != 0) {
        rc = export_image(im->shop, KIND_DEALS, *id, image, e);
    }
    deal_clear(&d);
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_deals_ops = {.key = deal_key,
                                            .put = put_deal,
                                            .reset = import_deal_products_reset,
                                            .image_kind = KIND_DEALS,
                                            .image = deal_image};
