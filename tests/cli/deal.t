# Deals from the command line (CLI "Pipeline", DOMAIN 5).

$ chotdon init
made shop.db

$ chotdon staff add HA "Trần Thị Hà" && chotdon staff add NAM "Lê Văn Nam"

$ chotdon product add AO "Áo đồng phục" --price 150k && chotdon product add GAO "Gạo ST25 5 kg" --price 215k

$ chotdon customer add "Trường Lê Lợi" --phone "0912 345 678" --province Huế
KH000001

# made

$ chotdon deal add "Đồng phục 10A" --customer "truong le loi" --rep HA --product 'AO:40@140k+GAO:0.5' --source Zalo --tags "trường; gấp,trường" --expected-close 15/12/2026
CH261121-0001

$ chotdon deal add --contact "Quán Cây Bàng" --phone 0987.654.321 --expected-value 45tr --probability 35
CH261121-0002

$ chotdon deal add --no X-1 "Gạo tháng 12" --product "gạo st25 5 kg"
X-1

$ chotdon deal add "Trùng" --no X-1
chotdon: there is a deal X-1 already
? 1

$ chotdon deal add
chotdon: something is missing: chotdon deal add TITLE
? 2

$ chotdon deal add --note "không tên"
chotdon: a deal needs a title, a customer or a product
? 1

$ chotdon deal add X --customer "ai đó"
chotdon: there is no customer “ai đó”
? 1

$ chotdon deal add X --rep "ai đó"
chotdon: there is no staff “ai đó”; `chotdon staff list` shows who there is
? 1

$ chotdon deal add X --product "món lạ"
chotdon: there is no product “món lạ”
? 1

$ chotdon deal add X --product AO:0
chotdon: AO: the quantity must be above 0, the price not below
? 1

$ chotdon deal add X --expected-value -1
chotdon: expected_value is below 0 or too large
? 1

$ chotdon deal add X --probability 120
chotdon: probability_pct is below 0 or too large
? 1

$ chotdon deal add X --expected-close 31/2/2026
chotdon: "31/2/2026" is not a date; write 2026-10-31 or 31/10/2026
? 1

$ chotdon deal add X --stage "Giai đoạn lạ"
chotdon: there is no stage “Giai đoạn lạ”; the board has: Triển vọng, Cơ hội, Đã thẩm định, Đề xuất, Đàm phán, Thành công, Thất bại
? 1

$ chotdon deal add X --stage "Thất bại"
chotdon: a lost deal needs a reason
? 1

$ chotdon deal list
Number         Title          Rep  Stage       Expected value  Value  Customer's name  Next on  Next
X-1            Gạo tháng 12        Triển vọng         215.000                                   
CH261121-0002  Quán Cây Bàng       Triển vọng      45.000.000                                   
CH261121-0001  Đồng phục 10A  HA   Triển vọng       5.707.500         Trường Lê Lợi             

$ chotdon -f csv deal list --sort deal_no
deal_no,title,customer,phone,email,province,rep,stage,product,expected_value,probability_pct,source,tags,need,budget,timing,decision_maker,created,expected_close,closed,value,lost_reason,customer_name,contact,note,next_on,next,rotting
CH261121-0001,Đồng phục 10A,KH000001,0912345678,,Huế,HA,Triển vọng,AO:40@140000+GAO:0.5@215000,5707500,10,Zalo,"trường,gấp",,,,,2026-11-21,2026-12-15,,,,Trường Lê Lợi,,,,,0
CH261121-0002,Quán Cây Bàng,,0987654321,,,,Triển vọng,,45000000,35,,,,,,,2026-11-21,,,,,,Quán Cây Bàng,,,,0
X-1,Gạo tháng 12,,,,,,Triển vọng,GAO:1@215000,215000,10,,,,,,,2026-11-21,,,,,,,,,,0

# moved

$ chotdon deal move CH261121-0001 "đã thẩm định"
chotdon: stage “Đã thẩm định” asks for what deal CH261121-0001 has not: need, budget, timing, decision maker
? 1

$ chotdon deal edit CH261121-0001 --need "áo mới" --budget "6 triệu" --timing "trước Tết" --decision-maker "cô hiệu trưởng" --stage "da tham dinh"

$ chotdon deal move CH261121-0001 proposal && chotdon deal move CH261121-0001 "Cơ hội" && chotdon deal move "Đồng phục 10A" "Đàm phán"

$ chotdon deal move CH261121-0001 "Giai đoạn lạ"
chotdon: there is no stage “Giai đoạn lạ”; the board has: Triển vọng, Cơ hội, Đã thẩm định, Đề xuất, Đàm phán, Thành công, Thất bại
? 1

$ chotdon deal move CH261121-0009 "Cơ hội"
chotdon: there is no deal “CH261121-0009”
? 1

# said and planned

$ chotdon -u HA deal log CH261121-0001 call "hẹn thứ hai gặp"

$ chotdon deal log CH261121-0001 "nhắn tin" "gửi bảng giá"

$ chotdon deal log CH261121-0001 hét "gì đó"
chotdon: “hét” is no kind of contact: use call, message, email, visit or note
? 1

$ chotdon deal log CH261121-0001 call ""
chotdon: say what it was about, in at most 20000 bytes
? 1

$ chotdon deal plan CH261121-0001 25/11/2026 "mang mẫu áo"

$ chotdon deal plan CH261121-0001 hôm-nào "mang mẫu áo"
chotdon: "hôm-nào" is not a date; write 2026-10-31 or 31/10/2026
? 1

$ chotdon deal assign CH261121-0002 NAM && chotdon -f csv deal list --rep "lê văn nam" | cut -d, -f1,7
deal_no,rep
CH261121-0002,NAM

$ chotdon deal assign CH261121-0002 - && chotdon -f csv deal list --rep NAM | wc -l
1

# closed

$ chotdon deal lost CH261121-0002
chotdon: say why with --reason
? 2

$ chotdon deal lost CH261121-0002 --reason "trời mưa"
chotdon: “trời mưa” is no reason of the list: Giá, Đối thủ, Không có nhu cầu, Không liên lạc được, Hết ngân sách, Khác (`chotdon reason add` adds one)
? 1

$ chotdon deal lost CH261121-0002 --reason "giá"

$ chotdon deal won CH261121-0002
chotdon: deal CH261121-0002 is closed already (Thất bại): move it back to an open stage first
? 1

$ chotdon deal move CH261121-0002 "Triển vọng" && chotdon deal back CH261121-0002 && chotdon -f csv deal list --kind lost | cut -d, -f1,2,8,20-22
deal_no,title,stage,closed,value,lost_reason
CH261121-0002,Quán Cây Bàng,Thất bại,2026-11-21,45000000,Giá

$ chotdon order add --line AO:10@140k --customer 0912345678
DH261121-0001

$ chotdon deal won CH261121-0001 --order DH261121-0001

$ chotdon deal won X-1 --open-order
NHAP-2

$ chotdon deal back X-1 && chotdon deal won X-1 --order DH261121-0001
chotdon: that order belongs to deal CH261121-0001 already
? 1

$ chotdon deal won X-1 --order DH-NONE
chotdon: there is no order “DH-NONE”; `chotdon order list` shows the numbers
? 1

$ chotdon -f json deal show CH261121-0001
{"deal_no": "CH261121-0001", "title": "Đồng phục 10A", "customer": "KH000001", "phone": "0912345678", "email": "", "province": "Huế", "rep": "HA", "stage": "Thành công", "product": "AO:40@140000+GAO:0.5@215000", "expected_value": 5707500, "probability_pct": 100, "source": "Zalo", "tags": "trường,gấp", "need": "áo mới", "budget": "6 triệu", "timing": "trước Tết", "decision_maker": "cô hiệu trưởng", "created": "2026-11-21", "expected_close": "2026-12-15", "closed": "2026-11-21", "value": 1400000, "lost_reason": "", "customer_name": "Trường Lê Lợi", "contact": "", "note": "", "next_on": "2026-11-25", "next": "mang mẫu áo", "rotting": false, "log": [{"date": "2026-11-21 14:05:00", "kind": "call", "text": "hẹn thứ hai gặp", "staff": "HA"}, {"date": "2026-11-21 14:05:00", "kind": "message", "text": "gửi bảng giá", "staff": ""}], "stages": [{"from": "", "to": "Triển vọng", "date": "2026-11-21 14:05:00", "staff": ""}, {"from": "Triển vọng", "to": "Đã thẩm định", "date": "2026-11-21 14:05:00", "staff": ""}, {"from": "Đã thẩm định", "to": "Đề xuất", "date": "2026-11-21 14:05:00", "staff": ""}, {"from": "Đề xuất", "to": "Cơ hội", "date": "2026-11-21 14:05:00", "staff": ""}, {"from": "Cơ hội", "to": "Đàm phán", "date": "2026-11-21 14:05:00", "staff": ""}, {"from": "Đàm phán", "to": "Thành công", "date": "2026-11-21 14:05:00", "staff": ""}], "orders": ["DH261121-0001"]}

$ chotdon -f table deal show CH261121-0001
Number           CH261121-0001
Title            Đồng phục 10A
Customer         KH000001
Phone            0912345678
Province         Huế
Rep              HA
Stage            Thành công
Product          AO:40@140000+GAO:0.5@215000
Expected value   5.707.500 ₫
Chance           100%
Source           Zalo
Tags             trường,gấp
Need             áo mới
Budget           6 triệu
Timing           trước Tết
Decides          cô hiệu trưởng
Created          2026-11-21
Expected close   2026-12-15
Closed           2026-11-21
Value            1.400.000 ₫
Customer's name  Trường Lê Lợi
Next on          2026-11-25
Next             mang mẫu áo
Rotting          no
2026-11-25  plan  mang mẫu áo  Trần Thị Hà
2026-11-21 14:05:00  message  gửi bảng giá
2026-11-21 14:05:00  call  hẹn thứ hai gặp  Trần Thị Hà
2026-11-21 14:05:00  order  DH261121-0001 · 1.400.000 ₫ · completed
2026-11-21 14:05:00  stage  Đàm phán → Thành công · 1.400.000 ₫
2026-11-21 14:05:00  stage  Cơ hội → Đàm phán
2026-11-21 14:05:00  stage  Đề xuất → Cơ hội
2026-11-21 14:05:00  stage  Đã thẩm định → Đề xuất
2026-11-21 14:05:00  stage  Triển vọng → Đã thẩm định
2026-11-21 14:05:00  stage  Triển vọng

$ chotdon -f csv deal list --from 2026-11-01 --to 2026-11-30 | cut -d, -f1
deal_no
CH261121-0002
CH261121-0001

$ chotdon -f csv deal list --find "cay bang" | cut -d, -f1,2
deal_no,title
CH261121-0002,Quán Cây Bàng

$ chotdon -f csv deal list --find 54321 | cut -d, -f1,2
deal_no,title
CH261121-0002,Quán Cây Bàng

$ chotdon -f csv deal list --tag gấp --source zalo --customer KH000001 --kind won | cut -d, -f1,2
deal_no,title
CH261121-0001,Đồng phục 10A

$ chotdon -f csv --now 2026-12-31 deal list --rotting | cut -d, -f1,28
deal_no,rotting
X-1,1

$ chotdon -f csv deal list --sort value --desc --limit 1 | cut -d, -f1
deal_no
CH261121-0002

$ chotdon deal list --sort màu
chotdon: deals cannot be sorted by “màu”: use next, value, created, deal_no, title, closed, expected_close or stage
? 1

$ chotdon -f csv audit list | cut -d, -f3,4,5 | grep deal | sort | uniq -c | sed 's/^ *//'
1 ,deal.add,deal CH261121-0001
1 ,deal.add,deal CH261121-0002
1 ,deal.add,deal X-1
2 ,deal.assign,deal CH261121-0002
1 ,deal.edit,deal CH261121-0001
1 ,deal.log,deal CH261121-0001
1 ,deal.lost,deal CH261121-0002
4 ,deal.move,deal CH261121-0001
1 ,deal.order,deal X-1
1 ,deal.plan,deal CH261121-0001
1 ,deal.reopen,deal CH261121-0002
1 ,deal.unmove,deal CH261121-0002
1 ,deal.unmove,deal X-1
1 ,deal.won,deal CH261121-0001
1 ,deal.won,deal X-1
1 HA,deal.log,deal CH261121-0001

$ chotdon check | head -1
OK: 1 orders, 2 lines, 0 payments, 1 stock moves, 2 products, 1 customers, 28 audit rows
