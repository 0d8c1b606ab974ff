/* What a piece of the screen means. Screens name meanings; theme.c turns them into colours and attributes. */
#ifndef TUI_STYLE_H
#define TUI_STYLE_H

enum style {
    STYLE_NORMAL,
    STYLE_DIM,    /* beside the point: units, hints, empty places */
    STYLE_STRONG, /* names and figures that the eye should find */
    STYLE_TITLE,  /* the first line of the screen */
    STYLE_TITLE_DIM,
    STYLE_STATUS,      /* the last result */
    STYLE_ERROR,       /* what went wrong, the thing at fault */
    STYLE_WARN,        /* low stock, late, below cost: always with a sign beside it */
    STYLE_GOOD,        /* done, reached, paid */
    STYLE_HEADER,      /* column headings, labels of a group */
    STYLE_CURSOR,      /* the row or choice that keys act on */
    STYLE_CURSOR_IDLE, /* the same where the focus is elsewhere */
    STYLE_MARKED,      /* rows marked with Space */
    STYLE_TOTAL,       /* the row of totals */
    STYLE_LABEL,       /* before a field */
    STYLE_FIELD,
    STYLE_FIELD_FOCUS,
    STYLE_FIELD_ERROR,
    STYLE_KEY,    /* a key in the footer and in help */
    STYLE_FOOTER, /* what that key does */
    STYLE_BORDER,
    STYLE_POPUP,
    STYLE_POPUP_TITLE,
    STYLE_BUTTON,
    STYLE_BUTTON_FOCUS,
    STYLE_MATCH,  /* the part of a text that a search found */
    STYLE_AMOUNT, /* the figure of the screen: what is to be paid, the change */
    STYLE_BAR,
    STYLE_BAR_REST,
    STYLE_BAR_GOOD,
    STYLE_BAR_WARN,
    STYLE_BAR_ERROR,
    STYLE_QR, /* dark on light in every theme, or scanners cannot read it */
    STYLE_COUNT
};

#endif
