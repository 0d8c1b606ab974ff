/* Any bytes as a file of any kind: taken or refused, and the books hold; taken back, they hold too. */
#include <assert.h>
#include <stdint.h>
#include <unistd.h>

#include "fuzzshop.h"
#include "hostile.h"
#include "io/import.h"
#include "io/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void say(void *ctx, const char *line) {
    (void)ctx;
    assert(line[0] != '\0');
}

static void take_back(struct shop *shop, int64_t id) {
    struct import_undone undone = {0};
    if (id != 0 && import_take_back(shop, id, &undone, NULL) == ERR_OK) {
        fuzzshop_check(shop);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64];
    if (size < 2) {
        return 0;
    }
    struct shop *shop = fuzzshop_open();
    struct profile *profile = NULL;
    struct import_summary sum = {0};
    struct err e = ERR_INIT;
    int fd = fuzzshop_file(data + 2, size - 2, path);
    if (data[1] >= 128) {
        profile_find(profile_name(data[1] % 8), NULL, &profile, NULL);
    }
    struct import_options options = {
        .kind = (enum kind_id)(data[0] % (KIND_TARGETS + 1)),
        .path = path,
        .profile = profile,
        .month_first = (data[1] & 1) != 0,
        .atomic = (data[1] & 2) != 0,
        .create_missing = (data[1] & 4) != 0,
        .say = say,
    };
    if (kind_is_import(options.kind) && import_run(shop, &options, &sum, &e) == ERR_OK) {
        fuzzshop_check(shop);
        take_back(shop, sum.import_id);
    }
    profile_free(profile);
    close(fd);
    shop_close(&shop);
    return 0;
}
