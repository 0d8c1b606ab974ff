#include "domain/return_amounts.h"

#include <assert.h>

#include "base/money.h"

/* Parts of a whole never overflow. */
static int64_t share(int64_t stored, int64_t part, int64_t whole) {
    int64_t out = 0;
    bool fits = money_scale(stored, part, whole, &out);
    assert(fits);
    (void)fits;
    return out;
}

static int64_t given(int64_t stored, int64_t sold, int64_t before, int64_t qty) {
    return share(stored, before + qty, sold) - share(stored, before, sold);
}

void return_figures(const struct return_figures *stored, int64_t sold, int64_t before, int64_t qty, int64_t gross,
                    struct return_figures *out) {
    bool vat_included = stored->amount == stored->net + stored->vat;
    out->amount = given(stored->amount, sold, before, qty);
    out->vat = given(stored->vat, sold, before, qty);
    out->cost = given(stored->cost, sold, before, qty);
    out->order_discount = given(stored->order_discount, sold, before, qty);
    out->net = vat_included ? out->amount - out->vat : out->amount;
    out->discount = gross - out->order_discount - out->amount;
}
