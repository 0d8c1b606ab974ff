# Returns and profit (CLI "The rest", DOMAIN 4 and 6).

$ chotdon init
made shop.db

$ chotdon product add AO "Áo thun" --price 120k --vat-pct 0

$ chotdon product add NUOC "Nước" --price 10k --vat-pct 8

$ chotdon stock receive --doc PN1 --line AO:10@70k --line NUOC:100@6k

$ chotdon order add --no A1 --date 2026-10-05 --line AO:3 --line NUOC:2 --pay cash:380k
A1

$ chotdon order add --no A2 --date 2026-10-20 --line AO:1
A2

$ chotdon order return A2 --reason "chật"
TH261121-0001

# what came back, by the return's date; the rate is of the orders shipped in the same time
$ chotdon report returns -f csv
key,name,returns,qty,amount,orders_shipped,orders_returned,return_rate_pct
AO,Áo thun,1,1,120000,2,1,50.0

$ chotdon report returns -f csv --by month
key,name,returns,qty,amount,orders_shipped,orders_returned,return_rate_pct
2026-10,2026-10,0,0,0,2,1,50.0
2026-11,2026-11,1,1,120000,0,0,

$ chotdon report returns -f json --by reason --month 2026-11
[
{"key": "chật", "name": "chật", "returns": 1, "qty": 1, "amount": 120000, "orders_shipped": 0, "orders_returned": 0, "return_rate_pct": null}
]

$ chotdon report returns --by product
key  name     returns  qty   amount  shipped  wholly returned  rate %
AO   Áo thun        1    1  120.000        2                1   50,0%
     total          1    1  120.000        2                1   50,0%

$ chotdon report returns --by rep
chotdon: “rep” is nothing to group returns by; use product, reason, day, week or month
? 1

# net revenue, cost, margin, and the margin in percent of the net revenue
$ chotdon report profit -f csv
key,name,orders,returns,revenue,net_revenue,cost,margin,margin_pct
2026-10,2026-10,2,0,500000,498519,292000,206519,41.4
2026-11,2026-11,0,1,-120000,-120000,-70000,-50000,

$ chotdon report profit --by product --month 2026-10
key   name     orders  returns  revenue      net     cost   margin  margin %
AO    Áo thun       2        0  480.000  480.000  280.000  200.000     41,7%
NUOC  Nước          1        0   20.000   18.519   12.000    6.519     35,2%
      total         2        0  500.000  498.519  292.000  206.519     41,4%

$ chotdon report profit -f json --by day --from 2026-10-20 --to 2026-10-20
[
{"key": "2026-10-20", "name": "2026-10-20", "orders": 1, "returns": 0, "revenue": 120000, "net_revenue": 120000, "cost": 70000, "margin": 50000, "margin_pct": 41.7}
]

$ chotdon report profit --by colour
chotdon: “colour” is nothing to group by; use day, week, month, rep, channel, product, customer, group or province
? 1

# every report answers, also with nothing to report
$ for r in sales customers channels products provinces trend funnel stock returns profit receivables cash; do chotdon report $r -f json --month 2020-01 >/dev/null 2>&1 || chotdon report $r -f json >/dev/null || echo "$r fails"; done
