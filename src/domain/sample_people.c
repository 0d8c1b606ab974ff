#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/staff.h"
#include "domain/sample_internal.h"

static void month_before(const struct sample *s, int months, char date[DATE_SIZE]) {
    char month[MONTH_SIZE];
    date_from_days(s->last_day, date);
    month_of(date, month);
    month_add(month, -months, month);
    month_first_day(month, date);
}

static enum err_code make_staff(struct sample *s, size_t i, struct err *e) {
    const struct sample_staff *data = &sample_staff[i];
    char start[DATE_SIZE], phone[16];
    month_before(s, data->months, start);
    snprintf(phone, sizeof phone, "0938%06d", (int)(104729 * (i + 3) % 1000000));
    const struct staff staff = {.code = (char *)data->code,
                                .name = (char *)data->name,
                                .team = (char *)data->team,
                                .role = (char *)data->role,
                                .phone = phone,
                                .base_salary = data->salary,
                                .start_date = start};
    enum err_code rc = staff_put(s->shop, &staff, STAFF_ALL & ~(unsigned)(STAFF_EMAIL | STAFF_END), NULL, e);
    return rc == ERR_OK ? staff_find(s->shop, data->code, &s->staff[i], e) : rc;
}

enum err_code sample_make_people(struct sample *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sample_staff_count && rc == ERR_OK; i++) {
        rc = make_staff(s, i, e);
        bool leads = i == 0 || strcmp(sample_staff[i].team, sample_staff[i - 1].team) != 0;
        if (rc == ERR_OK && leads) {
            rc = team_set_leader(s->shop, sample_staff[i].team, sample_staff[i].code, NULL, e);
        }
    }
    return rc;
}

/* "Nguyễn Thị Hồng Nhung"; the last word of the middle name is not the given name again. */
static char *make_name(struct sample *s, bool female) {
    const char *family = sample_word(s, &sample_families);
    const char *middle = sample_word(s, female ? &sample_female_middles : &sample_male_middles);
    const char *given = sample_word(s, female ? &sample_female_givens : &sample_male_givens);
    const char *last = strrchr(middle, ' ');
    while (strcmp(last == NULL ? middle : last + 1, given) == 0) {
        given = sample_word(s, female ? &sample_female_givens : &sample_male_givens);
    }
    return mem_printf("%s %s %s", family, middle, given);
}

/* Every index its own number: 7919 has no factor in common with ten million. */
static void make_phone(size_t i, char phone[16]) {
    static const char *const prefixes[] = {"090", "091", "093", "094", "096", "097", "098", "086", "088", "089",
                                           "070", "077", "079", "081", "083", "032", "035", "038", "039", "056"};
    snprintf(phone, 16, "%s%07d", prefixes[i % (sizeof prefixes / sizeof *prefixes)],
             (int)((4190317 + i * 7919 * 131) % 10000000));
}

static const char *make_province(struct sample *s) {
    int all = 0;
    for (size_t i = 0; i < sample_place_count; i++) {
        all += sample_places[i].weight;
    }
    int at = sample_below(s, all);
    size_t i = 0;
    while (at >= sample_places[i].weight) {
        at -= sample_places[i++].weight;
    }
    return sample_places[i].province;
}

static const char *segment_of(struct sample *s, bool firm) {
    if (firm) {
        return "wholesale";
    }
    int at = sample_below(s, 100);
    return at < 6 ? "vip" : at < 26 ? "loyal" : "retail";
}

static enum err_code put_customer(struct sample *s, size_t i, const char *name, bool female, struct err *e) {
    static const char *const sources[] = {"Tại quầy", "Tại quầy", "Zalo",        "Zalo",
                                          "Shopee",   "Website",  "TikTok Shop", "Điện thoại"};
    static const char *const reps[] = {"NAM", "HA", "DUNG", "TAM", "PHUC"};
    bool firm = i < SAMPLE_FIRMS;
    char phone[16], birth[DATE_SIZE] = "";
    make_phone(i, phone);
    if (!firm && sample_chance(s, 40)) {
        date_from_days(date_to_days("1960-01-01") + sample_below(s, 16500), birth);
    }
    s->provinces[i] = firm && sample_chance(s, 80) ? "TP.HCM" : make_province(s);
    char *address = mem_printf("%d %s", 1 + sample_below(s, 320), sample_word(s, &sample_streets));
    const struct customer c = {
        .code = "",
        .name = (char *)name,
        .phones = phone,
        .birth_date = birth,
        .gender = firm     ? ""
                  : female ? "female"
                           : "male",
        .province = (char *)s->provinces[i],
        .address = sample_chance(s, firm ? 100 : 60) ? address : "",
        .segment = (char *)segment_of(s, firm),
        .source = (char *)sources[firm ? 7 : sample_below(s, 8)],
        .owner = (char *)(firm ? reps[sample_below(s, 5)] : ""),
        .note = firm && sample_chance(s, 20) ? "Giao trước 9 giờ sáng" : "",
        .consent = sample_chance(s, 70),
    };
    unsigned fields =
        CUSTOMER_ALL & ~(unsigned)(CUSTOMER_EMAIL | CUSTOMER_REFERRER | CUSTOMER_READINESS | CUSTOMER_TAGS);
    enum err_code rc = customer_put(s->shop, &c, fields, NULL, &s->customers[i], e);
    free(address);
    return rc;
}

enum err_code sample_make_customers(struct sample *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < SAMPLE_CUSTOMERS && rc == ERR_OK; i++) {
        bool female = sample_chance(s, 64);
        char *name = i < SAMPLE_FIRMS ? mem_strdup(sample_firms.words[i % sample_firms.count]) : make_name(s, female);
        rc = put_customer(s, i, name, female, e);
        free(name);
    }
    return rc;
}
