-- normalise.sql for a shop that has rows: channels, staff, goods and people that are not there are made, the others found. The
-- indexes stay where they are: to drop them and make them again for 4 000 000 rows takes longer.
BEGIN;
INSERT INTO channels (name, folded) SELECT DISTINCT channel, lower(channel) FROM flat WHERE channel NOT IN (SELECT name FROM channels);
INSERT INTO staff (code, name, folded, sort_key, role) SELECT DISTINCT rep, rep, lower(rep), lower(rep), 'rep' FROM flat WHERE rep NOT IN (SELECT code FROM staff) ORDER BY rep;
INSERT INTO products (sku, name, folded, sort_key, price) SELECT sku, sku, lower(sku), lower(sku), 0 FROM flat WHERE sku NOT IN (SELECT sku FROM products) GROUP BY sku;
CREATE TEMP TABLE people AS SELECT customer_phone AS phone, max(customer_name) AS name, min(rowid) AS first, 0 AS id FROM flat
  WHERE customer_phone NOT IN (SELECT phone FROM customer_phones) GROUP BY customer_phone ORDER BY min(rowid);
UPDATE people SET id = rowid + (SELECT coalesce(max(id), 0) FROM customers);
INSERT INTO customers (id, code, name, folded, sort_key, created_on)
  SELECT id, 'KH' || printf('%06d', id), name, lower(name), lower(name), '2026-11-21' FROM people ORDER BY id;
INSERT INTO customer_phones (phone, customer_id, position) SELECT phone, id, 0 FROM people ORDER BY phone;
CREATE TEMP TABLE heads AS
  SELECT order_no, min(rowid) AS first, CAST(sum(qty * unit_price - discount) AS INTEGER) AS amount FROM flat GROUP BY order_no;
INSERT INTO orders (order_no, order_date, status, channel_id, customer_id, subtotal, total, revenue, net, vat, cost, paid, taken_off, due,
                    stock_out, confirmed_on, delivered_on, completed_on, recognised_on)
  SELECT f.order_no, f.order_date, f.status, c.id, p.customer_id, h.amount, h.amount, h.amount, h.amount, 0, 0,
         CASE WHEN f.status IN ('completed', 'delivered') THEN h.amount ELSE 0 END,
         CASE WHEN f.status IN ('cancelled', 'returned') THEN h.amount ELSE 0 END, 0,
         f.status IN ('completed', 'delivered'), '=',
         CASE WHEN f.status IN ('completed', 'delivered') THEN '=' ELSE '' END,
         CASE WHEN f.status = 'completed' THEN '=' ELSE '' END,
         CASE WHEN f.status IN ('completed', 'delivered') THEN f.order_date ELSE '' END
  FROM heads h JOIN flat f ON f.rowid = h.first JOIN channels c ON c.name = f.channel JOIN customer_phones p ON p.phone = f.customer_phone
  WHERE h.order_no NOT IN (SELECT order_no FROM orders) ORDER BY h.first;
CREATE TEMP TABLE come AS SELECT o.id, o.order_no, o.order_date, o.paid, o.stock_out, h.first FROM heads h CROSS JOIN orders o ON o.order_no = h.order_no ORDER BY o.id;
CREATE TEMP TABLE lines AS SELECT o.id AS order_id, f.rowid AS first, p.id AS product_id, f.qty * 1000 AS qty, CAST(f.unit_price AS INTEGER) AS unit_price, CAST(f.discount AS INTEGER) AS discount,
         f.qty * f.unit_price - f.discount AS amount
  FROM flat f JOIN come o ON o.order_no = f.order_no CROSS JOIN products p ON p.sku = f.sku;
INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount, amount, vat_bps, net, vat, cost)
  SELECT order_id, row_number() OVER (PARTITION BY order_id ORDER BY first), product_id, qty, unit_price, discount, 0, amount, 0, amount, 0, 0 FROM lines;
INSERT INTO order_reps (order_id, position, staff_id, share_bps)
  SELECT o.id, 0, s.id, 10000 FROM come o JOIN flat f ON f.rowid = o.first JOIN staff s ON s.code = f.rep;
INSERT INTO payments (order_id, date, method, amount) SELECT id, '=', 'cash', paid FROM come WHERE paid <> 0;
INSERT INTO stock_moves (product_id, date, kind, qty, cost, value, order_id)
  SELECT l.product_id, '=', 'sale', -l.qty, 0, 0, o.id FROM come o JOIN lines l ON l.order_id = o.id WHERE o.stock_out = 1;
INSERT INTO stock (product_id, on_hand, value, last_cost)
  SELECT product_id, -sum(l.qty), 0, 0 FROM come o JOIN lines l ON l.order_id = o.id WHERE o.stock_out = 1 GROUP BY product_id
  ON CONFLICT (product_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand;
COMMIT;
DROP TABLE flat;
