# Products, groups, channels and suppliers (CLI "The rest", DOMAIN 3).

$ chotdon init
made shop.db

$ chotdon product add NUOC "Nước suối" --unit chai --units "thùng=24@96000+lốc=6" --barcode "8934588012345+8934588099999=thùng" --group "Đồ uống/Nước" --price 5k --wholesale-price 4500 --cost 3000 --vat-pct 8 --supplier "Suối Nguồn" --stock-min 12

$ chotdon product add AO --name "Áo thun" --price 120k

$ chotdon product add --sku BUT --name "Bút bi" --price 5000 --active no

$ chotdon product add --sku BUT
chotdon: something is missing: chotdon product add SKU NAME
? 2

$ chotdon product add NUOC "Nước khác"
chotdon: there is a product NUOC already
? 1

$ chotdon product add XXX
chotdon: something is missing: chotdon product add SKU NAME
? 2

$ chotdon product add XXX Tên --barcode 8934588012345
chotdon: barcode 8934588012345 belongs to product NUOC
? 1

$ chotdon product add XXX Tên --barcode 8.93459E+12
chotdon: a spreadsheet has cut the barcode to “8.93459E+…”: format the column as text and take the whole number again
? 1

$ chotdon product add XXX Tên --price -5
chotdon: price cannot be below zero
? 1

$ chotdon product add XXX Tên --units thùng
chotdon: “thùng”: write units as thùng=24 or thùng=24@96000
? 1

$ chotdon product add XXX Tên --colour red
chotdon: unknown option --colour; see `chotdon product add -h`
? 2

$ chotdon product add "A:B" Tên
chotdon: “A:B” cannot be a code: up to 64 letters and digits, without : + @
? 1

$ chotdon product list
SKU   Name       Group         Unit    Price  On hand
AO    Áo thun                        120.000        0
NUOC  Nước suối  Đồ uống/Nước  chai    5.000        0

$ chotdon -f csv product list
sku,name,barcode,group,unit,units,price,wholesale_price,cost,vat_bps,supplier,stock_min,active,description,image,on_hand,value
AO,Áo thun,,,,,120000,,0,,,,1,,,0,0
NUOC,Nước suối,8934588012345+8934588099999=thùng,Đồ uống/Nước,chai,thùng=24@96000+lốc=6,5000,4500,3000,800,Suối Nguồn,12,1,,,0,0

$ chotdon -f json product list "nuoc s"
[
{"sku": "NUOC", "name": "Nước suối", "barcode": "8934588012345+8934588099999=thùng", "group": "Đồ uống/Nước", "unit": "chai", "units": "thùng=24@96000+lốc=6", "price": 5000, "wholesale_price": 4500, "cost": 3000, "vat_bps": 800, "supplier": "Suối Nguồn", "stock_min": 12, "active": true, "description": "", "image": "", "on_hand": 0, "value": 0}
]

$ chotdon product show 8934588099999
{"sku": "NUOC", "name": "Nước suối", "barcode": "8934588012345+8934588099999=thùng", "group": "Đồ uống/Nước", "unit": "chai", "units": "thùng=24@96000+lốc=6", "price": 5000, "wholesale_price": 4500, "cost": 3000, "vat_bps": 800, "supplier": "Suối Nguồn", "stock_min": 12, "active": true, "description": "", "image": "", "on_hand": 0, "value": 0, "documents": []}

$ chotdon -f table product show "ao thun"
SKU          AO
Name         Áo thun
Price        120.000 ₫
Cost         0 ₫
Sold         yes
On hand      0
Stock value  0 ₫

$ chotdon product show không-có
chotdon: there is no product “không-có”
? 1

$ chotdon product edit NUOC --vat-pct "" --price 5500 --wholesale-price "" --group "" --active no

$ chotdon product show NUOC
{"sku": "NUOC", "name": "Nước suối", "barcode": "8934588012345+8934588099999=thùng", "group": "", "unit": "chai", "units": "thùng=24@96000+lốc=6", "price": 5500, "wholesale_price": null, "cost": 3000, "vat_bps": null, "supplier": "Suối Nguồn", "stock_min": 12, "active": false, "description": "", "image": "", "on_hand": 0, "value": 0, "documents": []}

$ chotdon product edit NUOC
chotdon: nothing to change: see `chotdon product edit -h`
? 2

$ chotdon product edit NUOC --active maybe
chotdon: --active: “maybe” is neither yes nor no
? 1

$ chotdon -f csv product list --all --sort price --desc --limit 1
sku,name,barcode,group,unit,units,price,wholesale_price,cost,vat_bps,supplier,stock_min,active,description,image,on_hand,value
AO,Áo thun,,,,,120000,,0,,,,1,,,0,0

$ chotdon product list --sort weight
chotdon: products cannot be sorted by “weight”: use sku, name, price, on_hand, value or group
? 1

$ chotdon -f csv product list --low-stock --all
sku,name,barcode,group,unit,units,price,wholesale_price,cost,vat_bps,supplier,stock_min,active,description,image,on_hand,value
NUOC,Nước suối,8934588012345+8934588099999=thùng,,chai,thùng=24@96000+lốc=6,5500,,3000,,Suối Nguồn,12,0,,,0,0

$ chotdon -f json group list
[
{"group": "Đồ uống", "products": 0},
{"group": "Đồ uống/Nước", "products": 0}
]

$ chotdon -f csv channel list
channel

$ chotdon supplier add VNM Vinamilk --phone "+84 912 345 678" --tax-code 0300588569
VNM

$ chotdon supplier add "Chợ Bến Thành"
NCC0001

$ chotdon supplier add VNM Khác
chotdon: there is a supplier VNM already
? 1

$ chotdon supplier edit vinamilk --terms "30 ngày" --phone ""

$ chotdon supplier show VNM
{"code": "VNM", "name": "Vinamilk", "phone": "", "email": "", "tax_code": "0300588569", "address": "", "terms": "30 ngày", "note": ""}

$ chotdon -f csv supplier list
code,name,phone,email,tax_code,address,terms,note
NCC0001,Chợ Bến Thành,,,,,,
Suối Nguồn,Suối Nguồn,,,,,,
VNM,Vinamilk,,,0300588569,,30 ngày,

$ chotdon supplier show ai
chotdon: there is no supplier “ai”
? 1

$ chotdon audit verify
the audit chain holds: 11 rows, and 1 anchors outside the file fit

# Supporting documents: by title, an empty path takes one away; together with the product or not at all

$ chotdon product add TL-1 "Tủ lạnh" --price 5tr --document "Hướng dẫn=/docs/hd.pdf" --document "Bảo hành=https://example.vn/bh?x=1"

$ chotdon -f table product show TL-1 | grep Document
Document  Hướng dẫn: /docs/hd.pdf
Document  Bảo hành: https://example.vn/bh?x=1

$ chotdon product edit TL-1 --document "bao hanh=" --document "Chứng nhận=/docs/cn.pdf"

$ chotdon -f json product show TL-1 | grep -o '"documents.*'
"documents": [{"title": "Hướng dẫn", "path": "/docs/hd.pdf"}, {"title": "Chứng nhận", "path": "/docs/cn.pdf"}]}

$ chotdon product edit TL-1 --price 6tr --document "Giấy tờ="
chotdon: the product has no document “Giấy tờ”
? 1

$ chotdon -f json product show TL-1 | grep -o '"price": [0-9]*'
"price": 5000000

$ chotdon product edit TL-1 --document hd.pdf
chotdon: --document hd.pdf: write --document 'TITLE=PATH'
? 1
