# The configuration: which file is read, and what it says.

$ chotdon config path
chotdon: there is no configuration file; `chotdon config example` prints one to begin with
? 1

$ printf '[ui]\nlanguage = vi\n' > c.ini; chotdon -c c.ini config path
c.ini

$ chotdon -c c.ini config show | grep "^language"
language = vi

$ printf '[ui]\nlanguege = vi\n' > bad.ini; chotdon -c bad.ini config show
chotdon: bad.ini:2: .*languege.* (re)
? 1

$ printf '[ui]\ntheme = dark\ntheme = light\n' > twice.ini; chotdon -c twice.ini config show
chotdon: twice.ini:3: .*theme.* (re)
? 1

$ chotdon -c missing.ini version
chotdon: .*missing.ini.* (re)
? 1

$ chotdon config example > e.ini; chotdon -c e.ini config path
e.ini
