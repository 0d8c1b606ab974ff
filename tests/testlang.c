#include "testlang.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

/* build/tests/AREA/test_x → build/locale */
static void bind(void) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "/locale");
    path[n < 0 ? 0 : n] = '\0';
    for (int up = 0; up < 3; up++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    strcat(path, "/locale");
    bindtextdomain("chotdon", path);
    bind_textdomain_codeset("chotdon", "UTF-8");
    textdomain("chotdon");
}

void testlang_set(const char *lang) {
    setlocale(LC_ALL, "C.UTF-8");
    setenv("LANGUAGE", lang, 1);
    bind();
}
