#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/sample.h"
#include "chotdon/setting.h"
#include "cli/commands.h"
#include "io/outfile.h"

static enum err_code run_init(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *currency = cli_option(a, "currency");
    if (cli_flag(a, "sample") && currency != NULL && strcasecmp(currency, "VND") != 0) {
        return cli_usage(c, e, _("the sample shop sells in VND; make it without --currency"));
    }
    enum err_code rc = c->database_is_default ? outfile_make_folder(c->shop_options.path, e) : ERR_OK;
    if (rc == ERR_OK) {
        rc = shop_create(&c->shop_options, currency == NULL ? "VND" : currency, &c->shop, e);
    }
    if (rc == ERR_OK && cli_flag(a, "sample")) {
        rc = sample_fill(c->shop, e);
    }
    if (rc == ERR_OK && cli_option(a, "name") != NULL) {
        rc = setting_set(c->shop, "shop_name", cli_option(a, "name"), e);
    }
    if (rc == ERR_OK && !c->quiet) {
        cli_say(c->err, _("made %s\n"), c->shop_options.path);
    }
    return rc;
}

static enum err_code run_upgrade(struct cli *c, const struct cli_args *a, struct err *e) {
    char *backup = NULL;
    (void)a;
    enum err_code rc = shop_upgrade(&c->shop_options, &backup, e);
    if (rc == ERR_OK && backup != NULL) {
        cli_say(c->out, _("upgraded; the file as it was is kept as %s\n"), backup);
    } else if (rc == ERR_OK) {
        fprintf(c->out, _("nothing to do: the file is up to date\n"));
    }
    free(backup);
    return rc;
}

/* Enter is a yes, the end of input a no. */
static bool agrees(struct cli *c) {
    char answer[64] = "n";
    cli_say(c->err, "%s", _("Bring it up to date now? The file as it is stays beside it. [Y/n] "));
    fflush(c->err);
    return fgets(answer, sizeof answer, stdin) != NULL && strchr("nNkK", answer[0]) == NULL; /* không */
}

enum err_code cli_offer_upgrade(struct cli *c, struct err *e) {
    if (c->shop_options.borrow_group && !c->shop_options.file_owner) {
        return e->code;
    }
    cli_say(c->err, "chotdon: %s", e->message);
    if (!agrees(c)) {
        return err_set(e, ERR_REFUSED, _("%s is as it was"), c->shop_options.path);
    }
    err_clear(e);
    return run_upgrade(c, NULL, e);
}

static enum err_code run_version(struct cli *c, const struct cli_args *a, struct err *e) {
    (void)a;
    (void)e;
    fprintf(c->out, "chotdon " CHOTDON_VERSION "\n");
    fprintf(c->out, _("schema %d, %s"), shop_schema_newest(), shop_engine());
    if (!shop_engine_is_mended()) {
        fputs(_(" (without the mend of the WAL-reset race: write to the file with this program only)"), c->out);
    }
    fputc('\n', c->out);
    return ERR_OK;
}

static enum err_code run_setting_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {{"key", TABLE_TEXT, NULL},
                                                  {"value", TABLE_TEXT, NULL},
                                                  {"values", TABLE_TEXT, NULL},
                                                  {"help", TABLE_TEXT, NULL}};
    (void)a;
    struct table *t = cli_table(c, columns, 4);
    for (int i = 0; i < setting_count(); i++) {
        const struct setting_info *info = setting_info(i);
        const char *value = "";
        setting_get(c->shop, info->key, &value, NULL);
        table_text(t, info->key);
        table_text(t, value);
        table_text(t, _(info->values));
        table_text(t, _(info->help));
        table_end_row(t);
    }
    return table_close(&t, e);
}

static enum err_code run_setting_get(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *value = "";
    enum err_code rc = setting_get(c->shop, cli_word(a, 0), &value, e);
    if (rc == ERR_OK) {
        cli_say(c->out, "%s", value);
    }
    return rc;
}

static enum err_code run_setting_set(struct cli *c, const struct cli_args *a, struct err *e) {
    return setting_set(c->shop, cli_word(a, 0), cli_word(a, 1), e);
}

const struct cli_command cmd_shop[] = {
    {"init", "[--currency VND] [--name NAME] [--sample]", N_("makes the shop's file"), "currency= name= sample", 0, 0,
     true, run_init},
    {"upgrade", "", N_("brings an older file up to date, after a backup"), NULL, 0, 0, true, run_upgrade},
    {"setting list", "", N_("the settings that change the books"), NULL, 0, 0, false, run_setting_list},
    {"setting get", "KEY", N_("the value in force"), NULL, 1, 1, false, run_setting_get},
    {"setting set", "KEY VALUE", N_("changes one, for all counters"), NULL, 2, 2, false, run_setting_set},
    {"version", "", N_("versions of the program, the schema and the database engine"), NULL, 0, 0, true, run_version},
    {0},
};
