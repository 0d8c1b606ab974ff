/* The small table that is typed cell by cell: an empty row is always there, emptied rows go, amounts are written out.
 */
#include "tui/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static const struct grid_column columns[GRID_COLUMNS] = {{"From", FORM_MONEY, 12}, {"%", FORM_RATE, 6}};

struct fixture {
    struct grid g;
    struct currency vnd;
};

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture){0};
    assert_true(currency_find("VND", &f.vnd));
    grid_start(&f.g, columns, &f.vnd);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    grid_clear(&((struct fixture *)*state)->g);
    return 0;
}

static void type(struct grid *g, const char *text) {
    for (; *text != '\0'; text++) {
        struct key key = {.kind = K_CHAR, .code = (unsigned char)*text, .gap_ms = 150};
        grid_handle(g, ACTION_NONE, &key);
    }
}

static enum grid_result press(struct grid *g, enum action action) {
    struct key key = {.kind = K_TAB};
    return grid_handle(g, action, &key);
}

static void typing_in_the_empty_row_makes_another_one(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    assert_int_equal(grid_count(g), 0);
    type(g, "0");
    assert_int_equal(grid_count(g), 1);
    assert_true(g->changed);
    assert_int_equal(press(g, ACTION_NEXT), GRID_LEFT);
    type(g, "2,5%");
    assert_int_equal(press(g, ACTION_NEXT), GRID_LEFT);
    assert_int_equal(g->row, 1);
    assert_string_equal(grid_text(g, 0, 1), "2,5%");
}

static void an_amount_is_written_out_when_its_cell_is_left(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    type(g, "50tr");
    assert_string_equal(grid_text(g, 0, 0), "50tr");
    press(g, ACTION_NEXT);
    assert_string_equal(grid_text(g, 0, 0), "50.000.000");
    press(g, ACTION_PREVIOUS);
    type(g, "x");
    press(g, ACTION_NEXT);
    assert_string_equal(grid_text(g, 0, 0), "50.000.000x"); /* what cannot be read stays as it was typed */
}

static void a_row_that_was_emptied_goes_when_it_is_left(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    grid_add(g, "0", "2");
    grid_add(g, "5", "3");
    assert_false(g->changed);
    grid_go(g, 0, 0);
    press(g, ACTION_FIELD_END);
    press(g, ACTION_FIELD_ERASE);
    press(g, ACTION_NEXT);
    press(g, ACTION_FIELD_ERASE);
    assert_int_equal(grid_count(g), 2);
    press(g, ACTION_LIST_DOWN);
    assert_int_equal(grid_count(g), 1);
    assert_int_equal(g->row, 0);
    assert_string_equal(grid_text(g, 0, 0), "5");
}

static void the_focus_leaves_before_the_first_cell_and_from_the_empty_row(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    assert_int_equal(press(g, ACTION_NEXT), GRID_AFTER);
    assert_int_equal(press(g, ACTION_PREVIOUS), GRID_BEFORE);
    grid_add(g, "0", "2");
    grid_go(g, 0, 0);
    assert_int_equal(press(g, ACTION_LIST_UP), GRID_BEFORE);
    assert_int_equal(press(g, ACTION_LIST_DOWN), GRID_LEFT);
    assert_int_equal(press(g, ACTION_LIST_DOWN), GRID_AFTER);
}

static void rows_are_taken_away_but_never_the_empty_one(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    grid_add(g, "0", "2");
    grid_go_end(g);
    grid_remove(g);
    assert_int_equal(grid_count(g), 1);
    grid_go(g, 0, 1);
    grid_mark(g, 0, -1);
    grid_remove(g);
    assert_int_equal(grid_count(g), 0);
    assert_false(g->wrong);
    assert_true(grid_is_blank(g, 0));
}

static void it_is_painted_with_what_is_wrong_and_scrolls_to_the_cursor(void **state) {
    struct grid *g = &((struct fixture *)*state)->g;
    struct canvas c = canvas_new(20, 4);
    struct buf text = BUF_INIT;
    grid_add(g, "0", "2");
    grid_add(g, "50.000.000", "3");
    grid_add(g, "90.000.000", "1");
    grid_mark(g, 2, 1);
    grid_go(g, 2, 0);
    grid_paint(g, &c, "Tiers", true);
    canvas_dump(&c, &text);
    assert_non_null(strstr(buf_str(&text), "50.000.000"));
    assert_non_null(strstr(buf_str(&text), "90.000.000"));
    assert_int_equal(canvas_cell(&c, 17, 3)->style, STYLE_FIELD_ERROR);
    assert_int_equal(canvas_cell(&c, 2, 3)->style, STYLE_FIELD_FOCUS);
    grid_go(g, 0, 0);
    canvas_erase(&c);
    grid_paint(g, &c, "Tiers", false);
    assert_int_equal(canvas_cell(&c, 17, 3)->style, STYLE_FIELD_ERROR); /* seen from elsewhere, too */
    buf_clear(&text);
    canvas_free(&c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(typing_in_the_empty_row_makes_another_one),
        TEST(an_amount_is_written_out_when_its_cell_is_left),
        TEST(a_row_that_was_emptied_goes_when_it_is_left),
        TEST(the_focus_leaves_before_the_first_cell_and_from_the_empty_row),
        TEST(rows_are_taken_away_but_never_the_empty_one),
        TEST(it_is_painted_with_what_is_wrong_and_scrolls_to_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
