/* What the files of deals share. Every change reads a whole record, alters it and gives both to deal_store, which alone
 * writes deals: so history, totals, search and audit always follow. */
#ifndef DOMAIN_DEAL_INTERNAL_H
#define DOMAIN_DEAL_INTERNAL_H

#include "chotdon/deal.h"
#include "db/db.h"
#include "domain/record.h"
#include "domain/stage_internal.h"

struct ids; /* id_list.h */

#define DEAL_VALUE_MAX INT64_C(1000000000000000) /* that a million deals still add up */

/* A deal as it is stored: its own phone, e-mail and province only. */
struct deal_record {
    struct deal d;
    int64_t customer_id, staff_id, source_id, reason_id; /* 0 none */
    char *customer_phone;                                /* the customer's own */
    char *customer_email;
    char *customer_province;
    int64_t rule_id;  /* deal_store: of the assignment rule that gives the rep, 0 by hand */
    int64_t order_id; /* deal_store: linked by this change of stage, 0 none */
    int64_t undone;   /* deal_store: the row of history that this takes back, 0 none */
    const char *at;   /* deal_store: when the stage changes; NULL now */
};
void deal_record_clear(struct deal_record *r);

/* Columns for deal_read, of `d`, with their joins; s is its stage, c its customer, w its rep. */
#define DEAL_COLUMNS                                                                                                   \
    STAGE_COLUMNS                                                                                                      \
    ", d.id, d.deal_no, d.title, COALESCE(c.code, ''), COALESCE(c.name, ''), d.contact, d.phone, d.email, "            \
    "d.province, COALESCE(w.code, ''), COALESCE(w.name, ''), COALESCE(h.name, ''), d.expected_value, "                 \
    "d.probability_bps, d.probability_set, d.tags, d.need, d.budget, d.timing, d.decision_maker, d.note, "             \
    "d.created_on, d.expected_close, d.closed_on, d.next_on, d.next_text, d.value, COALESCE(r.name, ''), "             \
    "d.entered_on, d.touched_on, d.rots_on, d.version, d.customer_id, d.staff_id, d.source_id, d.lost_reason_id, "     \
    "(SELECT p.phone FROM customer_phones p WHERE p.customer_id = d.customer_id ORDER BY p.position LIMIT 1), "        \
    "c.email, c.province"
#define DEAL_JOINS                                                                                                     \
    " JOIN stages s ON s.id = d.stage_id LEFT JOIN customers c ON c.id = d.customer_id "                               \
    "LEFT JOIN staff w ON w.id = d.staff_id LEFT JOIN channels h ON h.id = d.source_id "                               \
    "LEFT JOIN lost_reasons r ON r.id = d.lost_reason_id"
void deal_read(struct db_stmt *s, struct deal_record *out); /* without its products */

/* As people see it: what the lead leaves out comes from the customer; a closed deal is certain or impossible. Moves the
 * texts out of the record. */
void deal_show(struct deal_record *r, struct deal *out);

#define DEAL_ENTERED "CASE d.entered_on WHEN '' THEN d.closed_on ELSE d.entered_on END"

#define DEAL_SEARCH_NAME "SELECT title, deal_no FROM deals WHERE id = $1 AND merged_into IS NULL"

/* As search_candidates (domain/search.h): deals by their own words first, then by their customers'. */
enum err_code deal_candidates(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e);

/* ERR_NOT_FOUND; ERR_REFUSED for one that was merged into another. */
enum err_code deal_load(struct shop *shop, int64_t id, struct deal_record *out, struct err *e);

/* Every text of a deal that can be given, and those that stand in the record only. */
extern const struct record_text deal_texts[];
enum { DEAL_TEXT_COUNT = 18 };
#define DEAL_TEXTS deal_texts, DEAL_TEXT_COUNT

/* A deal twice, as it was and to be changed. */
struct deal_pair {
    struct deal_record old, r;
};
enum err_code deal_pair_load(struct shop *shop, int64_t id, struct deal_pair *out, struct err *e);
void deal_pair_clear(struct deal_pair *p);

/* The record as it shall be; old NULL: a new one, which gets its id. Inside a transaction. `action` is for the audit
 * ("deal.move"); NULL: the caller writes it. */
enum err_code deal_store(struct shop *shop, const struct deal_record *old, struct deal_record *r, const char *action,
                         struct err *e);

/* Parts of it. */
enum err_code deal_write_row(struct shop *shop, struct deal_record *r, struct err *e);
enum err_code deal_write_products(struct shop *shop, const struct deal *d, struct err *e);
enum err_code deal_write_search(struct shop *shop, const struct deal_record *r, struct err *e);
enum err_code deal_read_products(struct shop *shop, struct deal *d, struct err *e);
bool deal_same_products(const struct deal *a, const struct deal *b);
void deal_take_products(const struct deal *from, struct deal *to); /* copies */
enum err_code deal_products_value(const struct deal *d, int64_t *value, struct err *e);
/* SKUs (also barcodes and names) as they are stored, with names; ERR_INVALID, ERR_NOT_FOUND, field "product". */
enum err_code deal_resolve_products(struct shop *shop, struct deal *d, struct err *e);

/* Of deals d, what the kept totals add up. Likely: round(expected × probability), in whole and broken ten thousands so
 * that nothing overflows; a won deal its value, a lost one 0. */
#define DEAL_MONTH "substr(CASE d.kind WHEN 'open' THEN d.expected_close ELSE d.closed_on END, 1, 7)"
#define DEAL_WORTH "CASE d.kind WHEN 'open' THEN d.expected_value ELSE d.value END"
#define DEAL_LIKELY                                                                                                    \
    "CASE d.kind WHEN 'open' THEN d.expected_value / 10000 * d.probability_bps + (d.expected_value % 10000 * "         \
    "d.probability_bps + 5000) / 10000 WHEN 'won' THEN d.value ELSE 0 END"

/* The kept totals and figures forget a deal before its rows change, and count it after. Hidden (merged) ones do not
 * count. */
enum err_code deal_uncount(struct shop *shop, int64_t id, struct err *e);
enum err_code deal_count(struct shop *shop, int64_t id, struct err *e);
/* Of whole stages anew, from the rows. */
enum err_code deal_recount_stage(struct shop *shop, int64_t stage_id, struct err *e);

/* The furthest stage that a deal's history names; of all deals of a pipeline. */
enum err_code deal_find_reached(struct shop *shop, int64_t id, struct err *e);
enum err_code deal_find_reached_all(struct shop *shop, int64_t pipeline_id, struct err *e);

/* When the open deals of a stage rot, anew. */
enum err_code deal_find_rotting(struct shop *shop, int64_t stage_id, int idle_days, struct err *e);

/* What a stage requires and the deal leaves empty, as bits. */
unsigned deal_missing(const struct deal_record *r, unsigned required);
enum err_code deal_refuse_missing(const struct deal_record *r, const struct stage *to, unsigned missing, struct err *e);

void deal_put_stage(struct deal_record *r, const struct stage *to); /* stage and probability only */
/* Puts a stage into the record: dates, probability; of a closed one what it closed with. */
void deal_enter(struct shop *shop, struct deal_record *r, const struct stage *to);

/* Takes the place of the text that *out owns, or of NULL. */
enum err_code deal_number_next(struct shop *shop, const char *date, char **out, struct err *e);
bool deal_has_tag(const char *tags, const char *tag); /* joined by commas */
void deal_touch(struct shop *shop, struct deal_record *r);
/* Inside a transaction: the deal gets this rep by a rule (assign.h), 0 by hand. */
enum err_code deal_give(struct shop *shop, int64_t id, int64_t staff_id, int64_t rule_id, struct err *e);
/* A customer is erased: names, contacts and what was said go from their deals; what was planned and sold stays. */
enum err_code deal_forget_customer(struct shop *shop, int64_t customer_id, struct ids *emptied, struct err *e);
char *deal_entity(const char *deal_no); /* "deal CH261121-0001"; owned */

/* Puts `made` in the place of *text, which it frees. */
void deal_text(char **text, char *made);

/* What was given, as it is stored: texts that `fields` names, others stay NULL. ERR_INVALID names the column. */
enum err_code deal_take(const struct deal *in, unsigned fields, struct deal *out, struct err *e);
/* What customer, rep, source, reason and products name, of those in `fields` (codes and names as they are stored; a
 * source, and with `make` a reason, is made), with the customer's own phone, e-mail and province, which the deal then
 * need not repeat. ERR_NOT_FOUND, field "customer", "rep", "reason", "product". */
enum err_code deal_resolve(struct shop *shop, struct deal_record *r, unsigned fields, bool make, struct err *e);

/* A record of a deal that is not there yet. */
void deal_record_new(struct deal_record *r);

#endif
