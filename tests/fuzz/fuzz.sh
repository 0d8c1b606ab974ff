#!/bin/sh
# Runs every fuzz target in build for FUZZ_SECONDS (20 unless set), as many at a time as there are processors, beginning with the stored
# corpus. What is found new stays in build. FUZZ_ONLY names one target. The last line says how many inputs were tried and how many of
# them did harm.
command -v clang >/dev/null 2>&1 || { echo "fuzz: skipped, clang is not installed (make lint installs it)"; exit 0; }
top=$(pwd)
B=${B:-build/fuzz}
case $B in /*) ;; *) B=$top/$B ;; esac
FUZZ_SECONDS=${FUZZ_SECONDS:-20}
export B FUZZ_SECONDS
[ -n "$TMPDIR" ] || ! [ -w /dev/shm ] || export TMPDIR=/dev/shm # a shop's file for every input: not through a disk
if [ "$1" = --one ]; then
    name=$2
    mkdir -p "$B/corpus/$name"
    "$B/$name" -max_total_time="$FUZZ_SECONDS" -timeout=20 -max_len=8192 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$B/$name-" "$B/corpus/$name" "$top/tests/fuzz/corpus/${name#fuzz_}" >"$B/$name.log" 2>&1
    result=$?
    n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$B/$name.log")
    echo "${n:-0} $((result != 0))" >"$B/$name.result"
    echo "fuzz: $name for $FUZZ_SECONDS s, ${n:-0} inputs"
    [ $result -eq 0 ] || { tail -40 "$B/$name.log"; echo "fuzz: $name failed"; }
    exit 0
fi
rm -f "$B"/fuzz_*.result
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    [ -n "$FUZZ_ONLY" ] && [ "$name" != "$FUZZ_ONLY" ] || echo "$name"
done | xargs -n 1 -P "${JOBS:-$(nproc)}" sh "$0" --one
cat "$B"/fuzz_*.result | awk '{n += $1; bad += $2} END {printf "fuzz: %d inputs tried, %d crashes\n", n, bad; exit bad > 0 || n == 0}'
