/* One sale of three scanned lines paid in cash, as the program commits it, beside a bare transaction that writes the
 * very same rows: commit SHOP.db N prints the milliseconds at p50, p99, p99.9 and the most, of ours and of the bare
 * one. They take turns, in files of their own, and both sync at every commit (WAL, synchronous FULL). The program folds
 * its log in when its screen has nothing to do, so here between two sales; the bare one leaves that to SQLite, which
 * does it in the midst of a commit. */
#include "sale.h"

enum { WARM = 60 }; /* until both have folded their logs in once: then these only get written over */

int main(int argc, char **argv) {
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    if (count < 1) {
        fputs("commit SHOP.db N\n", stderr);
        return 2;
    }
    struct goods goods = {.lot = 1}, same = {0};
    struct twin twin = {0};
    struct shop *shop = sale_open(argv[1], &goods);
    double *ours = calloc(count, sizeof *ours), *bare = calloc(count, sizeof *bare);
    char copy[1024];
    if (ours == NULL || bare == NULL) {
        return 1;
    }
    sale_make(shop, &goods);
    twin_copy(shop, argv[1], copy, sizeof copy);
    twin_open(&twin, copy, 0);
    for (int i = 0; i < WARM; i++) {
        sale_make(shop, &goods);
        shop_tidy(shop);
        twin_make(&twin, &goods);
    }
    same = goods;
    for (size_t i = 0; i < count; i++) {
        ours[i] = sale_make(shop, &goods);
        shop_tidy(shop);
        bare[i] = twin_make(&twin, &same);
    }
    sale_print(ours, count);
    sale_print(bare, count);
    putchar('\n');
    sqlite3_close_v2(twin.db);
    shop_close(&shop);
    free(ours);
    free(bare);
    return 0;
}
