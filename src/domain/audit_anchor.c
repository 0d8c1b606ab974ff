/* Anchors: where the chain ended, written outside the database. A line is always as long as the others, so that the
 * day's can be written anew in its place; one that says more than the chain has by now is never touched, the next
 * stands under it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/file_group.h"
#include "domain/audit_chain.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* "2026-11-21 14:05:00 00000000000000000042 64 hex digits\n" */
enum { ID_AT = 20, HASH_AT = 41, LINE = HASH_AT + AUDIT_HEX_SIZE, LINES_MAX = 100000 };

struct anchor {
    char time[DATETIME_SIZE];
    struct audit_end end;
};

static bool read_anchor(const char line[LINE], struct anchor *out) {
    char digits[21];
    if (line[ID_AT - 1] != ' ' || line[HASH_AT - 1] != ' ' || line[LINE - 1] != '\n') {
        return false;
    }
    snprintf(out->time, sizeof out->time, "%.19s", line);
    snprintf(digits, sizeof digits, "%.20s", line + ID_AT);
    snprintf(out->end.hash, sizeof out->end.hash, "%.64s", line + HASH_AT);
    out->end.id = strspn(digits, "0123456789") == 20 ? strtoll(digits, NULL, 10) : 0;
    return out->end.id > 0;
}

/* --- where they stand */

static char *beside(const struct shop *shop) {
    return mem_printf("%s.anchors", shop->path);
}

/* In the state folder a shop is known by where its file is and how its chain began: another one made in its place is
 * another shop. NULL where there is no such folder, or no chain yet. */
static char *in_state(struct shop *shop) {
    if (shop->state_folder[0] == '\0') {
        return NULL;
    }
    char *first = NULL;
    const struct borrowed_group group = file_group_borrow_if(shop->borrow_group);
    char *full = realpath(shop->path, NULL);
    file_group_give_back(&group);
    char *name = NULL;
    if (full != NULL &&
        db_get_text(shop->db, "SELECT hash FROM audit WHERE id = 1", DB_NO_BIND, &first, NULL) == ERR_OK) {
        char hex[AUDIT_HEX_SIZE];
        struct audit_digest *d = audit_digest_new();
        audit_digest_add(d, full, strlen(full) + 1);
        audit_digest_add(d, first, strlen(first));
        audit_digest_end(d, hex);
        name = mem_printf("%s/chotdon/anchors-%.16s", shop->state_folder, hex);
    }
    free(first);
    free(full);
    return name;
}

static void make_state_folder(const struct shop *shop) {
    char *folder = mem_printf("%s/chotdon", shop->state_folder);
    mkdir(shop->state_folder, 0700);
    mkdir(folder, 0700);
    free(folder);
}

/* --- writing */

static bool same_day(const struct anchor *a, const char *now) {
    return strncmp(a->time, now, DATE_SIZE - 1) == 0;
}

static bool line_at(int fd, off_t at, struct anchor *out) {
    char line[LINE];
    return at >= 0 && pread(fd, line, LINE, at) == LINE && read_anchor(line, out);
}

/* Under a lock, so that two programs do not mix; without a sync: it is no worse than a day without it. */
static void write_anchor(const char *path, mode_t mode, const struct anchor *a) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode);
    struct stat st;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if (st.st_size == 0) {
            fchmod(fd, mode); /* whatever the umask: those who share the shop write to it too */
        }
        char line[LINE + 1];
        struct anchor before = {0}, earlier = {0};
        off_t at = st.st_size / LINE * LINE; /* a torn line is written over */
        bool known = line_at(fd, at - LINE, &before);
        bool older = known && before.end.id < a->end.id;
        bool begins = line_at(fd, at - 2 * LINE, &earlier) && earlier.end.id >= before.end.id; /* after a restore */
        if (older && same_day(&before, a->time) && !begins) {
            at -= LINE;
        }
        if (!known || older || before.end.id > a->end.id || strcmp(before.end.hash, a->end.hash) != 0) {
            snprintf(line, sizeof line, "%s %020lld %s\n", a->time, (long long)a->end.id, a->end.hash);
            if (pwrite(fd, line, LINE, at) == LINE) {
                errno = 0;
            }
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

void audit_anchor_anew(struct shop *shop) {
    char *path = beside(shop);
    unlink(path);
    free(path);
}

void audit_anchor(struct shop *shop) {
    struct anchor a;
    struct stat st;
    if (strcmp(shop->path, ":memory:") == 0 || audit_chain_end(shop->db, &a.end, NULL) != ERR_OK || a.end.id == 0) {
        return;
    }
    shop_now(shop, a.time);
    char *path = beside(shop);
    const struct borrowed_group group = file_group_borrow_if(shop->borrow_group);
    bool there = stat(shop->path, &st) == 0;
    if (there) {
        write_anchor(path, st.st_mode & 0660, &a);
    }
    file_group_give_back(&group);
    free(path);
    path = there ? in_state(shop) : NULL;
    if (path != NULL) {
        make_state_folder(shop);
        write_anchor(path, 0600, &a);
    }
    free(path);
}

/* --- comparing */

struct restored {
    int64_t id;
    bool all;              /* check --accept: whatever was anchored before */
    int64_t replaced_rows; /* of the file that went */
    char at[DATETIME_SIZE];
    size_t line; /* of the file at hand, where the chain was first anchored after it; SIZE_MAX when it was not */
};

/* A line of the file at hand, and the hash that the chain has there. */
struct line {
    struct anchor a;
    char *hash; /* NULL: no such row */
};

struct comparing {
    struct shop *shop;
    struct audit_anchors *out;
    struct restored *restores; /* rows of the chain that say that a backup was put back, or the file taken as it is */
    size_t count, capacity;
    struct line *lines;
    size_t line_count, line_capacity;
    int64_t last_id;
};

static enum err_code read_restores(struct comparing *c, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(c->shop->db,
                 "SELECT a.id, a.at, d.after, a.action = 'check.accept' FROM audit a JOIN audit_details d"
                 " ON d.audit_id = a.id WHERE a.entity = 'shop'"
                 " AND a.action IN ('shop.restore', 'check.accept')",
                 DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        c->restores = mem_grow(c->restores, c->count, &c->capacity, sizeof *c->restores);
        static const char replaced[] = "\"replaced_rows\":";
        struct restored *r = &c->restores[c->count++];
        const char *rows = strstr(db_col_text(s, 2), replaced);
        r->id = db_col_int(s, 0);
        r->all = db_col_int(s, 3) != 0;
        r->replaced_rows = rows == NULL ? 0 : strtoll(rows + sizeof replaced - 1, NULL, 10);
        snprintf(r->at, sizeof r->at, "%s", db_col_text(s, 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static bool fits(const struct line *l) {
    return l->hash != NULL && strcmp(l->hash, l->a.end.hash) == 0;
}

/* Of the branch that a backup put back has cut off: it stands above what was anchored after that. Where such a line is
 * missing, by the clock, or by how long the chain was that went: the clock may have been put back. */
static bool was_replaced(const struct comparing *c, size_t at) {
    const struct anchor *a = &c->lines[at].a;
    for (size_t i = 0; i < c->count; i++) {
        const struct restored *r = &c->restores[i];
        bool behind = r->all || r->id <= a->end.id;
        bool earlier = strcmp(r->at, a->time) >= 0 || r->replaced_rows >= a->end.id;
        if (r->line != SIZE_MAX ? at < r->line : behind && earlier) {
            return true;
        }
    }
    return false;
}

/* What fits and is no shorter was anchored after it. */
static void find_restores(struct comparing *c) {
    for (size_t i = 0; i < c->count; i++) {
        struct restored *r = &c->restores[i];
        r->line = SIZE_MAX;
        for (size_t k = 0; k < c->line_count && r->line == SIZE_MAX; k++) {
            r->line = c->lines[k].a.end.id >= r->id && fits(&c->lines[k]) ? k : SIZE_MAX;
        }
    }
}

static void found(struct comparing *c, int64_t id, char *why) {
    if (c->out->bad_id == 0 || id < c->out->bad_id) {
        free(c->out->why);
        c->out->bad_id = id;
        c->out->why = why;
    } else {
        free(why);
    }
}

static void compare(struct comparing *c, size_t at, const char *path) {
    const struct line *l = &c->lines[at];
    char day[DATE_SIZE], shown[DATE_SIZE];
    snprintf(day, sizeof day, "%.10s", l->a.time);
    date_format(day, shown);
    c->out->anchors++;
    c->out->furthest = l->a.end.id > c->out->furthest ? l->a.end.id : c->out->furthest;
    if (fits(l)) {
        return;
    }
    if (was_replaced(c, at)) {
        c->out->replaced++;
    } else if (l->hash == NULL) {
        found(c, c->last_id + 1,
              mem_printf(_("rows after %lld are missing: on %s the chain had %lld (%s); were they cut off, or an older "
                           "copy put in the file's place by hand?"),
                         (long long)c->last_id, shown, (long long)l->a.end.id, path));
    } else {
        found(c, l->a.end.id,
              mem_printf(_("row %lld, or one before it, is not the one that stood there on %s (%s)"),
                         (long long)l->a.end.id, shown, path));
    }
}

static enum err_code read_lines(struct comparing *c, const char *path, bool of_group, struct err *e) {
    const struct borrowed_group group = file_group_borrow_if(of_group && c->shop->borrow_group);
    FILE *file = path == NULL ? NULL : fopen(path, "re");
    file_group_give_back(&group);
    char text[LINE];
    enum err_code rc = ERR_OK;
    while (file != NULL && c->line_count < LINES_MAX && rc == ERR_OK && fread(text, LINE, 1, file) == 1) {
        struct line l = {0};
        if (read_anchor(text, &l.a)) {
            rc = record_lookup_text(c->shop->db, "SELECT hash FROM audit WHERE id = $1", DB_BIND(DB_INT(l.a.end.id)),
                                    &l.hash, e);
            c->lines = mem_grow(c->lines, c->line_count, &c->line_capacity, sizeof *c->lines);
            c->lines[c->line_count++] = l;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return rc;
}

/* of_group: a file of those who share the shop, not of whoever runs the program. */
static enum err_code compare_file(struct comparing *c, const char *path, bool of_group, struct err *e) {
    enum err_code rc = read_lines(c, path, of_group, e);
    if (rc == ERR_OK) {
        find_restores(c);
    }
    for (size_t i = 0; i < c->line_count; i++) {
        if (rc == ERR_OK) {
            compare(c, i, path);
        }
        free(c->lines[i].hash);
    }
    c->line_count = 0;
    return rc;
}

enum err_code audit_compare(struct shop *shop, struct audit_anchors *out, struct err *e) {
    struct comparing c = {.shop = shop, .out = out};
    *out = (struct audit_anchors){0};
    char *near = beside(shop), *far = in_state(shop);
    enum err_code rc = read_restores(&c, e);
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM audit", DB_NO_BIND, &c.last_id, e);
    }
    rc = rc == ERR_OK ? compare_file(&c, near, true, e) : rc;
    rc = rc == ERR_OK ? compare_file(&c, far, false, e) : rc;
    free(c.restores);
    free(c.lines);
    free(near);
    free(far);
    return rc;
}

void audit_anchors_clear(struct audit_anchors *a) {
    free(a->why);
    *a = (struct audit_anchors){0};
}
