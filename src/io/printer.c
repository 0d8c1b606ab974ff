#include "io/printer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"

enum { WAIT_STEP_MS = 20, NOT_EXECUTABLE = 126 };

static enum err_code timed_out(const char *target, struct err *e) {
    return err_set_field(e, ERR_IO, "printer",
                         _("the printer %s does not take anything; is it on, and does it have paper?"), target);
}

/* Writes all of it to a descriptor that does not block. */
static enum err_code write_all(int fd, const char *target, const void *bytes, size_t n, int timeout_ms, struct err *e) {
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = write(fd, at, n);
        if (done > 0) {
            at += done;
            n -= (size_t)done;
            continue;
        }
        if (done < 0 && errno != EAGAIN && errno != EINTR) {
            return err_set_field(e, ERR_IO, "printer", _("the printer %s cannot be written to: %s"), target,
                                 strerror(errno));
        }
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        if (poll(&p, 1, timeout_ms) == 0) {
            return timed_out(target, e);
        }
    }
    return ERR_OK;
}

static enum err_code send_to_file(const char *path, const void *bytes, size_t n, int timeout_ms, struct err *e) {
    bool device = strncmp(path, "/dev/", 5) == 0;
    int flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (device ? 0 : O_CREAT);
    int fd = open(path, flags, 0666);
    if (fd < 0) {
        return err_set_field(e, ERR_IO, "printer", _("the printer %s cannot be opened: %s"), path, strerror(errno));
    }
    enum err_code rc = write_all(fd, path, bytes, n, timeout_ms, e);
    if (close(fd) != 0 && rc == ERR_OK) {
        rc = err_set_field(e, ERR_IO, "printer", _("the printer %s cannot be written to: %s"), path, strerror(errno));
    }
    return rc;
}

/* The child: standard input from us, output to nowhere, complaints to `errors`. A group of its own, so that all of it
 * can be ended. */
static _Noreturn void run_command(const char *command, int input, int errors) {
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(input, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(NOT_EXECUTABLE);
}

/* Waits for the child for some time, and ends it and its own when it takes longer. */
static bool wait_for(pid_t child, int timeout_ms, int *status) {
    for (int waited = 0; waited <= timeout_ms; waited += WAIT_STEP_MS) {
        pid_t got = waitpid(child, status, WNOHANG);
        if (got == child) {
            return true;
        }
        poll(NULL, 0, WAIT_STEP_MS);
    }
    kill(-child, SIGKILL);
    waitpid(child, status, 0);
    return false;
}

static enum err_code judge(const char *command, int status, FILE *errors, struct err *e) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return ERR_OK;
    }
    char said[200] = "";
    rewind(errors);
    if (fgets(said, sizeof said, errors) != NULL) {
        said[strcspn(said, "\n")] = '\0';
    }
    int number = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return err_set_field(e, ERR_IO, "printer", _("the print command “%s” ended with status %d: %s"), command, number,
                         said);
}

static enum err_code feed_command(const char *command, int to_child, pid_t child, FILE *errors, const void *bytes,
                                  size_t n, int timeout_ms, struct err *e) {
    fcntl(to_child, F_SETFL, O_NONBLOCK);
    struct err write_err = ERR_INIT;
    enum err_code rc = write_all(to_child, command, bytes, n, timeout_ms, &write_err);
    close(to_child);
    int status = 0;
    if (!wait_for(child, timeout_ms, &status)) {
        return timed_out(command, e);
    }
    enum err_code ended = judge(command, status, errors, e);
    if (ended == ERR_OK && rc != ERR_OK && e != NULL) {
        *e = write_err;
    }
    return ended != ERR_OK ? ended : rc;
}

static enum err_code send_to_command(const char *command, const void *bytes, size_t n, int timeout_ms, struct err *e) {
    int ends[2] = {-1, -1};
    FILE *errors = tmpfile();
    pid_t child = -1;
    if (errors != NULL && pipe2(ends, O_CLOEXEC) == 0) {
        child = fork();
    }
    if (child == 0) {
        run_command(command, ends[0], fileno(errors));
    }
    enum err_code rc = ERR_OK;
    if (child < 0) {
        rc = err_set_field(e, ERR_IO, "printer", _("the print command “%s” cannot be started: %s"), command,
                           strerror(errno));
        if (ends[0] >= 0) {
            close(ends[0]);
            close(ends[1]);
        }
    } else {
        close(ends[0]);
        rc = feed_command(command, ends[1], child, errors, bytes, n, timeout_ms, e);
    }
    if (errors != NULL) {
        fclose(errors);
    }
    return rc;
}

enum err_code printer_send(const char *target, const void *bytes, size_t n, int timeout_ms, struct err *e) {
    if (target[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "printer",
                             _("no printer is set; name one in the configuration: [receipt] printer = …"));
    }
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    sigaction(SIGPIPE, &ignore, &before);
    enum err_code rc = target[0] == '|' ? send_to_command(target + 1, bytes, n, timeout_ms, e)
                                        : send_to_file(target, bytes, n, timeout_ms, e);
    sigaction(SIGPIPE, &before, NULL);
    return rc;
}
