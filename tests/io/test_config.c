#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/config.h"

static char path[] = "/tmp/chotdon-config-test.XXXXXX";

static int make_file(void **state) {
    (void)state;
    int fd = mkstemp(path);
    close(fd);
    return fd < 0;
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static void write_file(const char *text) {
    FILE *f = fopen(path, "wb");
    fputs(text, f);
    fclose(f);
}

static struct config *accepted(const char *text) {
    write_file(text);
    struct config *c = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = config_load(path, &c, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(rc, ERR_OK);
    return c;
}

static void refused(const char *text, long line, const char *word) {
    write_file(text);
    struct config *c = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(config_load(path, &c, &e), ERR_INVALID);
    assert_null(c);
    assert_int_equal(e.line, line);
    assert_non_null(strstr(e.message, word));
}

static void without_a_file_there_are_defaults(void **state) {
    (void)state;
    struct config *c = NULL;
    assert_int_equal(config_load(NULL, &c, NULL), ERR_OK);
    assert_null(config_path(c));
    assert_string_equal(config_text(c, "shop", "database"), "");
    assert_string_equal(config_text(c, "accounts", "cash"), "1111");
    assert_int_equal(config_int(c, "ui", "idle_minutes"), 15);
    assert_true(config_bool(c, "ui", "mouse"));
    assert_null(config_entry(c, "keys", 0));
    config_free(c);
}

static void every_default_is_a_value_that_the_file_could_have(void **state) {
    (void)state;
    FILE *f = fopen(path, "wb");
    struct config *c = NULL;
    assert_int_equal(config_load(NULL, &c, NULL), ERR_OK);
    config_show(c, f);
    config_free(c);
    fclose(f);
    struct err e = ERR_INIT;
    assert_int_equal(config_load(path, &c, &e), ERR_OK);
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    assert_true(count > 20);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(config_text(c, keys[i].section, keys[i].key), keys[i].fallback);
    }
    config_free(c);
}

static void the_file_wins(void **state) {
    (void)state;
    struct config *c = accepted("[shop]\ndatabase = /srv/shop.db\n[UI]\nTheme = light\nmouse = no\nidle_minutes = 0\n"
                                "[keys]\nsave = F10\n\n[import.mine]\norder_no = \"Mã\"\nstatus.Xong = completed\n");
    assert_string_equal(config_path(c), path);
    assert_string_equal(config_text(c, "shop", "database"), "/srv/shop.db");
    assert_string_equal(config_text(c, "ui", "theme"), "light");
    assert_false(config_bool(c, "ui", "mouse"));
    assert_int_equal(config_int(c, "ui", "idle_minutes"), 0);
    assert_string_equal(config_entry(c, "keys", 0)->value, "F10");
    assert_null(config_entry(c, "keys", 1));
    assert_string_equal(config_entry(c, "import.MINE", 1)->key, "status.Xong");
    config_free(c);
}

static void unknown_names_are_refused_with_their_line(void **state) {
    (void)state;
    refused("[ui]\ntheme = dark\ntehme = dark\n", 3, "tehme");
    refused("[nowhere]\na = 1\n", 2, "nowhere");
    refused("[import.]\norder_no = 1\n", 2, "import.");
    refused("[import.x]\norder_nr = \"A\"\n", 2, "order_nr");
    refused("[import.x]\nstate_of.X = a\n", 2, "state_of.X");
    refused("[ui]\ntheme = dark\ntheme = light\n", 3, "line 2");
}

static void values_of_the_wrong_kind_are_refused(void **state) {
    (void)state;
    refused("[ui]\ntheme = blue\n", 2, "dark|light");
    refused("[ui]\ntheme =\n", 2, "dark|light");
    refused("[ui]\nidle_minutes = ten\n", 2, "ten");
    refused("[ui]\nidle_minutes = -1\n", 2, "1440");
    refused("[ui]\nidle_minutes = 99999999999999999999\n", 2, "1440");
    refused("[ui]\nmouse = maybe\n", 2, "yes or no");
    refused("[receipt]\nwidth = 40\n", 2, "32|48");
}

static void a_file_that_is_named_must_be_there(void **state) {
    (void)state;
    struct config *c = NULL;
    assert_int_equal(config_load("/nowhere/config.ini", &c, NULL), ERR_NOT_FOUND);
}

static void the_users_file_is_found_first(void **state) {
    (void)state;
    char folder[] = "/tmp/chotdon-config-home-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char sub[128];
    char file[160];
    snprintf(sub, sizeof sub, "%s/chotdon", folder);
    snprintf(file, sizeof file, "%s/config.ini", sub);
    mkdir(sub, 0700);
    char *found = NULL;
    assert_int_equal(config_find(NULL, folder, &found, NULL), ERR_OK);
    assert_true(found == NULL || strcmp(found, "/etc/chotdon.ini") == 0);
    free(found);
    fclose(fopen(file, "w"));
    assert_int_equal(config_find(NULL, folder, &found, NULL), ERR_OK);
    assert_string_equal(found, file);
    free(found);
    assert_int_equal(config_find("/nowhere.ini", folder, &found, NULL), ERR_NOT_FOUND);
    assert_null(found);
    unlink(file);
    rmdir(sub);
    rmdir(folder);
}

static char *slurp(FILE *f) {
    char *text = NULL;
    size_t cap = 0;
    assert_non_null(f);
    assert_true(getdelim(&text, &cap, '\0', f) >= 0);
    fclose(f);
    return text;
}

static void the_example_in_the_tree_is_the_tables(void **state) {
    (void)state;
    if (getenv("UPDATE_GOLDEN") != NULL) {
        FILE *f = fopen("config.ini.example", "wb");
        config_example(f);
        fclose(f);
    }
    FILE *made = tmpfile();
    config_example(made);
    rewind(made);
    char *expected = slurp(made);
    char *stored = slurp(fopen("config.ini.example", "rb"));
    assert_string_equal(stored, expected);
    free(expected);
    free(stored);
}

static void the_example_is_accepted_with_its_lines_uncommented(void **state) {
    (void)state;
    char *text = slurp(fopen("config.ini.example", "rb"));
    FILE *f = fopen(path, "wb");
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        fprintf(f, "%s\n", line[0] == '#' && line[1] != ' ' ? line + 1 : line);
    }
    fclose(f);
    free(text);
    struct config *c = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = config_load(path, &c, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(rc, ERR_OK);
    assert_string_equal(config_entry(c, "import.name", 0)->key, "date_order");
    config_free(c);
}

static void accounts_of_the_sales_journal_are_numbers(void **state) {
    (void)state;
    struct config *c = accepted("[accounts]\ncash = 11111\nbank = 1121-VCB\n");
    assert_string_equal(config_text(c, "accounts", "cash"), "11111");
    assert_string_equal(config_text(c, "accounts", "bank"), "1121-VCB");
    assert_string_equal(config_text(c, "accounts", "cost"), "632");
    config_free(c);
    refused("[accounts]\ncash = 1111\ncsah = 1112\n", 3, "csah");
    refused("[accounts]\ncash = 1111\nvat = tiền thuế\n", 3, "vat has to be an account's number, like 33311");
    refused("[accounts]\ncost =\n", 2, "cost");
    refused("[accounts]\ngoods = \"156 1\"\n", 2, "goods");
    refused("[accounts]\nreturns = 521311111111111111111\n", 2, "returns");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_there_are_defaults),
        cmocka_unit_test(accounts_of_the_sales_journal_are_numbers),
        cmocka_unit_test(every_default_is_a_value_that_the_file_could_have),
        cmocka_unit_test(the_file_wins),
        cmocka_unit_test(unknown_names_are_refused_with_their_line),
        cmocka_unit_test(values_of_the_wrong_kind_are_refused),
        cmocka_unit_test(a_file_that_is_named_must_be_there),
        cmocka_unit_test(the_users_file_is_found_first),
        cmocka_unit_test(the_example_in_the_tree_is_the_tables),
        cmocka_unit_test(the_example_is_accepted_with_its_lines_uncommented),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
