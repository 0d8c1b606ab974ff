#include "testoffice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "testdb.h"

static void shell(char *line) {
    if (system(line) != 0) {
        fail_msg("failed: %s", line);
    }
    free(line);
}

void testoffice_command(const struct testoffice *o, const char *words) {
    shell(mem_printf("LC_ALL=C.UTF-8 LANGUAGE= '%s' -q -d '%s' --now '%s' --lang en %s >/dev/null", o->program, o->path,
                     o->now, words));
}

void testoffice_shell(const struct testoffice *o, const char *line) {
    shell(mem_printf("cd '%s' && { %s\n}", o->folder, line));
}

struct testoffice *testoffice_new(const char *now, const char *init) {
    struct testoffice *o = mem_zalloc(sizeof *o);
    const char *build = getenv("B");
    char here[4000];
    assert_non_null(getcwd(here, sizeof here));
    o->now = now;
    o->path = testdb_path("shop.db");
    o->folder = mem_strndup(o->path, (size_t)(strrchr(o->path, '/') - o->path));
    o->program = build != NULL && build[0] == '/' ? mem_printf("%s/chotdon", build)
                                                  : mem_printf("%s/%s/chotdon", here, build == NULL ? "build" : build);
    char *words = mem_printf("init %s", init == NULL ? "--name 'Tạp hoá Hạnh Phúc'" : init);
    testoffice_command(o, words);
    free(words);
    return o;
}

void testoffice_free(struct testoffice *o) {
    pty_free(o->pty);
    testdb_remove(o->path);
    free(o->folder);
    free(o->program);
    free(o);
}

struct pty *testoffice_start(const struct testoffice *o, const char *lang, int width, int height) {
    char *line =
        mem_printf("cd '%s' && exec '%s' -d '%s' --now '%s' --lang %s", o->folder, o->program, o->path, o->now, lang);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    struct pty *p = pty_start(&(struct pty_options){.argv = argv, .width = width, .height = height});
    pty_expect(p, "Tạp hoá Hạnh Phúc");
    pty_settle(p);
    free(line);
    return p;
}

void testoffice_open(struct testoffice *o, const char *lang, int width, int height) {
    o->pty = testoffice_start(o, lang, width, height);
}

void testoffice_press(struct testoffice *o, const char *keys, const char *expected) {
    pty_type(o->pty, keys);
    pty_expect(o->pty, expected);
    pty_settle(o->pty);
}

void testoffice_quit(struct testoffice *o) {
    pty_type(o->pty, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(o->pty), 0);
    pty_expect_restored(o->pty);
}
