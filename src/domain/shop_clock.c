/* Clocks that are wrong: at the start by the last record, while the program runs by a stopwatch beside them. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/shop_internal.h"

enum {
    AHEAD_DAYS = 60,               /* so long after the last record somebody should look, even after a long holiday */
    BACK_MS = 2 * 60 * 1000,       /* a time server corrects less than that all the time */
    AHEAD_MS = 24 * 60 * 60 * 1000 /* hours are a machine that was halted by its host */
};

/* The end of summer time is no fault: the hour is there twice. */
static long long seconds_turned_back(struct shop *shop) {
    const char *zone = "";
    return shop->turned_back == NULL || setting_get(shop, "time_zone", &zone, NULL) != ERR_OK
               ? 0
               : shop->turned_back(shop->clock_ctx, zone);
}

static char *compare_with_last(struct shop *shop, const char *now, const char *last) {
    long long ahead = datetime_to_seconds(now) - datetime_to_seconds(last);
    if (ahead < 0 && ahead + seconds_turned_back(shop) < 0) {
        return mem_printf(_("the clock says %s, but the last record is of %s; check the date of this machine"), now,
                          last);
    }
    if (ahead > AHEAD_DAYS * 24LL * 3600) {
        return mem_printf(_("the clock says %s, %lld days after the last record (%s); check the date of this machine"),
                          now, ahead / (24 * 3600), last);
    }
    return NULL;
}

const char *shop_clock_warning(struct shop *shop) {
    if (shop->clock_checked) {
        return shop->clock_warning;
    }
    shop->clock_checked = true;
    char now[DATETIME_SIZE];
    char *last = NULL;
    shop_now(shop, now);
    if (db_get_text(shop->db, "SELECT at FROM audit ORDER BY id DESC LIMIT 1", DB_NO_BIND, &last, NULL) == ERR_OK) {
        shop->clock_warning = compare_with_last(shop, now, last);
    }
    free(last);
    return shop->clock_warning;
}

char *shop_clock_watch(struct shop *shop, unsigned long ticks_ms) {
    struct clock_seen *seen = &shop->clock_seen;
    if (shop->access.machine_ms == NULL) {
        return NULL;
    }
    struct clock_seen now = {.looked = true, .ticks_ms = ticks_ms};
    now.machine_ms = shop->access.machine_ms(shop->clock_ctx);
    shop_now(shop, now.text);
    int64_t jump = now.machine_ms - seen->machine_ms - (int64_t)(ticks_ms - seen->ticks_ms);
    bool fixed = strcmp(now.text, seen->text) == 0; /* with --now */
    char *text = NULL;
    if (seen->looked && !fixed && jump <= -BACK_MS) {
        text = mem_printf(_("the clock of this machine went back from %s to %s; check its date"), seen->text, now.text);
    } else if (seen->looked && !fixed && jump >= AHEAD_MS) {
        text =
            mem_printf(_("the clock of this machine went ahead from %s to %s; check its date"), seen->text, now.text);
    }
    *seen = now;
    return text;
}
