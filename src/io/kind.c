#include "io/kind.h"

#include <string.h>

#include "base/buf.h"

#define REQUIRED  KIND_REQUIRED
#define PER_ORDER KIND_ORDER

static const struct kind_column staff_columns[] = {
    [STAFF_C_CODE] = {"code", TABLE_TEXT, REQUIRED},    [STAFF_C_NAME] = {"name", TABLE_TEXT, REQUIRED},
    [STAFF_C_TEAM] = {"team", TABLE_TEXT, 0},           [STAFF_C_ROLE] = {"role", TABLE_TEXT, 0},
    [STAFF_C_PHONE] = {"phone", TABLE_PHONE, 0},        [STAFF_C_EMAIL] = {"email", TABLE_TEXT, 0},
    [STAFF_C_SALARY] = {"base_salary", TABLE_MONEY, 0}, [STAFF_C_START] = {"start_date", TABLE_DATE, 0},
    [STAFF_C_END] = {"end_date", TABLE_DATE, 0},
};

static const struct kind_column product_columns[] = {
    [PRODUCT_C_SKU] = {"sku", TABLE_TEXT, REQUIRED},    [PRODUCT_C_NAME] = {"name", TABLE_TEXT, REQUIRED},
    [PRODUCT_C_BARCODE] = {"barcode", TABLE_PHONE, 0},  [PRODUCT_C_GROUP] = {"group", TABLE_TEXT, 0},
    [PRODUCT_C_UNIT] = {"unit", TABLE_TEXT, 0},         [PRODUCT_C_UNITS] = {"units", TABLE_TEXT, 0},
    [PRODUCT_C_PRICE] = {"price", TABLE_MONEY, 0},      [PRODUCT_C_WHOLESALE] = {"wholesale_price", TABLE_MONEY, 0},
    [PRODUCT_C_COST] = {"cost", TABLE_MONEY, 0},        [PRODUCT_C_VAT] = {"vat_pct", TABLE_RATE, 0},
    [PRODUCT_C_SUPPLIER] = {"supplier", TABLE_TEXT, 0}, [PRODUCT_C_STOCK_MIN] = {"stock_min", TABLE_QTY, 0},
    [PRODUCT_C_ACTIVE] = {"active", TABLE_BOOL, 0},     [PRODUCT_C_DESCRIPTION] = {"description", TABLE_TEXT, 0},
    [PRODUCT_C_IMAGE] = {"image", TABLE_TEXT, 0},
};

static const struct kind_column customer_columns[] = {
    [CUSTOMER_C_CODE] = {"code", TABLE_TEXT, 0},         [CUSTOMER_C_NAME] = {"name", TABLE_TEXT, REQUIRED},
    [CUSTOMER_C_PHONE] = {"phone", TABLE_PHONE, 0},      [CUSTOMER_C_EMAIL] = {"email", TABLE_TEXT, 0},
    [CUSTOMER_C_BIRTH] = {"birth_date", TABLE_DATE, 0},  [CUSTOMER_C_GENDER] = {"gender", TABLE_TEXT, 0},
    [CUSTOMER_C_PROVINCE] = {"province", TABLE_TEXT, 0}, [CUSTOMER_C_ADDRESS] = {"address", TABLE_TEXT, 0},
    [CUSTOMER_C_SEGMENT] = {"segment", TABLE_TEXT, 0},   [CUSTOMER_C_SOURCE] = {"source", TABLE_TEXT, 0},
    [CUSTOMER_C_REFERRER] = {"referrer", TABLE_TEXT, 0}, [CUSTOMER_C_OWNER] = {"owner", TABLE_TEXT, 0},
    [CUSTOMER_C_NOTE] = {"note", TABLE_TEXT, 0},         [CUSTOMER_C_READINESS] = {"readiness", TABLE_TEXT, 0},
    [CUSTOMER_C_TAGS] = {"tags", TABLE_TEXT, 0},         [CUSTOMER_C_CONSENT] = {"consent", TABLE_BOOL, 0},
};

static const struct kind_column supplier_columns[] = {
    [SUPPLIER_C_CODE] = {"code", TABLE_TEXT, REQUIRED},   [SUPPLIER_C_NAME] = {"name", TABLE_TEXT, REQUIRED},
    [SUPPLIER_C_PHONE] = {"phone", TABLE_PHONE, 0},       [SUPPLIER_C_EMAIL] = {"email", TABLE_TEXT, 0},
    [SUPPLIER_C_TAX_CODE] = {"tax_code", TABLE_PHONE, 0}, [SUPPLIER_C_ADDRESS] = {"address", TABLE_TEXT, 0},
    [SUPPLIER_C_TERMS] = {"terms", TABLE_TEXT, 0},        [SUPPLIER_C_NOTE] = {"note", TABLE_TEXT, 0},
};

/* order_time, unit and promised_date stand behind the others: without them a file would come back with less than it
 * had. */
static const struct kind_column order_columns[] = {
    [ORDER_C_NO] = {"order_no", TABLE_TEXT, REQUIRED},
    [ORDER_C_DATE] = {"order_date", TABLE_DATE, REQUIRED | PER_ORDER},
    [ORDER_C_SKU] = {"sku", TABLE_TEXT, REQUIRED},
    [ORDER_C_QTY] = {"qty", TABLE_QTY, REQUIRED},
    [ORDER_C_PRICE] = {"unit_price", TABLE_MONEY, REQUIRED},
    [ORDER_C_STATUS] = {"status", TABLE_TEXT, PER_ORDER},
    [ORDER_C_CHANNEL] = {"channel", TABLE_TEXT, PER_ORDER},
    [ORDER_C_CUSTOMER] = {"customer", TABLE_TEXT, PER_ORDER},
    [ORDER_C_PHONE] = {"customer_phone", TABLE_PHONE, PER_ORDER},
    [ORDER_C_CUSTOMER_NAME] = {"customer_name", TABLE_TEXT, PER_ORDER},
    [ORDER_C_PRODUCT_NAME] = {"product_name", TABLE_TEXT, 0},
    [ORDER_C_REP] = {"rep", TABLE_TEXT, PER_ORDER},
    [ORDER_C_DISCOUNT] = {"discount", TABLE_MONEY, 0},
    [ORDER_C_ORDER_DISCOUNT] = {"order_discount", TABLE_MONEY, PER_ORDER},
    [ORDER_C_VAT] = {"vat_pct", TABLE_RATE, 0},
    [ORDER_C_SHIPPING] = {"shipping_fee", TABLE_MONEY, PER_ORDER},
    [ORDER_C_PAID] = {"paid", TABLE_MONEY, PER_ORDER},
    [ORDER_C_METHOD] = {"payment_method", TABLE_TEXT, PER_ORDER},
    [ORDER_C_DELIVERED] = {"delivered_date", TABLE_DATE, PER_ORDER},
    [ORDER_C_CARRIER] = {"carrier", TABLE_TEXT, PER_ORDER},
    [ORDER_C_TRACKING] = {"tracking_no", TABLE_TEXT, PER_ORDER},
    [ORDER_C_PROVINCE] = {"province", TABLE_TEXT, PER_ORDER},
    [ORDER_C_RETURN_OF] = {"return_of", TABLE_TEXT, PER_ORDER},
    [ORDER_C_NOTE] = {"note", TABLE_TEXT, PER_ORDER},
    [ORDER_C_TIME] = {"order_time", TABLE_PHONE, PER_ORDER},
    [ORDER_C_UNIT] = {"unit", TABLE_TEXT, 0},
    [ORDER_C_PROMISED] = {"promised_date", TABLE_DATE, PER_ORDER},
};

static const struct kind_column payment_columns[] = {
    [PAYMENT_C_ORDER] = {"order_no", TABLE_TEXT, REQUIRED},
    [PAYMENT_C_DATE] = {"date", TABLE_DATE, REQUIRED},
    [PAYMENT_C_METHOD] = {"method", TABLE_TEXT, REQUIRED},
    [PAYMENT_C_AMOUNT] = {"amount", TABLE_MONEY, REQUIRED},
    [PAYMENT_C_NOTE] = {"note", TABLE_TEXT, 0},
};

static const struct kind_column stock_columns[] = {
    [STOCK_C_SKU] = {"sku", TABLE_TEXT, REQUIRED},
    [STOCK_C_ON_HAND] = {"on_hand", TABLE_QTY, REQUIRED},
    [STOCK_C_COST] = {"cost", TABLE_MONEY, 0},
};

/* contact and note stand behind the others: without them a file would come back with less than it had. */
static const struct kind_column deal_columns[] = {
    [DEAL_C_NO] = {"deal_no", TABLE_TEXT, REQUIRED},
    [DEAL_C_TITLE] = {"title", TABLE_TEXT, 0},
    [DEAL_C_CUSTOMER] = {"customer", TABLE_TEXT, 0},
    [DEAL_C_PHONE] = {"phone", TABLE_PHONE, 0},
    [DEAL_C_EMAIL] = {"email", TABLE_TEXT, 0},
    [DEAL_C_PROVINCE] = {"province", TABLE_TEXT, 0},
    [DEAL_C_REP] = {"rep", TABLE_TEXT, 0},
    [DEAL_C_STAGE] = {"stage", TABLE_TEXT, 0},
    [DEAL_C_PRODUCT] = {"product", TABLE_TEXT, 0},
    [DEAL_C_EXPECTED_VALUE] = {"expected_value", TABLE_MONEY, 0},
    [DEAL_C_PROBABILITY] = {"probability_pct", TABLE_RATE, 0},
    [DEAL_C_SOURCE] = {"source", TABLE_TEXT, 0},
    [DEAL_C_TAGS] = {"tags", TABLE_TEXT, 0},
    [DEAL_C_NEED] = {"need", TABLE_TEXT, 0},
    [DEAL_C_BUDGET] = {"budget", TABLE_TEXT, 0},
    [DEAL_C_TIMING] = {"timing", TABLE_TEXT, 0},
    [DEAL_C_DECISION_MAKER] = {"decision_maker", TABLE_TEXT, 0},
    [DEAL_C_CREATED] = {"created", TABLE_DATE, 0},
    [DEAL_C_EXPECTED_CLOSE] = {"expected_close", TABLE_DATE, 0},
    [DEAL_C_CLOSED] = {"closed", TABLE_DATE, 0},
    [DEAL_C_VALUE] = {"value", TABLE_MONEY, 0},
    [DEAL_C_LOST_REASON] = {"lost_reason", TABLE_TEXT, 0},
    [DEAL_C_CONTACT] = {"contact", TABLE_TEXT, 0},
    [DEAL_C_NOTE] = {"note", TABLE_TEXT, 0},
};

static const struct kind_column target_columns[] = {
    [TARGET_C_MONTH] = {"month", TABLE_PHONE, REQUIRED},
    [TARGET_C_SCOPE] = {"scope", TABLE_TEXT, REQUIRED},
    [TARGET_C_CODE] = {"code", TABLE_TEXT, 0}, /* empty for the shop */
    [TARGET_C_METRIC] = {"metric", TABLE_TEXT, REQUIRED},
    [TARGET_C_TARGET] = {"target", TABLE_MONEY, REQUIRED},
};

static const struct kind_column ticket_columns[] = {
    {"ticket_no", TABLE_TEXT, REQUIRED},
    {"subject", TABLE_TEXT, REQUIRED},
    {"customer", TABLE_TEXT, 0},
    {"order_no", TABLE_TEXT, 0},
    {"kind", TABLE_TEXT, 0},
    {"priority", TABLE_TEXT, 0},
    {"owner", TABLE_TEXT, 0},
    {"state", TABLE_TEXT, 0},
    {"opened", TABLE_DATE, 0},
    {"solved", TABLE_DATE, 0},
    {"rating", TABLE_INT, 0},
};

static const struct kind_column line_columns[] = {
    {"order_no", TABLE_TEXT, 0},
    {"order_date", TABLE_DATE, 0},
    {"recognised_on", TABLE_DATE, 0},
    {"status", TABLE_TEXT, 0},
    {"channel", TABLE_TEXT, 0},
    {"customer", TABLE_TEXT, 0},
    {"rep", TABLE_TEXT, 0},
    {"sku", TABLE_TEXT, 0},
    {"name", TABLE_TEXT, 0},
    {"group", TABLE_TEXT, 0},
    {"qty", TABLE_QTY, 0},
    {"unit_price", TABLE_MONEY, 0},
    {"discount", TABLE_MONEY, 0},
    {"order_discount", TABLE_MONEY, 0},
    {"amount", TABLE_MONEY, 0},
    {"net", TABLE_MONEY, 0},
    {"vat", TABLE_MONEY, 0},
    {"cost", TABLE_MONEY, 0},
};

static const struct kind_column move_columns[] = {
    {"date", TABLE_DATE, 0},  {"sku", TABLE_TEXT, 0},      {"kind", TABLE_TEXT, 0},  {"qty", TABLE_QTY, 0},
    {"cost", TABLE_MONEY, 0}, {"document", TABLE_TEXT, 0}, {"staff", TABLE_TEXT, 0}, {"note", TABLE_TEXT, 0},
};

static const struct kind_column receivable_columns[] = {
    {"customer", TABLE_TEXT, 0},   {"name", TABLE_TEXT, 0}, {"phone", TABLE_PHONE, 0},  {"order_no", TABLE_TEXT, 0},
    {"order_date", TABLE_DATE, 0}, {"due", TABLE_MONEY, 0}, {"age_days", TABLE_INT, 0},
};

static const struct kind_column audit_columns[] = {
    {"id", TABLE_INT, 0},      {"time", TABLE_DATE, 0},   {"staff", TABLE_TEXT, 0}, {"action", TABLE_TEXT, 0},
    {"entity", TABLE_TEXT, 0}, {"detail", TABLE_TEXT, 0}, {"hash", TABLE_TEXT, 0},
};

static const struct kind_column commission_columns[] = {
    {"month", TABLE_TEXT, 0},
    {"rep", TABLE_TEXT, 0},
    {"name", TABLE_TEXT, 0},
    {"base", TABLE_MONEY, 0},
    {"target", TABLE_MONEY, 0},
    {"attainment_pct", TABLE_PCT, 0},
    {"tier_commission", TABLE_MONEY, 0},
    {"gate_bps", TABLE_RATE, 0},
    {"gated_commission", TABLE_MONEY, 0},
    {"override", TABLE_MONEY, 0},
    {"cap_cut", TABLE_MONEY, 0},
    {"bonus_first_order", TABLE_MONEY, 0},
    {"bonus_top", TABLE_MONEY, 0},
    {"adjustment", TABLE_MONEY, 0},
    {"total", TABLE_MONEY, 0},
    {"status", TABLE_TEXT, 0},
};
static const struct kind_column leaderboard_columns[] = {
    {"rank", TABLE_INT, 0},      {"previous_rank", TABLE_INT, 0}, {"code", TABLE_TEXT, 0},
    {"name", TABLE_TEXT, 0},     {"revenue", TABLE_MONEY, 0},     {"orders", TABLE_INT, 0},
    {"margin", TABLE_MONEY, 0},  {"target", TABLE_MONEY, 0},      {"attainment_pct", TABLE_PCT, 0},
    {"kpi_score", TABLE_PCT, 0}, {"deals_won", TABLE_INT, 0},     {"commission", TABLE_MONEY, 0},
};

/* The sales voucher of Vietnamese accounting programs, one row per line. */
static const struct kind_column journal_columns[] = {
    {"Hiển thị trên sổ", TABLE_INT, 0},
    {"Hình thức bán hàng", TABLE_INT, 0},
    {"Phương thức thanh toán", TABLE_INT, 0},
    {"Kiêm phiếu xuất kho", TABLE_INT, 0},
    {"XK vào khu phi thuế quan và các TH được coi như XK", TABLE_INT, 0},
    {"Lập kèm hóa đơn", TABLE_INT, 0},
    {"Đã lập hóa đơn", TABLE_INT, 0},
    {"Ngày hạch toán (*)", TABLE_DATE, 0},
    {"Ngày chứng từ (*)", TABLE_DATE, 0},
    {"Số chứng từ (*)", TABLE_TEXT, 0},
    {"Số phiếu xuất", TABLE_TEXT, 0},
    {"Lý do xuất", TABLE_TEXT, 0},
    {"Số hóa đơn", TABLE_TEXT, 0},
    {"Ngày hóa đơn", TABLE_DATE, 0},
    {"Mã khách hàng", TABLE_TEXT, 0},
    {"Tên khách hàng", TABLE_TEXT, 0},
    {"Địa chỉ", TABLE_TEXT, 0},
    {"Mã số thuế", TABLE_TEXT, 0},
    {"Diễn giải", TABLE_TEXT, 0},
    {"Nộp vào TK", TABLE_PHONE, 0},
    {"NV bán hàng", TABLE_TEXT, 0},
    {"Mã hàng (*)", TABLE_TEXT, 0},
    {"Tên hàng", TABLE_TEXT, 0},
    {"Hàng khuyến mại", TABLE_INT, 0},
    {"TK Tiền/Chi phí/Nợ (*)", TABLE_PHONE, 0},
    {"TK Doanh thu/Có (*)", TABLE_PHONE, 0},
    {"ĐVT", TABLE_TEXT, 0},
    {"Số lượng", TABLE_QTY, 0},
    {"Đơn giá sau thuế", TABLE_MONEY, 0},
    {"Đơn giá", TABLE_MONEY, 0},
    {"Thành tiền", TABLE_MONEY, 0},
    {"Tỷ lệ CK (%)", TABLE_RATE, 0},
    {"Tiền chiết khấu", TABLE_MONEY, 0},
    {"TK chiết khấu", TABLE_PHONE, 0},
    {"Giá tính thuế XK", TABLE_MONEY, 0},
    {"% thuế XK", TABLE_RATE, 0},
    {"Tiền thuế XK", TABLE_MONEY, 0},
    {"TK thuế XK", TABLE_PHONE, 0},
    {"% thuế GTGT", TABLE_RATE, 0},
    {"Tỷ lệ tính thuế (Thuế suất KHAC)", TABLE_RATE, 0},
    {"Tiền thuế GTGT", TABLE_MONEY, 0},
    {"TK thuế GTGT", TABLE_PHONE, 0},
    {"HH không TH trên tờ khai thuế GTGT", TABLE_INT, 0},
    {"Kho", TABLE_TEXT, 0},
    {"TK giá vốn", TABLE_PHONE, 0},
    {"TK Kho", TABLE_PHONE, 0},
    {"Đơn giá vốn", TABLE_MONEY, 0},
    {"Tiền vốn", TABLE_MONEY, 0},
    {"Hàng hóa giữ hộ/bán hộ", TABLE_INT, 0},
};

static const struct kind_column plain_columns[] = {
    {"date", TABLE_DATE, 0}, {"document", TABLE_TEXT, 0}, {"customer", TABLE_TEXT, 0}, {"net", TABLE_MONEY, 0},
    {"vat", TABLE_MONEY, 0}, {"total", TABLE_MONEY, 0},   {"cost", TABLE_MONEY, 0},    {"method", TABLE_TEXT, 0},
};

#define KIND(name, columns)                                                                                            \
    { name, columns, sizeof(columns) / sizeof((columns)[0]) }
static const struct kind kinds[KIND_COUNT] = {
    [KIND_STAFF] = KIND("staff", staff_columns),
    [KIND_PRODUCTS] = KIND("products", product_columns),
    [KIND_CUSTOMERS] = KIND("customers", customer_columns),
    [KIND_SUPPLIERS] = KIND("suppliers", supplier_columns),
    [KIND_ORDERS] = KIND("orders", order_columns),
    [KIND_PAYMENTS] = KIND("payments", payment_columns),
    [KIND_STOCK] = KIND("stock", stock_columns),
    [KIND_DEALS] = KIND("deals", deal_columns),
    [KIND_TARGETS] = KIND("targets", target_columns),
    [KIND_TICKETS] = KIND("tickets", ticket_columns),
    [KIND_ORDER_LINES] = KIND("order-lines", line_columns),
    [KIND_STOCK_MOVES] = KIND("stock-moves", move_columns),
    [KIND_RECEIVABLES] = KIND("receivables", receivable_columns),
    [KIND_AUDIT] = KIND("audit", audit_columns),
    [KIND_LEADERBOARD] = KIND("leaderboard", leaderboard_columns),
    [KIND_COMMISSION] = KIND("commission", commission_columns),
    [KIND_SALES_JOURNAL] = KIND("sales-journal", journal_columns),
    [KIND_SALES_JOURNAL_PLAIN] = KIND("", plain_columns),
};

const struct kind *kind_info(enum kind_id id) {
    return &kinds[id];
}

bool kind_find(const char *name, enum kind_id *out) {
    for (int i = 0; i < KIND_COUNT && name[0] != '\0'; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *out = (enum kind_id)i;
            return true;
        }
    }
    return false;
}

bool kind_is_import(enum kind_id id) {
    return id < KIND_ORDER_LINES;
}

int kind_column(const struct kind *kind, const char *name) {
    for (size_t i = 0; i < kind->count; i++) {
        if (strcmp(kind->columns[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

char *kind_names(bool imports_only) {
    struct buf b = BUF_INIT;
    for (int i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].name[0] != '\0' && (!imports_only || kind_is_import((enum kind_id)i))) {
            buf_addf(&b, "%s%s", b.len > 0 ? " " : "", kinds[i].name);
        }
    }
    return buf_take(&b);
}

char *kind_column_names(const struct kind *kind) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < kind->count; i++) {
        buf_addf(&b, "%s%s", i > 0 ? ", " : "", kind->columns[i].name);
    }
    return buf_take(&b);
}
