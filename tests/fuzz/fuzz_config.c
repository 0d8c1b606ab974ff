/* Any bytes are a configuration that is accepted or refused, never worse; what is accepted can be shown and read again.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/config.h"
#include "io/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const struct config *c) {
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++) {
        config_text(c, keys[i].section, keys[i].key);
        if (keys[i].type == CONFIG_INT) {
            config_int(c, keys[i].section, keys[i].key);
        } else if (keys[i].type == CONFIG_BOOL) {
            config_bool(c, keys[i].section, keys[i].key);
        }
    }
    struct profile *p = NULL;
    if (profile_find("shopee", c, &p, NULL) == ERR_OK) {
        profile_free(p);
    }
    p = NULL;
    if (profile_find("x", c, &p, NULL) == ERR_OK) {
        profile_free(p);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64];
    int fd = memfd_create("fuzz", 0);
    assert(write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct config *c = NULL;
    struct err e = ERR_INIT;
    if (config_load(path, &c, &e) == ERR_OK) {
        use(c);
        char *shown = NULL;
        size_t n = 0;
        FILE *out = open_memstream(&shown, &n);
        config_show(c, out);
        fclose(out);
        assert(ftruncate(fd, 0) == 0 && pwrite(fd, shown, n, 0) == (ssize_t)n);
        struct config *again = NULL;
        assert(config_load(path, &again, &e) == ERR_OK);
        config_free(again);
        config_free(c);
        free(shown);
    } else {
        assert(e.message[0] != '\0');
    }
    close(fd);
    return 0;
}
