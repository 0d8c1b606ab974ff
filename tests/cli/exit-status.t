# Exit status: 2 is for the words of a command, what is missing or unknown among them; a value that is malformed, out of
# range or no such word is refused with 1, whichever command and option it is given to.

$ chotdon init --name Chợ
made shop.db

$ chotdon staff add AN An && chotdon product add CF "Cà phê" --price 15000 && chotdon -q order add --line CF:2 --rep AN && chotdon deal add "Quán" --rep AN
DH261121-0001
CH261121-0001

$ cat >try.sh <<'END'
> while read -r line; do
>     eval "chotdon $line" >out 2>err </dev/null
>     status=$?
>     [ $status -eq "$1" ] && [ "$(grep -c '^chotdon: ' err)" -eq 1 ] || { echo "$status: $line"; cat err; }
> done
> END

# Values.

$ sh try.sh 1 <<'END'
> -f xml staff list
> --lang xx staff list
> --now yesterday staff list
> init --currency XYZ
> audit list --month 2026-13
> audit list --limit some
> cash open lots
> cash close --count 500k
> cash close --counted much
> cash report --date 31/31/2026
> commission run --month 2026-13
> commission show --month soon
> commission explain --month 2026-11 --rep NOBODY
> commission simulate --plan none --from 2026-11 --to 2026-11
> commission discrepancies --month 11
> commission disputes --month 11
> commission answer one text
> customer add Ba --birth-date never
> customer add Ba --gender x
> customer find Ba --limit x
> customer merge --undo x
> deal add Quán --expected-value x
> deal add Quán --probability 200
> deal add Quán --stage nowhere
> deal add Quán --expected-close never
> deal add Quán --product CF:x
> deal list --limit x
> deal list --stage nowhere
> deal move CH261121-0001 nowhere
> deal won CH261121-0001 --value x
> deal log CH261121-0001 fax text
> deal plan CH261121-0001 never text
> deal merge --undo x
> export orders --month x
> export orders --from x --to y
> import staff none.csv --date-order ymd
> import staff none.csv --map code
> import staff none.csv --map 'Code=nothing'
> import staff none.csv --profile nobody
> import undo x
> leaderboard --month x
> leaderboard --by customer
> leaderboard --as-of x
> kpi health --month x
> kpi scorecard set rep revenue
> kpi scorecard set rep revenue=x
> kpi scorecard set nobody revenue=100
> order add --line CF
> order add --line CF:x
> order add --line CF:1@x
> order add --line CF:1 --pay shells:1
> order add --line CF:1 --pay cash:x
> order add --line CF:1 --rep AN:x
> order add --line CF:1 --status nonsense
> order add --line CF:1 --date x
> order add --line CF:1 --discount x
> order add --line CF:1 --shipping x
> order list --status nonsense
> order list --month x
> order list --limit x
> order status DH261121-0001 nonsense
> order pay DH261121-0001 shells:1
> order pay DH261121-0001 cash:1 --date x
> order return DH261121-0001 --line CF
> order return DH261121-0001 --refund shells
> order print DH261121-0001 --as pdf
> order print DH261121-0001 --width 40
> pipeline forecast --months 0
> pipeline forecast --months x
> pipeline stats --month x
> plan import none.ini --from x --reason y
> product add B Bánh --price x
> product add B Bánh --vat-pct x
> product add B Bánh --units x
> product edit CF --document x
> product edit CF --active maybe
> product list --sort colour
> product list --limit x
> report sales --by moon
> report sales --month x
> report trend --by moon
> report returns --by rep
> report profit --by colour
> setting set vat_mode sometimes
> setting set nothing 1
> staff add B Ba --role king
> staff add B Ba --base-salary x
> staff add B Ba --start-date x
> stage add Mới --probability 200
> stage add Mới --idle-days x
> stage add Mới --position 0
> stage add Mới --kind maybe
> stock adjust --line CF
> stock adjust --line CF:x
> stock receive --line CF:1@x
> stock moves --limit x
> stock receive --line CF:1 --date x
> target set 2026-13 shop revenue 1
> target set 2026-11 nobody AN revenue 1
> target set 2026-11 rep AN revenu 1
> target set 2026-11 rep AN revenue x
> target list --scope nobody
> target list --month x
> target copy 2025 x
> target copy 2025 2026 --percent x
> target spread x shop revenue 1
> team edit Bắc --leader NOBODY
> week report --rep AN --week 47
> week report --rep AN --calls x
> END

# Words.

$ sh try.sh 2 <<'END'
> nothing
> order
> order nothing
> order show
> order show DH261121-0001 more
> order list --nothing
> order list --limit
> order add
> order cancel DH261121-0001
> order pay DH261121-0001
> deal lost CH261121-0001
> export
> export nothing
> import nothing none.csv
> import staff
> import undo
> report nothing
> commission run
> commission explain --month 2026-11
> commission simulate --from 2026-11 --to 2026-11
> plan import
> plan import none.ini --from 2026-11
> target set 2026-11 rep AN revenue
> target set 2026-11 rep revenue 1
> target set 2026-11 shop '' revenue
> target set 2026-11 shop revenue
> target spread 2026 rep AN revenue
> cash in 100k
> stock receive
> customer edit AN
> staff add
> END
