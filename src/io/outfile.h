/* A file that appears whole or not at all: written beside its place, synced, then renamed over it. */
#ifndef IO_OUTFILE_H
#define IO_OUTFILE_H

#include <stdio.h>

#include "base/err.h"

struct outfile;

/* Begins a file at `path`; NULL or "-" is standard output, and what is no regular file (a device, a pipe) is written as
 * it stands. An existing file keeps its permissions, a link stays a link. ERR_IO. */
enum err_code outfile_open(const char *path, struct outfile **out, struct err *e);

FILE *outfile_stream(struct outfile *f); /* where to write; owned by the outfile */
const char *
outfile_temp_path(const struct outfile *f); /* for libraries that want a name; NULL when written as it stands */

/* Everything is on the disk and the file stands in its place, or ERR_IO and the old file is untouched. Takes *f and
 * sets it to NULL. */
enum err_code outfile_finish(struct outfile **f, struct err *e);

/* Makes the folders on the way to `path` that are not there yet, for their owner alone. ERR_IO. */
enum err_code outfile_make_folder(const char *path, struct err *e);

void outfile_abandon(struct outfile **f); /* leaves no trace; accepts *f NULL */

#endif
