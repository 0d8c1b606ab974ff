#!/bin/sh
# Presses the keys of every screen, and prints those that take more than MS of the processor: walk.sh TOOLS CHOTDON SHOP.db MS.
# Each line shows all keys of the walk up to the one that it is about, in brackets.
tools=$1
chotdon=$2
shop=$3
over=$4
alt=$(printf '\033')
esc=$alt
u=$(printf '\025') # erases what was typed
palette=$(printf '\020')
tab=$(printf '\t')
enter=$(printf '\r')
down="$alt[B"
page="$alt[6~"
back="$alt[5~"

walk() { # $1: the screen, $2: its keys
    echo "$1:"
    "$tools/screens" 1 over "$over" -- "" "$2" "$chotdon" -d "$shop" | sed '$d'
}

walk sell "gao${u}nuoc${u}SKU0001${u}Nguyễn${u}0912${u}0${u}a${u}t${u}zz${u}"
walk "sell, goods" "${alt}ORa${u}th$down$down$page$esc"
walk "sell, customers" "${alt}OSn${u}ng${u}nguyễn văn${u}0912$down$down$page$esc"
walk "sell, dialogs" "$alt[15~$esc$alt[17~$esc$alt[20~$esc"
walk "sell, returns" "$alt[18~n${u}DH00$down$esc$esc"
walk palette "${palette}ng${u}0912${u}a${u}DH${u}SO25${u}gạo st$u$esc"
walk board "${alt}2jjkkllhhGg$page${back}fjjlhGgfmjlhmRRMM/ng${u}khach 12$esc$esc${enter}${esc}j${enter}${esc}"
walk leaderboard "${alt}3jjkGg${page}hhlltggggggghlhlt${enter}jl$esc"
walk "leaderboard, wall and weeks" "${alt}3p${esc}w$esc"
walk commission "${alt}4jjkGghhll${enter}jjG$esc"
lists="jjkG${back}g$page${page}s"
walk orders "${alt}5${lists}Sss${tab}jG${back}g${tab}jG${back}g${tab}jG${back}gSS${tab}jG${back}g${tab}jGg${tab}"
walk "orders, search" "${alt}5/n${u}ng${u}nguyen van${u}0912${u}SO25${u}SO2510-05${u}zzz$u$esc"
walk "orders, one" "${alt}5${enter}jj$esc"
walk customers "${alt}6${lists}jGgsjGgsjGgsjGgSjGgsjGg${tab}jG${back}g${tab}jG${back}g${tab}jG${back}g${tab}jGg"
walk "customers, search" "${alt}6/n${u}ng${u}nguyễn văn${u}0912${u}098${u}KH00${u}h${u}zzz$u$esc"
walk "customers, one" "${alt}6${enter}jj$esc"
walk products "${alt}7${lists}jGgsjGgsjGgsjGgSjGgsjGg${tab}jG${back}g${tab}jG${back}g${tab}jG${back}g${tab}jGg"
walk "products, search" "${alt}7/n${u}g${u}gạo${u}ST${u}SKU0001${u}zzz$u$esc"
walk "products, one" "${alt}7${enter}jj$esc"
walk settings "${alt}0jj${enter}jj$esc"
