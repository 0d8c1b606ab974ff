#include "tui/station.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* When a process began, in the kernel's ticks; 0 where /proc does not say. *dead: it has ended, but nobody has asked
 * how. */
static unsigned long long began(long pid, bool *dead) {
    enum { FIELDS_BETWEEN = 19 }; /* between the name's closing bracket and starttime */
    char path[64];
    char text[1024];
    unsigned long long start = 0;
    *dead = false;
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *f = fopen(path, "re");
    if (f == NULL) {
        return 0;
    }
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    char *p = strrchr(text, ')');
    *dead = p != NULL && (p[2] == 'Z' || p[2] == 'X');
    for (int i = 0; p != NULL && i <= FIELDS_BETWEEN; i++) {
        p = strchr(p + 1, ' ');
    }
    if (p != NULL) {
        start = strtoull(p, NULL, 10);
    }
    return start;
}

static void host(char out[64]) {
    if (gethostname(out, 63) != 0) {
        out[0] = '\0';
    }
    out[63] = '\0';
    for (char *p = out; *p != '\0'; p++) {
        *p = *p == ':' ? '-' : *p;
    }
}

const char *station_name(char out[STATION_SIZE]) {
    char name[64];
    bool dead;
    const char *tty = ttyname(STDIN_FILENO);
    host(name);
    tty = tty == NULL ? "" : strncmp(tty, "/dev/", 5) == 0 ? tty + 5 : tty;
    snprintf(out, STATION_SIZE, "%s:%ld:%llu:%.40s", name, (long)getpid(), began((long)getpid(), &dead), tty);
    return out;
}

bool station_is_alive(const char *station) {
    char name[64];
    host(name);
    size_t n = strlen(name);
    if (strncmp(station, name, n) != 0 || station[n] != ':') {
        return true;
    }
    char *rest;
    long pid = strtol(station + n + 1, &rest, 10);
    if (pid <= 0 || (kill((pid_t)pid, 0) != 0 && errno == ESRCH)) {
        return false;
    }
    unsigned long long start = *rest == ':' ? strtoull(rest + 1, NULL, 10) : 0;
    bool dead;
    unsigned long long now = began(pid, &dead);
    return !dead && (start == 0 || now == 0 || start == now);
}
