-- What a skilled user of the shell would add who must find people and goods by a name typed without accents, or by the beginning of
-- a number: the program's import fills its own such index besides. (đ is no d for unicode61: it is folded by hand.)
CREATE VIRTUAL TABLE customer_names USING fts5(name, numbers, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
CREATE VIRTUAL TABLE product_names USING fts5(name, numbers, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
BEGIN;
INSERT INTO customer_names (rowid, name, numbers)
  SELECT c.id, replace(replace(c.name, 'đ', 'd'), 'Đ', 'D'), c.code || ' ' || p.phone FROM customers c JOIN customer_phones p ON p.customer_id = c.id
  ORDER BY c.id;
INSERT INTO product_names (rowid, name, numbers) SELECT id, replace(replace(name, 'đ', 'd'), 'Đ', 'D'), sku FROM products;
COMMIT;
