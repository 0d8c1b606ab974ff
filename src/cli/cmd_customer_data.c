/* What is held on a customer: the log, merging, handing out and erasing. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "cli/commands.h"
#include "cli/customer_cells.h"

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
    if (rc != ERR_OK) {
        table_abandon(&t);
        return rc;
    }
    return table_close(&t, e);
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

static enum err_code json_order(void *ctx, const struct order_row *r, struct err *e) {
    struct json *j = ctx;
    (void)e;
    json_object(j);
    json_key_text(j, "order_no", r->order_no);
    json_key_text(j, "order_date", r->order_date);
    json_key_text(j, "status", order_status_code(r->status));
    json_key_text(j, "channel", r->channel);
    json_key_int(j, "total", r->total);
    json_key_int(j, "paid", r->paid);
    json_key_int(j, "due", r->due);
    json_key_text(j, "return_of", r->return_of);
    json_end(j);
    return ERR_OK;
}

static enum err_code json_event(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                                struct err *e) {
    struct json *j = ctx;
    (void)e;
    json_object(j);
    json_key_text(j, "at", at);
    json_key_text(j, "kind", kind);
    json_key_text(j, "text", text);
    json_key_text(j, "staff", staff);
    json_end(j);
    return ERR_OK;
}

/* The rows of the audit that are about this customer and nobody else. */
struct audit_export {
    struct json *j;
    const char *entity;
};

static enum err_code json_audit(void *ctx, const struct audit_row *r, struct err *e) {
    struct audit_export *x = ctx;
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

static enum err_code export_rest(struct cli *c, int64_t id, struct json *j, struct err *e) {
    char *entity = mem_printf("customer #%lld", (long long)id);
    struct order_filter orders = {.customer_id = id};
    struct audit_filter audit = {.entity = entity};
    struct audit_export x = {j, entity};
    json_key(j, "order_list");
    json_array(j);
    enum err_code rc = order_list(c->shop, &orders, json_order, j, e);
    json_end(j);
    if (rc == ERR_OK) {
        json_key(j, "timeline");
        json_array(j);
        rc = customer_timeline(c->shop, id, 0, json_event, j, e);
        json_end(j);
    }
    if (rc == ERR_OK) {
        json_key(j, "audit");
        json_array(j);
        rc = audit_list(c->shop, &audit, json_audit, &x, e);
        json_end(j);
    }
    free(entity);
    return rc;
}

static enum err_code run_export(struct cli *c, const struct cli_args *a, struct err *e) {
    struct customer one;
    struct customer_figures f;
    struct cell cells[CELLS_MAX];
    struct json j;
    enum err_code rc = customer_named(c, a, &one, e);
    if (rc == ERR_OK) {
        rc = customer_figures(c->shop, one.id, &f, e);
    }
    if (rc == ERR_OK) {
        customer_cells(&one, &f, cells);
        json_begin(&j, c->out);
        json_object(&j);
        cells_json(&j, &customer_spec, cells);
        rc = export_rest(c, one.id, &j, e);
        json_end(&j);
    }
    customer_clear(&one);
    return rc;
}

static enum err_code run_erase(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t id = 0;
    enum err_code rc = customer_find(c->shop, cli_word(a, 0), &id, e);
    return rc == ERR_OK ? customer_erase(c->shop, id, e) : rc;
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
