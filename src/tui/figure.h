/* Figures as screens show them. Money, quantities and dates have theirs in base/. */
#ifndef TUI_FIGURE_H
#define TUI_FIGURE_H

#include <stdint.h>

#define FIGURE_MAX 32

const char *figure_count(int64_t n, char out[FIGURE_MAX]); /* "1 204": thousands by blanks. Returns `out`. */
/* "T7 21/11/2026 14:05" of "2026-11-21 14:05:00"; weekdays are translated. Returns `out`. */
const char *figure_date_time(const char *datetime, char out[FIGURE_MAX]);
const char *figure_weekday(const char *iso_date); /* translated: "T2"… "CN" in Vietnamese, "Mon"… in English */

#endif
