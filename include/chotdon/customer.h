/* Customers (DOMAIN 8): people and firms, found without accents, one per phone. */
#ifndef CHOTDON_CUSTOMER_H
#define CHOTDON_CUSTOMER_H

#include "chotdon/shop.h"

enum customer_field {
    CUSTOMER_NAME = 1 << 0,
    CUSTOMER_PHONES = 1 << 1,
    CUSTOMER_EMAIL = 1 << 2,
    CUSTOMER_BIRTH = 1 << 3,
    CUSTOMER_GENDER = 1 << 4,
    CUSTOMER_PROVINCE = 1 << 5,
    CUSTOMER_ADDRESS = 1 << 6,
    CUSTOMER_SEGMENT = 1 << 7,
    CUSTOMER_SOURCE = 1 << 8,
    CUSTOMER_REFERRER = 1 << 9,
    CUSTOMER_OWNER = 1 << 10,
    CUSTOMER_NOTE = 1 << 11,
    CUSTOMER_READINESS = 1 << 12,
    CUSTOMER_TAGS = 1 << 13,
    CUSTOMER_CONSENT = 1 << 14,
    CUSTOMER_ALL = (1 << 15) - 1
};
struct customer {
    int64_t id;
    char *code; /* customer_put: "" to be found by the first phone, or to be given the next KH number */
    char *name;
    char *phones; /* normalised, joined by ';'; unique in the shop */
    char *email;
    char *birth_date; /* ISO or "" */
    char *gender;     /* male female other "" (nam, nữ, khác accepted) */
    char *province;   /* canonical name where it is known */
    char *address;
    char *segment; /* vip wholesale loyal retail "" (Vietnamese accepted: sỉ, lẻ, thân thiết) */
    char *source;  /* channel name, made when it is not there */
    char *referrer;
    char *owner; /* staff code; code or name accepted */
    char *note;
    char *readiness;
    char *tags; /* joined by ',' */
    bool consent;
    char *created_on;  /* read only */
    int64_t import_id; /* write only: the import that makes it, 0 none */
};

/* Made, changed to this (the members that `fields` names), or left alone when it says the same. Without a code it is
 * the customer of the first phone that somebody has, whose other phones stay; with one, the phones given replace those
 * that are there. ERR_INVALID names the column at fault; a phone that belongs to somebody else is ERR_CONFLICT naming
 * them; a code that was merged into another or erased is ERR_REFUSED. Masked phones are left out. *result and *id may
 * be NULL. */
enum err_code customer_put(struct shop *shop, const struct customer *c, unsigned fields, enum put_result *result,
                           int64_t *id, struct err *e);

/* The same for one that may not be there yet: ERR_CONFLICT when the code or a phone is taken. *id may be NULL. */
enum err_code customer_add(struct shop *shop, const struct customer *c, unsigned fields, int64_t *id, struct err *e);

/* By code, phone (normalised), then name folded. ERR_NOT_FOUND; ERR_CONFLICT when several bear the name. Merged ones
 * lead to who they live on in. */
enum err_code customer_find(struct shop *shop, const char *text, int64_t *id, struct err *e);
enum err_code customer_find_phone(struct shop *shop, const char *phone, int64_t *id, struct err *e);
/* The code of the customer of that name (folded) who has no phone, the first one of several; NULL when there is none.
 * The caller owns it. */
enum err_code customer_find_bare(struct shop *shop, const char *name, char **code, struct err *e);
enum err_code customer_get(struct shop *shop, int64_t id, struct customer *out, struct err *e);
void customer_clear(struct customer *c);

struct customer_filter {
    const char *text; /* search as you type, at most 1000 best; NULL or "" for all */
    const char *segment;
    const char *province;
    bool with_debt;
    const char *sort; /* "name" (default, Vietnamese order; with a text the best match), "code", "debt", "spent",
                         "last_order" */
    bool descending;
    bool bare;     /* rows with figures of 0: faster */
    int64_t limit; /* 0: all */
    int64_t offset;
};
/* What the books say of a customer; drafts, cancelled orders and those imported as returned do not count. */
struct customer_figures {
    int64_t orders;             /* sales, wholly returned ones left out */
    int64_t revenue;            /* less returns */
    int64_t due;                /* what they owe */
    char last_order[DATE_SIZE]; /* "" none */
};
enum err_code customer_figures(struct shop *shop, int64_t id, struct customer_figures *out, struct err *e);

typedef enum err_code customer_row_fn(void *ctx, const struct customer *c, const struct customer_figures *f,
                                      struct err *e);
enum err_code customer_list(struct shop *shop, const struct customer_filter *filter, customer_row_fn *row, void *ctx,
                            struct err *e);
/* Only who is on the list, in its order (*ids is the caller's), and their rows; one who is gone is left out. */
enum err_code customer_ids(struct shop *shop, const struct customer_filter *filter, int64_t **ids, size_t *count,
                           struct err *e);
enum err_code customer_rows(struct shop *shop, const int64_t *ids, size_t count, customer_row_fn *row, void *ctx,
                            struct err *e);
enum err_code customer_count(struct shop *shop, const struct customer_filter *filter, int64_t *count, struct err *e);
/* What they all owe together. */
enum err_code customer_due(struct shop *shop, const struct customer_filter *filter, int64_t *due, struct err *e);

/* By words without accents, initials, code, phones and their last digits; the exact code first, then names that have
 * the text with its accents. At most `limit` ids; no text finds nothing. */
enum err_code customer_search(struct shop *shop, const char *text, int64_t *ids, int limit, int *count, struct err *e);

/* The segment's word in the user's language: "vip" → "VIP"; "" for "". */
const char *customer_segment_label(const char *segment);

/* Possible duplicates: same phone typed otherwise, same email, same folded name and province (a known one). Of three or
 * more each is paired with the first. `why` is "phone", "email" or "name". */
typedef enum err_code customer_pair_fn(void *ctx, const char *code_a, const char *code_b, const char *why,
                                       struct err *e);
enum err_code customer_duplicates(struct shop *shop, customer_pair_fn *row, void *ctx, struct err *e);

/* B's orders, phones and log go to A, A's empty fields are filled from B, and B is hidden and leads to A.
 * customer_merge_plan says so beforehand (owned text, one line each). ERR_INVALID for one and the same; ERR_REFUSED for
 * one that was merged or erased. Undoing gives back what was moved and is still there; ERR_REFUSED while a later merge
 * stands on it, ERR_NOT_FOUND for an unknown or undone one. */
enum err_code customer_merge_plan(struct shop *shop, int64_t keep, int64_t merge, char **plan, struct err *e);
enum err_code customer_merge(struct shop *shop, int64_t keep, int64_t merge, int64_t *merge_id, struct err *e);
enum err_code customer_unmerge(struct shop *shop, int64_t merge_id, struct err *e);

/* kind: call message email visit note; ERR_INVALID for another one or no text. */
enum err_code customer_log(struct shop *shop, int64_t id, const char *kind, const char *text, struct err *e);

/* One timeline, newest first: orders, payments, interactions, stages of deals. `at` is a date, with a time where it is
 * known; kind is "order", "return", "payment", "deal" or the interaction's; text is for people; staff is a name or "".
 * limit 0: all. */
typedef enum err_code customer_event_fn(void *ctx, const char *at, const char *kind, const char *text,
                                        const char *staff, struct err *e);
enum err_code customer_timeline(struct shop *shop, int64_t id, int64_t limit, customer_event_fn *row, void *ctx,
                                struct err *e);

/* The customer and everybody who was merged into them; the caller frees id. */
struct customer_ids {
    int64_t *id;
    size_t count;
};
enum err_code customer_family(struct shop *shop, int64_t id, struct customer_ids *out, struct err *e);

/* What others wrote about them in texts of any kind: `where` is the table. A text may come more than once. */
typedef enum err_code customer_mention_fn(void *ctx, const char *where, const char *text, struct err *e);
enum err_code customer_mentions(struct shop *shop, int64_t id, customer_mention_fn *row, void *ctx, struct err *e);

/* Orders stay, the person goes: name, code (unless it is one of ours, KH…), phones, address, notes, log, audit details,
 * deals that are about them, what others wrote of them, and whoever was merged into them; then the file is written
 * anew, because freed room holds older copies. Backups made before keep theirs. ERR_REFUSED while they owe; ERR_BUSY
 * when the file could not be written anew: erase them again. The audit names customers by number ("customer #17"), so
 * that the chain holds nobody's name. */
enum err_code customer_erase(struct shop *shop, int64_t id, struct err *e);

#endif
