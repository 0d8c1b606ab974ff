#!/bin/sh
# Runs every test program given, each with a limit, and adds their results up: `N passed, N failed` is the last line.
passed=0
failed=0
for t in "$@" $(ls tests/*/run.sh 2>/dev/null); do
    case $t in
    *.sh) out=$(timeout 600 sh "$t" 2>&1) ;;
    *) out=$(timeout 600 "$t" 2>&1) ;;
    esac
    status=$?
    p=$(printf '%s\n' "$out" | sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' | awk '{n += $1} END {print n + 0}')
    f=$(printf '%s\n' "$out" | sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' | awk '{n += $1} END {print n + 0}')
    if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1
    fi
    if [ "$f" -ne 0 ] || [ "$p" -eq 0 ]; then
        printf '%s\n' "$out"
        echo "FAILED: $t (exit $status)"
        [ "$f" -ne 0 ] || f=1
    else
        echo "ok $t: $p"
    fi
    passed=$((passed + p))
    failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
