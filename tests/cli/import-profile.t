# A profile of one's own: its delimiter, its headers, and --map for every field of the kind.

$ chotdon init
made shop.db

$ printf '[import.kho]\ndelimiter = "|"\nsku = "Mã"\nname = "Tên"\nprice = "Giá"\n' > c.ini

$ printf 'Mã|Tên|Giá\nA,1|Áo thun|120000\n' > goods.csv

$ chotdon -c c.ini import products goods.csv --profile kho | grep -o '"created": [0-9]*'
"created": 1

$ chotdon -f csv product list
sku,name,barcode,group,unit,units,price,wholesale_price,cost,vat_bps,supplier,stock_min,active,description,image,on_hand,value
"A,1",Áo thun,,,,,120000,,0,,,,1,,,0,0

$ printf 'order_no,order_date,sku,qty,unit_price,Hẹn,Giờ\nX1,2026-11-20,"A,1",1,120000,2026-11-25,08:15\n' | chotdon import orders - --map 'Hẹn=promised_date' --map 'Giờ=order_time' | grep -o '"created": [0-9]*'
"created": 1

$ chotdon -f json order show X1 | grep -o '"promised_on": "[^"]*"\|"order_time": "[^"]*"'
"order_time": "08:15:00"
"promised_on": "2026-11-25"
