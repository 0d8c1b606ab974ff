/* What a screen may ask of the application around it. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "tui/action.h"

struct app;
struct config;
struct shop;
struct shop_options;
struct screen_ops;

struct shop *app_shop(const struct app *app); /* the open database; NULL on the first-run screen */
void app_set_shop(struct app *app,
                  struct shop *shop); /* after the first-run screen made one, or a copy was put back: the other screens
                                         forget what they showed; main closes app_shop at the end */
const struct config *app_config(const struct app *app);             /* the machine's own settings; NULL in some tests */
const struct shop_options *app_shop_options(const struct app *app); /* for the first-run screen */
void app_set_language(struct app *app, const char *lang);           /* "vi" or "en", from now on */
const char *app_now(const struct app *app);     /* "YYYY-MM-DD HH:MM:SS" of the shop's clock, when the last key came */
const char *app_station(const struct app *app); /* what baskets typed here are marked with (tui/station.h) */
void app_body_size(const struct app *app, int *width, int *height); /* of the canvas that paint gets */

/* The status line, until the next message. app_error also rings, keeps err->field for highlighting, and returns
 * SCREEN_REDRAW so that handle can `return app_error(app, &err)`. */
void app_status(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
unsigned app_error(struct app *app, const struct err *e);
bool app_tell_news(struct app *app); /* what everybody should know since the last time; false: nothing new */
void app_ring(struct app *app);
const char *app_error_field(const struct app *app); /* the field of the error now shown; "" */

void app_reload(struct app *app); /* the screen's state is stale (from popup callbacks) */
void app_quit(struct app *app);

/* Switches to a screen by its name, with what to show there (copied; may be NULL). false: there is none of that name.
 */
bool app_go(struct app *app, const char *screen, const char *argument);
void app_leave(struct app *app); /* back to the screen before */

/* Whether nobody has signed in, where that is asked for: the sign-in screen is in front. It calls app_signed_in when
 * whoever acts for the shop has given their PIN: their own screens come back as they left them. */
bool app_is_locked(const struct app *app);
void app_signed_in(struct app *app);

/* Whether menu, footer and settings show it to who acts: not what their role may not do and nobody approves in
 * passing (tui/offer.c). */
bool action_is_offered(const struct app *app, enum action action);
bool screen_is_offered(const struct app *app, const struct screen_ops *ops);

/* Ticks (ms) of the machine when the last key came; until then, the screen is painted every half second. */
unsigned long app_ticks(const struct app *app);
void app_count_down(struct app *app, unsigned long until);

/* What `u` takes back. `undo` is called once at most; ctx is freed by free_ctx (may be NULL) when it is used up or
 * replaced. `what` completes "Undone: …". NULL undo: nothing can be taken back now. */
typedef enum err_code app_undo_fn(struct app *app, void *ctx, struct err *e);
void app_set_undo(struct app *app, const char *what, app_undo_fn *undo, void *ctx, void (*free_ctx)(void *));

/* The undo that was just set writes over the record that the audit calls `entity`: it refuses when that was changed
 * after now, so that nobody else's work is undone with one's own. popup_edit does it for its record. */
void app_guard_undo(struct app *app, const char *entity);

/* Long work: begin, then call app_progress from the domain's progress callback (often: it paints ten times a second at
 * most), then end. total 0: not known. false: the user pressed Esc (or the program is to end): stop and roll back. */
void app_work_begin(struct app *app, const char *what);
bool app_progress(struct app *app, int64_t done, int64_t total);
void app_work_end(struct app *app);
/* The same for work that only the database knows of: it calls app_progress itself. */
void app_work_begin_database(struct app *app, const char *what);
void app_work_end_database(struct app *app);

/* Asks the terminal to stand aside while something else uses it (a pager, an editor): run is called with the terminal
 * restored. */
void app_outside(struct app *app, void (*run)(void *ctx), void *ctx);

#endif
