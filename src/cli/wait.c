#include "cli/wait.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

enum { SIGN_MS = 1000, ASK_MS = 10000 };

static void take_sign_away(struct cli *c) {
    if (c->wait.shown) {
        fputs("\r\033[K", c->err);
        fflush(c->err);
        c->wait.shown = false;
    }
}

/* Whom it waits for stays in a line of its own, however long; only the seconds change. */
static void show_sign(struct cli *c, int waited_ms, const char *holder) {
    if (!c->wait.said) {
        cli_say(c->err, _("Waiting until %s has finished saving…"), *holder == '\0' ? _("another counter") : holder);
        c->wait.said = true;
    }
    fprintf(c->err, "\r\033[K%d s", waited_ms / 1000);
    fflush(c->err);
    c->wait.shown = true;
}

static void ask(struct cli *c, const char *holder) {
    take_sign_away(c);
    cli_say(c->err, _("%s is still saving, and nothing of yours is lost."),
            *holder == '\0' ? _("Another counter") : holder);
    cli_say(c->err, "%s", _("Keep waiting? [Y/n] "));
    fflush(c->err);
    c->wait.asking = true;
}

/* Looks whether an answer has come, without waiting for it: meanwhile the turn may come too. */
static bool answered_no(struct cli *c, int waited_ms) {
    char text[64];
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&in, 1, 0) <= 0) {
        return false;
    }
    ssize_t n = read(STDIN_FILENO, text, sizeof text - 1);
    c->wait.asking = false;
    c->wait.ask_next_ms = waited_ms + ASK_MS;
    return n <= 0 || strchr("nNkK", text[0]) != NULL; /* no, không; the end of input is a no too */
}

static void over(struct cli *c) {
    take_sign_away(c);
    c->wait = (struct cli_wait){0};
}

bool cli_waits(void *ctx, int waited_ms, const char *holder) {
    struct cli *c = ctx;
    bool can_ask = c->err_is_tty && c->in_is_tty && !c->quiet;
    if (waited_ms == 0) {
        over(c);
        return true;
    }
    if (c->wait.asking) {
        return !answered_no(c, waited_ms);
    }
    if (waited_ms >= (c->wait.ask_next_ms > 0 ? c->wait.ask_next_ms : ASK_MS)) {
        if (!can_ask) {
            return false;
        }
        ask(c, holder);
    } else if (waited_ms >= SIGN_MS && c->err_is_tty && !c->quiet) {
        show_sign(c, waited_ms, holder);
    }
    return true;
}
