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
mkdir -p "$dir"
cd "$dir"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

shell_import() { # $1: how the shell syncs
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
EOT
    "$tools/measure" sh -c 'sqlite3 shell.db <shell.sql'
}

own_import() {
    rm -f own.db*
    "$chotdon" -q -d own.db init
    "$tools/measure" "$chotdon" -q -d own.db import orders orders.csv --create-missing
}

echo "$LINES lines, medians of $RUNS runs; $(uname -sm), $(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
"$tools/generate" "$LINES" >orders.csv
: >own; : >safe; : >fast
for run in $(seq "$RUNS"); do
    own_import >>own
    shell_import wal normal >>safe
    shell_import off off >>fast
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
    row "file with $1, MB, beside its exports that can be imported" "$(wc -c <"${2:-shop.db}" | awk '{ printf "%.1f", $1 / 1e6 }')" \
        "$(cat csv/*.csv | wc -c | awk '{ printf "%.1f", $1 / 1e6 }')"
    rm -rf csv
}

# A shop of 100 000 orders for the counter.
rm -f orders.csv shell.db* own.db*
"$tools/generate" 303000 >shop.csv
rm -f shop.db*
"$chotdon" -q -d shop.db init
"$chotdon" -q -d shop.db import orders shop.csv --create-missing >/dev/null
sqlite3 shop.db 'UPDATE products SET price = 1000 * (1 + id % 90)' # the lines' prices are not the products'
sales "100 000 orders"
exports "100 000 orders"
"$tools/screens" $((4 * RUNS)) "gao" "$chotdon" -d shop.db >screens
"$tools/screens" $((4 * RUNS)) "gao" "$tools/bare" shop.db >bare
read -r first key memory <screens
read -r bare_first bare_key bare_memory <bare
row "first paint on 100 000 orders, ms, beside a bare program" "$first" "$bare_first"
row "the same beside the aim of 20" "$first" 20
row "key to paint on 100 000 orders, ms, beside a bare program" "$key" "$bare_key"
row "the same beside the aim of 3" "$key" 3
row "memory of the screens, KiB at most, beside a bare program" "$memory" "$bare_memory"
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
row "leaderboard of a month after 10 years, ms of processor, beside that after 1 year" "$(column ranks.10 1)" "$(column ranks.1 1)"
export CHOTDON_NOW='2025-12-31 12:00:00' # their last day
"$tools/screens" $((4 * RUNS)) "gao" "$tools/bare" shop.db >bare
read -r bare_first bare_key bare_memory <bare
"$tools/screens" $((4 * RUNS)) "gao" "$chotdon" -d shop.db >screens
read -r first key memory <screens
row "first paint after 10 years, ms, beside a bare program" "$first" "$bare_first"
row "key to paint after 10 years, ms, beside a bare program" "$key" "$bare_key"
row "memory of the screens after 10 years, KiB at most, beside a bare program" "$memory" "$bare_memory"
for screen in 3:leaderboard 5:orders 6:customers 7:products; do
    "$tools/screens" $((4 * RUNS)) "$(printf '\033%s' "${screen%:*}")" "$chotdon" -d shop.db >screens
    read -r first key memory <screens
    row "${screen#*:} after 10 years, from their key, ms, beside a key of a bare program" "$key" "$bare_key"
done
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
"$tools/screens" $((4 * RUNS)) "$(printf '\0332')" "$chotdon" -d deals.db >screens
read -r first key memory <screens
row "the board of $((DEALS / 10)) open deals, from its key, ms, beside the aim of 20" "$key" 20
"$tools/screens" $((4 * RUNS)) "$(printf '\0332lj')" "$chotdon" -d deals.db >screens
read -r first key memory <screens
row "a key on it, ms, beside the aim of 3" "$key" 3
rm -f deals.db*
# A year of 200 reps and 30 000 orders a month.
rm -f commission.db*
"$tools/commission" commission.db "$RUNS" >commission
read -r run sql year year_sql again <commission
row "commission run of 30 000 orders, 200 reps, ms of processor, beside SQL for its tiers alone" "$run" "$sql"
row "the same month computed again" "$again" "$sql"
row "twelve months under a draft plan, ms of processor, beside that SQL for both plans" "$year" "$year_sql"
rm -f commission.db*
