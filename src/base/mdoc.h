/* Text in a manual page's source. */
#ifndef BASE_MDOC_H
#define BASE_MDOC_H

#include "base/buf.h"

/* Adds plain text that no request or escape of mdoc hides in: for the arguments of .It and for lines of their own. */
void mdoc_add(struct buf *out, const char *text);

#endif
