# Orders (CLI "Orders", DOMAIN 4).

$ chotdon init
made shop.db

$ chotdon product add AT-TR-M "Áo thun trơn, trắng M" --price 120k --vat-pct 0 --barcode 8934567000017

$ chotdon product add NUOC-15 "Nước suối 1,5 l" --price 8k --vat-pct 8 --unit chai --units thùng=12@96000 --barcode 8934567000024+8934567000031=thùng

$ chotdon staff add AN "Nguyễn Thị An"

$ chotdon staff add BINH "Trần Bình"

$ chotdon customer add --name "Nguyễn Văn Đạt" --phone 0912345678
KH000001

$ chotdon stock receive --doc PN1 --line AT-TR-M:10@70k --line 8934567000031:2@60k

$ chotdon -f csv stock list
sku,name,on_hand,cost,value,stock_min
AT-TR-M,"Áo thun trơn, trắng M",10,70000,700000,
NUOC-15,"Nước suối 1,5 l",24,5000,120000,

# SKUs have dashes; prices and discounts as people type them
$ chotdon order add --line AT-TR-M:2 --line 8934567000031:1-5000 --discount 16k --rep AN:70+BINH:30 --customer "+84 912 345 678" --pay cash:500k
DH261121-0001

$ chotdon order show DH261121-0001
{"order_no": "DH261121-0001", "order_date": "2026-11-21", "recognised_on": "2026-11-21", "status": "completed", "channel": "", "customer_code": "KH000001", "customer_name": "Nguyễn Văn Đạt", "subtotal": 331000, "discount": 16000, "shipping_fee": 0, "total": 315000, "paid": 315000, "due": 0, "change": 185000, "lines": [{"sku": "AT-TR-M", "name": "Áo thun trơn, trắng M", "qty": 2, "unit_price": 120000, "discount": 0, "order_discount": 11601, "amount": 228399, "net": 228399, "vat_bps": 0, "cost": 140000, "vat": 0, "unit": "", "returned": 0, "below_stock": false, "below_cost": false}, {"sku": "NUOC-15", "name": "Nước suối 1,5 l", "qty": 1, "unit_price": 96000, "discount": 5000, "order_discount": 4399, "amount": 86601, "net": 80186, "vat_bps": 800, "cost": 60000, "vat": 6415, "unit": "thùng", "returned": 0, "below_stock": false, "below_cost": false}], "reps": [{"code": "AN", "share_bps": 7000}, {"code": "BINH", "share_bps": 3000}], "order_time": "14:05:00", "revenue": 315000, "net": 308585, "vat": 6415, "cost": 200000, "taken_off": 0, "promise": "", "customer_phone": "0912345678", "confirmed_on": "2026-11-21", "shipped_on": "2026-11-21", "delivered_on": "2026-11-21", "completed_on": "2026-11-21", "promised_on": "", "province": "", "carrier": "", "tracking_no": "", "return_of": "", "reason": "", "note": "", "staff": "", "deal_no": "", "payments": [{"date": "2026-11-21", "method": "cash", "amount": 315000, "note": ""}]}

$ chotdon -f json order list
[
{"order_no": "DH261121-0001", "order_date": "2026-11-21", "status": "completed", "channel": "", "customer_code": "KH000001", "customer_name": "Nguyễn Văn Đạt", "rep": "AN:70+BINH:30", "total": 315000, "paid": 315000, "due": 0, "return_of": ""}
]

$ chotdon order add --line AT-TR-M:0,5@150k-10% --line NUOC-15:3 --discount 5% --shipping 30000 --status confirmed --pay transfer:50k --pay cod:100k --channel Shopee --rep AN --date 20/11/2026
DH261120-0001

$ chotdon -f csv order list
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
DH261121-0001,2026-11-21,completed,,KH000001,Nguyễn Văn Đạt,AN:70+BINH:30,315000,315000,0,
DH261120-0001,2026-11-20,confirmed,Shopee,,,AN,116925,50000,66925,

$ chotdon -f csv order list --status confirmed --channel shopee --rep an --month 2026-11
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
DH261120-0001,2026-11-20,confirmed,Shopee,,,AN,116925,50000,66925,

$ chotdon -f csv order list --customer 0912345678 --limit 1
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
DH261121-0001,2026-11-21,completed,,KH000001,Nguyễn Văn Đạt,AN:70+BINH:30,315000,315000,0,

$ chotdon order status DH261120-0001 shipped

$ chotdon order status DH261120-0001 packed
chotdon: order DH261120-0001 is shipped and cannot become packed; it may become: delivered, completed, returned
? 1

$ chotdon order status DH261120-0001 nonsense
chotdon: “nonsense” is no state of an order; there are: draft, confirmed, packed, shipped, delivered, completed, cancelled, returned
? 1

$ chotdon order cancel DH261120-0001
chotdon: say why with --reason
? 2

$ chotdon order cancel DH261120-0001 --reason "khách đổi ý"
chotdon: order DH261120-0001 is shipped and cannot become cancelled; it may become: delivered, completed, returned; its goods have left: take them back with `order return`
? 1

$ chotdon order status DH261120-0001 cancelled
chotdon: say why with --reason
? 2

$ chotdon order status DH261120-0001 cancelled --reason "khách đổi ý"
chotdon: order DH261120-0001 is shipped and cannot become cancelled; it may become: delivered, completed, returned; its goods have left: take them back with `order return`
? 1

$ chotdon order pay DH261120-0001 transfer:999k
chotdon: 999.000 ₫ is paid where 66.925 ₫ is due; only cash gives change
? 1

$ chotdon order pay DH261120-0001 cash:999k

$ chotdon order pay DH261120-0001 cash:1
chotdon: nothing is due on order DH261120-0001
? 1

$ chotdon order pay DH261120-0001 shells:1
chotdon: “shells” is no way to pay; there are: cash, transfer, card, ewallet, cod, debt
? 1

$ chotdon order pay DH261120-0001
chotdon: something is missing: chotdon order pay NO METHOD:AMOUNT [--date D] [--note T]
? 2

# what may still be changed of an order that is made; an empty value clears
$ chotdon order edit DH261121-0001 --note "Giao buổi sáng" --rep "an:50 + BINH:50" --promised 25/11/2026 --carrier GHN

$ chotdon -f csv order list --customer 0912345678
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
DH261121-0001,2026-11-21,completed,,KH000001,Nguyễn Văn Đạt,AN:50+BINH:50,315000,315000,0,

$ chotdon order edit DH261121-0001 --rep AN:70+BINH:30 --promised "" --carrier "" --note ""

$ chotdon order edit DH261121-0001 --channel Lazada
chotdon: there is no channel “Lazada”
? 1

$ chotdon order edit DH261121-0001 --rep AN:70+BINH
chotdon: give every rep a share, together 100%, or none
? 1

$ chotdon order edit DH261121-0001
chotdon: say what to change, for example --note TEXT
? 2

$ chotdon order return DH261121-0001 --line AT-TR-M:3
chotdon: AT-TR-M: only 2 left to come back of order DH261121-0001
? 1

$ chotdon order return DH261121-0001 --line AT-TR-M:1 --reason "Chật"
TH261121-0001

$ chotdon order return DH261121-0001 --damaged --refund transfer
TH261121-0002

$ chotdon order return DH261121-0001
chotdon: everything of order DH261121-0001 has come back already
? 1

$ chotdon -f csv order list --month 2026-11
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
TH261121-0002,2026-11-21,completed,,KH000001,Nguyễn Văn Đạt,AN:70+BINH:30,-200800,-200800,0,DH261121-0001
TH261121-0001,2026-11-21,completed,,KH000001,Nguyễn Văn Đạt,AN:70+BINH:30,-114200,-114200,0,DH261121-0001
DH261121-0001,2026-11-21,returned,,KH000001,Nguyễn Văn Đạt,AN:70+BINH:30,315000,315000,0,
DH261120-0001,2026-11-20,shipped,Shopee,,,AN,116925,116925,0,

$ chotdon -f csv stock moves AT-TR-M
date,sku,kind,qty,cost,document,staff,note
2026-11-21,AT-TR-M,purchase,10,700000,PN1,,
2026-11-21,AT-TR-M,sale,-2,-140000,DH261121-0001,,
2026-11-21,AT-TR-M,sale,-0.5,-35000,DH261120-0001,,
2026-11-21,AT-TR-M,return,1,70000,TH261121-0001,,
2026-11-21,AT-TR-M,return,1,70000,TH261121-0002,,
2026-11-21,AT-TR-M,damage,-1,-70000,TH261121-0002,,

# drafts
$ chotdon order add --draft --line AT-TR-M:1
NHAP-5

$ chotdon order hold NHAP-5 --label "Cô Ba"

$ chotdon -f csv order drafts
order_no,label,at,customer_name,lines,total,station
NHAP-5,Cô Ba,2026-11-21 14:05:00,,1,120000,

$ chotdon -f csv order list --status draft
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
NHAP-5,2026-11-21,draft,,,,,120000,0,120000,

$ chotdon order status NHAP-5 completed

$ chotdon order show NHAP-5
chotdon: there is no order “NHAP-5”; `chotdon order list` shows the numbers
? 1

$ chotdon order show DH261121-0002 -f csv
name,value
order_no,DH261121-0002
order_date,2026-11-21
recognised_on,2026-11-21
status,completed
channel,
customer_code,
customer_name,
line,"AT-TR-M Áo thun trơn, trắng M: 1 × 120.000 = 120.000 ₫"
subtotal,120000
discount,0
shipping_fee,0
total,120000
paid,0
due,120000
change,0

# what is missing is wrong usage, what is wrong is refused
$ chotdon order add
chotdon: an order needs at least one --line SKU:QTY
? 2

$ chotdon order add --line AT-TR-M
chotdon: --line takes SKU:QTY[@PRICE][-DISCOUNT|-PCT%], not “AT-TR-M”
? 1

$ chotdon order add --line AT-TR-M:x
chotdon: --line: "x" is not a quantity; write 2 or 0.5
? 1

$ chotdon order add --line AT-TR-M:1 --rep AN:70+BINH:20
chotdon: the shares of an order's reps must add up to 100%
? 1

$ chotdon order add --line AT-TR-M:1-130k
chotdon: line 1: the discount must be between 0 and the line's amount
? 1

$ chotdon order add --line AT-TR-M:1 --line NUOC-15:-1
chotdon: line 2: the quantity must be above 0
? 1

$ chotdon order add --line AT-TR-M:1 --pay card:200k
chotdon: 200.000 ₫ is paid where 120.000 ₫ is due; only cash gives change
? 1

$ chotdon order add --no DH261121-0001 --line AT-TR-M:1
chotdon: there is an order DH261121-0001 already
? 1

$ chotdon order add --line KHONG-CO:1
chotdon: there is no product “KHONG-CO”
? 1

$ chotdon order add --line AT-TR-M:1 --status returned
chotdon: an order becomes returned by its returns; it cannot begin so
? 1

$ chotdon order show
chotdon: something is missing: chotdon order show NO
? 2

$ chotdon -f csv order list --month 2026-11 | wc -l
6

$ chotdon check >/dev/null

# One rule for cancelling, whichever command says it.
$ chotdon order add --line AT-TR-M:1 --status confirmed --no HUY-1
HUY-1

$ chotdon order status HUY-1 cancelled --reason " "
chotdon: cancelling needs a reason
? 1

$ chotdon order status HUY-1 huỷ --reason "khách đổi ý"

$ chotdon -f csv order list --status cancelled
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of
HUY-1,2026-11-21,cancelled,,,,,120000,0,0,
