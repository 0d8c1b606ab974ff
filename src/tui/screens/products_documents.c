/* Documents of the product: opened, added, taken away. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/product_document.h"
#include "io/config.h"
#include "io/opener.h"
#include "tui/popup.h"
#include "tui/screens/products.h"

enum { PICK_OPEN, PICK_ADD, PICK_REMOVE };

static void find_in(struct app *app, const struct products_state *s, const char *query, struct pick_rows *rows) {
    struct product_documents d;
    struct err e = ERR_INIT;
    if (product_documents_get(app_shop(app), s->acting_on, &d, &e) != ERR_OK) {
        app_error(app, &e);
    }
    for (size_t i = 0; i < d.count && rows->count < POPUP_PICK_ROWS; i++) {
        if (text_contains_folded(d.items[i].title, query)) {
            pick_add(rows, d.items[i].title, d.items[i].path, d.items[i].path, PICK_OPEN);
        }
    }
    product_documents_clear(&d);
}

static void find(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    find_in(app, ctx, query, rows);
    size_t found = rows->count;
    if (query[0] == '\0') {
        pick_add(rows, _("(add a document)"), "", "", PICK_ADD);
        if (found > 0) {
            pick_add(rows, _("(take one away)"), "", "", PICK_REMOVE);
        }
    }
}

static void find_removable(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    find_in(app, ctx, query, rows);
}

static enum err_code added(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct products_state *s = ctx;
    const char *title = form_text(form, "title");
    enum err_code rc = product_document_put(app_shop(app), s->acting_on, title, form_text(form, "path"), e);
    if (rc == ERR_OK) {
        app_status(app, _("Added %s"), title);
        app_reload(app);
    }
    return rc;
}

static void add(struct app *app, struct products_state *s) {
    static const struct form_field fields[] = {
        {"title", N_("Title"), FORM_TEXT, 40, true, NULL, NULL},
        {"path", N_("File or address"), FORM_TEXT, 50, true, NULL, NULL},
    };
    popup_form(app, _("A document of the product"), form_new(fields, 2, NULL), added, s);
}

/* --- taking one away, and back */

struct removed {
    int64_t product_id;
    char *title, *path;
};

static enum err_code undo(struct app *app, void *ctx, struct err *e) {
    const struct removed *r = ctx;
    return product_document_put(app_shop(app), r->product_id, r->title, r->path, e);
}

static void removed_free(void *ctx) {
    struct removed *r = ctx;
    free(r->title);
    free(r->path);
    free(r);
}

static void remove_picked(struct app *app, void *ctx, const struct pick_row *row) {
    const struct products_state *s = ctx;
    struct err e = ERR_INIT;
    if (product_document_put(app_shop(app), s->acting_on, row->text, "", &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    struct removed *r = mem_alloc(sizeof *r);
    *r = (struct removed){s->acting_on, mem_strdup(row->text), mem_strdup(row->ref)};
    app_set_undo(app, row->text, undo, r, removed_free);
    app_status(app, _("%s is taken away; u brings it back"), row->text);
    app_reload(app);
}

static void picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct products_state *s = ctx;
    struct err e = ERR_INIT;
    if (row->id == PICK_ADD) {
        add(app, s);
    } else if (row->id == PICK_REMOVE) {
        popup_pick(app, _("Take a document away"), find_removable, remove_picked, s);
    } else if (opener_open(app_config(app) == NULL ? "xdg-open" : config_text(app_config(app), "files", "opener"),
                           row->ref, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("%s is being opened"), row->text);
    }
}

unsigned products_documents(struct app *app, struct products_state *s) {
    popup_pick(app, _("Documents"), find, picked, s);
    return SCREEN_REDRAW;
}

enum err_code products_documents_card(struct app *app, int64_t id, struct card *card, struct err *e) {
    struct product_documents d;
    enum err_code rc = product_documents_get(app_shop(app), id, &d, e);
    if (d.count > 0) {
        card_rule(card, _("Documents"));
    }
    for (size_t i = 0; i < d.count; i++) {
        card_fact(card, d.items[i].title, d.items[i].path);
    }
    product_documents_clear(&d);
    return rc;
}
