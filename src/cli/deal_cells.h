/* A deal as cells, and the options that fill one. */
#ifndef CLI_DEAL_CELLS_H
#define CLI_DEAL_CELLS_H

#include "chotdon/deal.h"
#include "cli/cells.h"

extern const struct cell_spec deal_spec;
/* Borrows from d, and from *products, which the caller frees. */
void deal_cells(struct cli *c, const struct deal *d, struct cell *cells, char **products);

/* Its cells, log, stages and orders as members of the JSON object that is open. */
enum err_code cmd_deal_json(struct cli *c, struct json *j, const struct deal *d, struct err *e);

/* The deal that the first word names, by number or title. */
enum err_code deal_arg_number(struct cli *c, const struct cli_args *a, int64_t *id, struct err *e);

enum err_code cmd_deal_add(struct cli *c, const struct cli_args *a, struct err *e);
enum err_code cmd_deal_edit(struct cli *c, const struct cli_args *a, struct err *e);
#define DEAL_OPTIONS                                                                                                   \
    "title= customer= contact= phone= email= province= rep= stage= product= expected-value= value= probability= "      \
    "source= tags= need= budget= timing= decision-maker= note= created= expected-close= closed= lost-reason= reason="
#define DEAL_SYNOPSIS                                                                                                    \
    "[--customer CODE|PHONE|NAME] [--contact NAME] [--phone P] [--email E] [--province P] [--rep R] [--stage S] "        \
    "[--product SKU:QTY@PRICE+…] [--expected-value N] [--probability PCT] [--source CHANNEL] [--tags T,T] [--need T] " \
    "[--budget T] [--timing T] [--decision-maker T] [--expected-close D] [--created D] [--closed D] [--value N] "        \
    "[--reason R] [--note T]"

#endif
