# Targets, the leaderboard, health and weekly reports (CLI "KPI and commission", DOMAIN 6). Today is 21 November 2026.

$ chotdon init
made shop.db

$ chotdon product add A "Áo" --price 100k --vat-pct 0 --group "Thời trang/Áo"

$ chotdon product add B "Balô" --price 500k --vat-pct 0

$ chotdon staff add AN "Nguyễn Thị An" --team "Đội Bắc" --base-salary 1tr

$ chotdon staff add BINH "Trần Bình" --team "Đội Nam"

$ chotdon staff add CHI "Lê Chi" --team "Đội Nam" --start-date 2026-11-01

# An order shared 70/30, one of nobody's, and one of October that comes back in part in November.
$ chotdon order add --date 2026-10-05 --rep AN --channel Zalo --line A:3 --pay cash:300k
DH261005-0001

$ chotdon order add --date 2026-11-02 --rep AN:70+BINH:30 --channel Zalo --line B:2@500001 --pay cash:1000002
DH261102-0001

$ chotdon order add --date 2026-11-03 --line A:1 --pay cash:100k
DH261103-0001

$ chotdon order add --date 2026-11-04 --rep BINH --line B:2 --pay cash:1tr
DH261104-0001

$ chotdon order return DH261005-0001 --line A:1
TH261121-0001

$ chotdon order return DH261104-0001
TH261121-0002

# 700 001,4 and 300 000,6: the larger rest gets the đồng. BINH's own order came back whole and is no order.
$ chotdon -f csv leaderboard
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,AN,Nguyễn Thị An,700001,1,700001,,,,0,
2,2,BINH,Trần Bình,300001,0,300001,,,,0,
3,,CHI,Lê Chi,0,0,0,,,,0,
,,,(không có),100000,1,100000,,,,0,

# The return of October's sale counts in October, its day only as of which it is known.
$ chotdon -f csv leaderboard --month 2026-10
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,,AN,Nguyễn Thị An,200000,1,200000,,,,0,
2,,BINH,Trần Bình,0,0,0,,,,0,

$ chotdon -f csv leaderboard --month 2026-10 --as-of 2026-11-20
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,,AN,Nguyễn Thị An,300000,1,300000,,,,0,
2,,BINH,Trần Bình,0,0,0,,,,0,

$ chotdon -f csv leaderboard --as-of 4/11/2026 --by team
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,2,Đội Nam,Đội Nam,1300001,1,1300001,,,,0,
2,1,Đội Bắc,Đội Bắc,700001,1,700001,,,,0,
,,,(không có),100000,1,100000,,,,0,

$ chotdon -f csv leaderboard --by channel
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,Zalo,Zalo,1000002,1,1000002,,,,,
,,,(không có),100000,1,100000,,,,,

$ chotdon -f csv leaderboard --by group
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,Thời trang/Áo,Thời trang/Áo,100000,1,100000,,,,,
,,,(không có),1000002,1,1000002,,,,,

$ chotdon leaderboard --by customer
chotdon: “customer” is nothing to rank; use rep, team, product, group, channel or province
? 1

# Targets: money, counts and percentages, of a shop without a code.
$ chotdon target set 2026-11 rep AN revenue 1tr

$ chotdon target set 11/2026 rep "tran binh" revenue 1.200.000

$ chotdon target set 2026-11 rep AN new_customers 2

$ chotdon target set 2026-11 shop revenue 2tr

$ chotdon target set 2026-11 shop "" return_rate 5%

$ chotdon target set 2026-11 rep NOBODY revenue 1
chotdon: there is no staff “NOBODY”; `chotdon staff list` shows who there is
? 1

$ chotdon target set 2026-13 shop revenue 1
chotdon: "2026-13" is not a month; write 2026-10 or 10/2026
? 1

$ chotdon target set 2026-11 rep AN revenu 1
chotdon: “revenu” is no metric; there are revenue, net_revenue, margin, orders, new_customers, deals_won, interactions, weekly_reports, return_rate, on_time
? 1

$ chotdon -f json target list
[
{"month": "2026-11", "scope": "shop", "code": "", "metric": "return_rate", "target": 5},
{"month": "2026-11", "scope": "shop", "code": "", "metric": "revenue", "target": 2000000},
{"month": "2026-11", "scope": "rep", "code": "AN", "metric": "new_customers", "target": 2},
{"month": "2026-11", "scope": "rep", "code": "AN", "metric": "revenue", "target": 1000000},
{"month": "2026-11", "scope": "rep", "code": "BINH", "metric": "revenue", "target": 1200000}
]

# AN: 70,0001% of revenue with weight 60, nothing of new customers with 20: 52,5. BINH 300 001 / 1 200 000.
$ chotdon -f csv leaderboard
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,AN,Nguyễn Thị An,700001,1,700001,1000000,70.0,52.5,0,
2,2,BINH,Trần Bình,300001,0,300001,1200000,25.0,25.0,0,
3,,CHI,Lê Chi,0,0,0,,,,0,
,,,(không có),100000,1,100000,,,,0,

$ chotdon export leaderboard --month 2026-10
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,,AN,Nguyễn Thị An,200000,1,200000,,,,0,
2,,BINH,Trần Bình,0,0,0,,,,0,

$ chotdon kpi scorecard set rep revenue=1

$ chotdon -f json leaderboard
[
{"rank": 1, "previous_rank": 1, "code": "AN", "name": "Nguyễn Thị An", "revenue": 700001, "orders": 1, "margin": 700001, "target": 1000000, "attainment_pct": 70.0, "kpi_score": 70.0, "deals_won": 0, "commission": null},
{"rank": 2, "previous_rank": 2, "code": "BINH", "name": "Trần Bình", "revenue": 300001, "orders": 0, "margin": 300001, "target": 1200000, "attainment_pct": 25.0, "kpi_score": 25.0, "deals_won": 0, "commission": null},
{"rank": 3, "previous_rank": null, "code": "CHI", "name": "Lê Chi", "revenue": 0, "orders": 0, "margin": 0, "target": null, "attainment_pct": null, "kpi_score": null, "deals_won": 0, "commission": null},
{"rank": null, "previous_rank": null, "code": "", "name": "(không có)", "revenue": 100000, "orders": 1, "margin": 100000, "target": null, "attainment_pct": null, "kpi_score": null, "deals_won": 0, "commission": null}
]

$ chotdon -f csv kpi health
rule,scope,code,detail
1,shop,,"so far 55,0% of the target: 1.100.002 ₫ / 2.000.000 ₫"
3,rep,AN,Nguyễn Thị An 700.001 ₫ is over 3 times Lê Chi (CHI) 0 ₫
4,rep,AN,revenue 700.001 ₫ is under 3 times the income 1.000.000 ₫
4,rep,BINH,revenue 300.001 ₫ is over 5 times the income 0 ₫

$ chotdon kpi scorecard set kho on_time=70 return_rate=30

$ chotdon -f csv kpi scorecard list
role,metric,weight
rep,revenue,1
counter,revenue,100
warehouse,return_rate,30
warehouse,on_time,70
care,revenue,100
marketing,revenue,100
accountant,revenue,100
manager,revenue,100
outsourced,revenue,100

$ chotdon kpi scorecard set rep revenue=0
chotdon: a scorecard needs a metric with a weight
? 1

# Round trip of targets.
$ chotdon export targets -o targets.csv

$ chotdon import targets targets.csv
{"kind": "targets", "file": "targets.csv", "rows": 5, "blank": 0, "created": 0, "updated": 0, "unchanged": 5, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}

$ chotdon -d two.db init
made two.db

$ chotdon -d two.db import targets targets.csv
targets.csv:4: code: there is no staff AN; add them, or import with --create-missing
targets.csv:5: code: there is no staff AN; add them, or import with --create-missing
targets.csv:6: code: there is no staff BINH; add them, or import with --create-missing
{"kind": "targets", "file": "targets.csv", "rows": 5, "blank": 0, "created": 2, "updated": 0, "unchanged": 0, "rejected": 3, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 1}
? 3

$ chotdon -d two.db import targets targets.csv --create-missing
{"kind": "targets", "file": "targets.csv", "rows": 5, "blank": 0, "created": 3, "updated": 0, "unchanged": 2, "rejected": 0, "made": {"staff": 2, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 2}

$ chotdon -d two.db export targets -o again.csv

$ cmp targets.csv again.csv

$ chotdon -d two.db import undo 2
{"import": 2, "removed": 5, "restored": 0, "kept": 0}

$ chotdon -d two.db -f csv target list
month,scope,code,metric,target
2026-11,shop,,return_rate,5
2026-11,shop,,revenue,2000000

# Last year's targets, and a yearly figure by last year's season: October 200 000 of 1 300 002, November the rest.
$ chotdon target copy 2026 2027 --percent 110
5

$ chotdon target copy 2026 2027
0

$ chotdon target remove 2027-11 shop revenue

$ chotdon target spread 2027 shop revenue 13.000.020

$ chotdon -f csv target list --scope shop --month 2027-10
month,scope,code,metric,target
2027-10,shop,,revenue,2000000

$ chotdon -f csv target list --scope shop --month 2027-11
month,scope,code,metric,target
2027-11,shop,,return_rate,5
2027-11,shop,,revenue,11000020

# Weekly reports: due by the Monday after the week.
$ chotdon week report --rep AN --week 2026-W46 --calls 12 --plans "Gọi lại khách sỉ"

$ chotdon week report --rep BINH --week 2026-W47 --meetings 2

$ chotdon -f csv week list --week 2026-W46
week,rep,name,state,calls,meetings,quotes,plans,obstacles,filed_at
2026-W46,AN,Nguyễn Thị An,late,12,0,0,Gọi lại khách sỉ,,2026-11-21 14:05:00
2026-W46,BINH,Trần Bình,missing,0,0,0,,,
2026-W46,CHI,Lê Chi,missing,0,0,0,,,

$ chotdon -f csv week list
week,rep,name,state,calls,meetings,quotes,plans,obstacles,filed_at
2026-W47,AN,Nguyễn Thị An,open,0,0,0,,,
2026-W47,BINH,Trần Bình,filed,0,2,0,,,2026-11-21 14:05:00
2026-W47,CHI,Lê Chi,open,0,0,0,,,

$ chotdon week report --rep AN --week 2026-W54
chotdon: “2026-W54” is no week; write it like 2026-W47
? 1

$ chotdon week report --rep AN --week 2026-W50
chotdon: week 2026-W50 has not begun yet
? 1

# Commission stands on the board: as it would be run now, then as it was computed.
$ printf '[plan]\ncode = 2026\nname = "Hoa hồng 2026"\nfrom = 2026-01\nto = 2026-12\nbase = gross\nmode = marginal\n[tiers]\n0 = 2\n' >plan.ini && chotdon plan import plan.ini && chotdon plan activate 2026
plan 2026 is a draft; `chotdon plan activate 2026` puts it in force
2026@1

$ chotdon -f csv leaderboard
rank,previous_rank,code,name,revenue,orders,margin,target,attainment_pct,kpi_score,deals_won,commission
1,1,AN,Nguyễn Thị An,700001,1,700001,1000000,70.0,70.0,0,14000
2,2,BINH,Trần Bình,300001,0,300001,1200000,25.0,25.0,0,6000
3,,CHI,Lê Chi,0,0,0,,,,0,0
,,,(không có),100000,1,100000,,,,0,

$ chotdon commission run --month 2026-11
2026-11: computed, 3 people, 20.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon -f csv kpi health
rule,scope,code,detail
1,shop,,"so far 55,0% of the target: 1.100.002 ₫ / 2.000.000 ₫"
3,rep,AN,Nguyễn Thị An 700.001 ₫ is over 3 times Lê Chi (CHI) 0 ₫
4,rep,AN,revenue 700.001 ₫ is under 3 times the income 1.014.000 ₫
4,rep,BINH,revenue 300.001 ₫ is over 5 times the income 6.000 ₫

$ chotdon -q check

# What is missing is named.

$ chotdon target set 2026-11 rep AN revenue
chotdon: VALUE is missing: chotdon target set MONTH SCOPE CODE METRIC VALUE
? 2

$ chotdon target set 2026-11 rep revenue 150tr
chotdon: a target of a rep needs its code
? 2

$ chotdon target spread 2026 rep AN revenue
chotdon: VALUE is missing: chotdon target spread YEAR SCOPE CODE METRIC VALUE
? 2
