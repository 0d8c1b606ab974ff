#!/bin/sh
# Runs every test program given, JOBS (as many as there are processors) at a time, the longest first, each with a limit,
# and adds their results up: `N passed, N failed` is the last line.
if [ "$1" = --one ]; then
    case $2 in
    *.sh) out=$(timeout 600 sh "$2" 2>&1) ;;
    *) out=$(timeout 600 "$2" 2>&1) ;;
    esac
    status=$?
    p=$(printf '%s\n' "$out" | sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' | awk '{n += $1} END {print n + 0}')
    f=$(printf '%s\n' "$out" | sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' | awk '{n += $1} END {print n + 0}')
    if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1
    fi
    if [ "$f" -ne 0 ] || [ "$p" -eq 0 ]; then
        [ "$f" -ne 0 ] || f=1
        printf '%s\nFAILED: %s (exit %s)\n' "$out" "$2" $status
    else
        printf '%s\n' "$out" | grep '^NOT TESTED'
        echo "ok $2: $p"
    fi
    echo "$p $f" >>"$RESULTS"
    exit 0
fi
RESULTS=$(mktemp) || exit 1
export RESULTS
trap 'rm -f "$RESULTS"' EXIT
longest='run\.sh$|hostile_|test_sample$|/e2e/|/crash/|check_' # so that no long one is left for a single processor
{
    printf '%s\n' $(ls tests/*/run.sh 2>/dev/null) "$@" | grep -E "$longest"
    printf '%s\n' "$@" | grep -vE "$longest"
} | xargs -n 1 -P "${JOBS:-$(nproc)}" sh "$0" --one
awk '{p += $1; f += $2} END {printf "%d passed, %d failed\n", p, f; exit f > 0 || p == 0}' "$RESULTS"
