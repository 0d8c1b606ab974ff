#!/bin/sh
# Runs every fuzz target in build for FUZZ_SECONDS (20 unless set), beginning with the stored corpus. What is found new stays in build.
command -v clang >/dev/null 2>&1 || { echo "fuzz: skipped, clang is not installed (make lint installs it)"; exit 0; }
B=${B:-build/fuzz}
status=0
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    corpus=tests/fuzz/corpus/${name#fuzz_}
    mkdir -p "$B/corpus/$name"
    echo "fuzz: $name for ${FUZZ_SECONDS:-20} s"
    "$B/$name" -max_total_time="${FUZZ_SECONDS:-20}" -timeout=10 -max_len=8192 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="$B/$name-" "$B/corpus/$name" "$corpus" >"$B/$name.log" 2>&1
    result=$?
    grep -E 'number_of_executed_units|average_exec_per_sec' "$B/$name.log"
    [ $result -eq 0 ] || { tail -40 "$B/$name.log"; echo "fuzz: $name failed"; status=1; }
done
exit $status
