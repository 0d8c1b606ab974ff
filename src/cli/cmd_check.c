#include "chotdon/check.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "chotdon/backup.h"
#include "chotdon/permission.h"
#include "cli/commands.h"
#include "cli/pin_source.h"
#include "cli/progress.h"

static void print_finding(void *ctx, const char *finding) {
    struct cli_progress *p = ctx;
    cli_progress_hide(p);
    cli_say(p->c->out, "%s\n", finding);
}

static void print_engine(struct cli *c) {
    if (shop_engine_is_mended()) {
        cli_say(c->out, _("%s, with the mend of the WAL-reset race\n"), shop_engine());
    } else {
        cli_say(c->out,
                _("%s, without the mend of the WAL-reset race (3.51.3): write to the file with this program only\n"),
                shop_engine());
    }
}

static enum err_code print_counts(struct cli *c, struct err *e) {
    struct check_counts n = {0};
    enum err_code rc = check_count(c->shop, &n, e);
    char *files = shop_file_warning(c->shop, true);
    if (rc == ERR_OK && files != NULL) {
        cli_say(c->err, "chotdon: %s", files);
    }
    free(files);
    if (rc == ERR_OK && !c->quiet) {
        cli_say(c->out,
                _("OK: %lld orders, %lld lines, %lld payments, %lld stock moves, %lld products, %lld customers, %lld "
                  "audit rows\n"),
                (long long)n.orders, (long long)n.lines, (long long)n.payments, (long long)n.moves,
                (long long)n.products, (long long)n.customers, (long long)n.audit_rows);
        cli_say(c->out,
                _("looked at: the file, references, the audit chain, orders, numbers, stock, cash, customers and "
                  "search, commission, figures of sales, deals and their figures, seals of all tables\n"));
        print_engine(c);
    }
    return rc;
}

/* Who reads “OK” should know what it does not cover. */
static void print_unsealed(struct cli *c, bool never, int64_t tables) {
    if (!c->quiet && never) {
        cli_say(c->out, _("not proven: that no other program wrote to the file; this SQLite was built without the "
                          "preupdate hook, which that takes (Debian's has it)\n"));
    } else if (!c->quiet && tables > 0) {
        cli_say(c->out,
                _("not proven: that no other program wrote to %lld tables since very many rows were loaded into them; "
                  "from now on it is\n"),
                (long long)tables);
    }
}

/* Said even where nobody wants to hear more: a copy in the file's place is whole, but what was written since is gone.
 */
static void warn_of_anchors(struct cli *c) {
    char *warning = check_anchors_warning(c->shop);
    if (warning != NULL) {
        cli_say(c->err, "chotdon: %s", warning);
    }
    free(warning);
}

/* What can be mended without a backup, when asked; then the proof. */
static enum err_code mend(struct cli *c, const struct cli_args *a, struct err *e) {
    if (!cli_flag(a, "rebuild") && !cli_flag(a, "accept")) {
        return ERR_OK;
    }
    enum err_code rc = cli_sign_in(c, e);
    if (rc == ERR_OK && cli_flag(a, "rebuild")) {
        struct cli_progress progress;
        cli_progress_begin_database(&progress, c, _("adding up"));
        rc = check_rebuild(c->shop, e);
        cli_progress_end_database(&progress);
    }
    return rc == ERR_OK && cli_flag(a, "accept") ? check_accept(c->shop, e) : rc;
}

static enum err_code run_check(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t found = 0, tables = 0;
    bool never = false;
    struct cli_progress progress;
    enum err_code rc = mend(c, a, e);
    if (rc != ERR_OK) {
        return rc;
    }
    cli_progress_begin(&progress, c, _("check"));
    rc = check_books_watched(c->shop, print_finding, &progress, cli_progress_tick, &progress, &found, e);
    cli_progress_end(&progress);
    rc = rc == ERR_OK ? check_unsealed(c->shop, &never, &tables, e) : rc;
    if (rc == ERR_OK) {
        warn_of_anchors(c);
    }
    if (rc == ERR_OK && found > 0) {
        return err_set(e, ERR_REFUSED, _("the books do not hold; findings: %lld"), (long long)found);
    }
    if (rc == ERR_OK) {
        check_seal(c->shop, NULL); /* where it cannot write, the next one seals */
        rc = print_counts(c, e);
        print_unsealed(c, never, tables);
    }
    return rc;
}

/* For cron: silent where there is nothing to do, but for a word on a terminal. */
static enum err_code make_automatic(struct cli *c, struct err *e) {
    struct cli_progress progress;
    char *made = NULL;
    cli_progress_begin(&progress, c, _("backup, pages"));
    enum err_code rc = backup_auto(c->shop, &c->shop_options, cli_progress_tick, &progress, &made, e);
    cli_progress_end(&progress);
    if (rc == ERR_OK && made != NULL && !c->quiet) {
        cli_say(c->err, _("copied to %s, and the copy verified\n"), made);
    } else if (rc == ERR_OK && made == NULL && c->err_is_tty && !c->quiet) {
        cli_say(c->err, _("no backup was needed: nothing was written since the last one\n"));
    }
    free(made);
    return rc;
}

static enum err_code list_backups(struct cli *c, struct err *e) {
    static const struct table_column columns[] = {
        {"file", TABLE_TEXT, NULL}, {"time", TABLE_TEXT, NULL}, {"bytes", TABLE_INT, NULL}, {"kind", TABLE_TEXT, NULL}};
    static const char *const kinds[] = {"auto", "by_hand", "before_upgrade", "replaced"};
    struct backup_files all = {0};
    enum err_code rc = backup_list(&c->shop_options, &all, e);
    if (rc == ERR_OK) {
        struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; i < all.count; i++) {
            table_text(t, all.files[i].path);
            table_text(t, all.files[i].time);
            table_number(t, all.files[i].size);
            table_text(t, kinds[all.files[i].kind]);
            table_end_row(t);
        }
        rc = table_close(&t, e);
    }
    backup_files_clear(&all);
    return rc;
}

static enum err_code run_backup(struct cli *c, const struct cli_args *a, struct err *e) {
    if (cli_flag(a, "list") && a->count == 0) {
        return list_backups(c, e);
    }
    if (cli_flag(a, "auto") && a->count == 0) {
        return make_automatic(c, e);
    }
    if (a->count == 0 || cli_flag(a, "auto") || cli_flag(a, "list")) {
        return cli_usage(c, e,
                         _("name the file to be made, or use --auto or --list: chotdon backup FILE|--auto|--list"));
    }
    struct cli_progress progress;
    enum err_code rc = cli_sign_in(c, e);
    cli_progress_begin(&progress, c, _("backup, pages"));
    rc = rc == ERR_OK ? backup_make_watched(c->shop, cli_word(a, 0), cli_progress_tick, &progress, e) : rc;
    cli_progress_end(&progress);
    if (rc == ERR_OK && !c->quiet) {
        cli_say(c->err, _("copied to %s, and the copy verified\n"), cli_word(a, 0));
    }
    return rc;
}

/* Whoever may back up. Where the file is there but cannot be opened any more, who owns it. */
static enum err_code may_restore(struct cli *c, struct err *e) {
    if (!shop_exists(&c->shop_options)) {
        return ERR_OK;
    }
    enum err_code rc = shop_open(&c->shop_options, &c->shop, e);
    if (rc == ERR_OK) {
        rc = cli_sign_in(c, e);
        rc = rc == ERR_OK ? shop_require(c->shop, PERMIT_BACKUP, e) : rc;
        shop_close(&c->shop);
        return rc;
    }
    return rc == ERR_NOT_FOUND || !c->shop_options.file_owner ? rc : ERR_OK;
}

static enum err_code run_restore(struct cli *c, const struct cli_args *a, struct err *e) {
    char *kept = NULL;
    struct cli_progress progress;
    const struct backup_restore_watch watch = {.tick = cli_progress_tick, .ctx = &progress};
    enum err_code rc = may_restore(c, e);
    if (rc != ERR_OK) {
        return rc;
    }
    err_clear(e);
    cli_progress_begin(&progress, c, _("restore"));
    rc = backup_restore_watched(&c->shop_options, cli_word(a, 0), &watch, &kept, e);
    cli_progress_end(&progress);
    if (rc == ERR_OK && kept != NULL) {
        cli_say(c->err, _("restored; the file as it was is kept as %s\n"), kept);
    } else if (rc == ERR_OK && !c->quiet) {
        cli_say(c->err, _("restored as %s\n"), c->shop_options.path);
    }
    free(kept);
    return rc;
}

const struct cli_command cmd_check[] = {
    {"check", "[--rebuild] [--accept]",
     N_("proves the file and the books; prints each finding; first, --rebuild: adds kept totals up anew from their "
        "parts, --accept: takes as it is what another program wrote"),
     "rebuild accept", 0, 0, CLI_SHOP_ONLY, run_check},
    {"backup", "FILE|--auto|--list",
     N_("makes a verified copy while the shop works; --auto: in the folder for backups, where something was written "
        "since"),
     "auto list", 0, 1, CLI_SHOP_ONLY, run_backup},
    {"restore", "FILE", N_("puts a copy in the shop's place after checking it"), NULL, 1, 1, true, run_restore},
    {0},
};
