/* A person's commission statement: what is printed and signed, or opened in a spreadsheet. */
#ifndef IO_STATEMENT_H
#define IO_STATEMENT_H

#include "chotdon/commission.h"

/* 80 columns of text to a file; NULL or "-" is standard output. As commission_explain: ERR_NOT_FOUND, ERR_REFUSED. */
enum err_code statement_text(struct shop *shop, const char *month, int64_t staff_id, const char *path, struct err *e);

/* The explanation's rows and their total as a workbook. */
enum err_code statement_xlsx(struct shop *shop, const char *month, int64_t staff_id, const char *path, struct err *e);

#endif
