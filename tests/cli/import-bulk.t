# Many orders into an empty shop: indexes, references and rows are handled in bulk, and nothing else is different. Every
# 100th order is rejected after its customer and its product were made: neither stays.
$ awk 'BEGIN { print "order_no,order_date,status,customer_phone,customer_name,rep,sku,qty,unit_price,paid,payment_method"; for (i = 1; i <= 1500; i++) { bad = i % 100 == 0; for (l = 1; l <= 1 + i % 3; l++) printf "DH%04d,2026-%02d-%02d,completed,09%08d,Khách %d,NV%d,%s,%d,%d,%s,transfer\n", i, 1 + i % 9, 1 + i % 28, bad ? 90000000 + i : i % 400, bad ? i : i % 400, i % 5, bad ? "HONG" i : "HANG" (i * l) % 50, l, 1000 * l, bad ? "999999999" : "" } }' > big.csv; tail -n +2 big.csv | wc -l
3000

$ chotdon init
made shop.db

$ chotdon import orders big.csv --create-missing --errors bad.csv 2>&1 | sed -n '1,2p;$p'
big.csv:200: paid: 999.999.999 ₫ is paid where 5.000 ₫ is due; only cash gives change
big.csv:201: order_no: rejected with line 200 of the same order
{"kind": "orders", "file": "big.csv", "rows": 3000, "blank": 0, "created": 1485, "updated": 0, "unchanged": 0, "rejected": 15, "made": {"staff": 5, "teams": 0, "products": 50, "groups": 0, "customers": 396, "channels": 0, "suppliers": 0}, "import": 1}

$ wc -l < bad.csv; sed -n 2,3p bad.csv
31
DH0100,2026-02-17,completed,0990000100,Khách 100,NV0,HONG100,1,1000,999999999,transfer,999.999.999 ₫ is paid where 5.000 ₫ is due; only cash gives change
DH0100,2026-02-17,completed,0990000100,Khách 100,NV0,HONG100,2,2000,999999999,transfer,rejected with line 200 of the same order

$ chotdon check | head -1
OK: 1485 orders, 2970 lines, 1485 payments, 2970 stock moves, 50 products, 396 customers, 2 audit rows

$ chotdon customer list -f csv --limit 1000 | grep -c 'Khách'; chotdon customer list -f csv --limit 1000 | grep -c 'Khách 100,'
396
0
? 1

$ chotdon report sales --by month -f csv
key,name,orders,returns,qty,revenue,net_revenue,vat,cost,margin,discount
2026-01,2026-01,165,0,,165000,165000,0,0,165000,0
2026-02,2026-02,165,0,,825000,825000,0,0,825000,0
2026-03,2026-03,165,0,,2310000,2310000,0,0,2310000,0
2026-04,2026-04,165,0,,165000,165000,0,0,165000,0
2026-05,2026-05,165,0,,825000,825000,0,0,825000,0
2026-06,2026-06,165,0,,2310000,2310000,0,0,2310000,0
2026-07,2026-07,165,0,,165000,165000,0,0,165000,0
2026-08,2026-08,165,0,,825000,825000,0,0,825000,0
2026-09,2026-09,165,0,,2310000,2310000,0,0,2310000,0

$ for k in products customers orders payments; do chotdon export $k; done > before; chotdon import orders big.csv --create-missing 2>/dev/null
{"kind": "orders", "file": "big.csv", "rows": 3000, "blank": 0, "created": 0, "updated": 0, "unchanged": 1485, "rejected": 15, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

$ for k in products customers orders payments; do chotdon export $k; done > after; cmp before after && chotdon import undo 1 && chotdon check | head -1
{"import": 1, "removed": 1936, "restored": 0, "kept": 0}
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 3 audit rows

# What was taken back comes again as it was.
$ chotdon import orders big.csv --create-missing >/dev/null 2>&1; for k in products orders payments; do chotdon export $k; done > again; chotdon check | head -1; wc -l < again
OK: 1485 orders, 2970 lines, 1485 payments, 2970 stock moves, 50 products, 396 customers, 4 audit rows
4508

# Taken in bulk, into a shop that has no orders and into one that has, they make the same shop as few at a time.
$ sed 's/^DH/EH/; s/,09000003/,08000003/' big.csv > more.csv; for f in big more; do awk 'NR == 1 || /^.H0/' $f.csv > $f.1.csv; awk 'NR == 1 || /^.H1/' $f.csv > $f.2.csv; done; wc -l < more.1.csv
1999

$ for s in bulk few; do chotdon -q -d $s.db init; done; for f in big more; do chotdon -q -d bulk.db import orders $f.csv --create-missing >/dev/null 2>&1; done; for f in big.1 big.2 more.1 more.2; do chotdon -q -d few.db import orders $f.csv --create-missing >/dev/null 2>&1; done; for s in bulk few; do for k in products customers orders payments staff stock; do chotdon -d $s.db export $k; done > $s; chotdon -d $s.db report sales --by month >> $s; chotdon -d $s.db customer list --limit 1000 >> $s; chotdon -d $s.db check | head -1; done; cmp bulk few
OK: 2970 orders, 5940 lines, 2970 payments, 5940 stock moves, 50 products, 495 customers, 3 audit rows
OK: 2970 orders, 5940 lines, 2970 payments, 5940 stock moves, 50 products, 495 customers, 5 audit rows

# A number is given again when the order that made its customer was rejected; the next customer gets the next one.
$ chotdon -d bulk.db customer list -f csv --limit 1000 | cut -d, -f1 | grep KH | sort | tail -1; chotdon -d bulk.db customer add --name 'Lê An'
KH000495
KH000496
