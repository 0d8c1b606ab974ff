/* Every action, once: X(enum, config name, default keys, context, what help says, the word in the footer or NULL). From
 * this come the enum, the names in the configuration, the help page, the footer and the KEYS of the manual. Keys are
 * separated by blanks. A screen adds its rows to its own block below, all with its own context. In a context every key
 * stands once. */
#ifndef TUI_ACTION_ROWS_H
#define TUI_ACTION_ROWS_H

// clang-format off
#define ACTION_ROWS(X) \
    ACTION_ROWS_GLOBAL(X) ACTION_ROWS_LIST(X) ACTION_ROWS_FIELD(X) ACTION_ROWS_FORM(X) ACTION_ROWS_POPUP(X) \
    ACTION_ROWS_START(X) ACTION_ROWS_SIGN_IN(X) ACTION_ROWS_SELL(X) ACTION_ROWS_PAY(X) ACTION_ROWS_RETURN(X) \
    ACTION_ROWS_BOARD(X) ACTION_ROWS_STAGES(X) ACTION_ROWS_ASSIGN(X) ACTION_ROWS_LEADERBOARD(X) ACTION_ROWS_TARGETS(X) ACTION_ROWS_COMMISSION(X) ACTION_ROWS_PLANS(X) \
    ACTION_ROWS_ORDERS(X) ACTION_ROWS_CUSTOMERS(X) ACTION_ROWS_PRODUCTS(X) ACTION_ROWS_CASH(X) \
    ACTION_ROWS_SETTINGS(X) ACTION_ROWS_PEOPLE(X) ACTION_ROWS_IMPORT(X)

#define ACTION_ROWS_GLOBAL(X) \
    X(ACTION_HELP,     "help",     "F1",            CONTEXT_GLOBAL, N_("Keys of this screen"), N_("Help")) \
    X(ACTION_MENU,     "menu",     "F10",           CONTEXT_GLOBAL, N_("Menu of all that can be done here"), N_("Menu")) \
    X(ACTION_PALETTE,  "palette",  "Ctrl-P",        CONTEXT_GLOBAL, N_("Find an action, screen, order, customer, product or deal by typing"), N_("Find")) \
    X(ACTION_BACK,     "back",     "Esc",           CONTEXT_GLOBAL, N_("Back; what was typed stays"), NULL) \
    X(ACTION_OPEN,     "open",     "Enter",         CONTEXT_GLOBAL, N_("Open or accept"), NULL) \
    X(ACTION_NEXT,     "next",     "Tab",           CONTEXT_GLOBAL, N_("Next part of the screen"), NULL) \
    X(ACTION_PREVIOUS, "previous", "Shift-Tab",     CONTEXT_GLOBAL, N_("Previous part of the screen"), NULL) \
    X(ACTION_UNDO,     "undo",     "u Alt-u",       CONTEXT_GLOBAL, N_("Undo the last reversible action"), NULL) \
    X(ACTION_SCREEN_1, "screen-1", "Alt-1",         CONTEXT_GLOBAL, N_("Screen 1"), NULL) \
    X(ACTION_SCREEN_2, "screen-2", "Alt-2",         CONTEXT_GLOBAL, N_("Screen 2"), NULL) \
    X(ACTION_SCREEN_3, "screen-3", "Alt-3",         CONTEXT_GLOBAL, N_("Screen 3"), NULL) \
    X(ACTION_SCREEN_4, "screen-4", "Alt-4",         CONTEXT_GLOBAL, N_("Screen 4"), NULL) \
    X(ACTION_SCREEN_5, "screen-5", "Alt-5",         CONTEXT_GLOBAL, N_("Screen 5"), NULL) \
    X(ACTION_SCREEN_6, "screen-6", "Alt-6",         CONTEXT_GLOBAL, N_("Screen 6"), NULL) \
    X(ACTION_SCREEN_7, "screen-7", "Alt-7",         CONTEXT_GLOBAL, N_("Screen 7"), NULL) \
    X(ACTION_SCREEN_8, "screen-8", "Alt-8",         CONTEXT_GLOBAL, N_("Screen 8"), NULL) \
    X(ACTION_SCREEN_9, "screen-9", "Alt-9",         CONTEXT_GLOBAL, N_("Screen 9"), NULL) \
    X(ACTION_SCREEN_0, "screen-0", "Alt-0",         CONTEXT_GLOBAL, N_("Screen 0"), NULL) \
    X(ACTION_REDRAW,   "redraw",   "Ctrl-L",        CONTEXT_GLOBAL, N_("Draw the screen anew"), NULL) \
    X(ACTION_SUSPEND,  "suspend",  "Ctrl-Z",        CONTEXT_GLOBAL, N_("Back to the shell for a while"), NULL) \
    X(ACTION_LOCK,     "lock",     "F12 Alt-l",     CONTEXT_GLOBAL, N_("Lock the screen, or let somebody else sign in; what was typed stays"), NULL) \
    X(ACTION_PIN,      "pin",      "Alt-p",         CONTEXT_GLOBAL, N_("Change the own PIN"), NULL) \
    X(ACTION_QUIT,     "quit",     "Ctrl-Q Ctrl-C", CONTEXT_GLOBAL, N_("Leave the program; baskets are kept"), NULL)

#define ACTION_ROWS_LIST(X) \
    X(ACTION_LIST_UP,        "list.up",        "Up k",         CONTEXT_LIST, N_("Row up"), NULL) \
    X(ACTION_LIST_DOWN,      "list.down",      "Down j",       CONTEXT_LIST, N_("Row down"), NULL) \
    X(ACTION_LIST_LEFT,      "list.left",      "Left h",       CONTEXT_LIST, N_("Left"), NULL) \
    X(ACTION_LIST_RIGHT,     "list.right",     "Right l",      CONTEXT_LIST, N_("Right"), NULL) \
    X(ACTION_LIST_PAGE_UP,   "list.page-up",   "PgUp Ctrl-B",  CONTEXT_LIST, N_("Page up"), NULL) \
    X(ACTION_LIST_PAGE_DOWN, "list.page-down", "PgDn Ctrl-F",  CONTEXT_LIST, N_("Page down"), NULL) \
    X(ACTION_LIST_FIRST,     "list.first",     "Home g",       CONTEXT_LIST, N_("First row"), NULL) \
    X(ACTION_LIST_LAST,      "list.last",      "End G",        CONTEXT_LIST, N_("Last row"), NULL) \
    X(ACTION_LIST_FILTER,    "list.filter",    "/",            CONTEXT_LIST, N_("Filter: type part of what you look for"), N_("Filter")) \
    X(ACTION_LIST_SORT,      "list.sort",      "s",            CONTEXT_LIST, N_("Sort by the next column, largest figure first"), N_("Sort")) \
    X(ACTION_LIST_REVERSE,   "list.reverse",   "S",            CONTEXT_LIST, N_("Turn the order around"), NULL) \
    X(ACTION_LIST_MARK,      "list.mark",      "Space",        CONTEXT_LIST, N_("Mark the row, or take the mark away"), NULL) \
    X(ACTION_LIST_UNMARK,    "list.unmark",    "U",            CONTEXT_LIST, N_("Take all marks away"), NULL)

#define ACTION_ROWS_FIELD(X) \
    X(ACTION_FIELD_LEFT,      "field.left",      "Left",             CONTEXT_FIELD, N_("Left by a letter"), NULL) \
    X(ACTION_FIELD_RIGHT,     "field.right",     "Right",            CONTEXT_FIELD, N_("Right by a letter"), NULL) \
    X(ACTION_FIELD_WORD_LEFT, "field.word-left", "Ctrl-Left Alt-b",  CONTEXT_FIELD, N_("Left by a word"), NULL) \
    X(ACTION_FIELD_WORD_RIGHT,"field.word-right","Ctrl-Right Alt-f", CONTEXT_FIELD, N_("Right by a word"), NULL) \
    X(ACTION_FIELD_HOME,      "field.home",      "Home Ctrl-A",      CONTEXT_FIELD, N_("Beginning of the text"), NULL) \
    X(ACTION_FIELD_END,       "field.end",       "End Ctrl-E",       CONTEXT_FIELD, N_("End of the text"), NULL) \
    X(ACTION_FIELD_ERASE,     "field.erase",     "Backspace",        CONTEXT_FIELD, N_("Erase the letter before"), NULL) \
    X(ACTION_FIELD_DELETE,    "field.delete",    "Del Ctrl-D",       CONTEXT_FIELD, N_("Erase the letter under the cursor"), NULL) \
    X(ACTION_FIELD_ERASE_WORD,"field.erase-word","Ctrl-W",           CONTEXT_FIELD, N_("Erase the word before"), NULL) \
    X(ACTION_FIELD_ERASE_ALL, "field.erase-all", "Ctrl-U",           CONTEXT_FIELD, N_("Erase to the beginning; again brings it back"), NULL) \
    X(ACTION_FIELD_ERASE_END, "field.erase-end", "Ctrl-K",           CONTEXT_FIELD, N_("Erase to the end"), NULL)

#define ACTION_ROWS_FORM(X) \
    X(ACTION_FORM_NEXT,     "form.next",     "Tab Down",          CONTEXT_FORM, N_("Next field"), N_("Next")) \
    X(ACTION_FORM_PREVIOUS, "form.previous", "Shift-Tab Up",      CONTEXT_FORM, N_("Previous field"), NULL) \
    X(ACTION_FORM_SAVE,     "form.save",     "Enter Ctrl-S",      CONTEXT_FORM, N_("Accept the form"), N_("Done")) \
    X(ACTION_FORM_CANCEL,   "form.cancel",   "Esc",               CONTEXT_FORM, N_("Leave the form; asks when something was typed"), N_("Back"))

#define ACTION_ROWS_POPUP(X) \
    X(ACTION_POPUP_YES,    "popup.yes",    "y Y",               CONTEXT_POPUP, N_("Yes"), NULL) \
    X(ACTION_POPUP_NO,     "popup.no",     "n N",               CONTEXT_POPUP, N_("No"), NULL) \
    X(ACTION_POPUP_SWITCH, "popup.switch", "Tab Left Right Shift-Tab h l", CONTEXT_POPUP, N_("The other answer"), NULL) \
    X(ACTION_POPUP_ACCEPT, "popup.accept", "Enter",             CONTEXT_POPUP, N_("Take the marked answer"), N_("Accept")) \
    X(ACTION_POPUP_CLOSE,  "popup.close",  "Esc",               CONTEXT_POPUP, N_("Close, nothing done"), N_("Close"))

#define ACTION_ROWS_START(X)

#define ACTION_ROWS_SIGN_IN(X) \
    X(ACTION_SIGN_IN_ACCEPT, "sign-in.accept", "Enter",         CONTEXT_SIGN_IN, N_("Take the name; with the PIN typed, sign in or approve"), N_("Done")) \
    X(ACTION_SIGN_IN_OTHER,  "sign-in.other",  "Tab Shift-Tab", CONTEXT_SIGN_IN, N_("Somebody else than the one who is named"), N_("Somebody else")) \
    X(ACTION_SIGN_IN_BACK,   "sign-in.back",   "Esc",           CONTEXT_SIGN_IN, N_("Back; what waits for an approval stays as it was typed"), N_("Back"))

#define ACTION_ROWS_BOARD(X) \
    X(ACTION_BOARD_LEFT,     "pipeline.left",     "H", CONTEXT_BOARD, N_("Move the deal a stage back; in the forecast a month"), NULL) \
    X(ACTION_BOARD_RIGHT,    "pipeline.right",    "L", CONTEXT_BOARD, N_("Move the deal on to the next stage; in the forecast to the next month"), N_("Move")) \
    X(ACTION_BOARD_NEW,      "pipeline.new",      "n", CONTEXT_BOARD, N_("New lead"), N_("New")) \
    X(ACTION_BOARD_LOG,      "pipeline.log",      "a", CONTEXT_BOARD, N_("Note a call, message, visit… and what comes next"), N_("Contact")) \
    X(ACTION_BOARD_PLAN,     "pipeline.plan",     "p", CONTEXT_BOARD, N_("Plan the next activity"), N_("Plan")) \
    X(ACTION_BOARD_WON,      "pipeline.won",      "w", CONTEXT_BOARD, N_("Won: with its value, and an order from the deal"), N_("Won")) \
    X(ACTION_BOARD_LOST,     "pipeline.lost",     "o", CONTEXT_BOARD, N_("Lost, with the reason"), N_("Lost")) \
    X(ACTION_BOARD_EDIT,     "pipeline.edit",     "e", CONTEXT_BOARD, N_("Change the deal"), NULL) \
    X(ACTION_BOARD_QUALIFY,  "pipeline.qualify",  "q", CONTEXT_BOARD, N_("The four qualifying questions"), NULL) \
    X(ACTION_BOARD_ASSIGN,   "pipeline.assign",   "r", CONTEXT_BOARD, N_("Give the deal to a rep"), NULL) \
    X(ACTION_BOARD_TWINS,    "pipeline.duplicates", "d", CONTEXT_BOARD, N_("What looks like this deal; merging it"), NULL) \
    X(ACTION_BOARD_ALL_TWINS, "pipeline.all-duplicates", "D", CONTEXT_BOARD, N_("All deals that came twice"), NULL) \
    X(ACTION_BOARD_VIEW,     "pipeline.view",     "v", CONTEXT_BOARD, N_("Choose which deals are shown: rep, team, source, tag, month, rotting"), N_("Show")) \
    X(ACTION_BOARD_MINE,     "pipeline.mine",     "M", CONTEXT_BOARD, N_("Only my deals, or everybody's"), NULL) \
    X(ACTION_BOARD_ROTTING,  "pipeline.rotting",  "R", CONTEXT_BOARD, N_("Only rotting deals, or all"), NULL) \
    X(ACTION_BOARD_FORECAST, "pipeline.forecast", "f", CONTEXT_BOARD, N_("Forecast: deals by the month in which they should close"), N_("Forecast")) \
    X(ACTION_BOARD_FIGURES,  "pipeline.figures",  "m", CONTEXT_BOARD, N_("Figures and funnel of a month, quarter or year"), N_("Figures")) \
    X(ACTION_BOARD_FOLD,     "pipeline.fold",     "z", CONTEXT_BOARD, N_("Fold the column, or unfold it"), NULL) \
    X(ACTION_BOARD_EXPORT,   "pipeline.export",   "x", CONTEXT_BOARD, N_("Export what is shown as CSV"), NULL)

#define ACTION_ROWS_LEADERBOARD(X) \
    X(ACTION_LEADERBOARD_GROUP,  "leaderboard.group",  "g", CONTEXT_LEADERBOARD, N_("Group by rep, team, product, group, channel or province; ←/→ go to other months"), N_("Group")) \
    X(ACTION_LEADERBOARD_NOW,    "leaderboard.now",    "t", CONTEXT_LEADERBOARD, N_("Back to this month, or this week"), NULL) \
    X(ACTION_LEADERBOARD_WALL,   "leaderboard.wall",   "p", CONTEXT_LEADERBOARD, N_("Presentation for a screen on the wall, and back"), N_("Wall")) \
    X(ACTION_LEADERBOARD_WEEKS,  "leaderboard.weeks",  "w", CONTEXT_LEADERBOARD, N_("Weekly reports, and back"), N_("Reports")) \
    X(ACTION_LEADERBOARD_FILE,   "leaderboard.file",   "e", CONTEXT_LEADERBOARD, N_("File or change the weekly report under the cursor"), NULL) \
    X(ACTION_LEADERBOARD_EXPORT, "leaderboard.export", "x", CONTEXT_LEADERBOARD, N_("Export what is shown as CSV"), NULL)

#define ACTION_ROWS_TARGETS(X) \
    X(ACTION_TARGETS_EDIT,   "targets.edit",   "e", CONTEXT_TARGETS, N_("Set the month's target; empty takes it away"), N_("Set")) \
    X(ACTION_TARGETS_SPREAD, "targets.spread", "y", CONTEXT_TARGETS, N_("Spread a yearly figure over the months by last year's season"), N_("Year")) \
    X(ACTION_TARGETS_COPY,   "targets.copy",   "c", CONTEXT_TARGETS, N_("Copy last year's targets, where none are set yet"), N_("Copy")) \
    X(ACTION_TARGETS_METRIC, "targets.metric", "m", CONTEXT_TARGETS, N_("Revenue, new customers, reports…"), N_("Metric")) \
    X(ACTION_TARGETS_SCOPE,  "targets.scope",  "g", CONTEXT_TARGETS, N_("Rows by rep, team, product group, channel or province"), N_("Group")) \
    X(ACTION_TARGETS_BEFORE, "targets.before", "[", CONTEXT_TARGETS, N_("The year before"), NULL) \
    X(ACTION_TARGETS_AFTER,  "targets.after",  "]", CONTEXT_TARGETS, N_("The next year"), NULL)

#define ACTION_ROWS_STAGES(X) \
    X(ACTION_STAGES_NEW,      "stages.new",      "n",   CONTEXT_STAGES, N_("New stage"), N_("New")) \
    X(ACTION_STAGES_EDIT,     "stages.edit",     "e",   CONTEXT_STAGES, N_("Change the stage"), N_("Edit")) \
    X(ACTION_STAGES_REQUIRED, "stages.required", "q",   CONTEXT_STAGES, N_("What a deal must have to come here"), N_("Requires")) \
    X(ACTION_STAGES_UP,       "stages.up",       "K",   CONTEXT_STAGES, N_("Move the stage to the left of the board"), N_("Up")) \
    X(ACTION_STAGES_DOWN,     "stages.down",     "J",   CONTEXT_STAGES, N_("Move the stage to the right of the board"), N_("Down")) \
    X(ACTION_STAGES_REMOVE,   "stages.remove",   "Del", CONTEXT_STAGES, N_("Remove the stage; asks where its deals go"), N_("Remove")) \
    X(ACTION_STAGES_REASONS,  "stages.reasons",  "o",   CONTEXT_STAGES, N_("Reasons for which deals are lost"), N_("Reasons")) \
    X(ACTION_STAGES_BOARD,    "stages.board",    "b",   CONTEXT_STAGES, N_("The board of the shop, or of a channel that has its own"), NULL)

#define ACTION_ROWS_ASSIGN(X) \
    X(ACTION_ASSIGN_NEW,    "assign.new",    "n",   CONTEXT_ASSIGN, N_("New rule for who gets new leads"), N_("New")) \
    X(ACTION_ASSIGN_REMOVE, "assign.remove", "Del", CONTEXT_ASSIGN, N_("Remove the rule"), N_("Remove")) \
    X(ACTION_ASSIGN_RUN,    "assign.run",    "g",   CONTEXT_ASSIGN, N_("Give out the leads that nobody has: shows first who would get what"), N_("Give out"))

#define ACTION_ROWS_SELL(X) \
    X(ACTION_SELL_HOLD,     "sell.hold",     "F2",    CONTEXT_SELL, N_("Park the basket and begin another; Tab brings it back"), N_("Park")) \
    X(ACTION_SELL_GOODS,    "sell.goods",    "F3",    CONTEXT_SELL, N_("Choose goods from a list"), N_("Goods")) \
    X(ACTION_SELL_CUSTOMER, "sell.customer", "F4",    CONTEXT_SELL, N_("Choose the customer, or make a new one"), N_("Cust.")) \
    X(ACTION_SELL_SELLER,   "sell.seller",   "F5",    CONTEXT_SELL, N_("Choose the channel and who sells, or share the order between reps"), N_("Chan.")) \
    X(ACTION_SELL_TERMS,    "sell.terms",    "F6",    CONTEXT_SELL, N_("Discounts, shipping fee and note"), N_("Disc.")) \
    X(ACTION_SELL_RETURN,   "sell.return",   "F7",    CONTEXT_SELL, N_("Take goods back"), N_("Ret.")) \
    X(ACTION_SELL_CASH,     "sell.cash",     "F8",    CONTEXT_SELL, N_("Paid in cash, exactly: the sale is done"), N_("Cash")) \
    X(ACTION_SELL_PAY,      "sell.pay",      "F9",    CONTEXT_SELL, N_("Take payment: cash with change, transfer, card, debt…"), N_("Pay")) \
    X(ACTION_SELL_REPRINT,  "sell.reprint",  "Alt-r", CONTEXT_SELL, N_("Print the last receipt again"), NULL) \
    X(ACTION_SELL_EMPTY,    "sell.empty",    "Alt-d", CONTEXT_SELL, N_("Empty the basket"), NULL)

#define ACTION_ROWS_PAY(X) \
    X(ACTION_PAY_NEXT,     "pay.next",     "Tab Down",     CONTEXT_PAY, N_("The next way to pay"), NULL) \
    X(ACTION_PAY_PREVIOUS, "pay.previous", "Shift-Tab Up", CONTEXT_PAY, N_("The way to pay before"), NULL) \
    X(ACTION_PAY_REST,     "pay.rest",     "F2",           CONTEXT_PAY, N_("All that is left, in the way with the cursor"), N_("Rest")) \
    X(ACTION_PAY_NOTE_1,   "pay.note-1",   "F3",           CONTEXT_PAY, N_("A banknote more: 20 000"), NULL) \
    X(ACTION_PAY_NOTE_2,   "pay.note-2",   "F4",           CONTEXT_PAY, N_("A banknote more: 50 000"), NULL) \
    X(ACTION_PAY_NOTE_3,   "pay.note-3",   "F5",           CONTEXT_PAY, N_("A banknote more: 100 000"), NULL) \
    X(ACTION_PAY_NOTE_4,   "pay.note-4",   "F6",           CONTEXT_PAY, N_("A banknote more: 200 000"), NULL) \
    X(ACTION_PAY_NOTE_5,   "pay.note-5",   "F7",           CONTEXT_PAY, N_("A banknote more: 500 000"), NULL) \
    X(ACTION_PAY_CASH,     "pay.cash",     "F8",           CONTEXT_PAY, N_("All in cash, exactly"), N_("Cash")) \
    X(ACTION_PAY_ACCEPT,   "pay.accept",   "Enter F9",     CONTEXT_PAY, N_("The sale is done"), N_("Done")) \
    X(ACTION_PAY_CLOSE,    "pay.close",    "Esc",          CONTEXT_PAY, N_("Back to the basket; what was typed stays"), N_("Back"))

#define ACTION_ROWS_RETURN(X) \
    X(ACTION_RETURN_UP,      "return.up",      "Up k",      CONTEXT_RETURN, N_("The line before"), NULL) \
    X(ACTION_RETURN_DOWN,    "return.down",    "Down j Tab", CONTEXT_RETURN, N_("The next line"), NULL) \
    X(ACTION_RETURN_MORE,    "return.more",    "Right + l", CONTEXT_RETURN, N_("One more comes back; digits set how many"), NULL) \
    X(ACTION_RETURN_LESS,    "return.less",    "Left - h",  CONTEXT_RETURN, N_("One less comes back"), NULL) \
    X(ACTION_RETURN_LINE,    "return.line",    "Space",     CONTEXT_RETURN, N_("All that is left of the line, or none"), NULL) \
    X(ACTION_RETURN_ALL,     "return.all",     "F2 a",      CONTEXT_RETURN, N_("All that is left of the sale"), N_("All")) \
    X(ACTION_RETURN_DAMAGED, "return.damaged", "F3 d",      CONTEXT_RETURN, N_("Damaged: it does not go back to the stock"), N_("Damaged")) \
    X(ACTION_RETURN_METHOD,  "return.method",  "F4 m",      CONTEXT_RETURN, N_("How the money is given back"), N_("Refund")) \
    X(ACTION_RETURN_FEE,     "return.fee",     "F5 s",      CONTEXT_RETURN, N_("Give the shipping fee back too"), NULL) \
    X(ACTION_RETURN_REASON,  "return.reason",  "F6 r",      CONTEXT_RETURN, N_("Why it comes back"), N_("Reason")) \
    X(ACTION_RETURN_ACCEPT,  "return.accept",  "Enter F9",  CONTEXT_RETURN, N_("Take it back; asks once"), N_("Done")) \
    X(ACTION_RETURN_CLOSE,   "return.close",   "Esc",       CONTEXT_RETURN, N_("Back, nothing done"), N_("Back"))

#define ACTION_ROWS_ORDERS(X) \
    X(ACTION_ORDERS_NEW,     "orders.new",     "n",    CONTEXT_ORDERS, N_("New order: go to Sell"), NULL) \
    X(ACTION_ORDERS_EDIT,    "orders.edit",    "e",    CONTEXT_ORDERS, N_("Change customer, rep, delivery or note"), N_("Edit")) \
    X(ACTION_ORDERS_ADVANCE, "orders.advance", "a",    CONTEXT_ORDERS, N_("Go on: packed, shipped, delivered…"), N_("Go on")) \
    X(ACTION_ORDERS_PAY,     "orders.pay",     "p",    CONTEXT_ORDERS, N_("Take a payment for what is due"), N_("Pay")) \
    X(ACTION_ORDERS_RETURN,  "orders.return",  "t F7", CONTEXT_ORDERS, N_("Take back all that is left of it"), N_("Return")) \
    X(ACTION_ORDERS_CANCEL,  "orders.cancel",  "c",    CONTEXT_ORDERS, N_("Cancel the order, with a reason"), N_("Cancel")) \
    X(ACTION_ORDERS_PRINT,   "orders.print",   "i",    CONTEXT_ORDERS, N_("Print the receipt"), N_("Print")) \
    X(ACTION_ORDERS_EXPORT,  "orders.export",  "x",    CONTEXT_ORDERS, N_("Export what is shown as CSV"), NULL)

#define ACTION_ROWS_CUSTOMERS(X) \
    X(ACTION_CUSTOMERS_NEW,        "customers.new",        "n",   CONTEXT_CUSTOMERS, N_("New customer"), N_("New")) \
    X(ACTION_CUSTOMERS_EDIT,       "customers.edit",       "e",   CONTEXT_CUSTOMERS, N_("Change the customer"), N_("Edit")) \
    X(ACTION_CUSTOMERS_LOG,        "customers.log",        "a",   CONTEXT_CUSTOMERS, N_("Note a call, message, visit…"), N_("Contact")) \
    X(ACTION_CUSTOMERS_SELL,       "customers.sell",       "o",   CONTEXT_CUSTOMERS, N_("Sell to them"), N_("Sell")) \
    X(ACTION_CUSTOMERS_MERGE,      "customers.merge",      "m",   CONTEXT_CUSTOMERS, N_("Merge the marked one into this one"), NULL) \
    X(ACTION_CUSTOMERS_DUPLICATES, "customers.duplicates", "d",   CONTEXT_CUSTOMERS, N_("Possible duplicates"), NULL) \
    X(ACTION_CUSTOMERS_EXPORT,     "customers.export",     "x",   CONTEXT_CUSTOMERS, N_("Export what is shown as CSV"), NULL) \
    X(ACTION_CUSTOMERS_ERASE,      "customers.erase",      "Del", CONTEXT_CUSTOMERS, N_("Erase the customer for good (privacy)"), NULL)

#define ACTION_ROWS_PRODUCTS(X) \
    X(ACTION_PRODUCTS_NEW,     "products.new",     "n",         CONTEXT_PRODUCTS, N_("New product"), N_("New")) \
    X(ACTION_PRODUCTS_EDIT,    "products.edit",    "e",         CONTEXT_PRODUCTS, N_("Change the product"), N_("Edit")) \
    X(ACTION_PRODUCTS_RECEIVE, "products.receive", "r",         CONTEXT_PRODUCTS, N_("Receive goods"), N_("Receive")) \
    X(ACTION_PRODUCTS_COUNT,   "products.count",   "c",         CONTEXT_PRODUCTS, N_("Count stock: scan and type"), N_("Count")) \
    X(ACTION_PRODUCTS_ADJUST,  "products.adjust",  "a",         CONTEXT_PRODUCTS, N_("Correct the stock, with a reason"), N_("Correct")) \
    X(ACTION_PRODUCTS_GROUP,   "products.group",   "f",         CONTEXT_PRODUCTS, N_("Show one group"), NULL) \
    X(ACTION_PRODUCTS_DOCUMENTS, "products.documents", "o",     CONTEXT_PRODUCTS, N_("Documents of the product: open, add, take away"), NULL) \
    X(ACTION_PRODUCTS_EXPORT,  "products.export",  "x",         CONTEXT_PRODUCTS, N_("Export what is shown as CSV"), NULL) \
    X(ACTION_STOCK_ABOUT,      "stock.about",      "F2",        CONTEXT_STOCK,    N_("Supplier, document, reason of the sheet"), N_("From")) \
    X(ACTION_STOCK_CLEAR,      "stock.clear",      "F7",        CONTEXT_STOCK,    N_("Throw the sheet's lines away"), N_("Empty")) \
    X(ACTION_STOCK_SAVE,       "stock.save",       "F9 Ctrl-S", CONTEXT_STOCK,    N_("Book the sheet"), N_("Save"))

#define ACTION_ROWS_COMMISSION(X) \
    X(ACTION_COMMISSION_RUN,       "commission.run",       "F5", CONTEXT_COMMISSION, N_("Compute the month and keep it; again is free until the lock"), N_("Compute")) \
    X(ACTION_COMMISSION_SIMULATE,  "commission.simulate",  "F6", CONTEXT_COMMISSION, N_("Try another plan on past months"), N_("Try")) \
    X(ACTION_COMMISSION_LATER,     "commission.later",     "F7", CONTEXT_COMMISSION, N_("What has come up in locked months"), N_("Later")) \
    X(ACTION_COMMISSION_LOCK,      "commission.lock",      "F8", CONTEXT_COMMISSION, N_("Lock the month: it becomes final"), N_("Lock")) \
    X(ACTION_COMMISSION_EXPORT,    "commission.export",    "F9 x", CONTEXT_COMMISSION, N_("Export the month for accounting"), N_("Export")) \
    X(ACTION_COMMISSION_PAY,       "commission.pay",       "p", CONTEXT_COMMISSION, N_("Mark the locked month as paid"), N_("Paid")) \
    X(ACTION_COMMISSION_STATEMENT, "commission.statement", "i", CONTEXT_COMMISSION, N_("Write this person's statement to a file"), N_("Statement")) \
    X(ACTION_COMMISSION_DISPUTE,   "commission.dispute",   "d", CONTEXT_COMMISSION, N_("Doubt a row of this person's month"), NULL) \
    X(ACTION_COMMISSION_PLANS,     "commission.plans",     "m", CONTEXT_COMMISSION, N_("All plans: make one, change it, put it in force"), N_("Plans")) \
    X(ACTION_COMMISSION_PLAN,      "commission.plan",      "t", CONTEXT_COMMISSION, N_("The terms of the month's plan"), NULL) \
    X(ACTION_COMMISSION_IMPORT,    "commission.import",    "n", CONTEXT_COMMISSION, N_("A new plan, or a new version of one, from a file"), NULL) \
    X(ACTION_COMMISSION_ANSWER,    "commission.answer",    "a", CONTEXT_COMMISSION, N_("Answer the open disputes"), NULL)

#define ACTION_ROWS_PLANS(X) \
    X(ACTION_PLANS_NEW,      "plans.new",      "n",   CONTEXT_PLANS, N_("New plan; begins with the terms of the last one"), N_("New")) \
    X(ACTION_PLANS_EDIT,     "plans.edit",     "e",   CONTEXT_PLANS, N_("Change the draft"), N_("Edit")) \
    X(ACTION_PLANS_VERSION,  "plans.version",  "v",   CONTEXT_PLANS, N_("New version of a plan in use, from a month on, with a reason"), N_("Version")) \
    X(ACTION_PLANS_ACTIVATE, "plans.activate", "a",   CONTEXT_PLANS, N_("Put the draft in force; shows first what changes"), N_("In force")) \
    X(ACTION_PLANS_DIFF,     "plans.diff",     "d",   CONTEXT_PLANS, N_("What differs from the version or plan before"), N_("Changes")) \
    X(ACTION_PLANS_TRY,      "plans.try",      "F6",  CONTEXT_PLANS, N_("Try the plan on past months"), N_("Try")) \
    X(ACTION_PLANS_IMPORT,   "plans.import",   "i",   CONTEXT_PLANS, N_("A new plan, or a new version of one, from a file"), NULL) \
    X(ACTION_PLANS_EXPORT,   "plans.export",   "x",   CONTEXT_PLANS, N_("Write the plan to a file that can be imported"), NULL) \
    X(ACTION_PLANS_REMOVE,   "plans.remove",   "Del", CONTEXT_PLANS, N_("Take the draft away; asks"), NULL) \
    X(ACTION_PLAN_SAVE,      "plan.save",      "F9 Ctrl-S", CONTEXT_PLAN, N_("Keep what was typed: a draft, or a new version (shows first what changes)"), N_("Save")) \
    X(ACTION_PLAN_TRY,       "plan.try",       "F6",  CONTEXT_PLAN, N_("Try what was typed on past months"), N_("Try")) \
    X(ACTION_PLAN_GROUP,     "plan.group",     "F4",  CONTEXT_PLAN, N_("Choose the product group of the row"), N_("Group")) \
    X(ACTION_PLAN_ROW,       "plan.row",       "F2",  CONTEXT_PLAN, N_("A new row in this table, or the next table"), N_("Row+")) \
    X(ACTION_PLAN_DROP,      "plan.drop",      "F7",  CONTEXT_PLAN, N_("Take the row away"), N_("Row−")) \
    X(ACTION_PLAN_DIFF,      "plan.diff",      "F3",  CONTEXT_PLAN, N_("What differs from the version or plan before"), N_("Changes"))

#define ACTION_ROWS_CASH(X) \
    X(ACTION_CASH_OPEN,   "cash.open",   "n", CONTEXT_CASH, N_("Open a shift"), N_("Open")) \
    X(ACTION_CASH_IN,     "cash.in",     "i", CONTEXT_CASH, N_("Put cash in, with a reason"), N_("In")) \
    X(ACTION_CASH_OUT,    "cash.out",    "o", CONTEXT_CASH, N_("Take cash out, with a reason"), N_("Out")) \
    X(ACTION_CASH_COUNT,  "cash.count",  "c", CONTEXT_CASH, N_("Count the drawer and close the shift"), N_("Count")) \
    X(ACTION_CASH_DAY,    "cash.day",    "d", CONTEXT_CASH, N_("Report of a day"), N_("Day")) \
    X(ACTION_CASH_PRINT,  "cash.print",  "p", CONTEXT_CASH, N_("Print the report"), N_("Print")) \
    X(ACTION_CASH_EXPORT, "cash.export", "x", CONTEXT_CASH, N_("Export what is shown as CSV"), NULL)

#define ACTION_ROWS_SETTINGS(X) \
    X(ACTION_SETTINGS_CHANGE, "settings.change", "e", CONTEXT_SETTINGS, N_("Open the page, or change the setting"), N_("Edit"))

#define ACTION_ROWS_IMPORT(X) \
    X(ACTION_IMPORT_CHECK,   "import.check",   "F5",  CONTEXT_IMPORT, N_("Try the file: everything but the writing"), N_("Try")) \
    X(ACTION_IMPORT_RUN,     "import.run",     "F9",  CONTEXT_IMPORT, N_("Import the file; one that was not tried is tried first"), N_("Import")) \
    X(ACTION_IMPORT_KIND,    "import.kind",    "t",   CONTEXT_IMPORT, N_("What is in the file: products, orders…"), N_("Kind")) \
    X(ACTION_IMPORT_PROFILE, "import.profile", "p",   CONTEXT_IMPORT, N_("Which program wrote the file: Shopee, KiotViet…"), N_("Program")) \
    X(ACTION_IMPORT_MISSING, "import.missing", "m",   CONTEXT_IMPORT, N_("Make staff, products and customers that are not there, or reject their rows"), NULL) \
    X(ACTION_IMPORT_ATOMIC,  "import.atomic",  "a",   CONTEXT_IMPORT, N_("One bad row rejects the file, or only itself"), NULL) \
    X(ACTION_IMPORT_DATES,   "import.dates",   "d",   CONTEXT_IMPORT, N_("Dates with the day first, or the month"), NULL) \
    X(ACTION_IMPORT_ERRORS,  "import.errors",  "x",   CONTEXT_IMPORT, N_("Save the rejected rows, to be mended"), NULL) \
    X(ACTION_IMPORT_UNDO,    "import.undo",    "Del", CONTEXT_IMPORT, N_("Take the import under the cursor back"), NULL)

#define ACTION_ROWS_PEOPLE(X) \
    X(ACTION_STAFF_NEW,       "staff.new",       "n", CONTEXT_STAFF,    N_("A new person"), N_("New")) \
    X(ACTION_STAFF_EDIT,      "staff.edit",      "e", CONTEXT_STAFF,    N_("Change the person"), N_("Edit")) \
    X(ACTION_STAFF_TEAM,      "staff.team",      "t", CONTEXT_STAFF,    N_("Another team, from a day on"), N_("Team")) \
    X(ACTION_STAFF_PIN,       "staff.pin",       "p", CONTEXT_STAFF,    N_("Set the person's PIN, or change it"), N_("PIN")) \
    X(ACTION_STAFF_NO_PIN,    "staff.no-pin",    "Del", CONTEXT_STAFF,  N_("Take the person's PIN away"), NULL) \
    X(ACTION_STAFF_ROLES,     "staff.roles",     "r", CONTEXT_STAFF,    N_("Who may do what, by role"), N_("Roles")) \
    X(ACTION_TEAMS_NEW,       "teams.new",       "n", CONTEXT_TEAMS,    N_("A new team"), N_("New")) \
    X(ACTION_TEAMS_RENAME,    "teams.rename",    "e", CONTEXT_TEAMS,    N_("Another name for the team"), N_("Rename")) \
    X(ACTION_TEAMS_LEADER,    "teams.leader",    "d", CONTEXT_TEAMS,    N_("Another leader, from a day on"), N_("Leader")) \
    X(ACTION_CHANNELS_NEW,    "channels.new",    "n", CONTEXT_CHANNELS, N_("A new channel"), N_("New")) \
    X(ACTION_CHANNELS_RENAME, "channels.rename", "e", CONTEXT_CHANNELS, N_("Another name for the channel"), N_("Rename")) \
    X(ACTION_BACKUPS_MAKE,    "backups.make",    "n", CONTEXT_BACKUPS,  N_("Make a verified copy of the shop"), N_("New")) \
    X(ACTION_BACKUPS_RESTORE, "backups.restore", "r", CONTEXT_BACKUPS,  N_("Put the copy in the shop's place; asks"), N_("Put back")) \
    X(ACTION_BACKUPS_CHECK,   "backups.check",   "c", CONTEXT_BACKUPS,  N_("Prove the file and the books, as `chotdon check` does"), N_("Check")) \
    X(ACTION_BACKUPS_FOLDER,  "backups.folder",  "o", CONTEXT_BACKUPS,  N_("Open the folder of the copies"), NULL) \
    X(ACTION_AUDIT_RECORD,    "audit.record",    "o", CONTEXT_AUDIT,    N_("Go to the record that the row is about; Esc comes back"), N_("Record")) \
    X(ACTION_AUDIT_PERSON,    "audit.person",    "p", CONTEXT_AUDIT,    N_("What one person did"), N_("Person")) \
    X(ACTION_AUDIT_DAYS,      "audit.days",      "d", CONTEXT_AUDIT,    N_("A day, or from one to another"), N_("Days")) \
    X(ACTION_AUDIT_KIND,      "audit.kind",      "t", CONTEXT_AUDIT,    N_("Orders, goods, settings… alone"), NULL) \
    X(ACTION_AUDIT_ALL,       "audit.all",       "c", CONTEXT_AUDIT,    N_("Show everything again"), NULL) \
    X(ACTION_AUDIT_VERIFY,    "audit.verify",    "v", CONTEXT_AUDIT,    N_("Verify the chain of the rows"), N_("Verify")) \
    X(ACTION_AUDIT_EXPORT,    "audit.export",    "x", CONTEXT_AUDIT,    N_("What is shown, as a file"), NULL)
// clang-format on

#endif
