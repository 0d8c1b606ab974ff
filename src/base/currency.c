#include "base/money.h"

#include <string.h>

/* ISO 4217, active codes, by their decimals. */
static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
static const char three[] = "BHD IQD JOD KWD LYD OMR TND ";
static const char two[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
    "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR "
    "MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK "
    "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD "
    "YER ZAR ZMW ZWL ";

static const char *const symbols[][2] = {
    {"VND", "₫"}, {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"JPY", "¥"}, {"CNY", "¥"},   {"KRW", "₩"}, {"THB", "฿"},
    {"INR", "₹"}, {"PHP", "₱"}, {"LAK", "₭"}, {"KHR", "៛"}, {"UAH", "₴"}, {"RUB", "₽"}, {"TRY", "₺"}, {"ILS", "₪"},
};

static bool listed(const char *list, const char code[4]) {
    const char entry[] = {code[0], code[1], code[2], ' ', '\0'};
    return strstr(list, entry) != NULL;
}

bool currency_find(const char *code, struct currency *out) {
    struct currency found = {.code = "", .decimals = 2, .symbol = ""};
    for (size_t i = 0; i < 3; i++) {
        char c = code[i];
        c = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        if (c < 'A' || c > 'Z') {
            return false;
        }
        found.code[i] = c;
    }
    if (code[3] != '\0') {
        return false;
    }
    if (listed(none, found.code)) {
        found.decimals = 0;
    } else if (listed(three, found.code)) {
        found.decimals = 3;
    } else if (!listed(two, found.code)) {
        return false;
    }
    memcpy(found.symbol, found.code, sizeof found.code);
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (strcmp(symbols[i][0], found.code) == 0) {
            memcpy(found.symbol, symbols[i][1], strlen(symbols[i][1]) + 1);
        }
    }
    *out = found;
    return true;
}
