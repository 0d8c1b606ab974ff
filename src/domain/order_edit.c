#include "chotdon/order_edit.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/permission.h"
#include "domain/order_amounts.h"
#include "domain/order_store.h"
#include "domain/record.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

enum { REPS_MAX = 100, WHOLE_BPS = 10000 };

static const struct record_text texts[] = {
    {ORDER_CUSTOMER, "customer", offsetof(struct order_terms, customer), RECORD_NAME_MAX},
    {ORDER_CHANNEL, "channel", offsetof(struct order_terms, channel), RECORD_NAME_MAX},
    {ORDER_REPS, "rep", offsetof(struct order_terms, reps), RECORD_TEXT_MAX},
    {ORDER_PROVINCE, "province", offsetof(struct order_terms, province), RECORD_NAME_MAX},
    {ORDER_CARRIER, "carrier", offsetof(struct order_terms, carrier), RECORD_NAME_MAX},
    {ORDER_TRACKING, "tracking_no", offsetof(struct order_terms, tracking_no), RECORD_NAME_MAX},
    {ORDER_PROMISED, "promised_date", offsetof(struct order_terms, promised_on), RECORD_NAME_MAX},
    {ORDER_NOTE, "note", offsetof(struct order_terms, note), RECORD_TEXT_MAX},
};
#define TEXTS texts, sizeof texts / sizeof *texts

/* What its returns have from it. */
enum { SHARED_WITH_RETURNS = ORDER_CUSTOMER | ORDER_CHANNEL | ORDER_REPS | ORDER_PROVINCE };

void order_terms_clear(struct order_terms *t) {
    record_clear(TEXTS, t);
}

static char *reps_text(const struct order *o) {
    struct buf text = BUF_INIT;
    char share[MONEY_TEXT_MAX];
    for (size_t i = 0; i < o->rep_count; i++) {
        buf_addf(&text, "%s%s", i == 0 ? "" : "+", o->reps[i].code);
        if (o->rep_count > 1) {
            buf_addf(&text, ":%s", rate_format(o->reps[i].share_bps, share));
        }
    }
    return buf_take(&text);
}

static void terms_of(const struct order *o, struct order_terms *out) {
    *out = (struct order_terms){.customer = mem_strdup(o->customer_code),
                                .channel = mem_strdup(o->channel),
                                .reps = reps_text(o),
                                .province = mem_strdup(o->province),
                                .carrier = mem_strdup(o->carrier),
                                .tracking_no = mem_strdup(o->tracking_no),
                                .promised_on = mem_strdup(o->promised_on),
                                .note = mem_strdup(o->note)};
}

enum err_code order_terms_get(struct shop *shop, int64_t id, struct order_terms *out, struct err *e) {
    struct order o = {0};
    *out = (struct order_terms){0};
    enum err_code rc = order_load(shop, id, &o, e);
    if (rc == ERR_OK) {
        terms_of(&o, out);
    }
    order_clear(&o);
    return rc;
}

/* --- what it becomes */
struct editing {
    int64_t id;
    const struct order_terms *given;
    unsigned fields, changed;
    struct order was;
    struct order_terms before, after; /* both as order_terms_get gives them */
    int64_t customer_id, channel_id;
    struct order_rep_input *reps;
    size_t rep_count;
};

static enum err_code find_customer(struct shop *shop, struct editing *ed, struct err *e) {
    struct customer c = {0};
    enum err_code rc = customer_find(shop, ed->after.customer, &ed->customer_id, e);
    rc = rc == ERR_OK ? customer_get(shop, ed->customer_id, &c, e) : rc;
    if (rc == ERR_OK) {
        free(ed->after.customer);
        ed->after.customer = mem_strdup(c.code);
    } else {
        err_set_field(e, rc, "customer", "%s", e == NULL ? "" : e->message);
    }
    customer_clear(&c);
    return rc;
}

static enum err_code find_channel(struct shop *shop, struct editing *ed, struct err *e) {
    const char *name = "";
    enum err_code rc = channel_find(shop, ed->after.channel, &ed->channel_id, e);
    rc = rc == ERR_OK ? channel_name(shop, ed->channel_id, &name, e) : rc;
    if (rc == ERR_OK) {
        free(ed->after.channel);
        ed->after.channel = mem_strdup(name);
    }
    return rc;
}

/* Shares are written out, so that "AN+BINH" says the same as "AN:50+BINH:50". */
static enum err_code find_reps(struct shop *shop, struct editing *ed, struct err *e) {
    struct order shared = {.reps = NULL};
    enum err_code rc = order_reps_parse(shop, ed->after.reps, &ed->reps, &ed->rep_count, e);
    if (rc == ERR_OK && ed->rep_count > REPS_MAX) {
        rc = err_set_field(e, ERR_INVALID, "rep", _("an order can be shared by at most 100 reps"));
    }
    int64_t *shares = mem_array(ed->rep_count, sizeof *shares);
    shared.reps = mem_array(ed->rep_count, sizeof *shared.reps);
    for (size_t i = 0; i < ed->rep_count && rc == ERR_OK; i++) {
        struct order_rep *rep = &shared.reps[i];
        for (size_t k = 0; k < i && rc == ERR_OK; k++) {
            if (ed->reps[k].staff_id == ed->reps[i].staff_id) {
                rc = err_set_field(e, ERR_INVALID, "rep", _("the same rep is named twice"));
            }
        }
        shares[i] = ed->reps[i].share_bps;
        rc = rc == ERR_OK ? record_lookup_text(shop->db, "SELECT code FROM staff WHERE id = $1",
                                               DB_BIND(DB_INT(ed->reps[i].staff_id)), &rep->code, e)
                          : rc;
        shared.rep_count += rep->code != NULL;
    }
    rc = rc == ERR_OK ? order_shares(shares, ed->rep_count, e) : rc;
    for (size_t i = 0; i < ed->rep_count && rc == ERR_OK; i++) {
        shared.reps[i].share_bps = ed->reps[i].share_bps = shares[i];
    }
    if (rc == ERR_OK) {
        free(ed->after.reps);
        ed->after.reps = reps_text(&shared);
    }
    for (size_t i = 0; i < shared.rep_count; i++) {
        free(shared.reps[i].code);
    }
    free(shared.reps);
    free(shares);
    return rc;
}

static enum err_code check_promised(struct editing *ed, struct err *e) {
    char day[DATE_SIZE];
    if (ed->after.promised_on[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = date_parse(ed->after.promised_on, DATE_DMY, day, NULL, e);
    if (rc != ERR_OK) {
        return err_set_field(e, rc, "promised_date", "%s", e == NULL ? "" : e->message);
    }
    free(ed->after.promised_on);
    ed->after.promised_on = mem_strdup(day);
    return ERR_OK;
}

/* Only what was given is looked up: what stands in the order may be called otherwise by now. */
static enum err_code resolve(struct shop *shop, struct editing *ed, struct err *e) {
    const struct order_terms *g = &ed->after;
    unsigned f = ed->fields;
    enum err_code rc = record_take(TEXTS, ed->given, f, &ed->after, e);
    record_keep(TEXTS, &ed->before, &ed->after);
    if (rc == ERR_OK && (f & ORDER_CUSTOMER) != 0 && g->customer[0] != '\0') {
        rc = find_customer(shop, ed, e);
    }
    if (rc == ERR_OK && (f & ORDER_CHANNEL) != 0 && g->channel[0] != '\0') {
        rc = find_channel(shop, ed, e);
    }
    if (rc == ERR_OK && (f & ORDER_REPS) != 0) {
        rc = find_reps(shop, ed, e);
    }
    const char *province = rc == ERR_OK ? province_canonical(g->province) : NULL;
    if (province != NULL && (f & ORDER_PROVINCE) != 0) {
        char *copy = mem_strdup(province);
        free(ed->after.province);
        ed->after.province = copy;
    }
    return rc == ERR_OK && (f & ORDER_PROMISED) != 0 ? check_promised(ed, e) : rc;
}

static void note_changes(struct editing *ed) {
    ed->changed = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *a = *(char *const *)((const char *)&ed->before + texts[i].offset);
        const char *b = *(char *const *)((const char *)&ed->after + texts[i].offset);
        ed->changed |= (ed->fields & texts[i].bit) != 0 && strcmp(a, b) != 0 ? texts[i].bit : 0;
    }
    ed->customer_id = (ed->changed & ORDER_CUSTOMER) != 0 ? ed->customer_id : ed->was.customer_id;
    ed->channel_id = (ed->changed & ORDER_CHANNEL) != 0 ? ed->channel_id : ed->was.channel_id;
}

static enum err_code check_allowed(struct shop *shop, const struct editing *ed, struct err *e) {
    const struct order *o = &ed->was;
    bool moves_debt = (ed->changed & ORDER_CUSTOMER) != 0 && (o->customer_id != 0 || o->due != 0);
    if (o->return_of_id != 0 && (ed->changed & SHARED_WITH_RETURNS) != 0) {
        return err_set_field(e, ERR_REFUSED, "customer",
                             _("return %s follows its sale %s in customer, channel, reps and province: change that"),
                             o->order_no, o->return_of);
    }
    return moves_debt || (ed->changed & ORDER_REPS) != 0 ? shop_require(shop, PERMIT_ORDERS, e) : ERR_OK;
}

/* --- writing it */
static enum err_code store_reps(struct shop *shop, const struct editing *ed, int64_t id, struct err *e) {
    enum err_code rc = db_run(shop->db, "DELETE FROM order_reps WHERE order_id = $1", DB_BIND(DB_INT(id)), e);
    struct order_plan plan = {.rep_count = ed->rep_count, .reps = mem_array(ed->rep_count, sizeof *plan.reps)};
    for (size_t i = 0; i < ed->rep_count; i++) {
        plan.reps[i] = (struct plan_rep){ed->reps[i].staff_id, ed->reps[i].share_bps};
    }
    rc = rc == ERR_OK ? order_store_reps(shop, &plan, id, e) : rc;
    free(plan.reps);
    return rc;
}

struct ids {
    int64_t *items;
    size_t count, cap;
};

static enum err_code read_returns(struct shop *shop, int64_t sale, struct ids *ids, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop->db, "SELECT id FROM orders WHERE return_of = $1", DB_BIND(DB_INT(sale)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        ids->items = mem_grow(ids->items, ids->count, &ids->cap, sizeof *ids->items);
        ids->items[ids->count++] = db_col_int(s, 0);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code store_returns(struct shop *shop, const struct editing *ed, struct err *e) {
    struct ids ids = {0};
    enum err_code rc = read_returns(shop, ed->id, &ids, e);
    for (size_t i = 0; i < ids.count && rc == ERR_OK; i++) {
        rc = db_run(
            shop->db,
            "UPDATE orders SET customer_id = $2, channel_id = $3, province = $4, version = version + 1 WHERE id "
            "= $1",
            DB_BIND(DB_INT(ids.items[i]), DB_ID(ed->customer_id), DB_ID(ed->channel_id), DB_TEXT(ed->after.province)),
            e);
        if (rc == ERR_OK && (ed->changed & ORDER_REPS) != 0) {
            rc = store_reps(shop, ed, ids.items[i], e);
        }
    }
    free(ids.items);
    return rc;
}

static enum err_code store(struct shop *shop, const struct editing *ed, struct err *e) {
    const struct order *o = &ed->was;
    const struct order_terms *t = &ed->after;
    enum err_code rc = sales_book_touch(shop->sales, o->return_of_id != 0 ? o->return_of_id : o->id, e);
    if (rc == ERR_OK) {
        rc =
            db_run(shop->db,
                   "UPDATE orders SET customer_id = $2, channel_id = $3, province = $4, carrier = $5, tracking_no = $6,"
                   " promised_on = $7, note = $8, version = version + 1 WHERE id = $1",
                   DB_BIND(DB_INT(ed->id), DB_ID(ed->customer_id), DB_ID(ed->channel_id), DB_TEXT(t->province),
                           DB_TEXT(t->carrier), DB_TEXT(t->tracking_no), DB_TEXT(t->promised_on), DB_TEXT(t->note)),
                   e);
    }
    if (rc == ERR_OK && (ed->changed & ORDER_REPS) != 0) {
        rc = store_reps(shop, ed, ed->id, e);
    }
    return rc == ERR_OK && (ed->changed & SHARED_WITH_RETURNS) != 0 ? store_returns(shop, ed, e) : rc;
}

static enum err_code audit(struct shop *shop, const struct editing *ed, struct err *e) {
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    record_json(TEXTS, &ed->before, &ed->after, &before);
    record_json(TEXTS, &ed->after, &ed->before, &after);
    enum err_code rc =
        order_audit(shop, "order.edit", ed->was.order_no, record_json_end(&before), record_json_end(&after), e);
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

static void editing_clear(struct editing *ed) {
    order_clear(&ed->was);
    order_terms_clear(&ed->before);
    order_terms_clear(&ed->after);
    free(ed->reps);
    *ed = (struct editing){.id = ed->id, .given = ed->given, .fields = ed->fields, .changed = ed->changed};
}

static enum err_code edit(struct shop *shop, void *ctx, struct err *e) {
    struct editing *ed = ctx;
    enum err_code rc = order_load(shop, ed->id, &ed->was, e);
    if (rc == ERR_OK && ed->was.status == ORDER_DRAFT) {
        rc = err_set(e, ERR_REFUSED, _("basket %s is still being typed; change it at Sell"), ed->was.order_no);
    }
    if (rc == ERR_OK) {
        terms_of(&ed->was, &ed->before);
        rc = resolve(shop, ed, e);
    }
    if (rc == ERR_OK) {
        note_changes(ed);
        rc = check_allowed(shop, ed, e);
    }
    if (rc == ERR_OK && ed->changed != 0) {
        rc = store(shop, ed, e);
        rc = rc == ERR_OK ? audit(shop, ed, e) : rc;
    }
    editing_clear(ed);
    return rc;
}

enum err_code order_edit(struct shop *shop, int64_t id, const struct order_terms *terms, unsigned fields,
                         unsigned *changed, struct err *e) {
    struct editing ed = {.id = id, .given = terms, .fields = fields};
    enum err_code rc = shop_transact_for(shop, PERMIT_NONE, edit, &ed, e);
    if (changed != NULL) {
        *changed = ed.changed;
    }
    return rc;
}
