# Leads that came twice (DOMAIN 5).

$ chotdon init && chotdon customer add "Cô Ba" --code KH1 --phone 0977888999
made shop.db
KH1

$ chotdon deal add "Máy in" --phone "0912 345 678" --contact "Nguyễn Văn Đạt" --province Huế
CH261121-0001

$ chotdon deal add "Máy in màu" --phone +84912345678 --email dat@x.vn
CH261121-0002 looks like deal CH261121-0001 “Máy in” (the same phone); to make them one: chotdon deal merge CH261121-0001 CH261121-0002
CH261121-0002

$ chotdon deal add "Giấy" --phone 0977888999
CH261121-0003

$ printf 'deal_no,title,phone,email,province,contact\nX1,Mực,,dat@x.vn,,\nX2,Ghế,,,thừa thiên huế,nguyen van dat\nX3,Bàn,,,,\n' >leads.csv; chotdon import deals leads.csv | cut -d, -f3-8
leads.csv:2: X1 looks like deal CH261121-0002 “Máy in màu” (the same e-mail); to make them one: chotdon deal merge CH261121-0002 X1
leads.csv:3: X2 looks like deal CH261121-0001 “Máy in” (the same name and province); to make them one: chotdon deal merge CH261121-0001 X2
 "rows": 3, "blank": 0, "created": 3, "updated": 0, "unchanged": 0, "rejected": 0

$ chotdon deal duplicates
deal           again as       same
CH261121-0001  CH261121-0002  phone
CH261121-0002  X1             email
CH261121-0001  X2             name

$ chotdon deal merge CH261121-0001 X2 --dry-run
deal X2 Ghế becomes part of CH261121-0001 Máy in
orders that move: 0
log entries that move: 0
contact stays Nguyễn Văn Đạt (not nguyen van dat)

$ chotdon deal merge CH261121-0001 CH261121-0002; chotdon -f csv deal list --sort deal_no | cut -d, -f1,2,4,5
deal CH261121-0002 Máy in màu becomes part of CH261121-0001 Máy in
orders that move: 0
log entries that move: 0
email is filled in: dat@x.vn
1
deal_no,title,phone,email
CH261121-0001,Máy in,0912345678,dat@x.vn
CH261121-0003,Giấy,0977888999,
X1,Mực,,dat@x.vn
X2,Ghế,,
X3,Bàn,,

$ chotdon deal merge CH261121-0001 X2 && chotdon deal duplicates
deal X2 Ghế becomes part of CH261121-0001 Máy in
orders that move: 0
log entries that move: 0
contact stays Nguyễn Văn Đạt (not nguyen van dat)
2
deal           again as  same
CH261121-0001  X1        email

$ chotdon deal show CH261121-0002 | grep -o '"deal_no": "[^"]*"'
"deal_no": "CH261121-0001"

$ chotdon deal merge --undo 1; chotdon deal merge --undo 1; chotdon -f csv deal list --sort deal_no | cut -d, -f1,2,4,5
chotdon: there is no merge number 1 that could be undone
deal_no,title,phone,email
CH261121-0001,Máy in,0912345678,
CH261121-0002,Máy in màu,0912345678,dat@x.vn
CH261121-0003,Giấy,0977888999,
X1,Mực,,dat@x.vn
X3,Bàn,,

$ chotdon deal merge X1; chotdon deal merge X1 X1; chotdon deal merge X1 nope; chotdon deal won X3 && chotdon deal merge X1 X3
chotdon: two deals are wanted: chotdon deal merge KEEP OTHER, or --undo NUMBER
chotdon: that is one and the same deal
chotdon: there is no deal “nope”
chotdon: deal X3 is closed (Thành công); merge the other one into it instead
? 1

$ chotdon check | head -1
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 1 customers, 10 audit rows
