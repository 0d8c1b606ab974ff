# Staff and teams (CLI "The rest", DOMAIN 2).

$ chotdon init --name "Tạp hoá Hạnh Phúc"
made shop.db

$ chotdon init
chotdon: shop\.db .* (re)
? 1

$ chotdon staff add AN "Nguyễn Thị An" --team "Đội Bắc" --role "quản lý" --phone "+84 912 345 678" --base-salary 12tr

$ chotdon staff add BINH "Trần Bình" --team "đội bắc" --start-date 1/2/2026

$ chotdon staff add AN Ai
chotdon: there is staff “AN” already; change it with `staff edit`
? 1

$ chotdon staff add "A:B" Ai
chotdon: “A:B” cannot be a code: up to 64 letters and digits, without : + @
? 1

$ chotdon staff add
chotdon: something is missing: chotdon staff add CODE NAME [--team T] [--role R] [--phone P] [--email E] [--base-salary N] [--start-date D]
? 2

$ chotdon staff list -f csv
code,name,team,role,phone,email,base_salary,start_date,end_date
AN,Nguyễn Thị An,Đội Bắc,manager,0912345678,,12000000,,
BINH,Trần Bình,Đội Bắc,rep,,,0,2026-02-01,

$ chotdon staff edit "tran binh" --team "Đội Nam" --from 2026-12-01

$ chotdon --now 2026-12-02 -f csv team list
name,leader,members
Đội Bắc,,1
Đội Nam,,1

$ chotdon team edit "doi bac" --leader an

$ chotdon -f json team list
[
{"name": "Đội Bắc", "leader": "AN", "members": 2},
{"name": "Đội Nam", "leader": "", "members": 0}
]

$ chotdon -f csv staff list --role
chotdon: unknown option --role; see `chotdon staff list -h`
? 2

$ chotdon audit verify
the audit chain holds: .* rows, and 1 anchors outside the file fit (re)

$ chotdon --as AN setting set vat_mode added

$ chotdon setting get vat_mode
added

$ chotdon setting set currency USD
chotdon: the currency is fixed when the shop is made; make a new one with `init --currency`
? 1

$ chotdon setting set stock_policy never
chotdon: stock_policy cannot be “never”; it takes allow | warn | block
? 1

$ chotdon -f csv audit list --staff AN
id,time,staff,action,entity,detail,hash
9,2026-11-21 14:05:00,AN,setting.set,setting vat_mode,included → added,.* (re)
