#include "domain/kpi_see.h"

#include "domain/shop_internal.h"

enum err_code kpi_sight_load(struct shop *shop, struct kpi_sight *out, struct err *e) {
    bool closed = false, boss = false;
    *out = (struct kpi_sight){.all = true, .self = shop->actor_id};
    if (shop->actor_id == 0) {
        return ERR_OK;
    }
    enum err_code rc = db_exists(shop->db, "SELECT 1 FROM staff WHERE pin_hash <> '' LIMIT 1", DB_NO_BIND, &closed, e);
    if (rc == ERR_OK && closed) {
        rc = db_exists(shop->db, "SELECT 1 FROM staff WHERE id = $1 AND (role = 'manager' OR role = 'accountant')",
                       DB_BIND(DB_INT(shop->actor_id)), &boss, e);
        out->all = boss;
    }
    return rc;
}

bool kpi_may_see(const struct kpi_sight *s, int64_t staff_id) {
    return s->all || (staff_id != 0 && staff_id == s->self);
}
