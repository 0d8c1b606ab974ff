#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "chotdon/staff.h"
#include "cli/commands.h"
#include "cli/pin_source.h"

static enum err_code read_new(struct cli *c, const struct staff *s, char pin[PIN_SIZE], struct err *e) {
    char *prompt = mem_printf(_("new PIN of %s"), s->name);
    enum err_code rc = pin_read(c, PIN_LINE_NEW, prompt, pin, e);
    free(prompt);
    return rc;
}

/* One's own PIN is proven once more when it is changed; the file's first line, or a prompt. */
static enum err_code read_current(struct cli *c, const struct staff *s, char pin[PIN_SIZE], struct err *e) {
    char *prompt = mem_printf(_("current PIN of %s"), s->name);
    enum err_code rc = pin_read(c, PIN_LINE_ACTOR, prompt, pin, e);
    free(prompt);
    return rc;
}

/* Who types a PIN can choose another at once; a script is only told. */
static bool *may_be_obvious(const struct cli *c, bool *obvious) {
    return c->pin_file != NULL && c->pin_file[0] != '\0' ? obvious : NULL;
}

static void warn_obvious(const struct cli *c, const struct staff *s, bool obvious) {
    if (obvious && !c->quiet) {
        cli_say(c->err, _("chotdon: the PIN of %s is one of the first that anybody would try; a longer one is safer"),
                s->name);
    }
}

static enum err_code change(struct cli *c, const struct staff *s, bool remove, struct err *e) {
    char current[PIN_SIZE] = "";
    char pin[PIN_SIZE] = "";
    bool has = false;
    bool opened = false;
    bool obvious = false;
    bool was_on = shop_sign_in_is_on(c->shop);
    int wait = 0;
    enum err_code rc = pin_state(c->shop, s->code, &has, &wait, e);
    bool own = has && strcmp(s->code, shop_actor_code(c->shop)) == 0;
    if (rc == ERR_OK && own) {
        rc = read_current(c, s, current, e);
    }
    if (rc == ERR_OK && remove) {
        rc = pin_remove(c->shop, s->code, own ? current : NULL, &opened, e);
    } else if (rc == ERR_OK) {
        rc = read_new(c, s, pin, e);
        rc = rc == ERR_OK ? pin_put(c->shop, s->code, own ? current : NULL, pin, may_be_obvious(c, &obvious), e) : rc;
        warn_obvious(c, s, rc == ERR_OK && obvious);
    }
    pin_wipe(current, sizeof current);
    pin_wipe(pin, sizeof pin);
    if (rc == ERR_OK && opened) {
        fputs(_("no manager has a PIN any more: the shop is open, whoever runs the program is its owner\n"), c->err);
    } else if (rc == ERR_OK && !was_on && shop_sign_in_is_on(c->shop) && !c->quiet) {
        fputs(_("sign-in is on: from now on everybody says who they are with -u CODE and gives their PIN\n"), c->err);
    }
    return rc;
}

static enum err_code recover(struct cli *c, const struct staff *s, struct err *e) {
    char pin[PIN_SIZE] = "";
    bool obvious = false;
    enum err_code rc = read_new(c, s, pin, e);
    if (rc == ERR_OK) {
        rc = pin_recover(c->shop, s->code, pin, may_be_obvious(c, &obvious), e);
        warn_obvious(c, s, rc == ERR_OK && obvious);
    }
    pin_wipe(pin, sizeof pin);
    if (rc == ERR_OK) {
        cli_say(c->err, _("%s has a new PIN; the audit log says that the owner of the file set it\n"), s->name);
    }
    return rc;
}

static enum err_code run_pin(struct cli *c, const struct cli_args *a, struct err *e) {
    struct staff s = {0};
    int64_t id = 0;
    bool recovers = cli_flag(a, "recover");
    if (recovers && cli_flag(a, "remove")) {
        return cli_usage(c, e, _("give --remove or --recover, not both"));
    }
    enum err_code rc = recovers ? ERR_OK : cli_sign_in(c, e);
    if (rc == ERR_OK) {
        rc = staff_find(c->shop, cli_word(a, 0), &id, e);
    }
    if (rc == ERR_OK) {
        rc = staff_get(c->shop, id, &s, e);
    }
    if (rc == ERR_OK) {
        rc = recovers ? recover(c, &s, e) : change(c, &s, cli_flag(a, "remove"), e);
    }
    staff_clear(&s);
    return rc;
}

static enum err_code run_roles(struct cli *c, const struct cli_args *a, struct err *e) {
    struct table_column columns[ROLE_COUNT + 2] = {{"permission", TABLE_TEXT, NULL}, {"what", TABLE_TEXT, NULL}};
    (void)a;
    for (int r = 0; r < ROLE_COUNT; r++) {
        columns[r + 2] = (struct table_column){role_code(r), TABLE_BOOL, staff_role_label(role_code(r))};
    }
    struct currency any;
    currency_find("VND", &any); /* there is no money in it, and perhaps no shop */
    struct table *t = table_new(c->format, c->out, &any, columns, sizeof columns / sizeof *columns);
    for (int p = PERMIT_NONE + 1; p < PERMIT_COUNT; p++) {
        const struct permission_info *info = permission_info((enum permission)p);
        table_text(t, info->code);
        table_text(t, _(info->what));
        for (int r = 0; r < ROLE_COUNT; r++) {
            table_number(t, permission_of_role(role_code(r), (enum permission)p));
        }
        table_end_row(t);
    }
    return table_close(&t, e);
}

const struct cli_command cmd_pin[] = {
    {"staff pin", "CODE [--remove | --recover]",
     N_("sets a PIN, or changes it; the first manager's turns sign-in on; --recover: a manager's, by who owns the "
        "file"),
     "remove recover", 1, 1, CLI_SHOP_ONLY, run_pin},
    {"staff roles", "", N_("which role may do and see what"), NULL, 0, 0, CLI_NO_SHOP, run_roles},
    {0},
};
