#!/bin/sh
# A folder that programs can be locked into with chroot, with the installed chotdon in it, set-group-id games, and two
# sellers who have nothing to do with that group: sh tests/mini_root.sh FOLDER. As root, with what every Debian has.
set -e
root=$1
umask 022
for folder in dev etc tmp bin usr/bin usr/lib/locale lib/terminfo/x home/an home/binh; do
    mkdir -p "$root/$folder"
done
chmod 1777 "$root/tmp"
chown 61001:61001 "$root/home/an"
chown 61002:61002 "$root/home/binh"
mknod -m 666 "$root/dev/null" c 1 3
mknod -m 666 "$root/dev/full" c 1 7
printf 'root:x:0:0::/root:/bin/sh\nan:x:61001:61001::/home/an:/bin/sh\nbinh:x:61002:61002::/home/binh:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\ngames:x:%s:\nan:x:61001:\nbinh:x:61002:\n' "$(getent group games | cut -d: -f3)" >"$root/etc/group"
printf 'group: files\npasswd: files\n' >"$root/etc/nsswitch.conf"
printf '[shop]\ndatabase = /var/lib/chotdon/shop.db\n[files]\nfile_group = games\n' >"$root/etc/chotdon.ini"
cp -R /usr/lib/locale/C.utf8 "$root/usr/lib/locale/" 2>/dev/null || true
cp /lib/terminfo/x/xterm-256color "$root/lib/terminfo/x/"
MAKEFLAGS='' make -s install DESTDIR="$root" PREFIX=/usr SETGID=games >/dev/null
for program in /bin/sh /bin/cat /bin/ls /bin/cp /bin/ln /bin/stat /bin/chmod /usr/bin/id /usr/bin/head /usr/bin/wc /usr/bin/mkdir "$root/usr/bin/chotdon"; do
    case $program in
    "$root"*) ;;
    *) cp -L "$program" "$root/bin/" ;;
    esac
    ldd "$program" | sed -n 's/.*[ \t]\(\/[^ ]*\) (0x.*/\1/p' | while read -r library; do
        mkdir -p "$root${library%/*}"
        [ -e "$root$library" ] || cp -L "$library" "$root$library"
    done
done
