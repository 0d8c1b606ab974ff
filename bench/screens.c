/* A program in a pseudo-terminal of 120×40: screens RUNS KEYS COMMAND [ARGUMENT…] prints the median milliseconds from
 * its start to the end of the first paint, the median from a key to the last byte that answers it, and its memory at
 * most in KiB. A paint has ended when nothing more came for a while; the while is not counted. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_WAIT = 5000, PAINT_QUIET = 150, KEY_WAIT = 2000, KEY_QUIET = 15, KEY_PAUSE = 30, MAX = 4000 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_size);
    return count == 0 ? 0 : values[count / 2];
}

/* When the last byte came, from `start`; below zero when none came within `wait`. */
static double last_byte(int fd, double start, int wait, int quiet) {
    char bytes[1 << 14];
    double last = -1;
    struct pollfd p = {fd, POLLIN, 0};
    while (poll(&p, 1, last < 0 ? wait : quiet) > 0 && read(fd, bytes, sizeof bytes) > 0) {
        last = now() - start;
    }
    return last;
}

static size_t press(int fd, const char *keys, double *answers) {
    size_t count = 0;
    for (; *keys != '\0'; keys++) {
        last_byte(fd, now(), KEY_PAUSE, KEY_QUIET); /* what comes late is no answer */
        double start = now();
        size_t bytes = keys[0] == '\033' && keys[1] != '\0' ? 2 : 1; /* Alt and a key */
        if (write(fd, keys, bytes) != (ssize_t)bytes) {
            break;
        }
        keys += bytes - 1;
        double answer = last_byte(fd, start, KEY_WAIT, KEY_QUIET);
        if (answer >= 0) {
            answers[count++] = answer;
        }
    }
    return count;
}

int main(int argc, char **argv) {
    static double first[MAX], answers[MAX * 4];
    int runs = argc > 3 ? atoi(argv[1]) : 0;
    size_t keys = 0;
    struct rusage usage = {0};
    if (runs < 1 || runs > MAX || strlen(argv[2]) > 4) {
        fputs("screens RUNS KEYS(up to 4) COMMAND [ARGUMENT…]\n", stderr);
        return 2;
    }
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LINES"); /* the benchmark's own word for its size; to curses it is the screen's */
    for (int i = 0; i < runs; i++) {
        struct winsize size = {40, 120, 0, 0};
        int fd = -1, status = 0;
        double start = now();
        pid_t pid = forkpty(&fd, NULL, NULL, &size);
        if (pid == 0) {
            execvp(argv[3], argv + 3);
            _exit(127);
        }
        first[i] = last_byte(fd, start, FIRST_WAIT, PAINT_QUIET);
        keys += press(fd, argv[2], answers + keys);
        kill(pid, SIGTERM);
        last_byte(fd, now(), KEY_WAIT, KEY_QUIET);
        close(fd);
        wait4(pid, &status, 0, &usage);
    }
    printf("%.2f %.2f %ld\n", median(first, (size_t)runs), median(answers, keys), usage.ru_maxrss);
    return keys == 0 ? 1 : 0;
}
