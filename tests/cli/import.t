# Files in (CLI "Import and export"): headers, rejected rows, dry run, atomic, what the same file again changes.

$ chotdon init
made shop.db

$ cat > staff.csv <<'END'
> code,name,team,role,phone,email,base_salary,start_date,end_date
> AN,Nguyễn Văn An,Sài Gòn,rep,0912345678,an@x.vn,10000000,2024-01-15,
> BINH,"Trần, Bình",Hà Nội,quản lý,,,"12,000,000",15/02/2024,
> X:Y,Bad,,,,,,,
> ,,,,,,,,
> CHI,,,,,,,,
> DUNG,"Dũng
> hai dòng",,boss,,,,,
> END

# Each rejected row says where it stands in the file, and goes to the errors file as it stood.
$ chotdon import staff staff.csv --errors errors.csv
staff.csv:4: code: “X:Y” cannot be a code: up to 64 letters and digits, without : + @
staff.csv:6: name: is empty, and it must not be
staff.csv:7: role: “boss” is no role; there are counter, rep, warehouse, care, marketing, accountant, manager, outsourced
{"kind": "staff", "file": "staff.csv", "rows": 5, "blank": 1, "created": 2, "updated": 0, "unchanged": 0, "rejected": 3, "made": {"staff": 0, "teams": 2, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 1}
? 3

$ cat errors.csv
code,name,team,role,phone,email,base_salary,start_date,end_date,error
X:Y,Bad,,,,,,,,"“X:Y” cannot be a code: up to 64 letters and digits, without : + @"
CHI,,,,,,,,,"is empty, and it must not be"
DUNG,"Dũng
hai dòng",,boss,,,,,,"“boss” is no role; there are counter, rep, warehouse, care, marketing, accountant, manager, outsourced"

$ chotdon import staff staff.csv 2>/dev/null
{"kind": "staff", "file": "staff.csv", "rows": 5, "blank": 1, "created": 0, "updated": 0, "unchanged": 2, "rejected": 3, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

$ chotdon export staff
code,name,team,role,phone,email,base_salary,start_date,end_date
AN,Nguyễn Văn An,Sài Gòn,rep,0912345678,an@x.vn,10000000,2024-01-15,
BINH,"Trần, Bình",Hà Nội,manager,,,12000000,2024-02-15,

# One import that changed something, one row in the audit.
$ chotdon import list -f csv
id,time,staff,kind,file,rows,created,updated,unchanged,rejected,undone
1,2026-11-21 14:05:00,,staff,staff.csv,5,2,0,0,3,

$ chotdon -f json audit list | grep -c '"action": "import"'
1

# The errors file, mended, is what import takes; its error column means nothing.
$ sed 's/^X:Y/XY/; s/^CHI,/CHI,Chi/; s/,boss,/,kho,/' errors.csv > mended.csv; chotdon import staff mended.csv
{"kind": "staff", "file": "mended.csv", "rows": 3, "blank": 0, "created": 3, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 2}

# An absent column keeps a value, an empty cell clears it.
$ printf 'code,name,phone\nAN,Nguyễn Văn An,\n' | chotdon import staff -
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 1, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 3}

$ chotdon export staff | grep ^AN
AN,Nguyễn Văn An,Sài Gòn,rep,,an@x.vn,10000000,2024-01-15,

# --dry-run prints the same and writes nothing.
$ printf 'code,name,team\nNEW,Mới,Huế\nAN,An,Sài Gòn\n' > new.csv; chotdon import staff new.csv --dry-run
{"kind": "staff", "file": "new.csv", "rows": 2, "blank": 0, "created": 1, "updated": 1, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 1, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}

$ chotdon export staff | grep -c 'NEW\|^AN,An,'
0
? 1

$ chotdon team list -f csv
name,leader,members
Hà Nội,,1
Sài Gòn,,1

# --atomic: one bad row rejects the file.
$ printf 'code,name\nNEW,Mới\nA+B,Xấu\n' > atomic.csv; chotdon import staff atomic.csv --atomic
atomic.csv:3: code: “A+B” cannot be a code: up to 64 letters and digits, without : + @
{"kind": "staff", "file": "atomic.csv", "rows": 2, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

$ chotdon export staff | grep -c NEW
0
? 1

# Headers: a name may be written otherwise, --map names any other, unknown ones are named in one warning.
$ printf 'Mã,NAME,Base Salary,Màu,Cỡ\nNEW,Mới,5.000.000,đỏ,L\n' > map.csv; chotdon import staff map.csv --map 'Mã=code'
map.csv: columns that mean nothing here are left out: Màu, Cỡ (known: code, name, team, role, phone, email, base_salary, start_date, end_date)
{"kind": "staff", "file": "map.csv", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 4}

$ chotdon export staff | grep NEW
NEW,Mới,,rep,,,5000000,,

$ chotdon import staff map.csv
chotdon: map.csv has no column code, which it must have (name one with --map 'HEADER=code'); its headers are: Mã,NAME,Base Salary,Màu,Cỡ
? 1

$ chotdon import staff map.csv --map 'Mã=ma'
chotdon: --map Mã=ma: there is no field ma; staff has code, name, team, role, phone, email, base_salary, start_date, end_date
? 1

$ chotdon import staff map.csv --map 'Mã'
chotdon: --map Mã: write --map 'HEADER=field'
? 1

$ chotdon import nothing map.csv
chotdon: “nothing” is no kind of file; there are staff products customers suppliers orders payments stock deals targets tickets
? 2

$ chotdon import staff
chotdon: something is missing: chotdon import KIND FILE|- [--profile NAME] [--map 'HEADER=field']… [--null TEXT] [--date-order dmy|mdy] [--dry-run] [--atomic] [--create-missing] [--errors FILE]
? 2

$ chotdon import staff missing.csv
chotdon: missing.csv cannot be read: No such file or directory
? 1

$ : > empty.csv; chotdon import staff empty.csv
chotdon: empty.csv is empty: the first line must name the columns
? 1

# --null: cells with exactly this text are empty.
$ printf 'code,name,phone,team\nNULLY,Nu,null,null\n' | chotdon import staff - --null null
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 5}

$ chotdon export staff | grep NULLY
NULLY,Nu,,rep,,,0,,

# Delimiters and encodings are found out; text becomes NFC.
$ printf 'code;name\nSEMI;Năm\n' | chotdon import staff - | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 6}

$ printf 'code\tname\nTAB\tNăm\n' | chotdon import staff - | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 7}

$ printf '\357\273\277code,name\r\nBOM,Bốn\r\n' | chotdon import staff - | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 8}

$ printf 'code,name\nU16,Sáu\n' | iconv -f UTF-8 -t UTF-16 | chotdon import staff - | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 9}

$ printf 'code,name\nNFD,Nguye\314\202\314\203n\n' | chotdon import staff - | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 10}

$ chotdon export staff | grep '^\(SEMI\|TAB\|BOM\|U16\|NFD\)'
BOM,Bốn,,rep,,,0,,
NFD,Nguyễn,,rep,,,0,,
SEMI,Năm,,rep,,,0,,
TAB,Năm,,rep,,,0,,
U16,Sáu,,rep,,,0,,

# A NUL byte rejects its row, a quote that never closes the row that opened it.
$ printf 'code,name\nN1,a\000b\nN2,Hai\nN3,"mở\nN4,Bốn\n' > nul.csv; chotdon import staff nul.csv
nul.csv:2: code: the row has a NUL byte
nul.csv:4: code: the quote opened in this row is never closed
{"kind": "staff", "file": "nul.csv", "rows": 4, "blank": 0, "created": 2, "updated": 0, "unchanged": 0, "rejected": 2, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 11}
? 3

$ chotdon export staff | grep '^N[1-4]'
N2,Hai,,rep,,,0,,
N4,Bốn,,rep,,,0,,

# Fully blank rows are skipped and counted.
$ printf 'code,name\n\nB1,Một\n , \n;\n' | chotdon import staff -
-:5: name: is empty, and it must not be
{"kind": "staff", "file": "-", "rows": 2, "blank": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 12}
? 3

# The same key twice in a file: the last row counts, so that reading it again changes nothing.
$ printf 'code,name\nTW,Một\nTW,Hai\n' > twice.csv; chotdon import staff twice.csv; chotdon import staff twice.csv 2>/dev/null
twice.csv:2: TW stands again on line 3, which counts
{"kind": "staff", "file": "twice.csv", "rows": 2, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 13}
{"kind": "staff", "file": "twice.csv", "rows": 2, "blank": 0, "created": 0, "updated": 0, "unchanged": 1, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}

# Dates: --date-order for American files.
$ printf 'code,name,start_date\nUS,Us,10/31/2026\n' | chotdon import staff - --date-order mdy | grep created
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}, "import": 14}

$ printf 'code,name,start_date\nUS2,Us,10/31/2026\n' | chotdon import staff -
-:2: start_date: "10/31/2026" is not a date; write 2026-10-31 or 31/10/2026
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

# deals, targets and tickets have their headers; rows come later.
$ chotdon export deals
deal_no,title,customer,phone,email,province,rep,stage,product,expected_value,probability_pct,source,tags,need,budget,timing,decision_maker,created,expected_close,closed,value,lost_reason,contact,note

$ chotdon export deals | chotdon import deals -
{"kind": "deals", "file": "-", "rows": 0, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0, "stages": 0}}

$ printf 'ticket_no,subject\nT1,x\n' | chotdon import tickets -
chotdon: -: this version keeps no tickets yet; only a file without rows can be read
? 1

# A row with more cells than the header has slipped; what could be read says which order goes with it.
$ printf 'code,name\nG,Giang,extra\n' | chotdon import staff -
-:2: code: the row has more cells than the header; put a text with a comma in it in quotes
{"kind": "staff", "file": "-", "rows": 1, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3

$ printf 'order_no,order_date,sku,qty,unit_price\nO1,2026-01-01,A,1,100\nO1,2026-01-01,A\000,1,100\n' | chotdon import orders - --create-missing
-:2: order_no: rejected with line 3 of the same order
-:3: order_no: the row has a NUL byte
{"kind": "orders", "file": "-", "rows": 2, "blank": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 1, "made": {"staff": 0, "teams": 0, "products": 0, "groups": 0, "customers": 0, "channels": 0, "suppliers": 0}}
? 3
