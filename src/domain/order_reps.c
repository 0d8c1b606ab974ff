/* Reps as people write them: "AN:70+BINH:30". */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/money.h"
#include "chotdon/order_edit.h"
#include "chotdon/staff.h"

enum { WHOLE_BPS = 10000 };

static char *trimmed(char *text) {
    text += strspn(text, " \t");
    for (size_t n = strlen(text); n > 0 && strchr(" \t", text[n - 1]) != NULL; n--) {
        text[n - 1] = '\0';
    }
    return text;
}

/* Cuts `part` up. */
static enum err_code parse_one(struct shop *shop, char *part, struct order_rep_input *rep, bool *has_share,
                               struct err *e) {
    char *share = strrchr(part, ':');
    *has_share = share != NULL;
    if (share != NULL) {
        *share++ = '\0';
    }
    enum err_code rc = staff_find(shop, trimmed(part), &rep->staff_id, e);
    rc = rc == ERR_OK && share != NULL ? rate_parse(trimmed(share), WHOLE_BPS, &rep->share_bps, e) : rc;
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, "rep", "%s", e == NULL ? "" : e->message);
}

/* With shares for some only, or shares of 0 for all, the sum cannot be 100%. */
static enum err_code check_shares(const struct order_rep_input *reps, size_t count, size_t with_share, struct err *e) {
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += reps[i].share_bps;
    }
    if (with_share != 0 && (with_share != count || sum == 0)) {
        return err_set_field(e, ERR_INVALID, "rep", _("give every rep a share, together 100%%, or none"));
    }
    return ERR_OK;
}

enum err_code order_reps_parse(struct shop *shop, const char *text, struct order_rep_input **reps, size_t *count,
                               struct err *e) {
    char *copy = mem_strdup(text);
    size_t cap = 0;
    size_t with_share = 0;
    enum err_code rc = ERR_OK;
    *reps = NULL;
    *count = 0;
    for (char *part = trimmed(copy), *next = NULL; part != NULL && copy[0] != '\0' && rc == ERR_OK; part = next) {
        bool has_share = false;
        next = strchr(part, '+');
        if (next != NULL) {
            *next++ = '\0';
        }
        *reps = mem_grow(*reps, *count, &cap, sizeof **reps);
        (*reps)[*count] = (struct order_rep_input){0};
        rc = parse_one(shop, part, &(*reps)[(*count)++], &has_share, e);
        with_share += has_share;
    }
    free(copy);
    return rc == ERR_OK ? check_shares(*reps, *count, with_share, e) : rc;
}
