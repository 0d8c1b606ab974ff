# Orders in (CLI "Import and export", DOMAIN 4): rows anywhere in the file, one order taken or rejected whole.

$ chotdon init
made shop.db

$ cat > orders.csv <<'END'
> order_no,order_date,sku,qty,unit_price,status,channel,customer,customer_phone,customer_name,product_name,rep,discount,order_discount,vat_pct,shipping_fee,paid,payment_method,delivered_date,province,return_of,note
> A1,2026-10-31 14:05,CF1,2,15000,completed,Cửa hàng,,0912 345 678,Chị Hoa,Cà phê sữa,AN:70+BINH:30,1000,5000,8,10000,,,,Nam Định,,"ghi ""chú"""
> A2,31/10/2026,CF1,1,15000,đã giao,Shopee,KH7,,,,AN,,,,,5000,cash:2000+transfer:3000,,,,
> A1,2026-10-31 14:05,BANH,1.5,20000,,,,,,Bánh mì,,,,10,,,,,,,
> R1,2026-11-02,CF1,-1,15000,,,,,,,,,,,,,,,,A1,đổi ý
> A3,2026-11-01,CF1,1,15000,confirmed,,,,,,,,,,,,cod,,,,
> A4,2026-11-01,CF1,0,15000,,,,,,,,,,,,,,,,,
> A4,2026-11-01,CF1,1,15000,,,,,,,,,,,,,,,,,
> A5,2026-11-01,CF1,1,15000,,,,,,,,,,,,,,,,,
> A5,2026-11-01,CF1,-1,15000,,,,,,,,,,,,,,,,,
> A6,2026-11-01,ZZ,1,15000,lạ,,,,,,,,,,,,,,,,
> A7,2026-11-01,ZZ,1,15000,hủy,,,,,,,,,,,,,,,,
> A8,2026-11-01,QQ,1,abc,,,Người Lạ,,,,,,,,,,,,,,
> R2,2026-11-02,CF1,-1,15000,,,,,,,,,,,,,,,,NOPE,
> ,2026-11-02,CF1,1,15000,,,,,,,,,,,,,,,,,
> END

# Without --create-missing nothing is made but what is always made.
$ chotdon import orders orders.csv 2>&1 | grep -c ': there is no '
6

$ chotdon import list -f csv
id,time,staff,kind,file,rows,created,updated,unchanged,rejected,undone

# A dry run prints what the import will, and writes nothing.
$ chotdon import orders orders.csv --create-missing --dry-run 2>/dev/null > dry; chotdon export orders | wc -l
1

$ chotdon import orders orders.csv --create-missing --errors errors.csv > wet
orders.csv:7: qty: the quantity must not be 0
orders.csv:8: order_no: rejected with line 7 of the same order
orders.csv:9: order_no: rejected with line 10 of the same order
orders.csv:10: qty: the order has quantities above and below 0: a return is an order of its own
orders.csv:11: status: “lạ” is no state of an order; there are draft, confirmed, packed, shipped, delivered, completed, cancelled, returned
orders.csv:13: unit_price: "abc" is not an amount of money; write 150000, 150.000 or 150k
orders.csv:14: return_of: there is no order NOPE that this could be a return of
orders.csv:15: order_no: is empty, and it must not be
? 3

$ cat wet
{"kind": "orders", "file": "orders.csv", "rows": 14, "blank": 0, "created": 5, "updated": 0, "unchanged": 0, "rejected": 6, "made": {"staff": 2, "teams": 0, "products": 3, "groups": 0, "customers": 2, "channels": 2, "suppliers": 0}, "import": 1}

$ sed 's/, "import": 1//' wet | cmp - dry

$ cat errors.csv
order_no,order_date,sku,qty,unit_price,status,channel,customer,customer_phone,customer_name,product_name,rep,discount,order_discount,vat_pct,shipping_fee,paid,payment_method,delivered_date,province,return_of,note,error
A4,2026-11-01,CF1,0,15000,,,,,,,,,,,,,,,,,,the quantity must not be 0
A4,2026-11-01,CF1,1,15000,,,,,,,,,,,,,,,,,,rejected with line 7 of the same order
A5,2026-11-01,CF1,1,15000,,,,,,,,,,,,,,,,,,rejected with line 10 of the same order
A5,2026-11-01,CF1,-1,15000,,,,,,,,,,,,,,,,,,the order has quantities above and below 0: a return is an order of its own
A6,2026-11-01,ZZ,1,15000,lạ,,,,,,,,,,,,,,,,,"“lạ” is no state of an order; there are draft, confirmed, packed, shipped, delivered, completed, cancelled, returned"
A8,2026-11-01,QQ,1,abc,,,Người Lạ,,,,,,,,,,,,,,,"""abc"" is not an amount of money; write 150000, 150.000 or 150k"
R2,2026-11-02,CF1,-1,15000,,,,,,,,,,,,,,,,NOPE,,there is no order NOPE that this could be a return of
,2026-11-02,CF1,1,15000,,,,,,,,,,,,,,,,,,"is empty, and it must not be"

# Nothing of a rejected order is left behind.
$ chotdon export products | grep -c QQ
0
? 1

$ chotdon export customers
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent
KH000001,Chị Hoa,0912345678,,,,,,,,,,,,,0
KH7,KH7,,,,,,,,,,,,,,0

# Again: nothing changes.
$ chotdon import orders orders.csv --create-missing 2>/dev/null
{"kind": "orders", "file": "orders.csv", "rows": 14, "blank": 0, "created": 0, "updated": 0, "unchanged": 5, "rejected": 6, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

$ chotdon export orders
order_no,order_date,sku,qty,unit_price,status,channel,customer,customer_phone,customer_name,product_name,rep,discount,order_discount,vat_pct,shipping_fee,paid,payment_method,delivered_date,carrier,tracking_no,province,return_of,note,order_time,unit,promised_date
A1,2026-10-31,CF1,2,15000,completed,Cửa hàng,KH000001,0912345678,Chị Hoa,Cà phê sữa,AN:70+BINH:30,1000,5000,8,10000,64000,cash,2026-10-31,,,Ninh Bình,,"ghi ""chú""",14:05:00,,
A1,2026-10-31,BANH,1.5,20000,completed,Cửa hàng,KH000001,0912345678,Chị Hoa,Bánh mì,AN:70+BINH:30,0,5000,10,10000,64000,cash,2026-10-31,,,Ninh Bình,,"ghi ""chú""",14:05:00,,
A2,2026-10-31,CF1,1,15000,delivered,Shopee,KH7,,KH7,Cà phê sữa,AN,0,0,0,0,5000,cash:2000+transfer:3000,2026-10-31,,,,,,,,
R1,2026-11-02,CF1,-1,15000,completed,Cửa hàng,KH000001,0912345678,Chị Hoa,Cà phê sữa,AN:70+BINH:30,-500,-1229,8,0,-13271,cash,2026-11-02,,,Ninh Bình,A1,đổi ý,,,
A3,2026-11-01,CF1,1,15000,confirmed,,,,,Cà phê sữa,,0,0,0,0,0,cod,,,,,,,,,
A7,2026-11-01,ZZ,1,15000,cancelled,,,,,ZZ,,0,0,0,0,,,,,,,,,,,

$ chotdon check | head -1
OK: 5 orders, 6 lines, 4 payments, 4 stock moves, 3 products, 2 customers, 2 audit rows

# Mended, the rest comes in.
$ grep -v 'A6\|^,\|NOPE' errors.csv | sed 's/CF1,0,/CF1,1,/; s/CF1,-1,/CF1,1,/; s/abc/500/' > mended.csv; chotdon import orders mended.csv --create-missing
{"kind": "orders", "file": "mended.csv", "rows": 5, "blank": 0, "created": 3, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 1, "groups": 0, "customers": 1, "channels": 0, "suppliers": 0}, "import": 2}

# An absent column keeps a value, an empty cell clears it; the first row of an order wins, and a warning says so.
$ cat > change.csv <<'END'
> order_no,order_date,sku,qty,unit_price,note,rep
> A2,2026-10-31,CF1,1,15000,mới,
> A4,2026-11-01,CF1,1,15000,một,BINH
> A4,2026-11-01,CF1,1,15000,hai,BINH
> END

$ chotdon import orders change.csv
change.csv:4: note: “hai” is not what the order said before; “một” counts
{"kind": "orders", "file": "change.csv", "rows": 3, "blank": 0, "created": 0, "updated": 2, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 3}

$ chotdon export orders | grep '^A[24]'
A2,2026-10-31,CF1,1,15000,delivered,Shopee,KH7,,KH7,Cà phê sữa,,0,0,0,0,5000,cash:2000+transfer:3000,2026-10-31,,,,,mới,,,
A4,2026-11-01,CF1,1,15000,completed,,,,,Cà phê sữa,BINH,0,0,0,0,30000,cash,2026-11-01,,,,,một,,,
A4,2026-11-01,CF1,1,15000,completed,,,,,Cà phê sữa,BINH,0,0,0,0,30000,cash,2026-11-01,,,,,một,,,

# What is paid: nothing said is all when delivered or completed, else nothing; promises are no payments; a refund is negative.
$ cat > paid.csv <<'END'
> order_no,order_date,sku,qty,unit_price,status,paid,payment_method
> P1,2026-11-03,CF1,1,15000,,,
> P2,2026-11-03,CF1,1,15000,shipped,,
> P3,2026-11-03,CF1,1,15000,,0,
> P4,2026-11-03,CF1,1,15000,,,thẻ
> P5,2026-11-03,CF1,1,15000,,,debt
> P6,2026-11-03,CF1,1,15000,,5000,chuyển khoản
> P7,2026-11-03,CF1,1,15000,,,cash:5.000+transfer:10.000
> P8,2026-11-03,CF1,1,15000,,9000,cash:5000+transfer:10000
> P9,2026-11-03,CF1,1,15000,,,vàng
> P10,2026-11-03,CF1,-1,15000,,,
> P11,2026-11-03,CF1,-1,15000,,-4000,transfer
> END

$ chotdon import orders paid.csv
paid.csv:9: paid: 9000 was paid, but the amounts in payment_method add up to something else
paid.csv:10: payment_method: “vàng” is no way to pay; there are cash, transfer, card, ewallet, cod, debt
{"kind": "orders", "file": "paid.csv", "rows": 11, "blank": 0, "created": 9, "updated": 0, "unchanged": 0, "rejected": 2, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 4}
? 3

$ chotdon order list -f csv --from 2026-11-03 | cut -d, -f1,3,8-10
order_no,status,total,paid,due
P11,completed,-15000,-4000,-11000
P10,completed,-15000,-15000,0
P7,completed,15000,15000,0
P6,completed,15000,5000,10000
P5,completed,15000,0,15000
P4,completed,15000,15000,0
P3,completed,15000,0,15000
P2,shipped,15000,0,15000
P1,completed,15000,15000,0

# A phone behind stars matches nobody; no customer is a walk-in; a known customer's record is not changed.
$ cat > people.csv <<'END'
> order_no,order_date,sku,qty,unit_price,customer,customer_phone,customer_name
> C1,2026-11-04,CF1,1,15000,,*******678,N***
> C2,2026-11-04,CF1,1,15000,,+84912345678,Ai đó
> C3,2026-11-04,CF1,1,15000,chi hoa,,
> C4,2026-11-04,CF1,1,15000,Lê Mới,0987654321,
> END

$ chotdon import orders people.csv --create-missing
{"kind": "orders", "file": "people.csv", "rows": 4, "blank": 0, "created": 4, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 1, "channels": 0, "suppliers": 0}, "import": 5}

$ chotdon order list -f csv --from 2026-11-04 | cut -d, -f1,5,6
order_no,customer_code,customer_name
C4,Lê Mới,Lê Mới
C3,KH000001,Chị Hoa
C2,KH000001,Chị Hoa
C1,,

# A sale before its return, wherever they stand; more cannot come back than was sold.
$ cat > returns.csv <<'END'
> order_no,order_date,sku,qty,unit_price,return_of
> TR1,2026-11-06,CF1,-1,15000,S1
> S1,2026-11-05,CF1,1,15000,
> TR2,2026-11-07,CF1,-1,15000,S1
> END

$ chotdon import orders returns.csv
returns.csv:4: order_no: everything of order S1 has come back already
{"kind": "orders", "file": "returns.csv", "rows": 3, "blank": 0, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 6}
? 3

$ chotdon order list -f csv --from 2026-11-05 | cut -d, -f1,3,11
order_no,status,return_of
TR1,completed,S1
S1,returned,

# An order imported as cancelled or returned counts for nothing and moves no stock.
$ printf 'order_no,order_date,sku,qty,unit_price,status\nX1,2026-11-08,NEW,1,1000,Đã hủy\nX2,2026-11-08,NEW,1,1000,trả hàng\n' | chotdon import orders - --create-missing | grep -c '"created": 2'
1

$ chotdon report sales -f csv --from 2026-11-08
key,name,orders,returns,qty,revenue,net_revenue,vat,cost,margin,discount

$ chotdon export stock-moves | grep -c NEW
0
? 1

$ chotdon check | head -1
OK: 25 orders, 28 lines, 20 payments, 24 stock moves, 5 products, 4 customers, 8 audit rows
