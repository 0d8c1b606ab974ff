#!/bin/sh
# The sample shop, made once at build/demo.db, and its screens; without a terminal the month's figures instead.
B=${B:-build}
shop=$B/demo.db
[ -e "$shop" ] || "$B/chotdon" -d "$shop" init --sample || exit 1
if [ -t 0 ] && [ -t 1 ]; then
    exec "$B/chotdon" -d "$shop"
fi
echo "No terminal here, so no screens; this month's leaderboard:"
exec "$B/chotdon" -d "$shop" leaderboard
