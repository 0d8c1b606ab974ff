#include "base/money.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/i18n.h"
#include "base/text.h"

_Static_assert(MONEY_TEXT_MAX >= DECIMAL_TEXT_MAX + sizeof((struct currency *)0)->symbol + 1,
               "room for number and currency");

static enum err_code refuse(const char *text, enum decimal_status why, const struct currency *cur, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    err_clip(text, clip);
    switch (why) {
    case DECIMAL_TOO_BIG:
        return err_set(e, ERR_INVALID, _("the amount \"%s\" is too large"), clip);
    case DECIMAL_TOO_FINE:
        return err_set(e, ERR_INVALID, _("the amount \"%s\" has more decimals than %s keeps (%d)"), clip, cur->code,
                       cur->decimals);
    case DECIMAL_UNSURE:
        return err_set(e, ERR_INVALID,
                       _("the amount \"%s\" can be read in two ways; write it without separators of thousands"), clip);
    case DECIMAL_OK:
    case DECIMAL_MALFORMED:
        break;
    }
    return err_set(e, ERR_INVALID, _("\"%s\" is not an amount of money; write 150000, 150.000 or 150k"), clip);
}

/* An amount being read: folded text from p to end, blanks, sign and currency taken off. */
struct reading {
    const struct currency *cur;
    bool typed; /* by a person, so words like tr and k count */
    bool negative;
    char *p;
    char *end;
};

static bool drop_front(struct reading *r, const char *word) {
    size_t n = strlen(word);
    if (n == 0 || strncmp(r->p, word, n) != 0) {
        return false;
    }
    r->p += n;
    r->p += strspn(r->p, " ");
    return true;
}

static bool drop_back(struct reading *r, const char *word) {
    size_t n = strlen(word);
    if (n == 0 || (size_t)(r->end - r->p) < n || strcmp(r->end - n, word) != 0) {
        return false;
    }
    r->end -= n;
    while (r->end > r->p && r->end[-1] == ' ') {
        r->end--;
    }
    *r->end = '\0';
    return true;
}

static bool drop_sign(struct reading *r) {
    r->negative = *r->p == '-' || strncmp(r->p, "−", strlen("−")) == 0;
    return drop_front(r, "-") || drop_front(r, "−") || drop_front(r, "+");
}

/* Sign and currency may stand in either order before the digits; the currency may stand behind them instead. */
static void undress(struct reading *r) {
    char code[sizeof r->cur->code];
    for (size_t i = 0; i < sizeof code; i++) {
        char c = r->cur->code[i];
        code[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    bool vnd = strcmp(r->cur->code, "VND") == 0;
    const char *dong = vnd ? "d" : "";
    bool signed_already = drop_sign(r);
    bool marked = drop_front(r, code) || drop_front(r, r->cur->symbol) || drop_front(r, dong);
    if (!signed_already) {
        drop_sign(r);
    }
    if (!marked) {
        (void)(drop_back(r, code) || drop_back(r, r->cur->symbol) || drop_back(r, dong) ||
               drop_back(r, vnd ? "dong" : ""));
    }
}

/* The word at *p for a thousand, a million, a thousand million: its power of ten, 0 when there is none. */
static int unit_at(char **p) {
    static const struct {
        const char *word; /* folded; a longer word stands before its own beginning */
        int power;
    } units[] = {{"trieu", 6}, {"tr", 6}, {"ty", 9}, {"ti", 9}, {"nghin", 3}, {"ngan", 3}, {"k", 3}, {"m", 6}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t n = strlen(units[i].word);
        if (strncmp(*p, units[i].word, n) == 0) {
            *p += n;
            return units[i].power;
        }
    }
    return 0;
}

static uint64_t ten_to(int power) {
    uint64_t result = 1;
    while (power-- > 0) {
        result *= 10;
    }
    return result;
}

static struct decimal_style bare_style(const struct reading *r) {
    if (r->cur->decimals == 3) {
        return (struct decimal_style){DECIMAL_LONE_POINT, DECIMAL_LONE_POINT};
    }
    if (r->cur->decimals == 0 || r->typed) {
        return (struct decimal_style){DECIMAL_LONE_GROUP, DECIMAL_LONE_GROUP};
    }
    return (struct decimal_style){DECIMAL_LONE_UNSURE, DECIMAL_LONE_GROUP};
}

/* The digits at the end behind a unit: in 1tr2 the 2 is two tenths of a million. */
static enum decimal_status read_tail(const char *digits, size_t n, struct decimal *out) {
    if (strspn(digits, "0123456789") != n) {
        return DECIMAL_MALFORMED;
    }
    enum decimal_status status =
        decimal_read(digits, n, (struct decimal_style){DECIMAL_LONE_POINT, DECIMAL_LONE_POINT}, out);
    out->scale = (int)n;
    return status;
}

/* One number with its unit: the next part of 1tr200k. `power` is that of the part before, 0 at first, and is replaced.
 */
static enum decimal_status read_part(struct reading *r, int *power, uint64_t *amount) {
    const char *digits = r->p;
    size_t n = decimal_span(digits);
    r->p += n;
    r->p += strspn(r->p, " ");
    int unit = r->typed ? unit_at(&r->p) : 0;
    r->p += strspn(r->p, " ");
    bool last = r->p == r->end;
    bool first = *power == 0;
    if (n == 0 || (unit == 0 && !last) || (!first && unit >= *power)) {
        return DECIMAL_MALFORMED;
    }
    struct decimal value = {0, 0};
    struct decimal_style style = {DECIMAL_LONE_GROUP, DECIMAL_LONE_POINT};
    enum decimal_status status;
    if (unit != 0 || first) {
        status = decimal_read(digits, n, unit == 0 ? bare_style(r) : style, &value);
        *power = unit;
    } else {
        status = read_tail(digits, n, &value);
    }
    return status == DECIMAL_OK ? decimal_fixed(&value, ten_to(*power), r->cur->decimals, amount) : status;
}

static enum decimal_status read_amount(struct reading *r, int64_t *amount) {
    uint64_t sum = 0;
    int power = 0;
    do {
        uint64_t part = 0;
        enum decimal_status status = read_part(r, &power, &part);
        if (status != DECIMAL_OK) {
            return status;
        }
        if (__builtin_add_overflow(sum, part, &sum)) {
            return DECIMAL_TOO_BIG;
        }
    } while (r->p < r->end);
    return decimal_sign(sum, r->negative, amount) ? DECIMAL_OK : DECIMAL_TOO_BIG;
}

static enum err_code parse(const char *text, const struct currency *cur, bool typed, int64_t *amount, struct err *e) {
    char *folded = text_fold(text);
    struct reading r = {.cur = cur, .typed = typed, .p = folded, .end = folded + strlen(folded)};
    undress(&r);
    int64_t result = 0;
    enum decimal_status status = read_amount(&r, &result);
    free(folded);
    if (status != DECIMAL_OK) {
        return refuse(text, status, cur, e);
    }
    *amount = result;
    return ERR_OK;
}

enum err_code money_parse(const char *text, const struct currency *cur, int64_t *amount, struct err *e) {
    return parse(text, cur, true, amount, e);
}

enum err_code money_parse_file(const char *text, const struct currency *cur, int64_t *amount, struct err *e) {
    return decimal_plain(text, cur->decimals, amount) ? ERR_OK : parse(text, cur, false, amount, e);
}

const char *money_format(int64_t amount, const struct currency *cur, bool symbol, char out[MONEY_TEXT_MAX]) {
    decimal_write(amount, cur->decimals, ',', '.', false, out);
    if (symbol) {
        strcat(out, " ");
        strcat(out, cur->symbol);
    }
    return out;
}

const char *money_format_plain(int64_t amount, const struct currency *cur, char out[MONEY_TEXT_MAX]) {
    return decimal_write(amount, cur->decimals, '.', '\0', false, out);
}

/* Three figures of amount / unit, half away from zero: the number as written with `places` decimals. 999.6 gives 1000
 * with none. */
static int64_t three_figures(int64_t amount, int64_t unit, int *places) {
    int64_t whole = amount / unit;
    whole = whole < 0 ? -whole : whole;
    *places = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
    int64_t figures = 0;
    money_scale(amount, (int64_t)ten_to(*places), unit, &figures);
    return figures;
}

const char *money_format_short(int64_t amount, const struct currency *cur, char out[MONEY_TEXT_MAX]) {
    static const char *const words[2][3] = {{"k", "M", "B"}, {"k", " tr", " tỷ"}};
    bool dong = strcmp(cur->code, "VND") == 0;
    int64_t major = (int64_t)ten_to(cur->decimals);
    for (int i = 2; i >= 0; i--) {
        int64_t unit = major * (int64_t)ten_to(3 * (i + 1));
        int places = 0;
        int64_t figures = three_figures(amount, unit, &places);
        int lower_places = 1;
        int64_t lower = i == 0 ? 0 : three_figures(amount, unit / 1000, &lower_places);
        bool rounds_up = lower_places == 0 && (lower >= 1000 || lower <= -1000);
        if (amount / unit != 0 || rounds_up) {
            decimal_write(figures, places, dong ? ',' : '.', dong ? '.' : ',', true, out);
            strcat(out, words[dong][i]);
            return out;
        }
    }
    return money_format_plain(amount, cur, out);
}

enum err_code rate_parse(const char *text, int64_t max_bps, int64_t *rate_bps, struct err *e) {
    char clip[ERR_CLIP_SIZE];
    const char *p = text + strspn(text, " \t\r\n");
    size_t n = decimal_span(p);
    const char *rest = p + n + strspn(p + n, " ");
    rest += *rest == '%';
    struct decimal value = {0, 0};
    uint64_t bps = 0;
    bool well_formed =
        rest[strspn(rest, " \t\r\n")] == '\0' &&
        decimal_read(p, n, (struct decimal_style){DECIMAL_LONE_POINT, DECIMAL_LONE_POINT}, &value) == DECIMAL_OK;
    if (!well_formed) {
        return err_set(e, ERR_INVALID, _("\"%s\" is not a percentage; write 8 or 7.5"), err_clip(text, clip));
    }
    if (decimal_fixed(&value, 1, 2, &bps) == DECIMAL_TOO_FINE) {
        return err_set(e, ERR_INVALID, _("the percentage \"%s\" has more than two decimals"), err_clip(text, clip));
    }
    if (value.digits > UINT64_MAX / 100 || bps > (uint64_t)max_bps) {
        char most[MONEY_TEXT_MAX];
        return err_set(e, ERR_INVALID, _("the percentage \"%s\" must be between 0 and %s"), err_clip(text, clip),
                       rate_format(max_bps, most));
    }
    *rate_bps = (int64_t)bps;
    return ERR_OK;
}

const char *rate_format(int64_t rate_bps, char out[MONEY_TEXT_MAX]) {
    return decimal_write(rate_bps, 2, '.', '\0', true, out);
}

const char *rate_show(int64_t rate_bps, char out[MONEY_TEXT_MAX]) {
    return decimal_write(rate_bps, 2, ',', '\0', true, out);
}
