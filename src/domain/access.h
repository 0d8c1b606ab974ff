/* Who acts and what they may, as the shop caches it; and proving a PIN. Domain files only. */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "chotdon/permission.h"
#include "chotdon/sign_in.h"

struct access {
    bool known;           /* on, permissions and the actor's proof are of the database as it is */
    bool on;              /* a manager has a PIN */
    bool proven;          /* who acts has given theirs */
    char *proof;          /* role and hash that it was good for: another one asks anew; NULL: not looked at yet */
    bool trusted;         /* the domain itself is at work: a copy that is being restored */
    bool file_owner;      /* who runs the program owns the file in the operating system */
    unsigned permissions; /* of the actor's role, bit p */

    /* An approval that waits: whose, for what, and what of it the transaction at hand has used. */
    char *approver; /* staff code; NULL for none */
    unsigned approved, used;
    int64_t (*machine_ms)(void *ctx);
};

/* What another counter wrote, or what a rollback took back, may have changed it. */
void access_forget(struct shop *shop);
void access_transaction_ended(struct shop *shop, bool committed);
void access_clear(struct access *a);
void access_prove_anew(struct shop *shop); /* who acts changed their own PIN: they are who they were */

/* " · approved by HOA" for what the action at hand writes into the audit; NULL when nobody had to. The caller owns it.
 */
char *access_approval_note(struct shop *shop);

/* Somebody's PIN and what depends on it. */
struct pin_holder {
    int64_t id;
    char *code, *name, *role, *phone, *hash, *end_date;
    int64_t tries, tried_at; /* failures since the last success; when the last was, ms */
};
enum err_code pin_holder_load(struct shop *shop, const char *staff_code, struct pin_holder *out, struct err *e);
void pin_holder_clear(struct pin_holder *h);

/* Counts the attempt, then looks whether the PIN is theirs; a success clears the count, a failure is audited.
 * ERR_REFUSED with the reason. Not inside a transaction. */
enum err_code pin_prove(struct shop *shop, const struct pin_holder *h, const char *pin, struct err *e);

/* Would sign-in stay on with nobody to sign in as a manager, were this person no manager any more or gone? */
enum err_code access_check_last_manager(struct shop *shop, int64_t staff_id, struct err *e);

#endif
