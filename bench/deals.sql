-- A pipeline of :closed deals closed in 2026 and :open open ones, for bench/deals.c, which puts the numbers in: 30 reps, 8 sources,
-- 50 products, 20 000 customers. Nothing in it is drawn by lot.
INSERT INTO teams (id, name, folded) VALUES (1, 'A', 'a'), (2, 'B', 'b'), (3, 'C', 'c');
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
INSERT INTO staff (id, code, name, folded, sort_key, role) SELECT i, 'R' || i, 'Rep ' || i, 'rep ' || i, 'rep ' || i, 'rep' FROM n;
INSERT INTO staff_teams (staff_id, from_date, team_id) SELECT id, '', 1 + id % 3 FROM staff;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
INSERT INTO channels (id, name, folded) SELECT i, 'Source ' || i, 'source ' || i FROM n;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
INSERT INTO products (id, sku, name, folded, sort_key) SELECT i, 'P' || i, 'Product ' || i, 'product ' || i, 'product ' || i FROM n;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO customers (id, code, name, folded, sort_key, created_on) SELECT i, 'KH' || i, 'Khách ' || i, 'khach ' || i, 'khach ' || i, '2025-01-01' FROM n;

-- Stages 1 to 5 are open, 6 won, 7 lost.
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :closed),
d AS (SELECT i, i * 7919 % 12 AS m, 1 + i * 104729 % 28 AS day, i % 5 < 3 AS won, 1 + i * 31 % 5 AS far FROM n)
INSERT INTO deals (id, deal_no, stage_id, kind, title, customer_id, staff_id, source_id, expected_value, probability_bps, created_on,
    closed_on, value, lost_reason_id, entered_on, touched_on, reached_id)
SELECT i, 'D' || i, CASE WHEN won THEN 6 ELSE 7 END, CASE WHEN won THEN 'won' ELSE 'lost' END, 'Deal ' || i, 1 + i % 20000, 1 + i / 7 % 30,
    1 + i / 211 % 8, 1000000 + i % 1000 * 1000, CASE WHEN won THEN 10000 ELSE 0 END,
    CASE m WHEN 0 THEN '2025-12-' ELSE '2026-' || substr('0' || m, -2) || '-' END || substr('0' || day, -2),
    '2026-' || substr('0' || (m + 1), -2) || '-' || substr('0' || (1 + i * 31337 % 28), -2), 1000000 + i % 1000 * 1000,
    CASE WHEN won THEN NULL ELSE 1 + i % 6 END, '', '', CASE WHEN won THEN 6 ELSE far END FROM d;
INSERT INTO deal_stages (deal_id, from_id, to_id, at) SELECT id, NULL, 1, created_on FROM deals WHERE kind <> 'open';
INSERT INTO deal_stages (deal_id, from_id, to_id, at) SELECT id, 1, reached_id, created_on FROM deals WHERE kind = 'lost' AND reached_id > 1;
INSERT INTO deal_stages (deal_id, from_id, to_id, at) SELECT id, COALESCE(NULLIF(reached_id, 6), 1), stage_id, closed_on FROM deals WHERE kind <> 'open';
INSERT INTO interactions (customer_id, deal_id, at, kind, text) SELECT customer_id, id, created_on, 'call', 'x' FROM deals WHERE id % 5 = 0;

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :open)
INSERT INTO deals (id, deal_no, stage_id, kind, title, customer_id, staff_id, source_id, expected_value, probability_bps, created_on,
    expected_close, entered_on, touched_on, rots_on, next_on, next_text, reached_id)
SELECT :closed + i, 'O' || i, 1 + i % 5, 'open', 'Open ' || i, 1 + i % 20000, 1 + i / 7 % 30, 1 + i / 211 % 8, 1000000 + i % 1000 * 1000,
    1000 + i % 5 * 2000, '2026-11-' || substr('0' || (1 + i % 20), -2),
    CASE i % 4 WHEN 0 THEN '' ELSE '2027-' || substr('0' || (1 + i % 12), -2) || '-15' END, '2026-11-10', '2026-11-10',
    CASE i % 9 WHEN 0 THEN '2026-11-18' ELSE '2026-12-01' END, CASE i % 3 WHEN 0 THEN '2026-11-25' ELSE '' END,
    CASE i % 3 WHEN 0 THEN 'call' ELSE '' END, 1 + i % 5 FROM n;
INSERT INTO deal_products (deal_id, position, product_id, qty, price) SELECT id, 1, 1 + id % 50, 1000, expected_value FROM deals;
