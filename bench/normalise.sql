-- What a skilled user of the sqlite3 shell would write: the lines imported into `flat` become rows of the same tables that the
-- program's own import fills, set by set, in one transaction. The secondary indexes were dropped before and are made again after it.
BEGIN;
INSERT INTO channels (name, folded) SELECT DISTINCT channel, lower(channel) FROM flat;
INSERT INTO staff (code, name, folded, sort_key, role) SELECT DISTINCT rep, rep, lower(rep), lower(rep), 'rep' FROM flat ORDER BY rep;
INSERT INTO products (sku, name, folded, sort_key, price) SELECT sku, sku, lower(sku), lower(sku), 0 FROM flat GROUP BY sku;
INSERT INTO customers (code, name, folded, sort_key, created_on)
  SELECT 'KH' || printf('%06d', row_number() OVER (ORDER BY min(rowid))), max(customer_name), lower(max(customer_name)), lower(max(customer_name)), '2026-11-21'
  FROM flat GROUP BY customer_phone ORDER BY min(rowid);
INSERT INTO customer_phones (phone, customer_id, position)
  SELECT phone, row_number() OVER (ORDER BY first), 0 FROM (SELECT customer_phone AS phone, min(rowid) AS first FROM flat GROUP BY customer_phone);
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
  ORDER BY h.first;
INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount, amount, vat_bps, net, vat, cost)
  SELECT o.id, row_number() OVER (PARTITION BY o.id ORDER BY f.rowid), p.id, f.qty * 1000, f.unit_price, f.discount, 0,
         f.qty * f.unit_price - f.discount, 0, f.qty * f.unit_price - f.discount, 0, 0
  FROM flat f JOIN orders o ON o.order_no = f.order_no JOIN products p ON p.sku = f.sku;
INSERT INTO order_reps (order_id, position, staff_id, share_bps)
  SELECT o.id, 0, s.id, 10000 FROM heads h JOIN flat f ON f.rowid = h.first JOIN orders o ON o.order_no = h.order_no JOIN staff s ON s.code = f.rep;
INSERT INTO payments (order_id, date, method, amount) SELECT id, '=', 'cash', paid FROM orders WHERE paid <> 0;
INSERT INTO stock_moves (product_id, date, kind, qty, cost, value, order_id)
  SELECT l.product_id, '=', 'sale', -l.qty, 0, 0, o.id FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.stock_out = 1;
INSERT INTO stock (product_id, on_hand, value, last_cost) SELECT product_id, sum(qty), 0, 0 FROM stock_moves GROUP BY product_id;
COMMIT;
DROP TABLE flat;
