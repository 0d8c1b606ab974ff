#include "io/config.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

struct config {
    char *path;
};

enum err_code config_find(const char *given, const char *config_home, char **path, struct err *e) {
    *path = NULL;
    if (given != NULL) {
        if (access(given, R_OK) != 0) {
            return err_set_field(e, ERR_NOT_FOUND, "config", _("the configuration %s cannot be read"), given);
        }
        *path = mem_strdup(given);
        return ERR_OK;
    }
    char *home = mem_printf("%s/chotdon/config.ini", config_home);
    if (access(home, F_OK) == 0) {
        *path = home;
        return ERR_OK;
    }
    free(home);
    if (access("/etc/chotdon.ini", F_OK) == 0) {
        *path = mem_strdup("/etc/chotdon.ini");
    }
    return ERR_OK;
}

enum err_code config_load(const char *path, struct config **out, struct err *e) {
    (void)e;
    *out = mem_zalloc(sizeof **out);
    (*out)->path = mem_strdup(path);
    return ERR_OK;
}

void config_free(struct config *c) {
    if (c != NULL) {
        free(c->path);
        free(c);
    }
}

const char *config_text(const struct config *c, const char *section, const char *key) {
    (void)c;
    (void)section;
    (void)key;
    return "";
}
