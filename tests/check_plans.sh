#!/bin/sh
# Proves that no statement walks all through a table that grows with the shop, outside what is meant to read everything: takes
# the query plan of every statement that stands in the program's objects, on a new shop that was never analysed, and on one that
# knows of itself what a shop of 1 000 000 orders and as many deals knows (tests/data/large_shop.stat1: table|index|figures, as
# ANALYZE of bench/'s shops left them). tests/check_plans.allow names what may, and why; each of its lines counts as a test, for it
# has to be needed. sh tests/check_plans.sh list shows all full scans, the allowed ones too.
B=${B:-build}
case $B in /*) ;; *) B=$(pwd)/$B ;; esac
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 HOME=/nonexistent "$B/chotdon" -q -d "$work/shop.db" init || exit 1

# Statements as "object | text", those aside that are put together while running. A literal that ends another one of its object shares its bytes, and its plan.
for object in $(find src -name '*.c' | sort); do
    object=${object%.c}
    strings -n 10 -e S "$B/$object.o" | grep -E '^(SELECT|WITH|INSERT|UPDATE|DELETE) ' | sed "s,^,${object#src/}|,"
done | grep -vE '%s|VALUES$' | sort -u >"$work/statements"

plan() { # with the temporary tables that statements make for others
    {
        find src -name '*.c' | sed "s,^\(.*\)c$,$B/\1o," | xargs strings -n 10 | grep '^CREATE TEMP TABLE' | sed 's/$/;/'
        awk '{ sub(/^[^|]*[|]/, ""); print ".print \"@ " NR "\"\nEXPLAIN QUERY PLAN " $0 ";" }' "$work/statements"
    } | sqlite3 "$work/shop.db" >>"$work/plans" 2>>"$work/errors"
}
plan
sqlite3 "$work/shop.db" ANALYZE 'DELETE FROM sqlite_stat1' '.mode list' '.separator |' \
    '.import tests/data/large_shop.stat1 sqlite_stat1' "UPDATE sqlite_stat1 SET idx = NULL WHERE idx = ''" 2>>"$work/errors"
plan

# Full scans as "object | table | plan | text". A plan names a table by its alias.
awk -v tables="audit audit_details cash_moves commission_goods commission_lines commission_rows commission_shares
    customer_figures customer_firsts customer_merges customer_phones customers deal_assignments deal_merges deal_months deal_products deal_rots
    deal_source_totals deal_stages deal_totals deals draft_rates import_changes interactions order_lines order_reps
    order_states orders payments product_barcodes product_documents product_units products sales_figures search_entry
    search_term stock stock_moves targets weekly_reports" '
    function table_of(alias, text, i, best) {
        for (i = 1; i <= count; i++) {
            if (names[i] == alias || text ~ "(FROM|JOIN|,) ?[(]?" names[i] " (AS )?" alias "([ ,)]|$)") best = names[i]
        }
        return best
    }
    BEGIN { count = split(tables, names, /[ \n]+/) }
    NR == FNR { n = index($0, "|"); object[FNR] = substr($0, 1, n - 1); text[FNR] = substr($0, n + 1); next }
    /^@ / { n = substr($0, 3) + 0; next }
    match($0, /SCAN [a-z_0-9]+/) {
        t = table_of(substr($0, RSTART + 5, RLENGTH - 5), text[n])
        if (t != "" && !seen[n, t, substr($0, RSTART)]++) print object[n] "|" t "|" substr($0, RSTART) "|" text[n]
    }' "$work/statements" "$work/plans" >"$work/scans"

[ "$1" != list ] || cat "$work/scans"
awk -F'|' -v statements="$(wc -l <"$work/statements")" -v errors="$(cat "$work/errors")" '
    FILENAME ~ /allow$/ {
        n = split($0, rule, /\t+/)
        if (/^[^#]/ && n == 3) { objects[++rules] = "^(" rule[1] ")$"; part[rules] = rule[2] }
        else if (/^[^#]/) { bad = bad "\nno object, statement and reason: " $0; failed++ }
        next
    }
    {
        for (i = 1; i <= rules; i++) if ($1 ~ objects[i] && index($0, part[i]) > 0) break
        if (i <= rules) used[i] = 1
        else { bad = bad "\nsrc/" $1 ".c: " $3 " (" $2 ") in: " substr($0, length($1 $2 $3) + 4); failed++ }
    }
    END {
        for (i = 1; i <= rules; i++) {
            if (used[i]) passed++
            else { bad = bad "\nallows what there is not: " objects[i] " " part[i]; failed++ }
        }
        if (statements < 500) { bad = bad "\nonly " statements + 0 " statements were found"; failed++ }
        if (errors != "") { bad = bad "\n" errors; failed++ }
        print "plans of " statements + 0 " statements" bad
        print "[  PASSED  ] " passed + 0 " test(s)."
        if (failed > 0) print "[  FAILED  ] " failed " test(s)."
        exit failed > 0
    }' tests/check_plans.allow "$work/scans"
