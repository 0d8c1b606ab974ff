# The proof of the books, copies and their return (CLI "Making a database").

$ chotdon -q init --name "Hạnh Phúc"

$ chotdon check
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 2 audit rows
looked at: the file, references, the audit chain, orders, numbers, stock, cash, customers and search, commission, figures of sales, deals and their figures, seals of all tables
SQLite 3\..* (re)

$ chotdon backup copy.db
copied to copy.db, and the copy verified

$ chotdon backup copy.db
chotdon: copy.db is there already: choose another name
? 1

$ chotdon backup nowhere/copy.db
chotdon: nowhere/copy.db cannot be made: its folder does not exist; make the folder first
? 1

$ chotdon setting set shop_name "Tên khác"

$ chotdon restore copy.db
restored; the file as it was is kept as shop.db.replaced-20261121-140500

$ chotdon setting get shop_name
Hạnh Phúc

$ ls
copy.db
shop.db
shop.db-shm
shop.db-wal
shop.db.anchors
shop.db.lock
shop.db.replaced-20261121-140500

$ chotdon restore missing.db
chotdon: there is no database missing.db: make one with `chotdon init`, or name another
? 1

$ sqlite3 shop.db "PRAGMA foreign_keys=OFF; UPDATE settings SET value='x' WHERE key='shop_name'; UPDATE audit SET action='y' WHERE id=1"

$ chotdon check
chotdon: the books do not hold; findings: 3
the audit log does not fit at row 1: row 1 was changed, or the row before it (somebody changed the file past the program: look at it beside a backup, and restore that)
table audit: a row was changed by another program than this one (look at it beside a backup and restore that, or take the file as it is: chotdon check --accept)
table settings: a row was changed by another program than this one (look at it beside a backup and restore that, or take the file as it is: chotdon check --accept)
? 1

$ chotdon restore shop.db.replaced-20261121-140500
restored; the file as it was is kept as shop.db.replaced-20261121-140500-2

$ chotdon -q check

# What another program wrote into any table shows; it can be taken as it is.
$ sqlite3 shop.db "UPDATE stages SET idle_days = idle_days + 1 WHERE id = 1; INSERT INTO teams (name, folded) VALUES ('X', 'x')"

$ chotdon check
chotdon: the books do not hold; findings: 2
table stages: a row was changed by another program than this one (look at it beside a backup and restore that, or take the file as it is: chotdon check --accept)
table teams: another program than this one added 1 rows (look at it beside a backup and restore that, or take the file as it is: chotdon check --accept)
? 1

$ chotdon -q check --accept

$ chotdon -q check --rebuild

$ chotdon audit list --action check -f csv | cut -d, -f4,5
action,entity
check.accept,shop
check.rebuild,shop

# Another shop in the file's place has a log of its own.
$ rm shop.db shop.db-* && ls shop.db.anchors && chotdon -q init && chotdon -q check && chotdon audit verify
shop.db.anchors
the audit chain holds: 1 rows

$ chotdon restore
chotdon: something is missing: chotdon restore FILE
? 2

$ chotdon -d sample.db init --sample --currency GBP
chotdon: the sample shop sells in VND; make it without --currency
? 2
