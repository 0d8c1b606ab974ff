/* The name of this program at this terminal: baskets that are being typed bear it, so that after a crash the next
 * program knows whose they were and whether anybody still types them. */
#ifndef TUI_STATION_H
#define TUI_STATION_H

#include <stdbool.h>

#define STATION_SIZE 160

/* "host:pid:start:tty"; the start tells a later program of the same pid apart. Returns `out`. */
const char *station_name(char out[STATION_SIZE]);

/* Whether the program that bore the name still runs. One on another machine counts as running: who knows. */
bool station_is_alive(const char *station);

#endif
