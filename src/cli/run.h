/* From words to exit status: what main() calls. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/cli.h"

/* What the machine says; main() is the only one who reads it. Texts are borrowed; NULL where there is none. */
struct cli_env {
    const char *db;          /* CHOTDON_DB */
    const char *as;          /* CHOTDON_AS */
    const char *pin_file;    /* CHOTDON_PIN_FILE */
    const char *config_home; /* XDG_CONFIG_HOME or ~/.config */
    const char *data_home;   /* XDG_DATA_HOME or ~/.local/share */
    const char *state_home;  /* XDG_STATE_HOME or ~/.local/state */
    bool out_is_tty, err_is_tty, in_is_tty;
    void (*clock)(void *ctx, const char *time_zone, char now[DATETIME_SIZE]);
    int (*turned_back)(void *ctx, const char *time_zone); /* seconds, at the end of summer time (chotdon/shop.h) */
    int64_t (*machine_ms)(void *ctx);                     /* ms since 1970, whatever --now says */
    bool (*owns_file)(const char *path);                  /* or is root */
    bool has_group;             /* installed set-group-id: rights of a group are put away, for the system's shop */
    void (*forget_group)(void); /* for good */
    bool (*fix_clock)(const char *now);     /* --now; false when it is no date */
    void (*set_language)(const char *lang); /* "vi", "en", or "" for what the environment says */
    void (*heed_interrupt)(bool on);        /* while it is on, Ctrl-C is only noted; NULL: it ends the program */
    bool (*interrupted)(void);
    enum err_code (*screens)(struct cli *c,
                             struct err *e); /* no command: opens them; c->shop is NULL when there is no file */
};

int cli_main(int argc, char **argv, const struct cli_env *env);

#endif
