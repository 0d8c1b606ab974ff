#include "cli/cmd_pipeline_stats.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "base/i18n.h"
#include "base/mem.h"

/* One figure that may not exist. */
struct figure {
    bool there;
    int64_t value;
};

static struct figure of(bool (*work_out)(const struct pipeline_sums *, int64_t *), const struct pipeline_sums *s) {
    struct figure f = {0};
    f.there = work_out(s, &f.value);
    return f;
}

static void json_decimal(struct json *j, const char *key, struct figure f, int places) {
    char text[DECIMAL_TEXT_MAX];
    json_key(j, key);
    if (f.there) {
        json_number(j, decimal_write(f.value, places, '.', '\0', true, text));
    } else {
        json_null(j);
    }
}

/* To one decimal, always. */
static void json_rate(struct json *j, const char *key, struct figure f) {
    char text[DECIMAL_TEXT_MAX];
    json_key(j, key);
    if (f.there) {
        json_number(j, decimal_write(f.value / 10, 1, '.', '\0', false, text));
    } else {
        json_null(j);
    }
}

static void json_money(struct json *j, const char *key, struct figure f) {
    json_decimal(j, key, f, 0);
}

static void json_percent(struct json *j, const char *key, int64_t part, int64_t whole) {
    struct figure f = {0};
    f.there = pipeline_percent(part, whole, &f.value);
    json_rate(j, key, f);
}

static void json_average(struct json *j, const char *key, int64_t sum, int64_t count) {
    struct figure f = {0};
    f.there = pipeline_ratio(sum, count, 100, &f.value);
    json_decimal(j, key, f, 2);
}

static void json_sums(struct json *j, const struct pipeline_sums *s) {
    json_key_int(j, "won", s->won);
    json_key_int(j, "lost", s->lost);
    json_key_int(j, "won_value", s->won_value);
    json_key_int(j, "lost_value", s->lost_value);
    json_rate(j, "win_rate_pct", of(pipeline_win_rate, s));
    json_decimal(j, "avg_days_to_win", of(pipeline_days_to_win, s), 2);
    json_decimal(j, "avg_activities_per_win", of(pipeline_activities, s), 2);
    json_money(j, "avg_won_value", of(pipeline_average_value, s));
    json_money(j, "velocity", of(pipeline_velocity, s));
}

static void json_reasons(struct json *j, const struct pipeline_parts *reasons) {
    json_key(j, "lost_reasons");
    json_array(j);
    for (size_t i = 0; i < reasons->count; i++) {
        json_object(j);
        json_key_text(j, "reason", reasons->rows[i].code);
        json_key_int(j, "deals", reasons->rows[i].sums.lost);
        json_key_int(j, "value", reasons->rows[i].sums.lost_value);
        json_end(j);
    }
    json_end(j);
}

static void json_stages(struct json *j, const struct pipeline_stats *s) {
    json_key(j, "conversion");
    json_array(j);
    for (size_t i = 0; i < s->stage_count; i++) {
        json_object(j);
        json_key_text(j, "stage", s->stages[i].name);
        json_key_int(j, "entered", s->stages[i].entered);
        json_key_int(j, "advanced", s->stages[i].advanced);
        json_percent(j, "rate_pct", s->stages[i].advanced, s->stages[i].entered);
        json_end(j);
    }
    json_end(j);
    json_key(j, "time_in_stage");
    json_array(j);
    for (size_t i = 0; i < s->stage_count; i++) {
        json_object(j);
        json_key_text(j, "stage", s->stages[i].name);
        json_key_int(j, "deals", s->stages[i].stayed);
        json_average(j, "avg_days", s->stages[i].days, s->stages[i].stayed);
        json_end(j);
    }
    json_end(j);
}

static void json_parts(struct json *j, const char *key, const struct pipeline_parts *parts) {
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < parts->count; i++) {
        json_object(j);
        json_key_text(j, "code", parts->rows[i].code);
        json_key_text(j, "name", parts->rows[i].name);
        json_sums(j, &parts->rows[i].sums);
        json_end(j);
    }
    json_end(j);
}

/* This period and, where it has one, the equal one before it. */
struct both {
    struct pipeline_stats now, before;
    bool has_before;
    char from[DATE_SIZE], to[DATE_SIZE]; /* of the one before */
};

static void show_json(struct cli *c, const struct both *b) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    json_sums(&j, &b->now.sums);
    json_key_int(&j, "created", b->now.created);
    json_reasons(&j, &b->now.reasons);
    json_stages(&j, &b->now);
    json_parts(&j, "by_rep", &b->now.reps);
    json_parts(&j, "by_team", &b->now.teams);
    json_parts(&j, "by_source", &b->now.sources);
    json_key(&j, "previous");
    if (b->has_before) {
        json_object(&j);
        json_key_text(&j, "from", b->from);
        json_key_text(&j, "to", b->to);
        json_sums(&j, &b->before.sums);
        json_key_int(&j, "created", b->before.created);
        json_reasons(&j, &b->before.reasons);
        json_stages(&j, &b->before);
        json_parts(&j, "by_rep", &b->before.reps);
        json_parts(&j, "by_team", &b->before.teams);
        json_parts(&j, "by_source", &b->before.sources);
        json_end(&j);
    } else {
        json_null(&j);
    }
    json_end(&j);
}

/* Rows of name, value and the value before, for people and sheets. */
struct rows {
    struct cli *c;
    struct table *t;
    const struct both *both;
};

static void money_cell(struct rows *r, struct figure f) {
    char text[MONEY_TEXT_MAX];
    const struct currency *cur = shop_currency(r->c->shop);
    table_text(r->t, !f.there                      ? ""
                     : r->c->format == TABLE_HUMAN ? money_format(f.value, cur, true, text)
                                                   : money_format_plain(f.value, cur, text));
}

static void decimal_cell(struct rows *r, struct figure f, int places, const char *unit) {
    char number[DECIMAL_TEXT_MAX];
    bool human = r->c->format == TABLE_HUMAN;
    char *text =
        f.there
            ? mem_printf("%s%s", decimal_write(f.value, places, human ? ',' : '.', human ? '.' : '\0', true, number),
                         human ? unit : "")
            : mem_strdup("");
    table_text(r->t, text);
    free(text);
}

enum shown_as { SHOWN_MONEY, SHOWN_COUNT, SHOWN_PERCENT, SHOWN_AVERAGE };

static void cell(struct rows *r, enum shown_as as, struct figure f) {
    if (as == SHOWN_MONEY) {
        money_cell(r, f);
    } else {
        decimal_cell(r, f, as == SHOWN_COUNT ? 0 : 2, as == SHOWN_PERCENT ? "%" : "");
    }
}

static void row(struct rows *r, const char *name, enum shown_as as, struct figure now, struct figure before) {
    table_text(r->t, name);
    cell(r, as, now);
    before.there = before.there && r->both->has_before;
    cell(r, as, before);
    table_end_row(r->t);
}

static void row_of(struct rows *r, const char *name, enum shown_as as,
                   bool (*work_out)(const struct pipeline_sums *, int64_t *)) {
    row(r, name, as, of(work_out, &r->both->now.sums), of(work_out, &r->both->before.sums));
}

static void row_number(struct rows *r, const char *name, enum shown_as as, int64_t now, int64_t before) {
    row(r, name, as, (struct figure){true, now}, (struct figure){true, before});
}

static struct figure rate_of(const struct pipeline_stats *s, size_t i) {
    struct figure f = {0};
    f.there = i < s->stage_count && pipeline_percent(s->stages[i].advanced, s->stages[i].entered, &f.value);
    return f;
}

static enum err_code show_rows(struct cli *c, const struct both *b, struct err *e) {
    const struct table_column columns[] = {
        {"name", TABLE_TEXT, _("figure")}, {"value", TABLE_TEXT, _("value")}, {"previous", TABLE_TEXT, _("before")}};
    struct rows r = {c, cli_table(c, columns, 3), b};
    const struct pipeline_sums *now = &b->now.sums, *before = &b->before.sums;
    row_number(&r, _("won"), SHOWN_COUNT, now->won, before->won);
    row_number(&r, _("lost"), SHOWN_COUNT, now->lost, before->lost);
    row_number(&r, _("won value"), SHOWN_MONEY, now->won_value, before->won_value);
    row_number(&r, _("lost value"), SHOWN_MONEY, now->lost_value, before->lost_value);
    row_of(&r, _("win rate"), SHOWN_PERCENT, pipeline_win_rate);
    row_of(&r, _("average days to win"), SHOWN_AVERAGE, pipeline_days_to_win);
    row_of(&r, _("activities per won deal"), SHOWN_AVERAGE, pipeline_activities);
    row_of(&r, _("average value of a won deal"), SHOWN_MONEY, pipeline_average_value);
    row_of(&r, _("won a day"), SHOWN_MONEY, pipeline_velocity);
    row_number(&r, _("new deals"), SHOWN_COUNT, b->now.created, b->before.created);
    for (size_t i = 0; i < b->now.stage_count; i++) {
        char *name = mem_printf(_("%s: went on"), b->now.stages[i].name);
        row(&r, name, SHOWN_PERCENT, rate_of(&b->now, i), rate_of(&b->before, i));
        free(name);
    }
    return table_close(&r.t, e);
}

enum err_code cmd_pipeline_stats(struct cli *c, const struct cli_args *a, struct err *e) {
    struct cli_period period;
    struct pipeline_filter filter;
    struct both b = {0};
    enum err_code rc = pipeline_args(c, a, &period, &filter, e);
    if (rc == ERR_OK) {
        rc = pipeline_stats(c->shop, &filter, &b.now, e);
    }
    if (rc == ERR_OK && pipeline_previous(filter.from, filter.to, b.from, b.to)) {
        filter.from = b.from;
        filter.to = b.to;
        b.has_before = true;
        rc = pipeline_stats(c->shop, &filter, &b.before, e);
    }
    if (rc == ERR_OK && cli_wants_json(c)) {
        show_json(c, &b);
    } else if (rc == ERR_OK) {
        rc = show_rows(c, &b, e);
    }
    pipeline_stats_clear(&b.now);
    pipeline_stats_clear(&b.before);
    return rc;
}
