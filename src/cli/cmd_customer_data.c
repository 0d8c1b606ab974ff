/* What is held on a customer: the log, merging, handing out and erasing. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/audit.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "cli/cmd_order_show.h"
#include "cli/commands.h"
#include "cli/customer_cells.h"
#include "cli/deal_cells.h"

static enum err_code print_event(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                                 struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, at);
    table_text(t, kind);
    table_text(t, text);
    table_text(t, staff);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code print_timeline(struct cli *c, int64_t id, int64_t limit, struct err *e) {
    const struct table_column columns[] = {{"at", TABLE_DATE, _("When")},
                                           {"kind", TABLE_TEXT, _("What")},
                                           {"text", TABLE_TEXT, _("Text")},
                                           {"staff", TABLE_TEXT, _("Who")}};
    struct table *t = cli_table(c, columns, 4);
    enum err_code rc = customer_timeline(c->shop, id, limit, print_event, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_log(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    int64_t limit = 0;
    if (a->count == 2) {
        return cli_usage(c, e, _("something is missing: chotdon %s %s"), "customer log",
                         "CODE call|message|email|visit|note TEXT");
    }
    enum err_code rc = cli_int("limit", cli_option(a, "limit"), &limit, e);
    if (rc == ERR_OK) {
        rc = customer_find(c->shop, cli_word(a, 0), &id, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    return a->count == 1 ? print_timeline(c, id, limit, e)
                         : customer_log(c->shop, id, cli_word(a, 1), cli_word(a, 2), e);
}

static enum err_code undo_merge(struct cli *c, const char *text, struct err *e) {
    int64_t merge_id = 0;
    enum err_code rc = cli_int("undo", text, &merge_id, e);
    return rc == ERR_OK ? customer_unmerge(c->shop, merge_id, e) : rc;
}

static enum err_code run_merge(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *undo = cli_option(a, "undo");
    bool dry_run = cli_flag(a, "dry-run");
    int64_t keep = 0;
    int64_t merge = 0;
    int64_t merge_id = 0;
    char *plan = NULL;
    if ((undo == NULL && a->count != 2) || (undo != NULL && (a->count != 0 || dry_run))) {
        return cli_usage(c, e, _("two customers are wanted: chotdon customer merge KEEP OTHER, or --undo NUMBER"));
    }
    if (undo != NULL) {
        return undo_merge(c, undo, e);
    }
    enum err_code rc = customer_find(c->shop, cli_word(a, 0), &keep, e);
    if (rc == ERR_OK) {
        rc = customer_find(c->shop, cli_word(a, 1), &merge, e);
    }
    if (rc == ERR_OK) {
        rc = customer_merge_plan(c->shop, keep, merge, &plan, e);
    }
    if (rc == ERR_OK && !dry_run) {
        rc = customer_merge(c->shop, keep, merge, &merge_id, e);
    }
    if (rc == ERR_OK && !c->quiet) {
        cli_say_lines(dry_run ? c->out : c->err, plan);
    }
    if (rc == ERR_OK && !dry_run) {
        cli_say(c->out, "%lld", (long long)merge_id);
    }
    free(plan);
    return rc;
}

/* What is put together for one customer, and whose audit rows are wanted. */
struct data_export {
    struct cli *c;
    struct json *j;
    const char *entity;
};

/* What the shop paid for the goods is not about the customer. */
static void order_rest(struct json *j, const struct order *o) {
    char qty[QTY_TEXT_MAX];
    json_key_int(j, "discount", o->discount);
    json_key_int(j, "shipping_fee", o->shipping_fee);
    json_key_text(j, "delivered_on", o->delivered_on);
    json_key_text(j, "province", o->province);
    json_key_text(j, "carrier", o->carrier);
    json_key_text(j, "tracking_no", o->tracking_no);
    json_key_text(j, "reason", o->reason);
    json_key_text(j, "note", o->note);
    json_key(j, "lines");
    json_array(j);
    for (size_t i = 0; i < o->line_count; i++) {
        json_object(j);
        json_key_text(j, "sku", o->lines[i].sku);
        json_key_text(j, "name", o->lines[i].name);
        json_key_number(j, "qty", qty_format_plain(o->lines[i].qty, qty));
        json_key_int(j, "unit_price", o->lines[i].unit_price);
        json_key_int(j, "amount", o->lines[i].amount);
        json_end(j);
    }
    json_end(j);
    cmd_order_payments_json(j, o);
}

static enum err_code json_order(void *ctx, const struct order_row *r, struct err *e) {
    struct data_export *x = ctx;
    struct json *j = x->j;
    struct order o = {0};
    json_object(j);
    json_key_text(j, "order_no", r->order_no);
    json_key_text(j, "order_date", r->order_date);
    json_key_text(j, "status", order_status_code(r->status));
    json_key_text(j, "channel", r->channel);
    json_key_int(j, "total", r->total);
    json_key_int(j, "paid", r->paid);
    json_key_int(j, "due", r->due);
    json_key_text(j, "return_of", r->return_of);
    enum err_code rc = order_get(x->c->shop, r->id, &o, e);
    if (rc == ERR_OK) {
        order_rest(j, &o);
    }
    json_end(j);
    order_clear(&o);
    return rc;
}

static enum err_code json_deal(void *ctx, const struct deal *d, struct err *e) {
    struct data_export *x = ctx;
    json_object(x->j);
    enum err_code rc = cmd_deal_json(x->c, x->j, d, e);
    json_end(x->j);
    return rc;
}

static enum err_code json_mention(void *ctx, const char *where, const char *text, struct err *e) {
    struct data_export *x = ctx;
    (void)e;
    json_object(x->j);
    json_key_text(x->j, "where", where);
    json_key_text(x->j, "text", text);
    json_end(x->j);
    return ERR_OK;
}

static enum err_code json_event(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                                struct err *e) {
    struct json *j = ((struct data_export *)ctx)->j;
    (void)e;
    json_object(j);
    json_key_text(j, "at", at);
    json_key_text(j, "kind", kind);
    json_key_text(j, "text", text);
    json_key_text(j, "staff", staff);
    json_end(j);
    return ERR_OK;
}

static enum err_code json_audit(void *ctx, const struct audit_row *r, struct err *e) {
    struct data_export *x = ctx;
    (void)e;
    if (strcmp(r->entity, x->entity) == 0) {
        json_object(x->j);
        json_key_text(x->j, "time", r->time);
        json_key_text(x->j, "staff", r->staff);
        json_key_text(x->j, "action", r->action);
        json_key_text(x->j, "detail", r->detail);
        json_end(x->j);
    }
    return ERR_OK;
}

static enum err_code export_audit(struct data_export *x, int64_t id, struct err *e) {
    char *entity = mem_printf("customer #%lld", (long long)id);
    struct audit_filter audit = {.entity = entity};
    x->entity = entity;
    enum err_code rc = audit_list(x->c->shop, &audit, json_audit, x, e);
    free(entity);
    return rc;
}

/* The customer's own fields, or of one who was merged into them. */
static enum err_code export_fields(struct data_export *x, int64_t id, struct err *e) {
    struct customer one;
    struct customer_figures f;
    struct cell cells[CELLS_MAX];
    enum err_code rc = customer_get(x->c->shop, id, &one, e);
    if (rc == ERR_OK) {
        rc = customer_figures(x->c->shop, id, &f, e);
    }
    if (rc == ERR_OK) {
        customer_cells(&one, &f, cells);
        cells_json(x->j, &customer_spec, cells);
    }
    customer_clear(&one);
    return rc;
}

static enum err_code export_merged(struct data_export *x, const struct customer_ids *them, struct err *e) {
    enum err_code rc = ERR_OK;
    json_key(x->j, "merged");
    json_array(x->j);
    for (size_t i = 1; i < them->count && rc == ERR_OK; i++) {
        json_object(x->j);
        rc = export_fields(x, them->id[i], e);
        json_end(x->j);
    }
    json_end(x->j);
    return rc;
}

static enum err_code export_lists(struct data_export *x, int64_t id, struct err *e) {
    struct shop *shop = x->c->shop;
    struct order_filter orders = {.customer_id = id};
    struct deal_filter deals = {.customer_id = id, .kind = -1};
    json_key(x->j, "order_list");
    json_array(x->j);
    enum err_code rc = order_list(shop, &orders, json_order, x, e);
    json_end(x->j);
    json_key(x->j, "deals");
    json_array(x->j);
    rc = rc == ERR_OK ? deal_list(shop, &deals, json_deal, x, e) : rc;
    json_end(x->j);
    json_key(x->j, "timeline");
    json_array(x->j);
    rc = rc == ERR_OK ? customer_timeline(shop, id, 0, json_event, x, e) : rc;
    json_end(x->j);
    return rc;
}

static enum err_code export_rest(struct data_export *x, int64_t id, struct err *e) {
    struct customer_ids them = {NULL, 0};
    enum err_code rc = export_lists(x, id, e);
    rc = rc == ERR_OK ? customer_family(x->c->shop, id, &them, e) : rc;
    rc = rc == ERR_OK ? export_merged(x, &them, e) : rc;
    json_key(x->j, "mentions");
    json_array(x->j);
    for (size_t i = 0; i < them.count && rc == ERR_OK; i++) {
        rc = customer_mentions(x->c->shop, them.id[i], json_mention, x, e);
    }
    json_end(x->j);
    json_key(x->j, "audit");
    json_array(x->j);
    for (size_t i = 0; i < them.count && rc == ERR_OK; i++) {
        rc = export_audit(x, them.id[i], e);
    }
    json_end(x->j);
    free(them.id);
    return rc;
}

static enum err_code run_export(struct cli *c, const struct cli_args *a, struct err *e) {
    struct json j;
    struct data_export x = {c, &j, NULL};
    int64_t id = 0;
    enum err_code rc = customer_find(c->shop, cli_word(a, 0), &id, e);
    if (rc == ERR_OK) {
        json_begin(&j, c->out);
        json_object(&j);
        rc = export_fields(&x, id, e);
        rc = rc == ERR_OK ? export_rest(&x, id, e) : rc;
        json_end(&j);
    }
    return rc;
}

static enum err_code run_erase(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = customer_find(c->shop, cli_word(a, 0), &id, e);
    if (rc == ERR_OK) {
        rc = customer_erase(c->shop, id, e);
    }
    if (rc == ERR_OK && !c->quiet) {
        cli_say(c->err, _("erased; a backup made before still holds what was erased: delete those you need not keep"));
    }
    return rc;
}

const struct cli_command cmd_customer_data[] = {
    {"customer log", "CODE [call|message|email|visit|note TEXT] [--limit N]",
     N_("notes a contact; without one: the timeline of orders, payments and contacts, newest first"), "limit=", 1, 3,
     false, run_log},
    {"customer merge", "KEEP OTHER [--dry-run] | --undo NUMBER",
     N_("two records of one customer become one; prints the number that undoes it"), "dry-run undo=", 0, 2, false,
     run_merge},
    {"customer export-data", "CODE", N_("everything held on a customer, as JSON"), NULL, 1, 1, false, run_export},
    {"customer erase", "CODE", N_("the person goes, their orders stay; this cannot be undone"), NULL, 1, 1, false,
     run_erase},
    {0},
};
