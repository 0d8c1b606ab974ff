#include "io/export.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/progress.h"

struct progress {
    struct cli *c;
    bool shown;
};

static bool show_progress(void *ctx, int64_t rows) {
    struct progress *p = ctx;
    if (p->c->err_is_tty && !p->c->quiet && clock() > CLOCKS_PER_SEC / 2) {
        fputc('\r', p->c->err);
        fprintf(p->c->err, _("%lld rows"), (long long)rows);
        fputs("\033[K", p->c->err);
        fflush(p->c->err);
        p->shown = true;
    }
    return cli_goes_on(p->c);
}

static enum err_code find_kind(struct cli *c, const struct cli_args *a, enum kind_id *kind, struct err *e) {
    const char *word = cli_word(a, 0);
    if (!kind_find(word, kind)) {
        char *names = kind_names(false);
        enum err_code rc = cli_usage(c, e, _("“%s” is no kind of file; there are %s"), word, names);
        free(names);
        return rc;
    }
    if (cli_flag(a, "plain")) {
        if (*kind != KIND_SALES_JOURNAL) {
            return cli_usage(c, e, _("--plain is for the sales-journal"));
        }
        *kind = KIND_SALES_JOURNAL_PLAIN;
    }
    return ERR_OK;
}

/* -f json prints records as any list does. */
static enum err_code find_format(struct cli *c, const struct cli_args *a, enum table_format *format, struct err *e) {
    bool excel = cli_flag(a, "excel");
    bool xlsx = cli_flag(a, "xlsx");
    const char *path = cli_option(a, "o");
    if (excel && xlsx) {
        return cli_usage(c, e, _("--excel is a CSV file, --xlsx a workbook: choose one"));
    }
    if (xlsx && (path == NULL || strcmp(path, "-") == 0)) {
        return cli_usage(c, e, _("a workbook needs a file: -o FILE.xlsx"));
    }
    *format = xlsx                                         ? TABLE_XLSX
              : excel                                      ? TABLE_CSV_EXCEL
              : c->format_given && c->format == TABLE_JSON ? TABLE_JSON
                                                           : TABLE_CSV;
    return ERR_OK;
}

static enum err_code run_export(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct export_accounts accounts = {
        .cash = config_text(c->config, "accounts", "cash"),
        .bank = config_text(c->config, "accounts", "bank"),
        .receivable = config_text(c->config, "accounts", "receivable"),
        .revenue = config_text(c->config, "accounts", "revenue"),
        .vat = config_text(c->config, "accounts", "vat"),
        .cost = config_text(c->config, "accounts", "cost"),
        .goods = config_text(c->config, "accounts", "goods"),
        .returns = config_text(c->config, "accounts", "returns"),
    };
    struct progress progress = {c, false};
    struct cli_period period;
    struct export_options o = {
        .path = cli_option(a, "o"), .accounts = &accounts, .progress = show_progress, .ctx = &progress};
    enum err_code rc = find_kind(c, a, &o.kind, e);
    if (rc == ERR_OK) {
        rc = find_format(c, a, &o.format, e);
    }
    if (rc == ERR_OK) {
        rc = cli_period(c, a, &period, e);
    }
    if (rc == ERR_OK) {
        o.from = cli_or_null(period.from);
        o.to = cli_or_null(period.to);
        cli_heed_interrupt(c, true);
        rc = export_run(c->shop, &o, e);
        cli_heed_interrupt(c, false);
    }
    if (progress.shown) {
        fputs("\r\033[K", c->err);
    }
    return rc;
}

const struct cli_command cmd_export[] = {
    {"export", "KIND [--month M | --from D --to D] [-o FILE] [--excel | --xlsx] [--plain]",
     N_("writes a file that import reads, or one for other programs"), CLI_PERIOD_OPTIONS "o= excel xlsx plain", 1, 1,
     false, run_export},
    {0},
};
