#include "chotdon/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/check_run.h"
#include "domain/record.h"
#include "domain/sample_internal.h"
#include "domain/shop_internal.h"

/* xorshift64*: small, and the same on every machine. */
static uint64_t next_random(struct sample *s) {
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return s->random * UINT64_C(2685821657736338717);
}

int sample_below(struct sample *s, int n) {
    return n <= 1 ? 0 : (int)((next_random(s) >> 33) % (uint64_t)n);
}

bool sample_chance(struct sample *s, int percent) {
    return sample_below(s, 100) < percent;
}

const char *sample_word(struct sample *s, const struct sample_words *words) {
    return words->words[sample_below(s, (int)words->count)];
}

const char *sample_today(const struct sample *s, char date[DATE_SIZE]) {
    date_from_days(s->day, date);
    return date;
}

enum err_code sample_act_as(struct sample *s, const char *code, struct err *e) {
    return strcmp(shop_actor_code(s->shop), code) == 0 ? ERR_OK : shop_act_as(s->shop, code, e);
}

int64_t sample_staff_id(const struct sample *s, const char *code) {
    for (size_t i = 0; i < sample_staff_count; i++) {
        if (strcmp(sample_staff[i].code, code) == 0) {
            return s->staff[i];
        }
    }
    return 0;
}

static bool comes_before(const struct sample_task *a, const struct sample_task *b) {
    if (a->day != b->day) {
        return a->day < b->day;
    }
    return a->minute != b->minute ? a->minute < b->minute : a->sequence < b->sequence;
}

static void swap_tasks(struct sample_task *a, struct sample_task *b) {
    struct sample_task t = *a;
    *a = *b;
    *b = t;
}

void sample_plan(struct sample *s, long days, int minute, enum task_kind kind, int64_t order_id, int64_t detail) {
    s->tasks = mem_grow(s->tasks, s->task_count, &s->task_capacity, sizeof *s->tasks);
    size_t i = s->task_count++;
    s->tasks[i] = (struct sample_task){s->day + days, minute, s->sequence++, kind, order_id, detail};
    while (i > 0 && comes_before(&s->tasks[i], &s->tasks[(i - 1) / 2])) {
        swap_tasks(&s->tasks[i], &s->tasks[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
}

static struct sample_task take_task(struct sample *s) {
    struct sample_task first = s->tasks[0];
    s->tasks[0] = s->tasks[--s->task_count];
    for (size_t i = 0, child = 1; child < s->task_count; i = child, child = 2 * i + 1) {
        if (child + 1 < s->task_count && comes_before(&s->tasks[child + 1], &s->tasks[child])) {
            child++;
        }
        if (!comes_before(&s->tasks[child], &s->tasks[i])) {
            break;
        }
        swap_tasks(&s->tasks[child], &s->tasks[i]);
    }
    return first;
}

static enum err_code do_task(struct sample *s, const struct sample_task *t, struct err *e) {
    switch (t->kind) {
    case TASK_DAY:
        sample_plan_day(s);
        return ERR_OK;
    case TASK_OPEN:
        return sample_open_shift(s, e);
    case TASK_CLOSE:
        return sample_close_shift(s, e);
    case TASK_CASH:
        return sample_move_cash(s, e);
    case TASK_RECEIVE:
        return sample_receive(s, false, e);
    case TASK_LOSS:
        return sample_lose(s, e);
    case TASK_COUNT:
        return sample_count(s, e);
    case TASK_RETAIL:
        return sample_sell_retail(s, e);
    case TASK_WHOLESALE:
        return sample_sell_wholesale(s, e);
    case TASK_ONLINE:
        return sample_sell_online(s, e);
    default:
        return sample_follow_up(s, t, e);
    }
}

/* What is planned for later than now stays undone: those orders are open. */
static enum err_code live(struct sample *s, struct err *e) {
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && s->task_count > 0) {
        struct sample_task t = take_task(s);
        if (t.day > s->last_day || (t.day == s->last_day && t.minute >= s->last_minute)) {
            break;
        }
        s->day = t.day;
        s->minute = t.minute;
        rc = do_task(s, &t, e);
    }
    return rc;
}

static void sample_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    const struct sample *s = ctx;
    char date[DATE_SIZE];
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "%.10s %02u:%02u:%02u", sample_today(s, date), (unsigned)s->minute / 60 % 24,
             (unsigned)s->minute % 60, (unsigned)(s->random >> 7) % 60);
}

static enum err_code name_the_shop(struct shop *shop, struct err *e) {
    static const char *const settings[][2] = {
        {"shop_name", "Tạp hoá Hạnh Phúc"}, {"shop_address", "126 Nguyễn Trãi, TP.HCM"},
        {"shop_phone", "02838361268"},      {"counter_channel", "Tại quầy"},
        {"vat_default_pct", "8"},
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof settings / sizeof *settings && rc == ERR_OK; i++) {
        rc = setting_set(shop, settings[i][0], settings[i][1], e);
    }
    return rc;
}

static enum err_code make_all(struct sample *s, struct err *e) {
    enum err_code rc = name_the_shop(s->shop, e);
    if (rc == ERR_OK) {
        rc = sample_make_people(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_make_goods(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_make_customers(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_receive(s, true, e);
    }
    if (rc == ERR_OK) {
        s->day = s->first_day;
        sample_plan(s, 0, 0, TASK_DAY, 0, 0);
        rc = live(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_make_deals(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_make_kpi(s, e);
    }
    if (rc == ERR_OK) {
        rc = sample_make_commission(s, e);
    }
    return rc;
}

static void begin(struct sample *s, struct shop *shop) {
    char now[DATETIME_SIZE], today[DATE_SIZE], month[MONTH_SIZE];
    int hour = 0, minute = 0;
    shop_now(shop, now);
    snprintf(today, sizeof today, "%.10s", now);
    sscanf(now + 11, "%2d:%2d", &hour, &minute);
    s->shop = shop;
    s->last_day = date_to_days(today);
    s->last_minute = 60 * hour + minute;
    month_of(today, month);
    month_add(month, -SAMPLE_MONTHS, month);
    month_first_day(month, today);
    s->first_day = date_to_days(today) + atoi(now + 8) - 1;
    s->day = s->first_day - 1;
    s->minute = 8 * 60;
    s->random = UINT64_C(88172645463325252) ^ ((uint64_t)s->last_day * UINT64_C(0x9E3779B97F4A7C15));
}

static void end(struct sample *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        free(s->items[i].pack);
    }
    free(s->items);
    free(s->tasks);
}

static enum err_code fill(struct shop *shop, void *ctx, struct err *e) {
    struct sample s = {0};
    char *actor = mem_strdup(shop_actor_code(shop));
    (void)ctx;
    begin(&s, shop);
    void (*clock)(void *, const char *, char[DATETIME_SIZE]) = shop->clock;
    void *clock_ctx = shop->clock_ctx;
    shop->clock = sample_clock;
    shop->clock_ctx = &s;
    audit_mute(shop, true);
    enum err_code rc = make_all(&s, e);
    audit_mute(shop, false);
    shop->clock = clock;
    shop->clock_ctx = clock_ctx;
    if (rc == ERR_OK) {
        rc = shop_act_as(shop, actor, e);
    }
    struct buf after = BUF_INIT;
    rc = rc == ERR_OK ? check_note_known(shop->db, &after, e) : rc;
    if (rc == ERR_OK) {
        rc = audit_add(shop, "sample.fill", "shop", "", record_json_end(&after), e);
    }
    buf_clear(&after);
    end(&s);
    free(actor);
    return rc;
}

enum err_code sample_fill(struct shop *shop, struct err *e) {
    bool used = false;
    if (strcmp(shop_currency(shop)->code, "VND") != 0) {
        return err_set_field(e, ERR_REFUSED, "sample", _("the sample shop sells in VND; make it without --currency"));
    }
    enum err_code rc =
        db_exists(shop->db, "SELECT 1 FROM products UNION ALL SELECT 1 FROM staff", DB_NO_BIND, &used, e);
    if (rc == ERR_OK && used) {
        rc = err_set(e, ERR_REFUSED, _("the sample shop goes into an empty file only"));
    }
    if (rc == ERR_OK) {
        rc = shop_transact(shop, fill, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = db_analyze(shop->db, e);
    }
    return rc == ERR_OK ? db_checkpoint(shop->db, e) : rc;
}
