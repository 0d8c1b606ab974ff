/* What the audit chain says of orders: short JSON objects. */
#include <stdlib.h>

#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/order_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum err_code order_audit(struct shop *shop, const char *action, const char *order_no, const char *before,
                          const char *after, struct err *e) {
    if (shop->audit_muted) {
        return ERR_OK;
    }
    char *entity = mem_printf("order %s", order_no);
    enum err_code rc = audit_add(shop, action, entity, before, after, e);
    free(entity);
    return rc;
}

enum err_code order_audit_plan(struct shop *shop, const char *action, const struct order_plan *p, const char *order_no,
                               struct err *e) {
    if (shop->audit_muted) {
        return ERR_OK;
    }
    struct buf after = BUF_INIT;
    record_json_text(&after, "status", order_status_code(p->status));
    record_json_text(&after, "date", p->date);
    record_json_int(&after, "lines", (int64_t)p->line_count);
    record_json_int(&after, "total", p->totals.total);
    record_json_int(&after, "paid", p->paid);
    record_json_int(&after, "due", p->due);
    enum err_code rc = order_audit(shop, action, order_no, "", record_json_end(&after), e);
    buf_clear(&after);
    return rc;
}
