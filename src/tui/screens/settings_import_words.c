/* Kinds of files and their fields in words for people. */
#include <string.h>

#include "base/i18n.h"
#include "tui/screens/settings_import.h"

static const char *const kinds[] = {
    [KIND_STAFF] = N_("Staff"),         [KIND_PRODUCTS] = N_("Products"), [KIND_CUSTOMERS] = N_("Customers"),
    [KIND_SUPPLIERS] = N_("Suppliers"), [KIND_ORDERS] = N_("Orders"),     [KIND_PAYMENTS] = N_("Payments"),
    [KIND_STOCK] = N_("Stock counts"),  [KIND_DEALS] = N_("Deals"),       [KIND_TARGETS] = N_("Targets"),
    [KIND_TICKETS] = N_("Tickets"),
};

static const struct {
    const char *name, *label;
} fields[] = {
    {"active", N_("On sale")},
    {"address", N_("Address")},
    {"amount", N_("Amount")},
    {"barcode", N_("Barcodes")},
    {"base_salary", N_("Base salary")},
    {"birth_date", N_("Born")},
    {"budget", N_("Budget")},
    {"carrier", N_("Carrier")},
    {"channel", N_("Channel")},
    {"closed", N_("Closed on")},
    {"code", N_("Code")},
    {"consent", N_("May be contacted")},
    {"cost", N_("Cost")},
    {"created", N_("Created on")},
    {"customer", N_("Customer")},
    {"customer_name", N_("Customer's name")},
    {"customer_phone", N_("Customer's phone")},
    {"date", N_("Date")},
    {"deal_no", N_("Deal number")},
    {"decision_maker", N_("Who decides")},
    {"delivered_date", N_("Delivered on")},
    {"description", N_("Description")},
    {"discount", N_("Line discount")},
    {"email", N_("Email")},
    {"end_date", N_("Leaves on")},
    {"expected_close", N_("Expected close")},
    {"expected_value", N_("Expected value")},
    {"gender", N_("Gender")},
    {"group", N_("Group")},
    {"image", N_("Image")},
    {"kind", N_("Kind")},
    {"lost_reason", N_("Why it was lost")},
    {"method", N_("Method")},
    {"metric", N_("Metric")},
    {"month", N_("Month")},
    {"name", N_("Name")},
    {"need", N_("Need")},
    {"note", N_("Note")},
    {"on_hand", N_("On hand")},
    {"opened", N_("Opened")},
    {"order_date", N_("Order date")},
    {"order_discount", N_("Order discount")},
    {"order_no", N_("Order number")},
    {"order_time", N_("Order time")},
    {"owner", N_("Looked after by")},
    {"paid", N_("Paid")},
    {"payment_method", N_("Way of payment")},
    {"phone", N_("Phone")},
    {"price", N_("Price")},
    {"priority", N_("Priority")},
    {"probability_pct", N_("Chance")},
    {"product", N_("Goods")},
    {"product_name", N_("Product's name")},
    {"promised_date", N_("Promised for")},
    {"province", N_("Province")},
    {"qty", N_("Quantity")},
    {"rating", N_("Rating")},
    {"readiness", N_("Readiness to buy")},
    {"referrer", N_("Referred by")},
    {"rep", N_("Rep")},
    {"return_of", N_("Return of order")},
    {"role", N_("Role")},
    {"scope", N_("Scope")},
    {"segment", N_("Segment")},
    {"shipping_fee", N_("Shipping fee")},
    {"sku", N_("SKU")},
    {"solved", N_("Solved")},
    {"source", N_("Source")},
    {"stage", N_("Stage")},
    {"start_date", N_("Starts on")},
    {"state", N_("State")},
    {"status", N_("State")},
    {"stock_min", N_("Reorder at")},
    {"subject", N_("Subject")},
    {"supplier", N_("Supplier")},
    {"tags", N_("Tags")},
    {"target", N_("Target")},
    {"tax_code", N_("Tax code")},
    {"team", N_("Team")},
    {"terms", N_("Terms")},
    {"ticket_no", N_("Ticket number")},
    {"timing", N_("When they buy")},
    {"title", N_("Title")},
    {"tracking_no", N_("Tracking number")},
    {"unit", N_("Unit")},
    {"unit_price", N_("Unit price")},
    {"units", N_("Other units")},
    {"value", N_("Value")},
    {"vat_pct", N_("VAT")},
    {"wholesale_price", N_("Wholesale price")},
};

const char *import_kind_label(enum kind_id kind) {
    return kind < sizeof kinds / sizeof *kinds && kinds[kind] != NULL ? _(kinds[kind]) : kind_info(kind)->name;
}

const char *import_column_label(const char *name) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return _(fields[i].label);
        }
    }
    return name;
}
