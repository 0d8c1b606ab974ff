#include "golden.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"

static void read_all(const char *path, struct buf *out) {
    FILE *file = fopen(path, "r");
    char bytes[4096];
    size_t n;
    while (file != NULL && (n = fread(bytes, 1, sizeof bytes, file)) > 0) {
        buf_add_bytes(out, bytes, n);
    }
    if (file != NULL) {
        fclose(file);
    }
}

static void write_all(const char *path, const struct buf *text) {
    char folder[512];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0777);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fwrite(buf_str(text), 1, text->len, file);
    fclose(file);
}

static void print_difference(const char *path, const char *want, const char *got) {
    int line = 1;
    while (*want != '\0' && *got != '\0') {
        size_t w = strcspn(want, "\n");
        size_t g = strcspn(got, "\n");
        if (w != g || memcmp(want, got, w) != 0) {
            break;
        }
        want += w + (want[w] == '\n');
        got += g + (got[g] == '\n');
        line++;
    }
    print_error("%s:%d differs (UPDATE_GOLDEN=1 rewrites it)\nwanted: %.*s\ngot:    %.*s\n--- all from there:\n%s",
                path, line, (int)strcspn(want, "\n"), want, (int)strcspn(got, "\n"), got, got);
}

void golden_check(const char *name, const char *made_by, const char *text) {
    struct buf want = BUF_INIT;
    struct buf got = BUF_INIT;
    char path[256];
    snprintf(path, sizeof path, "tests/golden/%s.txt", name);
    if (made_by != NULL) {
        buf_addf(&got, "keys: %s\n", made_by);
    }
    buf_add(&got, text);
    const char *update = getenv("UPDATE_GOLDEN");
    if (update != NULL && *update == '1') {
        write_all(path, &got);
    }
    read_all(path, &want);
    bool same = strcmp(buf_str(&want), buf_str(&got)) == 0;
    if (!same) {
        print_difference(path, buf_str(&want), buf_str(&got));
    }
    buf_clear(&want);
    buf_clear(&got);
    assert_true(same);
}
