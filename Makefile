# Chốt Đơn: `make help` lists what can be made. Everything that is made goes to build/.
VERSION  = 0.1.0
B       ?= build
CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
SHOPDIR ?= /var/lib/chotdon# for the shop of a set-group-id installation
Q        = $(if $(V),,@)# make V=1 shows the commands
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
PKGS     = ncursesw sqlite3 libutf8proc libsodium libqrencode xlsxwriter
# Asked once, and only when something is compiled: `make deps` must work before pkg-config is there.
PKG_CFLAGS   = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS     = $(eval PKG_LIBS := $$(shell pkg-config --libs $(filter-out xlsxwriter,$(PKGS))))$(PKG_LIBS)
CPPFLAGS_ALL = -D_GNU_SOURCE -DCHOTDON_VERSION='"$(VERSION)"' -DCHOTDON_LOCALEDIR='"$(PREFIX)/share/locale"' \
               -Iinclude -Isrc -I$(B) -isystem /usr/include/iniparser $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL   = -std=c17 $(WARN) -MMD -MP $(CFLAGS) $(SAN)
LDLIBS_ALL   = $(PKG_LIBS) -lcsv -liniparser -lm -ldl $(LDLIBS)
# These go into the program itself where their archives are at hand: to find and bind them took a sixth of every start. make STATIC= for none.
STATIC      ?= ncursesw tinfo sqlite3 utf8proc sodium csv iniparser
archive      = $(or $(wildcard $(shell $(CC) -print-file-name=lib$(1).a)),-l$(1))
TEST_LIBS    = -lcmocka -lvterm -lutil

# Debian's names for what is needed; elsewhere install the same libraries with your own package manager.
DEPS = libc6-dev pkg-config gettext mandoc sqlite3 libncurses-dev libsqlite3-dev libcsv-dev libiniparser-dev libcmocka-dev libutf8proc-dev \
       libsodium-dev libqrencode-dev libxlsxwriter-dev zlib1g-dev libvterm-dev unzip
CRASH_SECONDS ?= 30
JOBS      = $(if $(filter -j%,$(MAKEFLAGS)),,-j$$(nproc))# for a make inside, where the user did not say
BENCH_DEPS = nnn tig htop calcurse# what screens are measured beside
LINT_DEPS = clang clang-format clang-tidy libclang-rt-14-dev

SRC   = $(wildcard src/*/*.c src/*/*/*.c)
OBJ   = $(SRC:%.c=$(B)/%.o)
LIB   = $(B)/libchotdon.a
TEST_SRC ?= $(wildcard tests/*/test_*.c)
TESTS = $(patsubst %.c,$(B)/%,$(TEST_SRC))
HELP  = $(patsubst %.c,$(B)/%.o,$(wildcard tests/*.c))
CODE  = $(wildcard src/*.[ch] src/*/*.[ch] src/*/*/*.[ch] include/*/*.h tests/*.[ch] tests/*/*.[ch] bench/*.[ch])
TIDY  = $(patsubst %.c,$(B)/%.tidy,src/main.c $(SRC) $(wildcard tests/*.c tests/*/*.c))
BENCH = $(patsubst %.c,$(B)/%,$(wildcard bench/*.c))
MO    = $(patsubst po/%.po,$(B)/locale/%/LC_MESSAGES/chotdon.mo,$(wildcard po/*.po))

all: $(B)/chotdon $(MO) ## build the program: build/chotdon

$(B)/chotdon: $(B)/src/main.o $(LIB)
	@echo "LD $@"
	$(Q)$(CC) $(LDFLAGS) $(SAN) -o $@ $^ $(foreach l,$(LDLIBS_ALL),$(if $(filter $(STATIC:%=-l%),$(l)),$(call archive,$(l:-l%=%)),$(l)))

$(LIB): $(OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -c -o $@ $<

$(B)/src/db/migrate.o: $(B)/schema.inc
$(B)/schema.inc: schema.sql
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g' > $@

# Loaded with the first workbook (src/io/xlsx_library.h), by the name that the library at hand has for programs.
$(B)/src/io/xlsx_library.o $(B)/src/io/xlsx_library.tidy: CPPFLAGS_ALL += -DXLSX_LIBRARY='"$(shell \
  readelf -d $$($(CC) -print-file-name=libxlsxwriter.so) | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')"'

# Each tests/AREA/test_*.c is a program of its own, with the helpers tests/*.c linked in; tests/crash has more of them.
$(B)/tests/%.o: CPPFLAGS_ALL += -Itests
$(TESTS): $(B)/%: $(B)/%.o $(HELP) $(LIB)
	$(Q)$(CC) $(LDFLAGS) $(SAN) -o $@ $(filter %.o,$^) $(LIB) $(LDLIBS_ALL) $(TEST_LIBS)
$(filter $(B)/tests/crash/%,$(TESTS)): $(patsubst %.c,$(B)/%.o,$(wildcard tests/crash/[!t]*.c))

# The lock can be taken out of this one alone.
$(B)/tests/crash/test_writer_lock: private LDLIBS_ALL += -Wl,--wrap=sqlite_lock_acquire,--wrap=sqlite_lock_release

# These know a later schema than the program has yet (tests/newer_schema.h).
$(B)/tests/cli/test_upgrade $(B)/tests/crash/test_power: private LDLIBS_ALL += -Wl,--wrap=migrate_newest,--wrap=migrate_run

$(BENCH): $(B)/%: $(B)/%.o $(LIB)
	$(Q)$(CC) $(LDFLAGS) $(SAN) -o $@ $@.o $(LIB) $(LDLIBS_ALL) -lutil

$(B)/locale/%/LC_MESSAGES/chotdon.mo: po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt -o $@ $<

# Every string marked for translation, merged into each po file; what is left empty waits for a translator.
po:
	@mkdir -p $(B)
	$(Q)xgettext --from-code=UTF-8 -k_ -kN_ --keyword=P_:1,2 -s --no-location --package-name=chotdon -o $(B)/chotdon.pot $(sort $(SRC) src/main.c) src/tui/action_rows.h
	$(Q)for f in $(wildcard po/*.po); do msgmerge -q --no-fuzzy-matching --no-wrap -s --no-location -o $$f.new $$f $(B)/chotdon.pot && \
	  msgattrib --no-obsolete --no-wrap -s --no-location $$f.new | grep -v '^"POT-Creation-Date' > $$f; rm -f $$f.new; done

deps: ## install the packages that are missing (Debian; elsewhere: the libraries listed in DEPS)
	@sh tests/deps.sh $(DEPS)

check: deps ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory $(JOBS) check-built

check-built: all $(TESTS)
	@B=$(B) sh tests/run.sh tests/check_layers.sh tests/check_plans.sh $(TESTS)

tests: $(TESTS) $(patsubst %.c,$(B)/%.o,$(wildcard tests/fuzz/*.c))

check-layers: all ## prove who may include, call and write what
	@B=$(B) sh tests/check_layers.sh

test-%: $(B)/tests/% # one test program: make test-unit/test_money
	$<

demo: deps ## install what is missing, build, make the sample shop and open it
	@$(MAKE) --no-print-directory $(JOBS) all
	@B=$(B) sh tests/demo.sh

asan: ## the tests under AddressSanitizer and UBSan, in build/asan; not those in a terminal, which go by a person's pace
	@$(MAKE) --no-print-directory check-built B=$(B)/asan TEST_SRC="$(filter-out tests/e2e/%,$(TEST_SRC))" CFLAGS="-O1 -g1 -fno-omit-frame-pointer" \
	  SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

FUZZ = $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(B)/fuzz_%: tests/fuzz/fuzz_%.c $(HELP) $(LIB)
	$(CC) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(HELP) $(LIB) $(LDFLAGS) $(LDLIBS_ALL) $(TEST_LIBS)

fuzz: ## hostile files, keys, arguments and databases, FUZZ_SECONDS (20) for each; needs clang
	@! command -v clang >/dev/null || $(MAKE) --no-print-directory $(FUZZ) B=$(B)/fuzz CC=clang CFLAGS="-O1 -g1" \
	  SAN="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined"
	@B=$(B)/fuzz sh tests/fuzz/fuzz.sh

crash: all $(B)/tests/crash/test_kill $(B)/tests/crash/test_writer_lock ## the long proofs: kills, and the writer's lock against the same program without it; CRASH_SECONDS (30) for each
	CHOTDON_CRASH_SECONDS=$(CRASH_SECONDS) $(B)/tests/crash/test_kill
	$(B)/tests/crash/test_writer_lock --with-lock 10 $(CRASH_SECONDS)
	$(B)/tests/crash/test_writer_lock --without-lock 10 $(CRASH_SECONDS)

bench: deps ## measure against the figures in bench/README.md
	-@sh tests/deps.sh $(BENCH_DEPS)
	@$(MAKE) --no-print-directory all bench-programs
	@B=$(B) sh bench/run.sh

bench-programs: $(BENCH)

lint: ## format, static analysis, shell syntax; no findings
	@sh tests/deps.sh $(DEPS) $(LINT_DEPS)
	@clang-format --dry-run -Werror $(CODE)
	@for f in tests/*.sh tests/*/*.sh $(wildcard bench/*.sh); do sh -n $$f || exit 1; done
	@bash -n .ci/run
	@$(MAKE) --no-print-directory -k -j$$(nproc) $(TIDY)

format: ## lay out all C code as .clang-format says
	clang-format -i $(CODE)

# A stamp is as old as the object, so a changed header is looked at again through its users. What the analyzer would walk
# through in tests, they run through themselves, under sanitizers. It gives a function 50 000 nodes (not 225 000): a third of the time.
ANALYZE = -Xclang -analyzer-config -Xclang max-nodes=50000
$(B)/%.tidy: %.c $(B)/%.o .clang-tidy
	@echo "clang-tidy $<"
	@clang-tidy --quiet $(if $(filter tests/%,$<),--checks=-clang-analyzer-*) $< -- $(CPPFLAGS_ALL) $(if $(filter tests/%,$<),-Itests) -std=c17 $(ANALYZE) 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

install: all ## program, man pages, translations, config.ini.example to DESTDIR and PREFIX; SETGID=group: see README
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/doc/chotdon $(DESTDIR)$(PREFIX)/share/locale
	install -m 755 $(B)/chotdon $(DESTDIR)$(PREFIX)/bin/
	$(if $(SETGID),getent group $(SETGID) >/dev/null || groupadd --system $(SETGID))
	$(if $(SETGID),chgrp $(SETGID) $(DESTDIR)$(PREFIX)/bin/chotdon && chmod 2755 $(DESTDIR)$(PREFIX)/bin/chotdon)
	$(if $(SETGID),install -d -o root -g $(SETGID) -m 2770 $(DESTDIR)$(SHOPDIR) $(DESTDIR)$(SHOPDIR)/backups)
	install -m 644 config.ini.example LICENSE $(wildcard README.md CHANGELOG.md) $(DESTDIR)$(PREFIX)/share/doc/chotdon/
	for f in $(wildcard man/*.1); do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/man1/$${f##*/}; done
	for f in $(wildcard man/*/*.1); do l=$${f#man/}; install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/$${l%/*}/man1/$${f##*/}; done
	cp -R $(B)/locale/. $(DESTDIR)$(PREFIX)/share/locale/

clean: ## remove build/
	rm -rf $(B)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

-include $(OBJ:.o=.d) $(HELP:.o=.d) $(TESTS:%=%.d) $(wildcard $(B)/tests/crash/*.d) $(BENCH:%=%.d) $(B)/src/main.d
.PHONY: all po deps check check-built tests check-layers demo asan fuzz crash bench bench-programs lint format install clean help
.SECONDARY:
