/* Programs in pseudo-terminals of 120×40, in turns: screens RUNS [over MS] -- AHEAD KEYS COMMAND [ARGUMENT…]
 * [-- AHEAD KEYS COMMAND…]… types AHEAD before the program has asked for anything, waits for the end of its first
 * paint, and then presses KEYS one by one ("" for none; an escape sequence is one key). For each program one line: the
 * median milliseconds from its start to the end of the first paint, the median and the 99th percentile from a key to
 * the last byte that answers it, its memory at most (VmHWM) in KiB, and the median and the most that a key took of the
 * processor. A paint has ended when nothing more came for a while; the while is not counted. With `over` come lines
 * before that, of the keys that took more than MS of the processor. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FIRST_WAIT = 5000,
    PAINT_QUIET = 150,
    KEY_WAIT = 3000,
    KEY_QUIET = 15,
    KEY_PAUSE = 30,
    PROGRAMS_MAX = 16,
    RUNS_MAX = 1000,
    ANSWERS_MAX = 100000
};

struct program {
    const char *ahead, *keys;
    char **command;
    double first[RUNS_MAX];
    double *answers, *work; /* of each key */
    size_t answered, pressed;
    long memory;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double at(double *values, size_t count, int percent) {
    qsort(values, count, sizeof *values, by_size);
    return count == 0 ? 0 : values[(count - 1) * (size_t)percent / 100];
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

/* What the process has had of the processor, in milliseconds: the kernel counts in nanoseconds. */
static double work_of(pid_t pid) {
    char path[64];
    unsigned long long ns = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *in = fopen(path, "r");
    if (in == NULL || fscanf(in, "%llu", &ns) != 1) {
        ns = 0;
    }
    if (in != NULL) {
        fclose(in);
    }
    return (double)ns / 1e6;
}

static long memory_of(pid_t pid) {
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *in = fopen(path, "r");
    while (in != NULL && kib == 0 && fgets(line, sizeof line, in) != NULL) {
        sscanf(line, "VmHWM: %ld", &kib);
    }
    if (in != NULL) {
        fclose(in);
    }
    return kib;
}

/* The bytes of the first key: an escape sequence, Alt and a key, a letter in UTF-8, or one byte. */
static size_t key_size(const char *keys) {
    size_t n = 1;
    if (keys[0] == '\033' && (keys[1] == '[' || keys[1] == 'O')) {
        for (n = 2; keys[n] != '\0' && (keys[n] < '@' || keys[n] > '~'); n++) {
        }
        n += keys[n] != '\0';
    } else if (keys[0] == '\033' && keys[1] != '\0') {
        n = 2;
    }
    while (((unsigned char)keys[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

static void say_key(const char *keys, size_t done, size_t size, double work) {
    printf("%8.1f ms ", work);
    for (size_t i = 0; i < done + size; i++) {
        printf(i == done ? " [" : "");
        printf((unsigned char)keys[i] < ' ' ? "^%c" : "%c", (unsigned char)keys[i] < ' ' ? keys[i] + '@' : keys[i]);
    }
    puts("]");
}

static void press(struct program *p, int fd, pid_t pid, double over) {
    for (size_t size = 0, done = 0; p->keys[done] != '\0' && p->pressed < ANSWERS_MAX; done += size) {
        last_byte(fd, now(), KEY_PAUSE, KEY_QUIET); /* what comes late is no answer */
        size = key_size(p->keys + done);
        double work = work_of(pid), start = now();
        if (write(fd, p->keys + done, size) != (ssize_t)size) {
            break;
        }
        double answer = last_byte(fd, start, KEY_WAIT, KEY_QUIET);
        work = work_of(pid) - work;
        p->work[p->pressed++] = work;
        if (answer >= 0) {
            p->answers[p->answered++] = answer;
        }
        if (work > over) {
            say_key(p->keys, done, size, work);
        }
    }
}

static void run(struct program *p, int times, double over) {
    struct winsize size = {40, 120, 0, 0};
    int fd = -1;
    double start = now();
    pid_t pid = forkpty(&fd, NULL, NULL, &size);
    if (pid == 0) {
        execvp(p->command[0], p->command);
        _exit(127);
    }
    if (p->ahead[0] != '\0' && write(fd, p->ahead, strlen(p->ahead)) < 0) {
        perror("screens");
    }
    p->first[times] = last_byte(fd, start, FIRST_WAIT, PAINT_QUIET);
    press(p, fd, pid, over);
    long memory = memory_of(pid);
    p->memory = memory > p->memory ? memory : p->memory;
    kill(pid, SIGKILL); /* a shop would make its backup first */
    waitpid(pid, NULL, 0);
    close(fd);
}

static int read_programs(char **argv, struct program *programs) {
    int count = 0;
    while (*argv != NULL && count < PROGRAMS_MAX && strcmp(argv[0], "--") == 0 && argv[1] != NULL && argv[2] != NULL &&
           argv[3] != NULL) {
        struct program *p = &programs[count++];
        p->ahead = argv[1];
        p->keys = argv[2];
        p->command = argv + 3;
        p->answers = calloc(ANSWERS_MAX, sizeof *p->answers);
        p->work = calloc(ANSWERS_MAX, sizeof *p->work);
        for (argv += 3; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
        }
    }
    for (int i = 1; i < count; i++) {
        programs[i].command[-3] = NULL; /* ends the command before */
    }
    return *argv == NULL ? count : 0;
}

int main(int argc, char **argv) {
    static struct program programs[PROGRAMS_MAX];
    int runs = argc > 1 ? atoi(argv[1]) : 0;
    bool with_over = argc > 3 && strcmp(argv[2], "over") == 0;
    double over = with_over ? atof(argv[3]) : 1e9;
    int count = runs < 1 || runs > RUNS_MAX ? 0 : read_programs(argv + (with_over ? 4 : 2), programs);
    if (count == 0) {
        fputs("screens RUNS [over MS] -- AHEAD KEYS COMMAND [ARGUMENT…] [-- AHEAD KEYS COMMAND…]…\n", stderr);
        return 2;
    }
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LINES"); /* the benchmark's own word for its size; to curses it is the screen's */
    for (int i = 0; i < runs; i++) {
        for (int n = 0; n < count; n++) {
            run(&programs[n], i, over);
        }
    }
    for (int n = 0; n < count; n++) {
        struct program *p = &programs[n];
        printf("%.2f %.2f %.2f %ld %.2f %.2f\n", at(p->first, (size_t)runs, 50), at(p->answers, p->answered, 50),
               at(p->answers, p->answered, 99), p->memory, at(p->work, p->pressed, 50), at(p->work, p->pressed, 100));
    }
    return 0;
}
