/* The screens as a whole: what main.c starts. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

#include "chotdon/shop.h"
#include "io/config.h"

struct tui_options {
    struct shop *shop;                       /* NULL: there is none yet, the first-run screen makes it */
    const struct shop_options *shop_options; /* how to make and open it */
    const struct config *config;
    bool colour;                            /* false: NO_COLOR */
    const char *hidden_home;                /* HOME, which is not to be looked into for terminals; NULL: it may be */
    void (*set_language)(const char *lang); /* "vi" or "en" */
};

/* Runs until the user leaves. *shop is the one to close afterwards (the first-run screen may have made it). ERR_REFUSED
 * when this is no terminal for screens, ERR_INVALID when the configuration's [keys] are wrong. */
enum err_code tui_run(const struct tui_options *options, struct shop **shop, struct err *e);

#endif
