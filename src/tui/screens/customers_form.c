/* New and changed customers by form. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "tui/popup.h"
#include "tui/screens/customers.h"

static const char *const genders[] = {"", "male", "female", "other"};
static const char *const segments[] = {"", "vip", "wholesale", "loyal", "retail"};
enum { GENDERS = sizeof genders / sizeof *genders, SEGMENTS = sizeof segments / sizeof *segments };

static const struct form_field fields[] = {
    {"code", N_("Code"), FORM_TEXT, 16, false, NULL, N_("empty: the next KH number")}, /* only of a new one */
    {"name", N_("Name"), FORM_TEXT, 36, true, NULL, NULL},
    {"phone", N_("Phones"), FORM_TEXT, 36, false, NULL, N_("several: 0912…; 0987…")},
    {"segment", N_("Segment"), FORM_CHOICE, 0, false, NULL, NULL},
    {"province", N_("Province"), FORM_TEXT, 24, false, NULL, NULL},
    {"address", N_("Address"), FORM_TEXT, 44, false, NULL, NULL},
    {"email", N_("Email"), FORM_TEXT, 36, false, NULL, NULL},
    {"birth_date", N_("Born"), FORM_DATE, 12, false, NULL, N_("dd/mm/yyyy")},
    {"gender", N_("Gender"), FORM_CHOICE, 0, false, NULL, NULL},
    {"source", N_("Source"), FORM_TEXT, 24, false, NULL, N_("channel they came from")},
    {"referrer", N_("Referred by"), FORM_TEXT, 24, false, NULL, NULL},
    {"owner", N_("Looked after by"), FORM_TEXT, 16, false, NULL, N_("staff code or name")},
    {"readiness", N_("Readiness to buy"), FORM_TEXT, 24, false, NULL, NULL},
    {"tags", N_("Tags"), FORM_TEXT, 36, false, NULL, N_("commas between")},
    {"consent", N_("May be contacted"), FORM_BOOL, 0, false, NULL, NULL},
    {"note", N_("Note"), FORM_TEXT, 44, false, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* The plain texts among them. */
static const struct {
    const char *name;
    unsigned bit;
    size_t offset;
} texts[] = {
    {"name", CUSTOMER_NAME, offsetof(struct customer, name)},
    {"phone", CUSTOMER_PHONES, offsetof(struct customer, phones)},
    {"province", CUSTOMER_PROVINCE, offsetof(struct customer, province)},
    {"address", CUSTOMER_ADDRESS, offsetof(struct customer, address)},
    {"email", CUSTOMER_EMAIL, offsetof(struct customer, email)},
    {"source", CUSTOMER_SOURCE, offsetof(struct customer, source)},
    {"referrer", CUSTOMER_REFERRER, offsetof(struct customer, referrer)},
    {"owner", CUSTOMER_OWNER, offsetof(struct customer, owner)},
    {"readiness", CUSTOMER_READINESS, offsetof(struct customer, readiness)},
    {"tags", CUSTOMER_TAGS, offsetof(struct customer, tags)},
    {"note", CUSTOMER_NOTE, offsetof(struct customer, note)},
};
enum { TEXTS = sizeof texts / sizeof *texts };

static char **text_of(struct customer *c, size_t i) {
    return (char **)((char *)c + texts[i].offset);
}

static int index_of(const char *const *words, int count, const char *word) {
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return i;
        }
    }
    return -1;
}

/* A segment of the shop's own stands at the end of the choices. */
static void set_segments(struct form *form, const char *segment) {
    const char *labels[SEGMENTS + 1];
    int count = SEGMENTS;
    int at = index_of(segments, SEGMENTS, segment);
    for (int i = 0; i < SEGMENTS; i++) {
        labels[i] = customers_segment_label(segments[i]);
    }
    if (at < 0) {
        at = count;
        labels[count++] = segment;
    }
    form_set_choices(form, "segment", labels, count);
    form_set_choice(form, "segment", at);
}

static void set_genders(struct form *form, const char *gender) {
    const char *const labels[] = {"", _("male"), _("female"), _("other")};
    int at = index_of(genders, GENDERS, gender);
    form_set_choices(form, "gender", labels, GENDERS);
    form_set_choice(form, "gender", at < 0 ? 0 : at);
}

static void fill(struct form *form, struct customer *c) {
    for (size_t i = 0; i < TEXTS; i++) {
        form_set_text(form, texts[i].name, *text_of(c, i));
    }
    set_segments(form, c->segment == NULL ? "" : c->segment);
    set_genders(form, c->gender == NULL ? "" : c->gender);
    form_set_date(form, "birth_date", c->birth_date == NULL ? "" : c->birth_date);
    form_set_bool(form, "consent", c->consent);
}

/* What stands in the form, and in *changed which members say something else than before. */
static enum err_code read_form(const struct form *form, struct customer *before, struct customer *out,
                               unsigned *changed, struct err *e) {
    char birth[DATE_SIZE];
    int segment = form_choice(form, "segment");
    enum err_code rc = form_date(form, "birth_date", birth, e);
    for (size_t i = 0; i < TEXTS; i++) {
        *text_of(out, i) = mem_strdup(form_text(form, texts[i].name));
    }
    out->birth_date = mem_strdup(birth);
    out->gender = mem_strdup(genders[form_choice(form, "gender")]);
    out->segment = mem_strdup(segment < SEGMENTS ? segments[segment] : before->segment);
    out->consent = form_bool(form, "consent");
    *changed = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        const char *was = *text_of(before, i);
        *changed |= strcmp(*text_of(out, i), was == NULL ? "" : was) != 0 ? texts[i].bit : 0;
    }
    *changed |= strcmp(out->birth_date, before->birth_date == NULL ? "" : before->birth_date) != 0 ? CUSTOMER_BIRTH : 0;
    *changed |= strcmp(out->gender, before->gender == NULL ? "" : before->gender) != 0 ? CUSTOMER_GENDER : 0;
    *changed |= strcmp(out->segment, before->segment == NULL ? "" : before->segment) != 0 ? CUSTOMER_SEGMENT : 0;
    *changed |= out->consent != before->consent ? CUSTOMER_CONSENT : 0;
    return rc;
}

/* --- taking a change back */

struct change {
    struct customer before;
    unsigned fields;
};

static enum err_code undo_change(struct app *app, void *ctx, struct err *e) {
    struct change *ch = ctx;
    return customer_put(app_shop(app), &ch->before, ch->fields, NULL, NULL, e);
}

static void change_free(void *ctx) {
    struct change *ch = ctx;
    customer_clear(&ch->before);
    free(ch);
}

static void remember(struct app *app, struct customers_state *s, unsigned changed) {
    struct change *ch = mem_alloc(sizeof *ch);
    char *what = mem_printf(_("the change of %s"), s->before.name);
    *ch = (struct change){s->before, changed};
    s->before = (struct customer){0};
    app_set_undo(app, what, undo_change, ch, change_free);
    free(what);
}

static enum err_code add_new(struct app *app, const struct form *form, struct customer *c, struct err *e) {
    c->code = mem_strdup(form_text(form, "code"));
    enum err_code rc = customer_add(app_shop(app), c, CUSTOMER_ALL, NULL, e);
    if (rc == ERR_OK) {
        app_status(app, _("Added %s"), c->name);
    }
    return rc;
}

static enum err_code change_old(struct app *app, struct customers_state *s, struct customer *c, unsigned changed,
                                struct err *e) {
    if (changed == 0) {
        app_status(app, _("Nothing was changed"));
        return ERR_OK;
    }
    c->code = mem_strdup(s->before.code);
    enum err_code rc = customer_put(app_shop(app), c, changed, NULL, NULL, e);
    if (rc == ERR_OK) {
        app_status(app, _("Saved %s; u takes it back"), c->name);
        remember(app, s, changed);
    }
    return rc;
}

static enum err_code saved(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct customers_state *s = ctx;
    struct customer c = {0};
    unsigned changed = 0;
    enum err_code rc = read_form(form, &s->before, &c, &changed, e);
    if (rc == ERR_OK) {
        rc = s->before.id == 0 ? add_new(app, form, &c, e) : change_old(app, s, &c, changed, e);
    }
    customer_clear(&c);
    return rc;
}

/* What was searched in vain is the new one's phone or name. */
static void begin_new(struct form *form, const struct customers_state *s) {
    const char *typed = list_filter(&s->b.list);
    char phone[PHONE_SIZE];
    if (s->b.total == 0 && typed[0] != '\0') {
        form_set_text(form, phone_normalise(typed, phone) == PHONE_NONE ? "name" : "phone", typed);
    }
}

static enum err_code fill_form(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct customers_state *s = ctx;
    customer_clear(&s->before);
    enum err_code rc = customer_get(app_shop(app), id, &s->before, e);
    if (rc == ERR_OK) {
        fill(form, &s->before);
    }
    return rc;
}

static void change_one(struct app *app, struct customers_state *s, int64_t id) {
    struct err e = ERR_INIT;
    struct customer c = {0};
    if (customer_get(app_shop(app), id, &c, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    char *title = mem_printf("%s %s", c.code, c.name);
    char *entity = mem_printf("customer #%lld", (long long)id);
    popup_edit(app, title, form_new(fields + 1, FIELDS - 1, &s->b.currency), /* its code stays */
               &(struct popup_record){entity, id, fill_form, saved, false}, s);
    customer_clear(&c);
    free(title);
    free(entity);
}

unsigned customers_form(struct app *app, struct customers_state *s, int64_t id) {
    if (id != 0) {
        change_one(app, s, id);
        return SCREEN_REDRAW;
    }
    customer_clear(&s->before);
    struct form *form = form_new(fields, FIELDS, &s->b.currency);
    fill(form, &s->before);
    begin_new(form, s);
    form_focus(form, "name");
    popup_form(app, _("New customer"), form, saved, s);
    return SCREEN_REDRAW;
}
