# Cash shifts (DOMAIN 9, CLI "Orders").

$ chotdon -q init

$ chotdon cash report
chotdon: no shift was opened yet: open one (chotdon cash open AMOUNT), or ask for a day (--date D)
? 1

$ chotdon cash open 1tr
1

$ chotdon cash open 0
chotdon: shift 1 is still open: close it first (chotdon cash close)
? 1

$ chotdon cash in 200k --reason "đổi tiền lẻ"

$ chotdon cash out 50k
chotdon: say why with --reason
? 2

$ chotdon cash out 50k --reason "mua đá"

$ chotdon cash close
chotdon: say what was counted: --count DENOM:PIECES for each note, or --counted AMOUNT
? 2

$ chotdon cash close --count 500k:2 --count 50k:3+1000:5 --note "thừa 5k"
Cash shift                             1
Opened               2026-11-21 14:05:00
Closed               2026-11-21 14:05:00
Opening                      1.000.000 ₫
+ cash sales                         0 ₫
− cash refunds                       0 ₫
+ cash in                      200.000 ₫
− cash out                      50.000 ₫
Expected                     1.150.000 ₫
Counted                      1.155.000 ₫
  500.000 × 2                1.000.000 ₫
  50.000 × 3                   150.000 ₫
  1.000 × 5                      5.000 ₫
Difference                       5.000 ₫
Transfers                            0 ₫
Cards                                0 ₫
E-wallets                            0 ₫
Orders / returns                   0 / 0
Revenue                              0 ₫
Note                             thừa 5k
Audit log +5:[0-9a-f]+ (re)

# What the paper says proves the log up to there.

$ head=$(chotdon cash report | sed -n 's/^Audit log *//p'); chotdon audit verify --head "$head" | sed "s/$head/HEAD/"
the audit chain holds: 5 rows, and 1 anchors outside the file fit
it contains HEAD: row 5, of 2026-11-21 14:05:00

$ hash=$(chotdon -f json cash report | sed 's/.*"audit_head": "5:\([0-9a-f]*\)".*/\1/'); chotdon audit verify --head "$hash" | sed "s/$hash/HASH/"
the audit chain holds: 5 rows, and 1 anchors outside the file fit
it contains HASH: row 5, of 2026-11-21 14:05:00

$ chotdon audit verify --head 5:000011112222
chotdon: row 5 of the audit chain is not the one that begins with 000011112222: the chain was written anew from there or before, or it is another shop's
? 1

$ chotdon audit verify --head 9:000011112222
chotdon: the audit chain ends with row 5, but had 9: rows were cut off, or an older copy was put in the file's place (chotdon restore puts a later backup back)
? 1

$ chotdon audit verify --head 00001111
chotdon: the audit chain has no row whose hash begins with 00001111: it was cut off or written anew, or an older copy was put in the file's place (chotdon restore puts a later backup back)
? 1

$ chotdon audit verify --head abc
chotdon: “abc” is no head of the audit log: it is written as on the report of a closed shift, 1234:1a2b3c4d5e6f, or as eight or more digits of a row's hash
? 1

$ chotdon -f json cash report | sed 's/5:[0-9a-f]\{12\}/HEAD/'
{"shift": 1, "opened_at": "2026-11-21 14:05:00", "opened_by": "", "closed_at": "2026-11-21 14:05:00", "closed_by": "", "opening": 1000000, "sales": 0, "refunds": 0, "cash_in": 200000, "cash_out": 50000, "expected": 1150000, "counted": 1155000, "difference": 5000, "audit_head": "HEAD", "transfers": 0, "cards": 0, "ewallets": 0, "orders": 0, "returns": 0, "revenue": 0, "note": "thừa 5k", "counts": [{"denomination": 500000, "pieces": 2}, {"denomination": 50000, "pieces": 3}, {"denomination": 1000, "pieces": 5}]}

$ chotdon -f csv cash report --date 21/11/2026
shift,opened_at,closed_at,opening,sales,refunds,cash_in,cash_out,expected,counted,difference,transfers,cards,ewallets,orders,returns,revenue
0,2026-11-21,,1000000,0,0,200000,50000,1150000,1155000,5000,0,0,0,0,0,0

$ chotdon -f csv report cash --month 2026-11
shift,opened_at,opened_by,closed_at,closed_by,opening,sales,refunds,cash_in,cash_out,expected,counted,difference
1,2026-11-21 14:05:00,,2026-11-21 14:05:00,,1000000,0,0,200000,50000,1150000,1155000,5000

$ chotdon -f csv report sales --month 2026-11
key,name,orders,returns,qty,revenue,net_revenue,vat,cost,margin,discount

$ chotdon report sales --by moon
chotdon: “moon” is nothing to group by; use day, week, month, rep, channel, product, customer, group or province
? 1

$ chotdon -f json report receivables
[]
