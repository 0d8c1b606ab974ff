#include "cli/cli_options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* Looks `name` up in "date= line=* draft". */
enum option_kind cli_option_kind(const char *spec, const char *name, size_t name_len) {
    for (const char *p = spec == NULL ? "" : spec; *p != '\0';) {
        size_t n = strcspn(p, " ");
        size_t bare = strcspn(p, "= ");
        if (bare == name_len && strncmp(p, name, name_len) == 0) {
            if (bare == n) {
                return OPTION_FLAG;
            }
            return p[n - 1] == '*' ? OPTION_REPEATED : OPTION_VALUE;
        }
        p += n;
        p += strspn(p, " ");
    }
    return OPTION_UNKNOWN;
}

static bool is_number(const char *word) {
    return word[0] == '-' && (isdigit((unsigned char)word[1]) || word[1] == '.' || word[1] == ',');
}

bool cli_is_option_word(const char *word) {
    return word[0] == '-' && word[1] != '\0' && !is_number(word);
}

static void add_given(struct cli_parsed *p, const char *name, size_t len, const char *value) {
    p->given = mem_grow(p->given, (size_t)p->args.given_count, &p->given_cap, sizeof *p->given);
    p->given[p->args.given_count++] = (struct cli_given){mem_strndup(name, len), value};
}

static enum err_code parse_option(struct cli_parsed *p, const struct cli_command *cmd, char **words, int count, int *i,
                                  struct err *e) {
    const char *word = words[*i];
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t len = strcspn(name, "=");
    enum option_kind kind = cli_option_kind(cmd->options, name, len);
    if (kind == OPTION_UNKNOWN) {
        return err_set(e, ERR_INVALID, _("unknown option %s; see `chotdon %s -h`"), word, cmd->name);
    }
    const char *value = name[len] == '=' ? name + len + 1 : NULL;
    if (kind == OPTION_FLAG) {
        if (value != NULL) {
            return err_set(e, ERR_INVALID, _("option --%.*s takes no value"), (int)len, name);
        }
        add_given(p, name, len, "");
        return ERR_OK;
    }
    if (value == NULL) {
        if (*i + 1 >= count) {
            return err_set(e, ERR_INVALID, _("option --%.*s needs a value"), (int)len, name);
        }
        value = words[++*i];
    }
    for (int k = 0; kind == OPTION_VALUE && k < p->args.given_count; k++) {
        if (strlen(p->given[k].name) == len && strncmp(p->given[k].name, name, len) == 0) {
            return err_set(e, ERR_INVALID, _("option --%.*s is given twice"), (int)len, name);
        }
    }
    add_given(p, name, len, value);
    return ERR_OK;
}

enum err_code cli_parse(const struct cli_command *cmd, char **words, int count, struct cli_parsed *out, struct err *e) {
    *out = (struct cli_parsed){0};
    out->positional = mem_array((size_t)count + 1, sizeof *out->positional);
    bool only_words = false;
    enum err_code rc = ERR_OK;
    for (int i = 0; i < count && rc == ERR_OK; i++) {
        if (!only_words && strcmp(words[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && cli_is_option_word(words[i])) {
            rc = parse_option(out, cmd, words, count, &i, e);
        } else {
            out->positional[out->args.count++] = words[i];
        }
    }
    out->args.words = out->positional;
    out->args.given = out->given;
    if (rc == ERR_OK && out->args.count < cmd->min_words) {
        rc = err_set(e, ERR_INVALID, _("something is missing: chotdon %s %s"), cmd->name, cmd->synopsis);
    } else if (rc == ERR_OK && cmd->max_words >= 0 && out->args.count > cmd->max_words) {
        rc = err_set(e, ERR_INVALID, _("one word too many, “%s”: chotdon %s %s"), out->positional[cmd->max_words],
                     cmd->name, cmd->synopsis);
    }
    return rc;
}

void cli_parsed_clear(struct cli_parsed *p) {
    for (int i = 0; i < p->args.given_count; i++) {
        free((char *)p->given[i].name);
    }
    free(p->given);
    free(p->positional);
    *p = (struct cli_parsed){0};
}

const char *cli_option(const struct cli_args *a, const char *name) {
    const char *value = NULL;
    for (int i = 0; i < a->given_count; i++) {
        if (strcmp(a->given[i].name, name) == 0) {
            value = a->given[i].value;
        }
    }
    return value;
}

bool cli_flag(const struct cli_args *a, const char *name) {
    return cli_option(a, name) != NULL;
}

const char *cli_word(const struct cli_args *a, int index) {
    return index < a->count ? a->words[index] : NULL;
}
