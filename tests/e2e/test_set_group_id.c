/* `make install SETGID=group` with sellers who have logins of their own: they sell by the program and get at the shop
 * in no other way. Needs root, and is done in a folder that is locked with chroot: nothing of the machine is changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "pty.h"

enum { ROOT = 0, AN = 61001, BINH = 61002 };

#define SHOP "/var/lib/chotdon/"

static char root[256];      /* the locked folder; "" where the test cannot be done */
static struct buf said;     /* by the last command, on both outputs */
static uid_t pty_user = AN; /* who sits at the terminal */

/* For good: who, where, and nothing of what the test's own environment says. */
static void become(uid_t who) {
    gid_t group = who;
    clearenv();
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("HOME", who == ROOT ? "/root" : who == AN ? "/home/an" : "/home/binh", 1);
    if (chroot(root) != 0 || chdir(who == ROOT ? "/" : getenv("HOME")) != 0 || setgroups(0, NULL) != 0 ||
        setresgid(group, group, group) != 0 || setresuid(who, who, who) != 0) {
        perror("become");
        _exit(126);
    }
}

/* Runs a line of shell as somebody; its exit status. */
static int as(uid_t who, const char *line) {
    int ends[2];
    int status = 0;
    char piece[4096];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        become(who);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(126);
    }
    close(ends[1]);
    buf_clear(&said);
    for (ssize_t n; (n = read(ends[0], piece, sizeof piece)) > 0;) {
        buf_add_bytes(&said, piece, (size_t)n);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void done(uid_t who, const char *line) {
    int status = as(who, line);
    if (status != 0) {
        fail_msg("%s: %d\n%s", line, status, buf_str(&said));
    }
}

/* It was refused, and said so. */
static void refused(uid_t who, const char *line, const char *why) {
    int status = as(who, line);
    if (status == 0 || strstr(buf_str(&said), why) == NULL) {
        fail_msg("%s: %d, where “%s” was expected\n%s", line, status, why, buf_str(&said));
    }
}

static void says(const char *text) {
    if (strstr(buf_str(&said), text) == NULL) {
        fail_msg("“%s” is not in: %s", text, buf_str(&said));
    }
}

static void is_silent_on(const char *text) {
    if (strstr(buf_str(&said), text) != NULL) {
        fail_msg("“%s” is in: %s", text, buf_str(&said));
    }
}

/* --- the machine */

static bool can_be_done(const char *build) {
    struct statvfs fs;
    const char *why = geteuid() != 0 ? "this is not root"
                      : statvfs(build, &fs) != 0 || (fs.f_flag & (ST_NOSUID | ST_NODEV)) != 0
                          ? "the build folder's file system knows no set-group-id programs or devices"
                          : NULL;
    if (why != NULL) {
        print_message("NOT TESTED: the set-group-id installation, because %s\n", why);
    }
    return why == NULL;
}

static void make_shop(void) {
    done(ROOT, "umask 077; echo lan-4711 >/root.pin; printf 'lan-4711\\nan-0815\\n' >/root-an.pin;"
               "printf 'lan-4711\\nbinh-0815\\n' >/root-binh.pin; echo an-0815 >/home/an/pin;"
               "echo binh-0815 >/home/binh/pin; chmod 644 /home/an/pin /home/binh/pin");
    done(ROOT,
         "chotdon -q init && chotdon staff add LAN Lan --role manager && chotdon staff add AN An --role counter &&"
         "chotdon staff add BINH Binh --role counter && chotdon product add GAO Gao --price 100k");
    done(ROOT, "CHOTDON_PIN_FILE=/root.pin chotdon staff pin LAN &&"
               "CHOTDON_PIN_FILE=/root-an.pin chotdon -u LAN staff pin AN &&"
               "CHOTDON_PIN_FILE=/root-binh.pin chotdon -u LAN staff pin BINH");
}

static int setup(void **state) {
    const char *build = getenv("B") == NULL ? "build" : getenv("B");
    char line[1024];
    (void)state;
    if (!can_be_done(build)) {
        return 0;
    }
    snprintf(root, sizeof root, "%s/set-group-id-XXXXXX", build);
    snprintf(line, sizeof line, "B=%s sh tests/mini_root.sh %s", build, mkdtemp(root));
    if (system(line) != 0) {
        print_message("NOT TESTED: the set-group-id installation, because devices or chroot are forbidden here\n");
        root[0] = '\0';
        return 0;
    }
    chmod(root, 0755);
    make_shop();
    return 0;
}

static int teardown(void **state) {
    char line[512];
    (void)state;
    buf_clear(&said);
    snprintf(line, sizeof line, "rm -rf %s", root);
    return root[0] == '\0' || system(line) == 0 ? 0 : -1;
}

#define SELL       " order add --line GAO:1 --pay cash:100k"
#define AN_SELLS   "CHOTDON_PIN_FILE=/home/an/pin chotdon -u AN" SELL
#define BINH_SELLS "CHOTDON_PIN_FILE=/home/binh/pin chotdon -u BINH" SELL

/* --- what is promised */

static void test_sellers_sell_by_the_program_and_read_the_file_by_nothing_else(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(AN, "umask 077; " AN_SELLS);
    done(BINH, BINH_SELLS);
    done(AN, AN_SELLS);
    done(ROOT, "CHOTDON_PIN_FILE=/root.pin chotdon -q -u LAN order list -f csv | wc -l; chotdon check");
    says("4\n"); /* with the heading */
    says("OK: 3 orders");
    refused(AN, "cat " SHOP "shop.db", "Permission denied");
    refused(AN, "cat " SHOP "shop.db-wal", "Permission denied");
    refused(AN, "cat " SHOP "shop.db.anchors", "Permission denied");
    assert_int_not_equal(as(AN, "ls " SHOP), 0);
    refused(AN, "ln " SHOP "shop.db /home/an/mine", "Permission denied");
    refused(AN, "cd " SHOP, "can't cd");
    done(AN, "id; stat -c '%a %G' /usr/bin/chotdon");
    says("2755 games");
    is_silent_on("(games)");
}

static void test_the_groups_rights_read_and_write_no_other_file(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(ROOT, "cd " SHOP "; umask 007; cp shop.db other.db; chmod 660 other.db; echo '[ui]' >secret.ini;"
               "printf 'code,name\\nX,secret-name\\n' >secret.csv; echo an-0815 >pin; ln -s " SHOP
               "shop.db /home/an/link.db");
    refused(AN, "chotdon -d " SHOP "other.db order list", "Permission denied");
    refused(AN, "chotdon -d /home/an/link.db order list", "Permission denied");
    refused(AN, "chotdon -d " SHOP "../chotdon/shop.db order list", "Permission denied");
    refused(AN, "CHOTDON_DB=" SHOP "other.db chotdon order list", "Permission denied");
    refused(AN, "cd /; chotdon -d var/lib/chotdon/shop.db order list", "Permission denied");
    refused(AN, "chotdon -c " SHOP "secret.ini order list", "cannot be read");
    refused(AN, "CHOTDON_PIN_FILE=" SHOP "pin chotdon -u AN order list", SHOP "pin");
    done(ROOT, "cp " SHOP "pin /home/an/pin2; cp " SHOP "secret.csv /tmp/; chmod 644 /home/an/pin2");
    refused(AN, "CHOTDON_PIN_FILE=pin chotdon -u AN import customers " SHOP "secret.csv", "Permission denied");
    is_silent_on("secret-name");
    refused(AN, "CHOTDON_PIN_FILE=pin chotdon -u AN --approve LAN export orders -o " SHOP "out.csv", "chotdon:");
    refused(ROOT, "cat " SHOP "out.csv", "No such file");
    refused(AN, "CHOTDON_PIN_FILE=pin chotdon -u AN backup " SHOP "mine.db", "chotdon:");
    refused(ROOT, "cat " SHOP "mine.db", "No such file");
    refused(AN, "echo x >" SHOP "x", "Permission denied");
}

static void test_a_managers_export_and_copy_are_written_with_their_own_rights(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(ROOT, "cp /root.pin /home/an/lan.pin; chmod 644 /home/an/lan.pin"); /* LAN sits at AN's login */
    refused(AN, "CHOTDON_PIN_FILE=lan.pin chotdon -u LAN export orders -o " SHOP "out.csv", "Permission denied");
    refused(AN, "CHOTDON_PIN_FILE=lan.pin chotdon -u LAN backup " SHOP "mine.db", "Permission denied");
    refused(AN, "CHOTDON_PIN_FILE=lan.pin chotdon -u LAN restore /home/an/mine.db", "by the owner of its file");
    refused(AN, "chotdon upgrade", "by the owner of its file");
    refused(AN, "CHOTDON_PIN_FILE=lan.pin chotdon -u LAN staff pin LAN --recover", "chotdon:");
    done(AN, "CHOTDON_PIN_FILE=lan.pin chotdon -u LAN export orders -o mine.csv; stat -c '%G %a' mine.csv");
    says("an 6");
}

static void test_programs_that_it_starts_have_no_rights_of_the_group(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(AN, "printf '[receipt]\\nprinter = \"|id >/home/an/who; cat " SHOP "shop.db >/home/an/copy; ls -l /proc "
             ">/dev/null 2>&1; true\"\\n' >/home/an/print.ini");
    done(AN,
         "no=$(CHOTDON_PIN_FILE=pin chotdon -q -u AN" SELL "); CHOTDON_PIN_FILE=pin chotdon -c print.ini -u AN order "
         "print $no --printer && cat who && wc -c copy");
    says("gid=61001(an)");
    is_silent_on("games");
    says("0 copy");
}

static void test_the_environment_and_the_clock_are_not_the_sellers_to_choose(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(AN, "LD_PRELOAD=/home/an/evil.so /bin/id");
    says("evil.so"); /* elsewhere it is looked for */
    done(AN, "LD_PRELOAD=/home/an/evil.so LD_LIBRARY_PATH=/home/an chotdon version");
    is_silent_on("evil.so");
    refused(AN, "chotdon --now 2020-01-01 order list", "--now");
    done(AN, "no=$(CHOTDON_NOW='2020-01-01 10:00' CHOTDON_PIN_FILE=pin chotdon -q -u AN" SELL "); echo $no");
    is_silent_on("DH200101");
    done(AN, "chotdon version <&- >&- 2>&-; " AN_SELLS " <&- 2>&-");
    done(ROOT, "chmod o+x " SHOP);
    refused(AN, "chotdon order list", "chmod o= " SHOP);
    done(ROOT, "chmod o-x " SHOP);
    done(ROOT, "chotdon -q check");
}

/* One that reads its file from us, and so stands still with the shop open. */
static pid_t start_waiting(int *input) {
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
        dup2(ends[0], STDIN_FILENO);
        become(AN);
        setenv("CHOTDON_PIN_FILE", "/home/an/lan.pin", 1);
        execl("/usr/bin/chotdon", "chotdon", "-u", "LAN", "import", "customers", "-", (char *)NULL);
        _exit(126);
    }
    close(ends[0]);
    *input = ends[1];
    return child;
}

/* As another program of the same user: what it may do to the one that runs. */
static int look_into(pid_t running) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        char name[64];
        if (setgroups(0, NULL) != 0 || setresgid(AN, AN, AN) != 0 || setresuid(AN, AN, AN) != 0) {
            _exit(1);
        }
        snprintf(name, sizeof name, "/proc/%d/mem", running);
        if (open(name, O_RDWR) >= 0) {
            _exit(2);
        }
        snprintf(name, sizeof name, "/proc/%d/fd/3", running);
        if (open(name, O_RDONLY) >= 0) {
            _exit(3);
        }
        _exit(ptrace(PTRACE_ATTACH, running, NULL, NULL) == 0 ? 4 : 0);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool has_started(pid_t child) {
    char name[64], command[32] = "";
    snprintf(name, sizeof name, "/proc/%d/comm", child);
    FILE *f = fopen(name, "re");
    bool there = f != NULL && fgets(command, sizeof command, f) != NULL && strcmp(command, "chotdon\n") == 0;
    if (f != NULL) {
        fclose(f);
    }
    return there;
}

static void test_nobody_looks_into_the_running_program_or_finds_its_core(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    int input = -1, status = 0;
    pid_t child = start_waiting(&input);
    while (!has_started(child)) {
        usleep(1000);
    }
    assert_int_equal(look_into(child), 0);
    assert_int_equal(write(input, "code,name\n", 10), 10);
    kill(child, SIGSEGV);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(input);
    assert_true(WIFSIGNALED(status));
    assert_false(WCOREDUMP(status));
}

static int screens(void) {
    become(pty_user);
    execl("/usr/bin/chotdon", "chotdon", "--lang", "en", (char *)NULL);
    return 126;
}

static const char *strange_program; /* that is started in a terminal of which only its user has a description */
static bool own_shop;

static int strange_screens(void) {
    become(AN);
    setenv("TERM", "evil", 1);
    setenv("TERMINFO", "/home/an/.terminfo", 1);
    execl(strange_program, "chotdon", "--lang", "en", own_shop ? "-d" : NULL, "/home/an/own.db", (char *)NULL);
    return 126;
}

static void test_terminals_that_a_user_describes_are_not_known(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(AN, "mkdir -p .terminfo/e && cp /lib/terminfo/x/xterm-256color .terminfo/e/evil && cp /usr/bin/chotdon .");
    strange_program = "/usr/bin/chotdon";
    struct pty *p = pty_start(&(struct pty_options){.child = strange_screens});
    pty_expect(p, "type is not known");
    assert_int_equal(pty_expect_exit(p), 1);
    pty_free(p);
    strange_program = "/home/an/chotdon"; /* a copy has no rights to lose */
    own_shop = true;
    p = pty_start(&(struct pty_options){.child = strange_screens});
    pty_expect(p, "First run");
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_free(p);
}

static void test_backups_and_anchors_are_made_by_whoever_sells(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(ROOT, "ls " SHOP "backups | wc -l");
    says("0\n");
    done(AN, "mkdir -p .config/chotdon; printf '[files]\\nbackup_folder = /home/an\\n' >.config/chotdon/config.ini");
    done(AN, "umask 077; " AN_SELLS "; chotdon -q backup --auto");
    done(BINH, BINH_SELLS "; chotdon -q backup --auto");
    done(ROOT, "cd " SHOP "; ls backups | wc -l; stat -c '%a %G' backups/* shop.db.anchors; ls /home/an");
    says("2\n660 games\n660 games\n660 games\n");
    is_silent_on("mine.db");
    is_silent_on("-auto-2026");
    refused(AN, "cat " SHOP "backups/*", "Permission denied");
    done(ROOT,
         "cd " SHOP "; for f in backups/*; do cp $f /tmp/copy.db; chotdon -q -d /tmp/copy.db check || exit 1; done");
    done(BINH, BINH_SELLS);
    done(ROOT,
         "head -c 19 /dev/null; cat " SHOP "shop.db.anchors; CHOTDON_PIN_FILE=/root.pin chotdon -u LAN audit verify");
    says("anchors outside the file fit");
}

static void test_closing_the_screens_makes_a_sellers_backup(void **state) {
    (void)state;
    if (root[0] == '\0') {
        return;
    }
    done(BINH, BINH_SELLS);
    done(ROOT, "ls " SHOP "backups | wc -l");
    int before = atoi(buf_str(&said));
    pty_user = BINH;
    struct pty *p = pty_start(&(struct pty_options){.child = screens});
    pty_expect(p, "PIN");
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect_restored(p);
    pty_free(p);
    done(ROOT, "ls " SHOP "backups | wc -l");
    assert_int_equal(atoi(buf_str(&said)), before + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sellers_sell_by_the_program_and_read_the_file_by_nothing_else),
        cmocka_unit_test(test_the_groups_rights_read_and_write_no_other_file),
        cmocka_unit_test(test_a_managers_export_and_copy_are_written_with_their_own_rights),
        cmocka_unit_test(test_programs_that_it_starts_have_no_rights_of_the_group),
        cmocka_unit_test(test_the_environment_and_the_clock_are_not_the_sellers_to_choose),
        cmocka_unit_test(test_nobody_looks_into_the_running_program_or_finds_its_core),
        cmocka_unit_test(test_terminals_that_a_user_describes_are_not_known),
        cmocka_unit_test(test_backups_and_anchors_are_made_by_whoever_sells),
        cmocka_unit_test(test_closing_the_screens_makes_a_sellers_backup),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
