#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/outfile.h"

static int make_folder(void **state) {
    char *folder = mem_strdup("/tmp/chotdon-outfile-XXXXXX");
    *state = folder;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    char *command = mem_printf("rm -rf '%s'", (char *)*state);
    int rc = system(command);
    free(command);
    free(*state);
    return rc;
}

static char *in(void **state, const char *name) {
    return mem_printf("%s/%s", (char *)*state, name);
}

static int entries(void **state) {
    DIR *d = opendir(*state);
    int n = 0;
    for (struct dirent *x = readdir(d); x != NULL; x = readdir(d)) {
        n += x->d_name[0] != '.';
    }
    closedir(d);
    return n;
}

static char *content(const char *path) {
    static char text[256];
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return NULL;
    }
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void put(const char *path, const char *text) {
    FILE *f = fopen(path, "wb");
    fputs(text, f);
    fclose(f);
}

static void a_file_appears_only_when_it_is_finished(void **state) {
    char *path = in(state, "out.csv");
    struct outfile *f = NULL;
    assert_int_equal(outfile_open(path, &f, NULL), ERR_OK);
    fputs("new", outfile_stream(f));
    assert_null(content(path));
    assert_int_equal(outfile_finish(&f, NULL), ERR_OK);
    assert_null(f);
    assert_string_equal(content(path), "new");
    assert_int_equal(entries(state), 1);
    free(path);
}

static void an_abandoned_file_leaves_the_old_one(void **state) {
    char *path = in(state, "out.csv");
    put(path, "old");
    struct outfile *f = NULL;
    assert_int_equal(outfile_open(path, &f, NULL), ERR_OK);
    fputs("new", outfile_stream(f));
    outfile_abandon(&f);
    outfile_abandon(&f);
    assert_string_equal(content(path), "old");
    assert_int_equal(entries(state), 1);
    free(path);
}

static void links_and_permissions_stay(void **state) {
    char *path = in(state, "real.csv");
    char *link_path = in(state, "link.csv");
    put(path, "old");
    chmod(path, 0640);
    assert_int_equal(symlink(path, link_path), 0);
    struct outfile *f = NULL;
    assert_int_equal(outfile_open(link_path, &f, NULL), ERR_OK);
    fputs("new", outfile_stream(f));
    assert_int_equal(outfile_finish(&f, NULL), ERR_OK);
    struct stat st;
    assert_int_equal(lstat(link_path, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_string_equal(content(path), "new");
    free(path);
    free(link_path);
}

static void a_full_disk_is_an_error(void **state) {
    (void)state;
    struct outfile *f = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(outfile_open("/dev/full", &f, &e), ERR_OK);
    fputs("x", outfile_stream(f));
    assert_int_equal(outfile_finish(&f, &e), ERR_IO);
    assert_non_null(strstr(e.message, "/dev/full"));
}

static void a_missing_folder_is_an_error(void **state) {
    char *path = in(state, "no/such/folder.csv");
    struct outfile *f = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(outfile_open(path, &f, &e), ERR_IO);
    assert_null(f);
    assert_non_null(strstr(e.message, path));
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_appears_only_when_it_is_finished, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_abandoned_file_leaves_the_old_one, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(links_and_permissions_stay, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_is_an_error, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_missing_folder_is_an_error, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
