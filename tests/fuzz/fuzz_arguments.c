/* Any words behind the program's name, one a line: it does what they say or refuses, prints nothing that a terminal
 * must not get, and the books hold. A word names no other folder: there are no slashes. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "fuzzshop.h"
#include "hostile.h"
#include "testcli.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS_MAX = 60 };

static bool no_time(const char *now) {
    (void)now;
    return true;
}

static enum err_code no_screens(struct cli *c, struct err *e) {
    (void)c;
    return err_set(e, ERR_REFUSED, "no screens here");
}

/* Prints a table for people: what is for programs may hold anything. */
static bool is_for_people(char **words, int count) {
    bool people = true;
    for (int i = 0; i < count; i++) {
        people = people && strstr(words[i], "csv") == NULL && strstr(words[i], "json") == NULL &&
                 strcmp(words[i], "export") != 0 && strcmp(words[i], "escpos") != 0 && strstr(words[i], "-f") == NULL &&
                 strstr(words[i], "show") == NULL;
    }
    return people;
}

static void look_at_output(char **words, int count) {
    fflush(stdout);
    fseek(stdout, 0, SEEK_END);
    long len = ftell(stdout);
    char *text = mem_zalloc((size_t)len + 1);
    assert(pread(STDOUT_FILENO, text, (size_t)len, 0) == len);
    const char *bad = is_for_people(words, count) ? hostile_find(text, (size_t)len, 6) : NULL;
    if (bad != NULL) {
        fprintf(stderr, "this was printed: %.80s\n", bad);
        abort();
    }
    free(text);
}

static void begin_output(void) {
    static FILE *out;
    if (out == NULL) {
        out = freopen("out.txt", "w+", stdout);
        assert(out != NULL);
    }
    rewind(stdout);
    assert(ftruncate(STDOUT_FILENO, 0) == 0);
}

static int split(char *text, char **words) {
    int count = 0;
    words[count++] = (char *)"chotdon";
    char *rest = NULL;
    for (char *w = strtok_r(text, "\n", &rest); w != NULL && count < WORDS_MAX; w = strtok_r(NULL, "\n", &rest)) {
        words[count++] = w;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *words[WORDS_MAX + 1] = {NULL};
    struct cli_env env = testcli_env(fuzzshop_new());
    env.clock = fuzzshop_options().clock;
    env.fix_clock = no_time;
    env.screens = no_screens;
    char *text = mem_strndup((const char *)data, size);
    for (char *p = text; *p != '\0'; p++) {
        *p = *p == '/' ? '_' : *p;
    }
    int count = split(text, words);
    begin_output();
    int status = cli_main(count, words, &env);
    assert(status >= 0 && status <= 3);
    look_at_output(words, count);
    struct shop *shop = NULL;
    struct shop_options options = fuzzshop_options();
    if (shop_open(&options, &shop, NULL) == ERR_OK) {
        fuzzshop_check(shop);
    }
    shop_close(&shop);
    free(text);
    return 0;
}
