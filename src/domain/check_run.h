/* One run of the check: rules are statements that give only what is wrong. */
#ifndef DOMAIN_CHECK_RUN_H
#define DOMAIN_CHECK_RUN_H

#include "chotdon/check.h"
#include "db/db.h"

#define CHECK_TOLD 20 /* findings of one kind */

struct check_run {
    struct shop *shop;
    struct db *db;
    check_fn *finding;
    void *ctx;
    int64_t found;
    int64_t of_kind;  /* of the rule at hand */
    check_tick *tick; /* NULL: nobody watches */
    void *tick_ctx;
    int64_t part; /* at work; 0 the engine's own check */
};

/* How the two figures of a finding are written. */
enum check_figures { CHECK_PLAIN, CHECK_MONEY, CHECK_QTY };

/* A statement whose rows are findings: where (text), and two figures. The message takes where, first and second. */
struct check_rule {
    const char *sql;
    const char *message; /* marked N_() */
    enum check_figures figures;
};

enum err_code check_rule(struct check_run *run, const struct check_rule *rule, struct err *e);
enum err_code check_rules(struct check_run *run, const struct check_rule *rules, size_t count, struct err *e);

/* One finding of the kind at hand; beyond CHECK_TOLD they are only counted. check_end tells how many more and begins a
 * new kind. */
void check_found(struct check_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void check_end(struct check_run *run);

/* The newest ids of the tables of records, as members of a JSON object: up to there `check` asks for no row in the
 * audit. In the row of who takes the file as it is, and of the sample shop (check_audit.c). */
struct buf;
enum err_code check_note_known(struct db *db, struct buf *json, struct err *e);

/* The parts, each of a noun. */
enum err_code check_audit(struct check_run *run, struct err *e);
enum err_code check_orders(struct check_run *run, struct err *e);
enum err_code check_numbers(struct check_run *run, struct err *e);
enum err_code check_stock(struct check_run *run, struct err *e);
enum err_code check_cash(struct check_run *run, struct err *e);
enum err_code check_people(struct check_run *run, struct err *e);
enum err_code check_commission(struct check_run *run, struct err *e);
enum err_code check_sales(struct check_run *run, struct err *e);
enum err_code check_customers(struct check_run *run, struct err *e);
enum err_code check_deals(struct check_run *run, struct err *e);
enum err_code check_deal_facts(struct check_run *run, struct err *e);

#endif
