# What the environment says: taken, or refused in words that a terminal can show.
$ chotdon init && chotdon staff add LAN --name Lan && unset CHOTDON_NOW CHOTDON_DB; CHOTDON_NOW=2026-10-31 chotdon -d shop.db order list -f csv
made shop.db
chotdon: the clock says 2026-10-31 00:00:00, but the last record is of 2026-11-21 14:05:00; check the date of this machine
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of

$ CHOTDON_NOW='31/02/2026 99:99' chotdon order list
chotdon: CHOTDON_NOW=31/02/2026 99:99: this is no time; write it like 2026-10-31 14:05
? 2

$ CHOTDON_NOW="$(head -c 100000 /dev/zero | tr '\0' 9)" chotdon order list 2>&1 | head -c 100
chotdon: CHOTDON_NOW=9999999999999999999999999999999999999999…: this is no time; write it like 202

$ CHOTDON_DB="$(printf '\033]0;owned\007\342\200\256.db')" chotdon order list | cat -v
chotdon: there is no database ␛]0;owned␇·.db: make one with `chotdon init`, or name another

$ CHOTDON_DB="$(head -c 100000 /dev/zero | tr '\0' x)" chotdon order list 2>&1 | wc -c | awk '{ print ($1 < 1000) }'
1

$ CHOTDON_DB=/ chotdon order list
chotdon: / is a folder: name the database file in it
? 1

$ CHOTDON_AS="$(printf '\033[2J')" chotdon order list 2>&1 | cat -v
chotdon: there is no staff with code M-bM-^@M-^\M-bM-^PM-^[[2JM-bM-^@M-^]; `chotdon staff list` shows who there is

$ CHOTDON_AS="$(head -c 100000 /dev/zero | tr '\0' x)" chotdon order list 2>&1 | wc -c | awk '{ print ($1 < 1000) }'
1

$ CHOTDON_AS=LAN CHOTDON_PIN_FILE=/nonexistent/pin chotdon order list -f csv
order_no,order_date,status,channel,customer_code,customer_name,rep,total,paid,due,return_of

$ for v in HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME; do for d in '' relative /dev/null "/$(head -c 5000 /dev/zero | tr '\0' x)"; do env "$v=$d" chotdon order list -f csv >out 2>&1 || cat out; done; done; wc -l <out
1

$ for l in '' C xx_YY.KOI8-R ../../etc "$(head -c 5000 /dev/zero | tr '\0' x)"; do for v in LANG LC_ALL LANGUAGE; do env "$v=$l" chotdon order list -f csv >out 2>&1 || cat out; done; done; wc -l <out
1

$ for v in TERM LINES COLUMNS TZ TMPDIR; do for d in '' -1 '`id`' "$(head -c 5000 /dev/zero | tr '\0' x)"; do env "$v=$d" chotdon order list -f csv >out 2>&1 || cat out; done; done; wc -l <out
1

$ TERM="$(printf '\033[2J')" chotdon </dev/null 2>&1 | cat -v
chotdon: the screens need a terminal; `chotdon -h` lists the commands
