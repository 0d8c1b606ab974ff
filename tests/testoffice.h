/* The program itself over a shop in a file: commands before, then its screens in a pseudo-terminal. */
#ifndef TESTS_TESTOFFICE_H
#define TESTS_TESTOFFICE_H

#include "pty.h"

struct testoffice {
    char *path, *folder, *program; /* the shop's file, the folder it is alone in, the program's absolute path */
    const char *now;
    struct pty *pty; /* NULL until it is opened */
};

/* `init` are the words behind "chotdon init"; NULL: the shop Tạp hoá Hạnh Phúc, empty. `now` is borrowed. */
struct testoffice *testoffice_new(const char *now, const char *init);
void testoffice_free(struct testoffice *o); /* with all files in the folder */

void testoffice_command(const struct testoffice *o, const char *words); /* a command that must succeed */
void testoffice_shell(const struct testoffice *o, const char *line);    /* the same for sh, in the folder */

/* Opens the screens, in the folder, and waits for them; width and height 0: 80×24. A terminal more is the caller's. */
struct pty *testoffice_start(const struct testoffice *o, const char *lang, int width, int height);
void testoffice_open(struct testoffice *o, const char *lang, int width, int height);
void testoffice_press(struct testoffice *o, const char *keys, const char *expected); /* keys, and what they bring */
void testoffice_quit(struct testoffice *o); /* leaves the program: exit 0, the terminal as it was */

#endif
