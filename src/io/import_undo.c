/* Taking an import back: records that it changed are read again as they were exported before the change. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "io/import_core.h"

struct undo {
    struct shop *shop;
    int64_t id;
    struct import_undone done;
};

/* The record's text as a file that import_run can read. */
static enum err_code write_text(int fd, const char *text, struct err *e) {
    for (size_t n = strlen(text); n > 0;) {
        ssize_t done = write(fd, text, n);
        if (done < 0) {
            return err_set(e, ERR_IO, _("no room for a temporary file: %s"), strerror(errno));
        }
        text += done;
        n -= (size_t)done;
    }
    return ERR_OK;
}

static enum err_code restore(void *ctx, const char *entity, int64_t entity_id, const char *before, struct err *e) {
    struct undo *u = ctx;
    struct import_options options = {.path = entity};
    (void)entity_id;
    if (strcmp(entity, "stock") == 0) { /* the domain has put the cost back */
        u->done.restored++;
        return ERR_OK;
    }
    if (!kind_find(entity, &options.kind)) {
        return err_set(e, ERR_DB, _("import %lld changed %s, which this program does not know"), (long long)u->id,
                       entity);
    }
    FILE *file = tmpfile();
    if (file == NULL) {
        return err_set(e, ERR_IO, _("no temporary file: %s"), strerror(errno));
    }
    enum err_code rc = write_text(fileno(file), before, e);
    if (rc == ERR_OK) {
        rc = import_restore(u->shop, &options, fileno(file), e);
    }
    fclose(file);
    u->done.restored += rc == ERR_OK;
    return rc;
}

static enum err_code run(struct shop *shop, void *ctx, struct err *e) {
    struct undo *u = ctx;
    u->done = (struct import_undone){0};
    return import_undo(shop, u->id, restore, u, &u->done, e);
}

enum err_code import_take_back(struct shop *shop, int64_t import_id, struct import_undone *out, struct err *e) {
    struct undo u = {.shop = shop, .id = import_id};
    enum err_code rc = shop_transact(shop, run, &u, e);
    *out = u.done;
    return rc;
}
