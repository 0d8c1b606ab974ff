#include "cli/run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/setting.h"
#include "cli/cli_options.h"
#include "cli/commands.h"
#include "cli/pin_source.h"
#include "cli/wait.h"

/* The options that stand before or behind any command. */
struct globals {
    const char *database, *config, *as, *approve, *format, *language, *now;
    bool quiet, help, version;
};

struct words {
    char **list;
    int count;
};

enum global_kind { GLOBAL_NONE, GLOBAL_FLAG, GLOBAL_VALUE };

static enum global_kind global_option(struct globals *g, const char *word, const char ***value, bool **flag) {
    struct {
        const char *letter, *name;
        const char **value;
        bool *flag;
    } options[] = {
        {"-d", "--database", &g->database, NULL},
        {"-c", "--config", &g->config, NULL},
        {"-u", "--as", &g->as, NULL},
        {NULL, "--approve", &g->approve, NULL},
        {"-f", "--format", &g->format, NULL},
        {NULL, "--lang", &g->language, NULL},
        {NULL, "--now", &g->now, NULL},
        {"-q", "--quiet", NULL, &g->quiet},
        {"-h", "--help", NULL, &g->help},
        {"-V", "--version", NULL, &g->version},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        size_t len = strlen(options[i].name);
        bool named =
            strncmp(word, options[i].name, len) == 0 && (word[len] == '\0' || (word[len] == '=' && options[i].value));
        if (named || (options[i].letter != NULL && strcmp(word, options[i].letter) == 0)) {
            *value = options[i].value;
            *flag = options[i].flag;
            return options[i].value != NULL ? GLOBAL_VALUE : GLOBAL_FLAG;
        }
    }
    return GLOBAL_NONE;
}

/* The longest command name that the words begin with; *used says how many words it took. */
static const struct cli_command *find_command(char **words, int count, int *used) {
    const struct cli_command *best = NULL;
    *used = 0;
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *cmd = cli_commands[t]; cmd->name != NULL; cmd++) {
            const char *p = cmd->name;
            int n = 0;
            while (n < count && *p != '\0') {
                size_t len = strcspn(p, " ");
                if (strlen(words[n]) != len || strncmp(words[n], p, len) != 0) {
                    break;
                }
                p += len;
                p += *p == ' ';
                n++;
            }
            if (*p == '\0' && n > *used) {
                best = cmd;
                *used = n;
            }
        }
    }
    return best;
}

/* Whether the words so far name a command that takes this option with a value: then the next word is that value,
 * whatever it looks like. */
static bool takes_value(const struct words *rest, const char *word) {
    int used = 0;
    const struct cli_command *cmd = find_command(rest->list, rest->count, &used);
    if (cmd == NULL || !cli_is_option_word(word) || strchr(word, '=') != NULL) {
        return false;
    }
    const char *name = word + (word[1] == '-' ? 2 : 1);
    enum option_kind kind = cli_option_kind(cmd->options, name, strlen(name));
    return kind == OPTION_VALUE || kind == OPTION_REPEATED;
}

/* Takes the global options out; what is left are the command's words. */
static enum err_code split(int argc, char **argv, struct globals *g, struct words *rest, struct err *e) {
    bool only_words = false;
    for (int i = 1; i < argc; i++) {
        const char **value = NULL;
        bool *flag = NULL;
        enum global_kind kind = only_words ? GLOBAL_NONE : global_option(g, argv[i], &value, &flag);
        only_words = only_words || strcmp(argv[i], "--") == 0;
        if (kind == GLOBAL_FLAG) {
            *flag = true;
        } else if (kind == GLOBAL_VALUE) {
            const char *equals = argv[i][1] == '-' ? strchr(argv[i], '=') : NULL;
            if (equals == NULL && i + 1 >= argc) {
                return err_set(e, ERR_INVALID, _("option %s needs a value"), argv[i]);
            }
            *value = equals != NULL ? equals + 1 : argv[++i];
        } else {
            bool with_value = !only_words && takes_value(rest, argv[i]) && i + 1 < argc;
            rest->list[rest->count++] = argv[i];
            if (with_value) {
                rest->list[rest->count++] = argv[++i];
            }
        }
    }
    return ERR_OK;
}

static void print_command(FILE *out, const struct cli_command *cmd) {
    fprintf(out, "  %s%s%s\n      %s\n", cmd->name, cmd->synopsis[0] == '\0' ? "" : " ", cmd->synopsis,
            _(cmd->summary));
}

/* Commands whose name begins with the words; all when there are none. Says whether there was any. */
static bool print_commands(FILE *out, const char *begin) {
    size_t len = strlen(begin);
    bool any = false;
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *cmd = cli_commands[t]; cmd->name != NULL; cmd++) {
            if (strncmp(cmd->name, begin, len) == 0 && (len == 0 || cmd->name[len] == '\0' || cmd->name[len] == ' ')) {
                print_command(out, cmd);
                any = true;
            }
        }
    }
    return any;
}

static void print_help(FILE *out) {
    fputs(_("usage: chotdon [-d FILE] [-c FILE] [-u STAFF] [-f table|csv|json] [-q] [--lang vi|en]\n"
            "               [--approve STAFF] [--now 'YYYY-MM-DD[ HH:MM[:SS]]'] [COMMAND …]\n"
            "Without a command it opens the screens.\n\n"
            "  -d, --database FILE  the shop's file\n"
            "  -c, --config FILE    an INI file; `chotdon config show` says what is in force\n"
            "  -u, --as STAFF       who acts, by staff code\n"
            "      --approve STAFF  who approves by their PIN what the role of -u may not\n"
            "  -f, --format FORMAT  table, csv or json\n"
            "  -q, --quiet          no warnings and no progress\n"
            "      --lang LANG      vi or en\n"
            "      --now TIME       fixes the clock\n"
            "  -h, --help           this help, or a command's\n"
            "  -V, --version        the version\n\n"
            "Commands:\n"),
          out);
    print_commands(out, "");
}

static enum err_code choose_format(struct cli *c, const char *name, struct err *e) {
    static const struct {
        const char *name;
        enum table_format format;
    } formats[] = {{"table", TABLE_HUMAN}, {"csv", TABLE_CSV}, {"json", TABLE_JSON}};
    if (name == NULL) {
        return ERR_OK;
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(name, formats[i].name) == 0) {
            c->format = formats[i].format;
            c->format_given = true;
            return ERR_OK;
        }
    }
    return err_set(e, ERR_INVALID, _("there is no format “%s”; use table, csv or json"), name);
}

/* What the run keeps on the heap. */
struct held {
    char *config_path, *database;
    struct config *system; /* what root has written, where the program is installed set-group-id */
    struct config *config;
    struct words words;
    struct cli_parsed parsed;
};

#define SYSTEM_CONFIG "/etc/chotdon.ini"

/* The shop that root has named, by its full path; NULL when there is none, or when others may write to the file that
 * names it. */
static const char *system_database(struct held *h) {
    struct stat st;
    if (stat(SYSTEM_CONFIG, &st) != 0 || st.st_uid != 0 || (st.st_mode & 022) != 0 ||
        config_load(SYSTEM_CONFIG, &h->system, NULL) != ERR_OK) {
        return NULL;
    }
    const char *path = config_text(h->system, "shop", "database");
    return path[0] == '/' ? path : NULL;
}

/* What sellers' programs make beside the shop is their own: only the folder keeps them from reading it. */
static enum err_code check_folder(const char *path, struct err *e) {
    char *folder = mem_strndup(path, (size_t)(strrchr(path, '/') - path) + 1);
    struct stat st;
    enum err_code rc =
        stat(folder, &st) == 0 && (st.st_mode & 07) != 0
            ? err_set(e, ERR_REFUSED, _("the folder of a shop that many share must be closed to others: chmod o= %s"),
                      folder)
            : ERR_OK;
    free(folder);
    return rc;
}

/* Installed set-group-id, the group's rights are for the shop that root has named, and for no other file; whoever runs
 * the program has a say in everything else. */
static enum err_code use_group(struct cli *c, struct held *h, const struct globals *g, const struct cli_env *env,
                               struct err *e) {
    if (!env->has_group) {
        return ERR_OK;
    }
    const char *shared = system_database(h);
    if (shared != NULL && c->database_is_default) {
        free(h->database);
        h->database = mem_strdup(shared);
        c->shop_options.path = h->database;
        c->database_is_default = false;
    }
    if (shared == NULL || strcmp(shared, h->database) != 0) {
        env->forget_group();
        return ERR_OK;
    }
    c->shop_options.borrow_group = true;
    c->shop_options.shared_group = true;
    c->shop_options.group = config_text(h->system, "files", "file_group");
    c->shop_options.backup_folder = config_text(h->system, "files", "backup_folder");
    if (g->now != NULL) {
        return err_set(e, ERR_REFUSED, _("the clock of a shop that many share cannot be set with --now"));
    }
    return check_folder(shared, e);
}

static enum err_code configure(struct cli *c, struct held *h, const struct globals *g, const struct cli_env *env,
                               struct err *e) {
    enum err_code rc = config_find(g->config, env->config_home, &h->config_path, e);
    if (rc == ERR_OK) {
        rc = config_load(h->config_path, &h->config, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    c->config = h->config;
    c->config_path = h->config_path == NULL ? "" : h->config_path;
    const char *lang = g->language != NULL ? g->language : config_text(h->config, "ui", "language");
    if (lang[0] != '\0' && strcmp(lang, "vi") != 0 && strcmp(lang, "en") != 0) {
        return err_set(e, ERR_INVALID, _("there is no language “%s”; use vi or en"), lang);
    }
    env->set_language(lang);
    const char *path = g->database != NULL ? g->database : cli_or_null(env->db);
    if (path == NULL) {
        path = cli_or_null(config_text(h->config, "shop", "database"));
    }
    c->database_is_default = path == NULL;
    h->database = path != NULL ? mem_strdup(path) : mem_printf("%s/chotdon/shop.db", env->data_home);
    c->shop_options = (struct shop_options){
        .path = h->database,
        .shared_group = config_text(h->config, "files", "file_group")[0] != '\0',
        .group = config_text(h->config, "files", "file_group"),
        .backup_folder = config_text(h->config, "files", "backup_folder"),
        .state_folder = env->state_home,
        .actor = g->as != NULL ? g->as : env->as,
        .clock = env->clock,
        .turned_back = env->turned_back,
        .machine_ms = env->machine_ms,
        .file_owner = env->owns_file != NULL && env->owns_file(h->database),
    };
    c->approver = cli_or_null(g->approve);
    return use_group(c, h, g, env, e);
}

static void warn(struct cli *c) {
    const char *warning = c->quiet ? NULL : shop_clock_warning(c->shop);
    if (warning != NULL) {
        cli_say(c->err, "chotdon: %s", warning);
    }
    char *files = c->quiet ? NULL : shop_file_warning(c->shop, false);
    if (files != NULL) {
        cli_say(c->err, "chotdon: %s", files);
    }
    free(files);
}

static enum err_code open_shop(struct cli *c, const struct globals *g, const struct cli_env *env, struct err *e) {
    enum err_code rc = shop_open(&c->shop_options, &c->shop, e);
    const char *lang = "";
    if (rc == ERR_OK && g->language == NULL && config_text(c->config, "ui", "language")[0] == '\0' &&
        setting_get(c->shop, "language", &lang, NULL) == ERR_OK && lang[0] != '\0') {
        env->set_language(lang);
    }
    return rc;
}

/* No command: the screens. A file that is not there yet is their business too. */
static enum err_code open_screens(struct cli *c, const struct globals *g, const struct cli_env *env, struct err *e) {
    enum err_code rc = c->out_is_tty && c->in_is_tty
                           ? ERR_OK
                           : err_set(e, ERR_REFUSED, _("the screens need a terminal; `chotdon -h` lists the commands"));
    if (rc == ERR_OK) {
        c->shop_options.task = _("the screens");
        rc = open_shop(c, g, env, e);
    }
    if (rc == ERR_REFUSED && strcmp(e->field, SHOP_OLD_SCHEMA) == 0) {
        rc = cli_offer_upgrade(c, e);
        rc = rc == ERR_OK ? open_shop(c, g, env, e) : rc;
    }
    if (rc == ERR_NOT_FOUND && !shop_exists(&c->shop_options)) {
        err_clear(e);
        rc = ERR_OK;
    } else if (rc == ERR_OK && cli_or_null(c->pin_file) != NULL && shop_actor_code(c->shop)[0] != '\0') {
        rc = cli_sign_in(c, e); /* a machine of its own, as for the wall; else the screens ask */
    }
    return rc == ERR_OK ? env->screens(c, e) : rc;
}

static enum err_code run_command(struct cli *c, struct held *h, const struct globals *g, const struct cli_env *env,
                                 struct err *e) {
    struct words *w = &h->words;
    int used = 0;
    const struct cli_command *cmd = find_command(w->list, w->count, &used);
    if (cmd == NULL) {
        if (print_commands(g->help ? c->out : c->err, w->list[0])) {
            c->status = g->help ? CLI_DONE : CLI_USAGE;
            return g->help ? ERR_OK : cli_usage(c, e, _("“%s” needs one of these words behind it"), w->list[0]);
        }
        return cli_usage(c, e, _("there is no command “%s”; `chotdon -h` lists them"), w->list[0]);
    }
    if (g->help) {
        print_command(c->out, cmd);
        return ERR_OK;
    }
    enum err_code rc = cli_parse(cmd, w->list + used, w->count - used, &h->parsed, e);
    if (rc != ERR_OK) {
        c->status = CLI_USAGE;
        return rc;
    }
    if (cmd->need != CLI_NO_SHOP) {
        c->shop_options.task = cmd->name;
        c->shop_options.on_wait = cli_waits;
        c->shop_options.wait_ctx = c;
        rc = open_shop(c, g, env, e);
        if (rc == ERR_OK) {
            warn(c);
        }
    }
    if (rc == ERR_OK && cmd->need == CLI_SIGNED_IN) {
        rc = cli_sign_in(c, e);
    }
    return rc != ERR_OK ? rc : cmd->run(c, &h->parsed.args, e);
}

static enum err_code dispatch(struct cli *c, struct held *h, int argc, char **argv, const struct cli_env *env,
                              struct err *e) {
    struct globals g = {0};
    enum err_code rc = split(argc, argv, &g, &h->words, e);
    if (rc != ERR_OK) {
        c->status = CLI_USAGE;
        return rc;
    }
    env->set_language(g.language == NULL ? "" : g.language);
    if (g.version) {
        h->words.list[0] = "version";
        h->words.count = 1;
        g.help = false;
    } else if (h->words.count > 0 && strcmp(h->words.list[0], "help") == 0) {
        h->words.list++;
        h->words.count--;
        g.help = true;
    }
    if (g.help && h->words.count == 0) {
        print_help(c->out);
        return ERR_OK;
    }
    if (g.now != NULL && !env->fix_clock(g.now)) {
        return err_set(e, ERR_INVALID, _("--now “%s” is no time; write it like 2026-10-31 14:05"), g.now);
    }
    c->quiet = g.quiet;
    rc = choose_format(c, g.format, e);
    if (rc == ERR_OK) {
        rc = configure(c, h, &g, env, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    if (h->words.count == 0) {
        return open_screens(c, &g, env, e);
    }
    return run_command(c, h, &g, env, e);
}

int cli_main(int argc, char **argv, const struct cli_env *env) {
    struct err e = ERR_INIT;
    struct cli c = {
        .out = stdout,
        .err = stderr,
        .pin_file = env->pin_file,
        .heed_interrupt = env->heed_interrupt,
        .interrupted = env->interrupted,
        .out_is_tty = env->out_is_tty,
        .err_is_tty = env->err_is_tty,
        .in_is_tty = env->in_is_tty,
    };
    struct held h = {.words.list = mem_array((size_t)argc + 1, sizeof(char *))};
    char **all_words = h.words.list;
    enum err_code rc = dispatch(&c, &h, argc, argv, env, &e);
    if (rc == ERR_OK && (fflush(stdout) != 0 || ferror(stdout))) {
        rc = err_set(&e, ERR_IO, _("the result could not be written; is the disk full or the pipe closed?"));
    }
    if (rc != ERR_OK) {
        cli_say(stderr, "chotdon: %s", e.message);
        if (c.status == CLI_DONE) {
            c.status = CLI_FAILED;
        }
    }
    if (c.shop != NULL) {
        shop_tidy(c.shop);
    }
    shop_close(&c.shop);
    pin_source_free(&c.pins);
    config_free(h.config);
    cli_parsed_clear(&h.parsed);
    free(all_words);
    free(h.config_path);
    free(h.database);
    config_free(h.system);
    return (int)c.status;
}
