#include <stdlib.h>

#include "base/i18n.h"
#include "cli/commands.h"

static enum err_code run_show(struct cli *c, const struct cli_args *a, struct err *e) {
    (void)a;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (out == NULL) {
        return err_set(e, ERR_IO, _("the result could not be written; is the disk full or the pipe closed?"));
    }
    config_show(c->config, out);
    fclose(out);
    cli_say_lines(c->out, text);
    free(text);
    return ERR_OK;
}

static enum err_code run_path(struct cli *c, const struct cli_args *a, struct err *e) {
    (void)a;
    if (c->config_path[0] == '\0') {
        return err_set(e, ERR_NOT_FOUND,
                       _("there is no configuration file; `chotdon config example` prints one to begin with"));
    }
    cli_say(c->out, "%s", c->config_path);
    return ERR_OK;
}

static enum err_code run_example(struct cli *c, const struct cli_args *a, struct err *e) {
    (void)a;
    (void)e;
    config_example(c->out);
    return ERR_OK;
}

const struct cli_command cmd_config[] = {
    {"config show", "", N_("this machine's settings in force, as an INI file"), NULL, 0, 0, true, run_show},
    {"config path", "", N_("the configuration file that was read"), NULL, 0, 0, true, run_path},
    {"config example", "", N_("a file with every key and what it means"), NULL, 0, 0, true, run_example},
    {0},
};
