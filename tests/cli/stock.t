# Stock (CLI "The rest", DOMAIN 3).

$ chotdon init
made shop.db

$ chotdon product add GAO-5 "Gạo ST25 5 kg" --price 215k --stock-min 3

$ chotdon product add DUONG "Đường" --price 25k --unit kg

$ chotdon supplier add NCC1 "Kho Miền Tây"
NCC1

$ chotdon stock receive --supplier NCC1 --doc PN-001 --line GAO-5:10@170k --line DUONG:2,5@20k

$ chotdon stock receive --line GAO-5:10@190k

$ chotdon -f json stock list
[
{"sku": "DUONG", "name": "Đường", "on_hand": 2.5, "cost": 20000, "value": 50000, "stock_min": null},
{"sku": "GAO-5", "name": "Gạo ST25 5 kg", "on_hand": 20, "cost": 180000, "value": 3600000, "stock_min": 3}
]

$ chotdon stock adjust --reason "Rách bao" --damage --line GAO-5:1

$ chotdon stock adjust --line DUONG:-0.25

$ chotdon order add --line GAO-5:25
DH261121-0001

$ chotdon stock receive --line GAO-5:10@200k

$ chotdon -f csv stock moves GAO-5
date,sku,kind,qty,cost,document,staff,note
2026-11-21,GAO-5,purchase,10,1700000,PN-001,,
2026-11-21,GAO-5,purchase,10,1900000,,,
2026-11-21,GAO-5,damage,-1,-180000,,,Rách bao
2026-11-21,GAO-5,sale,-25,-4500000,DH261121-0001,,
2026-11-21,GAO-5,purchase,10,2000000,,,

$ chotdon -f csv stock moves --limit 2
date,sku,kind,qty,cost,document,staff,note
2026-11-21,GAO-5,sale,-25,-4500000,DH261121-0001,,
2026-11-21,GAO-5,purchase,10,2000000,,,

$ printf 'sku,on_hand,cost\nGAO-5,12,\nDUONG,2.25,\n' > count.csv

$ chotdon stock count count.csv
{"kind": "stock", "file": "count.csv", "rows": 2, "blank": 0, "created": 0, "updated": 1, "unchanged": 1, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 1}

$ chotdon stock count count.csv
{"kind": "stock", "file": "count.csv", "rows": 2, "blank": 0, "created": 0, "updated": 0, "unchanged": 2, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}

$ chotdon -f csv stock list
sku,name,on_hand,cost,value,stock_min
DUONG,Đường,2.25,20000,45000,
GAO-5,Gạo ST25 5 kg,12,200000,2400000,3

$ chotdon -f csv stock list --low
sku,name,on_hand,cost,value,stock_min

$ chotdon stock receive
chotdon: give at least one --line SKU:QTY[@COST]
? 2

$ chotdon stock receive --line GAO-5:-1
chotdon: line 1: the quantity must be above 0
? 1

$ chotdon stock receive --line GAO-5:1@-5
chotdon: line 1: the cost must not be negative
? 1

$ chotdon stock moves NOTHING
chotdon: there is no product “NOTHING”
? 1

$ chotdon stock count nothing.csv
chotdon: nothing.csv cannot be read: No such file or directory
? 1

$ chotdon check >/dev/null
