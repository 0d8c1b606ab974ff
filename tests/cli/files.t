# Who may read the shop's files (README, "What protects what").

$ umask 022; chotdon -q init; chotdon product add A Áo --price 1000; stat -c %a shop.db shop.db-wal shop.db-shm shop.db.lock
600
600
600
600

$ umask 022; chotdon backup copy.db 2>/dev/null; chotdon export products -o goods.csv; chotdon export products --xlsx -o goods.xlsx; stat -c %a copy.db goods.csv goods.xlsx
600
600
600

$ chmod 644 shop.db; chotdon -f csv team list
chotdon: other people on this machine may read the shop: chmod go= shop.db
name,leader,members

$ chotdon -q -f csv team list
name,leader,members

$ chmod go= shop.db; chotdon -f csv team list
name,leader,members

# A check also looks at the copies beside it.

$ cp shop.db shop.db.old; chmod 640 shop.db.old; chotdon check 2>&1 | head -1
chotdon: other people on this machine may read the shop: chmod go= shop.db.old

$ rm shop.db.old

# A shop that a group shares.

$ printf '[files]\nfile_group = %s\n' "$(id -gn)" >group.ini; chotdon -q -c group.ini -d ours.db init; stat -c '%a %G' ours.db | sed "s/ $(id -gn)$/ ours/"; chotdon -c group.ini -d ours.db -f csv team list
660 ours
name,leader,members

$ chmod 664 ours.db; chotdon -c group.ini -d ours.db -f csv team list
chotdon: other people on this machine may read the shop: chmod o= ours.db
name,leader,members

$ printf '[files]\nfile_group = no-such-group\n' >group.ini; chotdon -c group.ini -d theirs.db init
chotdon: there is no group “no-such-group” on this machine: mend file_group in the configuration
? 1

$ ls theirs.db
ls: cannot access 'theirs.db': No such file or directory
? 2
