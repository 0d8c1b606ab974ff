/* Order lines as CSV, the same every time: generate LINES > orders.csv. About one order for three lines over 36 months,
 * in the order of their dates, by 50 000 customers, of 5 000 products, with 60 reps. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { CUSTOMERS = 50000, PRODUCTS = 5000, REPS = 60, DAYS = 1096 };

struct customer {
    char name[96];
    char phone[12];
};

static uint64_t next_random(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static double unit(uint64_t *state) {
    return (double)(next_random(state) >> 11) / 9007199254740992.0;
}

/* 0 … n − 1; with a power above 1 the low ones come more often. */
static int skewed(uint64_t *state, int n, double power) {
    return (int)(pow(unit(state), power) * n) % n;
}

static void make_customer(struct customer *c, int i, uint64_t *state) {
    static const char *const families[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng",
                                           "Huỳnh",  "Phan", "Vũ", "Võ",   "Đặng"};
    static const char *const middles[] = {"Thị", "Văn", "Minh", "Ngọc", "Thanh", "Hữu", "Đức", "Quang", "Thuỳ", "Kim"};
    static const char *const givens[] = {"Anh",   "Bình", "Châu", "Dũng", "Giang", "Hà",   "Hải",
                                         "Hạnh",  "Hiền", "Hoà",  "Hùng", "Lan",   "Linh", "Long",
                                         "Nhung", "Phúc", "Quân", "Thảo", "Tuấn",  "Yến"};
    static const char *const prefixes[] = {"090", "091", "093", "097", "098", "086", "070", "077", "035", "038"};
    const char *family = families[skewed(state, 10, 1.6)], *given = givens[skewed(state, 20, 1)];
    const char *middle = middles[skewed(state, 10, 1)];
    if (i % 25 == 0) {
        snprintf(c->name, sizeof c->name, "\"Công ty TNHH %s %s, CN Quận %d\"", middle, given, 1 + i % 12);
    } else {
        snprintf(c->name, sizeof c->name, "%s %s %s", family, middle, given);
    }
    snprintf(c->phone, sizeof c->phone, "%s%07d", prefixes[i % 10], i / 10 * 7919 % 10000000);
}

static void date_of(int day, char date[16]) { /* from 2023-01-01 */
    static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 2023, month = 0;
    for (;; month = (month + 1) % 12, year += month == 0) {
        int length = months[month] + (month == 1 && year % 4 == 0);
        if (day < length) {
            break;
        }
        day -= length;
    }
    snprintf(date, 16, "%04d-%02d-%02d", year % 10000, (month + 1) % 100, (day + 1) % 100);
}

static int lines_of_order(uint64_t *state) {
    int n = 1 + (int)(-log(1 - unit(state)) * 2.14) + (unit(state) < 0.35);
    return n > 12 ? 12 : n;
}

static void write_order(long number, const char *date, int lines, const struct customer *customers, const long *prices,
                        uint64_t *state) {
    static const char *const channels[] = {"Tại quầy", "Điện thoại", "Zalo", "Website", "Shopee"};
    static const char *const states[] = {"completed", "completed", "completed", "completed", "delivered",
                                         "delivered", "delivered", "delivered", "cancelled", "returned"};
    const struct customer *c = &customers[skewed(state, CUSTOMERS, 1.7)];
    int rep = skewed(state, REPS, 1.3) + 1;
    const char *channel = channels[skewed(state, 5, 1.5)], *status = states[skewed(state, 10, 1)];
    int first = skewed(state, PRODUCTS, 2);
    for (int i = 0; i < lines; i++) {
        int product = (first + i * 37) % PRODUCTS, qty = 1 + (int)(-log(1 - unit(state)) * 2);
        long price = prices[product];
        long discount = unit(state) < 0.2 ? price * qty * (1 + skewed(state, 15, 1)) / 100 / 500 * 500 : 0;
        printf("SO%07ld,%s,%s,%s,%s,%s,NV%03d,SKU%05d,%d,%ld,%ld\n", number, date, status, channel, c->phone, c->name,
               rep, product + 1, qty, price, discount);
    }
}

int main(int argc, char **argv) {
    static struct customer customers[CUSTOMERS];
    static long prices[PRODUCTS];
    static char buffer[1 << 20];
    long lines = argc > 1 ? atol(argv[1]) : 1000000, orders = lines * 100 / 303 + 1;
    uint64_t state = 42;
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (int i = 0; i < CUSTOMERS; i++) {
        make_customer(&customers[i], i, &state);
    }
    for (int i = 0; i < PRODUCTS; i++) {
        prices[i] = (long)(exp(9.2 + unit(&state) * 5.3) / 500) * 500 + 500;
    }
    puts("order_no,order_date,status,channel,customer_phone,customer_name,rep,sku,qty,unit_price,discount");
    for (long number = 1, done = 0; done < lines; number++) {
        char date[16];
        int n = lines_of_order(&state);
        n = n > lines - done ? (int)(lines - done) : n;
        int day = (int)(pow((double)number / (double)orders, 0.85) * DAYS);
        date_of(day < DAYS ? day : DAYS - 1, date);
        write_order(number, date, n, customers, prices, &state);
        done += n;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
