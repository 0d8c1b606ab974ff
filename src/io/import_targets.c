/* Targets from files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/channel.h"
#include "chotdon/group.h"
#include "chotdon/staff.h"
#include "chotdon/target.h"
#include "io/export.h"
#include "io/import_core.h"
#include "io/import_make.h"

/* A month, or a day in it as spreadsheets make of one. */
static enum err_code read_month(struct import *im, const struct import_row *row, char month[MONTH_SIZE],
                                struct err *e) {
    char date[DATE_SIZE];
    const char *text = import_cell(im, row, TARGET_C_MONTH);
    enum err_code rc = month_parse(text, month, e);
    if (rc != ERR_OK && date_parse(text, im->date_order, date, NULL, NULL) == ERR_OK) {
        month_of(date, month);
        rc = ERR_OK;
    }
    return import_field_error(im, TARGET_C_MONTH, rc, e);
}

static enum err_code read_words(struct import *im, const struct import_row *row, struct target *t, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    const char *scope = import_text(im, row, TARGET_C_SCOPE);
    const char *metric = import_text(im, row, TARGET_C_METRIC);
    if (!target_scope_find(scope, &t->scope)) {
        return err_set_field(e, ERR_INVALID, "scope",
                             _("“%s” is no scope; there are shop, team, rep, product, group, channel, province"),
                             err_clip(scope, clip));
    }
    if (!kpi_metric_find(metric, &t->metric)) {
        return err_set_field(e, ERR_INVALID, "metric",
                             _("“%s” is no metric; there are revenue, net_revenue, margin, orders, new_customers, "
                               "deals_won, interactions, weekly_reports, return_rate, on_time"),
                             err_clip(metric, clip));
    }
    t->code = import_text(im, row, TARGET_C_CODE);
    return ERR_OK;
}

static enum err_code read_value(struct import *im, const struct import_row *row, struct target *t, struct err *e) {
    if (kpi_metric_unit(t->metric) == UNIT_MONEY) {
        return import_money(im, row, TARGET_C_TARGET, &t->target, NULL, e);
    }
    return target_parse(im->shop, t->metric, import_cell(im, row, TARGET_C_TARGET), &t->target, e);
}

/* Teams, groups and channels that a row names are made; staff and products only with --create-missing. */
static enum err_code need_code(struct import *im, const struct target *t, struct err *e) {
    int64_t id = 0;
    const char *unit = NULL;
    enum err_code rc = ERR_OK;
    if (t->code[0] == '\0') {
        return ERR_OK;
    }
    switch (t->scope) {
    case SCOPE_TEAM:
        rc = team_make(im->shop, t->code, &id, NULL, e);
        break;
    case SCOPE_REP:
        rc = import_need_staff(im, t->code, &id, e);
        break;
    case SCOPE_PRODUCT:
        rc = import_need_product(im, t->code, "", 0, &id, &unit, e);
        break;
    case SCOPE_GROUP:
        rc = group_make(im->shop, t->code, &id, NULL, e);
        break;
    case SCOPE_CHANNEL:
        rc = import_need_channel(im, t->code, &id, e);
        break;
    default:
        break;
    }
    return import_field_error(im, TARGET_C_CODE, rc, e);
}

static enum err_code read_target(struct import *im, const struct import_row *row, struct target *t, struct err *e) {
    *t = (struct target){.import_id = im->import_id};
    enum err_code rc = read_month(im, row, t->month, e);
    return rc == ERR_OK ? read_words(im, row, t, e) : rc;
}

static const char *target_key(struct import *im, const struct import_row *row, char *room, size_t size) {
    struct target t;
    if (read_target(im, row, &t, NULL) != ERR_OK) {
        return "";
    }
    int n = snprintf(room, size, "%s|%s|%s|%s", t.month, target_scope_code(t.scope), kpi_metric_code(t.metric), t.code);
    return n > 0 && (size_t)n < size ? room : "";
}

static enum err_code put_target(struct import *im, const struct import_row *row, enum put_result *result,
                                struct err *e) {
    struct target t;
    enum err_code rc = read_target(im, row, &t, e);
    if (rc == ERR_OK) {
        rc = read_value(im, row, &t, e);
    }
    if (rc == ERR_OK && t.target < 0) {
        rc = err_set_field(e, ERR_INVALID, "target", _("a target cannot be below zero"));
    }
    if (rc == ERR_OK) {
        rc = need_code(im, &t, e);
    }
    return rc == ERR_OK ? target_put(im->shop, &t, result, e) : rc;
}

static enum err_code target_image(struct import *im, const struct import_row *row, int64_t *id, char **image,
                                  struct err *e) {
    struct target t;
    *id = 0;
    enum err_code rc = read_target(im, row, &t, NULL);
    if (rc == ERR_OK) {
        rc = target_find(im->shop, &t, id, NULL);
    }
    if (rc == ERR_OK && *id != 0) {
        rc = export_image(im->shop, KIND_TARGETS, *id, image, e);
    }
    return import_is_rejection(rc) ? ERR_OK : rc;
}

const struct import_ops import_targets_ops = {
    .key = target_key, .put = put_target, .image_kind = KIND_TARGETS, .image = target_image};
