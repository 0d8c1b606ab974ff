#include "testcli.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

enum { WORDS_MAX = 12 };

static void fixed_clock(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)zone;
    memcpy(now, "2026-11-21 14:05:00", DATETIME_SIZE);
}

static bool fixes_no_clock(const char *now) {
    (void)now;
    return false;
}

static void sets_no_language(const char *lang) {
    (void)lang;
}

static bool owns_all(const char *file) {
    (void)file;
    return true;
}

struct cli_env testcli_env(const char *db) {
    return (struct cli_env){.db = db,
                            .config_home = "/nonexistent",
                            .data_home = "/nonexistent",
                            .clock = fixed_clock,
                            .owns_file = owns_all,
                            .fix_clock = fixes_no_clock,
                            .set_language = sets_no_language};
}

int testcli_run(const char *line, const struct cli_env *env) {
    char *words[WORDS_MAX + 1] = {(char *)"chotdon"};
    char *text = mem_strdup(line), *rest = NULL;
    int count = 1;
    for (char *w = strtok_r(text, " ", &rest); w != NULL && count < WORDS_MAX; w = strtok_r(NULL, " ", &rest)) {
        words[count++] = w;
    }
    int status = cli_main(count, words, env);
    free(text);
    return status;
}

static void run_here(int out, const char *line, const struct cli_env *env, int (*look)(void)) {
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    int status = testcli_run(line, env);
    int seen = look != NULL ? look() : 0;
    fflush(NULL);
    _exit(seen != 0 ? seen : status);
}

int testcli_run_apart(const char *line, const struct cli_env *env, int (*look)(void), struct buf *said) {
    int ends[2];
    int status = 0;
    char piece[4096];
    fflush(NULL);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0) {
        run_here(ends[1], line, env, look);
    }
    close(ends[1]);
    buf_clear(said);
    for (ssize_t n; (n = read(ends[0], piece, sizeof piece)) > 0;) {
        buf_add_bytes(said, piece, (size_t)n);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}
