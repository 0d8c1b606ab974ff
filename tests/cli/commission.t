# Commission (CLI "KPI and commission"; the examples of DOMAIN 7).

$ chotdon init
made shop.db

$ chotdon staff add AN "Nguyễn Thị An" --team "Nhóm 1" && chotdon staff add BINH "Trần Bình" --team "Nhóm 1" && chotdon team edit "Nhóm 1" --leader BINH

$ chotdon product add X "Hàng X" --price 30tr && chotdon product add OP "Ốp lưng" --price 100k --group "Phụ kiện/Ốp"

$ cat >plan.ini <<'END'
> [plan]
> code = 2026
> name = "Chính sách 2026"
> from = 2026-01
> to = 2026-12
> [tiers]
> 0 = 2
> 50000000 = 3
> 100000000 = 4
> 200000000 = 5
> END

$ chotdon commission show --month 2026-10
chotdon: no commission plan covers 2026-10; `chotdon plan import FILE.ini` brings one
? 1

$ chotdon plan import plan.ini -q
2026@1

# Example A: computed as it stands, then kept; the plan that was run is in force.

$ chotdon --now '2026-10-10 09:00' order add --line X:4 --rep AN
chotdon: the clock says 2026-10-10 09:00:00, but the last record is of 2026-11-21 14:05:00; check the date of this machine
DH261010-0001

$ chotdon commission show --month 2026-10 -f csv
rep,name,base,target,attainment_pct,tier_commission,gate_bps,gated_commission,override,cap_cut,bonus_first_order,bonus_top,adjustment,total,status
AN,Nguyễn Thị An,120000000,,,3300000,10000,3300000,0,0,0,0,0,3300000,open
BINH,Trần Bình,0,,,0,10000,0,0,0,0,0,0,0,open

$ chotdon commission lock --month 2026-10
chotdon: 2026-10 is open; `chotdon commission run --month 2026-10` computes it before it can be locked
? 1

$ chotdon commission run --month 2026-10
2026-10: computed, 2 people, 3.300.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon plan list -f csv
code,version,name,status,start,from,to,base,mode,reason
2026,1,Chính sách 2026,active,2026-01,2026-01,2026-12,gross,marginal,

$ chotdon commission explain --month 2026-10 --rep AN -f csv
kind,ref,detail,base,rate_bps,amount
base,DH261010-0001,X Hàng X × 4,120000000,0,0
tier,0,marginal 0 – 50.000.000: 50.000.000 × 2%,50000000,200,1000000
tier,50000000,marginal 50.000.000 – 100.000.000: 50.000.000 × 3%,50000000,300,1500000
tier,100000000,marginal 100.000.000 – 200.000.000: 20.000.000 × 4%,20000000,400,800000

# Example D: a return before the lock reduces its month; locking computes once more.

$ chotdon --now '2026-10-20 09:00' order add --line X:1 --rep AN
chotdon: the clock says 2026-10-20 09:00:00, but the last record is of 2026-11-21 14:05:00; check the date of this machine
DH261020-0001

$ chotdon --now '2026-10-21 09:00' order return DH261020-0001
TH261021-0001

$ chotdon commission lock --month 2026-10
2026-10: locked, 2 people, 3.300.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon commission run --month 2026-10
chotdon: 2026-10 is locked and final; what has come up since is carried into the next month that is run
? 1

$ chotdon commission lock --month 2026-10
chotdon: 2026-10 is locked and final; what has come up since is carried into the next month that is run
? 1

$ chotdon commission pay --month 2026-10 -f json
{"month": "2026-10", "status": "paid", "plan": "2026", "version": 1, "base": "gross", "mode": "marginal", "people": 2, "total": 3300000}

$ chotdon commission pay --month 2026-10
chotdon: 2026-10 is paid; only a locked month can be paid
? 1

# The database itself keeps it.

$ sqlite3 shop.db "UPDATE commission_rows SET total = 1, gated_commission = 1" 2>&1 | grep -o 'a locked.*changed'
a locked commission month cannot be changed

$ sqlite3 shop.db "DELETE FROM commission_lines" 2>&1 | grep -o 'a locked.*changed'
a locked commission month cannot be changed

$ sqlite3 shop.db "UPDATE plan_tiers SET rate_bps = 900" 2>&1 | grep -o 'a plan.*changed'
a plan that a locked month used cannot be changed

# Example E: two returns after the lock.

$ chotdon --now '2026-11-05 09:00' order return DH261010-0001 --line X:1
chotdon: the clock says 2026-11-05 09:00:00, but the last record is of 2026-11-21 14:05:00; check the date of this machine
TH261105-0001

$ chotdon commission discrepancies --month 2026-10 -f csv
month,rep,name,kind,ref,order_no,plan,base,amount,carried_in
2026-10,AN,Nguyễn Thị An,return,TH261105-0001,DH261010-0001,2026@1,-30000000,-1100000,

$ chotdon commission run --month 2026-11
2026-11: computed, 2 people, -1.100.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon commission explain --month 2026-11 --rep AN -f csv
kind,ref,detail,base,rate_bps,amount
adjustment,TH261105-0001,"2026-10: a return after the lock · -30.000.000 · 2026@1 marginal 0: 2%, 50.000.000: 3%, 100.000.000: 4%, 200.000.000: 5%",-30000000,0,-1100000

$ chotdon commission lock --month 2026-11
2026-11 is not over: what is still sold in it will be carried as adjustments
2026-11: locked, 2 people, -1.100.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon --now '2026-12-05 09:00' order return DH261010-0001 --line X:1
TH261205-0001

$ chotdon commission run --month 2026-12 && chotdon commission run --month 2026-12
chotdon: the clock says 2026-11-21 14:05:00, but the last record is of 2026-12-05 09:00:00; check the date of this machine
2026-12: computed, 2 people, -900.000 ₫, plan 2026@1 (revenue, marginal)
2026-12: computed, 2 people, -900.000 ₫, plan 2026@1 (revenue, marginal)

$ chotdon commission show --month 2026-12 -f csv
rep,name,base,target,attainment_pct,tier_commission,gate_bps,gated_commission,override,cap_cut,bonus_first_order,bonus_top,adjustment,total,status
AN,Nguyễn Thị An,0,,,0,10000,0,0,0,0,0,-900000,-900000,computed
BINH,Trần Bình,0,,,0,10000,0,0,0,0,0,0,0,computed

$ chotdon commission discrepancies -f csv
month,rep,name,kind,ref,order_no,plan,base,amount,carried_in
2026-10,AN,Nguyễn Thị An,return,TH261105-0001,DH261010-0001,2026@1,-30000000,-1100000,2026-11
2026-10,AN,Nguyễn Thị An,return,TH261205-0001,DH261010-0001,2026@1,-30000000,-900000,2026-12

$ chotdon commission show --month 2026-10 -f json
[
{"rep": "AN", "name": "Nguyễn Thị An", "base": 120000000, "target": null, "attainment_pct": null, "tier_commission": 3300000, "gate_bps": 10000, "gated_commission": 3300000, "override": 0, "cap_cut": 0, "bonus_first_order": 0, "bonus_top": 0, "adjustment": 0, "total": 3300000, "status": "paid"},
{"rep": "BINH", "name": "Trần Bình", "base": 0, "target": null, "attainment_pct": null, "tier_commission": 0, "gate_bps": 10000, "gated_commission": 0, "override": 0, "cap_cut": 0, "bonus_first_order": 0, "bonus_top": 0, "adjustment": 0, "total": 0, "status": "paid"}
]

$ chotdon check | head -1
OK: 5 orders, 5 lines, 0 payments, 5 stock moves, 2 products, 0 customers, 23 audit rows

# Examples B and C: a target, a gate, a shared order, a product group, the team, a cap and bonuses, in a plan that begins in August.

$ cat >full.ini <<'END'
> [plan]
> code = 2026
> name = "Chính sách 2026"
> from = 2026-01
> to = 2026-12
> cap = 1,800,000
> team_override_pct = 0.5
> bonus_first_order = 200000
> bonus_top_revenue = 500000
> [tiers]
> 0 = 2
> 50000000 = 3
> 100000000 = 4
> 200000000 = 5
> [gate]
> 0 = 0
> 50 = 50
> 70 = 100
> 120 = 110
> [groups]
> PHU KIEN = 1
> END

$ chotdon plan import full.ini --from 2026-08 --reason "Thêm trần"
chotdon: full.ini:4: 2026-11 is locked and keeps its plan; a new version can begin in 2026-12 at the earliest
? 1

$ chotdon plan import full.ini --from 2026-12 --reason "Thêm trần"
2026@2

$ chotdon target set 2026-12 rep AN revenue 200tr

$ chotdon --now '2026-12-03 09:00' order add --line X:4 --rep AN
DH261203-0001

$ chotdon --now '2026-12-04 09:00' order add --line OP:1@10000001 --rep AN:70+BINH:30
DH261204-0001

$ chotdon commission run --month 2026-12
chotdon: the clock says 2026-11-21 14:05:00, but the last record is of 2026-12-04 09:00:00; check the date of this machine
2026-12: computed, 2 people, 2.325.000 ₫, plan 2026@2 (revenue, marginal)

$ chotdon commission show --month 2026-12 -f csv
rep,name,base,target,attainment_pct,tier_commission,gate_bps,gated_commission,override,cap_cut,bonus_first_order,bonus_top,adjustment,total,status
AN,Nguyễn Thị An,127000001,200000000,63.5,3650000,5000,1825000,0,-25000,200000,500000,-900000,1600000,computed
BINH,Trần Bình,3000000,,,90000,10000,90000,635000,0,0,0,0,725000,computed

$ chotdon commission explain --month 2026-12 --rep AN -f csv
kind,ref,detail,base,rate_bps,amount
base,DH261203-0001,X Hàng X × 4,120000000,0,0
base,DH261204-0001,OP Ốp lưng × 1 · 70%,7000001,0,0
tier,0,marginal 0 – 50.000.000: 50.000.000 × 2%,50000000,200,1000000
tier,50000000,marginal 50.000.000 – 100.000.000: 50.000.000 × 3%,50000000,300,1500000
tier,100000000,marginal 100.000.000 – 200.000.000: 27.000.001 × 4%,27000001,400,1080000
group,Phụ kiện,7.000.001 × 1%,7000001,100,70000
gate,gate,"63,5% of the target 200.000.000: × 50%",3650000,5000,-1825000
cap,cap,what exceeds 1.800.000,1825000,0,-25000
bonus_first_order,DH261203-0001,the month's first order,0,0,200000
bonus_top,bonus_top,the month's highest revenue,127000001,0,500000
adjustment,TH261205-0001,"2026-10: a return after the lock · -30.000.000 · 2026@1 marginal 0: 2%, 50.000.000: 3%, 100.000.000: 4%, 200.000.000: 5%",-30000000,0,-900000

$ chotdon commission explain --month 2026-12 --rep "tran binh" -f csv
kind,ref,detail,base,rate_bps,amount
base,DH261204-0001,OP Ốp lưng × 1 · 30%,3000000,0,0
tier,0,marginal 0 – 50.000.000: 3.000.000 × 2%,3000000,200,60000
group,Phụ kiện,3.000.000 × 1%,3000000,100,30000
override,Nhóm 1,"127.000.001 × 0,5%",127000001,50,635000

# What another plan would have paid.

$ chotdon commission simulate --plan plan.ini --from 2026-10 --to 2026-12
Code  Name                 Now      Tried     Change
AN    Nguyễn Thị An  3.800.000  4.880.000  1.080.000
BINH  Trần Bình        725.000     60.000   -665.000
      total          4.525.000  4.940.000    415.000
finding 4: Nguyễn Thị An revenue 127.000.001 ₫ is over 5 times the income 3.580.000 ₫
finding 4: Trần Bình revenue 3.000.000 ₫ is over 5 times the income 60.000 ₫
finding 3: AN Nguyễn Thị An 127.000.001 ₫ is over 3 times Trần Bình (BINH) 3.000.000 ₫

$ chotdon commission simulate --plan plan.ini --from 2026-12 --to 2026-10
chotdon: 2026-10 is before 2026-12
? 1

$ chotdon commission simulate --plan plan.ini
chotdon: something is missing: chotdon commission simulate --plan CODE|FILE.ini --from MONTH --to MONTH
? 2

# Disputes.

$ chotdon commission dispute --month 2026-12 --rep AN --row nothing --reason "Sai"
chotdon: there is no row “nothing”; name an order, a kind of row, or one of: 0, 50000000, 100000000, Phụ kiện, gate, cap, DH261203-0001, bonus_top, TH261205-0001
? 1

$ chotdon commission dispute --month 2026-12 --rep AN --row gate --reason "Mục tiêu sai"
1

$ chotdon commission lock --month 2026-12
2026-12 is not over: what is still sold in it will be carried as adjustments
dispute 1 is open: AN, row gate: Mục tiêu sai
2026-12: locked, 2 people, 2.325.000 ₫, plan 2026@2 (revenue, marginal)

$ chotdon commission answer 1 "Mục tiêu đã ký ngày 1/12" && chotdon commission answer 1 "Lần nữa"
chotdon: dispute 1 has been answered already: Mục tiêu đã ký ngày 1/12
? 1

$ chotdon commission answer 7 "?"
chotdon: there is no dispute 7
? 1

$ chotdon commission disputes -f csv
id,month,rep,name,row,reason,at,answer,answered_at
1,2026-12,AN,Nguyễn Thị An,gate,Mục tiêu sai,2026-11-21 14:05:00,Mục tiêu đã ký ngày 1/12,2026-11-21 14:05:00

# Files for accounting.

$ chotdon export commission --month 2026-12
month,rep,name,base,target,attainment_pct,tier_commission,gate_bps,gated_commission,override,cap_cut,bonus_first_order,bonus_top,adjustment,total,status
2026-12,AN,Nguyễn Thị An,127000001,200000000,63.5,3650000,5000,1825000,0,-25000,200000,500000,-900000,1600000,locked
2026-12,BINH,Trần Bình,3000000,,,90000,10000,90000,635000,0,0,0,0,725000,locked

$ chotdon export commission --xlsx -o commission.xlsx && head -c 2 commission.xlsx
PK

$ chotdon commission statement --month 2026-12 --rep AN | grep -v '^$'
COMMISSION STATEMENT 2026-12
Nguyễn Thị An (AN) · locked
Plan 2026@2, base revenue, mode marginal
Target 200.000.000 ₫ · 63,5%
--------------------------------------------------------------------------------
Sales that count
  DH261203-0001 X Hàng X × 4                         120.000.000                
  DH261204-0001 OP Ốp lưng × 1 · 70%                   7.000.001                
By tiers
  marginal 0 – 50.000.000: 50.000.000 × 2%            50.000.000       1.000.000
  marginal 50.000.000 – 100.000.000: 50.000.000 × 3%
                                                      50.000.000       1.500.000
  marginal 100.000.000 – 200.000.000: 27.000.001 × 4%
                                                      27.000.001       1.080.000
Extra by product group
  Phụ kiện 7.000.001 × 1%                              7.000.001          70.000
Gate
  63,5% of the target 200.000.000: × 50%               3.650.000      -1.825.000
Cap
  what exceeds 1.800.000                               1.825.000         -25.000
Bonuses
  DH261203-0001 the month's first order                                  200.000
  bonus_top the month's highest revenue              127.000.001         500.000
Adjustments of earlier months
  TH261205-0001 2026-10: a return after the lock · -30.000.000 · 2026@1 marginal
  0: 2%, 50.000.000: 3%, 100.000.000: 4%, 200.000.000: 5%
                                                     -30.000.000        -900.000
--------------------------------------------------------------------------------
  TOTAL                                              127.000.001       1.600.000
Received by                             Manager

$ chotdon commission statement --month 2026-12 --rep AN --xlsx -o an.xlsx && head -c 2 an.xlsx
PK

$ chotdon commission run && true
chotdon: say which month: --month 2026-10
? 2

$ chotdon commission explain --month 2026-12
chotdon: say whose: --rep CODE
? 2

$ chotdon commission run --month December
chotdon: "December" is not a month; write 2026-10 or 10/2026
? 1

$ chotdon commission run --month 2027-01
chotdon: no commission plan covers 2027-01; `chotdon plan import FILE.ini` brings one
? 1

$ chotdon check | head -1
OK: 7 orders, 7 lines, 0 payments, 7 stock moves, 2 products, 0 customers, 31 audit rows
