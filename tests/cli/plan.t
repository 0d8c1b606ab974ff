# Commission plans (CLI "KPI and commission", DOMAIN 7).

$ chotdon init
made shop.db

$ chotdon product add OP-1 "Ốp lưng" --price 100k --group "Phụ kiện/Ốp"

$ cat >plan.ini <<'END'
> [plan]
> code = 2026
> name = "Chính sách hoa hồng 2026"
> from = 2026-01
> to = 2026-12
> # gross, net or margin
> base = gross
> mode = marginal
> cap = 0
> team_override_pct = 0.5
> bonus_first_order = 200000
> bonus_top_revenue = 500000
> [tiers]
> 0 = 2
> 50000000 = 3
> 100000000 = 4
> [gate]
> 0 = 0
> 50 = 50
> 70 = 100
> 120 = 110
> [groups]
> PHU KIEN = 1
> END

$ chotdon plan import plan.ini
plan 2026 is a draft; `chotdon plan activate 2026` puts it in force
2026@1

$ chotdon plan list -f csv
code,version,name,status,start,from,to,base,mode,reason
2026,1,Chính sách hoa hồng 2026,draft,2026-01,2026-01,2026-12,gross,marginal,

$ chotdon plan show 2026
{"code": "2026", "name": "Chính sách hoa hồng 2026", "version": 1, "status": "draft", "start": "2026-01", "from": "2026-01", "to": "2026-12", "base": "gross", "mode": "marginal", "cap": 0, "team_override_bps": 50, "bonus_first_order": 200000, "bonus_top_revenue": 500000, "reason": "", "tiers": [{"from": 0, "rate_bps": 200}, {"from": 50000000, "rate_bps": 300}, {"from": 100000000, "rate_bps": 400}], "gate": [{"attainment_bps": 0, "multiplier_bps": 0}, {"attainment_bps": 5000, "multiplier_bps": 5000}, {"attainment_bps": 7000, "multiplier_bps": 10000}, {"attainment_bps": 12000, "multiplier_bps": 11000}], "groups": [{"group": "Phụ kiện", "rate_bps": 100}]}

$ chotdon plan show 2026 -f table >again.ini; grep . again.ini; chotdon plan diff 2026 again.ini -f csv
[plan]
code = "2026"
name = "Chính sách hoa hồng 2026"
from = 2026-01
to = 2026-12
base = gross
mode = marginal
cap = 0
team_override_pct = 0.5
bonus_first_order = 200000
bonus_top_revenue = 500000
[tiers]
0 = 2
50000000 = 3
100000000 = 4
[gate]
0 = 0
50 = 50
70 = 100
120 = 110
[groups]
Phụ kiện = 1
key,a,b

# A draft can be changed and compared; the same again changes nothing.

$ sed 's/^cap = 0/cap = 9000000/; s/^120 = 110/130 = 115/' plan.ini >other.ini; chotdon plan diff 2026 other.ini -f csv
key,a,b
cap,0,9000000
gate.120,110,
gate.130,,115

$ chotdon plan import other.ini && chotdon plan import plan.ini && chotdon plan import plan.ini
plan 2026 is a draft; `chotdon plan activate 2026` puts it in force
2026@1
plan 2026 is a draft; `chotdon plan activate 2026` puts it in force
2026@1
plan 2026 is a draft; `chotdon plan activate 2026` puts it in force
2026@1

# Refusals name the line.

$ sed 's/^0 = 2/10 = 2/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:14: the first tier starts at 10; it has to start at 0, or what is sold below it has no rate
? 1

$ sed 's/^100000000 = 4/100000000 = 2.5/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:16: in marginal mode rates may not fall: from 100000000 it is 2.5%, but 3% below it
? 1

$ sed 's/^100000000 = 4/50.000.000 = 4/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:16: the tier from 50000000 comes twice
? 1

$ sed 's/^100000000 = 4/100000000 = 104/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:16: tiers: 104% is no such rate; it goes from 0 to 100%
? 1

$ sed 's/^100000000 = 4/100000000 = -4/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:16: 100000000: "-4" is not a percentage; write 8 or 7.5
? 1

$ sed 's/^50 = 50/fifty = 50/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:19: fifty: "fifty" is not a percentage; write 8 or 7.5
? 1

$ sed 's/^PHU KIEN/Điện thoại/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:23: there is no group “Điện thoại”
? 1

$ sed 's/^cap/limit/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:9: [plan] has no key “limit”; it takes code, name, from, to, base, mode, cap, team_override_pct, bonus_first_order and bonus_top_revenue
? 1

$ sed 's/^.groups./[bonus]/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:23: a plan has no section [bonus]; it has [plan], [tiers], [gate] and [groups]
? 1

$ sed 's/^to = .*/to = 2025-12/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:5: the plan ends in 2025-12, before it begins in 2026-01
? 1

$ sed '/^from/d' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini: a plan needs its first month: from = 2026-01
? 1

$ sed '/^code/d' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini: a plan needs a code: code = 2026
? 1

$ sed '/^.tiers/,/^.gate/d' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:13: [plan] has no key “0”; it takes code, name, from, to, base, mode, cap, team_override_pct, bonus_first_order and bonus_top_revenue
? 1

$ sed 's/^base.*/base = turnover/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:7: base cannot be “turnover”; it takes gross, net or margin
? 1

$ sed 's/^PHU KIEN = 1/PHU KIEN = 1\nPhụ  kiện = 2/' plan.ini >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:24: the product group “Phụ  kiện” comes twice
? 1

$ printf '[plan]\ncode = x\ncode = y\n' >bad.ini; chotdon plan import bad.ini
chotdon: bad.ini:3: the key code comes twice in [plan], first in line 2
? 1

$ chotdon plan import nothing.ini
chotdon: nothing.ini cannot be opened: No such file or directory
? 1

# A slab may fall.

$ sed 's/^code.*/code = slab/; s/^mode.*/mode = slab/; s/^100000000 = 4/100000000 = 1/' plan.ini >slab.ini; chotdon plan import slab.ini
plan slab is a draft; `chotdon plan activate slab` puts it in force
slab@1

# In force: read-only, and alone in its months.

$ chotdon plan activate 2026 && chotdon plan activate 2026

$ chotdon plan activate slab
chotdon: 2026-01 to 2026-12 overlaps plan 2026, which holds from 2026-01 to 2026-12; a month has one plan
? 1

$ chotdon plan import other.ini
chotdon: other.ini:2: plan 2026 is in use and read-only; give --from MONTH and --reason for a new version of it
? 1

$ sed 's/^code.*/code = 2026b/; s/^from.*/from = 2026-12/; s/^to.*/to = 2027-11/' plan.ini >overlap.ini; chotdon plan import overlap.ini
chotdon: overlap.ini:4: 2026-12 to 2027-11 overlaps plan 2026, which holds from 2026-01 to 2026-12; a month has one plan
? 1

$ chotdon plan import other.ini --from 2026-07
chotdon: --from MONTH and --reason R go together: they make a new version of a plan in use
? 2

$ chotdon plan import other.ini --from 2027-07 --reason "Trần từ giữa năm"
chotdon: other.ini:4: 2027-07 is outside plan 2026, which goes from 2026-01 to 2026-12
? 1

$ chotdon plan import other.ini --from 2026-07 --reason "Trần từ giữa năm"
2026@2

$ chotdon plan diff 2026@1 2026 -f csv
key,a,b
cap,0,9000000
gate.120,110,
gate.130,,115

$ chotdon plan show 2026@3
chotdon: there is no plan “2026@3”; `chotdon plan list` shows them
? 1

$ chotdon plan list -f csv
code,version,name,status,start,from,to,base,mode,reason
2026,1,Chính sách hoa hồng 2026,active,2026-01,2026-01,2026-12,gross,marginal,
2026,2,Chính sách hoa hồng 2026,active,2026-07,2026-01,2026-12,gross,marginal,Trần từ giữa năm
slab,1,Chính sách hoa hồng 2026,draft,2026-01,2026-01,2026-12,gross,slab,

# A plan as a file is what `plan show --ini` gives: change it, import it again, or keep it as it was.

$ chotdon plan show 2026@1 --ini >v1.ini; chotdon plan diff 2026@1 v1.ini -f csv
key,a,b

$ printf '[plan]\ncode = q\nname = '"'"'"Quý" 1'"'"'\nfrom = 2027-01\nto = 2027-03\n[tiers]\n0 = 2\n' >q.ini; chotdon -q plan import q.ini
q@1

$ chotdon plan show q --ini >q2.ini; chotdon plan diff q q2.ini -f csv
key,a,b

# A stored plan is tried by its code, a draft too.

$ chotdon commission simulate --plan q --from 2026-01 --to 2026-01 -f csv
rep,name,current,simulated,change

# A draft can be taken away; a plan in use stays.

$ chotdon plan remove q && chotdon plan remove slab

$ chotdon plan remove 2026
chotdon: plan 2026 is in use and read-only; give --from MONTH and --reason for a new version of it
? 1

$ chotdon plan remove q
chotdon: there is no plan “q”; `chotdon plan list` shows them
? 1

$ chotdon plan list -f csv
code,version,name,status,start,from,to,base,mode,reason
2026,1,Chính sách hoa hồng 2026,active,2026-01,2026-01,2026-12,gross,marginal,
2026,2,Chính sách hoa hồng 2026,active,2026-07,2026-01,2026-12,gross,marginal,Trần từ giữa năm

$ chotdon check >/dev/null
