/* Where PINs come from: a prompt on the terminal that shows nothing, or the file that CHOTDON_PIN_FILE names (its first
 * line is the PIN of who acts, the second a new one, the last an approver's). Never an argument. */
#ifndef CLI_PIN_SOURCE_H
#define CLI_PIN_SOURCE_H

#include "chotdon/sign_in.h"
#include "cli/cli.h"

enum pin_line {
    PIN_LINE_ACTOR,   /* the first */
    PIN_LINE_NEW,     /* the second; where there is none, the first */
    PIN_LINE_APPROVER /* the last */
};

/* `prompt` is for the terminal; a new PIN is asked twice there. The caller wipes `pin`. ERR_REFUSED where there is
 * neither file nor terminal, and for Ctrl-C; ERR_IO; ERR_INVALID for an empty or over-long line. */
enum err_code pin_read(struct cli *c, enum pin_line which, const char *prompt, char pin[PIN_SIZE], struct err *e);

/* Signs in who acts where sign-in is on, and takes the approval of --approve. ERR_OK while the shop is open. */
enum err_code cli_sign_in(struct cli *c, struct err *e);

void pin_source_free(struct pin_source **s); /* wipes; accepts pointer to NULL */

#endif
