/* What order and stock commands read from their options. */
#ifndef CLI_ORDER_ARGS_H
#define CLI_ORDER_ARGS_H

#include "chotdon/order.h"
#include "cli/cli.h"

/* "SKU:QTY[@PRICE][-DISCOUNT|-PCT%]", read from the right: a SKU may have '-', but no ':' and no '@'. */
struct order_arg_line {
    int64_t product_id;
    char *unit; /* owned; "" the base unit, else the barcode's */
    int64_t qty;
    bool has_price;
    int64_t price;
    struct discount discount;
};
struct order_args {
    struct order_arg_line *lines;
    size_t line_count;
    struct order_rep_input *reps;
    size_t rep_count;
    struct order_payment_input *payments;
    size_t payment_count;
    bool pay_rest; /* a method without an amount pays what is left */
    enum pay_method rest_method;
};
void order_args_clear(struct order_args *a);

enum line_form {
    LINE_SALE,   /* all of it */
    LINE_RETURN, /* SKU:QTY */
    LINE_STOCK   /* SKU:QTY[@COST], QTY of either sign */
};
/* All --line options. */
enum err_code order_args_lines(struct cli *c, const struct cli_args *a, enum line_form form, struct order_args *out,
                               struct err *e);
/* "CODE[:PCT][+CODE:PCT]"; NULL is nobody. */
enum err_code order_args_reps(struct cli *c, const char *text, struct order_args *out, struct err *e);
/* All --pay options. */
enum err_code order_args_payments(struct cli *c, const struct cli_args *a, struct order_args *out, struct err *e);

/* "METHOD[:AMOUNT]"; *has_amount false when none was given. */
enum err_code order_arg_payment(struct cli *c, const char *option, const char *text, enum pay_method *method,
                                bool *has_amount, int64_t *amount, struct err *e);
/* "N" or "PCT%"; NULL is none. */
enum err_code order_arg_discount(struct cli *c, const char *text, struct discount *out, struct err *e);
enum err_code order_arg_status(const char *text, enum order_status *out, struct err *e);
/* The order of the command's first word. */
enum err_code order_arg_number(struct cli *c, const struct cli_args *a, int64_t *id, struct err *e);

#endif
