/* Translation marks. English stands in the source; po/ holds the rest; main() binds the catalogue. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) (text) /* marks a constant that is translated where it is shown */

#endif
