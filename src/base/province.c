#include "base/province.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Keys are folded letters without blanks, each with a blank before and behind. */
static const struct {
    const char *name;
    const char *keys;
} provinces[] = {
    {"Hà Nội", " hanoi hn hatay "},
    {"Huế", " hue thuathienhue tthue "},
    {"Hải Phòng", " haiphong hp haiduong "},
    {"Đà Nẵng", " danang quangnam "},
    {"TP.HCM", " hcm hcmc hochiminh saigon sg binhduong bariavungtau brvt baria vungtau "},
    {"Cần Thơ", " cantho soctrang haugiang "},
    {"Cao Bằng", " caobang "},
    {"Lạng Sơn", " langson "},
    {"Lai Châu", " laichau "},
    {"Điện Biên", " dienbien "},
    {"Sơn La", " sonla "},
    {"Quảng Ninh", " quangninh "},
    {"Thanh Hóa", " thanhhoa "},
    {"Nghệ An", " nghean "},
    {"Hà Tĩnh", " hatinh "},
    {"Tuyên Quang", " tuyenquang hagiang "},
    {"Lào Cai", " laocai yenbai "},
    {"Thái Nguyên", " thainguyen backan baccan "},
    {"Phú Thọ", " phutho vinhphuc hoabinh "},
    {"Bắc Ninh", " bacninh bacgiang "},
    {"Hưng Yên", " hungyen thaibinh "},
    {"Ninh Bình", " ninhbinh hanam namdinh "},
    {"Quảng Trị", " quangtri quangbinh "},
    {"Quảng Ngãi", " quangngai kontum "},
    {"Gia Lai", " gialai binhdinh "},
    {"Khánh Hòa", " khanhhoa ninhthuan "},
    {"Lâm Đồng", " lamdong daknong dacnong binhthuan "},
    {"Đắk Lắk", " daklak daclac daclak dalak phuyen "},
    {"Đồng Nai", " dongnai binhphuoc "},
    {"Tây Ninh", " tayninh longan "},
    {"Vĩnh Long", " vinhlong bentre travinh "},
    {"Đồng Tháp", " dongthap tiengiang "},
    {"Cà Mau", " camau baclieu "},
    {"An Giang", " angiang kiengiang "},
};

/* A key is never longer than this; what is longer is no province. */
#define KEY_MAX 40

static const char *find(const char *key) {
    char word[KEY_MAX + 3] = " ";
    strcat(word, key);
    strcat(word, " ");
    for (size_t i = 0; i < province_count(); i++) {
        if (strstr(provinces[i].keys, word) != NULL) {
            return provinces[i].name;
        }
    }
    return NULL;
}

/* The folded letters alone; false when there are none, too many, or digits and signs among them. */
static bool make_key(const char *typed, char key[KEY_MAX + 1]) {
    char *folded = text_fold(typed);
    size_t n = 0;
    for (const char *p = folded; *p != '\0'; p++) {
        bool letter = *p >= 'a' && *p <= 'z';
        if (!letter && strchr(" .,-_'()", *p) != NULL) {
            continue;
        }
        if (!letter || n == KEY_MAX) {
            n = 0;
            break;
        }
        key[n++] = *p;
    }
    free(folded);
    key[n] = '\0';
    return n > 0;
}

static bool drop_back(char *key, const char *word) {
    size_t n = strlen(key);
    size_t m = strlen(word);
    if (n <= m || strcmp(key + n - m, word) != 0) {
        return false;
    }
    key[n - m] = '\0';
    return true;
}

const char *province_canonical(const char *typed) {
    static const char *const before[] = {"", "thanhpho", "tinh", "tp"};
    char key[KEY_MAX + 1];
    if (!make_key(typed, key)) {
        return NULL;
    }
    (void)(drop_back(key, "vietnam") || drop_back(key, "vn"));
    (void)(drop_back(key, "city") || drop_back(key, "province"));
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        size_t n = strlen(before[i]);
        const char *name = strncmp(key, before[i], n) == 0 ? find(key + n) : NULL;
        if (name != NULL) {
            return name;
        }
    }
    return NULL;
}

size_t province_count(void) {
    return sizeof provinces / sizeof provinces[0];
}

const char *province_name(size_t i) {
    assert(i < province_count());
    return provinces[i].name;
}
