#include "chotdon/audit.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "io/export.h"

static enum err_code print_row(void *ctx, const struct audit_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    export_audit_row(t, r);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"id", TABLE_INT, NULL},      {"time", TABLE_DATE, NULL},   {"staff", TABLE_TEXT, NULL},
        {"action", TABLE_TEXT, NULL}, {"entity", TABLE_TEXT, NULL}, {"detail", TABLE_TEXT, NULL},
        {"hash", TABLE_TEXT, NULL},
    };
    struct cli_period period;
    struct audit_filter filter = {.staff = cli_option(a, "staff"),
                                  .entity = cli_option(a, "entity"),
                                  .action = cli_option(a, "action"),
                                  .text = cli_option(a, "text")};
    enum err_code rc = cli_period(c, a, &period, e);
    if (rc == ERR_OK) {
        rc = cli_int("limit", cli_option(a, "limit"), &filter.limit, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    filter.from = cli_or_null(period.from);
    filter.to = cli_or_null(period.to);
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    rc = audit_list(c->shop, &filter, print_row, t, e);
    return table_end(&t, rc, e);
}

static void say_chain(struct cli *c, int64_t rows, const struct audit_anchors *anchors) {
    if (anchors->anchors > anchors->replaced) {
        cli_say(c->out, _("the audit chain holds: %lld rows, and %lld anchors outside the file fit\n"), (long long)rows,
                (long long)(anchors->anchors - anchors->replaced));
    } else {
        cli_say(c->out, _("the audit chain holds: %lld rows\n"), (long long)rows);
    }
    if (anchors->replaced > 0) {
        cli_say(c->out, _("%lld more are from before a backup was put back, or the file was taken as it is\n"),
                (long long)anchors->replaced);
    }
}

/* First the chain in itself, then what stands outside of it. */
static enum err_code run_verify(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t rows = 0;
    int64_t bad = 0;
    int64_t id = 0;
    char *why = NULL, at[DATETIME_SIZE];
    const char *head = cli_option(a, "head");
    struct audit_anchors anchors = {0};
    struct cli_progress progress;
    cli_progress_begin(&progress, c, _("audit rows"));
    enum err_code rc = audit_verify_watched(c->shop, cli_progress_tick, &progress, &rows, &bad, &why, e);
    cli_progress_end(&progress);
    if (rc == ERR_OK && why == NULL) {
        rc = audit_compare(c->shop, &anchors, e);
    }
    if (rc == ERR_OK && (why != NULL || anchors.why != NULL)) {
        rc = err_set(e, ERR_DB, _("the audit chain does not hold: %s"), why != NULL ? why : anchors.why);
    } else if (rc == ERR_OK) {
        rc = head == NULL ? ERR_OK : audit_find_head(c->shop, head, &id, at, e);
    }
    if (rc == ERR_OK) {
        say_chain(c, rows, &anchors);
    }
    if (rc == ERR_OK && head != NULL) {
        cli_say(c->out, _("it contains %s: row %lld, of %s\n"), head, (long long)id, at);
    }
    audit_anchors_clear(&anchors);
    free(why);
    return rc;
}

const struct cli_command cmd_audit[] = {
    {"audit list",
     "[--month M | --from D --to D] [--staff CODE] [--entity TEXT] [--action NOUN[.VERB]] [--text T] [--limit N]",
     N_("who did what, oldest first"), CLI_PERIOD_OPTIONS "staff= entity= action= text= limit=", 0, 0, false, run_list},
    {"audit verify", "[--head HEAD]",
     N_("walks the chain, compares it with its anchors, and names the first row that does not fit; --head: also that "
        "it "
        "contains what a closed shift's report says"),
     "head=", 0, 0, false, run_verify},
    {0},
};
