/* The audit in words: what was done, to what, and what is other than before. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/screens/audit.h"

struct word {
    const char *code, *word; /* for gettext */
};

static const struct word actions[] = {
    {"order.add", N_("sold an order")},
    {"order.put", N_("wrote an order")},
    {"order.edit", N_("changed an order")},
    {"order.pay", N_("took a payment")},
    {"order.cancel", N_("cancelled an order")},
    {"order.return", N_("took goods back")},
    {"order.status", N_("moved an order on")},
    {"draft.drop", N_("threw a basket away")},
    {"draft.take", N_("took somebody's basket over")},
    {"draft.hold", N_("parked somebody's basket")},
    {"customer.add", N_("added a customer")},
    {"customer.edit", N_("changed a customer")},
    {"customer.erase", N_("erased a customer")},
    {"customer.log", N_("noted a contact")},
    {"customer.merge", N_("merged customers")},
    {"customer.unmerge", N_("parted customers again")},
    {"product.add", N_("added a product")},
    {"product.edit", N_("changed a product")},
    {"product.document", N_("changed a document of goods")},
    {"stock.purchase", N_("received goods")},
    {"stock.adjust", N_("corrected stock")},
    {"stock.count", N_("counted stock")},
    {"stock.damage", N_("wrote goods off")},
    {"supplier.add", N_("added a supplier")},
    {"supplier.edit", N_("changed a supplier")},
    {"deal.add", N_("added a deal")},
    {"deal.edit", N_("changed a deal")},
    {"deal.move", N_("moved a deal")},
    {"deal.unmove", N_("moved a deal back")},
    {"deal.assign", N_("gave a deal to a rep")},
    {"deal.log", N_("noted a contact")},
    {"deal.plan", N_("planned an activity")},
    {"deal.won", N_("won a deal")},
    {"deal.lost", N_("lost a deal")},
    {"deal.reopen", N_("opened a deal again")},
    {"deal.order", N_("made an order of a deal")},
    {"deal.merge", N_("merged deals")},
    {"deal.unmerge", N_("parted deals again")},
    {"cash.open", N_("opened a shift")},
    {"cash.close", N_("closed a shift")},
    {"cash.in", N_("put cash in")},
    {"cash.out", N_("took cash out")},
    {"commission.run", N_("computed commission")},
    {"commission.lock", N_("locked commission")},
    {"commission.pay", N_("paid commission")},
    {"commission.dispute", N_("doubted commission")},
    {"commission.answer", N_("answered a dispute")},
    {"plan.add", N_("added a plan")},
    {"plan.edit", N_("changed a plan")},
    {"plan.version", N_("made a plan's version")},
    {"plan.activate", N_("put a plan in force")},
    {"plan.remove", N_("removed a plan")},
    {"target.set", N_("set a target")},
    {"target.remove", N_("removed a target")},
    {"staff.add", N_("added a person")},
    {"staff.edit", N_("changed a person")},
    {"staff.pin", N_("set a PIN")},
    {"sign.fail", N_("failed to sign in")},
    {"team.add", N_("added a team")},
    {"team.rename", N_("renamed a team")},
    {"team.leader", N_("changed a team's leader")},
    {"group.add", N_("added a product group")},
    {"channel.add", N_("added a channel")},
    {"channel.rename", N_("renamed a channel")},
    {"stage.add", N_("added a stage")},
    {"stage.edit", N_("changed a stage")},
    {"stage.remove", N_("removed a stage")},
    {"rule.add", N_("added a rule")},
    {"rule.remove", N_("removed a rule")},
    {"reason.add", N_("added a reason")},
    {"reason.remove", N_("removed a reason")},
    {"scorecard.set", N_("changed a scorecard")},
    {"week.file", N_("filed a weekly report")},
    {"week.amend", N_("amended a weekly report")},
    {"setting.set", N_("changed a setting")},
    {"import", N_("imported a file")},
    {"import.undo", N_("took an import back")},
    {"check.accept", N_("accepted the file as it is")},
    {"check.rebuild", N_("computed the books anew")},
    {"shop.init", N_("made the shop")},
    {"shop.backup", N_("made a backup")},
    {"shop.restore", N_("put a backup back")},
    {"shop.upgrade", N_("brought the file up to date")},
    {"shop.write", N_("wrote records, nothing said why")},
    {"sample.fill", N_("filled the sample shop")},
};

static const struct word nouns[] = {
    {"order", N_("order")},         {"customer", N_("customer")},     {"deal", N_("deal")},
    {"product", N_("product")},     {"stock", N_("stock")},           {"supplier", N_("supplier")},
    {"cash", N_("cash")},           {"commission", N_("commission")}, {"plan", N_("commission plan")},
    {"target", N_("target")},       {"staff", N_("staff")},           {"team", N_("team")},
    {"group", N_("product group")}, {"channel", N_("channel")},       {"stage", N_("stage")},
    {"rule", N_("rule")},           {"reason", N_("reason")},         {"scorecard", N_("scorecard")},
    {"week", N_("weekly report")},  {"setting", N_("setting")},       {"import", N_("import")},
    {"sign", N_("signing in")},     {"check", N_("check")},           {"shop", N_("shop")},
    {"draft", N_("basket")},
};

/* Members that most rows have; others keep their own names. */
static const struct {
    const char *key, *label; /* for gettext */
    bool money;
} labels[] = {
    {"name", N_("name"), false},     {"phone", N_("phone"), false},   {"address", N_("address"), false},
    {"status", N_("status"), false}, {"date", N_("date"), false},     {"lines", N_("lines"), false},
    {"total", N_("total"), true},    {"paid", N_("paid"), true},      {"due", N_("to pay"), true},
    {"price", N_("price"), true},    {"cost", N_("cost"), true},      {"amount", N_("amount"), true},
    {"value", N_("value"), false},   {"reason", N_("reason"), false}, {"note", N_("note"), false},
    {"team", N_("team"), false},     {"role", N_("role"), false},     {"stage", N_("stage"), false},
    {"count", N_("number"), false},
};

static const char *word_of(const struct word *words, size_t count, const char *code) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].code, code) == 0) {
            return _(words[i].word);
        }
    }
    return code;
}

void audit_words_action(const char *action, struct buf *out) {
    buf_add(out, word_of(actions, sizeof actions / sizeof *actions, action));
}

const char *audit_words_noun(const char *noun) {
    return word_of(nouns, sizeof nouns / sizeof *nouns, noun);
}

const char *audit_words_nth_noun(size_t i) {
    return i < sizeof nouns / sizeof *nouns ? nouns[i].code : NULL;
}

void audit_words_entity(const char *entity, struct buf *out) {
    size_t n = strcspn(entity, " ");
    char *noun = mem_strndup(entity, n);
    buf_add(out, audit_words_noun(noun));
    buf_add(out, entity + n);
    free(noun);
}

static const char *label_of(const char *key, bool *money) {
    *money = false;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (strcmp(labels[i].key, key) == 0) {
            *money = labels[i].money;
            return _(labels[i].label);
        }
    }
    return key;
}

static void add_value(const char *value, bool money, const struct currency *currency, struct buf *out) {
    char shown[MONEY_TEXT_MAX];
    char *end = NULL;
    long long amount = money ? strtoll(value, &end, 10) : 0;
    if (value[0] == '\0') {
        buf_add(out, "∅");
    } else if (money && *end == '\0' && strlen(value) < 18) {
        buf_add(out, money_format(amount, currency, true, shown));
    } else {
        buf_add(out, value);
    }
}

/* "old → new", or the one that is there. */
static void add_values(const struct audit_field *f, bool money, const struct currency *currency, struct buf *out) {
    bool as_money = money && f->number;
    if (f->before != NULL) {
        add_value(f->before, as_money, currency, out);
    }
    if (f->before != NULL && f->after != NULL) {
        buf_add(out, " → ");
    }
    if (f->after != NULL) {
        add_value(f->after, as_money, currency, out);
    }
}

/* What cannot be read as members stands as it is, harmless. */
static void add_raw(const char *json, struct buf *out) {
    char *shown = text_visible(json);
    buf_add(out, shown);
    free(shown);
}

void audit_words_change(const struct audit_item *item, const struct currency *currency, struct buf *out) {
    struct audit_fields fields;
    bool money = false;
    if (item->erased) {
        buf_add(out, _("erased"));
    } else if (!audit_fields_read(item->before, item->after, &fields)) {
        add_raw(item->before, out);
        buf_add(out, item->before[0] != '\0' && item->after[0] != '\0' ? " → " : "");
        add_raw(item->after, out);
    } else {
        for (size_t i = 0; i < fields.count; i++) {
            buf_addf(out, "%s%s: ", i == 0 ? "" : ", ", label_of(fields.items[i].key, &money));
            add_values(&fields.items[i], money, currency, out);
        }
        audit_fields_clear(&fields);
    }
}

static void card_raw(struct card *card, const char *heading, const char *json) {
    struct buf text = BUF_INIT;
    if (json[0] != '\0') {
        card_rule(card, heading);
        add_raw(json, &text);
        card_text(card, STYLE_NORMAL, buf_str(&text));
    }
    buf_clear(&text);
}

static void card_fields(struct card *card, const struct audit_item *item, const struct currency *currency) {
    struct audit_fields fields;
    struct buf text = BUF_INIT;
    bool money = false;
    if (!audit_fields_read(item->before, item->after, &fields)) {
        card_raw(card, _("Before"), item->before);
        card_raw(card, _("After"), item->after);
        return;
    }
    card_rule(card, item->before[0] == '\0' ? _("What is there now") : _("Before → after"));
    for (size_t i = 0; i < fields.count; i++) {
        buf_reset(&text);
        const char *label = label_of(fields.items[i].key, &money);
        add_values(&fields.items[i], money, currency, &text);
        card_fact(card, label, buf_str(&text));
    }
    buf_clear(&text);
    audit_fields_clear(&fields);
}

void audit_words_card(const struct audit_item *item, const char *who, const struct currency *currency,
                      struct card *card) {
    struct buf text = BUF_INIT;
    char *number = mem_printf("%lld", (long long)item->id);
    audit_words_action(item->action, &text);
    card_row(card, STYLE_STRONG, buf_str(&text), item->action);
    buf_reset(&text);
    audit_words_entity(item->entity, &text);
    card_fact(card, _("Record"), buf_str(&text));
    card_fact(card, _("Who"), who);
    card_fact(card, _("When"), item->time);
    card_fact(card, _("Row"), number);
    if (item->erased) {
        card_text(card, STYLE_DIM, _("The details were erased; the chain still fits."));
    } else {
        card_fields(card, item, currency);
    }
    buf_clear(&text);
    free(number);
}
