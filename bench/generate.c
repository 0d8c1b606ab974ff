/* Order lines as CSV, the same every time: generate LINES [YEARS CUSTOMERS PRODUCTS REPS] > orders.csv. About one order
 * for three lines over three years up to the end of 2025, in the order of their dates, by 50 000 customers, of 5 000
 * products, with 60 reps, unless told otherwise. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { END_YEAR = 2026 };

static int customer_count = 50000, product_count = 5000, rep_count = 60, years = 3;

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

static void date_of(int day, char date[16]) { /* from the first day */
    static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = END_YEAR - years, month = 0;
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
    const struct customer *c = &customers[skewed(state, customer_count, 1.7)];
    int rep = skewed(state, rep_count, 1.3) + 1;
    const char *channel = channels[skewed(state, 5, 1.5)], *status = states[skewed(state, 10, 1)];
    int first = skewed(state, product_count, 2);
    for (int i = 0; i < lines; i++) {
        int product = (first + i * 37) % product_count, qty = 1 + (int)(-log(1 - unit(state)) * 2);
        long price = prices[product];
        long discount = unit(state) < 0.2 ? price * qty * (1 + skewed(state, 15, 1)) / 100 / 500 * 500 : 0;
        printf("SO%07ld,%s,%s,%s,%s,%s,NV%03d,SKU%05d,%d,%ld,%ld\n", number, date, status, channel, c->phone, c->name,
               rep, product + 1, qty, price, discount);
    }
}

int main(int argc, char **argv) {
    static char buffer[1 << 20];
    long lines = argc > 1 ? atol(argv[1]) : 1000000, orders = lines * 100 / 303 + 1;
    uint64_t state = 42;
    int *const counts[] = {&years, &customer_count, &product_count, &rep_count};
    for (int i = 2; i < argc && i < 6; i++) {
        *counts[i - 2] = atoi(argv[i]) > 0 ? atoi(argv[i]) : 1;
    }
    int days = years * 365 + (years + 2) / 4; /* 2024, 2020 and 2016 are longer */
    struct customer *customers = calloc((size_t)customer_count, sizeof *customers);
    long *prices = calloc((size_t)product_count, sizeof *prices);
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (int i = 0; i < customer_count; i++) {
        make_customer(&customers[i], i, &state);
    }
    for (int i = 0; i < product_count; i++) {
        prices[i] = (long)(exp(9.2 + unit(&state) * 5.3) / 500) * 500 + 500;
    }
    puts("order_no,order_date,status,channel,customer_phone,customer_name,rep,sku,qty,unit_price,discount");
    for (long number = 1, done = 0; done < lines; number++) {
        char date[16];
        int n = lines_of_order(&state);
        n = n > lines - done ? (int)(lines - done) : n;
        int day = (int)(pow((double)number / (double)orders, 0.85) * days);
        date_of(day < days ? day : days - 1, date);
        write_order(number, date, n, customers, prices, &state);
        done += n;
    }
    free(customers);
    free(prices);
    return fflush(stdout) == 0 ? 0 : 1;
}
