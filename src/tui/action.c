#include "tui/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mdoc.h"
#include "base/mem.h"

static const struct action_info table[ACTION_COUNT] = {[ACTION_NONE] = {"", "", CONTEXT_NONE, "", NULL},
#define ACTION_INFO(id, name, keys, context, help, footer) [id] = {name, keys, context, help, footer},
                                                       ACTION_ROWS(ACTION_INFO)
#undef ACTION_INFO
};

static const char *const context_titles[CONTEXT_COUNT] = {
    [CONTEXT_GLOBAL] = N_("Everywhere"),
    [CONTEXT_LIST] = N_("In lists"),
    [CONTEXT_FIELD] = N_("While typing"),
    [CONTEXT_FORM] = N_("In forms"),
    [CONTEXT_POPUP] = N_("In questions"),
    [CONTEXT_START] = N_("First run"),
    [CONTEXT_SIGN_IN] = N_("Signing in and approving"),
    [CONTEXT_SELL] = N_("Sell"),
    [CONTEXT_PAY] = N_("Payment"),
    [CONTEXT_RETURN] = N_("Return"),
    [CONTEXT_ORDERS] = N_("Orders"),
    [CONTEXT_CUSTOMERS] = N_("Customers"),
    [CONTEXT_PRODUCTS] = N_("Products and stock"),
    [CONTEXT_CASH] = N_("Cash drawer"),
    [CONTEXT_STOCK] = N_("Receiving and counting goods"),
    [CONTEXT_SETTINGS] = N_("Settings"),
    [CONTEXT_IMPORT] = N_("Import"),
    [CONTEXT_BOARD] = N_("Pipeline"),
    [CONTEXT_STAFF] = N_("Staff"),
    [CONTEXT_TEAMS] = N_("Teams"),
    [CONTEXT_CHANNELS] = N_("Channels"),
    [CONTEXT_BACKUPS] = N_("Backups"),
    [CONTEXT_AUDIT] = N_("Who did what"),
    [CONTEXT_LEADERBOARD] = N_("Leaderboard"),
    [CONTEXT_TARGETS] = N_("Targets"),
    [CONTEXT_COMMISSION] = N_("Commission"),
    [CONTEXT_PLANS] = N_("Commission plans"),
    [CONTEXT_PLAN] = N_("Commission plan"),
    [CONTEXT_STAGES] = N_("Stages of the pipeline"),
    [CONTEXT_ASSIGN] = N_("Who gets new leads"),
};

struct binding {
    struct key key;
    enum action action;
};

struct keymap {
    struct binding *bindings;
    size_t count;
    size_t cap;
};

const struct action_info *action_info(enum action action) {
    return &table[action];
}

enum action action_by_name(const char *name) {
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return (enum action)i;
        }
    }
    return ACTION_NONE;
}

const char *action_context_title(enum action_context context) {
    return context < CONTEXT_COUNT ? context_titles[context] : "";
}

/* The next word of a list separated by blanks or commas that stand alone; NULL at the end. The caller owns it. */
static char *next_word(const char **list) {
    const char *p = *list + strspn(*list, " \t");
    size_t n = strcspn(p, " \t");
    *list = p + n;
    if (n > 2 && p[n - 1] == ',') {
        n--;
    }
    return n == 0 ? NULL : mem_strndup(p, n);
}

static void bind(struct keymap *map, enum action action, const struct key *key) {
    map->bindings = mem_grow(map->bindings, map->count, &map->cap, sizeof *map->bindings);
    map->bindings[map->count++] = (struct binding){*key, action};
}

static void unbind(struct keymap *map, enum action action) {
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (map->bindings[i].action != action) {
            map->bindings[kept++] = map->bindings[i];
        }
    }
    map->count = kept;
}

static enum err_code bind_all(struct keymap *map, enum action action, const char *keys, struct err *e) {
    enum err_code code = ERR_OK;
    char *word;
    while (code == ERR_OK && (word = next_word(&keys)) != NULL) {
        struct key key;
        if (key_parse(word, &key)) {
            bind(map, action, &key);
        } else {
            code = err_set_field(
                e, ERR_INVALID, table[action].name,
                _("%s: there is no key “%s”; write keys as F9, Ctrl-P, Alt-1, Shift-Tab, PgDn, Space or x"),
                table[action].name, word);
        }
        free(word);
    }
    return code;
}

struct keymap *keymap_new(void) {
    struct keymap *map = mem_zalloc(sizeof *map);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        bind_all(map, (enum action)i, table[i].keys, NULL);
    }
    return map;
}

void keymap_free(struct keymap *map) {
    if (map != NULL) {
        free(map->bindings);
        free(map);
    }
}

enum err_code keymap_set(struct keymap *map, const char *name, const char *keys, struct err *e) {
    enum action action = action_by_name(name);
    if (action == ACTION_NONE) {
        return err_set_field(e, ERR_INVALID, name, _("%s: there is no such action; help (F1) and the manual list them"),
                             name);
    }
    const char *first = keys;
    char *word = next_word(&first);
    if (word == NULL) {
        return err_set_field(e, ERR_INVALID, name,
                             _("%s: no key given; write “none” to leave the action without a key"), name);
    }
    bool none = strcmp(word, "none") == 0;
    free(word);
    unbind(map, action);
    return none ? ERR_OK : bind_all(map, action, keys, e);
}

enum err_code keymap_check(const struct keymap *map, struct err *e) {
    for (size_t i = 0; i < map->count; i++) {
        const struct action_info *one = action_info(map->bindings[i].action);
        for (size_t j = 0; j < i; j++) {
            const struct action_info *other = action_info(map->bindings[j].action);
            if (one->context == other->context && key_same(&map->bindings[i].key, &map->bindings[j].key)) {
                char name[KEY_NAME_MAX];
                return err_set_field(e, ERR_CONFLICT, one->name,
                                     _("%s: %s already means %s there; give one of them another key"), one->name,
                                     key_label(&map->bindings[i].key, name), other->name);
            }
        }
    }
    return ERR_OK;
}

enum action keymap_find(const struct keymap *map, enum action_context context, const struct key *key) {
    for (size_t i = 0; i < map->count; i++) {
        if (key_same(&map->bindings[i].key, key) && table[map->bindings[i].action].context == context) {
            return map->bindings[i].action;
        }
    }
    return ACTION_NONE;
}

size_t keymap_key_count(const struct keymap *map, enum action action) {
    size_t n = 0;
    for (size_t i = 0; i < map->count; i++) {
        n += map->bindings[i].action == action ? 1 : 0;
    }
    return n;
}

const struct key *keymap_key(const struct keymap *map, enum action action, size_t n) {
    for (size_t i = 0; i < map->count; i++) {
        if (map->bindings[i].action == action && n-- == 0) {
            return &map->bindings[i].key;
        }
    }
    return NULL;
}

const struct key *keymap_first(const struct keymap *map, enum action action, bool no_text) {
    for (size_t i = 0; i < map->count; i++) {
        const struct binding *b = &map->bindings[i];
        if (b->action == action && !(no_text && key_is_text(&b->key))) {
            return &b->key;
        }
    }
    return NULL;
}

void keymap_describe(const struct keymap *map, enum action action, struct buf *out) {
    size_t n = keymap_key_count(map, action);
    for (size_t i = 0; i < n; i++) {
        char name[KEY_NAME_MAX];
        buf_addf(out, "%s%s", i > 0 ? ", " : "", key_label(keymap_key(map, action, i), name));
    }
}

void action_print_manual(struct buf *out) {
    struct keymap *map = keymap_new();
    struct buf keys = BUF_INIT;
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        bool any = false;
        for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
            if (table[i].context != (enum action_context)context) {
                continue;
            }
            if (!any) {
                buf_addf(out, ".Ss %s\n.Bl -tag -width Ctrl-Right -compact\n", _(context_titles[context]));
                any = true;
            }
            buf_reset(&keys);
            keymap_describe(map, (enum action)i, &keys);
            buf_add(out, ".It ");
            mdoc_add(out, buf_str(&keys));
            buf_add_char(out, '\n');
            mdoc_add(out, _(table[i].help));
            buf_addf(out, " (%s)\n", table[i].name);
        }
        buf_add(out, any ? ".El\n" : "");
    }
    buf_clear(&keys);
    keymap_free(map);
}
