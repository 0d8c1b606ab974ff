#include "tui/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "tui/form_state.h"

enum { SCAN_MIN_QTY = 6, SCAN_MIN_AMOUNT = 8 }; /* nobody types so long a number so fast */

struct form *form_new(const struct form_field *fields, int count, const struct currency *currency) {
    struct form *f = mem_zalloc(sizeof *f);
    f->fields = fields;
    f->count = count;
    f->currency = currency;
    f->values = mem_array((size_t)count, sizeof *f->values);
    f->error_at = -1;
    for (int i = 0; i < count; i++) {
        enum form_kind kind = fields[i].kind;
        bool number = kind == FORM_MONEY || kind == FORM_RATE || kind == FORM_DATE;
        f->values[i].text.scan_min = kind == FORM_QTY ? SCAN_MIN_QTY : number ? SCAN_MIN_AMOUNT : 0;
        f->values[i].text.secret = kind == FORM_PASSWORD;
    }
    return f;
}

static void drop_choices(struct form_value *v) {
    for (int i = 0; i < v->label_count; i++) {
        free(v->labels[i]);
    }
    free(v->labels);
    v->labels = NULL;
    v->label_count = 0;
}

void form_free(struct form *f) {
    if (f == NULL) {
        return;
    }
    for (int i = 0; i < f->count; i++) {
        field_clear(&f->values[i].text);
        free(f->values[i].trimmed);
        drop_choices(&f->values[i]);
    }
    free(f->values);
    free(f);
}

void form_forget_secrets(struct form *f) {
    for (int i = 0; i < f->count; i++) {
        if (f->values[i].text.secret) {
            field_clear(&f->values[i].text);
        }
    }
}

static int find(const struct form *f, const char *name) {
    for (int i = 0; i < f->count; i++) {
        if (strcmp(f->fields[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static struct form_value *value(const struct form *f, const char *name) {
    int i = find(f, name);
    assert(i >= 0);
    return &f->values[i];
}

void form_set_text(struct form *f, const char *name, const char *text) {
    field_set(&value(f, name)->text, text);
}

void form_set_money(struct form *f, const char *name, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    form_set_text(f, name, money_format(amount, f->currency, false, text));
}

void form_set_qty(struct form *f, const char *name, int64_t qty_milli) {
    char text[QTY_TEXT_MAX];
    form_set_text(f, name, qty_format_plain(qty_milli, text));
}

void form_set_rate(struct form *f, const char *name, int64_t rate_bps) {
    char text[MONEY_TEXT_MAX];
    form_set_text(f, name, rate_format(rate_bps, text));
}

void form_set_date(struct form *f, const char *name, const char *iso) {
    char text[DATE_SIZE];
    form_set_text(f, name, date_is_valid(iso) ? date_format(iso, text) : "");
}

void form_set_choice(struct form *f, const char *name, int index) {
    value(f, name)->choice = index;
}

void form_set_bool(struct form *f, const char *name, bool on) {
    value(f, name)->choice = on ? 1 : 0;
}

void form_set_choices(struct form *f, const char *name, const char *const *labels, int count) {
    struct form_value *v = value(f, name);
    drop_choices(v);
    v->labels = mem_array((size_t)count, sizeof *v->labels);
    v->label_count = count;
    for (int i = 0; i < count; i++) {
        v->labels[i] = mem_strdup(labels[i]);
    }
}

void form_focus(struct form *f, const char *name) {
    f->focus = find(f, name) < 0 ? f->focus : find(f, name);
}

const char *form_focused(const struct form *f) {
    return f->fields[f->focus].name;
}

int form_label_count(const struct form *f, int i) {
    int n = f->values[i].label_count;
    if (f->values[i].labels == NULL && f->fields[i].choices != NULL) {
        while (f->fields[i].choices[n] != NULL) {
            n++;
        }
    }
    return f->fields[i].kind == FORM_BOOL ? 2 : n;
}

const char *form_label(const struct form *f, int i, int choice) {
    if (f->fields[i].kind == FORM_BOOL) {
        return choice == 0 ? _("no") : _("yes");
    }
    if (choice < 0 || choice >= form_label_count(f, i)) {
        return "";
    }
    return f->values[i].labels != NULL ? f->values[i].labels[choice] : _(f->fields[i].choices[choice]);
}

const char *form_text(const struct form *f, const char *name) {
    struct form_value *v = value(f, name);
    const char *text = field_text(&v->text);
    size_t n = v->text.len;
    if (v->text.secret) {
        return text; /* blanks count in it, and there is no copy */
    }
    size_t lead = strspn(text, " ");
    while (n > lead && text[n - 1] == ' ') {
        n--;
    }
    free(v->trimmed);
    v->trimmed = mem_strndup(text + lead, n - lead);
    return v->trimmed;
}

bool form_is_empty(const struct form *f, const char *name) {
    return *form_text(f, name) == '\0';
}

static bool takes_text(enum form_kind kind) {
    return kind != FORM_CHOICE && kind != FORM_BOOL;
}

enum err_code form_check_required(const struct form *f, struct err *e) {
    for (int i = 0; i < f->count; i++) {
        const struct form_field *field = &f->fields[i];
        if (field->required && takes_text(field->kind) && form_is_empty(f, field->name)) {
            return err_set_field(e, ERR_INVALID, field->name, _("%s is needed"), _(field->label));
        }
    }
    return ERR_OK;
}

/* The parsers say what is wrong with the text; the form knows which field it was. */
static enum err_code named(enum err_code code, const char *name, struct err *e) {
    if (code != ERR_OK && e != NULL) {
        struct err copy = *e;
        return err_set_field(e, code, name, "%s", copy.message);
    }
    return code;
}

static enum err_code empty(const struct form *f, const char *name, struct err *e) {
    const struct form_field *field = &f->fields[find(f, name)];
    return field->required ? err_set_field(e, ERR_INVALID, name, _("%s is needed"), _(field->label)) : ERR_OK;
}

enum err_code form_money(const struct form *f, const char *name, int64_t *amount, struct err *e) {
    *amount = 0;
    const char *text = form_text(f, name);
    return *text == '\0' ? empty(f, name, e) : named(money_parse(text, f->currency, amount, e), name, e);
}

enum err_code form_qty(const struct form *f, const char *name, int64_t *qty_milli, struct err *e) {
    *qty_milli = 0;
    const char *text = form_text(f, name);
    return *text == '\0' ? empty(f, name, e) : named(qty_parse(text, qty_milli, e), name, e);
}

enum err_code form_rate(const struct form *f, const char *name, int64_t *rate_bps, struct err *e) {
    *rate_bps = 0;
    const char *text = form_text(f, name);
    return *text == '\0' ? empty(f, name, e) : named(rate_parse(text, 1000000, rate_bps, e), name, e);
}

enum err_code form_date(const struct form *f, const char *name, char iso[DATE_SIZE], struct err *e) {
    char time[9];
    iso[0] = '\0';
    const char *text = form_text(f, name);
    return *text == '\0' ? empty(f, name, e) : named(date_parse(text, DATE_DMY, iso, time, e), name, e);
}

int form_choice(const struct form *f, const char *name) {
    return value(f, name)->choice;
}

bool form_bool(const struct form *f, const char *name) {
    return value(f, name)->choice != 0;
}

bool form_changed(const struct form *f) {
    return f->changed;
}

void form_set_error(struct form *f, const struct err *e) {
    const char *name = e->field + strspn(e->field, "-");
    f->error = *e;
    f->error_at = *name == '\0' ? -1 : find(f, name);
    f->has_error = true;
    f->focus = f->error_at >= 0 ? f->error_at : f->focus;
}

void form_clear_error(struct form *f) {
    f->has_error = false;
    f->error_at = -1;
}

/* An amount that can be read is written out when the field is left: 150k becomes 150.000. */
static void leave_field(struct form *f) {
    const struct form_field *field = &f->fields[f->focus];
    int64_t amount;
    if (field->kind == FORM_MONEY && f->currency != NULL && !form_is_empty(f, field->name) &&
        money_parse(form_text(f, field->name), f->currency, &amount, NULL) == ERR_OK) {
        form_set_money(f, field->name, amount);
    }
}

static enum form_result step(struct form *f, int by) {
    leave_field(f);
    f->focus = (f->focus + by + f->count) % f->count;
    f->values[f->focus].text.at = f->values[f->focus].text.len;
    return FORM_STAY;
}

static enum form_result typed(struct form *f) {
    f->changed = true;
    if (f->error_at == f->focus || f->error_at < 0) {
        f->has_error = false;
        f->error_at = -1;
    }
    return FORM_STAY;
}

static enum form_result handle_choice(struct form *f, enum action action, const struct key *key) {
    struct form_value *v = &f->values[f->focus];
    int n = form_label_count(f, f->focus);
    int by = key_is_char(key, ' ') || action == ACTION_FIELD_RIGHT ? 1 : action == ACTION_FIELD_LEFT ? -1 : 0;
    if (by == 0 || n == 0) {
        return FORM_IGNORED;
    }
    v->choice = (v->choice + by + n) % n;
    return typed(f);
}

enum form_result form_handle(struct form *f, enum action action, const struct key *key) {
    switch (action) {
    case ACTION_FORM_NEXT:
    case ACTION_NEXT:
        return step(f, 1);
    case ACTION_FORM_PREVIOUS:
    case ACTION_PREVIOUS:
        return step(f, -1);
    case ACTION_FORM_CANCEL:
    case ACTION_BACK:
        return FORM_CANCEL;
    default:
        break;
    }
    if (!takes_text(f->fields[f->focus].kind)) {
        enum form_result r = handle_choice(f, action, key);
        return r == FORM_IGNORED && action == ACTION_FORM_SAVE ? FORM_ACCEPT : r;
    }
    switch (field_handle(&f->values[f->focus].text, action, key)) {
    case FIELD_CHANGED:
        return typed(f);
    case FIELD_MOVED:
        return FORM_STAY;
    case FIELD_SCANNED:
        return FORM_SCANNED;
    case FIELD_IGNORED:
        break;
    }
    if (action != ACTION_FORM_SAVE) {
        return FORM_IGNORED;
    }
    if (key->scan[0] != '\0') {
        return step(f, 1); /* a scanned code fills its field; the scanner's Enter does not finish the form */
    }
    leave_field(f);
    return FORM_ACCEPT;
}
