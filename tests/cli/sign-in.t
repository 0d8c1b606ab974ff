# Sign-in, PINs and what roles may (CLI "The rest").

$ chotdon -q init && chotdon staff add LAN "Nguyễn Thị Lan" --role manager --phone 0912345678 && chotdon staff add BINH "Trần Bình" --role counter && chotdon staff add HOA "Lê Thị Hoa" --role accountant

$ umask 077; echo lan-4711 >lan.pin; echo binh-0815 >binh.pin; printf 'lan-4711\nbinh-0815\n' >lan-binh.pin; printf 'lan-4711\nhoa 42\n' >lan-hoa.pin

# An open shop asks nobody.

$ chotdon -u BINH setting set shop_phone 0900000001

$ chotdon staff pin LAN
chotdon: a PIN is needed, and there is no terminal to ask for it: name a file that holds it in CHOTDON_PIN_FILE
? 1

$ umask 077; for bad in 123 lan; do echo $bad >bad.pin; CHOTDON_PIN_FILE=bad.pin chotdon staff pin LAN; done
chotdon: a PIN has 4 to 128 characters; letters and spaces are fine
chotdon: a PIN has 4 to 128 characters; letters and spaces are fine
? 1

# What is typed can be typed anew (tests/e2e/test_pin_prompt.c); a script is told.

$ umask 077; echo 4321 >bad.pin; CHOTDON_PIN_FILE=bad.pin chotdon staff pin BINH
chotdon: the PIN of Trần Bình is one of the first that anybody would try; a longer one is safer

$ CHOTDON_PIN_FILE=bad.pin chotdon staff pin BINH --remove

$ CHOTDON_PIN_FILE=lan.pin chotdon staff pin LAN
sign-in is on: from now on everybody says who they are with -u CODE and gives their PIN

# From here on nothing goes without a PIN but what reads no records.

$ chotdon order list
chotdon: this shop asks for a PIN: say who you are with -u CODE
? 1

$ chotdon -u LAN staff list
chotdon: a PIN is needed, and there is no terminal to ask for it: name a file that holds it in CHOTDON_PIN_FILE
? 1

$ CHOTDON_PIN_FILE=lan.pin chotdon -u BINH staff list
chotdon: Trần Bình has no PIN yet: a manager sets one with `chotdon staff pin BINH`
? 1

$ chotdon -q check

$ chotdon staff roles -f csv | head -3
permission,what,counter,rep,warehouse,care,marketing,accountant,manager,outsourced
see-cost,see cost and margin,0,0,0,0,0,1,1,0
see-commission,see others' commission,0,0,0,0,0,1,1,0

$ CHOTDON_PIN_FILE=lan-binh.pin chotdon -u LAN staff pin BINH

$ CHOTDON_PIN_FILE=lan-hoa.pin chotdon -u LAN staff pin HOA

$ CHOTDON_PIN_FILE=binh.pin chotdon -u BINH -f csv staff list
code,name,team,role,phone,email,base_salary,start_date,end_date
BINH,Trần Bình,,counter,,,0,,
HOA,Lê Thị Hoa,,accountant,,,,,
LAN,Nguyễn Thị Lan,,manager,0912345678,,,,

$ CHOTDON_PIN_FILE=binh.pin chotdon -u BINH setting set shop_phone 0900000002
chotdon: Trần Bình may not change settings, stages and channels; who may: manager: sign in as such, or let one approve it
? 1

$ CHOTDON_PIN_FILE=binh.pin chotdon -u BINH staff pin HOA
chotdon: Trần Bình may not set others' PINs; who may: manager: sign in as such, or let one approve it
? 1

# A manager approves one thing: their PIN is the last line.

$ umask 077; printf 'binh-0815\nlan-4711\n' >both.pin; CHOTDON_PIN_FILE=both.pin chotdon -u BINH --approve LAN setting set shop_phone 0900000002

$ CHOTDON_PIN_FILE=lan.pin chotdon -u LAN -f csv audit list --entity "setting shop_phone" | cut -d, -f3-6
staff,action,entity,detail
BINH,setting.set,setting shop_phone,0900000001
BINH,setting.set,setting shop_phone,0900000001 → 0900000002 · approved by LAN

# One's own PIN is changed with the old one; then the old one no longer does.

$ umask 077; printf 'binh-0815\nbinh-2026\n' >change.pin; CHOTDON_PIN_FILE=change.pin chotdon -u BINH staff pin BINH

$ CHOTDON_PIN_FILE=binh.pin chotdon -u BINH cash report
chotdon: that is not the PIN of Trần Bình
? 1

# After three failures it has to wait, whatever the clock is told.

$ for now in 1 2 3 4 5; do CHOTDON_PIN_FILE=binh.pin chotdon -q --now 2026-11-21\ 23:0$now -u BINH cash report; done
chotdon: that is not the PIN of Trần Bình
chotdon: that is not the PIN of Trần Bình
chotdon: too many wrong PINs for Trần Bình: try again in 1 seconds
chotdon: too many wrong PINs for Trần Bình: try again in 1 seconds
chotdon: too many wrong PINs for Trần Bình: try again in 1 seconds
? 1

$ CHOTDON_PIN_FILE=lan.pin chotdon -q -u LAN -f csv audit list --entity "sign-in BINH" | cut -d, -f3-6
staff,action,entity,detail
,sign.fail,sign-in BINH,
,sign.fail,sign-in BINH,
,sign.fail,sign-in BINH,

$ chmod 644 lan.pin; CHOTDON_PIN_FILE=lan.pin chotdon --now 2026-11-22 -u LAN setting get shop_phone
chotdon: others may read the PINs in lan.pin: chmod 600 lan.pin
0900000002

$ CHOTDON_PIN_FILE=none.pin chotdon -q -u LAN setting get shop_phone
chotdon: the PIN file none.pin cannot be read: No such file or directory
? 1

# Who left does not come in.

$ chmod 600 lan.pin; CHOTDON_PIN_FILE=lan.pin chotdon -q -u LAN staff edit HOA --end-date 2026-11-20

$ umask 077; tail -1 lan-hoa.pin >hoa.pin; CHOTDON_PIN_FILE=hoa.pin chotdon -q -u HOA staff list
chotdon: Lê Thị Hoa left on 2026-11-20 and cannot sign in any more
? 1

# The owner of the file gives a manager a new PIN.

$ umask 077; echo 2026-lan >new.pin; CHOTDON_PIN_FILE=new.pin chotdon -q staff pin BINH --recover
chotdon: Trần Bình is no manager: recover a manager's PIN, and let the manager set this one
? 1

$ CHOTDON_PIN_FILE=new.pin chotdon -q staff pin LAN --recover
Nguyễn Thị Lan has a new PIN; the audit log says that the owner of the file set it

$ CHOTDON_PIN_FILE=lan.pin chotdon -q -u LAN staff list
chotdon: that is not the PIN of Nguyễn Thị Lan
? 1

$ CHOTDON_PIN_FILE=new.pin chotdon -q -u LAN -f csv audit list | grep staff.pin | cut -d, -f3-6 | cut -c1-70
,staff.pin,staff BINH,set
,staff.pin,staff BINH,removed
,staff.pin,staff LAN,set; sign-in on
LAN,staff.pin,staff BINH,set
LAN,staff.pin,staff HOA,set
BINH,staff.pin,staff BINH,changed
,staff.pin,staff LAN,recovered by the owner of the file

# The last manager's PIN opens the shop again.

$ CHOTDON_PIN_FILE=new.pin chotdon -q -u LAN staff pin LAN --remove
no manager has a PIN any more: the shop is open, whoever runs the program is its owner

$ chotdon -q staff list -f csv | wc -l
3

# No PIN stands anywhere, and a hash in its one column only.

$ CHOTDON_PIN_FILE=new.pin chotdon -q staff pin LAN

$ export CHOTDON_PIN_FILE=new.pin CHOTDON_AS=LAN; chotdon -q export audit -o audit.csv; chotdon export staff -q -o staff.csv; chotdon -q -f json staff list >staff.json; chotdon -q -f json audit list >audit.json; ls *.csv *.json; grep -lE 'lan-4711|binh-0815|binh-2026|hoa 42|2026-lan|argon2' *.csv *.json; grep -lE 'lan-4711|binh-0815|binh-2026|hoa 42|2026-lan' shop.db*
audit.csv
audit.json
staff.csv
staff.json
? 1

$ CHOTDON_PIN_FILE=new.pin chotdon -q -u LAN audit verify
the audit chain holds: .* (re)

# A copy goes back in only by who may.

$ umask 077; printf '2026-lan\nbinh-2027\n' >lan-binh.pin; echo binh-2027 >binh.pin; export CHOTDON_PIN_FILE=new.pin CHOTDON_AS=LAN; CHOTDON_PIN_FILE=lan-binh.pin chotdon -q staff pin BINH && chotdon -q backup copy.db && CHOTDON_PIN_FILE=binh.pin chotdon -q -u BINH restore copy.db
chotdon: Trần Bình may not back up and restore; who may: manager: sign in as such, or let one approve it
? 1

$ export CHOTDON_PIN_FILE=new.pin CHOTDON_AS=LAN; chotdon -q restore copy.db 2>&1 | cut -c1-9; chotdon -q -f csv audit list --limit 1 | cut -d, -f3-5
restored;
staff,action,entity
LAN,shop.restore,shop
