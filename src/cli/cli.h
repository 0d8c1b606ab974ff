/* The command line: one table of commands per noun, parsed options, three output formats.
 *
 * To write commands for a noun: src/cli/cmd_NOUN.c with one function per command and, at its end, a const table that
 * ends with {0}; name the table in commands.c. A function calls the domain and prints through cli_table() or
 * json_begin(); it returns the domain's code and leaves the message in *e, main prints it. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "chotdon/shop.h"
#include "io/config.h"
#include "io/json.h"
#include "io/table.h"

enum cli_status { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_REJECTED = 3 };

struct cli {
    struct shop *shop; /* open, unless the command needs none */
    struct shop_options shop_options;
    const struct config *config;
    const char *config_path; /* "" when there is none */
    const char *pin_file;    /* CHOTDON_PIN_FILE, or NULL */
    struct pin_source *pins; /* what stood in it, once it was read */
    const char *approver;    /* --approve: staff code, or NULL */
    enum table_format format;
    bool format_given;
    bool quiet;
    bool database_is_default; /* nobody named one */
    bool out_is_tty, err_is_tty, in_is_tty;
    FILE *out, *err;
    void (*heed_interrupt)(bool on); /* as in run.h; cli/progress.h uses them */
    bool (*interrupted)(void);
    struct cli_wait {
        bool said;       /* whom it waits for */
        bool shown;      /* the seconds stand on the terminal */
        int ask_next_ms; /* when to ask whether to go on */
        bool asking;
    } wait;
    enum cli_status status; /* what an ERR_OK (CLI_REJECTED) or a failure (CLI_USAGE) ends with */
};

/* Parsed words of one command. */
struct cli_args {
    const char *const *words; /* positional ones */
    int count;
    const struct cli_given *given;
    int given_count;
};
struct cli_given {
    const char *name;  /* without dashes */
    const char *value; /* "" for a flag */
};

/* What must stand before a command runs. In most tables the first two are written false and true. */
enum cli_need {
    CLI_SIGNED_IN, /* the shop open, and who acts signed in where sign-in is on */
    CLI_NO_SHOP,
    CLI_SHOP_ONLY /* the shop open; signs in itself, or nobody has to */
};

struct cli_command {
    const char *name;         /* "order add"; the longest name that fits the words is taken */
    const char *synopsis;     /* "NO METHOD:AMOUNT" */
    const char *summary;      /* one line, marked N_() */
    const char *options;      /* "date= line=* draft": `=` takes a value, `=*` may be repeated; NULL for none */
    int min_words, max_words; /* positional ones after the name; max -1: any */
    enum cli_need need;
    enum err_code (*run)(struct cli *c, const struct cli_args *a, struct err *e);
};
extern const struct cli_command *const cli_commands[]; /* the nouns' tables; ends with NULL */

/* Value of an option, NULL when it was not given; the last one when it was repeated. */
const char *cli_option(const struct cli_args *a, const char *name);
bool cli_flag(const struct cli_args *a, const char *name);
const char *cli_word(const struct cli_args *a, int index); /* NULL beyond the last */

/* Wrong usage: exit status 2. */
enum err_code cli_usage(struct cli *c, struct err *e, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Typed options; NULL text leaves *out alone and is ERR_OK. Messages name the option. */
enum err_code cli_money(struct cli *c, const char *name, const char *text, int64_t *out, struct err *e);
enum err_code cli_qty(const char *name, const char *text, int64_t *out, struct err *e);
enum err_code cli_rate(const char *name, const char *text, int64_t *rate_bps, struct err *e);
enum err_code cli_int(const char *name, const char *text, int64_t *out, struct err *e);
enum err_code cli_yes_no(const char *name, const char *text, bool *out, struct err *e); /* also 1/0, có/không */
enum err_code cli_date(const char *name, const char *text, char out[DATE_SIZE], struct err *e);

/* --month M, or --from D --to D: dates, inclusive; "" where not given. */
struct cli_period {
    char from[DATE_SIZE];
    char to[DATE_SIZE];
};
#define CLI_PERIOD_OPTIONS "month= from= to= "
enum err_code cli_period(struct cli *c, const struct cli_args *a, struct cli_period *out, struct err *e);
const char *cli_or_null(const char *text); /* "" becomes NULL */

/* A list to stdout in the format asked for (a table for people when none was). */
struct table *cli_table(struct cli *c, const struct table_column *columns, size_t count);

/* One line for people, its end added where it has none: whatever hides or steers in what was filled in is shown. Lines
 * go to out and err by these alone; bytes that belong to a program (CSV, JSON, a printer's) do not. */
void cli_say(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_say_part(FILE *out, const char *text);   /* the same without a line's end */
void cli_say_lines(FILE *out, const char *lines); /* the same for several */

/* `show` commands: JSON unless a table or CSV was asked for (then callers print rows of name and value). */
bool cli_wants_json(const struct cli *c);

#endif
