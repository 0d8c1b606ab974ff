#include "cli/pin_source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/permission.h"

enum { MOST_LINES = 4 };

struct pin_source {
    char line[MOST_LINES][PIN_SIZE];
    int count;
};

void pin_source_free(struct pin_source **s) {
    if (*s != NULL) {
        pin_wipe(*s, sizeof **s);
        free(*s);
        *s = NULL;
    }
}

/* --- the file; it may be a pipe, so it is read once */

static enum err_code take_lines(struct pin_source *s, const char *path, char *text, struct err *e) {
    for (char *line = text; *line != '\0' && s->count < MOST_LINES;) {
        size_t len = strcspn(line, "\r\n");
        if (len >= PIN_SIZE) {
            return err_set(e, ERR_INVALID, _("line %d of %s is too long for a PIN"), s->count + 1, path);
        }
        memcpy(s->line[s->count++], line, len);
        line += len;
        line += strspn(line, "\r");
        line += *line == '\n';
    }
    return s->count > 0 && s->line[0][0] != '\0' ? ERR_OK
                                                 : err_set(e, ERR_INVALID, _("%s has no PIN in its first line"), path);
}

static void warn_about_readers(const struct cli *c, int fd) {
    struct stat st;
    if (!c->quiet && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) != 0) {
        cli_say(c->err, _("chotdon: others may read the PINs in %s: chmod 600 %s\n"), c->pin_file, c->pin_file);
    }
}

static enum err_code read_all(int fd, char *text, size_t size) {
    size_t used = 0;
    ssize_t n = 0;
    while (used < size - 1 && (n = read(fd, text + used, size - 1 - used)) != 0) {
        if (n < 0 && errno != EINTR) {
            return ERR_IO;
        }
        used += n > 0 ? (size_t)n : 0;
    }
    text[used] = '\0';
    return ERR_OK;
}

static enum err_code read_file(struct cli *c, struct err *e) {
    char text[MOST_LINES * (PIN_SIZE + 2)];
    int fd = open(c->pin_file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || read_all(fd, text, sizeof text) != ERR_OK) {
        int why = errno;
        pin_wipe(text, sizeof text);
        if (fd >= 0) {
            close(fd);
        }
        return err_set(e, ERR_IO, _("the PIN file %s cannot be read: %s"), c->pin_file, strerror(why));
    }
    warn_about_readers(c, fd);
    close(fd);
    c->pins = mem_zalloc(sizeof *c->pins);
    enum err_code rc = take_lines(c->pins, c->pin_file, text, e);
    pin_wipe(text, sizeof text);
    return rc;
}

static enum err_code from_file(struct cli *c, enum pin_line which, char pin[PIN_SIZE], struct err *e) {
    enum err_code rc = c->pins == NULL ? read_file(c, e) : ERR_OK;
    if (rc == ERR_OK) {
        int last = c->pins->count - 1;
        int line = which == PIN_LINE_ACTOR ? 0 : which == PIN_LINE_APPROVER || last < 1 ? last : 1;
        memcpy(pin, c->pins->line[line], PIN_SIZE);
    }
    return rc;
}

/* --- the terminal */

/* The last character is taken off whole. */
static size_t before_last(const char *text, size_t len) {
    while (len > 0 && ((unsigned char)text[--len] & 0xC0U) == 0x80U) {
    }
    return len;
}

enum { KEY_CTRL_C = 3, KEY_CTRL_D = 4, KEY_BACKSPACE = 8, KEY_CTRL_U = 21, KEY_DELETE = 127 };

/* Key by key, so that nothing waits in a buffer that others could read. False for Ctrl-C, Ctrl-D and a terminal gone.
 */
static bool read_keys(int tty, char pin[PIN_SIZE]) {
    size_t len = 0;
    for (char key = 0; read(tty, &key, 1) == 1;) {
        if (key == '\n' || key == '\r') {
            pin[len] = '\0';
            return true;
        }
        if (key == KEY_CTRL_C || key == KEY_CTRL_D) {
            break;
        }
        if (key == KEY_BACKSPACE || key == KEY_DELETE) {
            len = before_last(pin, len);
        } else if (key == KEY_CTRL_U) {
            len = 0;
        } else if (len < PIN_SIZE - 1) {
            pin[len++] = key;
        }
    }
    return false;
}

/* Signals wait until the terminal shows again what is typed. */
static bool ask_once(int tty, const char *prompt, char pin[PIN_SIZE]) {
    struct termios before;
    sigset_t held;
    sigset_t old;
    if (tcgetattr(tty, &before) != 0) {
        return false;
    }
    struct termios silent = before;
    silent.c_lflag &= (tcflag_t) ~(ECHO | ICANON | ISIG);
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTSTP);
    sigprocmask(SIG_BLOCK, &held, &old);
    char *shown = text_visible(prompt); /* it holds a name */
    tcsetattr(tty, TCSAFLUSH, &silent); /* first: not even who types at once is shown */
    dprintf(tty, "%s: ", shown);
    free(shown);
    bool got = read_keys(tty, pin);
    tcsetattr(tty, TCSAFLUSH, &before);
    dprintf(tty, "\n");
    sigprocmask(SIG_SETMASK, &old, NULL);
    return got;
}

static enum err_code from_terminal(enum pin_line which, const char *prompt, char pin[PIN_SIZE], struct err *e) {
    char again[PIN_SIZE] = "";
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty < 0) {
        return err_set(e, ERR_REFUSED,
                       _("a PIN is needed, and there is no terminal to ask for it: name a file that holds it in "
                         "CHOTDON_PIN_FILE"));
    }
    bool got = ask_once(tty, prompt, pin);
    bool twice = got && which == PIN_LINE_NEW;
    got = got && (!twice || ask_once(tty, _("once more"), again));
    close(tty);
    bool same = !twice || strcmp(pin, again) == 0;
    pin_wipe(again, sizeof again);
    if (!got) {
        return err_set(e, ERR_REFUSED, _("no PIN was given; nothing was done"));
    }
    return same ? ERR_OK : err_set(e, ERR_INVALID, _("the two are not the same; nothing was changed"));
}

enum err_code pin_read(struct cli *c, enum pin_line which, const char *prompt, char pin[PIN_SIZE], struct err *e) {
    pin[0] = '\0';
    return c->pin_file != NULL && c->pin_file[0] != '\0' ? from_file(c, which, pin, e)
                                                         : from_terminal(which, prompt, pin, e);
}

/* --- signing in */

static enum err_code approve(struct cli *c, struct err *e) {
    char pin[PIN_SIZE];
    char *prompt = mem_printf(_("PIN of %s, who approves"), c->approver);
    enum err_code rc = pin_read(c, PIN_LINE_APPROVER, prompt, pin, e);
    if (rc == ERR_OK) {
        rc = shop_approve(c->shop, c->approver, pin, PERMIT_NONE, e);
    }
    pin_wipe(pin, sizeof pin);
    free(prompt);
    return rc;
}

enum err_code cli_sign_in(struct cli *c, struct err *e) {
    char pin[PIN_SIZE];
    if (!shop_sign_in_is_on(c->shop)) {
        return ERR_OK;
    }
    if (shop_actor_code(c->shop)[0] == '\0') {
        return err_set(e, ERR_REFUSED, _("this shop asks for a PIN: say who you are with -u CODE"));
    }
    char *prompt = mem_printf(_("PIN of %s"), shop_actor_name(c->shop));
    enum err_code rc = pin_read(c, PIN_LINE_ACTOR, prompt, pin, e);
    if (rc == ERR_OK) {
        rc = shop_sign_in(c->shop, shop_actor_code(c->shop), pin, e);
    }
    pin_wipe(pin, sizeof pin);
    free(prompt);
    return rc == ERR_OK && c->approver != NULL ? approve(c, e) : rc;
}
