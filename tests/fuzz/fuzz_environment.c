/* Any environment, "NAME=value" a line, of the names that the program reads: a command does what it should or refuses,
 * and prints nothing that a terminal must not get. No value names another folder than the fuzzer's own. */
int program_main(int argc, char **argv);
#define main program_main
#include "../../src/main.c" /* all that reads the environment: NOLINT(bugprone-suspicious-include) */
#undef main

#include <assert.h>
#include <fcntl.h>

#include "fuzzshop.h"
#include "hostile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"CHOTDON_DB",
                                    "CHOTDON_AS",
                                    "CHOTDON_PIN_FILE",
                                    "CHOTDON_NOW",
                                    "HOME",
                                    "XDG_CONFIG_HOME",
                                    "XDG_DATA_HOME",
                                    "XDG_STATE_HOME",
                                    "NO_COLOR",
                                    "LANG",
                                    "LANGUAGE",
                                    "LC_ALL",
                                    "LC_MESSAGES",
                                    "LC_CTYPE",
                                    "LC_TIME",
                                    "TERM",
                                    "LINES",
                                    "COLUMNS",
                                    "TZ",
                                    "TMPDIR",
                                    "PAGER",
                                    "EDITOR",
                                    "VISUAL",
                                    "BROWSER",
                                    "DISPLAY",
                                    "SSH_CONNECTION"};

enum { NAMES = sizeof names / sizeof *names };

static char folder[4096];

/* Folders stay below the fuzzer's own: no "..", and what begins with a slash begins there. */
static char *harmless(char *value) {
    for (char *dots = value; (dots = strstr(dots, "..")) != NULL;) {
        dots[0] = dots[1] = '_';
    }
    return value[0] == '/' ? mem_printf("%s%s", folder, value) : mem_strdup(value);
}

static void set_variable(char *line) {
    char *value = strchr(line, '=');
    for (size_t i = 0; value != NULL && i < NAMES; i++) {
        if (strlen(names[i]) == (size_t)(value - line) && strncmp(names[i], line, (size_t)(value - line)) == 0) {
            char *kept = harmless(value + 1);
            setenv(names[i], kept, 1);
            free(kept);
        }
    }
}

static void set_environment(char *text) {
    for (size_t i = 0; i < NAMES; i++) {
        unsetenv(names[i]);
    }
    setenv("CHOTDON_DB", fuzzshop_new(), 1); /* and goes to a folder of its own */
    assert(getcwd(folder, sizeof folder) != NULL);
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        set_variable(line);
    }
}

/* Both streams, for what refuses names what it was given. */
static int run_printing_to(int out, const char *const *words) {
    int kept[2] = {dup(STDOUT_FILENO), dup(STDERR_FILENO)};
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    fixed_now[0] = '\0';
    int status = program_main(count, (char **)words);
    fflush(stdout);
    fflush(stderr);
    dup2(kept[0], STDOUT_FILENO);
    dup2(kept[1], STDERR_FILENO);
    close(kept[0]);
    close(kept[1]);
    return status;
}

static void look_at(int out) {
    off_t len = lseek(out, 0, SEEK_END);
    char *text = mem_zalloc((size_t)len + 1);
    assert(pread(out, text, (size_t)len, 0) == len);
    const char *bad = hostile_find(text, (size_t)len, 6);
    if (bad != NULL) {
        fprintf(stderr, "this was printed: %.80s\n", bad);
        abort();
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const commands[][4] = {{"chotdon", "order", "list", NULL},
                                              {"chotdon", "version", NULL},
                                              {"chotdon", "config", "list", NULL},
                                              {"chotdon", "staff", "list", NULL}};
    char *text = mem_strndup((const char *)data, size);
    set_environment(text);
    int out = open("printed", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert(out >= 0 && unlink("printed") == 0);
    int status = run_printing_to(out, commands[size % (sizeof commands / sizeof *commands)]);
    assert(status >= 0 && status <= 3);
    look_at(out);
    close(out);
    free(text);
    return 0;
}
