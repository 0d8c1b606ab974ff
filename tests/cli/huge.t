# Numbers of a typing error are refused with what is wrong; they never wrap, and never stand in the way of the next sale.
$ chotdon init
made shop.db

$ chotdon product add P1 Gạo --price 9223372036854775807

$ chotdon product add P2 Gạo --price 0

$ chotdon order add --line P1:1
chotdon: line 1: quantity × price is too large
? 1

$ chotdon order add --line P1:9223372036854775
chotdon: line 1: quantity × price is too large
? 1

$ chotdon order add --line P2:9223372036854775
chotdon: line 1: quantity × price is too large
? 1

$ chotdon order add --line P2:1@99999999999999999999
chotdon: --line: the amount "99999999999999999999" is too large
? 1

$ chotdon order add --line P2:1@1000000000000000 --line P2:1@1
chotdon: total: the amount is too large
? 1

$ chotdon order add --line P2:1000000000000@1 --line P2:1 --pay cash:9223372036854775807
DH261121-0001

$ chotdon order add --line P2:2@1000 --shipping 9223372036854775807
chotdon: shipping: the amount is too large
? 1

$ chotdon order add --line P2:2@1000 --discount 9223372036854775807
chotdon: the order's discount must be between 0 and its subtotal
? 1

$ chotdon cash in 9223372036854775807 --reason x
chotdon: amount: the amount is too large
? 1

$ chotdon target set 2026-11 shop '' revenue 9223372036854775808
chotdon: the amount "9223372036854775808" is too large
? 1

$ chotdon deal add Lớn --expected-value 9223372036854775807
chotdon: expected_value is below 0 or too large
? 1

$ chotdon order add --line P2:2@1000
DH261121-0002

$ chotdon check | head -1
OK: 2 orders, 3 lines, 1 payments, 3 stock moves, 2 products, 0 customers, 5 audit rows

# An order of very many lines, rows of very many columns.
$ (echo order_no,order_date,sku,qty,unit_price; yes N1,2026-10-31,P2,1,1000 | head -30000) >many.csv; chotdon -q import orders many.csv | cut -c1-100
{"kind": "orders", "file": "many.csv", "rows": 30000, "blank": 0, "created": 1, "updated": 0, "uncha

$ (echo order_no,order_date,sku,qty,unit_price,return_of; yes R1,2026-11-01,P2,-1,1000,N1 | head -30000) >back.csv; chotdon -q import orders back.csv | cut -c1-100; chotdon -q import orders back.csv | cut -c1-100
{"kind": "orders", "file": "back.csv", "rows": 30000, "blank": 0, "created": 1, "updated": 0, "uncha
{"kind": "orders", "file": "back.csv", "rows": 30000, "blank": 0, "created": 0, "updated": 0, "uncha

$ (echo order_no,order_date,sku,qty,unit_price; yes N2,2026-10-31,P2,1,1000 | head -100001) >more.csv; chotdon -q import orders more.csv 2>&1 | tail -3 | cut -c1-100
more.csv:100001: order_no: rejected with line 100002 of the same order
more.csv:100002: order_no: an order can have at most 100000 lines
{"kind": "orders", "file": "more.csv", "rows": 100001, "blank": 0, "created": 0, "updated": 0, "unch

$ (printf order_no,order_date,sku,qty,unit_price; seq -f ,c%g 4996 | tr -d '\n') >wide.csv; chotdon import orders wide.csv
chotdon: wide.csv:1: the row has more than 5000 columns
? 1

$ chotdon check | head -1
OK: 4 orders, 60003 lines, 3 payments, 60003 stock moves, 2 products, 0 customers, 7 audit rows
