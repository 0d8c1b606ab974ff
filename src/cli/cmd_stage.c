#include "chotdon/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/channel.h"
#include "cli/cells.h"
#include "cli/commands.h"

static const struct table_column columns[] = {
    {"stage", TABLE_TEXT, N_("Stage")},
    {"kind", TABLE_TEXT, N_("Kind")},
    {"probability_pct", TABLE_RATE, N_("Chance")},
    {"idle_days", TABLE_INT, N_("Idle days")},
    {"fold", TABLE_BOOL, N_("Folded")},
    {"required", TABLE_TEXT, N_("Asks for")},
};
static const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};

/* The board of a channel; the shop's own when none is named. */
static enum err_code pipeline_arg(struct cli *c, const struct cli_args *a, bool make, int64_t *id, struct err *e) {
    const char *channel = cli_option(a, "channel");
    *id = PIPELINE_MAIN;
    return channel == NULL ? ERR_OK : pipeline_of_channel(c->shop, channel, make, id, e);
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct stage *all = NULL;
    size_t count = 0;
    int64_t pipeline = 0;
    struct cell_table t;
    enum err_code rc = pipeline_arg(c, a, false, &pipeline, e);
    if (rc == ERR_OK) {
        rc = stage_list(c->shop, pipeline, &all, &count, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &spec, &t);
    for (size_t i = 0; i < count; i++) {
        char *required = deal_needs_text(all[i].required);
        const struct cell cells[] = {CELL_TEXT(all[i].name),
                                     CELL_TEXT(stage_kind_code(all[i].kind)),
                                     CELL_NUMBER(all[i].probability_bps),
                                     CELL_NUMBER(all[i].idle_days),
                                     CELL_NUMBER(all[i].fold),
                                     CELL_TEXT(required)};
        cells_row(&t, cells);
        free(required);
    }
    stage_list_free(all, count);
    return cells_end(&t, ERR_OK, e);
}

/* --before and --after name a stage, --position counts from 1. */
static enum err_code read_position(struct cli *c, const struct cli_args *a, struct stage *s, unsigned *fields,
                                   struct err *e) {
    const char *before = cli_option(a, "before"), *after = cli_option(a, "after"), *at = cli_option(a, "position");
    const char *name = before != NULL ? before : after;
    int64_t position = 0;
    if ((before != NULL) + (after != NULL) + (at != NULL) > 1) {
        return cli_usage(c, e, _("give only one of --before, --after and --position"));
    }
    enum err_code rc = cli_int("position", at, &position, e);
    if (rc == ERR_OK && at != NULL && (position < 1 || position > 1000)) {
        return err_set_field(e, ERR_INVALID, "position", _("--position counts from 1"));
    }
    if (rc == ERR_OK && name != NULL) {
        struct stage other;
        rc = stage_find(c->shop, s->pipeline_id, name, &other, e);
        position = other.position + (after != NULL);
        /* what moves to the right leaves a gap on its left */
        position -= s->position > 0 && s->position < position ? 1 : 0;
        stage_clear(&other);
    }
    if (rc == ERR_OK && (name != NULL || at != NULL)) {
        s->position = (int)position;
        *fields |= STAGE_POSITION;
    }
    return rc;
}

static enum err_code read_kind(const char *text, struct stage *s, unsigned *fields, struct err *e) {
    if (text == NULL) {
        return ERR_OK;
    }
    *fields |= STAGE_KIND;
    return stage_kind_find(text, &s->kind)
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "kind", _("“%.80s” is no kind of stage: use open, won or lost"), text);
}

static enum err_code read_options(struct cli *c, const struct cli_args *a, struct stage *s, unsigned *fields,
                                  struct err *e) {
    const char *probability = cli_option(a, "probability"), *idle = cli_option(a, "idle-days"),
               *fold = cli_option(a, "fold"), *required = cli_option(a, "required");
    int64_t days = s->idle_days;
    enum err_code rc = read_position(c, a, s, fields, e);
    if (rc == ERR_OK) {
        rc = read_kind(cli_option(a, "kind"), s, fields, e);
    }
    if (rc == ERR_OK) {
        rc = cli_rate("probability", probability, &s->probability_bps, e);
    }
    if (rc == ERR_OK) {
        rc = cli_int("idle-days", idle, &days, e);
        s->idle_days = days < -1 || days > 1000000 ? -1 : (int)days;
    }
    if (rc == ERR_OK) {
        rc = cli_yes_no("fold", fold, &s->fold, e);
    }
    if (rc == ERR_OK && required != NULL) {
        rc = deal_needs_parse(required, &s->required, e);
    }
    *fields |= probability != NULL ? STAGE_PROBABILITY : 0;
    *fields |= idle != NULL ? STAGE_IDLE_DAYS : 0;
    *fields |= fold != NULL ? STAGE_FOLD : 0;
    *fields |= required != NULL ? STAGE_REQUIRED : 0;
    return rc;
}

static enum err_code run_add(struct cli *c, const struct cli_args *a, struct err *e) {
    struct stage s = {.name = (char *)cli_word(a, 0), .probability_bps = -1};
    unsigned fields = 0;
    enum err_code rc = pipeline_arg(c, a, true, &s.pipeline_id, e);
    if (rc == ERR_OK) {
        rc = read_options(c, a, &s, &fields, e);
    }
    return rc == ERR_OK ? stage_add(c->shop, &s, 0, NULL, e) : rc;
}

static enum err_code run_edit(struct cli *c, const struct cli_args *a, struct err *e) {
    struct stage old = {0};
    int64_t pipeline = 0;
    unsigned fields = 0;
    const char *name = cli_option(a, "name");
    enum err_code rc = pipeline_arg(c, a, false, &pipeline, e);
    if (rc == ERR_OK) {
        rc = stage_find(c->shop, pipeline, cli_word(a, 0), &old, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct stage s = old;
    s.name = (char *)name;
    fields |= name != NULL ? STAGE_NAME : 0;
    rc = read_options(c, a, &s, &fields, e);
    if (rc == ERR_OK && fields == 0) {
        rc = cli_usage(c, e, _("nothing to change: see `chotdon %s -h`"), "stage edit");
    }
    if (rc == ERR_OK) {
        rc = stage_edit(c->shop, old.id, &s, fields, e);
    }
    stage_clear(&old);
    return rc;
}

static enum err_code run_remove(struct cli *c, const struct cli_args *a, struct err *e) {
    struct stage s = {0}, to = {0};
    int64_t pipeline = 0;
    const char *target = cli_option(a, "to");
    enum err_code rc = pipeline_arg(c, a, false, &pipeline, e);
    if (rc == ERR_OK) {
        rc = stage_find(c->shop, pipeline, cli_word(a, 0), &s, e);
    }
    if (rc == ERR_OK && target != NULL) {
        rc = stage_find(c->shop, pipeline, target, &to, e);
    }
    if (rc == ERR_OK) {
        rc = stage_remove(c->shop, s.id, to.id, e);
    }
    stage_clear(&s);
    stage_clear(&to);
    return rc;
}

static enum err_code run_reasons(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column reason_columns[] = {{"reason", TABLE_TEXT, _("Reason")}};
    (void)a;
    struct table *t = cli_table(c, reason_columns, 1);
    enum err_code rc = reason_list(c->shop, cells_name, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_reason_add(struct cli *c, const struct cli_args *a, struct err *e) {
    return reason_add(c->shop, cli_word(a, 0), NULL, e);
}

static enum err_code run_reason_remove(struct cli *c, const struct cli_args *a, struct err *e) {
    return reason_remove(c->shop, cli_word(a, 0), e);
}

#define STAGE_OPTIONS "kind= probability= idle-days= fold= required= position= before= after= channel="
#define STAGE_SYNOPSIS                                                                                                 \
    "[--kind open|won|lost] [--probability PCT] [--idle-days N] [--fold yes|no] [--required FIELD,FIELD] "             \
    "[--position N | --before STAGE | --after STAGE] [--channel C]"

const struct cli_command cmd_stage[] = {
    {"stage list", "[--channel C]", N_("the stages of the board, from left to right"), "channel=", 0, 0, false,
     run_list},
    {"stage add", "NAME " STAGE_SYNOPSIS,
     N_("a new stage, before the closing ones; --channel: on the channel's own board, made when it is not there"),
     STAGE_OPTIONS, 1, 1, false, run_add},
    {"stage edit", "STAGE [--name N] " STAGE_SYNOPSIS, N_("renames, moves or changes a stage"), "name= " STAGE_OPTIONS,
     1, 1, false, run_edit},
    {"stage remove", "STAGE [--to STAGE] [--channel C]", N_("takes a stage off the board; its deals go to another"),
     "to= channel=", 1, 1, false, run_remove},
    {"reason list", "", N_("why deals are lost"), NULL, 0, 0, false, run_reasons},
    {"reason add", "REASON", N_("a new reason"), NULL, 1, 1, false, run_reason_add},
    {"reason remove", "REASON", N_("takes a reason off the list; deals keep it"), NULL, 1, 1, false, run_reason_remove},
    {0},
};
