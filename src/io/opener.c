#include "io/opener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { NOT_STARTED = 127, WORDS_MAX = 16, LOOK_MS = 500, STEP_MS = 20 };

static _Noreturn void become(char *const *argv) {
    int nowhere = open("/dev/null", O_RDWR);
    setsid();
    signal(SIGPIPE, SIG_DFL);
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execvp(argv[0], argv);
    _exit(NOT_STARTED);
}

/* Between us and the program: looks for a moment whether it fails, then lets go of it. */
static _Noreturn void watch(char *const *argv) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        become(argv);
    }
    if (child < 0) {
        _exit(NOT_STARTED);
    }
    for (int waited = 0; waited < LOOK_MS; waited += STEP_MS) {
        if (waitpid(child, &status, WNOHANG) == child) {
            _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
        }
        poll(NULL, 0, STEP_MS);
    }
    _exit(0);
}

static enum err_code run(char *const *argv, struct err *e) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        watch(argv);
    }
    if (child < 0) {
        return err_set(e, ERR_IO, _("%s cannot be started: %s"), argv[0], strerror(errno));
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    if (code == NOT_STARTED) {
        return err_set(e, ERR_IO, _("%s cannot be started; name another program in the configuration: [files] opener"),
                       argv[0]);
    }
    return code == 0 ? ERR_OK : err_set(e, ERR_IO, _("%s could not open it (status %d)"), argv[0], code);
}

/* "https://…", "zalo://…" */
static bool is_address(const char *path) {
    size_t n = strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    return n > 1 && strncmp(path + n, "://", 3) == 0;
}

enum err_code opener_open(const char *command, const char *path, struct err *e) {
    char *words = mem_strdup(command);
    char *target = path[0] == '-' ? mem_printf("./%s", path) : mem_strdup(path); /* no option of the program */
    char *argv[WORDS_MAX + 2] = {NULL};
    size_t count = 0;
    enum err_code rc = ERR_OK;
    for (char *rest = words, *word = NULL; count < WORDS_MAX && (word = strsep(&rest, " \t")) != NULL;) {
        if (word[0] != '\0') {
            argv[count++] = word;
        }
    }
    if (count == 0) {
        rc = err_set(e, ERR_INVALID, _("no program opens documents; name one in the configuration: [files] opener"));
    } else if (!is_address(target) && access(target, R_OK) != 0) {
        rc = err_set(e, ERR_NOT_FOUND, _("%s cannot be opened: %s"), path, strerror(errno));
    } else {
        argv[count] = target;
        rc = run(argv, e);
    }
    free(words);
    free(target);
    return rc;
}
