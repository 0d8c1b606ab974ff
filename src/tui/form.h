/* Labels and fields one under another, with one message at the field at fault. All values are texts until somebody asks
 * for them as money, quantity, date…; what was typed is never thrown away by a mistake in it. */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/money.h"
#include "tui/action.h"
#include "tui/canvas.h"
#include "tui/key.h"

enum form_kind { FORM_TEXT, FORM_MONEY, FORM_QTY, FORM_RATE, FORM_DATE, FORM_CHOICE, FORM_BOOL, FORM_PASSWORD };

/* Const description of a field; arrays of these are static tables beside the screen. */
struct form_field {
    const char *name;  /* as err.field names it: the CLI's spelling, "unit_price" */
    const char *label; /* for gettext */
    enum form_kind kind;
    int width; /* cells; 0: 24 */
    bool required;
    const char *const *choices; /* FORM_CHOICE: labels for gettext, NULL at the end */
    const char *hint;           /* for gettext, dim beside the field; may be NULL */
};

struct form;

/* `currency` formats and reads money; it may be NULL when there is no FORM_MONEY. Borrowed, both. */
struct form *form_new(const struct form_field *fields, int count, const struct currency *currency);
void form_free(struct form *f);
void form_forget_secrets(struct form *f); /* what stands in FORM_PASSWORD fields is wiped */

/* Setting starts a form: it does not count as typing. Names must be the form's. */
void form_set_text(struct form *f, const char *name, const char *text);
void form_set_money(struct form *f, const char *name, int64_t amount);
void form_set_qty(struct form *f, const char *name, int64_t qty_milli);
void form_set_rate(struct form *f, const char *name, int64_t rate_bps);
void form_set_date(struct form *f, const char *name, const char *iso); /* "" for none */
void form_set_choice(struct form *f, const char *name, int index);
void form_set_bool(struct form *f, const char *name, bool on);
/* Choices known only at run time: copied, already translated. */
void form_set_choices(struct form *f, const char *name, const char *const *labels, int count);
void form_focus(struct form *f, const char *name);
const char *form_focused(const struct form *f); /* the name of the field with the focus */

/* Reading: ERR_INVALID with the field's name when it is malformed, or empty and required. Empty and not required: 0,
 * "". */
const char *form_text(const struct form *f,
                      const char *name); /* borrowed, blanks at the ends taken off (not those of FORM_PASSWORD) */
enum err_code form_check_required(const struct form *f, struct err *e);
enum err_code form_money(const struct form *f, const char *name, int64_t *amount, struct err *e);
enum err_code form_qty(const struct form *f, const char *name, int64_t *qty_milli, struct err *e);
enum err_code form_rate(const struct form *f, const char *name, int64_t *rate_bps, struct err *e);
enum err_code form_date(const struct form *f, const char *name, char iso[DATE_SIZE], struct err *e);
int form_choice(const struct form *f, const char *name);
bool form_bool(const struct form *f, const char *name);
bool form_is_empty(const struct form *f, const char *name);

/* By position, for who treats all fields alike. form_shown gives a value as it is shown (amounts written out),
 * form_take copies one from a form of the same fields, form_like makes an empty one. The caller owns what they return.
 */
int form_count(const struct form *f);
const char *form_field_label(const struct form *f, int i); /* translated */
char *form_shown(const struct form *f, int i);
void form_take(struct form *to, const struct form *from, int i);
struct form *form_like(const struct form *f);

bool form_changed(const struct form *f); /* since it was set up: something was typed */

/* Marks the field that the error names, moves there and shows the message under it; an error without a field stands at
 * the foot. */
void form_set_error(struct form *f, const struct err *e);
void form_clear_error(struct form *f);

enum form_result { FORM_IGNORED, FORM_STAY, FORM_ACCEPT, FORM_CANCEL, FORM_SCANNED };
enum form_result form_handle(struct form *f, enum action action, const struct key *key);

int form_width(const struct form *f); /* cells wanted */
int form_height(const struct form *f);
void form_paint(const struct form *f, struct canvas *c, bool focused); /* scrolls to the focus when c is too low */

#endif
