/* Bytes to where the configuration says that printing goes. */
#ifndef IO_PRINTER_H
#define IO_PRINTER_H

#include <stddef.h>

#include "base/err.h"

#define PRINTER_TIMEOUT_MS 10000

/* Sends n bytes to a device (/dev/usb/lp0), a file (made, or appended to), or the input of a command (|lp -d counter -o
 * raw), which is run by the shell as it stands: it must come from the configuration, never from data. A printer that
 * takes nothing for `timeout_ms`, or a command that does not end by then, is given up (the command is ended).
 * ERR_INVALID when `target` is empty, ERR_IO for the rest. */
enum err_code printer_send(const char *target, const void *bytes, size_t n, int timeout_ms, struct err *e);

#endif
