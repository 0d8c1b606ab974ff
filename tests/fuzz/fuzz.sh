#!/bin/sh
# Runs every fuzz target in build for FUZZ_SECONDS (20 unless set), beginning with the stored corpus. What is found new stays in build.
# FUZZ_ONLY names one target. The last line says how many inputs were tried and how many of them did harm.
command -v clang >/dev/null 2>&1 || { echo "fuzz: skipped, clang is not installed (make lint installs it)"; exit 0; }
top=$(pwd)
B=${B:-build/fuzz}
case $B in /*) ;; *) B=$top/$B ;; esac
[ -n "$TMPDIR" ] || ! [ -w /dev/shm ] || export TMPDIR=/dev/shm # a shop's file for every input: not through a disk
inputs=0
crashes=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    [ -z "$FUZZ_ONLY" ] || [ "$name" = "$FUZZ_ONLY" ] || continue
    corpus=$top/tests/fuzz/corpus/${name#fuzz_}
    mkdir -p "$B/corpus/$name"
    echo "fuzz: $name for ${FUZZ_SECONDS:-20} s"
    "$B/$name" -max_total_time="${FUZZ_SECONDS:-20}" -timeout=20 -max_len=8192 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$B/$name-" "$B/corpus/$name" "$corpus" >"$B/$name.log" 2>&1
    result=$?
    grep -aE 'number_of_executed_units|average_exec_per_sec' "$B/$name.log"
    n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$B/$name.log")
    inputs=$((inputs + ${n:-0}))
    [ $result -eq 0 ] || { tail -40 "$B/$name.log"; echo "fuzz: $name failed"; crashes=$((crashes + 1)); }
done
echo "fuzz: $inputs inputs tried, $crashes crashes"
[ "$crashes" -eq 0 ]
