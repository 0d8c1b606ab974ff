# Taking imports back (CLI "Import and export").

$ chotdon init
made shop.db

$ printf 'code,name,team\nAN,An,Bắc\n' > staff.csv; chotdon import staff staff.csv | grep -c '"import": 1'
1

$ printf 'sku,name,group,price,cost\nCF,Cà phê,Đồ uống/Nóng,15000,9000\nTRA,Trà,,10000,\n' > products.csv; chotdon import products products.csv | grep -c '"import": 2'
1

$ printf 'sku,on_hand,cost\nCF,10,8000\n' > stock.csv; chotdon import stock stock.csv | grep -c '"import": 3'
1

$ printf 'order_no,order_date,sku,qty,unit_price,customer,rep,channel,paid\nS1,2026-11-01,CF,2,15000,KH9,AN,Zalo,\nS2,2026-11-01,TRA,1,10000,KH9,,,0\n' > sales.csv; chotdon import orders sales.csv --create-missing | grep -c '"import": 4'
1

$ for k in staff products customers orders payments stock; do chotdon export $k; done > before

# An import that changes records: undone, they are what they were.
$ printf 'order_no,order_date,sku,qty,unit_price,note\nS1,2026-11-02,CF,3,14000,đổi\nS2,2026-11-01,TRA,1,10000,\nS3,2026-11-02,MOI,1,5000,\n' | chotdon import orders - --create-missing
{"kind": "orders", "file": "-", "rows": 3, "blank": 0, "created": 1, "updated": 1, "unchanged": 1, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 1, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 5}

$ printf 'sku,name,price,supplier\nCF,Cà phê đá,17000,Mới\n' | chotdon import products - | grep -c '"updated": 1'
1

$ printf 'order_no,date,method,amount,note\nS2,2026-11-03,transfer,4000,lần 1\nS2,2026-11-03,transfer,4000,lần 1\n' > pay.csv; chotdon import payments pay.csv
{"kind": "payments", "file": "pay.csv", "rows": 2, "blank": 0, "created": 2, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 7}

$ chotdon import payments pay.csv
{"kind": "payments", "file": "pay.csv", "rows": 2, "blank": 0, "created": 0, "updated": 0, "unchanged": 2, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}

$ printf 'sku,on_hand,cost\nCF,50,8500\nTRA,5,7000\n' | chotdon import stock -
{"kind": "stock", "file": "-", "rows": 2, "blank": 0, "created": 0, "updated": 2, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 8}

$ chotdon import undo 8
{"import": 8, "removed": 0, "restored": 2, "kept": 0}

$ chotdon customer list --debt -f csv | cut -d, -f1,20
code,due
KH9,14000

$ chotdon import undo 7
{"import": 7, "removed": 2, "restored": 0, "kept": 0}

$ chotdon customer list --debt -f csv | cut -d, -f1,20
code,due
KH9,22000

$ chotdon import undo 6
{"import": 6, "removed": 0, "restored": 1, "kept": 0}

$ chotdon import undo 5
{"import": 5, "removed": 2, "restored": 1, "kept": 0}

$ chotdon check | head -1
OK: 2 orders, 2 lines, 1 payments, 7 stock moves, 2 products, 1 customers, 13 audit rows

$ for k in staff products customers orders payments stock; do chotdon export $k; done | cmp - before

$ chotdon import undo 5
chotdon: import 5 was taken back on 2026-11-21 14:05:00 already
? 1

$ chotdon import undo 99
chotdon: there is no import 99; `chotdon import list` shows them
? 1

$ chotdon import undo
chotdon: something is missing: chotdon import undo ID
? 2

# Not while something stands on it.
$ chotdon import undo 2
chotdon: import 2 cannot be taken back: order S1 sells goods that it made
? 1

$ chotdon order pay S2 cash:10000

$ chotdon import undo 4
chotdon: import 4 cannot be taken back: order S2 was paid or changed since
? 1

$ chotdon import list -f csv
id,time,staff,kind,file,rows,created,updated,unchanged,rejected,undone
1,2026-11-21 14:05:00,,staff,staff.csv,1,1,0,0,0,
2,2026-11-21 14:05:00,,products,products.csv,2,2,0,0,0,
3,2026-11-21 14:05:00,,stock,stock.csv,1,0,1,0,0,
4,2026-11-21 14:05:00,,orders,sales.csv,2,2,0,0,0,
5,2026-11-21 14:05:00,,orders,-,3,1,1,1,0,2026-11-21 14:05:00
6,2026-11-21 14:05:00,,products,-,1,0,1,0,0,2026-11-21 14:05:00
7,2026-11-21 14:05:00,,payments,pay.csv,2,2,0,0,0,2026-11-21 14:05:00
8,2026-11-21 14:05:00,,stock,-,2,0,2,0,0,2026-11-21 14:05:00

# Undone from the last to the first, nothing is left.
$ rm -f shop.db*; chotdon init -q; chotdon import staff staff.csv >/dev/null; chotdon import products products.csv >/dev/null; chotdon import stock stock.csv >/dev/null; chotdon import orders sales.csv --create-missing >/dev/null

$ for i in 4 3 2 1; do chotdon import undo $i; done
{"import": 4, "removed": 3, "restored": 0, "kept": 0}
{"import": 3, "removed": 0, "restored": 1, "kept": 0}
{"import": 2, "removed": 2, "restored": 0, "kept": 0}
{"import": 1, "removed": 1, "restored": 0, "kept": 0}

$ for k in staff products customers suppliers orders payments stock stock-moves; do chotdon export $k | tail -n +2; done

$ chotdon team list -f csv
name,leader,members

$ chotdon check | head -1
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 9 audit rows

$ chotdon -f csv audit list | cut -d, -f4,5
action,entity
shop.init,shop
import,import 1
import,import 2
import,import 3
import,import 4
import.undo,import 4
import.undo,import 3
import.undo,import 2
import.undo,import 1

# The same files again make the same shop.
$ chotdon import staff staff.csv >/dev/null; chotdon import products products.csv >/dev/null; chotdon import stock stock.csv >/dev/null; chotdon import orders sales.csv --create-missing >/dev/null; for k in staff products customers orders payments stock; do chotdon export $k; done | cmp - before

# A return in a file of its own, taken back: its sale is sold again.
$ printf 'order_no,order_date,sku,qty,unit_price,return_of\nR1,2026-11-05,CF,-2,15000,S1\n' | chotdon import orders - | grep -c '"created": 1'
1

$ chotdon order list -f csv | cut -d, -f1,3,8-10
order_no,status,total,paid,due
R1,completed,-30000,-30000,0
S2,completed,10000,0,10000
S1,returned,30000,30000,0

$ chotdon import list -f csv | tail -1 | cut -d, -f1
9

$ chotdon import undo $(chotdon import list -f csv | tail -1 | cut -d, -f1)
{"import": 9, "removed": 1, "restored": 0, "kept": 0}

$ for k in staff products customers orders payments stock; do chotdon export $k; done | cmp - before

$ chotdon check | head -1
OK: 2 orders, 2 lines, 1 payments, 3 stock moves, 2 products, 1 customers, 15 audit rows

# Targets that were changed by hand since stay, and it says so: AN's was made, the shop's changed, the team's taken away.

$ chotdon -d t.db init
made t.db

$ chotdon -d t.db staff add AN An --team Bắc && chotdon -d t.db staff add BO Bo && chotdon -d t.db target set 2026-11 shop revenue 1tr && chotdon -d t.db target set 2026-11 team Bắc revenue 2tr && chotdon -d t.db target set 2026-12 shop revenue 3tr

$ printf 'month,scope,code,metric,target\n2026-11,shop,,revenue,10000000\n2026-11,team,Bắc,revenue,20000000\n2026-12,shop,,revenue,30000000\n2026-11,rep,AN,revenue,5000000\n2026-11,rep,BO,revenue,6000000\n' >t.csv; chotdon -d t.db import targets t.csv | grep -o '"created": 2, "updated": 3'
"created": 2, "updated": 3

$ chotdon -d t.db target set 2026-11 rep AN revenue 7tr && chotdon -d t.db target set 2026-11 shop revenue 11tr && chotdon -d t.db target remove 2026-11 team Bắc revenue

$ chotdon -d t.db import undo 1
3 targets were changed by hand since and stay as they are
{"import": 1, "removed": 1, "restored": 1, "kept": 3}

$ chotdon -d t.db -f csv target list
month,scope,code,metric,target
2026-11,shop,,revenue,11000000
2026-11,rep,AN,revenue,7000000
2026-12,shop,,revenue,3000000

# By hand before an import is not since: taken back, it is as the hand had left it.

$ sed -i '/BO/d; s/5000000/8000000/' t.csv; chotdon -d t.db import targets t.csv | grep -o '"created": 1, "updated": 3'
"created": 1, "updated": 3

$ chotdon -d t.db import undo 2
{"import": 2, "removed": 1, "restored": 3, "kept": 0}

$ chotdon -d t.db -f csv target list
month,scope,code,metric,target
2026-11,shop,,revenue,11000000
2026-11,rep,AN,revenue,7000000
2026-12,shop,,revenue,3000000

# People whose targets were changed by hand stay with them.

$ printf 'month,scope,code,metric,target\n2026-11,rep,MOI,revenue,1000000\n' | chotdon -d t.db import targets - --create-missing | grep -o '"staff": 1'
"staff": 1

$ chotdon -d t.db target set 2026-11 rep MOI revenue 2tr

$ chotdon -d t.db import undo 3
chotdon: import 3 cannot be taken back: staff MOI has targets since
? 1
