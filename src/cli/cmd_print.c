#include <string.h>

#include "base/i18n.h"
#include "chotdon/order.h"
#include "cli/commands.h"
#include "io/receipt_order.h"

static enum err_code read_format(const char *name, enum receipt_format *out, struct err *e) {
    if (name == NULL || strcmp(name, "text") == 0) {
        *out = RECEIPT_TEXT;
    } else if (strcmp(name, "escpos") == 0) {
        *out = RECEIPT_ESCPOS;
    } else {
        return err_set(e, ERR_INVALID, _("--as “%s”: a receipt is text or escpos"), name);
    }
    return ERR_OK;
}

static enum err_code run_print(struct cli *c, const struct cli_args *a, struct err *e) {
    enum receipt_format format = RECEIPT_TEXT;
    int64_t width = 0;
    int64_t id = 0;
    enum err_code rc = read_format(cli_option(a, "as"), &format, e);
    if (rc == ERR_OK) {
        rc = cli_int("width", cli_option(a, "width"), &width, e);
    }
    if (rc == ERR_OK && width != 0 && width != 32 && width != 48) {
        return err_set(e, ERR_INVALID, _("--width: a receipt is 32 or 48 characters wide"));
    }
    if (rc == ERR_OK) {
        rc = order_find(c->shop, cli_word(a, 0), &id, e);
    }
    if (rc == ERR_OK && cli_flag(a, "printer")) {
        return receipt_order_print(c->shop, c->config, id, e);
    }
    struct buf out = BUF_INIT;
    if (rc == ERR_OK) {
        rc = receipt_order_render(c->shop, c->config, id, format, (int)width, &out, e);
    }
    if (rc == ERR_OK) {
        fwrite(buf_str(&out), 1, out.len, c->out);
    }
    buf_clear(&out);
    return rc;
}

const struct cli_command cmd_print[] = {
    {"order print", "NO [--as text|escpos] [--width 32|48] [--printer]",
     N_("prints the receipt, or sends it to the configured printer"), "as= width= printer", 1, 1, false, run_print},
    {0},
};
