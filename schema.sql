-- Chốt Đơn: the only source of the schema. Append-only blocks, each headed `-- migration NNNN: what it does`, built into the program;
-- a newer block runs in one transaction. Columns are INTEGER and TEXT only: money in minor units, quantities in thousandths, rates in
-- basis points, dates as ISO 8601 text. Columns `folded` and `sort_key` are made by the program from the text beside them.
-- Statements in the program use only what SQLite and PostgreSQL share. A CHECK or index condition with three or more words is a chain
-- of comparisons: for a longer IN list SQLite builds a table in memory at every row that it checks (10 µs each).

-- migration 0001: the shop, its people, goods, customers, orders, deals, stock, cash and audit

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- People ---------------------------------------------------------------------------------------------------------------

CREATE TABLE teams (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE staff (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role = 'counter' OR role = 'rep' OR role = 'warehouse' OR role = 'care' OR role = 'marketing' OR
                    role = 'accountant' OR role = 'manager' OR role = 'outsourced'),
    phone       TEXT NOT NULL DEFAULT '',
    email       TEXT NOT NULL DEFAULT '',
    base_salary INTEGER NOT NULL DEFAULT 0 CHECK (base_salary >= 0),
    start_date  TEXT NOT NULL DEFAULT '',
    end_date    TEXT NOT NULL DEFAULT '',
    pin_hash    TEXT NOT NULL DEFAULT '',                            -- Argon2id, '' none
    pin_tries   INTEGER NOT NULL DEFAULT 0 CHECK (pin_tries >= 0),   -- failures since the last success
    pin_tried_at INTEGER NOT NULL DEFAULT 0,                         -- the last one, milliseconds since 1970
    import_id   INTEGER REFERENCES imports
) STRICT;
CREATE INDEX staff_folded ON staff (folded);

-- Who was in which team, and led it, from when; the first one from '' (the beginning of time). team_id NULL: in none.
CREATE TABLE staff_teams (
    staff_id  INTEGER NOT NULL REFERENCES staff,
    from_date TEXT NOT NULL,
    team_id   INTEGER REFERENCES teams,
    PRIMARY KEY (staff_id, from_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_leaders (
    team_id   INTEGER NOT NULL REFERENCES teams,
    from_date TEXT NOT NULL,
    staff_id  INTEGER REFERENCES staff,
    PRIMARY KEY (team_id, from_date)
) STRICT, WITHOUT ROWID;

-- Goods ----------------------------------------------------------------------------------------------------------------

CREATE TABLE channels (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE suppliers (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    sort_key  TEXT NOT NULL,
    phone     TEXT NOT NULL DEFAULT '',
    email     TEXT NOT NULL DEFAULT '',
    tax_code  TEXT NOT NULL DEFAULT '',
    address   TEXT NOT NULL DEFAULT '',
    terms     TEXT NOT NULL DEFAULT '',
    note      TEXT NOT NULL DEFAULT '',
    import_id INTEGER REFERENCES imports
) STRICT;
CREATE INDEX suppliers_folded ON suppliers (folded);

CREATE TABLE product_groups (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES product_groups,
    name      TEXT NOT NULL,
    path      TEXT NOT NULL,        -- 'Cha/Con'
    folded    TEXT NOT NULL UNIQUE  -- of the path
) STRICT;

CREATE TABLE products (
    id              INTEGER PRIMARY KEY,
    sku             TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    folded          TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    group_id        INTEGER REFERENCES product_groups,
    unit            TEXT NOT NULL DEFAULT '',
    price           INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
    wholesale_price INTEGER CHECK (wholesale_price >= 0),
    vat_bps         INTEGER CHECK (vat_bps BETWEEN 0 AND 10000), -- NULL: the shop's default
    supplier_id     INTEGER REFERENCES suppliers,
    stock_min       INTEGER CHECK (stock_min >= 0),
    active          INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    description     TEXT NOT NULL DEFAULT '',
    image           TEXT NOT NULL DEFAULT '',
    import_id       INTEGER REFERENCES imports
) STRICT;
CREATE INDEX products_folded ON products (folded);
CREATE INDEX products_group ON products (group_id, active);
CREATE INDEX products_sort ON products (sort_key, id, active, group_id, stock_min); -- lists are filtered on the way
CREATE INDEX products_price ON products (price, id, active, group_id, stock_min);
CREATE INDEX products_stopped ON products (active) WHERE active = 0;

CREATE TABLE product_units (
    product_id INTEGER NOT NULL REFERENCES products,
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,
    factor     INTEGER NOT NULL CHECK (factor > 0), -- thousandths of the base unit in one of it
    price      INTEGER CHECK (price >= 0),          -- NULL: factor × the product's price
    PRIMARY KEY (product_id, position),
    UNIQUE (product_id, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_barcodes (
    barcode    TEXT PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES products,
    position   INTEGER NOT NULL,
    unit       TEXT NOT NULL DEFAULT '' -- '' the base unit, else the name in product_units
) STRICT, WITHOUT ROWID;
CREATE INDEX product_barcodes_product ON product_barcodes (product_id);

CREATE TABLE product_documents (
    product_id INTEGER NOT NULL REFERENCES products,
    position   INTEGER NOT NULL,
    title      TEXT NOT NULL,
    path       TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

-- Customers ------------------------------------------------------------------------------------------------------------

CREATE TABLE customers (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    email       TEXT NOT NULL DEFAULT '',
    birth_date  TEXT NOT NULL DEFAULT '',
    gender      TEXT NOT NULL DEFAULT '' CHECK (gender = '' OR gender = 'male' OR gender = 'female' OR gender = 'other'),
    province    TEXT NOT NULL DEFAULT '',
    address     TEXT NOT NULL DEFAULT '',
    segment     TEXT NOT NULL DEFAULT '',
    source_id   INTEGER REFERENCES channels,
    readiness   TEXT NOT NULL DEFAULT '',
    tags        TEXT NOT NULL DEFAULT '',
    referrer    TEXT NOT NULL DEFAULT '',
    consent     INTEGER NOT NULL DEFAULT 0 CHECK (consent IN (0, 1)),
    note        TEXT NOT NULL DEFAULT '',
    owner_id    INTEGER REFERENCES staff,
    created_on  TEXT NOT NULL,
    merged_into INTEGER REFERENCES customers, -- this record lives on in that one; hidden from lists
    erased_on   TEXT NOT NULL DEFAULT '',
    import_id   INTEGER REFERENCES imports
) STRICT;
CREATE INDEX customers_folded ON customers (folded);
CREATE INDEX customers_email ON customers (email) WHERE email <> '';
CREATE INDEX customers_sort ON customers (sort_key, id, segment, province) WHERE merged_into IS NULL AND erased_on = '';
CREATE INDEX customers_segment ON customers (segment, sort_key, id, province)
    WHERE segment <> '' AND merged_into IS NULL AND erased_on = '';
CREATE INDEX customers_hidden ON customers (merged_into) WHERE merged_into IS NOT NULL OR erased_on <> ''; -- few: the others are counted by them

CREATE TABLE customer_phones (
    phone       TEXT PRIMARY KEY, -- normalised
    customer_id INTEGER NOT NULL REFERENCES customers,
    position    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_phones_customer ON customer_phones (customer_id, position);

-- What a merge moved, so that it can be undone.
CREATE TABLE customer_merges (
    id        INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    kept_id   INTEGER NOT NULL REFERENCES customers,
    merged_id INTEGER NOT NULL REFERENCES customers,
    moved     TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT ''
) STRICT;

-- With a customer, or on a deal (whose customer it then carries, when it has one).
CREATE TABLE interactions (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER REFERENCES customers,
    deal_id     INTEGER REFERENCES deals,
    at          TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind = 'call' OR kind = 'message' OR kind = 'email' OR kind = 'visit' OR kind = 'note'),
    text        TEXT NOT NULL,
    staff_id    INTEGER REFERENCES staff,
    CHECK (customer_id IS NOT NULL OR deal_id IS NOT NULL)
) STRICT;
CREATE INDEX interactions_customer ON interactions (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX interactions_deal ON interactions (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX interactions_staff ON interactions (staff_id, at);

-- Orders ---------------------------------------------------------------------------------------------------------------

-- A return is an order of its own with negative quantities. A draft has no number yet.
-- due = total - paid - taken_off; on a sale taken_off is what returns took off what was due, on a return its negative. What is
-- cancelled, or was imported as returned, is taken off whole: nothing of it is due. confirmed_on to completed_on: '=' is order_date,
-- where most are a counter's; '' not reached.
CREATE TABLE orders (
    id            INTEGER PRIMARY KEY,
    order_no      TEXT UNIQUE,
    order_date    TEXT NOT NULL,
    order_time    TEXT NOT NULL DEFAULT '', -- 'HH:MM:SS' or ''
    status        TEXT NOT NULL CHECK (status = 'completed' OR status = 'confirmed' OR status = 'delivered' OR status = 'shipped' OR
                    status = 'packed' OR status = 'draft' OR status = 'cancelled' OR status = 'returned'),
    channel_id    INTEGER REFERENCES channels,
    customer_id   INTEGER REFERENCES customers,
    subtotal      INTEGER NOT NULL,
    discount      INTEGER NOT NULL DEFAULT 0,
    shipping_fee  INTEGER NOT NULL DEFAULT 0,
    total         INTEGER NOT NULL,
    revenue       INTEGER NOT NULL, -- the lines' amounts with VAT, without shipping
    net           INTEGER NOT NULL,
    vat           INTEGER NOT NULL,
    cost          INTEGER NOT NULL,
    paid          INTEGER NOT NULL DEFAULT 0,
    change        INTEGER NOT NULL DEFAULT 0,
    taken_off     INTEGER NOT NULL DEFAULT 0,
    due           INTEGER NOT NULL DEFAULT 0,
    promise       TEXT NOT NULL DEFAULT '' CHECK (promise = '' OR promise = 'cod' OR promise = 'debt'), -- how the rest will come
    stock_out     INTEGER NOT NULL DEFAULT 0 CHECK (stock_out IN (0, 1)),          -- the goods have left (on a return: come back)
    confirmed_on  TEXT NOT NULL DEFAULT '',
    shipped_on    TEXT NOT NULL DEFAULT '',
    delivered_on  TEXT NOT NULL DEFAULT '',
    completed_on  TEXT NOT NULL DEFAULT '',
    promised_on   TEXT NOT NULL DEFAULT '',
    recognised_on TEXT NOT NULL DEFAULT '',
    province      TEXT NOT NULL DEFAULT '',
    carrier       TEXT NOT NULL DEFAULT '',
    tracking_no   TEXT NOT NULL DEFAULT '',
    return_of     INTEGER REFERENCES orders,
    is_return     INTEGER NOT NULL DEFAULT 0 CHECK (is_return IN (0, 1)),
    reason        TEXT NOT NULL DEFAULT '', -- of a cancellation or return
    note          TEXT NOT NULL DEFAULT '',
    held_as       TEXT NOT NULL DEFAULT '', -- a parked basket's label
    station       TEXT NOT NULL DEFAULT '', -- the program that is typing this draft
    staff_id      INTEGER REFERENCES staff, -- who entered it
    deal_id       INTEGER REFERENCES deals, -- that it was won with
    version       INTEGER NOT NULL DEFAULT 1,
    import_id     INTEGER REFERENCES imports,
    CHECK (due = total - paid - taken_off),
    CHECK (revenue = net + vat),
    CHECK (total = revenue + shipping_fee)
) STRICT;
CREATE INDEX orders_date ON orders (order_date, order_time);
CREATE INDEX orders_customer ON orders (customer_id, order_date) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_open ON orders (status, order_date) WHERE status <> 'completed' AND status <> 'cancelled' AND status <> 'returned';
CREATE INDEX orders_way ON orders (order_date, order_time) WHERE status <> 'completed' AND status <> 'cancelled' AND status <> 'returned';
CREATE INDEX orders_late ON orders (promised_on) WHERE promised_on <> '' AND delivered_on = '';
CREATE INDEX orders_back ON orders (is_return, order_date, order_time, status) WHERE is_return = 1;
CREATE INDEX orders_due ON orders (order_date, due, status) WHERE due <> 0;
CREATE INDEX orders_recognised ON orders (recognised_on) WHERE recognised_on <> '';
CREATE INDEX orders_shipped ON orders (shipped_on) WHERE shipped_on <> '' AND shipped_on <> '='; -- the others by their date
CREATE INDEX orders_returns ON orders (return_of) WHERE return_of IS NOT NULL;
CREATE INDEX orders_deal ON orders (deal_id) WHERE deal_id IS NOT NULL;

-- Kept by the transaction that changes an order; `check` proves all three. Sales by the month of recognised_on, less their known returns,
-- shared by rep and the rep's team on the order's day (0: nobody's, no team).
CREATE TABLE sales_figures (
    month         TEXT NOT NULL, -- '2026-10'
    staff_id      INTEGER NOT NULL,
    team_id       INTEGER NOT NULL,
    revenue       INTEGER NOT NULL,
    net           INTEGER NOT NULL,
    cost          INTEGER NOT NULL,
    orders        INTEGER NOT NULL,
    new_customers INTEGER NOT NULL,
    PRIMARY KEY (month, staff_id, team_id)
) STRICT, WITHOUT ROWID;

-- A customer's first order that counts, by recognised_on, and whose it is.
CREATE TABLE customer_firsts (
    customer_id INTEGER PRIMARY KEY REFERENCES customers,
    order_id    INTEGER NOT NULL,
    day         TEXT NOT NULL,
    staff_id    INTEGER NOT NULL,
    team_id     INTEGER NOT NULL
) STRICT;

-- What a customer's orders come to, drafts, cancelled ones and those imported as returned left out; everybody has a row. last_order: of
-- a sale that was not wholly taken back. listed: neither merged into another nor erased.
CREATE TABLE customer_figures (
    customer_id INTEGER PRIMARY KEY REFERENCES customers,
    orders      INTEGER NOT NULL, -- sales that were not wholly taken back
    revenue     INTEGER NOT NULL, -- less returns
    due         INTEGER NOT NULL,
    last_order  TEXT NOT NULL,    -- '' none
    listed      INTEGER NOT NULL CHECK (listed IN (0, 1))
) STRICT;
CREATE INDEX customer_figures_revenue ON customer_figures (revenue, customer_id) WHERE listed = 1;
CREATE INDEX customer_figures_last ON customer_figures (last_order, customer_id) WHERE listed = 1;
CREATE INDEX customer_figures_due ON customer_figures (due, customer_id) WHERE listed = 1;

-- qty and unit_price are in `unit` ('' the base unit); factor turns qty into base units. discount is the line's own, order_discount its
-- part of the order's. returned: what returns took back so far, in thousandths of the base unit (a thùng sold may come back by the
-- lon). sale_line: on a return, the line of the sale.
CREATE TABLE order_lines (
    order_id       INTEGER NOT NULL REFERENCES orders,
    line_no        INTEGER NOT NULL,
    product_id     INTEGER NOT NULL REFERENCES products,
    qty            INTEGER NOT NULL CHECK (qty <> 0),
    unit_price     INTEGER NOT NULL CHECK (unit_price >= 0),
    discount       INTEGER NOT NULL,
    order_discount INTEGER NOT NULL,
    amount         INTEGER NOT NULL,
    vat_bps        INTEGER NOT NULL CHECK (vat_bps BETWEEN 0 AND 10000),
    net            INTEGER NOT NULL,
    vat            INTEGER NOT NULL,
    cost           INTEGER NOT NULL,
    returned       INTEGER NOT NULL DEFAULT 0,
    sale_line      INTEGER,
    unit           TEXT,                             -- NULL: the base unit
    factor         INTEGER NOT NULL DEFAULT 1000,
    marks          INTEGER NOT NULL DEFAULT 0,       -- 1 sold below zero on-hand, 2 sold below cost, 4 returned to damage
    PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_reps (
    order_id  INTEGER NOT NULL REFERENCES orders,
    position  INTEGER NOT NULL,
    staff_id  INTEGER NOT NULL REFERENCES staff,
    share_bps INTEGER NOT NULL CHECK (share_bps BETWEEN 0 AND 10000),
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

-- Discounts of drafts that were typed as percentages, so that they follow what is added; line 0 is the order's.
CREATE TABLE draft_rates (
    order_id INTEGER NOT NULL REFERENCES orders,
    line_no  INTEGER NOT NULL,
    rate_bps INTEGER NOT NULL CHECK (rate_bps BETWEEN 1 AND 10000),
    PRIMARY KEY (order_id, line_no)
) STRICT, WITHOUT ROWID;

-- Every change of state after the order was made: who and when.
CREATE TABLE order_states (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders,
    from_status TEXT NOT NULL,
    to_status   TEXT NOT NULL,
    at          TEXT NOT NULL,
    staff_id    INTEGER REFERENCES staff,
    reason      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_states_order ON order_states (order_id);

CREATE TABLE payments (
    id        INTEGER PRIMARY KEY,
    order_id  INTEGER NOT NULL REFERENCES orders,
    date      TEXT NOT NULL, -- '=' the order's
    method    TEXT NOT NULL CHECK (method = 'cash' OR method = 'transfer' OR method = 'card' OR method = 'ewallet'),
    amount    INTEGER NOT NULL CHECK (amount <> 0), -- negative: a refund
    shift_id  INTEGER REFERENCES cash_shifts,
    staff_id  INTEGER REFERENCES staff,
    note      TEXT,
    import_id INTEGER REFERENCES imports
) STRICT;
CREATE INDEX payments_order ON payments (order_id);
CREATE INDEX payments_date ON payments (date) WHERE date <> '='; -- the others by their orders
CREATE INDEX payments_shift ON payments (shift_id) WHERE shift_id IS NOT NULL;

-- The last number given, per series ('DH', 'TH') and day ('yymmdd'); for codes of customers and the like the day is ''.
CREATE TABLE counters (
    series TEXT NOT NULL,
    day    TEXT NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (series, day)
) STRICT, WITHOUT ROWID;

-- Pipeline -------------------------------------------------------------------------------------------------------------

CREATE TABLE pipelines (
    id         INTEGER PRIMARY KEY, -- 1: the shop's own
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL UNIQUE,
    channel_id INTEGER REFERENCES channels -- whose new deals come here; NULL: all others
) STRICT;

-- required: fields of a deal, joined by ','. A removed stage stays for the history that names it.
CREATE TABLE stages (
    id              INTEGER PRIMARY KEY,
    pipeline_id     INTEGER NOT NULL REFERENCES pipelines,
    position        INTEGER NOT NULL,
    name            TEXT NOT NULL,
    folded          TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind = 'open' OR kind = 'won' OR kind = 'lost'),
    probability_bps INTEGER NOT NULL CHECK (probability_bps BETWEEN 0 AND 10000),
    idle_days       INTEGER NOT NULL DEFAULT 0 CHECK (idle_days >= 0), -- 0: never rotting
    fold            INTEGER NOT NULL DEFAULT 0 CHECK (fold IN (0, 1)),
    required        TEXT NOT NULL DEFAULT '',
    removed         INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    import_id       INTEGER REFERENCES imports
) STRICT;
CREATE INDEX stages_folded ON stages (pipeline_id, folded);

CREATE TABLE lost_reasons (
    id       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    removed  INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

-- entered_on and touched_on of a closed deal: '' is closed_on.
-- reached_id: the furthest stage it has been in (won is further than all open ones, lost is none). rots_on: the first day on which an
-- open deal is rotting, from touched_on, the stage's idle days and next_on; '' never. value: what it was closed with.
CREATE TABLE deals (
    id              INTEGER PRIMARY KEY,
    deal_no         TEXT NOT NULL UNIQUE,
    stage_id        INTEGER NOT NULL REFERENCES stages,
    kind            TEXT NOT NULL CHECK (kind = 'open' OR kind = 'won' OR kind = 'lost'), -- of its stage
    title           TEXT NOT NULL,
    customer_id     INTEGER REFERENCES customers,
    contact         TEXT NOT NULL DEFAULT '', -- of a lead without a customer: name, and how to reach them
    phone           TEXT NOT NULL DEFAULT '',
    email           TEXT NOT NULL DEFAULT '',
    province        TEXT NOT NULL DEFAULT '',
    staff_id        INTEGER REFERENCES staff,
    source_id       INTEGER REFERENCES channels,
    expected_value  INTEGER NOT NULL DEFAULT 0 CHECK (expected_value >= 0),
    probability_bps INTEGER NOT NULL CHECK (probability_bps BETWEEN 0 AND 10000),
    probability_set INTEGER NOT NULL DEFAULT 0 CHECK (probability_set IN (0, 1)), -- by hand, and then kept
    tags            TEXT NOT NULL DEFAULT '',
    need            TEXT NOT NULL DEFAULT '',
    budget          TEXT NOT NULL DEFAULT '',
    timing          TEXT NOT NULL DEFAULT '',
    decision_maker  TEXT NOT NULL DEFAULT '',
    note            TEXT NOT NULL DEFAULT '',
    created_on      TEXT NOT NULL,
    expected_close  TEXT NOT NULL DEFAULT '',
    closed_on       TEXT NOT NULL DEFAULT '',
    value           INTEGER NOT NULL DEFAULT 0 CHECK (value >= 0),
    lost_reason_id  INTEGER REFERENCES lost_reasons,
    next_on         TEXT NOT NULL DEFAULT '', -- the next activity that is planned
    next_text       TEXT NOT NULL DEFAULT '',
    entered_on      TEXT NOT NULL,            -- its stage
    touched_on      TEXT NOT NULL,
    rots_on         TEXT NOT NULL DEFAULT '',
    reached_id      INTEGER REFERENCES stages,
    merged_into     INTEGER REFERENCES deals, -- this one lives on in that one; hidden
    version         INTEGER NOT NULL DEFAULT 1,
    import_id       INTEGER REFERENCES imports
) STRICT;
-- kind and merged_into stand in them so that a page far down is found without the rows above it
CREATE INDEX deals_board ON deals (stage_id, next_on, entered_on, id, kind, merged_into) WHERE kind = 'open' AND merged_into IS NULL;
CREATE INDEX deals_board_rep ON deals (stage_id, staff_id, next_on, entered_on, id, kind, merged_into) WHERE kind = 'open' AND merged_into IS NULL;
CREATE INDEX deals_shut ON deals (stage_id, closed_on, id, staff_id) WHERE kind <> 'open' AND merged_into IS NULL;
CREATE INDEX deals_won ON deals (staff_id, value) WHERE kind = 'won' AND merged_into IS NULL;
CREATE INDEX deals_rots ON deals (stage_id, rots_on, staff_id, kind, merged_into, expected_value, probability_bps) WHERE kind = 'open' AND rots_on <> '' AND merged_into IS NULL;
CREATE INDEX deals_created ON deals (stage_id, created_on, reached_id, staff_id, source_id) WHERE merged_into IS NULL; -- figures read only these
CREATE INDEX deals_expected ON deals (expected_close, expected_value, probability_bps, staff_id) WHERE kind = 'open' AND merged_into IS NULL;
CREATE INDEX deals_tagged ON deals (tags) WHERE tags <> '' AND merged_into IS NULL;
CREATE INDEX deals_worth ON deals (stage_id, expected_value) WHERE kind = 'open' AND merged_into IS NULL;
CREATE INDEX deals_shut_worth ON deals (stage_id, value) WHERE kind <> 'open' AND merged_into IS NULL;
CREATE INDEX deals_customer ON deals (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX deals_phone ON deals (phone) WHERE phone <> '';
CREATE INDEX deals_email ON deals (email) WHERE email <> '';
CREATE INDEX deals_merged ON deals (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE deal_products (
    deal_id    INTEGER NOT NULL REFERENCES deals,
    position   INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products,
    qty        INTEGER NOT NULL CHECK (qty > 0),
    price      INTEGER NOT NULL CHECK (price >= 0),
    PRIMARY KEY (deal_id, position)
) STRICT, WITHOUT ROWID;

-- Every change of stage; from_id is NULL on the first row. at is a date where a file said so. Of a change into a closed stage: what the
-- deal was closed with, and the order that was linked then.
CREATE TABLE deal_stages (
    id        INTEGER PRIMARY KEY,
    deal_id   INTEGER NOT NULL REFERENCES deals,
    from_id   INTEGER REFERENCES stages,
    to_id     INTEGER NOT NULL REFERENCES stages,
    at        TEXT NOT NULL,
    staff_id  INTEGER REFERENCES staff,
    value     INTEGER,
    reason_id INTEGER REFERENCES lost_reasons,
    order_id  INTEGER REFERENCES orders
) STRICT;
CREATE INDEX deal_stages_deal ON deal_stages (deal_id); -- in the order of their ids

-- Kept by the transaction that changes a deal; `check` proves it. month: of an open deal that in which it is expected to close, of a closed
-- one that in which it did; '' none. value: expected, of a closed stage what they closed with. weighted: the sum of round(expected value ×
-- probability); of a won stage its value, of a lost one 0. Rows with no deals may stay.
CREATE TABLE deal_totals (
    stage_id INTEGER NOT NULL REFERENCES stages,
    staff_id INTEGER NOT NULL, -- 0: nobody
    month    TEXT NOT NULL,
    deals    INTEGER NOT NULL,
    value    INTEGER NOT NULL,
    weighted INTEGER NOT NULL,
    PRIMARY KEY (stage_id, staff_id, month)
) STRICT, WITHOUT ROWID;

-- The same by source (0: none). And how many open deals begin to rot on which day, of all sources (-1) and of each.
CREATE TABLE deal_source_totals (
    stage_id  INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    staff_id  INTEGER NOT NULL,
    month     TEXT NOT NULL,
    deals     INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    weighted  INTEGER NOT NULL,
    PRIMARY KEY (stage_id, source_id, staff_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE deal_rots (
    stage_id  INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    rots_on   TEXT NOT NULL,
    deals     INTEGER NOT NULL,
    PRIMARY KEY (stage_id, source_id, rots_on)
) STRICT, WITHOUT ROWID;

-- Whole months of figures, kept by the transaction that changes a deal (domain/deal_facts.h); `check` proves them against the deals.
-- created: deals of the month by the furthest stage reached (ref_id). Of deals closed in the month: won, with the days they took and their
-- activities; lost, by reason; stayed, by open stage: how many were in it, and for how many days. 0: none, nobody.
CREATE TABLE deal_months (
    month      TEXT NOT NULL,
    fact       TEXT NOT NULL CHECK (fact = 'created' OR fact = 'won' OR fact = 'lost' OR fact = 'stayed'),
    ref_id     INTEGER NOT NULL,
    staff_id   INTEGER NOT NULL,
    source_id  INTEGER NOT NULL,
    deals      INTEGER NOT NULL,
    value      INTEGER NOT NULL,
    days       INTEGER NOT NULL,
    activities INTEGER NOT NULL,
    PRIMARY KEY (month, fact, ref_id, staff_id, source_id)
) STRICT, WITHOUT ROWID;

-- How many closed deals were won and lost: all of them, and by stage reached, source, rep and first product. Kept as deal_months is.
CREATE TABLE deal_odds (
    fact   TEXT NOT NULL CHECK (fact = 'all' OR fact = 'stage' OR fact = 'source' OR fact = 'rep' OR fact = 'product'),
    ref_id INTEGER NOT NULL,
    won    INTEGER NOT NULL,
    lost   INTEGER NOT NULL,
    PRIMARY KEY (fact, ref_id)
) STRICT, WITHOUT ROWID;

-- What a merge of two deals moved, so that it can be undone.
CREATE TABLE deal_merges (
    id        INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    kept_id   INTEGER NOT NULL REFERENCES deals,
    merged_id INTEGER NOT NULL REFERENCES deals,
    moved     TEXT NOT NULL,
    undone_at TEXT NOT NULL DEFAULT ''
) STRICT;

-- The first rule that fits a new lead: what is empty fits all. It goes to the team's reps, else to the reps named.
CREATE TABLE assign_rules (
    id          INTEGER PRIMARY KEY,
    position    INTEGER NOT NULL,
    source_id   INTEGER REFERENCES channels,
    province    TEXT NOT NULL DEFAULT '',
    group_id    INTEGER REFERENCES product_groups, -- its children too
    team_id     INTEGER REFERENCES teams,
    daily_limit INTEGER NOT NULL DEFAULT 0 CHECK (daily_limit >= 0) -- new leads a rep a day; 0: no limit
) STRICT;

CREATE TABLE assign_rule_reps (
    rule_id  INTEGER NOT NULL REFERENCES assign_rules,
    position INTEGER NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    PRIMARY KEY (rule_id, position)
) STRICT, WITHOUT ROWID;

-- Who was given which lead when; rule_id NULL: by hand. A deal that came closed was no lead to give.
CREATE TABLE deal_assignments (
    id       INTEGER PRIMARY KEY,
    deal_id  INTEGER NOT NULL REFERENCES deals,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at       TEXT NOT NULL,
    rule_id  INTEGER
) STRICT;
CREATE INDEX deal_assignments_staff ON deal_assignments (staff_id, at);
CREATE INDEX deal_assignments_deal ON deal_assignments (deal_id);

-- Stock ----------------------------------------------------------------------------------------------------------------

-- The ledger: append-only. qty and value are signed changes in base units and money; cost is the document's (a receipt of goods while
-- on-hand was below zero changes the value by less than it cost).
CREATE TABLE stock_moves (
    id          INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES products,
    date        TEXT NOT NULL, -- '=' the order's
    kind        TEXT NOT NULL CHECK (kind = 'sale' OR kind = 'purchase' OR kind = 'return' OR kind = 'adjust' OR kind = 'count' OR
                    kind = 'damage'),
    qty         INTEGER NOT NULL,
    cost        INTEGER NOT NULL,
    value       INTEGER NOT NULL,
    order_id    INTEGER REFERENCES orders,
    document    TEXT, -- of moves without an order
    supplier_id INTEGER REFERENCES suppliers,
    staff_id    INTEGER REFERENCES staff,
    note        TEXT,
    import_id   INTEGER REFERENCES imports
) STRICT;
CREATE INDEX stock_moves_product ON stock_moves (product_id);

-- Kept by the transaction that adds moves; `check` proves it against them. last_cost: of one base unit.
CREATE TABLE stock (
    product_id INTEGER PRIMARY KEY REFERENCES products,
    on_hand    INTEGER NOT NULL,
    value      INTEGER NOT NULL,
    last_cost  INTEGER NOT NULL
) STRICT;

-- Cash -----------------------------------------------------------------------------------------------------------------

CREATE TABLE cash_shifts (
    id           INTEGER PRIMARY KEY,
    opened_at    TEXT NOT NULL,
    opened_by    INTEGER REFERENCES staff,
    opening      INTEGER NOT NULL CHECK (opening >= 0),
    closed_at    TEXT NOT NULL DEFAULT '',
    closed_by    INTEGER REFERENCES staff,
    expected     INTEGER,
    counted      INTEGER,
    difference   INTEGER,
    note         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX cash_shifts_open ON cash_shifts (closed_at) WHERE closed_at = ''; -- one at a time

CREATE TABLE cash_counts (
    shift_id     INTEGER NOT NULL REFERENCES cash_shifts,
    denomination INTEGER NOT NULL CHECK (denomination > 0),
    pieces       INTEGER NOT NULL CHECK (pieces >= 0),
    PRIMARY KEY (shift_id, denomination)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_moves (
    id       INTEGER PRIMARY KEY,
    shift_id INTEGER REFERENCES cash_shifts,
    date     TEXT NOT NULL,
    at       TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount <> 0), -- in above zero, out below
    reason   TEXT NOT NULL CHECK (reason <> ''),
    staff_id INTEGER REFERENCES staff
) STRICT;
CREATE INDEX cash_moves_date ON cash_moves (date);
CREATE INDEX cash_moves_shift ON cash_moves (shift_id) WHERE shift_id IS NOT NULL;

-- KPI ------------------------------------------------------------------------------------------------------------------

-- ref_id: of staff, team, product, group or channel; 0 for the shop, and for provinces, which have their name in `place`. target: minor
-- units, a count, or basis points.
CREATE TABLE targets (
    id        INTEGER PRIMARY KEY,
    month     TEXT NOT NULL,
    scope     TEXT NOT NULL CHECK (scope = 'shop' OR scope = 'team' OR scope = 'rep' OR scope = 'product' OR scope = 'group' OR
                  scope = 'channel' OR scope = 'province'),
    ref_id    INTEGER NOT NULL,
    place     TEXT NOT NULL,
    metric    TEXT NOT NULL,
    target    INTEGER NOT NULL CHECK (target >= 0),
    import_id INTEGER REFERENCES imports,
    edited    INTEGER NOT NULL DEFAULT 0, -- the audit row of its last change by hand; 0: none
    UNIQUE (month, scope, ref_id, place, metric)
) STRICT;

-- What a role is measured by; a role without rows has the program's default.
CREATE TABLE scorecards (
    role   TEXT NOT NULL,
    metric TEXT NOT NULL,
    weight INTEGER NOT NULL CHECK (weight >= 0),
    PRIMARY KEY (role, metric)
) STRICT, WITHOUT ROWID;

-- week: '2026-W47'; month: of its Thursday, in which it counts.
CREATE TABLE weekly_reports (
    staff_id  INTEGER NOT NULL REFERENCES staff,
    week      TEXT NOT NULL,
    month     TEXT NOT NULL,
    calls     INTEGER NOT NULL CHECK (calls >= 0),
    meetings  INTEGER NOT NULL CHECK (meetings >= 0),
    quotes    INTEGER NOT NULL CHECK (quotes >= 0),
    plans     TEXT NOT NULL,
    obstacles TEXT NOT NULL,
    filed_at  TEXT NOT NULL, -- the first time
    PRIMARY KEY (week, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX weekly_reports_month ON weekly_reports (month, staff_id);

-- Commission -----------------------------------------------------------------------------------------------------------

CREATE TABLE plans (
    id     INTEGER PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)) -- 0: a draft
) STRICT;

-- Of the versions that have begun (start_month) the newest one holds.
CREATE TABLE plan_versions (
    id                INTEGER PRIMARY KEY,
    plan_id           INTEGER NOT NULL REFERENCES plans,
    version           INTEGER NOT NULL CHECK (version > 0),
    start_month       TEXT NOT NULL,
    from_month        TEXT NOT NULL,
    to_month          TEXT NOT NULL,
    name              TEXT NOT NULL,
    base              TEXT NOT NULL CHECK (base = 'gross' OR base = 'net' OR base = 'margin'),
    mode              TEXT NOT NULL CHECK (mode IN ('marginal', 'slab')),
    cap               INTEGER NOT NULL CHECK (cap >= 0), -- 0: none
    override_bps      INTEGER NOT NULL CHECK (override_bps >= 0),
    bonus_first_order INTEGER NOT NULL CHECK (bonus_first_order >= 0),
    bonus_top         INTEGER NOT NULL CHECK (bonus_top >= 0),
    reason            TEXT NOT NULL DEFAULT '',
    made_at           TEXT NOT NULL,
    staff_id          INTEGER REFERENCES staff,
    CHECK (from_month <= start_month AND start_month <= to_month),
    UNIQUE (plan_id, version)
) STRICT;

CREATE TABLE plan_tiers (
    version_id  INTEGER NOT NULL REFERENCES plan_versions,
    from_amount INTEGER NOT NULL CHECK (from_amount >= 0),
    rate_bps    INTEGER NOT NULL CHECK (rate_bps >= 0),
    PRIMARY KEY (version_id, from_amount)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_gates (
    version_id INTEGER NOT NULL REFERENCES plan_versions,
    at_bps     INTEGER NOT NULL CHECK (at_bps >= 0),
    factor_bps INTEGER NOT NULL CHECK (factor_bps >= 0),
    PRIMARY KEY (version_id, at_bps)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_groups (
    version_id INTEGER NOT NULL REFERENCES plan_versions,
    group_id   INTEGER NOT NULL REFERENCES product_groups,
    rate_bps   INTEGER NOT NULL CHECK (rate_bps >= 0),
    PRIMARY KEY (version_id, group_id)
) STRICT, WITHOUT ROWID;

-- A month without a row is open.
CREATE TABLE commission_runs (
    month       TEXT PRIMARY KEY,
    status      TEXT NOT NULL CHECK (status = 'computed' OR status = 'locked' OR status = 'paid'),
    version_id  INTEGER NOT NULL REFERENCES plan_versions,
    computed_at TEXT NOT NULL,
    computed_by INTEGER REFERENCES staff,
    locked_at   TEXT NOT NULL DEFAULT '',
    locked_by   INTEGER REFERENCES staff,
    paid_at     TEXT NOT NULL DEFAULT '',
    paid_by     INTEGER REFERENCES staff
) STRICT, WITHOUT ROWID;

-- One person's month, with the target it was measured against (NULL: none).
CREATE TABLE commission_rows (
    month             TEXT NOT NULL REFERENCES commission_runs,
    staff_id          INTEGER NOT NULL REFERENCES staff,
    version_id        INTEGER NOT NULL REFERENCES plan_versions,
    base              INTEGER NOT NULL,
    target            INTEGER,
    tier_commission   INTEGER NOT NULL,
    gate_bps          INTEGER NOT NULL,
    gated_commission  INTEGER NOT NULL,
    override_amount   INTEGER NOT NULL,
    cap_cut           INTEGER NOT NULL CHECK (cap_cut <= 0),
    bonus_first_order INTEGER NOT NULL,
    bonus_top         INTEGER NOT NULL,
    adjustment        INTEGER NOT NULL,
    total             INTEGER NOT NULL,
    PRIMARY KEY (month, staff_id),
    CHECK (total = gated_commission + override_amount + cap_cut + bonus_first_order + bonus_top + adjustment)
) STRICT, WITHOUT ROWID;

-- The person's share of each order's base. The order may be gone one day (an import taken back): its number stays.
-- last_return: the newest return of it that was known (its id), 0 none.
CREATE TABLE commission_shares (
    month       TEXT NOT NULL REFERENCES commission_runs,
    staff_id    INTEGER NOT NULL REFERENCES staff,
    order_id    INTEGER NOT NULL,
    order_no    TEXT NOT NULL,
    base        INTEGER NOT NULL,
    share_bps   INTEGER NOT NULL,
    last_return INTEGER NOT NULL,
    PRIMARY KEY (month, staff_id, order_id)
) STRICT, WITHOUT ROWID;

-- What the figures are made of; the amounts add up to the row's total. about: on an adjustment, the month it puts right;
-- order_id and last_return then say of which order, and what of it was known.
CREATE TABLE commission_lines (
    month       TEXT NOT NULL REFERENCES commission_runs,
    staff_id    INTEGER NOT NULL REFERENCES staff,
    seq         INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind = 'tier' OR kind = 'group' OR kind = 'gate' OR kind = 'override' OR kind = 'cap' OR
                    kind = 'bonus_first_order' OR kind = 'bonus_top' OR kind = 'adjustment'),
    ref         TEXT NOT NULL,
    about       TEXT NOT NULL DEFAULT '',
    reason      TEXT NOT NULL DEFAULT '' CHECK (reason = '' OR reason = 'return' OR reason = 'cancelled' OR reason = 'late' OR
                    reason = 'correction' OR reason = 'override' OR reason = 'rest'),
    order_id    INTEGER NOT NULL DEFAULT 0,
    last_return INTEGER NOT NULL DEFAULT 0,
    base        INTEGER NOT NULL,
    rate_bps    INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    PRIMARY KEY (month, staff_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX commission_lines_about ON commission_lines (about) WHERE about <> '';

-- Which of the plan's groups a product sold in a locked month belonged to then (NULL: none): moving it later rewrites nothing.
CREATE TABLE commission_goods (
    month      TEXT NOT NULL REFERENCES commission_runs,
    product_id INTEGER NOT NULL,
    group_id   INTEGER,
    PRIMARY KEY (month, product_id)
) STRICT, WITHOUT ROWID;

-- Locked months in which something has changed since, until what it makes is locked as an adjustment.
CREATE TABLE commission_touched (
    month TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE commission_disputes (
    id          INTEGER PRIMARY KEY,
    month       TEXT NOT NULL,
    staff_id    INTEGER NOT NULL REFERENCES staff,
    ref         TEXT NOT NULL, -- of the row
    reason      TEXT NOT NULL CHECK (reason <> ''),
    at          TEXT NOT NULL,
    raised_by   INTEGER REFERENCES staff,
    answer      TEXT NOT NULL DEFAULT '',
    answered_at TEXT NOT NULL DEFAULT '',
    answered_by INTEGER REFERENCES staff
) STRICT;
CREATE INDEX commission_disputes_open ON commission_disputes (month) WHERE answer = '';

-- Triggers for SQLite: a locked month stands against every program, also when it writes OR REPLACE (which fires no delete triggers);
-- and what later changes its sales is remembered.
CREATE TRIGGER commission_runs_stay BEFORE UPDATE ON commission_runs
WHEN OLD.status = 'paid' OR NEW.month <> OLD.month OR (OLD.status = 'locked' AND (NEW.status <> 'paid' OR
    NEW.version_id <> OLD.version_id OR NEW.computed_at <> OLD.computed_at OR NEW.locked_at <> OLD.locked_at OR
    NEW.computed_by IS NOT OLD.computed_by OR NEW.locked_by IS NOT OLD.locked_by))
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_runs_kept BEFORE DELETE ON commission_runs WHEN OLD.status <> 'computed'
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_runs_begin BEFORE INSERT ON commission_runs WHEN NEW.status <> 'computed'
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a commission month begins as computed'); END;
CREATE TRIGGER commission_rows_insert BEFORE INSERT ON commission_rows
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_rows_update BEFORE UPDATE ON commission_rows
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_rows_delete BEFORE DELETE ON commission_rows
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_shares_insert BEFORE INSERT ON commission_shares
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_shares_update BEFORE UPDATE ON commission_shares
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_shares_delete BEFORE DELETE ON commission_shares
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_lines_insert BEFORE INSERT ON commission_lines
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_lines_update BEFORE UPDATE ON commission_lines
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_lines_delete BEFORE DELETE ON commission_lines
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_goods_insert BEFORE INSERT ON commission_goods
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_goods_update BEFORE UPDATE ON commission_goods
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = NEW.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER commission_goods_delete BEFORE DELETE ON commission_goods
WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.month = OLD.month AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a locked commission month cannot be changed'); END;
CREATE TRIGGER plans_update BEFORE UPDATE ON plans WHEN NEW.id <> OLD.id OR (NEW.code <> OLD.code AND EXISTS (SELECT 1 FROM commission_runs r JOIN plan_versions v ON v.id = r.version_id
    JOIN plans p ON p.id = v.plan_id WHERE r.status <> 'computed' AND (p.id = OLD.id OR p.code = NEW.code)))
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plans_delete BEFORE DELETE ON plans WHEN EXISTS (SELECT 1 FROM commission_runs r JOIN plan_versions v ON v.id = r.version_id WHERE v.plan_id = OLD.id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_versions_insert BEFORE INSERT ON plan_versions WHEN EXISTS (SELECT 1 FROM commission_runs r JOIN plan_versions v ON v.id = r.version_id
    WHERE r.status <> 'computed' AND (v.id = NEW.id OR (v.plan_id = NEW.plan_id AND v.version = NEW.version)))
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_versions_update BEFORE UPDATE ON plan_versions WHEN NEW.id <> OLD.id OR NEW.plan_id <> OLD.plan_id OR NEW.version <> OLD.version
    OR EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = OLD.id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_versions_delete BEFORE DELETE ON plan_versions WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = OLD.id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_tiers_update BEFORE UPDATE ON plan_tiers WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id IN (OLD.version_id, NEW.version_id) AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_tiers_delete BEFORE DELETE ON plan_tiers WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = OLD.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_tiers_insert BEFORE INSERT ON plan_tiers WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = NEW.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_gates_update BEFORE UPDATE ON plan_gates WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id IN (OLD.version_id, NEW.version_id) AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_gates_delete BEFORE DELETE ON plan_gates WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = OLD.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_gates_insert BEFORE INSERT ON plan_gates WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = NEW.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_groups_update BEFORE UPDATE ON plan_groups WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id IN (OLD.version_id, NEW.version_id) AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_groups_delete BEFORE DELETE ON plan_groups WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = OLD.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;
CREATE TRIGGER plan_groups_insert BEFORE INSERT ON plan_groups WHEN EXISTS (SELECT 1 FROM commission_runs r WHERE r.version_id = NEW.version_id AND r.status <> 'computed')
BEGIN SELECT RAISE(ABORT, 'a plan that a locked month used cannot be changed'); END;

CREATE TRIGGER orders_touch_insert AFTER INSERT ON orders WHEN NEW.recognised_on <> '' AND EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month IN (substr(NEW.recognised_on, 1, 7), (SELECT substr(o.recognised_on, 1, 7) FROM orders o WHERE o.id = NEW.return_of))
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER orders_touch_update AFTER UPDATE OF status, order_date, recognised_on, revenue, net, cost, return_of ON orders WHEN (NEW.recognised_on <> '' OR OLD.recognised_on <> '') AND EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month IN (substr(NEW.recognised_on, 1, 7), substr(OLD.recognised_on, 1, 7), (SELECT substr(o.recognised_on, 1, 7) FROM orders o WHERE o.id = NEW.return_of), (SELECT substr(o.recognised_on, 1, 7) FROM orders o WHERE o.id = OLD.return_of))
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER orders_touch_delete AFTER DELETE ON orders WHEN OLD.recognised_on <> '' AND EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month IN (substr(OLD.recognised_on, 1, 7), (SELECT substr(o.recognised_on, 1, 7) FROM orders o WHERE o.id = OLD.return_of))
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER order_reps_touch_insert AFTER INSERT ON order_reps WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM orders o JOIN commission_runs r ON r.month = substr(o.recognised_on, 1, 7)
    WHERE o.id = NEW.order_id AND r.status <> 'computed'
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER order_reps_touch_update AFTER UPDATE ON order_reps WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM orders o JOIN commission_runs r ON r.month = substr(o.recognised_on, 1, 7)
    WHERE o.id IN (NEW.order_id, OLD.order_id) AND r.status <> 'computed'
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER order_reps_touch_delete AFTER DELETE ON order_reps WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM orders o JOIN commission_runs r ON r.month = substr(o.recognised_on, 1, 7)
    WHERE o.id = OLD.order_id AND r.status <> 'computed'
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER staff_teams_touch_insert AFTER INSERT ON staff_teams WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(NEW.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER staff_teams_touch_update AFTER UPDATE ON staff_teams WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(NEW.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER staff_teams_touch_delete AFTER DELETE ON staff_teams WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(OLD.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER team_leaders_touch_insert AFTER INSERT ON team_leaders WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(NEW.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER team_leaders_touch_update AFTER UPDATE ON team_leaders WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(NEW.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;
CREATE TRIGGER team_leaders_touch_delete AFTER DELETE ON team_leaders WHEN EXISTS (SELECT 1 FROM commission_runs)
BEGIN
    INSERT INTO commission_touched (month) SELECT r.month FROM commission_runs r
    WHERE r.status <> 'computed' AND r.month >= substr(OLD.from_date, 1, 7)
    ON CONFLICT (month) DO NOTHING;
END;

-- Imports and audit ----------------------------------------------------------------------------------------------------

CREATE TABLE imports (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    staff_id   INTEGER REFERENCES staff,
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    file_hash  TEXT NOT NULL,
    rows       INTEGER NOT NULL DEFAULT 0,
    created    INTEGER NOT NULL DEFAULT 0,
    updated    INTEGER NOT NULL DEFAULT 0,
    unchanged  INTEGER NOT NULL DEFAULT 0,
    rejected   INTEGER NOT NULL DEFAULT 0,
    undone_at  TEXT NOT NULL DEFAULT ''
) STRICT;

-- What an import changed of records that were there before it (what it made carries its import_id): enough to put it back.
CREATE TABLE import_changes (
    import_id INTEGER NOT NULL REFERENCES imports,
    seq       INTEGER NOT NULL,
    entity    TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    before    TEXT NOT NULL,
    PRIMARY KEY (import_id, seq)
) STRICT, WITHOUT ROWID;

-- The chain: hash = H(hash of the row before, this row's fields, digest); digest = H(salt, what stands in audit_details), so that a
-- privacy erasure may empty the details without breaking the chain.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    staff  TEXT NOT NULL, -- the code; '' the owner
    action TEXT NOT NULL, -- 'order.add'
    entity TEXT NOT NULL, -- 'order DH261121-0001'
    digest TEXT NOT NULL,
    hash   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_entity ON audit (entity);

CREATE TABLE audit_details (
    audit_id INTEGER PRIMARY KEY REFERENCES audit,
    salt     TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL
) STRICT;

-- One row: how long the chain is and where it ends, so that a cut tail shows.
CREATE TABLE audit_head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    id   INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- Of every other table how many rows it has, and the sum of a digest of each (src/db/sqlite_seal.c), kept by every transaction of the
-- program: what another program writes shows in `check`. unread: since a load of very many rows, until the table is read at a quiet
-- moment; a number of that load.
CREATE TABLE seals (
    name   TEXT PRIMARY KEY,
    rows   INTEGER NOT NULL,
    sum    INTEGER NOT NULL,
    unread INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Search (src/db/search_*.c) ----------------------------------------------------------------------------------------------
CREATE TABLE search_entry (
    kind INTEGER NOT NULL,
    id INTEGER NOT NULL,
    folded TEXT NOT NULL,
    numbers TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_term (
    kind INTEGER NOT NULL,
    term TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, term, id)
) STRICT, WITHOUT ROWID;
