# Customers (CLI "The rest", DOMAIN 8).

$ chotdon init
made shop.db

$ chotdon staff add LAN "Trần Lan"

$ chotdon customer add "Nguyễn Văn Đạt" --phone "+84 912 345 678" --source Shopee --province hcm --segment sỉ --birth-date 31/12/1990 --gender nam --owner lan --tags "cà phê"
KH000001

$ chotdon customer add --name "Trần Dát" --code DAT --email dat@vi.vn
DAT

$ chotdon customer add "Người khác" --phone 0912.345.678
chotdon: the phone 0912345678 belongs to customer KH000001 Nguyễn Văn Đạt
? 1

$ chotdon customer add Trùng --code DAT
chotdon: there is a customer DAT already
? 1

$ chotdon customer add
chotdon: something is missing: chotdon customer add NAME
? 2

$ chotdon customer add X --birth-date 31/2/1990
chotdon: "31/2/1990" is not a date; write 2026-10-31 or 31/10/2026
? 1

$ chotdon customer add X --gender "?"
chotdon: “?” is no gender: use male, female or other
? 1

$ chotdon customer add X --owner ai-đó
chotdon: there is no staff “ai-đó”; `chotdon staff list` shows who there is
? 1

$ chotdon customer list
Code      Name            Phone       Province  Segment    Orders  Spent  Owes  Last order
DAT       Trần Dát                                              0      0     0  
KH000001  Nguyễn Văn Đạt  0912345678  TP.HCM    wholesale       0      0     0  

$ chotdon -f csv customer list --sort code --desc --limit 1
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
KH000001,Nguyễn Văn Đạt,0912345678,,1990-12-31,male,TP.HCM,,wholesale,Shopee,,LAN,,,cà phê,0,2026-11-21,0,0,0,

$ chotdon customer list --sort age
chotdon: customers cannot be sorted by “age”: use name, code, debt, spent or last_order
? 1

$ chotdon -f csv customer find "đạt"
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
KH000001,Nguyễn Văn Đạt,0912345678,,1990-12-31,male,TP.HCM,,wholesale,Shopee,,LAN,,,cà phê,0,2026-11-21,0,0,0,
DAT,Trần Dát,,dat@vi.vn,,,,,,,,,,,,0,2026-11-21,0,0,0,

$ chotdon -f csv customer find nvd
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
KH000001,Nguyễn Văn Đạt,0912345678,,1990-12-31,male,TP.HCM,,wholesale,Shopee,,LAN,,,cà phê,0,2026-11-21,0,0,0,

$ chotdon -f csv customer find 5678
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
KH000001,Nguyễn Văn Đạt,0912345678,,1990-12-31,male,TP.HCM,,wholesale,Shopee,,LAN,,,cà phê,0,2026-11-21,0,0,0,

$ chotdon customer find
chotdon: something is missing: chotdon customer find TEXT [--limit N]
? 2

$ chotdon customer show 84912345678
{"code": "KH000001", "name": "Nguyễn Văn Đạt", "phone": "0912345678", "email": "", "birth_date": "1990-12-31", "gender": "male", "province": "TP.HCM", "address": "", "segment": "wholesale", "source": "Shopee", "referrer": "", "owner": "LAN", "note": "", "readiness": "", "tags": "cà phê", "consent": false, "created_on": "2026-11-21", "orders": 0, "revenue": 0, "due": 0, "last_order": ""}

$ chotdon -f table customer show "tran dat"
Code     DAT
Name     Trần Dát
E-mail   dat@vi.vn
Consent  no
Since    2026-11-21
Orders   0
Spent    0 ₫
Owes     0 ₫

$ chotdon customer show ai-đó
chotdon: there is no customer “ai-đó”
? 1

$ chotdon customer edit DAT --phone "0987 654 321; 01681234567" --consent yes --email ""

$ chotdon customer edit DAT
chotdon: nothing to change: see `chotdon customer edit -h`
? 2

$ chotdon customer log DAT call "Hỏi giá nước"

$ chotdon -u LAN customer log DAT visit "Ghé cửa hàng"

$ chotdon customer log DAT fax x
chotdon: “fax” is no kind of contact: use call, message, email, visit or note
? 1

$ chotdon customer log DAT call
chotdon: something is missing: chotdon customer log CODE call|message|email|visit|note TEXT
? 2

$ chotdon -f csv customer log DAT
at,kind,text,staff
2026-11-21 14:05:00,visit,Ghé cửa hàng,Trần Lan
2026-11-21 14:05:00,call,Hỏi giá nước,

$ chotdon customer merge KH000001 DAT --dry-run
DAT Trần Dát becomes part of KH000001 Nguyễn Văn Đạt
orders that move: 0
log entries that move: 2
phones that move: 0987654321;0381234567
name stays Nguyễn Văn Đạt (not Trần Dát)

$ chotdon -q customer merge KH000001 DAT
1

$ chotdon customer show DAT
{"code": "KH000001", "name": "Nguyễn Văn Đạt", "phone": "0912345678;0987654321;0381234567", "email": "", "birth_date": "1990-12-31", "gender": "male", "province": "TP.HCM", "address": "", "segment": "wholesale", "source": "Shopee", "referrer": "", "owner": "LAN", "note": "", "readiness": "", "tags": "cà phê", "consent": false, "created_on": "2026-11-21", "orders": 0, "revenue": 0, "due": 0, "last_order": ""}

$ chotdon customer edit DAT --name "Nguyễn Văn Đạt (DAT)"

$ chotdon customer merge KH000001 DAT
chotdon: that is one and the same customer
? 1

$ chotdon customer merge --undo 1

$ chotdon customer merge --undo 1
chotdon: there is no merge number 1 that could be undone
? 1

$ chotdon customer merge DAT
chotdon: two customers are wanted: chotdon customer merge KEEP OTHER, or --undo NUMBER
? 2

$ chotdon -f csv customer find 654321
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
DAT,Trần Dát,0987654321;0381234567,,,,,,,,,,,,,1,2026-11-21,0,0,0,

$ chotdon customer add "TRẦN DÁT" --province Huế
KH000002

$ chotdon customer edit DAT --province hue

$ chotdon customer add "Lê Hoa" 0911.222.333 --code HOA
HOA

$ chotdon customer show HOA | grep -o '"phone": "[0-9]*"'
"phone": "0911222333"

$ chotdon -f json customer duplicates
[
{"code": "DAT", "other_code": "KH000002", "same": "name"}
]

$ chotdon customer export-data DAT
{"code": "DAT", "name": "Trần Dát", "phone": "0987654321;0381234567", "email": "", "birth_date": "", "gender": "", "province": "Huế", "address": "", "segment": "", "source": "", "referrer": "", "owner": "", "note": "", "readiness": "", "tags": "", "consent": true, "created_on": "2026-11-21", "orders": 0, "revenue": 0, "due": 0, "last_order": "", "order_list": [], "deals": [], "timeline": [{"at": "2026-11-21 14:05:00", "kind": "visit", "text": "Ghé cửa hàng", "staff": "Trần Lan"}, {"at": "2026-11-21 14:05:00", "kind": "call", "text": "Hỏi giá nước", "staff": ""}], "merged": [], "mentions": [], "audit": [{"time": "2026-11-21 14:05:00", "staff": "", "action": "customer.add", "detail": "{\"code\":\"DAT\",\"name\":\"Trần Dát\",\"email\":\"dat@vi.vn\"}"}, {"time": "2026-11-21 14:05:00", "staff": "", "action": "customer.edit", "detail": "{\"phone\":\"\",\"email\":\"dat@vi.vn\",\"consent\":0} → {\"code\":\"DAT\",\"phone\":\"0987654321;0381234567\",\"email\":\"\",\"consent\":1}"}, {"time": "2026-11-21 14:05:00", "staff": "", "action": "customer.log", "detail": "{\"kind\":\"call\",\"text\":\"Hỏi giá nước\"}"}, {"time": "2026-11-21 14:05:00", "staff": "LAN", "action": "customer.log", "detail": "{\"kind\":\"visit\",\"text\":\"Ghé cửa hàng\"}"}, {"time": "2026-11-21 14:05:00", "staff": "", "action": "customer.edit", "detail": "{\"province\":\"\"} → {\"code\":\"DAT\",\"province\":\"Huế\"}"}]}

$ chotdon customer erase DAT
erased; a backup made before still holds what was erased: delete those you need not keep

$ chotdon customer show DAT
chotdon: there is no customer “DAT”
? 1

$ chotdon -f csv customer list
code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note,readiness,tags,consent,created_on,orders,revenue,due,last_order
KH000001,Nguyễn Văn Đạt (DAT),0912345678,,1990-12-31,male,TP.HCM,,wholesale,Shopee,,LAN,,,cà phê,0,2026-11-21,0,0,0,
KH000002,TRẦN DÁT,,,,,Huế,,,,,,,,,0,2026-11-21,0,0,0,
HOA,Lê Hoa,0911222333,,,,,,,,,,,,,0,2026-11-21,0,0,0,

$ chotdon audit verify
the audit chain holds: 15 rows, and 1 anchors outside the file fit
