# Files out, and back to the same bytes (CLI "Import and export").

$ chotdon init
made shop.db

$ cat > staff.csv <<'END'
> code,name,team,role,phone,email,base_salary,start_date,end_date
> AN,Nguyễn Văn An,Đội “Sài Gòn”,rep,0912345678,an@x.vn,10000000,2024-01-15,
> BINH,"Trần ""Bình"", béo",Hà Nội,manager,,,12000000,2024-02-15,2025-01-31
> KHO 1,Kho,,warehouse,0281234567,,0,,
> END

$ cat > products.csv <<'END'
> sku,name,barcode,group,unit,units,price,wholesale_price,cost,vat_pct,supplier,stock_min,active,description,image
> =CONG,=1+1,,,,,1000,,0,,,,1,-5,
> BIA,Bia Hơi,8931+8932=thùng,Đồ uống/Bia,lon,thùng=24@240000+lốc=6,11000,10000,9000,10,HABECO,24,1,"Uống lạnh.
> Ngon ""hơn""",bia.png
> GAO,Gạo ST25,8933,Gạo,kg,,32000,,28000.5,5,Cô Ba,2.5,0,,
> END

$ cat > customers.csv <<'END'
> code,name,phone,email,birth_date,gender,province,address,segment,source,referrer,owner,note
> KH1,Lê Thị Hoa,0912345678;0987654321,hoa@x.vn,1990-02-01,female,TP.HCM,"12 Lê Lợi, Q1",wholesale,Facebook,bạn,AN,@hoa
> KH2,+Phạm Dũng,,,,,Ninh Bình,,,,,,'=1
> KH3,'@Tên,,,,,,,,,,,
> END

$ printf 'code,name,phone,email,tax_code,address,terms,note\nHABECO,Bia Hà Nội,0243,,0100111222,Hà Nội,30 ngày,-\n' > suppliers.csv

$ chotdon import staff staff.csv | grep -c '"created": 3'
1

$ chotdon import suppliers suppliers.csv | grep -c '"created": 1'
1

$ sed 's/28000.5/28000/' products.csv > p.csv; chotdon import products p.csv | grep -c '"created": 3'
1

$ chotdon import customers customers.csv | grep -c '"created": 3'
1

$ printf 'sku,on_hand,cost\nBIA,100,8000\nGAO,50.5,27000\n' | chotdon import stock - | grep -c '"updated": 2'
1

# A shop with all that orders can be: shares, discounts, units, promises, returns, states, times.
$ cat > orders.csv <<'END'
> order_no,order_date,sku,qty,unit_price,status,channel,customer,rep,discount,order_discount,vat_pct,shipping_fee,paid,payment_method,delivered_date,carrier,tracking_no,province,return_of,note,order_time,unit,promised_date
> N1,2026-10-01,BIA,2,240000,completed,Shopee,KH1,AN:70+BINH:30,10000,3333,10,15000,,,2026-10-03,GHN,0012345678901234567,Hà Nội,,"=SUM(A1)",09:15:00,thùng,2026-10-04
> N1,2026-10-01,BIA,5,11000,,,,,,,8,,,,,,,,,,,,
> N1,2026-10-01,GAO,0.5,32000,,,,,,,,,,,,,,,,,,lon,
> N2,2026-10-02,GAO,1.25,32000,delivered,,KH2,AN+BINH+KHO 1,,10%,5,,20000,cash:15000+transfer:5000+debt,,,,,,-ghi chú,,,
> N3,2026-10-02,BIA,1,11000,shipped,Zalo,,,,,,,,cod,,,,,,,,,
> N4,2026-10-02,BIA,1,11000,cancelled,,,,,,,,,,,,,,,,,,
> N5,2026-10-03,BIA,3,11000,completed,,,AN,1000,,10,,,card,,,,,,,,,
> TR1,2026-10-05,BIA,-1,11000,completed,,,,,,,,,,,,,,N5,,,,
> TR2,2026-10-06,BIA,-2,11000,completed,,,,,,,,,,,,,,N5,đổi,,,
> TR3,2026-10-06,GAO,-1,30000,completed,,,,,,,,-10000,transfer,,,,,,,,,
> N6,2026-10-07,=CONG,1,1000,confirmed,,KH3,BINH,,,,,500,,,,,,,,,,
> END

$ sed 's/,lon,$/,,/' orders.csv > o.csv; chotdon import orders o.csv
{"kind": "orders", "file": "o.csv", "rows": 11, "blank": 0, "created": 9, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 2, "suppliers": 0}, "import": 6}

$ chotdon order pay N3 cash:1000; chotdon order return N1 --line BIA:1; chotdon order add --customer KH1 --line BIA:1 --line GAO:2 --pay cash:100000
TH261121-0001
DH261121-0001

$ chotdon check | head -1
OK: 11 orders, 14 lines, 11 payments, 14 stock moves, 3 products, 3 customers, 10 audit rows

# Round trip: what comes out goes into an empty shop and comes out again, byte for byte.
$ for k in staff suppliers products customers orders; do chotdon export $k -o $k.1; done; chotdon -d two.db init -q; for k in staff suppliers products customers orders; do chotdon -d two.db import $k $k.1 | grep -o '"rejected": [0-9]*'; done
"rejected": 0
"rejected": 0
"rejected": 0
"rejected": 0
"rejected": 0

$ for k in staff suppliers products customers orders deals targets; do chotdon export $k > $k.1; chotdon -d two.db export $k | cmp - $k.1; done

$ chotdon -d two.db check | head -1
OK: 11 orders, 14 lines, 11 payments, 12 stock moves, 3 products, 3 customers, 6 audit rows

$ chotdon report sales -f csv > r1; chotdon -d two.db report sales -f csv | cut -d, -f1-8 > r2; cut -d, -f1-8 r1 | cmp - r2

# The same through Excel's variant: BOM, CRLF, a ' before what it would take for a formula.
$ for k in staff suppliers products customers orders; do chotdon export $k --excel -o $k.x; done; chotdon -d three.db init -q; for k in staff suppliers products customers orders; do chotdon -d three.db import $k $k.x | grep -o '"rejected": [0-9]*'; done
"rejected": 0
"rejected": 0
"rejected": 0
"rejected": 0
"rejected": 0

$ for k in staff suppliers products customers orders; do chotdon -d three.db export $k | cmp - $k.1; done

$ chotdon export products --excel | od -c | head -1
0000000 357 273 277   s   k   u   ,   n   a   m   e   ,   b   a   r   c

$ chotdon export products --excel | grep -c "^'=CONG,'=1+1"
1

$ cat orders.1
order_no,order_date,sku,qty,unit_price,status,channel,customer,customer_phone,customer_name,product_name,rep,discount,order_discount,vat_pct,shipping_fee,paid,payment_method,delivered_date,carrier,tracking_no,province,return_of,note,order_time,unit,promised_date
N1,2026-10-01,BIA,2,240000,completed,Shopee,KH1,0912345678,Lê Thị Hoa,Bia Hơi,AN:70+BINH:30,10000,3333,10,15000,552667,cash,2026-10-03,GHN,0012345678901234567,Hà Nội,,=SUM(A1),09:15:00,thùng,2026-10-04
N1,2026-10-01,BIA,5,11000,completed,Shopee,KH1,0912345678,Lê Thị Hoa,Bia Hơi,AN:70+BINH:30,0,3333,8,15000,552667,cash,2026-10-03,GHN,0012345678901234567,Hà Nội,,=SUM(A1),09:15:00,,2026-10-04
N1,2026-10-01,GAO,0.5,32000,completed,Shopee,KH1,0912345678,Lê Thị Hoa,Gạo ST25,AN:70+BINH:30,0,3333,5,15000,552667,cash,2026-10-03,GHN,0012345678901234567,Hà Nội,,=SUM(A1),09:15:00,,2026-10-04
N2,2026-10-02,GAO,1.25,32000,delivered,,KH2,,+Phạm Dũng,Gạo ST25,AN:33.34+BINH:33.33+KHO 1:33.33,0,4000,5,0,20000,cash:15000+transfer:5000+debt,2026-10-02,,,,,-ghi chú,,,
N3,2026-10-02,BIA,1,11000,shipped,Zalo,,,,Bia Hơi,,0,0,10,0,1000,cash:1000+cod,,,,,,,,,
N4,2026-10-02,BIA,1,11000,cancelled,,,,,Bia Hơi,,0,0,10,0,,,,,,,,,,,
N5,2026-10-03,BIA,3,11000,returned,,,,,Bia Hơi,AN,1000,0,10,0,32000,card,2026-10-03,,,,,,,,
TR1,2026-10-05,BIA,-1,11000,completed,,,,,Bia Hơi,AN,-333,0,10,0,-10667,card,2026-10-05,,,,N5,,,,
TR2,2026-10-06,BIA,-2,11000,completed,,,,,Bia Hơi,AN,-667,0,10,0,-21333,card,2026-10-06,,,,N5,đổi,,,
TR3,2026-10-06,GAO,-1,30000,completed,,,,,Gạo ST25,,0,0,5,0,-10000,transfer,2026-10-06,,,,,,,,
N6,2026-10-07,=CONG,1,1000,confirmed,,KH3,,@Tên,=1+1,BINH,0,0,0,0,500,cash,,,,,,,,,
TH261121-0001,2026-11-21,BIA,-1,240000,completed,Shopee,KH1,0912345678,Lê Thị Hoa,Bia Hơi,AN:70+BINH:30,-5000,-1448,10,0,-233552,cash,2026-11-21,,,Hà Nội,N1,,14:05:00,thùng,
DH261121-0001,2026-11-21,BIA,1,10000,completed,,KH1,0912345678,Lê Thị Hoa,Bia Hơi,,0,0,10,0,74000,cash,2026-11-21,,,,,,14:05:00,,
DH261121-0001,2026-11-21,GAO,2,32000,completed,,KH1,0912345678,Lê Thị Hoa,Gạo ST25,,0,0,5,0,74000,cash,2026-11-21,,,,,,14:05:00,,

# What is there already is unchanged.
$ for k in staff suppliers products customers orders; do chotdon import $k $k.x | grep -o '"unchanged": [0-9]*'; done
"unchanged": 3
"unchanged": 2
"unchanged": 3
"unchanged": 3
"unchanged": 11

$ chotdon export payments
order_no,date,method,amount,note
N1,2026-10-01,cash,552667,
N2,2026-10-02,cash,15000,
N2,2026-10-02,transfer,5000,
N5,2026-10-03,card,32000,
TR1,2026-10-05,card,-10667,
TR2,2026-10-06,card,-21333,
TR3,2026-10-06,transfer,-10000,
N6,2026-10-07,cash,500,
N3,2026-11-21,cash,1000,
TH261121-0001,2026-11-21,cash,-233552,
DH261121-0001,2026-11-21,cash,74000,

$ chotdon export order-lines --month 2026-10
order_no,order_date,recognised_on,status,channel,customer,rep,sku,name,group,qty,unit_price,discount,order_discount,amount,net,vat,cost
N1,2026-10-01,2026-10-03,completed,Shopee,KH1,AN:70+BINH:30,BIA,Bia Hơi,Đồ uống/Bia,2,240000,10000,2896,467104,424640,42464,384000
N1,2026-10-01,2026-10-03,completed,Shopee,KH1,AN:70+BINH:30,BIA,Bia Hơi,Đồ uống/Bia,5,11000,0,339,54661,50612,4049,40000
N1,2026-10-01,2026-10-03,completed,Shopee,KH1,AN:70+BINH:30,GAO,Gạo ST25,Gạo,0.5,32000,0,98,15902,15145,757,13500
N2,2026-10-02,2026-10-02,delivered,,KH2,AN:33.34+BINH:33.33+KHO 1:33.33,GAO,Gạo ST25,Gạo,1.25,32000,0,4000,36000,34286,1714,33750
N3,2026-10-02,,shipped,Zalo,,,BIA,Bia Hơi,Đồ uống/Bia,1,11000,0,0,11000,10000,1000,8000
N4,2026-10-02,,cancelled,,,,BIA,Bia Hơi,Đồ uống/Bia,1,11000,0,0,11000,10000,1000,0
N5,2026-10-03,2026-10-03,returned,,,AN,BIA,Bia Hơi,Đồ uống/Bia,3,11000,1000,0,32000,29091,2909,24000
TR1,2026-10-05,2026-10-05,completed,,,AN,BIA,Bia Hơi,Đồ uống/Bia,-1,11000,-333,0,-10667,-9697,-970,-8000
TR2,2026-10-06,2026-10-06,completed,,,AN,BIA,Bia Hơi,Đồ uống/Bia,-2,11000,-667,0,-21333,-19394,-1939,-16000
TR3,2026-10-06,2026-10-06,completed,,,,GAO,Gạo ST25,Gạo,-1,30000,0,0,-30000,-28571,-1429,-27000
N6,2026-10-07,,confirmed,,KH3,BINH,=CONG,=1+1,,1,1000,0,0,1000,1000,0,0

$ chotdon export order-lines --from 2026-10-06 --to 2026-10-06 | cut -d, -f1,2,15
order_no,order_date,amount
TR2,2026-10-06,-21333
TR3,2026-10-06,-30000

$ chotdon export stock
sku,on_hand,cost
BIA,69,8000
GAO,47.75,27000

$ chotdon export stock-moves
date,sku,kind,qty,cost,document,staff,note
2026-11-21,BIA,count,100,800000,,,
2026-11-21,GAO,count,50.5,1363500,,,
2026-10-01,BIA,sale,-48,-384000,N1,,
2026-10-01,BIA,sale,-5,-40000,N1,,
2026-10-01,GAO,sale,-0.5,-13500,N1,,
2026-10-02,GAO,sale,-1.25,-33750,N2,,
2026-10-02,BIA,sale,-1,-8000,N3,,
2026-10-03,BIA,sale,-3,-24000,N5,,
2026-10-05,BIA,return,1,8000,TR1,,
2026-10-06,BIA,return,2,16000,TR2,,
2026-10-06,GAO,return,1,27000,TR3,,
2026-11-21,BIA,return,24,192000,TH261121-0001,,
2026-11-21,BIA,sale,-1,-8000,DH261121-0001,,
2026-11-21,GAO,sale,-2,-54000,DH261121-0001,,

$ chotdon export receivables
customer,name,phone,order_no,order_date,due,age_days
KH2,+Phạm Dũng,,N2,2026-10-02,16000,50
KH3,@Tên,,N6,2026-10-07,500,45
,,,N3,2026-10-02,10000,50

$ chotdon export audit | cut -d, -f1-5 | tail -3
8,2026-11-21 14:05:00,,order.pay,order N3
9,2026-11-21 14:05:00,,order.return,order TH261121-0001
10,2026-11-21 14:05:00,,order.add,order DH261121-0001

$ chotdon export sales-journal | head -2
Hiển thị trên sổ,Hình thức bán hàng,Phương thức thanh toán,Kiêm phiếu xuất kho,XK vào khu phi thuế quan và các TH được coi như XK,Lập kèm hóa đơn,Đã lập hóa đơn,Ngày hạch toán (*),Ngày chứng từ (*),Số chứng từ (*),Số phiếu xuất,Lý do xuất,Số hóa đơn,Ngày hóa đơn,Mã khách hàng,Tên khách hàng,Địa chỉ,Mã số thuế,Diễn giải,Nộp vào TK,NV bán hàng,Mã hàng (*),Tên hàng,Hàng khuyến mại,TK Tiền/Chi phí/Nợ (*),TK Doanh thu/Có (*),ĐVT,Số lượng,Đơn giá sau thuế,Đơn giá,Thành tiền,Tỷ lệ CK (%),Tiền chiết khấu,TK chiết khấu,Giá tính thuế XK,% thuế XK,Tiền thuế XK,TK thuế XK,% thuế GTGT,Tỷ lệ tính thuế (Thuế suất KHAC),Tiền thuế GTGT,TK thuế GTGT,HH không TH trên tờ khai thuế GTGT,Kho,TK giá vốn,TK Kho,Đơn giá vốn,Tiền vốn,Hàng hóa giữ hộ/bán hộ
0,0,1,1,0,0,0,01/10/2026,01/10/2026,N1,N1,Xuất kho bán hàng,,,KH1,Lê Thị Hoa,"12 Lê Lợi, Q1",,Bán hàng N1,,AN,BIA,Bia Hơi,0,1111,5111,thùng,2,240000,218182,436364,,11724,5111,,,,,10,,42464,33311,0,,632,1561,192000,384000,0

$ chotdon export sales-journal | head -1 | awk -F, '{print NF}'
49

# Its accounts are the configuration's; a name or a number that is none is refused with its line.

$ printf '[accounts]\ncash = 11119\nbank = 11219\nreceivable = 13119\nrevenue = 51119\nvat = 333119\ncost = 63219\ngoods = 15619\nreturns = 52139\n' >acc.ini; chotdon -c acc.ini export sales-journal | grep -ow '\(11119\|11219\|13119\|51119\|333119\|63219\|15619\|52139\)' | sort -u | tr '\n' ' '; echo
11119 11219 13119 15619 333119 51119 52139 63219 

$ sed -i 's/^vat =/vta =/' acc.ini; chotdon -c acc.ini export sales-journal
chotdon: acc.ini:6: there is no key vta in [accounts]
? 1

$ sed -i 's/^vta = .*/vat = VAT/' acc.ini; chotdon -c acc.ini export sales-journal
chotdon: acc.ini:6: vat has to be an account's number, like 33311, not “VAT”
? 1

$ chotdon export sales-journal --plain
date,document,customer,net,vat,total,cost,method
2026-10-01,N1,KH1,490397,47270,552667,437500,cash
2026-10-02,N2,KH2,34286,1714,36000,33750,cash
2026-10-02,N3,,10000,1000,11000,8000,cash
2026-10-03,N5,,29091,2909,32000,24000,card
2026-10-05,TR1,,-9697,-970,-10667,-8000,card
2026-10-06,TR2,,-19394,-1939,-21333,-16000,card
2026-10-06,TR3,,-28571,-1429,-30000,-27000,transfer
2026-10-07,N6,KH3,1000,0,1000,0,cash
2026-11-21,TH261121-0001,KH1,-212320,-21232,-233552,-192000,cash
2026-11-21,DH261121-0001,KH1,70043,3957,74000,62000,cash

$ chotdon export orders --xlsx
chotdon: a workbook needs a file: -o FILE.xlsx
? 2

$ chotdon export orders --xlsx -o o.xlsx && head -c 2 o.xlsx
PK

$ chotdon export orders --excel --xlsx -o o.xlsx
chotdon: --excel is a CSV file, --xlsx a workbook: choose one
? 2

$ chotdon export leaderboard
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,AN,Nguyễn Văn An,0,0,0,,,,0,
,,,(không có),74000,1,8043,,,,0,

$ chotdon export nothing
chotdon: “nothing” is no kind of file; there are staff products customers suppliers orders payments stock deals targets tickets order-lines stock-moves receivables audit leaderboard commission sales-journal
? 2

$ chotdon export orders -o /nonexistent/o.csv
chotdon: /nonexistent/o.csv cannot be written: No such file or directory
? 1

$ chotdon export orders -f json --month 2026-10 | head -c 60
[
{"order_no": "N1", "order_date": "2026-10-01", "sku": "BIA
