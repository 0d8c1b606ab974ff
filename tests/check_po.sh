#!/bin/sh
# Proves that the translations are complete: every string of the sources is in each po file, translated, not fuzzy, with the
# same % directives. Prints what is missing. `make po` has been run when this is called; OLD is a folder with the files of before.
old=$1
passed=0
failed=0
for po in po/*.po; do
    if problems=$(msgfmt --check -o /dev/null "$po" 2>&1) && [ -z "$problems" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s\n' "$problems"
    fi
    missing=$({ msgattrib --untranslated "$po"; msgattrib --only-fuzzy "$po"; } | grep '^msgid' | grep -v '^msgid ""$')
    if [ -z "$missing" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: not translated:\n%s\n' "$po" "$missing"
    fi
    if cmp -s "$po" "$old/${po##*/}"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$po: make po changes it; run it and commit the result"
        diff "$old/${po##*/}" "$po"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
