/* Splitting a command's words into options and positional words. */
#ifndef CLI_CLI_OPTIONS_H
#define CLI_CLI_OPTIONS_H

#include "cli/cli.h"

enum option_kind { OPTION_UNKNOWN, OPTION_FLAG, OPTION_VALUE, OPTION_REPEATED };
enum option_kind cli_option_kind(const char *spec, const char *name, size_t name_len);

/* Begins with a dash and is neither "-" nor a negative number. */
bool cli_is_option_word(const char *word);

struct cli_parsed {
    struct cli_args args;
    struct cli_given *given;
    size_t given_cap;
    const char **positional;
};

/* The words after the command's name; `--` ends the options. ERR_INVALID is wrong usage. Values are borrowed from
 * words. */
enum err_code cli_parse(const struct cli_command *cmd, char **words, int count, struct cli_parsed *out, struct err *e);
void cli_parsed_clear(struct cli_parsed *p);

#endif
