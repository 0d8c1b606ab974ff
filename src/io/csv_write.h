/* Writes RFC 4180: commas, quotes only where needed, LF; or what Excel opens by a double click: byte order mark, CRLF,
 * and a `'` before text that it would take for a formula. Faults of the stream are its owner's to report
 * (io/outfile.h). */
#ifndef IO_CSV_WRITE_H
#define IO_CSV_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct csv_writer {
    FILE *out; /* borrowed */
    bool excel;
    size_t cells;    /* written of the row at hand */
    bool lone_empty; /* all that the row has is one empty cell */
};

void csv_writer_begin(struct csv_writer *w, FILE *out, bool excel);
void csv_writer_text(struct csv_writer *w, const char *text);  /* what people wrote */
void csv_writer_plain(struct csv_writer *w, const char *text); /* numbers, dates, phones: never guarded */
void csv_writer_end_row(struct csv_writer *w);

#endif
