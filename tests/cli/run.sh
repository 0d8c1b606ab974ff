#!/bin/sh
# Runs the command-line tests: tests/cli/*.t, each in an empty folder of its own with CHOTDON_DB=shop.db and the clock at
# 2026-11-21 14:05:00.
#
#     # a comment
#     $ chotdon staff list -f csv          a command for sh; lines that begin with "> " continue it
#     code,name,team                       what it prints, stdout and stderr together, up to the next blank line
#     ? 1                                  its exit status where it is not 0
#
# An expected line that ends in " (re)" is a grep -E pattern for the whole line. A command is one test. UPDATE_GOLDEN=1
# writes what was printed into the files instead. Run some only: sh tests/cli/run.sh tests/cli/staff.t
top=$(pwd)
B=${B:-build}
case $B in /*) ;; *) B=$top/$B ;; esac
PATH=$B:$PATH
LC_ALL=C.UTF-8 LANGUAGE= TZ=Asia/Ho_Chi_Minh CHOTDON_DB=shop.db CHOTDON_NOW='2026-11-21 14:05:00'
export PATH LC_ALL LANGUAGE TZ CHOTDON_DB CHOTDON_NOW
unset CHOTDON_AS CHOTDON_PIN_FILE NO_COLOR
HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent XDG_DATA_HOME=/nonexistent DATA=$top/tests/data
export HOME XDG_CONFIG_HOME XDG_DATA_HOME DATA
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Compares the files expected and got line by line; " (re)" lines are patterns.
same() {
    awk -v got="$2" '
        { sub(/\r$/, "\\r") }
        { more = (getline line < got); sub(/\r$/, "\\r", line)
          if (more <= 0) exit bad = 1
          if ($0 ~ / \(re\)$/) { p = substr($0, 1, length($0) - 5); if (line !~ ("^(" p ")$")) exit bad = 1 }
          else if ($0 != line) exit bad = 1 }
        END { if (!bad && (getline line < got) > 0) bad = 1; exit bad }' "$1"
}

finish() { # the command at hand is complete: run it and compare
    [ -n "$command" ] || return 0
    (cd "$dir" && eval "$command") >"$work/got" 2>&1 </dev/null
    got_status=$?
    if [ -n "$UPDATE_GOLDEN" ]; then
        cat "$work/got" >>"$work/new"
        [ -z "$(tail -c 1 "$work/got")" ] || echo >>"$work/new"
        [ $got_status -eq 0 ] || echo "? $got_status" >>"$work/new"
        passed=$((passed + 1))
    elif same "$work/expected" "$work/got" && [ $got_status -eq "$status" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$file:$line_no: $ $command"
        diff -u "$work/expected" "$work/got" | tail -n +3
        [ $got_status -eq "$status" ] || echo "exit status $got_status, expected $status"
    fi
    command=
}

[ $# -gt 0 ] || set -- tests/cli/*.t
for file in "$@"; do
    [ -e "$file" ] || continue
    dir=$work/$(basename "$file").d
    mkdir "$dir"
    command=
    state=text
    n=0
    : >"$work/new"
    while IFS= read -r line || [ -n "$line" ]; do
        n=$((n + 1))
        case $line in
        '$ '*)
            finish
            command=${line#'$ '}
            line_no=$n
            status=0
            state=output
            : >"$work/expected"
            printf '%s\n' "$line" >>"$work/new"
            continue ;;
        '> '*)
            if [ "$state" = output ] && [ ! -s "$work/expected" ]; then
                command="$command
${line#'> '}"
                printf '%s\n' "$line" >>"$work/new"
                continue
            fi ;;
        '? '*)
            if [ "$state" = output ]; then
                status=${line#'? '}
                continue
            fi ;;
        '')
            if [ "$state" = output ]; then
                finish
                state=text
            fi ;;
        esac
        if [ "$state" = output ]; then
            printf '%s\n' "$line" >>"$work/expected"
        else
            printf '%s\n' "$line" >>"$work/new"
        fi
    done <"$file"
    finish
    [ -z "$UPDATE_GOLDEN" ] || cp "$work/new" "$file"
done
[ "$passed" -eq 0 ] || echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s)."
[ "$failed" -eq 0 ]
