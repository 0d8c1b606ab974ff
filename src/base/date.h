/* Business dates and times as ISO 8601 text, which sorts and compares as it stands. No clock is read here. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

#include "base/err.h"

#define DATE_SIZE     11 /* "2026-10-31" and NUL */
#define DATETIME_SIZE 20 /* "2026-10-31 14:05:00" and NUL */
#define MONTH_SIZE    8  /* "2026-10" and NUL */

enum date_order { DATE_DMY, DATE_MDY };

/* ISO (2026-10-31, 2026/10/31) or day-first/month-first with / - or . (31/10/2026), each with an optional time after a
 * space or T (HH:MM[:SS[.fff]], with AM/PM, a trailing Z or offset ignored); Lazada's `28 Feb 2026 23:30` too. `time`
 * may be NULL; it gets "HH:MM:SS", or "" when the text has none. Vietnamese SA/CH count as AM/PM, a
 * fraction of a second is cut off. Years 1900–9999. On error nothing is written. ERR_INVALID with the text and the
 * forms accepted. */
enum err_code date_parse(const char *text, enum date_order order, char date[DATE_SIZE], char time[9], struct err *e);

/* "2026-10", also "10/2026" and "T10/2026". */
enum err_code month_parse(const char *text, char month[MONTH_SIZE], struct err *e);

bool date_is_valid(const char *iso);  /* exactly YYYY-MM-DD and a day that exists */
bool month_is_valid(const char *iso); /* exactly YYYY-MM */

/* Days since 1970-01-01. From here on an invalid date counts as 1970-01-01 and an invalid month as 1970-01; what would
 * leave 1900-01-01 … 9999-12-31 stops at its ends. */
long date_to_days(const char *iso);
void date_from_days(long days, char date[DATE_SIZE]);
void date_add_days(const char *iso, long days, char out[DATE_SIZE]); /* out may be iso */
long date_diff(const char *later, const char *earlier);              /* in days */
int date_weekday(const char *iso);                                   /* 0 Monday … 6 Sunday */
void date_iso_week(const char *iso, int *year, int *week);           /* ISO 8601 week */

void month_of(const char *iso_date, char month[MONTH_SIZE]);
void month_add(const char *month, int months, char out[MONTH_SIZE]); /* out may be month */
void month_first_day(const char *month, char date[DATE_SIZE]);
void month_last_day(const char *month, char date[DATE_SIZE]);

/* Seconds since 1970-01-01 00:00 of a datetime, both taken in the same zone, for differences; 0 when it is not one. */
long long datetime_to_seconds(const char *iso_datetime);

/* dd/mm/yyyy for screens; "" for "" and "?" for what is no date. `out` may be iso. Returns `out`. */
const char *date_format(const char *iso, char out[DATE_SIZE]);

#endif
