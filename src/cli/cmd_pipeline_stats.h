/* `pipeline stats`, one object of many figures. */
#ifndef CLI_CMD_PIPELINE_STATS_H
#define CLI_CMD_PIPELINE_STATS_H

#include "chotdon/pipeline.h"
#include "cli/cli.h"

/* Who and when, from --rep, --team, --source and a period; `period` stays with the caller. */
#define PIPELINE_WHO "rep= team= source="
enum err_code pipeline_args(struct cli *c, const struct cli_args *a, struct cli_period *period,
                            struct pipeline_filter *out, struct err *e);

enum err_code cmd_pipeline_stats(struct cli *c, const struct cli_args *a, struct err *e);

#endif
