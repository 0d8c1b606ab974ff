#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"

enum err_code cli_usage(struct cli *c, struct err *e, const char *format, ...) {
    char message[sizeof e->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    c->status = CLI_USAGE;
    return err_set(e, ERR_INVALID, "%s", message);
}

/* Puts the option's name before what the parser said. */
static enum err_code name_fault(enum err_code rc, const char *name, struct err *e) {
    if (rc != ERR_OK) {
        struct err inner = *e;
        err_set_field(e, rc, name, "--%s: %s", name, inner.message);
    }
    return rc;
}

enum err_code cli_money(struct cli *c, const char *name, const char *text, int64_t *out, struct err *e) {
    return text == NULL ? ERR_OK : name_fault(money_parse(text, shop_currency(c->shop), out, e), name, e);
}

enum err_code cli_qty(const char *name, const char *text, int64_t *out, struct err *e) {
    return text == NULL ? ERR_OK : name_fault(qty_parse(text, out, e), name, e);
}

enum err_code cli_rate(const char *name, const char *text, int64_t *rate_bps, struct err *e) {
    return text == NULL ? ERR_OK : name_fault(rate_parse(text, INT64_MAX, rate_bps, e), name, e);
}

enum err_code cli_int(const char *name, const char *text, int64_t *out, struct err *e) {
    if (text == NULL) {
        return ERR_OK;
    }
    char *end = NULL;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        return err_set_field(e, ERR_INVALID, name, _("--%s: “%s” is not a whole number"), name, text);
    }
    *out = v;
    return ERR_OK;
}

enum err_code cli_yes_no(const char *name, const char *text, bool *out, struct err *e) {
    static const char *const yes[] = {"yes", "y", "true", "1", "co"};
    static const char *const no[] = {"no", "n", "false", "0", "khong", ""};
    if (text == NULL) {
        return ERR_OK;
    }
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (text_equal_folded(text, yes[i])) {
            *out = true;
            return ERR_OK;
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (text_equal_folded(text, no[i])) {
            *out = false;
            return ERR_OK;
        }
    }
    return err_set_field(e, ERR_INVALID, name, _("--%s: “%s” is neither yes nor no"), name, text);
}

enum err_code cli_date(const char *name, const char *text, char out[DATE_SIZE], struct err *e) {
    return text == NULL ? ERR_OK : name_fault(date_parse(text, DATE_DMY, out, NULL, e), name, e);
}

enum err_code cli_period(struct cli *c, const struct cli_args *a, struct cli_period *out, struct err *e) {
    const char *month = cli_option(a, "month");
    const char *from = cli_option(a, "from");
    const char *to = cli_option(a, "to");
    *out = (struct cli_period){"", ""};
    if (month != NULL && (from != NULL || to != NULL)) {
        return cli_usage(c, e, _("give --month, or --from and --to, not both"));
    }
    if (month != NULL) {
        char iso[MONTH_SIZE];
        enum err_code rc = name_fault(month_parse(month, iso, e), "month", e);
        if (rc == ERR_OK) {
            month_first_day(iso, out->from);
            month_last_day(iso, out->to);
        }
        return rc;
    }
    enum err_code rc = cli_date("from", from, out->from, e);
    if (rc == ERR_OK) {
        rc = cli_date("to", to, out->to, e);
    }
    if (rc == ERR_OK && out->from[0] != '\0' && out->to[0] != '\0' && strcmp(out->from, out->to) > 0) {
        rc = err_set_field(e, ERR_INVALID, "from", _("--from %s is later than --to %s"), out->from, out->to);
    }
    return rc;
}

const char *cli_or_null(const char *text) {
    return text == NULL || text[0] == '\0' ? NULL : text;
}

struct table *cli_table(struct cli *c, const struct table_column *columns, size_t count) {
    return table_new(c->format, c->out, shop_currency(c->shop), columns, count);
}

void cli_say_lines(FILE *out, const char *lines) {
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        char *line = mem_strndup(lines, n);
        char *shown = text_visible(line);
        fprintf(out, "%s\n", shown);
        free(shown);
        free(line);
        lines += n + (lines[n] == '\n');
    }
}

void cli_say(FILE *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *line = mem_vprintf(format, args);
    va_end(args);
    size_t n = strlen(line);
    n -= n > 0 && line[n - 1] == '\n';
    line[n] = '\0';
    char *shown = text_visible(line);
    fprintf(out, "%s\n", shown);
    free(shown);
    free(line);
}

void cli_say_part(FILE *out, const char *text) {
    char *shown = text_visible(text);
    fputs(shown, out);
    free(shown);
}

bool cli_wants_json(const struct cli *c) {
    return !c->format_given || c->format == TABLE_JSON;
}
