/* Every write leaves a row in the audit, in its own transaction: each command of the program is run, and each kind of
 * file imported, and what it changed is asked of the seals, which know every table. A command that is not in the list
 * fails: say there what its row is. What slips through (an option, a screen) gets a row that names the tables, and
 * fails here too: AUDIT_UNNAMED. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "domain/audit_writes.h"
#include "hostile.h"
#include "io/kind.h"
#include "testdb.h"

static const char reads[] = "", by_exception[] = "-";

/* Run one after the other on one shop. */
static const struct line {
    const char *command;
    const char *action; /* that it leaves a row of */
} lines[] = {
    {"setting set shop_name 'Tạp hoá'", "setting.set"},
    {"staff add AN 'Nguyễn An' --team T1 --role manager", "staff.add"},
    {"staff add BINH 'Trần Bình'", "staff.add"},
    {"staff edit BINH --team T1 --phone 0912345678", "staff.edit"},
    {"team add T2", "team.add"},
    {"team edit T2 --leader AN", "team.leader"},
    {"team edit T2 --name T3", "team.rename"},
    {"supplier add NCC1 'Đại lý'", "supplier.add"},
    {"supplier edit NCC1 --note x", "supplier.edit"},
    {"product add A 'Áo thun' --price 100k --group 'Áo/Thun' --barcode 8931 --units 'lốc=6' --document 'x=/x.pdf'",
     "product.add"},
    {"product add B 'Bánh' --price 10k", "product.add"},
    {"product edit B --price 12k --barcode 8932", "product.edit"},
    {"stock receive --supplier NCC1 --line A:50@60k", "stock.purchase"},
    {"stock adjust --line A:-1 --reason x", "stock.adjust"},
    {"stock adjust --damage --line A:1 --reason x", "stock.damage"},
    {"customer add 'Lê Cúc' 0988111222", "customer.add"},
    {"customer add 'Lê Cúc' 0988111333", "customer.add"},
    {"customer edit KH000001 --note 'thích trà' --tags a,b", "customer.edit"},
    {"customer log KH000001 call 'hẹn mai'", "customer.log"},
    {"customer merge KH000001 KH000002", "customer.merge"},
    {"customer merge --undo 1", "customer.unmerge"},
    {"cash open 500k", "cash.open"},
    {"order add --line A:2 --pay cash:200k --customer KH000001 --channel Zalo --rep AN:70+BINH:30", "order.add"},
    {"order add --line A:1 --status confirmed", "order.add"},
    {"order pay DH261121-0002 cash:50k", "order.pay"},
    {"order edit DH261121-0002 --note x", "order.edit"},
    {"order status DH261121-0002 delivered", "order.status"},
    {"order add --line B:1 --status confirmed", "order.add"},
    {"order cancel DH261121-0003 --reason x", "order.cancel"},
    {"order return DH261121-0001 --line A:1 --refund cash", "order.return"},
    {"order add --line A:1 --draft", "order.add"},
    {"order hold NHAP-5 --label 'Bàn 1'", by_exception},
    {"order drop NHAP-5", "draft.drop"},
    {"cash in 100k --reason x", "cash.in"},
    {"cash out 100k --reason x", "cash.out"},
    {"cash close --counted 700k --note x", "cash.close"},
    {"target set 2026-11 rep AN revenue 10tr", "target.set"},
    {"target set 2026-11 shop '' revenue 10tr", "target.set"},
    {"target copy 2026 2027", "target.set"},
    {"target spread 2028 shop '' revenue 120tr", "target.set"},
    {"target remove 2026-11 rep AN revenue", "target.remove"},
    {"kpi scorecard set rep revenue=60 orders=40", "scorecard.set"},
    {"week report --rep AN --calls 5", "week.file"},
    {"week report --rep AN --calls 6", "week.amend"},
    {"stage add 'Xem mẫu' --probability 30", "stage.add"},
    {"stage edit 'Xem mẫu' --probability 35", "stage.edit"},
    {"reason add 'Đắt quá'", "reason.add"},
    {"deal add 'Quán Cây Bàng' --customer KH000001 --rep AN --product A:5@90k --source Facebook", "deal.add"},
    {"deal add 'Quán Cây Bàng' --phone 0977000111", "deal.add"},
    {"deal add 'Quán Cây Đa' --phone 0977000111", "deal.add"},
    {"deal edit CH261121-0001 --tags quán", "deal.edit"},
    {"deal move CH261121-0001 'Xem mẫu'", "deal.move"},
    {"deal back CH261121-0001", "deal.unmove"},
    {"deal log CH261121-0001 call 'gọi lại'", "deal.log"},
    {"deal plan CH261121-0001 2026-11-25 'gửi mẫu'", "deal.plan"},
    {"deal assign CH261121-0002 BINH", "deal.assign"},
    {"deal assign CH261121-0002 -", "deal.assign"},
    {"deal merge CH261121-0002 CH261121-0003", "deal.merge"},
    {"deal merge --undo 1", "deal.unmerge"},
    {"assign rule add --team T1", "rule.add"},
    {"assign run", "deal.assign"},
    {"assign rule remove 1", "rule.remove"},
    {"deal order CH261121-0001", "deal.order"},
    {"deal won CH261121-0001 --value 450k", "deal.won"},
    {"deal lost CH261121-0003 --reason 'Đắt quá'", "deal.lost"},
    {"deal add 'Ở Xem mẫu' --stage 'Xem mẫu'", "deal.add"},
    {"stage remove 'Xem mẫu' --to 'Cơ hội'", "stage.remove"},
    {"reason remove 'Đắt quá'", "reason.remove"},
    {"plan import p.ini", "plan.add"},
    {"plan import q.ini", "plan.add"},
    {"plan import p2.ini", "plan.edit"},
    {"plan remove Q", "plan.remove"},
    {"plan activate P", "plan.activate"},
    {"plan import p.ini --from 2026-12 --reason x", "plan.version"},
    {"commission run --month 2026-11", "commission.run"},
    {"commission lock --month 2026-11", "commission.lock"},
    {"commission pay --month 2026-11", "commission.pay"},
    {"commission dispute --month 2026-11 --rep AN --row DH261121-0001 --reason x", "commission.dispute"},
    {"commission answer 1 x", "commission.answer"},
    {"stock count count.csv", "import"},
    {"import staff staff.csv", "import"},
    {"import products products.csv", "import"},
    {"import customers customers.csv", "import"},
    {"import suppliers suppliers.csv", "import"},
    {"import orders orders.csv --create-missing", "import"},
    {"import payments payments.csv", "import"},
    {"import stock stock.csv", "import"},
    {"import deals deals.csv --create-missing", "import"},
    {"import targets targets.csv", "import"},
    {"import undo 2", "import.undo"},
    {"customer erase KH000002", "customer.erase"},
    {"check --rebuild", "check.rebuild"},
    {"check --accept", "check.accept"},
    {"backup --auto", "shop.backup"},

    /* What only reads. */
    {"setting list", reads},
    {"setting get shop_name", reads},
    {"version", reads},
    {"staff list", reads},
    {"team list", reads},
    {"staff roles", reads},
    {"order list", reads},
    {"order show DH261121-0001", reads},
    {"order drafts", reads},
    {"order print DH261121-0001", reads},
    {"stock list", reads},
    {"stock moves A", reads},
    {"product show A", reads},
    {"product list", reads},
    {"group list", reads},
    {"channel list", reads},
    {"customer show KH000001", reads},
    {"customer list", reads},
    {"customer find cuc", reads},
    {"customer duplicates", reads},
    {"customer export-data KH000001", reads},
    {"supplier show NCC1", reads},
    {"supplier list", reads},
    {"cash report", reads},
    {"target list", reads},
    {"leaderboard", reads},
    {"kpi health", reads},
    {"kpi scorecard list", reads},
    {"week show --rep AN", reads},
    {"week list", reads},
    {"plan list", reads},
    {"plan show P", reads},
    {"plan diff P@1 P@2", reads},
    {"deal list", reads},
    {"deal show CH261121-0001", reads},
    {"deal duplicates", reads},
    {"stage list", reads},
    {"reason list", reads},
    {"commission show --month 2026-11", reads},
    {"commission explain --month 2026-11 --rep AN", reads},
    {"commission simulate --plan P --from 2026-11 --to 2026-11", reads},
    {"commission discrepancies", reads},
    {"commission disputes", reads},
    {"commission statement --month 2026-11 --rep AN", reads},
    {"pipeline", reads},
    {"pipeline stats", reads},
    {"pipeline forecast", reads},
    {"report funnel", reads},
    {"assign rule list", reads},
    {"report sales", reads},
    {"report channels", reads},
    {"report customers", reads},
    {"report products", reads},
    {"report provinces", reads},
    {"report trend", reads},
    {"report stock", reads},
    {"report receivables", reads},
    {"report cash", reads},
    {"report returns", reads},
    {"report profit", reads},
    {"import list", reads},
    {"import orders orders.csv --dry-run", reads},
    {"export orders", reads},
    {"audit list", reads},
    {"audit verify", reads},
    {"config show", reads},
    {"config example", reads},
    {"check", reads},
    {"backup copy.db", "shop.backup"},
    {"upgrade", reads},
    {"staff pin AN", "staff.pin"}, /* the last one: from now on everybody signs in */
};

/* Not run: they make or replace the whole file; the last reads another one. */
static const char *const not_run[] = {"init", "restore", "config path"};

static const char files[] =
    "printf '[plan]\\ncode = P\\nname = \"x\"\\nfrom = 2026-01\\nto = 2026-12\\n[tiers]\\n0 = 2\\n' >p.ini;"
    "sed 's/= P/= Q/' p.ini >q.ini; sed 's/^0 = 2/0 = 3/' p.ini >p2.ini;"
    "printf 'sku,on_hand\\nB,7\\n' >count.csv;"
    "printf 'code,name,team,role\\nCHI,Chi,T9,rep\\nBINH,Bình,T1,rep\\n' >staff.csv;"
    "printf 'sku,name,price,group\\nC,Cốc,20000,Cốc/Sứ\\nB,Bánh mì,12000,\\n' >products.csv;"
    "printf 'name,phone,source\\nDũng,0966000111,Tiktok\\n' >customers.csv;"
    "printf 'code,name\\nNCC2,Kho\\n' >suppliers.csv;"
    "printf "
    "'order_no,order_date,sku,qty,unit_price,rep\\nW1,2026-11-20,A,1,100000,AN\\nW2,2026-11-20,M,2,50000,MOI\\n' "
    ">orders.csv;"
    "printf 'order_no,date,method,amount\\nDH261121-0002,2026-11-21,cash,10000\\n' >payments.csv;"
    "printf 'sku,on_hand\\nA,33\\n' >stock.csv;"
    "printf 'deal_no,title,stage,expected_value\\nX1,Mới,Won,100\\nX2,Mới nữa,Bước lạ,100\\n' >deals.csv;"
    "printf 'month,scope,code,metric,target\\n2026-10,rep,AN,revenue,5000000\\n' >targets.csv;"
    "printf '482913\\n482913\\n' >pin";

struct fixture {
    char *program, *path;
    int folder; /* how much of the path is the folder */
    int failures;
};

static void say(struct fixture *f, const char *command, const char *what, const char *more) {
    f->failures++;
    print_error("%s: %s%.2000s\n", command, what, more);
}

/* What every table holds. */
static char *read_seals(struct db *db) {
    struct buf text = BUF_INIT;
    struct db_stmt *s = NULL;
    assert_int_equal(db_query(db, "SELECT name, rows, sum FROM seals ORDER BY name", DB_NO_BIND, &s, NULL), ERR_OK);
    while (db_next(s, NULL) == DB_ROW) {
        buf_addf(&text, "%s %lld %lld\n", db_col_text(s, 0), (long long)db_col_int(s, 1), (long long)db_col_int(s, 2));
    }
    db_done(&s);
    return buf_take(&text);
}

static char *run(const struct fixture *f, const char *command, int *status) {
    size_t len = 0;
    char *args = mem_printf("-c 'cd \"%.*s\" && CHOTDON_PIN_FILE=pin exec \"%s\" -q -d shop.db --now \"2026-11-21 "
                            "14:05\" --lang en \"$@\"' c %s",
                            f->folder, f->path, f->program, command);
    char *out = hostile_run("/bin/sh", args, status, &len);
    free(args);
    return out;
}

static bool has_row(struct db *db, int64_t after, const char *action) {
    bool there = false;
    assert_int_equal(db_exists(db, "SELECT 1 FROM audit WHERE id > $1 AND action = $2",
                               DB_BIND(DB_INT(after), DB_TEXT(action)), &there, NULL),
                     ERR_OK);
    return there;
}

static void prove(struct fixture *f, struct db *db, const struct line *l) {
    int status = 0;
    int64_t rows = testdb_int(db, "SELECT COUNT(*) FROM audit");
    char *before = read_seals(db);
    char *out = run(f, l->command, &status);
    char *after = read_seals(db);
    bool changed = strcmp(before, after) != 0;
    bool noted = testdb_int(db, "SELECT COUNT(*) FROM audit") > rows;
    if (status != 0) {
        say(f, l->command, "failed: ", out);
    } else if (has_row(db, rows, AUDIT_UNNAMED)) {
        say(f, l->command, "wrote without a row of its own", "");
    } else if (l->action == reads && changed) {
        say(f, l->command, "should only read, but wrote", "");
    } else if (l->action == by_exception && (!changed || noted)) {
        say(f, l->command, "should write, by an exception of audit_writes.c without a row", "");
    } else if (l->action != reads && l->action != by_exception && !has_row(db, rows, l->action)) {
        say(f, l->command, "left no row ", l->action);
    }
    free(before);
    free(after);
    free(out);
}

static void each_command_that_writes_leaves_its_row(void **state) {
    struct fixture *f = *state;
    struct db *db = testdb_reopen(f->path);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        prove(f, db, &lines[i]);
    }
    db_close(&db);
    assert_int_equal(f->failures, 0);
}

static bool is_command(const char *line, const char *name) {
    size_t n = strlen(name);
    return strncmp(line, name, n) == 0 && (line[n] == '\0' || line[n] == ' ');
}

/* "import list" is no "import". */
static const char *command_of(const char *line) {
    const char *found = NULL;
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *c = cli_commands[t]; c->name != NULL; c++) {
            if (is_command(line, c->name) && (found == NULL || strlen(c->name) > strlen(found))) {
                found = c->name;
            }
        }
    }
    return found;
}

static bool is_listed(const char *name) {
    bool listed = false;
    for (size_t i = 0; i < sizeof not_run / sizeof *not_run; i++) {
        listed = listed || strcmp(not_run[i], name) == 0;
    }
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *command = command_of(lines[i].command);
        listed = listed || (command != NULL && strcmp(command, name) == 0);
    }
    return listed;
}

static void no_command_is_left_out(void **state) {
    struct fixture *f = *state;
    f->failures = 0;
    for (int t = 0; cli_commands[t] != NULL; t++) {
        for (const struct cli_command *c = cli_commands[t]; c->name != NULL; c++) {
            if (!is_listed(c->name)) {
                say(f, c->name, "is not in the list of this test: what is its row in the audit?", "");
            }
        }
    }
    assert_int_equal(f->failures, 0);
}

static void no_kind_of_file_is_left_out(void **state) {
    struct fixture *f = *state;
    f->failures = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (kind == KIND_TICKETS || !kind_is_import((enum kind_id)kind)) {
            continue; /* tickets are not taken yet */
        }
        char *name = mem_printf("import %s", kind_info((enum kind_id)kind)->name);
        bool listed = false;
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            listed = listed || (is_command(lines[i].command, name) && lines[i].action != reads);
        }
        if (!listed) {
            say(f, name, "is not in the list of this test", "");
        }
        free(name);
    }
    assert_int_equal(f->failures, 0);
}

static int setup_group(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    int status = 0;
    f->program = hostile_program();
    f->path = testdb_path("shop.db");
    f->folder = (int)(strlen(f->path) - strlen("/shop.db"));
    char *made = mem_printf("cd '%.*s' && umask 077 && { %s; }", f->folder, f->path, files);
    status = system(made);
    free(made);
    char *out = status == 0 ? run(f, "init", &status) : mem_strdup("no files");
    if (status != 0) {
        print_error("%s", out);
    }
    free(out);
    *state = f;
    return status;
}

static int teardown_group(void **state) {
    struct fixture *f = *state;
    testdb_remove(f->path);
    free(f->program);
    free(f);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_command_that_writes_leaves_its_row),
        cmocka_unit_test(no_command_is_left_out),
        cmocka_unit_test(no_kind_of_file_is_left_out),
    };
    return cmocka_run_group_tests(tests, setup_group, teardown_group);
}
