# Chốt Đơn: `make help` lists what can be made. Everything that is made goes to build/.
VERSION  = 0.1.0
B       ?= build
CC      ?= cc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
PKGS     = ncursesw sqlite3 libutf8proc libsodium libqrencode xlsxwriter
CPPFLAGS_ALL = -D_GNU_SOURCE -DCHOTDON_VERSION='"$(VERSION)"' -DCHOTDON_LOCALEDIR='"$(PREFIX)/share/locale"' -Iinclude -Isrc -I$(B) -isystem /usr/include/iniparser \
               $(shell pkg-config --cflags $(PKGS)) $(CPPFLAGS)
CFLAGS_ALL   = -std=c17 $(WARN) -MMD -MP $(CFLAGS) $(SAN)
LDLIBS_ALL   = $(shell pkg-config --libs $(PKGS)) -lcsv -liniparser -lm $(LDLIBS)
TEST_LIBS    = $(shell pkg-config --libs cmocka vterm) -lutil

# Debian's names for what is needed; elsewhere install the same libraries with your own package manager.
DEPS = pkg-config gettext mandoc sqlite3 libncurses-dev libsqlite3-dev libcsv-dev libiniparser-dev libcmocka-dev libutf8proc-dev \
       libsodium-dev libqrencode-dev libxlsxwriter-dev libvterm-dev
LINT_DEPS = clang clang-format clang-tidy libclang-rt-14-dev

SRC   = $(wildcard src/*/*.c src/*/*/*.c)
OBJ   = $(SRC:%.c=$(B)/%.o)
LIB   = $(B)/libchotdon.a
TESTS = $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))
MO    = $(patsubst po/%.po,$(B)/locale/%/LC_MESSAGES/chotdon.mo,$(wildcard po/*.po))

all: $(B)/chotdon $(MO) ## build the program: build/chotdon

$(B)/chotdon: $(B)/src/main.o $(LIB)
	$(CC) $(LDFLAGS) $(SAN) -o $@ $^ $(LDLIBS_ALL)

$(LIB): $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -c -o $@ $<

$(B)/src/db/migrate.o: $(B)/schema.inc
$(B)/schema.inc: schema.sql
	@mkdir -p $(@D)
	od -An -v -tx1 $< | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g' > $@

$(B)/tests/%: tests/%.c $(wildcard tests/*.h tests/*.c) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) -Wno-missing-prototypes -o $@ $< $(wildcard tests/*.c) $(LIB) $(LDFLAGS) $(LDLIBS_ALL) $(TEST_LIBS)

$(B)/locale/%/LC_MESSAGES/chotdon.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<

# Every string marked for translation, merged into each po file; what is left empty waits for a translator.
po:
	@mkdir -p $(B)
	xgettext --from-code=UTF-8 -k_ -kN_ --keyword=P_:1,2 -s --no-location --package-name=chotdon -o $(B)/chotdon.pot $(sort $(SRC) src/main.c) src/tui/action_rows.h
	for f in $(wildcard po/*.po); do msgmerge -q --no-fuzzy-matching --no-wrap -s --no-location -o $$f.new $$f $(B)/chotdon.pot && \
	  msgattrib --no-obsolete --no-wrap -s --no-location $$f.new | grep -v '^"POT-Creation-Date' > $$f; rm -f $$f.new; done

deps: ## install the packages that are missing (Debian; elsewhere: the libraries listed in DEPS)
	@sh tests/deps.sh $(DEPS)

check: deps ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory check-built

check-built: all $(TESTS)
	@B=$(B) sh tests/run.sh $(TESTS)

test-%: $(B)/tests/% # one test program: make test-unit/test_money
	$<

demo: deps ## install what is missing, build, make the sample shop and open it
	@$(MAKE) --no-print-directory all
	@B=$(B) sh tests/demo.sh

asan: ## the tests under AddressSanitizer and UBSan, in build-asan inside build
	@$(MAKE) --no-print-directory check-built B=$(B)/asan SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" CFLAGS="-O1 -g -fno-omit-frame-pointer"

$(B)/fuzz_%: tests/fuzz/fuzz_%.c $(LIB)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS_ALL)

FUZZ = $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz: ## hostile bytes for the file readers, FUZZ_SECONDS (20) for each; needs clang
	@! command -v clang >/dev/null || $(MAKE) --no-print-directory $(FUZZ) B=$(B)/fuzz CC=clang CFLAGS="-O1 -g" SAN="-fsanitize=address,undefined,fuzzer-no-link"
	@B=$(B)/fuzz sh tests/fuzz/fuzz.sh

clean: ## remove build/
	rm -rf $(B)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

-include $(OBJ:.o=.d) $(B)/src/main.d $(TESTS:%=%.d)
.PHONY: all po deps check check-built demo asan fuzz clean help
.SECONDARY: $(OBJ)
