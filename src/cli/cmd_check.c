#include "chotdon/check.h"

#include <stdlib.h>
#include <time.h>

#include "base/i18n.h"
#include "chotdon/permission.h"
#include "cli/commands.h"
#include "cli/pin_source.h"

/* What stands on stderr while somebody waits: a large shop takes its minute. */
struct progress {
    struct cli *c;
    long seconds; /* of work, when last shown */
    bool shown;   /* it stands there */
};

static bool show_progress(void *ctx) {
    struct progress *p = ctx;
    long seconds = (long)(clock() / CLOCKS_PER_SEC);
    if (p->c->err_is_tty && !p->c->quiet && seconds > p->seconds) {
        fputc('\r', p->c->err);
        fprintf(p->c->err, _("proving the file and the books… %ld s"), seconds);
        fputs("\033[K", p->c->err);
        fflush(p->c->err);
        p->seconds = seconds;
        p->shown = true;
    }
    return true;
}

static void clear_progress(struct progress *p) {
    if (p->shown) {
        fputs("\r\033[K", p->c->err);
        fflush(p->c->err);
        p->shown = false;
    }
}

static void print_finding(void *ctx, const char *finding) {
    struct progress *p = ctx;
    clear_progress(p);
    cli_say(p->c->out, "%s", finding);
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

static enum err_code run_check(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t found = 0;
    struct check_counts n = {0};
    struct progress p = {.c = c};
    (void)a;
    shop_set_progress(c->shop, show_progress, &p);
    enum err_code rc = check_books(c->shop, print_finding, &p, &found, e);
    shop_set_progress(c->shop, NULL, NULL);
    clear_progress(&p);
    if (rc == ERR_OK && found > 0) {
        return err_set(e, ERR_REFUSED, _("the books do not hold; findings: %lld"), (long long)found);
    }
    if (rc == ERR_OK) {
        rc = check_count(c->shop, &n, e);
    }
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
        print_engine(c);
    }
    return rc;
}

static enum err_code run_backup(struct cli *c, const struct cli_args *a, struct err *e) {
    enum err_code rc = backup_make(c->shop, cli_word(a, 0), e);
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
    if (c->shop_options.borrow_group && !c->shop_options.file_owner) {
        return err_set(e, ERR_REFUSED, _("a shop that many share is restored by the owner of its file"));
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
    enum err_code rc = may_restore(c, e);
    if (rc != ERR_OK) {
        return rc;
    }
    err_clear(e);
    rc = backup_restore(&c->shop_options, cli_word(a, 0), &kept, e);
    if (rc == ERR_OK && kept != NULL) {
        cli_say(c->err, _("restored; the file as it was is kept as %s\n"), kept);
    } else if (rc == ERR_OK && !c->quiet) {
        cli_say(c->err, _("restored as %s\n"), c->shop_options.path);
    }
    free(kept);
    return rc;
}

const struct cli_command cmd_check[] = {
    {"check", "", N_("proves the file and the books; prints each finding"), NULL, 0, 0, CLI_SHOP_ONLY, run_check},
    {"backup", "FILE", N_("makes a verified copy while the shop works"), NULL, 1, 1, false, run_backup},
    {"restore", "FILE", N_("puts a copy in the shop's place after checking it"), NULL, 1, 1, true, run_restore},
    {0},
};
