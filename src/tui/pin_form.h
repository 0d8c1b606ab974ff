/* Setting, changing and taking away PINs: the forms, for the page of the staff and for everybody's own. What is typed
 * is shown as dots and wiped. */
#ifndef TUI_PIN_FORM_H
#define TUI_PIN_FORM_H

#include "tui/app.h"

/* The PIN of a person: set or changed. Explains first what the first manager's turns on. */
void pin_form_open(struct app *app, const char *staff_code);
void pin_form_remove(struct app *app, const char *staff_code);

#endif
