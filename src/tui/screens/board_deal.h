/* What the files of the board share beyond its state: reading, changing, and the pages besides the board. */
#ifndef TUI_SCREENS_BOARD_DEAL_H
#define TUI_SCREENS_BOARD_DEAL_H

#include "tui/popup.h"
#include "tui/screens/board.h"

/* board_load.c */
enum err_code board_load(struct app *app, struct board_state *s, struct err *e);
struct deal_filter board_deals(const struct board_state *s, const struct board_column *column); /* NULL: of all */
const char *board_sort_label(int sort);

/* board_actions.c */
unsigned board_act(struct app *app, struct board_state *s, enum action action);
int64_t board_deal_id(const struct board_state *s);                  /* that keys act on; 0 none */
void board_guard_undo(struct app *app, const struct board_state *s); /* app_guard_undo of the deal in s->before */

/* board_form.c: s->before is what the form begins with */
struct board_edit {
    int64_t deal_id, stage_id;
    struct deal deal;
    unsigned fields; /* of enum deal_field */
};
enum err_code board_read(struct app *app, struct board_state *s, int64_t id, struct err *e); /* into s->before */
unsigned board_form(struct app *app, struct board_state *s, bool fresh);
unsigned board_qualify(struct app *app, struct board_state *s);
/* What s->missing says; `save` finds the deal as it is by then in s->before. */
unsigned board_ask_missing(struct app *app, struct board_state *s, const char *title, popup_form_fn *save);
enum err_code board_read_form(struct shop *shop, const struct form *form, unsigned needs, struct board_edit *out,
                              struct err *e);
bool board_matches(const char *text, const char *query); /* folded; "" matches all */

/* board_move.c: the deal in s->before */
unsigned board_move(struct app *app, struct board_state *s, int step);
unsigned board_ask_won(struct app *app, struct board_state *s);
unsigned board_ask_lost(struct app *app, struct board_state *s);

/* board_leads.c */
enum err_code board_add(struct app *app, struct board_state *s, struct board_edit *edit, struct err *e);

/* board_twins.c */
enum err_code board_add_twins(struct app *app, const struct deal *d, struct card *card, struct err *e);
unsigned board_duplicates(struct app *app, struct board_state *s); /* of the deal in s->before */
unsigned board_all_duplicates(struct app *app, struct board_state *s);
void board_notice_twins(struct app *app, struct board_state *s, int64_t deal_id); /* asks what to do about one */

/* board_view.c */
unsigned board_ask_view(struct app *app, struct board_state *s);
unsigned board_toggle_mine(struct app *app, struct board_state *s);
unsigned board_toggle_rotting(struct app *app, struct board_state *s);
unsigned board_clear_search(struct app *app, struct board_state *s); /* SCREEN_IGNORED when there is none */
pick_find_fn board_find_reps_or_nobody;
pick_find_fn board_find_boards; /* the shop's own and those of channels */

/* board_page.c: one deal */
void board_deal_open(struct board_state *s, int64_t id);
void board_deal_open_no(struct app *app, struct board_state *s, const char *deal_no);
enum err_code board_deal_load(struct app *app, struct board_state *s, struct err *e);
enum err_code board_deal_pane(struct app *app, struct board_state *s, int64_t id, struct err *e);
unsigned board_deal_keys(struct app *app, struct board_state *s, enum action action, const struct key *key);
void board_deal_paint(const struct board_state *s, struct canvas *c);
enum err_code board_add_chance(struct app *app, const struct deal *d, struct card *card, struct err *e);

/* board_forecast.c */
enum err_code board_forecast_load(struct app *app, struct board_state *s, struct err *e);
void board_forecast_narrow(const struct board_state *s, const struct board_column *column, struct deal_filter *f);
unsigned board_forecast_move(struct app *app, struct board_state *s, int step);

/* board_figures.c */
enum err_code board_figures_load(struct app *app, struct board_state *s, struct err *e);
unsigned board_figures_keys(struct app *app, struct board_state *s, enum action action, const struct key *key);
void board_figures_paint(const struct board_state *s, struct canvas *c);
void board_figures_clear(struct board_state *s);

unsigned board_export(struct app *app, struct board_state *s); /* board_export.c */

#endif
