#!/bin/sh
# Run by hand, with the CRM Sales Opportunities set (Maven Analytics, public domain): sh tests/compare_deals.sh sales_pipeline.csv
# Imports its 8 800 deals (or those of a file like it) and compares won value, win rate and average days to win, in all, per agent and per quarter, with
# sums that awk makes of the file itself. Prints what differs, and ends with how many figures agreed.
file=$1
[ -r "$file" ] || { echo "usage: sh tests/compare_deals.sh sales_pipeline.csv" >&2; exit 2; }
rows=$(($(grep -c . "$file") - 1))
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= CHOTDON_NOW='2018-01-01 12:00:00' CHOTDON_DB="$work/shop.db"
unset CHOTDON_AS CHOTDON_PIN_FILE
own() { "${CHOTDON:-build/chotdon}" -q -c /dev/null "$@"; }
import() {
    own import deals "$file" --map opportunity_id=deal_no --map sales_agent=rep --map account=customer --map deal_stage=stage \
        --map engage_date=created --map close_date=closed --map close_value=value --null null --create-missing
}
own init --currency USD >/dev/null
import | cut -d, -f3-8
import | grep -q '"created": 0, "updated": 0, "unchanged": '"$rows," || echo "the second import changed something"

# One line a figure: SCOPE|won|lost|won value|win rate|days to win. Dates are dd-mm-yyyy; rounded half up, once.
awk -F, '
    function days(d,  p, y, m) { split(d, p, "-"); y = p[3]; m = p[2]; if (m <= 2) { y--; m += 12 }
        return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + p[1] }
    function add(k) { if ($5 == "Won") { won[k]++; value[k] += $8; took[k] += days($7) - days($6) } else lost[k]++; all[k] }
    NR > 1 && ($5 == "Won" || $5 == "Lost") { split($7, p, "-"); add("all"); add("rep:" $2); add("quarter:" p[3] "-" int((p[2] + 2) / 3)) }
    END { for (k in all) printf "%s|%d|%d|%.2f|%.1f|%.2f\n", k, won[k], lost[k], value[k],
        int(1000 * won[k] / (won[k] + lost[k]) + 0.5) / 10, int(100 * took[k] / won[k] + 0.5) / 100 }' "$file" | sort >"$work/theirs"

while IFS='|' read -r scope rest; do
    case $scope in
    rep:*) set -- --rep "${scope#rep:}" ;;
    quarter:*)
        year=${scope#quarter:}; year=${year%-*}
        case ${scope##*-} in
        1) set -- --from "$year-01-01" --to "$year-03-31" ;;
        2) set -- --from "$year-04-01" --to "$year-06-30" ;;
        3) set -- --from "$year-07-01" --to "$year-09-30" ;;
        4) set -- --from "$year-10-01" --to "$year-12-31" ;;
        esac ;;
    *) set -- ;;
    esac
    own --lang en -f csv pipeline stats "$@" | awk -F, -v scope="$scope" '{ v[$1] = $2 } END {
        printf "%s|%d|%d|%.2f|%.1f|%.2f\n", scope, v["won"], v["lost"], v["won value"], v["win rate"], v["average days to win"] }'
done <"$work/theirs" >"$work/ours"
diff "$work/theirs" "$work/ours" && echo "$(($(wc -l <"$work/ours") * 5)) figures agree"
