#include "db/file_group.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"

struct borrowed_group file_group_borrow(void) {
    struct borrowed_group b = {0};
    gid_t real = 0;
    gid_t saved = 0;
    int kept = errno;
    if (getresgid(&real, &b.own, &saved) == 0 && saved != b.own) {
        b.taken = setegid(saved) == 0;
    }
    errno = kept;
    return b;
}

struct borrowed_group file_group_borrow_if(bool wanted) {
    return wanted ? file_group_borrow() : (struct borrowed_group){0};
}

void file_group_give_back(const struct borrowed_group *b) {
    int kept = errno;
    if (b->taken && setegid(b->own) != 0) {
        abort(); /* never go on with rights that are not ours */
    }
    errno = kept;
}

enum err_code file_group_find(const char *name, gid_t *gid, struct err *e) {
    const struct group *g = getgrnam(name);
    if (g == NULL) {
        return err_set_field(e, ERR_NOT_FOUND, "file_group",
                             _("there is no group “%s” on this machine: mend file_group in the configuration"), name);
    }
    *gid = g->gr_gid;
    return ERR_OK;
}
