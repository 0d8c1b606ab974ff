/* libxlsxwriter, loaded with the first workbook and not with the program: it brings libcrypto along, whose start takes
 * longer than all the rest of starting a command. */
#ifndef IO_XLSX_LIBRARY_H
#define IO_XLSX_LIBRARY_H

#include <xlsxwriter.h>

#include "base/err.h"

#define XLSX_FUNCTIONS(X)                                                                                              \
    X(format_set_bold)                                                                                                 \
    X(format_set_num_format)                                                                                           \
    X(lxw_strerror)                                                                                                    \
    X(workbook_add_format)                                                                                             \
    X(workbook_add_worksheet)                                                                                          \
    X(workbook_close)                                                                                                  \
    X(workbook_new_opt)                                                                                                \
    X(worksheet_freeze_panes)                                                                                          \
    X(worksheet_set_column)                                                                                            \
    X(worksheet_write_boolean)                                                                                         \
    X(worksheet_write_datetime)                                                                                        \
    X(worksheet_write_number)                                                                                          \
    X(worksheet_write_string)

/* Its functions, by their own names. */
struct xlsx_library {
#define XLSX_POINTER(name) __typeof__(name) *name;
    XLSX_FUNCTIONS(XLSX_POINTER)
#undef XLSX_POINTER
};

/* ERR_IO when it is not installed. It stays loaded until the program ends. */
enum err_code xlsx_library_load(struct xlsx_library *out, struct err *e);

#endif
