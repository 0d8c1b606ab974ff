# Backups that make themselves, and what they bring back.

$ chotdon -q init --name "Hạnh Phúc"

$ chotdon product add --sku A --name "Bút bi" --price 5000 -f csv >/dev/null

$ chotdon stock receive --line A:100@2000 >/dev/null

$ chotdon order add --line A:3 --pay cash:15000
DH261121-0001

$ chotdon backup --auto
copied to ./backups/shop-auto-20261121-140500.db, and the copy verified

$ chotdon backup --auto

$ chotdon report sales -f csv >before.csv; chotdon stock list -f csv >>before.csv

$ chotdon order add --line A:50 --pay cash:250000
DH261121-0002

$ chotdon --now "2026-11-22 08:00" backup --auto
copied to ./backups/shop-auto-20261122-080000.db, and the copy verified

$ chotdon -q backup --list -f csv | cut -d, -f1,2,4
file,time,kind
./backups/shop-auto-20261122-080000.db,2026-11-22 08:00:00,auto
./backups/shop-auto-20261121-140500.db,2026-11-21 14:05:00,auto

$ chotdon restore backups/shop-auto-20261121-140500.db
restored; the file as it was is kept as shop.db.replaced-20261121-140500

$ chotdon -q check

$ chotdon report sales -f csv >after.csv; chotdon stock list -f csv >>after.csv; cmp before.csv after.csv

$ chotdon audit verify
the audit chain holds: 6 rows, and 1 anchors outside the file fit
2 more are from before a backup was put back, or the file was taken as it is

$ chotdon setting set backups_kept 1

$ chotdon -q --now "2026-11-23 08:00" backup --auto

$ ls backups
shop-auto-20261123-080000.db

$ chotdon -q setting set backups_kept 0

$ chotdon backup --auto

$ chotdon backup
chotdon: name the file to be made, or use --auto or --list: chotdon backup FILE|--auto|--list
? 2

# The tail of the audit is cut, and the head set back with it.
$ sqlite3 shop.db "PRAGMA foreign_keys=OFF; DELETE FROM audit_details WHERE audit_id > 6; DELETE FROM audit WHERE id > 6; UPDATE audit_head SET id = 6, hash = (SELECT hash FROM audit WHERE id = 6)"

$ chotdon audit verify
chotdon: the audit chain does not hold: rows after 6 are missing: on 2.*/11/2026 the chain had .* (re)
? 1

$ chotdon check 2>&1 | grep outside
chotdon: the audit log is not the one that was anchored outside the file: rows after 6 are missing: .* (re)

$ chotdon -q check --accept && chotdon audit verify | tail -1
. more are from before a backup was put back, or the file was taken as it is (re)

# An older copy in the file's place is whole, but not what it was.
$ chotdon -q -d a.db init && chotdon -q -d a.db backup b.db && chotdon -q -d a.db setting set shop_name X && cp b.db a.db && rm a.db-*

$ chotdon -q -d a.db check
chotdon: the audit log is not the one that was anchored outside the file: rows after . are missing: .* (re)
