/* The kinds of files that go in and out, with the columns of each (CLI, Import and export): one table that header
 * matching, parsing, export and help all read. Names are a promise: add to them, never change them. */
#ifndef IO_KIND_H
#define IO_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "io/table.h"

#define KIND_COLUMNS_MAX 64

enum kind_flag {
    KIND_REQUIRED = 1 << 0, /* the column must be there, and no cell of it may be empty */
    KIND_ORDER = 1 << 1     /* of orders: a field of the order, said once for all its rows */
};

struct kind_column {
    const char *name;
    enum table_type type;
    unsigned flags;
};

enum kind_id {
    KIND_STAFF,
    KIND_PRODUCTS,
    KIND_CUSTOMERS,
    KIND_SUPPLIERS,
    KIND_ORDERS,
    KIND_PAYMENTS,
    KIND_STOCK,
    KIND_DEALS,
    KIND_TARGETS,
    KIND_TICKETS,
    KIND_ORDER_LINES, /* from here on export only */
    KIND_STOCK_MOVES,
    KIND_RECEIVABLES,
    KIND_AUDIT,
    KIND_LEADERBOARD,
    KIND_COMMISSION,
    KIND_SALES_JOURNAL,
    KIND_SALES_JOURNAL_PLAIN,
    KIND_COUNT
};

struct kind {
    const char *name;
    const struct kind_column *columns;
    size_t count;
};

/* Columns, in the order in which they are exported. */
enum staff_column {
    STAFF_C_CODE,
    STAFF_C_NAME,
    STAFF_C_TEAM,
    STAFF_C_ROLE,
    STAFF_C_PHONE,
    STAFF_C_EMAIL,
    STAFF_C_SALARY,
    STAFF_C_START,
    STAFF_C_END
};
enum product_column {
    PRODUCT_C_SKU,
    PRODUCT_C_NAME,
    PRODUCT_C_BARCODE,
    PRODUCT_C_GROUP,
    PRODUCT_C_UNIT,
    PRODUCT_C_UNITS,
    PRODUCT_C_PRICE,
    PRODUCT_C_WHOLESALE,
    PRODUCT_C_COST,
    PRODUCT_C_VAT,
    PRODUCT_C_SUPPLIER,
    PRODUCT_C_STOCK_MIN,
    PRODUCT_C_ACTIVE,
    PRODUCT_C_DESCRIPTION,
    PRODUCT_C_IMAGE
};
enum customer_column {
    CUSTOMER_C_CODE,
    CUSTOMER_C_NAME,
    CUSTOMER_C_PHONE,
    CUSTOMER_C_EMAIL,
    CUSTOMER_C_BIRTH,
    CUSTOMER_C_GENDER,
    CUSTOMER_C_PROVINCE,
    CUSTOMER_C_ADDRESS,
    CUSTOMER_C_SEGMENT,
    CUSTOMER_C_SOURCE,
    CUSTOMER_C_REFERRER,
    CUSTOMER_C_OWNER,
    CUSTOMER_C_NOTE,
    CUSTOMER_C_READINESS,
    CUSTOMER_C_TAGS,
    CUSTOMER_C_CONSENT
};
enum supplier_column {
    SUPPLIER_C_CODE,
    SUPPLIER_C_NAME,
    SUPPLIER_C_PHONE,
    SUPPLIER_C_EMAIL,
    SUPPLIER_C_TAX_CODE,
    SUPPLIER_C_ADDRESS,
    SUPPLIER_C_TERMS,
    SUPPLIER_C_NOTE
};
enum order_column {
    ORDER_C_NO,
    ORDER_C_DATE,
    ORDER_C_SKU,
    ORDER_C_QTY,
    ORDER_C_PRICE,
    ORDER_C_STATUS,
    ORDER_C_CHANNEL,
    ORDER_C_CUSTOMER,
    ORDER_C_PHONE,
    ORDER_C_CUSTOMER_NAME,
    ORDER_C_PRODUCT_NAME,
    ORDER_C_REP,
    ORDER_C_DISCOUNT,
    ORDER_C_ORDER_DISCOUNT,
    ORDER_C_VAT,
    ORDER_C_SHIPPING,
    ORDER_C_PAID,
    ORDER_C_METHOD,
    ORDER_C_DELIVERED,
    ORDER_C_CARRIER,
    ORDER_C_TRACKING,
    ORDER_C_PROVINCE,
    ORDER_C_RETURN_OF,
    ORDER_C_NOTE,
    ORDER_C_TIME,
    ORDER_C_UNIT,
    ORDER_C_PROMISED,
    ORDER_C_COUNT
};
enum payment_column { PAYMENT_C_ORDER, PAYMENT_C_DATE, PAYMENT_C_METHOD, PAYMENT_C_AMOUNT, PAYMENT_C_NOTE };
enum target_column { TARGET_C_MONTH, TARGET_C_SCOPE, TARGET_C_CODE, TARGET_C_METRIC, TARGET_C_TARGET };
enum deal_column {
    DEAL_C_NO,
    DEAL_C_TITLE,
    DEAL_C_CUSTOMER,
    DEAL_C_PHONE,
    DEAL_C_EMAIL,
    DEAL_C_PROVINCE,
    DEAL_C_REP,
    DEAL_C_STAGE,
    DEAL_C_PRODUCT,
    DEAL_C_EXPECTED_VALUE,
    DEAL_C_PROBABILITY,
    DEAL_C_SOURCE,
    DEAL_C_TAGS,
    DEAL_C_NEED,
    DEAL_C_BUDGET,
    DEAL_C_TIMING,
    DEAL_C_DECISION_MAKER,
    DEAL_C_CREATED,
    DEAL_C_EXPECTED_CLOSE,
    DEAL_C_CLOSED,
    DEAL_C_VALUE,
    DEAL_C_LOST_REASON,
    DEAL_C_CONTACT,
    DEAL_C_NOTE
};
enum stock_column { STOCK_C_SKU, STOCK_C_ON_HAND, STOCK_C_COST };

const struct kind *kind_info(enum kind_id id);
bool kind_find(const char *name, enum kind_id *out); /* "orders"; the plain journal has no name of its own */
bool kind_is_import(enum kind_id id);

/* The column's number, -1 when there is none of that name. */
int kind_column(const struct kind *kind, const char *name);

/* The names of the kinds (imports only, or all) joined by blanks, and of a kind's columns joined by commas; the caller
 * owns them. */
char *kind_names(bool imports_only);
char *kind_column_names(const struct kind *kind);

#endif
