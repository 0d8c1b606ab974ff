/* A customer with the figures of the books as cells. */
#ifndef CLI_CUSTOMER_CELLS_H
#define CLI_CUSTOMER_CELLS_H

#include "chotdon/customer.h"
#include "cli/cells.h"

extern const struct cell_spec customer_spec;
void customer_cells(const struct customer *c, const struct customer_figures *f,
                    struct cell *cells); /* borrowed texts */

/* The customer that the first word names, by code, phone or name; cleared by the caller also on failure. */
enum err_code customer_named(struct cli *c, const struct cli_args *a, struct customer *out, struct err *e);

#endif
