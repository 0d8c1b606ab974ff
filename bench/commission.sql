-- A month's commission as a skilled user would compute and keep it in SQL, with what the program's plan in commission.c says: sales less
-- their returns, shared by largest remainder, four slices, two product groups, the leaders' part, two bonuses; each share is kept, so
-- that "why this amount?" has an answer. Not here: gate, cap, adjustments of locked months, names of what was used, the audit. The
-- results agree with the program's to the đồng, which commission.c checks. :first and :last are the month's days.
BEGIN;
DELETE FROM peer.shares;
DELETE FROM peer.goods;
DELETE FROM peer.rows;
INSERT INTO peer.shares
WITH sales AS (
    SELECT o.id, o.order_no, o.revenue + COALESCE(SUM(r.revenue), 0) AS base, COALESCE(MAX(r.id), 0) AS last_return
    FROM orders o LEFT JOIN orders r ON r.return_of = o.id AND r.status NOT IN ('draft', 'cancelled')
    WHERE o.recognised_on <> '' AND o.recognised_on BETWEEN :first AND :last AND o.is_return = 0
        AND o.status NOT IN ('draft', 'cancelled')
    GROUP BY o.id),
parts AS (
    SELECT s.id, s.order_no, s.base, s.last_return, x.staff_id, x.share_bps, x.position,
        s.base * x.share_bps / 10000 AS whole, s.base * x.share_bps % 10000 AS rest
    FROM sales s JOIN order_reps x ON x.order_id = s.id),
split AS (
    SELECT staff_id, id, order_no, share_bps, last_return, whole +
        (ROW_NUMBER() OVER (PARTITION BY id ORDER BY rest DESC, position) <= base - SUM(whole) OVER (PARTITION BY id)) AS base
    FROM parts)
SELECT :month, staff_id, id, MAX(order_no), SUM(base), SUM(share_bps), MAX(last_return) FROM split GROUP BY staff_id, id;
INSERT INTO peer.goods
SELECT :month, p.id, p.group_id FROM products p WHERE p.id IN (
    SELECT l.product_id FROM orders o JOIN order_lines l ON l.order_id = o.id
    WHERE o.recognised_on <> '' AND o.recognised_on BETWEEN :first AND :last);
INSERT INTO peer.rows
WITH amounts AS (
    SELECT CASE o.is_return WHEN 1 THEN o.return_of ELSE o.id END AS id, g.group_id, SUM(l.net + l.vat) AS base
    FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN peer.goods g ON g.product_id = l.product_id
    WHERE o.recognised_on <> '' AND o.recognised_on BETWEEN :first AND :last
        AND o.status NOT IN ('draft', 'cancelled') AND g.group_id IN (1, 2)
    GROUP BY 1, 2),
parts AS (
    SELECT a.id, a.group_id, a.base, x.staff_id, x.position, a.base * x.share_bps / 10000 AS whole,
        a.base * x.share_bps % 10000 AS rest
    FROM amounts a JOIN order_reps x ON x.order_id = a.id),
split AS (
    SELECT staff_id, group_id, whole +
        (ROW_NUMBER() OVER (PARTITION BY id, group_id ORDER BY rest DESC, position)
            <= base - SUM(whole) OVER (PARTITION BY id, group_id)) AS base
    FROM parts),
extras AS (SELECT staff_id, SUM(base * CASE group_id WHEN 1 THEN 100 ELSE 50 END) AS extra FROM split GROUP BY staff_id),
bases AS (SELECT staff_id, SUM(base) AS base FROM peer.shares GROUP BY staff_id),
tiers AS (
    SELECT b.staff_id, b.base, (MIN(b.base, 50000000) * 200 + MAX(0, MIN(b.base, 100000000) - 50000000) * 300
        + MAX(0, MIN(b.base, 150000000) - 100000000) * 400 + MAX(0, b.base - 150000000) * 500
        + COALESCE(x.extra, 0) + 5000) / 10000 AS commission
    FROM bases b LEFT JOIN extras x ON x.staff_id = b.staff_id),
leaders AS (
    SELECT k.staff_id, (SUM(b.base) * 50 + 5000) / 10000 AS part
    FROM team_leaders k JOIN staff_teams m ON m.team_id = k.team_id AND m.staff_id <> k.staff_id
    JOIN bases b ON b.staff_id = m.staff_id GROUP BY k.staff_id),
first_sale AS (
    SELECT x.staff_id FROM orders o JOIN order_reps x ON x.order_id = o.id AND x.position = 1
    WHERE o.recognised_on <> '' AND o.recognised_on BETWEEN :first AND :last AND o.is_return = 0
        AND o.status NOT IN ('draft', 'cancelled', 'returned')
    ORDER BY o.order_date, o.order_time, o.order_no LIMIT 1),
top AS (SELECT staff_id FROM bases ORDER BY base DESC LIMIT 1)
SELECT :month, t.staff_id, t.base, t.commission, COALESCE(l.part, 0), 200000 * (f.staff_id IS NOT NULL), 500000 * (p.staff_id IS NOT NULL),
    t.commission + COALESCE(l.part, 0) + 200000 * (f.staff_id IS NOT NULL) + 500000 * (p.staff_id IS NOT NULL)
FROM tiers t LEFT JOIN leaders l ON l.staff_id = t.staff_id LEFT JOIN first_sale f ON f.staff_id = t.staff_id
LEFT JOIN top p ON p.staff_id = t.staff_id;
COMMIT;
