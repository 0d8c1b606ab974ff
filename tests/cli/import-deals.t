# Deals from files and into files (CLI "Import and export", DOMAIN 5).

$ chotdon init
made shop.db

$ chotdon staff add AN "Nguyễn Thị An" --team Bắc && chotdon product add GTX-PRO "GTX Pro" --price 500k

$ cat > deals.csv <<'END'
> no,agent,what,account,stage,engaged,closed,value
> A1,an,GTXPro,Cancity,Won,20-10-2026,01-11-2026,450000
> A2,Nguyen Thi An,gtx pro,null,Lost,01-10-2026,05-11-2026,0
> A3,Ai Đó,Máy in,Cancity,Prospecting,,,0
> A4,an,GTX-PRO:2@400k+Máy in:1,,trien vong,3/11/2026,,0
> A5,an,GTX-PRO:x,,Won,3/11/2026,31/31/2026,
> END

# Without --create-missing what is not there rejects its row; a product written otherwise is found, and told.
$ MAP="--map no=deal_no --map agent=rep --map what=product --map account=customer --map engaged=created --null null"
> echo "$MAP" >map; chotdon import deals deals.csv $MAP --errors errors.csv
deals.csv:2: customer: there is no customer Cancity; add them, or import with --create-missing
deals.csv:4: customer: there is no customer Cancity; add them, or import with --create-missing
deals.csv:5: product: there is no product Máy in; add it, or import with --create-missing
deals.csv:6: closed: "31/31/2026" is not a date; write 2026-10-31 or 31/10/2026
{"kind": "deals", "file": "deals.csv", "rows": 5, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 4, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}, "import": 1}
? 3

$ cat errors.csv
no,agent,what,account,stage,engaged,closed,value,error
A1,an,GTXPro,Cancity,Won,20-10-2026,01-11-2026,450000,"there is no customer Cancity; add them, or import with --create-missing"
A3,Ai Đó,Máy in,Cancity,Prospecting,,,0,"there is no customer Cancity; add them, or import with --create-missing"
A4,an,GTX-PRO:2@400k+Máy in:1,,trien vong,3/11/2026,,0,"there is no product Máy in; add it, or import with --create-missing"
A5,an,GTX-PRO:x,,Won,3/11/2026,31/31/2026,,"""31/31/2026"" is not a date; write 2026-10-31 or 31/10/2026"

# With it they are made: people, goods, customers and stages. A dry run says the same and keeps nothing.
$ chotdon -q import deals deals.csv $(cat map) --create-missing --dry-run 2>/dev/null
{"kind": "deals", "file": "deals.csv", "rows": 5, "blank": 0, "created": 3, "updated": 0, "unchanged": 1, "rejected": 1, "made": {"staff": 1, "teams": 0, "products": 1, "groups": 0, "customers": 1, "channels": 0, "suppliers": 0, "stages": 1}}
? 3

$ chotdon -q import deals deals.csv $(cat map) --create-missing 2>/dev/null
{"kind": "deals", "file": "deals.csv", "rows": 5, "blank": 0, "created": 3, "updated": 0, "unchanged": 1, "rejected": 1, "made": {"staff": 1, "teams": 0, "products": 1, "groups": 0, "customers": 1, "channels": 0, "suppliers": 0, "stages": 1}, "import": 2}
? 3

$ chotdon -q import deals deals.csv $(cat map) --create-missing 2>/dev/null
{"kind": "deals", "file": "deals.csv", "rows": 5, "blank": 0, "created": 0, "updated": 0, "unchanged": 4, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}}
? 3

$ chotdon export deals
deal_no,title,customer,phone,email,province,rep,stage,product,expected_value,probability_pct,source,tags,need,budget,timing,decision_maker,created,expected_close,closed,value,lost_reason,contact,note
A1,Cancity,Cancity,,,,AN,Thành công,GTX-PRO:1@500000,500000,,,,,,,,2026-10-20,,2026-11-01,450000,,,
A2,GTX Pro,,,,,AN,Thất bại,GTX-PRO:1@500000,500000,,,,,,,,2026-10-01,,2026-11-05,0,,,
A3,Cancity,Cancity,,,,Ai Đó,Prospecting,Máy in:1@0,0,,,,,,,,2026-11-21,,,,,,
A4,GTX Pro,,,,,AN,Triển vọng,GTX-PRO:2@400000+Máy in:1@0,800000,,,,,,,,2026-11-03,,,,,,

# Won and lost by their names, in the figures at once.
$ chotdon -f table pipeline stats --month 2026-11
figure                       value      before
won                          1          0
lost                         1          0
won value                    450.000 ₫  0 ₫
lost value                   0 ₫        0 ₫
win rate                     50%        
average days to win          12         
activities per won deal      0          
average value of a won deal  450.000 ₫  
won a day                    37.500 ₫   
new deals                    2          2
Triển vọng: went on          50%        100%
Cơ hội: went on              100%       100%
Đã thẩm định: went on        100%       100%
Đề xuất: went on             100%       100%
Đàm phán: went on            100%       100%
Prospecting: went on         0%         100%

$ chotdon check | head -1
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 2 products, 1 customers, 6 audit rows

# What was exported comes back to the same bytes, also into an empty shop.
$ for k in staff products customers deals; do chotdon export $k -o $k.1; done
> chotdon -d other.db init >/dev/null
> for k in staff products customers deals; do chotdon -q -d other.db import $k $k.1 --create-missing >/dev/null; chotdon -d other.db export $k | cmp - $k.1; done
made other.db

$ chotdon -d other.db export deals -o deals.2; chotdon -q import deals deals.2
{"kind": "deals", "file": "deals.2", "rows": 4, "blank": 0, "created": 0, "updated": 0, "unchanged": 4, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}}

# An absent column keeps a value, an empty cell clears it; a set probability is kept.
$ printf 'deal_no,tags,probability_pct,expected_value,expected_close,source,phone,note\nA4,"gấp; gấp,lớn",35,1500000,31/12/2026,Zalo,+84 912 345 678,Gọi sau 5 giờ\n' | chotdon -q import deals -
{"kind": "deals", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 1, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 1, "suppliers": 0, "stages": 0}, "import": 3}

$ printf 'deal_no,tags,expected_close\nA4,,\n' | chotdon -q import deals - && chotdon export deals | grep A4
{"kind": "deals", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 1, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}, "import": 4}
A4,GTX Pro,,0912345678,,,AN,Triển vọng,GTX-PRO:2@400000+Máy in:1@0,1500000,35,Zalo,,,,,,2026-11-03,,,,,,Gọi sau 5 giờ

# A deal that a file closes, and taking that back: the step goes out of its history.
$ printf 'deal_no,stage,closed,value,lost_reason\nA4,Thất bại,2026-11-20,,Đắt quá\n' | chotdon -q import deals -
{"kind": "deals", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 1, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}, "import": 5}

$ chotdon export deals | grep A4
A4,GTX Pro,,0912345678,,,AN,Thất bại,GTX-PRO:2@400000+Máy in:1@0,1500000,,Zalo,,,,,,2026-11-03,,2026-11-20,1500000,Đắt quá,,Gọi sau 5 giờ

$ chotdon -f json pipeline stats --month 2026-11 | grep -o '"lost_reasons[^]]*]'
"lost_reasons": [{"reason": "Đắt quá", "deals": 1, "value": 1500000}, {"reason": "", "deals": 1, "value": 0}]
"lost_reasons": []

$ chotdon import undo 5 && chotdon export deals | grep A4 && chotdon -f json pipeline stats --month 2026-11 | grep -o '"lost_reasons[^]]*]'
{"import": 5, "removed": 0, "restored": 1, "kept": 0}
A4,GTX Pro,,0912345678,,,AN,Triển vọng,GTX-PRO:2@400000+Máy in:1@0,1500000,35,Zalo,,,,,,2026-11-03,,,,,,Gọi sau 5 giờ
"lost_reasons": [{"reason": "", "deals": 1, "value": 0}]
"lost_reasons": []

# Taking back what made them takes their stages, people and goods along.
$ chotdon import undo 2
chotdon: import 2 cannot be taken back: import 3 changed records that it made; take that one back first
? 1

$ chotdon import undo 4 && chotdon import undo 3 && chotdon import undo 2 && chotdon import undo 1
{"import": 4, "removed": 0, "restored": 1, "kept": 0}
{"import": 3, "removed": 0, "restored": 1, "kept": 0}
{"import": 2, "removed": 6, "restored": 0, "kept": 0}
{"import": 1, "removed": 1, "restored": 0, "kept": 0}

$ chotdon export deals | wc -l; chotdon export products | cut -d, -f1; chotdon check | head -1
1
sku
GTX-PRO
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 1 products, 0 customers, 14 audit rows

# Hostile cells.
$ printf 'deal_no,title,stage,value,probability_pct,product,created,closed\nB1,,Won,-5,,,,\nB2,x,Won,99999999999999999999,,,,\nB3,x,,,101,,,\nB4,x,,,,GTX-PRO:0,,\nB5,x,,,,GTX-PRO:1@-3,,\nB6,x,Won,1,,,2026-02-02,2026-02-01\nB7,x,nowhere,,,,,\n,x,,,,,,\n' | chotdon import deals - 2>&1
-:2: value: value is below 0 or too large
-:3: value: the amount "99999999999999999999" is too large
-:4: probability_pct: the percentage "101" must be between 0 and 100
-:5: product: GTX-PRO: the quantity must be above 0, the price not below
-:6: product: GTX-PRO: the quantity must be above 0, the price not below
-:7: closed: closed on 2026-02-01, before it was created on 2026-02-02
-:8: stage: there is no stage “nowhere”; the board has: Triển vọng, Cơ hội, Đã thẩm định, Đề xuất, Đàm phán, Thành công, Thất bại
-:9: deal_no: is empty, and it must not be
{"kind": "deals", "file": "-", "rows": 8, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 8, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}}
? 3

# Won value, win rate and average days to win, in all, per agent and per quarter, beside sums that awk makes of the file.
$ awk 'BEGIN { srand(7); print "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
>   for (i = 1; i <= 1500; i++) { r = rand(); s = r < 0.5 ? "Won" : r < 0.8 ? "Lost" : r < 0.9 ? "Engaging" : "Prospecting"
>     m = 1 + int(rand() * 11); printf "X%04d,Agent %c,GTX %d,%s,%s,%s,%s,%d\n", i, 65 + int(rand() * 8), rand() * 4,
>       rand() < 0.2 ? "null" : "Acme " int(rand() * 20), s, s == "Prospecting" ? "" : sprintf("%02d-%02d-2017", 1 + int(rand() * 28), m),
>       r < 0.8 ? sprintf("%02d-%02d-2017", 1 + int(rand() * 28), m + 1) : "", s == "Won" ? 50 + int(rand() * 5000) : 0 } }' >generated.csv
> CHOTDON=chotdon sh "$DATA/../compare_deals.sh" generated.csv
 "rows": 1500, "blank": 0, "created": 1500, "updated": 0, "unchanged": 0, "rejected": 0
65 figures agree

# What is won or lost without a day was closed on the day it was made, or, when it was here before, today; the same file again changes nothing.
$ printf 'deal_no,title,stage,created,closed,value\nE1,x,Won,1/11/2026,,5\nE2,y,,2/11/2026,,\n' | chotdon -q import deals - | grep -o '"created": 2'
> printf 'deal_no,stage,closed\nE2,Lost,\n' >close.csv; chotdon -q import deals close.csv | grep -o '"updated": 1'; CHOTDON_NOW=2026-11-25 chotdon -q import deals close.csv | grep -o '"unchanged": 1'; chotdon export deals | grep '^E' | cut -d, -f1,8,18,20,21
> chotdon -f csv pipeline stats --month 2026-11 | grep -E '^(won|lost|average days)'
"created": 2
"updated": 1
"unchanged": 1
E1,Thành công,2026-11-01,2026-11-01,5
E2,Thất bại,2026-11-02,2026-11-21,0
won,1,0
lost,1,0
won value,5,0
lost value,0,0
average days to win,0,
won a day,,
