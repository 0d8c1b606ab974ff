#include "tui/figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

const char *figure_count(int64_t n, char out[FIGURE_MAX]) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRId64, n);
    int at = 0;
    for (int i = 0; i < len; i++) {
        int rest = len - i;
        if (i > 0 && digits[i - 1] != '-' && rest % 3 == 0) {
            out[at++] = ' ';
        }
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

const char *figure_weekday(const char *iso_date) {
    static const char *const names[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")};
    return _(names[date_weekday(iso_date)]);
}

const char *figure_date_time(const char *datetime, char out[FIGURE_MAX]) {
    char day[DATE_SIZE];
    char shown[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", datetime);
    if (!date_is_valid(day) || strlen(datetime) < 16) {
        snprintf(out, FIGURE_MAX, "%.*s", FIGURE_MAX - 1, datetime);
        return out;
    }
    snprintf(out, FIGURE_MAX, "%.6s %s %.5s", figure_weekday(day), date_format(day, shown), datetime + 11);
    return out;
}
