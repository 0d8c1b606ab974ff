#!/bin/sh
# Measures what bench/README.md records, and prints it as a table: ratios first. Needs the sqlite3 shell and about 3 GB
# in $BENCH_DIR (build/bench-data). LINES (1000000) and RUNS (5) can be made smaller for a quick look.
set -e
B=${B:-build}
LINES=${LINES:-1000000}
RUNS=${RUNS:-5}
DEALS=${DEALS:-1000000}
dir=${BENCH_DIR:-$B/bench-data}
tools=$(cd "$B" && pwd)/bench
top=$(pwd)
chotdon=$(cd "$B" && pwd)/chotdon
export LC_ALL=C.UTF-8 LANGUAGE= CHOTDON_NOW='2026-11-21 12:00:00'
unset CHOTDON_DB CHOTDON_AS
u=$(printf '\025') # erases what was typed
mkdir -p "$dir"
cd "$dir"
dir_full=$(pwd)

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

shell_import() { # $1, $2: how the shell syncs; $3: what it reads at last
    rm -f shell.db*
    sqlite3 shell.db "PRAGMA journal_mode=$1;" >/dev/null
    sqlite3 shell.db <"$top/schema.sql"
    sqlite3 shell.db "SELECT 'DROP INDEX ' || name || ';' FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'" >drop.sql
    sqlite3 shell.db "SELECT sql || ';' FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'" >indexes.sql
    sqlite3 shell.db <drop.sql
    cat >shell.sql <<EOT
PRAGMA journal_mode=$1;
PRAGMA synchronous=$2;
PRAGMA cache_size=-200000;
.import --csv orders.csv flat
.read $top/bench/normalise.sql
.read indexes.sql
${3:+.read $top/bench/$3}
EOT
    "$tools/measure" sh -c 'sqlite3 shell.db <shell.sql'
}

# A month more, in shop.db, which stays as it is.
own_month() {
    cp shop.db month.db
    "$tools/measure" "$chotdon" -q -d month.db import orders month.csv --create-missing
}

shell_month() {
    cp shop.db month.db
    cat >shell.sql <<EOT
PRAGMA synchronous=normal;
PRAGMA cache_size=-200000;
.import --csv month.csv flat
.read $top/bench/month.sql
EOT
    "$tools/measure" sh -c 'sqlite3 month.db <shell.sql'
}

# $1: lines of it. Of one year's customers and goods, with numbers of its own.
month_beside_shell() {
    "$tools/generate" "$1" 1 200000 50000 200 | sed -E '2,$s/^SO([0-9]*),20..-..-/N\1,2026-01-/' >month.csv
    : >month; : >month_shell
    for run in $(seq "$RUNS"); do
        own_month >>month
        shell_month >>month_shell
    done
    row "import of a month of $1 lines after 10 years, s, beside .import + SQL with the indexes in place" "$(column month 1)" "$(column month_shell 1)"
    row "the same, s of processor" "$(column month 2)" "$(column month_shell 2)"
    rm -f month.db* month.csv
}

own_import() {
    rm -f own.db*
    "$chotdon" -q -d own.db init
    "$tools/measure" "$chotdon" -q -d own.db import orders orders.csv --create-missing
}

# What the programs show beside which the screens stand, and which of them are not there.
find_peers() {
    mkdir -p files notes
    (cd files && seq 1000 | xargs touch)
    [ -d history ] || { git init -q history && for n in $(seq 300); do echo "$n" >history/n && git -C history add n &&
        git -C history -c user.name=n -c user.email=n@n commit -qm "Change $n"; done; }
    for peer in nnn tig htop calcurse; do
        command -v "$peer" >/dev/null || echo "$peer is not installed: nothing is measured beside it"
    done
}

down() { printf '%.0sj' $(seq 40); }

# $1: file of the shop, and what the bare program lists of it. Every program once in a turn; their lines come in the order of `names`.
take_turns() {
    shop=$1
    listed=$2
    shift 2
    : >names
    while [ $# -gt 0 ]; do
        echo "$1" >>names
        set -- "$@" -- "$2" "$3" "$chotdon" -d "$shop"
        shift 3
        [ "$1" != -- ] || break
    done
    set -- "$@" -- "" "$(down)" "$tools/bare" "$shop" $listed
    echo bare >>names
    ! command -v nnn >/dev/null || { set -- "$@" -- "" "$(down)" nnn files; echo nnn >>names; }
    ! command -v tig >/dev/null || { set -- "$@" -- "" "$(down)" tig -C "$dir_full/history"; echo tig >>names; }
    ! command -v htop >/dev/null || { set -- "$@" -- "" "" htop; echo htop >>names; }
    ! command -v calcurse >/dev/null || { set -- "$@" -- "" "$(down)" calcurse -D notes; echo calcurse >>names; }
    "$tools/screens" "$RUNS" "$@" >lines
    paste -d' ' names lines >turns
}

# Column $2 of the line of $1; of a program that is not there nothing.
of() { awk -v name="$1" -v column="$2" '$1 == name { print $(column + 1) }' turns; }

fastest() { for peer in nnn tig htop calcurse; do of $peer 1; done | sort -n | head -1; }

beside() { [ -z "$3" ] || row "$1" "$2" "$3"; }

screens_beside_peers() {
    alt=$(printf '\033')
    page=$(printf '\033[6~')
    take_turns shop.db "" \
        sell "" "nguyen van dat${u}nước mắm${u}0912345${u}SKU0012${u}gao st25" \
        leaderboard "${alt}3" "$(down)" \
        orders "${alt}5" "$(down)$page$page$page$page" \
        customers "${alt}6" "$(down)$page$page/nguyễn văn${u}0987${u}hoà" \
        products "${alt}7" "$(down)$page$page/SKU004${u}gạo" \
        every "" "${alt}2${alt}3jj${alt}4${alt}5jj$page/ng$alt${alt}6jj$page/ng$alt${alt}7jj$page/g$alt${alt}0"
    for screen in sell leaderboard; do
        beside "start to the full screen, $screen, after 10 years, ms, beside the fastest of nnn, tig, htop, calcurse" \
            "$(of $screen 1)" "$(fastest)"
        beside "the same beside 2 × a bare program" "$(of $screen 1)" "$(of bare 1 | awk '{ print 2 * $1 }')"
    done
    echo "| start of nnn, tig, htop, calcurse, a bare program, ms | | | $(of nnn 1), $(of tig 1), $(of htop 1), $(of calcurse 1), $(of bare 1) |"
    for screen in sell orders customers products; do
        beside "a key in $screen after 10 years, p50, ms, beside 2 × tig" "$(of $screen 2)" "$(of tig 2 | awk '{ print 2 * $1 }')"
        beside "the same, p99, beside 2 × a bare program" "$(of $screen 3)" "$(of bare 3 | awk '{ print 2 * $1 }')"
    done
    row "memory of all screens after 10 years (VmHWM), KiB, beside the aim of 12 MiB" "$(of every 4)" 12288
    echo "| the same of tig, calcurse, a bare program | | | $(of tig 4), $(of calcurse 4), $(of bare 4) |"
    sh "$top/bench/walk.sh" "$tools" "$chotdon" shop.db 10 >walk
    echo "| keys of all screens after 10 years that take more than 10 ms of processor | | $(grep -c ' ms ' walk) | |"
}

board_beside_peers() {
    alt=$(printf '\033')
    take_turns deals.db deals board "${alt}2" "jjjjjljjjjljjjjhhkkkkljjjjjjjjjjGgjjjj"
    beside "start to the full board of $((DEALS / 10)) open deals, ms, beside the fastest of nnn, tig, htop, calcurse" \
        "$(of board 1)" "$(fastest)"
    beside "the same beside 2 × a bare program" "$(of board 1)" "$(of bare 1 | awk '{ print 2 * $1 }')"
    beside "a key on it, p50, ms, beside 2 × tig" "$(of board 2)" "$(of tig 2 | awk '{ print 2 * $1 }')"
    beside "the same, p99, beside 2 × a bare program" "$(of board 3)" "$(of bare 3 | awk '{ print 2 * $1 }')"
    row "its memory, KiB, beside the aim of 12 MiB" "$(of board 4)" 12288
}

find_peers
echo "$LINES lines, medians of $RUNS runs; $(uname -sm), $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
"$tools/generate" "$LINES" >orders.csv
: >own; : >safe; : >fast; : >found
for run in $(seq "$RUNS"); do
    own_import >>own
    shell_import wal normal >>safe
    shell_import off off >>fast
    shell_import wal normal names.sql >>found
done
lines=$(sqlite3 own.db 'SELECT COUNT(*) FROM order_lines')
[ "$lines" = "$(sqlite3 shell.db 'SELECT COUNT(*) FROM order_lines')" ] || echo "the imports differ: $lines lines"
echo
echo "| measured | ratio | chotdon | beside it |"
echo "| --- | --- | --- | --- |"
column() { cut -d' ' -f"$2" "$1" | median; }
row() { echo "| $1 | $(ratio "$2" "$3") | $2 | $3 |"; }
row "import, s, beside .import + SQL, synced as ours" "$(column own 1)" "$(column safe 1)"
row "the same, s of processor" "$(column own 2)" "$(column safe 2)"
row "import, s, beside the same that makes an index to find names by" "$(column own 1)" "$(column found 1)"
row "the same, s of processor" "$(column own 2)" "$(column found 2)"
row "import, s, beside .import + SQL, no journal, no sync" "$(column own 1)" "$(column fast 1)"
row "the same, s of processor" "$(column own 2)" "$(column fast 2)"
row "memory of an import, KiB at most" "$(column own 3)" "$(column safe 3)"

figures() { # of the columns named
    for figure; do column many "$figure"; done | paste -sd, | sed 's/,/, /g'
}

# What selling costs in shop.db ($1: how large it is), alone and with many counters, beside bare transactions of the same rows.
sales() {
    : >commits
    for run in $(seq "$RUNS"); do
        "$tools/commit" shop.db 1000 >>commits
    done
    for figure in "p50 1 5" "p99 2 6" "p99.9 3 7" "most 4 8"; do
        set -- "$1" $figure
        row "a sale with $1, $2, ms, beside a bare transaction of the same rows" "$(column commits "$3")" "$(column commits "$4")"
    done
    row "the same at p99 beside the aim of 2.5" "$(column commits 2)" 2.5
    for think in 50 0; do
        for counters in 1 8 16 32; do
            [ $think = 0 ] && count=200 || count=40
            : >many
            for run in $(seq $(((RUNS + 1) / 2))); do
                "$tools/counters" shop.db $counters $think $count >>many
            done
            own=$(column many 6)
            bare=$(column many 12)
            echo "| $counters counters with $1, $([ $think = 0 ] && echo "one sale after another" || echo "$think ms of thinking"):" \
                "sales in a second (above 1 is faster); ms at p50, p99, p99.9, most; refused of $((counters * count))" \
                "| $(ratio "$own" "$bare") | $own; $(figures 1 2 3 4); $(column many 5) | $bare; $(figures 7 8 9 10); $(column many 11) |"
        done
    done
    : >ten
    for run in $(seq "$RUNS"); do
        "$tools/measure" sh -c 'for i in 1 2 3 4 5 6 7 8 9 10; do "$0" -q -d shop.db order add --line SKU00001:1 --line SKU00002:2 --line SKU00003:1 --pay cash; done' "$chotdon" >>ten
    done
    echo "| ten sales by command with $1, ms, and ms of processor | | $(column ten 1 | awk '{ print 1000 * $1 }'), $(column ten 2 | awk '{ print 1000 * $1 }') | |"
}

# The file beside everything that can be written out of it and read in again.
exports() {
    rm -rf csv
    mkdir csv
    for kind in staff products customers suppliers orders payments deals targets stock tickets; do
        "$chotdon" -q -d "${2:-shop.db}" export $kind -o csv/$kind.csv
    done
    file=$(wc -c <"${2:-shop.db}" | awk '{ printf "%.1f", $1 / 1e6 }')
    csv=$(cat csv/*.csv | wc -c | awk '{ printf "%.1f", $1 / 1e6 }')
    row "file with $1, MB, beside its exports that can be imported" "$file" "$csv"
    rm -rf csv
}

# A shop of 100 000 orders for the counter.
rm -f orders.csv shell.db* own.db*
"$tools/generate" 303000 >shop.csv
rm -f shop.db*
"$chotdon" -q -d shop.db init
"$chotdon" -q -d shop.db import orders shop.csv --create-missing >/dev/null
sqlite3 shop.db 'UPDATE products SET price = 1000 * (1 + id % 90)' # the lines' prices are not the products'
exports "100 000 orders"
sales "100 000 orders"
rm -f shop.db* shop.csv

# Until the end of 2025: shops of 1, 3 and 10 years with as many orders a year, 200 reps, 200 000 customers and 50 000 products.
for years in 1 3 10; do
    "$tools/generate" $((LINES * 303 / 1000 * years)) $years 200000 50000 200 >shop.csv
    rm -f shop.db*
    "$chotdon" -q -d shop.db init
    "$chotdon" -q -d shop.db import orders shop.csv --create-missing >/dev/null
    "$tools/leaderboard" shop.db $((8 * RUNS + 1)) >"ranks.$years"
    read -r board board_sql trend trend_sql as_of product channel <"ranks.$years"
    row "leaderboard of a month, 200 reps, after $years years, ms of processor, beside the SQL on the orders" "$board" "$board_sql"
    row "twelve months of 200 reps, after $years years, ms of processor, beside the SQL on the orders" "$trend" "$trend_sql"
    echo "| the month as of its last day, by product, by channel, after $years years, ms of processor | | $as_of, $product, $channel | |"
done
exports "10 years of orders"
orders_file=$file
orders_csv=$csv
month_beside_shell $((LINES / 10))
row "leaderboard of a month after 10 years, ms of processor, beside that after 1 year" "$(column ranks.10 1)" "$(column ranks.1 1)"
read -r p50 p99 most rare like <<EOT
$("$tools/search" shop.db 100)
EOT
row "a letter typed in search, 200 000 customers and 50 000 products, p99, ms of processor, beside the aim of 1" "$p99" 1
echo "| the same, p50 and the most | | $p50, $most | |"
row "a whole phone or SKU, beside LIKE '%…%' on its column" "$rare" "$like"
export CHOTDON_NOW='2025-12-31 12:00:00' # their last day
screens_beside_peers
sqlite3 shop.db 'UPDATE products SET price = 1000 * (1 + id % 90)'
sales "10 years of orders"
rm -f shop.db* shop.csv

export CHOTDON_NOW='2026-11-21 12:00:00'

# A pipeline of 1 000 000 deals closed in one year, and 100 000 open ones.
rm -f deals.db*
"$tools/deals" "$top/bench/deals.sql" deals.db "$DEALS" $((DEALS / 10)) "$((4 * RUNS))" >figures
: >shell
for run in $(seq "$RUNS"); do
    "$tools/measure" sh -c "sqlite3 deals.db <$top/bench/deals_figures.sql" >>shell
done
read -r year forecast chance board <figures
row "figures of a year over $DEALS deals, ms, beside the same in the shell" "$year" "$(column shell 1 | awk '{ print 1000 * $1 }')"
row "the same, ms, beside the aim of 100" "$year" 100
echo "| forecast, one deal's chance, what the board reads for $((DEALS / 10)) open deals, ms | | $forecast, $chance, $board | |"
exports "$DEALS deals" deals.db
row "both together" "$(awk "BEGIN { print $file + $orders_file }")" "$(awk "BEGIN { print $csv + $orders_csv }")"
board_beside_peers
rm -f deals.db*
# A year of 200 reps and 30 000 orders a month.
rm -f commission.db*
"$tools/commission" commission.db "$top/bench/commission.sql" "$RUNS" >commission
read -r run sql year year_sql again <commission
row "commission run of 30 000 orders, 200 reps, ms of processor, beside the same in SQL" "$run" "$sql"
row "the same month computed again" "$again" "$sql"
row "twelve months as they were and under a draft plan, ms of processor, beside that SQL once for each" "$year" "$year_sql"
rm -f commission.db*
