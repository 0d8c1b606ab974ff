# Assignment rules (CLI "Pipeline", DOMAIN 5).

$ chotdon init && chotdon staff add AN "Nguyễn Thị An" --team Bắc && chotdon staff add BINH "Trần Bình" --team Bắc && chotdon staff add CHI "Lê Chi"
made shop.db

$ printf 'deal_no,title,source,province,created\nL1,Quán Cây Bàng,Zalo,Huế,1/11/2026\nL2,Trường Lê Lợi,Zalo,,2/11/2026\nL3,Tạp hoá Bảy,Facebook,,3/11/2026\nL4,Quán Gió,Zalo,hue,4/11/2026\n' >leads.csv; chotdon -q import deals leads.csv >/dev/null

$ chotdon assign run --dry-run
deal  title          rep  name  rule  why nobody
L1    Quán Cây Bàng                   no rule fits
L2    Trường Lê Lợi                   no rule fits
L3    Tạp hoá Bảy                     no rule fits
L4    Quán Gió                        no rule fits

$ chotdon assign rule add --source zalo --team "bac" --limit 1; chotdon assign rule add --province "thua thien hue" --rep CHI --position 1; chotdon assign rule add --source Facebook --rep "tran binh" --rep AN
1
2
3

$ chotdon assign rule list
id  order of rules  source    province  group  team  reps     a day
 2               1            Huế                    CHI          0
 1               2  Zalo                       Bắc                1
 3               3  Facebook                         BINH,AN      0

$ chotdon -f json assign rule list
[
{"id": 2, "position": 1, "source": "", "province": "Huế", "group": "", "team": "", "reps": "CHI", "daily_limit": 0},
{"id": 1, "position": 2, "source": "Zalo", "province": "", "group": "", "team": "Bắc", "reps": "", "daily_limit": 1},
{"id": 3, "position": 3, "source": "Facebook", "province": "", "group": "", "team": "", "reps": "BINH,AN", "daily_limit": 0}
]

$ chotdon assign run --dry-run
deal  title          rep   name           rule  why nobody
L1    Quán Cây Bàng  CHI   Lê Chi            1  
L2    Trường Lê Lợi  AN    Nguyễn Thị An     2  
L3    Tạp hoá Bảy    BINH  Trần Bình         3  
L4    Quán Gió       CHI   Lê Chi            1  

$ chotdon -f csv assign run
deal_no,title,rep,name,rule,why_not
L1,Quán Cây Bàng,CHI,Lê Chi,1,
L2,Trường Lê Lợi,AN,Nguyễn Thị An,2,
L3,Tạp hoá Bảy,BINH,Trần Bình,3,
L4,Quán Gió,CHI,Lê Chi,1,

$ chotdon -f csv assign run
deal_no,title,rep,name,rule,why_not

# Leads are given out as they come, by a file too; and the same file again takes nobody's away.
$ printf 'deal_no,title,source,rep\nL5,Quán Mới,Facebook,\n' >new.csv; chotdon -q import deals new.csv | grep -o '"created": 1'; chotdon export deals | cut -d, -f1,7
"created": 1
deal_no,rep
L1,CHI
L2,AN
L3,BINH
L4,CHI
L5,AN

$ chotdon -q import deals new.csv | grep -o '"unchanged": 1'; chotdon -q import deals leads.csv | grep -o '"unchanged": 4'
"unchanged": 1
"unchanged": 4

$ chotdon assign rule remove 2; chotdon assign rule remove 2
chotdon: there is no rule 2; `chotdon assign rule list` shows them
? 1

$ chotdon -f csv assign rule list
id,position,source,province,group,team,reps,daily_limit
1,1,Zalo,,,Bắc,,1
3,2,Facebook,,,,"BINH,AN",0

$ chotdon assign rule add --province Atlantis; chotdon assign rule add --limit x; chotdon assign rule add --team Z; chotdon check | head -1
chotdon: there is no province “Atlantis”
chotdon: --limit: “x” is not a whole number
chotdon: there is no team “Z”; `chotdon team list` shows them
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 15 audit rows
