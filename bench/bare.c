/* The least that a program with ncurses and SQLite costs: bare FILE shows the last orders of a shop, bare FILE deals
 * its last deals, and every key asks for them again, one further back. Screens are measured beside it. */
#include <locale.h>
#include <ncurses.h>
#include <sqlite3.h>
#include <stdlib.h>

static const char orders[] = "SELECT o.order_no, o.order_date, o.total, c.name FROM orders o "
                             "LEFT JOIN customers c ON c.id = o.customer_id ORDER BY o.id DESC LIMIT ?1 OFFSET ?2";
static const char deals[] = "SELECT deal_no, created_on, expected_value, title FROM deals "
                            "ORDER BY id DESC LIMIT ?1 OFFSET ?2";

int main(int argc, char **argv) {
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    const char *sql = argc == 2 ? orders : deals;
    if (argc < 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        fprintf(stderr, "bare: %s\n", argc < 2 ? "bare FILE [deals]" : sqlite3_errmsg(db));
        return 1;
    }
    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    for (int back = 0, key = 0; key != 'q'; back++) {
        erase();
        sqlite3_bind_int(s, 1, LINES);
        sqlite3_bind_int(s, 2, back);
        for (int y = 0; sqlite3_step(s) == SQLITE_ROW; y++) {
            mvprintw(y, 0, "%-20s %s %14lld %s", (const char *)sqlite3_column_text(s, 0),
                     (const char *)sqlite3_column_text(s, 1), (long long)sqlite3_column_int64(s, 2),
                     (const char *)sqlite3_column_text(s, 3));
        }
        sqlite3_reset(s);
        refresh();
        key = getch();
    }
    endwin();
    sqlite3_finalize(s);
    sqlite3_close(db);
    return 0;
}
