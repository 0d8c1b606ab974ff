/* Options, environment, clock and locale: the only file that reads them. */
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/run.h"
#include "tui/tui.h"

static char fixed_now[DATETIME_SIZE];    /* --now or CHOTDON_NOW; "" for the wall clock */
static char zone_in_force[128];          /* what TZ was last set to */
static const char *environment_language; /* "vi" or "en" */
static volatile sig_atomic_t interrupted;

/* Keeps to the C.UTF-8 locale where there is none, or none that knows UTF-8 names. */
static void set_category(int category) {
    const char *name = setlocale(category, "");
    if (name == NULL || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0) {
        setlocale(category, "C.UTF-8");
    }
}

/* Figures, dates and order are the shop's, not the locale's: its other parts need not be read. */
static void set_locale(void) {
    const char *messages = setlocale(LC_MESSAGES, "");
    environment_language = messages != NULL && strncmp(messages, "vi", 2) == 0 ? "vi" : "en";
    set_category(LC_MESSAGES);
    set_category(LC_CTYPE);
}

/* Whoever runs a set-group-id program must not have a say in what it reads. */
static bool is_trusted(const char *folder, bool has_group) {
    struct stat st;
    return access(folder, R_OK) == 0 && (!has_group || (stat(folder, &st) == 0 && st.st_uid == 0));
}

/* Translations of the build folder when the program is run from there, else the installed ones. */
static void bind_translations(bool has_group) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
    if (n > 0) {
        path[n] = '\0';
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            strcpy(slash + 1, "locale");
            if (!is_trusted(path, has_group)) {
                strcpy(slash + 1, "../share/locale");
            }
        }
    }
    bindtextdomain("chotdon", n > 0 && is_trusted(path, has_group) ? path : CHOTDON_LOCALEDIR);
    bind_textdomain_codeset("chotdon", "UTF-8");
    textdomain("chotdon");
}

static void set_language(const char *lang) {
    setenv("LANGUAGE", lang[0] == '\0' ? environment_language : lang, 1);
    bind_textdomain_codeset("chotdon", "UTF-8"); /* makes gettext look again */
}

static bool fix_clock(const char *now) {
    char date[DATE_SIZE];
    char time_of_day[9];
    if (date_parse(now, DATE_DMY, date, time_of_day, NULL) != ERR_OK) {
        return false;
    }
    snprintf(fixed_now, sizeof fixed_now, "%s %s", date, time_of_day[0] == '\0' ? "00:00:00" : time_of_day);
    return true;
}

static void read_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    if (fixed_now[0] != '\0') {
        memcpy(now, fixed_now, DATETIME_SIZE);
        return;
    }
    if (strcmp(zone_in_force, time_zone) != 0) {
        snprintf(zone_in_force, sizeof zone_in_force, "%s", time_zone);
        setenv("TZ", zone_in_force, 1);
        tzset();
    }
    time_t t = time(NULL);
    struct tm local;
    localtime_r(&t, &local);
    strftime(now, DATETIME_SIZE, "%Y-%m-%d %H:%M:%S", &local);
}

/* Ctrl-C during long work ends the work, and a second one the program. */
static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

static void heed_interrupt(bool on) {
    struct sigaction act = {.sa_handler = on ? on_interrupt : SIG_DFL, .sa_flags = (int)SA_RESETHAND};
    interrupted = 0;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
}

static bool was_interrupted(void) {
    return interrupted != 0;
}

/* Of the zone that read_clock has set. */
static int turned_back(void *ctx, const char *time_zone) {
    enum { LATELY = 3 * 3600 };
    char now[DATETIME_SIZE];
    struct tm at, before;
    read_clock(ctx, time_zone, now);
    time_t t = time(NULL), earlier = t - LATELY;
    localtime_r(&t, &at);
    localtime_r(&earlier, &before);
    return fixed_now[0] != '\0' || at.tm_gmtoff >= before.tm_gmtoff ? 0 : (int)(before.tm_gmtoff - at.tm_gmtoff);
}

static int64_t machine_ms(void *ctx) {
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Installed set-group-id: the group's rights are put away at once, and borrowed for the shop's file alone. */
static bool put_group_away(void) {
    gid_t real = 0;
    gid_t effective = 0;
    gid_t saved = 0;
    if (getresgid(&real, &effective, &saved) != 0 || saved == real) {
        return false;
    }
    if (setegid(real) != 0) {
        abort();
    }
    return true;
}

static void forget_group(void) {
    if (setresgid(getgid(), getgid(), getgid()) != 0) {
        abort();
    }
}

/* What a crash leaves would show others' records; the libraries would take descriptions of terminals from their user,
 * who would write code into them. */
static void close_ways_in(void) {
    static const char *const names[] = {"TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH"};
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unsetenv(names[i]);
    }
}

static bool owns_file(const char *path) {
    struct stat st;
    return geteuid() == 0 || (stat(path, &st) == 0 && st.st_uid == geteuid());
}

/* XDG's folder, or its default under HOME. The caller owns it. */
static char *home_folder(const char *variable, const char *fallback) {
    const char *given = getenv(variable);
    const char *home = getenv("HOME");
    if (given != NULL && given[0] == '/') {
        return mem_strdup(given);
    }
    return mem_printf("%s/%s", home == NULL ? "." : home, fallback);
}

static enum err_code open_screens(struct cli *c, struct err *e) {
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        return err_set(e, ERR_REFUSED, _("the screens need a UTF-8 locale, this one is %s; try LC_ALL=C.UTF-8"),
                       nl_langinfo(CODESET));
    }
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* PINs just typed would be in what a crash leaves */
    const char *no_color = getenv("NO_COLOR");
    struct tui_options options = {
        .shop = c->shop,
        .shop_options = &c->shop_options,
        .config = c->config,
        .colour = no_color == NULL || no_color[0] == '\0',
        .hidden_home = c->shop_options.borrow_group ? getenv("HOME") : NULL,
        .set_language = set_language,
    };
    return tui_run(&options, &c->shop, e);
}

int main(int argc, char **argv) {
    bool has_group = put_group_away();
    if (has_group) {
        close_ways_in();
    }
    set_locale();
    bind_translations(has_group);
    struct cli_env env = {
        .db = getenv("CHOTDON_DB"),
        .as = getenv("CHOTDON_AS"),
        .pin_file = getenv("CHOTDON_PIN_FILE"),
        .out_is_tty = isatty(STDOUT_FILENO) == 1,
        .err_is_tty = isatty(STDERR_FILENO) == 1,
        .in_is_tty = isatty(STDIN_FILENO) == 1,
        .clock = read_clock,
        .turned_back = turned_back,
        .machine_ms = machine_ms,
        .owns_file = owns_file,
        .has_group = has_group,
        .forget_group = forget_group,
        .fix_clock = fix_clock,
        .set_language = set_language,
        .heed_interrupt = heed_interrupt,
        .interrupted = was_interrupted,
        .screens = open_screens,
    };
    char *config_home = home_folder("XDG_CONFIG_HOME", ".config");
    char *data_home = home_folder("XDG_DATA_HOME", ".local/share");
    char *state_home = home_folder("XDG_STATE_HOME", ".local/state");
    env.config_home = config_home;
    env.data_home = data_home;
    env.state_home = state_home;
    const char *now = secure_getenv("CHOTDON_NOW"); /* nobody sets the clock of a shop by others' rights */
    int status = 2;
    if (now != NULL && now[0] != '\0' && !fix_clock(now)) {
        char clip[ERR_CLIP_SIZE];
        cli_say(stderr, "chotdon: CHOTDON_NOW=%s: %s", err_clip(now, clip),
                _("this is no time; write it like 2026-10-31 14:05"));
    } else {
        status = cli_main(argc, argv, &env);
    }
    free(config_home);
    free(data_home);
    free(state_home);
    return status;
}
