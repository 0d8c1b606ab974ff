#!/bin/sh
# Proves the layers of the design: who may include whom, who may call which library, who may write which SQL.
# Reads the #include lines, the objects' undefined symbols (nm -Au) and the string literals. Each rule is one test.
B=${B:-build}
passed=0
failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# rule WHAT OFFENDERS: none means that the rule holds.
rule() {
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'layers: %s, but:\n%s\n' "$1" "$(printf '%s\n' "$2" | sed 's/^/    /')"
    fi
}

# Every include as "file header", ours and the system's.
grep -rHE '^[[:space:]]*#[[:space:]]*include' src include --include='*.[ch]' |
    sed 's/:[^<"]*[<"]/ /; s/[>"].*//' >"$work/includes"

# may FOLDER LAYERS: of our own headers its files include only those of LAYERS.
may() {
    rule "$1 includes of ours only $2" "$(awk -v folder="$1/" -v allowed="^($2)/" '
        index($1, folder) == 1 && $2 ~ /^(base|db|domain|chotdon|io|cli|tui)\// && $2 !~ allowed' "$work/includes")"
}
may src/base 'base'
may src/db 'base|db'
may include 'base|db|chotdon'
may src/domain 'base|db|domain|chotdon'
may src/io 'base|db|chotdon|io'
may src/cli 'base|chotdon|io|cli'
may src/tui 'base|chotdon|io|tui'

# header HEADERS FILES: system headers that only these files include.
header() {
    rule "<$1> is included by $2 alone" "$(awk -v header="^($1)\$" -v files="^($2)\$" \
        '$2 ~ header && $1 !~ files' "$work/includes")"
}
header '(ncursesw/)?(curses|ncurses|panel|form|menu)[.]h|term[.]h' 'src/tui/terminal[.]c'
header 'sqlite3[.]h' 'src/db/.*'
header 'csv[.]h' 'src/io/csv_[a-z_]*[.]c'
header '(iniparser/)?(iniparser|dictionary)[.]h' 'src/io/ini[.]c'
header 'utf8proc[.]h' 'src/base/text[a-z_]*[.]c'

# Undefined symbols as "object symbol", without what the tree defines itself.
find src -name '*.c' | sed "s|^|$B/|; s|c$|o|" >"$work/objects"
xargs nm -Ag --defined-only <"$work/objects" | awk '{print $NF}' | sort -u >"$work/ours"
xargs nm -Au <"$work/objects" | sed "s|^$B/||; s/:.* / /" | sort -u |
    awk 'NR == FNR {ours[$1]; next} !($2 in ours)' "$work/ours" - >"$work/undefined"
rule "there are objects under $B/src" "$([ -s "$work/undefined" ] || echo none)"

# symbols WHAT OBJECTS PATTERN: symbols that only these objects call.
symbols() {
    rule "$1 is for $2 alone" "$(awk -v names="^($3)\$" -v objects="^src/($2)[.]o\$" \
        '$2 ~ names && $1 !~ objects' "$work/undefined")"
}

# library OBJECTS LIBRARY…: the same with all names that shared libraries export.
library() {
    objects=$1
    shift
    for file in "$@"; do
        nm -D --defined-only "$(${CC:-cc} -print-file-name="$file")" 2>/dev/null | awk '{sub(/@.*/, "", $3); print $3}'
    done >"$work/names"
    rule "the names of $* can be read" "$([ -s "$work/names" ] || echo none)"
    rule "$1 is for $objects alone" "$(awk -v objects="^src/($objects)[.]o\$" '
        NR == FNR {names[$1]; next} $2 in names && $1 !~ objects' "$work/names" "$work/undefined")"
}
library 'tui/terminal' libncursesw.so.6 libtinfo.so.6
library 'io/csv_[a-z_]*' libcsv.so.3
symbols 'iniparser' 'io/ini' '(iniparser|dictionary)_.*'
symbols 'SQLite' 'db/.*' 'sqlite3_.*'
symbols 'utf8proc' 'base/text[a-z_]*' 'utf8proc_.*'
symbols 'the environment and the locale' 'main' '(secure_)?getenv|environ|setlocale|newlocale|uselocale|bindtextdomain'
symbols "the day's clock" 'main' 'time|gettimeofday|ftime|localtime(_r)?|gmtime(_r)?|mktime|strftime|tzset'
symbols 'measuring a wait' 'main|base/ticks|cli/progress|db/.*|tui/.*' 'clock_gettime|ticks_[a-z]*'
symbols 'nothing' 'nothing' 'gets|strtok|sprintf|vsprintf|tmpnam|rand|srand|atoi|atol|atof|strtod|strtof'
rule 'CLOCK_REALTIME is for src/main.c alone' \
    "$(grep -rnE 'CLOCK_(REALTIME|TAI)' src include --include='*.[ch]' | grep -v '^src/main[.]c:')"

# A name may hold what steers a terminal: commands print lines for people by cli_say, and tables and JSON by io.
rule 'commands print texts by cli_say alone' \
    "$(grep -nE '(printf|fputs|fwrite|puts)\(' src/cli/*.c | grep -vE '^src/cli/(cli|run)[.]c:|cli_say|mem_printf|snprintf' |
       grep -E '%[-+*.0-9]*s|fputs\([^_"]|fwrite' | grep -vE 'cmd_print[.]c|shop_engine|dprintf')"

# SQL that one engine alone understands stands behind the seam.
words='strftime *\(|julianday|\bGLOB\b|INSERT +OR|\browid\b|AUTOINCREMENT|\bjson_[a-z]+ *\(|\bPRAGMA\b'
clock='\bCURRENT_(DATE|TIME)|\b(date|datetime|time|unixepoch) *\( *'"'now"
rule 'SQL outside src/db is common to SQLite and PostgreSQL' \
    "$(find src -name '*.c' ! -path 'src/db/*' -exec grep -nHiE "\"([^\"\\\\]|\\\\.)*($words|$clock)" {} +)"
rule 'schema.sql is common to SQLite and PostgreSQL, and has INTEGER and TEXT columns' \
    "$(sed 's/--.*//' schema.sql | grep -nE "$words|$clock|\b(REAL|BLOB|FLOAT|DOUBLE|DATETIME|BOOLEAN)\b")"

[ "$passed" -eq 0 ] || echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s)."
[ "$failed" -eq 0 ]
