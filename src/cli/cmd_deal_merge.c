#include "chotdon/deal_merge.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "chotdon/deal.h"
#include "cli/cells.h"
#include "cli/commands.h"

static enum err_code undo_merge(struct cli *c, const char *text, struct err *e) {
    int64_t number = 0;
    enum err_code rc = cli_int("undo", text, &number, e);
    return rc == ERR_OK ? deal_unmerge(c->shop, number, e) : rc;
}

static enum err_code run_merge(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *undo = cli_option(a, "undo");
    bool dry_run = cli_flag(a, "dry-run");
    int64_t keep = 0, merge = 0, number = 0;
    char *plan = NULL;
    if ((undo == NULL && a->count != 2) || (undo != NULL && (a->count != 0 || dry_run))) {
        return cli_usage(c, e, _("two deals are wanted: chotdon deal merge KEEP OTHER, or --undo NUMBER"));
    }
    if (undo != NULL) {
        return undo_merge(c, undo, e);
    }
    enum err_code rc = deal_find(c->shop, cli_word(a, 0), &keep, e);
    rc = rc == ERR_OK ? deal_find(c->shop, cli_word(a, 1), &merge, e) : rc;
    rc = rc == ERR_OK ? deal_merge_plan(c->shop, keep, merge, &plan, e) : rc;
    if (rc == ERR_OK && !dry_run) {
        rc = deal_merge(c->shop, keep, merge, &number, e);
    }
    if (rc == ERR_OK && !c->quiet) {
        cli_say_lines(dry_run ? c->out : c->err, plan);
    }
    if (rc == ERR_OK && !dry_run) {
        cli_say(c->out, "%lld", (long long)number);
    }
    free(plan);
    return rc;
}

static enum err_code print_pair(void *ctx, const char *deal_no, const char *twin_no, const char *why, struct err *e) {
    const struct cell cells[] = {CELL_TEXT(deal_no), CELL_TEXT(twin_no), CELL_TEXT(why)};
    (void)e;
    cells_row(ctx, cells);
    return ERR_OK;
}

static enum err_code run_duplicates(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {{"deal_no", TABLE_TEXT, N_("deal")},
                                                  {"duplicate", TABLE_TEXT, N_("again as")},
                                                  {"same", TABLE_TEXT, N_("same")}};
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct cell_table t;
    (void)a;
    cells_begin(c, &spec, &t);
    return cells_end(&t, deal_duplicates(c->shop, print_pair, &t, e), e);
}

const struct cli_command cmd_deal_merge[] = {
    {"deal merge", "KEEP OTHER [--dry-run] | --undo NUMBER",
     N_("a lead that came twice becomes one; prints the number that undoes it"), "dry-run undo=", 0, 2, false,
     run_merge},
    {"deal duplicates", "", N_("open deals with the same phone, e-mail, or name and province"), NULL, 0, 0, false,
     run_duplicates},
    {0},
};
