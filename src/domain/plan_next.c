/* Plans beside each other: what a new one begins with, and what held before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "domain/plan_store.h"
#include "domain/shop_internal.h"

/* `text` with each `old` in it replaced; the caller's. */
static char *replaced(const char *text, const char *old, const char *new) {
    struct buf out = BUF_INIT;
    const char *at = NULL;
    while ((at = strstr(text, old)) != NULL) {
        buf_addf(&out, "%.*s%s", (int)(at - text), text, new);
        text = at + strlen(old);
    }
    buf_add(&out, text);
    char *result = mem_strdup(buf_str(&out));
    buf_clear(&out);
    return result;
}

static int months_of(const struct plan *p) {
    return (atoi(p->to) - atoi(p->from)) * 12 + atoi(p->to + 5) - atoi(p->from + 5) + 1;
}

static void move_year(char **text, const char *old, const char *new) {
    char *moved = replaced(*text, old, new);
    free(*text);
    *text = moved;
}

/* A code with nothing of the year in it would be the last plan's own. */
static void move_on(struct plan *p) {
    int months = months_of(p);
    char old[5], new[5];
    memcpy(old, p->from, 4);
    old[4] = '\0';
    month_add(p->to, 1, p->from);
    month_add(p->from, months - 1, p->to);
    memcpy(p->start, p->from, MONTH_SIZE);
    memcpy(new, p->from, 4);
    new[4] = '\0';
    move_year(&p->name, old, new);
    if (strstr(p->code, old) != NULL && strcmp(old, new) != 0) {
        move_year(&p->code, old, new);
    } else {
        char *code = mem_printf("%s-%s", p->code, p->from);
        free(p->code);
        p->code = code;
    }
}

static void first_plan(struct shop *shop, struct plan *p) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    today[4] = '\0';
    p->code = mem_strdup(today);
    p->name = mem_printf(_("Commission %s"), today);
    snprintf(p->from, sizeof p->from, "%.4s-01", today);
    snprintf(p->to, sizeof p->to, "%.4s-12", today);
    memcpy(p->start, p->from, MONTH_SIZE);
}

enum err_code plan_next(struct shop *shop, struct plan *out, struct err *e) {
    int64_t version_id = 0;
    *out = (struct plan){0};
    enum err_code rc = db_get_int(shop->db,
                                  "SELECT v.id FROM plan_versions v WHERE v.version = (SELECT MAX(n.version) FROM"
                                  " plan_versions n WHERE n.plan_id = v.plan_id)"
                                  " ORDER BY v.to_month DESC, v.id DESC LIMIT 1",
                                  DB_NO_BIND, &version_id, e);
    if (rc == ERR_NOT_FOUND) {
        first_plan(shop, out);
        return ERR_OK;
    }
    rc = rc == ERR_OK ? plan_get_version(shop, version_id, out, e) : rc;
    if (rc == ERR_OK) {
        free(out->reason);
        out->reason = mem_strdup("");
        out->version_id = 0;
        out->version = 0;
        out->active = false;
        move_on(out);
    }
    return rc;
}

enum err_code plan_before(struct shop *shop, const struct plan *p, struct plan *out, struct err *e) {
    char month[MONTH_SIZE];
    *out = (struct plan){0};
    if (p->version > 1) {
        char *code = mem_printf("%s@%d", p->code, p->version - 1);
        enum err_code rc = plan_get(shop, code, out, e);
        free(code);
        return rc;
    }
    month_add(p->from, -1, month);
    return plan_for_month(shop, month, out, e);
}
